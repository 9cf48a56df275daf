"""What one legal text does to another, as its file in legal/ states it (docs/formats.md, events)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from docctl.model.citation import optional_date

AMEND, INSERT, REPLACE_PHRASE = "amend", "insert", "replace_phrase"
REPLACE, REPEAL, EXPIRE = "replace", "repeal", "expire"
SUSPEND, DISAPPLY, EXTEND, CORRECT = "suspend", "disapply", "extend", "correct"
RESUME, RENUMBER = "resume", "renumber"
TRANSITION, GENERAL_REPEAL = "transition", "general_repeal"
DETAIL = "detail"
"""No kind of an event that is written down: that a text spells out another one, which its ``details`` imply."""


class Effect(Struct, frozen=True):
    """From when until when, ``end`` excluded. ``given`` names what the file states; the rest is to be derived.

    ``retroactive`` is the day to which it reaches back; the deadline runs from ``first`` all the same.
    """

    first: date | None
    end: date | None
    until_event: str | None
    stated_in: str | None
    given: frozenset[str]
    retroactive: date | None = None

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Effect:
        return cls(
            optional_date(tree.get("from")),
            optional_date(tree.get("to")),
            tree.get("until_event"),
            tree.get("stated_in"),
            frozenset(tree),
            optional_date(tree.get("retroactive_from")),
        )


class Phrase(Struct, frozen=True):
    """Words replaced: all of ``old`` by ``new``, ``count`` times where known."""

    old: str
    new: str
    count: int | None


class Event(Struct, frozen=True):
    """``target_text`` with ``provisions`` (none: the whole text), or ``target_event``: exactly one of the two.

    ``confirmed`` is role and day, ``withdrawn`` role, day and reason: it has left, and is shown for good.
    Only a general repeal ("các quy định trái với … hết hiệu lực") may name neither.
    """

    id: str
    kind: str
    source_provision: str | None
    quote: str
    target_text: str | None
    target_event: str | None
    provisions: tuple[str, ...]
    excepted: tuple[str, ...]
    effect: Effect
    recorded: date
    after: str | None
    pairs: tuple[tuple[str, str], ...]
    phrase: Phrase | None
    grade: str | None
    confirmed: tuple[str, date] | None
    withdrawn: tuple[str, date, str] | None

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Event:
        source, target = tree["source"], tree.get("target", {})
        phrase, confirmed, gone = tree.get("phrase"), tree.get("confirmed"), tree.get("withdrawn")
        return cls(
            id=tree["id"],
            kind=tree["kind"],
            source_provision=source.get("provision"),
            quote=source["quote"],
            target_text=target.get("text"),
            target_event=target.get("event"),
            provisions=tuple(target.get("provisions", ())),
            excepted=tuple(target.get("except", ())),
            effect=Effect.from_tree(tree.get("effect", {})),
            recorded=date.fromisoformat(tree["recorded"]),
            after=tree.get("after"),
            pairs=tuple((pair["from"], pair["to"]) for pair in tree.get("pairs") or ()),
            phrase=None if phrase is None else Phrase(phrase["old"], phrase["new"], phrase.get("count")),
            grade=tree.get("grade"),
            confirmed=None if confirmed is None else (confirmed["by"], date.fromisoformat(confirmed["on"])),
            withdrawn=None if gone is None else (gone["by"], date.fromisoformat(gone["on"]), gone["reason"]),
        )
