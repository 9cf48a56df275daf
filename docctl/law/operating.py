"""What other events have done to an event by a day: whether it still does what it says, and who acts in its place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from docctl.law.address import above
from docctl.law.changes import Change
from docctl.law.register import Register, acts_above
from docctl.message import Message, msg
from docctl.model.event import AMEND, CORRECT, DISAPPLY, EXTEND, INSERT, REPLACE, REPLACE_PHRASE, RESUME, SUSPEND

_STOPS = frozenset({SUSPEND, DISAPPLY})


@dataclass(slots=True)
class Standing:
    """An event on a day. ``made``: it does what it says. ``instead`` put new words in the place of its own.

    ``beside`` exchange words in what it brings. ``said`` is what of this could not be told, and why; ``waiting`` are
    the ids of events on it that nobody has confirmed.
    """

    made: bool = True
    instead: list[Change] = field(default_factory=list)
    beside: list[Change] = field(default_factory=list)
    said: list[tuple[Change, Message]] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


def standing(register: Register, change: Change, day: date) -> Standing:
    """What the events on a change have made of it by a day (docs/currency.md, events on events)."""
    found = Standing()
    for other in register.acting_on(change):
        if not other.confirmed:
            found.waiting.append(other.id)
        elif other.first is None:
            if not other.over(day):
                found.said.append((other, msg("its day is not known")))
        elif other.holds(day) and _begins(register, other):
            _add(register, found, change, other, day)
    return found


def prolonged(register: Register, change: Change) -> Change:
    """A change with the end that confirmed events have moved: what a text says of its own end, or an end taken over."""
    end = change.first if change.event is None else change.end
    if end is None:
        return change
    later = [
        other.end
        for other in register.acting_on(change)
        if other.kind == EXTEND and other.confirmed and other.end is not None and other.end > end
        if other.first is not None and other.first <= end and _begins(register, other)
    ]
    if not later:
        return change
    return replace(change, first=max(later)) if change.event is None else replace(change, end=max(later))


def _add(register: Register, found: Standing, change: Change, other: Change, day: date) -> None:
    if other.kind in _STOPS:
        found.made &= any(_resumes(each, other, day) for each in _resuming(register, change, other))
    elif other.ends and acts_above(other, change):
        found.made = False
    elif other.ends:
        found.said.append((other, msg("it ends only a part of the provision that changes these words")))
    elif other.kind in (CORRECT, REPLACE_PHRASE) and other.phrase is not None:
        found.beside.append(other)
    elif other.kind in (AMEND, REPLACE, CORRECT):
        found.instead.append(other)
    elif other.kind == INSERT:
        found.said.append((other, msg("it adds to the provision that changes these words; read it there")))


def _begins(register: Register, change: Change, asking: frozenset[str] = frozenset()) -> bool:
    """Does an event ever operate? Not where it was ended, or suspended, before its first day came."""
    first = change.first
    if first is None or change.id in asking:
        return True
    for other in register.acting_on(change):
        early = other.confirmed and other.holds(first)
        stops = other.kind in _STOPS or (other.ends and acts_above(other, change))
        if early and stops and _begins(register, other, asking | {change.id}):
            return False
    return True


def _resuming(register: Register, change: Change, stop: Change) -> Iterator[Change]:
    """What may put an event into force again that was suspended: by naming it, its suspension, or its provisions."""
    yield from register.acting_on(change)
    yield from register.acting_on(stop)
    for each in register.on(change.target or ""):
        if any(above(outer, inner) for outer in each.addresses for inner in change.addresses):
            yield each


def _resumes(each: Change, stop: Change, day: date) -> bool:
    begun = each.confirmed and each.first is not None and each.first <= day
    return begun and each.kind == RESUME and (stop.first or date.min) <= (each.first or date.min)
