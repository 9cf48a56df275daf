"""What has changed between two texts of one document: element by element, in the order of the new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from msgspec import Struct

from docctl.finding import Pointer
from docctl.model.standing import Revision


class Sort(Enum):
    """What became of a field, or of an element of a list."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


class Difference(Struct, frozen=True):
    """One thing that has changed. ``old`` is where it stood, ``new`` where it stands; None where it did, or does, not.

    ``before`` and ``after`` are the values there. Lists of plain values, citations, lengths of time and what has no id
    are compared as a whole. An element that has moved may have changed as well: that is said apart, by its new place.
    """

    sort: Sort
    old: Pointer | None
    new: Pointer | None
    before: Any = None
    after: Any = None


OWN_FIELDS = "extra"
"""Below it stand an agency's own fields, of which nobody else knows what they mean."""


class Side(Struct, frozen=True):
    """One of two texts: ``name`` is its number, or the commit it is in, None for the file as it is now.

    ``path`` and ``content`` are those of its file, ``revision`` is where it stands, where that was asked for.
    """

    name: str | None
    path: str
    digest: str
    content: Mapping[str, Any]
    revision: Revision | None = None


class Comparison(Struct, frozen=True):
    """Two texts of a document and what differs; one of them is None where the document is new, or gone."""

    document: str
    title: str
    old: Side | None
    new: Side | None
    differences: tuple[Difference, ...]


def given_anew(found: Iterable[Difference]) -> Mapping[str, str]:
    """Of elements that have only got another id: the new one by the old one."""
    changed = ((each, each.new) for each in found if each.sort is Sort.CHANGED and each.new is not None)
    return {str(each.before): str(each.after) for each, new in changed if new[-1] == "id" and OWN_FIELDS not in new}
