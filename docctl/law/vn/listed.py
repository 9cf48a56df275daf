"""Lists of texts in tables: annexes that name what an act puts an end to, one text a row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from docctl.law.address import ANNEX, BadAddress, parse
from docctl.law.vn.documents import Named, read_document
from docctl.law.vn.places import addresses, read_places
from docctl.model.event import EXPIRE, REPEAL
from docctl.model.law_text import LawText

_LIST = re.compile(r"DANH\s+MỤC\s[^.]{0,80}VĂN\s+BẢN\s[^.]{0,120}?(BÃI\s+BỎ|HẾT\s+HIỆU\s+LỰC)", re.IGNORECASE)
_HEAD = 300
_ROW = re.compile(r"^\|[ \t]*+\d{1,3}[.]?[ \t]*+\|[^\n]*+(?:\n\|[ \t]*+\|[^\n]*+)*+", re.MULTILINE)
"""A row that is counted, with the lines below it that only go on with its cells."""
_PARTLY = re.compile(r"MỘT\s+PHẦN", re.IGNORECASE)
_CELL = re.compile(r"\|[ \t]*+")


class Row(NamedTuple):
    """A row: the text, and the provisions of it where the row names any. ``named`` is None where it was not read."""

    start: int
    end: int
    named: Named | None
    addresses: tuple[str, ...]


def lists(read: LawText, hidden: str) -> Mapping[int, str]:
    """The annexes, by their places among the units, that list texts which end, with the kind of their end."""
    found = {}
    for place, unit in enumerate(read.units):
        if unit.address.startswith(ANNEX) and "__" not in unit.address:
            match = _LIST.search(hidden, unit.start, unit.start + _HEAD)
            if match is not None:
                found[place] = REPEAL if match[1][0] in "Bb" else EXPIRE
    return found


def rows(read: LawText, text: str, annex: int) -> Iterator[Row]:
    """The rows of a list. Where texts end in part, a row that does not say which part is not read."""
    start, stop = next(iter(read.stretches.get(annex, ())), (0, 0))
    partly = _PARTLY.search(text, start, stop)
    for match in _ROW.finditer(text, start, stop):
        row = _row(text, match.start(), match.end())
        if partly is not None and partly.start() < match.start() and not row.addresses:
            row = row._replace(named=None)
        yield row


def _row(text: str, start: int, end: int) -> Row:
    line = text.find("\n", start, end)
    stop = end if line < 0 else line
    cells = [match.end() for match in _CELL.finditer(text, start, stop)][1:]
    for place, cell in enumerate(cells):
        named = read_document(text, cell, stop)
        if named is None or named.number is None:
            continue
        found = _places(text, cells[place + 1], stop) if place + 1 < len(cells) else ()
        return Row(start, end, None if found is None else named, found or ())
    return Row(start, end, None, ())


def _places(text: str, start: int, stop: int) -> tuple[str, ...] | None:
    """``Điều 1, Điều 3 của Thông tư …`` before the title: only these end; None where one of them cannot be read."""
    places = read_places(text, start, stop)
    if places is None:
        return ()
    found = [*addresses(places, {})]
    try:
        for each in found:
            parse(each.address)
    except BadAddress:
        return None
    return tuple(each.address for each in found) if all(each.whole for each in found) else None
