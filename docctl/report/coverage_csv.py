"""``docctl coverage`` as a table for a spreadsheet: one row for each code, UTF-8 with its mark, commas."""

from __future__ import annotations

from docctl.message import msg
from docctl.model.report import CoverageReport
from docctl.report import csv
from docctl.report.coverage import STATUS_WORDS
from docctl.report.setting import Setting
from docctl.report.words import CATALOGUE_FIELDS


def render(report: CoverageReport, setting: Setting) -> str:
    """Code, name, status, documents, since when, decision, what differs (fields)."""
    head = (msg("code"), msg("name"), msg("status"), msg("documents"), msg("since"), msg("decision"), msg("fields"))
    rows = [[*map(setting.say, head)]]
    differing: dict[str, dict[str, None]] = {}
    for _, difference in report.coverage.differences:
        for code in difference.codes:
            differing.setdefault(code, {})[difference.field] = None
    for entry in report.coverage.entries:
        origin = entry.origin
        rows.append(
            [
                entry.code,
                " ".join((entry.name or "").split()),
                setting.say(STATUS_WORDS[entry.status]),
                ", ".join(entry.serving),
                "" if origin is None else origin.since.isoformat(),
                "" if origin is None else origin.decision.number,
                ", ".join(setting.say(CATALOGUE_FIELDS[each]) for each in differing.get(entry.code, ())),
            ]
        )
    return csv.render(rows)
