"""Records that a person is about to sign: values in, values out; nothing is signed or written here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from msgspec import Struct

from docctl.approval.chain import Link
from docctl.approval.payload import with_statement
from docctl.errors import UsageError
from docctl.message import Message, Param, msg
from docctl.model.policy import Delegation, Person, Policy, Requirement, Title
from docctl.model.procedure import Procedure
from docctl.model.record import ACCEPT, KIND, Record, Signer, fields_of
from docctl.model.standing import Revision, Standing
from docctl.model.view import Document
from docctl.report.status import MEANINGS
from docctl.schema import schema_reference


class Hand(Struct, frozen=True):
    """Who signs, in which role, called what, and for whom."""

    person: Person
    title: Title
    role: str
    delegation: Delegation | None


class Text(Struct, frozen=True):
    """What is signed about: kind, document and the text of one revision, with the revision it replaces.

    ``shared_forms`` is the digest of the forms of forms.yaml that it uses.
    """

    kind: str
    document: str
    order: tuple[int, int]
    digest: str
    previous: tuple[int, int, str] | None
    shared_forms: str | None = None


def text_of(kind: str, document: Document[Procedure], standing: Standing, shared_forms: str | None) -> Text:
    """The present text of a document. Raises ``UsageError`` where its number is taken already."""
    body = document.body
    order, digest = (body.issue, body.revision), document.digest()
    issued = [each for each in standing.revisions if each.issued]
    same = next((each for each in issued if (each.order, each.digest) == (order, digest)), None)
    if same is None and issued and order <= issued[-1].order:
        names: dict[str, Param] = {"id": body.id, "number": body.number, "last": issued[-1].number}
        raise UsageError(
            msg("{id} {number} cannot be signed: {last} was issued already, with another text", **names),
            msg("raise issue or revision in the file, and say why under change"),
        )
    before = [each for each in issued if each.order < order]
    return Text(kind, body.id, order, digest, _number(before[-1]) if before else None, shared_forms)


def text_in(kind: str, revision: Revision, standing: Standing) -> Text:
    """The text of a revision that was issued."""
    before = [each for each in standing.revisions if each.issued and each.order < revision.order]
    previous = _number(before[-1]) if before else None
    return Text(kind, revision.document, revision.order, revision.digest, previous)


def _number(revision: Revision) -> tuple[int, int, str]:
    return revision.issue, revision.revision, revision.digest


def hand(
    policy: Policy, person: Person, meaning: str, text: Text, moment: datetime, wanted: tuple[str | None, str | None]
) -> Hand:
    """In which role a person may sign a meaning. ``wanted``: the role and the delegation asked for, or None.

    An own role comes before one by delegation. Raises ``UsageError`` where the policy allows none.
    """
    day = moment.date()
    title = next((each for each in person.titles if each.window.holds(day)), None)
    if title is None:
        raise UsageError(msg("the policy gives {id} no title on {day}", id=person.id, day=day.isoformat()))
    requirements = [each.requirement(meaning) for each in policy.rules_for(text.kind, text.document, day)]
    for role, delegation in _possible(policy, person, text, moment):
        asked = wanted[0] in (None, role) and wanted[1] in (None, None if delegation is None else delegation.id)
        if asked and any(each is not None and each.allows(role) for each in requirements):
            return Hand(person, title, role, delegation)
    names: dict[str, Param] = {"id": person.id, "meaning": MEANINGS[meaning], "document": text.document}
    raise UsageError(
        msg("{id} may not sign for {document}: {meaning}", **names), _why_not(policy, person, day, wanted, requirements)
    )


def _why_not(
    policy: Policy,
    person: Person,
    day: date,
    wanted: tuple[str | None, str | None],
    requirements: Sequence[Requirement | None],
) -> Message:
    """What stands in the way: a delegation that does not hold, a role that is not held, or the policy."""
    role, delegation_id = wanted
    if delegation_id is not None:
        given = policy.delegation(delegation_id)
        if given is None or given.taker != person.id:
            return msg("the policy has no delegation {id} to this person", id=delegation_id)
        window = given.holding.window
        if not window.holds(day):
            last = "" if window.last is None else window.last.isoformat()
            names: dict[str, Param] = {"id": delegation_id, "first": window.first.isoformat(), "last": last}
            return msg("the delegation {id} holds from {first} to {last}", **names)
    held = sorted({each.role for each in person.roles if each.window.holds(day)})
    if role is not None and role not in held and delegation_id is None:
        return msg("the policy gives this person: {roles}", roles=", ".join(held) or "-")
    roles = sorted({each for requirement in requirements if requirement is not None for each in requirement.roles})
    return msg("the policy allows it to: {roles}", roles=", ".join(roles) or "-")


def _possible(policy: Policy, person: Person, text: Text, moment: datetime) -> Iterator[tuple[str, Delegation | None]]:
    """The roles that a person has on the day, own ones first."""
    day = moment.date()
    for holding in person.roles:
        if holding.covers(holding.role, text.document, day):
            yield holding.role, None
    for delegation in policy.delegations:
        role = delegation.holding.role
        if delegation.taker == person.id and policy.may(person, role, delegation, text.document, day):
            yield role, delegation


def excluded(policy: Policy, person: Person, meaning: str, revision: Revision | None, day_of: datetime) -> str | None:
    """The meaning that the person has signed already and that cannot go with this one, or None."""
    if revision is None:
        return None
    signed = {
        each.record.meaning for each in revision.records if each.person == person.id and each.record.decision == ACCEPT
    }
    for rule in policy.rules_for(KIND, revision.document, day_of.date()):
        for other in sorted(signed):
            own, theirs = rule.requirement(meaning), rule.requirement(other)
            if (own is not None and other in own.not_same_as) or (theirs and meaning in theirs.not_same_as):
                return other
    return None


def record(link: Link, hand: Hand, text: Text, meaning: str, moment: datetime, **fields: object) -> Record:
    """The record with its sentence. ``fields`` are decision, reason and those of the meaning."""
    person, delegation = hand.person, hand.delegation
    given: dict[str, object] = {"decision": ACCEPT, "reason": None, **fields}
    if "shared_forms" in fields_of(meaning):
        given["shared_forms"] = text.shared_forms
    return with_statement(
        Record(
            repository=link.policy.repository,
            kind=text.kind,
            document=text.document,
            issue=text.order[0],
            revision=text.order[1],
            digest=text.digest,
            schema=schema_reference(text.kind),
            previous=text.previous,
            signer=Signer(person.id, person.name, hand.title.title, hand.title.unit),
            role=hand.role,
            acting=("none", None) if delegation is None else (delegation.mode, delegation.id),
            meaning=meaning,
            policy=(link.policy.version, link.sha256),
            signed_at=moment,
            statement="",
            **given,  # type: ignore[arg-type]
        )
    )
