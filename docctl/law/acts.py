"""The operations of acting texts with their words, found again for the events that record them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from docctl.law import reading
from docctl.law.address import above, parse
from docctl.law.changes import Change
from docctl.law.register import Register
from docctl.message import Message, msg
from docctl.model.event import AMEND, Event
from docctl.model.law_text import LawText
from docctl.model.operation import Operation, Target, Wording

Held = Callable[[str], str | None]
"""Gives the words of a text by its slug, None where they are not held."""

_LEFT_OUT = re.compile(r"…|\.\.\.|\[…\]")


class Found(Struct, frozen=True):
    """The operation that an event records, with its new words; where there is none, ``wanting`` says why."""

    operation: Operation | None = None
    words: Wording | None = None
    wanting: Message | None = None


class _Act(Struct, frozen=True):
    text: LawText
    operations: Sequence[tuple[Operation, Wording | None]]


class Acts:
    """Acting texts, each read once: ``held`` as they were issued, ``amended`` as others have made them."""

    def __init__(self, register: Register, held: Held, amended: Held) -> None:
        self.register = register
        self._held = held
        self._amended = amended
        self._read: dict[tuple[str, bool], _Act | None] = {}

    def find(self, change: Change, event: Event) -> Found:
        """The operation of the acting text that an event records, its words as they were confirmed."""
        act = self._of(change.acting)
        if act is None:
            return Found()
        number = self.register.texts[change.acting].number
        found = self._best(act, change, event, exact=True)
        if found is None:
            return Found(wanting=msg("no instruction in {number} was found that says this", number=number))
        if not _says(act.text, found[0], event.quote):
            return Found(wanting=msg("the words of {number} are not those that were confirmed", number=number))
        return Found(*found)

    def find_amended(self, change: Change, event: Event) -> Found:
        """The same in the acting text as others have amended it: it may exchange other words, and say it otherwise."""
        act = self._of(change.acting, amended=True)
        found = None if act is None else self._best(act, change, event, exact=False)
        return Found() if found is None else Found(*found)

    def unrecorded(self, other: Change, change: Change, recorded: Iterable[Change]) -> Iterator[Operation]:
        """What the provisions that an event has changed say now on the target of a change, and no event records."""
        act = self._of(change.acting, amended=True)
        known = [each for each in recorded if each.acting == change.acting and each.event is not None]
        for operation, _ in () if act is None else act.operations:
            inside = any(above(each, parse(operation.at)) for each in other.addresses)
            if (
                inside
                and self._meant(operation.target, change)
                and not any(_records(each, operation) for each in known)
            ):
                yield operation

    def start(self, change: Change, event: Event) -> int:
        """Where in the acting text an event is said; -1 where its words are not held."""
        act = self._of(change.acting)
        if act is None:
            return -1
        found = self._best(act, change, event, exact=True)
        if found is not None:
            return found[0].start
        unit = act.text.by_address.get(event.source_provision or "")
        return len(act.text.text) if unit is None else unit.start

    def _best(self, act: _Act, change: Change, event: Event, *, exact: bool) -> tuple[Operation, Wording | None] | None:
        """Of the operations of its provision and kind on its target, that which has most of its addresses."""
        wanted = {str(each) for each in change.addresses}
        best: tuple[tuple[bool, bool, int], tuple[Operation, Wording | None]] | None = None
        for each in act.operations:
            operation = each[0]
            sure = self._meant(operation.target, change)
            common = len(wanted & set(operation.addresses or ("",)))
            if sure is False or not common or not _same(operation, event, exact=exact):
                continue
            quoted = _bare(act.text.text[slice(*operation.quote)]) == _bare(event.quote)
            points = sure is True, quoted, common
            if best is None or points > best[0]:
                best = points, each
        return None if best is None else best[1]

    def _meant(self, target: Target, change: Change) -> bool | None:
        """Is it the target of the change; None where the act's words do not tell: a name the register does not know."""
        meant = self.register.known.named(target.number, target.name, target.date)
        return change.target in meant if meant or target.number is not None else None

    def _of(self, slug: str, *, amended: bool = False) -> _Act | None:
        key = slug, amended
        if key not in self._read:
            words = (self._amended if amended else self._held)(slug)
            text = self.register.texts.get(slug)
            self._read[key] = None if words is None or text is None else _read(words, text.number)
        return self._read[key]


def _read(words: str, number: str) -> _Act:
    read = reading.amendments(words, number)
    return _Act(reading.structure(words), [*zip(read.operations, reading.wordings(words, read), strict=True)])


def _records(change: Change, operation: Operation) -> bool:
    addresses = {str(each) for each in change.addresses} & set(operation.addresses or ("",))
    return bool(addresses) and change.event is not None and _same(operation, change.event, exact=False)


def _same(operation: Operation, event: Event, *, exact: bool) -> bool:
    kind = AMEND if operation.described else operation.kind
    old = None if event.phrase is None else event.phrase.old
    phrase = operation.old == old if exact else (operation.old is None) == (old is None)
    return phrase and (operation.at, kind) == (event.source_provision, event.kind)


def _says(act: LawText, operation: Operation, quote: str) -> bool:
    """Do the words that were confirmed stand in the article of the act that says it? What a quote leaves out may be."""
    article = operation.at.split("__")[0]
    place = next((place for place, each in enumerate(act.units) if each.address == article), None)
    start, stop = (0, len(act.units)) if place is None else (act.units[place].start, act.inside(place).stop)
    words = _bare(act.text[start : act.units[stop].start if stop < len(act.units) else len(act.text)])
    at = 0
    for part in map(_bare, _LEFT_OUT.split(quote)):
        at = words.find(part, at)
        if at < 0:
            return False
        at += len(part)
    return True


def _bare(words: str) -> str:
    """Letters and digits alone, so that marks and lines may be set otherwise."""
    return "".join(each for each in unicodedata.normalize("NFC", words).casefold() if each.isalnum())
