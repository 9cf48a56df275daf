"""Mending: certain things only, nothing lost, nothing done twice."""

from __future__ import annotations

import unicodedata

import pytest
from generated import many
from hypothesis import given, settings
from hypothesis import strategies as st

from docctl.text.edits import Edit, apply
from docctl.text.mend import Mended, mend
from docctl.text.strict import read


def mended(source: str | bytes) -> Mended:
    result = mend(source.encode() if isinstance(source, str) else source, "x.yaml")
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\ufeffa: x\n", "a: x\n"),
        ("a: x\r\nb: z\r\n", "a: x\nb: z\n"),
        (unicodedata.normalize("NFD", "a: Chứng thực\n"), "a: Chứng thực\n"),
        ("a: so\u00adft\n", "a: soft\n"),
        ("a: 1.004227   # mã\n", 'a: "1.004227"   # mã\n'),
        ("no: yes\n", '"no": "yes"\n'),
        ("a:\n\tb: c\n\td: e\n", "a:\n  b: c\n  d: e\n"),
        ("a: [no,  2025-07-01]\n", 'a: ["no",  "2025-07-01"]\n'),
    ],
)
def test_mended(before: str, after: str) -> None:
    result = mended(before)
    assert result.new == after
    assert result.done
    assert mended(result.new).done == ()


@pytest.mark.parametrize("source", ["a: x\n", "a: 'no'\n", 'a: "b\tc"\n', "a: |\n  x\ty\n", "# chú thích\na: [ x ]\n"])
def test_nothing_to_do_changes_nothing(source: str) -> None:
    assert not mended(source).changed


def test_two_fields_are_never_made_one() -> None:
    result = mended("ke\u00ady: 1\nkey: 2\n")
    assert not result.changed
    assert result.refused


def test_tabs_whose_width_matters_are_left_to_a_person() -> None:
    source = "a:\n    - x: 1\n\ty: 2\n"  # with tabs of 2, 4 or 8 this is another document or none
    result = mended(source)
    assert result.new == source
    assert result.remaining


def test_no_text_at_all() -> None:
    assert mend("a: 1\n".encode("utf-16"), "x") is None
    assert mend(b"\xff", "x") is None


ODD = st.lists(
    st.sampled_from(
        [*"abo:- \n\"'#|[]{}1.0", "e\u0302\u0301", "\u200b", "\u00ad", "\r\n", "\t", ": ", "no", "1.5", "đ", "\ufeff"]
    ),
    max_size=30,
).map("".join)


@settings(max_examples=many(600))
@given(ODD)
def test_never_another_content_and_never_twice(source: str) -> None:
    result = mended(source)
    again = mended(result.new)
    assert again.new == result.new
    before, after = read(source.encode(), "x").tree, read(result.new.encode(), "x").tree
    if before is not None:
        assert after is not None
        assert after.value == before.value


def test_edits() -> None:
    assert apply("abcdef", [Edit(4, 5, "E"), Edit(1, 3, "")]) == "adEf"
    for bad in ([Edit(0, 2, ""), Edit(1, 3, "")], [Edit(3, 9, "")], [Edit(2, 1, "")]):
        with pytest.raises(ValueError):
            apply("abc", bad)
