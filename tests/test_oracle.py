"""The oracle of verdicts itself: hand-worked cases, and that what is drawn for it is valid and means what it should."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import oracle
import pytest
import yaml
from generated import many
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oracle_registers import Situation, situations

from docctl.schema import is_valid

CASES: dict[str, Any] = yaml.safe_load((Path(__file__).parent / "currency_full_cases.yaml").read_text(encoding="utf-8"))
OPTIONS = ("months", "horizon", "checked_within", "closings", "issued")


def days(values: list[str]) -> set[date]:
    return {date.fromisoformat(each) for each in values}


CALENDAR = {int(year): (days(each["holidays"]), days(each["worked"])) for year, each in CASES["calendar"].items()}


def cases() -> Iterator[Any]:
    for case in CASES["cases"]:
        for day, expected in case["expect"].items():
            yield pytest.param(case, date.fromisoformat(day), expected, id=f"{case['name']} · {day}")


def plain(said: list[oracle.Finding]) -> list[list[Any]]:
    shown = ([*each[:5], each[5] and each[5].isoformat(), each[6] and each[6].isoformat(), each[7]] for each in said)
    return sorted(shown, key=str)


@pytest.mark.parametrize(("case", "day", "expected"), [*cases()])
def test_hand_worked_case(case: dict[str, Any], day: date, expected: list[Any]) -> None:
    assert all(is_valid(text, "legal-text") for text in case["texts"].values())
    options = {key: case[key] for key in OPTIONS if key in case}
    adopted = date.fromisoformat(case["adopted"])
    said = oracle.judge(case["texts"], case["cites"], adopted, day, calendar=CALENDAR, **options)
    assert plain(said) == sorted(expected, key=str)


def asked(s: Situation, texts: dict[str, Any] | None = None) -> list[oracle.Finding]:
    return oracle.judge(
        s.texts if texts is None else texts, s.citations, s.adopted, s.as_of, horizon=s.horizon, calendar=CALENDAR,
        closings=s.closings, issued=s.issued,
    )  # fmt: skip


@settings(max_examples=many(100), suppress_health_check=[HealthCheck.too_slow])
@given(situations(), st.randoms())
def test_valid_and_the_same_in_whatever_order_the_files_are(s: Situation, random: Any) -> None:
    assert all(is_valid(text, "legal-text") for text in s.texts.values())
    names = [*s.texts]
    random.shuffle(names)
    shuffled = {name: {**s.texts[name], "events": [*reversed(s.texts[name].get("events", []))]} for name in names}
    assert asked(s, shuffled) == asked(s)


@settings(max_examples=many(100), suppress_health_check=[HealthCheck.too_slow])
@given(situations())
def test_withdrawn_is_gone_and_a_closed_finding_speaks_no_more(s: Situation) -> None:
    kept = [(name, [e for e in text.get("events", []) if not e.get("withdrawn")]) for name, text in s.texts.items()]
    without = {name: {**s.texts[name], "events": events} for name, events in kept}
    found = asked(s)
    assert asked(s, without) == found
    closings = [
        {"element": f[0], "text": f[1], "address": f[2], "event": f[4], "decision": "no_impact", "day": s.as_of.isoformat()}
        for f in found
    ]  # fmt: skip
    left = asked(s._replace(closings=[*s.closings, *closings]))
    names = {(f[0], f[1], f[2], f[4]) for f in found if f[4]}
    assert not names & {(f[0], f[1], f[2], f[4]) for f in left}
    earlier = s._replace(as_of=s.as_of - timedelta(1), closings=closings)
    assert asked(earlier) == asked(earlier._replace(closings=[]))  # a record counts from its date
