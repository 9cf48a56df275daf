"""A cited number names several legal texts."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.law.identity import fits, has_year, is_local, is_slug
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import citations
from docctl.rules.rule import Rule

CODE = Code(
    "DC220",
    "legal-text-ambiguous",
    Severity.ERROR,
    _("A cited number may mean several legal texts"),
    _(
        "Numbers of local texts and of texts without a year come back every year and in every province; only the file name tells them apart (docs/formats.md)."
    ),
    _("Cite the text by the name of its file in legal/."),
)


def check(view: View) -> Iterator[Finding]:
    known = view.legal_names
    for document, pointer, element, citation in citations(view):
        found = known.meant(citation.text)
        if len(found) > 1:
            message = msg("{text} may mean several texts: {names}", text=citation.text, names=", ".join(found))
            fix = msg('write one of them, such as text: "{name}"', name=found[0])
            yield finding(CODE, message, document.locate((*pointer, "text")), element=element, fix=fix)
        elif found and fits(found[0], citation.text) and _comes_back(citation.text):
            message = msg("the number {text} comes back in other years or provinces", text=citation.text)
            fix = msg('write the name of its file: text: "{name}"', name=found[0])
            yield finding(CODE, message, document.locate((*pointer, "text")), element=element, fix=fix)


def _comes_back(cited: str) -> bool:
    return not is_slug(cited) and (is_local(cited) or not has_year(cited))


RULE = Rule(CODE, check)
