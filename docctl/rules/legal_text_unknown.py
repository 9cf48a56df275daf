"""A cited legal text is not in the register."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.law.identity import Names
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import citations, meant_texts, to_register
from docctl.rules.rule import Rule

CODE = Code(
    "DC219",
    "legal-text-unknown",
    Severity.ERROR,
    _("A cited legal text is not in the register"),
    _(
        "External documents are controlled too (ISO 9001:2015, 7.5.3.2): of a text that is not registered no one can say when it changes."
    ),
    _("Correct the number, or register the text; a stub (number, kind, title) is enough to begin with."),
)


def check(view: View) -> Iterator[Finding]:
    names = Names(view.legal_slugs)
    if not view.listed("legal"):
        return  # said by DC904
    for document, pointer, element, citation in citations(view):
        if meant_texts(view, names, citation.text):
            continue
        message = msg("{text} is not in the register", text=citation.text)
        place = document.locate((*pointer, "text"))
        yield finding(CODE, message, place, element=element, fix=to_register(view, names, citation.text))


RULE = Rule(CODE, check)
