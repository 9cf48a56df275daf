"""What procedures refer to, with the place of each reference; shared by the rules about references."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from docctl.finding import Pointer
from docctl.law.identity import bare, is_slug, slug
from docctl.law.naming import did_you_mean
from docctl.message import Message, msg
from docctl.model.citation import Citation
from docctl.model.form import Form
from docctl.model.organisation import Role, Unit
from docctl.model.procedure import Procedure
from docctl.model.view import Document, LegalNames, View


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
        if form.file is not None and view.looks_at(document.path):
            yield document, pointer, form


def citations(view: View) -> Iterator[tuple[Document[object], Pointer, str, Citation]]:
    """Every citation of the documents looked at, with document, place and element."""
    for document in view.procedures:
        for pointer, element, citation in document.body.cited():
            yield document, pointer, element, citation
    shared = view.shared_forms
    if shared is not None and view.looks_at(shared.path):
        for index, form in enumerate(shared.body):
            for pointer, element, citation in form.cited(("forms", index)):
                yield shared, pointer, element, citation


def to_register(known: LegalNames, cited: str) -> Message:
    """The way out where a text is not in the register: another spelling, or a file."""
    if bare(cited) != cited:
        return msg("write the number alone, with the letter Đ of Vietnamese: {number}", number=bare(cited))
    name = cited if is_slug(cited) else slug(cited)
    near = known.near(cited)
    path = f"legal/{name}.yaml"
    question = did_you_mean(near)
    if question is None:
        return msg("register it as {path}", path=path) if name else msg("write the number as the text prints it")
    if len(near) > 1 or known.holds(name):
        return question
    return msg('did you mean "{meant}"? Otherwise register it as {path}', meant=near[0], path=path)


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
    organisation = view.organisation.body
    if role is None or organisation.unit(role.unit) is None or organisation.unit(unit_id) is None:
        return True
    return any(unit.id == unit_id for unit in organisation.unit_and_above(role.unit))


def lifetime(name: str, first: date | None, last: date | None, day: date) -> Message:
    """Why something does not exist on a day."""
    if first is not None and day < first:
        return msg('"{name}" exists only from {first}', name=name, first=first.isoformat())
    return msg('"{name}" ended on {last}', name=name, last="?" if last is None else last.isoformat())


def successor(thing: Unit | Role, find: Callable[[str], Unit | Role | None], day: date) -> str | None:
    """Who took over and exists on the day, followed from one to the next; None where nobody is known."""
    seen: set[str] = set()
    while thing.successor is not None and thing.successor not in seen:
        seen.add(thing.successor)
        following = find(thing.successor)
        if following is None:
            return None
        if following.lives_at(day):
            return following.id
        thing = following
    return None


def instead(name: str | None) -> Message | None:
    """The way out where somebody took over."""
    return None if name is None else msg('write "{successor}" instead, which took over', successor=name)
