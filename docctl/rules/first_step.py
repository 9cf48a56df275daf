"""The first step is not reception at the one-stop desk."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import acts_for
from docctl.rules.rule import Rule

CODE = Code(
    "DC213",
    "first-step",
    Severity.WARNING,
    _("The first step is not reception at the one-stop desk"),
    _(
        "Dossiers are received at the one-stop unit with a receipt that names the day of the result (61/2018/NĐ-CP, Điều 17; exceptions Điều 14 khoản 5; replaced by 118/2025/NĐ-CP from 2025-07-01)."
    ),
    _(
        "Let the first step be kind: receive, by a role of the receiving unit, with the receipt form; if the exception applies, switch the rule off in docctl.toml."
    ),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        procedure = document.body
        if procedure.received_at is None:
            continue
        step = procedure.steps[0]
        if step.kind != "receive":
            message = msg('the first step "{title}" is not of kind receive', title=step.title)
            yield finding(CODE, message, document.locate(("steps", 0)), element=step.id)
            continue
        if not acts_for(view, step.role, procedure.received_at):
            message = msg(
                'the role "{role}" of the first step does not belong to {unit}',
                role=step.role,
                unit=procedure.received_at,
            )
            yield finding(CODE, message, document.locate(("steps", 0, "role")), element=step.id)
        if not step.forms:
            message = msg("the first step names no form for the receipt with the day of the result")
            yield finding(CODE, message, document.locate(("steps", 0)), element=step.id)


RULE = Rule(CODE, check)
