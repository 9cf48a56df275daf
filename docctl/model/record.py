"""Records: signed statements about exactly one digest of one revision (docs/approvals.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from msgspec import Struct

from docctl.model.numbered import Numbered

FORMAT = "docctl/record/v1"

KIND = "procedure"
"""The kind of documents that this version keeps under control; records of others do not count."""

PREPARED, REVIEWED, APPROVED = "prepared", "reviewed", "approved"
ISSUED, WITHDRAWN, LEGAL_REVIEW = "issued", "withdrawn", "legal-review"
PERIODIC_REVIEW, ACKNOWLEDGED = "periodic-review", "acknowledged"
MEANINGS = (PREPARED, REVIEWED, APPROVED, ISSUED, WITHDRAWN, LEGAL_REVIEW, PERIODIC_REVIEW, ACKNOWLEDGED)

ALONE = frozenset({LEGAL_REVIEW, PERIODIC_REVIEW, ACKNOWLEDGED})
"""What one person signs alone."""

ACCEPT, REJECT = "accept", "reject"
NO_IMPACT, UPDATED, WRONG_EVENT, REOPENED = "no_impact", "updated", "wrong_event", "reopened"

_ALWAYS = frozenset(
    {
        "format", "repository", "kind", "document", "issue", "revision", "digest", "schema", "previous", "signer",
        "role", "acting", "meaning", "decision", "reason", "policy", "signed_at", "statement",
    }
)  # fmt: skip
_ALSO: Mapping[str, frozenset[str]] = {
    PREPARED: frozenset({"shared_forms"}),
    REVIEWED: frozenset({"shared_forms"}),
    APPROVED: frozenset({"shared_forms"}),
    ISSUED: frozenset({"effective_from", "decision_ref", "archive_sha256", "shared_forms", "events"}),
    WITHDRAWN: frozenset({"effective_from", "decision_ref"}),
    LEGAL_REVIEW: frozenset({"as_of", "register", "events"}),
}
DECISIONS: Mapping[str, tuple[str, ...]] = {
    REVIEWED: (ACCEPT, REJECT),
    APPROVED: (ACCEPT, REJECT),
    PERIODIC_REVIEW: ("confirm", "revise", "withdraw"),
}
"""What can be decided with a meaning; with the others only ``accept``."""


def fields_of(meaning: str) -> frozenset[str]:
    """The fields that a record of a meaning has, all of them and no others."""
    return _ALWAYS | _ALSO.get(meaning, frozenset())


class Assurance(Enum):
    """How sure it is who signed. Unsigned identity is a claim."""

    UNSIGNED = "unsigned"
    SSH = "ssh"
    X509 = "x509"


class Signer(Struct, frozen=True):
    """As the policy knew the person when it was signed."""

    id: str
    name: str
    title: str
    unit: str


class Cited(Struct, frozen=True, order=True):
    """A citation in records: the element, the slug of the text, one address (empty: the whole text)."""

    element: str
    text: str
    address: str

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Cited:
        return cls(tree["element"], tree["text"], tree["address"])

    def tree(self) -> dict[str, Any]:
        return {"element": self.element, "text": self.text, "address": self.address}


class Dealt(Struct, frozen=True):
    """One event that has been dealt with for one citation. ``digest`` tells an edited event from the one meant."""

    citation: Cited
    event: str
    digest: str
    decision: str
    reason: str | None

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Dealt:
        cited = Cited.from_tree(tree["citation"])
        return cls(cited, tree["event"], tree["event_digest"], tree["decision"], tree["reason"])

    def tree(self) -> dict[str, Any]:
        return {
            "citation": self.citation.tree(),
            "event": self.event,
            "event_digest": self.digest,
            "decision": self.decision,
            "reason": self.reason,
        }


class DecisionRef(Struct, frozen=True):
    """The decision on paper: its number, date and, where it was scanned, the SHA-256 of the file."""

    number: str
    date: date
    sha256: str | None

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any] | None) -> DecisionRef | None:
        return None if tree is None else cls(tree["number"], date.fromisoformat(tree["date"]), tree["sha256"])

    def tree(self) -> dict[str, Any]:
        return {"number": self.number, "date": self.date.isoformat(), "sha256": self.sha256}


class Record(Struct, Numbered, frozen=True):
    """What a record claims. Whether it counts is for ``approval/`` to say.

    ``previous`` is number and digest of the revision replaced; ``role`` that in which the signer acted;
    ``acting`` the mode (none, KT, TL, TUQ, TM) and the id of the delegation.
    """

    repository: str
    kind: str
    document: str
    issue: int
    revision: int
    digest: str
    schema: tuple[str, str]
    previous: tuple[int, int, str] | None
    signer: Signer
    role: str
    acting: tuple[str, str | None]
    meaning: str
    decision: str
    reason: str | None
    policy: tuple[int, str]
    signed_at: datetime
    statement: str
    effective_from: date | None = None
    decision_ref: DecisionRef | None = None
    archive_sha256: str | None = None
    shared_forms: str | None = None
    as_of: date | None = None
    register: str | None = None
    events: tuple[Dealt, ...] = ()

    @property
    def day(self) -> date:
        """The day it was signed, where it was signed."""
        return self.signed_at.date()

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Record:
        """From a tree that fits the schema and has the fields of its meaning."""
        previous, signer, effective = tree["previous"], tree["signer"], tree.get("effective_from")
        return cls(
            repository=tree["repository"],
            kind=tree["kind"],
            document=tree["document"],
            issue=tree["issue"],
            revision=tree["revision"],
            digest=tree["digest"],
            schema=(tree["schema"]["id"], tree["schema"]["sha256"]),
            previous=None if previous is None else (previous["issue"], previous["revision"], previous["digest"]),
            signer=Signer(signer["id"], signer["name"], signer["title"], signer["unit"]),
            role=tree["role"],
            acting=(tree["acting"]["mode"], tree["acting"]["delegation"]),
            meaning=tree["meaning"],
            decision=tree["decision"],
            reason=tree["reason"],
            policy=(tree["policy"]["version"], tree["policy"]["sha256"]),
            signed_at=datetime.fromisoformat(tree["signed_at"]),
            statement=tree["statement"],
            effective_from=None if effective is None else date.fromisoformat(effective),
            decision_ref=DecisionRef.from_tree(tree.get("decision_ref")),
            archive_sha256=tree.get("archive_sha256"),
            shared_forms=tree.get("shared_forms"),
            as_of=None if tree.get("as_of") is None else date.fromisoformat(tree["as_of"]),
            register=tree.get("register"),
            events=tuple(map(Dealt.from_tree, tree.get("events", ()))),
        )

    def tree(self) -> dict[str, Any]:
        """The fields of the payload; ``from_tree`` reads them back."""
        number, mode = self.previous, self.acting
        every: dict[str, Any] = {
            "format": FORMAT,
            "repository": self.repository,
            "kind": self.kind,
            "document": self.document,
            "issue": self.issue,
            "revision": self.revision,
            "digest": self.digest,
            "schema": {"id": self.schema[0], "sha256": self.schema[1]},
            "previous": None if number is None else dict(zip(("issue", "revision", "digest"), number, strict=True)),
            "signer": {
                "id": self.signer.id, "name": self.signer.name, "title": self.signer.title, "unit": self.signer.unit,
            },
            "role": self.role,
            "acting": {"mode": mode[0], "delegation": mode[1]},
            "meaning": self.meaning,
            "decision": self.decision,
            "reason": self.reason,
            "policy": {"version": self.policy[0], "sha256": self.policy[1]},
            "signed_at": self.signed_at.isoformat(),
            "statement": self.statement,
            "effective_from": None if self.effective_from is None else self.effective_from.isoformat(),
            "decision_ref": None if self.decision_ref is None else self.decision_ref.tree(),
            "archive_sha256": self.archive_sha256,
            "shared_forms": self.shared_forms,
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "register": self.register,
            "events": [each.tree() for each in self.events],
        }  # fmt: skip
        return {name: value for name, value in every.items() if name in fields_of(self.meaning)}


class Counted(Struct, frozen=True):
    """A record that counts: verified against the policy. ``sha256`` is that of its exact bytes."""

    record: Record
    path: str
    sha256: str
    assurance: Assurance
    fingerprint: str | None

    @property
    def person(self) -> str:
        return self.record.signer.id

    @property
    def folder(self) -> str:
        """Where it belongs."""
        return f"approvals/{self.record.document}/{self.record.number}"
