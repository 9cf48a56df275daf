"""Provisions as Vietnamese texts print them: ``điểm a, điểm b khoản 1 Điều 36``, ``các điều từ Điều 67 đến Điều 78``.

The inner unit stands before the outer one. Read from the left into labels with their levels, then from the right:
what stands behind a unit without a comma contains it, what stands in a row shares what contains it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from docctl.law.address import ANNEX, HEADING, KEM_THEO, LEVELS
from docctl.law.vn.letters import ascii_label
from docctl.law.vn.order import between, roman

UNREADABLE = "?"
"""A label that no address has: what cannot be read makes the whole unreadable."""
THIS = "*"
"""The label of ``Điều này``: the unit that the passage itself stands in."""

ORDER = {name: place for place, name in enumerate((KEM_THEO, ANNEX, *LEVELS))}
_ROMAN = frozenset({ANNEX, "phan", "chuong", "muc", "tieu_muc"})
_GROUPS = frozenset({"phan", "chuong", "muc", "tieu_muc"})
_INNER = frozenset({"khoan", "diem", "tiet"})

_WORDS = {
    "điểm": "diem", "khoản": "khoan", "điều": "dieu", "chương": "chuong", "tiểu mục": "tieu_muc", "mục": "muc",
    "phần": "phan", "phụ lục": ANNEX, "mẫu": "mau", "biểu": "mau", "biểu mẫu": "mau", "tiết": "tiet",
}  # fmt: skip
_WORD = (
    r"(?P<word>[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Cc]hương|[Tt]iểu mục|[Mm]ục|[Pp]hần|[Pp]hụ lục|[Bb]iểu mẫu|[Mm]ẫu|[Bb]iểu"
    r"|[Tt]iết|ĐIỂM|KHOẢN|ĐIỀU|CHƯƠNG|TIỂU MỤC|MỤC|PHẦN|PHỤ LỤC|MẪU|BIỂU)(?!\w)"
    r"(?:[ ]?(?:số|sô|SỐ)(?!\w):?|:(?=\s?[a-zđ0-9]{1,2}[,;\s]))?\s{0,9}(?:từ\s{1,9}(?=\d))?"
)
_CODE = r"[\wĐđ]+(?:[./-][\wĐđ]+)*"
_ENDS = r"(?:(?![\w/])|(?=(?:Nghị|Thông|Luật|Bộ luật|Quyết định|Pháp lệnh|của)(?!\w)))"
"""Behind a number; printers run the next word into it (``Điều 21của Luật``)."""
_LABELS = {
    "dieu": rf"\d{{1,3}}(?:[a-zđ]{{1,2}}\d?)?{_ENDS}",
    "khoan": rf"\d{{1,3}}(?:[a-zđ]{{1,2}}\d?)?{_ENDS}",
    "diem": r"(?:\d{1,2}(?:\.\d{1,2})+|[a-zđ]\d{0,2}(?:\.\d{1,2})?|\d{1,2})(?!\w)",
    "tiet": r"(?:[ivx]{1,5}|[a-zđ]\d{0,2}(?:\.\d{1,2})*|\d{1,2}(?:\.\d{1,2})*)(?!\w)",
    "chuong": r"(?:[IVXLC]{1,7}[a-z]?|\d{1,2}[a-z]?)(?!\w)",
    "muc": r"(?:[IVXL]{1,6}[a-z]?|\d{1,3}[a-z]?(?:\.\d{1,2})*|[A-H])(?!\w)",
    "tieu_muc": r"(?:[IVXL]{1,6}|\d{1,2}[a-z]?|[A-H])(?!\w)",
    "phan": r"(?:thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)|[IVXL]{1,6}|\d{1,2}|[A-H])(?!\w)",
    ANNEX: r"(?:[IVXL]{1,7}[A-Za-z]?(?:[.-]\d{1,2})?|[A-H](?=[\s,.;)])"
    r"|\d{1,3}[A-Za-z]?(?:[./-]\d{1,3}[A-Za-z]?)*)(?!\w)",
    "mau": rf"(?=[\wĐđ./-]{{0,99}}\d){_CODE}",
}
_ORDINALS = {
    "nhất": "1", "hai": "2", "ba": "3", "tư": "4", "năm": "5",
    "sáu": "6", "bảy": "7", "tám": "8", "chín": "9", "mười": "10",
}  # fmt: skip

_BEFORE = (
    r"(?:(?:[Tt]oàn bộ\s+)?(?:các\s+)?(?:biểu\s+)?mẫu\s+(?:tại|của|thuộc)\s+)?"
    r"(?:(?:[Cc]ác|[Nn]hững|[Tt]ên(?: gọi| điều(?=\s+Điều\s))?|[Tt]iêu đề|[Nn]ội dung)\s+){0,2}"
    r"(?:(?:điểm|khoản|[Đđ]iều|[Cc]hương|[Mm]ục)\s+(?=từ\s))?(?:[Tt]ừ\s+)?"
)
_FIRST = re.compile(_BEFORE + _WORD)
_ASIDE = r"(?:\s{1,99}+đối với\s[^,;.()\n]{1,40}?(?=\s{1,99}+(?:và|hoặc|tại|ban hành)\s))?"
_JOIN = r"(?P<sep>\s{0,9}+(?:[,;]\s{0,9}+)?(?:(?:và/hoặc|và|hoặc|hay|cùng|đến|tới|gồm|bao gồm|-|–)(?=\s))?"
_ACTS = r"(?:\s{0,9}+(?:sửa đổi,\s++)?bổ sung\s|\s{0,9}+vào\s(?:sau|trước)\s)?"
_OF = (
    r"\s{0,9}+)(?P<of>(?:(?:thuộc|của|tại|ở|trong|quy định tại|nêu tại)(?:\s+các)?\s+)?)(?P<many>"
    + _BEFORE
    + ")"
    + _WORD
)
_NEXT, _NEXT_OBJECT = re.compile(_ASIDE + _JOIN + _ACTS + _OF), re.compile(_ASIDE + _JOIN + _OF)
_BARE = re.compile(
    r"\s{0,9}(?:,\s{0,9}(?:(?:và|hoặc|hay|đến)\s+)?|;\s{0,9}(?:(?:và|hoặc)\s+)?|\s(?:và/hoặc|và|hoặc|hay|đến|tới|-|–)\s+)"
)
_UNIT = re.compile(
    r"\s{0,99}+(?:ngày|tháng|năm|giờ|phút|người|đồng|triệu|tỷ|lần|bộ|bản|%|mét|km|ha|tuổi|cơ quan|đơn vị"
    r"|trường hợp)(?!\w)"
)
_LONG = re.compile(r"\d{4}")
_FORM = re.compile(r"\d{1,2}[a-z]?")
_BRACKET = re.compile(r"\s?\((?:[ivx]{1,5}|[a-zđ]|\d{1,2})\)")
_THIS = re.compile(r"(?:này|nêu trên|trên)(?!\w)")
_LABEL = {level: re.compile(pattern) for level, pattern in _LABELS.items()}


class Item(Struct, frozen=True):
    """One label: ``joined`` says how it hangs on the one before: ``first``, ``of`` (contains it), ``row``.

    ``heading`` tells that only the name is meant (``tên Điều 5``).
    """

    level: str
    label: str
    joined: str
    heading: bool = False


class Places(Struct, frozen=True):
    """Labels in the order of the words, from ``start`` to ``end`` of the text."""

    items: Sequence[Item]
    start: int
    end: int

    @property
    def relative(self) -> bool:
        """Does it name the unit that the passage stands in?"""
        return any(item.label == THIS for item in self.items)


def read_places(text: str, start: int, stop: int, *, acts: bool = True) -> Places | None:
    """The provisions that are named from ``start`` on; None where none is.

    ``acts`` False: verbs of an amending act between them end the row, for they do different things.
    """
    following_one = _NEXT if acts else _NEXT_OBJECT
    match = _FIRST.match(text, start, stop)
    if match is None:
        return None
    heading = "tên" in text[start : match.start("word")].lower()
    found = _Reader(text, stop, names="tên điều " in text[start : match.start("word")].lower())
    if not found.labels(match, "first", heading=heading):
        return None
    while True:
        following = following_one.match(text, found.end, stop)
        if following is None or not found.goes_on(following):
            break
    return Places(tuple(found.items), start, found.end)


class _Reader:
    def __init__(self, text: str, stop: int, *, names: bool = False) -> None:
        self.text = text
        self.stop = stop
        self.names = names  # ``tên điều Điều 5 và Điều 6``: the names of all of them
        self.end = 0
        self.items: list[Item] = []

    def goes_on(self, match: re.Match[str]) -> bool:
        """Takes a further level word with its labels."""
        separator, level = match["sep"].strip(), _WORDS[match["word"].lower()]
        if not match["sep"] and not match["of"]:
            return False
        heading = "tên" in match["many"] or (self.names and level == "dieu")
        if separator in ("đến", "tới", "-", "–") and self.items[-1].level == level:
            return self._range(level, match.end())
        outer = ORDER[level] < ORDER[self.items[-1].level]
        if not separator and not outer and not match["of"] and level in _INNER and self._turned(match):
            return True
        of = outer and (not separator or (separator == "," and self._bare_inside(level)))
        if not separator and not outer:
            return False
        return self.labels(match, "of" if of else "row", heading=heading)

    def _turned(self, match: re.Match[str]) -> bool:
        """``Điều 5 khoản 2``: the outer unit first, against custom."""
        before = len(self.items)
        if self.items[-1].joined == "of" or not self.labels(match, "first", heading=False):
            return False
        outer, inner = self.items[before - 1], self.items[before:]
        self.items[before - 1 :] = [*inner, Item(outer.level, outer.label, "of", outer.heading)]
        return True

    def _bare_inside(self, outer: str) -> bool:
        """Is what was read last a unit that cannot stand alone, as in ``khoản 2, Điều 6``?"""
        last = self.items[-1].level
        return last in _INNER or (outer == ANNEX and last in ("muc", "phan", "mau"))

    def labels(self, match: re.Match[str], joined: str, *, heading: bool) -> bool:
        """The labels behind a level word: one, several, a range."""
        level, text, at = _WORDS[match["word"].lower()], self.text, match.end()
        label = _LABEL[level].match(text, at, self.stop)
        if label is None:
            return self._unlabelled(match, level, joined, heading=heading)
        self._add(level, label[0], joined, heading=heading)
        self.end = label.end()
        inside = _BRACKET.match(text, self.end, self.stop) if level == "diem" else None
        if inside is not None:  # điểm a(i)
            self.items.append(Item("tiet", UNREADABLE, "row"))
            self.end = inside.end()
        while True:
            separator = _BARE.match(text, self.end, self.stop)
            label = None if separator is None else _LABEL[level].match(text, separator.end(), self.stop)
            if separator is None or label is None or not self._is_label(level, label):
                return True
            if separator[0].strip(" ,") in ("đến", "tới", "-", "–"):
                if not self._range_to(level, label[0]):
                    self.items.append(Item(level, UNREADABLE, "row"))
            else:
                self._add(level, label[0], "row", heading=heading)
            self.end = label.end()

    def _is_label(self, level: str, label: re.Match[str]) -> bool:
        """A bare number behind a comma may count something else."""
        if level == "mau":
            form = _FORM.fullmatch(label[0]) is not None
            return form and _UNIT.match(self.text, label.end(), self.stop) is None
        if level in _ROMAN and label[0].isalpha() and len(label[0]) == 1 and not self._roman(label[0]):
            return False
        if label[0].isdigit() and _UNIT.match(self.text, label.end(), self.stop):
            return False
        return not (level in ("diem", "tiet") and label[0].isdigit())

    def _roman(self, letter: str) -> bool:
        """Is a single letter a number, in a row of Roman ones?"""
        before = self.items[-1].label
        return letter in "IVX" and before.isdigit() and not self.text[self.end - 1].isdigit()

    def _unlabelled(self, match: re.Match[str], level: str, joined: str, *, heading: bool) -> bool:
        """``Điều này``, ``Phụ lục ban hành kèm theo …``."""
        this = _THIS.match(self.text, match.end(), self.stop)
        if this is not None and this[0] == "này":
            self._add(level, THIS, joined, heading=heading)
            self.end = this.end()
            return True
        if level == ANNEX and match["word"][0] == "P":
            torn = _LONG.match(self.text, match.end(), self.stop)
            self._add(level, "" if torn is None else UNREADABLE, joined, heading=heading)
            self.end = match.start("word") + len(match["word"])
            return True
        return False

    def _range(self, level: str, at: int) -> bool:
        """``từ Điều 67 đến Điều 78``."""
        label = _LABEL[level].match(self.text, at, self.stop)
        if label is None:
            return False
        if not self._range_to(level, label[0]):
            self.items.append(Item(level, UNREADABLE, "row"))
        self.end = label.end()
        return True

    def _range_to(self, level: str, label: str) -> bool:
        all_of_it = between(self.items[-1].label, _plain(level, label))
        if all_of_it is None:
            return False
        for each in all_of_it[1:]:
            self.items.append(Item(level, each, "row"))
        return True

    def _add(self, level: str, label: str, joined: str, *, heading: bool) -> None:
        self.items.append(Item(level, label if label == THIS else _plain(level, label), joined, heading))


def _plain(level: str, label: str) -> str:
    """A label with Roman numbers as digits, without zeros in front; letters stay as they are printed."""
    if level == "phan" and label.startswith("thứ "):
        return _ORDINALS[label[4:]]
    if level in _ROMAN and not label[:1].isdigit():
        match = re.fullmatch(r"([IVXLC]+)(.*)", label)
        value = None if match is None or (level == "muc" and label in "CD") else roman(match[1])
        if match is not None and value is not None:
            label = f"{value}{match[2]}"
    return re.sub(r"(?<![0-9A-Za-z])0+(?=[0-9])", "", label).lower()


class Read(NamedTuple):
    """An address; ``whole`` is False where the unit around is not known; ``levels`` its labels by level."""

    address: str
    whole: bool
    levels: Mapping[str, str]


def addresses(places: Places, here: Mapping[str, str], base: Mapping[str, str] | None = None) -> Iterator[Read]:
    """The addresses in the order of the words.

    ``here`` is where the passage stands, by level, for ``Điều này``; ``base`` what the places are inside of anyway.
    """
    paths: list[tuple[dict[str, str], bool, bool]] = []
    items = places.items
    path, known, lost = dict(base or {}), True, False
    for place in range(len(items) - 1, -1, -1):
        item = items[place]
        contained = place + 1 < len(items) and items[place + 1].joined == "of"
        around = _around(path, item, adjoining=contained or place + 1 == len(items))
        if contained:
            paths.pop()
        known = known or item.level not in _INNER
        lost = lost and contained
        label = item.label
        if label == THIS:
            around, label, known = _this(item, here)
            lost = not known
        path = {**around, item.level: label}
        paths.append((path, item.heading, known and not lost))
    for found, heading, whole in reversed(paths):
        yield Read(address_of(found) + (HEADING if heading else ""), whole, found)


def _around(path: Mapping[str, str], item: Item, *, adjoining: bool) -> dict[str, str]:
    """What contains an item: the outer levels of a path; an article drops its chapter, and an annex not its own."""
    kept = {level: label for level, label in path.items() if ORDER[level] < ORDER[item.level]}
    if item.level == "dieu":
        kept = {
            level: label for level, label in kept.items() if level not in _GROUPS and (adjoining or level == KEM_THEO)
        }
    return kept


def _this(item: Item, here: Mapping[str, str]) -> tuple[dict[str, str], str, bool]:
    """The unit the passage stands in: what is around it, its label, and whether it is known."""
    if item.level not in here:
        return {}, "", False
    around = {level: label for level, label in here.items() if ORDER[level] < ORDER[item.level]}
    return around, here[item.level], True


def address_of(path: Mapping[str, str]) -> str:
    """The address of labels by level."""
    units = []
    for level in sorted(path, key=ORDER.__getitem__):
        label = ascii_label(path[level])
        if level in _GROUPS and "dieu" in path:
            continue
        if label or level in (ANNEX, KEM_THEO):
            units.append(f"{level}_{label}" if label else level)
    return "__".join(units)


def outside_of(path: Mapping[str, str]) -> Mapping[str, str]:
    """What contains the unit beside which something is put."""
    innermost = max(path, key=ORDER.__getitem__)
    return {level: label for level, label in path.items() if level != innermost}
