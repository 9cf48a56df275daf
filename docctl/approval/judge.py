"""Does a record count? Its bytes, its signature, its signer's key, role and rule, its time. First fault said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from msgspec import Struct

from docctl.approval import codes
from docctl.approval.chain import AHEAD, Chain, CheckSignature
from docctl.approval.payload import namespace_of, read_payload, sha256
from docctl.approval.sshsig import BadSignature
from docctl.approval.statement import statement
from docctl.finding import Code, Finding, Location, finding
from docctl.message import Message, msg
from docctl.model.policy import Key, Person, Policy
from docctl.model.record import ALONE, KIND, Assurance, Counted, Record
from docctl.report.status import MEANINGS
from docctl.schema import schema_reference

_LOOK = b"docctl-verified-v1"
"""Another one whenever form, sentence or signature are judged otherwise."""

CheckCertificate = Callable[[bytes, bytes, datetime, tuple[str, ...]], str]
"""CMS signature, message, moment, roots in; fingerprint of the signer's certificate out, or ``BadSignature``."""


class Memory(Protocol):
    """What was verified before: digest of the bytes to the fingerprint of the key that signed them."""

    def get(self, digest: str) -> str | None: ...

    def put(self, digest: str, fingerprint: str) -> None: ...


class RecordFile(Struct, frozen=True):
    """A record as it lies there; with the ``.sig`` or the ``.p7s`` beside it."""

    path: str
    data: bytes
    signature: bytes | None
    certificate: bytes | None = None

    def verified(self) -> str:
        """What a memory knows it by: its bytes, its signature, and by what they were looked at."""
        parts = (_LOOK, schema_reference("record")[1].encode(), self.data, self.signature or b"")
        return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


class Refusal(Struct, frozen=True):
    """Why a record does not count. ``void`` is the record where it did once, until the policy said otherwise."""

    finding: Finding
    void: Record | None = None


