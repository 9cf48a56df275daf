"""The field is not the published one."""

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
    "DC706",
    "field-differs",
    Severity.WARNING,
    _("The field is not the published one"),
    _("Lists and counts by field rest on it."),
    _("Take over the published field (lĩnh vực)."),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.FIELD):
        message = msg('the field is "{ours}"; that of {code} is "{theirs}" since {day} ({decision})', **names(item))
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
