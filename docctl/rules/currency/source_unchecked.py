"""Silence about a text is no evidence."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule
from docctl.verdict import Verdict
from docctl.verdict_words import unchecked

CODE = Code(
    "DC511",
    "source-unchecked",
    Severity.NOTE,
    _("A text is not held, or was not looked at for long"),
    _(
        "Only who looks for changes can say that there are none; a text that is not held, or not looked at for long, may have changed."
    ),
    _("Look at the text's page, enter what changed, and write the day as checked."),
)


def check(view: View) -> Iterator[Finding]:
    for text in view.currency.texts:
        reasons = [each for each in text.judgements if each.verdict is Verdict.UNCHECKED]
        for judgement in reasons:
            message = msg(
                "{text}: {reason}; cited by {procedures}",
                text=text.number,
                reason=unchecked(judgement),
                procedures=", ".join(text.cited_by),
            )
            place = view.locate(view.legal_texts[text.slug].path, ("number",))
            yield finding(CODE, message, place, element=judgement.detail)


RULE = Rule(CODE, check, whole=True)
