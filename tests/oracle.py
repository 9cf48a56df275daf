"""The rules for outdated legal bases once more, in the plainest form: an oracle for the tests.

It follows the law model (sections 2 to 6 and 9) sentence by sentence, asks every event about every cited address,
remembers nothing, and shares no code with what it is compared with. It covers amend, insert, replace_phrase, replace,
repeal and expire; an event of another kind makes what it touches `unknown`. Events on events, `until_event` and
consolidated texts are left out.
"""

import calendar as months_of
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

Text = Mapping[str, Any]  # a legal text as its file has it
Calendar = Mapping[int, tuple[set[date], set[date]]]  # year: holidays, worked days of weekends
Finding = tuple[str, str, str, str, str, date | None, date | None, bool]
# element, slug, cited address, verdict, event id, since, due, overdue

WORSE_THAN_POSSIBLE = ["basis_ended", "not_in_force", "wrong_address", "outdated", "unknown", "undated", "upcoming"]
WORST_FIRST = [*WORSE_THAN_POSSIBLE, "possible", "unchecked", "changed_between", "minor"]
CHANGING = {"amend", "insert", "replace_phrase", "replace"}
ENDING = {"repeal", "expire"}
CHAPTERS = ["phan", "chuong", "muc", "tieu_muc"]  # from wide to narrow, all above the article


class Event(NamedTuple):
    """What one text does to another, from its first day until the day before `end`."""

    id: str
    kind: str
    target: str
    addresses: list[str]
    excepted: list[str]
    first: date | None
    end: date | None
    confirmed: bool
    form: bool
    implied: bool = False

    def ends(self, address: str) -> bool:
        """Does it end what it names, rather than change it? `replace` does so with whole texts only."""
        return self.kind in ENDING or (self.kind == "replace" and address == "")


class Said(NamedTuple):
    """What is said of one cited address, by an event or (without a day) by the text itself."""

    verdict: str
    event: str
    since: date | None = None
    due: date | None = None


@dataclass
class Question:
    """Which day is asked about, for a revision in force since when."""

    texts: Mapping[str, Text]
    events: list[Event]
    adopted: date
    as_of: date
    months: int
    horizon: int
    checked_within: int
    calendar: Calendar


def day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


def deadline(start: date, q: Question) -> date:
    """The same day number some months later, or the month's last day; from a day off on to the next working day."""
    year, month = divmod(start.year * 12 + start.month - 1 + q.months, 12)
    due = date(year, month + 1, min(start.day, months_of.monthrange(year, month + 1)[1]))
    while due.year in q.calendar:
        holidays, worked = q.calendar[due.year]
        if due in worked or (due.weekday() < 5 and due not in holidays):
            break
        due += timedelta(1)
    return due


def bare(number: str) -> str:
    """A number, or a slug, without what does not count: kinds of dashes, spaces, leading zeros."""
    dashes = re.sub(r"[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFC", number))
    return re.sub(r"\s", "", dashes).lstrip("0")


def slug_of(reference: str, texts: Mapping[str, Text]) -> str:
    """The slug of a text named by number or slug; that of a text not in the register is made from its number."""
    for slug, text in texts.items():
        if reference not in texts and bare(reference) == bare(text["number"]):
            return slug
    letters = unicodedata.normalize("NFD", reference.lower().replace("đ", "d").replace("/", "-"))
    return "".join(c for c in letters if not unicodedata.combining(c) and not c.isspace())


def listed(text: Text, field: str = "provisions") -> list[str]:
    return [unit["address"] for unit in text.get(field) or ()]


def split(path: str) -> tuple[list[str], list[str]]:
    """The component (attached regulation, annex) of an address, and its units within that."""
    units = path.split("__")
    n = sum(unit.startswith(("kem_theo", "phu_luc")) for unit in units)
    return units[:n], units[n:]


def width(path: str) -> int | None:
    """The place of a chapter's level in the order of levels; None for what is no chapter."""
    levels = [unit.rpartition("_")[0] for unit in split(path)[1]]
    return CHAPTERS.index(levels[-1]) if levels and set(levels) <= set(CHAPTERS) else None


def chapter(address: str, tree: list[str]) -> list[str]:
    """What stands in a chapter: the units after its name, up to the next chapter as wide as it or wider."""
    after = tree[tree.index(address) + 1 :] if address in tree else []
    own, widths = width(address) or 0, [width(unit) for unit in after]
    return after[: next((n for n, other in enumerate(widths) if other is not None and other <= own), len(after))]


