"""Two documents have the same id."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Related, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.extract import Extract
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC122",
    "document-id-twice",
    Severity.ERROR,
    _("Two documents have the same id"),
    _("An id names one document for good; ids that differ only in case collide on Windows and macOS."),
    _("Give one of them another id."),
)


def check(view: View) -> Iterator[Finding]:
    first: dict[str, Extract] = {}
    for each in view.extracts:
        other = first.setdefault(each.id.casefold(), each)
        if other is not each:
            message = msg('the id "{id}" is also that of {other}', id=each.id, other=other.path)
            related = (Related(view.locate(other.path, ("id",)), msg("first here")),)
            yield finding(CODE, message, view.locate(each.path, ("id",)), element=each.id, related=related)


RULE = Rule(CODE, check, whole=True, across=True)
