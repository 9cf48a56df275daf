"""What a version of the policy may not say: contradictions in itself, and going back on the one before."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TypeVar

from msgspec.structs import replace

from docctl.approval import codes
from docctl.approval.sshsig import BadSignature, public_key
from docctl.finding import Code, Finding, Location, finding
from docctl.message import Message, msg
from docctl.model.policy import KT, TUQ, Delegation, Holding, Key, Person, Policy, Rule, Title, Window
from docctl.model.record import ALONE

X509 = "x509"

# -- one version ------------------------------------------------------------------------------


def within(policy: Policy, path: str) -> Iterator[Finding]:
    """DC406: names that nobody has, keys of two persons, windows that end before they begin."""
    for message in (*_people(policy), *_keys(policy), *_delegations(policy), *_root(policy), *_rules(policy)):
        yield _say(codes.POLICY_INCONSISTENT, message, path)


def _people(policy: Policy) -> Iterator[Message]:
    for person_id in _twice([each.id for each in policy.people]):
        yield msg("the person {id} stands twice", id=person_id)
    for person in policy.people:
        windows = [each.window for each in person.titles] + [each.window for each in person.keys]
        for window in windows + [each.window for each in person.roles]:
            if window.last is not None and window.last < window.first:
                yield msg(
                    "something of {id} ends ({last}) before it begins", id=person.id, last=window.last.isoformat()
                )


def _keys(policy: Policy) -> Iterator[Message]:
    owners: dict[bytes, str] = {}
    for person in policy.people:
        for key in person.keys:
            names = {"key": key.fingerprint, "id": person.id}
            try:
                found, material = _fingerprint(key.blob)
            except BadSignature as error:
                yield msg("the key {key} of {id} is none: {reason}", **names, reason=error.reason)
                found, material = key.fingerprint, key.fingerprint.encode()
            other = owners.setdefault(material, person.id)
            if other != person.id:
                yield msg("the key {key} belongs to {id} and to {other}", **names, other=other)
            if found != key.fingerprint:
                yield msg("the key of {id} has the fingerprint {found}, not {key}", **names, found=found)
        for fingerprint in _twice([key.fingerprint for key in person.keys]):
            yield msg("the key {key} of {id} stands twice", key=fingerprint, id=person.id)


def _fingerprint(blob: str) -> tuple[str, bytes]:
    """The fingerprint of a key, and what two ways of writing one key have in common."""
    kind, _, encoded = blob.partition(" ")
    if kind != X509:
        key = public_key(blob)
        return key.fingerprint, key.material
    try:
        der = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise BadSignature(msg("it is no base64")) from error
    return "SHA256:" + base64.b64encode(hashlib.sha256(der).digest()).decode().rstrip("="), _certified(der)


def _certified(der: bytes) -> bytes:
    """The key of a certificate, as far as SSH could use it too."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    try:
        key = x509.load_der_x509_certificate(der).public_key()
    except (ValueError, UnsupportedAlgorithm):
        return der
    try:
        return public_key(key.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()).material
    except (ValueError, UnsupportedAlgorithm, BadSignature):
        return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _delegations(policy: Policy) -> Iterator[Message]:
    for name in _twice([each.id for each in policy.delegations]):
        yield msg("the delegation {id} stands twice", id=name)
    for each in policy.delegations:
        for person_id in (each.giver, each.taker):
            if policy.person(person_id) is None:
                yield msg("the delegation {id} names {person}, who is not in the policy", id=each.id, person=person_id)
        if each.giver == each.taker:
            yield msg("the delegation {id} is one to oneself", id=each.id)
        if each.mode == TUQ and each.holding.window.last is None:
            yield msg("the delegation {id} (TUQ) has no last day; it must be limited in time", id=each.id)
        if not _given(policy, each):
            yield msg("in the delegation {id}, {person} never had what is passed on", id=each.id, person=each.giver)


