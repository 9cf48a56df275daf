"""An event and its text disagree about the first day."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.law.address import BadAddress, parse
from docctl.law.changes import stage
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.legal_text import InForce, LegalText
from docctl.model.view import View
from docctl.rules.events import events
from docctl.rules.rule import Rule

CODE = Code(
    "DC234",
    "effect-differs",
    Severity.WARNING,
    _("An event and its text disagree about the first day"),
    _("The day is stated in one place of the text; the stage that covers the event's provision says another one."),
    _("Give the provision its own entry in in_force, or leave effect.from out."),
)


def check(view: View) -> Iterator[Finding]:
    for document, place, event in events(view):
        text = document.body
        found = None if "from" not in event.effect.given else _stage(text, event.source_provision)
        if found is None or found.first is None or found.first == event.effect.first:
            continue
        message = msg(
            "the event begins on {day}, but in_force says {other} for its provision",
            day=str(event.effect.first),
            other=found.first.isoformat(),
        )
        pointer = ("events", place, "effect", "from")
        yield finding(CODE, message, document.locate(pointer), element=event.id)


def _stage(text: LegalText, provision: str | None) -> InForce | None:
    try:
        found = stage(text, parse(provision or ""))
    except BadAddress:
        return None  # said by DC229
    return None if found is None else found[1]


RULE = Rule(CODE, check)
