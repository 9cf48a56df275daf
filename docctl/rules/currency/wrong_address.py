"""A cited provision does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.currency.judged import judged, say
from docctl.rules.rule import Rule
from docctl.verdict import Verdict

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
        message = msg("{text} has no {place}", text=item.citation.text, place=item.citation.place)
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
