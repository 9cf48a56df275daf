"""The windows of all events, and the places where they say something, by brute force.

Windows are worked out in rounds, each from the windows of the round before, until a round changes nothing.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from oracle_addresses import Text, any_inside, before, inside, listed, moved
from oracle_events import (
    ACTING,
    BESIDE,
    CHANGING,
    ENDING,
    NEW_LAW,
    NONE,
    SUSPENDING,
    WORDS,
    Days,
    Event,
    Key,
    Stretches,
    day,
    manner,
    read,
)  # fmt: skip


class Place(NamedTuple):
    """Some units of a text for which an event says something: `manner` what, `days` when it operates there.

    `whole` are the days without what others put in its place, on the days `taken`; `instead` what this took the place
    of; `key` the point of the order whose numbers the address has; `gone` the day from which an undated event says
    nothing any more, `over` the same without what others put in its place.
    """

    event: Event
    manner: str  # change, minor, end, suspend, transition, review, unknown
    text: str
    address: str
    excepted: list[str]
    key: Key
    days: Days = NONE
    whole: Days = NONE
    undated: bool = False
    gone: date | None = None
    over: date | None = None
    sure: bool = True  # neither the event nor one that it acts on is a mere proposal
    fresh: bool = False  # what is inserted there is new
    instead: "tuple[Place, ...]" = ()
    taken: tuple[date, ...] = ()  # the days on which others took its place
    cascaded: bool = False  # it ends, or is to be reviewed, with a text that it spells out
    on: Event | None = None  # the event that this one acts on, in a way that cannot be followed


class Law(Stretches):
    """The register, with its windows at rest."""

    def __init__(self, texts: Mapping[str, Text]) -> None:
        self.texts, self.events = texts, read(texts)
        days = [at for each in self.events for at in (each.first, each.end)]
        entries = [entry for text in texts.values() for entry in text.get("in_force") or ()]
        super().__init__([*days, *(day(entry.get(at)) for entry in entries for at in ("from", "to"))])
        self.win: dict[tuple[str, str, str], tuple[Days, Days, Days]] = {}
        self.cascade: list[Place] = []
        self.cyclic = self.circles()
        while restless := self.settle():
            self.cyclic |= restless
        self.places = [each for event in self.events for each in self.places_of(event)] + self.cascade
        self.places += self.doubts()

    def settle(self) -> set[str]:
        """Works the windows out until they change no more; the events of which they always do."""
        self.win, self.cascade = {}, []
        restless: set[str] = set()
        for n in range(40):
            windows = {(e.id, e.text, a): self.windows(e, a) for e in self.events for a in e.addresses}
            cascade = self.cascading()
            if windows == self.win and cascade == self.cascade:
                return set()
            restless |= {key[0] for key in windows if n > 30 and windows[key] != self.win[key]}
            self.win, self.cascade = windows, cascade
        return restless or {place.event.id for place in self.cascade}

    # -- days ------------------------------------------------------------------------------------

    def days(self, event: Event, address: str) -> Days:
        """When its own clause operates, even where what it changes is suspended."""
        return self.win.get((event.id, event.text, address), (NONE, NONE, NONE))[2]

    def operates(self, name: str) -> date | None:
        """The first day on which a confirmed event operates anywhere."""
        days = [n for e in self.events if e.id == name and e.confirmed for a in e.addresses for n in self.days(e, a)]
        return self.first(days) if days else None

    # -- what acts on what (6.4) -------------------------------------------------------------------

    def relation(self, f: Event, x: str, e: Event) -> str:
        """Does f, by its address x, act on e (acts), on something below its source (below), or on neither?"""
        if f.on:
            return "acts" if f.on == e.id and f.kind in (*ACTING, "extend") else ""
        if f.id == e.id or e.source is None or f.text != e.slug or f.kind not in ACTING or "#" in x:
            return ""
        tree = listed(self.texts[e.slug])
        if any_inside(e.source, f.excepted, tree) or (x == "" and f.kind in (*ENDING, "replace")):
            return ""  # what ends an amending text as a whole does not close its amendments
        covered = inside(e.source, x, tree)
        strictly = e.source and (covered is None or bool(inside(x, e.source, tree)))
        if covered:
            return "" if f.implied == "end" and f.slug == e.slug else "acts"
        says = e.kind not in (
            "extend",
            "resume",
            "general_repeal",
        )  # which say nothing that a part of them could change
        return "below" if strictly and says and f.kind in (*CHANGING, *ENDING, *SUSPENDING) else ""

    def acting(self, e: Event) -> Iterator[tuple[Event, str]]:
        """The confirmed events that act on e while they operate, each with the address it does so by."""
        for f in self.events:
            for x in f.addresses if f.confirmed and f.id not in self.cyclic else ():
                if self.days(f, x) and self.relation(f, x, e) == "acts":
                    yield f, x

    def circles(self) -> set[str]:
        """The events whose windows depend on themselves: by acting, by `until_event`, by an extension."""
        after: dict[str, set[str]] = {e.id: set() for e in self.events}
        for e in self.events:
            for f in self.events:
                if f.confirmed and f.kind != "extend" and any(self.relation(f, x, e) == "acts" for x in f.addresses):
                    after[f.id].add(e.id)
                longer = f.confirmed and f.kind == "extend" and self.extends(f, e) and self.later(f, e)
                if self.forestalls(f, e) or longer:
                    after[f.id].add(e.id)
                if f.confirmed and f.id == self.until(e):
                    after[f.id].add(e.id)

        def reached(start: str) -> set[str]:
            seen, to_do = set(), [*after[start]]
            while to_do:
                if (name := to_do.pop()) not in seen:
                    seen.add(name)
                    to_do += after[name]
            return seen

        return {name for name in after if name in reached(name)}

    def entry(self, name: str) -> Mapping[str, Any]:
        slug, _, own = name.partition("#")
        entries = enumerate(self.texts.get(slug, {}).get("in_force") or ())
        return next((entry for n, entry in entries if (entry.get("id") or f"in_force{n}") == own), {})

    def until(self, e: Event) -> str:
        return self.entry(e.id).get("until_event") or "" if e.implied == "end" else e.until

    def extends(self, x: Event, e: Event) -> bool:
        """Does an extension move the end of an event, or of the in_force entry that its end was left to?"""
        name = e.id if e.implied == "end" else e.entry
        if x.on == e.id:
            return True
        if not self.entry(name).get("to"):
            return False
        units = self.entry(name).get("provisions") or [""]
        return x.on == name or (name.partition("#")[0] == x.text and all(any_inside(u, x.addresses, []) for u in units))

    def stop(self, e: Event) -> date | None:
        """The day from which e no longer operates by its own words: its end, as extended, or another event."""
        end = day(self.entry(e.id).get("to")) if e.implied == "end" else e.end
        longer = [(self.first(self.days(x, a)), x) for x in self.events for a in x.addresses
                  if x.kind == "extend" and x.confirmed and x.id not in self.cyclic and self.days(x, a)]  # fmt: skip
        for first, x in sorted(longer, key=lambda each: (each[0], each[1].key)):
            if end is not None and first <= end and self.extends(x, e) and self.later(x, e):
                to = self.stop(x)  # which another extension may have moved
                end = to if to is None or to > end else end
        return min(filter(None, (end, self.operates(self.until(e)))), default=None)

    def windows(self, e: Event, address: str) -> tuple[Days, Days, Days]:
        """The days on which e operates at an address; without what others put in its place; without suspensions of it."""
        if e.id in self.cyclic:
            return NONE, NONE, NONE
        stop = self.stop(e)
        whole = self.span(e.first, stop)
        if e.implied == "end":
            whole = self.span(stop, self.again(e, stop))
        by = [(self.first(self.days(f, x)), f, x) for f, x in self.acting(e)]
        for first, f, _ in by:
            whole -= self.span(first) if f.kind in ENDING else NONE
            if f.kind == "resume" and e.kind in SUSPENDING and e.first and e.first < first:  # starts after it
                whole -= self.span(first)
        left = whole
        for _, f, x in sorted(by, key=lambda each: (each[0], each[1].kind != "resume")):
            if f.kind in SUSPENDING:
                left -= self.days(f, x)
            if f.kind == "resume":  # gives back, for good, what was taken by those that started before it
                left |= whole & self.span(self.first(self.days(f, x)))
        now = left
        for first, f, _ in by:
            now -= self.span(first) if f.kind in ("amend", "replace") and e.kind in WORDS else NONE
        now, left, own = self.unless_ended(e, now), self.unless_ended(e, left), self.unless_ended(e, now)
        if e.kind in CHANGING and not (e.kind == "replace" and address == ""):
            now = self.thinned(now, e.text, address, e.key)
        return now, left, own

    def again(self, e: Event, end: date | None) -> date | None:
        """The day a text or unit that ended by itself is in force again, by another in_force entry."""
        own, units = self.entry(e.id), [""]
        same = [
            x
            for x in self.texts[e.slug]["in_force"]
            if (x.get("provisions") or units) == (own.get("provisions") or units)
        ]
        starts = [day(x["from"]) for x in same if x is not own]
        return min((first for first in starts if first and end and first >= end), default=None)

    def unless_ended(self, e: Event, days: Days) -> Days:
        """Nothing where e's own text has been ended as a whole by the first day; what it details is another matter (25)."""
        if not days or e.implied:
            return days
        on_that_day = [
            name for name, each in self.whole_ends(e.slug, cascaded=False) if e.first and self.on(e.first, each)
        ]
        mine = {e.id, *(f.id for f, _ in self.acting(e))}  # what is put in its place ends the text by its words
        return NONE if {*on_that_day} - mine else days

    def thinned(self, days: Days, text: str, address: str, key: Key) -> Days:
        """Without the days for which the base text is suspended there, if that would start inside them (6.3)."""
        while days and text:
            out = NONE
            for s in self.events:
                for x in s.addresses if s.kind in SUSPENDING and s.confirmed and s.text == text else ():
                    tree, units = self.tree(text, s.key), self.follow(text, address, key, s.key)
                    if any(inside(u, x, tree) and not any_inside(u, s.excepted, tree) for u in units):
                        those = self.suspended(s, x, text, address, key)
                        out |= those if min(days) in those else NONE
            if not out:
                break
            days -= out
        return days

    def suspended(self, s: Event, x: str, text: str, address: str, key: Key) -> Days:
        """The days a suspension of x has, as far as `resume` leaves them for another address."""
        days = self.days(s, x)
        for r in self.events if text else ():
            for saved in r.addresses if r.kind == "resume" and r.confirmed and r.text == text else ():
                if not self.days(r, saved) or not days or min(days) >= min(self.days(r, saved)):
                    continue
                tree, own = self.tree(text, r.key), self.follow(text, address, key, r.key)
                units = [*self.follow(text, x, s.key, r.key), *own]
                lifted = [u for u in units if inside(u, saved, tree) and not any_inside(u, r.excepted, tree)]
                if lifted and not any(any_inside(u, r.excepted, tree) for u in own):
                    days -= self.span(self.first(self.days(r, saved)))
        return days

    # -- lineage -----------------------------------------------------------------------------------

    def renumberings(self, text: str) -> list[tuple[Key, list[tuple[str, str]]]]:
        """Those of a text in their order: from its first day each moves units."""
        found = []
        for r in self.events:
            first = self.operates(r.id) if r.kind == "renumber" and r.confirmed and r.pairs else None
            if first and text in {where[0] for where in self.reach(r)}:
                found.append(((first, *r.order), r.pairs))
        return sorted(found)

    def follow(self, text: str, address: str, since: Key, to: Key) -> set[str]:
        """The numbers that a unit named at one point of the order has at another; empty: it did not exist."""
        units = {address}
        known = self.renumberings(text)
        for key, pairs in known if since < to else reversed(known):
            if since <= key < to:
                units = {after for unit in units for after in moved(unit, pairs)}
            elif to <= key < since:
                units = {old for unit in units for old in before(unit, pairs)}
        return units

    def tree(self, text: str, key: Key) -> list[str]:
        """The listed units of a text, with the numbers they have at a point of the order."""
        units = listed(self.texts.get(text, {}))
        if not self.renumberings(text):
            return units
        now = {unit: sorted(self.follow(text, unit, (date.min,), key)) for unit in units}
        held = {each for some in now.values() for each in some}  # a number that nobody has any more keeps its place
        return [each for unit in units for each in (*now[unit], *([] if unit in held else [unit]))]

    # -- places ------------------------------------------------------------------------------------

    def reach(self, e: Event, seen: tuple[str, ...] = ()) -> list[tuple[str, str, list[str], Key, bool, Event]]:
        """What e touches, directly or through those that it acts on; whether all are confirmed, and the last of them."""
        found = [(e.text, a, e.excepted, e.key, e.confirmed, e) for a in e.addresses if e.text]
        found += [(slug, "", [], e.key, e.confirmed, e) for slug in self.same_field(e) if e.kind == "general_repeal"]
        for d in self.events if e.id not in seen and e.kind != "extend" else ():
            if any(self.relation(e, x, d) == "acts" for x in e.addresses) or self.forestalls(e, d):
                found += [(*where, sure and e.confirmed, on) for *where, sure, on in self.reach(d, (*seen, e.id))]
        surely = [(each[:4], each[5].id) for each in found if each[4]]  # the surer of two ways counts
        return [each for each in found if each[4] or (each[:4], each[5].id) not in surely]

    def forestalls(self, f: Event, e: Event) -> bool:
        """Does f end the text of e as a whole, by its own days, before e changes anything?"""
        ends = f.kind in ENDING or f.kind == "replace"
        if f.id == e.id or not f.confirmed or not ends or f.text != e.slug or "" not in f.addresses or f.excepted:
            return False
        first = day(self.entry(f.id).get("to")) if f.implied == "end" else f.first
        return bool(e.source is not None and e.first and first and first <= e.first)

    def places_of(self, f: Event) -> list[Place]:
        """Where a confirmed or proposed event says something: its own targets, and those of events it acts on."""
        if f.id in self.cyclic:
            return [Place(f, "unknown", *where, undated=True, sure=sure, fresh=on.kind == "insert",
                          on=None if on is f else on) for *where, sure, on in self.reach(f)]  # fmt: skip
        own = [(f.text, a, manner(f, a)) for a in f.addresses if f.text and f.kind not in ("resume", "extend")]
        if f.kind == "general_repeal":
            own += [(slug, "", "review") for slug in self.same_field(f)]
        found = []
        for text, a, what in own:
            days, whole, _ = self.win.get((f.id, f.text, a), (NONE, NONE, NONE))
            found.append(Place(f, what, text, a, f.excepted, f.key, days, whole, f.undated, self.gone(f), self.over(f),
                               f.confirmed, f.kind == "insert", (), self.taken(f)))  # fmt: skip
        for d in self.events:
            for x in f.addresses if f.confirmed and d.id not in self.cyclic else ():
                beside = f.kind in BESIDE and d.kind != "general_repeal"
                fits = beside or (f.kind in WORDS and d.kind in WORDS)
                if fits and self.days(f, x) and self.relation(f, x, d) == "acts":
                    first = self.first(self.days(f, x))
                    found += [self.moved_in(f, x, d, p) for p in self.places_of(d) if p.over is None or first < p.over]
        return found

    def moved_in(self, f: Event, x: str, d: Event, p: Place) -> Place:
        """f at a place of d: beside it from the later first day, or instead of it for as long as d's clause stands."""
        _, whole, days = self.win[f.id, f.text, x]
        first, taken = self.first(days), self.taken(f)
        over = min(filter(None, (p.over, self.spans(whole)[-1][1])), default=None)
        what = "minor" if f.kind == "renumber" or (f.form and f.kind != "replace") else "change"
        what = "transition" if f.kind == "transition" else what
        instead: tuple[Place, ...] = ()
        if f.kind in BESIDE:
            stands = p.whole
        else:
            later = [self.first(self.days(g, y)) for g, y in self.takers(d)
                     if (self.first(self.days(g, y)), *g.order) > (first, *f.order)]  # fmt: skip
            stands = p.whole.difference(*map(self.span, later))
            over = min(filter(None, (p.over, self.spans(whole)[-1][1], *later)), default=None)
            what, instead, taken = ("end" if p.manner == "end" else what), (p,), (*taken, *later, *p.taken)
        days, whole = days & stands, whole & stands
        if what != "end" and f.kind in CHANGING:
            days = self.thinned(days, p.text, p.address, p.key)
        gone = min(filter(None, (over, *self.taken(f))), default=None)
        return Place(f, what, p.text, p.address, [*p.excepted, *(f.excepted if f.on else ())], p.key, days, whole,
                     p.undated, gone, over, p.sure, p.fresh, instead, taken)  # fmt: skip

    def takers(self, e: Event) -> list[tuple[Event, str]]:
        """What others put in the place of e, and by which address."""
        return [(g, x) for g, x in self.acting(e) if g.kind in ("amend", "replace") and e.kind in WORDS]

    def taken(self, e: Event) -> tuple[date, ...]:
        days, over = {self.first(self.days(g, x)) for g, x in self.takers(e)}, self.over(e)
        return tuple(sorted(each for each in days if over is None or each < over))

    def over(self, e: Event) -> date | None:
        """The day from which an undated event says nothing any more: its end, or what ends its clause."""
        closing = [self.first(self.days(f, x)) for f, x in self.acting(e) if f.kind in ENDING]
        return min(filter(None, [self.stop(e), *closing]), default=None)

    def gone(self, e: Event) -> date | None:
        return min(filter(None, [self.over(e), *self.taken(e)]), default=None)

    def later(self, x: Event, e: Event) -> bool:
        """Does an extension name a later end than the one it is to move?"""
        end = day(self.entry(e.id).get("to")) if e.implied == "end" else e.end
        return end is not None and (x.end is None or x.end > end)

    def doubts(self) -> list[Place]:
        """What is said of the citations e touches, because f is undated or a proposal, or fits e's clause badly."""
        found = []
        for f in self.events:
            for e in self.events if f.id not in self.cyclic else ():
                for x in f.addresses:
                    how = self.relation(f, x, e)
                    if f.kind == "extend":
                        how = "acts" if self.extends(f, e) and self.later(f, e) else ""
                    misfit = how == "below" or (f.kind in ("amend", "replace") and e.kind not in WORDS)
                    if how and f.undated:
                        found += [Place(f, "change", *where, undated=True, gone=self.gone(f), sure=f.confirmed and sure,
                                        fresh=on.kind == "insert", on=on)
                                  for *where, sure, on in self.reach(e)]  # fmt: skip
                    elif how and self.days(f, x) and (misfit or not f.confirmed):
                        for *where, sure, on in self.reach(e):
                            days, what = self.days(f, x), "change"
                            if misfit and f.confirmed and sure:
                                days, what = self.span(self.first(days)), "unknown"
                            found.append(Place(f, what, *where, days, days, sure=f.confirmed and sure,
                                               fresh=on.kind == "insert", on=on))  # fmt: skip
        return found

    # -- ends of texts -------------------------------------------------------------------------------

    def whole_ends(self, slug: str, *, cascaded: bool = True) -> list[tuple[str, Days]]:
        """Every confirmed event that ends a text as a whole, with the days on which it is so ended."""
        ending = [e for e in self.events if e.confirmed and (e.text == slug or e.kind in ("amend", "replace"))]
        places = [p for e in ending for p in self.places_of(e)]
        places += [p._replace(days=p.days - self.saved(slug, None)) for p in self.cascade if cascaded]
        at = [p for p in places if p.text == slug and p.address == "" and p.manner == "end" and p.days and p.sure]
        return [(p.event.id, p.days) for p in at if not p.excepted]

    def saved(self, slug: str, units: Iterable[str] | None) -> Days:
        """The days from which a `resume` keeps a text, or units of it, from ending with what it details."""
        found = NONE
        for r in self.events:
            for x in r.addresses if r.kind == "resume" and r.confirmed and r.text == slug else ():
                named = units is None or any(inside(u, x, []) and not any_inside(u, r.excepted, []) for u in units)
                if self.days(r, x) and named:
                    found |= self.span(self.first(self.days(r, x)))
        return found

    def cascading(self) -> list[Place]:
        """What the end of a text does to the texts that detail it (6.8)."""
        found = []
        for slug in self.texts:
            bases = {e.text: e for e in self.events if e.id == f"{slug}#detail"}
            per_base = {base: self.stretches(self.whole_ends(base)) for base in bases}
            ended = [frozenset(n for _, days in ends for n in days) for ends in per_base.values()]
            together = frozenset.intersection(*ended) if ended else NONE
            old_law = [(a, b) for a, b in self.spans(together) if a < NEW_LAW]
            with_them = frozenset(n for a, b in old_law for n in self.span(a, b))
            every = [
                (next(e for e in self.events if e.id == name), days)
                for ends in per_base.values()
                for name, days in ends
            ]
            for event, days in every:
                if days - with_them:
                    found.append(Place(event, "review", slug, "", [], event.key, days, days, cascaded=True))
            for a, b in old_law:
                event = min((e for e, days in every if self.starts(days, a)), key=lambda each: each.order)
                days = self.span(a, b)
                found.append(Place(event, "end", slug, "", [], event.key, days, days, cascaded=True))
            found += [
                Place(p.event, "review", slug, "", [], p.key, p.days, p.days, cascaded=True)
                for p in self.partial_ends(bases)
            ]
        return found

    def stretches(self, ends: list[tuple[str, Days]]) -> list[tuple[str, Days]]:
        """Each stretch of days for which a text is ended, with the event that it begins with."""
        order = {e.id: e.order for e in self.events}
        whole = frozenset(n for _, days in ends for n in days)
        return [(min((name for name, days in ends if self.starts(days, a)), key=lambda each: order[each]), self.span(a, b))
                for a, b in self.spans(whole)]  # fmt: skip

    def starts(self, days: Days, first: date) -> bool:
        return first in [a for a, _ in self.spans(days)]

    def partial_ends(self, bases: Mapping[str, Event]) -> Iterator[Place]:
        """The ends of single provisions that a detailing text names."""
        for base, detail in bases.items():
            for e in self.events:
                for p in self.places_of(e) if e.confirmed else ():
                    if p.text == base and p.manner == "end" and p.sure and p.days and (p.address or p.excepted):
                        tree = self.tree(base, p.key)
                        units = [u for x in detail.addresses if x for u in self.follow(base, x, detail.key, p.key)]
                        if any(inside(u, p.address, tree) and not any_inside(u, p.excepted, tree) for u in units):
                            yield p

    def same_field(self, e: Event) -> list[str]:
        """The other texts about one of the fields of its text, as far as they were not issued later."""
        fields, issued = set(self.texts[e.slug].get("fields") or ()), self.texts[e.slug].get("issued")
        shared = [
            (slug, text)
            for slug, text in self.texts.items()
            if slug != e.slug and fields & {*(text.get("fields") or ())}
        ]
        return [slug for slug, text in shared if not issued or not text.get("issued") or text["issued"] <= issued]
