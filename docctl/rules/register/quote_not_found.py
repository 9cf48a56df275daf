"""The quoted sentence is not in the provision."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.law.vn import words
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.legal_text import LegalText
from docctl.model.view import View
from docctl.rules.events import events, plain
from docctl.rules.rule import Rule

CODE = Code(
    "DC232",
    "quote-not-found",
    Severity.ERROR,
    _("The quoted sentence is not in the provision"),
    _("The quote is the proof of the event, word for word."),
    _("Copy the sentence from the text; check that source.provision is the place where it stands."),
)


def check(view: View) -> Iterator[Finding]:
    for document, place, event in events(view):
        text = _text(document.body, event.source_provision)
        if text is not None and plain(event.quote) not in plain(text):
            message = msg(
                "the quote does not stand in {place} as it is held here",
                place=words.place(event.source_provision or ""),
            )
            yield finding(CODE, message, document.locate(("events", place, "source", "quote")), element=event.id)


def _text(body: LegalText, provision: str | None) -> str | None:
    """The words of a provision with all that is below it; None where a part of them is not held."""
    if provision is None:
        return None
    parts = [each for each in body.provisions if each.address == provision or each.address.startswith(provision + "__")]
    held = [each.text for each in parts if each.text is not None]
    return " ".join(held) if held and len(held) == len(parts) else None


RULE = Rule(CODE, check)
