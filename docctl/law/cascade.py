"""What becomes of a text that spells out others when those end (docs/currency.md, cascade).

Until 2025-04-01 it ended with them, unless it was saved by name (80/2015/QH13, Điều 154 khoản 4); since then it goes on
as far as it is not contrary to the new law (64/2025/QH15, Điều 57 khoản 2), and is to be reviewed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec import Struct

from docctl.law.address import WHOLE, Address, above
from docctl.law.changes import Change
from docctl.law.provisions import readable
from docctl.law.timeline import Operating, Timeline
from docctl.model.event import RESUME
from docctl.model.legal_text import Detailed

CASCADE_ENDED = date(2025, 4, 1)
ONE_DAY = timedelta(days=1)


class Ended(Struct, frozen=True):
    """The event that ended a text, or a provision of it, and the day. ``of`` is the slug of that text."""

    change: Change
    since: date
    of: str


class Cascade:
    """The ends of the texts of a register on a day."""

    def __init__(self, timeline: Timeline, day: date) -> None:
        self._timeline = timeline
        self._day = day
        self._known: dict[str, Ended | None] = {}
        self._first: dict[str, Ended | None] = {}

    def end(self, slug: str) -> Ended | None:
        """What has ended a text as a whole: an event on it, or the end of all the texts that it spells out."""
        if slug not in self._known:
            self._known[slug] = self._declared(slug, self._day) or self.by_cascade(slug)
        return self._known[slug]

    def by_cascade(self, slug: str) -> Ended | None:
        """The end of all that a text spells out, where it ended with them."""
        text = self._timeline.register.texts.get(slug)
        if text is None or not text.details:
            return None
        ends = [self._whole(each) for each in text.details]
        found = [each for each in ends if each is not None]
        if not found or len(found) < len(ends):
            return None
        latest = max(each.since for each in found)
        last = min((each for each in found if each.since == latest), key=lambda each: self._place(each.change))
        return None if last.since >= CASCADE_ENDED or self.saved(slug, WHOLE) else last

    def ended_above(self, slug: str) -> Sequence[Ended]:
        """Whatever has ended of the texts that a text spells out, while it lives itself."""
        text = self._timeline.register.texts.get(slug)
        found: dict[str, Ended] = {}
        for each in () if text is None else text.details:
            for ended in (self._whole(each), *self._parts(each)):
                if ended is not None:
                    found.setdefault(ended.change.id, ended)
        return [*found.values()]

    def _whole(self, detailed: Detailed) -> Ended | None:
        meant = self._timeline.register.meant(detailed.text)
        return self._earliest(meant[0]) if len(meant) == 1 else None

    def _earliest(self, slug: str) -> Ended | None:
        """The first of what has ended a text: an event on it may come when it had ended with others already."""
        if slug not in self._first:
            self._first[slug] = None  # a circle of texts ends nothing
            found = [each for each in (self._declared(slug, self._day), self.by_cascade(slug)) if each is not None]
            first = min(found, key=lambda each: each.since, default=None)
            before = None if first is None else self._declared(slug, first.since - ONE_DAY)
            self._first[slug] = before or first
        return self._first[slug]

    def _declared(self, slug: str, day: date) -> Ended | None:
        """The event with which a text that has ended by a day did, with nothing left of it: it was so ever since."""
        ends = [
            (span, each)
            for each in self._timeline.on(slug)
            if _ends(each) and not each.change.excepted
            for span in each.windows.get(WHOLE, ())
        ]
        found = None
        now = [each for each in ends if each[0].holds(day)]
        while now:
            since = min(span.first for span, _ in now)
            first = min((each.change for span, each in ends if span.first == since), key=self._place)
            found = Ended(first, since, slug)
            now = [(span, each) for span, each in ends if span.first < since and not span.over(since - ONE_DAY)]
        return found

    def _place(self, change: Change) -> tuple[object, ...]:
        """Where an event stands among those of its day."""
        return self._timeline.acting.order(change)[1:]

    def _parts(self, detailed: Detailed) -> Iterator[Ended]:
        """The events that have ended provisions which a text names as those it spells out."""
        meant = self._timeline.register.meant(detailed.text)
        for slug in meant if len(meant) == 1 else ():
            for named in readable(detailed.provisions):
                for each, since in self._ending(slug, named):
                    if each.change.excepted or WHOLE not in each.addresses:
                        yield Ended(each.change, since, slug)

    def _ending(self, slug: str, address: Address) -> Iterator[tuple[Operating, date]]:
        tree = self._timeline.register.tree(slug)
        for each in self._timeline.on(slug):
            if not _ends(each):
                continue
            for target, windows in each.windows.items():
                now = next((span for span in windows if span.holds(self._day)), None)
                saved = any(tree.above(kept, address) for kept in each.change.excepted)
                if now is not None and tree.above(target, address) and not saved:
                    yield each, now.first

    def saved(self, slug: str, address: Address) -> bool:
        """Does something say by name that a text, or a provision, goes on?"""
        for each in self._timeline.register.on(slug):
            if each.kind == RESUME and each.confirmed and any(above(at, address) for at in each.addresses):
                found = self._timeline.course(each).spans
                if found and found[0].first <= self._day:
                    return True
        return False


def _ends(each: Operating) -> bool:
    return each.meaning.ends and each.confirmed
