"""Where documents stand at a date: the answer of ``lifecycle/``. Nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from docctl.model.adoption import Adoption
from docctl.model.numbered import Numbered
from docctl.model.record import Assurance, Counted, Dealt, DecisionRef


class Stage(Enum):
    """The state of a revision at a date (dự thảo, đang xem xét, không đồng ý, đã phê duyệt, chờ hiệu lực, …)."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    REJECTED = "rejected"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    EFFECTIVE = "effective"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


ISSUED_STAGES = frozenset({Stage.SCHEDULED, Stage.EFFECTIVE, Stage.SUPERSEDED, Stage.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Missing:
    """What a revision still waits for: so many more persons in one of the roles, but not these."""

    meaning: str
    roles: tuple[str, ...]
    count: int
    excluded: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Revision(Numbered):
    """One revision of a document: exactly the text of ``digest``.

    ``first`` and ``last`` are the days in force, both included. ``records`` are those of this digest that
    count on the day, in the order of their signing; ``voided`` those of the same number for another text.
    ``path`` is where its text lies, None where it is not held. ``dealt`` is the baseline of its issue, and
    ``reviews`` the legal reviews since.
    """

    document: str
    issue: int
    revision: int
    digest: str
    stage: Stage
    first: date | None
    last: date | None
    records: tuple[Counted, ...]
    missing: tuple[Missing, ...]
    voided: tuple[Counted, ...]
    adoption: Adoption | None
    issuing: tuple[Counted, ...]
    withdrawal: Counted | None
    path: str | None

    @property
    def issued(self) -> bool:
        return self.stage in ISSUED_STAGES

    @property
    def unsigned(self) -> bool:
        """Does it rest on records whose signer is only a claim?"""
        return any(each.assurance is Assurance.UNSIGNED for each in self.records)

    @property
    def decision(self) -> DecisionRef | None:
        """The decision on paper that issued it."""
        if self.issuing:
            return self.issuing[0].record.decision_ref
        if self.adoption is None or self.adoption.decision is None:
            return None
        number, day = self.adoption.decision
        return DecisionRef(number, day, None)

    @property
    def shared_forms(self) -> str | None:
        """The digest of the shared forms that were issued or adopted with it."""
        if self.issuing:
            return self.issuing[0].record.shared_forms
        return None if self.adoption is None else self.adoption.shared_forms

    def dealt(self) -> tuple[tuple[date, Dealt], ...]:
        """Every event that a record has dealt with for this revision, with the day from which that counts."""
        found = [(self.first, each) for record in self.issuing for each in record.record.events]
        found += [
            (counted.record.day, each)
            for counted in self.records
            if counted.record.meaning == "legal-review"
            for each in counted.record.events
        ]
        return tuple((day, each) for day, each in found if day is not None)


@dataclass(frozen=True, slots=True)
class Standing:
    """A document at a date: its revisions in order. ``current`` is what its file holds, None where it is gone."""

    document: str
    title: str | None
    revisions: tuple[Revision, ...]
    current: Revision | None
    review_due: date | None = None

    @property
    def effective(self) -> Revision | None:
        """The one revision in force; ``lifecycle/`` sees to it that there is never a second."""
        return next((each for each in self.revisions if each.stage is Stage.EFFECTIVE), None)

    @property
    def scheduled(self) -> tuple[Revision, ...]:
        return tuple(each for each in self.revisions if each.stage is Stage.SCHEDULED)

    @property
    def latest_issued(self) -> Revision | None:
        """The last revision that was issued or adopted, in force yet or not."""
        return next((each for each in reversed(self.revisions) if each.issued), None)

    def revision(self, number: str) -> Revision | None:
        return next((each for each in self.revisions if each.number == number), None)
