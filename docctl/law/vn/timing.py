"""The days that a clause of an amending act names itself, beside those of the whole act."""

from __future__ import annotations

import re
from datetime import date, timedelta

from docctl.law.vn.clauses import Clause
from docctl.law.vn.dates import DATE, read_date
from docctl.law.vn.effects import Days
from docctl.model.event import DISAPPLY, EXPIRE, EXTEND, RESUME, SUSPEND

_FROM_DAY = re.compile(rf"(?:kể\s+)?từ\s+({DATE})")
_UNTIL_DAY = re.compile(rf"\sđến (?:hết )?({DATE})")
_WITH_WHOLE = re.compile(r"từ (?:ngày|khi) (?:Luật|Bộ luật|Pháp lệnh|Nghị \w+|Thông tư|Quyết định) này có hiệu lực")


def ends_on(hidden: str, clause: Clause) -> date | None:
    """The first day after the last one that a clause names; None where it names none."""
    found = _UNTIL_DAY.search(hidden, clause.start, clause.end)
    last = None if found is None else read_date(found[1])
    return None if last is None else date.fromisoformat(last) + timedelta(days=1)


def first_day(hidden: str, clause: Clause, days: Days, at: str) -> tuple[date | None, str | None]:
    """From when a clause works, which stands in the provision ``at``; or what that depends on."""
    ended = ends_on(hidden, clause) if clause.kind in (EXPIRE, EXTEND) else None
    if ended is not None:
        return ended, None
    if _WITH_WHOLE.search(hidden, clause.start, clause.end) is not None:
        return days.of("")
    dated = clause.kind in (EXPIRE, SUSPEND, RESUME, DISAPPLY)
    said = _FROM_DAY.search(hidden, clause.start, clause.end) if dated else None
    if said is not None and (read := read_date(said[1])) is not None:
        return date.fromisoformat(read), None
    return days.of(at)
