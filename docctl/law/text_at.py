"""The words of a text of the register at a date: its own, with what confirmed events have done to them by then.

An event says what is done where, and from when; the new words are read where they stand, in the text of the act that
brings them. Nobody copies them, so nobody mistypes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from docctl.law import reading
from docctl.law.acts import Acts, Found, Held
from docctl.law.address import WHOLE
from docctl.law.changes import Change, stage
from docctl.law.consolidation import CHANGES_WORDS, Edit, consolidate, units_of
from docctl.law.operating import Standing, standing
from docctl.law.register import Register
from docctl.law.timeline import Timeline
from docctl.message import Message, msg
from docctl.model.event import REPEAL, REPLACE_PHRASE, Phrase
from docctl.model.law_at import Consolidated, Difference, Origin, TextAt, Unfit
from docctl.model.law_text import Part

_Unit = tuple[str, int]
_Place = tuple[date, int, str, str, int, int]


def text_at(
    register: Register, slug: str, held: Held, as_of: date, asking: frozenset[str] = frozenset()
) -> TextAt | None:
    """The text at a date; None where its words are not held.

    ``asking`` are the texts for whose sake it is asked: a circle of acts that amend each other ends there.
    """
    words = held(slug)
    if words is None:
        return None
    acts = Acts(register, held, lambda act: _as_amended(register, act, held, as_of, asking | {slug}))
    steps = _Steps(Timeline(register), acts, as_of)
    for change in register.on(slug):
        if change.kind in CHANGES_WORDS:
            steps.add(steps.timeline.prolonged(change))
    steps.say_unrecorded(register.on(slug))
    units, unfit = consolidate(units_of(reading.structure(words)), steps.in_order())
    text = register.texts[slug]
    entry = stage(text, WHOLE)
    pending = [*dict.fromkeys(steps.pending)]
    return TextAt(slug, text, as_of, units, [*steps.unfit, *unfit], pending, None if entry is None else entry[1].first)


def _as_amended(register: Register, slug: str, held: Held, day: date, asking: frozenset[str]) -> str | None:
    """The words of an acting text as others have amended it; None where they are not held."""
    words = held(slug)
    page = None if words is None or slug in asking else text_at(register, slug, held, day, asking)
    if words is None or page is None:
        return None
    read = reading.structure(words)
    units = "".join(each.text for each in page.units if not each.gone)
    return "".join(read.of(Part.FRONT)) + units + "".join(read.of(Part.END))


def differences(before: TextAt, after: TextAt) -> Sequence[Difference]:
    """Unit by unit what changed between two dates, in the order of the later text."""
    old, new = _said(before.units), _said(after.units)
    known, origins = _told_apart(before.units), _told_apart(after.units)
    found = []
    for key in _merged([*old], [*new]):
        one, other = old.get(key), new.get(key)
        if one != other:
            was = known[key].origins if key in known else ()
            since = [each for each in (origins[key].origins if key in origins else ()) if each not in was]
            found.append(Difference(key[0], one, other, since))
    return found


def _told_apart(units: Sequence[Consolidated]) -> Mapping[_Unit, Consolidated]:
    """The units by address, those of one address by their number there: a text may print one number twice."""
    count = Counter[str]()
    found = {}
    for each in units:
        found[each.address, count[each.address]] = each
        count[each.address] += 1
    return found


def _said(units: Sequence[Consolidated]) -> Mapping[_Unit, str]:
    """What the units say that are in force, blank space folded."""
    return {key: " ".join(each.text.split()) for key, each in _told_apart(units).items() if not each.gone}


def _merged(old: Sequence[_Unit], new: Sequence[_Unit]) -> Iterator[_Unit]:
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


class _Steps:
    """The edits that events make on the words of a text by a day; ``unfit`` and ``pending`` what they do not."""

    def __init__(self, timeline: Timeline, acts: Acts, day: date) -> None:
        self.timeline = timeline
        self.register = timeline.register
        self.acts = acts
        self.day = day
        self.unfit: list[Unfit] = []
        self.pending: list[str] = []
        self._edits: list[tuple[_Place, Edit]] = []
        self._beside: dict[str, tuple[Change, list[Change]]] = {}
        self._rewritten: dict[str, tuple[Change, Change]] = {}

    def add(self, change: Change) -> None:
        """An event on the text. The end of a whole text leaves its words: whether they are in force is its status."""
        if not change.confirmed:
            self.pending.append(change.id)
        elif change.whole and change.ends:
            return
        elif change.first is None:
            if not change.over(self.day):
                self._say(change, change, msg("its day is not known"))
        elif change.holds(self.day):
            self._operating(change, standing(self.timeline, change, self.day))

    def in_order(self) -> Sequence[Edit]:
        """By day, rank of the acting text, and place in it."""
        for change, targets in self._beside.values():
            first = max(each.first or date.min for each in (change, *targets))
            addresses = tuple(dict.fromkeys(address for each in targets for address in _addresses(each)))
            edit = Edit(
                origin=self._origin(change, first),
                kind=REPLACE_PHRASE,
                addresses=addresses,
                phrase=_uncounted(change),
                spelling=reading.spelling,
                brought_by=frozenset(each.id for each in targets),
            )
            self._edits.append((self._place(change, first), edit))
        return [edit for _, edit in sorted(self._edits, key=lambda each: each[0])]

    def say_unrecorded(self, recorded: Sequence[Change]) -> None:
        """Lists what provisions that others have changed say now, and no event on the text records."""
        for other, change in self._rewritten.values():
            origin = self._origin(other, other.first or date.max)
            why = msg("{number} says this now, and no event records it", number=self._number(change))
            for operation in self.acts.unrecorded(other, change, recorded):
                self.unfit += [Unfit(origin, address, why) for address in operation.addresses or ("",)]

    def _operating(self, change: Change, now: Standing) -> None:
        if not (now.at or now.instead):
            return
        self.pending += now.waiting
        for other, why in now.said:
            self._say(other, change, why)
        if now.instead and self._instead(now.instead, change):
            return
        for other in now.beside:
            self._beside.setdefault(other.id, (other, []))[1].append(change)
        if change.whole and change.phrase is None:
            self._say(change, change, msg("it does not say which provisions"))
        else:
            edit = replace(self._edit(change), addresses=tuple(map(str, now.at)) or _addresses(change))
            self._edits.append((self._place(change, change.first or date.max), edit))

    def _instead(self, others: Sequence[Change], change: Change) -> bool:
        """Puts in the place of an event what the provision that made it says now; False where this is not found."""
        other = max(others, key=lambda each: self._place(each, each.first or date.min))
        event = change.event
        before = Found() if event is None else self.acts.find(change, event)
        now = Found() if event is None else self.acts.find_amended(change, event)
        if now.operation is None or (before.operation is not None and _told(before) == _told(now)):
            self._say(other, change, msg("its new words for {number} were not found", number=self._number(change)))
            return False
        self._rewritten.setdefault(other.id, (other, change))
        first = max(change.first or date.min, other.first or date.min)
        edit = reading.edit(now.operation, now.words, other.id, self._number(other))
        self._edits.append((self._place(other, first), replace(edit, origin=self._origin(other, first))))
        return True

    def _edit(self, change: Change) -> Edit:
        origin = self._origin(change, change.first or date.max)
        excepted, event = tuple(str(each) for each in change.excepted), change.event
        if event is None:
            return Edit(origin, REPEAL, _addresses(change), excepted)
        found = self.acts.find(change, event)
        operation = found.operation
        return Edit(
            origin=origin,
            kind=change.kind,
            addresses=_addresses(change),
            excepted=excepted,
            words=found.words,
            after=event.after or (None if operation is None else operation.after),
            before=None if operation is None else operation.before,
            phrase=event.phrase,
            spelling=reading.spelling,
            pairs=event.pairs,
            described=operation is not None and operation.described,
            wanting=found.wanting,
        )

    def _say(self, other: Change, change: Change, why: Message) -> None:
        """Lists what an event does not do to the words at the addresses of a change, itself or one it acts on."""
        origin = self._origin(other, other.first or date.max)
        self.unfit += [Unfit(origin, address, why) for address in _addresses(change)]

    def _origin(self, change: Change, first: date) -> Origin:
        provision = change.stated_in if change.event is None else change.event.source_provision
        return Origin(change.id, self._number(change), provision or "", first)

    def _number(self, change: Change) -> str:
        return self.register.texts[change.acting].number

    def _place(self, change: Change, first: date) -> _Place:
        text = self.register.texts[change.acting]
        start = -1 if change.event is None else self.acts.start(change, change.event)
        listed = change.pointer[1] if isinstance(change.pointer[1], int) else 0
        return first, text.rank, str(text.issued or ""), change.acting, start, listed


def _addresses(change: Change) -> tuple[str, ...]:
    return tuple(str(each) for each in change.addresses)


def _uncounted(change: Change) -> Phrase | None:
    """The phrase of an event on another: how often its words stand was counted in the acting text."""
    return None if change.phrase is None else replace(change.phrase, count=None)


def _told(found: Found) -> tuple[object, ...]:
    """What an operation does, without the places at which it stands."""
    operation = found.operation
    if operation is None:
        return ()
    return operation.kind, operation.addresses, operation.excepted, operation.old, operation.new, found.words
