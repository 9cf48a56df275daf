"""Where terms, or any words, stand in the free texts of a repository: the answer of ``terms/``."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from docctl.finding import Location
from docctl.model.terms import Term


class Words(Struct, frozen=True):
    """A listed term as it stands in ``terms.yaml``: the entry and which of its words."""

    term: Term
    said: str


class TermPlace(Struct, frozen=True):
    """A place of a document where ``words`` stand, as they are written there.

    ``asked`` is what was looked for, ``listed`` the term of ``terms.yaml`` that the place belongs to, ``excepted`` says
    that a phrase of ``except`` covers it. ``before`` and ``after`` complete the sentence.
    """

    document: str
    element: str | None
    location: Location
    asked: str
    words: str
    before: str
    after: str
    listed: Words | None
    excepted: bool


class TermPlaces(Struct, frozen=True):
    """Every place in the order of files, lines and columns; how many documents were looked at; what was not read."""

    places: Sequence[TermPlace]
    documents: int
    unread: Sequence[str]
