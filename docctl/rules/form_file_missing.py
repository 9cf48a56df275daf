"""A form's file is not there."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import stored_forms
from docctl.rules.rule import Rule

CODE = Code(
    "DC211",
    "form-file-missing",
    Severity.ERROR,
    _("A form's file is not there"),
    _("A form that cannot be opened cannot be used (ISO 9001:2015, 7.5.3.1)."),
    _("Put the file in its place, or correct the path."),
)


def check(view: View) -> Iterator[Finding]:
    for document, pointer, form in stored_forms(view):
        if form.file is not None and view.listed("forms") and not view.holds(form.file):
            message = msg("the file {file} of form {form} is not there", file=form.file, form=form.id)
            yield finding(CODE, message, document.locate((*pointer, "file")), element=form.id)


RULE = Rule(CODE, check)
