"""Inside one text value: where each of its characters stands in the file, whatever its quotes, escapes and lines.

The way back is read from the source by the rules of YAML 1.1 and believed only where it spells the value again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from yaml.scanner import Scanner

from docctl.text.edits import Edit

Piece: TypeAlias = tuple[str, int, int]
"""Some characters of a value, and the code points ``[start, end)`` of the file that stand for them."""

_ESCAPED = re.compile(
    r"""
      (?P<fold>[ \t]*+(?:\r?\n[ \t]*+)+)
    | (?P<spaces>[ \t]++)
    | \\ (?: x(?P<two>[0-9a-fA-F]{2}) | u(?P<four>[0-9a-fA-F]{4}) | U(?P<eight>[0-9a-fA-F]{8})
           | (?P<joined>\r?\n[ \t]*+) | (?P<escape>[^\r\n]) )
    | (?P<other>.)
    """,
    re.VERBOSE,
)
_BARE = re.compile(r"(?P<fold>[ \t]*+(?:\r?\n[ \t]*+)+)|(?P<spaces>[ \t]++)|(?P<other>.)")
_PATTERNS = {'"': _ESCAPED, "'": re.compile(f"(?P<doubled>'')|{_BARE.pattern}")}
_LINE = re.compile(r"([^\r\n]*)(\r?\n|\Z)")
_DEEPEST = 80
"""Columns of indentation; deeper block texts are not looked into."""


def places(text: str, start: int, end: int, value: str) -> Sequence[tuple[int, int]] | None:
    """For each character of a text value its code points ``[start, end)`` in the file; None where they are not clear.

    ``text[start:end]`` is the value as the file writes it. White space at the end of a text after ``|`` or ``>`` has no
    place.
    """
    found: list[tuple[int, int]] = []
    spelt: list[str] = []
    for pieces in _readings(text, start, end):
        found.clear()
        spelt.clear()
        for characters, first, last in pieces:
            spelt += characters
            found += [(first, last)] * len(characters)
        whole = "".join(spelt)
        if value == whole or (text[start] in "|>" and value.startswith(whole) and not value[len(whole) :].strip()):
            return found
    return None


def replaced(
    text: str, span: tuple[int, int], value: str, changes: Sequence[tuple[int, int, str]]
) -> list[Edit] | None:
    """The edits that put new words for ``value[start:end]``, each written as the text around it; None as ``places``."""
    start, end = span
    where = places(text, start, end, value)
    if where is None or any(last > len(where) for _, last, _ in changes):
        return None
    style = text[start]
    return [Edit(where[first][0], where[last - 1][1], _escaped(new, style)) for first, last, new in changes]


def _escaped(words: str, style: str) -> str:
    if style == "'":
        return words.replace("'", "''")
    return words.replace("\\", "\\\\").replace('"', '\\"') if style == '"' else words


def _readings(text: str, start: int, end: int) -> Iterator[Iterator[Piece]]:
    """The ways to read a value; more than one only where a block text states how deep it is indented."""
    style = text[start]
    if style in "|>":
        lines = [*_lines(text, text.find("\n", start, end) + 1, end)]
        first = next((line for line in lines if text[line[0] : line[1]].strip(" ")), None)
        if first is None:
            return
        deepest = len(text[first[0] : first[1]]) - len(text[first[0] : first[1]].lstrip(" "))
        stated = re.match(r"[|>][-+]?[1-9]", text[start : start + 3]) is not None
        for indent in range(min(deepest, _DEEPEST), 0 if stated else deepest - 1, -1):
            yield _block(text, lines, indent, folded=style == ">")
    elif style in _PATTERNS:
        yield _flow(text, start + 1, end - 1, _PATTERNS[style])
    else:
        yield _flow(text, start, end, _BARE)


def _flow(text: str, start: int, end: int, pattern: re.Pattern[str]) -> Iterator[Piece]:
    """Quoted and plain text: a line's end is a space, an empty line a line's end."""
    for match in pattern.finditer(text, start, end):
        kind, (first, last) = match.lastgroup, match.span()
        words = match[0]
        if kind == "fold":
            lines = words.count("\n")
            yield (" " if lines == 1 else "\n" * (lines - 1)), first, last
        elif kind == "spaces":
            yield from ((character, first + place, first + place + 1) for place, character in enumerate(words))
        elif kind in ("two", "four", "eight"):
            yield chr(min(int(match[kind], 16), 0x10FFFF)), first, last
        elif kind == "escape":
            yield str(Scanner.ESCAPE_REPLACEMENTS.get(match["escape"], "")), first, last
        elif kind == "doubled":
            yield "'", first, last
        elif kind != "joined":
            yield words, first, last


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Start and end of each line, and the end of what ends it."""
    while start < end:
        match = _LINE.match(text, start, end)
        if match is None or match.end() == start:
            return
        yield match.start(1), match.end(1), match.end(2)
        start = match.end(2)


def _block(text: str, lines: Sequence[tuple[int, int, int]], indent: int, *, folded: bool) -> Iterator[Piece]:
    """A text after ``|`` or ``>`` whose lines stand so deep."""
    empty: list[Piece] = []
    before: tuple[str, int, int] | None = None
    for first, last, behind in lines:
        if last - first <= indent:
            empty.append(("\n", last, behind))
            continue
        here = text[first + indent]
        if before is not None:
            joins = folded and before[0] not in " \t" and here not in " \t"
            if not joins or not empty:
                yield (" " if joins else "\n"), before[1], first + indent
        yield from empty
        empty.clear()
        yield from ((text[place], place, place + 1) for place in range(first + indent, last))
        before = (here, last, behind)
