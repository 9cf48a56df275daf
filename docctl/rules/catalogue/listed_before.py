"""A decision publishes anew what is in the list."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.coverage import Fault
from docctl.model.view import View
from docctl.rules.catalogue.flawed import flaws, say
from docctl.rules.rule import Rule

CODE = Code(
    "DC733",
    "listed-before",
    Severity.WARNING,
    _("A decision publishes anew what is in the list"),
    _("A new procedure has a new code; the entry before would silently be lost."),
    _("Write amended with the fields that change, or replaced where nothing of the old one stays."),
)


def check(view: View) -> Iterator[Finding]:
    for flaw in flaws(view, Fault.LISTED_ALREADY):
        yield say(view, CODE, flaw, msg("{code} is in the list already", code=flaw.code))


RULE = Rule(CODE, check, whole=True)
