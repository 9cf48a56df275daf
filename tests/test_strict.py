"""The strict reader: what it keeps, what it refuses, where it points, and that both parsers agree."""

from __future__ import annotations

import pytest
import yaml
from generated import many
from hypothesis import given, settings
from hypothesis import strategies as st

from docctl.finding import Severity
from docctl.text.scalars import FIRST, LONG_INTEGER, OTHER_READERS, is_name, read_otherwise
from docctl.text.strict import MOST_BYTES, PureParser, Reading, read


def text_of(source: str) -> Reading:
    return read(source.encode(), "x.yaml")


def codes(reading: Reading) -> list[str]:
    return [each.code.id for each in reading.findings]


@pytest.mark.parametrize(
    "plain",
    ["1.004227", "2.001050", "012", "no", "1:30", "2025-07-01", "1e3", "0x1F", "1_000", ".5", "-0", "+1", "Yes", "NULL",
     "True", "2001-12-14 21:59:43", "=", ".inf", "0b1", "0o7", "190:20:30", "y"],
)  # fmt: skip
def test_plain_text_keeps_every_character_and_is_noted(plain: str) -> None:
    reading = text_of(f"a: {plain}\n")
    assert reading.tree is not None
    assert reading.tree.value == {"a": plain}
    assert codes(reading) == ["DC115"]


@pytest.mark.parametrize("plain", ["Đăng ký", "5 ngày", "a:b", "1.2.3", "QT-01", "2025-7", "a#b", "-x", "1,5"])
def test_ordinary_text_is_not_noted(plain: str) -> None:
    reading = text_of(f"a: {plain}\n")
    assert reading.findings == ()
    assert reading.tree is not None
    assert reading.tree.value == {"a": plain}


@pytest.mark.parametrize(
    ("plain", "value"),
    [("true", True), ("false", False), ("null", None), ("0", 0), ("-7", -7), ("999999999999999", 999999999999999)],
)
def test_the_few_typed_scalars(plain: str, value: object) -> None:
    reading = text_of(f"a: {plain}\n")
    assert reading.tree is not None
    assert reading.tree.value == {"a": value}
    assert type(reading.tree.value["a"]) is type(value)  # type: ignore[index,call-overload]


REFUSED = [
    ("a: 1\na: 2\n", "DC106", (2, 1)),
    ("a: {b: 1, b: 2}\n", "DC106", (1, 11)),
    ("a: &x 1\n", "DC107", (1, 4)),
    ("a: 1\nb: *a\n", "DC107", (2, 4)),
    ("a: !!int 1\n", "DC108", (1, 4)),
    ("a: !own 1\n", "DC108", (1, 4)),
    ("%YAML 1.2\n---\na: 1\n", "DC108", (1, 1)),
    ("a: 1\n---\nb: 2\n", "DC109", (2, 1)),
    ("<<: {a: 1}\n", "DC110", (1, 1)),
    ("1: a\n", "DC111", (1, 1)),
    ("true: a\n", "DC111", (1, 1)),
    ("[a]: b\n", "DC111", (1, 1)),
    ("a:\nb: 1\n", "DC112", (1, 3)),
    ("a: ~\n", "DC112", (1, 4)),
    ("a: [x, ]\nb:\n  - \n", "DC112", (3, 4)),
    ("a:\tb\n", "DC113", (1, 3)),
    ("a:\n\tb: c\n", "DC113", (2, 1)),
    ("a: 1234567890123456\n", "DC114", (1, 4)),
    ('a: "x\nb: 1\n', "DC101", (1, 4)),
    ("a: b: c\n", "DC101", (1, 5)),
    ("a: [1, 2\n", "DC101", (2, 1)),
    ("", "DC101", (1, 1)),
    ('a: "x\ny"\n', "DC101", (2, 1)),
    ("a: [x\n]\n", "DC101", (2, 1)),
    ("b:\n  a: [x\n  ]\n", "DC101", (3, 3)),
    ("a: [b?]\n", "DC101", (1, 5)),
    ('a: "b"#c\n', "DC101", (1, 7)),
    ("a: |# c\n  b\n", "DC101", (1, 4)),
    ("a: |\n  b", "DC101", (1, 4)),
    ("a: |\nb: c\n", "DC112", (1, 4)),
    ("a\n...\n...\n", "DC109", (3, 1)),
    ('a: "\\u202e"\n', "DC105", (1, 4)),
    ('a: "\\0"\n', "DC105", (1, 4)),
    ("a: x\u200by\n", "DC105", (1, 5)),
    ("a: x\u202ey\n", "DC105", (1, 5)),
    ("a: x\x07y\n", "DC105", (1, 5)),
    ("a: 1\rb: 2\n", "DC105", (1, 5)),
    ("a: Chu\u031b\u0301ng\n", "DC104", (1, 4)),
    ("[" * 41 + "]" * 41, "DC116", (1, 41)),
]


