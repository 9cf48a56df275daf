"""How Vietnamese texts name a text: by number, by name, as this one; with its date and who issued it."""

from __future__ import annotations

import re

from msgspec import Struct

from docctl.law.identity import normalise
from docctl.law.vn.dates import DATE, read_date
from docctl.law.vn.letters import LOWER, UPPER
from docctl.law.vn.names import known_end

KINDS = (
    "Hiến pháp", "Bộ luật", "Bộ Luật", "Luật", "Pháp lệnh", "Nghị quyết liên tịch", "Nghị quyết", "Lệnh", "Nghị định",
    "Quyết định", "Thông tư liên tịch", "Thông tư", "Chỉ thị", "Công văn", "Văn bản hợp nhất", "Văn bản", "Thông báo",
    "Công điện", "Kết luận", "Kế hoạch", "Hướng dẫn", "Tờ trình", "Báo cáo", "Quy định", "Quy chế", "Chương trình",
)  # fmt: skip

_KIND = "|".join(
    each.replace(" ", r"\s{1,3}")
    for each in sorted(
        {*KINDS, *map(str.upper, KINDS), *(each[0].lower() + each[1:] for each in KINDS)}, key=len, reverse=True
    )
)
_SEP = r"(?:\s?[-–]|[-–]\s)"
_SPACED = r"(?:(?:TTLT|TT|NĐ|QĐ|NQ|CT)\s[-–]\s)?"
_PART = rf"[A-ZĐƯ]+(?:(?<=QH)\d{{1,2}})?[a-z]?(?!(?!ngày|của|về)[{LOWER}])"
_CODE = rf"{_SPACED}{_PART}(?:{_SEP}{_PART})*"
_END = rf"(?!(?!ngày|của|về)[{LOWER}]|[{UPPER}](?![{LOWER}])|-[{UPPER}]|&)"
"""Behind a number: no further letter of it. Portals glue the next word, or the number once more, to its end."""
NUMBER = rf"\d{{1,5}}[a-zA-Z]?(?:\.\d{{1,3}})?(?:\s?/\s?(?:(?:19|20)\d{{2}}\s?/\s?)?|{_SEP}){_CODE}(?:/{_CODE})?"
"""A number (số ký hiệu) with its year or without; spaces inside as scanning leaves them."""

_NUMBERED = re.compile(
    rf"(?P<kind>{_KIND})(?:\s{{1,9}}liên\s{{1,9}}\w+)?\s{{0,9}}"
    rf"(?:(?:số|sô|Số|SỐ)\s?:?\s{{0,9}}|số hiệu\s{{0,9}})?(?P<number>{NUMBER}){_END}"
)
_ALONE = re.compile(rf"(?P<number>\d{{1,5}}(?:\.\d{{1,3}})?/(?:19|20)\d{{2}}/{_CODE}){_END}")
_FURTHER = re.compile(rf"\s{{0,99}}+(?:,|;|(?:,\s*+)?và|hoặc)\s++(?P<from>s[ốô]\s*+(?P<number>{NUMBER})){_END}")
_THIS = re.compile(
    r"(?P<kind>[Bb]ộ\s{1,3}[Ll]uật|[Ll]uật|[Pp]háp\s{1,3}lệnh"
    r"|[Nn]ghị\s{1,3}quyết(?: liên tịch)?|Lệnh|[Nn]ghị\s{1,3}định|[Qq]uyết\s{1,3}định"
    r"|[Tt]hông\s{1,3}tư(?: liên tịch)?|Chỉ\s{1,3}thị|Quy chế|Quy định|Điều lệ|Văn bản|Nội quy)\s+này(?!\w)"
)
_NAMED = re.compile(
    r"(?P<kind>Hiến\s{1,3}pháp|Bộ\s{1,3}[Ll]uật|Luật|Pháp\s{1,3}lệnh|HIẾN PHÁP|BỘ LUẬT|LUẬT|PHÁP LỆNH)\s+"
    r"(?!(?:này|số|khác|hiện|sư|SƯ)(?!\w))"
)
_NAME_NUMBER = re.compile(
    rf"\s{{0,9}}+,?\s{{0,9}}+\(?(?:[Ll]uật\s{{1,9}}+)?(?:(?:số|sô|Số)\s?:?\s{{0,9}}+)?(?P<number>{NUMBER})\)?{_END}"
)
_WHEN = re.compile(
    rf",?\s{{0,9}}(?:(?:ban hành|thông qua)\s{{1,9}})?(?:(?P<day>{DATE})|năm\s{{1,9}}(?P<year>(?:19|20)\d{{2}}))(?!\w)"
)
_ISSUER = re.compile(
    r",?\s{0,9}của\s{1,9}(?=Bộ|Ủy|Uỷ|Văn phòng|Thanh tra|Ngân hàng|Quốc hội|Chính phủ|Tòa|Toà|Viện|Kiểm toán|Hội|Ban"
    r"|Tổng|Đảng|Chủ |Thủ tướng|Thống đốc|Chánh|Thường|Đoàn|BQP|liên )[^;.:()“”\"\n]{2,160}?"
    r"(?=\s{1,9}(?:về|quy|hướng|sửa|ban hành|phê|ngày|được|đã|có|hết|tại|thì|để|trong|theo|nêu|cho|công bố|thay|bãi|với"
    r"|là|kèm|như|bằng|từ"
    r"|và (?:Nghị|Thông|Luật|Quyết|các|khoản|điểm|Điều|Pháp|Bộ luật))(?!\w)"
    r"|,(?!\s{0,9}(?:Bộ|Chủ nhiệm|Viện|Tòa|Toà|kỳ họp|Ủy|Uỷ|Ngân))|\s{0,9}[;.:()“”\"\n]|\Z)"
)


