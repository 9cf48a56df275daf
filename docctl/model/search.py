"""Where words stand: the answer of ``docctl search``."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from docctl.finding import Location


class Hit(Struct, frozen=True):
    """A text in which everything stands that was asked for; ``spans`` are the code points that were.

    ``element`` is what it belongs to and ``name`` what that is called.
    """

    location: Location
    element: str | None
    name: str | None
    text: str
    spans: tuple[tuple[int, int], ...]


class FoundIn(Struct, frozen=True):
    """A document with its hits. ``kind`` is procedure, revision, forms, organisation or legal-text."""

    path: str
    kind: str
    id: str
    title: str
    revision: str | None
    hits: tuple[Hit, ...]


class Search(Struct, frozen=True):
    """The best documents in which the words stand; how many there are in all, were searched, and which were not."""

    words: tuple[str, ...]
    documents: tuple[FoundIn, ...]
    total: int
    searched: int
    unread: Sequence[str]
