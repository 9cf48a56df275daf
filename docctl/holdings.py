"""What one snapshot of an agency's repository holds: its documents, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from docctl.documents.loading import Documents
from docctl.documents.sorts import ADOPTED, FORMS, ORGANISATION, PROCEDURE
from docctl.documents.whole import all_paths, unread
from docctl.errors import InvalidDocument, NotInRepository
from docctl.finding import in_order
from docctl.message import msg
from docctl.model.config import Config
from docctl.model.form import Form
from docctl.model.organisation import Organisation
from docctl.model.procedure import Procedure
from docctl.model.view import Document
from docctl.store import gitdir
from docctl.store.snapshot import FOLDERS, Snapshot, TooLarge, Unreadable
from docctl.text.strict import MOST_BYTES

if TYPE_CHECKING:
    from docctl.model.adoption import Adoption
    from docctl.store.cache import Cache
    from docctl.trust import Trust


class Holdings:
    """The documents of a snapshot, by id and by path.

    ``notice`` is called where another run of docctl has to be waited for.
    """

    notice: Callable[[], None] | None = None

    def __init__(
        self,
        root: Path,
        snapshot: Snapshot,
        directory: gitdir.GitDirectory | None,
        commit: str | None = None,
        cache: Cache | None = None,
    ) -> None:
        self.root = root
        self.commit = commit
        self._snapshot = snapshot
        self._directory = directory
        self._cache = cache
        self._documents = Documents(snapshot, cache)
        self._trust: Trust | None = None

    @property
    def content(self) -> str:
        """SHA-256 over the paths and blob ids of what was read so far."""
        return self._documents.content

    # -- documents ---------------------------------------------------------------------------

    @property
    def config(self) -> Config:
        """The configuration. Raises ``ConfigError``."""
        return self._documents.config

    @property
    def paths(self) -> tuple[str, ...]:
        """Paths of all documents, readable or not."""
        return all_paths(self._documents)

    @property
    def procedures(self) -> tuple[Document[Procedure], ...]:
        """All procedures that can be read, in the order of their files."""
        loaded = (self._documents.load(path, PROCEDURE).document for path in self._documents.paths("procedures"))
        return tuple(document for document in loaded if document is not None)

    def procedure(self, procedure_id: str) -> Document[Procedure]:
        """A procedure by its id. Raises ``NotInRepository``, or ``InvalidDocument`` where it cannot be read."""
        path = f"procedures/{self._known(procedure_id)}.yaml"
        loaded = self._documents.load(path, PROCEDURE)
        if loaded.document is None:
            raise InvalidDocument(
                msg("{path} cannot be read: {reason}", path=path, reason=in_order(loaded.findings)[0].message),
                msg("docctl check {path} tells where and why", path=path),
            )
        return loaded.document

    def covering(self, code: str) -> Document[Procedure]:
        """The procedure that serves an administrative procedure's code.

        Raises ``NotInRepository`` for none, ``InvalidDocument`` where two claim it or where one that
        cannot be read might.
        """
        found = [document for document in self.procedures if code in document.body.covers]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(document.body.id for document in found)
            raise InvalidDocument(msg("{code} is covered by several procedures: {names}", code=code, names=names))
        if len(self.procedures) < len(self._documents.paths("procedures")):
            raise InvalidDocument(
                msg("no readable procedure covers {code}, and some procedures cannot be read", code=code),
                msg("docctl check tells which and why"),
            )
        raise NotInRepository(msg("no procedure covers {code}", code=code))

    @cached_property
    def organisation(self) -> Document[Organisation] | None:
        """``organisation.yaml``, or None where it is missing or cannot be read."""
        return (
            self._documents.load("organisation.yaml", ORGANISATION).document if self._has("organisation.yaml") else None
        )

    @property
    def shared_forms(self) -> Document[tuple[Form, ...]] | None:
        """``forms.yaml``, or None where it is missing or cannot be read."""
        return self._documents.load("forms.yaml", FORMS).document if self._has("forms.yaml") else None

    @property
    def adopted(self) -> Document[tuple[Adoption, ...]] | None:
        """``adopted.yaml``: the revisions in force without records; None where it is missing or cannot be read."""
        return self._documents.load("adopted.yaml", ADOPTED).document if self._has("adopted.yaml") else None

    def bytes_of(self, path: str, most: int = MOST_BYTES) -> bytes | None:
        """The bytes of a file as the snapshot has it, None where there is none. Raises ``InvalidDocument``."""
        if not self._has(path):
            return None
        try:
            return self._snapshot.read(path, most).data
        except (Unreadable, TooLarge) as error:
            reason = error.reason if isinstance(error, Unreadable) else msg("it is too large")
            raise InvalidDocument(msg("{path} cannot be read: {reason}", path=path, reason=reason)) from error

    def blob_id(self, path: str) -> str | None:
        """The id that Git gives the content of a file; None where there is none, or it cannot be read."""
        return self._documents.blob_id(path)

    def blob_ids(self, folder: str) -> dict[str, str | None]:
        """The ids of the contents of the documents in a folder, by their paths: equal ids, equal files.

        None for what cannot be read.
        """
        return {path: self._documents.blob_id(path) for path in self._documents.paths(folder)}

    def text_of(self, path: str) -> str | None:
        """The text of a document that was read, for showing the line a finding is about."""
        return self._documents.text_of(path)

    def unread(self, *paths: str) -> tuple[str, ...]:
        """Those of some documents and folders that are there and cannot be read; without any, of all that there are."""
        return unread(self._documents, paths or (*self.paths, *FOLDERS))

    def _has(self, path: str) -> bool:
        return self._documents.stands(path)

    def revision(self, procedure_id: str, number: str) -> Document[Procedure]:
        """The text of an issued revision, such as ``2.1``, from the archive. Raises ``NotInRepository``."""
        found = self.document(f"archive/{procedure_id}/{number}.yaml")
        if found is None:
            names = {"id": procedure_id, "number": number}
            raise NotInRepository(msg("the archive holds no readable {id} {number}", **names))
        return found

    def document(self, path: str) -> Document[Procedure] | None:
        """A procedure's text by its path, archived or not; None where there is none that can be read."""
        return self._documents.load(path, PROCEDURE).document if self._has(path) else None

    def _known(self, procedure_id: str) -> str:
        """The id of a procedure that has a file. Raises ``NotInRepository``."""
        if not self._documents.has_document(f"procedures/{procedure_id}.yaml"):
            raise NotInRepository(
                msg('there is no procedure "{id}"', id=procedure_id), msg("docctl show lists all of them")
            )
        return procedure_id
