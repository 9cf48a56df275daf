"""``docctl legal-review ID --event EVENT --decision … --reason …``: a record that closes findings of ``outdated``."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date

from docctl.cli.deciding import DECISIONS
from docctl.cli.session import Session
from docctl.cli.signing import Desk, add_signer
from docctl.currency.dealt import STATES
from docctl.currency.filling import Open
from docctl.errors import UsageError
from docctl.issuing import Answer
from docctl.message import Param, Translate, mark, msg
from docctl.model.record import KIND, LEGAL_REVIEW, REOPENED, UPDATED, Dealt
from docctl.repository import Repository
from docctl.signing import hand, record, text_in


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("id", metavar="ID", help=translate(mark("id of a procedure")))
    parser.add_argument(
        "--event", action="append", required=True, metavar="EVENT",
        help=translate(mark("the change of the law, as docctl outdated ID --explain names it; may be repeated")),
    )  # fmt: skip
    parser.add_argument(
        "--decision", choices=(*DECISIONS, REOPENED), required=True,
        help=translate(
            mark(
                "updated: taken in; no_impact: nothing changes here; wrong_event: the register errs; "
                "reopened: an earlier decision was wrong"
            )
        ),
    )  # fmt: skip
    parser.add_argument("--reason", required=True, metavar=translate(mark("WORDS")), help=translate(mark("why")))
    add_signer(parser, translate)


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    desk = Desk(session, repository)
    today = desk.moment.date()
    standing = repository.standing(arguments.id, today)
    revision = standing.effective or next(iter(standing.scheduled), None)
    if revision is None:
        raise UsageError(msg("no revision of {id} is in force", id=standing.document))
    if not arguments.reason.strip():
        raise UsageError(msg("say why: --reason"))
    answer = Answer(arguments.decision, arguments.reason)
    found = _found(repository, arguments.id, arguments.event, today, reopens=answer.decision == REOPENED)
    if answer.decision == UPDATED and all(each.verdict in STATES for each in found):
        raise UsageError(
            msg("an ended or missing basis stays open whatever the text says"),
            msg("cite what takes its place in a next revision, or decide no_impact or wrong_event"),
        )
    dealt = {(each.citation, each.cause.event): each for each in found}
    text = text_in(KIND, revision, standing)
    chosen = hand(desk.policy, desk.person, LEGAL_REVIEW, text, desk.moment, desk.wanted)
    made = record(
        desk.link, chosen, text, LEGAL_REVIEW, desk.moment, reason=answer.reason, as_of=today,
        register=repository.register_digest,
        events=tuple(
            Dealt(each.citation, each.cause.event, each.digest, answer.decision, answer.reason)
            for each in dealt.values()
        ),
    )  # fmt: skip
    desk.file(made)
    return 0


def _found(
    repository: Repository, procedure_id: str, events: Sequence[str], today: date, *, reopens: bool
) -> Sequence[Open]:
    """What is open about the events, or, to reopen them, what was dealt with. Raises ``UsageError``."""
    every = (repository.settled_events if reopens else repository.open_events)(procedure_id, today)
    found = [each for each in every if each.cause.event in events]
    names: dict[str, Param] = {
        "id": procedure_id, "events": ", ".join(sorted({*events} - {each.cause.event for each in found})),
    }  # fmt: skip
    if names["events"]:
        hint = msg("docctl outdated {id} --explain names what is open, and what was decided", **names)
        if reopens:
            raise UsageError(msg("{id} has not dealt with: {events}", **names), hint)
        raise UsageError(msg("{id} has nothing open about: {events}", **names), hint)
    return found
