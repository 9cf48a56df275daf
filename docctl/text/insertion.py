"""Where more can be put into a file that a person wrote: fields of a group, entries of a list, in the file's own style.

Lines are put where the values end by the parser's own marks; whoever uses this reads the new text again and compares.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from docctl.finding import Pointer
from docctl.text.edits import Edit
from docctl.text.tree import Span, Tree

_KEEPING = re.compile(r"[|>][1-9]?\+")
_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n)*")


def fields(tree: Tree, pointer: Pointer, said: Sequence[str]) -> Edit:
    """More fields (``name: value``) at the end of a group of fields, as the group is written."""
    text, span = tree.text, tree.spans[pointer]
    if text[span.start] == "{":
        last = max(tree.spans[*pointer, key].end for key in value_at(tree, pointer))
        return Edit(last, last, "".join(f", {each}" for each in said))
    indent = " " * column(text, span.start)
    return lines_at(tree, line_behind(tree, pointer), [indent + each for each in said])


def entry(tree: Tree, pointer: Pointer, said: str) -> Edit:
    """One more entry, on one line, at the end of a list that has some."""
    text, span = tree.text, tree.spans[pointer]
    last: Pointer = (*pointer, len(value_at(tree, pointer)) - 1)
    if text[span.start] == "[":
        return Edit(tree.spans[last].end, tree.spans[last].end, f", {said}")
    deep = column(text, span.start)
    at = behind_comments(text, line_behind(tree, last), deep)
    return lines_at(tree, at, [f"{' ' * deep}- {said}"])


def line_behind(tree: Tree, pointer: Pointer) -> int:
    """Where the line after a value begins; empty lines that belong to a text kept with them are behind us."""
    at = next_line(tree.text, tree.spans[pointer].end)
    blank = _BLANK_LINES.match(tree.text, at) if _KEEPING.match(tree.text, _last_scalar(tree, pointer).start) else None
    return at if blank is None else blank.end()


def behind_comments(text: str, at: int, deep: int) -> int:
    """Behind the comments that stand deeper than a column: they are about what is above them."""
    comments = re.compile(rf"(?:[ ]{{{deep + 1},}}#[^\n]*(?:\n|\Z))*").match(text, at)
    return at if comments is None else comments.end()


def lines_at(tree: Tree, at: int, lines: Sequence[str]) -> Edit:
    """Whole lines, ended as those of the file are."""
    end = "\r\n" if "\r\n" in tree.text else "\n"
    begun = end if at and tree.text[at - 1] != "\n" else ""
    return Edit(at, at, begun + "".join(line + end for line in lines))


def next_line(text: str, place: int) -> int:
    """Where the line after a place begins."""
    found = text.find("\n", place)
    return len(text) if found < 0 else found + 1


def column(text: str, place: int) -> int:
    """How many characters stand before a place in its line."""
    return place - (text.rfind("\n", 0, place) + 1)


def value_at(tree: Tree, pointer: Pointer) -> Any:
    """The value that a pointer leads to."""
    value: Any = tree.value
    for part in pointer:
        value = value[part]
    return value


def _last_scalar(tree: Tree, pointer: Pointer) -> Span:
    """Where the last value inside a value stands."""
    value = value_at(tree, pointer)
    while isinstance(value, (dict, list)) and value:
        key = len(value) - 1 if isinstance(value, list) else [*value][-1]
        pointer, value = (*pointer, key), value[key]
    return tree.spans[pointer]
