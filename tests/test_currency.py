"""Verdicts: hand-worked cases, an independent oracle on random registers, and what must not change anything."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import oracle
import pytest
import yaml
from generated import many
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from oracle_registers import BASE, Situation, situations

from docctl.currency.citation import judge
from docctl.currency.dealt import Closing, DealtWith
from docctl.currency.grounds import Grounds
from docctl.currency.question import Question
from docctl.documents.loading import shipped_year
from docctl.law.identity import is_slug, slug
from docctl.law.register import Register
from docctl.model.calendar_year import Year
from docctl.model.citation import Citation
from docctl.model.legal_text import LegalText
from docctl.schema import is_valid
from docctl.verdict import Verdict

HERE = Path(__file__).parent
CASES: dict[str, Any] = yaml.safe_load((HERE / "currency_cases.yaml").read_text(encoding="utf-8"))
FULL: dict[str, Any] = yaml.safe_load((HERE / "currency_full_cases.yaml").read_text(encoding="utf-8"))
Found = list[Any]


def days(values: list[str]) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, values))


CALENDAR = {int(year): Year(days(each["holidays"]), days(each["worked"])) for year, each in CASES["calendar"].items()}
assert FULL["calendar"] == CASES["calendar"]


class AsItStands(str):
    """The digest of whatever event: what a record names is taken to be as it was then."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, str)

    __hash__ = str.__hash__


def closed(closings: Iterable[Mapping[str, Any]], element: str, text: str, address: str, day: date) -> dict[str, Any]:
    """What records have decided of one citation by a day, by event."""
    made: dict[str, tuple[Closing, ...]] = {}
    for each in sorted(closings, key=lambda each: str(each["day"])):
        decided = date.fromisoformat(str(each["day"]))
        if (each["element"], each["text"], each["address"]) == (element, text, address) and decided <= day:
            one = Closing(decided, AsItStands(), each["decision"])
            made[each["event"]] = (*made.get(each["event"], ()), one)
    return made


def found(
    texts: Mapping[str, Any],
    cites: list[Any],
    adopted: date,
    question: Question,
    *,
    closings: Iterable[Mapping[str, Any]] = (),
    issued: bool = False,
) -> list[Found]:
    """Everything said, in the form the cases and the oracle have it; the same said twice counts once."""
    read = {name: LegalText.from_tree(tree) for name, tree in texts.items()}
    register = Register(read, {name: f"legal/{name}.yaml" for name in texts})
    grounds = Grounds(register)
    result: list[Found] = []
    for cite in cites:
        citation = Citation.from_tree(cite)
        if citation.pinned is not None:
            continue
        meant = register.meant(citation.text)
        name = meant[0] if len(meant) == 1 else citation.text if is_slug(citation.text) else slug(citation.text)
        for address in citation.provisions or ("",):
            dealt = DealtWith(adopted, not issued, closed(closings, cite["element"], name, address, question.as_of))
            for each in judge(grounds, citation, address, dealt, question):
                event = "" if each.cause is None else each.cause.event
                since = None if each.verdict is Verdict.UNCHECKED or each.since is None else each.since.isoformat()
                due = None if each.due is None else each.due.day.isoformat()
                one = [cite["element"], name, address, each.verdict.value, event, since, due, each.overdue]
                if one not in result:
                    result.append(one)
    return sorted(result, key=str)


def cases() -> Iterator[Any]:
    for case in (*CASES["cases"], *FULL["cases"]):
        for day, expected in case["expect"].items():
            yield pytest.param(case, date.fromisoformat(day), expected, id=f"{case['name']} · {day}")


def asked(case: Mapping[str, Any], day: date) -> Question:
    return Question(
        day, CALENDAR.get, case.get("months", 3), case.get("horizon", 98), case.get("checked_within", 90)
    )  # fmt: skip


@pytest.mark.parametrize(("case", "day", "expected"), [*cases()])
def test_hand_worked_case(case: Mapping[str, Any], day: date, expected: list[Found]) -> None:
    for text in case["texts"].values():
        assert is_valid(text, "legal-text")
    adopted = date.fromisoformat(case["adopted"])
    options = {key: case[key] for key in ("closings", "issued") if key in case}
    assert found(case["texts"], case["cites"], adopted, asked(case, day), **options) == sorted(expected, key=str)


def test_the_cases_agree_with_the_oracle() -> None:
    calendar = {year: (set(each.holidays), set(each.worked)) for year, each in CALENDAR.items()}
    for case in CASES["cases"]:
        options = {key: case[key] for key in ("months", "horizon", "checked_within") if key in case}
        for day, expected in case["expect"].items():
            said = oracle.judge(
                case["texts"], case["cites"], date.fromisoformat(case["adopted"]), date.fromisoformat(day),
                calendar=calendar, **options,
            )  # fmt: skip
            assert plain(said) == sorted(expected, key=str), f"{case['name']} · {day}"


