"""One decision is told in two ways."""

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
    "DC731",
    "decision-differs",
    Severity.ERROR,
    _("One decision is told in two ways"),
    _("Files with the same number, day and issuer are parts of one decision; it has one title and one first day."),
    _("Correct the one that is wrong; what begins on another day has a from of its own."),
)


def check(view: View) -> Iterator[Finding]:
    for flaw in flaws(view, Fault.HEADS_DIFFER):
        message = msg("another file of this decision has another {field}", field=flaw.detail)
        yield say(view, CODE, flaw, message)


RULE = Rule(CODE, check, whole=True)
