"""The rules for outdated legal bases once more, in the plainest form: an oracle for the tests.

It follows docs/currency.md and docs/readings.md sentence by sentence, asks every event about every cited address,
remembers nothing, and shares no code with what it is compared with. Addresses and lineages: oracle_addresses.py;
events: oracle_events.py; their windows, events on events, cascades: oracle_windows.py; here: what is said of a citation on a day. Left out:
conflicts with the status that a publisher asserts.
"""

import calendar as months_of
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from oracle_addresses import Text, any_inside, bare, covering, inside, listed, meant, related, width
from oracle_events import CHANGING, Event, Key, day
from oracle_windows import Law, Place

Calendar = Mapping[int, tuple[set[date], set[date]]]  # year: holidays, worked days of weekends
Finding = tuple[str, str, str, str, str, date | None, date | None, bool]
# element, slug, cited address, verdict, event id, since, due, overdue

UPCOMING_OR_WORSE = ["basis_ended", "suspended", "not_in_force", "wrong_address", "outdated", "unknown", "undated",
                     "upcoming"]  # fmt: skip
WORST_FIRST = [*UPCOMING_OR_WORSE, "possible", "review", "unchecked", "transition", "changed_between", "minor"]
WITH_DUE = ("outdated", "basis_ended")


class Said(NamedTuple):
    """What is said of one cited address, by an event or (without a day) by the text itself."""

    verdict: str
    event: str
    since: date | None = None
    due: date | None = None


@dataclass
class Question:
    """One citation of one address, on a day, in a revision in force since `adopted`; `closings` those of it alone."""

    law: Law
    slug: str
    cited: str
    excepted: list[str]
    adopted: date
    as_of: date
    months: int
    horizon: int
    checked_within: int
    calendar: Calendar
    issued: bool
    dealt_with: Mapping[str, date] = field(default_factory=dict)  # by a consolidated text: event, its day
    closings: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def soon(self) -> date:
        return self.as_of + timedelta(self.horizon)

    @property
    def text(self) -> Text:
        return self.law.texts.get(self.slug, {})

    def names(self, address: str, key: Key) -> list[str]:
        """The numbers that a unit, written in those of the revision's first day, had just before an event."""
        return sorted(self.law.follow(self.slug, address, (self.adopted + timedelta(1),), key))


