"""Tables for spreadsheets: RFC 4180, UTF-8 with a byte order mark, and no cell that a spreadsheet would run.

Excel reads UTF-8 only where the mark tells it to; a line ``sep=`` would make it ignore the mark, so there is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from docctl.report.setting import visible

MARK = "\ufeff"
_RUN = re.compile("""[\\s"'“”‘’]*[=+\\-@＝＋－＠\t]""")
"""What a spreadsheet takes for a formula, also behind quotes and blanks."""


def render(rows: Iterable[Sequence[str]]) -> str:
    """The rows, the first of them the header, each ended by CR LF."""
    return MARK + "".join(",".join(map(cell, row)) + "\r\n" for row in rows)


def cell(text: str) -> str:
    """A cell, quoted where it must be; what would be run begins with an apostrophe."""
    text = harmless(text)
    return '"' + text.replace('"', '""') + '"' if re.search('[",\r\n]', text) or text != text.strip() else text


def harmless(text: str) -> str:
    """The text as a spreadsheet may show it; control characters are shown by their numbers, not sent."""
    text = visible(text)
    return "'" + text if _RUN.match(text) else text
