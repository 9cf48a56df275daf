"""What is asked: a date, how far ahead to look, how long a change may take, and the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

from msgspec import Struct

from docctl.law.calendar import Calendar, due_date, is_overdue
from docctl.verdict import HAVE_DUE, Due, Verdict


class Question(Struct, frozen=True, dict=True):
    """``as_of`` is the day the answer is for. ``horizon`` and ``checked_within`` in days, ``months`` to mend in.

    Three months: Thông tư 26/2014/TT-BKHCN, Điều 7 khoản 2 điểm i.
    """

    as_of: date
    calendar: Calendar
    months: int = 3
    horizon: int = 98
    checked_within: int = 90
    roll: bool = True

    @cached_property
    def oldest_check(self) -> date:
        """The earliest day of a check of a text that is not yet too long ago."""
        return self.as_of - timedelta(days=self.checked_within)

    @cached_property
    def horizon_end(self) -> date:
        """The last day looked at ahead."""
        return self.as_of + timedelta(days=self.horizon)

    def ahead(self, day: date) -> bool:
        """Does a day lie ahead, within the horizon?"""
        return self.as_of < day <= self.horizon_end

    def due(self, verdict: Verdict | None, since: date | None) -> Due | None:
        """Until when what began on a day must be mended; None for verdicts that have no such day."""
        if verdict not in HAVE_DUE or since is None:
            return None
        return due_date(since, self.months, self.calendar, roll=self.roll)

    def overdue(self, verdict: Verdict, due: Due | None) -> bool:
        """Is a verdict of the day past its due date?"""
        return verdict in HAVE_DUE and due is not None and is_overdue(due, self.as_of)
