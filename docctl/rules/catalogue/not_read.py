"""What could not be read was not compared."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.documents.codes import NOT_CHECKED
from docctl.finding import Finding, Location, finding
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule


def check(view: View) -> Iterator[Finding]:
    for path in view.coverage.unread:
        message = msg("{path} cannot be read, so nothing it says was compared", path=path)
        yield finding(NOT_CHECKED, message, Location(path), fix=msg("docctl check tells where and why"))
    for text in view.coverage.texts:
        if text.text.stands_in:
            document = text.text.document
            message = msg(
                "the text of {id} that is in force is not held, so the file was compared in its place",
                id=document.body.id,
            )
            yield finding(NOT_CHECKED, message, Location(document.path), element=document.body.id)


RULE = Rule(NOT_CHECKED, check, whole=True)
