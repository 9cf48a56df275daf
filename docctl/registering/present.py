"""Which of the events read from a text its file holds already, though a person may have mended them since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from docctl.law.register import unregistered
from docctl.model.event import Event

if TYPE_CHECKING:
    from docctl.law.register import Register

_Key: TypeAlias = tuple[object, ...]


class Present:
    """The events of a file. Each stands for one that is read again: the most alike, by the ways in ``_keys``."""

    def __init__(self, register: Register, events: Sequence[Event]) -> None:
        self._register = register
        self._events = events

    def without(self, read: Sequence[Event]) -> Sequence[int]:
        """The places of those that are not in the file; what is read twice word for word is one."""
        first: dict[_Key, int] = {}
        for place, each in enumerate(read):
            first.setdefault((*self._exact(each), _quote(each)), place)
        missing, free = [*first.values()], [*self._events]
        for key in self._keys:
            missing, free = _unmatched(read, missing, free, key)
        return [place for place in missing if not any(self._covers(each, read[place]) for each in self._events)]

    @property
    def _keys(self) -> Sequence[Callable[[Event], _Key]]:
        """From alike in all to mended by a person: its days, its quote, then all but where it is said and quoted."""
        return (
            self._exact,
            self._without_days,
            lambda each: (each.kind, *self._acting(each), tuple(sorted(each.provisions)), _phrase(each)),
            lambda each: (each.kind, *self._acting(each), _quote(each), _phrase(each)),
            lambda each: (*self._acting(each), _quote(each)),
            lambda each: (each.source_provision, _quote(each)),
        )

    def _acting(self, event: Event) -> _Key:
        """Where it is said, and of which text, however that is written."""
        target = event.target_text
        if target is None:
            return event.source_provision, event.target_event
        meant = self._register.meant(target)
        return event.source_provision, meant[0] if len(meant) == 1 else unregistered(target)

    def _without_days(self, event: Event) -> _Key:
        where = (tuple(sorted(event.provisions)), tuple(sorted(event.excepted)))
        return event.kind, *self._acting(event), *where, event.after, event.pairs, _phrase(event)

    def _exact(self, event: Event) -> _Key:
        return *self._without_days(event), event.effect

    def _covers(self, held: Event, read: Event) -> bool:
        """Is one that is read a part of one that a person has made of several?"""
        alike = (held.kind, *self._acting(held), _phrase(held)) == (read.kind, *self._acting(read), _phrase(read))
        return alike and bool(read.provisions) and {*read.provisions} < {*held.provisions}


def _unmatched(
    read: Sequence[Event], missing: Sequence[int], free: Sequence[Event], key: Callable[[Event], _Key]
) -> tuple[list[int], list[Event]]:
    """The places that no free event is like, and the events still free: each stands for one that is read."""
    alike: dict[_Key, list[Event]] = {}
    for each in reversed(free):
        alike.setdefault(key(each), []).append(each)
    left = []
    for place in missing:
        found = alike.get(key(read[place]))
        if found:
            found.pop()
        else:
            left.append(place)
    return left, [each for each in free if any(each is other for other in alike[key(each)])]


def _phrase(event: Event) -> _Key | None:
    return None if event.phrase is None else (event.phrase.old, event.phrase.new)


def _quote(event: Event) -> str:
    return " ".join(event.quote.split())
