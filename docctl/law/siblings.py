"""Where the units of a text stand: the place of each, where it ends, and where a new one goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docctl.law.address import ANNEX, KEM_THEO, LEVELS, component, container, level, parse, position
from docctl.message import Message, msg
from docctl.model.law_at import Consolidated


class Misfit(Exception):
    """An edit that cannot be made, and why."""

    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def find(units: Sequence[Consolidated], address: str) -> int:
    """The place of a unit. Raises ``Misfit`` where there is none, or several."""
    found = [place for place, each in enumerate(units) if each.address == address]
    if not found:
        raise Misfit(msg("there is no such unit"))
    if len(found) > 1:
        raise Misfit(msg("there are several units of this number"))
    return found[0]


def end_of(units: Sequence[Consolidated], place: int) -> int:
    """Where a unit ends, with everything inside it; a chapter ends at the next one of its rank."""
    here = parse(units[place].address)
    grouping = container(here)
    for at in range(place + 1, len(units)):
        other = parse(units[at].address)
        if grouping:
            outer = container(other) and rank(other.units[-1]) <= rank(here.units[-1])
            if outer or component(other) != component(here):
                return at
        elif other.units[: len(here.units)] != here.units:
            return at
    return len(units)


def part(units: Sequence[Consolidated], address: str) -> Sequence[Consolidated]:
    """A unit with everything inside it, of a chapter its articles; empty where there is none of this address."""
    place = next((place for place, each in enumerate(units) if each.address == address), None)
    return () if place is None else units[place : end_of(units, place)]


def rank(unit: str) -> int:
    """How far outside a unit stands by its level."""
    name = level(unit)
    return -1 if name in (KEM_THEO, ANNEX) else LEVELS.index(name)


def key(address: str) -> tuple[int, int, str]:
    """Units of one parent in their order: 3, 3a, 3b, 4; c, d, dd, e."""
    return position(parse(address).units[-1])


def siblings(units: Sequence[Consolidated], address: str) -> Iterator[int]:
    """The places of the units of the same parent and level, its own among them where it is there."""
    wanted = parse(address).units
    for at, each in enumerate(units):
        other = parse(each.address).units
        same = len(other) == len(wanted) and other[:-1] == wanted[:-1]
        if same and level(other[-1]) == level(wanted[-1]):
            yield at


def between(units: Sequence[Consolidated], address: str) -> int:
    """Where a new unit goes that no words give a place: behind the last of its parent with a smaller number."""
    parent = parse(address).units[:-1]
    place = find(units, "__".join(parent)) if parent else -1
    smaller = [at for at in siblings(units, address) if key(units[at].address) < key(address)]
    if smaller:
        return end_of(units, smaller[-1])
    if place < 0:
        raise Misfit(msg("there is nothing beside which it could stand"))
    return place + 1


def behind(units: Sequence[Consolidated], anchor: str, address: str) -> int:
    """Where a new unit goes behind another: those that stand there already with a number in between come first."""
    at = find(units, anchor)
    place = end_of(units, at)
    if at in siblings(units, address):
        here = {*siblings(units, address)}
        while place in here and key(anchor) < key(units[place].address) < key(address):
            place = end_of(units, place)
    return place


def before(units: Sequence[Consolidated], anchor: str, address: str) -> int:
    """Where a new unit goes before another: those that stand there already with a greater number come behind it."""
    place = find(units, anchor)
    for at in reversed([at for at in siblings(units, address) if at < place]):
        if not key(address) < key(units[at].address) < key(anchor):
            break
        place = at
    return place
