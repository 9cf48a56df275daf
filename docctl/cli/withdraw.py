"""``docctl withdraw ID --from DATE --reason …``: a procedure is no longer in force. Writes a record."""

from __future__ import annotations

import argparse

from docctl.cli.issue import add_paper, paper
from docctl.cli.options import day
from docctl.cli.session import Session
from docctl.cli.signing import Desk, add_signer
from docctl.errors import UsageError
from docctl.message import Translate, mark, msg
from docctl.model.record import KIND, WITHDRAWN
from docctl.signing import hand, record, text_in


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("id", metavar="ID", help=translate(mark("id of a procedure")))
    parser.add_argument(
        "--from", dest="first", type=day(translate), required=True, metavar=translate(mark("DATE")),
        help=translate(mark("the first day no longer in force")),
    )  # fmt: skip
    parser.add_argument("--reason", required=True, metavar=translate(mark("WORDS")), help=translate(mark("why")))
    add_paper(parser, translate)
    add_signer(parser, translate)


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    desk = Desk(session, repository)
    standing = repository.standing(arguments.id, desk.moment.date())
    revision = standing.effective or next(iter(standing.scheduled), None)
    if revision is None:
        raise UsageError(msg("no revision of {id} is in force", id=standing.document))
    text = text_in(KIND, revision, standing)
    chosen = hand(desk.policy, desk.person, WITHDRAWN, text, desk.moment, desk.wanted)
    made = record(
        desk.link, chosen, text, WITHDRAWN, desk.moment,
        reason=arguments.reason, effective_from=arguments.first, decision_ref=paper(session),
    )  # fmt: skip
    desk.sign(made)
    return 0
