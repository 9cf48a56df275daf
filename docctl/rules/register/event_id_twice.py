"""An id stands twice in one legal text."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Pointer, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC235",
    "event-id-twice",
    Severity.ERROR,
    _("An id stands twice in one legal text"),
    _("Records name events by their id for good; an id that means two events proves nothing."),
    _("Give the later one a new id; ids are never used again."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.legal_texts.values():
        seen: set[str] = set()
        ids: list[tuple[Pointer, str | None]] = [
            *((("in_force", place, "id"), entry.id) for place, entry in enumerate(document.body.in_force)),
            *((("events", place, "id"), event.id) for place, event in enumerate(document.body.events)),
        ]
        for pointer, own in ids:
            if own is not None and own in seen:
                message = msg('the id "{id}" is used twice', id=own)
                yield finding(CODE, message, document.locate(pointer), element=own)
            seen.add(own or "")


RULE = Rule(CODE, check)
