"""The worklist: what is open in an agency's procedures, by the role that keeps them and by due day. Plain values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from docctl.finding import Finding, Severity
from docctl.model.currency import TextVerdict
from docctl.verdict import ABSENT, CASCADE, Due, Judgement, Proof, Verdict

AT_LEISURE = frozenset({"current", "unchecked", "changed_between", "minor", "transition"})
"""Verdicts (their values) that ask for no work on a procedure; every other one does, also one added later."""


def change(proof: Proof) -> tuple[object, ...]:
    """What one act does to one text on one day is one thing to people, in however many events it is recorded."""
    judgement, cause = proof.judgement, proof.judgement.cause
    common = (judgement.overdue, judgement.verdict, judgement.doubt, judgement.due)
    if cause is None or cause.kind == ABSENT:
        return (*common, proof.text, judgement.detail, None if cause is None else cause.event)
    cited = proof.text if judgement.verdict is Verdict.REVIEW else None  # what it spells out is not what is cited
    return (*common, cause.kind, cause.text, cause.target, cause.first, cause.end, cited)


def event_of(proof: Proof) -> str:
    """The event behind a finding; where there is none, a name for its reason that is the same on every day."""
    judgement, cause = proof.judgement, proof.judgement.cause
    if cause is not None:
        return f"{proof.slug}:{cause.event}" if cause.kind in (ABSENT, CASCADE) else cause.event
    reason = "" if judgement.doubt is None else judgement.doubt.value
    parts = (judgement.verdict.value, reason, proof.slug or proof.text, judgement.detail or "")
    return ":".join(part for part in parts if part)


class Item(Struct, frozen=True):
    """One procedure and one event: the findings about it, one for each place that is touched, the worst first.

    ``revision`` is the one in force where it has the finding, else the scheduled one. ``settled`` is a scheduled
    revision that no longer has it, with its first day.
    """

    procedure: str
    title: str
    revision: str
    owner: str
    event: str
    findings: tuple[Finding, ...]
    settled: tuple[str, date] | None = None

    @property
    def proof(self) -> Proof:
        """The chain of the worst finding."""
        proof = self.findings[0].proof
        assert proof is not None
        return proof

    @property
    def proofs(self) -> Iterator[Proof]:
        return (each.proof for each in self.findings if each.proof is not None)

    @property
    def judgement(self) -> Judgement:
        return self.proof.judgement

    @property
    def severity(self) -> Severity:
        return max(each.severity for each in self.findings)

    @property
    def verdict(self) -> Verdict:
        return self.judgement.verdict

    @property
    def overdue(self) -> bool:
        return self.judgement.overdue

    @property
    def due(self) -> Due | None:
        return self.judgement.due


class Task(Struct, frozen=True):
    """One change of the law, or one reason, and everything that one role has to do because of it."""

    items: tuple[Item, ...]

    @property
    def proof(self) -> Proof:
        return self.items[0].proof

    @property
    def proofs(self) -> tuple[Proof, ...]:
        return tuple(proof for item in self.items for proof in item.proofs)

    @property
    def judgement(self) -> Judgement:
        return self.items[0].judgement

    @property
    def severity(self) -> Severity:
        return max(item.severity for item in self.items)

    @property
    def procedures(self) -> tuple[str, ...]:
        """Ids, in order."""
        return tuple(dict.fromkeys(item.procedure for item in self.items))

    def by(self, as_of: date) -> date | None:
        """When it is to be done: the due day; at once what is an error without one; before its first day what comes."""
        judgement = self.judgement
        if judgement.due is not None:
            return judgement.due.day
        if self.severity is Severity.ERROR:
            return as_of
        return judgement.since if judgement.verdict is Verdict.UPCOMING else None


class Share(Struct, frozen=True):
    """What one role has to do. ``title`` and ``unit`` are None where organisation.yaml does not know the role.

    ``ended`` is the last day of a role that is no more, ``successor`` the role that took its place.
    """

    role: str
    title: str | None
    unit: str | None
    ended: date | None
    successor: str | None
    tasks: tuple[Task, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for task in self.tasks for item in task.items)


class Worklist(Struct, frozen=True):
    """Everything open at a date, by role.

    ``texts`` are those of the register that are to be looked at again, with the reasons; ``remarks`` what is said
    about the register and the question itself; ``secretary`` the role that looks after both, where one is named.
    ``judged`` counts the revisions that were judged, ``not_judged`` what could not be; ``recorded`` tells whether
    there are records of approval. ``months`` is the time to mend in.
    """

    as_of: date
    horizon_end: date
    months: int
    content: str
    agency: str
    agency_name: str
    role: str | None
    shares: tuple[Share, ...]
    texts: tuple[TextVerdict, ...]
    remarks: tuple[Finding, ...]
    secretary: str | None
    secretary_title: str | None
    judged: int
    not_judged: int
    recorded: bool

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(task for share in self.shares for task in share.tasks)

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for share in self.shares for item in share.items)

    @property
    def overdue(self) -> int:
        """How many items are past their due day."""
        return sum(item.overdue for item in self.items)
