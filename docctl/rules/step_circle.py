"""Steps follow each other in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.flow import circle
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC209",
    "step-circle",
    Severity.ERROR,
    _("Steps follow each other in a circle"),
    _(
        "A circle has no longest time, so no promise can be kept. Returning an incomplete dossier is no circle: its clock starts anew (61/2018/NĐ-CP, Điều 19 khoản 4)."
    ),
    _("Break the circle, or mark the branch as case: incomplete."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        steps = circle(document.body.steps)
        if steps:
            index = document.body.steps.index(steps[-1])
            names = " -> ".join([*(step.id for step in steps), steps[0].id])
            message = msg("these steps follow each other in a circle: {steps}", steps=names)
            yield finding(CODE, message, document.locate(("steps", index, "next")), element=steps[-1].id)


RULE = Rule(CODE, check)