class Judge(Struct, frozen=True):
    """By what records are judged: the policy's chain and a day; ``now`` where a clock is at hand."""

    chain: Chain
    as_of: date
    now: datetime | None
    check_signature: CheckSignature
    check_certificate: CheckCertificate
    memory: Memory | None = None

    def judge(self, file: RecordFile) -> Counted | Refusal:
        """The record with what is known about its signer, or why it does not count.

        Of what the memory knows, form, sentence and signature are not looked at again; all else is.
        """
        known = None
        if self.memory is not None and file.signature is not None and file.certificate is None:
            known = self.memory.get(file.verified())
        record = read_payload(file.data) if known is None else Record.from_tree(json.loads(file.data))
        if isinstance(record, Message):
            return Refusal(finding(codes.RECORD_UNREADABLE, record, Location(file.path), fix=_converted(file)))
        try:
            counted = self._judged(file, record, known)
        except _Refused as refused:
            place, element = Location(file.path), record.document
            said = finding(refused.code, refused.reason, place, element=element, fix=refused.fix)
            return Refusal(said, record if refused.void else None)
        if self.memory is not None and known is None and counted.assurance is Assurance.SSH:
            self.memory.put(file.verified(), counted.fingerprint or "")
        return counted

    def _judged(self, file: RecordFile, record: Record, known: str | None) -> Counted:
        policy, digest = self.chain.policy, sha256(file.data)
        if policy is None:
            raise _Refused(codes.NOT_ALLOWED, msg("no version of the policy counts, so nobody may sign"))
        if record.repository != policy.repository:
            names = {"found": record.repository, "wanted": policy.repository}
            raise _Refused(
                codes.RECORD_ELSEWHERE, msg("it was signed for the repository {found}, not {wanted}", **names)
            )
        if record.kind != KIND:
            message = msg("it is about a {kind}; only procedures are kept under control", kind=record.kind)
            raise _Refused(codes.RECORD_ELSEWHERE, message)
        self._seen_policy(record)
        person = self._person(record, policy)
        assurance, fingerprint = self._signature(file, record, person, policy, digest, known)
        self._allowed(record, person, policy)
        self._time(record, policy)
        if known is None and record.statement != statement(record):
            raise _Refused(codes.NOT_AS_IN_POLICY, msg("its sentence is not the one that its fields make"))
        return Counted(record, file.path, digest, assurance, fingerprint)

    def _seen_policy(self, record: Record) -> None:
        """A record that saw a version which is not here proves that something was taken away."""
        version, seen = record.policy
        links = self.chain.links
        if version > len(links) or links[version - 1].sha256 != seen:
            names = {"version": version, "last": len(links)}
            message = msg(
                "it was signed under version {version} of the policy, which is not here (the last is {last})", **names
            )
            raise _Refused(codes.ROLLED_BACK, message)

    def _person(self, record: Record, policy: Policy) -> Person:
        signer = record.signer
        person = policy.person(signer.id)
        if person is None:
            raise _Refused(codes.NOT_ALLOWED, msg("the policy knows no {id}", id=signer.id))
        titled = any(
            (each.title, each.unit) == (signer.title, signer.unit) and each.window.holds(record.day)
            for each in person.titles
        )
        if person.name != signer.name or not titled:
            message = msg("name, title or unit of {id} are not those of the policy on that day", id=signer.id)
            raise _Refused(codes.NOT_AS_IN_POLICY, message)
        return person

    # -- the signature ---------------------------------------------------------------------------

    def _signature(
        self, file: RecordFile, record: Record, person: Person, policy: Policy, digest: str, known: str | None
    ) -> tuple[Assurance, str | None]:
        if known is not None:
            self._key(known, record, person, policy, digest)
            return Assurance.SSH, known
        if file.signature is not None and file.certificate is not None:
            raise _Refused(
                codes.SIGNATURE_BAD, msg("it has a signature by key and one by certificate; one of them is enough")
            )
        if file.signature is None and file.certificate is None:
            self._may_be_unsigned(file.path, record, policy, digest)
            return Assurance.UNSIGNED, None
        try:
            if file.signature is not None:
                made = self.check_signature(file.signature, file.data, namespace_of(record.meaning))
                fingerprint, assurance = made.fingerprint, Assurance.SSH
            else:
                signed = file.certificate or b""
                fingerprint = self.check_certificate(signed, file.data, record.signed_at, policy.x509_roots)
                assurance = Assurance.X509
        except BadSignature as error:
            raise _Refused(codes.SIGNATURE_BAD, error.reason, _converted(file)) from error
        self._key(fingerprint, record, person, policy, digest)
        return assurance, fingerprint

    def _key(self, fingerprint: str, record: Record, person: Person, policy: Policy, digest: str) -> None:
        key: Key | None = person.key(fingerprint)
        if key is None:
            owner = policy.owner_of(fingerprint)
            if owner is None:
                message = msg("it was signed with a key that the policy does not list: {key}", key=fingerprint)
            else:
                names = {"id": person.id, "other": owner.id}
                message = msg("it says that {id} signed, but the key is that of {other}", **names)
            raise _Refused(codes.KEY_NOT_VALID, message)
        kept = digest in policy.kept and key.window.holds(record.day)
        if key.compromised and not kept:
            message = msg(
                "the key {key} of {id} was compromised; nothing it signed counts", key=fingerprint, id=person.id
            )
            raise _Refused(
                codes.KEY_NOT_VALID,
                message,
                msg("have it signed again; list it under kept only if it is known to be true: {sha256}", sha256=digest),
                void=True,
            )
        if not kept and not key.holds(record.day):
            names = {"key": fingerprint, "id": person.id, "day": record.day.isoformat()}
            raise _Refused(codes.KEY_NOT_VALID, msg("the key {key} of {id} did not count on {day}", **names))

    def _may_be_unsigned(self, path: str, record: Record, policy: Policy, digest: str) -> None:
        """Only while a rule says so, on the day it was made and on the day asked for; later only what is kept."""
        rules = policy.rules_for(record.kind, record.document, record.day)
        allowed = bool(rules) and all(
            each.unsigned_until is not None
            and record.day <= each.unsigned_until
            and (self.as_of <= each.unsigned_until or digest in policy.kept)
            for each in rules
        )
        if not allowed:
            over = bool(rules) and all(
                each.unsigned_until is not None and record.day <= each.unsigned_until for each in rules
            )
            if over:
                message = msg("it has no signature, and the time in which the policy allowed that is over")
                way_out = msg("have it signed with a key, or keep it: docctl policy edit --keep {path}", path=path)
                raise _Refused(codes.UNSIGNED, message, way_out, void=True)
            way_out = msg("a record and its signature are committed together: is {path}.sig missing?", path=path)
            raise _Refused(codes.UNSIGNED, msg("it has no signature, and the policy asks for one"), way_out)

    # -- may this person sign this, then? -----------------------------------------------------------

    def _allowed(self, record: Record, person: Person, policy: Policy) -> None:
        names = {"id": person.id, "role": record.role, "document": record.document, "day": record.day.isoformat()}
        mode, delegation_id = record.acting
        delegation = None if delegation_id is None else policy.delegation(delegation_id)
        if delegation_id is not None and (delegation is None or delegation.mode != mode):
            message = msg(
                "the delegation {delegation} ({mode}) is not in the policy", delegation=delegation_id, mode=mode
            )
            raise _Refused(codes.NOT_ALLOWED, message)
        if not policy.may(person, record.role, delegation, record.document, record.day):
            message = msg("{id} did not hold the role {role} for {document} on {day}", **names)
            raise _Refused(codes.NOT_ALLOWED, message)
        rules = policy.rules_for(record.kind, record.document, record.day)
        if not rules:
            names = {"kind": record.kind, "document": record.document, "day": record.day.isoformat()}
            message = msg(
                "no rule of the policy covers {document} ({kind}) on {day}, so nothing can be signed", **names
            )
            raise _Refused(codes.NOT_ALLOWED, message)
        wanted = [each.requirement(record.meaning) for each in rules]
        allowing = [each is not None and each.allows(record.role) for each in wanted]
        if not (all(allowing) if record.meaning in ALONE else any(allowing)):
            message = msg(
                "the role {role} may not sign this: {meaning}", role=record.role, meaning=MEANINGS[record.meaning]
            )
            raise _Refused(codes.NOT_ALLOWED, message)

    def _time(self, record: Record, policy: Policy) -> None:
        if record.signed_at.isoformat()[-6:] != policy.utc_offset:
            message = msg("its time is not at the offset {offset} of the policy", offset=policy.utc_offset)
            raise _Refused(codes.TIME_IMPLAUSIBLE, message)
        if self.now is not None and record.signed_at > self.now + AHEAD:
            moment = record.signed_at.isoformat()
            raise _Refused(codes.TIME_IMPLAUSIBLE, msg("it is dated ahead of the clock: {moment}", moment=moment))


class _Refused(Exception):
    """Why a record does not count."""

    def __init__(self, code: Code, reason: Message, fix: Message | None = None, *, void: bool = False) -> None:
        super().__init__(str(reason))
        self.void = void
        self.code = code
        self.reason = reason
        self.fix = fix


def _converted(file: RecordFile) -> Message | None:
    """The usual reason why bytes differ that nobody has touched."""
    if not file.data.endswith((b"\n", b"\r")) and b"\r\n" not in file.data:
        return None
    return msg("something has added a line end to it; add approvals/** -text to .gitattributes and restore the file")
