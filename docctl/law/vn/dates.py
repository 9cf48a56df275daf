"""Dates as Vietnamese texts print them: ``ngày 06 tháng 9 năm 2022``, ``ngày 29/12/2017``."""

from __future__ import annotations

import re
from datetime import date

DATE = r"ngày\s*+\d{1,2}\s*+(?:tháng\s*+\d{1,2}\s*+năm\s*+\d{4}|[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4})"
_NUMBERS = re.compile(r"\d+")


def read_date(printed: str) -> str | None:
    """The date in ISO form; None for a day that no calendar has, which is never rounded."""
    day, month, year = map(int, _NUMBERS.findall(printed))
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
