"""Documents through time: two texts of one compared, who wrote what, what was in force on a day."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby, pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Protocol

from docctl.errors import CannotDecide, InvalidDocument, NotInRepository
from docctl.history.blaming import blamed
from docctl.history.comparing import differences
from docctl.message import msg
from docctl.model.chronicle import Blamed, Commit, Entry, Log
from docctl.model.comparison import Comparison, Side
from docctl.model.procedure import Procedure
from docctl.model.view import Document
from docctl.text.vietnamese import sort_key

if TYPE_CHECKING:
    from docctl.model.config import Config
    from docctl.model.standing import Revision, Standing
    from docctl.store.history import Touch
    from docctl.text.tree import Value

NUMBER = re.compile(r"[1-9][0-9]{0,8}\.(?:0|[1-9][0-9]{0,8})")
"""A revision, such as 2.1; anything else behind ``@`` is a commit."""

_NEARLY = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3})*")
_FIRST = (1, 0)


def _follows(before: Revision | None, after: Revision) -> bool:
    """Can there have been no other revision between the two?"""
    if before is None:
        return after.order <= _FIRST
    issue, number = before.order
    return after.order <= (issue, number + 1) or after.order == (issue + 1, 0)


class Shelf(Protocol):
    """Where the documents of a snapshot are found: a ``Repository``."""

    @property
    def config(self) -> Config: ...
    def at(self, commit: str) -> Shelf: ...
    def procedure(self, procedure_id: str) -> Document[Procedure]: ...
    def document(self, path: str) -> Document[Procedure] | None: ...
    def standing(self, procedure_id: str, as_of: date) -> Standing: ...
    def blob_id(self, path: str) -> str | None: ...
    def blob_ids(self, folder: str) -> Mapping[str, str | None]: ...
    def touches(self, paths: Sequence[str], folders: Sequence[str]) -> Sequence[Touch] | None: ...


class Chronicle:
    """What records, archive and commits of a repository say of its documents, as of a day."""

    def __init__(self, repository: Shelf, as_of: date) -> None:
        self._repository = repository
        self._as_of = as_of

    # -- one text ----------------------------------------------------------------------------------

    def side(self, document: str, name: str | None) -> Side:
        """A text of a document: of a revision (``2.1``), of a commit, or without a name that of its file.

        Raises ``NotInRepository`` where there is none, or its text is not held; ``InvalidDocument``, ``CannotDecide``.
        """
        if name is None:
            text = self._repository.procedure(document)
            return _side(None, text, self._revision_of(text))
        return _side(name, *self.found(document, name))

    def found(self, document: str, name: str) -> tuple[Document[Procedure], Revision | None]:
        """The text of a revision (``2.1``), with where it stands, or that of a commit. Raises as ``side``."""
        if NUMBER.fullmatch(name) is None:
            return self._at(name).procedure(document), None
        revision = self._repository.standing(document, self._as_of).revision(name)
        if revision is None:
            held = ", ".join(each.number for each in self._repository.standing(document, self._as_of).revisions)
            raise NotInRepository(
                msg("{id} has no revision {number}", id=document, number=name),
                msg("its revisions: {numbers}", numbers=held or "-"),
            )
        return self.text(revision), revision

    def _at(self, name: str) -> Shelf:
        try:
            return self._repository.at(name)
        except CannotDecide as error:
            if _NEARLY.fullmatch(name) is None:
                raise
            raise NotInRepository(
                msg("{number} is no revision", number=name), msg("write issue and revision, such as 2.1")
            ) from error

    def text(self, revision: Revision) -> Document[Procedure]:
        """The text of a revision, exactly that one. Raises ``NotInRepository`` where it is not held."""
        found = None if revision.path is None else self._repository.document(revision.path)
        if found is not None and found.digest() != revision.digest:
            raise NotInRepository(
                msg(
                    "{path} is not the text of {id} {number} that was issued",
                    path=found.path, id=revision.document, number=revision.number,
                ),
                msg("bring it back from the history of the file, or from the paper original; docctl check says more"),
            )  # fmt: skip
        if found is None:
            raise NotInRepository(
                msg("the text of {id} {number} is not held here", id=revision.document, number=revision.number),
                msg("docctl status {id} tells which are", id=revision.document),
            )
        return found

    def _revision_of(self, found: Document[Procedure]) -> Revision | None:
        """Where the text of a file stands."""
        current = self._repository.standing(found.body.id, self._as_of).current
        return current if current is not None and current.digest == found.digest() else None

    def in_force(self, document: str) -> Revision:
        """The revision that is in force on the day asked about. Raises ``NotInRepository`` where there is none."""
        standing = self._repository.standing(document, self._as_of)
        if standing.effective is None:
            days = ", ".join(
                f"{each.number}: {each.first} … {each.last or ''}".rstrip() for each in standing.revisions if each.first
            )
            raise NotInRepository(
                msg("no revision of {id} was in force on {day}", id=document, day=self._as_of.isoformat()),
                msg("its revisions: {numbers}", numbers=days or "-"),
            )
        return standing.effective

    # -- all texts ---------------------------------------------------------------------------------

    def log(self, document: str) -> Log:
        """The revisions of a document with their commits, the newest first. Raises ``NotInRepository``."""
        standing = self._repository.standing(document, self._as_of)
        folders = [f"archive/{document}", f"approvals/{document}"]
        touches = self._repository.touches([f"procedures/{document}.yaml"], folders)
        entries = [
            Entry(each, self._held(each), self._brought(each, touches or ()))
            for each in standing.revisions
            if each.issued or each == standing.current
        ]
        commits = None if touches is None else tuple(self._commits(touches))
        return Log(document, standing.title, tuple(reversed(entries)), commits)

    def blame(self, document: str, element: str | None = None) -> tuple[Blamed, ...]:
        """Of every part of the present text, or of one element, the revision that wrote it so.

        Raises ``NotInRepository`` where there is no such document, or no such element in it, or where the text is not
        held; ``InvalidDocument`` where its file cannot be read.
        """
        with contextlib.suppress(NotInRepository):
            self._repository.procedure(document)  # where its file is gone, the last text that is held is asked about
        entries, current = (
            [*reversed(self.log(document).entries)],
            self._repository.standing(document, self._as_of).current,
        )
        entries.sort(key=lambda each: each.revision == current)
        if entries:
            self.text(entries[-1].revision)
        texts: list[tuple[int, Value | None]] = []
        for place, (before, each) in enumerate(pairwise((None, *(each.revision for each in entries)))):
            if each is not None and not _follows(before, each):
                texts.append((place, None))  # what was between is not known here
            if each is not None:
                texts.append((place, self._content(each)))
        parts = [*blamed([text for _, text in texts])]
        found = tuple(
            Blamed(key, name, entries[texts[place][0]], certain)
            for key, name, place, certain in parts
            if element is None or key == element
        )
        if element is not None and not found:
            known = ", ".join(key for key, *_ in parts)
            raise NotInRepository(
                msg("{id} has no element {element}", id=document, element=element),
                msg("it has: {elements}", elements=known or "-"),
            )
        return found

    def _held(self, revision: Revision) -> Procedure | None:
        with contextlib.suppress(NotInRepository):
            return self.text(revision).body
        return None

    def _content(self, revision: Revision) -> Value | None:
        with contextlib.suppress(NotInRepository):
            return _side(None, self.text(revision), None).content  # type: ignore[return-value]
        return None

    # -- commits -----------------------------------------------------------------------------------

    def _brought(self, revision: Revision, touches: Sequence[Touch]) -> Commit | None:
        """The commit that brought the file of a revision as it lies there, or the record that issued it."""
        held = f"archive/{revision.document}/{revision.number}.yaml"
        path = held if revision.issued else f"procedures/{revision.document}.yaml"
        blob, records = self._repository.blob_id(path), {each.path for each in revision.issuing}

        def brings(touch: Touch) -> bool:
            return touch.blob is not None and (touch.path in records or (touch.path == path and touch.blob == blob))

        # Of a draft what was done to its file last; of what was issued the commit that brought it first.
        first = next(filter(brings, reversed(touches) if revision.issued else touches), None)
        return None if first is None else self._commit([first])

    def _commits(self, touches: Sequence[Touch]) -> Iterator[Commit]:
        for _, group in groupby(touches, key=lambda each: each.commit):
            yield self._commit([*group])

    def _commit(self, touches: Sequence[Touch]) -> Commit:
        one = touches[0]
        at = None if one.time is None else datetime.fromtimestamp(one.time, self._repository.config.timezone)
        return Commit(one.commit, at, one.author, one.subject, tuple(each.path for each in touches))

    # -- two texts ---------------------------------------------------------------------------------

    def compare(self, document: str, old: str | None, new: str | None) -> Comparison:
        """Two texts of a document; see ``side``. Without ``old`` the last issued before the other, by number.

        Raises as ``side``, and ``NotInRepository`` where nothing was issued before.
        """
        after = self.side(document, new)
        before = self.side(document, old if old is not None else self._issued_before(document, after))
        return _compared(document, before, after)

    def _issued_before(self, document: str, side: Side) -> str:
        order = (side.content["issue"], side.content["revision"])
        issued = [each for each in self._repository.standing(document, self._as_of).revisions if each.issued]
        own = any(each.digest == side.digest for each in issued)
        # A draft may have the number of what was issued: somebody has not raised it yet.
        issued = [each for each in issued if each.order < order or (each.order == order and not own)]
        if not issued:
            raise NotInRepository(
                msg("nothing else of {id} was issued before", id=document),
                msg("name two texts: docctl diff {id}@1.0 {id}@1.1, or {id}@COMMIT", id=document),
            )
        return issued[-1].number

    def between(self, old: str, new: str | None, documents: Iterable[str] | None = None) -> Iterator[Comparison]:
        """The documents that differ between two commits, or a commit and this snapshot, in the order of their ids."""
        before = self._repository.at(old)
        after = self._repository if new is None else self._repository.at(new)
        mine, theirs = _ids(before), _ids(after)
        wanted = {*mine, *theirs} if documents is None else {*documents}
        for unknown in sorted(wanted - {*mine, *theirs}, key=sort_key):
            raise NotInRepository(
                msg('there is no procedure "{id}" in either', id=unknown), msg("docctl show lists all of them")
            )
        for document in sorted(wanted, key=sort_key):
            if document in mine and document in theirs and mine[document] == theirs[document] is not None:
                continue
            one = _side(old, _read(before, document, old), None) if document in mine else None
            other = _side(new, _read(after, document, new), None) if document in theirs else None
            if one is None or other is None or one.digest != other.digest:
                yield _compared(document, one, other)


def _read(repository: Shelf, document: str, commit: str | None) -> Document[Procedure]:
    """As ``Repository.procedure``; where the text of a commit cannot be read, that is where to look."""
    try:
        return repository.procedure(document)
    except InvalidDocument as error:
        if commit is None:
            raise
        path = f"procedures/{document}.yaml"
        raise InvalidDocument(
            msg("in {commit} {reason}", commit=commit, reason=error.message),
            msg("docctl check --at {commit} {path} tells where and why", commit=commit, path=path),
        ) from error


def _ids(repository: Shelf) -> Mapping[str, str | None]:
    """The procedures of a snapshot with the ids of their contents."""
    return {PurePosixPath(path).stem: blob for path, blob in repository.blob_ids("procedures").items()}


def _side(name: str | None, found: Document[Procedure], revision: Revision | None) -> Side:
    content = found.content
    assert isinstance(content, dict)  # the schema asks for an object
    return Side(name, found.path, found.digest(), content, revision)


def _compared(document: str, old: Side | None, new: Side | None) -> Comparison:
    title = next((str(side.content["title"]) for side in (new, old) if side is not None), "")
    found = differences({**old.content}, {**new.content}) if old is not None and new is not None else ()
    return Comparison(document, title, old, new, found)
