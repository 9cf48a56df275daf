"""Changes: events as they operate, with target, addresses and window resolved; declared or implied."""

from __future__ import annotations

import hashlib
from datetime import date

from msgspec import Struct

from docctl.law.address import WHOLE, Address, BadAddress, parse
from docctl.law.provisions import Tree, readable, tree_of
from docctl.model.event import (
    AMEND,
    CORRECT,
    DETAIL,
    DISAPPLY,
    EXPIRE,
    INSERT,
    RENUMBER,
    REPEAL,
    REPLACE,
    REPLACE_PHRASE,
    SUSPEND,
    Effect,
    Event,
    Phrase,
)
from docctl.model.legal_text import InForce, LegalText
from docctl.text.canonical import canonical
from docctl.text.tree import Value

CHANGING = frozenset({AMEND, INSERT, REPLACE_PHRASE, REPLACE})
ENDING = frozenset({REPEAL, EXPIRE})
STOPPING = frozenset({SUSPEND, DISAPPLY})
BESIDE = frozenset({INSERT, REPLACE_PHRASE, CORRECT, RENUMBER})
"""What does something to an event's targets when it acts on the event, and leaves the event as it is."""

_PREFIX = b"docctl-event-v1\0"


class Change(Struct, frozen=True):
    """One event on one text. ``first`` is None where its day is not known; ``end`` is excluded.

    ``target`` is the slug of the text acted on, or None where only an event is; ``on_event`` that event's
    global id. ``event`` is None for what ``in_force`` implies; ``stage`` is the place of the entry that ``end`` comes
    from, where no event states one.
    """

    id: str
    kind: str
    acting: str
    target: str | None
    on_event: str | None
    addresses: tuple[Address, ...]
    excepted: tuple[Address, ...]
    first: date | None
    end: date | None
    until_event: str | None
    stated_in: str | None
    quote: str | None
    event: Event | None
    pointer: tuple[str | int, ...]
    stage: int | None = None

    @property
    def confirmed(self) -> bool:
        """Implied events stand on what the text says of itself; declared ones need a person."""
        return self.event is None or self.event.confirmed is not None

    @property
    def own_end(self) -> bool:
        """Is it the end that a text, or a stage of it, states of itself?"""
        return self.event is None and self.kind == EXPIRE

    @property
    def whole(self) -> bool:
        """Does it act on the text as a whole?"""
        return WHOLE in self.addresses

    @property
    def ends(self) -> bool:
        """Does it take away what it acts on: repeal, expiry, replacement of a whole text?"""
        return self.kind in ENDING or (self.kind == REPLACE and self.whole and self.target is not None)

    @property
    def stops(self) -> bool:
        """Does it suspend or disapply what it acts on?"""
        return self.kind in STOPPING

    @property
    def formal(self) -> bool:
        """Is it a change of form only? A person has decided so (``grade: form``), or numbers alone have changed."""
        if self.kind == RENUMBER:
            return True
        graded = self.event is not None and self.event.grade == "form"
        return graded and self.kind in (CHANGING | {CORRECT}) - {REPLACE}

    @property
    def source(self) -> Address | None:
        """The provision of the acting text that makes it; the whole text where none is named, or it cannot be read.

        None for what no event states.
        """
        if self.event is None:
            return None
        try:
            return parse(self.event.source_provision or "")
        except BadAddress:
            return WHOLE

    @property
    def phrase(self) -> Phrase | None:
        return None if self.event is None else self.event.phrase

    def holds(self, day: date) -> bool:
        """Does its window hold on a day? Not where the window is unknown."""
        return self.first is not None and self.first <= day and not self.over(day)

    def over(self, day: date) -> bool:
        """Has its window closed by a day?"""
        return self.end is not None and self.end <= day

    def digest(self) -> str:
        """64 hex digits over what the event does: a record names it, so an edited event speaks again.

        Covers kind, target, effect as resolved, phrase, grade, pairs and ``after``; not who confirmed it,
        its quote or the day it was recorded.
        """
        event = self.event
        phrase = None if self.phrase is None else [self.phrase.old, self.phrase.new, self.phrase.count]
        pairs: list[Value] = [] if event is None else [list(pair) for pair in event.pairs]
        content: Value = {
            "kind": self.kind,
            "target": self.target or self.on_event,
            "provisions": [*sorted(map(str, self.addresses))],
            "except": [*sorted(map(str, self.excepted))],
            "from": None if self.first is None else self.first.isoformat(),
            "to": None if self.end is None else self.end.isoformat(),
            "until_event": self.until_event,
            "phrase": None if phrase is None else [*phrase],
            "grade": "form" if self.formal else "substance",
            "pairs": pairs,
            "after": None if event is None else event.after,
        }
        return hashlib.sha256(_PREFIX + canonical(content)).hexdigest()


