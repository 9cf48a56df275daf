"""What scanning does to references: words run together, letters for digits, numbers torn apart.

A reference that touches such a place may have been another one: ``khoản 2 Dieu 9`` is not khoản 2 of the article that
it stands in. It is said to be unreadable, never completed, and never rounded to the part that can still be read.
"""

from __future__ import annotations

import re
import unicodedata

_FOLDED = frozenset({"diem", "khoan", "dieu", "tiet", "chuong"})
_PROPER = frozenset({"điểm", "khoản", "điều", "tiết", "chương"})
_NOUNS = frozenset({
    "luat", "boluat", "phaplenh", "nghiquyet", "nghidinh", "quyetdinh", "thongtu", "thongtulientich", "chithi",
})  # fmt: skip
_NUMBERED = frozenset({"khoản", "điều"})
"""Units whose labels begin with a digit."""
_LETTER = r"[^\W\d_]"
_DIGITS = r"[0-9lIOoZSB|]"
"""What a digit may have become."""
_LINK = r"[\s,]{0,3}(?:(?:của|tại|thuộc|theo|trong|quy định tại|(?:ban hành )?kèm theo)\s{1,3})?"
_AND_LINK = r"[\s,]{0,3}(?:(?:và|hoặc|đến)\s{1,3})?(?:(?:các|của|tại|thuộc|theo|trong|quy định tại)\s{1,3})?"
_ROW = r"(?:[\s,;]{1,3}(?:(?:và|hoặc)\s{1,3})?(?:\d{1,3}[a-zđ]?|[a-zđ]\d?)(?!\w)){0,24}"
"""Further labels behind one."""
_BEFORE = re.compile(
    rf"(?<!\w)(?P<word>{_LETTER}{{3,6}})(?P<gap>\s{{0,3}})(?P<label>{_DIGITS}{{1,3}}[a-zđ]?|[a-zđ]\d?)(?!\w){_ROW}"
    r"[\s,.]{1,3}(?:(?:và|hoặc)\s{1,3})?(?:(?:của|tại|thuộc|(?:ban hành )?kèm theo)\s{1,3})?\Z"
)
_NO_ADDRESS = re.compile(
    r"(?<!\w)(?:[Đđ]oạn|[Gg]ạch đầu dòng|[Ss]ố thứ tự|[Cc]ột|[Dd]òng|[Cc]âu|[Bb]ảng)\s{1,3}(?:thứ\s{1,3}|số\s{1,3})?"
    r"(?:\d{1,4}(?:(?:,\s|\svà\s|,\svà\s)\d{1,4}){0,30}|nhất|hai|ba|tư|năm|cuối)\s{1,3}(?:của\s{1,3}|tại\s{1,3})?\Z"
)
_BEHIND = re.compile(
    rf"{_AND_LINK}(?P<word>{_LETTER}{{3,6}})(?P<gap>\s{{0,3}})(?P<label>{_DIGITS}{{1,3}}(?:[a-zđ](?!\w))?|[a-zđ](?!\w))(?!\w)"
)
_ORPHAN = re.compile(
    r"\s{1,3}\d{1,3}(?=\s{1,3}(?:[Đđ]iều|[Kk]hoản|Nghị|Thông|Luật|Bộ luật|Quyết|Pháp|của|và|hoặc)(?!\w)|[,;]"
    r"|[.)]?\s*\Z)|\.[ ]{0,2}\d{1,3}(?=\s{1,3}(?:[Đđ]iều|[Kk]hoản|và|hoặc)\s|,)|\.(?:\d{1,3}|[A-Za-zđ])(?!\w)(?!\.\s)"
    r"|[\s,]{1,3}(?:(?:và|hoặc)\s{1,3})?[lIOZSB|](?=\s{1,3}(?:[Đđ]iều|[Kk]hoản|của)\s|[,;])"
    r"|\s{1,3}[a-zđ](?=\s{1,3}(?:[Kk]hoản|[Đđ]iều|và|hoặc)\s|[,;])"
)
_NAME_NUMBER = re.compile(
    r"\s{0,3},?\s{0,3}(?:[Ll]uật\s{1,3})?(?:số|sô)\s{0,3}:?\s{0,3}\d[^,;()\n]{0,3}\s?[^\s,;()]{2,24}"
)
_NUMBER = re.compile(
    rf"{_LINK}(?P<noun>{_LETTER}{{3,9}}(?:\s{{1,3}}+{_LETTER}{{2,6}}){{0,3}}?)\s{{0,3}}+(?:s[ốôóo06]|Số)?\s{{0,3}}+:?\s{{0,3}}+"
    r"(?P<number>[lIO]?\d[\w.]{0,5}\s{0,2}[/%\d][^\s,;()]{2,30}(?:\s{1,2}[^\s,;()]{0,6}/[^\s,;()]{2,20})?)"
)
_LABEL = re.compile(
    rf"(?:[Cc]ác\s{{1,3}})?(?P<word>[Đđ]iểm|[Kk]hoản|[Đđ]iều|ĐIỀU|[Tt]iết|[Cc]hương)(?:\s{{0,3}})"
    rf"(?P<label>(?:{_DIGITS}{{1,3}}|\d{{1,3}}[^\W\d_]\d{{1,2}})(?!\w))"
)
_AND = re.compile(r"[\s,;]{0,3}(?:(?:và|hoặc|đến)\s{1,3})?")
_REST = re.compile(_ROW)
_TORN_NUMBER = re.compile(
    r"(?<![A-ZĐ])(?:ND|QD)(?![A-ZĐ])|\d[lIOoSZ](?=[/.])|[lIOoSZ][0-9]{1,9}+/|QH[a-zA-Z]?\Z|QH[lIOSZ]|%"
)
_SPLIT = re.compile(r"(?:[Ss]ố|s[ôo])\s{0,3}:?\s{0,3}\d{1,4}\s{1,3}\Z|\d\s?\n\s?\Z")
_NO_DIGIT = re.compile(r"[lIOoZSB|]")
_WINDOW = 60
_ROWS = 200
"""So far before a place a row of such numbers is looked for."""


