"""A read document: plain values, and the place of every key and value when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TypeAlias

from msgspec import Struct

from docctl.finding import Location, Pointer
from docctl.text.characters import Lines

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"


class Span(Struct, frozen=True):
    """Code point positions ``[start, end)`` of a value, and of its key where it has one."""

    start: int
    end: int
    key_start: int | None = None
    key_end: int | None = None


class Tree(Struct, frozen=True, dict=True):
    """The value of a file and the way back to its text.

    ``source`` is the text, or what reads it. Places are found by reading it once more, at the first question: a valid
    document is never asked, and positions of ten thousand documents would cost more memory than their content.
    """

    path: str
    source: str | Callable[[], str]
    value: Value
    read_spans: Callable[[str], Mapping[Pointer, Span]]

    @cached_property
    def text(self) -> str:
        """The text itself; where the value was remembered, it is read only now."""
        return self.source if isinstance(self.source, str) else self.source()

    @cached_property
    def spans(self) -> Mapping[Pointer, Span]:
        return self.read_spans(self.text)

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.text)

    def element(self, pointer: Pointer) -> str | None:
        """The id of the innermost list element around a place, else the name of its top field."""
        value: Value = self.value
        element = str(pointer[0]) if pointer else None
        for part in pointer:
            if isinstance(value, dict):
                value = value.get(str(part))
            elif isinstance(value, list) and isinstance(part, int) and part < len(value):
                value = value[part]
            if isinstance(value, dict) and isinstance(value.get("id"), str):
                element = str(value["id"])
        return element

    def locate(self, pointer: Pointer = (), *, key: bool = False) -> Location:
        """Where a value (or its key) stands; of something absent, the nearest thing around it."""
        known = pointer
        while known not in self.spans and known:
            known = known[:-1]
        if not known and not (pointer == () and key):
            return Location(self.path, pointer=pointer)
        span = self.spans[known]
        at_key = (key or known != pointer) and span.key_start is not None and span.key_end is not None
        if at_key and span.key_start is not None and span.key_end is not None:
            return self.lines.location(self.path, span.key_start, span.key_end, pointer)
        return self.lines.location(self.path, span.start, span.end, pointer)

    def locate_words(self, pointer: Pointer, start: int, end: int) -> Location:
        """Where the code points ``[start, end)`` of a text value stand; the whole value where that is not clear."""
        from docctl.text.within import places

        value: Value = self.value
        for part in pointer:
            value = value[part]  # type: ignore[index]  # the pointer leads to a text
        span = self.spans.get(pointer)
        where = None if span is None else places(self.text, span.start, span.end, str(value))
        if where is None or not 0 <= start < end <= len(where):
            return self.locate(pointer)
        return self.lines.location(self.path, where[start][0], where[end - 1][1], pointer)
