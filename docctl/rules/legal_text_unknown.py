"""A cited legal text is not in the register."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.law.identity import is_consolidated
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import citations, to_register
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
    known = view.legal_names
    if not view.listed("legal"):
        return  # said by DC904
    for document, pointer, element, citation in citations(view):
        if known.meant(citation.text):
            continue
        if not view.whole and is_consolidated(citation.text):
            continue  # a base text may list it; which were not read here
        message = msg("{text} is not in the register", text=citation.text)
        place = document.locate((*pointer, "text"))
        yield finding(CODE, message, place, element=element, fix=to_register(known, citation.text))


RULE = Rule(CODE, check)
