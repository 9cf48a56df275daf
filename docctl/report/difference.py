"""A unified diff of a file's text, in which invisible characters can be seen."""

from __future__ import annotations

import difflib

from docctl.report.setting import Setting, visible
from docctl.report.style import paint

_STYLES = {"+": "green", "-": "red", "@": "cyan"}


def difference(old: str, new: str, path: str, setting: Setting) -> str:
    """What changes from one text to the other; empty where nothing does."""
    lines = difflib.unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), path, path)
    return "".join(
        paint(visible(line.rstrip("\n")), _STYLES.get(line[0], "dim"), colour=setting.colour and line[0] in _STYLES)
        + "\n"
        for line in lines
    )
