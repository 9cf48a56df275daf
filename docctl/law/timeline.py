"""When every event operates, after all that other events do to it: what verdicts and words are made from.

An event on an event may close it, put itself in its place, act on its targets beside it, suspend or prolong it. What
each of them does is in docs/currency.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from docctl.law import spans
from docctl.law.acting import Acting
from docctl.law.address import WHOLE, Address, above
from docctl.law.changes import CHANGING, Change
from docctl.law.course import Course, Open, Steps, Why, resumed
from docctl.law.lineage import Lineage, step
from docctl.law.register import Register
from docctl.law.spans import Spans
from docctl.model.event import AMEND, CORRECT, INSERT, RENUMBER, REPLACE, RESUME, TRANSITION


class Operating(Struct, frozen=True):
    """An event as it operates on a text: ``windows`` by the addresses it acts on.

    ``spans`` are the days on which it does, also where the text itself is suspended.

    ``root`` is the event whose targets these are: itself, or the one that it acts on, directly or through others;
    ``meaning`` the event whose kind decides what is said; ``took`` those whose place it has taken, ``replaced`` the
    days on which others took its own.
    """

    change: Change
    root: Change
    meaning: Change
    course: Course
    addresses: Sequence[Address]
    spans: Spans
    windows: Mapping[Address, Spans]
    took: Sequence[Operating] = ()
    replaced: Sequence[date | None] = ()

    @property
    def confirmed(self) -> bool:
        """Is it, and what it acts on?"""
        return self.change.confirmed and self.root.confirmed

    @property
    def derived(self) -> bool:
        """Does it act here only through another event?"""
        return self.change.id != self.root.id


class Timeline:
    """All courses of a register, each made when it is asked for."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.acting = Acting(register)
        self._courses: dict[str, Course] = {}
        self._open: dict[str, Sequence[Open]] = {}
        self._operating: dict[str, Sequence[Operating]] = {}
        self._stops: dict[str, Sequence[Change]] = {}
        self._lineages: dict[str, Lineage] = {}

    # -- one event ---------------------------------------------------------------------------------

    def course(self, change: Change) -> Course:
        """How an event operates by itself, wherever it acts; one that acts on itself through others: never."""
        if change.id not in self._courses:
            circle = self._circle(change)
            self._courses[change.id] = Course((), circle=circle) if circle else self._made(change)
        return self._courses[change.id]

    def _circle(self, change: Change) -> Sequence[Change]:
        """The events through which an event depends on itself; none where all is well."""
        below = self._depends_on(change)
        if change.id not in below:
            return ()
        return [each for each in below.values() if change.id in self._depends_on(each)]

    def _depends_on(self, change: Change) -> Mapping[str, Change]:
        """All that an event's windows depend on, directly or through others; itself only where it does so too."""
        found: dict[str, Change] = {}
        ahead = [change]
        while ahead:
            for other in self._needed(ahead.pop()):
                if other.id not in found:
                    found[other.id] = other
                    ahead.append(other)
        return found

    def _needed(self, change: Change) -> Iterator[Change]:
        until = None if change.until_event is None else self.register.change(change.until_event)
        for other in (*self.acting.upon(change), *self.acting.extensions(change), *((until,) if until else ())):
            if other.confirmed:
                yield other

    # -- what cannot be followed -------------------------------------------------------------------

    def open(self, change: Change) -> Sequence[Open]:
        """Whatever acts on an event, directly or through others, and cannot be followed."""
        if change.id not in self._open:
            found: dict[tuple[str, Why], Open] = {}
            seen, ahead = set[str](), [(change, change.confirmed)]
            while ahead:
                ahead.sort(key=lambda way: way[1])  # the surer of two ways to an event counts
                each, sure = ahead.pop()
                if each.id in seen:
                    continue
                seen.add(each.id)
                for left in self.unfollowed(each):
                    graded = left if sure else Open(left.change, Why.NOT_CONFIRMED)
                    found.setdefault((graded.change.id, graded.why), graded)
                ahead += [(other, sure and other.confirmed) for other in self.acting.upon(each)]
            self._open[change.id] = [*found.values()]
        return self._open[change.id]

    def unfollowed(self, change: Change) -> Iterator[Open]:
        """What acts on an event directly and cannot be followed, each with the reason."""
        for other in self.acting.upon(change):
            why = self._not_followed(other, change)
            if why is not None:
                yield Open(other, why)
        for other in self.acting.extensions(change):
            if not other.confirmed or other.first is None:
                yield Open(other, Why.UNDATED if other.confirmed else Why.NOT_CONFIRMED)
        for other in self.acting.within(change):
            if self.course(other).circle:
                continue  # that is said of what it acts on itself
            dated = Why.UNDATED if other.first is None else Why.WITHIN
            yield Open(other, dated if other.confirmed else Why.NOT_CONFIRMED)
        if change.confirmed and self.course(change).circle:
            yield Open(change, Why.CIRCLE)

    def _made(self, change: Change) -> Course:
        first, end = self._bounds(change)
        actors = self.acting.upon(change)
        why = {each.id: self._not_followed(each, change) for each in actors}
        begun = {each.id: self.course(each).spans for each in actors if why[each.id] is None}
        lifted = [begun[each.id] for each in actors if each.kind == RESUME and begun.get(each.id)]
        waits = change.own_end and first is None and self.register.has_event(change.until_event or "")
        if waits:  # for an event that does not operate: so the end does not come
            return Course(())
        steps = Steps(change, first, end)
        # By the days on which they really begin: one that was itself suspended comes later than it states.
        for each in sorted((each for each in actors if begun.get(each.id)), key=lambda each: begun[each.id][0].first):
            held = begun[each.id]
            for again in lifted if each.stops else ():
                held = resumed(held, again)
            steps.take(each, begun[each.id][0].first, held)
        return steps.course()

    def _not_followed(self, other: Change, change: Change) -> Why | None:
        if not other.confirmed:
            return Why.NOT_CONFIRMED
        if other.first is None:
            return Why.UNDATED
        closes = other.on_event is None and other.ends
        return Why.KIND if other.kind in (AMEND, REPLACE) and not closes and change.kind not in CHANGING else None

    def prolonged(self, change: Change) -> Change:
        """The event with its first day and its end as they were moved, or come from the event that it waits for."""
        first, end = self._bounds(change)
        return replace(change, first=first, end=end)

    def _bounds(self, change: Change) -> tuple[date | None, date | None]:
        """The first day and the end of an event: as stated or prolonged, or ended by the event that it waits for."""
        old = change.first if change.own_end else change.end
        for other in self.acting.extensions(change):
            starts = self.course(other).spans if other.confirmed else ()
            if old is not None and starts and starts[0].first <= old:
                new = self._bounds(other)[1]
                old = new if new is None or new > old else old
        until = None if change.until_event is None else self.register.change(change.until_event)
        begun = self.course(until).spans if until is not None and until.confirmed else ()
        old = min(filter(None, (old, begun[0].first if begun else None)), default=None)
        return (old, change.end) if change.own_end else (change.first, old)

    # -- on a text ---------------------------------------------------------------------------------

    def on(self, slug: str) -> Sequence[Operating]:
        """Every event as it operates on a text, those that act on them included, in order."""
        if slug not in self._operating:
            found = [each for change in self.register.on(slug) for each in self._unfolded(change)]
            self._operating[slug] = sorted(found, key=lambda each: self.acting.order(each.change))
        return self._operating[slug]

    def general(self, change: Change) -> Operating:
        """A general repeal, on any text that it may concern as a whole."""
        course = self.course(change)
        return Operating(change, change, change, course, (WHOLE,), course.spans, {WHOLE: course.spans})

    def lineage(self, slug: str) -> Lineage:
        """The numbers of a text's units through time: what is confirmed and has operated changes them."""
        if slug not in self._lineages:
            moving = (e for e in self.register.on(slug) if e.kind in (RENUMBER, INSERT) and e.confirmed)
            begun = ((each, self.course(each).spans) for each in moving)
            steps = [step(each, self.acting.order(each), found[0].first) for each, found in begun if found]
            self._lineages[slug] = Lineage(steps, self.acting.order)
        return self._lineages[slug]

    def stop_at(self, stop: Change, address: Address, cited: Address | None = None) -> Spans:
        """When a suspension holds for an address: resumptions at or above it, or what is ``cited``, end it.

        The addresses have the numbers from just before the suspension.
        """
        slug = stop.target or ""
        found = self.course(stop).spans
        for other in self.register.on(slug):
            if other.kind == RESUME and other.confirmed:
                saved = [self._covers(other, stop, slug, each) for each in (address, cited) if each is not None]
                if True in saved and None not in saved[1:]:
                    found = resumed(found, self.course(other).spans)
        return found

    def _covers(self, other: Change, change: Change, slug: str, address: Address) -> bool | None:
        """Does an event act on an address, numbered as just before another one? None where it excepts it."""
        lineage, tree = self.lineage(slug), self.register.tree(slug)
        names = lineage.between(change, other, address)
        if any(lineage.contains(other, tree, kept, name) for kept in other.excepted for name in names):
            return None
        return any(lineage.contains(other, tree, each, name) for each in other.addresses for name in names)

    def was_there(self, stop: Change, address: Address, day: date | None) -> bool:
        """Has what a suspension names operated before a day (None: ever)? What was inserted has from then on."""
        slug = stop.target or ""
        lineage, tree = self.lineage(slug), self.register.tree(slug)
        if any(map(tree.holds, lineage.at_issue(stop, address))):
            return True
        born = [
            windows
            for each in self.on(slug)
            if each.root.kind == INSERT and each.confirmed and each.change.kind != TRANSITION
            for at, windows in each.windows.items()
            if at.units and any(above(at, name) for name in lineage.between(stop, each.root, address))
        ]
        return not born or any(each and (day is None or each[0].first < day) for each in born)

    def windows(self, change: Change) -> Mapping[Address, Spans]:
        """When an event operates at each of its own addresses."""
        found = self.course(change).spans
        return {each: self._at(change, change, found, each) for each in change.addresses}

    def _unfolded(self, change: Change) -> Iterator[Operating]:
        course = self.course(change)
        windows, replaced = self.windows(change), (course.replaced,)
        own = Operating(
            change, change, change, course, change.addresses, course.spans, windows, replaced=replaced
        )  # fmt: skip
        yield own
        yield from self._heirs((own,), (), {change.id})

    def _heirs(
        self, above_it: Sequence[Operating], limits: Sequence[Spans | None], seen: set[str]
    ) -> Iterator[Operating]:
        """What acts on the targets of an event through it, and through what acts so itself."""
        root, parent = above_it[0].root, above_it[-1]
        for heir in parent.course.heirs:
            change = heir.change
            if change.id in seen:
                continue
            own, bounds = self.course(change), [*limits, heir.limit]
            found = own.spans
            for each in bounds:
                found = () if each is None else spans.both(found, each)
            if None in bounds:
                over = min(filter(None, (own.over, parent.course.over, heir.replaced)), default=None)
                own = replace(own, dated=False, over=over)
            replaces = parent.meaning.kind == REPLACE and parent.meaning.whole
            meaning = parent.meaning if heir.instead and replaces else change
            windows = {each: self._at(meaning, root, found, each) for each in root.addresses}
            took = (parent, *parent.took) if heir.instead else ()
            replaced = (own.replaced, heir.replaced, *(parent.replaced if heir.instead else ()))
            made = Operating(change, root, meaning, own, root.addresses, found, windows, took, replaced)
            yield made
            yield from self._heirs((*above_it, made), bounds, seen | {change.id})

    def _at(self, meaning: Change, root: Change, found: Spans, address: Address) -> Spans:
        """The windows at an address of an event: what would begin while that is suspended waits for its end."""
        slug = root.target
        if slug is None or meaning.kind not in CHANGING | {CORRECT} or meaning.ends or not found:
            return found
        lineage = self.lineage(slug)
        held = [
            self.stop_at(stop, name)
            for stop in self._stopping(slug)
            if self._covers(stop, root, slug, address)
            for name in lineage.between(root, stop, address)
        ]
        again = True
        while again and found:
            again = False
            for each in held:
                if found and spans.holds(each, found[0].first):
                    found, again = spans.without(found, each), True
        return found

    def _stopping(self, slug: str) -> Sequence[Change]:
        if slug not in self._stops:
            every = self.register.on(slug)
            self._stops[slug] = [each for each in every if each.stops and each.confirmed and each.first is not None]
        return self._stops[slug]
