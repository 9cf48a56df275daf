"""``docctl diff --format json``: the differences as they are, with the places they stand at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from docctl.finding import Pointer
from docctl.model.comparison import Comparison, Difference, Side
from docctl.text.tree import Value


def tree(comparisons: Sequence[Comparison]) -> dict[str, object]:
    """Every document that differs. ``old`` and ``new`` of a difference are JSON pointers (RFC 6901)."""
    return {"format": "docctl/diff/v1", "documents": [_document(each) for each in comparisons]}


def _document(comparison: Comparison) -> dict[str, object]:
    old, new = comparison.old, comparison.new
    return {
        "id": comparison.document,
        "title": comparison.title,
        "old": None if old is None else _side(old),
        "new": None if new is None else _side(new),
        "differences": [_difference(each, old, new) for each in comparison.differences],
    }


def _side(side: Side) -> dict[str, object]:
    revision = side.revision
    return {
        "name": side.name,
        "path": side.path,
        "digest": side.digest,
        "revision": f"{side.content['issue']}.{side.content['revision']}",
        "state": None if revision is None else revision.stage.value,
        "from": None if revision is None or revision.first is None else revision.first.isoformat(),
    }


def _difference(each: Difference, old: Side | None, new: Side | None) -> dict[str, object]:
    side = new if each.new is not None else old
    pointer = each.new if each.new is not None else each.old or ()
    return {
        "sort": each.sort.value,
        "element": None if side is None else element({**side.content}, pointer),
        "old": None if each.old is None else _pointer(each.old),
        "new": None if each.new is None else _pointer(each.new),
        "before": each.before,
        "after": each.after,
    }


def element(content: Value, pointer: Pointer) -> str | None:
    """The id of the innermost element around a place; None for a field of the document itself."""
    found = None
    for part in pointer:
        content = content[part]  # type: ignore[index]  # the pointer was made from the content
        if isinstance(content, Mapping) and isinstance(content.get("id"), str):
            found = str(content["id"])
    return found


def _pointer(pointer: Pointer) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in pointer)