def inside(inner: str, outer: str, tree: list[str]) -> bool | None:
    """Is `inner` at or below `outer`? None: an article and a chapter, and the tree does not tell."""
    path = inner.partition("#")[0]
    if outer in ("", inner):
        return True
    if "#" in outer:  # nothing is below a heading
        return False
    if path == outer or path.startswith(outer + "__"):
        return True
    component, units = split(path)
    if width(outer) is None or component != split(outer)[0] or not units:
        return False
    if not units[0].startswith("dieu_"):
        return path in chapter(outer, tree)
    article = "__".join([*component, units[0]])
    return article in chapter(outer, tree) if outer in tree and article in tree else None


def related(one: str, other: str) -> bool:
    """Is one of two addresses at or below the other, by their names alone?"""
    return bool(inside(one, other, []) or inside(other, one, []))


def covering(text: Text, provision: str) -> tuple[Mapping[str, Any], str]:
    """The in_force entry that covers a provision most closely, and its id; nothing where none does."""
    best: tuple[int, Mapping[str, Any], str] = (-1, {}, "in_force")
    for n, entry in enumerate(text.get("in_force") or ()):
        left_out = [inside(provision, x, listed(text)) for x in entry.get("except") or ()]
        named = {x: inside(provision, x, listed(text)) for x in entry.get("provisions") or [""]}
        if True not in left_out and None in [*left_out, *named.values()]:
            return {}, "in_force"  # the tree would have to tell
        for x, covered in named.items():
            if covered and True not in left_out and len(x) > best[0]:
                best = len(x), entry, entry.get("id") or f"in_force{n}"
    return best[1], best[2]


def events_of(texts: Mapping[str, Text]) -> list[Event]:
    """All events that have not been withdrawn, with their dates, and the ends that in_force entries imply."""
    stated, implied = [], []
    for slug, text in texts.items():
        for raw in text.get("events") or ():
            target = raw["target"]
            if not raw.get("withdrawn") and "text" in target:
                effect = {**covering(text, raw["source"].get("provision") or "")[0], **(raw.get("effect") or {})}
                name, what = f"{slug}#{raw['id']}", slug_of(target["text"], texts)
                where, excepted = target.get("provisions") or [""], target.get("except") or []
                when, sure, form = day(effect.get("from")), bool(raw.get("confirmed")), raw.get("grade") == "form"
                stated.append(Event(name, raw["kind"], what, where, excepted, when, day(effect.get("to")), sure, form))
    for slug, text in texts.items():
        for n, entry in enumerate(text.get("in_force") or ()):
            if last := day(entry.get("to")):
                name = f"{slug}#{entry.get('id') or f'in_force{n}'}"
                where, excepted = entry.get("provisions") or [""], [*(entry.get("except") or [])]
                others = [each for each in text["in_force"] if each is not entry]
                if not entry.get("provisions"):
                    excepted += [x for each in others for x in each.get("provisions") or ()]
                same = [day(e["from"]) for e in others if (e.get("provisions") or [""]) == where]
                again = min((first for first in same if first is not None and first >= last), default=None)
                implied.append(Event(name, "expire", slug, where, excepted, last, again, True, False, implied=True))
    return stated + implied


def said_already(event: Event, cited: str, excepted: Iterable[str], tree: list[str], q: Question) -> bool:
    """Is this the end a text states of itself, of what another text has ended by then for good?"""
    if not event.implied or event.first is None:
        return False
    ended = []
    for other in q.events:
        if other.target == event.target and not other.implied and other.confirmed and other.end is None:
            earlier = other.first is not None and other.first <= event.first
            if earlier and "basis_ended" in [effect_on(other, x, cited, excepted, tree) for x in other.addresses]:
                ended += other.addresses
    touching = [x for x in event.addresses if effect_on(event, x, cited, excepted, tree)]
    return all(any(inside(x, end, tree) for end in ended) for x in touching)


def effect_on(event: Event, target: str, cited: str, excepted: Iterable[str], tree: list[str]) -> str | None:
    """What one address of an event does to a cited address while it operates; None if it does not touch it."""
    if event.kind == "insert" and width(target) is not None and cited:
        # What a new chapter holds is new; what was cited before stands beside it.
        path = cited.partition("#")[0]
        if path != target and not path.startswith(target + "__") and not target.startswith(path + "__"):
            return None
    above, below = inside(cited, target, tree), inside(target, cited, tree)
    dropped = [inside(cited, x, tree) for x in event.excepted] + [inside(target, x, tree) for x in excepted]
    if True in dropped or (above is False and below is False):
        return None
    if None in dropped or not (above or below) or event.kind not in CHANGING | ENDING:
        return "unknown"
    if not above and "#" in target:
        return "minor"
    if event.ends(target):
        return "basis_ended" if above else "outdated"
    return "minor" if event.form and event.kind != "replace" else "outdated"


