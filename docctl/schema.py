"""Validates trees against the schemas of ``/schemas``, fast where all is well, in words where it is not.

jsonschema-rs answers first; a document it accepts never imports jsonschema. Only a rejected one is
run through jsonschema, the reference, whose errors are keyed on keyword and instance path and said in
docctl's own words (docs/architecture.md tells where the two could disagree).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from docctl import schema_codes as codes
from docctl.finding import Finding, Pointer, finding
from docctl.message import msg
from docctl.text.tree import Tree, Value

KINDS = (
    "config",
    "organisation",
    "forms",
    "terms",
    "procedure",
    "legal-text",
    "adopted",
    "calendar",
    "vendor",
    "policy",
    "record",
    "checkpoint",
    "catalogue",
)
"""Names of the schemas; a document of a kind opens with ``format: docctl/<kind>/v1``."""


def schema_text(kind: str) -> str:
    """The JSON of a schema, from the installed package or, in a source tree, from ``/schemas``."""
    return (schema_folder() / f"{kind}.schema.json").read_text(encoding="utf-8")


def schema_folder() -> Path:
    """Where the schemas lie."""
    here = Path(__file__).parent
    return next((folder for folder in (here / "schemas", here.parent / "schemas") if folder.is_dir()), here)


@cache
def schema_reference(kind: str) -> tuple[str, str]:
    """What a record says of the schema its document fits: ``$id`` and the sha256 of its file."""
    text = schema_text(kind)
    return str(schema(kind)["$id"]), hashlib.sha256(text.encode("utf-8")).hexdigest()


@cache
def schema(kind: str) -> Mapping[str, Any]:
    """A schema as data."""
    loaded: Mapping[str, Any] = json.loads(schema_text(kind))
    return loaded


@cache
def _fast(kind: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema_text(kind), validate_formats=True)


def validate(tree: Tree, kind: str) -> tuple[Finding, ...]:
    """What the schema objects to: DC130 to DC138; empty for a valid document."""
    if _fast(kind).is_valid(tree.value):
        return ()
    wrong_format = _wrong_format(tree, kind)
    if wrong_format is not None:
        return (wrong_format,)
    return _in_words(tree, kind)


def is_valid(value: Value, kind: str) -> bool:
    """The fast answer alone."""
    return _fast(kind).is_valid(value)


def wants_integer(value: Value, pointer: Pointer) -> bool:
    """Does the schema of a document, told by its ``format``, ask for a whole number at a place?"""
    parts = str(value.get("format")).split("/") if isinstance(value, dict) else []
    if len(parts) != 3 or parts[1] not in KINDS:
        return False
    whole = schema(parts[1])
    here: Mapping[str, Any] = whole
    for part in pointer:
        here = here.get("items", {}) if isinstance(part, int) else here.get("properties", {}).get(part, {})
        if "$ref" in here:
            here = whole["$defs"][here["$ref"].rsplit("/", 1)[-1]]
    return here.get("type") == "integer"


def _wrong_format(tree: Tree, kind: str) -> Finding | None:
    """A document of another kind gets one sentence instead of an error for every field."""
    expected = f"docctl/{kind}/v1"
    if not isinstance(tree.value, dict):
        text = msg("the file must hold fields (name: value), beginning with format: {expected}", expected=expected)
        return finding(codes.FORMAT, text, tree.locate())
    found = tree.value.get("format")
    if found == expected:
        return None
    if "format" not in tree.value:
        text = msg("the field format is missing; here it must say {expected}", expected=expected)
        return finding(codes.FORMAT, text, tree.locate())
    shown = found if isinstance(found, str) else json.dumps(found, ensure_ascii=False)[:60]
    text = msg("format says {found}; here it must say {expected}", found=shown, expected=expected)
    return finding(codes.FORMAT, text, tree.locate(("format",)))


def _in_words(tree: Tree, kind: str) -> tuple[Finding, ...]:
    import jsonschema

    from docctl.schema_words import explain

    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    whole = schema(kind)
    validator = jsonschema.Draft202012Validator(whole, format_checker=checker)
    errors = validator.iter_errors(tree.value)
    found = [each for error in errors for each in explain(error, tree, whole.get("properties", {}))]
    if found:
        return tuple(found)
    # The reference sees nothing wrong, but a document that either rejects is rejected.
    result = []
    for error in _fast(kind).iter_errors(tree.value):
        pointer: Pointer = tuple(error.instance_path)
        place = tree.locate(pointer)
        text = msg("the value does not fit its schema ({reason})", reason=error.message)
        result.append(finding(codes.OTHER, text, place))
        result.append(finding(codes.DISAGREE, msg("only one of the two schema validators objects here"), place))
    return tuple(result)
