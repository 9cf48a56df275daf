"""A legal text as it stands on a day: its units, where their words come from, and what could not be done to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from docctl.message import Message
from docctl.model.legal_text import LegalText


class Origin(Struct, frozen=True):
    """Where the words of a unit come from: ``event`` of ``acting`` in its ``provision``, from ``first`` on.

    ``first`` is the last day there is where it is not known.
    """

    event: str
    acting: str
    provision: str
    first: date


class Consolidated(Struct, frozen=True):
    """A unit at the date. ``origins`` empty: as first issued; else the oldest first.

    ``gone``: it has been repealed, with the units inside it; its number stays, ``text`` holds what it said last.
    """

    address: str
    label: str
    text: str
    origins: tuple[Origin, ...] = ()
    gone: bool = False


class Unfit(Struct, frozen=True):
    """An edit that was not made at ``address``, and why; ``provision`` and event stand in its origin."""

    origin: Origin
    address: str
    why: Message


class TextAt(Struct, frozen=True):
    """``units`` in order; ``unfit`` events that could not be made; ``pending`` those nobody has confirmed, by id.

    ``first`` is the first day of the text in force, None where it is not known.
    """

    slug: str
    text: LegalText
    as_of: date
    units: Sequence[Consolidated]
    unfit: Sequence[Unfit]
    pending: Sequence[str]
    first: date | None = None


class Wording(Struct, frozen=True):
    """A unit, as people call it, with what it said before a change and what it says since; None: it was not there."""

    place: str
    before: str | None
    after: str | None


class Difference(Struct, frozen=True):
    """What a unit said on one day and on another; None where it was not there, or not any more.

    ``because`` are the events that came between.
    """

    address: str
    before: str | None
    after: str | None
    because: Sequence[Origin]
