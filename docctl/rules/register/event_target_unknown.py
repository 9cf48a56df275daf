"""An event acts on something the register does not know."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Pointer, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.event import Event
from docctl.model.view import Document, LegalNames, View
from docctl.rules.events import events
from docctl.rules.references import to_register
from docctl.rules.rule import Rule

CODE = Code(
    "DC230",
    "event-target-unknown",
    Severity.ERROR,
    _("An event acts on something the register does not know"),
    _("An event whose target is not found changes nothing, and the procedures that cite the real target stay silent."),
    _("Correct the number or the id, or register the target; a stub (number, kind, title) is enough."),
)


def check(view: View) -> Iterator[Finding]:
    known = view.legal_names
    for document, place, event in events(view):
        here = ("events", place, "target")
        if event.target_text is not None and view.listed("legal"):
            meant = known.meant(event.target_text)
            if len(meant) != 1:
                yield _text(document, (*here, "text"), event, known, meant)
        elif event.target_event is not None and not _has_event(view, known, event.target_event):
            message = msg("event {event} is not in the register", event=event.target_event)
            yield finding(CODE, message, document.locate((*here, "event")), element=event.id)


def _text(
    document: Document[object], pointer: Pointer, event: Event, known: LegalNames, meant: tuple[str, ...]
) -> Finding:
    text = event.target_text or ""
    if meant:
        message = msg("{text} may mean several texts: {names}", text=text, names=", ".join(meant))
        fix = msg('write one of them, such as text: "{name}"', name=meant[0])
    else:
        message = msg("{text} is not in the register", text=text)
        fix = to_register(known, text)
    return finding(CODE, message, document.locate(pointer), element=event.id, fix=fix)


def _has_event(view: View, known: LegalNames, event_id: str) -> bool:
    """Of a text that is not looked at, only its file can be asked for."""
    slug_of, _sign, own = event_id.partition("#")
    if slug_of not in view.legal_texts:
        return not view.whole and known.holds(slug_of)
    text = view.legal_texts[slug_of].body
    stages = {entry.id or f"in_force{place}" for place, entry in enumerate(text.in_force)}
    return own in stages or any(event.id == own for event in text.events)


RULE = Rule(CODE, check)
