"""A way to apply is not as published."""

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
    "DC716",
    "channel-differs",
    Severity.WARNING,
    _("A way to apply is not as published"),
    _("How people may apply is a part of the published procedure (63/2010/NĐ-CP, Điều 8 khoản 2 điểm c)."),
    _("Take over the published channels and issue a revision."),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.CHANNEL_MISSING, Differs.CHANNEL_ADDED):
        if item.difference.kind is Differs.CHANNEL_MISSING:
            message = msg(
                "{code} can be applied for {channel} since {day} ({decision}); the document does not offer it",
                **names(item),
            )
        else:
            message = msg(
                "the document takes applications {channel}; {code} is not published so ({decision}, since {day})",
                **names(item),
            )
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
