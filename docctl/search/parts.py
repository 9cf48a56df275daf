"""The texts of a document that are searched: words for people, its codes, and the texts of the law that it cites."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docctl.finding import Pointer
from docctl.model.form import Form
from docctl.model.legal_text import LegalText
from docctl.model.organisation import Organisation
from docctl.model.procedure import Procedure
from docctl.model.view import Document
from docctl.terms.free_text import free_texts

Part = tuple[Pointer, str]


def parts(document: Document[object]) -> Iterator[Part]:
    """Every searched text of a document with its place, in the order of the file's description."""
    body = document.body
    if isinstance(body, Procedure):
        yield ("id",), body.id
        if body.code_printed is not None:
            yield ("code_printed",), body.code_printed
        yield from ((("covers", place), code) for place, code in enumerate(body.covers))
        yield from free_texts(document.content, "procedure")
        if body.change is not None:
            yield ("change", "summary"), body.change.summary
        yield from (((*pointer, "text"), citation.text) for pointer, _, citation in body.cited())
    elif isinstance(body, LegalText):
        yield ("number",), body.number
        yield ("title",), body.title
    elif isinstance(body, Organisation):
        yield from free_texts(document.content, "organisation")
    elif isinstance(body, Sequence) and all(isinstance(each, Form) for each in body):
        yield from free_texts(document.content, "forms")


def names(content: object) -> Mapping[str, str]:
    """What the elements of a document are called, by their ids."""
    found: dict[str, str] = {}
    _collect(content, found)
    return found


def _collect(value: object, found: dict[str, str]) -> None:
    if isinstance(value, dict):
        name = next((value[key] for key in ("title", "name") if isinstance(value.get(key), str)), None)
        if isinstance(value.get("id"), str) and name is not None:
            found.setdefault(value["id"], name)
        for each in value.values():
            _collect(each, found)
    elif isinstance(value, list):
        for each in value:
            _collect(each, found)
