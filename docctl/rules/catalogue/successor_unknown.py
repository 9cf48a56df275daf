"""What takes the place of a procedure is not in the list."""

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
    "DC734",
    "successor-unknown",
    Severity.WARNING,
    _("What takes the place of a procedure is not in the list"),
    _("Who serves the old one is told to serve the new one, and that must be known."),
    _("Enter the code named in replaced_by with its content, from the same day on."),
)


def check(view: View) -> Iterator[Finding]:
    for flaw in flaws(view, Fault.SUCCESSOR_UNKNOWN):
        message = msg(
            "{code} is replaced by {successor}, which is not in the list on that day",
            code=flaw.code,
            successor=flaw.detail,
        )
        yield say(view, CODE, flaw, message)


RULE = Rule(CODE, check, whole=True)
