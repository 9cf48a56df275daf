"""Colours by ANSI sequences; none at all where the setting says so."""

from __future__ import annotations

import textwrap

from docctl.finding import Severity

_SEQUENCES = {
    "bold": "1", "dim": "2", "red": "31;1", "yellow": "33;1", "blue": "34;1", "green": "32", "cyan": "36",
}  # fmt: skip

SEVERITY_STYLE = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def paint(text: str, style: str, *, colour: bool) -> str:
    """The text in a style (``bold``, ``dim``, ``red`` …), or as it is."""
    return f"\033[{_SEQUENCES[style]}m{text}\033[0m" if colour and text else text


def heading(text: str, columns: int, *, colour: bool) -> list[str]:
    """A title in bold, folded where the screen ends."""
    lines = textwrap.wrap(text, max(40, columns), subsequent_indent="  ", break_on_hyphens=False)
    return [paint(line, "bold", colour=colour) for line in lines]