class Named(Struct, frozen=True):
    """A text as it is named from ``start`` to ``end``. ``this`` for ``Luật này``; ``kind`` is its first word.

    ``number`` is normalised; ``name`` as printed, for texts that are cited by name; ``date`` in ISO form, or a year.
    """

    start: int
    end: int
    kind: str
    number: str | None = None
    name: str | None = None
    date: str | None = None
    this: bool = False


def read_document(text: str, start: int, stop: int) -> Named | None:
    """The text that is named at a place, None where none is."""
    match = _THIS.match(text, start, stop)
    if match is not None:
        return Named(start, match.end(), _kind(match), this=True)
    match = _NUMBERED.match(text, start, stop)
    if match is not None:
        end, date = _tail(text, match.end(), stop)
        return Named(start, end, _kind(match), number=normalise(match["number"]), date=date)
    match = _ALONE.match(text, start, stop)
    if match is not None:
        end, date = _tail(text, match.end(), stop)
        return Named(start, end, "", number=normalise(match["number"]), date=date)
    return _by_name(text, start, stop)


def _kind(match: re.Match[str]) -> str:
    """The kind as it is written on one line."""
    return " ".join(match["kind"].split())


def further(text: str, at: int, stop: int) -> Named | None:
    """``số 47/2024/QH15`` after ``các Luật số 43/2024/QH15,``."""
    match = _FURTHER.match(text, at, stop)
    if match is None:
        return None
    end, date = _tail(text, match.end(), stop)
    return Named(match.start("from"), end, "", number=normalise(match["number"]), date=date)


def _tail(text: str, at: int, stop: int) -> tuple[int, str | None]:
    """The date and the issuer behind a number, in either order."""
    found: str | None = None
    for _ in range(2):
        when = _WHEN.match(text, at, stop)
        if when is not None and found is None:
            read = read_date(when["day"]) if when["day"] else when["year"]
            if read is None:
                break
            found, at = read, when.end()
        who = _ISSUER.match(text, at, stop)
        if who is None:
            break
        at = who.end()
    return at, found


def _by_name(text: str, start: int, stop: int) -> Named | None:
    """A law, code, ordinance or the constitution by its name; its number counts where one follows."""
    match = _NAMED.match(text, start, stop)
    if match is None:
        return None
    end = _amending_end(text, match.end(), stop) or known_end(text, start, stop)
    end = _words_end(text, match.end(), stop) if end is None else end
    if end is None and _kind(match) in ("Hiến pháp", "HIẾN PHÁP"):
        end = match.end("kind")
    if end is None:
        return None
    kind, name = _kind(match).capitalize(), " ".join(text[start:end].split())
    number = _NAME_NUMBER.match(text, end, stop)
    if number is not None:
        after, date = _tail(text, number.end(), stop)
        return Named(start, after, kind, number=normalise(number["number"]), name=name, date=date)
    when = _WHEN.match(text, end, stop)
    read = None if when is None else read_date(when["day"]) if when["day"] else when["year"]
    return Named(start, end if when is None or read is None else when.end(), kind, name=name, date=read)


_AMENDING = re.compile(
    r"(?:[Ss]ửa đổi|[Bb]ãi bỏ|SỬA ĐỔI)[^;.()\n]{0,160}?\s(?:của|CỦA)\s+(?:các\s+)?"
    r"(?=Luật|Bộ luật|Pháp lệnh|LUẬT|BỘ LUẬT)"
)
_ONE_MORE = re.compile(r"(?:,|\s{1,99}+và)\s++(?=Luật|Bộ luật|Pháp lệnh)")


def _amending_end(text: str, at: int, stop: int) -> int | None:
    """The name of a law that amends others: ``Luật sửa đổi, bổ sung một số điều của Luật Giá, Luật Đấu thầu``."""
    match = _AMENDING.match(text, at, stop)
    end = None
    while match is not None:
        named = _NAMED.match(text, match.end(), stop)
        found = None if named is None else known_end(text, match.end(), stop) or _words_end(text, named.end(), stop)
        if found is None:
            return end
        end = found
        match = _ONE_MORE.match(text, end, stop)
    return end


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STOPS = frozenset({
    "này", "số", "ngày", "năm", "được", "đã", "có", "quy", "các", "và", "hoặc", "hay", "thì", "theo", "để", "trừ",
    "về", "tại", "do", "là", "của", "khi", "với", "trong", "cho", "bằng", "như", "nêu", "hiện", "khác", "vào", "từ",
    "kể", "hết", "phải", "không", "mà", "nếu", "bị", "đối", "trên",
})  # fmt: skip


def _words_end(text: str, at: int, stop: int) -> int | None:
    """Where the words end that the name of an unknown law may have; it begins with a capital letter."""
    end = None
    while True:
        word = _WORD.match(text, at, stop)
        if word is None or (end is None and not word[0][0].isupper()) or (end is not None and word[0] in _STOPS):
            return end
        end = word.end()
        if text[end : end + 1] not in (" ", "\t") or end >= stop:
            return end
        at = end + 1
