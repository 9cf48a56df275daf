"""The level is none of the published ones."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.coverage import Differs
from docctl.model.view import View
from docctl.rules.catalogue.differing import differing, names, say
from docctl.rules.rule import Rule

CODE = Code(
    "DC707",
    "level-differs",
    Severity.WARNING,
    _("The level is none of the published ones"),
    _("Who may decide is fixed by law and published; a task that moved to another level needs another document."),
    _("Correct level; where the task has moved to another level, withdraw the document."),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.LEVEL):
        message = msg("the level is {ours}; that of {code} is {theirs} since {day} ({decision})", **names(item))
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
