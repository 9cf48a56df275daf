"""What the rules see: the documents of one snapshot at one date, everything or named files; see ``model/view.py``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from docctl.documents import (
    ADOPTED,
    CALENDAR,
    FORMS,
    LEGAL_TEXT,
    ORGANISATION,
    PROCEDURE,
    Documents,
    not_checked,
    skipped,
    sort_of,
)
from docctl.finding import Finding, Location, Pointer, Severity
from docctl.message import msg
from docctl.model.config import Config
from docctl.model.form import Form
from docctl.model.organisation import Organisation
from docctl.model.procedure import Procedure
from docctl.model.report import Summary, count
from docctl.model.view import Document

if TYPE_CHECKING:  # a check of one file asks for none of these
    from docctl.law.register import Register
    from docctl.model.adoption import Adoption
    from docctl.model.calendar_year import CalendarYear
    from docctl.model.currency import Currency
    from docctl.model.legal_text import LegalText
    from docctl.model.vendored import Vendored

MARKER = "docctl.toml"
SINGLE = ("adopted.yaml", "forms.yaml", "organisation.yaml")

_FOLDERS_NOT_LISTED = {
    "forms": msg("the files of forms were not checked: the folder cannot be opened"),
    "legal": msg("citations were not checked: the folder of legal texts cannot be opened"),
    "procedures": msg("no procedure was checked: the folder cannot be opened"),
}


@dataclass(frozen=True)
class SnapshotView:
    """``named`` files and ``chosen`` procedures only, where given; ``horizon`` in days, else that of docctl.toml."""

    documents: Documents
    as_of: date
    named: Sequence[str] | None = None
    chosen: frozenset[str] | None = None
    horizon: int | None = None

    @property
    def whole(self) -> bool:
        return self.named is None

    @property
    def config(self) -> Config:
        return self.documents.config

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The files looked at."""
        if self.named is not None:
            return tuple(self.named)
        return all_paths(self.documents)

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
        if self.named is None:
            found += self.documents.vendored.findings
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
    def procedures(self) -> tuple[Document[Procedure], ...]:
        loaded = (self.documents.load(path, PROCEDURE).document for path in self.paths if sort_of(path) is PROCEDURE)
        return tuple(document for document in loaded if document is not None)

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
        return tuple(
            path for path in self.paths
            if (sort := sort_of(path)) is not None and self.documents.load(path, sort).document is None
        )  # fmt: skip

    @cached_property
    def passed_over(self) -> tuple[str, ...]:
        oddities = self.documents.oddities()
        return tuple(
            each.location.path for each in oddities if each.location.path.startswith(("legal/", "procedures/"))
        )

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
        return Register({name: document.body for name, document in self.legal_texts.items()}, paths)

    @cached_property
    def currency(self) -> Currency:
        from docctl.currency.question import Question
        from docctl.currency.verdicts import currency

        config = self.config
        question = Question(
            as_of=self.as_of,
            calendar=self.documents.calendar,
            months=config.update_within_months,
            horizon=config.horizon_days if self.horizon is None else self.horizon,
            checked_within=config.checked_within_days,
            roll=config.roll_due,
        )
        procedures = [each for each in self.procedures if self.chosen is None or each.body.id in self.chosen]
        adoptions = () if self.adopted is None else self.adopted.body
        return currency(self.register, procedures, adoptions, self.shared_forms, question)

    def locate(self, path: str, pointer: Pointer) -> Location:
        sort = sort_of(path)
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
        procedures = [document.body for document in self.procedures]
        cited = [citation for procedure in procedures for _, _, citation in procedure.cited()]
        return Summary(
            documents=sum(1 for path in self.paths if sort_of(path) is not None),
            procedures=len(procedures),
            steps=sum(len(procedure.steps) for procedure in procedures),
            citations=len(cited),
            provision_citations=sum(bool(citation.provisions) for citation in cited),
            events=sum(len(document.body.events) for document in self.legal_texts.values()),
            legal_texts=len(self.legal_texts),
            errors=count(findings, Severity.ERROR),
            warnings=count(findings, Severity.WARNING),
            notes=count(findings, Severity.NOTE),
        )


def all_paths(documents: Documents) -> tuple[str, ...]:
    """Paths of all documents, readable or not."""
    single = (path for path in SINGLE if documents.snapshot.entry(path) is not None)
    folders = ("calendar", "legal", "procedures")
    return (*single, *(path for folder in folders for path in documents.paths(folder)))
