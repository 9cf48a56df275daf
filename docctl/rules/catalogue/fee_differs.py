"""A fee is not the published one."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.coverage import Differs
from docctl.model.view import View
from docctl.rules.catalogue.differing import Item, differing, names, say
from docctl.rules.rule import Rule

CODE = Code(
    "DC710",
    "fee-differs",
    Severity.ERROR,
    _("A fee is not the published one"),
    _(
        "Fees are a part of the procedure as it is published, and taken so and not otherwise (63/2010/NĐ-CP, Điều 8 khoản 2 điểm h)."
    ),
    _("Take over the published fee and issue a revision."),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.FEE, Differs.FEE_MISSING, Differs.FEE_ADDED):
        yield say(view, CODE, item, _message(item))


def _message(item: Item) -> Message:
    match item.difference.kind:
        case Differs.FEE_MISSING:
            return msg(
                'the fee "{what}" ({theirs}) of {code} since {day} ({decision}) is not in the document', **names(item)
            )
        case Differs.FEE_ADDED:
            return msg('the fee "{what}" ({ours}) is none of {code} ({decision}, since {day})', **names(item))
        case _:
            return msg('the fee "{what}" is {ours}; that of {code} is {theirs} since {day} ({decision})', **names(item))


RULE = Rule(CODE, check, whole=True)
