"""Span edits: the only way docctl changes a file that a person wrote."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct


class Edit(Struct, frozen=True, order=True):
    """Replace ``text[start:end]`` (code points) by ``new``."""

    start: int
    end: int
    new: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made; nothing outside their spans changes. Overlaps raise ``ValueError``."""
    pieces: list[str] = []
    position = 0
    for edit in sorted(edits):
        if edit.start < position or not edit.start <= edit.end <= len(text):
            raise ValueError(f"edit {edit.start}-{edit.end} overlaps another or lies outside the text")
        pieces += (text[position : edit.start], edit.new)
        position = edit.end
    return "".join((*pieces, text[position:]))
