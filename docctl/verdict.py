"""What is said about a citation at a date: a verdict and the chain of proof behind it. Plain values.

The order of ``Verdict`` is that of its weight, worst first. Terms: docs/currency.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import cached_property

from msgspec import Struct


class Verdict(Enum):
    """Worst first; a citation, an element, a procedure has the worst of all that is said about it."""

    BASIS_ENDED = "basis_ended"
    SUSPENDED = "suspended"
    NOT_IN_FORCE = "not_in_force"
    WRONG_ADDRESS = "wrong_address"
    OUTDATED = "outdated"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"
    UNDATED = "undated"
    UPCOMING = "upcoming"
    POSSIBLE = "possible"
    REVIEW = "review"
    UNCHECKED = "unchecked"
    TRANSITION = "transition"
    CHANGED_BETWEEN = "changed_between"
    MINOR = "minor"
    CURRENT = "current"

    @cached_property
    def rank(self) -> int:
        """0 is the worst."""
        return [*Verdict].index(self)


HAVE_DUE = frozenset({Verdict.BASIS_ENDED, Verdict.OUTDATED})
"""What has to be mended by a day; nothing else has one."""


START, END, ABSENT, CASCADE = "start", "end", "absent", "cascade"
"""Kinds of causes that no file states as events: a text's force begins, a change made for a time is over, a unit is
missing, a text ended with what it spelt out."""


class Unchecked(Enum):
    """Why silence about a text is no evidence that nothing has changed: the ``detail`` of ``unchecked``."""

    STUB = "stub"
    NEVER = "never"
    LONG_AGO = "long_ago"
    NO_TREE = "no_tree"


class Doubt(Enum):
    """Why a citation, or an event, could not be judged."""

    NOT_REGISTERED = "not_registered"
    AMBIGUOUS = "ambiguous"
    UNREADABLE_TEXT = "unreadable_text"
    UNREADABLE_ADDRESS = "unreadable_address"
    NO_TREE = "no_tree"
    CONSOLIDATED = "consolidated"
    KIND = "kind"
    ACTED_UPON = "acted_upon"
    UNREADABLE_EVENT = "unreadable_event"
    CIRCLE = "circle"
    LABEL = "label"


class Due(Struct, frozen=True):
    """The last day. ``rolled`` is False where no calendar of the year is known: then it is the plain date."""

    day: date
    rolled: bool = True


class Origin(Struct, frozen=True):
    """Where the facts about a text were read, and when its changes were last looked for."""

    url: str | None
    retrieved: date | None
    sha256: str | None
    checked: date | None


class Upon(Struct, frozen=True):
    """An event that acts on another one: its id, its kind, the provision and the text that make it, its first day."""

    event: str
    kind: str
    provision_words: str | None
    acting: str
    first: date


class Cause(Struct, frozen=True, kw_only=True):
    """The event behind a verdict.

    ``event`` is its global id, or the implied one: ``<slug>#in_force0`` (a text ends by itself),
    ``<slug>#in_force0@start`` (it has not begun), ``<id>@<day>`` (words taken in no longer hold),
    ``<address>@absent``. ``acting`` is the number of the text that causes it, ``text`` its slug. ``on`` is the event
    through which it acts here, ``retroactive`` the day to which it reaches back. ``over`` is the kind of an event whose
    time is over; ``operates`` the first day on which it operates, where that is another than the stated one; ``upon``
    are the events that ended, suspended, resumed, prolonged or replaced it.
    """

    event: str
    kind: str
    text: str
    acting: str
    title: str
    issued: date | None = None
    provision: str | None = None
    provision_words: str | None = None
    target: str
    targets: tuple[str, ...]
    targets_words: str
    quote: str | None = None
    first: date | None = None
    end: date | None = None
    retroactive: date | None = None
    on: str | None = None
    stated_in: str | None = None
    stated_in_words: str | None = None
    recorded: date | None = None
    confirmed: tuple[str, date] | None = None
    phrase: tuple[str, str] | None = None
    over: str | None = None
    operates: date | None = None
    upon: tuple[Upon, ...] = ()
    digest: str | None = None
    path: str
    pointer: tuple[str | int, ...]
    origin: Origin


class Judgement(Struct, frozen=True):
    """One thing said about one address of one citation.

    ``since`` is the first day it holds or will hold; ``coming`` the verdict an upcoming or possible
    event will bring; ``doubt`` the reason of ``unknown``, ``detail`` what it is about and ``meant`` what
    was probably meant; ``called`` what the cited unit was called just before the event, where that was another number.
    """

    verdict: Verdict
    cause: Cause | None = None
    since: date | None = None
    due: Due | None = None
    overdue: bool = False
    coming: Verdict | None = None
    doubt: Doubt | None = None
    detail: str | None = None
    meant: str | None = None
    called: str | None = None


class Issue(Struct, frozen=True):
    """The record that issued a revision: who signed it, as which person, when, and whether it is signed at all."""

    by: str
    title: str
    on: date
    assurance: str


class Settled(Struct, frozen=True):
    """A decision of a record about an event (``model.record``), why, by whom, when."""

    event: str
    decision: str
    reason: str | None
    by: str
    on: date


class Baseline(Struct, frozen=True):
    """What a revision is judged against: the record that issued it, or the entry of ``adopted.yaml`` in its stead.

    ``path`` and ``pointer`` are those of the record or entry; ``issue`` is None where there is no record.
    ``reviewed`` is the day of the last legal review since, ``settled`` what records have decided by name.
    """

    revision: str
    effective_from: date
    decision: tuple[str, date] | None
    path: str
    pointer: tuple[str | int, ...]
    issue: Issue | None = None
    reviewed: date | None = None
    settled: tuple[Settled, ...] = ()


class Proof(Struct, frozen=True):
    """The chain behind a finding: procedure and element, citation, provision, what happened, baseline.

    ``text`` is the cited text's number, ``slug`` its file; ``address`` the cited provision, empty for the
    whole text, ``place`` its words.
    """

    procedure: str
    revision: str
    element: str
    element_name: str | None
    text: str
    slug: str | None
    address: str
    place: str
    printed: str | None
    judgement: Judgement
    baseline: Baseline | None


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The worst of several; ``current`` where there are none."""
    return min(verdicts, key=lambda verdict: verdict.rank, default=Verdict.CURRENT)


def earliest(dues: Iterable[Due | None]) -> Due | None:
    """The earliest day of several, or None."""
    return min((due for due in dues if due is not None), key=lambda due: due.day, default=None)
