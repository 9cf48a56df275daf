"""A revised procedure does not say why it was revised."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC226",
    "change-missing",
    Severity.ERROR,
    _("A revised procedure does not say why it was revised"),
    _("After the first issue, the table of changes states reason and basis (101/QĐ-BKHCN; ISO 9001:2015, 7.5.3.2 c)."),
    _("Add change: with reason and summary; with reason legal-change also the legal_basis."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        procedure = document.body
        if procedure.change is None:
            if (procedure.issue, procedure.revision) != (1, 0):
                message = msg("revision {number} does not say what changed and why", number=procedure.number)
                yield finding(CODE, message, document.locate(("revision",), key=True), element="change")
        elif procedure.change.reason == "legal-change" and not procedure.change.legal_basis:
            message = msg("the law is given as the reason, but no legal text is named")
            yield finding(CODE, message, document.locate(("change",), key=True), element="change")


RULE = Rule(CODE, check)
