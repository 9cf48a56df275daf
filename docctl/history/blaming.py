"""Which revision wrote which part of a text: the first from which on it has stood as it stands now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from docctl.history.comparing import differences
from docctl.model.comparison import given_anew
from docctl.text.tree import Value

_OF_THE_REVISION = frozenset({"format", "issue", "revision", "change", "id"})
"""Fields that every revision writes anew."""
_NAMES = ("title", "name", "text", "term")
_NAMING = frozenset({"id", "next", "to", "form", "forms"})
"""Fields in which an element is named."""


Key = tuple[str, int]
"""An id or the name of a field, and the how manieth of that name it is: ids are given once among elements of a kind."""


def parts(content: Value) -> Mapping[Key, tuple[str | None, Value]]:
    """The elements with an id, and the fields of the document itself, each with its name and content.

    An element inside another one is a part of its own, and not of that.
    """
    found: dict[Key, tuple[str | None, Value]] = {}
    counts: Counter[str] = Counter()
    for name, part in _parts(content) if isinstance(content, dict) else ():
        found[name, counts[name]] = part
        counts[name] += 1
    return found


def _parts(content: Mapping[str, Value]) -> Iterator[tuple[str, tuple[str | None, Value]]]:
    for name, value in content.items():
        if name in _OF_THE_REVISION:
            continue
        own, elements = _split(value)
        if own not in ([], {}):
            yield name, (None, own)
        yield from elements


def _split(value: Value) -> tuple[Value, list[tuple[str, tuple[str | None, Value]]]]:
    """A value without the elements in it that have an id, and these."""
    found: list[tuple[str, tuple[str | None, Value]]] = []
    if isinstance(value, dict):
        kept: dict[str, Value] = {}
        for name, each in value.items():
            kept[name], inner = _split(each)
            found += inner
        return kept, found
    if not isinstance(value, list):
        return value, found
    left: list[Value] = []
    for each in value:
        own, inner = _split(each)
        found += inner
        if isinstance(own, dict) and isinstance(own.get("id"), str):
            called = next((own[name] for name in _NAMES if isinstance(own.get(name), str)), None)
            found.append((str(own["id"]), (None if called is None else str(called), own)))
        else:
            left.append(own)
    return left, found


def _with_ids_of(new: Value, old: Value) -> Value:
    """An older content with the ids that its elements have in the newer one, wherever they are named."""
    given = given_anew(differences(old, new))
    return _named(old, given, "") if given else old


def _named(value: Value, given: Mapping[str, str], field: str) -> Value:
    if isinstance(value, dict):
        return {name: _named(each, given, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_named(each, given, field) for each in value]
    return given.get(value, value) if isinstance(value, str) and field in _NAMING else value


def blamed(texts: Sequence[Value | None]) -> Iterator[tuple[str, str | None, int, bool]]:
    """Of every part of the last text: its key, its name, the place of the text that wrote it so, and is that certain?

    ``texts`` are those of the revisions in order, None where one is not held: what may have been written there is
    not certain. An element that has only got another id is the same.
    """
    known: list[Mapping[Key, tuple[str | None, Value]] | None] = []
    later: Value | None = None
    for text in reversed(texts):
        if text is not None:
            later = text if later is None else _with_ids_of(later, text)
        known.insert(0, None if text is None or later is None else parts(later))
    last = known[-1] if known else None
    for key, (name, value) in (last or {}).items():
        first, certain = len(known) - 1, True
        for place in range(len(known) - 2, -1, -1):
            found = known[place]
            if found is None:
                certain = False
                continue
            if key not in found or found[key][1] != value:
                break
            first, certain = place, True
        yield key[0], name, first, certain
