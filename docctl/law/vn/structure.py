"""Cuts a Vietnamese legal text into its units: from plain text as it comes, losing nothing.

Lines say what they may begin (``lines``); the numbers before them decide whether they do (``place``). What stands
in quotation marks over several lines, and footnotes of consolidated texts, is no provision of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from docctl.law.address import ANNEX, CONTAINERS
from docctl.law.vn import lines
from docctl.law.vn.headings import headed
from docctl.law.vn.lines import BREAKS_OFF, DIEU, MAU, Head
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
    r"(?:Sửa|Bổ sung|Bãi bỏ|Hủy bỏ|Thay|Bỏ|Đính chính|Chuyển|Hiệu lực|Điều khoản|Tổ chức thực"
    r"|Trách nhiệm (?:thi|tổ)|(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định) này có hiệu lực)"
)
_CLOSED = re.compile(r"[.;]\W{0,4}\Z")
_WORD = re.compile(r"\S")
_ATTACHED_TITLE = re.compile(
    r"[ \t]{0,200}+(?:QUY CHẾ|QUY ĐỊNH|ĐIỀU LỆ|CHƯƠNG TRÌNH|KẾ HOẠCH|ĐỀ ÁN|QUY TRÌNH|DANH MỤC|CHIẾN LƯỢC|QUY CHUẨN"
    r"|NỘI QUY|HƯỚNG DẪN|ĐỊNH MỨC|CHẾ ĐỘ|HỆ THỐNG|TIÊU CHUẨN|BẢNG"
    r"|BỘ (?:QUY|TIÊU|CHỈ|ĐỊNH MỨC|CÂU HỎI|MẪU|DANH MỤC|THỦ TỤC|TÀI LIỆU))\b"  # not a ministry or its minister
)
_MOST_NOTES_LOST, _MOST_AHEAD = 4, 30
_WITH = 500


def structure(text: str, *, consolidated: bool | None = None) -> LawText:
    """The units of a text. ``consolidated`` tells whether it has footnotes; None: its first lines say so."""
    if consolidated is None:
        consolidated = is_consolidated(text)
    return _Reader(text, consolidated=consolidated).read()


def is_consolidated(text: str) -> bool:
    """Is it a consolidated text (văn bản hợp nhất), by its first lines?"""
    return _CONSOLIDATED.search(text, 0, _FRONT) is not None


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
        self.words = 0  # where the last line of words ends
        self.page = False  # whether the last line that is not empty was the head of a page
        self.mark = -1  # where the next quotation mark stands

    def read(self) -> LawText:
        text, start, size = self.text, 0, len(self.text)
        while start < size:
            end = text.find("\n", start)
            end, after = (size, size) if end < 0 else (end, end + 1)
            self._line(start, end, after)
            start = after
        self.quotes.break_off(size)
        read = LawText(text, tuple(self.units), tuple(self.pieces), tuple(self.quotes.blocks), tuple(self.doubts))
        return headed(read, consolidated=self.place.consolidated)

    def _line(self, start: int, end: int, after: int) -> None:
        text = self.text
        if start == end and not self.place.consolidated:
            self._add(self.part, start, after)  # an empty line changes nothing
            return
        if self._is_stamp(start, end):
            self._add(Part.STAMP, start, after)
            return
        found = lines.head(text, start, end)
        if self.quotes.start is not None and (
            self._goes_on(found, end)
            if found is not None
            else self.place.consolidated and lines.certified(text, start, end)
        ):
            self.doubts.append((self.quotes.start, "quotation marks that nothing closes"))
            self.quotes.break_off(start)
        if self.place.consolidated and self._in_note(start, end):
            self._add(Part.NOTE, start, after)
        else:
            if self.quotes.start is None:
                self._begin(found, start, end)
            self._add(self.part, start, after)
            self.words = end if _WORD.search(text, start, end) else self.words
        self.quotes.line(text, start, end)

    def _is_stamp(self, start: int, end: int) -> bool:
        """What is no word of the text: the head of a page, and its number beside the head or in a sentence."""
        if lines.is_stamp(self.text, start, end):
            self.page = True
            return True
        number = lines.is_number(self.text, start, end) and (self.page or lines.breaks_page(self.text, end, self.words))
        self.page = self.page and not number and _WORD.search(self.text, start, end) is None
        return number

    def _begin(self, found: Head | None, start: int, end: int) -> None:
        """A unit, an attached text, or the end, where the line begins one."""
        text, place = self.text, self.place
        if found is not None:
            rest = text[found.end : min(end, found.end + 80)].strip()
            accepted = place.accepts(
                found,
                rest,
                broken=self._before(BREAKS_OFF),
                fresh=self._before(_CLOSED),
                jumps=place.consolidated or not self.quotes.blocks,
            )
            address = None
            if accepted is not None:
                with_text = lines.attached(text, start, start + _WITH) if found.level in (ANNEX, MAU) else None
                address = place.enter(accepted, with_text)
            if address is not None:
                self._unit(address, found.printed, start, found.end)
                return
            if accepted is not None:
                return
        if (
            place.ended
            and not place.component
            and _ATTACHED_TITLE.match(text, start, end)
            and lines.attached(text, start, start + _WITH)
        ):
            self._unit(place.attach(), "", start, start)
        elif self.part is Part.UNIT and not place.component and lines.ends_text(text, start, end):
            self.part, place.ended = Part.END, True

    def _unit(self, address: str, printed: str, start: int, body: int) -> None:
        number = self.seen.get(address, 0)
        self.seen[address] = number + 1
        self.units.append(Unit(address, printed, None, start, body, number))
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
        found = lines.note_number(self.text, start, end)
        if found is None:
            return False
        number, sure = found
        if not self.place.note < number <= self.place.note + (_MOST_AHEAD if sure else _MOST_NOTES_LOST):
            return False
        self.place.note = number
        return True

    def _goes_on(self, found: Head, end: int) -> bool:
        """Does the text itself go on where its marks were never closed?"""
        if found.level == ANNEX:
            return self.place.follows(found)
        if self.place.consolidated or not self._announced():
            return found.sure and (
                (found.named and found.level in CONTAINERS) or (found.level == DIEU and self.place.follows(found))
            )
        if self._next_mark(found.end) in CLOSING:
            return False  # it is closed further on
        words = self.text[found.end : end].strip() or self.text[end : end + 200].lstrip()
        return _INSTRUCTION.match(words) is not None and self.place.follows(found) and not self.place.component

    def _next_mark(self, start: int) -> str:
        """The quotation mark that comes next, a space where none does. Looked for once, however many lines ask."""
        if self.mark < start:
            found = MARK.search(self.text, start)
            self.mark = len(self.text) if found is None else found.start()
        return self.text[self.mark : self.mark + 1] or " "

    def _announced(self) -> bool:
        """Does an instruction stand before the open block, so that it holds new wording?"""
        start = self.quotes.start or 0
        return self.text[max(0, start - 8) : start].rstrip().endswith((":", "sau"))

    def _before(self, pattern: re.Pattern[str]) -> bool:
        """Does the last line of words end like this? It may stand on the page before."""
        return pattern.search(self.text, max(0, self.words - 20), self.words) is not None


def unit_at(read: LawText, place: int) -> str:
    """The address of the unit that a place in the text belongs to; empty before the first one."""
    at = bisect_right(read.pieces, place, key=lambda piece: piece.start) - 1
    piece = read.pieces[at] if at >= 0 else None
    return read.units[piece.unit].address if piece is not None and piece.unit >= 0 else ""
