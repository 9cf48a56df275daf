"""A change that has come and gone."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.currency.judged import cited, judged, say
from docctl.rules.rule import Rule
from docctl.verdict import Verdict
from docctl.verdict_words import happens

CODE = Code(
    "DC513",
    "changed-between",
    Severity.NOTE,
    _("A change that has come and gone"),
    _(
        "It held only for a time after the revision began and is over; dossiers of that time may have been handled by other rules."
    ),
    _("Nothing to mend; look at the dossiers of that time."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.CHANGED_BETWEEN):
        message = msg("{cited} was touched for a time: {what}", cited=cited(item.citation), what=happens(item.cause))
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
