"""One document with all that its rules may rest on, so that what they say can be kept until that changes.

A rule that is not ``across`` sees the document's own files, entries and records, and what all documents share. Whatever
else it asks for is answered, but then the answer is not kept: ``outside`` says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING

from docctl.documents.sorts import PROCEDURE
from docctl.finding import Finding, Location, Pointer
from docctl.model.extract import Extract
from docctl.model.form import Form
from docctl.model.organisation import Organisation
from docctl.model.procedure import Procedure
from docctl.model.view import Document, LegalNames
from docctl.view import SnapshotView

if TYPE_CHECKING:
    from docctl.currency.grounds import Grounds
    from docctl.currency.question import Question
    from docctl.law.register import Register
    from docctl.model.adoption import Adoption
    from docctl.model.legal_text import LegalText
    from docctl.model.record import Counted
    from docctl.model.standing import Standing
    from docctl.model.terms import Term
    from docctl.model.vendored import Vendored
    from docctl.trust import Trust

UNPLACED = "adopted.yaml"
"""A file in which entries of many documents stand: what is said of one is located when it is shown."""

_SHARED = ("forms/", "archive/forms/")


class _Part(SnapshotView, frozen=True, dict=True, kw_only=True):
    """Part of ``base``, the view of everything, that notes what was asked for beyond it."""

    base: SnapshotView

    @cached_property
    def _outside(self) -> list[str]:
        return []

    @property
    def outside(self) -> bool:
        """Was anything asked for that does not belong to this part?"""
        return bool(self._outside)

    @property
    def whole(self) -> bool:
        return True

    @property
    def trust(self) -> Trust:
        return self.base.trust


class ViewOfOne(_Part, frozen=True, dict=True, kw_only=True):
    """``own`` is the id of the document, ``files`` are the paths that are its own."""

    own: str
    files: frozenset[str]

    def _ask(self, path: str) -> None:
        if path not in self.files and not path.startswith(_SHARED) and path != "forms.yaml":
            self._outside.append(path)

    # -- its own -------------------------------------------------------------------------------------

    @cached_property
    def procedures(self) -> tuple[Document[Procedure], ...]:
        loaded = (self.documents.load(path, PROCEDURE).document for path in self.paths)
        return tuple(document for document in loaded if document is not None)

    @cached_property
    def standings(self) -> Sequence[Standing]:
        return (self.trust.standing(self.own),)

    def standing(self, document_id: str) -> Standing:
        if document_id == self.own:
            return self.standings[0]
        self._outside.append(document_id)
        return self.trust.standing(document_id)

    @property
    def records(self) -> Sequence[Counted]:
        return self.trust.of.get(self.own, ())

    @property
    def adopted(self) -> Document[tuple[Adoption, ...]] | None:
        return None  # the file as a whole is no document's own

    @property
    def vendored(self) -> Document[Vendored] | None:
        return None

    @cached_property
    def archive(self) -> Sequence[str]:
        return tuple(sorted(self.trust.archive.get(self.own, {}).values()))

    def archived(self, path: str) -> Document[Procedure] | None:
        self._ask(path)
        return super().archived(path)

    def shared_forms_of(self, path: str) -> str | None:
        self._ask(path)
        return super().shared_forms_of(path)

    def holds(self, path: str) -> bool:
        self._ask(path)
        return super().holds(path)

    def sha256(self, path: str) -> str | None:
        self._ask(path)
        return super().sha256(path)

    def locate(self, path: str, pointer: Pointer) -> Location:
        if path == UNPLACED:
            return Location(path, pointer=pointer)
        self._ask(path)
        return super().locate(path, pointer)

    # -- shared by all -------------------------------------------------------------------------------

    @property
    def organisation(self) -> Document[Organisation] | None:
        return self.base.organisation

    @property
    def shared_forms(self) -> Document[tuple[Form, ...]] | None:
        return self.base.shared_forms

    @property
    def terms(self) -> Document[tuple[Term, ...]] | None:
        return self.base.terms

    @property
    def legal_names(self) -> LegalNames:
        return self.base.legal_names

    @property
    def legal_slugs(self) -> tuple[str, ...]:
        return self.base.legal_slugs

    @property
    def legal_texts(self) -> Mapping[str, Document[LegalText]]:
        return {}  # rules about them are asked about them

    @property
    def register(self) -> Register:
        return self.base.register

    @property
    def grounds(self) -> Grounds:
        return self.base.grounds

    @property
    def question(self) -> Question:
        return self.base.question

    @property
    def refused(self) -> Sequence[Finding]:
        self._outside.append("records")
        return super().refused


class ViewOfRest(_Part, frozen=True, dict=True, kw_only=True):
    """Everything but the procedures: of these the extracts alone, for rules that compare all documents.

    ``counted`` are the places of the entries of adopted.yaml that count.
    """

    extracts: Sequence[Extract]
    counted: AbstractSet[int]
    complete: bool

    def holds(self, path: str) -> bool:
        if path not in self.paths and not path.startswith((*_SHARED, "legal/", "procedures/")):
            self._outside.append(path)
        return super().holds(path)

    def sha256(self, path: str) -> str | None:
        if path not in self.paths and not path.startswith((*_SHARED, "legal/")):
            self._outside.append(path)
        return super().sha256(path)

    @property
    def procedures(self) -> tuple[Document[Procedure], ...]:
        return ()

    @property
    def standings(self) -> Sequence[Standing]:
        return ()

    @property
    def archive(self) -> Sequence[str]:
        return ()

    @property
    def counted_adoptions(self) -> AbstractSet[int]:
        return self.counted
