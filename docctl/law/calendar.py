"""Working days and due dates (Bộ luật Dân sự 91/2015/QH13, Điều 147 and 148).

Holidays are data, a file a year with its sources; a year without data is said, never guessed.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from docctl.model.calendar_year import Year
from docctl.verdict import Due

GRACE_WITHOUT_CALENDAR = 30
"""Days after an unrolled due date before anything is called overdue: longer than any holiday."""

Calendar = Callable[[int], Year | None]
"""The days of a year, or None where they are not known."""


def add_months(day: date, months: int) -> date:
    """The same day number some months later, or that month's last day (Điều 147)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def next_working_day(day: date, calendar: Calendar) -> date | None:
    """The day itself or the next one that is worked; None where a year is needed that is not known."""
    while (year := calendar(day.year)) is not None:
        if year.is_working(day):
            return day
        day += timedelta(days=1)
    return None


def due_date(first: date, months: int, calendar: Calendar, *, roll: bool = True) -> Due:
    """When something that began on ``first`` must be dealt with: months later, moved to a working day."""
    plain = add_months(first, months)
    if not roll:
        return Due(plain)
    moved = next_working_day(plain, calendar)
    return Due(plain, rolled=False) if moved is None else Due(moved)


def is_overdue(due: Due, day: date) -> bool:
    """Is the day past the due date, beyond any doubt about holidays?"""
    return day > (due.day if due.rolled else due.day + timedelta(days=GRACE_WITHOUT_CALENDAR))
