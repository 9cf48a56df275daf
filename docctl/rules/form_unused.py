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
    used_anywhere: set[str] = set()
    for document in view.procedures:
        used = {form for _, form in form_references(document.body)}
        used_anywhere |= used
        for index, form in enumerate(document.body.forms):
            if form.id not in used:
                message = msg('no step and no dossier item uses form {form} "{title}"', form=form.id, title=form.title)
                yield finding(CODE, message, document.locate(("forms", index, "id")), element=form.id)
    if view.whole and view.shared_forms is not None and view.complete:
        for index, form in enumerate(view.shared_forms.body):
            if form.id not in used_anywhere:
                message = msg('no procedure uses form {form} "{title}"', form=form.id, title=form.title)
                yield finding(CODE, message, view.shared_forms.locate(("forms", index, "id")), element=form.id)


RULE = Rule(CODE, check)
