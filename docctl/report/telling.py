"""Differences between two texts as people say them: which element, what of it, from what to what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from docctl.finding import Pointer
from docctl.message import msg
from docctl.model.comparison import OWN_FIELDS, Comparison, Difference, Sort, given_anew
from docctl.report.content_words import FIELDS, Words
from docctl.text.tree import Value

ABOUT_ITSELF = ("format", "issue", "revision", "change")
"""Fields that say which revision a text is, and why: they stand at the head, not among the changes."""
_REFERENCES = frozenset({"next", "choices"})


class Told(Struct, frozen=True):
    """One row. ``element`` is the id of an element, ``name`` what it is called; both are None for the whole document.

    ``field`` is what of it has changed, None where the element itself came, went or moved. ``before`` and ``after``
    are in words, ``long`` where they are sentences. ``follows``: only because ids have changed.
    """

    sort: Sort
    element: str | None
    name: str | None
    field: str | None
    before: str | None
    after: str | None
    long: bool = False
    follows: bool = False


def told(comparison: Comparison, words: Words) -> tuple[Told, ...]:
    """Every difference but those about the revision itself, in the order of the new text."""
    if comparison.old is None or comparison.new is None:
        return ()
    teller = _Teller({**comparison.old.content}, {**comparison.new.content}, words)
    return tuple(teller.rows(comparison.differences))


class _Teller:
    def __init__(self, old: Value, new: Value, words: Words) -> None:
        self._old, self._new, self._words = old, new, words

    def rows(self, differences: Sequence[Difference]) -> Iterator[Told]:
        renamed = given_anew(differences)
        lengths: set[Pointer] = set()
        for each in differences:
            pointer = each.new if each.new is not None else each.old or ()
            if pointer[0] in ABOUT_ITSELF:
                continue
            own = OWN_FIELDS in pointer
            if each.sort is Sort.CHANGED and pointer[-1] in ("value", "unit") and not own:
                if pointer[:-1] not in lengths:  # a number and its unit are one length of time
                    lengths.add(pointer[:-1])
                    yield self._length(each)
                continue
            row = self._row(each, pointer)
            named = pointer[-2] if isinstance(pointer[-1], int) and len(pointer) > 1 else pointer[-1]
            follows = (
                named in _REFERENCES
                and not own
                and each.sort is Sort.CHANGED
                and _renamed(each.before, renamed) == each.after
            )
            yield replace(row, follows=follows)

    def _length(self, each: Difference) -> Told:
        was, is_ = (each.old or ())[:-1], (each.new or ())[:-1]
        before, after = at(self._old, was), at(self._new, is_)
        one = Difference(Sort.CHANGED, was, is_, _length_of(before), _length_of(after))
        return self._row(one, is_)

    def _row(self, each: Difference, pointer: Pointer) -> Told:
        content = self._old if each.new is None else self._new
        element, name, inside = _element(content, pointer)
        field = self._field([part for part in inside if isinstance(part, str)]) if inside else None
        last = next((str(part) for part in reversed(pointer) if not isinstance(part, int)), "")
        say = self._words.plain if OWN_FIELDS in pointer else lambda value: self._words.value(last, value)
        before = None if each.sort is Sort.ADDED else say(each.before)
        after = None if each.sort is Sort.REMOVED else say(each.after)
        if each.sort is Sort.CHANGED and isinstance(each.before, list) and isinstance(each.after, list):
            before, after = self._of_lists(last, each.before, each.after)
        if each.sort is Sort.MOVED:
            before, after = None, self._behind(each)
        long = (
            isinstance(each.before, str) and isinstance(each.after, str) and " " in f"{each.before}{each.after}".strip()
        )
        return Told(each.sort, element, name, field, before, after, long)

    def _field(self, fields: Sequence[str]) -> str:
        return " · ".join(self._words.setting.say(FIELDS[each]) if each in FIELDS else each for each in fields)

    def _of_lists(self, field: str, before: Sequence[Value], after: Sequence[Value]) -> tuple[str | None, str | None]:
        """What of two lists of plain values is only in one of them; both, where only the order differs."""
        gone = [each for each in before if each not in after]
        come = [each for each in after if each not in before]
        if not gone and not come:
            return self._words.value(field, [*before]), self._words.value(field, [*after])
        return tuple(self._words.value(field, each) if each else None for each in (gone, come))  # type: ignore[return-value]

    def _behind(self, each: Difference) -> str:
        """Where an element stands now: behind which other one."""
        place = (each.new or ())[-1]
        if place == 0 or not isinstance(place, int):
            return self._words.setting.say(msg("now the first"))
        other = at(self._new, (*(each.new or ())[:-1], place - 1))
        name = other.get("id") if isinstance(other, dict) else None
        said = str(name) if name is not None else self._words.value("", other)
        return self._words.setting.say(msg("now behind {element}", element=said))


def at(content: Value, pointer: Pointer) -> Value:
    """The value at a place."""
    for part in pointer:
        content = content[part]  # type: ignore[index]  # the pointer was made from the content
    return content


def _element(content: Value, pointer: Pointer) -> tuple[str | None, str | None, Pointer]:
    """The innermost element with an id around a place: its id, its name, and the way from it to the place."""
    found: tuple[str | None, str | None, Pointer] = None, None, pointer
    value = content
    for place, part in enumerate(pointer, 1):
        if part == OWN_FIELDS:
            break
        value = value[part]  # type: ignore[index]
        if isinstance(value, dict) and isinstance(value.get("id"), str):
            name = next((value[each] for each in ("title", "name", "text") if isinstance(value.get(each), str)), None)
            found = str(value["id"]), None if name is None else str(name), pointer[place:]
    return found


def _renamed(value: Value, ids: Mapping[str, str]) -> Value:
    """The same with new ids in the place of those that have changed."""
    if isinstance(value, list):
        return [_renamed(each, ids) for each in value]
    if isinstance(value, dict):
        return {key: _renamed(each, ids) if key == "to" else each for key, each in value.items()}
    return ids.get(value, value) if isinstance(value, str) else value


def _length_of(value: Value) -> Value:
    return {key: value[key] for key in ("value", "unit")} if isinstance(value, dict) else value
