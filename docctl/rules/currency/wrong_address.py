"""A cited provision does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.model.view import View
from docctl.rules.currency.judged import judged, say
from docctl.rules.rule import Rule
from docctl.verdict import Verdict
from docctl.verdict_words import absent

CODE = Code(
    "DC504",
    "wrong-address",
    Severity.ERROR,
    _("A cited provision does not exist"),
    _("The register holds the provisions of the text, and this one was not among them when the revision began."),
    _(
        "Correct the address; or, where the register lists only a part of the text, say provisions_complete: false there."
    ),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.WRONG_ADDRESS):
        message = absent(item.citation.text, item.citation.place, item.judgement.meant)
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
