"""Who appraises also signs."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC224",
    "appraiser-signs",
    Severity.WARNING,
    _("Who appraises also signs"),
    _("Four eyes: the one who appraises a dossier does not decide it."),
    _("Give appraisal or signing to another role."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        appraisers = {step.role: step for step in document.body.steps if step.kind in ("appraise", "verify")}
        for index, step in enumerate(document.body.steps):
            if step.kind == "sign" and step.role in appraisers:
                other = appraisers[step.role]
                message = msg('the role "{role}" signs here and appraises in {step}', role=step.role, step=other.id)
                yield finding(CODE, message, document.locate(("steps", index, "role")), element=step.id)


RULE = Rule(CODE, check)
