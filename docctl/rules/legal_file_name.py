"""A legal text's file is not named after its number."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.law.identity import bare, fits, slug
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

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
            fix = msg("rename it to {name}", name=f"{slug(document.body.number)}.yaml")
            yield finding(CODE, message, document.locate(("number",)), element="number", fix=fix)


RULE = Rule(CODE, check)
