"""Lines that a page has broken, put together again: a blank for each such end of a line, so that places stay the same.

A text of one paragraph a line has lines of every length; one that was wrapped has none beyond its width. There a line
goes on in the next one where the next one's first word would not have fitted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from docctl.law.vn.letters import LOWER
from docctl.law.vn.lines import is_stamp
from docctl.model.law_text import LawText, Part

_GOES_ON = re.compile(rf"[{LOWER}]{{2,40}}+(?:[\s,;.:)]|\Z)|(?:ở|ý|và|số)\s")
_WIDEST = 140
"""No page has longer lines: a text whose long lines are longer was not wrapped."""
_FULL = 0.85
_LONG_LINES = 0.97
_FEW = 20


def rejoined(read: LawText, text: str, quoted: Sequence[tuple[int, int]]) -> str:
    """``text``, which is that of ``read`` or as long, with the lines of each unit joined; stamps between them go.

    ``quoted`` are blocks of new wording: no line is joined to one.
    """
    width = _width(read)
    ends: list[int] = []
    starts = {unit.start for unit in read.units}
    inner = read.pieces[1:-1]
    blank = {piece.start: piece.end for piece in inner if piece.part is Part.STAMP}
    blocks = {start for start, _ in quoted} | {end for _, end in quoted}
    hidden = {*blank, *blank.values()}
    at = text.find("\n")
    while 0 <= at < len(text) - 1:
        after = blank.get(at + 1, at + 1)
        line = text.rfind("\n", 0, at) + 1
        soft = after not in starts and after not in blocks and at not in blocks and line not in hidden
        if soft and _continues(text, line, at, after, width):
            ends.append(at)
        at = text.find("\n", at + 1)
    return _blanked(text, ends, [*blank.items()])


def without_stamps(text: str) -> tuple[str, list[tuple[int, int]]]:
    """A passage without the heads of pages in it, which part no reference; where they were, how long up to there."""
    cuts: list[tuple[int, int]] = []
    kept, size, gone = [], 0, 0
    for line in text.split("\n"):
        if is_stamp(line, 0, len(line)) and "\n" in text:
            gone += len(line) + 1
            cuts.append((size, gone))
        else:
            kept.append(line)
            size += len(line) + 1
    return "\n".join(kept), cuts


def place_in(cuts: Sequence[tuple[int, int]], place: int) -> int:
    """The place in the passage as it was."""
    before = bisect_right(cuts, place, key=itemgetter(0))
    return place + (cuts[before - 1][1] if before else 0)


def _continues(text: str, line: int, end: int, after: int, width: int | None) -> bool:
    """Does the line from ``line`` to ``end`` go on in the one that begins at ``after``?"""
    if end - line < 2 or after >= len(text):
        return False
    if _GOES_ON.match(text, after, min(len(text), after + 40)):
        return True
    if width is None or text[end - 1] in ".;:!?”":
        return False
    word = text.find(" ", after, after + width)
    size = (word if word >= 0 else after + 1) - after
    return end - line + 1 + size >= width * _FULL


def _width(read: LawText) -> int | None:
    """The width of the page, None where the text was not wrapped."""
    sizes = sorted(map(len, "".join(read.of(Part.UNIT)).split("\n")))
    sizes = [each for each in sizes if each > 1]
    if len(sizes) < _FEW:
        return None
    long = sizes[int(len(sizes) * _LONG_LINES)]
    return long if long <= _WIDEST else None


def _blanked(text: str, ends: Sequence[int], blank: Sequence[tuple[int, int]]) -> str:
    parts, at = [], 0
    for start, end in sorted([*((each, each + 1) for each in ends), *blank]):
        if start < at:
            continue
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])