def deadline(start: date, months: int, calendar: Calendar) -> date:
    """The same day number some months later, or the month's last day; from a day off on to the next working day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    due = date(year, month + 1, min(start.day, months_of.monthrange(year, month + 1)[1]))
    while due.year in calendar:
        holidays, worked = calendar[due.year]
        if due in worked or (due.weekday() < 5 and due not in holidays):
            break
        due += timedelta(1)
    return due


# -- what touches what -------------------------------------------------------------------------------


def effect_on(place: Place, cited: str, excepted: Iterable[str], tree: list[str]) -> str | None:
    """What an event does to a cited address while it operates at a place; None if it does not touch it."""
    target = place.address
    if place.fresh and width(target) is not None and cited:
        # What a new chapter holds is new; what was cited before stands beside it.
        path = cited.partition("#")[0]
        if path != target and not path.startswith(target + "__") and not target.startswith(path + "__"):
            return None
    at_or_below, above = inside(cited, target, tree), inside(target, cited, tree)
    dropped = [inside(cited, x, tree) for x in place.excepted] + [inside(target, x, tree) for x in excepted]
    if True in dropped or (at_or_below is False and above is False):
        return None
    if place.manner == "review":
        return "review"  # at most that, whether it is about the address or not
    if None in dropped or not (at_or_below or above) or place.manner == "unknown":
        return "unknown"
    if not at_or_below and "#" in target:
        return "minor"
    if place.manner in ("end", "suspend"):
        return {"end": "basis_ended", "suspend": "suspended"}[place.manner] if at_or_below else "outdated"
    return {"change": "outdated"}.get(place.manner, place.manner)


def effects(place: Place, cited: str, q: Question) -> list[tuple[str, bool]]:
    """What an event does to a cited address, by each number that this had before it; and whether at or above it."""
    if place.text != q.slug and bare(place.text) != bare(q.slug):
        return []
    tree, found = q.law.tree(place.text, place.key), []
    excepted = [now for x in q.excepted for now in q.names(x, place.key)]
    nobody = left_empty(q.cited.partition("#")[0], q)  # under this number: whoever gets it later is another unit
    names = ([] if nobody else q.names(cited, place.key)) or ([cited] if place.address == "" else [])
    same = [p.address for p in q.law.places if p.event == place.event and p.text == place.text and p.on == place.on]
    whole = all(any(inside(name, address, tree) is not False for address in same) for name in names)
    for name in names:
        if (effect := effect_on(place, name, excepted, tree)) is not None:
            at_or_above = place.manner in ("end", "suspend") and inside(name, place.address, tree) is not False
            if effect in ("basis_ended", "suspended") and not whole:  # a part of what was split is left (35)
                effect, at_or_above = "outdated", False
            found.append((effect, at_or_above))
    return found


def new_unit(place: Place, q: Question) -> bool:
    """Did the revision cite a new unit, inserted with a number that what this event is on may have had before?"""
    law = q.law
    for insert in law.events if place.address else ():
        for x in insert.addresses if insert.kind == "insert" and insert.confirmed and insert.text == place.text else ():
            made = law.days(insert, x) and law.first(law.days(insert, x)) <= q.adopted
            if made and place.key < insert.key and any(inside(name, x, []) for name in q.names(q.cited, insert.key)):
                return True
    return False


def said_already(place: Place, q: Question) -> bool:
    """Is this the end a text states of itself, of what another text has ended by then for good?"""
    if place.on and place.on.implied == "end":  # said of such an end
        about = [p for p in q.law.places if p.event == place.on and p.text == place.text and not p.on]
        return bool(about) and all(said_already(each, q) for each in about)
    if place.event.implied != "end" or not place.days or place.text != place.event.slug:
        return False
    law, first, ended = q.law, q.law.first(place.days), []
    for other in law.places:
        if other.text == place.text and other.sure and other.manner == "end" and not (
            other.event.implied == "end" and other.event.slug == place.text
        ):  # fmt: skip
            lasting = [a for a, b in law.spans(other.days) if b is None and a <= first]
            if lasting and "basis_ended" in [effect for effect, _ in effects(other, q.cited, q)]:
                ended.append(other.address)
    own = [p for p in law.places if p.event == place.event and p.text == place.text and effects(p, q.cited, q)]
    return bool(own) and all(any_inside(p.address, ended, listed(q.text)) for p in own)


# -- what is said --------------------------------------------------------------------------------------


def decision(name: str, q: Question, also: Iterable[tuple[date, str]] = ()) -> tuple[str, date] | None:
    """How an event has been dealt with, and when: the last decision counts; None where never, or reopened."""
    made = [(each["day"], each["decision"]) for each in q.closings if each["event"] == name]
    named = [(when, what) for at, what in made if (when := date.fromisoformat(str(at))) <= q.as_of]
    known = [*sorted(also), *sorted(named, key=lambda each: each[0])]  # what a record names goes before what is implied
    return (known[-1][1], known[-1][0]) if known and known[-1][1] != "reopened" else None


def dealt(place: Place, q: Question) -> tuple[str, date] | None:
    """How the event at this place has been dealt with: by name, by a consolidated text, or by the adoption."""
    taken_in = [(q.dealt_with[place.event.id], "updated")] if place.event.id in q.dealt_with else []
    if not q.issued and place.event.confirmed and q.law.on(q.adopted, place.days):
        taken_in.append((q.adopted, "updated"))
    found = decision(place.event.id, q, taken_in)
    if found and found[0] == "updated":  # by several: as late as the last of them
        return "updated", max(found[1], *(when for when, _ in taken_in), date.min)
    return found


def for_citation(place: Place, q: Question) -> Place:
    """The place with the days that count for a citation: less where `resume` saves what it cites."""
    law, days = q.law, place.days
    if place in law.cascade:
        days -= law.saved(place.text, [q.cited])
    if place.manner == "suspend" and place.text == place.event.text:
        days = law.suspended(place.event, place.address, place.text, q.cited, (q.adopted + timedelta(1),))
    return place._replace(days=days)


def due_of(place: Place, effect: str, since: date, q: Question) -> date | None:
    """The deadline of what is not dealt with: of what it took the place of, where that is not dealt with either."""
    return min([deadline(since, q.months, q.calendar), *kept_dues(place, q)]) if effect in WITH_DUE else None


def kept_dues(place: Place, q: Question) -> Iterator[date]:
    for old in place.instead:
        if dealt(old, q) is None:
            left = [a for a, b in q.law.spans(old.days) if b is None or b > q.adopted]
            if left and {each for each, _ in effects(old, q.cited, q)} & {*WITH_DUE}:
                yield deadline(left[0], q.months, q.calendar)
            yield from kept_dues(old, q)


def stranded(place: Place, q: Question) -> bool:
    """Did it take the place of what the revision has taken in? Then the procedure's words are law no more (34)."""
    return any(
        ((dealt(old, q) or ("",))[0] == "updated" and bool(effects(old, q.cited, q))) or stranded(old, q)
        for old in place.instead
    )


