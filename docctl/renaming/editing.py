"""One file being edited: spans are collected, and what comes out must read as the tree that was wanted."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from docctl.errors import InvalidDocument, UsageError
from docctl.finding import Pointer
from docctl.message import msg
from docctl.model.renaming import EditedPlace
from docctl.registering.written import flow, scalar
from docctl.schema import validate
from docctl.text.edits import Edit, apply
from docctl.text.insertion import column, entry, fields, line_behind, lines_at, value_at
from docctl.text.scalars import plain
from docctl.text.strict import read
from docctl.text.within import replaced

_STEERING = re.compile(r"[-,\[\]{}?#:&*!|>'\"%@`]")
"""In words without quotes one of these may end the text, or begin something else."""


class Editing:
    """The edits of one file. ``wanted`` is its tree as it will be; ``places`` what a person should see of it."""

    def __init__(self, path: str, text: str, kind: str) -> None:
        tree = read(text.encode("utf-8"), path).tree
        if tree is None or validate(tree, kind):
            raise InvalidDocument(
                msg("{path} cannot be read", path=path), msg("docctl check {path} tells where and why", path=path)
            )
        self.path, self.tree, self.kind = path, tree, kind
        self.wanted: Any = deepcopy(tree.value)
        self.places: list[EditedPlace] = []
        self._edits: list[Edit] = []
        self._gone: list[Pointer] = []

    def say(self, pointer: Pointer, old: str, new: str) -> None:
        """Adds a place to what people are shown."""
        self.places.append(EditedPlace(self.tree.locate(pointer), self.tree.element(pointer), old, new))

    def set(self, pointer: Pointer, new: str | int) -> None:
        """Another value in the place of a text or number; its quotes stay."""
        old, span = value_at(self.tree, pointer), self.tree.spans[pointer]
        edits = None
        if isinstance(old, str) and isinstance(new, str) and self.tree.text[span.start] in "\"'":
            edits = replaced(self.tree.text, (span.start, span.end), old, [(0, len(old), new)])
        self._edits += edits or [Edit(span.start, span.end, str(new) if isinstance(new, int) else scalar(new))]
        self._want(pointer, new)

    def replace_words(self, pointer: Pointer, changes: Sequence[tuple[int, int, str]]) -> None:
        """New words for stretches ``[start, end)`` of a text, one span each, written as the text around them.

        A text without quotes gets them where the new words could not stand in it otherwise.
        """
        old, span = str(value_at(self.tree, pointer)), self.tree.spans[pointer]
        new = old
        for start, end, words in reversed(changes):
            new = new[:start] + words + new[end:]
        edits = replaced(self.tree.text, (span.start, span.end), old, changes)
        bare = self.tree.text[span.start] not in "\"'|>"
        odd = any(_STEERING.search(words) for _, _, words in changes) or not isinstance(plain(new), str)
        if bare and odd and not self._reads(pointer, edits, new):
            edits = [Edit(span.start, span.end, json.dumps(new, ensure_ascii=False))]
        if edits is None:
            place = self.tree.locate(pointer)
            raise UsageError(
                msg("{path}:{line}: the words cannot be replaced where they stand", path=self.path, line=place.line),
                msg("write this text in double quotes, then try again"),
            )
        self._edits += edits
        self._want(pointer, new)
        for start, end, words in changes:
            where = self.tree.locate_words(pointer, start, end)
            found = " ".join(old[start:end].split())
            self.places.append(EditedPlace(where, self.tree.element(pointer), found, words))

    def add_fields(self, pointer: Pointer, said: Mapping[str, Any], after: str | None = None) -> None:
        """More fields of a group, at its end or in the line behind the field ``after``."""
        lines = [f"{key}: {flow(value)}" for key, value in said.items()]
        span = self.tree.spans[pointer]
        if after is None or self.tree.text[span.start] == "{":
            self._edits.append(fields(self.tree, pointer, lines))
        else:
            indent = " " * column(self.tree.text, span.start)
            at = line_behind(self.tree, (*pointer, after))
            self._edits.append(lines_at(self.tree, at, [indent + each for each in lines]))
        self._at(pointer).update(said)

    def add_entry(self, pointer: Pointer, said: Mapping[str, Any]) -> None:
        """One more entry at the end of a list."""
        self._edits.append(entry(self.tree, pointer, flow(said)))
        self._at(pointer).append(said)

    def set_list(self, pointer: Pointer, items: Sequence[Any]) -> None:
        """Other entries in the place of a list, on lines of their own where the old ones were."""
        span = self.tree.spans[pointer]
        if self.tree.text[span.start] == "-":
            end = "\r\n" if "\r\n" in self.tree.text else "\n"
            joined = end + " " * column(self.tree.text, span.start)
            new = joined.join(f"- {flow(each)}" for each in items)
        else:
            new = flow([*items])
        self._edits.append(Edit(span.start, span.end, new))
        self._want(pointer, [*items])

    def remove(self, pointer: Pointer) -> None:
        """An entry of a list that has others is taken out. Raises ``UsageError`` where a comment would go with it."""
        text, spans = self.tree.text, self.tree.spans
        outer, place = pointer[:-1], int(pointer[-1])
        if text[spans[outer].start] == "[":
            before, behind = spans.get((*outer, place - 1)), spans.get((*outer, place + 1))
            if before is not None:
                edit = Edit(before.end, spans[pointer].end, "")
            else:
                edit = Edit(spans[pointer].start, spans[pointer].end if behind is None else behind.start, "")
        else:
            start = spans[pointer].start
            edit = Edit(start - column(text, start), line_behind(self.tree, pointer), "")
        if "#" in text[edit.start : edit.end]:
            line = self.tree.locate(pointer).line
            raise UsageError(
                msg("{path}:{line}: with this entry a comment would go", path=self.path, line=line),
                msg("take the entry out by hand, then try again"),
            )
        self._edits.append(edit)
        self._gone.append(pointer)

    def text(self) -> str:
        """The edited text. Raises ``UsageError`` where it would not read as wanted; then nothing is to be written."""
        for pointer in sorted(self._gone, reverse=True, key=lambda each: int(each[-1])):
            del self._at(pointer[:-1])[int(pointer[-1])]
        self._gone.clear()
        new = apply(self.tree.text, self._edits)
        found = read(new.encode("utf-8"), self.path).tree
        if found is None or found.value != self.wanted or validate(found, self.kind):
            raise UsageError(
                msg("{path} is written in a form that cannot be edited without harm", path=self.path),
                msg("write one field a line, as docs/formats.md shows, then try again"),
            )
        return new

    def _reads(self, pointer: Pointer, edits: Sequence[Edit] | None, new: str) -> bool:
        """Would the text, with these edits alone, say at a place what it is to say?"""
        tree = None if edits is None else read(apply(self.tree.text, edits).encode("utf-8"), self.path).tree
        try:
            return tree is not None and bool(value_at(tree, pointer) == new)
        except (LookupError, TypeError):
            return False

    def _at(self, pointer: Pointer) -> Any:
        value = self.wanted
        for part in pointer:
            value = value[part]
        return value

    def _want(self, pointer: Pointer, new: object) -> None:
        self._at(pointer[:-1])[pointer[-1]] = new
