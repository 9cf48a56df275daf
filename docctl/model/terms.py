"""Terms that stand in free text and are right only for a time: ``terms.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from docctl.model.citation import Citation, optional_date


class Term(Struct, frozen=True):
    """One or more ways to say the same, right from the first to the last day, both included; None is open.

    ``instead`` is what is said now; None where nothing is known, or, with ``gone``, where nothing took its place.
    ``place`` counts the entries of the file from 0, ``several`` says that it lists the words.
    ``excepted`` are longer phrases in which the words are right for good; ``exact``: capital letters count.
    """

    words: tuple[str, ...]
    first: date | None
    last: date | None
    instead: str | None
    gone: bool
    excepted: tuple[str, ...]
    exact: bool
    why: Citation | None
    note: str | None
    place: int = 0
    several: bool = False

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any], place: int) -> Term:
        why = tree.get("why")
        return cls(
            words=(tree["term"],) if "term" in tree else tuple(tree["terms"]),
            first=optional_date(tree.get("from")),
            last=optional_date(tree.get("until")),
            instead=tree.get("instead"),
            gone="instead" in tree and tree["instead"] is None,
            excepted=tuple(tree.get("except", ())),
            exact=tree.get("exact", False),
            why=None if why is None else Citation.from_tree(why),
            note=tree.get("note"),
            place=place,
            several="terms" in tree,
        )


def terms_from_tree(tree: Mapping[str, Any]) -> tuple[Term, ...]:
    """The entries of ``terms.yaml``, in order."""
    return tuple(Term.from_tree(entry, place) for place, entry in enumerate(tree["terms"]))
