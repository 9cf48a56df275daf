"""Half-open stretches of days on which something holds: from the first day until before the end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """``end`` does not belong to it; None: without an end."""

    first: date
    end: date | None

    def over(self, day: date) -> bool:
        """Has it ended by a day?"""
        return self.end is not None and self.end <= day

    def holds(self, day: date) -> bool:
        """Does the day lie in it?"""
        return self.first <= day and not self.over(day)


Spans = tuple[Span, ...]
"""In order, apart from each other, none of them empty; no span at all: never."""


def span(first: date, end: date | None) -> Spans:
    """One stretch; none where it would end before it begins."""
    return () if end is not None and end <= first else (Span(first, end),)


def before(spans: Spans, day: date) -> Spans:
    """What lies before a day."""
    return tuple(each for first, end in spans for each in span(first, day if end is None else min(end, day)))


def since(spans: Spans, day: date) -> Spans:
    """What lies on a day and after it."""
    return tuple(each for first, end in spans for each in span(max(first, day), end))


def without(spans: Spans, taken: Iterable[Span]) -> Spans:
    """What is left when other stretches are taken out."""
    for first, end in taken:
        spans = (*before(spans, first), *(() if end is None else since(spans, end)))
    return spans


def holds(spans: Spans, day: date) -> bool:
    """Does the day lie in one of them?"""
    return any(each.holds(day) for each in spans)


def both(one: Spans, other: Spans) -> Spans:
    """What lies in both."""
    found: list[Span] = []
    for first, end in one:
        part = since(other, first)
        found += part if end is None else before(part, end)
    return tuple(found)
