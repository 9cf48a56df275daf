"""A change lies ahead."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.currency.judged import cited, judged, say
from docctl.rules.rule import Rule
from docctl.verdict import START, Verdict
from docctl.verdict_words import happens, until

CODE = Code(
    "DC508",
    "upcoming",
    Severity.NOTE,
    _("A change lies ahead"),
    _("It binds from its first day; who prepares the revision now needs no extra time afterwards."),
    _("Prepare a revision that begins with the change."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.UPCOMING):
        if item.cause.kind == START:
            message = msg("{cited} takes effect on {day}", cited=cited(item.citation), day=str(item.judgement.since))
        elif item.judgement.due is None:
            message = msg("{cited} will change: {what}", cited=cited(item.citation), what=happens(item.cause))
        else:
            message = msg(
                "{cited} will change: {what}; to be mended by {due}",
                cited=cited(item.citation),
                what=happens(item.cause),
                due=until(item.judgement.due),
            )
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
