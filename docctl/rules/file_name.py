"""The file's name is not the document's id."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC121",
    "file-name",
    Severity.ERROR,
    _("The file's name is not the document's id"),
    _("Everyone finds QT-07 in QT-07.yaml; two names for one document end in two documents."),
    _("Rename the file, or correct the id."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        if document.name != document.body.id:
            message = msg('the file is named "{file}", the document "{id}"', file=document.name, id=document.body.id)
            yield finding(CODE, message, document.locate(("id",)), element=document.body.id)


RULE = Rule(CODE, check)
