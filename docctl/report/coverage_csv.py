"""``docctl coverage`` as a table for a spreadsheet: one row for each code, UTF-8 with its mark, commas."""

from __future__ import annotations

from collections.abc import Iterable

from docctl.message import msg
from docctl.model.report import CoverageReport
from docctl.report.coverage import STATUS_WORDS
from docctl.report.setting import Setting, visible
from docctl.report.words import CATALOGUE_FIELDS

_MARK = "\ufeff"
_COMMANDS = ("=", "+", "-", "@")


def render(report: CoverageReport, setting: Setting) -> str:
    """Code, name, status, documents, since when, decision, what differs (fields)."""
    head = (msg("code"), msg("name"), msg("status"), msg("documents"), msg("since"), msg("decision"), msg("fields"))
    lines = [_line(map(setting.say, head))]
    differing: dict[str, dict[str, None]] = {}
    for _, difference in report.coverage.differences:
        for code in difference.codes:
            differing.setdefault(code, {})[difference.field] = None
    for entry in report.coverage.entries:
        origin = entry.origin
        lines.append(
            _line(
                (
                    entry.code,
                    entry.name or "",
                    setting.say(STATUS_WORDS[entry.status]),
                    ", ".join(entry.serving),
                    "" if origin is None else origin.since.isoformat(),
                    "" if origin is None else origin.decision.number,
                    ", ".join(setting.say(CATALOGUE_FIELDS[each]) for each in differing.get(entry.code, ())),
                )
            )
        )
    return _MARK + "".join(lines)


def _line(cells: Iterable[str]) -> str:
    return ",".join(map(_cell, cells)) + "\r\n"


def _cell(text: str) -> str:
    """Quoted; what a spreadsheet would take for a formula stands behind an apostrophe."""
    shown = visible(text).replace("\n", " ").replace('"', '""')
    return f'"\'{shown}"' if shown.startswith(_COMMANDS) else f'"{shown}"'
