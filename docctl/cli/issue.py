"""``docctl issue ID --effective-from DATE``: an approved text comes into force. Writes archive/ and a record."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from docctl.approval.payload import sha256
from docctl.cli.deciding import answers, ask, listed, ready_to_paste
from docctl.cli.options import day
from docctl.cli.session import Session
from docctl.cli.signing import Desk, add_signer
from docctl.currency.filling import Open
from docctl.documents.sorts import MOST_ATTACHMENT_BYTES
from docctl.errors import UsageError
from docctl.issuing import dealt_with, kept_forms, may_issue, undecided
from docctl.message import Param, Translate, mark, msg
from docctl.model.record import ISSUED, KIND, Dealt, DecisionRef
from docctl.repository import Repository
from docctl.signing import hand, record, text_of


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("id", metavar="ID", help=translate(mark("id of a procedure")))
    parser.add_argument(
        "--effective-from", type=day(translate), required=True, metavar=translate(mark("DATE")),
        help=translate(mark("the first day in force")),
    )  # fmt: skip
    parser.add_argument(
        "--event", action="append", default=[], metavar="EVENT=DECISION:REASON",
        help=translate(mark("decide about a change of the law: updated, no_impact or wrong_event, and why")),
    )  # fmt: skip
    add_paper(parser, translate)
    add_signer(parser, translate)


def add_paper(parser: argparse.ArgumentParser, translate: Translate) -> None:
    """The decision on paper."""
    parser.add_argument(
        "--decision", metavar=translate(mark("NUMBER")), help=translate(mark("number of the decision that issued it"))
    )
    parser.add_argument(
        "--decision-date", type=day(translate), metavar=translate(mark("DATE")), help=translate(mark("its date"))
    )
    parser.add_argument(
        "--decision-file",
        metavar=translate(mark("FILE")),
        help=translate(mark("its scan, of which the sha256 is kept")),
    )


def paper(session: Session) -> DecisionRef | None:
    """The decision on paper as the arguments name it."""
    arguments = session.arguments
    if (arguments.decision is None) != (arguments.decision_date is None):
        raise UsageError(msg("a decision has a number and a date: give --decision and --decision-date"))
    if arguments.decision is None:
        if arguments.decision_file is not None:
            raise UsageError(msg("a decision has a number and a date: give --decision and --decision-date"))
        return None
    scan = None
    if arguments.decision_file is not None:
        try:
            scan = sha256(Path(arguments.decision_file).read_bytes())
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(
                msg("{path} cannot be read: {reason}", path=arguments.decision_file, reason=reason)
            ) from error
    return DecisionRef(arguments.decision.strip(), arguments.decision_date, scan)


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    desk = Desk(session, repository)
    document = repository.procedure(arguments.id)
    standing = repository.standing(arguments.id, desk.moment.date())
    decision = paper(session)
    may_issue(standing, arguments.effective_from, decision, desk.moment.date())
    desk.sound(arguments.id, max(arguments.effective_from, desk.moment.date()))
    text = text_of(KIND, document, standing, desk.trust.documents.shared_forms(document.body.used_forms()))
    chosen = hand(desk.policy, desk.person, ISSUED, text, desk.moment, desk.wanted)
    found = repository.to_deal_with(arguments.id, arguments.effective_from, desk.moment.date())
    dealt = _decided(session, arguments.id, found)
    raw = repository.bytes_of(document.path) or b""
    made = record(
        desk.link, chosen, text, ISSUED, desk.moment,
        effective_from=arguments.effective_from, decision_ref=decision, archive_sha256=sha256(raw), events=dealt,
    )  # fmt: skip
    setting = session.setting(repository.root)
    session.remark("".join(f"{setting.say(each)}\n" for each in listed(found, dealt)))
    if arguments.effective_from < desk.moment.date():
        names: dict[str, Param] = {"day": arguments.effective_from.isoformat(), "today": str(desk.moment.date())}
        late = msg("it begins on {day}, before today; asked for a day before {today}, docctl does not know it", **names)
        session.remark(setting.say(late) + "\n")
    archive = f"archive/{arguments.id}/{document.body.number}.yaml"
    desk.file(made, {**kept_forms(document, _attachment(repository)), archive: raw})
    return 0


def _attachment(repository: Repository) -> Callable[[str], bytes | None]:
    return lambda path: repository.bytes_of(path, MOST_ATTACHMENT_BYTES)


def _decided(session: Session, procedure_id: str, found: Sequence[Open]) -> tuple[Dealt, ...]:
    """Every event in effect with its decision; at a terminal the missing ones are asked for."""
    given = answers(session.arguments.event)
    left = undecided(found, given)
    if left and sys.stdin.isatty():
        given = {**given, **ask(session, left)}
    elif left:
        names = ", ".join(each.cause.event for each in left)
        raise UsageError(
            msg("changes of the law ({count}) ask for a decision: {events}", count=len(left), events=names),
            ready_to_paste(procedure_id, left),
        )
    return dealt_with(found, given)