def plain(said: list[oracle.Finding]) -> list[Found]:
    return sorted(
        ([*each[:5], each[5] and each[5].isoformat(), each[6] and each[6].isoformat(), each[7]] for each in said),
        key=str,
    )


# -- random registers ---------------------------------------------------------------------------

TREE = (
    "chuong_1", "dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2", "dieu_1__khoan_2__diem_a", "dieu_1__khoan_2__diem_d",
    "dieu_1__khoan_2__diem_dd", "dieu_1__khoan_10", "chuong_2", "dieu_2", "dieu_3", "dieu_3__khoan_1", "dieu_10",
    "phu_luc_1", "phu_luc_1__mau_2", "kem_theo", "kem_theo__dieu_1", "kem_theo__dieu_1__khoan_1",
)  # fmt: skip
ADDRESSES = (*TREE, "dieu_1__khoan_1a", "dieu_9", "dieu_1#heading", "dieu_3#heading", "#heading", "chuong_3")
START = date(2024, 1, 1)
DAYS = st.integers(0, 900).map(lambda count: (START + timedelta(days=count)).isoformat())
OPTIONAL_DAYS = st.one_of(st.none(), DAYS)
SOME = st.lists(st.sampled_from(ADDRESSES), max_size=3, unique=True)


@st.composite
def in_force(draw: st.DrawFn, *, staged: bool) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = [{"from": draw(OPTIONAL_DAYS)}]
    if draw(st.booleans()):
        entries[0]["to"] = draw(OPTIONAL_DAYS)
    if staged and draw(st.booleans()):
        some = draw(st.lists(st.sampled_from(TREE), min_size=1, max_size=2, unique=True))
        entries.append({"from": draw(DAYS), "provisions": some})
    return entries


@st.composite
def event(draw: st.DrawFn, number: int) -> dict[str, Any]:
    kind = draw(st.sampled_from(("amend", "insert", "replace_phrase", "replace", "repeal", "expire")))
    made: dict[str, Any] = {
        "id": f"e{number}", "kind": kind, "recorded": "2024-01-01",
        "source": {"quote": "…", **({"provision": draw(st.sampled_from(TREE))} if draw(st.booleans()) else {})},
        "target": {"text": "11/2020/TT-ABC", "provisions": draw(SOME), "except": draw(st.just([]) | SOME)},
    }  # fmt: skip
    if draw(st.booleans()):
        made["effect"] = {"from": draw(OPTIONAL_DAYS)}
        if draw(st.booleans()):
            made["effect"]["to"] = draw(OPTIONAL_DAYS)
    if draw(st.integers(0, 3)):
        made["confirmed"] = {"by": "thu-ky", "on": "2024-01-01"}
    if kind in ("amend", "insert", "replace_phrase") and draw(st.booleans()):
        made["grade"] = draw(st.sampled_from(("form", "substance")))
    if kind == "insert" and not made["target"]["provisions"]:
        made["target"]["provisions"] = ["dieu_1__khoan_1a"]  # an insertion names what is new
    return made


