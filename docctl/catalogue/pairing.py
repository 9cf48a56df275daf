"""Fees, papers and results of a document beside those of one or several entries: which are the same, by their names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from docctl.catalogue.words import MOST_WORDINGS, folded, perhaps

Listed = Sequence[Any]


class Pairs(Struct, frozen=True):
    """``matched`` (ours, side, theirs), ``missing`` (side, theirs), ``added`` (ours), ``worded`` as ``matched``.

    All are places in the lists. ``worded``: each is the nearest to the other, and only perhaps the same.
    """

    matched: tuple[tuple[int, int, int], ...]
    missing: tuple[tuple[int, int], ...]
    added: tuple[int, ...]
    worded: tuple[tuple[int, int, int], ...]

    @property
    def partners(self) -> Mapping[int, Sequence[tuple[int, int]]]:
        """Of each of ours that has any: side and place of what goes with it; in the order of ours."""
        found: dict[int, list[tuple[int, int]]] = {}
        for mine, side, theirs in sorted(self.matched):
            found.setdefault(mine, []).append((side, theirs))
        return found


def pairs(
    ours: Listed, sides: Sequence[Listed | None], name: Callable[[Any], str], same: Callable[[Any, Any], bool]
) -> Pairs:
    """``sides``: the lists of the entries, None where an entry does not give it; then nothing can be called added.

    Of several with one name those that are the ``same`` go together first.
    """
    matched = [
        (mine, side, theirs)
        for side, listed in enumerate(sides)
        if listed is not None
        for mine, theirs in _matched(ours, listed, name, same)
    ]
    found, served = {mine for mine, _, _ in matched}, {(side, theirs) for _, side, theirs in matched}
    missing = [
        (side, theirs)
        for side, listed in enumerate(sides)
        for theirs in range(len(listed or ()))
        if (side, theirs) not in served
    ]
    left = [mine for mine in range(len(ours)) if mine not in found]
    worded = []
    for side, listed in enumerate(sides):
        lacking = [theirs for number, theirs in missing if number == side]
        worded += [(mine, side, theirs) for mine, theirs in _perhaps(ours, left, listed or (), lacking, name)]
    answered = {(side, theirs) for _, side, theirs in worded}
    named = {mine for mine, _, _ in worded}
    known = all(listed is not None for listed in sides)
    return Pairs(
        tuple(matched),
        tuple(each for each in missing if each not in answered),
        tuple(mine for mine in left if known and mine not in named),
        tuple(worded),
    )


def _matched(
    ours: Listed, theirs: Listed, name: Callable[[Any], str], same: Callable[[Any, Any], bool]
) -> list[tuple[int, int]]:
    by_name: dict[str, list[int]] = {}
    for place, each in enumerate(ours):
        by_name.setdefault(folded(name(each)), []).append(place)
    found: list[tuple[int, int]] = []
    later: list[int] = []
    for place, each in enumerate(theirs):
        free = by_name.get(folded(name(each)), [])
        equal = next((mine for mine in free if same(ours[mine], each)), None)
        if equal is None:
            later.append(place)
        else:
            free.remove(equal)
            found.append((equal, place))
    for place in later:
        free = by_name.get(folded(name(theirs[place])), [])
        if free:
            found.append((free.pop(0), place))
    return sorted(found, key=lambda pair: pair[1])


def _perhaps(
    ours: Listed, left: Sequence[int], theirs: Listed, lacking: Sequence[int], name: Callable[[Any], str]
) -> list[tuple[int, int]]:
    """Those without a partner that are each the nearest to the other; nothing where there are too many to search."""
    if max(len(left), len(lacking)) > MOST_WORDINGS:
        return []
    mine = {name(ours[place]): place for place in reversed(left)}
    other = {name(theirs[place]): place for place in reversed(lacking)}
    found = []
    for words, place in sorted(mine.items(), key=lambda item: item[1]):
        near = perhaps(words, other)
        if near is not None and perhaps(near, mine) == words:
            found.append((place, other[near]))
    return found
