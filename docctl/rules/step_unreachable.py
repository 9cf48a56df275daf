"""No way leads to a step."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.flow import reachable
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC208",
    "step-unreachable",
    Severity.ERROR,
    _("No way leads to a step"),
    _("What nobody reaches, nobody does."),
    _("Name the step under next or choices of another one, or remove it."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        reached = reachable(document.body.steps)
        for index, step in enumerate(document.body.steps):
            if step.id not in reached:
                message = msg('no way leads from the first step to {step} "{title}"', step=step.id, title=step.title)
                yield finding(CODE, message, document.locate(("steps", index, "id")), element=step.id)


RULE = Rule(CODE, check)
