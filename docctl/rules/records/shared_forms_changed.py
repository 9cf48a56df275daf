"""A form of forms.yaml is not the one that a revision was issued with."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.standing import Revision
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC310",
    "shared-forms-changed",
    Severity.ERROR,
    _("A form of forms.yaml is not the one that a revision was issued with"),
    _("Who approved a procedure approved the forms it uses; swapped afterwards they would go unnoticed (ISO 9001:2015, 7.5.3.2)."),
    _("Take the change of forms.yaml back, or raise the revision of each procedure that uses the form and have it approved."),
)  # fmt: skip


def check(view: View) -> Iterator[Finding]:
    for standing in view.standings:
        in_force = standing.effective
        if in_force is not None and _swapped(view, in_force):
            yield _said(in_force)
        if in_force is not None and in_force.shared_forms is not None and not _swapped(view, in_force):
            continue  # until its first day a scheduled revision waits for other forms
        yield from (_said(each) for each in standing.scheduled if _swapped(view, each))


def _swapped(view: View, revision: Revision) -> bool:
    if not revision.issuing or revision.path is None:
        return False
    return revision.shared_forms != view.shared_forms_of(revision.path)


def _said(revision: Revision) -> Finding:
    names = {"id": revision.document, "number": revision.number}
    message = msg("shared forms that {id} {number} uses are not those it was issued with", **names)
    return finding(CODE, message, Location("forms.yaml"), element=revision.document)


RULE = Rule(CODE, check, whole=True)
