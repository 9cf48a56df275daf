"""Forms: files of the repository, or forms that a legal text prescribes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from docctl.finding import Pointer
from docctl.model.citation import Citation, citations


class Form(Struct, frozen=True):
    """Either ``file`` with ``sha256``, or ``law``: the form's place in a legal text."""

    id: str
    title: str
    file: str | None
    sha256: str | None
    law: Citation | None
    cites: tuple[Citation, ...]

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Form:
        law = tree.get("law")
        return cls(
            tree["id"],
            tree["title"],
            tree.get("file"),
            tree.get("sha256"),
            None if law is None else Citation.from_tree(law),
            citations(tree.get("cites", ())),
        )

    def cited(self, start: Pointer) -> Iterator[tuple[Pointer, str, Citation]]:
        """The form's citations with pointer and element, as ``Procedure.cited`` gives them."""
        if self.law is not None:
            yield (*start, "law"), self.id, self.law
        for index, citation in enumerate(self.cites):
            yield (*start, "cites", index), self.id, citation


def used_content(content: object, used: Iterable[str]) -> list[Any]:
    """The trees of those forms of forms.yaml whose ids are named, in the order of their ids."""
    wanted = frozenset(used)
    forms = content["forms"] if isinstance(content, dict) else []
    return sorted((form for form in forms if form["id"] in wanted), key=lambda form: str(form["id"]))


def forms_from_tree(tree: Mapping[str, Any]) -> tuple[Form, ...]:
    """The forms of ``forms.yaml``, in order."""
    return tuple(map(Form.from_tree, tree["forms"]))