@st.composite
def register(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    base: dict[str, Any] = {
        "number": "11/2020/TT-ABC", "kind": "circular", "title": "Gốc", "issuer": ["Bộ ABC"], "issued": "2020-01-01",
        "in_force": draw(in_force(staged=True)), "checked": draw(DAYS),
    }  # fmt: skip
    if draw(st.booleans()):
        base["provisions"] = [{"address": each} for each in TREE]
        base["provisions_complete"] = draw(st.booleans())
    texts = {"11-2020-tt-abc": base}
    for place in range(draw(st.integers(0, 2))):
        texts[f"2{place}-2023-tt-abc"] = {
            "number": f"2{place}/2023/TT-ABC", "kind": "circular", "title": "Sửa", "issuer": ["Bộ ABC"],
            "issued": "2023-01-01", "in_force": draw(in_force(staged=True)), "checked": "2099-01-01",
            "events": [draw(event(number)) for number in range(draw(st.integers(0, 3)))],
        }  # fmt: skip
    return texts


@st.composite
def citation(draw: st.DrawFn) -> dict[str, Any]:
    text = draw(st.sampled_from(("11/2020/TT-ABC", "11-2020-tt-abc", "11/2020/TT-ABC", "99/2020/TT-ABC")))
    return {"element": "step-1", "text": text, "provisions": draw(SOME), "except": draw(st.just([]) | SOME)}


@settings(max_examples=many(200))
@given(register(), citation(), DAYS, DAYS, st.integers(0, 400))
def test_random_registers_agree_with_the_oracle(
    texts: dict[str, Any], cite: dict[str, Any], adopted: str, day: str, horizon: int
) -> None:
    day = max(day, adopted)  # a revision is never judged before its first day
    asks = Situation(texts, [cite], date.fromisoformat(adopted), date.fromisoformat(day), horizon, [], False)
    assert said(asks) == plain(by_oracle(asks))


@settings(max_examples=many(500), suppress_health_check=[HealthCheck.too_slow])
@given(situations())
def test_events_that_meet_agree_with_the_oracle(asks: Situation) -> None:
    assume(not any(is_slug(each["text"]) and each["text"] not in asks.texts for each in asks.citations))
    assume(not moved_twice(asks) and not moved_onto(asks))
    assert said(asks) == plain(by_oracle(asks))


def moved_twice(asks: Situation) -> bool:
    """Does the register say twice of one unit that it got the same number? Then it contradicts itself."""
    moved = [
        (event["target"].get("text"), each["from"], each["to"])
        for text in asks.texts.values()
        for event in text.get("events", [])
        for each in event.get("pairs", [])
    ]
    return len({*moved}) < len(moved)


def moved_onto(asks: Situation) -> bool:
    """Does the register give a number to a unit that another one, which it lists, has and keeps? Then two are one."""
    listed = {text["number"]: {unit["address"] for unit in text.get("provisions", [])} for text in asks.texts.values()}
    for text in asks.texts.values():
        for event in text.get("events", []):
            there = listed.get(event.get("target", {}).get("text"), set())
            old, new = ({each[side] for each in event.get("pairs", [])} for side in ("from", "to"))
            if any(unit == each or unit.startswith(each + "__") for each in new - old for unit in there):
                return True
    return False


KNOWN = {year: each for year in (2024, 2025) if (each := shipped_year(year)) is not None}  # and none for 2026


def said(asks: Situation) -> list[Found]:
    question = Question(asks.as_of, KNOWN.get, horizon=asks.horizon)
    return found(asks.texts, asks.citations, asks.adopted, question, closings=asks.closings, issued=asks.issued)


def by_oracle(asks: Situation) -> list[oracle.Finding]:
    return oracle.judge(
        asks.texts, asks.citations, asks.adopted, asks.as_of, horizon=asks.horizon, closings=asks.closings,
        calendar={year: (set(each.holidays), set(each.worked)) for year, each in KNOWN.items()}, issued=asks.issued,
    )  # fmt: skip


# -- what must not matter -------------------------------------------------------------------------


@settings(max_examples=many(100))
@given(register(), citation(), DAYS, DAYS, st.randoms())
def test_order_and_unrelated_events_change_nothing(
    texts: dict[str, Any], cite: dict[str, Any], adopted: str, day: str, random: Any
) -> None:
    question = Question(date.fromisoformat(day), shipped_year)
    before = found(texts, [cite], date.fromisoformat(adopted), question)
    names = [*texts]
    random.shuffle(names)
    shuffled = {name: {**texts[name], "events": [*reversed(texts[name].get("events", []))]} for name in names}
    shuffled["31-2020-tt-abc"] = {
        "number": "31/2020/TT-ABC", "kind": "circular", "title": "Khác", "issuer": ["Bộ ABC"], "issued": "2020-01-01",
        "in_force": [{"from": "2020-01-01"}],
        "events": [{
            "id": "e1", "kind": "repeal", "source": {"quote": "…"}, "target": {"text": "32/2020/TT-ABC"},
            "recorded": "2020-01-01", "confirmed": {"by": "thu-ky", "on": "2020-01-01"},
        }],
    }  # fmt: skip
    assert found(shuffled, [cite], date.fromisoformat(adopted), question) == before


ELSEWHERE = {
    "id": "e1", "kind": "repeal", "source": {"quote": "…"}, "target": {"text": "32/2020/TT-ABC"},
    "recorded": "2020-01-01", "confirmed": {"by": "thu-ky", "on": "2020-01-01"},
}  # fmt: skip


@settings(max_examples=many(60), suppress_health_check=[HealthCheck.too_slow])
@given(situations(), st.randoms())
def test_what_must_not_matter_to_events_that_meet(asks: Situation, random: Any) -> None:
    """The order of files and of events in a file, an event elsewhere, relations, an event that was withdrawn."""
    before = said(asks)
    names = [*asks.texts]
    random.shuffle(names)
    texts: dict[str, Any] = {name: dict(asks.texts[name]) for name in names}
    for text in texts.values():
        events = [*text.get("events", [])]
        random.shuffle(events)
        text |= {"events": events, "based_on": ["11/2020/TT-ABC"], "cites": [{"text": "11/2020/TT-ABC"}]}
    assert said(asks._replace(texts=texts)) == before
    gone = {
        **ELSEWHERE,
        "target": {"text": "11/2020/TT-ABC"},
        "withdrawn": {"by": "a", "on": "2020-01-01", "reason": "…"},
    }
    texts["31-2020-tt-abc"] = {
        **asks.texts[BASE], "number": "31/2020/TT-ABC", "in_force": [{"from": "2020-01-01"}], "fields": [],
        "events": [ELSEWHERE, {**gone, "id": "e2"}], "consolidated_by": [],
    }  # fmt: skip
    assert said(asks._replace(texts=texts)) == before


@settings(max_examples=many(200), suppress_health_check=[HealthCheck.too_slow])
@given(situations())
def test_an_operation_split_in_two_says_the_same(asks: Situation) -> None:
    """Of two addresses; not where something names the event, or its own place in the order would be another."""
    named = str([asks.closings, [[each.get("consolidated_by"), each["in_force"]] for each in asks.texts.values()]])
    named += str(
        [[e.get("target", {}).get("event"), e.get("effect")] for t in asks.texts.values() for e in t.get("events", [])]
    )
    texts = {
        name: {key: each for key, each in text.items() if key != "definitions"} for name, text in asks.texts.items()
    }
    split = dict(texts)
    for name, text in texts.items():
        events = text.get("events", [])
        sources = [each["source"]["provision"] for each in events]
        for each in events:
            two = each.get("target", {}).get("provisions", [])
            alone = sources.count(each["source"]["provision"]) == 1 and f"{name}#{each['id']}" not in named
            if (
                len(two) == 2
                and alone
                and each["kind"] in ("amend", "insert", "replace_phrase", "replace", "repeal", "expire")
            ):
                halves = [{**each, "id": f"{each['id']}{half}", "target": {**each["target"], "provisions": [unit]}}
                          for half, unit in zip("ab", two, strict=True)]  # fmt: skip
                events = [*(other for other in events if other is not each), *halves]
        split[name] = {**text, "events": events}
    assume(split != texts)
    assert worst(said(asks._replace(texts=split))) == worst(said(asks._replace(texts=texts)))


def worst(findings: list[Found]) -> dict[tuple[str, ...], Any]:
    """Of each event and citation the worst, by the name that the event had in one piece."""
    made: dict[tuple[str, ...], Any] = {}
    for element, text, address, verdict, event, since, due, overdue in findings:
        one = (Verdict(verdict).rank, due or "9999", since or "9999", overdue)
        key = (element, text, address, re.sub(r"(#e[0-9]+)[ab]", r"\1", event))
        made[key] = min(made.get(key, one), one)
    return made


@settings(max_examples=many(100), suppress_health_check=[HealthCheck.too_slow])
@given(situations(), st.integers(1, 500))
def test_what_a_record_closed_speaks_no_more(asks: Situation, later: int) -> None:
    day = asks.as_of.isoformat()
    open_now = [each for each in said(asks) if each[4]]
    closings = [
        {"element": each[0], "text": each[1], "address": each[2], "event": each[4], "decision": "no_impact", "day": day}
        for each in open_now
    ]
    until_then = [each for each in asks.closings if each["day"] <= day]  # a later one may open an event again
    asks = asks._replace(closings=[*until_then, *closings])
    dealt_with = {(*each[:3], each[4]) for each in open_now}
    for as_of in (asks.as_of, asks.as_of + timedelta(later)):
        left = [each for each in said(asks._replace(as_of=as_of)) if each[4]]
        assert not [each for each in left if (*each[:3], each[4]) in dealt_with]
    before = asks._replace(as_of=max(asks.as_of - timedelta(1), asks.adopted))
    if before.as_of < asks.as_of:  # a record counts from its date
        assert said(before) == said(before._replace(closings=until_then))


@settings(max_examples=many(100))
@given(st.sampled_from(TREE), DAYS)
def test_silent_the_day_before_stale_on_the_day_dealt_with_by_a_later_revision(address: str, first: str) -> None:
    texts = {
        "11-2020-tt-abc": {
            "number": "11/2020/TT-ABC", "kind": "circular", "title": "Gốc", "issuer": ["Bộ ABC"],
            "issued": "2020-01-01", "in_force": [{"from": "2020-01-01"}], "checked": "2099-01-01",
        },
        "21-2023-tt-abc": {
            "number": "21/2023/TT-ABC", "kind": "circular", "title": "Sửa", "issuer": ["Bộ ABC"],
            "issued": "2023-01-01", "in_force": [{"from": first}],
            "events": [{
                "id": "e1", "kind": "amend", "source": {"quote": "…"}, "recorded": "2023-01-01",
                "target": {"text": "11/2020/TT-ABC", "provisions": [address]},
                "confirmed": {"by": "thu-ky", "on": "2023-01-01"},
            }],
        },
    }  # fmt: skip
    cite = {"element": "step-1", "text": "11/2020/TT-ABC", "provisions": [address]}
    day = date.fromisoformat(first)
    question = Question(day, shipped_year, horizon=0)
    assert found(texts, [cite], START - timedelta(days=1), replace(question, as_of=day - timedelta(days=1))) == []
    (said,) = found(texts, [cite], START - timedelta(days=1), question)
    assert said[3] == "outdated"
    assert said[5] == first
    assert found(texts, [cite], day, question) == []
    record = {"element": "step-1", "text": "11-2020-tt-abc", "address": address, "event": "21-2023-tt-abc#e1",
              "decision": "updated", "day": first}  # fmt: skip

    def after(count: int) -> list[Found]:
        asks = replace(question, as_of=day + timedelta(days=count))
        return found(texts, [cite], START - timedelta(days=1), asks, closings=[record])

    assert after(0) == after(400) == []  # a record closed it
    following = (day + timedelta(days=30)).isoformat()
    texts["21-2023-tt-abc"]["in_force"].append({"from": following, "provisions": ["dieu_2"]})
    again = {**texts["21-2023-tt-abc"]["events"][0], "id": "e2", "source": {"provision": "dieu_2", "quote": "…"}}
    texts["21-2023-tt-abc"]["events"].append(again)
    assert after(0) == after(29) == []
    (said,) = after(30)  # and only the next event opens it again
    assert said[3:6] == ["outdated", "21-2023-tt-abc#e2", following]


# -- consolidated texts ----------------------------------------------------------------------------


def test_a_consolidated_text_is_judged_as_its_base() -> None:
    def tree(number: str, **more: Any) -> dict[str, Any]:
        return {"format": "docctl/legal-text/v1", "number": number, "kind": "circular", "title": "…",
                "issuer": ["Ngân hàng Nhà nước Việt Nam"], "issued": "2016-12-30", "checked": "2099-12-31", **more}  # fmt: skip

    event = {
        "id": "e1", "kind": "amend", "source": {"provision": "dieu_1", "quote": "…"}, "recorded": "2023-07-01",
        "target": {"text": "39/2016/TT-NHNN", "provisions": ["dieu_24"]},
        "confirmed": {"by": "cc-ho-tich", "on": "2023-07-01"},
    }  # fmt: skip
    texts = {
        "39-2016-tt-nhnn": tree(
            "39/2016/TT-NHNN", in_force=[{"from": "2017-03-15"}],
            consolidated_by=[{"number": "21/VBHN-NHNN", "issued": "2024-07-04", "events": ["06-2023-tt-nhnn#e1"]}],
        ),
        "06-2023-tt-nhnn": tree("06/2023/TT-NHNN", in_force=[{"from": "2023-09-01"}], events=[event]),
    }  # fmt: skip
    assert all(is_valid(each, "legal-text") for each in texts.values())
    question = asked({}, date(2023, 10, 1))

    def said(cited: str, texts: Mapping[str, Any]) -> list[Found]:
        cites = [{"element": "c", "text": cited, "provisions": ["dieu_24"]}]
        return found(texts, cites, date(2020, 1, 1), question)

    of_base = said("39/2016/TT-NHNN", texts)
    assert [each[3] for each in of_base] == ["outdated"]
    own = tree("21/VBHN-NHNN") | {"kind": "consolidated", "issued": "2024-07-04"}
    with_file = {**texts, "21-vbhn-nhnn--2024": own}
    for cited in ("21/VBHN-NHNN", "21-vbhn-nhnn--2024"):
        # what a consolidated text has taken in is no news to who cites it
        assert said(cited, texts) == said(cited, with_file) == []
    # listed nowhere it is found as itself, and nothing can be said of it
    (unlisted,) = said("22/VBHN-NHNN", {**texts, "22-vbhn-nhnn--2024": own | {"number": "22/VBHN-NHNN"}})
    assert unlisted[1:4] == ["22-vbhn-nhnn--2024", "dieu_24", "unknown"]
