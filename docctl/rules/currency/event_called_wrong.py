"""A legal review says that an event of the register is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Related, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC515",
    "event-called-wrong",
    Severity.WARNING,
    _("A legal review says that an event of the register is wrong"),
    _("The finding is closed for that citation, but whoever else rests on the event is still judged by it."),
    _("Look at the source again; correct the event, or withdraw it (withdrawn: with by, on and reason)."),
)


def check(view: View) -> Iterator[Finding]:
    wrong = {(each.document, each.event): each for each in view.called_wrong}
    for (document, event), each in sorted(wrong.items()):
        slug, _sign, name = event.partition("@")[0].partition("#")
        text = view.legal_texts.get(slug)
        events = [] if text is None else [known.id for known in text.body.events]
        if text is None or name not in events or text.body.events[events.index(name)].withdrawn:
            continue
        message = msg("a legal review of {id} says that the event {event} is wrong", id=document, event=event)
        related = [Related(Location(each.path), msg("the record"))]
        yield finding(CODE, message, text.locate(("events", events.index(name))), element=name, related=related)


RULE = Rule(CODE, check, whole=True)
