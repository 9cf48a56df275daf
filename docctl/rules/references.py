"""What procedures refer to, with the place of each reference; shared by the rules about references."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docctl.finding import Pointer
from docctl.message import Message, msg
from docctl.model.form import Form
from docctl.model.procedure import Procedure
from docctl.model.view import Document, View


def unit_references(procedure: Procedure) -> Iterator[tuple[Pointer, str]]:
    """Every unit a procedure names."""
    if procedure.authority is not None:
        yield ("authority",), procedure.authority
    if procedure.received_at is not None:
        yield ("received_at",), procedure.received_at
    for index, unit in enumerate(procedure.coordinates):
        yield ("coordinates", index), unit


def role_references(procedure: Procedure) -> Iterator[tuple[Pointer, str]]:
    """Every role a procedure names."""
    yield ("owner",), procedure.owner
    for index, step in enumerate(procedure.steps):
        yield ("steps", index, "role"), step.role


def form_references(procedure: Procedure) -> Iterator[tuple[Pointer, str]]:
    """Every form that a dossier item or a step uses."""
    for index, item in enumerate(procedure.items):
        if item.form is not None:
            yield ("dossier", "items", index, "form"), item.form
    for index, step in enumerate(procedure.steps):
        for place, form in enumerate(step.forms):
            yield ("steps", index, "forms", place), form


def all_forms(view: View) -> Iterator[tuple[Document[object], Pointer, Form]]:
    """Every form of forms.yaml and of the procedures, with the document that holds it."""
    if view.shared_forms is not None:
        for index, form in enumerate(view.shared_forms.body):
            yield view.shared_forms, ("forms", index), form
    for document in view.procedures:
        for index, form in enumerate(document.body.forms):
            yield document, ("forms", index), form


def stored_forms(view: View) -> Iterator[tuple[Document[object], Pointer, Form]]:
    """The forms whose files are to be looked at: of single files, only their own."""
    for document, pointer, form in all_forms(view):
        if form.file is not None and (view.whole or document is not view.shared_forms):
            yield document, pointer, form


def element_ids(procedure: Procedure) -> Iterator[tuple[Pointer, str]]:
    """Every id inside a procedure, in the order of the file's description.

    A fee of a channel may repeat a fee's id: it is the same fee by another way.
    """
    lists: tuple[tuple[Pointer, tuple[object, ...]], ...] = (
        (("references",), procedure.references),
        (("conditions",), procedure.conditions),
        (("dossier", "items"), procedure.items),
        (("channels",), procedure.channels),
        (("fees",), procedure.fees),
        (("steps",), procedure.steps),
        (("results",), procedure.results),
        (("forms",), procedure.forms),
    )
    for start, elements in lists:
        for index, element in enumerate(elements):
            name = getattr(element, "id", None)
            if isinstance(name, str):
                yield (*start, index, "id"), name


def acts_for(view: View, role_id: str, unit_id: str) -> bool:
    """Does a role belong to a unit or to one below it? What is unknown is said elsewhere and passes."""
    if view.organisation is None:
        return True
    role = view.organisation.body.role(role_id)
    if role is None or view.organisation.body.unit(unit_id) is None:
        return True
    return any(unit.id == unit_id for unit in view.organisation.body.unit_and_above(role.unit))


def lifetime(name: str, first: date | None, last: date | None, day: date) -> Message:
    """Why something does not exist on a day."""
    if first is not None and day < first:
        return msg('"{name}" exists only from {first}', name=name, first=first.isoformat())
    return msg('"{name}" ended on {last}', name=name, last="?" if last is None else last.isoformat())


def successor(name: str | None) -> Message | None:
    """The way out where organisation.yaml knows who took over."""
    return None if name is None else msg('"{successor}" took over', successor=name)
