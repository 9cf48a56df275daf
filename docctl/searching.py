"""``docctl search``: from a view and an index of words to the places where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from docctl.documents.sorts import FORMS, LEGAL_TEXT, ORGANISATION, PROCEDURE, Sort, sort_of
from docctl.finding import Pointer
from docctl.model.legal_text import LegalText
from docctl.model.procedure import Procedure
from docctl.model.search import FoundIn, Hit, Search
from docctl.search.parts import names, parts
from docctl.search.query import Query, folded, parsed
from docctl.store.search_index import Place, SearchIndex, Text
from docctl.strays import ARCHIVED
from docctl.text.vietnamese import sort_key
from docctl.view import SnapshotView

_KINDS = {"procedure": 0, "revision": 1, "forms": 2, "organisation": 3, "legal-text": 4}
_HEADS = ("id", "title", "code_printed", "number", "covers", "aliases")


class _File(NamedTuple):
    path: str
    kind: str
    sort: Sort[Any]


def search(view: SnapshotView, words: Sequence[str], index: SearchIndex, *, revisions: bool, limit: int) -> Search:
    """The best ``limit`` documents in which all words stand in one text.

    ``revisions``: the archived texts too, where they are not what the document's own file holds. Raises ``UsageError``
    for words without letters.
    """
    query, documents = parsed(words), view.documents
    files, unread = [], []
    by_blob: dict[str, _File] = {}
    for file in _files(view, revisions=revisions):
        blob = documents.blob_id(file.path)
        if blob is None or (file.kind == "revision" and not _is_that_revision(view, file.path)):
            unread.append(file.path)
        elif file.kind != "revision" or blob not in by_blob:
            by_blob.setdefault(blob, file)
            files.append((file, blob))

    def read(blob: str) -> Sequence[Text]:
        file = by_blob[blob]
        document = documents.load(file.path, file.sort).document
        documents.forget((file.path,))
        return [] if document is None else [(text, folded(text), _is_head(at)) for at, text in parts(document)]

    asked = [" ".join(word.plain for word in each.words) + "*" * each.open for each in query.phrases]
    places = index.find(asked, (blob for _, blob in files), read)
    found: list[tuple[tuple[int, int, object], _File]] = []
    for file, blob in files:
        score = _score(query, places.get(blob, ()))
        if score is not None:
            found.append(((score, _KINDS[file.kind], sort_key(file.path)), file))
    found.sort(key=lambda each: each[0])
    unread += [path for path in view.paths if path.startswith("procedures/") and documents.card(path) is None]
    shown = [_found(view, query, file) for _, file in found[:limit]]
    return Search(tuple(words), tuple(shown), len(found), len(files), sorted({*unread}))


def _is_that_revision(view: SnapshotView, path: str) -> bool:
    """Is an archived text the one that was issued, as far as anything tells which that was?"""
    named = ARCHIVED.fullmatch(path)
    card = view.documents.card(path)
    if named is None or card is None:
        return False
    revision = view.trust.standing(named[1]).revision(f"{named[2]}.{named[3]}")
    return revision is None or not revision.issued or revision.digest == card.digest


def _files(view: SnapshotView, *, revisions: bool) -> Iterator[_File]:
    kinds: dict[Sort[Any], str] = {
        PROCEDURE: "procedure",
        FORMS: "forms",
        ORGANISATION: "organisation",
        LEGAL_TEXT: "legal-text",
    }
    for path in view.paths:
        sort = sort_of(path)
        if sort is not None and sort in kinds:
            yield _File(path, kinds[sort], sort)
    if revisions:
        for path in view.archive:
            yield _File(path, "revision", PROCEDURE)


def _is_head(pointer: Pointer) -> bool:
    return pointer[0] in _HEADS


def _score(query: Query, places: Sequence[Place]) -> int | None:
    """How near the best text comes to what was asked: its name, all words together, all words; None for none."""
    found = (each for each in places if query.spans(each.text) is not None)
    return min((2 * (not each.head) + (not query.together(each.text)) for each in found), default=None)


def _found(view: SnapshotView, query: Query, file: _File) -> FoundIn:
    document = view.documents.load(file.path, file.sort).document
    assert document is not None
    called, hits = names(document.content), []
    for pointer, text in parts(document):
        spans = query.spans(text)
        if spans is not None:
            element = document.element(pointer)
            where = document.locate_words(pointer, *spans[0])
            hits.append(Hit(where, element, called.get(element or ""), text, spans))
    body = document.body
    archived = ARCHIVED.fullmatch(file.path)
    number = f"{archived[2]}.{archived[3]}" if archived else body.number if isinstance(body, Procedure) else None
    title = body.title or "" if isinstance(body, (Procedure, LegalText)) else ""
    name = body.id if isinstance(body, Procedure) else body.number if isinstance(body, LegalText) else file.path
    return FoundIn(file.path, file.kind, name, title, number, tuple(hits))
