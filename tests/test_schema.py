"""The schemas themselves, both validators on the same documents, and what an error says and where."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from time import process_time
from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from generated import many
from hypothesis import given, settings
from hypothesis import strategies as st

from docctl.schema import KINDS, schema, schema_text, validate
from docctl.text.strict import read

PROCEDURE: dict[str, Any] = {
    "format": "docctl/procedure/v1", "id": "QT-01", "title": "Cấp bản sao", "issue": 1, "revision": 0, "owner": "thu-ky",
    "legal_basis": [{"text": "61/2018/NĐ-CP", "provisions": ["dieu_17__khoan_1"]}],
    "fees": [{"id": "phi-1", "name": "Phí", "amount": 8000}],
    "steps": [{"id": "step-1", "title": "Tiếp nhận", "role": "mot-cua", "time": {"value": 1, "unit": "hour"}, "next": []}],
}  # fmt: skip


def both(kind: str) -> tuple[jsonschema.Draft202012Validator, Any]:
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    reference = jsonschema.Draft202012Validator(schema(kind), format_checker=checker)
    return reference, jsonschema_rs.Draft202012Validator(schema_text(kind), validate_formats=True)


def parts(value: Any) -> Iterator[Any]:
    yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(each)


@pytest.mark.parametrize("kind", KINDS)
def test_schema_is_valid_self_contained_and_named(kind: str) -> None:
    data = schema(kind)
    jsonschema.Draft202012Validator.check_schema(data)
    assert data["$id"] == f"urn:docctl:schema:v1:{kind}"
    for part in parts(data):
        if isinstance(part, dict) and isinstance(part.get("$ref"), str):
            assert part["$ref"].startswith("#/$defs/")
            assert part["$ref"].removeprefix("#/$defs/") in data["$defs"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_is_described_in_both_languages(kind: str) -> None:
    for part in parts(schema(kind)):
        if isinstance(part, dict) and isinstance(part.get("properties"), dict) and part.get("type") == "object":
            assert part.get("additionalProperties") is False
            for name, field in part["properties"].items():
                english, _, vietnamese = field.get("description", "").partition("\n")
                assert english, f"{kind}: {name} has no description"
                assert vietnamese, f"{kind}: {name} has no Vietnamese description"


def test_shared_definitions_are_equal_copies() -> None:
    seen: dict[str, Any] = {}
    for kind in KINDS:
        for name, definition in schema(kind).get("$defs", {}).items():
            assert seen.setdefault(name, definition) == definition, f"{name} differs in {kind}"


def seconds(pattern: re.Pattern[str], subject: str) -> float:
    started = process_time()
    pattern.search(subject)
    return process_time() - started


def test_every_text_is_bounded_and_every_pattern_one_line_and_quick() -> None:
    for kind in KINDS:
        for part in parts(schema(kind)):
            if isinstance(part, dict) and isinstance(part.get("pattern"), str) and part["pattern"] != "\n":
                pattern = re.compile(part["pattern"])
                longest = part.get("maxLength", 64)
                for attack in ("a", "a-", "a_", "dieu_1__", "1.", "forms/a", "khoan_1-", "0", "#heading"):
                    subject = (attack * longest)[:longest] + "!"
                    assert min(seconds(pattern, subject) for _ in range(3)) < 0.05, part["pattern"]
                if part.get("type") == "string":
                    assert part.get("not") == {"pattern": "\n"}
                    assert not pattern.search("\n")
                assert "\\d" not in part["pattern"]
                assert "\\w" not in part["pattern"]


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-1, 20000), st.text(max_size=8), st.just([]), st.just({}),
    st.sampled_from(["QT-01\n", "2025-02-30", "2025-02-28", "0000-01-01", "dieu_1", "dieu_đ", "٣", "1.004227", "hour", "x" * 70]),
)  # fmt: skip


@settings(max_examples=many(400))
@given(st.data())
def test_both_validators_agree(data: st.DataObject) -> None:
    """Any one value of a valid procedure replaced, removed or joined by an unknown one."""
    document = copy.deepcopy(PROCEDURE)
    holder = data.draw(st.sampled_from([each for each in parts(document) if isinstance(each, dict) and each]))
    key = data.draw(st.sampled_from([*holder, "covers", "issued", "extra"]))
    holder[key] = data.draw(ODD)
    reference, fast = both("procedure")
    slow = {(str(error.validator), tuple(error.absolute_path)) for error in reference.iter_errors(document)}
    quick = {(error.schema_path[-1], tuple(error.instance_path)) for error in fast.iter_errors(document)}
    assert bool(slow) == bool(quick) == (not fast.is_valid(document))
    assert {path for _, path in slow} == {path for _, path in quick}


MISTAKES = [
    ({"titel": "x"}, "DC131", ("titel",), "there is no field", "title"),
    ({"title": None}, "DC133", ("title",), "must be text", None),
    ({"issue": "2"}, "DC133", ("issue",), "whole number", "without quotes"),
    ({"issue": 0}, "DC136", ("issue",), "at least 1", None),
    ({"level": "comune"}, "DC134", ("level",), "not allowed", "commune"),
    ({"id": "qt-01"}, "DC135", ("id",), "not written", "capital"),
    ({"title": "a\nb"}, "DC135", ("title",), "one line", None),
    ({"title": ""}, "DC136", ("title",), "empty", None),
    ({"legal_basis": [{"text": "1/2020/NĐ-CP", "provisions": ["Điều 5"]}]}, "DC135", ("legal_basis", 0, "provisions", 0), "not written", "dieu_5"),
    ({"legal_basis": [{"text": "1/2020/NĐ-CP", "pinned": "2025-02-30"}]}, "DC135", ("legal_basis", 0, "pinned"), "calendar", None),
    ({"fees": [{"id": "phi-1", "name": "Phí"}]}, "DC137", ("fees", 0), "one of these must", "add"),
    ({"fees": [{"id": "phi-1", "name": "Phí", "amount": 1, "formula": "x"}]}, "DC137", ("fees", 0, "formula"), "only one", None),
    ({"covers": ["1.004227", "1.004227"]}, "DC136", ("covers", 1), "twice", None),
    ({"covers": ["1.004227"]}, "DC132", ("covers",), "dossier (The dossier)", "63/2010"),
    ({"steps": {}}, "DC133", ("steps",), "a list", None),
    ({"format": "docctl/procedure/v2"}, "DC130", ("format",), "docctl/procedure/v1", None),
    ({"extra": {"a": 1}}, "DC133", ("extra", "a"), "must be text", "quotes"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "code", "pointer", "words", "fix"), MISTAKES)
def test_an_error_is_a_sentence_at_its_place(
    change: dict[str, Any], code: str, pointer: tuple[str | int, ...], words: str, fix: str | None
) -> None:
    tree = read(json.dumps({**PROCEDURE, **change}, ensure_ascii=False, indent=1).encode(), "x.yaml").tree
    assert tree is not None
    found = [each for each in validate(tree, "procedure") if each.code.id == code and words in str(each.message)]
    assert found, [str(each.message) for each in validate(tree, "procedure")]
    assert found[0].location.pointer == pointer
    if pointer:
        assert found[0].location.line > 1
    if fix is not None:
        assert fix in str(found[0].fix)


def test_a_document_of_another_kind_gets_one_sentence() -> None:
    for source in ("- a\n", "text\n", "format: docctl/forms/v1\nforms: []\n", "id: QT-01\n"):
        tree = read(source.encode(), "x.yaml").tree
        assert tree is not None
        assert [each.code.id for each in validate(tree, "procedure")] == ["DC130"]
