"""The chain of policy versions: each signed by enough of the root group of the one before and of its own.

As a TUF root: version +1 exactly, the file before named by its sha256, the first one pinned from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeAlias, cast

from msgspec import Struct

from docctl.approval import codes, lint
from docctl.approval.payload import POLICY, sha256
from docctl.approval.sshsig import BadSignature, PublicKey
from docctl.finding import Finding, Location, finding
from docctl.message import Message, msg
from docctl.model.policy import Policy
from docctl.schema import validate
from docctl.text.strict import read

AHEAD = timedelta(minutes=5)
"""How far the clock of a signer may be ahead of ours."""

CheckSignature: TypeAlias = Callable[[bytes, bytes, str], PublicKey]
"""Armored signature, message, namespace in; the key that made it out, or ``BadSignature``."""


class PolicyFile(Struct, frozen=True):
    """One version as it lies there: its bytes, and the signatures by the path of their files."""

    path: str
    data: bytes
    signatures: Mapping[str, bytes]


class Link(Struct, frozen=True):
    """A version that counts, and who signed it."""

    policy: Policy
    path: str
    sha256: str
    signers: tuple[str, ...]


class Chain(Struct, frozen=True):
    """The versions that count, from the first, and what is wrong with the next one.

    ``pending`` is that next one, where nothing but signatures is missing.
    """

    links: tuple[Link, ...]
    findings: tuple[Finding, ...]
    pending: Policy | None = None

    @property
    def last(self) -> Link | None:
        """The version that judges everything."""
        return self.links[-1] if self.links else None

    @property
    def policy(self) -> Policy | None:
        return None if self.last is None else self.last.policy


def chain(
    files: Sequence[PolicyFile], pin: str | None, check_signature: CheckSignature, now: datetime | None = None
) -> Chain:
    """``files`` in the order of their numbers. ``pin``: the sha256 of the first one, None where nobody gives it.

    With ``now``, a version dated ahead of it does not count.

    A version that does not count ends the chain; the ones after it count no more than it does.
    """
    links: list[Link] = []
    for number, file in enumerate(files, 1):
        found = [*_wrong_pin(file, pin)] if number == 1 else []
        policy, objections = (None, found) if found else _read(file)
        if policy is None:
            return Chain(tuple(links), tuple(objections))
        before = links[-1] if links else None
        found = [*_order(file, policy, number, before), *lint.within(policy, file.path)]
        found += [] if before is None else lint.between(before.policy, policy, file.path)
        if now is not None and datetime.fromisoformat(policy.created_at) > now + AHEAD:
            found.append(_broken(file, msg("it is dated ahead of the clock: {moment}", moment=policy.created_at)))
        signers, refused = _signers(file, policy, before, check_signature)
        short = [*_thresholds(file, policy, before, signers)][:1]  # one signature may be missing twice over
        if found or refused or short:
            return Chain(tuple(links), (*found, *refused, *short), None if found or refused else policy)
        links.append(Link(policy, file.path, sha256(file.data), tuple(sorted(signers))))
    return Chain(tuple(links), ())


def _wrong_pin(file: PolicyFile, pin: str | None) -> Iterator[Finding]:
    found = sha256(file.data)
    if pin is not None and pin.lower() != found:
        message = msg("its sha256 is {found}, the pinned one is {pin}", found=found, pin=pin)
        yield finding(codes.POLICY_NOT_PINNED, message, Location(file.path), fix=_converted(file))


def _converted(file: PolicyFile) -> Message | None:
    """The usual reason why bytes differ that nobody has touched."""
    if b"\r\n" not in file.data:
        return None
    return msg("its lines end as on Windows: Git has converted it; add policy/** -text to .gitattributes")


def _read(file: PolicyFile) -> tuple[Policy | None, list[Finding]]:
    reading = read(file.data, file.path)
    if reading.tree is None:
        return None, [*reading.findings, _broken(file, msg("it cannot be read"), _converted(file))]
    objections = validate(reading.tree, "policy")
    if objections:
        return None, [*objections, _broken(file, msg("it does not fit the schema of policies"))]
    try:
        datetime.fromisoformat(cast("dict[str, Any]", reading.tree.value)["created_at"])
        return Policy.from_tree(cast("dict[str, Any]", reading.tree.value)), []
    except ValueError:
        return None, [_broken(file, msg("a date in it is not in the calendar"))]


def _order(file: PolicyFile, policy: Policy, number: int, before: Link | None) -> Iterator[Finding]:
    """Number, predecessor, repository and time."""
    name = file.path.rsplit("/", 1)[-1]
    if policy.version != number or name != f"{number:04}.yaml":
        yield _broken(
            file, msg("it says version {found}; here only {number} can follow", found=policy.version, number=number)
        )
    wanted = None if before is None else before.sha256
    if policy.previous != wanted:
        shown = "null" if wanted is None else wanted
        yield _broken(file, msg("previous must be {sha256}, the file before", sha256=shown), _converted(file))
    if before is None:
        return
    for name, old, new in (
        ("repository", before.policy.repository, policy.repository),
        ("utc_offset", before.policy.utc_offset, policy.utc_offset),
    ):
        if old != new:
            yield _broken(file, msg("{field} was {old} and cannot become {new}", field=name, old=old, new=new))
    if datetime.fromisoformat(policy.created_at) < datetime.fromisoformat(before.policy.created_at):
        yield _broken(file, msg("it says that it was written before the version before"))


def _signers(
    file: PolicyFile, policy: Policy, before: Link | None, check_signature: CheckSignature
) -> tuple[dict[str, set[str]], list[Finding]]:
    """Who signed, with which keys: person to fingerprints; and what is wrong with other signatures."""
    signers: dict[str, set[str]] = {}
    refused = []
    for path, signature in sorted(file.signatures.items()):
        try:
            key = check_signature(signature, file.data, POLICY)
        except BadSignature as error:
            refused.append(finding(codes.SIGNATURE_BAD, error.reason, Location(path), fix=_converted(file)))
            continue
        known = [each.owner_of(key.fingerprint) for each in _judges(policy, before)]
        person = next((each for each in known if each is not None), None)
        if person is None:
            message = msg("the key {key} belongs to nobody in the policy", key=key.fingerprint)
            refused.append(finding(codes.KEY_NOT_VALID, message, Location(path)))
        else:
            signers.setdefault(person.id, set()).add(key.fingerprint)
    return signers, refused


def _judges(policy: Policy, before: Link | None) -> Iterable[Policy]:
    return (policy,) if before is None else (before.policy, policy)


def _thresholds(
    file: PolicyFile, policy: Policy, before: Link | None, signers: Mapping[str, set[str]]
) -> Iterator[Finding]:
    """Enough of the root group, each with a key that counts on the day, by the old version and by the new."""
    day = datetime.fromisoformat(policy.created_at).date()
    for judge in _judges(policy, before):
        good = 0
        for person_id in judge.root:
            person = judge.person(person_id)
            keys = () if person is None else person.keys
            used = (key for key in keys if key.fingerprint in signers.get(person_id, ()))
            good += any(key.holds(day) and not key.compromised for key in used)
        if good < judge.threshold:
            message = msg(
                "{good} of the {needed} signatures that version {version} asks for",
                good=good,
                needed=judge.threshold,
                version=judge.version,
            )
            yield _broken(
                file, message, msg("sign it: docctl policy sign (one of {people})", people=", ".join(judge.root))
            )


def _broken(file: PolicyFile, message: Message, fix: Message | None = None) -> Finding:
    return finding(codes.POLICY_BROKEN, message, Location(file.path), fix=fix)
