"""Canonical JSON against another implementation and the RFC's own vectors; the digest's promises."""

from __future__ import annotations

import hashlib

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from docctl.text.canonical import canonical, digest
from docctl.text.strict import read

VALUES = st.recursive(
    st.one_of(
        st.booleans(),
        st.none(),
        st.integers(-(2**53) + 1, 2**53 - 1),
        st.text(st.characters(exclude_categories=["Cs"])),
    ),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=30,
)


@given(VALUES)
def test_equals_the_reference_implementation(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


def test_vectors_of_the_rfc() -> None:
    keys = {"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}
    assert [*__import__("json").loads(canonical(keys))] == [
        "\r",
        "1",
        "\u0080",
        "\u00f6",
        "\u20ac",
        "\U0001f600",
        "\ufb33",
    ]
    assert canonical({"a": '\u20ac$\u000f\nA\'B"\\\\"/'}) == b'{"a":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'


@pytest.mark.parametrize("value", [1.0, 2**53, -(2**53), "\ud800", {"a": b"x"}])
def test_refused(value: object) -> None:
    with pytest.raises(ValueError):
        canonical(value)  # type: ignore[arg-type]


def test_digest_is_versioned_and_ignores_only_writing() -> None:
    first = read(b'# c\na: "1.0"\nb: [x, y]\n', "x").tree
    second = read(b"b:\r\n  - x\r\n  - 'y'\r\na: '1.0'\r\n", "x").tree
    assert first is not None
    assert second is not None
    assert digest(first.value) == digest(second.value)
    assert digest(first.value) == hashlib.sha256(b'docctl-content-v1\0{"a":"1.0","b":["x","y"]}').hexdigest()
    assert digest({"a": 1}) != digest({"a": "1"})
    assert digest({"a": ["x", "y"]}) != digest({"a": ["y", "x"]})