def not_operating(place: Place, q: Question) -> bool:
    """Does a suspension name only units that have been inserted and have not operated yet? (6.3)"""
    event = place.on or place.event
    if event.kind not in ("suspend", "disapply") or not event.text:
        return False
    windows = q.law.spans(frozenset(n for x in event.addresses for n in q.law.days(event, x)))
    return all(unborn(event, x, windows[-1][1] if windows else None, q) for x in event.addresses)


def unborn(stop: Event, unit: str, end: date | None, q: Question) -> bool:
    law, found = q.law, []
    for p in law.places:
        inserts = p.fresh and p.sure and not p.on and p.text == stop.text and p.manner != "transition"
        units = law.follow(p.text, unit, stop.key, p.key) if inserts else ()
        if any(inside(x, p.address, []) for x in units):
            found.append(p)
    units = [
        now for x in listed(law.texts.get(stop.text, {})) for now in law.follow(stop.text, x, (date.min,), stop.key)
    ]
    known = any(inside(x, unit, []) for x in units)
    began = [p for p in found if p.days and (end is None or law.first(p.days) < end)]
    return bool(found) and not known and not began


def silent(place: Place, q: Question) -> bool:
    """Does a suspension stop nothing; or is it about a text that spells out others, and has ended itself?"""
    if place.cascaded and any(q.law.on(q.as_of, days) for _, days in q.law.whole_ends(place.text, cascaded=False)):
        return True
    with_others = (c.days for c in q.law.cascade if c.manner == "end" and c.text == place.text)
    if place.cascaded and place.manner == "review" and any(q.law.on(q.as_of, days) for days in with_others):
        return True
    ended = place.event.implied == "detail" and q.law.whole_ends(place.event.slug)
    return not_operating(place, q) or any(q.law.on(q.as_of, days) for _, days in ended or ())


def speak(place: Place, effect: str, state: bool, q: Question) -> Said | None:
    """What an event says of a cited address because of one of its places, before it is asked whether it is sure."""
    name, status = place.event.id, dealt(place, q)
    if (status and status[0] != "updated") or silent(place, q):
        return None
    if place.undated:
        over = status or (place.gone is not None and place.gone <= q.as_of)
        return None if over else Said("unknown" if effect == "unknown" else "undated", name)
    spans = q.law.spans(place.days)
    left = [(a, b) for a, b in spans if b is None or b > q.adopted]
    if not left:
        return None
    holding = any(a <= q.as_of and (b is None or q.as_of < b) for a, b in left)
    if status and not (state and holding):
        return speak_again(place, effect, spans, status[1], q)
    if effect == "minor" and [*kept_dues(place, q)]:
        effect = "outdated"  # in it stands what nobody has dealt with
    return speak_first(place, effect, holding, [a for a, _ in left], q)


def speak_first(place: Place, effect: str, holding: bool, starts: list[date], q: Question) -> Said | None:
    """The same of an event that has not been dealt with, or of a state that holds; `starts` of windows not over then."""
    name, since, coming = place.event.id, starts[0], [first for first in starts if q.as_of < first <= q.soon]
    if not holding and (place.cascaded or effect == "review"):
        return None  # what is indirect announces nothing
    if not holding and place.on and place.manner != "unknown" and not coming:
        return None  # a proposal that is over
    if place.manner == "unknown":
        return Said("unknown", name, since) if since <= q.as_of else None
    if effect == "unknown":
        return Said("unknown", name, coming[0] if coming and not holding else since) if since <= q.soon else None
    if not holding and since <= q.as_of and effect != "transition" and stranded(place, q):
        return Said("outdated", name, since, due_of(place, "outdated", since, q))
    due = due_of(place, effect, since, q)
    if holding:
        return Said(effect, name, since, due)
    if coming:
        return Said("upcoming", name, coming[0], due)
    return Said("changed_between", name, since) if since <= q.as_of else None