def _fold(word: str) -> str:
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(each for each in plain if each.isalpha())


def torn_before(text: str, start: int) -> bool:
    """Does a damaged unit stand before a place (``khoan 2 Điều 9``)?"""
    match = _BEFORE.search(text[max(0, start - _WINDOW) : start])
    if match is None or _fold(match["word"]) not in _FOLDED:
        return False
    word, label = match["word"].lower(), match["label"]
    lettered = word in _NUMBERED and not label[0].isdigit()
    return lettered or not (word in _PROPER and match["gap"] and not _NO_DIGIT.search(label))


def without_address(text: str, start: int) -> bool:
    """Does a unit stand before a place that has no address of its own (``đoạn 2 khoản 1``)?"""
    return _NO_ADDRESS.search(text[max(0, start - _ROWS) : start]) is not None


def torn_behind(text: str, end: int, stop: int, *, document: bool) -> int | None:
    """Where the damage ends that touches what was read up to ``end``; None where nothing is damaged.

    ``document`` tells that a text was read already, so that what follows is another matter.
    """
    if document:
        return None
    orphan = _ORPHAN.match(text, end, stop)
    if orphan is not None and orphan.end() > end:
        return orphan.end()
    unit = _BEHIND.match(text, end, stop)
    if unit is not None and _fold(unit["word"]) in _FOLDED and not (unit["word"].lower() in _PROPER and unit["gap"]):
        return unit.end()
    number = _NUMBER.match(text, end, stop)
    if number is not None and _fold(number["noun"]) in _NOUNS:
        return number.end()
    gap = _AND.match(text, end, stop)
    label = None if gap is None else _LABEL.match(text, gap.end(), stop)
    return None if label is None else label.end()


def torn_label(text: str, start: int, stop: int) -> int | None:
    """Where ``khoản l``, ``Điều 1O``, ``Điều5`` end: a level whose label is no label."""
    match = _LABEL.match(text, start, stop)
    return None if match is None else match.end()


def beyond_row(text: str, end: int, stop: int) -> int:
    """Behind the labels that follow damage in a row (``khoản l, 2 và 3``)."""
    match = _REST.match(text, end, stop)
    return end if match is None else match.end()


def torn_name(text: str, end: int, stop: int) -> int | None:
    """Where the number ends that follows the name of a law and could not be read; None where none follows."""
    match = _NAME_NUMBER.match(text, end, stop)
    return None if match is None else match.end()


def torn_number(text: str, start: int, number: str, *, alone: bool) -> bool:
    """Is the number of a text damaged, or, where it stands ``alone``, the rest of one that was torn apart before it?"""
    split = alone and _SPLIT.search(text, max(0, start - 20), start) is not None
    return split or _TORN_NUMBER.search(number) is not None
