"""Two decisions on one procedure on one day."""

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
    "DC730",
    "decided-twice",
    Severity.ERROR,
    _("Two decisions on one procedure on one day"),
    _("From one day on only one thing can be published of a procedure; which of the two it is, the files do not tell."),
    _("Correct the day (from), or keep one of the two."),
)


def check(view: View) -> Iterator[Finding]:
    for flaw in flaws(view, Fault.TWICE, Fault.CONTRADICTS):
        if flaw.fault is Fault.TWICE:
            message = msg("{code} stands twice in this decision, from the same day on", code=flaw.code)
        else:
            message = msg(
                "{code} is decided on otherwise by another decision signed and taking effect on the same days",
                code=flaw.code,
            )
        yield say(view, CODE, flaw, message)


RULE = Rule(CODE, check, whole=True)
