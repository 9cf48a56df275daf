"""An event on another event that cannot be followed as it is written."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.law.course import Open, Why
from docctl.law.timeline import Timeline
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.view import View
from docctl.rules.events import register_of
from docctl.rules.rule import Rule

CODE = Code(
    "DC247",
    "event-misfit",
    Severity.ERROR,
    _("An event acts on another one in a way that cannot be followed"),
    _(
        "What ends a part of the clause that made an event ends a part of that event only; a suspension or a repeal cannot be amended; events in a circle have no first. Whoever cites what they touch hears that it is not known."
    ),
    _("Split the event into one for each provision; or enter an end, and a new event for what holds instead."),
)


def check(view: View) -> Iterator[Finding]:
    register = register_of(view)
    timeline = Timeline(register)
    said: set[tuple[str, Why]] = set()
    for change in register.changes:
        for left in timeline.unfollowed(change):
            other = left.change
            message = _message(left, change.id)
            if message is not None and other.event is not None and (other.id, left.why) not in said:
                said.add((other.id, left.why))
                place = view.locate(register.path(other.acting), other.pointer)
                yield finding(CODE, message, place, element=other.event.id)


def _message(left: Open, event: str) -> Message | None:
    """Why it cannot be followed; None for what is only not known yet, or changes a part that may be changed."""
    if left.why is Why.CIRCLE:
        return msg("the event acts on itself through others")
    if left.why is Why.KIND:
        return msg("event {event} cannot be amended or replaced; enter its end, and a new event", event=event)
    if left.why is Why.WITHIN and left.change.ends:
        return msg("it ends a part of the provision that made event {event}; split that event", event=event)
    return None


RULE = Rule(CODE, check, whole=True)
