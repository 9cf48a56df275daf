"""A text of the legal register: a Work in the sense of FRBR, known by its number, issuer and date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from docctl.model.citation import optional_date
from docctl.model.event import Event

CONSOLIDATED = "consolidated"
RANKS = ("constitution", "code", "law", "resolution", "ordinance", "decree", "decision", "circular")
"""Kinds from high to low: of two events of one day, that of the higher text comes first."""


class InForce(Struct, frozen=True):
    """A stage of a text's force: ``provisions`` (none: all others) from ``first`` until before ``end``."""

    id: str | None
    first: date | None
    end: date | None
    until_event: str | None
    provisions: tuple[str, ...]
    excepted: tuple[str, ...]
    stated_in: str | None
    quote: str | None

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> InForce:
        return cls(
            tree.get("id"),
            optional_date(tree["from"]),
            optional_date(tree.get("to")),
            tree.get("until_event"),
            tuple(tree.get("provisions", ())),
            tuple(tree.get("except", ())),
            tree.get("stated_in"),
            tree.get("quote"),
        )


class Provision(Struct, frozen=True):
    """A unit of the text; ``text`` where it is held."""

    address: str
    heading: str | None
    text: str | None


class Source(Struct, frozen=True):
    """Where the facts were read."""

    url: str
    retrieved: date
    sha256: str | None
    official: bool


class Detailed(Struct, frozen=True):
    """A text, or some of its provisions (none: the whole), that another one spells out."""

    text: str
    provisions: tuple[str, ...]


class Consolidation(Struct, frozen=True):
    """A consolidated text (văn bản hợp nhất) of a text, with the events whose changes it has taken in."""

    number: str
    issued: date
    events: tuple[str, ...]


class LegalText(Struct, frozen=True):
    """``number`` as printed; ``stub`` means cited but not held.

    ``complete`` is False where only a part of the units is listed. ``details`` are the texts it
    spells out (quy định chi tiết), ``consolidated_by`` its consolidated texts, ``asserted`` the status its publisher
    prints and the day it was seen; ``fields`` what it is about, ``definitions`` the address of the article that
    defines its terms.
    """

    number: str
    kind: str
    title: str
    aliases: tuple[str, ...]
    issuers: tuple[str, ...]
    jurisdiction: str
    issued: date | None
    published: date | None
    in_force: tuple[InForce, ...]
    provisions: tuple[Provision, ...]
    complete: bool
    attachments: tuple[str, ...]
    events: tuple[Event, ...]
    details: tuple[Detailed, ...]
    consolidated_by: tuple[Consolidation, ...]
    source: Source | None
    checked: date | None
    asserted: tuple[str, date] | None
    stub: bool
    fields: tuple[str, ...] = ()
    definitions: str | None = None

    @property
    def rank(self) -> int:
        """0 is the highest; kinds that make no law come last."""
        return RANKS.index(self.kind) if self.kind in RANKS else len(RANKS)

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> LegalText:
        asserted = tree.get("asserted_status")
        return cls(
            number=tree["number"],
            kind=tree["kind"],
            title=" ".join(tree["title"].split()),
            aliases=tuple(tree.get("aliases", ())),
            issuers=tuple(tree.get("issuer", ())),
            jurisdiction=tree.get("jurisdiction", "central"),
            issued=optional_date(tree.get("issued")),
            published=optional_date(tree.get("published")),
            in_force=tuple(map(InForce.from_tree, tree.get("in_force", ()))),
            provisions=tuple(
                Provision(each["address"], each.get("heading"), each.get("text")) for each in tree.get("provisions", ())
            ),
            complete=tree.get("provisions_complete", True),
            attachments=tuple(each["address"] for each in tree.get("attachments", ())),
            events=tuple(map(Event.from_tree, tree.get("events", ()))),
            details=tuple(
                Detailed(each["text"], tuple(each.get("provisions", ()))) for each in tree.get("details", ())
            ),
            consolidated_by=tuple(
                Consolidation(each["number"], date.fromisoformat(each["issued"]), tuple(each.get("events", ())))
                for each in tree.get("consolidated_by", ())
            ),
            source=_source(tree.get("source")),
            checked=optional_date(tree.get("checked")),
            asserted=None if asserted is None else (asserted["value"], date.fromisoformat(asserted["seen"])),
            stub=tree.get("stub", False),
            fields=tuple(tree.get("fields", ())),
            definitions=tree.get("definitions"),
        )


def _source(tree: Mapping[str, Any] | None) -> Source | None:
    if tree is None:
        return None
    return Source(tree["url"], date.fromisoformat(tree["retrieved"]), tree.get("sha256"), tree.get("official", False))
