"""What other events have done to an event by a day, as far as words go: is it made, and who acts in its place."""

from __future__ import annotations

from datetime import date

from msgspec import Struct, field

from docctl.law import spans
from docctl.law.address import Address
from docctl.law.changes import Change
from docctl.law.course import Why
from docctl.law.timeline import Timeline
from docctl.message import Message, msg
from docctl.model.event import AMEND, CORRECT, INSERT, REPLACE, REPLACE_PHRASE


class Standing(Struct):
    """An event on a day. ``at``: the addresses where it does what it says. ``instead`` put new words in its place.

    ``beside`` exchange words in what it brings. ``said`` is what of this could not be told, and why; ``waiting`` are
    the ids of events on it that nobody has confirmed.
    """

    at: tuple[Address, ...] = ()
    instead: list[Change] = field(default_factory=list)
    beside: list[Change] = field(default_factory=list)
    said: list[tuple[Change, Message]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def standing(timeline: Timeline, change: Change, day: date) -> Standing:
    """What the events on a change of a text have made of it by a day."""
    course = timeline.course(change)
    found = Standing(tuple(at for at, each in timeline.windows(change).items() if spans.holds(each, day)))
    for heir in course.heirs:
        begun = timeline.course(heir.change).spans
        if heir.limit is not None and spans.holds(spans.both(begun, heir.limit), day):
            _add(found, heir.change)
    for left in timeline.open(change):
        other = left.change
        if left.why is Why.NOT_CONFIRMED:
            found.waiting.append(other.id)
        elif left.why is Why.UNDATED:
            if not other.over(day):
                found.said.append((other, msg("its day is not known")))
        elif spans.holds(timeline.course(other).spans, day):
            if left.why is Why.WITHIN and not other.ends:
                _add(found, other)
            elif left.why is Why.WITHIN:
                found.said.append((other, msg("it ends only a part of the provision that changes these words")))
    return found


def _add(found: Standing, other: Change) -> None:
    if other.kind in (CORRECT, REPLACE_PHRASE) and other.phrase is not None:
        found.beside.append(other)
    elif other.kind in (AMEND, REPLACE, CORRECT):
        found.instead.append(other)
    elif other.kind == INSERT:
        found.said.append((other, msg("it adds to the provision that changes these words; read it there")))
