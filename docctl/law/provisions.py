"""The tree of a text's provisions, as far as the register lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docctl.law.address import (
    LEVELS,
    Address,
    BadAddress,
    Touch,
    above,
    article,
    component,
    container,
    level,
    parse,
    touches,
)
from docctl.law.reading import structure
from docctl.model.legal_text import LegalText

_INSERTED = re.compile(r"(dieu_[0-9]+)[a-z]+")


class Tree:
    """Units in the order of the text. Chapters contain the articles that follow them up to the next one."""

    def __init__(
        self, addresses: Iterable[str], attachments: Iterable[str], *, complete: bool, body_only: bool = False
    ) -> None:
        self.units = [*readable(addresses)]
        self.attachments = [*readable(attachments)]
        self.complete = complete and bool(self.units)
        self.body_only = body_only
        self._places: dict[Address, int] = {}  # of the units listed and of those they imply, by their first line
        for place, each in enumerate(self.units):
            for size in range(len(each.units) + 1):
                self._places.setdefault(Address(each.units[:size]), place)

    def holds(self, address: Address) -> bool:
        """Is the unit listed, or one inside it, or does it belong to an attachment whose units are not?"""
        unit = Address(address.units)
        if unit in self._places or (self.body_only and _beside_body(unit)):
            return True
        return any(above(each, unit) or above(unit, each) for each in self.attachments)

    def touches(self, event: Address, cited: Address) -> Touch:
        """As ``address.touches``, with chapters expanded to their articles through this tree."""
        direct = touches(event, cited)
        if direct is not Touch.NOT or component(event) != component(cited):
            return direct
        inside = self._inside(event, cited) if container(event) and not event.heading else False
        reverse = self._inside(cited, event) if container(cited) and not cited.heading else False
        if inside or reverse:
            return Touch.NAME if event.heading else Touch.FULL
        return Touch.UNKNOWN if inside is None or reverse is None else Touch.NOT

    def above(self, outer: Address, inner: Address) -> bool | None:
        """Does ``outer`` contain ``inner``, or is it the same? None where it would take a fuller tree to say."""
        if above(outer, inner):
            return True
        if outer.heading or not container(outer) or component(outer) != component(inner):
            return False
        return self._inside(outer, inner)

    def _inside(self, group: Address, address: Address) -> bool | None:
        """Does an article, or a smaller group, stand in a group that its address does not name?"""
        wanted = article(address) or (Address(address.units) if container(address) else None)
        if wanted is None or (container(wanted) and _rank(wanted) <= _rank(group)) or _apart(group, wanted):
            return False
        start, place = self._places.get(group), self._place(wanted)
        if start is None or place is None:
            return None
        return start < place < self._end(group, start)

    def _place(self, address: Address) -> int | None:
        """Where a unit stands; an article that was inserted (70a) stands where the one it follows does (70)."""
        if address in self._places or container(address):
            return self._places.get(address)
        number = _INSERTED.fullmatch(address.units[-1])
        return None if number is None else self._places.get(Address((*address.units[:-1], number[1])))

    def _end(self, group: Address, start: int) -> int:
        """Where the group ends: at the next of its level or a higher one, or with its component."""
        for place in range(start + 1, len(self.units)):
            other = self.units[place]
            if component(other) != component(group) or (container(other) and _rank(other) <= _rank(group)):
                return place
        return len(self.units)


def _beside_body(unit: Address) -> bool:
    """Does a unit belong to what is attached to a text: an annex, a form, a regulation?"""
    return bool(component(unit)) or any(level(each) == "mau" for each in unit.units)


def _apart(one: Address, other: Address) -> bool:
    """Do two addresses name different units of one level? Then neither is inside the other."""
    units = {level(unit): unit for unit in one.units}
    return any(units.get(level(unit), unit) != unit for unit in other.units)


def tree_of(text: LegalText, words: str | None = None) -> Tree:
    """The tree of a text of the register: as its file lists it, else as its words have it.

    Words often come without their annexes and forms, so of these they tell nothing; nor do words that could not be
    cut without a doubt tell what is missing.
    """
    if words is not None and not text.provisions:
        read = structure(words)
        own = (each.address for each in read.units)
        return Tree(own, text.attachments, complete=not read.doubts, body_only=True)
    return Tree((each.address for each in text.provisions), text.attachments, complete=text.complete)


def _rank(group: Address) -> int:
    return LEVELS.index(level(group.units[-1]))


def readable(addresses: Iterable[str]) -> Sequence[Address]:
    """The addresses that can be read; the others are reported by the rule about addresses."""
    found = []
    for text in addresses:
        try:
            found.append(parse(text))
        except BadAddress:
            continue
    return found
