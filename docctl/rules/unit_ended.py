"""A unit that does not exist at the date."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.model.view import View
from docctl.rules.references import instead, lifetime, successor, unit_references
from docctl.rules.rule import Rule

CODE = Code(
    "DC202",
    "unit-ended",
    Severity.ERROR,
    _("A unit that does not exist at the date"),
    _("After a reorganisation nobody is left to act for an ended unit."),
    _("Name the unit that took over, or correct its dates in organisation.yaml."),
)


def check(view: View) -> Iterator[Finding]:
    if view.organisation is None:
        return
    for document in view.procedures:
        for pointer, unit_id in unit_references(document.body):
            unit = view.organisation.body.unit(unit_id)
            if unit is not None and not unit.lives_at(view.as_of):
                yield finding(
                    CODE, lifetime(unit.name, unit.first, unit.last, view.as_of), document.locate(pointer),
                    element=document.element(pointer), fix=instead(successor(unit, view.organisation.body.unit, view.as_of)),
                )  # fmt: skip


RULE = Rule(CODE, check)
