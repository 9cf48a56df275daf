"""What the rules see: the documents of one snapshot at one date, everything or named files; see ``model/view.py``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from docctl.documents.loading import Documents
from docctl.documents.sorts import (
    ADOPTED,
    CALENDAR,
    CATALOGUE,
    FORMS,
    LEGAL_TEXT,
    ORGANISATION,
    PROCEDURE,
    TERMS,
    sort_of,
)
from docctl.documents.unread import not_checked, skipped
from docctl.documents.whole import all_paths, unread
from docctl.finding import Finding, Location, Pointer
from docctl.message import msg
from docctl.model.config import Config
from docctl.model.form import Form
from docctl.model.organisation import Organisation
from docctl.model.procedure import Procedure
from docctl.model.report import Summary
from docctl.model.view import Document, LegalNames

if TYPE_CHECKING:  # a check of one file asks for none of these
    from docctl.currency.filling import Open
    from docctl.currency.grounds import Grounds
    from docctl.currency.question import Question
    from docctl.currency.subjects import Subject
    from docctl.law.register import Register
    from docctl.model.adoption import Adoption
    from docctl.model.calendar_year import CalendarYear
    from docctl.model.coverage import Coverage
    from docctl.model.currency import Currency, Noted
    from docctl.model.extract import Extract
    from docctl.model.legal_text import LegalText
    from docctl.model.policy import Policy
    from docctl.model.record import Counted
    from docctl.model.standing import Revision, Standing
    from docctl.model.terms import Term
    from docctl.model.vendored import Vendored
    from docctl.trust import Trust

MARKER = "docctl.toml"

_FOLDERS_NOT_LISTED = {
    "forms": msg("the files of forms were not checked: the folder cannot be opened"),
    "legal": msg("citations were not checked: the folder of legal texts cannot be opened"),
    "procedures": msg("no procedure was checked: the folder cannot be opened"),
}


class SnapshotView(Struct, frozen=True, dict=True):
    """``named`` files and ``chosen`` procedures only, where given; ``horizon`` in days, else that of docctl.toml.

    ``trusting`` is what records are judged by besides the date: see ``Trust``. ``settings`` stand in the place
    of the snapshot's own docctl.toml.
    """

    documents: Documents
    as_of: date
    named: Sequence[str] | None = None
    chosen: frozenset[str] | None = None
    horizon: int | None = None
    trusting: Mapping[str, Any] = field(default_factory=dict)
    settings: Config | None = None

    @property
    def whole(self) -> bool:
        return self.named is None

    @property
    def config(self) -> Config:
        return self.documents.config if self.settings is None else self.settings

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The files looked at."""
        return all_paths(self.documents) if self.named is None else tuple(self.named)

    @property
    def looks_at_law(self) -> bool:
        """Is the register, or the calendar, among what is looked at?"""
        return self.whole or any(path.startswith(("legal/", "calendar/")) for path in self.paths)

    def _there(self, path: str) -> bool:
        return self.documents.snapshot.entry(path) is not None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What reading the files had to say."""
        found: list[Finding] = [] if self.named is not None else [*self.documents.oddities()]
        for path in self.paths:
            sort = sort_of(path)
            if sort is not None:
                found += self.documents.load(path, sort).findings
            elif path != MARKER:
                found.append(skipped(path))
        if self.organisation is None:
            found.append(
                not_checked(
                    "organisation.yaml",
                    msg("units and roles were not checked: organisation.yaml is missing or cannot be read"),
                )
            )
        if self.shared_forms is None and self._there("forms.yaml"):
            found.append(not_checked("forms.yaml", msg("forms were not checked: forms.yaml cannot be read")))
        if self.terms is None and self._there("terms.yaml"):
            found.append(not_checked("terms.yaml", msg("terms were not looked for: terms.yaml cannot be read")))
        if self.named is None:
            found += self.documents.vendored.findings
            found += self.trust.findings
        for folder, message in _FOLDERS_NOT_LISTED.items():
            if not self.listed(folder):
                found.append(not_checked(folder, message))
        return tuple(found)

    @cached_property
    def organisation(self) -> Document[Organisation] | None:
        path = "organisation.yaml"
        return self.documents.load(path, ORGANISATION).document if self._there(path) else None

    @cached_property
    def shared_forms(self) -> Document[tuple[Form, ...]] | None:
        path = "forms.yaml"
        return self.documents.load(path, FORMS).document if self._there(path) else None

    @cached_property
    def terms(self) -> Document[tuple[Term, ...]] | None:
        path = "terms.yaml"
        return self.documents.load(path, TERMS).document if self._there(path) else None

    @cached_property
    def procedures(self) -> tuple[Document[Procedure], ...]:
        loaded = (self.documents.load(path, PROCEDURE).document for path in self.paths if sort_of(path) is PROCEDURE)
        return tuple(document for document in loaded if document is not None)

    @cached_property
    def extracts(self) -> Sequence[Extract]:
        from docctl.model.extract import Extract

        return tuple(Extract.of(document.path, document.body) for document in self.procedures)

    @cached_property
    def legal_names(self) -> LegalNames:
        from docctl.law.naming import Known

        return Known({name: document.body for name, document in self.legal_texts.items()}, self.legal_slugs)

    @cached_property
    def complete(self) -> bool:
        return self.listed("procedures") and len(self.procedures) == len(self.documents.paths("procedures"))

    @cached_property
    def legal_texts(self) -> Mapping[str, Document[LegalText]]:
        loaded = (self.documents.load(path, LEGAL_TEXT).document for path in self.paths if sort_of(path) is LEGAL_TEXT)
        return {document.name: document for document in loaded if document is not None}

    @cached_property
    def legal_slugs(self) -> tuple[str, ...]:
        return tuple(PurePosixPath(path).stem for path in self.documents.paths("legal"))

    @cached_property
    def adopted(self) -> Document[tuple[Adoption, ...]] | None:
        path = "adopted.yaml"
        return self.documents.load(path, ADOPTED).document if path in self.paths else None

    @cached_property
    def unread(self) -> tuple[str, ...]:
        return unread(self.documents, self.paths)

    @cached_property
    def passed_over(self) -> tuple[str, ...]:
        odd = (each.location.path for each in self.documents.oddities())
        return tuple(path for path in odd if path.startswith(("legal/", "procedures/")))

    @cached_property
    def calendars(self) -> tuple[Document[CalendarYear], ...]:
        loaded = (self.documents.load(path, CALENDAR).document for path in self.paths if sort_of(path) is CALENDAR)
        return tuple(document for document in loaded if document is not None)

    @property
    def vendored(self) -> Document[Vendored] | None:
        return self.documents.vendored.document

    @cached_property
    def register(self) -> Register:
        from docctl.law.register import Register

        paths = {PurePosixPath(path).stem: path for path in self.documents.paths("legal")}
        texts = {name: document.body for name, document in self.legal_texts.items()}
        return Register(texts, paths, self.documents.words)

    @cached_property
    def currency(self) -> Currency:
        from docctl.currency.verdicts import currency

        return currency(self.register, self.subjects, self.shared_forms, self.question, self.grounds)

    @cached_property
    def grounds(self) -> Grounds:
        """What all citations are judged by, made once."""
        from docctl.currency.grounds import Grounds

        return Grounds(self.register)

    @cached_property
    def question(self) -> Question:
        """What is asked of the law: the date, and what docctl.toml says of time."""
        from docctl.currency.question import Question

        config = self.config
        return Question(
            as_of=self.as_of,
            calendar=self.documents.calendar,
            months=config.update_within_months,
            horizon=config.horizon_days if self.horizon is None else self.horizon,
            checked_within=config.checked_within_days,
            roll=config.roll_due,
        )

    @cached_property
    def subjects(self) -> Sequence[Subject]:
        """The texts in force or to come of the procedures asked about, from their files or the archive."""
        from docctl.currency.subjects import subjects

        own = {document.body.id: document for document in self.procedures}
        return tuple(
            subject
            for each in self.standings
            if self.chosen is None or each.document in self.chosen
            for subject in subjects(each, own.get(each.document), self.trust.archived)
        )

    @cached_property
    def trust(self) -> Trust:
        from docctl.trust import Trust

        return Trust(self.documents, self.as_of, **self.trusting)

    @property
    def has_policy(self) -> bool:
        return self.trust.has_policy

    @property
    def policy(self) -> Policy | None:
        return self.trust.policy

    @property
    def standings(self) -> Sequence[Standing]:
        return tuple(self.trust.standings.values())

    def shared_forms_of(self, path: str) -> str | None:
        document = self.documents.load(path, PROCEDURE).document
        return None if document is None else self.documents.shared_forms(document.body.used_forms())

    @property
    def counted_adoptions(self) -> AbstractSet[int]:
        revisions = (each for standing in self.standings for each in standing.revisions)
        return {each.adoption.place for each in revisions if each.adoption is not None}

    def standing(self, document_id: str) -> Standing:
        return self.trust.standings.get(document_id) or self.trust.standing(document_id)

    @cached_property
    def left_out(self) -> Sequence[Noted]:
        from docctl.currency.filling import left_out

        found: list[Noted] = []
        for revision, document in self._issued_texts():
            found += left_out(self.grounds, revision, document, self.shared_forms, self.question)
        return tuple(found)

    @cached_property
    def edited(self) -> Sequence[Noted]:
        from docctl.currency.filling import edited

        return tuple(each for revision, _ in self._issued_texts() for each in edited(self.register, revision))

    @cached_property
    def coverage(self) -> Coverage:
        from docctl.catalogue.covering import coverage
        from docctl.currency.subjects import texts

        loaded = (self.documents.load(path, CATALOGUE).document for path in self.documents.paths("catalogue"))
        files = [document for document in loaded if document is not None]
        oddities = (each.location.path for each in self.documents.oddities())
        unread = [path for path in (*self.unread, *oddities) if path.startswith(("catalogue/", "procedures/"))]
        forms = () if self.shared_forms is None else self.shared_forms.body
        days = (self.as_of, self.question.horizon_end)
        return coverage(files, tuple(texts(self.subjects)), forms, sorted(set(unread)), days, self.config.level)

    def to_deal_with(self, procedure_id: str, first: date) -> tuple[Open, ...]:
        """What the present text of a procedure has to deal with if it begins on a day, as known on that asked for."""
        from docctl.currency.filling import to_deal_with

        document = next(each for each in self.procedures if each.body.id == procedure_id)
        others = [each for each in self._subjects_of(procedure_id) if each.baseline is not None]
        before = [each for each in others if each.document.digest() != document.digest()]
        question = replace(self.question, as_of=first)
        return to_deal_with(self.grounds, document, before[-1] if before else None, self.shared_forms, question)

    def events_of(self, procedure_id: str, *, settled: bool) -> tuple[Open, ...]:
        """What the revisions of a procedure in force or to come have dealt with, or what they have not."""
        from docctl.currency.filling import dealt_with, open_now

        asked = dealt_with if settled else open_now
        found = (
            asked(self.grounds, each, self.shared_forms, self.question) for each in self._subjects_of(procedure_id)
        )
        return tuple(event for events in found for event in events)

    def _subjects_of(self, procedure_id: str) -> tuple[Subject, ...]:
        return tuple(each for each in self.subjects if each.document.body.id == procedure_id)

    @cached_property
    def called_wrong(self) -> Sequence[Noted]:
        from docctl.currency.filling import called_wrong

        revisions = (each for standing in self.standings for each in (standing.effective, *standing.scheduled))
        return tuple(noted for each in revisions if each is not None for noted in called_wrong(self.register, each))

    @property
    def in_force(self) -> Iterator[Document[Procedure]]:
        """The texts in force, from their files or the archive; those that are not held are left out."""
        own = {document.path: document for document in self.procedures}
        for standing in self.standings:
            revision = standing.effective
            if revision is not None and revision.path is not None:
                document = own.get(revision.path) or self.archived(revision.path)
                if document is not None and document.digest() == revision.digest:
                    yield document

    def _issued_texts(self) -> Iterator[tuple[Revision, Document[Procedure]]]:
        """The revisions in force or to come that a record issued, with their texts."""
        own = {document.path: document for document in self.procedures}
        for standing in self.standings:
            for revision in filter(None, (standing.effective, *standing.scheduled)):
                if revision.issuing and revision.path is not None:
                    document = own.get(revision.path) or self.archived(revision.path)
                    if document is not None:
                        yield revision, document

    @property
    def records(self) -> Sequence[Counted]:
        return self.trust.counted

    @property
    def refused(self) -> Sequence[Finding]:
        return self.trust.findings

    def archived(self, path: str) -> Document[Procedure] | None:
        return self.trust.archived(path)

    @cached_property
    def archive(self) -> Sequence[str]:
        return tuple(sorted(path for paths in self.trust.archive.values() for path in paths.values()))

    def locate(self, path: str, pointer: Pointer) -> Location:
        sort = PROCEDURE if path in self.archive else sort_of(path)
        document = None if sort is None or not self._there(path) else self.documents.load(path, sort).document
        return Location(path, pointer=pointer) if document is None else document.locate(pointer)

    def looks_at(self, path: str) -> bool:
        return path in self.paths

    def listed(self, folder: str) -> bool:
        return self.documents.listed(folder)

    def holds(self, path: str) -> bool:
        return self.documents.holds(path)

    def sha256(self, path: str) -> str | None:
        return self.documents.sha256(path)

    def summary(self, findings: Sequence[Finding]) -> Summary:
        """What was looked at, and how much there was to say."""
        return Summary.of(
            findings,
            self.records if self.whole else (),
            self.extracts,
            documents=sum(1 for path in self.paths if sort_of(path) is not None),
            events=sum(len(document.body.events) for document in self.legal_texts.values()),
            legal_texts=len(self.legal_texts),
        )
