"""A role that does not exist at the date."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import instead, lifetime, role_references, successor
from docctl.rules.rule import Rule

CODE = Code(
    "DC204",
    "role-ended",
    Severity.ERROR,
    _("A role that does not exist at the date"),
    _("A step whose role has ended, or whose unit has, is nobody's duty (ISO 9001:2015, 5.3)."),
    _("Name the role that took over, or correct the dates in organisation.yaml."),
)


def check(view: View) -> Iterator[Finding]:
    if view.organisation is None:
        return
    organisation = view.organisation.body
    for document in view.procedures:
        for pointer, role_id in role_references(document.body):
            role = organisation.role(role_id)
            if role is None:
                continue
            unit = organisation.unit(role.unit)
            if not role.lives_at(view.as_of):
                message = lifetime(role.title, role.first, role.last, view.as_of)
                fix = instead(successor(role, organisation.role, view.as_of))
                yield finding(CODE, message, document.locate(pointer), element=document.element(pointer), fix=fix)
            elif unit is not None and not unit.lives_at(view.as_of):
                ended = lifetime(unit.name, unit.first, unit.last, view.as_of)
                message = msg(
                    'the role "{role}" belongs to a unit that does not exist then: {unit}', role=role.id, unit=ended
                )
                heir = successor(unit, organisation.unit, view.as_of)
                fix = None if heir is None else msg('name a role of the unit "{unit}", which took over', unit=heir)
                yield finding(CODE, message, document.locate(pointer), element=document.element(pointer), fix=fix)


RULE = Rule(CODE, check)
