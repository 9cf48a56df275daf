"""``docctl search``: from a view and an index of words to the places where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from docctl.documents.sorts import FORMS, LEGAL_TEXT, ORGANISATION, PROCEDURE, Sort, sort_of
from docctl.finding import Finding, Pointer
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
_SEARCHED = ("legal", "procedures")
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
    by_key: dict[str, _File] = {}
    for file in _files(view, revisions=revisions):
        blob = documents.blob_id(file.path)
        if blob is None or (file.kind == "revision" and not _is_that_revision(view, file.path)):
            unread.append(file.path)
            continue
        key = f"{file.sort.schema} {blob}"  # the same bytes are another document in another place
        if file.kind != "revision" or key not in by_key:
            by_key.setdefault(key, file)
            files.append((file, key))

    def read(key: str) -> Sequence[Text] | None:
        file = by_key[key]
        loaded = documents.load(file.path, file.sort)
        documents.forget((file.path,))
        if loaded.document is None:
            return None if _unreadable(view, file) else []
        return [(text, folded(text), _is_head(at)) for at, text in parts(loaded.document)]

    asked = [" ".join(word.plain for word in each.words) + "*" * each.open for each in query.phrases]
    places = index.find(asked, (key for _, key in files), read)
    found: list[tuple[tuple[int, int, object], _File]] = []
    for file, key in files:
        score = _score(query, places.get(key, ()))
        if score is not None:
            found.append(((score, _KINDS[file.kind], sort_key(file.path)), file))
    found.sort(key=lambda each: each[0])
    unread += [folder for folder in _SEARCHED if not view.listed(folder)]
    silent = [file for file, key in files if key in places and not places[key]]
    unread += [file.path for file in silent if documents.load(file.path, file.sort).document is None]
    shown = [(file.path, _found(view, query, file)) for _, file in found[:limit]]
    unread += [path for path, each in shown if each is None]
    unread += [] if not documents.failed else [file.path for file, _ in files if _unreadable(view, file)]
    hits = tuple(each for _, each in shown if each is not None)
    searched = len({file.path for file, _ in files}.difference(unread))
    return Search(tuple(words), hits, len(found), searched, sorted({*unread}))


def _unreadable(view: SnapshotView, file: _File) -> bool:
    return isinstance(view.documents.bytes_of(file.path, file.sort.most), Finding)


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


def _found(view: SnapshotView, query: Query, file: _File) -> FoundIn | None:
    """What a document that was found holds of the words; None where it can no longer be read."""
    document = view.documents.load(file.path, file.sort).document
    if document is None:
        return None
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
