"""Lengths of time as procedures promise them: working days, calendar days, working hours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

HOURS_OF_A_WORKING_DAY = 8

WORKING_DAY, DAY, HOUR = "working_day", "day", "hour"


class Duration(Struct, frozen=True):
    """A whole number of ``working_day``, ``day`` or ``hour``. "Ngày" and "ngày làm việc" are different promises."""

    value: int
    unit: str

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Duration:
        return cls(tree["value"], tree["unit"])

    @property
    def working_hours(self) -> int | None:
        """Working hours, or None for calendar days, which hold an unknown number of them."""
        if self.unit == DAY:
            return None
        return self.value * (HOURS_OF_A_WORKING_DAY if self.unit == WORKING_DAY else 1)


def compare(left: Duration, right: Duration) -> int | None:
    """Negative, zero or positive as ``left`` is shorter than, equal to or longer than ``right``.

    None where working time and calendar days cannot be compared. More working days than days are
    always longer, because a working day is a day.
    """
    if left.unit == right.unit:
        return left.value - right.value
    left_hours, right_hours = left.working_hours, right.working_hours
    if left_hours is not None and right_hours is not None:
        return left_hours - right_hours
    if left_hours is not None and left_hours > right.value * HOURS_OF_A_WORKING_DAY:
        return 1
    if right_hours is not None and right_hours > left.value * HOURS_OF_A_WORKING_DAY:
        return -1
    return None
