"""An event's own provision is not in its text."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Pointer, Severity, finding
from docctl.law.address import BadAddress, parse
from docctl.law.provisions import tree_of
from docctl.law.vn import words
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.event import Event
from docctl.model.view import View
from docctl.rules.events import events
from docctl.rules.rule import Rule

CODE = Code(
    "DC231",
    "event-source-unknown",
    Severity.ERROR,
    _("An event's own provision is not in its text"),
    _("The proof of an event is the sentence that makes it; where it cannot be found nobody can check the event."),
    _("Correct source.provision, or list the provision; provisions_complete: false where only a part is listed."),
)


def check(view: View) -> Iterator[Finding]:
    for document, place, event in events(view):
        body = document.body
        tree = tree_of(body)
        for pointer, address in _stated(place, event):
            try:
                known = not tree.complete or tree.holds(parse(address))
            except BadAddress:
                continue  # said by DC229
            if not known:
                message = msg("{text} lists no {place}", text=body.number, place=words.place(address))
                yield finding(CODE, message, document.locate(pointer), element=event.id)


def _stated(place: int, event: Event) -> Iterator[tuple[Pointer, str]]:
    if event.source_provision is not None:
        yield ("events", place, "source", "provision"), event.source_provision
    if event.effect.stated_in is not None:
        yield ("events", place, "effect", "stated_in"), event.effect.stated_in


RULE = Rule(CODE, check)
