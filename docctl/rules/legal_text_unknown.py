"""A cited legal text is not in the register."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.law.identity import Names, bare, is_slug, slug
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.view import View
from docctl.rules.references import citations, meant_texts
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
        yield finding(CODE, message, place, element=element, fix=_way_out(view, names, citation.text))


def _way_out(view: View, names: Names, cited: str) -> Message:
    if bare(cited) != cited:
        return msg("write the number alone, with the letter Đ of Vietnamese: {number}", number=bare(cited))
    path = f"legal/{cited if is_slug(cited) else slug(cited)}.yaml"
    meant = next(iter(names.candidates(cited)), None) or names.near_miss(cited)
    if meant is None:
        return msg("register it as {path}", path=path)
    document = view.legal_texts.get(meant)
    shown = meant if document is None else document.body.number
    if f"legal/{meant}.yaml" == path:
        return msg('did you mean "{meant}"?', meant=shown)
    return msg('did you mean "{meant}"? Otherwise register it as {path}', meant=shown, path=path)


RULE = Rule(CODE, check)
