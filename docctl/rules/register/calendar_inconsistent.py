"""A calendar contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Pointer, Severity, finding
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.calendar_year import SATURDAY, CalendarYear
from docctl.model.view import Document, View
from docctl.rules.rule import Rule

CODE = Code(
    "DC240",
    "calendar-inconsistent",
    Severity.ERROR,
    _("A calendar contradicts itself"),
    _(
        "Due dates are moved by this calendar; a day of another year, or a day that is off and worked at once, moves them wrongly."
    ),
    _("Correct the day, the file's name or the source named."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.calendars:
        year = document.body
        if document.name != str(year.year):
            yield _say(
                document,
                ("year",),
                msg("the file is named {file}.yaml, its year is {year}", file=document.name, year=year.year),
            )
        for key, place, day, source in year.entries:
            here: Pointer = (key, place)
            weekend = day.weekday() >= SATURDAY
            if day.year != year.year:
                yield _say(
                    document, (*here, "date"), msg("{day} is not a day of {year}", day=day.isoformat(), year=year.year)
                )
            elif key == "working" and not weekend:
                yield _say(
                    document,
                    (*here, "date"),
                    msg("{day} is no Saturday or Sunday; it is worked anyway", day=day.isoformat()),
                )
            elif key == "holidays" and weekend:
                yield _say(
                    document,
                    (*here, "date"),
                    msg("{day} is a Saturday or Sunday; write the day off that makes up for it", day=day.isoformat()),
                )
            if source not in year.sources:
                yield _say(
                    document, (*here, "source"), msg('there is no source "{source}" in this file', source=source)
                )


def _say(document: Document[CalendarYear], pointer: Pointer, message: Message) -> Finding:
    return finding(CODE, message, document.locate(pointer), element=document.name)


RULE = Rule(CODE, check)
