"""Where documents stand at a date: the answer of ``lifecycle/``. Nothing of it is stored."""

from __future__ import annotations

from datetime import date
from enum import Enum

from msgspec import Struct

from docctl.model.adoption import Adoption
from docctl.model.numbered import Numbered
from docctl.model.record import (
    ACKNOWLEDGED,
    LEGAL_REVIEW,
    PERIODIC_REVIEW,
    REJECT,
    REOPENED,
    WITHDRAWN,
    Assurance,
    Counted,
    Dealt,
    DecisionRef,
    Record,
)


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


class Missing(Struct, frozen=True):
    """What a revision still waits for: so many more persons in one of the roles, but not these."""

    meaning: str
    roles: tuple[str, ...]
    count: int
    excluded: tuple[str, ...]


class Revision(Struct, Numbered, frozen=True):
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
    def begun(self) -> bool:
        """Was it, or is it, in force?"""
        return self.issued and self.stage is not Stage.SCHEDULED and not self.never_began

    @property
    def never_began(self) -> bool:
        """Was it withdrawn before its first day had come? Signed later, a withdrawal ends only what was in force."""
        if self.withdrawal is None or self.first is None:
            return False
        record = self.withdrawal.record
        return record.effective_from is not None and record.effective_from <= self.first and record.day < self.first

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
        """Every event that a record has dealt with for this revision, with the day from which that counts.

        In the order of their signing: the last word holds; of one second, that the event is open again.
        """
        found = [(each.record.signed_at, self.first, each.record) for each in self.issuing]
        reviews = (each.record for each in self.records if each.record.meaning == LEGAL_REVIEW)
        found += [(each.signed_at, each.day, each) for each in reviews]
        found.sort(key=lambda each: (each[0], any(event.decision == REOPENED for event in each[2].events)))
        return tuple((day, each) for _, day, record in found if day is not None for each in record.events)


class Standing(Struct, frozen=True):
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

    def settles(self, record: Record) -> bool:
        """Does nothing rest on a record any more, because what it said was said again, or is history?"""
        issued = [each for each in self.revisions if each.issued]
        given_up = self.current is None and not issued
        if given_up or any(each.order > record.order and each.begun for each in issued):
            return True
        if record.decision == REJECT:
            return False
        same = [each for each in issued if (each.order, each.digest) == (record.order, record.digest)]
        if record.meaning == WITHDRAWN:
            return any(each.withdrawal is not None for each in same)
        if record.meaning in (LEGAL_REVIEW, PERIODIC_REVIEW, ACKNOWLEDGED):
            later = [
                each.record
                for revision in same
                for each in revision.records
                if each.record.meaning == record.meaning and each.record.signed_at > record.signed_at
            ]
            dealt = {each.event for other in later for each in other.events}
            return bool(later) and all(each.event in dealt for each in record.events)
        return bool(issued) and issued[-1].order == record.order

    def revision(self, number: str) -> Revision | None:
        return next((each for each in self.revisions if each.number == number), None)