def speak_again(
    place: Place, effect: str, spans: list[tuple[date, date | None]], when: date, q: Question
) -> Said | None:
    """What an event that was taken in says when its window ends or comes back."""
    if place.on or place.cascaded or place.manner in ("review", "transition", "unknown"):
        return None
    ended = effect if effect in ("minor", "unknown") else "outdated"
    # Where another event took its place, that one speaks.
    marks = [(b, ended) for _, b in spans if b and b > max(when, q.adopted) and b not in place.taken]
    marks += [(a, effect) for a, b in spans[1:] if a > when and (b is None or b > q.adopted)]
    past, coming = [m for m in sorted(marks) if m[0] <= q.as_of], [m for m in sorted(marks) if m[0] > q.as_of]
    for at, verdict in [*past[-1:], *coming[:1]]:
        name = f"{place.event.id}@{at}"
        if at <= q.soon and not decision(name, q):
            due = deadline(at, q.months, q.calendar) if verdict in WITH_DUE else None
            return Said("upcoming" if at > q.as_of and verdict != "unknown" else verdict, name, at, due)
    return None


def of_definitions(q: Question) -> list[Place]:
    """The places where the article of definitions was changed in substance, to be reviewed by all who cite the text."""
    article: str = q.text.get("definitions") or ""
    found = []
    doubtful = q.law.doubts() if article else []
    for place in q.law.places if article else ():
        if place in doubtful:
            continue
        names = q.law.follow(place.text, article, (date.min,), place.key)
        tree = q.law.tree(place.text, place.key)
        hit = [effect_on(place, name, (), tree) for name in names]
        if place.text == q.slug and place.manner in ("change", "end") and set(hit) & set(WITH_DUE):
            found.append(place._replace(manner="review", address="", excepted=[], instead=()))
    return found


def of_events(q: Question) -> list[Said]:
    """What the events say: of each the worst that its places say."""
    places = [for_citation(each, q) for each in q.law.places]
    direct = [(place, effect, state) for place in places for effect, state in effects(place, q.cited, q)]
    touching = {place.event.id for place, _, _ in direct if not new_unit(place, q)}
    said = [(place, speak(place, effect, state, q)) for place, effect, state in direct
            if not said_already(place, q) and not new_unit(place, q)]  # fmt: skip
    said += [(place, speak(place, "review", False, q)) for place in of_definitions(q) if place.event.id not in touching]
    heard: list[tuple[str, Said]] = []
    for place, one in said:
        if one and place.sure:
            heard.append((place.event.id, one))
        elif one and one.verdict in UPCOMING_OR_WORSE:
            heard.append((place.event.id, Said("possible", one.event, one.since)))
    worst: dict[str, Said] = {}
    for name, one in sorted(heard, key=lambda each: order(each[1])):
        worst.setdefault(name, one)
    return [*worst.values()]


def order(said: Said) -> tuple[int, date, date, str]:
    return WORST_FIRST.index(said.verdict), said.due or date.max, said.since or date.max, said.event


def left_empty(unit: str, q: Question) -> bool:
    """Has a renumbering by the baseline taken a number away from a unit, and nobody has had it since?"""
    law, text = q.law, q.slug
    for key, pairs in reversed([each for each in law.renumberings(text) if each[0] < (q.adopted + timedelta(1),)]):
        for insert in law.events:
            for x in insert.addresses if insert.kind == "insert" and insert.confirmed and insert.text == text else ():
                days = law.days(insert, x)
                made = days and law.first(days) <= q.adopted and (law.first(days), *insert.order) > key
                if made and inside(unit, x, []):
                    return False
        if any(inside(unit, new, []) for _, new in pairs):
            return False
        if any(inside(unit, old, []) for old, _ in pairs):
            return True
    return False


