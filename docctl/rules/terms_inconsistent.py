"""Entries of terms.yaml that contradict each other or themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docctl.finding import Code, Finding, Pointer, Severity, finding
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.view import Document, View
from docctl.rules.rule import Rule

if TYPE_CHECKING:  # where there is no terms.yaml nothing of it is loaded
    from docctl.model.terms import Term

CODE = Code(
    "DC244",
    "terms-inconsistent",
    Severity.ERROR,
    _("The terms contradict each other"),
    _("Of words that are listed twice nobody can say whether they have ended."),
    _("Correct terms.yaml at the place shown."),
)


def check(view: View) -> Iterator[Finding]:
    document = view.terms
    if document is None or not view.looks_at(document.path):
        return
    from docctl.text.phrases import Phrase, Phrases, same

    known: set[object] = set()
    for term in document.body:
        if term.first is not None and term.last is not None and term.last < term.first:
            message = msg("the last day lies before the first")
            yield _say(document, ("terms", term.place, "until"), message)
        own = Phrases([Phrase(each, each) for each in term.words])
        for pointer, words in _named(term):
            alike = same(words)
            if not alike:
                yield _say(document, pointer, msg('"{words}" holds no letter or digit', words=words))
            elif "except" in pointer:
                if all(same(found.meaning) == alike for found in own.find(words)):
                    yield _say(document, pointer, msg('"{words}" is not a longer phrase around the term', words=words))
            elif alike in known:
                yield _say(document, pointer, msg('"{words}" is listed twice', words=words))
            else:
                known.add(alike)


def _named(term: Term) -> Iterator[tuple[Pointer, str]]:
    """The words of an entry with their places."""
    here: Pointer = ("terms", term.place)
    for index, words in enumerate(term.words):
        yield ((*here, "terms", index) if term.several else (*here, "term")), words
    for index, words in enumerate(term.excepted):
        yield (*here, "except", index), words


def _say(document: Document[tuple[Term, ...]], pointer: Pointer, message: Message) -> Finding:
    return finding(CODE, message, document.locate(pointer), element=document.element(pointer))


RULE = Rule(CODE, check)
