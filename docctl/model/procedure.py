"""A procedure: how an agency handles one administrative procedure or one internal activity.

Field meanings: docs/formats.md. Terms follow CPSV-AP 3.2 where it has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from docctl.finding import Pointer
from docctl.model.citation import Citation, citations
from docctl.model.duration import Duration
from docctl.model.form import Form
from docctl.model.numbered import Numbered


class ProcessingTime(Struct, frozen=True):
    """The promised time, and the longest that the law allows."""

    promised: Duration
    legal_limit: Duration | None
    note: str | None
    cites: tuple[Citation, ...]


class Fee(Struct, frozen=True):
    """A fee with an amount in whole units of the currency, or with a formula in words."""

    id: str
    name: str
    kind: str | None
    amount: int | None
    formula: str | None
    currency: str
    per: str | None
    exemptions: str | None
    cites: tuple[Citation, ...]


class Choice(Struct, frozen=True):
    """A branch of a step: incomplete, refused, late or other."""

    to: str
    case: str
    when: str | None


class Step(Struct, frozen=True):
    """One step; all of ``next`` follow it, several in parallel."""

    id: str
    kind: str | None
    title: str
    description: str | None
    role: str
    time: Duration
    forms: tuple[str, ...]
    result: str | None
    next: tuple[str, ...]
    choices: tuple[Choice, ...]
    cites: tuple[Citation, ...]


class DossierItem(Struct, frozen=True):
    """A paper the applicant hands in."""

    id: str
    name: str
    form: str | None
    originals: int | None
    copies: int | None
    condition: str | None
    cites: tuple[Citation, ...]


class Channel(Struct, frozen=True):
    """A way to apply, with its own time and fees where they differ."""

    id: str
    kind: str
    processing_time: ProcessingTime | None
    fees: tuple[Fee, ...]
    cites: tuple[Citation, ...]


class Named(Struct, frozen=True):
    """A result, a condition or a reference: an id, its words, its citations."""

    id: str | None
    text: str
    cites: tuple[Citation, ...]


class KeptRecord(Struct, frozen=True):
    """What is kept, how long and where (hồ sơ lưu)."""

    name: str
    retention: str
    place: str


class Change(Struct, frozen=True):
    """Why this revision was made; its legal basis is history and never judged."""

    reason: str
    summary: str
    affected: tuple[str, ...]
    legal_basis: tuple[Citation, ...]


class Procedure(Struct, Numbered, frozen=True):
    """One revision of a procedure, as its file states it."""

    id: str
    code_printed: str | None
    title: str
    issue: int
    revision: int
    change: Change | None
    field: str | None
    level: str | None
    covers: tuple[str, ...]
    owner: str
    purpose: str | None
    scope: str | None
    definitions: tuple[tuple[str, str], ...]
    references: tuple[Named, ...]
    legal_basis: tuple[Citation, ...]
    authority: str | None
    received_at: str | None
    coordinates: tuple[str, ...]
    applicants: tuple[str, ...]
    conditions: tuple[Named, ...]
    sets: int | None
    items: tuple[DossierItem, ...]
    processing_time: ProcessingTime | None
    channels: tuple[Channel, ...]
    fees: tuple[Fee, ...]
    steps: tuple[Step, ...]
    results: tuple[Named, ...]
    forms: tuple[Form, ...]
    kept_records: tuple[KeptRecord, ...]

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)

    def cited(self) -> Iterator[tuple[Pointer, str, Citation]]:
        """Every citation that is judged: its pointer, its element (id or field name) and itself.

        In the order of the file's description; ``change.legal_basis`` is history and left out.
        """
        yield from _listed(("legal_basis",), "legal_basis", self.legal_basis)
        for name, named in (("references", self.references), ("conditions", self.conditions)):
            for index, each in enumerate(named):
                yield from _listed((name, index, "cites"), each.id or name, each.cites)
        for index, item in enumerate(self.items):
            yield from _listed(("dossier", "items", index, "cites"), item.id, item.cites)
        yield from _time(("processing_time",), "processing_time", self.processing_time)
        for index, channel in enumerate(self.channels):
            here: Pointer = ("channels", index)
            yield from _listed((*here, "cites"), channel.id, channel.cites)
            yield from _time((*here, "processing_time"), f"{channel.id}.processing_time", channel.processing_time)
            for place, fee in enumerate(channel.fees):
                yield from _listed((*here, "fees", place, "cites"), fee.id, fee.cites)
        for index, fee in enumerate(self.fees):
            yield from _listed(("fees", index, "cites"), fee.id, fee.cites)
        for index, step in enumerate(self.steps):
            yield from _listed(("steps", index, "cites"), step.id, step.cites)
        for index, result in enumerate(self.results):
            yield from _listed(("results", index, "cites"), result.id or "results", result.cites)
        for index, form in enumerate(self.forms):
            yield from form.cited(("forms", index))

    def used_forms(self) -> tuple[str, ...]:
        """Ids of the forms that dossier items and steps name and the procedure does not hold itself, in order."""
        own = {form.id for form in self.forms}
        named = [item.form for item in self.items if item.form is not None]
        named += [form for step in self.steps for form in step.forms]
        return tuple(dict.fromkeys(form for form in named if form not in own))

    def element_names(self) -> Mapping[str, str]:
        """What the elements that carry citations are called, by their ids."""
        names = {each.id: each.text for each in (*self.references, *self.conditions, *self.results) if each.id}
        fees = (*self.fees, *(fee for channel in self.channels for fee in channel.fees))
        names |= {fee.id: fee.name for fee in fees} | {item.id: item.name for item in self.items}
        names |= {step.id: step.title for step in self.steps} | {form.id: form.title for form in self.forms}
        return names

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Procedure:
        """The procedure of a tree that its schema has accepted."""
        dossier = tree.get("dossier", {})
        return cls(
            id=tree["id"],
            code_printed=tree.get("code_printed"),
            title=tree["title"],
            issue=tree["issue"],
            revision=tree["revision"],
            change=_change(tree.get("change")),
            field=tree.get("field"),
            level=tree.get("level"),
            covers=tuple(tree.get("covers", ())),
            owner=tree["owner"],
            purpose=tree.get("purpose"),
            scope=tree.get("scope"),
            definitions=tuple((each["term"], each["meaning"]) for each in tree.get("definitions", ())),
            references=_named(tree, "references", "name"),
            legal_basis=citations(tree["legal_basis"]),
            authority=tree.get("authority"),
            received_at=tree.get("received_at"),
            coordinates=tuple(tree.get("coordinates", ())),
            applicants=tuple(tree.get("applicants", ())),
            conditions=_named(tree, "conditions", "text"),
            sets=dossier.get("sets"),
            items=tuple(map(_item, dossier.get("items", ()))),
            processing_time=_processing_time(tree.get("processing_time")),
            channels=tuple(map(_channel, tree.get("channels", ()))),
            fees=tuple(map(_fee, tree.get("fees", ()))),
            steps=tuple(map(_step, tree["steps"])),
            results=_named(tree, "results", "name"),
            forms=tuple(map(Form.from_tree, tree.get("forms", ()))),
            kept_records=tuple(
                KeptRecord(each["name"], each["retention"], each["place"]) for each in tree.get("kept_records", ())
            ),
        )


def _listed(start: Pointer, element: str, cites: tuple[Citation, ...]) -> Iterator[tuple[Pointer, str, Citation]]:
    for index, citation in enumerate(cites):
        yield (*start, index), element, citation


def _time(start: Pointer, element: str, time: ProcessingTime | None) -> Iterator[tuple[Pointer, str, Citation]]:
    if time is not None:
        yield from _listed((*start, "cites"), element, time.cites)


def _cites(tree: Mapping[str, Any]) -> tuple[Citation, ...]:
    return citations(tree.get("cites", ()))


def _named(tree: Mapping[str, Any], key: str, words: str) -> tuple[Named, ...]:
    return tuple(Named(each.get("id"), each[words], _cites(each)) for each in tree.get(key, ()))


def _change(tree: Mapping[str, Any] | None) -> Change | None:
    if tree is None:
        return None
    return Change(
        tree["reason"], tree["summary"], tuple(tree.get("affected", ())), citations(tree.get("legal_basis", ()))
    )


def _processing_time(tree: Mapping[str, Any] | None) -> ProcessingTime | None:
    if tree is None:
        return None
    limit = tree.get("legal_limit")
    return ProcessingTime(
        Duration.from_tree(tree), None if limit is None else Duration.from_tree(limit), tree.get("note"), _cites(tree)
    )


def _fee(tree: Mapping[str, Any]) -> Fee:
    return Fee(
        tree["id"],
        tree["name"],
        tree.get("kind"),
        tree.get("amount"),
        tree.get("formula"),
        tree.get("currency", "VND"),
        tree.get("per"),
        tree.get("exemptions"),
        _cites(tree),
    )


def _item(tree: Mapping[str, Any]) -> DossierItem:
    return DossierItem(
        tree["id"],
        tree["name"],
        tree.get("form"),
        tree.get("originals"),
        tree.get("copies"),
        tree.get("condition"),
        _cites(tree),
    )


def _channel(tree: Mapping[str, Any]) -> Channel:
    return Channel(
        tree["id"],
        tree["kind"],
        _processing_time(tree.get("processing_time")),
        tuple(map(_fee, tree.get("fees", ()))),
        _cites(tree),
    )


def _step(tree: Mapping[str, Any]) -> Step:
    return Step(
        tree["id"],
        tree.get("kind"),
        tree["title"],
        tree.get("description"),
        tree["role"],
        Duration.from_tree(tree["time"]),
        tuple(tree.get("forms", ())),
        tree.get("result"),
        tuple(tree["next"]),
        tuple(Choice(each["to"], each["case"], each.get("when")) for each in tree.get("choices", ())),
        _cites(tree),
    )
