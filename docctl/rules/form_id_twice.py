"""Two forms have the same id."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Related, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import all_forms
from docctl.rules.rule import Rule

CODE = Code(
    "DC222",
    "form-id-twice",
    Severity.ERROR,
    _("Two forms have the same id"),
    _("A form's id means one form in the whole agency."),
    _("Give one of them another id, or keep the form once in forms.yaml."),
)


def check(view: View) -> Iterator[Finding]:
    first: dict[str, Location] = {}
    for document, pointer, form in all_forms(view):
        place = document.locate((*pointer, "id"))
        if form.id in first:
            message = msg('the form id "{form}" stands twice', form=form.id)
            related = (Related(first[form.id], msg("first here")),)
            yield finding(CODE, message, place, element=form.id, related=related)
        first.setdefault(form.id, place)


RULE = Rule(CODE, check)
