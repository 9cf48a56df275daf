"""Steps follow each other in a circle."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Pointer, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.flow import RESTARTING, circle
from docctl.model.procedure import Step
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC209",
    "step-circle",
    Severity.ERROR,
    _("Steps follow each other in a circle"),
    _(
        "A circle has no longest time, so no promise can be kept. Returning an incomplete dossier is no circle: its clock starts anew (61/2018/NĐ-CP, Điều 19 khoản 4; replaced by 118/2025/NĐ-CP from 2025-07-01)."
    ),
    _("Break the circle, or mark the branch as case: incomplete."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        if len({step.id for step in document.body.steps}) < len(document.body.steps):
            continue  # said by DC206
        steps = circle(document.body.steps)
        if steps:
            index = document.body.steps.index(steps[-1])
            names = " -> ".join([*(step.id for step in steps), steps[0].id])
            message = msg("these steps follow each other in a circle: {steps}", steps=names)
            place = document.locate(("steps", index, *_closing(steps[-1], steps[0].id)))
            yield finding(CODE, message, place, element=steps[-1].id)


def _closing(last: Step, first: str) -> Pointer:
    """Where the last step leads back to the first: under next, or a branch."""
    if first in last.next:
        return ("next",)
    branches = (
        place for place, choice in enumerate(last.choices) if choice.to == first and choice.case not in RESTARTING
    )
    return ("choices", next(branches), "to")


RULE = Rule(CODE, check)
