"""The words of a text of the register at a date: its own, with what confirmed events have done to them by then.

An event says what is done where, and from when; the new words are read where they stand, in the text of the act that
brings them. Nobody copies them, so nobody mistypes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from docctl.law import reading
from docctl.law.changes import Change
from docctl.law.consolidation import CHANGES_WORDS, Edit, consolidate, units_of
from docctl.law.register import Register
from docctl.model.event import DISAPPLY, INSERT, REPLACE_PHRASE, SUSPEND, Event
from docctl.model.law_at import Consolidated, Difference, Origin, TextAt
from docctl.model.operation import Operation, Wording

RANKS = ("constitution", "code", "law", "resolution", "ordinance", "decree", "decision", "circular")
"""From high to low: of two events of one day, that of the higher text comes first (docs/currency.md)."""

Held = Callable[[str], str | None]
"""Gives the words of a text by its slug, None where they are not held."""


class _Acts:
    """The operations of acting texts with their words, each text read once."""

    def __init__(self, register: Register, held: Held) -> None:
        self.register = register
        self.held = held
        self._read: dict[str, Sequence[tuple[Operation, Wording | None]]] = {}

    def find(self, change: Change, event: Event) -> tuple[Operation, Wording | None] | None:
        """The operation of the acting text that an event records: of its provision, kind and at its addresses."""
        wanted = {str(each) for each in change.addresses}
        best: tuple[int, tuple[Operation, Wording | None]] | None = None
        for each in self._of(change.acting):
            operation = each[0]
            common = len(wanted & set(operation.addresses))
            old = None if event.phrase is None else event.phrase.old
            same = (operation.at, operation.kind, operation.old) == (event.source_provision, event.kind, old)
            if same and common > (0 if best is None else best[0]):
                best = common, each
        return None if best is None else best[1]

    def _of(self, slug: str) -> Sequence[tuple[Operation, Wording | None]]:
        if slug not in self._read:
            words = self.held(slug)
            text = self.register.texts.get(slug)
            found: Sequence[tuple[Operation, Wording | None]] = ()
            if words is not None and text is not None:
                read = reading.amendments(words, text.number)
                found = [*zip(read.operations, reading.wordings(words, read), strict=True)]
            self._read[slug] = found
        return self._read[slug]


def text_at(register: Register, slug: str, held: Held, as_of: date) -> TextAt | None:
    """The text at a date; None where its words are not held."""
    words = held(slug)
    if words is None:
        return None
    acts = _Acts(register, held)
    edits = [
        _edit(register, acts, change) for change in _in_order(register, slug) if _operates(register, change, as_of)
    ]
    units, unfit = consolidate(units_of(reading.structure(words)), edits)
    pending = [each.id for each in register.on(slug) if not each.confirmed and each.kind in CHANGES_WORDS]
    return TextAt(slug, register.texts[slug], as_of, units, unfit, pending)


def differences(before: TextAt, after: TextAt) -> Sequence[Difference]:
    """Unit by unit what changed between two dates, in the order of the later text."""
    old, new = _said(before.units), _said(after.units)
    known = {each.address: each.origins for each in before.units}
    found = []
    for address in _merged([*old], [*new]):
        one, other = old.get(address), new.get(address)
        if one != other:
            origins = next((each.origins for each in after.units if each.address == address), ())
            since = [each for each in origins if each not in known.get(address, ())]
            found.append(Difference(address, one, other, since))
    return found


def _said(units: Sequence[Consolidated]) -> Mapping[str, str]:
    """What the units say that are in force, blank space folded."""
    return {each.address: " ".join(each.text.split()) for each in units if not each.gone}


def _merged(old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    """The addresses of both in one order: those that went stand where they stood."""
    places = {address: place for place, address in enumerate(old)}
    left, at = set(new), 0
    for address in new:
        place = places.get(address, -1)
        if place >= at:
            yield from (each for each in old[at:place] if each not in left)
            at = place + 1
        yield address
    yield from (each for each in old[at:] if each not in left)


# -- which events --------------------------------------------------------------------------------------


def _in_order(register: Register, slug: str) -> Sequence[Change]:
    return sorted(register.on(slug), key=lambda change: _order(register, change))


def _order(register: Register, change: Change) -> tuple[date, int, str, str, int]:
    text = register.texts[change.acting]
    rank = RANKS.index(text.kind) if text.kind in RANKS else len(RANKS)
    place = change.pointer[1] if isinstance(change.pointer[1], int) else 0
    return change.first or date.max, rank, str(text.issued or ""), change.acting, place


def _operates(register: Register, change: Change, day: date) -> bool:
    """Has it changed words by that day? Not where it was taken back, replaced or suspended meanwhile.

    The end of a whole text leaves its words as they are: whether they are in force is its status.
    """
    if change.event is None or not change.confirmed or change.kind not in CHANGES_WORDS or not change.holds(day):
        return False
    if change.whole and change.kind != REPLACE_PHRASE:
        return False
    for other in register.acting_on(change):
        if not other.confirmed or not other.holds(day):
            continue
        if other.kind in (SUSPEND, DISAPPLY) or (
            other.kind not in (INSERT, REPLACE_PHRASE) and other.kind in CHANGES_WORDS
        ):
            return False
    return True


def _edit(register: Register, acts: _Acts, change: Change) -> Edit:
    assert change.event is not None
    assert change.first is not None
    event = change.event
    number = register.texts[change.acting].number
    origin = Origin(change.id, number, event.source_provision or "", change.first)
    found = acts.find(change, event)
    operation, words = (None, None) if found is None else found
    return Edit(
        origin=origin,
        kind=change.kind,
        addresses=tuple(str(each) for each in change.addresses),
        excepted=tuple(str(each) for each in change.excepted),
        words=words,
        after=event.after or (None if operation is None else operation.after),
        before=None if operation is None else operation.before,
        phrase=event.phrase,
        spelling=reading.spelling,
        pairs=event.pairs,
    )
