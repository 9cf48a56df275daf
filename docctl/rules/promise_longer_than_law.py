"""The promised time is longer than the law allows."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Related, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.duration import compare
from docctl.model.view import View
from docctl.rules.rule import Rule, duration_in_words
from docctl.rules.times import promises

CODE = Code(
    "DC217",
    "promise-longer-than-law",
    Severity.ERROR,
    _("The promised time is longer than the law allows"),
    _("The processing time may be shorter than the legal limit, never longer (63/2010/NĐ-CP, Điều 8 khoản 2)."),
    _("Lower processing_time, or correct legal_limit after the provision it cites."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        for pointer, time in promises(document.body):
            if time.legal_limit is None:
                continue
            difference = compare(time.promised, time.legal_limit)
            if difference is not None and difference > 0:
                message = msg(
                    "the procedure promises {promised}, the law allows at most {limit}",
                    promised=duration_in_words(time.promised), limit=duration_in_words(time.legal_limit),
                )  # fmt: skip
                related = (Related(document.locate((*pointer, "legal_limit")), msg("the legal limit")),)
                yield finding(
                    CODE, message, document.locate((*pointer, "value")),
                    element=document.element(pointer), related=related,
                )  # fmt: skip


RULE = Rule(CODE, check)
