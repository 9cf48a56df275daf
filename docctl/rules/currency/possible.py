"""A change that nobody has confirmed yet."""

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
    "DC509",
    "possible",
    Severity.NOTE,
    _("A change that nobody has confirmed yet"),
    _("A proposal may be wrong, so it does not weigh like an event; hidden it would be missed."),
    _("Compare the quoted sentence with the text, then confirm the event (confirmed: by, on) or withdraw it."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.POSSIBLE):
        message = msg(
            "{cited} may be touched, not confirmed: {what}", cited=cited(item.citation), what=happens(item.cause)
        )
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
