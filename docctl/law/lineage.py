"""Units under other numbers: an address followed through renumberings, forwards and backwards.

An event names units as they were numbered on the day before it; a procedure names them as they were numbered on the
first day of its revision. Between the two an address may have become another one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from docctl.law.acting import Order
from docctl.law.address import WHOLE, Address, above, parse
from docctl.law.changes import Change
from docctl.law.timeline import Operating, Timeline
from docctl.model.event import INSERT, RENUMBER


@dataclass(frozen=True, slots=True)
class _Step:
    """A renumbering, or, without ``pairs``, an insertion that gives ``born`` units their numbers."""

    order: Order
    first: date
    pairs: Sequence[tuple[Address, Address]]
    born: Sequence[Address]


class Lineage:
    """The numbers of the units of one text through time."""

    def __init__(self, timeline: Timeline, slug: str) -> None:
        self._timeline = timeline
        made = (_step(timeline, each) for each in timeline.on(slug) if each.change.kind in (RENUMBER, INSERT))
        self._steps = [each for each in made if each is not None]
        self._renumbered = any(each.pairs for each in self._steps)
        self._born = {born.units for each in self._steps for born in each.born}

    def before(self, change: Change, address: Address, day: date) -> Sequence[Address]:
        """What a unit was called just before an event, by the number it has on ``day``.

        Empty where it had no number yet: a new unit that got the number of an old one is not that unit.
        """
        if self._never_moved(address):
            return (address,)
        order = self._timeline.acting.order(change)
        if change.first is None or change.first > day:
            known = change.first is not None
            return _forward(address, (e for e in self._steps if e.first > day and (not known or e.order < order)))
        return self._backward(address, order, day)

    def after(self, change: Change, address: Address, day: date) -> Sequence[Address]:
        """What a unit is called just after a renumbering, by the number it has on ``day``."""
        step = next((each for each in self._steps if each.order == self._timeline.acting.order(change)), None)
        if step is None:
            pairs = [] if change.event is None else [(parse(old), parse(new)) for old, new in change.event.pairs]
        else:
            pairs = [*step.pairs]
        return _distinct(new for each in self.before(change, address, day) for new in _renamed(each, pairs))

    def all_names(self, address: Address) -> Sequence[Address]:
        """Whatever a unit of this number may have been called, or be called later; the whole text where it moved."""
        return (WHOLE,) if self._renumbered else (address,)

    def original(self, address: Address, day: date) -> Sequence[Address]:
        """What a unit was called when the text was issued; empty where it is a later one."""
        return (address,) if self._never_moved(address) else self._backward(address, None, day)

    def moved(self, address: Address, day: date) -> Sequence[Address]:
        """The new numbers of a unit whose number nobody has any more on ``day``; empty where somebody has it."""
        past = [each for each in self._steps if each.first <= day]
        for place in range(len(past) - 1, -1, -1):
            step = past[place]
            if any(above(each, address) for each in (*step.born, *(new for _old, new in step.pairs))):
                return ()
            if any(above(old, address) for old, _new in step.pairs):
                return _forward(address, past[place:])
        return ()

    def _never_moved(self, address: Address) -> bool:
        sizes = range(1, len(address.units) + 1)
        return not self._renumbered and not any(address.units[:size] in self._born for size in sizes)

    def _backward(self, address: Address, order: Order | None, day: date) -> Sequence[Address]:
        found: Sequence[Address] = (address,)
        for step in reversed(self._steps):
            if step.first > day or (order is not None and step.order < order):
                continue
            if step.order != order:
                found = [each for each in found if not any(above(born, each) for born in step.born)]
            pairs = [(new, old) for old, new in step.pairs]
            found = _distinct(old for each in found if not _left_empty(each, step) for old in _renamed(each, pairs))
        return found


def _forward(address: Address, steps: Iterable[_Step]) -> Sequence[Address]:
    found: Sequence[Address] = (address,)
    for step in steps:
        found = _distinct(new for each in found for new in _renamed(each, step.pairs))
    return found


def _step(timeline: Timeline, operating: Operating) -> _Step | None:
    """Only what is confirmed and has operated changes numbers; what acts through another event does not."""
    change, found = operating.change, operating.course.spans
    if operating.derived or not change.confirmed or not found or change.event is None:
        return None
    pairs = [(parse(old), parse(new)) for old, new in change.event.pairs] if change.kind == RENUMBER else []
    born = [each for each in change.addresses if each.units] if change.kind == INSERT else []
    return _Step(timeline.acting.order(change), found[0].first, pairs, born)


def _renamed(address: Address, pairs: Sequence[tuple[Address, Address]]) -> Sequence[Address]:
    """The address under its new numbers: by the pair that names it most closely, several where it was split."""
    named = [(old, new) for old, new in pairs if above(old, address)]
    if not named:
        return (address,)
    closest = max(len(old.units) for old, _new in named)
    return [
        Address((*new.units, *address.units[len(old.units) :]), address.heading)
        for old, new in named
        if len(old.units) == closest
    ]


def _left_empty(address: Address, step: _Step) -> bool:
    """Has a renumbering left nobody under this number?"""
    return any(above(old, address) for old, _new in step.pairs) and not any(
        above(new, address) for _old, new in step.pairs
    )


def _distinct(addresses: Iterable[Address]) -> Sequence[Address]:
    return [*dict.fromkeys(addresses)]
