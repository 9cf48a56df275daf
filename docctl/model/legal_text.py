"""A text of the legal register: a Work in the sense of FRBR, known by its number, issuer and date.

Only its identity is modelled here; dates, provisions and events are read by law/ when they are judged.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from docctl.model.citation import optional_date


@dataclass(frozen=True, slots=True)
class LegalText:
    """``number`` as printed; ``stub`` means cited but not held."""

    number: str
    kind: str
    title: str
    issuers: tuple[str, ...]
    jurisdiction: str
    issued: date | None
    stub: bool

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> LegalText:
        return cls(
            tree["number"],
            tree["kind"],
            tree["title"],
            tuple(tree.get("issuer", ())),
            tree.get("jurisdiction", "central"),
            optional_date(tree.get("issued")),
            tree.get("stub", False),
        )
