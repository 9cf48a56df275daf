"""A unit that organisation.yaml does not know."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import unit_references
from docctl.rules.rule import Rule
from docctl.text.vietnamese import nearest

CODE = Code(
    "DC201",
    "unit-unknown",
    Severity.ERROR,
    _("A unit that organisation.yaml does not know"),
    _("Units stand once, in organisation.yaml, so that a reorganisation is one edit."),
    _("Correct the id, or add the unit to organisation.yaml."),
)


def check(view: View) -> Iterator[Finding]:
    organisation = view.organisation
    if organisation is None:
        return  # said by DC904
    for document in view.procedures:
        for pointer, unit in unit_references(document.body):
            if organisation.body.unit(unit) is None:
                meant = nearest(unit, [each.id for each in organisation.body.units])
                fix = None if meant is None else msg('did you mean "{meant}"?', meant=meant)
                message = msg('there is no unit "{unit}" in organisation.yaml', unit=unit)
                yield finding(CODE, message, document.locate(pointer), element=document.element(pointer), fix=fix)


RULE = Rule(CODE, check)
