"""A legal text cut into its units, losing nothing: the pieces put back together are the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property

from msgspec import Struct, field


class Part(Enum):
    """What a piece of a text is."""

    FRONT = "front"  # before the first provision: names, date, title, preamble
    UNIT = "unit"
    NOTE = "note"  # a footnote of a consolidated text
    STAMP = "stamp"  # what a gazette or a program has put there: page heads, marks of a signature
    END = "end"  # who signed, who receives it


class Piece(Struct, frozen=True):
    """``text[start:end]`` belongs to the unit of number ``unit`` (in ``LawText.units``), or to none (-1)."""

    part: Part
    unit: int
    start: int
    end: int


class Unit(Struct, frozen=True):
    """A provision. ``label`` is as printed, ``heading`` its name on the same line or the next ones.

    ``body`` is where its own words begin, behind the label; its heading is among them. ``number`` says which of
    several units of the same address this one is, from 0: a text may print one number twice, and a form without
    a number has the address of its annex.
    """

    address: str
    label: str
    heading: str | None
    start: int
    body: int
    number: int = 0


class LawText(Struct, frozen=True, dict=True):
    """``quoted`` are the spans of new wording inside an amending act, in order; ``doubts`` what was odd, and where.

    Pieces are in the order of the text, cover it without a gap and do not overlap.
    """

    text: str
    units: Sequence[Unit]
    pieces: Sequence[Piece]
    quoted: Sequence[tuple[int, int]] = ()
    doubts: Sequence[tuple[int, str]] = field(default=())

    @cached_property
    def by_address(self) -> Mapping[str, Unit]:
        """The first unit of each address."""
        found: dict[str, Unit] = {}
        for unit in self.units:
            found.setdefault(unit.address, unit)
        return found

    @cached_property
    def own(self) -> Mapping[int, Sequence[Piece]]:
        """By the place of a unit, the pieces that are its own, without the units inside it."""
        found: dict[int, list[Piece]] = {}
        for piece in self.pieces:
            if piece.part is Part.UNIT:
                found.setdefault(piece.unit, []).append(piece)
        return found

    @cached_property
    def stretches(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        """By the place of a unit, from where to where its own words stand; a stamp in between does not part them."""
        found: dict[int, list[tuple[int, int]]] = {}
        last = -1
        for piece in self.pieces:
            if piece.part is Part.UNIT:
                mine = found.setdefault(piece.unit, [])
                if last == piece.unit:
                    mine[-1] = mine[-1][0], piece.end
                else:
                    mine.append((piece.start, piece.end))
            if piece.part is not Part.STAMP:
                last = piece.unit
        return found

    def joined(self) -> str:
        """All pieces put back together."""
        return "".join(self.text[piece.start : piece.end] for piece in self.pieces)

    def words(self, place: int) -> str:
        """The own text of a unit, heading included, without the units inside it."""
        return "".join(self.text[piece.start : piece.end] for piece in self.own.get(place, ()))

    def inside(self, place: int) -> range:
        """The unit and those inside it: it and the ones that follow with a longer address of the same beginning."""
        last = place + 1
        address = self.units[place].address
        while last < len(self.units) and self.units[last].address.startswith(address + "__"):
            last += 1
        return range(place, last)

    def whole(self, place: int) -> str:
        """The text of a unit with all units inside it."""
        return "".join(self.words(each) for each in self.inside(place))

    def of(self, part: Part) -> Iterator[str]:
        """The pieces of one sort."""
        return (self.text[piece.start : piece.end] for piece in self.pieces if piece.part is part)
