"""Pieces of Markdown that mean the same in every dialect, whatever stands in the text: for issues and mails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from docctl.report.setting import visible

_MARKS = re.compile(r"[\\`*_{}\[\]<>&|~^$]|[@#!](?=\w)|://|(?<=www)\.|:(?=[\w+-]+:)", re.IGNORECASE)
_BEGINS = re.compile(r"[-+=#:!]|\d{1,9}[.)]")
"""What makes a line a list, a heading, a rule."""


def escaped(text: str) -> str:
    """Text on one line in which nothing is a mark: no emphasis, link, mention, reference, HTML or table border.

    Characters that mean something are written as character references, which every dialect reads and none obeys;
    behind ``@`` and ``#`` stands an empty comment, for mentions are looked for after the references are read.
    """
    line = " ".join(visible(text).split())
    begins = _BEGINS.match(line)
    if begins is None:
        return _MARKS.sub(_reference, line)
    end = begins.end()
    return f"{line[: end - 1]}&#{ord(line[end - 1])};{_MARKS.sub(_reference, line[end:])}"


def _reference(match: re.Match[str]) -> str:
    references = "".join(f"&#{ord(character)};" for character in match[0])
    return references + "<!-- -->" if match[0] in "@#!" else references


def code(text: str) -> str:
    """Text on one line as code, in a table too: a border in it would end the cell, and is left to HTML."""
    line = " ".join(visible(text).split())
    if not line or "`" in line or "|" in line or "\\" in line:
        return f"<code>{escaped(line)}</code>" if line else ""
    return f"`{line}`"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; cells are Markdown already."""
    yield "| " + " | ".join(header) + " |"
    yield "|" + " --- |" * len(header)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
