"""Something cannot be compared with the catalogue."""

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
    "DC718",
    "not-compared",
    Severity.NOTE,
    _("Something cannot be compared with the catalogue"),
    _(
        "Calendar days and working days, formulas and conditions in words, and forms without a place in the law cannot be compared by a program; that they differ, or not, is left open."
    ),
    _("Compare the two by eye."),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.NOT_COMPARED):
        yield say(view, CODE, item, _message(item))


def _message(item: Item) -> Message:
    match item.difference.field:
        case "processing_time":
            return msg(
                "the time {ours} cannot be compared with {theirs} of {code} ({decision}, since {day})", **names(item)
            )
        case "fees":
            return msg(
                'the fee "{what}", {ours}, cannot be compared with {theirs} of {code} ({decision}, since {day})',
                **names(item),
            )
        case "copies":
            return msg(
                '"{what}": the document does not say how many; {code} has {theirs} ({decision}, since {day})',
                **names(item),
            )
        case "form":
            return msg(
                '"{what}": the form {ours} cannot be compared with {theirs} of {code} ({decision}, since {day})',
                **names(item),
            )
        case _:
            return msg(
                '"{what}": the condition "{ours}" cannot be compared with "{theirs}" of {code} ({decision}, since {day})',
                **names(item),
            )


RULE = Rule(CODE, check, whole=True)
