"""Cuts a Vietnamese legal text into its units: from plain text as it comes, losing nothing.

Lines say what they may begin (``lines``); the numbers before them decide whether they do (``place``). What stands
in quotation marks over several lines, and footnotes of consolidated texts, is no provision of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from docctl.law.address import CONTAINERS
from docctl.law.vn import lines
from docctl.law.vn.lines import DIEU, Head
from docctl.law.vn.place import Place
from docctl.law.vn.quotes import CLOSING, MARK, Quotes
from docctl.model.law_text import LawText, Part, Piece, Unit

_CONSOLIDATED = re.compile(
    r"VĂN BẢN HỢP NHẤT|/VBHN-|có căn cứ ban hành như sau"
    r"|, có hiệu lực [^\n]{0,80}được sửa đổi[^\n:]{0,60}(?:theo|bởi)\s*:\s*\n"
)
_FRONT = 10_000
_ARTICLE_LINE = re.compile(r"^[ \t]*(?:Điều|ĐIỀU) 1(?:\.|:|\s|$)", re.MULTILINE)
_INSTRUCTION = re.compile(
    r"\s*(?:Sửa|Bổ sung|Bãi bỏ|Hủy bỏ|Thay|Bỏ|Đính chính|Chuyển|Hiệu lực|Điều khoản|Tổ chức thực"
    r"|Trách nhiệm (?:thi|tổ))"
)
_BROKEN = re.compile(
    r"(?:,|\b(?:tại|của|và|theo|hoặc|đến|từ|các|ở|vào|sau|trước|(?:khoản|điểm|mục) \S{1,4}))\s*\Z", re.IGNORECASE
)
_ATTACHED_TITLE = re.compile(
    r"[ \t]*(?:QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|QUY TRÌNH|DANH MỤC|CHIẾN LƯỢC|QUY CHUẨN|NỘI QUY"
    r"|HƯỚNG DẪN|ĐỊNH MỨC|CHẾ ĐỘ|HỆ THỐNG|TIÊU CHUẨN|BẢNG|BỘ)\b"
)
_MOST_NOTES_LOST = 4
_WITH = 500


def structure(text: str, *, consolidated: bool | None = None) -> LawText:
    """The units of a text. ``consolidated`` tells whether it has footnotes; None: its first lines say so."""
    if consolidated is None:
        consolidated = _CONSOLIDATED.search(text, 0, _FRONT) is not None
    return _Reader(text, consolidated=consolidated).read()


class _Reader:
    """Goes through the lines once, holding where it is."""

    def __init__(self, text: str, *, consolidated: bool) -> None:
        self.text = text
        self.place = Place(articled=_ARTICLE_LINE.search(text) is not None, consolidated=consolidated)
        self.quotes = Quotes()
        self.units: list[Unit] = []
        self.pieces: list[Piece] = []
        self.seen: dict[str, int] = {}
        self.doubts: list[tuple[int, str]] = []
        self.part = Part.FRONT

    def read(self) -> LawText:
        text, start, size = self.text, 0, len(self.text)
        while start < size:
            end = text.find("\n", start)
            end, after = (size, size) if end < 0 else (end, end + 1)
            self._line(start, end, after)
            start = after
        self.quotes.break_off(size)
        return LawText(text, tuple(self.units), tuple(self.pieces), tuple(self.quotes.blocks), tuple(self.doubts))

    def _line(self, start: int, end: int, after: int) -> None:
        text = self.text
        if lines.is_stamp(text, start, end):
            self._add(Part.STAMP, start, after)
            return
        found = lines.head(text, start, end)
        if found is not None and self.quotes.start is not None and self._goes_on(found, end):
            self.doubts.append((self.quotes.start, "quotation marks that nothing closes"))
            self.quotes.break_off(start)
        if self.place.consolidated and self._in_note(start, end):
            self._add(Part.NOTE, start, after)
        else:
            if self.quotes.start is None:
                self._begin(found, start, end)
            self._add(self.part, start, after)
        self.quotes.line(text, start, end)

    def _begin(self, found: Head | None, start: int, end: int) -> None:
        """A unit, an attached text, or the end, where the line begins one."""
        text, place = self.text, self.place
        if found is not None:
            rest = text[found.end : min(end, found.end + 80)].strip()
            accepted = place.accepts(
                found, rest, broken=self._broken(found, start), jumps=place.consolidated or not self.quotes.blocks
            )
            address = None if accepted is None else place.enter(accepted)
            if address is not None:
                self._unit(
                    address,
                    found.printed,
                    text[found.end : end].strip(" \t.:") if found.named else "",
                    start,
                    found.end,
                )
                return
            if accepted is not None:
                return
        if (
            place.ended
            and not place.component
            and _ATTACHED_TITLE.match(text, start, end)
            and lines.attached(text, start, start + _WITH)
        ):
            self._unit(place.attach(), "", text[start:end].strip(), start, start)
        elif self.part is Part.UNIT and not place.component and lines.ends_text(text, start, end):
            self.part, place.ended = Part.END, True

    def _unit(self, address: str, printed: str, heading: str, start: int, body: int) -> None:
        number = self.seen.get(address, 0)
        self.seen[address] = number + 1
        self.units.append(Unit(address, printed, heading or None, start, body, number))
        self.part = Part.UNIT

    def _add(self, part: Part, start: int, end: int) -> None:
        unit = len(self.units) - 1 if part is Part.UNIT else -1
        last = self.pieces[-1] if self.pieces else None
        if last is not None and (last.part, last.unit) == (part, unit):
            self.pieces[-1] = Piece(part, unit, last.start, end)
        else:
            self.pieces.append(Piece(part, unit, start, end))

    def _in_note(self, start: int, end: int) -> bool:
        """A footnote: its line, and what it quotes on the lines below."""
        after_note = bool(self.pieces) and self.pieces[-1].part is Part.NOTE
        if after_note and (self.quotes.start is not None or self.text[start : start + 1] in '“‟"'):
            return True
        number = lines.note_number(self.text, start, end)
        if number is None or not self.place.note < number <= self.place.note + _MOST_NOTES_LOST:
            return False
        self.place.note = number
        return True

    def _goes_on(self, found: Head, end: int) -> bool:
        """Does the text itself go on where its marks were never closed?"""
        if self.place.consolidated or not self._announced():
            return found.sure and (
                (found.named and found.level in CONTAINERS) or (found.level == DIEU and self.place.follows(found))
            )
        mark = MARK.search(self.text, found.end)
        if mark is not None and mark[0] in CLOSING:
            return False  # it is closed further on
        words = self.text[found.end : end].strip() or self.text[end : end + 200].lstrip()
        return _INSTRUCTION.match(words) is not None and self.place.follows(found) and not self.place.component

    def _announced(self) -> bool:
        """Does an instruction stand before the open block, so that it holds new wording?"""
        start = self.quotes.start or 0
        return self.text[max(0, start - 8) : start].rstrip().endswith((":", "sau"))

    def _broken(self, found: Head, start: int) -> bool:
        """Does the line before break off in the middle of a sentence? Asked of articles only."""
        return found.level == DIEU and _BROKEN.search(self.text, max(0, start - 20), start) is not None


def unit_at(read: LawText, place: int) -> str:
    """The address of the unit that a place in the text belongs to; empty before the first one."""
    at = bisect_right(read.pieces, place, key=lambda piece: piece.start) - 1
    piece = read.pieces[at] if at >= 0 else None
    return read.units[piece.unit].address if piece is not None and piece.unit >= 0 else ""
