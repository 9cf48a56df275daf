"""An event acts on a provision that its target does not have."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Pointer, Severity, finding
from docctl.law.address import Address, Touch, touches
from docctl.law.identity import same_number
from docctl.law.provisions import readable, tree_of
from docctl.law.vn import words
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.event import INSERT, Event
from docctl.model.legal_text import LegalText
from docctl.model.view import Document, View
from docctl.rules.events import events
from docctl.rules.rule import Rule

CODE = Code(
    "DC241",
    "event-target-absent",
    Severity.ERROR,
    _("An event acts on a provision that its target does not have"),
    _(
        "The register lists all provisions of the target, and this is none of them; whoever cites the one that was meant hears nothing."
    ),
    _("Correct the address; or say provisions_complete: false where only a part is listed."),
)


def check(view: View) -> Iterator[Finding]:
    known = view.legal_names
    for document, place, event in events(view):
        meant = () if event.target_text is None else known.meant(event.target_text)
        if len(meant) == 1 and meant[0] in view.legal_texts:
            here: Pointer = ("events", place, "target")
            yield from _addresses(view, document, here, event, view.legal_texts[meant[0]].body)


def _addresses(
    view: View, document: Document[object], here: Pointer, event: Event, target: LegalText
) -> Iterator[Finding]:
    """Of a text whose provisions are all listed, a target that is none of them, nor inserted by any event."""
    tree = tree_of(target)
    if not tree.complete or event.kind == INSERT:
        return
    added = [
        address
        for _document, _place, other in events(view)
        if other.kind == INSERT and other.target_text is not None and same_number(other.target_text, target.number)
        for address in readable(other.provisions)
    ]
    for place, text in enumerate(event.provisions):
        for address in readable((text,)):
            unit = Address(address.units)
            if not tree.holds(unit) and not any(touches(each, unit) is not Touch.NOT for each in added):
                message = msg("{text} lists no {place}", text=target.number, place=words.place(text))
                yield finding(CODE, message, document.locate((*here, "provisions", place)), element=event.id)


RULE = Rule(CODE, check, whole=True)
