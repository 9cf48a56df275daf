"""Two forms have the same id."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Pointer, Related, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
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
    first: dict[str, tuple[str, Pointer]] = {}
    for path, pointer, form in _named(view):
        other = first.setdefault(form, (path, pointer))
        if other != (path, pointer):
            message = msg('the form id "{form}" stands twice', form=form)
            related = (Related(view.locate(*other), msg("first here")),)
            yield finding(CODE, message, view.locate(path, pointer), element=form, related=related)


def _named(view: View) -> Iterator[tuple[str, Pointer, str]]:
    """The ids of all forms with their places."""
    if view.shared_forms is not None:
        for index, form in enumerate(view.shared_forms.body):
            yield view.shared_forms.path, ("forms", index, "id"), form.id
    for each in view.extracts:
        for index, name in enumerate(each.forms):
            yield each.path, ("forms", index, "id"), name


RULE = Rule(CODE, check, across=True)
