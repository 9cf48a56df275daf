"""No calendar of a year is known."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC907",
    "calendar-missing",
    Severity.WARNING,
    _("No calendar of a year is known"),
    _(
        "A due date on a day off moves to the next working day (91/2015/QH13, Điều 148); holidays are fixed year by year, so without a calendar the plain date is shown and nothing is called overdue for thirty days after it."
    ),
    _("Write calendar/<year>.yaml with the holidays of that year and their sources (docs/formats.md)."),
)


def check(view: View) -> Iterator[Finding]:
    for year in view.currency.missing_years:
        message = msg("the holidays of {year} are not known; due dates in it are not moved", year=year)
        yield finding(CODE, message, Location(f"calendar/{year}.yaml"), element=str(year))


RULE = Rule(CODE, check, whole=True)
