"""Which texts of a document are free: words for people, not ids, codes or dates. The schema knows.

History is left out: why a revision was made, and citations, which repeat the words of their day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docctl.finding import Pointer
from docctl.schema import schema

_WORDS = frozenset({"line", "text"})
_HISTORY = frozenset({"change", "citation"})


def free_texts(content: object, kind: str) -> Iterator[tuple[Pointer, str]]:
    """Every free text of a document's tree with its place; ``kind`` names the schema, which has accepted the tree."""
    whole = schema(kind)
    yield from _below(content, whole, whole["$defs"], ())


def _below(
    value: Any, node: Mapping[str, Any], defs: Mapping[str, Any], pointer: Pointer
) -> Iterator[tuple[Pointer, str]]:
    name = str(node.get("$ref", "")).rpartition("/")[2]
    if name in _HISTORY or pointer[-1:] == ("change",):
        return
    if isinstance(value, str):
        if name in _WORDS or "extra" in pointer:
            yield pointer, value
        return
    here = defs[name] if name else node
    if isinstance(value, dict):
        fields = here.get("properties", {})
        for key, each in value.items():
            yield from _below(each, fields.get(key, {}), defs, (*pointer, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _below(each, here.get("items", {}), defs, (*pointer, index))
