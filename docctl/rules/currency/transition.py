"""A cited provision goes on for older dossiers only."""

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
    "DC512",
    "transition",
    Severity.NOTE,
    _("A cited provision goes on for older dossiers only"),
    _("Transitional provisions let an older text hold for those who began under it; new dossiers have another basis."),
    _("See that the procedure tells older dossiers from new ones."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.TRANSITION):
        message = msg(
            "{cited} goes on for older dossiers: {what}", cited=cited(item.citation), what=happens(item.cause)
        )
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
