"""The holidays of a year: ``calendar/<year>.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

SATURDAY = 5


class Year(Struct, frozen=True):
    """Days off besides Saturdays and Sundays, and Saturdays or Sundays that are worked instead."""

    holidays: frozenset[date]
    worked: frozenset[date]

    def is_working(self, day: date) -> bool:
        if day in self.worked:
            return True
        return day.weekday() < SATURDAY and day not in self.holidays


class CalendarYear(Struct, frozen=True):
    """A year's days as the file states them.

    ``entries``: list (``holidays``, ``working``), place in it, day and the id of its source; ``sources``
    are the ids that the file explains.
    """

    year: int
    days: Year
    entries: tuple[tuple[str, int, date, str], ...]
    sources: tuple[str, ...]

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> CalendarYear:
        lists = {"holidays": tree["holidays"], "working": tree.get("working", ())}
        days = Year(frozenset(map(_day, lists["holidays"])), frozenset(map(_day, lists["working"])))
        entries = tuple(
            (name, place, _day(each), each["source"])
            for name, listed in lists.items()
            for place, each in enumerate(listed)
        )
        return cls(tree["year"], days, entries, tuple(each["id"] for each in tree["sources"]))


def _day(tree: Mapping[str, Any]) -> date:
    return date.fromisoformat(tree["date"])
