"""``docctl sign ID --as prepared|reviewed|approved|periodic-review``: a record about exactly the present text."""

from __future__ import annotations

import argparse

from docctl.cli.options import day
from docctl.cli.session import Session
from docctl.cli.signing import Desk, add_signer
from docctl.errors import UsageError
from docctl.message import Param, Translate, mark, msg
from docctl.model.record import ACCEPT, APPROVED, DECISIONS, KIND, PERIODIC_REVIEW, PREPARED, REVIEWED, Assurance
from docctl.model.standing import Revision, Stage, Standing
from docctl.report.status import MEANINGS, waits
from docctl.signing import Text, excluded, hand, record, text_in, text_of

_CHOICES = (PREPARED, REVIEWED, APPROVED, PERIODIC_REVIEW)


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("id", metavar="ID", help=translate(mark("id of a procedure")))
    parser.add_argument(
        "--as", dest="meaning", required=True, choices=_CHOICES, help=translate(mark("what your signature means"))
    )
    parser.add_argument(
        "--decision", choices=("accept", "reject", "confirm", "revise", "withdraw"), default=None,
        help=translate(mark("accept (default) or reject; of a periodic review confirm, revise or withdraw")),
    )  # fmt: skip
    parser.add_argument(
        "--reason", metavar=translate(mark("WORDS")), help=translate(mark("why; needed unless you accept or confirm"))
    )
    parser.add_argument(
        "--effective-from", type=day(translate), metavar=translate(mark("DATE")),
        help=translate(mark("the day from which the text is meant to hold: it is checked for that day, not for today")),
    )  # fmt: skip
    add_signer(parser, translate)


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    desk = Desk(session, repository)
    standing = repository.standing(arguments.id, desk.moment.date())
    text, revision = _text(desk, standing)
    decision = arguments.decision or ("confirm" if arguments.meaning == PERIODIC_REVIEW else ACCEPT)
    if decision not in DECISIONS.get(arguments.meaning, (ACCEPT,)):
        wrong: dict[str, Param] = {"decision": decision, "meaning": MEANINGS[arguments.meaning]}
        raise UsageError(msg("a signature of this meaning ({meaning}) cannot decide: {decision}", **wrong))
    if decision not in (ACCEPT, "confirm") and not arguments.reason:
        raise UsageError(msg("say why: --reason"))
    _again(desk, revision, decision)
    if decision == ACCEPT and arguments.meaning != PERIODIC_REVIEW:
        other = excluded(desk.policy, desk.person, arguments.meaning, revision, desk.moment)
        if other is not None:
            names: dict[str, Param] = {
                "id": desk.person.id, "other": MEANINGS[other], "meaning": MEANINGS[arguments.meaning],
            }  # fmt: skip
            raise UsageError(
                msg(
                    "{id} has signed this text: {other}; with {meaning} by the same person one would not count", **names
                )
            )
        desk.sound(arguments.id, arguments.effective_from or desk.moment.date())
    chosen = hand(desk.policy, desk.person, arguments.meaning, text, desk.moment, desk.wanted)
    made = record(desk.link, chosen, text, arguments.meaning, desk.moment, decision=decision, reason=arguments.reason)
    desk.file(made)
    setting = session.setting(repository.root)
    after = session.open(".").standing(arguments.id, desk.moment.date()).current
    if after is not None and not after.issued:
        session.remark("".join(f"{setting.say(each)}\n" for each in waits(after)))
    return 0


def _again(desk: Desk, revision: Revision | None, decision: str) -> None:
    """Refuses what would change nothing: to accept what was rejected, or to sign the same twice."""
    meaning = desk.session.arguments.meaning
    if revision is None or meaning == PERIODIC_REVIEW:
        return
    names: dict[str, Param] = {
        "id": revision.document, "number": revision.number, "person": desk.person.id, "meaning": MEANINGS[meaning],
    }  # fmt: skip
    if revision.stage is Stage.REJECTED and decision == ACCEPT:
        raise UsageError(
            msg("{id} {number} was rejected", **names),
            msg("change the text as the reason says, and have it signed again"),
        )
    said = [
        (each.person, each.record.meaning, each.record.decision)
        for each in revision.records
        if each.assurance is not Assurance.UNSIGNED or desk.session.arguments.unsigned is not None
    ]
    if (desk.person.id, meaning, decision) in said:
        raise UsageError(msg("{person} has signed {id} {number} already: {meaning}", **names))


def _confirms(desk: Desk, revision: Revision) -> bool:
    """Does a key confirm what was a claim? Or does a reviewer object to what was issued just now?"""
    if desk.session.arguments.decision == "reject":
        return True
    return any(
        (each.person, each.record.meaning) == (desk.person.id, desk.session.arguments.meaning)
        and each.assurance is Assurance.UNSIGNED
        for each in revision.records
    )


def _text(desk: Desk, standing: Standing) -> tuple[Text, Revision | None]:
    """What is signed: a review looks at the revision in force, everything else at the draft."""
    if desk.session.arguments.meaning == PERIODIC_REVIEW:
        revision = standing.effective
        if revision is None:
            raise UsageError(msg("no revision of {id} is in force", id=standing.document))
        return text_in(KIND, revision, standing), revision
    document = desk.repository.procedure(standing.document)
    current = standing.current
    if current is not None and current.issued and not _confirms(desk, current):
        raise UsageError(
            msg("{id} {number} was issued already", id=standing.document, number=current.number),
            msg("a change is a next revision: edit the file and raise its number"),
        )
    return text_of(KIND, document, standing, desk.trust.documents.shared_forms(document.body.used_forms())), current
