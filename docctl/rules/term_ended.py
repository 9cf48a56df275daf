"""Words in a free text that are not right at the date, by terms.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from docctl.finding import Code, Finding, Related, Severity, finding
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.view import Document, View
from docctl.rules.rule import Rule

if TYPE_CHECKING:  # where there is no terms.yaml nothing of it is loaded
    from docctl.model.terms import Term

CODE = Code(
    "DC243",
    "term-ended",
    Severity.WARNING,
    _("A term that has ended stands in a text"),
    _(
        "After a reorganisation readers look for an office that no longer exists; documents must be suitable where they are used (ISO 9001:2015, 7.5.3.1)."
    ),
    _(
        "Say it with the words of today and issue the text anew; words that are right for good go into except of terms.yaml."
    ),
)


def check(view: View) -> Iterator[Finding]:
    if view.terms is None:
        return
    from docctl.terms.places import found_in, listed

    phrases = listed(view.terms.body)
    shared = view.shared_forms
    documents: list[Document[object]] = [*view.procedures]
    documents += [] if shared is None or not view.looks_at(shared.path) else [shared]
    for document in documents:
        for pointer, text, found in found_in(document, phrases):
            if found.meaning is None or "extra" in pointer:  # extra is read by no rule
                continue
            said = _says(found.meaning.term, text[found.start : found.end], view)
            if said is not None:
                severity, message = said
                entry = view.terms.locate(("terms", found.meaning.term.place))
                made = finding(
                    CODE, message, document.locate_words(pointer, found.start, found.end),
                    element=document.element(pointer), fix=_instead(found.meaning.term),
                    related=(Related(entry, msg("the term")),),
                )  # fmt: skip
                yield replace(made, severity=severity)


def _says(term: Term, words: str, view: View) -> tuple[Severity, Message] | None:
    """What is to be said about a term at the date; nothing where it is right, and will be."""
    name = " ".join(words.split())
    if term.last is not None and view.as_of > term.last:
        return Severity.WARNING, _because(term, msg('"{name}" ended on {last}', name=name, last=term.last.isoformat()))
    if term.first is not None and view.as_of < term.first:
        first = term.first.isoformat()
        return Severity.NOTE, _because(term, msg('"{name}" exists only from {first}', name=name, first=first))
    if term.last is not None and term.last < view.as_of + timedelta(days=view.config.horizon_days):
        return Severity.NOTE, _because(term, msg('"{name}" ends on {last}', name=name, last=term.last.isoformat()))
    return None


def _because(term: Term, said: Message) -> Message:
    """The sentence with the legal text that is the reason, and the note of terms.yaml."""
    if term.why is not None:
        from docctl.law.vn.words import places

        where = f", {places(term.why.provisions)}" if term.why.provisions else ""
        said = msg("{said} ({why})", said=said, why=term.why.text + where)
    return said if term.note is None else msg("{said}: {note}", said=said, note=" ".join(term.note.split()))


def _instead(term: Term) -> Message | None:
    """The way out where terms.yaml knows it."""
    if term.instead is not None:
        return msg('write "{words}" instead, if the task has passed over as it was', words=term.instead)
    return msg("nothing has taken its place: say it in other words") if term.gone else None


RULE = Rule(CODE, check)
