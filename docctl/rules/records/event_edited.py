"""A record dealt with an event that is not there as it was."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC426",
    "event-edited",
    Severity.WARNING,
    _("A record dealt with an event that is not there as it was"),
    _("A decision is about an event as it then was; an event edited or gone since is open again."),
    _("Look at the event as it is now, and decide again: docctl legal-review."),
)


def check(view: View) -> Iterator[Finding]:
    for each in view.edited:
        names = {"id": each.document, "number": each.number, "event": each.event}
        message = msg("{id} {number}: the event {event} is not there as it was when it was dealt with", **names)
        yield finding(CODE, message, Location(each.path), element=each.document)


RULE = Rule(CODE, check, whole=True)
