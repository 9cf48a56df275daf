"""What issuing asks for: may the text be issued, which changes of the law wait, which forms are kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import PurePosixPath

from msgspec import Struct

from docctl.approval.payload import sha256
from docctl.currency.filling import Open
from docctl.errors import UsageError
from docctl.message import Param, msg
from docctl.model.procedure import Procedure
from docctl.model.record import ISSUED, UPDATED, Dealt, DecisionRef
from docctl.model.standing import Revision, Stage, Standing
from docctl.model.view import Document
from docctl.report.status import lacks


class Answer(Struct, frozen=True):
    """What was decided about an event, and why."""

    decision: str
    reason: str | None


FARTHEST = timedelta(days=366)
"""A first day that lies farther ahead is a slip of the pen: it could be taken back only by a withdrawal."""


def may_issue(standing: Standing, first: date, decision: DecisionRef | None, today: date) -> None:
    """Refuses what would not count: the present text of a document, to begin on a day. Raises ``UsageError``."""
    if first > today + FARTHEST:
        raise UsageError(
            msg("{day} is more than a year ahead; is the year right?", day=first.isoformat()),
            msg("issue it when its first day is nearer"),
        )
    current = standing.current
    if current is None:
        raise UsageError(msg("no revision of {id} can be issued", id=standing.document))
    names: dict[str, Param] = {"id": current.document, "number": current.number}
    if current.issued and current.issuing:
        raise UsageError(
            msg("{id} {number} was issued already", **names),
            msg("a change is a next revision: edit the file and raise its number"),
        )
    if current.stage is Stage.REJECTED:
        raise UsageError(
            msg("{id} {number} was rejected", **names),
            msg("change the text as the reason says, and have it signed again"),
        )
    if current.missing:
        raise UsageError(
            msg("{id} {number} cannot be issued yet", **names),
            msg("it waits for: {what}", what=lacks(current.missing[0])),
        )
    begun = [each for each in standing.revisions if each.issued and each is not current and not each.never_began]
    last = begun[-1] if begun else None
    if last is not None and last.first is not None and first <= last.first:
        raise UsageError(
            msg(
                "{id} {number} cannot begin on {day}: {last} begins on {before}",
                **names,
                day=first.isoformat(),
                last=last.number,
                before=last.first.isoformat(),
            )
        )
    _same(current, first, decision)


def _same(revision: Revision, first: date, decision: DecisionRef | None) -> None:
    """A second record of issue says the same as the one that is there, or two days would stand against each other."""
    for each in revision.records:
        record = each.record
        if record.meaning == ISSUED and (record.effective_from, record.decision_ref) != (first, decision):
            names: dict[str, Param] = {
                "id": record.document,
                "number": record.number,
                "day": str(record.effective_from),
                "decision": msg("none") if record.decision_ref is None else record.decision_ref.number,
            }
            raise UsageError(
                msg("a record issues {id} {number} from {day} already (decision: {decision})", **names),
                msg("give the same day and decision, or raise the revision"),
            )


def undecided(found: Sequence[Open], given: Mapping[str, Answer]) -> list[Open]:
    """The events that still wait for a decision, each once. Raises ``UsageError`` for answers about none of them."""
    unknown = sorted(given.keys() - {each.cause.event for each in found})
    if unknown:
        raise UsageError(msg("no such change is in effect for this text: {events}", events=", ".join(unknown)))
    return [*{each.cause.event: each for each in found if each.asks and each.cause.event not in given}.values()]


def dealt_with(found: Sequence[Open], given: Mapping[str, Answer]) -> tuple[Dealt, ...]:
    """Every event in effect with its decision: taken in, unless an answer says otherwise."""
    taken_in = Answer(UPDATED, None)
    return tuple(
        Dealt(each.citation, each.cause.event, each.digest, answer.decision, answer.reason)
        for each in found
        for answer in [given.get(each.cause.event, taken_in)]
    )


def kept_forms(document: Document[Procedure], read: Callable[[str], bytes | None]) -> dict[str, bytes]:
    """The forms of the text, to be kept by their sha256: path in the archive and bytes. Raises ``UsageError``."""
    kept = {}
    for form in document.body.forms:
        if form.file is None or form.sha256 is None:
            continue
        data = read(form.file)
        if data is None or sha256(data) != form.sha256:
            raise UsageError(
                msg(
                    "the file {file} of form {form} is missing, or is not the one the text names",
                    file=form.file,
                    form=form.id,
                ),
                msg("docctl check tells more"),
            )
        kept[f"archive/forms/{form.sha256}{PurePosixPath(form.file).suffix}"] = data
    return kept
