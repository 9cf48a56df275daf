"""A decision changes what is not in the list."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.coverage import Fault
from docctl.model.view import View
from docctl.rules.catalogue.flawed import did_you_mean, flaws, say
from docctl.rules.rule import Rule

CODE = Code(
    "DC732",
    "not-listed-before",
    Severity.WARNING,
    _("A decision changes what is not in the list"),
    _(
        "What was never published, or has ended, can be neither amended nor abolished: the code was mistyped, or an earlier decision is missing here."
    ),
    _("Correct the code, or enter the earlier decision in catalogue/."),
)


def check(view: View) -> Iterator[Finding]:
    for flaw in flaws(view, Fault.UNKNOWN, Fault.ENDED_ALREADY):
        if flaw.fault is Fault.UNKNOWN:
            message = msg("{code} was not in the list before", code=flaw.code)
        else:
            message = msg("{code} had ended before", code=flaw.code)
        yield say(view, CODE, flaw, message, did_you_mean(view, flaw.code))


RULE = Rule(CODE, check, whole=True)
