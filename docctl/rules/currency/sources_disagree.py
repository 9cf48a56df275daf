"""The publisher's status and the register disagree."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule
from docctl.verdict import Verdict

CODE = Code(
    "DC506",
    "sources-disagree",
    Severity.WARNING,
    _("The publisher's status and the register disagree"),
    _("One of the two is wrong or late: an event may be missing here, or the publisher may lag behind."),
    _("Look at the text's page again; enter the missing event, or the status as it is printed today."),
)


def check(view: View) -> Iterator[Finding]:
    for text in view.currency.texts:
        for judgement in text.judgements:
            if judgement.verdict is Verdict.CONFLICT:
                message = msg(
                    '{text} was published as "{label}" on {day}; its dates and events say otherwise',
                    text=text.number,
                    label=judgement.detail or "",
                    day=str(judgement.since),
                )
                place = view.locate(view.legal_texts[text.slug].path, ("asserted_status", "value"))
                yield finding(CODE, message, place, element="asserted_status")


RULE = Rule(CODE, check, whole=True)
