"""Steps as a graph, against brute force over every way; times that mix days and hours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from generated import many
from hypothesis import given, settings
from hypothesis import strategies as st

from docctl.model.duration import Duration, compare
from docctl.model.flow import circle, longest, reachable
from docctl.model.procedure import Choice, Step
from docctl.rules.times import Need, needed


def step(name: str, time: Duration, following: tuple[str, ...], choices: tuple[Choice, ...] = ()) -> Step:
    return Step(name, None, name, None, "role", time, (), None, following, choices, ())


DURATIONS = st.builds(Duration, st.integers(0, 9), st.sampled_from(["hour", "working_day", "day"]))


@st.composite
def forward_graphs(draw: st.DrawFn) -> tuple[Step, ...]:
    """Steps that only lead to later ones, in any order of the file after the first."""
    count = draw(st.integers(1, 7))
    names = [f"s{number}" for number in range(count)]
    steps = []
    for number, name in enumerate(names):
        later = names[number + 1 :]
        following = draw(st.lists(st.sampled_from(later), unique=True)) if later else []
        cases = (
            draw(
                st.lists(
                    st.tuples(st.sampled_from(later), st.sampled_from(["incomplete", "refused", "late", "other"])),
                    max_size=2,
                )
            )
            if later
            else []
        )
        choices = tuple(Choice(to, case, None) for to, case in cases)
        steps.append(step(name, draw(DURATIONS), tuple(following), choices))
    return (steps[0], *draw(st.permutations(steps[1:])))


def ways(steps: tuple[Step, ...]) -> Iterator[list[Step]]:
    """Every way from the first step to an end, within the promised time."""
    by_id = {each.id: each for each in steps}

    def go(way: list[Step]) -> Iterator[list[Step]]:
        following = [*way[-1].next, *(choice.to for choice in way[-1].choices if choice.case in ("refused", "other"))]
        if not following:
            yield way
        for name in following:
            yield from go([*way, by_id[name]])

    yield from go([steps[0]])


def verdict(steps: tuple[Step, ...], promised: Duration) -> Need:
    """By hand: of all ways the worst; too long beats not comparable beats fits."""
    result = Need.FITS
    for way in ways(steps):
        hours = sum(each.time.value * {"hour": 1, "working_day": 8, "day": 0}[each.time.unit] for each in way)
        days = sum(each.time.value for each in way if each.time.unit == "day")
        if promised.unit == "day":
            too_long, unknown = hours + days * 8 > promised.value * 8, hours > 0
        else:
            too_long, unknown = hours > promised.value * (8 if promised.unit == "working_day" else 1), days > 0
        if too_long:
            return Need.TOO_LONG
        if unknown:
            result = Need.UNKNOWN
    return result


@settings(max_examples=many(600))
@given(forward_graphs(), DURATIONS)
def test_the_verdict_is_that_of_every_single_way(steps: tuple[Step, ...], promised: Duration) -> None:
    found = longest(steps)
    assert found is not None
    assert needed(found, promised) is verdict(steps, promised)


HOUR = Duration(1, "hour")


def test_circles_double_ids_and_reach() -> None:
    ring = (step("a", HOUR, ("b",)), step("b", HOUR, ("c",)), step("c", HOUR, ("b",)))
    assert [each.id for each in circle(ring) or ()] == ["b", "c"]
    assert longest(ring) is None
    twice = (step("a", HOUR, ("a",)), step("a", HOUR, ()))
    assert longest(twice) is None
    restart = (step("a", HOUR, ("b",)), step("b", HOUR, (), (Choice("a", "incomplete", None),)))
    assert circle(restart) is None
    assert longest(restart) is not None
    assert reachable((step("a", HOUR, ("x",)), step("b", HOUR, ()))) == {"a"}
    deep = tuple(step(f"s{number}", HOUR, (f"s{number + 1}",) if number < 499 else ()) for number in range(500))
    found = longest(deep)
    assert found is not None
    assert found.hours.hours == 500


@pytest.mark.parametrize(
    ("left", "right", "sign"),
    [
        (Duration(8, "hour"), Duration(1, "working_day"), 0),
        (Duration(9, "hour"), Duration(1, "working_day"), 1),
        (Duration(3, "day"), Duration(4, "day"), -1),
        (Duration(5, "working_day"), Duration(4, "day"), 1),
        (Duration(4, "working_day"), Duration(4, "day"), None),
        (Duration(4, "day"), Duration(5, "working_day"), -1),
        (Duration(30, "day"), Duration(1, "working_day"), None),
    ],
)
def test_comparing(left: Duration, right: Duration, sign: int | None) -> None:
    difference = compare(left, right)
    assert (None if difference is None else (difference > 0) - (difference < 0)) == sign
