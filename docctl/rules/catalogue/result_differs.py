"""A result is not the published one."""

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
    "DC715",
    "result-differs",
    Severity.WARNING,
    _("A result is not the published one"),
    _("What people get in the end is a part of the published procedure (63/2010/NĐ-CP, Điều 8 khoản 2 điểm h)."),
    _("Take over the published results and issue a revision."),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.RESULT_MISSING, Differs.RESULT_ADDED):
        if item.difference.kind is Differs.RESULT_MISSING:
            message = msg(
                'the result "{theirs}" of {code} since {day} ({decision}) is not in the document', **names(item)
            )
        else:
            message = msg('the result "{ours}" is none of {code} ({decision}, since {day})', **names(item))
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
