"""What the head of a text says of itself: its number, kind, title, issuer and day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from docctl.law.identity import normalise
from docctl.law.vn.documents import NUMBER
from docctl.law.vn.effects import issued
from docctl.model.law_text import LawText, Part

_NUMBER = re.compile(rf"(?:^|\n)[^\n]{{0,60}}?(?:Số|số|SỐ)\s*+:?\s*+(?P<number>{NUMBER})[^\S\n]*+(?:\n|\Z)")
_KINDS: Mapping[str, str] = {
    "HIẾN PHÁP": "constitution", "BỘ LUẬT": "code", "LUẬT": "law", "PHÁP LỆNH": "ordinance",
    "NGHỊ QUYẾT": "resolution", "NGHỊ QUYẾT LIÊN TỊCH": "resolution", "NGHỊ ĐỊNH": "decree", "QUYẾT ĐỊNH": "decision",
    "THÔNG TƯ": "circular", "THÔNG TƯ LIÊN TỊCH": "joint_circular", "CHỈ THỊ": "directive",
    "VĂN BẢN HỢP NHẤT": "consolidated", "CÔNG VĂN": "official_letter", "THÔNG BÁO": "notice",
}  # fmt: skip
_KIND = re.compile(
    rf"(?:^|\n)[ \t]*(?P<kind>{'|'.join(sorted(_KINDS, key=len, reverse=True))})[ \t]*(?::[ \t]*)?(?=\n)"
)
_TITLE_ENDS = re.compile(r"\n\s{0,99}+(?:Căn cứ|CĂN CỨ|Theo đề nghị|Xét đề nghị|Thực hiện|[^\n;]{3,120}? ban hành )")
_MADE_BY = re.compile(
    r"(?:^|\n)[ \t]{0,200}+(?P<who>[^\n;:]{3,160}?)\s{1,99}+ban hành\s++"
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị|Thông tư|Quyết định|Chỉ thị)"
)
_OFFICE = re.compile(r"(?:Bộ trưởng|Tổng Thanh tra|Thống đốc|Chủ nhiệm|Chánh án|Viện trưởng|Tổng Kiểm toán)\s+(?=\w)")
_RULE = re.compile(r"^[-_*\s.]+|(?<![-_*\s])[-_*\s]+$")
_HEAD = 12_000
_LINES = 6


class Front(Struct, frozen=True):
    """None, or empty, where the head does not say it. ``kind`` is one of the register's kinds."""

    number: str | None
    kind: str | None
    title: str
    issuer: str | None
    issued: date | None


def front(read: LawText) -> Front:
    """Reads the head of a text."""
    head = "".join(piece for piece in read.of(Part.FRONT))[:_HEAD]
    number, kind = _NUMBER.search(head), _KIND.search(head)
    title = ""
    if kind is not None:
        end = _TITLE_ENDS.search(head, kind.end())
        title = " ".join(_RULE.sub("", head[kind.end() : len(head) if end is None else end.start()]).split())
    made = _MADE_BY.search(head)
    who = _letterhead(head) if made is None else " ".join(_OFFICE.sub("", made["who"], count=1).split())
    return Front(
        None if number is None else normalise(number["number"]),
        None if kind is None else _KINDS[kind["kind"]],
        title[:1000],
        who,
        issued(read),
    )


def _letterhead(head: str) -> str | None:
    """Who issued a text whose preamble does not say it: the first line in capitals, unless it is the state's."""
    for line in head.split("\n")[:_LINES]:
        words = " ".join(_RULE.sub("", line).split())
        if len(words) > 3 and words.isupper() and not words.startswith(("CỘNG H", "ĐỘC LẬP", "SỐ")):
            return None if words in _KINDS else words
    return None
