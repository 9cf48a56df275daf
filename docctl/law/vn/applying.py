"""From when a text is applied, where it says so beside the day of its force: often before that day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from docctl.law.vn.dates import DATE, read_date
from docctl.law.vn.effects import about_effect
from docctl.model.law_text import LawText
from docctl.model.operation import Applied

_APPLIED = re.compile(
    rf"áp\s++dụng\s++(?:kể\s++)?từ\s++"
    rf"(?:(?P<day>{DATE})|năm\s(?:(?:tài chính|ngân sách)\s(?:năm\s)?)?20\d\d)(?!\w)"
)
_START = re.compile(r"[.;](?=\s)|\n")
_THIS = re.compile(
    r"(?:Bộ luật|Luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Quy chế|Quy định) này(?!\w)"
)
_LONGEST = 400


def applied(read: LawText, hidden: str) -> Iterator[Applied]:
    """Each clause of the articles about effect by which the text, or something in it, is applied from a day or a year.

    ``các quy định tại Thông tư này áp dụng kể từ ngày …``; ``hidden`` is the text masked.
    """
    articles = about_effect(read)
    for place, unit in enumerate(read.units):
        if unit.address.split("__")[0] not in articles:
            continue
        for begin, last in read.stretches.get(place, ()):
            for match in _APPLIED.finditer(hidden, begin, last):
                stops = [
                    each.end() for each in _START.finditer(hidden, max(begin, match.start() - _LONGEST), match.start())
                ]
                start = stops[-1] if stops else max(begin, match.start() - _LONGEST)
                if _THIS.search(hidden, start, match.start()) is None:
                    continue
                day = read_date(match["day"]) if match["day"] else None
                words = " ".join(read.text[start : match.end()].split())
                yield Applied(None if day is None else date.fromisoformat(day), unit.address, words)
