"""A form's file is not the one the procedure names."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import stored_forms
from docctl.rules.rule import Rule

CODE = Code(
    "DC212",
    "form-file-changed",
    Severity.ERROR,
    _("A form's file is not the one the procedure names"),
    _("A form swapped after approval would go unnoticed; its SHA-256 binds it (ISO 9001:2015, 7.5.3.2)."),
    _("Restore the file, or enter the new sha256 and have the procedure approved again."),
)


def check(view: View) -> Iterator[Finding]:
    for document, pointer, form in stored_forms(view):
        if form.file is None or form.sha256 is None:
            continue
        found = view.sha256(form.file)
        if found is None and view.holds(form.file):
            message = msg("the file {file} of form {form} cannot be read", file=form.file, form=form.id)
            yield finding(CODE, message, document.locate((*pointer, "sha256")), element=form.id)
        if found is not None and found != form.sha256:
            message = msg("the file {file} has another sha256 than form {form} states", file=form.file, form=form.id)
            fix = msg("restore the file, or write sha256: {found}", found=found)
            yield finding(CODE, message, document.locate((*pointer, "sha256")), element=form.id, fix=fix)


RULE = Rule(CODE, check, whole=True)
