"""What an act does to another text, as its own words say it: a proposal, until a person has confirmed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from docctl.message import Message


class Target(Struct, frozen=True):
    """The text acted on: by number, by name as printed (with its date or year), or both; neither is not known."""

    number: str | None = None
    name: str | None = None
    date: str | None = None


class Words(Struct, frozen=True):
    """What one unit says itself, label and heading included, without the units inside it; ends with its line."""

    address: str
    label: str
    text: str


class Wording(Struct, frozen=True):
    """The new words of an operation: by address, the unit and those inside it, in order.

    ``opening`` are addresses whose own words alone change, not the units inside them; with ``added`` the words come
    behind those that are there. ``missing`` are addresses whose new words were not found.
    """

    units: Mapping[str, Sequence[Words]]
    opening: frozenset[str] = frozenset()
    added: bool = False
    missing: tuple[str, ...] = ()


class Operation(Struct, frozen=True):
    """One thing an act does. ``kind`` is that of an event (docs/currency.md: amend, insert, replace_phrase, repeal …).

    ``at`` is the provision of the act that says so, ``start`` and ``end`` where its words stand in the text of the
    act. ``addresses`` empty: the whole text. ``excepted`` are addresses that stay, ``kept_by`` provisions of the act
    itself that say what stays. ``old`` and ``new`` are the two sides of a phrase edit; a phrase that is added
    has the words it is added to in both. ``first`` is the first day, None where it is not known, and then
    ``condition`` may hold the words that it depends on. ``described``: of the addresses goes only what the words
    describe ("quy định về tỷ giá tại Điều 6"). ``pairs`` are old and new addresses of what is renumbered,
    ``until`` the first day after a suspension. ``quote`` is where the sentence stands that says all this, as far as
    a register may quote it.
    """

    kind: str
    at: str
    start: int
    end: int
    target: Target
    addresses: tuple[str, ...] = ()
    excepted: tuple[str, ...] = ()
    kept_by: tuple[str, ...] = ()
    after: str | None = None
    before: str | None = None
    old: str | None = None
    new: str | None = None
    first: date | None = None
    condition: str | None = None
    described: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    until: date | None = None
    quote: tuple[int, int] = (0, 0)


class Unread(Struct, frozen=True):
    """Words that seem to do something and could not be read: where they stand, and why not."""

    at: str
    start: int
    end: int
    why: Message


class Entry(Struct, frozen=True):
    """From when provisions of a text are in force: ``addresses`` empty is the whole text but for ``excepted``.

    ``first`` None: tied to ``condition``. ``stated_in`` is the provision that says so.
    """

    first: date | None
    addresses: tuple[str, ...]
    excepted: tuple[str, ...]
    stated_in: str
    condition: str | None = None
    scope: str | None = None


class Applied(Struct, frozen=True):
    """From when a text, or what the words name of it, is applied; ``first`` is None where only a year is said."""

    first: date | None
    stated_in: str
    words: str


class Effects(Struct, frozen=True):
    """``issued`` as the text says; ``entries`` in the order of the text; ``ends`` what it puts an end to.

    ``unread`` is what seems to say something of the kind and could not be read; ``applied`` from when the text is
    applied, where it says that beside the day of its force (often an earlier one).
    """

    issued: date | None
    entries: Sequence[Entry]
    ends: Sequence[Operation]
    unread: Sequence[Unread] = ()
    applied: Sequence[Applied] = ()
