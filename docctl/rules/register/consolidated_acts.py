"""A consolidated text has events."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.legal_text import CONSOLIDATED
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC238",
    "consolidated-acts",
    Severity.ERROR,
    _("A consolidated text has events"),
    _("A consolidated text (văn bản hợp nhất) changes nothing by itself; it only shows what others have changed."),
    _("Move the events to the texts that make the changes."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.legal_texts.values():
        if document.body.kind == CONSOLIDATED and document.body.events:
            message = msg("{number} is a consolidated text and makes no changes", number=document.body.number)
            yield finding(CODE, message, document.locate(("events",), key=True), element="events")


RULE = Rule(CODE, check)
