"""What a procedure rests on has ended."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.currency.judged import cited, judged, say
from docctl.rules.rule import Rule
from docctl.verdict import Verdict
from docctl.verdict_words import happens, until

CODE = Code(
    "DC501",
    "basis-ended",
    Severity.ERROR,
    _("What a procedure rests on has ended"),
    _(
        "A procedure without a basis in force has none for new dossiers; changes of legal texts are taken in within three months (26/2014/TT-BKHCN, Điều 7 khoản 2 điểm i)."
    ),
    _("Find the text that takes its place, revise the elements named, and let the new revision be issued and adopted."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.BASIS_ENDED):
        params = {"cited": cited(item.citation), "what": happens(item.cause), "due": until(item.judgement.due)}
        if item.judgement.overdue:
            message = msg("{cited} has ended: {what}; it was to be mended by {due}", **params)
        else:
            message = msg("{cited} has ended: {what}; to be mended by {due}", **params)
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
