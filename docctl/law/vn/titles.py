"""Laws by their names: ``Luật Đầu tư năm 2020`` against the titles and aliases of the register."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from docctl.law.vn.dates import DATE, read_date
from docctl.law.vn.names import fold

_KINDS = {"bộ luật": "code", "luật": "law", "pháp lệnh": "ordinance", "hiến pháp": "constitution",
          "nghị quyết": "resolution", "nghị định": "decree"}  # fmt: skip
_WORDS = {kind: words for words, kind in _KINDS.items()}
_KIND = re.compile(rf"(?P<kind>{'|'.join(_KINDS)})(?=\s|\Z)\s*(?P<rest>.*)")
_END = re.compile(
    r",? ?(?:\([^()]*\)|(?:ban hành\s|thông qua\s)?năm\s(?P<year>(?:19|20)\d{2})"
    r"|(?<=\s)(?P<alone>(?:19|20)\d{2}))\Z"
)
_DAY = re.compile(rf",? ?(?:ban hành\s|thông qua\s)?(?P<day>{DATE})\Z", re.IGNORECASE)
_LONGEST_DAY = 99


def parted(name: str) -> tuple[str, int | None, date | None]:
    """A name in its bare folded words, the year it states, and the day: ``luật đầu tư``, 2020, None."""
    text = " ".join(unicodedata.normalize("NFC", name).split())
    last: date | None = None
    while (day := _DAY.search(text, max(0, len(text) - _LONGEST_DAY))) and (read := read_date(day["day"])):
        last, text = last or date.fromisoformat(read), text[: day.start()].rstrip()
    words, year = fold(text).strip(" .,;:"), None
    while (end := _END.search(words)) is not None:
        stated = end["year"] or end["alone"]
        year = year or (int(stated) if stated else None)
        words = words[: end.start()].rstrip(" ,")
    return words, year, last


def names_of(kind: str, titles: Iterable[str]) -> set[tuple[str, int | None]]:
    """What a text of this kind is called, each with the year that the name states.

    A title may leave the word for its kind out (``Hộ tịch``); one that begins with the word for another kind is no
    name of this text.
    """
    found: set[tuple[str, int | None]] = set()
    for title in titles:
        words, year, day = parted(title)
        match = _KIND.fullmatch(words)
        year = year or (None if day is None else day.year)
        if match is None and kind in _WORDS:
            found.add((f"{_WORDS[kind]} {words}", year))
        elif match is not None and _KINDS[match["kind"]] == kind:
            found.add((words, year))
            if kind == "constitution":
                found.add((_WORDS[kind], year))  # Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam
    return found
