"""Where terms, or any words, stand in the free texts of a repository's documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from docctl.errors import UsageError
from docctl.finding import Pointer
from docctl.message import msg
from docctl.model.term_place import TermPlace, TermPlaces, Words
from docctl.model.terms import Term
from docctl.model.view import Document, View
from docctl.terms.free_text import free_texts
from docctl.text.phrases import Found, Phrase, Phrases

T = TypeVar("T")

_KINDS = {"organisation.yaml": "organisation", "forms.yaml": "forms"}
_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+|\n\s*\n|\n(?=[ \t]*(?:[-*+#>|]|[0-9]+[.)]))")
_MOST_AROUND = 90


def listed(terms: Iterable[Term]) -> Phrases[Words | None]:
    """The terms as phrases; an exception is a longer phrase that means nothing."""
    phrases: list[Phrase[Words | None]] = []
    for term in terms:
        phrases += (Phrase(each, Words(term, each), term.exact) for each in term.words)
        phrases += (Phrase(each, None, term.exact) for each in term.excepted)
    return Phrases(phrases)


def found_in(document: Document[object], phrases: Phrases[T]) -> Iterator[tuple[Pointer, str, Found[T]]]:
    """Every place in the free texts of a document: where the text stands, the text, and what of it was found."""
    for pointer, text in free_texts(document.content, kind_of(document.path)):
        for found in phrases.find(text):
            yield pointer, text, found


def kind_of(path: str) -> str:
    """The schema of a document by its path."""
    return _KINDS.get(path, "procedure")


def term_places(view: View, words: Sequence[str] = ()) -> TermPlaces:
    """Where words stand in procedures, forms and the organisation; without words every listed term is looked for.

    Raises ``UsageError`` where there are neither words nor terms that can be read.
    """
    if not words and view.terms is None:
        raise UsageError(msg("there is no terms.yaml that can be read"), msg("say which words: --term WORDS"))
    documents: list[Document[object]] = [*view.procedures]
    documents += [each for each in (view.shared_forms, view.organisation) if each is not None]
    terms = listed(() if view.terms is None else view.terms.body)
    wanted = Phrases([Phrase(each, each) for each in words])
    places = [place for each in documents for place in _in_document(each, wanted if words else None, terms)]
    places.sort(key=lambda each: (each.location.path, each.location.line, each.location.column))
    read = {each.path for each in documents}
    meant = [each for each in view.paths if each.startswith("procedures/") or each in _KINDS]
    unread = [each for each in meant if each not in read]
    unread += [each for each in view.passed_over if each.startswith("procedures/")]
    if view.terms is None and "terms.yaml" in view.paths:
        unread.append("terms.yaml")
    if not view.listed("procedures"):
        unread.append("procedures")
    return TermPlaces(tuple(places), len(documents), tuple(sorted(set(unread))))


def _in_document(
    document: Document[object], wanted: Phrases[str] | None, terms: Phrases[Words | None]
) -> Iterator[TermPlace]:
    for pointer, text in free_texts(document.content, kind_of(document.path)):
        known = terms.find(text)
        if wanted is None:
            for each in known:
                if each.meaning is not None:
                    yield _place(document, pointer, text, Found(each.start, each.end, each.meaning.said), each)
            continue
        for found in wanted.find(text):
            around = (each for each in known if each.start <= found.start and found.end <= each.end)
            yield _place(document, pointer, text, found, next(around, None))


def _place(
    document: Document[object], pointer: Pointer, text: str, found: Found[str], around: Found[Words | None] | None
) -> TermPlace:
    before, after = _around(text, found.start, found.end)
    return TermPlace(
        document.name, document.element(pointer), document.locate_words(pointer, found.start, found.end),
        found.meaning, _on_one_line(text[found.start : found.end]), before, after,
        None if around is None else around.meaning, around is not None and around.meaning is None,
    )  # fmt: skip


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind some words in their sentence, on one line, cut where it is long."""
    first = max((match.end() for match in _SENTENCE_END.finditer(text, 0, start)), default=0)
    ending = _SENTENCE_END.search(text, end)
    before = text[first:start].lstrip()
    after = text[end : len(text) if ending is None else ending.start()].rstrip()
    if len(before) > _MOST_AROUND:
        before = "…" + before[-_MOST_AROUND:].partition(" ")[2]
    if len(after) > _MOST_AROUND:
        after = after[:_MOST_AROUND].rpartition(" ")[0] + "…"
    return _on_one_line(before), _on_one_line(after)


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)
