"""What a procedure rests on is suspended."""

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
    "DC502",
    "basis-suspended",
    Severity.ERROR,
    _("What a procedure rests on is suspended"),
    _("A provision that is suspended or disapplied has no effect as long as that lasts (80/2015/QH13, Điều 153)."),
    _("Find out what holds in the meantime, tell those who work by the procedure, and revise it where it must change."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.SUSPENDED):
        message = msg("{cited} is suspended: {what}", cited=cited(item.citation), what=happens(item.cause))
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