def stage(text: LegalText, address: Address, tree: Tree | None = None) -> tuple[int, InForce] | None:
    """The entry of ``in_force`` that covers an address most closely, with its place.

    None where none does, or where only the provision tree could tell (a chapter's stage): then the day is
    not known.

    ``tree`` is that of the text, where it has been made already.

    An entry without provisions covers all that no other names. Of a text that has only entries with
    provisions, the whole begins with the earliest of them.
    """
    if len(text.in_force) == 1 and not text.in_force[0].provisions and not text.in_force[0].excepted:
        return 0, text.in_force[0]  # one day for everything, as nearly every text has it
    best: tuple[int, int, InForce] | None = None
    tree = tree or tree_of(text)
    for place, entry in enumerate(text.in_force):
        size = _covers(entry, address, tree)
        if size is None:
            return None  # it would take the provision tree to say
        if size >= 0 and (best is None or size > best[0]):
            best = size, place, entry
    if best is None and not address.units:
        dated = [(entry.first, place) for place, entry in enumerate(text.in_force) if entry.first is not None]
        if dated:
            place = min(dated)[1]
            return place, text.in_force[place]
    return None if best is None else best[1:]


def _covers(entry: InForce, address: Address, tree: Tree) -> int | None:
    """How closely an entry covers an address: the number of units it names; -1 where not, None where unknown."""
    left_out = [tree.above(each, address) for each in readable(entry.excepted)]
    if True in left_out:
        return -1
    named = readable(entry.provisions)
    inside = [(tree.above(each, address), len(each.units)) for each in named]
    if None in left_out or any(known is None for known, _size in inside):
        return None
    return max((size for known, size in inside if known), default=-1) if named else 0


def resolved_effect(text: LegalText, event: Event) -> tuple[Effect, int | None]:
    """The effect of an event, key by key: as stated, else that of the text's stage for its source.

    With the place of that stage where the end comes from it.
    """
    given = event.effect.given
    try:
        source = parse(event.source_provision or "")
    except BadAddress:
        source = WHOLE
    found = stage(text, source)
    if found is None:
        return event.effect, None
    place, default = found
    effect = Effect(
        event.effect.first if "from" in given else default.first,
        event.effect.end if "to" in given else default.end,
        event.effect.until_event if "until_event" in given else default.until_event,
        event.effect.stated_in if "stated_in" in given else default.stated_in,
        given,
        event.effect.retroactive,
    )
    return effect, None if "to" in given else place


def declared(slug: str, text: LegalText, place: int, target: str | None) -> Change:
    """An event of a file as it operates on ``target``. Raises ``BadAddress`` where it cannot be read."""
    event = text.events[place]
    effect, stage_place = resolved_effect(text, event)
    numbers = [old for old, _new in event.pairs]  # addresses are those of the day before
    addresses = tuple(dict.fromkeys(parse(each) for each in (*event.provisions, *numbers))) or (WHOLE,)
    for _old, new in event.pairs:
        parse(new)
    return Change(
        id=f"{slug}#{event.id}",
        kind=event.kind,
        acting=slug,
        target=target,
        on_event=event.target_event,
        addresses=addresses,
        excepted=tuple(parse(each) for each in event.excepted),
        first=effect.first,
        end=effect.end,
        until_event=effect.until_event,
        stated_in=effect.stated_in,
        quote=event.quote,
        event=event,
        pointer=("events", place),
        stage=stage_place,
    )


def implied_id(slug: str, text: LegalText, place: int) -> str:
    """The id of what an entry of ``in_force`` implies: by the entry's own id, else by its place from 0."""
    return f"{slug}#{text.in_force[place].id or f'in_force{place}'}"


def implied_end(slug: str, text: LegalText, place: int) -> Change | None:
    """The end that an entry of ``in_force`` states. Raises ``BadAddress`` where it cannot be read."""
    entry = text.in_force[place]
    if entry.end is None and entry.until_event is None:
        return None
    others = [each for each in text.in_force if each is not entry]
    # An entry without provisions covers the rest: what another entry names has its own end, or none.
    kept = () if entry.provisions else tuple(address for each in others for address in each.provisions)
    same = (each.first for each in others if each.provisions == entry.provisions)
    again = [first for first in same if first is not None and entry.end is not None and first >= entry.end]
    return Change(
        id=implied_id(slug, text, place),
        kind=EXPIRE,
        acting=slug,
        target=slug,
        on_event=None,
        addresses=tuple(parse(each) for each in entry.provisions) or (WHOLE,),
        excepted=tuple(parse(each) for each in (*entry.excepted, *kept)),
        first=entry.end,
        end=min(again, default=None),
        until_event=entry.until_event,
        stated_in=entry.stated_in,
        quote=entry.quote,
        event=None,
        pointer=("in_force", place),
        stage=place,
    )


def implied_detail(slug: str, text: LegalText, place: int, target: str) -> Change:
    """That a text spells out another one, from its first day on. Raises ``BadAddress`` where it cannot be read."""
    found = stage(text, WHOLE)
    entry = None if found is None else found[1]
    return Change(
        id=f"{slug}#{DETAIL}",
        kind=DETAIL,
        acting=slug,
        target=target,
        on_event=None,
        addresses=tuple(parse(each) for each in text.details[place].provisions) or (WHOLE,),
        excepted=(),
        first=None if entry is None else entry.first,
        end=None,
        until_event=None,
        stated_in=None if entry is None else entry.stated_in,
        quote=None,
        event=None,
        pointer=("details", place),
    )
