"""What a procedure rests on is not in force yet."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.currency.judged import cited, judged, say
from docctl.rules.rule import Rule
from docctl.verdict import Verdict

CODE = Code(
    "DC503",
    "basis-not-in-force",
    Severity.ERROR,
    _("What a procedure rests on is not in force yet"),
    _("Before its first day a text binds nobody, and a procedure cannot rest on it."),
    _("Cite what is in force today, or let the revision begin with the text."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.NOT_IN_FORCE):
        message = msg("{cited} is not in force before {day}", cited=cited(item.citation), day=str(item.judgement.since))
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
