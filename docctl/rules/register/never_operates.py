"""An event or a stage that can never operate."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.law.address import WHOLE, above
from docctl.law.provisions import readable
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.event import Event
from docctl.model.view import View
from docctl.rules.events import events
from docctl.rules.rule import Rule

CODE = Code(
    "DC242",
    "never-operates",
    Severity.ERROR,
    _("An event or a stage of force can never operate"),
    _(
        "It ends no later than it begins, or everything it acts on is excepted; whatever it was meant to change stays silent."
    ),
    _("Correct the day, or the exception; to is the first day after."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.legal_texts.values():
        for place, entry in enumerate(document.body.in_force):
            if entry.first is not None and entry.end is not None and entry.end <= entry.first:
                message = msg("it ends no later than it begins")
                yield finding(CODE, message, document.locate(("in_force", place, "to")), element="in_force")
    for document, place, event in events(view):
        effect = event.effect
        if effect.first is not None and effect.end is not None and effect.end <= effect.first:
            message = msg("the event ends no later than it begins")
            yield finding(CODE, message, document.locate(("events", place, "effect", "to")), element=event.id)
        if _all_excepted(event):
            message = msg("everything that the event acts on is excepted")
            yield finding(CODE, message, document.locate(("events", place, "target", "except")), element=event.id)


def _all_excepted(event: Event) -> bool:
    targets = readable(event.provisions) or [WHOLE]
    excepted = readable(event.excepted)
    return all(any(above(each, target) for each in excepted) for target in targets)


RULE = Rule(CODE, check)
