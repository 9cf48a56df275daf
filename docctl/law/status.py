"""The status of a text at a date: derived from its dates and the events on it, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from docctl.law.address import WHOLE
from docctl.law.changes import JUDGED, Change, stage
from docctl.law.register import Register


class Status(Enum):
    """Whether a text is in force. Suspension is not judged yet, so it makes a status unknown."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    PARTLY_ENDED = "partly_ended"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class StatusAt:
    """A status, the day it began where known, and the changes that made it, or keep it from being told."""

    status: Status
    since: date | None
    because: tuple[Change, ...]


def status(register: Register, slug: str, day: date) -> StatusAt:
    """The status of a text of the register at a day."""
    text = register.texts[slug]
    found = stage(text, WHOLE)
    first = None if found is None else found[1].first
    if first is None:
        return StatusAt(Status.UNKNOWN, None, ())
    if day < first:
        return StatusAt(Status.NOT_YET, None, ())
    operating = [change for change in register.on(slug) if change.confirmed and change.holds(day)]
    unjudged = [change for change in operating if change.kind not in JUDGED]
    ends = [change for change in operating if change.ends]
    doubtful = [
        other
        for change in register.on(slug)
        if change.ends
        for other in register.acting_on(change)
        if other.first is None or other.first <= day
    ]
    if doubtful or unjudged:
        return StatusAt(Status.UNKNOWN, None, (*doubtful, *unjudged))
    whole = [change for change in ends if change.whole and not change.excepted]
    if whole:
        return StatusAt(Status.ENDED, whole[0].first, tuple(whole))
    if ends:
        return StatusAt(Status.PARTLY_ENDED, ends[0].first, tuple(ends))
    return StatusAt(Status.IN_FORCE, first, ())


def agrees(register: Register, slug: str, asserted: frozenset[str], day: date) -> bool | None:
    """Does what a publisher asserts agree with the derived status on the day it was seen?

    ``asserted`` holds the statuses that its label may stand for. None where the derived one cannot be
    told. "Ended in part" is also said of a text that was merely amended.
    """
    derived = status(register, slug, day).status
    if derived is Status.UNKNOWN:
        # Of a text that is not held the publisher's word is all there is: that it ended may not be passed over.
        stub = not register.texts[slug].in_force
        return False if stub and not asserted & {Status.IN_FORCE.value, Status.PARTLY_ENDED.value} else None
    if derived.value in asserted:
        return True
    amended = any(change.confirmed and change.holds(day) for change in register.on(slug))
    return derived is Status.IN_FORCE and Status.PARTLY_ENDED.value in asserted and amended
