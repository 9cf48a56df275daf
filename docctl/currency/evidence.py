"""The proof behind a verdict: an event of the register as plain values, with the words people read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from docctl.law.address import Address
from docctl.law.changes import ENDING, STOPPING, Change, implied_id
from docctl.law.register import Register
from docctl.law.timeline import Operating, Timeline
from docctl.law.vn.words import place, places
from docctl.model.event import AMEND, EXTEND, REPLACE, RESUME
from docctl.model.legal_text import InForce, LegalText
from docctl.text.canonical import canonical
from docctl.text.tree import Value
from docctl.verdict import ABSENT, CASCADE, START, Cause, Origin, Upon


def of(register: Register, change: Change) -> Cause:
    """An event as a cause, with all that it acts on."""
    return _cause(register, change, change, ())


def cause(timeline: Timeline, operating: Operating, targets: Sequence[Address]) -> Cause:
    """An event as it operates on a text; ``targets`` are those of its addresses that touch the citation.

    Where it acts through another event, the addresses and the target are those of that event.
    """
    change = operating.change
    found = _cause(timeline.register, change, operating.root, targets)
    days = [windows[0].first for each in targets if (windows := operating.windows.get(each))]
    first = min(days, default=change.first)
    upon = tuple(_upon(timeline, change))
    return replace(found, operates=first if first != change.first else None, upon=upon) if upon or days else found


_SHAPING = ENDING | STOPPING | {AMEND, EXTEND, REPLACE, RESUME}


def _upon(timeline: Timeline, change: Change) -> Iterator[Upon]:
    """What has ended, suspended, resumed, prolonged or replaced an event."""
    for other in (*timeline.acting.upon(change), *timeline.acting.extensions(change)):
        begun = timeline.course(other).spans if other.confirmed and other.kind in _SHAPING else ()
        if begun:
            stated = None if other.event is None else other.event.source_provision
            words = None if stated is None else place(stated)
            yield Upon(other.id, other.kind, words, timeline.register.texts[other.acting].number, begun[0].first)


def cascaded(register: Register, change: Change, slug: str) -> Cause:
    """An event that has ended a text by ending what that text spells out."""
    text = register.texts[slug]
    return replace(of(register, change), kind=CASCADE, on=change.id, target=text.number, targets=(), targets_words="")


def _cause(register: Register, change: Change, root: Change, targets: Iterable[Address]) -> Cause:
    acting = register.texts[change.acting]
    event = change.event
    names = tuple(map(str, targets or root.addresses))
    return Cause(
        event=change.id,
        kind=change.kind,
        text=change.acting,
        acting=acting.number,
        title=acting.title,
        issued=acting.issued,
        provision=None if event is None else event.source_provision,
        provision_words=None if event is None or event.source_provision is None else place(event.source_provision),
        target=_number(register, root),
        targets=names,
        targets_words=places(filter(None, names)),
        quote=change.quote,
        first=change.first,
        end=change.end,
        retroactive=None if event is None else event.effect.retroactive,
        on=None if root.id == change.id else root.id,
        stated_in=change.stated_in,
        stated_in_words=None if change.stated_in is None else place(change.stated_in),
        recorded=None if event is None else event.recorded,
        confirmed=None if event is None else event.confirmed,
        phrase=None if change.phrase is None else (change.phrase.old, change.phrase.new),
        digest=register.digest(change),
        path=register.path(change.acting),
        pointer=change.pointer,
        origin=_origin(acting),
    )


_NO_ENTRY = InForce(None, None, None, None, (), (), None, None)


def start(register: Register, slug: str, entry_place: int | None) -> Cause:
    """The beginning of a text's own force, or of the stage of one of its provisions.

    ``entry_place`` is None where no entry covers the cited provision.
    """
    text = register.texts[slug]
    entry = _NO_ENTRY if entry_place is None else text.in_force[entry_place]
    return Cause(
        event=f"{slug}#in_force@{START}" if entry_place is None else f"{implied_id(slug, text, entry_place)}@{START}",
        kind=START,
        text=slug,
        acting=text.number,
        title=text.title,
        issued=text.issued,
        provision=entry.stated_in,
        provision_words=None if entry.stated_in is None else place(entry.stated_in),
        target=text.number,
        targets=entry.provisions,
        targets_words=places(entry.provisions),
        quote=entry.quote,
        first=entry.first,
        end=entry.end,
        stated_in=entry.stated_in,
        stated_in_words=None if entry.stated_in is None else place(entry.stated_in),
        digest=_digest(START, slug, entry.first, *entry.provisions),
        path=register.path(slug),
        pointer=("in_force",) if entry_place is None else ("in_force", entry_place),
        origin=_origin(text),
    )


def absent(register: Register, slug: str, address: str) -> Cause:
    """A cited address that the text does not have."""
    text = register.texts[slug]
    return Cause(
        event=f"{address}@absent",
        kind=ABSENT,
        text=slug,
        acting=text.number,
        title=text.title,
        issued=text.issued,
        target=text.number,
        targets=(address,),
        targets_words=place(address),
        digest=_digest(ABSENT, slug, None, address),
        path=register.path(slug),
        pointer=("provisions",),
        origin=_origin(text),
    )


def _digest(kind: str, slug: str, first: date | None, *addresses: str) -> str:
    """64 hex digits over what a state is about, as ``Change.digest`` gives them of an event."""
    content: list[Value] = [kind, slug, None if first is None else first.isoformat(), *addresses]
    return hashlib.sha256(b"docctl-state-v1\0" + canonical(content)).hexdigest()


def _number(register: Register, change: Change) -> str:
    if change.target is None:
        return change.on_event or ""
    text = register.texts.get(change.target)
    return change.target if text is None else text.number


def _origin(text: LegalText) -> Origin:
    source = text.source
    if source is None:
        return Origin(None, None, None, text.checked)
    return Origin(source.url, source.retrieved, source.sha256, text.checked)
