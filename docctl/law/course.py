"""What the events on an event make of it: when it operates, and what they do to its targets through it.

What each kind of event does to another is in docs/currency.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from docctl.law import spans
from docctl.law.changes import BESIDE, ENDING, Change
from docctl.law.spans import Span, Spans
from docctl.model.event import AMEND, EXTEND, REPLACE, RESUME, TRANSITION


class Why(Enum):
    """What keeps an event on another from being followed."""

    UNDATED = "undated"
    NOT_CONFIRMED = "not_confirmed"
    WITHIN = "within"  # it acts only on a part of the provision that made the other
    KIND = "kind"  # such an event cannot be amended or replaced: an end and a new event are to be written
    CIRCLE = "circle"


class Open(Struct, frozen=True):
    """An event that acts on another one, and why what it does cannot be told."""

    change: Change
    why: Why


class Heir(Struct, frozen=True):
    """An event that does something to the targets of another one: in its place, or beside it.

    ``limit`` is when it may, by what else acts on that other event; None where that other has no day. ``replaced`` is
    the day on which a later one took the place that it had taken.
    """

    change: Change
    instead: bool
    limit: Spans | None
    replaced: date | None = None


class Course(Struct, frozen=True):
    """How an event operates. ``spans`` empty: never. ``dated`` False: from a day not known, until before ``until``.

    ``over`` is the day from which its clause does not operate any more, whatever has taken its place; ``replaced`` the
    day on which another event took its place, ``circle`` the events that it acts on itself through.
    """

    spans: Spans
    dated: bool = True
    over: date | None = None
    replaced: date | None = None
    heirs: Sequence[Heir] = ()
    circle: Sequence[Change] = ()

    @property
    def until(self) -> date | None:
        """The day from which it does not operate any more itself."""
        return min(filter(None, (self.over, self.replaced)), default=None)


def resumed(found: Spans, again: Spans) -> Spans:
    """A suspension that is lifted: it ends where something resumes that began after it."""
    return spans.before(found, again[0].first) if found and again and found[0].first < again[0].first else found


class Steps:
    """What the events on an event make of it, one after the other."""

    def __init__(self, change: Change, first: date | None, end: date | None) -> None:
        self._change = change
        self._first, self._end = first, end
        self._closed: date | None = None
        self._stopped: list[Span] = []
        self._spans: Spans = () if first is None else spans.span(first, end)
        self._heirs: list[Heir] = []
        self._replaced: date | None = None

    def take(self, other: Change, day: date, held: Spans) -> None:
        """The next one, which operates from ``day`` on, and as a suspension while it is ``held``."""
        if other.kind == RESUME:
            if self._change.stops and self._first is not None and self._first < day:
                self._close(day)
        elif other.target is not None and other.whole and other.ends:
            if self._first is not None and spans.holds(held, self._first):
                self._close(self._first)  # the text was over before this
        elif other.kind in ENDING or (other.on_event is None and other.ends):
            self._close(day)
        elif other.kind in (AMEND, REPLACE):
            self._add(other, day, instead=True)
        elif other.kind in BESIDE or other.kind == TRANSITION:
            self._add(other, day, instead=False)
        elif other.stops:
            self._stopped += held

    def course(self) -> Course:
        """The whole."""
        heirs = [
            each if each.limit is None else replace(each, limit=spans.without(each.limit, self._stopped))
            for each in self._heirs
        ]
        # What was closed on the day on which another event took its place has not been replaced.
        kept = self._replaced is not None and (self._closed is None or self._replaced < self._closed)
        return Course(
            spans=spans.without(self._spans, self._stopped),
            dated=self._first is not None,
            over=min(filter(None, (self._end, self._closed)), default=None),
            replaced=self._replaced if kept else None,
            heirs=heirs,
        )

    def _close(self, day: date) -> None:
        self._closed = day if self._closed is None else min(self._closed, day)
        self._spans = spans.before(self._spans, day)
        self._heirs = [_until(each, day) for each in self._heirs]

    def _add(self, other: Change, day: date, *, instead: bool) -> None:
        if self._change.kind in (EXTEND, RESUME):  # which say nothing of their targets
            return
        since = max(day, self._first or day)
        if any(end is not None and end <= since for end in (self._closed, self._end)):
            return
        if instead:
            self._replaced = self._replaced or since
            self._spans = spans.before(self._spans, since)
            self._heirs = [
                replace(_until(each, since), replaced=each.replaced or since) if each.instead else each
                for each in self._heirs
            ]
        self._heirs.append(Heir(other, instead, None if self._first is None else spans.span(since, self._end)))


def _until(heir: Heir, day: date) -> Heir:
    return heir if heir.limit is None else replace(heir, limit=spans.before(heir.limit, day))
