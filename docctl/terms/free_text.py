"""What the strings of a document are: free texts, words for people, or ids, codes and dates. The schema knows.

History is left out: why a revision was made, and citations, which repeat the words of their day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from docctl.finding import Pointer
from docctl.schema import schema

WORDS = frozenset({"line", "text"})
"""The sorts that are words for people."""

_HISTORY = frozenset({"change", "citation"})


def free_texts(content: object, kind: str) -> Iterator[tuple[Pointer, str]]:
    """Every free text of a document's tree with its place; ``kind`` names the schema, which has accepted the tree."""
    return ((pointer, text) for pointer, sort, text in strings(content, kind) if sort in WORDS)


def strings(content: object, kind: str) -> Iterator[tuple[Pointer, str, str]]:
    """Every string of a document's tree: its place, the name of its sort in the schema, and itself; no history."""
    whole = schema(kind)
    yield from _below(content, whole, whole["$defs"], ())


def _below(
    value: Any, node: Mapping[str, Any], defs: Mapping[str, Any], pointer: Pointer
) -> Iterator[tuple[Pointer, str, str]]:
    name = str(node.get("$ref", "")).rpartition("/")[2]
    if name in _HISTORY or pointer[-1:] == ("change",):
        return
    if isinstance(value, str):
        yield pointer, "text" if "extra" in pointer else name, value
        return
    here = defs[name] if name else node
    if isinstance(value, dict):
        fields = here.get("properties", {})
        for key, each in value.items():
            yield from _below(each, fields.get(key, {}), defs, (*pointer, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _below(each, here.get("items", {}), defs, (*pointer, index))