def absent(q: Question) -> bool:
    """Had the text no such unit when the revision took effect, as far as is known?"""
    law, text, unit = q.law, q.text, q.cited.partition("#")[0]
    if left_empty(unit, q):
        return True
    if not text.get("provisions") or text.get("provisions_complete") is False:
        return False
    baseline = (q.adopted + timedelta(1),)
    units = [now for x in listed(text) for now in law.follow(q.slug, x, (date.min,), baseline)]
    for key, pairs in law.renumberings(q.slug):
        if key < baseline:
            units = [*units, *(now for _, new in pairs for now in law.follow(q.slug, new, (*key, ""), baseline))]
    if any(inside(x, unit, []) for x in units) or any(related(x, unit) for x in listed(text, "attachments")):
        return False
    for place in law.places:
        if place.text == q.slug and place.sure and not place.on and place.whole and law.first(place.whole) <= q.adopted:
            holds = law.on(q.adopted, place.days)
            for x in law.follow(place.text, place.address, place.key, baseline):
                above = bool(inside(unit, x, units))
                made = place.fresh or place.event.kind == "insert"
                written = place.event.kind in CHANGING and not made and place.manner in ("change", "minor")
                if made and holds and related(x, unit):
                    return False
                if (written and above and x not in ("", unit)) or (place.manner == "end" and above and holds):
                    return False
    return True


def of_text(q: Question) -> list[Said]:
    """What the cited text itself says: not held, not yet in force, no such unit, not looked at for long."""
    if q.slug not in q.law.texts or q.text["kind"] == "consolidated":
        return [Said("unknown", "")]
    text, found = q.text, []
    first_numbers = sorted(q.law.follow(q.slug, q.cited, (q.adopted + timedelta(1),), (date.min,)))
    entry, name = covering(text, first_numbers[0] if first_numbers else q.cited)
    start, checked = day(entry.get("from")), day(text.get("checked"))
    if text.get("in_force") and start is None:
        found.append(Said("undated", f"{q.slug}#{name}@start"))
    elif start and start > q.as_of:
        found.append(Said("upcoming" if start <= q.soon else "not_in_force", f"{q.slug}#{name}@start", start))
    if absent(q):
        found.append(Said("wrong_address", f"{q.cited}@absent"))
    found = [each for each in found if (decision(each.event, q) or ("updated",))[0] == "updated"]
    lately = checked is not None and checked + timedelta(q.checked_within) >= q.as_of
    if not lately or (text.get("stub") and not text.get("in_force")):
        found.append(Said("unchecked", ""))
    return found


def judge(
    texts: Mapping[str, Text],
    citations: Iterable[Mapping[str, Any]],
    adopted: date,
    as_of: date,
    months: int = 3,
    horizon: int = 98,
    checked_within: int = 90,
    calendar: Calendar | None = None,
    closings: Iterable[Mapping[str, Any]] | None = None,
    issued: bool = False,
) -> list[Finding]:
    """Every finding, as of a day, on a procedure that cites so and whose revision took effect on `adopted`.

    `closings`: what records have dealt with, each {element, text (slug), address, event, decision (updated, no_impact,
    wrong_event, reopened), day}. Without `issued` what holds on `adopted` counts as updated besides.
    """
    law = Law(texts)
    findings: set[Finding] = set()
    for citation in citations:
        slug, consolidated = meant(citation["text"], texts)
        for cited in [] if citation.get("pinned") else citation.get("provisions") or [""]:
            mine = [each for each in closings or ()
                    if (each["element"], each["text"], each["address"]) == (citation["element"], slug, cited)]  # fmt: skip
            taken_in = {} if consolidated is None else dict.fromkeys(
                consolidated.get("events") or (), date.fromisoformat(consolidated["issued"])
            )  # fmt: skip
            q = Question(law, slug, cited, citation.get("except") or [], adopted, as_of, months, horizon, checked_within,
                         calendar or {}, issued, taken_in, mine)  # fmt: skip
            for verdict, name, since, due in [*of_text(q), *of_events(q)]:
                grace = timedelta(0 if due is None or due.year in q.calendar else 30)
                late = verdict in WITH_DUE and due is not None and as_of > due + grace
                findings.add((citation["element"], slug, cited, verdict, name, since, due, late))
    return sorted(findings, key=lambda finding: finding[:5])