@pytest.mark.parametrize(("source", "code", "place"), REFUSED)
def test_refused_with_place(source: str, code: str, place: tuple[int, int]) -> None:
    for parser in (None, PureParser):
        reading = text_of(source) if parser is None else read(source.encode(), "x.yaml", parser)
        assert reading.tree is None
        found = next(each for each in reading.findings if each.code.id == code)
        if parser is None:
            assert (found.location.line, found.location.column) == place
        assert found.severity is Severity.ERROR


def test_bytes_that_are_no_text() -> None:
    assert codes(read(b"\xef\xbb\xbfa: 1\n", "x")) == ["DC103"]
    assert codes(read("a: 1\n".encode("utf-16"), "x")) == ["DC102"]
    assert codes(read("a: 1\n".encode("utf-16-le"), "x")) == ["DC102"]
    reading = read(b"a: 1\nb: \xff\n", "x")
    assert [(each.code.id, each.location.line, each.location.column) for each in reading.findings] == [("DC102", 2, 4)]
    assert codes(read(b"#" * (MOST_BYTES + 1), "x")) == ["DC116"]


def test_every_duplicate_and_every_empty_value_is_said() -> None:
    assert codes(text_of("a: 1\na: 2\na: 3\nb: ~\nc: ~\n")) == ["DC106", "DC106", "DC112", "DC112"]


def test_places_of_keys_and_values() -> None:
    source = 'a:\n  - {x: "một", y: 2}\n  - |\n    dài\n\nb: hai\n'
    tree = text_of(source).tree
    assert tree is not None
    expected = {
        ("a", 0, "x"): '"một"',
        ("a", 0): '{x: "một", y: 2}',
        ("a", 1): "|\n    dài",
        ("b",): "hai",
        ("a",): '- {x: "một", y: 2}\n  - |\n    dài',
    }
    for pointer, text in expected.items():
        span = tree.spans[pointer]
        assert source[span.start : span.end] == text
    place = tree.locate(("b",), key=True)
    assert (place.line, place.column, place.end_column) == (6, 1, 2)
    assert tree.locate(("a", 0, "missing")).line == 2


def test_a_billion_laughs_is_refused_at_the_first_anchor() -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(30))
    assert codes(text_of(bomb)) == ["DC107"]


YAML_TEXT = st.lists(
    st.sampled_from([*"ab:-#?[]{},'\"|>&*!%@` \n01.~=\\\tđ", "- ", ": ", "\n  ", "---\n", "\n"]), max_size=40
).map("".join)


@settings(max_examples=many(1500))
@given(YAML_TEXT)
def test_both_parsers_give_the_same_trees(source: str) -> None:
    fast, pure = text_of(source), read(source.encode(), "x.yaml", PureParser)
    assert (fast.tree is None) == (pure.tree is None)
    if fast.tree is not None and pure.tree is not None:
        assert fast.tree.value == pure.tree.value
    else:
        assert any(each.severity is Severity.ERROR for each in fast.findings)


LINE = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=20)
TREES = st.recursive(
    st.one_of(st.booleans(), st.none(), st.integers(-(10**15) + 1, 10**15 - 1), LINE),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(LINE, inner, max_size=4),
    max_leaves=20,
)


@settings(max_examples=many(300))
@given(st.dictionaries(st.sampled_from("abcdef"), TREES, min_size=1))
def test_what_a_dumper_writes_reads_back_or_is_refused(value: dict[str, object]) -> None:
    reading = text_of(yaml.safe_dump(value, allow_unicode=True, sort_keys=False))
    if reading.tree is not None:
        assert reading.tree.value == value


@settings(max_examples=many(500))
@given(st.from_regex(r"[-+]?[0-9._:eExobT ~ynaA-]{1,12}", fullmatch=True))
def test_what_pyyaml_would_type_is_noted(plain: str) -> None:
    """Against the resolver of PyYAML itself: whatever it takes for something else, we note."""
    tag = yaml.SafeLoader("").resolve(yaml.ScalarNode, plain, (True, False))
    if tag != "tag:yaml.org,2002:str" and plain.strip() == plain and plain:
        typed_by_us = text_of(f"a: {plain}\n")
        value = typed_by_us.tree.value["a"] if typed_by_us.tree is not None else None  # type: ignore[index,call-overload]
        assert read_otherwise(plain) or not isinstance(value, str)


@given(st.from_regex(OTHER_READERS, fullmatch=True) | st.from_regex(LONG_INTEGER, fullmatch=True))
@settings(max_examples=many(500))
def test_what_others_misread_is_known_by_its_beginning(text: str) -> None:
    assert text[0] in FIRST
    assert not is_name(text) or text == "on"
