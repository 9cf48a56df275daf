"""A provision that a procedure rests on has changed."""

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
    "DC505",
    "outdated",
    Severity.WARNING,
    _("A provision that a procedure rests on has changed"),
    _(
        "Changes of legal texts are taken into the quality system at the latest three months after they take effect (26/2014/TT-BKHCN, Điều 7 khoản 2 điểm i); after that day this is an error."
    ),
    _(
        "Compare the element with the new words, revise it where needed, and let the new revision be issued and adopted."
    ),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.OUTDATED):
        params = {"cited": cited(item.citation), "what": happens(item.cause), "due": until(item.judgement.due)}
        if item.judgement.overdue:
            message = msg(
                "the citation of {cited} is outdated, overdue: {what}; it was to be mended by {due}", **params
            )
        else:
            message = msg("the citation of {cited} is outdated: {what}; to be mended by {due}", **params)
        yield say(view, CODE, item, message, severity=Severity.ERROR if item.judgement.overdue else None)


RULE = Rule(CODE, check, whole=True)
