"""Events and addresses of the legal texts looked at; shared by the rules about the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docctl.finding import Pointer
from docctl.model.view import Document, View

if TYPE_CHECKING:  # a check of one procedure reads no legal text
    from docctl.law.register import Register
    from docctl.model.event import Event
    from docctl.model.legal_text import LegalText


def events(view: View) -> Iterator[tuple[Document[LegalText], int, Event]]:
    """Every event with its document and its place there; withdrawn ones are left out."""
    for document in view.legal_texts.values():
        for place, event in enumerate(document.body.events):
            if not event.withdrawn:
                yield document, place, event


def addresses_of(text: LegalText) -> Iterator[tuple[Pointer, str]]:
    """Every address in a legal text's file, with its place."""
    for place, entry in enumerate(text.in_force):
        yield from _listed(("in_force", place, "provisions"), entry.provisions)
        yield from _listed(("in_force", place, "except"), entry.excepted)
        yield from _single(("in_force", place, "stated_in"), entry.stated_in)
    for place, provision in enumerate(text.provisions):
        yield ("provisions", place, "address"), provision.address
    for place, attachment in enumerate(text.attachments):
        yield ("attachments", place, "address"), attachment
    for place, event in enumerate(text.events):
        here: Pointer = ("events", place)
        yield from _single((*here, "source", "provision"), event.source_provision)
        yield from _listed((*here, "target", "provisions"), event.provisions)
        yield from _listed((*here, "target", "except"), event.excepted)
        yield from _single((*here, "effect", "stated_in"), event.effect.stated_in)
        yield from _single((*here, "after"), event.after)
        for number, (old, new) in enumerate(event.pairs):
            yield (*here, "pairs", number, "from"), old
            yield (*here, "pairs", number, "to"), new


def _listed(start: Pointer, addresses: tuple[str, ...]) -> Iterator[tuple[Pointer, str]]:
    for place, address in enumerate(addresses):
        yield (*start, place), address


def _single(pointer: Pointer, address: str | None) -> Iterator[tuple[Pointer, str]]:
    if address is not None:
        yield pointer, address


def plain(text: str) -> str:
    """Words without what printing varies: white space, kinds of quotes."""
    for mark in '“”„‟"«»':
        text = text.replace(mark, "'")
    return " ".join(text.split())


def register_of(view: View) -> Register:
    """The register of what is looked at: events with their targets and days resolved."""
    from docctl.law.register import Register

    texts = {name: document.body for name, document in view.legal_texts.items()}
    return Register(texts, {name: document.path for name, document in view.legal_texts.items()})
