"""A change without a known day."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.currency.judged import cited, judged, say
from docctl.rules.rule import Rule
from docctl.verdict import START, Verdict
from docctl.verdict_words import happens

CODE = Code(
    "DC507",
    "undated",
    Severity.WARNING,
    _("A change without a known day"),
    _("When it takes effect is not known, or depends on a text to come; unknown is never taken for never."),
    _("Look the day up in the text that makes the change and enter it (in_force or effect, from)."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.UNDATED):
        if item.cause.kind == START:
            message = msg("it is not known from when {cited} is in force", cited=cited(item.citation))
        else:
            message = msg(
                "{cited} is touched by an event without a day: {what}",
                cited=cited(item.citation),
                what=happens(item.cause),
            )
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
