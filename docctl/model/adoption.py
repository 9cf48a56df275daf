"""Revisions that were in force before docctl kept records: the entries of ``adopted.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from docctl.model.numbered import Numbered


class Adoption(Struct, Numbered, frozen=True):
    """Exactly the content of ``digest`` was in force from ``effective_from``; ``decision`` is number and date.

    ``shared_forms`` is the digest of the forms of forms.yaml it used, None where that was not written down;
    ``place`` counts the entries of the file from 0.
    """

    document: str
    issue: int
    revision: int
    digest: str
    effective_from: date
    decision: tuple[str, date] | None
    shared_forms: str | None
    place: int = 0

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any], place: int) -> Adoption:
        decision = tree.get("decision")
        return cls(
            tree["document"],
            tree["issue"],
            tree["revision"],
            tree["digest"],
            date.fromisoformat(tree["effective_from"]),
            None if decision is None else (decision["number"], date.fromisoformat(decision["date"])),
            tree.get("shared_forms"),
            place,
        )


def adoptions_from_tree(tree: Mapping[str, Any]) -> tuple[Adoption, ...]:
    """The entries of ``adopted.yaml``, in order."""
    return tuple(Adoption.from_tree(entry, place) for place, entry in enumerate(tree["adopted"]))
