"""What changed between two texts of a document: complete, minimal, by elements; moves are moves."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from docctl.history.comparing import differences
from docctl.model.comparison import Difference, Sort


def rebuilt(old: Any, found: list[Difference]) -> Any:
    """The new content from the old one and the differences alone: nothing of it may have been lost."""
    whole = [each for each in found if each.old == () and each.sort is Sort.CHANGED]
    return whole[0].after if whole else _part(old, found, (), ())


def _part(old: Any, found: list[Difference], was: tuple[Any, ...], is_: tuple[Any, ...]) -> Any:
    """Of the value at a place, without those that say it was changed as a whole."""
    if not isinstance(old, (dict, list)):
        return old
    here = {each.new[-1]: each for each in found if each.new is not None and each.new[:-1] == is_ and each.new}
    gone = {
        each.old[-1] for each in found if each.sort is Sort.REMOVED and each.old is not None and each.old[:-1] == was
    }
    changed = {each.new: each.after for each in found if each.sort is Sort.CHANGED}

    def value(one: Any, name: Any, other: Any) -> Any:
        there = (*is_, other)
        return changed[there] if there in changed else _part(one, found, (*was, name), there)

    if isinstance(old, dict):
        kept = {name: value(each, name, name) for name, each in old.items() if name not in gone}
        return kept | {name: each.after for name, each in here.items() if each.sort is Sort.ADDED}
    moved = {
        each.new[-1]: each.old[-1]
        for each in found
        if each.sort is Sort.MOVED and each.new is not None and each.old is not None and each.new[:-1] == is_
    }
    added = {name: each.after for name, each in here.items() if each.sort is Sort.ADDED}
    staying = iter(place for place in range(len(old)) if place not in gone and place not in moved.values())
    new = []
    for place in range(len(old) - len(gone) + len(added)):
        if place in added:
            new.append(added[place])
        else:
            one = moved[place] if place in moved else next(staying)
            new.append(value(old[one], one, place))
    return new


NAMES = st.sampled_from(["a", "b", "c", "d", "e"])
WORDS = st.sampled_from(["ký số", "trả kết quả", "thẩm định hồ sơ", "tiếp nhận hồ sơ", "lấy ý kiến", "5", "x"])
CITED = st.fixed_dictionaries(
    {"text": st.sampled_from(["61/2018/NĐ-CP", "118/2025/NĐ-CP", "23/2015/NĐ-CP"])},
    optional={"provisions": st.lists(NAMES, max_size=3), "printed": WORDS},
)
STEP = st.fixed_dictionaries(
    {"id": NAMES, "title": WORDS},
    optional={
        "role": NAMES, "time": st.fixed_dictionaries({"value": st.integers(0, 9), "unit": NAMES}), "cites": st.lists(CITED, max_size=3),
        "next": st.lists(NAMES, max_size=2), "choices": st.lists(st.fixed_dictionaries({"to": NAMES, "case": NAMES}), max_size=2),
    },
)  # fmt: skip
CONTENT = st.fixed_dictionaries(
    {"steps": st.lists(STEP, max_size=6), "title": WORDS},
    optional={"legal_basis": st.lists(CITED, max_size=4), "note": st.none() | st.booleans() | st.integers(0, 1)},
)
ANY: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2) | WORDS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["id", "text", "to", "name", "x"]), inner, max_size=3)
    ),
    max_leaves=20,
)


def same(one: Any, other: Any) -> bool:
    """Equal, and true is not 1."""
    return repr(one) == repr(other) if not isinstance(one, dict) else one == other


@given(CONTENT, CONTENT)
def test_the_old_content_and_the_differences_give_the_new_one(old: Any, new: Any) -> None:
    found = [*differences(old, new)]
    assert rebuilt(copy.deepcopy(old), found) == new
    assert bool(found) == (old != new)


@given(ANY, ANY)
def test_whatever_the_content_is(old: Any, new: Any) -> None:
    assert rebuilt(copy.deepcopy(old), [*differences(old, new)]) == new
    assert differences(old, copy.deepcopy(old)) == ()


STEPS = [
    {"id": "step-1", "title": "Tiếp nhận hồ sơ", "role": "mot-cua", "time": {"value": 2, "unit": "hour"}, "next": ["step-2"]},
    {"id": "step-2", "title": "Thẩm định", "role": "van-thu", "time": {"value": 1, "unit": "working_day"}, "next": ["step-3"]},
    {"id": "step-3", "title": "Ký", "role": "lanh-dao", "time": {"value": 1, "unit": "working_day"}, "next": ["step-4"]},
    {"id": "step-4", "title": "Trả kết quả", "role": "mot-cua", "time": {"value": 1, "unit": "hour"}, "next": []},
]  # fmt: skip


def told(old: Any, new: Any) -> list[tuple[str, str, Any, Any]]:
    return [
        (
            each.sort.value,
            "/".join(map(str, each.new if each.new is not None else each.old or ())),
            each.before,
            each.after,
        )
        for each in differences(old, new)
    ]


def test_one_step_that_moves_is_one_move() -> None:
    new = [STEPS[0], STEPS[2], STEPS[1], STEPS[3]]
    assert [each[:2] for each in told({"steps": STEPS}, {"steps": new})] == [("moved", "steps/1")]
    last = [*STEPS[1:], STEPS[0]]
    assert [each[:2] for each in told({"steps": STEPS}, {"steps": last})] == [("moved", "steps/3")], "not three others"


def test_a_step_that_moves_and_changes_is_both() -> None:
    new = [{**STEPS[3], "role": "van-thu"}, *STEPS[:3]]
    assert [each[:2] for each in told({"steps": STEPS}, {"steps": new})] == [
        ("moved", "steps/0"),
        ("changed", "steps/0/role"),
    ]


def test_an_insertion_that_shifts_the_numbers_is_one_addition() -> None:
    shifted = [
        {**STEPS[0]}, {"id": "step-2", "title": "Lấy ý kiến", "role": "van-thu", "time": {"value": 3, "unit": "working_day"}, "next": ["step-3"]},
        {**STEPS[1], "id": "step-3", "next": ["step-4"]}, {**STEPS[2], "id": "step-4", "next": ["step-5"]}, {**STEPS[3], "id": "step-5"},
    ]  # fmt: skip
    found = told({"steps": STEPS}, {"steps": shifted})
    assert [each[:2] for each in found if each[0] != "changed"] == [("added", "steps/1")]
    assert {each[1].rpartition("/")[2] for each in found if each[0] == "changed"} == {"id", "next"}, (
        "nobody's role has changed"
    )


def test_a_title_that_is_reworded_keeps_its_step() -> None:
    new = [STEPS[0], {**STEPS[1], "title": "Thẩm định, lập tờ trình"}, *STEPS[2:]]
    assert told({"steps": STEPS}, {"steps": new}) == [
        ("changed", "steps/1/title", "Thẩm định", "Thẩm định, lập tờ trình")
    ]


def test_an_id_that_is_new_with_the_same_words_is_a_new_id() -> None:
    new = [STEPS[0], {**STEPS[1], "id": "tham-dinh"}, *STEPS[2:]]
    assert told({"steps": STEPS}, {"steps": new}) == [("changed", "steps/1/id", "step-2", "tham-dinh")]


def test_a_text_in_the_place_of_another_is_one_change() -> None:
    old, new = {"text": "61/2018/NĐ-CP", "provisions": ["dieu_5"]}, {"text": "118/2025/NĐ-CP", "provisions": ["dieu_9"]}
    other = {"text": "23/2015/NĐ-CP"}
    found = told({"legal_basis": [old, other]}, {"legal_basis": [other, new]})
    assert ("changed", "legal_basis/1", old, new) in found and len(found) == 2, "and the other one has moved"
    assert told({"cites": [old]}, {"cites": [{**old, "provisions": ["dieu_5", "dieu_6"]}]}) == [
        ("changed", "cites/0", old, {**old, "provisions": ["dieu_5", "dieu_6"]})
    ]


def test_a_truth_is_no_number() -> None:
    assert told({"a": True}, {"a": 1}) == [("changed", "a", True, 1)]
    assert told({"a": None}, {}) == [("removed", "a", None, None)]
