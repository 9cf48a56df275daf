"""``docctl withdraw ID --from DATE --reason …``: a revision is no longer in force, or never will be."""

from __future__ import annotations

import argparse
from datetime import date

from docctl.cli.issue import add_paper, paper
from docctl.cli.options import day
from docctl.cli.session import Session
from docctl.cli.signing import Desk, add_signer
from docctl.errors import UsageError
from docctl.message import Param, Translate, mark, msg
from docctl.model.record import KIND, WITHDRAWN
from docctl.model.standing import Revision, Stage, Standing
from docctl.signing import hand, record, text_in


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("id", metavar="ID", help=translate(mark("id of a procedure")))
    parser.add_argument(
        "--from", dest="first", type=day(translate), required=True, metavar=translate(mark("DATE")),
        help=translate(mark("the first day no longer in force")),
    )  # fmt: skip
    parser.add_argument(
        "--revision", metavar="N.M",
        help=translate(mark("the revision meant: one that is to come is taken back (default: the one in force)")),
    )  # fmt: skip
    parser.add_argument("--reason", required=True, metavar=translate(mark("WORDS")), help=translate(mark("why")))
    add_paper(parser, translate)
    add_signer(parser, translate)


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    desk = Desk(session, repository)
    if not arguments.reason.strip():
        raise UsageError(msg("say why: --reason"))
    standing = repository.standing(arguments.id, desk.moment.date())
    revision = _meant(standing, arguments.revision)
    _may_end(standing, revision, arguments.first)
    if arguments.first < desk.moment.date():
        late = msg(
            "{day} is over; asked for a day before today, docctl does not know it", day=arguments.first.isoformat()
        )
        session.remark(session.setting(repository.root).say(late) + "\n")
    text = text_in(KIND, revision, standing)
    chosen = hand(desk.policy, desk.person, WITHDRAWN, text, desk.moment, desk.wanted)
    made = record(
        desk.link, chosen, text, WITHDRAWN, desk.moment,
        reason=arguments.reason, effective_from=arguments.first, decision_ref=paper(session),
    )  # fmt: skip
    desk.file(made)
    return 0


def _meant(standing: Standing, number: str | None) -> Revision:
    """The revision in force, or the one named. Raises ``UsageError``."""
    open_ = [each for each in standing.revisions if each.stage in (Stage.EFFECTIVE, Stage.SCHEDULED)]
    if number is not None:
        found = next((each for each in open_ if each.number == number), None)
        if found is None:
            names: dict[str, Param] = {"id": standing.document, "number": number}
            raise UsageError(msg("{id} {number} is neither in force nor to come", **names))
        return found
    if not open_:
        raise UsageError(msg("no revision of {id} is in force", id=standing.document))
    return standing.effective or open_[0]


def _may_end(standing: Standing, revision: Revision, first: date) -> None:
    """Refuses what would end nothing, or not what is meant. Raises ``UsageError``."""
    names: dict[str, Param] = {"id": standing.document, "number": revision.number}
    gone = None if revision.withdrawal is None else revision.withdrawal.record.effective_from
    if gone is not None and gone <= first:
        raise UsageError(msg("{id} {number} was withdrawn already, from {day}", **names, day=gone.isoformat()))
    if revision.stage is not Stage.EFFECTIVE:
        return
    if revision.first is not None and first < revision.first:
        raise UsageError(msg("{id} {number} is in force since {day}", **names, day=revision.first.isoformat()))
    later = next((each for each in standing.scheduled if not each.never_began), None)
    if later is not None:
        names |= {"later": later.number, "day": str(later.first)}
        raise UsageError(
            msg("{id} {later} is to come into force on {day}, and would", **names),
            msg("take that back first: docctl withdraw {id} --revision {later} --from DATE --reason …", **names),
        )
