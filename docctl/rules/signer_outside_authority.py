"""Who signs does not belong to the authority."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import acts_for
from docctl.rules.rule import Rule

CODE = Code(
    "DC228",
    "signer-outside-authority",
    Severity.WARNING,
    _("Who signs does not belong to the authority"),
    _("Competence lies with the authority named; who signs must act for it (30/2020/NĐ-CP, Điều 13)."),
    _("Let a role of the authority sign, or correct the authority."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        authority = document.body.authority
        if authority is None:
            continue
        for index, step in enumerate(document.body.steps):
            if step.kind == "sign" and not acts_for(view, step.role, authority):
                message = msg('the role "{role}" signs, but does not belong to {unit}', role=step.role, unit=authority)
                yield finding(CODE, message, document.locate(("steps", index, "role")), element=step.id)


RULE = Rule(CODE, check)
