"""``adopted.yaml`` with one more entry: values in, text out; nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from docctl.errors import UsageError
from docctl.message import msg
from docctl.model.adoption import Adoption
from docctl.model.form import used_content
from docctl.model.procedure import Procedure
from docctl.model.view import Document
from docctl.schema import validate
from docctl.text.canonical import digest
from docctl.text.strict import read

PATH = "adopted.yaml"
_HEAD = """\
# yaml-language-server: $schema=.docctl/schemas/v1/adopted.schema.json
format: docctl/adopted/v1
adopted:
"""


class Start(Struct, frozen=True):
    """Since when a revision is in force, and the paper decision that says so: number and date."""

    effective_from: date
    decision: tuple[str, date] | None


def with_entries(text: str | None, documents: Sequence[Document[Procedure]], shared_forms: object, start: Start) -> str:
    """The text of ``adopted.yaml`` with an entry for each procedure's present content, at its end.

    ``text`` is that of the present file, None where there is none; ``shared_forms`` the content of
    forms.yaml. What stands there is kept to the letter. Raises ``UsageError`` where an entry would
    contradict one that is there.
    """
    known = () if text is None else _entries(text)
    lines = []
    for document in documents:
        _fits(document, start, [entry for entry in known if entry.document == document.body.id])
        lines.append(_line(document, shared_forms, start))
    before = _HEAD if text is None else text if text.endswith("\n") else text + "\n"
    if not known:
        before = re.sub(r"^adopted:[ ]*\[[ ]*\]", "adopted:", before, count=1, flags=re.MULTILINE)
    after = before + "".join(lines)
    if [entry.document for entry in _entries(after)] != [
        *(entry.document for entry in known),
        *(document.body.id for document in documents),
    ]:
        raise UsageError(
            msg("{path} has a form that cannot be added to", path=PATH),
            msg("write its entries one a line, beginning with two spaces and a hyphen (docs/formats.md)"),
        )
    return after


def _entries(text: str) -> Sequence[Adoption]:
    from docctl.model.adoption import adoptions_from_tree

    tree = read(text.encode("utf-8"), PATH).tree
    if tree is None or not isinstance(tree.value, dict) or validate(tree, "adopted"):
        raise UsageError(
            msg("{path} cannot be read", path=PATH), msg("docctl check {path} tells where and why", path=PATH)
        )
    return adoptions_from_tree(tree.value)


def _fits(document: Document[Procedure], start: Start, known: Sequence[Adoption]) -> None:
    procedure = document.body
    names = {"id": procedure.id, "number": procedure.number}
    if not known:
        return
    last = max(known, key=lambda entry: entry.order)
    if (procedure.issue, procedure.revision) <= last.order:
        raise UsageError(
            msg("revision {number} of {id} does not come after {before}", **names, before=last.number),
            msg("raise issue or revision in the file, and say why under change"),
        )
    if start.effective_from <= max(entry.effective_from for entry in known):
        raise UsageError(
            msg("revision {number} of {id} does not begin after {before} did", **names, before=last.number),
            msg("{before} is in force since {day}", before=last.number, day=last.effective_from.isoformat()),
        )


def _line(document: Document[Procedure], shared_forms: object, start: Start) -> str:
    procedure = document.body
    used = used_content(shared_forms, procedure.used_forms())
    lines = [
        f"  - document: {procedure.id}",
        f"    issue: {procedure.issue}",
        f"    revision: {procedure.revision}",
        f"    digest: {document.digest()}",
        *([f"    shared_forms: {digest(used)}"] if used else []),
        f'    effective_from: "{start.effective_from.isoformat()}"',
    ]
    if start.decision is not None:
        number, day = start.decision
        quoted = number.replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'    decision: {{ number: "{quoted}", date: "{day.isoformat()}" }}')
    return "\n".join(lines) + "\n"
