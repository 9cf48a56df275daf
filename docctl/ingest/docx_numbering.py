"""The numbers that Word puts before paragraphs, which are not in their text: ``Điều 5.``, ``1.``, ``a)``.

Lists (``w_num``) of one definition (``w_abstractNum``) count on together, unless a list says where it starts. A
level starts anew after a level above it, unless it says otherwise. The labels are those that Word shows, so a list by
letters goes a, b, c, d, e and knows no đ.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from msgspec import Struct
from msgspec.structs import replace

from docctl.ingest.docx_package import number, switched, value, whole
from docctl.ingest.docx_styles import InList, Styles
from docctl.ingest.numerals import FORMATS

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_LONGEST = 255
_BULLETS = {"\uf0a8": "□", "\uf06f": "□", "\uf0fc": "✓", "\uf02d": "-", "\uf02b": "+"}
_PRIVATE = range(0xE000, 0xF900)


class Level(Struct, frozen=True):
    """One level of a list. ``restart`` is the number of the level it starts anew after, None: any above it."""

    start: int = 0
    format: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None

    @classmethod
    def read(cls, element: Element) -> Level:
        start = number(element, "w_start")
        return cls(
            0 if start is None else start,
            value(element, "w_numFmt") or _alternative(element) or "decimal",
            (value(element, "w_lvlText") or "")[:_LONGEST],
            value(element, "w_suff") or "tab",
            number(element, "w_lvlRestart"),
            switched(element, "w_isLgl") or False,
            value(element, "w_pStyle"),
        )


def _alternative(element: Element) -> str | None:
    """The format for programs that do not know the newer one."""
    found = element.find("mc_AlternateContent/mc_Fallback")
    return value(found, "w_numFmt")


class _List(Struct, frozen=True):
    """A list: its definition, and what it says differently; ``starts`` by level."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int]


class Numbering:
    """Counts through one document; ask for each paragraph of a list once, in order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._definitions: dict[str, Element] = {}
        self._numbers: dict[int, Element] = {}
        self._lists: dict[int, _List | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[int, int]] = set()
        self.unknown: set[str] = set()
        for each in () if root is None else root:
            if each.tag == "w_abstractNum":
                self._definitions.setdefault(each.get("w_abstractNumId", ""), each)
            elif each.tag == "w_num" and (named := whole(each.get("w_numId"))) is not None:
                self._numbers.setdefault(named, each)

    def label(self, properties: Element | None) -> str:
        """What stands before a paragraph, with the space behind it; empty for one that is in no list."""
        found = self._place(properties)
        if found is None:
            return ""
        named, at = found
        listed = self._list(named)
        level = None if listed is None else listed.levels.get(at)
        if listed is None or level is None:
            return ""
        self._count(listed, named, at)
        label = self._written(listed, level, at)
        return label + " " if label and level.suffix != "nothing" else label

    def _place(self, properties: Element | None) -> tuple[int, int] | None:
        """The list and the level of a paragraph: what it says itself, then what its style says."""
        own = None if properties is None else properties.find("w_numPr")
        named, at = number(own, "w_numId"), number(own, "w_ilvl")
        if named is None:
            styled = self._styles.in_list(self._styles.of_paragraph(properties))
            if styled is None:
                return None
            named, at = styled.list, self._level_of(styled) if at is None else at
        if named == 0:  # taken out of its list
            return None
        return named, min(max(at or 0, 0), LEVELS - 1)

    def _level_of(self, styled: InList) -> int | None:
        """The level that names the style, then the level that the style names."""
        listed = self._list(styled.list)
        levels = {} if listed is None else listed.levels
        return next((at for at, level in levels.items() if level.style == styled.style), styled.level)

    def _count(self, listed: _List, named: int, at: int) -> None:
        counts = self._counts.setdefault(listed.definition, {})
        if at in listed.starts and (named, at) not in self._started:
            counts[at] = listed.starts[at]
        else:
            counts[at] = counts.get(at, self._start(listed, at) - 1) + 1
        self._started.add((named, at))
        for below in range(at + 1, LEVELS):
            level = listed.levels.get(below)
            last = below if level is None or level.restart is None or level.restart > below else level.restart
            if at < last:
                counts.pop(below, None)

    @staticmethod
    def _start(listed: _List, at: int) -> int:
        return listed.starts.get(at, listed.levels[at].start if at in listed.levels else 1)

    def _written(self, listed: _List, level: Level, at: int) -> str:
        if level.format == "bullet":
            return _bullet(level.text)
        counts = self._counts[listed.definition]

        def one(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            if place > at or place not in listed.levels:
                return ""
            shown = listed.levels[place].format
            if shown not in FORMATS:
                self.unknown.add(shown)
            write = str if level.legal else FORMATS.get(shown, str)
            return write(counts.get(place, self._start(listed, place)))

        return _PLACE.sub(one, level.text).strip()

    def _list(self, named: int) -> _List | None:
        if named not in self._lists:
            self._lists[named] = self._read(named)
        return self._lists[named]

    def _read(self, named: int) -> _List | None:
        element = self._numbers.get(named)
        definition = self._definition(value(element, "w_abstractNumId"))
        if element is None or definition is None:
            return None
        levels = {at: Level.read(each) for at, each in _levels(definition)}
        starts: dict[int, int] = {}
        for each in element.iterfind("w_lvlOverride"):
            at, start, own = whole(each.get("w_ilvl")), number(each, "w_startOverride"), each.find("w_lvl")
            if at is None or not 0 <= at < LEVELS:
                continue
            if own is not None:
                levels[at] = replace(Level.read(own), style=levels[at].style if at in levels else None)
            if start is not None:
                starts[at] = start
        return _List(definition.get("w_abstractNumId", ""), levels, starts)

    def _definition(self, named: str | None) -> Element | None:
        """A definition; one that only names a style of lists is that style's."""
        seen: set[str] = set()
        while named is not None and named not in seen:
            seen.add(named)
            found = self._definitions.get(named)
            linked = value(found, "w_numStyleLink")
            if found is None or linked is None or found.find("w_lvl") is not None:
                return found
            styled = self._styles.in_list(linked)
            named = None if styled is None else value(self._numbers.get(styled.list), "w_abstractNumId")
        return None


def _levels(definition: Element) -> Iterator[tuple[int, Element]]:
    for each in definition.iterfind("w_lvl"):
        at = whole(each.get("w_ilvl"))
        if at is not None and 0 <= at < LEVELS:
            yield at, each


def _bullet(text: str) -> str:
    """A bullet; one that only a font of pictures has is given as a round one."""
    return "".join(_BULLETS.get(each, "•") if ord(each) in _PRIVATE else each for each in text).strip()
