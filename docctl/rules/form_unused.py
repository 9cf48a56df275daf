"""A form that nothing uses."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import form_references
from docctl.rules.rule import Rule

CODE = Code(
    "DC215",
    "form-unused",
    Severity.WARNING,
    _("A form that nothing uses"),
    _("A form nobody uses is kept up to date by nobody."),
    _("Name it in a step or a dossier item, or remove it."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        used = {form for _, form in form_references(document.body)}
        for index, form in enumerate(document.body.forms):
            if form.id not in used:
                message = msg('no step and no dossier item uses form {form} "{title}"', form=form.id, title=form.title)
                yield finding(CODE, message, document.locate(("forms", index, "id")), element=form.id)


def _shared(view: View) -> Iterator[Finding]:
    """The forms of forms.yaml."""
    if view.shared_forms is None or not view.complete:
        return
    used = {form for each in view.extracts for form in each.uses}
    for index, form in enumerate(view.shared_forms.body):
        if form.id not in used:
            message = msg('no procedure uses form {form} "{title}"', form=form.id, title=form.title)
            yield finding(CODE, message, view.shared_forms.locate(("forms", index, "id")), element=form.id)


RULE = Rule(CODE, check)
SHARED = Rule(CODE, _shared, whole=True, across=True)
"""The same of the forms that procedures share."""
