"""A legal text's file is not named after its number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docctl.finding import Code, Finding, Severity, finding
from docctl.law.identity import bare, fits
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

if TYPE_CHECKING:
    from docctl.model.legal_text import LegalText

CODE = Code(
    "DC221",
    "legal-file-name",
    Severity.ERROR,
    _("A legal text's file is not named after its number"),
    _("A text is found by its file name, which is made of its number (docs/formats.md)."),
    _("Rename the file as shown."),
)


def check(view: View) -> Iterator[Finding]:
    for name, document in view.legal_texts.items():
        if bare(document.body.number) != document.body.number:
            message = msg('"{number}" is more than a number', number=document.body.number)
            fix = msg(
                "write the number alone, with the letter Đ of Vietnamese: {number}", number=bare(document.body.number)
            )
            yield finding(CODE, message, document.locate(("number",)), element="number", fix=fix)
        elif not fits(name, document.body.number):
            message = msg('the file is named "{file}", its number is {number}', file=name, number=document.body.number)
            fix = msg("rename it to {name}", name=f"{_free_slug(view, document.body)}.yaml")
            yield finding(CODE, message, document.locate(("number",)), element="number", fix=fix)


def _free_slug(view: View, text: LegalText) -> str:
    from docctl.law.vn.issuers import free_slug  # no check of one procedure comes here

    return free_slug(text.number, text.issuers, text.issued, frozenset(view.legal_slugs))


RULE = Rule(CODE, check)
