"""A form that does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.references import form_references
from docctl.rules.rule import Rule
from docctl.text.vietnamese import nearest

CODE = Code(
    "DC210",
    "form-unknown",
    Severity.ERROR,
    _("A form that does not exist"),
    _("Staff and applicants need the very form the procedure names (ISO 9001:2015, 7.5.3.1)."),
    _("Correct the id, or add the form to the procedure or to forms.yaml."),
)


def check(view: View) -> Iterator[Finding]:
    shared = view.shared_forms
    if shared is None and view.holds("forms.yaml"):
        return  # said by DC904
    common = [] if shared is None else [form.id for form in shared.body]
    for document in view.procedures:
        known = [*(form.id for form in document.body.forms), *common]
        for pointer, form in form_references(document.body):
            if form not in known:
                meant = nearest(form, known)
                yield finding(
                    CODE, msg('there is no form "{form}" in this procedure or in forms.yaml', form=form),
                    document.locate(pointer), element=document.element(pointer),
                    fix=None if meant is None else msg('did you mean "{meant}"?', meant=meant),
                )  # fmt: skip


RULE = Rule(CODE, check)
