"""Who may do what, since when: the policy of an agency, one version. Facts have days and are never deleted.

Days are both included; a day is that of ``signed_at`` at the policy's own offset (docs/approvals.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from msgspec import Struct

from docctl.model.citation import optional_date

KT, TL, TUQ, TM = "KT", "TL", "TUQ", "TM"
"""Signing for another one: 30/2020/NĐ-CP, Điều 13 khoản 1, 4, 3 and 2."""

COMPROMISED = "compromised"


class Window(Struct, frozen=True):
    """From a first to a last day, both included; no last day is open."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Window:
        return cls(date.fromisoformat(tree["from"]), optional_date(tree.get("until")))


class Key(Struct, frozen=True):
    """A public key in its days. ``revoked`` is the first day it no longer counts, and why.

    ``blob`` is the line of the key as ``ssh-keygen`` writes it, or ``x509`` and a certificate.
    """

    fingerprint: str
    blob: str
    window: Window
    revoked: tuple[date, str] | None

    @property
    def compromised(self) -> bool:
        """Did somebody else have it? Then nothing that it ever signed counts by itself."""
        return self.revoked is not None and self.revoked[1] == COMPROMISED

    def holds(self, day: date) -> bool:
        return self.window.holds(day) and (self.revoked is None or day < self.revoked[0])

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Key:
        revoked = tree.get("revoked")
        gone = None if revoked is None else (date.fromisoformat(revoked["at"]), revoked["reason"])
        return cls(tree["fp"], tree["blob"], Window.from_tree(tree), gone)


class Title(Struct, frozen=True):
    """What a person is called when signing, and of which unit."""

    title: str
    unit: str
    window: Window


class Holding(Struct, frozen=True):
    """A role that a person holds, for documents whose ids fit ``scope`` (``*`` stands for anything)."""

    role: str
    scope: str
    window: Window

    def covers(self, role: str, document: str, day: date) -> bool:
        return self.role == role and fnmatchcase(document, self.scope) and self.window.holds(day)


class Person(Struct, frozen=True):
    """One who signs. Persons are counted, never keys; a key belongs to one person."""

    id: str
    name: str
    titles: tuple[Title, ...]
    keys: tuple[Key, ...]
    roles: tuple[Holding, ...]

    def holds(self, role: str, document: str, day: date) -> bool:
        return any(each.covers(role, document, day) for each in self.roles)

    def units(self, day: date) -> frozenset[str]:
        """The units of the person's titles on a day."""
        return frozenset(each.unit for each in self.titles if each.window.holds(day))

    def key(self, fingerprint: str) -> Key | None:
        return next((each for each in self.keys if each.fingerprint == fingerprint), None)

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Person:
        return cls(
            id=tree["id"],
            name=tree["name"],
            titles=tuple(Title(each["title"], each["unit"], Window.from_tree(each)) for each in tree["titles"]),
            keys=tuple(map(Key.from_tree, tree["keys"])),
            roles=tuple(
                Holding(each["role"], each.get("scope", "*"), Window.from_tree(each)) for each in tree["roles"]
            ),
        )


class Delegation(Struct, frozen=True):
    """``giver`` lets ``taker`` sign in a role: KT, TL or TUQ, on a written basis (30/2020/NĐ-CP, Điều 13)."""

    id: str
    giver: str
    taker: str
    mode: str
    holding: Holding
    basis: str

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Delegation:
        window = Window(date.fromisoformat(tree["from_date"]), optional_date(tree.get("until")))
        holding = Holding(tree["role"], tree.get("scope", "*"), window)
        return cls(tree["id"], tree["from"], tree["to"], tree["mode"], holding, tree["basis"])


class Requirement(Struct, frozen=True):
    """So many persons in one of the roles must have signed a meaning, none of whom has signed ``not_same_as``."""

    meaning: str
    roles: tuple[str, ...]
    count: int
    not_same_as: tuple[str, ...]

    def allows(self, role: str) -> bool:
        return any(fnmatchcase(role, each) for each in self.roles)


