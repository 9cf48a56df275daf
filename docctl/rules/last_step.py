"""The last step is not the return of the result at the one-stop desk."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.flow import targets
from docctl.model.view import View
from docctl.rules.references import acts_for
from docctl.rules.rule import Rule

CODE = Code(
    "DC216",
    "last-step",
    Severity.WARNING,
    _("The last step is not the return of the result at the one-stop desk"),
    _(
        "The applicant gets the result where the dossier was handed in (61/2018/NĐ-CP, Điều 20; replaced by 118/2025/NĐ-CP from 2025-07-01)."
    ),
    _("End every way with a step of kind: deliver at the receiving unit, or of kind: reject."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        procedure = document.body
        if procedure.received_at is None:
            continue
        ends = [(index, step) for index, step in enumerate(procedure.steps) if not [*targets(step, every_branch=False)]]
        for index, step in ends:
            if step.kind not in ("deliver", "reject"):
                message = msg('{step} "{title}" ends the procedure but returns nothing', step=step.id, title=step.title)
                yield finding(CODE, message, document.locate(("steps", index)), element=step.id)
            elif step.kind == "deliver" and not acts_for(view, step.role, procedure.received_at):
                message = msg(
                    'the role "{role}" that returns the result does not belong to {unit}',
                    role=step.role,
                    unit=procedure.received_at,
                )
                yield finding(CODE, message, document.locate(("steps", index, "role")), element=step.id)
        if not any(step.kind == "deliver" for step in procedure.steps):
            message = msg("no step returns the result (kind: deliver)")
            yield finding(CODE, message, document.locate(("steps",), key=True), element="steps")


RULE = Rule(CODE, check)
