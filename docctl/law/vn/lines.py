"""What a line of a Vietnamese legal text may begin: by its first words alone, not yet by what came before."""

from __future__ import annotations

import re
from typing import NamedTuple

from docctl.law.address import ANNEX
from docctl.law.vn.letters import LOWER, UPPER
from docctl.law.vn.order import roman

DIEU, KHOAN, DIEM, TIET, MAU = "dieu", "khoan", "diem", "tiet", "mau"
PHAN, CHUONG, MUC, TIEU_MUC = "phan", "chuong", "muc", "tieu_muc"

_LEVELS = {
    "điều": DIEU, "chương": CHUONG, "mục": MUC, "tiểu mục": TIEU_MUC, "phần": PHAN, "phần thứ": PHAN,
    "phụ lục": ANNEX, "mẫu": MAU, "biểu": MAU, "biểu mẫu": MAU,
}  # fmt: skip
_ORDINALS = {
    "nhất": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip

_HEAD = re.compile(
    r"""[ \t]{0,200}+(?:
    (?P<level>Điều|ĐIỀU|Chương|CHƯƠNG|Mục|MỤC|Tiểu[ ]mục|TIỂU[ ]MỤC|Phần[ ]thứ|PHẦN[ ]THỨ|Phần|PHẦN
             |Phụ[ ]lục|PHỤ[ ]LỤC|Mẫu|MẪU|Biểu[ ]mẫu|BIỂU[ ]MẪU|Biểu|BIỂU)
        (?:[ \t]++(?:số|SỐ)[ \t:]*+)?[ \t]*+(?P<label>[^\s,;:()“”"]{1,24})?
    |(?P<number>\d{1,3}(?:[a-zđ]{1,2}\d?)?)\.(?P<note>(?:[1-9]\d{0,2})?)(?=[ \t\[]|\Z|["“])
    |(?P<letter>[a-zđ]\d{0,2}|[ivx]{2,5})\)
    |\((?P<bracket>[ivx]{1,5}|[a-zđ]|\d{1,2})\)
    |(?P<dotted>(?:\d{1,3}|[a-zđ])(?:\.\d{1,3}){1,3})[.)]?(?=[ \t])
    |(?P<roman>[IVXL]{1,6})[./][ \t]
    |(?P<upper>[A-H])\.[ \t]
    )""",
    re.VERBOSE,
)
_LABEL = re.compile(r"[\wĐđ]+(?:[./-][\wĐđ]+)*")
_ROMAN_LABEL = re.compile(r"[ivxlc]+(?:[.-]\d+)?[a-z]?|[a-h]")
_ROMAN_BEFORE = re.compile(r"([ivxlc]+)((?:[.-]\d+)?[a-z]?)")
_NOTED_LABEL = re.compile(r"([ivxlc]+)([1-9]\d{0,2})")
_ARTICLE = re.compile(r"(\d{1,3})([a-zđ]{0,2}\d?)(?:\.(\d{1,3}))?")


BREAKS_OFF = re.compile(
    r"(?:,|\b(?:tại|của|và|theo|hoặc|đến|từ|các|ở|vào|sau|trước|(?:khoản|điểm|mục) \S{1,4}))\s*\Z", re.IGNORECASE
)
"""A line that ends like this goes on with the next one."""


class Head(NamedTuple):
    """``label`` with Roman numbers as digits; ``printed`` as it was; ``end`` where the words behind it begin.

    ``sure`` is False where the same beginning may be that of a sentence; ``named`` tells that a word such as
    Điều or Mục stands there; ``note`` is what can only be the mark of a footnote, glued to the label.
    """

    level: str
    label: str
    printed: str
    end: int
    sure: bool
    named: bool = False
    note: str = ""


def head(text: str, start: int, end: int) -> Head | None:
    """What the line ``text[start:end]`` may begin."""
    match = _HEAD.match(text, start, end)
    if match is None:
        return None
    kind = match.lastgroup
    if kind in ("level", "label"):
        return _named(match, text, end)
    found, at = match[0].strip(), match.end()
    if kind in ("number", "note"):
        return Head(KHOAN, match["number"], found, at, sure=True, note=match["note"])
    label = match[kind or 0]
    if kind == "letter":
        return Head(DIEM, label, found, at, sure=True)
    if kind == "bracket":
        return Head(TIET, label, found, at, sure=True)
    if kind == "dotted":
        return Head(DIEM if label[0].isdigit() else TIET, label, found, at, sure=True)
    if kind == "roman":
        value = roman(label)
        return None if value is None else Head(MUC, str(value), found, at, sure=False)
    return Head(PHAN, label.lower(), found, at, sure=False)


def _named(match: re.Match[str], text: str, end: int) -> Head | None:
    """A word such as Điều with its number."""
    word = match["level"]
    level, raw = _LEVELS[word.lower()], match["label"]
    if raw is None:
        return Head(level, "", word, match.end(), sure=word.isupper(), named=True) if level in (ANNEX, MAU) else None
    at = match.start("label")
    if level == DIEU:
        found = _ARTICLE.match(raw)
        if found is None or (found.end() < len(raw) and raw[found.end()] not in ".:"):
            return None
        behind = at + found.end() + (raw[found.end() : found.end() + 1] == ".")
        return Head(
            DIEU,
            found[1].lstrip("0") + found[2],
            match[0].strip(),
            behind,
            sure=_closed(raw, text, match.end(), end),
            named=True,
        )
    if level == PHAN and "thứ" in word.lower():
        ordinal = _ORDINALS.get(raw.lower().rstrip("."))
        return (
            None if ordinal is None else Head(PHAN, str(ordinal), match[0].strip(), match.end(), sure=True, named=True)
        )
    found = _LABEL.match(raw)
    if found is None:
        return None
    label, note = found[0].lower().split("/ph")[0], ""  # "Mẫu số 16/Phụ lục I"
    if level == MAU and not any(each.isdigit() for each in label):
        return Head(MAU, "", word, match.start("label"), sure=True, named=True) if word.isupper() else None
    if level == ANNEX and at == match.end("level") and label.isdigit():
        label, note = "", label  # "Phụ lục36" has no number, but a footnote
    elif level != MAU:
        if (noted := _NOTED_LABEL.fullmatch(label)) is not None:
            label, note = noted[1], noted[2]  # "Phụ lục II3"
        if not label[0].isdigit() and not _ROMAN_LABEL.fullmatch(label):
            return None
        label = _with_digits(label)
    sure = _closed(raw, text, match.end(), end)
    return Head(level, label, match[0].strip(), at + found.end(), sure=sure, named=True, note=note)


def _with_digits(label: str) -> str:
    """A Roman number as digits; ``VIIIa`` and ``I.2`` keep what stands behind it, C and D are letters."""
    match = _ROMAN_BEFORE.fullmatch(label)
    value = None if match is None or label in ("c", "d", "l") else roman(match[1])
    return label if match is None or value is None else f"{value}{match[2]}"


def _closed(raw: str, text: str, at: int, end: int) -> bool:
    """Does the label end the line, or a dot, colon or bracket stand behind it?"""
    rest = text[at:end].lstrip()
    return raw.endswith((".", ":")) or not rest or rest[0] in ".:(-–"


_END = re.compile(
    rf"""[ \t]{{0,200}}+(?:(?:TM|KT|TL|TUQ|Q)\.[ ]?[A-ZĐ]|Nơi[ ]nhận\s*+:|XÁC[ ]THỰC[ ]VĂN[ ]BẢN
    |(?:BỘ[ ]TRƯỞNG|THỨ[ ]TRƯỞNG|CHỦ[ ]TỊCH|PHÓ[ ]CHỦ[ ]TỊCH|THỦ[ ]TƯỚNG|PHÓ[ ]THỦ[ ]TƯỚNG|THỐNG[ ]ĐỐC|CHÁNH[ ]ÁN
       |VIỆN[ ]TRƯỞNG|CHỦ[ ]NHIỆM|TỔNG[ ]KIỂM[ ]TOÁN|TỔNG[ ]THANH[ ]TRA)\b[^.;:{LOWER}]{{0,400}}+\Z
    |(?:Luật|Bộ[ ]luật|Pháp[ ]lệnh|Nghị[ ]quyết)[ ]này[ ](?:đã[ ])?được[ ]
        (?:Quốc[ ]hội|Ủy[ ]ban[ ]thường[ ]vụ)[ ].{{0,120}}?thông[ ]qua)""",
    re.VERBOSE,
)
_STAMP = re.compile(
    r"[ \t]{0,200}+(?:Ký bởi\s*+:|Cơ quan\s*+:\s*+VĂN PHÒNG|Ngày ký\s*+:|C?ÔNG BÁO/Số|\d{1,3}[ \t]++CÔNG BÁO/Số)"
)
_PAGE = re.compile(r"[ \t]{0,200}+\d{1,3}+[ \t\r]*+\Z")
_HEAD_BELOW = re.compile(r"\s{0,99}+CÔNG BÁO/Số")
_RUNS_ON = re.compile(rf"\s{{0,99}}+(?:[{LOWER}]{{2}}|[àáéêíóôơúưýởữứ][ ])")
_OPEN_END = re.compile(rf"[{LOWER},]\s*\Z")
_TEXT = r"(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư|Chỉ thị)"
_ATTACHED = re.compile(r"\((?:Được )?(?:[Bb]an hành )?(?:[Kk]èm )?theo\s+(?:bản )?(?P<text>" + _TEXT + r")?")
_CERTIFIED = re.compile(r"[ \t]{0,200}+XÁC THỰC VĂN BẢN HỢP NHẤT")
_NOTE = re.compile(rf"[ \t]{{0,200}}+\[?(\d{{1,3}})\]?[ \t]++(?=[{UPPER}“\"])")
_NOTE_WORDS = re.compile(
    r"được (?:sửa|bổ|bãi|thay|đính|hướng|quy)|theo quy định tại|có hiệu lực|căn cứ|Căn cứ|như sau|bãi bỏ|sửa đổi"
)
_CHANGED = re.compile(
    r"(?:Tên )?(?:Điều|Khoản|Điểm|Tiết|Chương|Mục|Tiểu mục|Phần|Phụ lục|Mẫu|Biểu|Cụm từ|Đoạn|Nội dung)\s[^.;\n]{0,200}?"
    r"được (?:sửa|bổ|bãi|thay|đính)",
    re.IGNORECASE,
)


def ends_text(text: str, start: int, end: int) -> bool:
    """Does the line begin what follows the last provision: who signed, who receives it?"""
    return _END.match(text, start, end) is not None


def is_stamp(text: str, start: int, end: int) -> bool:
    """Is it a head or foot of a page, put there by a gazette or a program?"""
    return _STAMP.match(text, start, end) is not None


def breaks_page(text: str, end: int, words: int) -> bool:
    """Is a number that stands alone and ends here that of a page, and not the cell of a table?

    A page head stands below it, or it stands in a sentence; ``words`` is where the words before it end.
    """
    if _HEAD_BELOW.match(text, end) is not None:
        return True
    return _RUNS_ON.match(text, end) is not None and _OPEN_END.search(text, max(0, words - 20), words) is not None


def is_number(text: str, start: int, end: int) -> bool:
    """Is the line a short number and nothing else?"""
    return _PAGE.match(text, start, end) is not None


def attached(text: str, start: int, end: int) -> bool | None:
    """Is it issued with a law, a decree, a circular …? False: with something else, as a rule; None: it does not say."""
    match = _ATTACHED.search(text, start, end)
    return None if match is None else match["text"] is not None


def certified(text: str, start: int, end: int) -> bool:
    """Is it the line over the signature of a consolidated text? Nobody quotes it."""
    return _CERTIFIED.match(text, start, end) is not None


def note_number(text: str, start: int, end: int) -> tuple[int, bool] | None:
    """The number of the footnote that begins here, and whether it says what was changed; None where none does."""
    match = _NOTE.match(text, start, end)
    if match is None or _NOTE_WORDS.search(text, match.end(), end) is None:
        return None
    return int(match[1]), _CHANGED.match(text, match.end(), end) is not None
