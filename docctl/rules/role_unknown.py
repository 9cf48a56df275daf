"""A role that organisation.yaml does not know."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import role_references
from docctl.rules.rule import Rule
from docctl.text.vietnamese import nearest

CODE = Code(
    "DC203",
    "role-unknown",
    Severity.ERROR,
    _("A role that organisation.yaml does not know"),
    _("Roles stand once, in organisation.yaml; responsibility must be assigned (ISO 9001:2015, 5.3)."),
    _("Correct the id, or add the role to organisation.yaml."),
)


def check(view: View) -> Iterator[Finding]:
    organisation = view.organisation
    if organisation is None:
        return  # said by DC904
    for document in view.procedures:
        for pointer, role in role_references(document.body):
            if organisation.body.role(role) is None:
                meant = nearest(role, [each.id for each in organisation.body.roles])
                fix = None if meant is None else msg('did you mean "{meant}"?', meant=meant)
                message = msg('there is no role "{role}" in organisation.yaml', role=role)
                yield finding(CODE, message, document.locate(pointer), element=document.element(pointer), fix=fix)


RULE = Rule(CODE, check)
