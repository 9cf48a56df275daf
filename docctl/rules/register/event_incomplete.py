"""An event lacks what its kind needs, or has what it cannot have."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.event import EXPIRE, INSERT, REPEAL, REPLACE, REPLACE_PHRASE, Event
from docctl.model.view import View
from docctl.rules.events import events
from docctl.rules.rule import Rule

CODE = Code(
    "DC239",
    "event-incomplete",
    Severity.ERROR,
    _("An event lacks what its kind needs, or has what it cannot have"),
    _(
        "A replaced phrase without its words, a renumbering without its pairs, a repeal of form only: of such an event nobody can say what it does."
    ),
    _("Add or remove the field named."),
)


def check(view: View) -> Iterator[Finding]:
    for document, place, event in events(view):
        for field, message in _wrong(event):
            yield finding(CODE, message, document.locate(("events", place, field), key=True), element=event.id)


def _wrong(event: Event) -> Iterator[tuple[str, Message]]:
    names = {"kind": event.kind}
    if event.kind == REPLACE_PHRASE and event.phrase is None:
        yield "phrase", msg("an event of kind {kind} needs phrase: old and new words", **names)
    if event.kind == "renumber" and not event.pairs:
        yield "pairs", msg("an event of kind {kind} needs pairs: old and new addresses", **names)
    if event.kind in (REPLACE, REPEAL, EXPIRE) and event.grade is not None:
        yield "grade", msg("an event of kind {kind} has no grade: it is never one of form only", **names)
    if event.kind == INSERT and not event.provisions:
        yield "target", msg("an event of kind {kind} names the unit that is new", **names)
    if event.kind != INSERT and event.after is not None:
        yield "after", msg("only an insertion comes after a unit, not an event of kind {kind}", **names)


RULE = Rule(CODE, check)
