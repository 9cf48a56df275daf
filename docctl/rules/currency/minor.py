"""A change of form only."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.currency.judged import cited, judged, say
from docctl.rules.rule import Rule
from docctl.verdict import Verdict
from docctl.verdict_words import renumbered

CODE = Code(
    "DC514",
    "minor-change",
    Severity.NOTE,
    _("A change of form only"),
    _("The change is graded as one of form, or only the heading of a cited unit changes."),
    _("Correct the words at the next occasion."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.MINOR):
        what = renumbered(item.cause, item.judgement.meant)
        yield say(view, CODE, item, msg("{cited}: form only: {what}", cited=cited(item.citation), what=what))


RULE = Rule(CODE, check, whole=True)
