"""The promised time is longer than the published one."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.coverage import Differs
from docctl.model.view import View
from docctl.rules.catalogue.differing import differing, names, say
from docctl.rules.rule import Rule

CODE = Code(
    "DC708",
    "time-longer",
    Severity.ERROR,
    _("The promised time is longer than the published one"),
    _(
        "The published time limit is what people may expect; a document may promise less, never more (63/2010/NĐ-CP, Điều 8 khoản 2 điểm đ)."
    ),
    _("Lower processing_time and the times of the steps, and issue a revision."),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.LONGER):
        if item.difference.channel is None:
            message = msg("the document promises {ours}; {code} has {theirs} since {day} ({decision})", **names(item))
        else:
            message = msg(
                "the document promises {ours} ({channel}); {code} has {theirs} since {day} ({decision})", **names(item)
            )
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
