"""What a text of a procedure is called, what it uses and cites: enough for lists, without its steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from docctl.model.form import Form
from docctl.model.procedure import Procedure


class Card(Struct, frozen=True):
    """``digest`` is that of the whole content; ``uses`` are the ids of shared forms, ``cites`` the texts of the law."""

    path: str
    id: str
    issue: int
    revision: int
    digest: str
    title: str
    code_printed: str | None
    owner: str
    covers: tuple[str, ...]
    uses: tuple[str, ...]
    cites: tuple[str, ...]
    forms: tuple[Form, ...]

    @classmethod
    def of(cls, path: str, stored: list[Any]) -> Card:
        """From what ``plain`` gave, of a file that may have another path now."""
        name, issue, revision, digest, title, code_printed, owner, covers, uses, cites, forms = stored
        return cls(
            path, name, issue, revision, digest, title, code_printed, owner,
            tuple(covers), tuple(uses), tuple(cites), tuple(map(Form.from_tree, forms)),
        )  # fmt: skip


def plain(procedure: Procedure, content: object, digest: str) -> list[Any]:
    """A card as JSON can hold it; ``content`` is the tree of the procedure."""
    cites = dict.fromkeys(citation.text for _, _, citation in procedure.cited() if citation.pinned is None)
    forms = content.get("forms", []) if isinstance(content, Mapping) else []
    return [
        procedure.id, procedure.issue, procedure.revision, digest, procedure.title, procedure.code_printed,
        procedure.owner, [*procedure.covers], [*procedure.used_forms()], [*cites], forms,
    ]  # fmt: skip
