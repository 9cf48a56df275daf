"""Two elements of a procedure have the same id."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Pointer, Related, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import element_ids
from docctl.rules.rule import Rule

CODE = Code(
    "DC206",
    "element-id-twice",
    Severity.ERROR,
    _("Two elements of a procedure have the same id"),
    _("Approvals and findings name elements by id; an id names one element for good."),
    _("Give one of them another id."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        first: dict[str, Pointer] = {}
        for pointer, element in element_ids(document.body):
            if element in first:
                message = msg('the id "{id}" stands twice in this procedure', id=element)
                related = (Related(document.locate(first[element]), msg("first here")),)
                yield finding(CODE, message, document.locate(pointer), element=element, related=related)
            first.setdefault(element, pointer)


RULE = Rule(CODE, check)
