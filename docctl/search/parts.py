"""The texts of a document that are searched: words for people, its codes, and the texts of the law that it cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docctl.finding import Pointer
from docctl.model.citation import Citation
from docctl.model.form import Form
from docctl.model.legal_text import LegalText
from docctl.model.organisation import Organisation
from docctl.model.procedure import Procedure
from docctl.model.view import Document
from docctl.terms.free_text import WORDS, strings

Part = tuple[Pointer, str]

_CODES = frozenset({"document_id", "code"})


def parts(document: Document[object]) -> Iterator[Part]:
    """Every searched text of a document with its place, in the order of the file's description."""
    body = document.body
    if isinstance(body, Procedure):
        yield from _texts(document.content, "procedure")
        if body.change is not None:
            yield ("change", "summary"), body.change.summary
        yield from _cited(body.cited())
    elif isinstance(body, LegalText):
        yield ("number",), body.number
        yield ("title",), body.title
        yield from ((("aliases", place), alias) for place, alias in enumerate(body.aliases))
    elif isinstance(body, Organisation):
        yield from _texts(document.content, "organisation")
    elif isinstance(body, Sequence) and all(isinstance(each, Form) for each in body):
        yield from _texts(document.content, "forms")
        yield from _cited(each for place, form in enumerate(body) for each in form.cited(("forms", place)))


def _texts(content: object, kind: str) -> Iterator[Part]:
    """Words for people, and the codes by which people know procedures, forms, units and roles."""
    for pointer, sort, text in strings(content, kind):
        named = kind == "organisation" and pointer[-1] == "id"
        if named or sort in WORDS or sort in _CODES:
            yield pointer, text


def _cited(citations: Iterable[tuple[Pointer, str, Citation]]) -> Iterator[Part]:
    return (((*pointer, "text"), citation.text) for pointer, _, citation in citations)


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
