"""The status of a text at a date: derived from its dates and the events on it, never typed."""

from __future__ import annotations

from datetime import date
from enum import Enum

from msgspec import Struct

from docctl.law.address import WHOLE
from docctl.law.cascade import Cascade
from docctl.law.changes import Change, stage
from docctl.law.spans import holds
from docctl.law.timeline import Timeline
from docctl.model.event import DETAIL


class Status(Enum):
    """Whether a text is in force."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    PARTLY_SUSPENDED = "partly_suspended"
    SUSPENDED = "suspended"
    PARTLY_ENDED = "partly_ended"
    ENDED = "ended"
    UNKNOWN = "unknown"


class StatusAt(Struct, frozen=True):
    """A status, the day it began where known, and the changes that made it, or keep it from being told."""

    status: Status
    since: date | None
    because: tuple[Change, ...]


def status(timeline: Timeline, slug: str, day: date) -> StatusAt:
    """The status of a text of the register at a day; of one that ended and is suspended in part, that it ended."""
    found = stage(timeline.register.texts[slug], WHOLE)
    first = None if found is None else found[1].first
    if first is None:
        return StatusAt(Status.UNKNOWN, None, ())
    if day < first:
        return StatusAt(Status.NOT_YET, None, ())
    ended = Cascade(timeline, day).end(slug)
    if ended is not None:
        return StatusAt(Status.ENDED, ended.since, (ended.change,))
    ends, stops = _operating(timeline, slug, day)
    whole = [each for each in stops if each[0].whole and not each[0].excepted]
    for status_, some in (
        (Status.SUSPENDED, whole),
        (Status.PARTLY_ENDED, ends),
        (Status.PARTLY_SUSPENDED, stops),
    ):
        if some:
            return StatusAt(status_, some[0][1], tuple(change for change, _ in some))
    doubtful = _doubtful(timeline, slug, day)
    return StatusAt(Status.UNKNOWN, None, doubtful) if doubtful else StatusAt(Status.IN_FORCE, first, ())


def _operating(timeline: Timeline, slug: str, day: date) -> tuple[list[tuple[Change, date]], list[tuple[Change, date]]]:
    """What has ended of a text on a day, and what is suspended of it, with the first day of each."""
    ends, stops = list[tuple[Change, date]](), list[tuple[Change, date]]()
    for each in timeline.on(slug):
        if not each.confirmed or not (each.meaning.ends or each.change.stops):
            continue
        for address, windows in each.windows.items():
            held = timeline.stop_at(each.change, address) if each.change.stops else windows
            now = next((span for span in held if span.holds(day)), None)
            if now is not None and not (each.change.stops and not timeline.was_there(each.change, address, now.end)):
                (stops if each.change.stops else ends).append((each.change, now.first))
                break
    return ends, stops


def _doubtful(timeline: Timeline, slug: str, day: date) -> tuple[Change, ...]:
    """What might have ended the text, or a part of it, were it known what acts on that."""
    return tuple(
        left.change
        for each in timeline.on(slug)
        if each.meaning.ends or each.change.stops
        for left in timeline.open(each.change)
        if left.change.confirmed and (left.change.first is None or left.change.first <= day)
    )


def agrees(timeline: Timeline, slug: str, asserted: frozenset[str], day: date) -> bool | None:
    """Does what a publisher asserts agree with the derived status on the day it was seen?

    ``asserted`` holds the statuses that its label may stand for. None where the derived one cannot be
    told. "Ended in part" is also said of a text that was merely amended.
    """
    derived = status(timeline, slug, day).status
    if derived is Status.UNKNOWN:
        # Of a text that is not held the publisher's word is all there is: that it ended may not be passed over.
        stub = not timeline.register.texts[slug].in_force
        return False if stub and not asserted & {Status.IN_FORCE.value, Status.PARTLY_ENDED.value} else None
    if derived.value in asserted:
        return True
    amended = any(
        each.change.confirmed
        and each.change.kind != DETAIL
        and any(holds(windows, day) for windows in each.windows.values())
        for each in timeline.on(slug)
    )
    return derived is Status.IN_FORCE and Status.PARTLY_ENDED.value in asserted and amended