class Rule(Struct, frozen=True):
    """What a kind of documents needs to be approved, in its days. Several rules of a day must all be met."""

    kind: str
    scope: str
    window: Window
    requirements: tuple[Requirement, ...]
    max_age_days: int
    unsigned_until: date | None

    def covers(self, kind: str, document: str, day: date) -> bool:
        return fnmatchcase(kind, self.kind) and fnmatchcase(document, self.scope) and self.window.holds(day)

    def requirement(self, meaning: str) -> Requirement | None:
        """What a meaning needs; issuing and withdrawing need what approving does where nothing else is said."""
        stands_for = {"issued": "approved", "withdrawn": "approved"}
        own = next((each for each in self.requirements if each.meaning == meaning), None)
        if own is None and meaning in stands_for:
            return next((each for each in self.requirements if each.meaning == stands_for[meaning]), None)
        return own

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Rule:
        return cls(
            kind=tree["kind"],
            scope=tree.get("scope", "*"),
            window=Window.from_tree(tree),
            requirements=tuple(
                Requirement(each["meaning"], tuple(each["roles"]), each["n"], tuple(each.get("not_same_as", ())))
                for each in tree["require"]
            ),
            max_age_days=tree.get("max_age_days", 30),
            unsigned_until=optional_date(tree.get("unsigned_until")),
        )


class Policy(Struct, frozen=True):
    """One version. ``previous`` is the SHA-256 of the file before; ``kept`` those of records kept in spite of all.

    ``adopted`` closes adopted.yaml: how many of its first entries count, and their content digest.
    """

    version: int
    previous: str | None
    created_at: str
    repository: str
    utc_offset: str
    root: tuple[str, ...]
    threshold: int
    people: tuple[Person, ...]
    delegations: tuple[Delegation, ...]
    rules: tuple[Rule, ...]
    kept: frozenset[str]
    x509_roots: tuple[str, ...]
    adopted: tuple[int, str] | None = None

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Policy:
        adopted = tree.get("adopted")
        return cls(
            version=tree["version"],
            previous=tree["previous"],
            created_at=tree["created_at"],
            repository=tree["repository"],
            utc_offset=tree.get("utc_offset", "+07:00"),
            root=tuple(tree["root"]["principals"]),
            threshold=tree["root"]["threshold"],
            people=tuple(map(Person.from_tree, tree["principals"])),
            delegations=tuple(map(Delegation.from_tree, tree.get("delegations", ()))),
            rules=tuple(map(Rule.from_tree, tree["rules"])),
            kept=frozenset(tree.get("kept", ())),
            x509_roots=tuple(tree.get("x509_roots", ())),
            adopted=None if adopted is None else (adopted["entries"], adopted["digest"]),
        )

    def person(self, person_id: str) -> Person | None:
        return next((each for each in self.people if each.id == person_id), None)

    def owner_of(self, fingerprint: str) -> Person | None:
        """The person a key belongs to."""
        return next((each for each in self.people if each.key(fingerprint) is not None), None)

    def delegation(self, delegation_id: str) -> Delegation | None:
        return next((each for each in self.delegations if each.id == delegation_id), None)

    def rules_for(self, kind: str, document: str, day: date) -> tuple[Rule, ...]:
        """The rules that hold for a document on a day; without one, nothing can be approved."""
        return tuple(each for each in self.rules if each.covers(kind, document, day))

    def may(self, person: Person, role: str, delegation: Delegation | None, document: str, day: date) -> bool:
        """May a person act in a role: holding it, or by a delegation of one who may give it?"""
        if delegation is None:
            return person.holds(role, document, day)
        if delegation.taker != person.id or not delegation.holding.covers(role, document, day):
            return False
        giver = self.person(delegation.giver)
        if giver is None:
            return False
        if giver.holds(role, document, day):
            return True
        # TL may be passed on once, to the deputy of that unit as KT (khoản 4); TUQ never (khoản 3).
        return (
            delegation.mode == KT
            and bool(giver.units(day) & person.units(day))
            and any(each.mode == TL and self.may(giver, role, each, document, day) for each in self._to(giver))
        )

    def _to(self, person: Person) -> Iterator[Delegation]:
        return (each for each in self.delegations if each.taker == person.id)
