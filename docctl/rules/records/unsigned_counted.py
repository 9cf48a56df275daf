"""Records without signature count."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.record import Assurance
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC432",
    "unsigned-counted",
    Severity.WARNING,
    _("Records without signature count"),
    _("The policy allows it for a pilot; who signed is a claim that nothing proves."),
    _("Sign with a key as soon as everybody has one, and end the pilot in the policy."),
)


def check(view: View) -> Iterator[Finding]:
    unsigned = [each for each in view.records if each.assurance is Assurance.UNSIGNED]
    if unsigned:
        message = msg(
            "unsigned: {count} of {all} records have no signature, who made them is a claim",
            count=len(unsigned),
            all=len(view.records),
        )
        yield finding(CODE, message, Location(unsigned[0].path))


RULE = Rule(CODE, check, whole=True)
