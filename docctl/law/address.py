"""Addresses of provisions: ``dieu_5__khoan_2__diem_a``; what an event on one does to a citation of another.

Grammar and rules: docs/currency.md. The empty address is the whole text; ``#heading`` is the name of
a unit, alone the title of the text.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

KEM_THEO, ANNEX = "kem_theo", "phu_luc"
LEVELS = ("phan", "chuong", "muc", "tieu_muc", "dieu", "khoan", "diem", "tiet", "mau")
"""From the outside to the inside; levels may be missing, never turned round."""

CONTAINERS = frozenset({"phan", "chuong", "muc", "tieu_muc"})
"""What groups articles without being part of their address: article numbers run through the whole text."""

HEADING = "#heading"
_UNIT = re.compile(r"(phan|chuong|muc|tieu_muc|dieu|khoan|diem|tiet|mau|phu_luc)_([a-z0-9]+(?:[./-][a-z0-9]+)*)")
_ROMAN = re.compile(r"(?=[ivx])(x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_LEVELS = CONTAINERS | {ANNEX}


class Address(NamedTuple):
    """Units from the outside to the inside, and whether their heading alone is meant."""

    units: tuple[str, ...]
    heading: bool = False

    def __str__(self) -> str:
        return "__".join(self.units) + (HEADING if self.heading else "")


WHOLE = Address(())


class BadAddress(ValueError):
    """What is no address. ``meant`` is the spelling that was probably meant, where one is known."""

    def __init__(self, text: str, meant: str | None = None) -> None:
        super().__init__(text)
        self.meant = meant


def level(unit: str) -> str:
    """The level of a unit: ``dieu`` of ``dieu_5a``."""
    if unit in (KEM_THEO, ANNEX):
        return unit
    match = _UNIT.fullmatch(unit)
    if match is None:
        raise BadAddress(unit)
    return match[1]


@lru_cache(maxsize=65536)
def parse(text: str) -> Address:
    """Reads an address; the empty text is the whole. Raises ``BadAddress``, never guesses."""
    path, mark, rest = text.partition("#")
    if mark and "#" + rest != HEADING:
        raise BadAddress(text)
    units = tuple(path.split("__")) if path else ()
    meant = tuple(map(_canonical, units))
    if not _ordered(meant):
        raise BadAddress(text, _turned(meant, bool(mark)))
    if meant != units:
        raise BadAddress(text, str(Address(meant, bool(mark))))
    return Address(units, bool(mark))


def _canonical(unit: str) -> str:
    """The unit without leading zeros and Roman numbers. Raises ``BadAddress`` for what is no unit."""
    if unit in (KEM_THEO, ANNEX):
        return unit
    match = _UNIT.fullmatch(unit)
    if match is None:
        raise BadAddress(unit)
    name, label = match[1], match[2]
    if name in _ROMAN_LEVELS and _ROMAN.fullmatch(label):
        label = str(_arabic(label))
    return f"{name}_{re.sub(r'(?<![a-z0-9])0+(?=[0-9])', '', label)}"


def _arabic(roman: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in roman]
    return sum(-each if each < after else each for each, after in zip(values, [*values[1:], 0], strict=True))


def _order(unit: str) -> int:
    name = level(unit)
    return 0 if name == KEM_THEO else 1 if name == ANNEX else 2 + LEVELS.index(name)


def position(unit: str) -> tuple[int, int, str]:
    """Where a unit stands among others: articles before clauses; 3, 3a, 3b, 4; c, d, dd, e."""
    label = unit[len(level(unit)) + 1 :]
    digits = label[: len(label) - len(label.lstrip("0123456789"))]
    return _order(unit), int(digits or 0), label[len(digits) :]


def _ordered(units: tuple[str, ...]) -> bool:
    places = [_order(unit) for unit in units]
    grouped = any(level(unit) == "dieu" for unit in units) and any(level(unit) in CONTAINERS for unit in units)
    return not grouped and all(left < right for left, right in pairwise(places))


def _turned(units: tuple[str, ...], heading: bool) -> str | None:
    """The same units in their order, the chapter of an article left out; None where that is no address either."""
    has_article = any(level(unit) == "dieu" for unit in units)
    kept = (unit for unit in units if not (has_article and level(unit) in CONTAINERS))
    turned = tuple(sorted(kept, key=_order))
    return str(Address(turned, heading)) if _ordered(turned) else None


class Touch(Enum):
    """What an event on one address means for a citation of another."""

    NOT = "not"
    FULL = "full"
    NAME = "name"  # only the heading of the cited unit, or of one below it, changes
    UNKNOWN = "unknown"  # it would take the provision tree to say


def above(outer: Address, inner: Address) -> bool:
    """Is ``outer`` the same unit as ``inner`` or one that contains it, by their addresses?"""
    if outer.heading:
        return outer == inner
    return inner.units[: len(outer.units)] == outer.units


def touches(event: Address, cited: Address) -> Touch:
    """One is a prefix of the other at unit borders; a heading is a leaf.

    An event on a heading touches citations of that heading fully, of its unit and above by name, below
    not at all. An event on a unit touches a citation of its heading, an event inside the unit does not.
    """
    if event.heading:
        if cited.heading:
            return Touch.FULL if event == cited else Touch.NOT
        return Touch.NAME if event.units[: len(cited.units)] == cited.units else Touch.NOT
    if above(event, cited):
        return Touch.FULL
    return Touch.FULL if above(cited, event) else Touch.NOT


def container(address: Address) -> bool:
    """Is this a part, chapter, section or subsection, which holds articles that do not name it?"""
    return bool(address.units) and level(address.units[-1]) in CONTAINERS


def component(address: Address) -> tuple[str, ...]:
    """The text, the attached regulation or the annex an address belongs to; each numbers its own articles."""
    return tuple(unit for unit in address.units if level(unit) in (KEM_THEO, ANNEX))


def article(address: Address) -> Address | None:
    """The article of an address, or None where it names none."""
    for place, unit in enumerate(address.units, 1):
        if level(unit) == "dieu":
            return Address(address.units[:place])
    return None
