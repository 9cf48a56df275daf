"""Units and roles contradict each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from docctl.finding import Code, Finding, Pointer, Severity, finding
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.organisation import Organisation, Role, Unit
from docctl.model.view import Document, View
from docctl.rules.references import lifetime
from docctl.rules.rule import Rule

CODE = Code(
    "DC205",
    "organisation-inconsistent",
    Severity.ERROR,
    _("Units and roles contradict each other"),
    _("Procedures point to units and roles; these must be unambiguous (ISO 9001:2015, 5.3)."),
    _("Correct organisation.yaml at the place shown."),
)


def check(view: View) -> Iterator[Finding]:
    document = view.organisation
    if document is None or not view.looks_at(document.path):
        return
    yield from _list(document, "units", document.body.units)
    yield from _list(document, "roles", document.body.roles)
    yield from _tree(document)
    for index, role in enumerate(document.body.roles):
        if document.body.unit(role.unit) is None:
            yield _say(document, ("roles", index, "unit"), msg('there is no unit "{unit}"', unit=role.unit))
    yield from _duties(document, view.as_of)


def _list(document: Document[Organisation], name: str, things: Sequence[Unit | Role]) -> Iterator[Finding]:
    ids = {thing.id for thing in things}
    known: set[str] = set()
    for index, thing in enumerate(things):
        if thing.id in known:
            yield _say(document, (name, index, "id"), msg('the id "{id}" stands twice', id=thing.id))
        known.add(thing.id)
        if thing.first is not None and thing.last is not None and thing.last < thing.first:
            yield _say(document, (name, index, "to"), msg("the last day lies before the first"))
        if thing.successor is not None and thing.successor not in ids:
            message = msg('the successor "{id}" is not in this list', id=thing.successor)
            yield _say(document, (name, index, "successor"), message)


def _duties(document: Document[Organisation], day: date) -> Iterator[Finding]:
    organisation = document.body
    for duty, holder in (("representative", organisation.representative), ("secretary", organisation.secretary)):
        role = None if holder is None else organisation.role(holder)
        if holder is not None and role is None:
            yield _say(document, ("duties", duty), msg('there is no role "{role}"', role=holder))
        elif role is not None and not role.lives_at(day):
            yield _say(document, ("duties", duty), lifetime(role.title, role.first, role.last, day))


def _tree(document: Document[Organisation]) -> Iterator[Finding]:
    for index, unit in enumerate(document.body.units):
        above = [each.id for each in document.body.unit_and_above(unit.id)]
        top = document.body.unit(above[-1])
        if top is None or top.parent is None:
            continue
        if top.parent == unit.id:
            yield _say(document, ("units", index, "parent"), msg('the unit "{unit}" stands above itself', unit=unit.id))
        elif unit.id == top.id and document.body.unit(top.parent) is None:
            yield _say(document, ("units", index, "parent"), msg('there is no unit "{unit}"', unit=top.parent))


def _say(document: Document[Organisation], pointer: Pointer, message: Message) -> Finding:
    return finding(CODE, message, document.locate(pointer), element=document.element(pointer))


RULE = Rule(CODE, check)
