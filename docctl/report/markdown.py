"""Pieces of Markdown that mean the same in every dialect, whatever stands in the text: for issues and mails."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from docctl.report.setting import visible

_MARKS = re.compile(
    r"""[\\`*_{}\[\]<>&|~^$"']|(?<=\w)@(?=\w)|[@#!](?=\w)|://|(?<=www)\.|:(?=[\w+-]+:)""", re.IGNORECASE
)
_BEGINS = re.compile(r"(?:[-+=#:!]|\d{1,9}[.)])")


def escaped(text: str) -> str:
    """Text on one line in which nothing is a mark: no emphasis, link, mention, reference, HTML or table border.

    Characters that mean something are written as character references, which every dialect reads and none obeys;
    behind ``@`` and ``#`` stands an empty comment, for mentions are looked for after the references are read.
    """
    line = " ".join(visible(text).split())
    written = _MARKS.sub(_reference, line)
    return (
        _BEGINS.sub(lambda match: f"{match[0][:-1]}&#{ord(match[0][-1])};", written, count=1)
        if _BEGINS.match(written)
        else written
    )


def _reference(match: re.Match[str]) -> str:
    references = "".join(f"&#{ord(character)};" for character in match[0])
    return references + "<!-- -->" if match[0] in "@#!" else references


def code(text: str, *, table: bool = False) -> str:
    """Text on one line as code. In a table a border inside it would end the cell even so, and is left to HTML."""
    line = " ".join(visible(text).split())
    if table or not line:
        return f"<code>{escaped(line)}</code>" if line else ""
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The lines of a table; cells are Markdown already."""
    yield "| " + " | ".join(header) + " |"
    yield "|" + " --- |" * len(header)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
