"""Citations name a text but no provision."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC520",
    "provision-not-named",
    Severity.NOTE,
    _("Citations name a text but no provision"),
    _(
        "Where only the text is cited, every change of it is reported; where the provision is named, only a change that matters (docs/currency.md)."
    ),
    _("Name the article, clause and point (provisions: [dieu_5__khoan_2]) and cite at the element it governs."),
)


def check(view: View) -> Iterator[Finding]:
    chosen = {procedure.path for procedure in view.currency.procedures}
    for document in view.procedures:
        cited = [(pointer, citation) for pointer, _element, citation in document.body.cited() if not citation.pinned]
        bare = [(pointer, citation) for pointer, citation in cited if not citation.provisions]
        if bare and document.path in chosen:
            texts = ", ".join(dict.fromkeys(citation.text for _pointer, citation in bare))
            message = msg(
                "citations without a provision: {count} of {all} ({texts})",
                all=len(cited),
                count=len(bare),
                texts=texts,
            )
            yield finding(CODE, message, document.locate((*bare[0][0], "text")), element=document.body.id)


RULE = Rule(CODE, check, whole=True)
