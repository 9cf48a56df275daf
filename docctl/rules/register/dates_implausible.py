"""The dates of a legal text contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docctl.finding import Code, Finding, Pointer, Severity, finding
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.legal_text import LegalText
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC233",
    "dates-implausible",
    Severity.WARNING,
    _("The dates of a legal text contradict each other"),
    _(
        "A text takes effect on or after the day it was signed, and enters a register after it exists (64/2025/QH15, 80/2015/QH13)."
    ),
    _("Compare the dates with the text and correct the wrong one."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.legal_texts.values():
        for pointer, earlier, later, message in _pairs(document.body):
            if earlier is not None and later is not None and later < earlier:
                yield finding(CODE, message, document.locate(pointer), element=document.element(pointer))


Pair = tuple[Pointer, date | None, date | None, Message]


def _pairs(text: LegalText) -> Iterator[Pair]:
    """What must not lie before what, with the place of the later day."""
    issued = text.issued
    yield ("published",), issued, text.published, msg("it was published before it was issued")
    yield ("checked",), issued, text.checked, msg("its changes were looked for before it was issued")
    for place, entry in enumerate(text.in_force):
        yield ("in_force", place, "from"), issued, entry.first, msg("it takes effect before it was issued")
    for place, event in enumerate(text.events):
        here: Pointer = ("events", place)
        effect = event.effect
        yield (*here, "effect", "from"), issued, effect.first, msg("the event takes effect before its text was issued")
        yield (*here, "recorded"), issued, event.recorded, msg("the event was recorded before its text was issued")
        if event.confirmed is not None:
            day = event.confirmed[1]
            yield (*here, "confirmed", "on"), event.recorded, day, msg("the event was confirmed before it was recorded")


RULE = Rule(CODE, check)
