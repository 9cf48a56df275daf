"""Which element of a list is which of another one: by id, by name, by what it is about."""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from docctl.text.tree import Value

_NAMES = ("title", "name", "term", "text")
_ALIKE = 0.5
"""The share of words that two elements without a common id or name must have in common to be one."""

Pair = tuple[int, int]


def matched(old: Sequence[Value], new: Sequence[Value]) -> list[Pair]:
    """Pairs of places, in the order of the new list. What is in no pair was removed, or added.

    An id is never given anew (docs/formats.md), so it goes first, but not against the names: where numbers were shifted
    by an insertion, an element goes with its name. What has neither id nor name in common may be alike.
    """
    return _Matching(old, new).pairs()


class _Matching:
    def __init__(self, old: Sequence[Value], new: Sequence[Value]) -> None:
        self._old, self._new = old, new
        self._left = [*range(len(old))]
        self._right = [*range(len(new))]
        self._pairs: list[Pair] = []

    def pairs(self) -> list[Pair]:
        self._take(lambda item: json.dumps(item, sort_keys=True))  # the same through and through
        self._take(lambda item: (_get(item, "id"), _name(item)) if _get(item, "id") else None)
        self._take(lambda item: ("name", _name(item)) if _name(item) else None, alone=True)
        self._take(lambda item: _get(item, "id"))
        self._take(_about)
        self._take_alike()
        if len(self._left) == len(self._right) == 1 and all(
            map(_cites, (self._old[self._left[0]], self._new[self._right[0]]))
        ):
            self._pair(self._left[0], self._right[0])  # one text in the place of another
        return sorted(self._pairs, key=lambda pair: pair[1])

    def _take(self, key: Callable[[Value], Hashable | None], *, alone: bool = False) -> None:
        """Pairs what has the same key, in order; ``alone``: only where no other has it."""
        left, right = _by(key, self._old, self._left), _by(key, self._new, self._right)
        for one, places in left.items():
            others = right.get(one, ())
            if alone and not len(places) == len(others) == 1:
                continue
            for place, other in zip(places, others):  # noqa: B905 - what is over stays unmatched
                self._pair(place, other)

    def _take_alike(self) -> None:
        """Pairs the most alike of what is left, as long as anything is alike."""
        mine = {one: {*_words(self._old[one])} for one in self._left if not _cites(self._old[one])}
        theirs = {other: {*_words(self._new[other])} for other in self._right if not _cites(self._new[other])}
        alike = ((_share(words, others), one, other) for one, words in mine.items() for other, others in theirs.items())
        ranked = sorted((-share, abs(one - other), one, other) for share, one, other in alike if share >= _ALIKE)
        for _, _, one, other in ranked:
            if one in self._left and other in self._right:
                self._pair(one, other)

    def _pair(self, one: int, other: int) -> None:
        self._left.remove(one)
        self._right.remove(other)
        self._pairs.append((one, other))


def _by(
    key: Callable[[Value], Hashable | None], items: Sequence[Value], places: Iterable[int]
) -> Mapping[Hashable, Sequence[int]]:
    found: dict[Hashable, list[int]] = {}
    for place in places:
        one = key(items[place])
        if one is not None:
            found.setdefault(one, []).append(place)
    return found


def _get(item: Value, key: str) -> str | None:
    value = item.get(key) if isinstance(item, dict) else None
    return value if isinstance(value, str) else None


def _name(item: Value) -> str | None:
    """What an element is called. Of a citation the text is no name of its own: another element may cite it too."""
    if _cites(item):
        return None
    return next((found for name in _NAMES if (found := _get(item, name)) is not None), None)


def _about(item: Value) -> Hashable | None:
    """What an element without an id is about: the text that is cited, the step that follows."""
    if _cites(item):
        return "cites", _get(item, "text")
    to = _get(item, "to")
    return None if to is None else ("to", to, _get(item, "case"))


def _cites(item: Value) -> bool:
    return isinstance(item, dict) and "text" in item and "id" not in item


def _share(one: AbstractSet[str], other: AbstractSet[str]) -> float:
    """The share of words in common, of all that both have."""
    return len(one & other) / len(one | other) if one or other else 0.0


def _words(value: Value) -> Iterable[str]:
    """The words of an element, the names of its fields not among them."""
    if isinstance(value, dict):
        for each in value.values():
            yield from _words(each)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)
    else:
        yield from str(value).lower().split()


def staying(pairs: Sequence[Pair]) -> frozenset[int]:
    """The new places of a longest run of elements that keep their order: all others have moved among them.

    ``pairs`` in the order of the new list.
    """
    ends: list[int] = []  # of runs by their length: the pair that ends the one with the smallest old place
    before: dict[int, int | None] = {}
    for place, (old, _) in enumerate(pairs):
        size = sum(pairs[each][0] < old for each in ends)
        before[place] = ends[size - 1] if size else None
        ends[size : size + 1] = [place]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(pairs[last][1])
        last = before[last]
    return frozenset(kept)
