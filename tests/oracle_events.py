"""The events of a register for the oracle: those that its texts state, and those that they imply."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from oracle_addresses import Text, covering, place, slug_of

WORDS = ("amend", "insert", "replace_phrase", "replace")  # what another clause can be put in the place of
CHANGING = (*WORDS, "correct")
BESIDE = ("insert", "replace_phrase", "correct", "renumber", "transition")
ENDING = ("repeal", "expire")
SUSPENDING = ("suspend", "disapply")
ACTING = (*CHANGING, *ENDING, *SUSPENDING, "renumber", "resume", "transition")
RANKS = ("constitution", "code law", "resolution", "ordinance", "decree", "decision", "circular joint_circular",
         "directive", "consolidated", "individual_decision", "official_letter", "notice", "standard", "internal")  # fmt: skip
NEW_LAW = date(2025, 4, 1)  # 64/2025/QH15: what details an ended text no longer ends with it
Key = tuple[Any, ...]  # the order of events of one day
Days = frozenset[int]
NONE: Days = frozenset()


class Stretches:
    """Sets of days as sets of numbers: the n-th stretch from one day that the register names to the next."""

    def __init__(self, named: Iterable[date | None]) -> None:
        self.named = sorted({each for each in named if each is not None})

    def span(self, first: date | None, end: date | None = None) -> Days:
        """The days from `first` to before `end`."""
        if first is None:
            return NONE
        return frozenset(
            range(bisect_left(self.named, first), len(self.named) if end is None else bisect_left(self.named, end))
        )

    def on(self, when: date, days: Days) -> bool:
        return bisect_right(self.named, when) - 1 in days

    def first(self, days: Iterable[int]) -> date:
        return self.named[min(days)]

    def spans(self, days: Days) -> list[tuple[date, date | None]]:
        """The windows that a set of days makes: first day, and the first day after it."""
        ends = [*self.named[1:], None]
        edges = [n for n in sorted(days) if n - 1 not in days], [n for n in sorted(days) if n + 1 not in days]
        return [(self.named[a], ends[b]) for a, b in zip(*edges, strict=True)]


class Event(NamedTuple):
    """What one text does to another, or to another event; `implied` where a text implies it: end, detail."""

    id: str
    slug: str
    kind: str
    source: str | None
    text: str
    addresses: list[str]
    excepted: list[str]
    on: str
    first: date | None
    end: date | None
    until: str
    entry: str  # the id of the in_force entry that the end was left to
    confirmed: bool
    form: bool
    pairs: list[tuple[str, str]]
    order: Key
    implied: str = ""

    @property
    def key(self) -> Key:
        """The addresses of an event are those of the day before it; of what in_force states, the first ones."""
        return (date.min if self.implied == "end" else self.first or date.max, *self.order)

    @property
    def undated(self) -> bool:
        return self.first is None and self.implied != "end"


def day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


def read(texts: Mapping[str, Text]) -> list[Event]:
    """All events that have not been withdrawn, and those that in_force and details imply."""
    found = []
    for slug, text in texts.items():
        rank = next(n for n, kinds in enumerate(RANKS) if text["kind"] in kinds.split())
        order = (rank, text.get("issued") or "9999")
        for raw in text.get("events") or ():
            if raw.get("withdrawn"):
                continue
            target, source = raw.get("target") or {}, raw["source"].get("provision") or ""
            entry, name = covering(text, source)
            own = raw.get("effect") or {}
            effect = {**entry, **own}
            where = [pair["from"] for pair in raw.get("pairs") or ()] or target.get("provisions") or [""]
            found.append(Event(
                f"{slug}#{raw['id']}", slug, raw["kind"], source, slug_of(target["text"], texts) if "text" in target else "",
                where if "text" in target else [""], target.get("except") or [], target.get("event") or "",
                day(effect.get("from")), day(effect.get("to")), effect.get("until_event") or "",
                "" if "to" in own else f"{slug}#{name}", bool(raw.get("confirmed")), raw.get("grade") == "form",
                [(pair["from"], pair["to"]) for pair in raw.get("pairs") or ()], (*order, slug, place(source), raw["id"]),
            ))  # fmt: skip
        for n, entry in enumerate(text.get("in_force") or ()):
            if entry.get("to") or entry.get("until_event"):
                where, excepted = entry.get("provisions") or [""], [*(entry.get("except") or [])]
                if not entry.get("provisions"):
                    excepted += [x for each in text["in_force"] for x in each.get("provisions") or ()]
                name = f"{slug}#{entry.get('id') or f'in_force{n}'}"
                found.append(Event(name, slug, "expire", None, slug, where, excepted, "", None, None, "", "", True, False,
                                   [], (*order, slug, [], name), implied="end"))  # fmt: skip
        details: dict[str, list[str]] = {}
        for each in text.get("details") or ():
            details.setdefault(slug_of(each["text"], texts), []).extend(each.get("provisions") or [""])
        entry, name = covering(text, "")
        starts = [entry] if entry else text.get("in_force") or [{}]
        entry = min(starts, key=lambda each: each.get("from") or "9999")
        for base, where in details.items():
            found.append(Event(f"{slug}#detail", slug, "detail", None, base, where, [], "", day(entry.get("from")),
                               day(entry.get("to")), entry.get("until_event") or "", f"{slug}#{name}", True, False, [],
                               (*order, slug, [], "detail"), implied="detail"))  # fmt: skip
    return found


def manner(e: Event, address: str) -> str:
    """What an event does to what it names."""
    if e.kind in ENDING or (e.kind == "replace" and address == ""):
        return "end"
    if e.kind in SUSPENDING:
        return "suspend"
    if e.kind == "transition":
        return "transition"
    if e.kind in ("detail", "general_repeal"):
        return "review"
    return "minor" if e.kind == "renumber" or (e.form and e.kind != "replace") else "change"
