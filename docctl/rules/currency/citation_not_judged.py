"""A citation could not be judged."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.currency.judged import cited, judged, say
from docctl.rules.rule import Rule
from docctl.verdict import Doubt, Verdict
from docctl.verdict_words import doubts

CODE = Code(
    "DC905",
    "citation-not-judged",
    Severity.WARNING,
    _("A citation could not be judged"),
    _("What cannot be read or decided is said and never taken for current."),
    _("Mend what is named: register the text, correct the address, or list the provisions of the text."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.UNKNOWN):
        if item.judgement.doubt not in (Doubt.KIND, Doubt.ACTED_UPON, Doubt.CIRCLE, Doubt.UNREADABLE_EVENT):
            reason = doubts(item.procedure.proof(item.citation, item.judgement))
            message = msg("{cited} cannot be judged: {reason}", cited=cited(item.citation), reason=reason)
            yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
