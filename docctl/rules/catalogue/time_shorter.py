"""The promised time is shorter than the published one."""

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
    "DC709",
    "time-shorter",
    Severity.NOTE,
    _("The promised time is shorter than the published one"),
    _(
        "That is allowed and worth reporting: a saving for people. It may also mean that the published time has changed unnoticed."
    ),
    _("Nothing to mend."),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.SHORTER):
        message = msg("the document promises {ours}, less than {theirs} of {code} ({decision})", **names(item))
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
