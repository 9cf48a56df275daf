"""Which events act on which: by naming them, or the provision of the acting text that made them (docs/currency.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from docctl.law.address import above, position
from docctl.law.changes import CHANGING, ENDING, STOPPING, Change, implied_id
from docctl.law.provisions import readable
from docctl.law.register import Register
from docctl.model.event import CORRECT, EXTEND, GENERAL_REPEAL, RESUME

Order = tuple[str, int, str, str, tuple[tuple[int, int, str], ...], int, str]


class Acting:
    """The events that act on an event, for a register; answers are the same at any date."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._by_place: dict[str, Mapping[tuple[str, ...], Sequence[Change]]] = {}

    def order(self, change: Change) -> Order:
        """What comes first: by day, rank of the acting text, its date, and place in it; without a day: before all.

        Where the file lists it does not count; of several operations of one provision the ids tell.
        """
        text = self._register.texts[change.acting]
        source = () if change.source is None else tuple(map(position, change.source.units))
        first = "" if change.first is None else change.first.isoformat()
        issued = "" if text.issued is None else text.issued.isoformat()
        return first, text.rank, issued, change.acting, source, len(change.id), change.id

    def upon(self, change: Change) -> Sequence[Change]:
        """What acts on the whole of an event, in order: names it, or its source or what contains that."""
        found = {each.id: each for each in self._register.on_event(change.id) if each.kind != EXTEND}
        for other in self._on_source(change, below=False):
            found.setdefault(other.id, other)
        return sorted(found.values(), key=self.order)

    def within(self, change: Change) -> Sequence[Change]:
        """What acts on something inside the provision that made an event, in order; nothing where none is named."""
        if change.kind in (EXTEND, RESUME, GENERAL_REPEAL):  # which say nothing that a part of them could change
            return ()
        return sorted(self._on_source(change, below=True), key=self.order)

    def extensions(self, change: Change) -> Sequence[Change]:
        """What moves the end of an event, or that of the stage of its text which it took over, in order."""
        end = change.first if change.own_end else change.end
        if end is None:
            return ()
        found = {each.id: each for each in self._register.on_event(change.id)}
        text = self._register.texts[change.acting]
        if change.stage is not None:
            named = self._register.on_event(implied_id(change.acting, text, change.stage))
            found |= {each.id: each for each in named}
            stated = readable(text.in_force[change.stage].provisions)
            for other in self._register.on(change.acting):
                if other.whole or any(above(each, own) for each in other.addresses for own in stated):
                    found.setdefault(other.id, other)
        moved = (each for each in found.values() if each.kind == EXTEND and (each.end is None or each.end > end))
        return sorted(moved, key=self.order)

    def _on_source(self, change: Change, *, below: bool) -> Iterator[Change]:
        source = change.source
        if source is None or (below and not source.units):
            return
        places = self._places(change.acting)
        found: Iterable[Change]
        if below:
            found = (each for units, some in places.items() if _inside(units, source.units) for each in some)
        else:
            sizes = range(len(source.units) + 1)
            found = (each for size in sizes for each in places.get(source.units[:size], ()))
        for other in found:
            itself = other.own_end and other.acting == change.acting and not _never_began(other, change.first)
            if below and other.kind not in CHANGING | ENDING | STOPPING | {CORRECT}:
                continue
            apart = other.id != change.id and other.kind != EXTEND and (below or not itself)
            saved = any(above(each, source) for each in other.excepted)
            if apart and not saved and (below or not _ends_text_only(other, change.first)):
                yield other

    def _places(self, slug: str) -> Mapping[tuple[str, ...], Sequence[Change]]:
        """The changes on a text, by the units they act on."""
        if slug not in self._by_place:
            found: dict[tuple[str, ...], list[Change]] = {}
            for change in self._register.on(slug):
                for address in change.addresses:
                    if not address.heading:
                        found.setdefault(address.units, []).append(change)
            self._by_place[slug] = found
        return self._by_place[slug]


def _inside(units: tuple[str, ...], outer: tuple[str, ...]) -> bool:
    return len(units) > len(outer) and units[: len(outer)] == outer


def _ends_text_only(other: Change, first: date | None) -> bool:
    """Ending an amending text as a whole does not undo what it did, unless it never came to operate."""
    return other.ends and other.whole and not _never_began(other, first)


def _never_began(other: Change, first: date | None) -> bool:
    """Does what ends a text as a whole come before the first day of one of its events?"""
    if not (other.ends and other.whole and other.confirmed) or other.excepted:
        return False
    return first is not None and other.first is not None and other.first <= first
