"""``docctl acknowledge ID``: a person has read the revision in force. Writes a record."""

from __future__ import annotations

import argparse

from docctl.cli.session import Session
from docctl.cli.signing import Desk, add_signer
from docctl.errors import UsageError
from docctl.message import Translate, mark, msg
from docctl.model.record import ACKNOWLEDGED, KIND
from docctl.signing import hand, record, text_in


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("id", metavar="ID", help=translate(mark("id of a procedure")))
    add_signer(parser, translate)


def run(session: Session) -> int:
    repository = session.open(".")
    desk = Desk(session, repository)
    standing = repository.standing(session.arguments.id, desk.moment.date())
    revision = standing.effective or next(iter(standing.scheduled), None)
    if revision is None:
        raise UsageError(msg("no revision of {id} is in force", id=standing.document))
    if any(each.person == desk.person.id and each.record.meaning == ACKNOWLEDGED for each in revision.records):
        names = {"id": desk.person.id, "document": revision.document, "number": revision.number}
        raise UsageError(msg("{id} has acknowledged {document} {number} already", **names))
    text = text_in(KIND, revision, standing)
    chosen = hand(desk.policy, desk.person, ACKNOWLEDGED, text, desk.moment, desk.wanted)
    made = record(desk.link, chosen, text, ACKNOWLEDGED, desk.moment)
    desk.file(made)
    return 0
