"""The real changes of real texts, replayed: what the official codification says happened, day by day, against verdicts.

Read where the relations lie, never copied. What is expected is worked out here from the relations alone.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any, NamedTuple

import oracle
import pytest
from codified import RELATIONS, Refusal, Relation, records, relations

from docctl.currency.citation import judge
from docctl.currency.dealt import Closing, DealtWith
from docctl.currency.grounds import Grounds
from docctl.currency.question import Question
from docctl.currency.subjects import Subject
from docctl.currency.verdicts import currency
from docctl.documents.loading import shipped_year
from docctl.law.identity import slug
from docctl.law.register import Register
from docctl.model.citation import Citation
from docctl.model.currency import State
from docctl.model.legal_text import LegalText
from docctl.model.procedure import Procedure
from docctl.model.record import NO_IMPACT, UPDATED, Cited, Dealt
from docctl.model.view import Document
from docctl.schema import is_valid
from docctl.verdict import Baseline, Judgement

pytestmark = pytest.mark.skipif(not RELATIONS.is_file(), reason=f"the relations are not at {RELATIONS}")

Tree = dict[str, Any]
DAY = timedelta(days=1)
HORIZON = 98
END = date(2026, 6, 30)
"""After the last change of the relations and its due date."""
YEARS = {year: found for year in range(1990, 2030) if (found := shipped_year(year)) is not None}
WORKDAYS = {year: (set(each.holidays), set(each.worked)) for year, each in YEARS.items()}


class Said(NamedTuple):
    """One judgement, as far as it is expected: ``day`` is the due day, None where there is none."""

    event: str
    verdict: str
    since: date | None
    due: date | None
    overdue: bool


class Happened(NamedTuple):
    """An event of the register as the relations tell it."""

    id: str
    slug: str
    address: str
    kind: str
    first: date
    acting: str
    source: str | None


# -- the register ----------------------------------------------------------------------------------


@cache
def read() -> tuple[Sequence[Relation], Sequence[Refusal]]:
    found = [each for record in records() for each in relations(record["note"])]
    return (
        [each for each in found if isinstance(each, Relation)],
        [each for each in found if isinstance(each, Refusal)],
    )


def aimed(relation: Relation) -> tuple[str, str, str | None]:
    """Kind, address and place of a relation as the note has it: it says which article, seldom which khoản."""
    return relation.kind, relation.address, None


def aimed_below(relation: Relation) -> tuple[str, str, str | None]:
    """The same, supposing that what was done inside an article was done to its khoản 2, or added khoản 2a after it."""
    if relation.kind != "amend":
        return relation.kind, relation.article, None
    second = f"{relation.article}__khoan_2"
    return ("insert", f"{second}a", second) if relation.partial == "insert" else (relation.partial, second, None)


@dataclass(frozen=True)
class World:
    """A register made of the relations, and what happened in it."""

    trees: Mapping[str, Tree]
    starts: Mapping[str, date]
    happened: Sequence[Happened]
    grounds: Grounds

    @cached_property
    def through(self) -> Sequence[Happened]:
        """What inserts the very provision by which another event acts does something to the targets of that event too."""
        found = []
        for other in self.happened:
            for each in self.by_text.get(other.acting, ()) if other.source else ():
                if f"{other.source}__".startswith(f"{each.address}__"):
                    assert each.kind == "insert", "what amends or ends an event is expected in no relation"
                    first = max(each.first, other.first)
                    found.append(each._replace(slug=other.slug, address=other.address, kind="amend", first=first))
        return found

    @cached_property
    def by_text(self) -> Mapping[str, Sequence[Happened]]:
        found: dict[str, list[Happened]] = {}
        for each in self.happened:
            found.setdefault(each.slug, []).append(each)
        return found

    def on(self, name: str) -> Sequence[Happened]:
        """All that acts on a text."""
        return [*self.by_text[name], *(each for each in self.through if each.slug == name)]


@cache
def replayed(*, below: bool = False) -> World:
    trees: dict[str, Tree] = {}
    starts: dict[str, date] = {}
    happened = []
    found, _ = read()
    for text in (each for relation in found for each in (relation.text, relation.act)):
        starts.setdefault(slug(text.number), text.first)  # one that is changed itself has the day that its notes give
        trees.setdefault(slug(text.number), tree_of(text.number, text.kind, starts[slug(text.number)]))
    for relation in found:
        acting, target = slug(relation.act.number), slug(relation.text.number)
        kind, address, after = (aimed_below if below else aimed)(relation)
        events = trees[acting].setdefault("events", [])
        name = f"e{len(events) + 1}"
        day = starts[acting].isoformat()
        event: Tree = {
            "id": name, "kind": kind, "recorded": day, "confirmed": {"by": "thu-ky", "on": day},
            "source": {"quote": relation.note[:300]},
            "target": {"text": relation.text.number, "provisions": [address]},
        }  # fmt: skip
        if relation.source is not None:
            event["source"]["provision"] = relation.source
        if relation.act.first != starts[acting]:
            event["effect"] = {"from": relation.act.first.isoformat()}
        if after is not None:
            event["after"] = after
        events.append(event)
        happened.append(
            Happened(f"{acting}#{name}", target, address, kind, relation.act.first, acting, relation.source)
        )
    texts = {name: LegalText.from_tree(tree) for name, tree in trees.items()}
    return World(trees, starts, happened, Grounds(Register(texts, {name: f"legal/{name}.yaml" for name in texts})))


def tree_of(number: str, kind: str, first: date) -> Tree:
    """A text of which only its number, kind and first day are known: its provisions are not listed."""
    return {
        "format": "docctl/legal-text/v1", "number": number, "kind": kind, "title": number, "issuer": ["Cơ quan"],
        "issued": first.isoformat(), "in_force": [{"from": first.isoformat()}], "checked": "2099-12-31",
    }  # fmt: skip


def question(day: date, horizon: int = HORIZON) -> Question:
    return Question(day, YEARS.get, horizon=horizon)


# -- what is expected, and what is said ------------------------------------------------------------


@cache
def due(first: date) -> date:
    """Three months on, a working day."""
    return oracle.deadline(first, 3, WORKDAYS)


def overdue(first: date, day: date) -> bool:
    """Past the day; where the year has no calendar thirty days later."""
    last = due(first)
    return day > (last if last.year in WORKDAYS else last + 30 * DAY)


def related(one: str, other: str) -> bool:
    return f"{one}__".startswith(f"{other}__") or f"{other}__".startswith(f"{one}__") or "" in (one, other)


def meaning(event: Happened, address: str) -> str:
    at_or_above = f"{address}__".startswith(f"{event.address}__")
    states = {"repeal": "basis_ended", "suspend": "suspended"}
    return states.get(event.kind, "outdated") if at_or_above else "outdated"


def expected(
    place: World, name: str, address: str, day: date, events: Iterable[Happened], closed: Mapping[str, str]
) -> list[Said]:
    """``events`` are those on the text, ``closed`` the decisions on some of them."""
    found = []
    start = place.starts[name]
    if day < start:
        verdict = "upcoming" if day >= start - HORIZON * DAY else "not_in_force"
        found.append(Said(f"{name}#in_force0@start", verdict, start, None, False))
    for each in events:
        if not related(each.address, address):
            continue
        verdict, last = meaning(each, address), None if meaning(each, address) == "suspended" else due(each.first)
        decision = closed.get(each.id)
        if decision is not None and not (decision == UPDATED and verdict != "outdated" and day >= each.first):
            continue
        if day >= each.first:
            late = last is not None and overdue(each.first, day)
            found.append(Said(each.id, verdict, each.first, last, late))
        elif day >= each.first - HORIZON * DAY:
            found.append(Said(each.id, "upcoming", each.first, last, False))
    return sorted(found)


def said(place: World, name: str, address: str, dealt: DealtWith, day: date, horizon: int = HORIZON) -> list[Said]:
    citation = Citation.from_tree({"text": place.trees[name]["number"], "provisions": [address] if address else []})
    return sorted(map(plain, judge(place.grounds, citation, address, dealt, question(day, horizon))))


def plain(found: Judgement) -> Said:
    event = f"?{found.doubt}" if found.cause is None else found.cause.event
    return Said(
        event, found.verdict.value, found.since, None if found.due is None else found.due.day, found.overdue
    )  # fmt: skip


def closed_by(place: World, events: Iterable[Happened], decision: str, day: date) -> dict[str, tuple[Closing, ...]]:
    register = place.grounds.register
    found = {}
    for each in events:
        change = register.change(each.id)
        assert change is not None
        found[each.id] = (Closing(day, change.digest(), decision),)
    return found


def around(events: Iterable[Happened]) -> list[date]:
    """The day before, the day, the due date and the day after of each event."""
    days = {each.first + step for each in events for step in (-DAY, 0 * DAY)}
    return sorted(days | {due(each.first) + step for each in events for step in (0 * DAY, DAY)})


def before(events: Iterable[Happened]) -> date:
    return min(each.first for each in events) - 400 * DAY


def addresses(events: Iterable[Happened]) -> Sequence[str]:
    return sorted({each.address for each in events})


def article(address: str) -> str:
    return address.partition("__")[0]


def sisters(events: Sequence[Happened]) -> Sequence[str]:
    """Articles beside the changed ones that nothing has changed, the nastiest by their numbers: 5 has 4, 6, 50, 5z."""
    changed = {article(each.address) for each in events}
    found = set()
    for each in changed:
        number = int("".join(letter for letter in each if letter.isdigit()))
        found |= {f"dieu_{number}", f"dieu_{number + 1}", f"dieu_{number}0", f"{each}z", f"dieu_{max(1, number - 1)}"}
    return sorted(found - changed)


# -- the replay ------------------------------------------------------------------------------------


def test_the_relations_are_read_and_those_that_are_not_are_said() -> None:
    found, refused = read()
    reasons = Counter(each.reason for each in refused)
    other = 0
    for record in records():
        acts = [each for each in relations(record["note"]) if isinstance(each, Relation)]
        fields = {(each["by"], each["effective"]) for each in record["amended_by"]}
        ours = {(each.act.number, f"{each.act.first:%d/%m/%Y}") for each in acts}
        other += fields != ours or any(each.text.number != record["doc"] for each in acts)
    print(f"{len(found)} events of {len(records())} notes; not read: {dict(reasons)}")
    for each in refused:
        print(f"  {each.reason}: {each.words[:120]}")
    print(f"notes whose fields name another text, act or day than the note itself: {other}")
    print(f"kinds: {dict(Counter(each.kind for each in found))}; khoản named: {sum('_kh' in e.address for e in found)}")
    assert len(found) > 3200
    assert len(refused) <= 10
    assert {*reasons} <= {
        "an act without a number",
        "several acts in one clause",
        "no day",
        "a day that cannot be read",
    }


@pytest.mark.parametrize("below", [False, True])
def test_the_register_is_valid_and_loses_nothing(below: bool) -> None:
    place = replayed(below=below)
    assert [name for name, tree in place.trees.items() if not is_valid(tree, "legal-text")] == []
    register = place.grounds.register
    assert register.problems == []
    assert {change.id for change in register.changes} == {each.id for each in place.happened}
    assert len(place.happened) == len(read()[0])
    for name, tree in place.trees.items():
        assert register.meant(tree["number"]) == (name,)


@pytest.mark.parametrize("below", [False, True])
def test_flagged_on_the_day_never_before_and_the_sisters_never(below: bool) -> None:
    """Every changed article, khoản and their sisters, on every day that matters of their text."""
    place, start = replayed(below=below), time.perf_counter()
    seen: Counter[str] = Counter()
    wrong = []
    for name in place.by_text:
        events = place.on(name)
        dealt = DealtWith(before(events), adopted=True)
        cited = dict.fromkeys(addresses(events), "changed")
        cited |= dict.fromkeys(map(article, addresses(events)), "changed")
        cited |= dict.fromkeys(sisters(events), "sister")
        if below:
            inside = {article(each) for each in addresses(events)} - {*addresses(events)}
            beside = [f"{each}__khoan_{n}" for each in inside for n in ("1", "3", "20", "2b")]
            cited = {**dict.fromkeys(beside, "beside"), **cited}
        for address, part in cited.items():
            seen[part] += 1
            for day in around(events):
                seen[f"{part}, days"] += 1
                ours, theirs = said(place, name, address, dealt, day), expected(place, name, address, day, events, {})
                alarms = [each for each in ours if not each.event.endswith("@start")]
                seen[f"{part}, said"] += len(alarms)
                if ours != theirs:
                    wrong.append((name, address, day.isoformat(), ours, theirs))
    seconds = time.perf_counter() - start
    print(f"{len(place.by_text)} texts, {len(place.happened)} events, below the article: {below}; {dict(seen)}")
    print(f"{sum(seen[each] for each in seen if each.endswith('days'))} citation days in {seconds:.1f} s")
    assert wrong == []
    assert seen["sister"] > 5000
    assert seen["sister, said"] == seen["beside, said"] == 0
    assert seen["changed, said"] > 15_000


def test_cleared_by_a_review_and_flagged_again_only_by_the_next_event() -> None:
    """Event after event of each article is closed by name ten days after it began; so is what ends it, as no impact."""
    place, wrong = replayed(), []
    seen: Counter[str] = Counter()
    for name in place.by_text:
        for address in addresses(place.on(name)):
            events = sorted((each for each in place.on(name) if related(each.address, address)), key=lambda e: e.first)
            for decision in (UPDATED, NO_IMPACT):
                for done in range(len(events) + 1):
                    reviewed = events[done - 1].first + 10 * DAY if done else before(events)
                    closed = closed_by(place, events[:done], decision, reviewed)
                    dealt = DealtWith(before(events), adopted=True, closings=closed)
                    names = dict.fromkeys(closed, decision)
                    days = [day for day in (*around(events), reviewed, reviewed + DAY, END) if day >= reviewed]
                    for day in days:
                        seen[decision] += 1
                        ours = said(place, name, address, dealt, day)
                        if ours != expected(place, name, address, day, events, names):
                            wrong.append((name, address, day.isoformat(), decision, ours))
                    seen["cleared"] += done == len(events) and not said(place, name, address, dealt, END)
    print(dict(seen))
    assert wrong == []
    stays = {(each.slug, each.address) for each in place.happened if each.kind in ("repeal", "suspend")}
    everything = {(each.slug, each.address) for each in place.happened}
    assert seen["cleared"] == 2 * len(everything) - len(stays), "what has ended stays when it was called updated"


def test_nothing_else_silences_a_finding() -> None:
    """An event edited since, a review of another event, and a new issue without a list leave all as it was."""
    place, wrong = replayed(), []
    seen: Counter[str] = Counter()
    for name in place.by_text:
        events = place.by_text[name]
        other = closed_by(place, [each for each in place.happened[:50] if each.slug != name], NO_IMPACT, END)
        for address in addresses(events):
            mine = [each for each in events if related(each.address, address)]
            edited = {each.id: (Closing(END, "0" * 64, NO_IMPACT),) for each in mine}
            theirs = {each.event for each in said(place, name, address, DealtWith(before(events), adopted=True), END)}
            for dealt in (
                DealtWith(before(events), adopted=True, closings=edited),
                DealtWith(before(events), adopted=True, closings=other),
                DealtWith(END, adopted=False),
            ):  # fmt: skip
                seen["judged"] += 1
                ours = {each.event for each in said(place, name, address, dealt, END)}
                if ours != theirs or not ours:
                    wrong.append((name, address, ours, theirs))
            # the next adopted revision has taken in what holds on its first day; an ended basis it has not
            ours = {each.verdict for each in said(place, name, address, DealtWith(END, adopted=True), END)}
            seen["ended"] += bool(ours)
            if ours != {meaning(each, address) for each in mine} - {"outdated"}:
                wrong.append((name, address, ours, "adopted anew"))
    print(dict(seen))
    assert wrong == []
    assert seen["ended"] >= 40


def test_a_repealed_or_inserted_sister_changes_nothing() -> None:
    """Where one article has ended, or come in beside them, all others of the text are judged as without it."""
    place = replayed()
    texts = {name: events for name, events in place.by_text.items() if {e.kind for e in events} & {"insert", "repeal"}}
    judged = 0
    for name, events in texts.items():
        left = {each.address for each in events if each.kind not in ("insert", "repeal")} | {*sisters(events)}
        gone = {each.id for each in events if each.kind in ("insert", "repeal")}
        dealt = DealtWith(before(events), adopted=True)
        for address in left - {each.address for each in events if each.id in gone}:
            for day in around(events):
                judged += 1
                assert not {each.event for each in said(place, name, address, dealt, day)} & gone, (name, address, day)
    print(f"{len(texts)} texts with articles that were inserted or repealed, {judged} citation days of the others")
    assert judged > 5000


# -- procedures, and the rate of alarms ------------------------------------------------------------


def procedure(name: str, number: str, cited: Sequence[str]) -> tuple[Tree, Procedure]:
    tree: Tree = {
        "format": "docctl/procedure/v1", "id": f"QT-{name}", "title": number, "issue": 1, "revision": 0,
        "level": "commune", "owner": "can-bo", "purpose": "Quy định trình tự",
        "change": {"reason": "first-issue", "summary": "Ban hành lần đầu"},
        "legal_basis": [{"text": number, "provisions": [each]} for each in cited],
        "steps": [
            {"id": "b-1", "kind": "receive", "title": "Nhận", "role": "can-bo", "time": {"value": 1, "unit": "hour"},
             "next": []},
        ],
    }  # fmt: skip
    return tree, Procedure.from_tree(tree)


@cache
def subjects() -> Sequence[tuple[str, Subject]]:
    """A procedure for each text, which cites every article that was changed and its sisters, adopted before that."""
    place, found = replayed(), []
    for number, (name, events) in enumerate(place.by_text.items(), 1):
        tree, body = procedure(f"{number}", place.trees[name]["number"], [*addresses(events), *sisters(events)])
        assert is_valid(tree, "procedure")
        document = Document(f"procedures/{body.id}.yaml", body, None, tree, lambda: "0" * 64)  # type: ignore[arg-type]
        baseline = Baseline("1.0", before(events), None, "adopted.yaml", ("adopted", number))
        found.append((name, Subject(document, State.IN_FORCE, baseline)))
    return found


@pytest.mark.parametrize("year", range(2010, 2027, 2))
def test_all_procedures_at_once_say_what_their_citations_say(year: int) -> None:
    place, day = replayed(), date(year, 7, 1)
    names = {subject.document.body.id: name for name, subject in subjects()}
    result = currency(place.grounds.register, [each for _, each in subjects()], None, question(day), place.grounds)
    flagged = 0
    for each in result.procedures:
        name = names[each.id]
        assert each.judged_at is not None
        for citation in each.citations:
            ours = sorted(map(plain, citation.judgements))
            assert ours == expected(place, name, citation.address, each.judged_at, place.on(name), {})
            flagged += citation.verdict.value in ("outdated", "basis_ended", "suspended")
    print(f"{day}: {flagged} of {sum(len(each.citations) for each in result.procedures)} citations flagged")


def test_records_of_a_procedure_close_its_citations_one_by_one() -> None:
    """A legal review that names the event for one citation leaves the same event open on the others."""
    place, register = replayed(), replayed().grounds.register
    cleared = 0
    for name, subject in subjects():
        first = min(place.by_text[name], key=lambda each: (each.first, each.id))
        change = register.change(first.id)
        assert change is not None
        cited = Cited("legal_basis", name, first.address)
        dealt = Dealt(cited, first.id, change.digest(), NO_IMPACT, "Không liên quan")
        reviewed = Subject(subject.document, subject.state, subject.baseline, dealt=((first.first, dealt),))
        (judged,) = currency(register, [reviewed], None, question(END), place.grounds).procedures
        assert judged.judged_at is not None
        for citation in judged.citations:
            closed = {first.id: NO_IMPACT} if citation.address == first.address else {}
            theirs = expected(place, name, citation.address, judged.judged_at, place.on(name), closed)
            assert sorted(map(plain, citation.judgements)) == theirs
            cleared += bool(closed)
    assert cleared == len(place.by_text)


def test_alarms_per_citation_and_year() -> None:
    """What it is worth to cite an article instead of its text, once for each change and once for each amending act."""
    place = replayed()
    seen: Counter[str] = Counter()
    years = dict.fromkeys(("changed", "all"), 0.0)
    for name in place.by_text:
        events = place.on(name)
        highest = max(int("".join(c for c in article(each.address) if c.isdigit())) for each in events)
        changed = {article(each.address) for each in events}
        dealt = DealtWith(before(events), adopted=True)
        span = (END - min(place.starts[name], min(each.first for each in events))).days / 365.25
        whole = alarms(place, name, "", dealt)
        for address in sorted(changed | {f"dieu_{number}" for number in range(1, highest + 1)}):
            own = alarms(place, name, address, dealt)
            for part in ("changed", "all") if address in changed else ("all",):
                years[part] += span
                for level, found in (("article", own), ("text", whole)):
                    seen[f"{part} {level}"] += len(found)
                    seen[f"{part} {level} acts"] += len({(event.partition("#")[0], day) for event, day in found})
    for part, length in years.items():
        print(f"citations of {part} articles, {length:.0f} citation-years up to {END}")
        for unit in ("", " acts"):
            narrow, wide = seen[f"{part} article{unit}"], seen[f"{part} text{unit}"]
            print(
                f"  alarms{unit}: article {narrow} ({narrow / length:.4f} a year), text {wide} ({wide / length:.4f}),"
                f" factor {wide / narrow:.1f}"
            )
            assert wide > narrow
    assert seen["all text acts"] > 2 * seen["all article acts"]


def alarms(place: World, name: str, address: str, dealt: DealtWith) -> set[tuple[str, date | None]]:
    found = said(place, name, address, dealt, END)
    assert all("#e" in each.event for each in found), found
    return {(each.event, each.since) for each in found}