def window(event: Event, state: bool, q: Question) -> tuple[str, date | None, date | None] | None:
    """Name, first day and end of what an event still has to say after the baseline; None if that is nothing.

    `state`: it ends the cited address or one above it, which is said whatever was dealt with before.
    """
    first, end = event.first, event.end
    if first is None:
        return None if end and end <= q.as_of else (event.id, None, None)
    if event.kind not in CHANGING | ENDING:
        return event.id, first, None
    if end is not None and end <= first:
        return None
    if end is not None and end <= q.adopted:
        return None
    if first > q.adopted:
        return event.id, first, end
    if not event.confirmed:
        return None if end is not None and end <= q.as_of else (event.id, first, end)
    if state and (end is None or q.as_of < end):
        return event.id, first, end
    return None if end is None else (f"{event.id}@{end}", end, None)


def says(event: Event, target: str, cited: str, excepted: Iterable[str], tree: list[str], q: Question) -> Said | None:
    """What an event says of a cited address because of one of its own addresses."""
    effect = effect_on(event, target, cited, excepted, tree)
    state = event.ends(target) and inside(cited, target, tree) is not False
    open_window = window(event, state, q) if effect else None
    if effect is None or open_window is None:
        return None
    name, first, end = open_window
    if first is not None and first > q.as_of + timedelta(q.horizon):
        return None
    if "@" in name and effect == "basis_ended":
        effect = "outdated"  # what was taken in, that it had ended, holds no longer
    verdict, due = effect, None
    if effect != "unknown":
        if first is None:
            verdict = "undated"
        elif q.as_of < first:
            verdict = "upcoming"
        elif end is not None and end <= q.as_of:
            verdict = "changed_between"
        if first is not None and effect in ("outdated", "basis_ended") and verdict in (effect, "upcoming"):
            due = deadline(first, q)
    if not event.confirmed:
        return Said("possible", name, first) if verdict in WORSE_THAN_POSSIBLE else None
    return Said(verdict, name, first, due)


def absent(slug: str, cited: str, q: Question) -> bool:
    """Had the text no such unit when the revision took effect, as far as is known?"""
    text, unit = q.texts[slug], cited.partition("#")[0]
    if not text.get("provisions") or text.get("provisions_complete") is False:
        return False
    if any(inside(x, unit, []) for x in listed(text)) or any(related(x, unit) for x in listed(text, "attachments")):
        return False
    for event in q.events:
        if event.target == slug and event.confirmed and event.first and event.first <= q.adopted:
            for x in event.addresses:
                above = x not in ("", unit) and inside(unit, x, listed(text))
                if (event.kind == "insert" and related(x, unit)) or (event.kind in CHANGING and above):
                    return False
    return True


def of_text(slug: str, cited: str, q: Question) -> list[Said]:
    """What the cited text itself says: not held, not yet in force, no such unit, not looked at for long."""
    if slug not in q.texts:
        return [Said("unknown", "")]
    text, found = q.texts[slug], []
    entry, name = covering(text, cited)
    start, checked = day(entry.get("from")), day(text.get("checked"))
    if text.get("in_force") and start is None:
        found.append(Said("undated", f"{slug}#{name}@start"))
    elif start and start > q.as_of:
        soon = start <= q.as_of + timedelta(q.horizon)
        found.append(Said("upcoming" if soon else "not_in_force", f"{slug}#{name}@start", start))
    if absent(slug, cited, q):
        found.append(Said("wrong_address", f"{cited}@absent"))
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
) -> list[Finding]:
    """Every finding, as of a day, on a procedure that cites so and whose revision took effect on `adopted`."""
    q = Question(texts, events_of(texts), adopted, as_of, months, horizon, checked_within, calendar or {})
    findings: set[Finding] = set()
    for citation in citations:
        slug = slug_of(citation["text"], texts)
        tree, excepted = listed(texts.get(slug, {})), citation.get("except") or []
        for cited in [] if citation.get("pinned") else citation.get("provisions") or [""]:
            worst: dict[str, Said] = {}  # of what the several addresses of one event say
            for event in (e for e in q.events if bare(e.target) == bare(slug)):
                if said_already(event, cited, excepted, tree, q):
                    continue
                said = [says(event, target, cited, excepted, tree, q) for target in event.addresses]
                for one in sorted(filter(None, said), key=lambda x: (WORST_FIRST.index(x.verdict), x.due is None)):
                    worst.setdefault(event.id, one)
            for verdict, name, since, due in [*of_text(slug, cited, q), *worst.values()]:
                grace = timedelta(0 if due is None or due.year in q.calendar else 30)
                late = verdict in ("outdated", "basis_ended") and due is not None and as_of > due + grace
                findings.add((citation["element"], slug, cited, verdict, name, since, due, late))
    return sorted(findings, key=lambda finding: finding[:5])
