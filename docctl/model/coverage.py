"""The answer to "does the agency cover its catalogue?": entries at a date, their documents, what differs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import TypeAlias

from msgspec import Struct

from docctl.finding import Pointer
from docctl.model.catalogue import Decision
from docctl.model.currency import State
from docctl.model.duration import Duration
from docctl.model.procedure import Procedure
from docctl.model.view import Document


class Status(Enum):
    """Where an entry of the catalogue, or a code that a document covers, stands at a date.

    ``ended``: abolished or replaced, yet a document serves it; ``unlisted``: no decision knows the code;
    ``ahead``: its first day is still to come; ``elsewhere``: it belongs to another level and nothing here serves it.
    """

    MISSING = "missing"
    ENDED = "ended"
    DIFFERS = "differs"
    DRAFT = "draft"
    UNLISTED = "unlisted"
    AHEAD = "ahead"
    FINE = "fine"
    ELSEWHERE = "elsewhere"


class Differs(Enum):
    """In what a document and the catalogue differ; ``worded``: perhaps the same in other words."""

    NAME = "name"
    FIELD = "field"
    LEVEL = "level"
    LONGER = "longer"
    SHORTER = "shorter"
    FEE = "fee"
    FEE_MISSING = "fee_missing"
    FEE_ADDED = "fee_added"
    PAPER_MISSING = "paper_missing"
    PAPER_ADDED = "paper_added"
    PAPER = "paper"
    SETS = "sets"
    FORM = "form"
    RESULT_MISSING = "result_missing"
    RESULT_ADDED = "result_added"
    CHANNEL_MISSING = "channel_missing"
    CHANNEL_ADDED = "channel_added"
    WORDED = "worded"
    NOT_COMPARED = "not_compared"


HARMLESS = frozenset({Differs.SHORTER, Differs.NOT_COMPARED})
"""What leaves an entry fine: a shorter time is a saving, and what cannot be compared is said besides."""


class Money(Struct, frozen=True):
    """What a fee comes to: an amount in whole units, or a formula in words."""

    amount: int | None
    formula: str | None
    currency: str
    per: str | None


class Copies(Struct, frozen=True):
    """How many originals and copies of a paper."""

    originals: int
    copies: int


Value: TypeAlias = str | int | Duration | Money | Copies | tuple[str, ...] | None
"""A value of either side; None: there is none."""


class Origin(Struct, frozen=True):
    """Where something in the catalogue comes from: the decision, its place, and the first day.

    ``kind`` is what the decision does to the entry: ``new``, ``amended``, ``replaced`` or ``abolished``.
    """

    kind: str
    decision: Decision
    since: date
    path: str
    pointer: Pointer


class Difference(Struct, frozen=True):
    """One thing that a document has otherwise than the catalogue has it for ``codes``.

    ``field`` is the catalogue's field, ``what`` the fee, paper or result, ``channel`` the way to apply where the
    values are those of one; ``pointer`` the place in the document.
    """

    kind: Differs
    codes: tuple[str, ...]
    field: str
    what: str | None
    channel: str | None
    ours: Value
    theirs: Value
    origin: Origin
    pointer: Pointer


class Text(Struct, frozen=True):
    """A text of a procedure and what it stands for; ``in_force``: the revision in force where its text is not held."""

    document: Document[Procedure]
    state: State
    in_force: str | None

    @property
    def stands_in(self) -> bool:
        """Does it only stand in for the text in force, which is not held?"""
        return self.in_force is not None or self.state is State.NOT_HELD

    @property
    def serves(self) -> bool:
        """Are dossiers handled by it, as far as is known?"""
        return self.state is State.IN_FORCE or self.stands_in


class TextCoverage(Struct, frozen=True):
    """A document that covers codes, with all that differs; ``covers`` are those of the list at the date."""

    text: Text
    covers: tuple[str, ...]
    differences: tuple[Difference, ...]


class Ahead(Struct, frozen=True):
    """What becomes of a code within the horizon; ``changed`` are fields, ``replaced_by`` other codes."""

    origin: Origin
    changed: tuple[str, ...]
    replaced_by: tuple[str, ...]
    ends: bool


class EntryCoverage(Struct, frozen=True):
    """A code at a date. ``origin`` is what listed or ended it last, None for a code nobody decided on.

    ``unstated`` are the fields that the catalogue does not give, so nothing is compared; ``successors`` the
    codes that take the place of an ended entry; ``serving`` the ids of documents.
    """

    code: str
    name: str | None
    status: Status
    required: bool
    origin: Origin | None
    serving: tuple[str, ...]
    unstated: tuple[str, ...]
    successors: tuple[str, ...]
    perhaps: str | None
    ahead: tuple[Ahead, ...]


class Fault(Enum):
    """What is wrong with the decisions themselves."""

    TWICE = "twice"
    CONTRADICTS = "contradicts"
    HEADS_DIFFER = "heads_differ"
    UNKNOWN = "unknown"
    ENDED_ALREADY = "ended_already"
    LISTED_ALREADY = "listed_already"
    SUCCESSOR_UNKNOWN = "successor_unknown"
    INCOMPLETE = "incomplete"


class Flaw(Struct, frozen=True):
    """A fault at a place of ``catalogue/``; ``other`` is the place it clashes with, ``detail`` what it is about."""

    fault: Fault
    code: str
    origin: Origin
    other: Origin | None = None
    detail: str = ""


class Coverage(Struct, frozen=True):
    """All entries at a date in the order of their codes, all documents that cover codes, in that of their ids.

    ``unread`` are the files of the catalogue, and the procedures, that could not be read.
    """

    as_of: date
    horizon_end: date
    decisions: int
    entries: tuple[EntryCoverage, ...]
    texts: tuple[TextCoverage, ...]
    flaws: tuple[Flaw, ...]
    unread: tuple[str, ...]

    @property
    def listed(self) -> tuple[EntryCoverage, ...]:
        """The entries of the list at the date that this agency has to cover."""
        return tuple(each for each in self.entries if each.required)

    @property
    def covered(self) -> tuple[EntryCoverage, ...]:
        """Those of them that a document in force serves, whether it differs or not."""
        return tuple(each for each in self.listed if each.status in (Status.FINE, Status.DIFFERS))

    @property
    def differences(self) -> Iterator[tuple[TextCoverage, Difference]]:
        """Every difference with its document."""
        return ((text, each) for text in self.texts for each in text.differences)

    def of(self, code: str) -> EntryCoverage | None:
        """A code at the date, None where neither the catalogue nor a document knows it."""
        return next((each for each in self.entries if each.code == code), None)

    def in_status(self, status: Status) -> tuple[EntryCoverage, ...]:
        return tuple(each for each in self.entries if each.status is status)
