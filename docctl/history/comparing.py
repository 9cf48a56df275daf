"""What has changed from one content of a document to another: by elements, not by lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docctl.finding import Pointer
from docctl.history.matching import matched, staying
from docctl.model.comparison import Difference, Sort
from docctl.text.tree import Value


def differences(old: Value, new: Value) -> tuple[Difference, ...]:
    """All that differs, in the order of the new content; what was removed stands where it stood.

    Complete: the old content and the differences give the new one. Equal contents have none. Comments, the order of
    keys and how values are quoted are no content.
    """
    return tuple(_values(old, new, (), ()))


def _values(old: Value, new: Value, was: Pointer, is_: Pointer) -> Iterator[Difference]:
    if isinstance(old, dict) and isinstance(new, dict) and not (_is_one(old, was) and _is_one(new, is_)):
        yield from _fields(old, new, was, is_)
    elif isinstance(old, list) and isinstance(new, list) and any(isinstance(each, dict) for each in (*old, *new)):
        yield from _elements(old, new, was, is_)
    elif old != new or type(old) is not type(new):
        yield Difference(Sort.CHANGED, was, is_, old, new)


def _is_one(value: Mapping[str, Value], at: Pointer) -> bool:
    """Is this said as a whole: a length of time, a citation, an element of a list that has no id?"""
    listed = bool(at) and isinstance(at[-1], int) and "id" not in value
    return listed or value.keys() == {"value", "unit"} or ("text" in value and "id" not in value)


def _fields(old: Mapping[str, Value], new: Mapping[str, Value], was: Pointer, is_: Pointer) -> Iterator[Difference]:
    for name, value in new.items():
        if name in old:
            yield from _values(old[name], value, (*was, name), (*is_, name))
        else:
            yield Difference(Sort.ADDED, None, (*is_, name), None, value)
    for name, value in old.items():
        if name not in new:
            yield Difference(Sort.REMOVED, (*was, name), None, value)


def _elements(old: Sequence[Value], new: Sequence[Value], was: Pointer, is_: Pointer) -> Iterator[Difference]:
    pairs = matched(old, new)
    kept, partner = staying(pairs), {other: one for one, other in pairs}
    gone = [place for place in range(len(old)) if place not in partner.values()]
    for place, value in enumerate(new):
        one = partner.get(place)
        while gone and one is not None and place in kept and gone[0] < one:
            yield _removed(old, gone.pop(0), was)
        here = (*is_, place)
        if one is None:
            yield Difference(Sort.ADDED, None, here, None, value)
            continue
        if place not in kept:
            yield Difference(Sort.MOVED, (*was, one), here, old[one], value)
        yield from _values(old[one], value, (*was, one), here)
    for place in gone:
        yield _removed(old, place, was)


def _removed(old: Sequence[Value], place: int, was: Pointer) -> Difference:
    return Difference(Sort.REMOVED, (*was, place), None, old[place])
