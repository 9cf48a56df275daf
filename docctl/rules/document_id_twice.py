"""Two documents have the same id."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Related, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.procedure import Procedure
from docctl.model.view import Document, View
from docctl.rules.rule import Rule

CODE = Code(
    "DC122",
    "document-id-twice",
    Severity.ERROR,
    _("Two documents have the same id"),
    _("An id names one document for good; ids that differ only in case collide on Windows and macOS."),
    _("Give one of them another id."),
)


def check(view: View) -> Iterator[Finding]:
    first: dict[str, Document[Procedure]] = {}
    for document in view.procedures:
        other = first.setdefault(document.body.id.casefold(), document)
        if other is not document:
            message = msg('the id "{id}" is also that of {other}', id=document.body.id, other=other.path)
            related = (Related(other.locate(("id",)), msg("first here")),)
            yield finding(CODE, message, document.locate(("id",)), element=document.body.id, related=related)


RULE = Rule(CODE, check, whole=True)