def _given(policy: Policy, delegation: Delegation) -> bool:
    """Does the giver hold the role, on some day, or was it given by TL and is passed on as KT?"""
    giver = policy.person(delegation.giver)
    if giver is None:
        return True  # said above
    held = any(each.role == delegation.holding.role for each in giver.roles)
    passed = delegation.mode == KT and any(
        each.taker == giver.id and each.mode == "TL" and each.holding.role == delegation.holding.role
        for each in policy.delegations
    )
    return held or passed


def _root(policy: Policy) -> Iterator[Message]:
    for person_id in policy.root:
        if policy.person(person_id) is None:
            yield msg("the root group names {person}, who is not in the policy", person=person_id)
    if policy.threshold > len(policy.root):
        yield msg(
            "{threshold} of the root group must sign, but it has only {count}",
            threshold=policy.threshold,
            count=len(policy.root),
        )


def _rules(policy: Policy) -> Iterator[Message]:
    for place, rule in enumerate(policy.rules, 1):
        for meaning in _twice([each.meaning for each in rule.requirements]):
            yield msg("rule {place} asks for {meaning} twice", place=place, meaning=meaning)
        for requirement in rule.requirements:
            if requirement.meaning in requirement.not_same_as:
                yield msg("rule {place} excludes {meaning} by itself", place=place, meaning=requirement.meaning)
            if requirement.meaning in ALONE and (requirement.count > 1 or requirement.not_same_as):
                message = msg(
                    "rule {place}: {meaning} is signed by one person alone", place=place, meaning=requirement.meaning
                )
                yield message
        if rule.window.last is not None and rule.window.last < rule.window.first:
            yield msg("rule {place} ends before it begins", place=place)


# -- two versions -----------------------------------------------------------------------------


def between(old: Policy, new: Policy, path: str) -> list[Finding]:
    """DC405: what was said stays said; windows are only ended, keys only revoked, lists only grow."""
    found: list[Message] = []
    for person in old.people:
        now = new.person(person.id)
        if now is None:
            found.append(msg("the person {id} is no longer there", id=person.id))
        else:
            found += _person(person, now)
    for delegation in old.delegations:
        now_given = new.delegation(delegation.id)
        if now_given is None or not _ended(delegation, now_given, delegation.holding.window, now_given.holding.window):
            found.append(msg("the delegation {id} is no longer there as it was", id=delegation.id))
    day = datetime.fromisoformat(new.created_at).date()
    found += _rules_between(old.rules, new.rules, day)
    found += _too_early(old, new, day)
    if old.adopted is not None and new.adopted != old.adopted:
        found.append(msg("what the policy says of adopted.yaml is not as it was"))
    if not old.kept <= new.kept:
        found.append(msg("a record that was kept is kept no longer"))
    if not frozenset(old.x509_roots) <= frozenset(new.x509_roots):
        found.append(msg("a root certificate is no longer there"))
    return [_say(codes.POLICY_REWRITTEN, message, path) for message in found]


def _person(old: Person, new: Person) -> Iterator[Message]:
    if new.name != old.name:
        yield msg("the name of {id} is another one", id=old.id)
    for title in old.titles:
        if not any(
            replace(each, window=title.window) == title and _shorter(title.window, each.window) for each in new.titles
        ):
            yield msg("the title {title} of {id} is no longer there as it was", title=title.title, id=old.id)
    for role in old.roles:
        if not any(
            replace(each, window=role.window) == role and _shorter(role.window, each.window) for each in new.roles
        ):
            yield msg("the role {role} of {id} is no longer there as it was", role=role.role, id=old.id)
    for key in old.keys:
        now = new.key(key.fingerprint)
        if now is None or now.blob != key.blob or not _shorter(key.window, now.window) or not _revoked(key, now):
            yield msg("the key {key} of {id} is no longer there as it was", key=key.fingerprint, id=old.id)


