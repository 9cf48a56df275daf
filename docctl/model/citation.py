"""A reference of a procedure's element to a legal text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from msgspec import Struct


class Citation(Struct, frozen=True):
    """``text`` is a number or a slug; no ``provisions`` means the whole text.

    A pinned citation is historical: it means the text as it stood on that day and is never judged.
    """

    text: str
    provisions: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    printed: str | None = None
    pinned: date | None = None
    within: str | None = None

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Citation:
        return cls(
            text=tree["text"],
            provisions=tuple(tree.get("provisions", ())),
            excepted=tuple(tree.get("except", ())),
            printed=tree.get("printed"),
            pinned=optional_date(tree.get("pinned")),
            within=tree.get("within"),
        )


def citations(trees: Iterable[Mapping[str, Any]]) -> tuple[Citation, ...]:
    """The citations of a ``cites`` or ``legal_basis`` list, in order."""
    return tuple(map(Citation.from_tree, trees))


def optional_date(text: str | None) -> date | None:
    """A date of a validated tree, or None."""
    return None if text is None else date.fromisoformat(text)
