"""Units under other numbers: an address followed through renumberings, forwards and backwards.

An event names units as they were numbered on the day before it; a procedure names them as they were numbered on the
first day of its revision. Between the two an address may have become another one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache

from msgspec import Struct

from docctl.law.acting import Order
from docctl.law.address import WHOLE, Address, above, article, container, parse
from docctl.law.changes import Change
from docctl.law.provisions import Tree
from docctl.model.event import INSERT, RENUMBER

_ISSUED: Order = ("", 0, "", "", (), 0, "")
_NEVER: Order = ("~", 0, "", "", (), 0, "")


@cache
def _evening(day: date) -> Order:
    """After all that operates from a day on."""
    return day.isoformat(), 99, "", "", (), 0, ""


class Step(Struct, frozen=True):
    """A renumbering, or, without ``pairs``, an insertion that gives ``born`` units their numbers.

    ``order`` is its place among the others, by the day from which it operates.
    """

    id: str
    order: Order
    pairs: Sequence[tuple[Address, Address]]
    born: Sequence[Address]


def step(change: Change, order: Order, first: date) -> Step:
    """A renumbering or an insertion that operates from a day on."""
    pairs = _pairs(change) if change.kind == RENUMBER else []
    born = [each for each in change.addresses if each.units] if change.kind == INSERT else []
    return Step(change.id, (first.isoformat(), *order[1:]), pairs, born)


class Lineage:
    """The numbers of the units of one text through time."""

    def __init__(self, steps: Iterable[Step], order: Callable[[Change], Order]) -> None:
        self._steps = sorted(steps, key=lambda each: each.order)
        self._order = order
        self._own = {each.id: each.order for each in self._steps}
        self.renumbers = any(each.pairs for each in self._steps)
        self._born: dict[tuple[str, ...], list[Step]] = {}
        for each in self._steps:
            for born in each.born:
                self._born.setdefault(born.units, []).append(each)

    def before(self, change: Change, address: Address, day: date) -> Sequence[Address]:
        """What a unit was called just before an event, by the number it has on ``day``.

        Empty where it had no number yet: a new unit that got the number of an old one is not that unit.
        """
        return self._follow(address, _evening(day), self._point(change))

    def called(self, change: Change, address: Address, day: date) -> Sequence[Address]:
        """The same, where a unit that was not there yet counts by the number at which it came."""
        return self._moved(address, _evening(day), self._point(change)) or (address,)

    def between(self, one: Change, other: Change, address: Address) -> Sequence[Address]:
        """What a unit was called just before another event, by the number it had just before one.

        Here a number that was given anew counts as there before.
        """
        since, to = self._point(one), self._point(other)
        return self._moved(address, since, to)

    def after(self, change: Change, address: Address, day: date) -> Sequence[Address]:
        """What a unit is called just after a renumbering, by the number it has on ``day``."""
        return _distinct(new for each in self.before(change, address, day) for new in _renamed(each, _pairs(change)))

    def all_names(self, address: Address) -> Sequence[Address]:
        """Whatever a unit of this number may have been called, or be called later; the whole text where it moved."""
        return (WHOLE,) if self.renumbers else (address,)

    def original(self, address: Address, day: date) -> Sequence[Address]:
        """What a unit was called when the text was issued; a number that was given anew is the old one too."""
        return self._moved(address, _evening(day), _ISSUED)

    def stays(self, address: Address, day: date) -> bool:
        """Has a unit that had this number when the text was issued still got it on ``day``?"""
        return address in self._moved(address, _ISSUED, _evening(day))

    def at_issue(self, change: Change, address: Address) -> Sequence[Address]:
        """The same by the number that it had just before an event."""
        return self._moved(address, self._point(change), _ISSUED)

    def contains(self, change: Change, tree: Tree, outer: Address, inner: Address) -> bool | None:
        """Does a unit contain another one, both numbered as just before an event? None where it cannot be told.

        The tree has the numbers of the text as it was issued.
        """
        if not self.renumbers or not container(outer):
            return tree.above(outer, inner)
        return tree.above(outer, self.listed(change, tree, inner))

    def listed(self, change: Change, tree: Tree, address: Address) -> Address:
        """The number under which a tree lists a unit, or its article, by the one that it had just before an event."""
        first = self.at_issue(change, address)
        known = (each for each in first if tree.holds(each) or tree.holds(article(each) or each))
        return next(known, address)

    def moved(self, address: Address, day: date) -> Sequence[Address]:
        """The new numbers of a unit whose number nobody has any more on ``day``; empty where somebody has it."""
        if not self.renumbers:
            return ()
        past = [each for each in self._steps if each.order < _evening(day)]
        last = next((n for n in range(len(past) - 1, -1, -1) if _gives(past[n], address) is not None), None)
        return () if last is None or _gives(past[last], address) else _forward(address, past[last:])

    def renumbered(self, address: Address, day: date) -> bool:
        """Has a unit got this number, or one inside it, by a renumbering, as far as ``day``?"""
        if not self.renumbers:
            return False
        past = [each for each in self._steps if each.order < _evening(day)]
        now = (
            name
            for place, each in enumerate(past)
            for _old, new in each.pairs
            for name in _forward(new, past[place + 1 :])
        )
        return any(above(address, name) for name in now)

    def _point(self, change: Change) -> Order:
        """Where an event stands: what a text states of its own end names units as they were first."""
        if change.own_end:
            return _ISSUED
        if change.first is None:
            return _NEVER
        return self._own.get(change.id) or self._order(change)

    def _follow(self, address: Address, since: Order, to: Order) -> Sequence[Address]:
        """What a unit is called at one point, by its number at another; empty where it was not there yet."""
        if self.renumbers:
            return self._moved(address, since, to, born=True)
        sizes = range(1, len(address.units) + 1)
        births = (each.order for size in sizes for each in self._born.get(address.units[:size], ()))
        return () if any(to < birth < since for birth in births) else (address,)

    def _moved(self, address: Address, since: Order, to: Order, *, born: bool = False) -> Sequence[Address]:
        if not born and not self.renumbers:
            return (address,)
        if since <= to:
            return _forward(address, (each for each in self._steps if since <= each.order < to))
        found: Sequence[Address] = (address,)
        for each in reversed([each for each in self._steps if to <= each.order < since]):
            if born and each.order != to:
                found = [name for name in found if not any(above(new, name) for new in each.born)]
            pairs = [(new, old) for old, new in each.pairs]
            found = _distinct(old for name in found if _gives(each, name) is not False for old in _renamed(name, pairs))
        return found


def _pairs(change: Change) -> Sequence[tuple[Address, Address]]:
    return [] if change.event is None else [(parse(old), parse(new)) for old, new in change.event.pairs]


def _forward(address: Address, steps: Iterable[Step]) -> Sequence[Address]:
    found: Sequence[Address] = (address,)
    for each in steps:
        found = _distinct(new for name in found for new in _renamed(name, each.pairs))
    return found


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


def _gives(made: Step, address: Address) -> bool | None:
    """Does a step give this number to a unit, or take it away from the one that had it (False)? None: neither."""
    if any(above(new, address) for new in (*made.born, *(new for _old, new in made.pairs))):
        return True
    return False if any(above(old, address) for old, _new in made.pairs) else None


def _distinct(addresses: Iterable[Address]) -> Sequence[Address]:
    return [*dict.fromkeys(addresses)]