def _too_early(old: Policy, new: Policy, day: date) -> Iterator[Message]:
    """What is new begins with the version that says so; else a past that is over could be opened again."""
    for person in new.people:
        before = old.person(person.id)
        keys = () if before is None else tuple(key.fingerprint for key in before.keys)
        for key in person.keys:
            if key.fingerprint not in keys and key.window.first < day:
                names = {"key": key.fingerprint, "id": person.id}
                yield msg("the new key {key} of {id} begins before the version that adds it was written", **names)
        for role in _added(() if before is None else before.roles, person.roles):
            if role.window.first < day:
                names = {"role": role.role, "id": person.id}
                yield msg("the new role {role} of {id} begins before the version that adds it was written", **names)
        for title in _added(() if before is None else before.titles, person.titles):
            if title.window.first < day:
                names = {"title": title.title, "id": person.id}
                yield msg("the new title {title} of {id} begins before the version that adds it was written", **names)
    for delegation in new.delegations:
        if old.delegation(delegation.id) is None and delegation.holding.window.first < day:
            yield msg("the new delegation {id} begins before the version that adds it was written", id=delegation.id)


_Held = TypeVar("_Held", Holding, Title)


def _added(old: Sequence[_Held], new: Sequence[_Held]) -> Iterator[_Held]:
    """What is new: each thing that was there, ended perhaps since, accounts for one that is there now."""
    left = [*old]
    for each in new:
        same = [was for was in left if replace(each, window=was.window) == was and _shorter(was.window, each.window)]
        if same:
            left.remove(each if each in same else same[0])
        else:
            yield each


def _revoked(old: Key, new: Key) -> bool:
    """A revocation stays; it may only become graver or begin earlier."""
    if old.revoked is None:
        return True
    if new.revoked is None or new.revoked[0] > old.revoked[0]:
        return False
    return new.compromised or (new.revoked[1] == old.revoked[1])


def _ended(old: Delegation, new: Delegation, before: Window, after: Window) -> bool:
    same = replace(new, holding=replace(new.holding, window=before)) == old
    return same and _shorter(before, after)


def _shorter(old: Window, new: Window) -> bool:
    """The same first day, and an end that is the same, new, or earlier."""
    if new.first != old.first:
        return False
    return old.last is None or (new.last is not None and new.last <= old.last)


def _rules_between(old: Sequence[Rule], new: Sequence[Rule], day: date) -> Iterator[Message]:
    """``day`` is that of the new version: what a record needed before it is not changed afterwards."""
    for place, rule in enumerate(old, 1):
        now = next((each for each in new if _same_rule(rule, each)), None)
        if now is None:
            yield msg("rule {place} is no longer there as it was", place=place)
        elif now.window != rule.window and now.window.last is not None and now.window.last < day - timedelta(days=1):
            yield msg("rule {place} ends before the version that ends it was written", place=place)
    added = [each for each in new if not any(_same_rule(rule, each) for rule in old)]
    for rule in added:
        if rule.window.first < day:
            yield msg("a new rule begins before the version that makes it was written")
        strict = [each for each in old if _asks_for_signatures(each, rule) and _may_meet(each, rule)]
        if rule.unsigned_until is not None and strict:
            yield msg("a new rule allows records without signature where signatures were asked for")


def _same_rule(old: Rule, new: Rule) -> bool:
    same = replace(new, window=old.window, unsigned_until=old.unsigned_until) == old
    return same and _shorter(old.window, new.window) and _not_later(old.unsigned_until, new.unsigned_until)


def _not_later(old: date | None, new: date | None) -> bool:
    """A pilot may be cut short, never opened or made longer."""
    return new is None or (old is not None and new <= old)


def _asks_for_signatures(old: Rule, new: Rule) -> bool:
    return old.unsigned_until is None or (new.unsigned_until is not None and old.unsigned_until < new.unsigned_until)


def _may_meet(one: Rule, other: Rule) -> bool:
    return _globs_meet(one.kind, other.kind) and _globs_meet(one.scope, other.scope)


def _globs_meet(one: str, other: str) -> bool:
    """Can a name fit both? Compared by what stands before the first star: in doubt, yes."""
    if "*" not in one and "*" not in other:
        return one == other
    first, second = one.split("*", 1)[0], other.split("*", 1)[0]
    return first.startswith(second) or second.startswith(first)


def _twice(names: Sequence[str]) -> list[str]:
    return sorted({name for name in names if names.count(name) > 1})


def _say(code: Code, message: Message, path: str) -> Finding:
    return finding(code, message, Location(path))
