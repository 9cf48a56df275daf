"""People with keys, a signed policy and records, for tests. Keys come from a seed, so the bytes are always the same.

Signatures are made here by a writer of the format of our own; ``test_sshsig.py`` compares it with ssh-keygen.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec.structs import replace

import docctl
from docctl.approval.payload import file_name, payload, with_statement
from docctl.model.record import Assurance, Record, Signer, fields_of
from docctl.schema import schema_reference

VIETNAM = timezone(timedelta(hours=7))
RECORD, POLICY, ACK = "docctl-record-v1", "docctl-policy-v1", "docctl-ack-v1"
FIRST = "2018-01-01"
NAMES = {"an": "Người ký A", "binh": "Người ký B", "cuong": "Người ký C", "dung": "Người ký D"}
TITLES = {"an": "Chủ tịch", "binh": "Phó Chủ tịch", "cuong": "Công chức", "dung": "Văn thư"}
UNIT = "UBND phường"
INIT_ROLES = {"lead": "lanh-dao", "review": "cc-chuyen-mon", "work": "cc-mot-cua", "desk": "cc-chuyen-mon"}
"""The roles of a repository as ``docctl init`` makes it."""

Tree = dict[str, Any]


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


@dataclass(frozen=True)
class Key:
    """An ed25519 key made from a seed."""

    seed: str

    @property
    def private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(self.seed.encode()).digest())

    @property
    def blob(self) -> bytes:
        return _string(b"ssh-ed25519") + _string(self.private.public_key().public_bytes_raw())

    @property
    def line(self) -> str:
        return "ssh-ed25519 " + base64.b64encode(self.blob).decode()

    @property
    def fingerprint(self) -> str:
        return "SHA256:" + base64.b64encode(hashlib.sha256(self.blob).digest()).decode().rstrip("=")

    def sign(self, message: bytes, namespace: str) -> bytes:
        """An armored signature, as ``ssh-keygen -Y sign`` writes it."""
        head = _string(namespace.encode()) + _string(b"") + _string(b"sha512")
        made = self.private.sign(b"SSHSIG" + head + _string(hashlib.sha512(message).digest()))
        signature = _string(_string(b"ssh-ed25519") + _string(made))
        blob = b"SSHSIG" + (1).to_bytes(4, "big") + _string(self.blob) + head + signature
        text = base64.b64encode(blob).decode()
        lines = [text[start : start + 70] for start in range(0, len(text), 70)]
        return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]).encode()


def person(name: str, *roles: str, key: Key | None = None, **window: Any) -> Tree:
    """A person of a policy with one key and some roles, all of them since 2018."""
    made = key or Key(name)
    return {
        "id": name,
        "name": NAMES.get(name, name),
        "titles": [{"title": TITLES.get(name, "Công chức"), "unit": UNIT, "from": FIRST}],
        "keys": [{"fp": made.fingerprint, "blob": made.line, "from": FIRST, **window}],
        "roles": [{"role": role, "from": FIRST} for role in roles],
    }


def rule(**changes: Any) -> Tree:
    """The usual rule: three different persons, ``dung`` issues."""
    return {
        "kind": "procedure",
        "from": FIRST,
        "require": [
            {"meaning": "prepared", "roles": ["*"], "n": 1},
            {"meaning": "reviewed", "roles": ["review", "lead"], "n": 1, "not_same_as": ["prepared"]},
            {"meaning": "approved", "roles": ["lead"], "n": 1, "not_same_as": ["prepared", "reviewed"]},
            {"meaning": "issued", "roles": ["desk", "lead"], "n": 1},
            {"meaning": "withdrawn", "roles": ["lead"], "n": 1},
            {"meaning": "legal-review", "roles": ["*"], "n": 1},
            {"meaning": "periodic-review", "roles": ["*"], "n": 1},
            {"meaning": "acknowledged", "roles": ["*"], "n": 1},
        ],
        **changes,
    }


def policy(repository: str, people: Sequence[Tree], **changes: Any) -> Tree:
    """Version 1; ``an`` alone signs the policy."""
    return {
        "format": "docctl/policy/v1",
        "version": 1,
        "previous": None,
        "created_at": "2025-02-01T08:00:00+07:00",
        "repository": repository,
        "root": {"principals": ["an"], "threshold": 1},
        "principals": [*people],
        "rules": [rule()],
        **changes,
    }


def as_bytes(tree: Tree) -> bytes:
    """A policy as bytes: JSON, which is YAML too."""
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class Office:
    """A repository's folder in which people sign. ``roles`` names those of its organisation by their part."""

    root: Path
    roles: Mapping[str, str]
    keys: dict[str, Key] = field(default_factory=dict)

    def key(self, name: str) -> Key:
        return self.keys.setdefault(name, Key(name))

    # -- policy ------------------------------------------------------------------------------------

    def named(self, tree: Any) -> Any:
        """The parts ``lead``, ``review``, ``desk``, ``work`` replaced by roles of the organisation."""
        if isinstance(tree, dict):
            return {key: self.named(value) for key, value in tree.items()}
        if isinstance(tree, list):
            named = [self.named(each) for each in tree]
            return [each for place, each in enumerate(named) if each not in named[:place]]
        return self.roles.get(tree, tree) if isinstance(tree, str) else tree

    def people(self) -> list[Tree]:
        return [
            person("an", "lead", key=self.key("an")), person("binh", "review", key=self.key("binh")),
            person("cuong", "work", key=self.key("cuong")), person("dung", "desk", key=self.key("dung")),
        ]  # fmt: skip

    def first_policy(self, **changes: Any) -> Tree:
        """Version 1, written and signed by ``an``."""
        config = docctl.open(self.root).config
        tree: Tree = self.named(policy(config.agency_id, changes.pop("people", None) or self.people(), **changes))
        self.write_policy(tree)
        return tree

    def write_policy(self, tree: Tree, *signers: str, data: bytes | None = None) -> bytes:
        """A version of the policy with the signatures of some persons (default: ``an``)."""
        raw = as_bytes(tree) if data is None else data
        path = f"policy/{tree['version']:04}.yaml"
        self.put(path, raw)
        for name in signers or ("an",):
            self.put(f"{path}.{name}.sig", self.key(name).sign(raw, POLICY))
        return raw

    def next_policy(self, change: Callable[[Tree], None], *signers: str, at: str = "2026-01-05T08:00:00+07:00") -> Tree:
        """The version after the last one, changed and signed."""
        last = sorted((self.root / "policy").glob("[0-9]*.yaml"))[-1]
        tree: Tree = json.loads(last.read_bytes())
        tree |= {"version": tree["version"] + 1, "previous": sha256(last.read_bytes()), "created_at": at}
        change(tree)
        tree = self.named(tree)
        self.write_policy(tree, *signers)
        return tree

    @property
    def pin(self) -> str:
        return sha256((self.root / "policy/0001.yaml").read_bytes())

    # -- records -----------------------------------------------------------------------------------

    def record(self, document: str, meaning: str, signer: str, at: str = "2025-03-01", **changes: Any) -> Record:
        """What a person would sign about the present text; ``changes`` replace fields of the record."""
        found = docctl.open(self.root).procedure(document)
        last = sorted((self.root / "policy").glob("[0-9]*.yaml"))[-1]
        moment = datetime.fromisoformat(at if "T" in at else f"{at}T09:00:00+07:00")
        part = {"an": "lead", "binh": "review", "cuong": "work", "dung": "desk"}.get(signer, "work")
        made = Record(
            repository=docctl.open(self.root).config.agency_id,
            kind="procedure",
            document=document,
            issue=found.body.issue,
            revision=found.body.revision,
            digest=found.digest(),
            schema=schema_reference("procedure"),
            previous=self.previous(document, found.body.issue, found.body.revision, moment.date()),
            signer=Signer(signer, NAMES.get(signer, signer), TITLES.get(signer, "Công chức"), UNIT),
            role=self.roles.get(part, part),
            acting=("none", None),
            meaning=meaning,
            decision="confirm" if meaning == "periodic-review" else "accept",
            reason="Lý do" if meaning == "withdrawn" else None,
            policy=(json.loads(last.read_bytes())["version"], sha256(last.read_bytes())),
            signed_at=moment,
            statement="",
        )
        if "shared_forms" in fields_of(meaning):
            made = replace(
                made,
                shared_forms=docctl.open(self.root)
                .trust(moment.date())
                .documents.shared_forms(found.body.used_forms()),
            )
        if meaning in ("issued", "withdrawn"):
            made = replace(made, effective_from=moment.date())
        if meaning == "issued":
            made = replace(made, archive_sha256=sha256((self.root / found.path).read_bytes()))
        return with_statement(replace(made, **changes))

    def previous(self, document: str, issue: int, revision: int, day: date) -> tuple[int, int, str] | None:
        """The revision that was issued before a number, as far as the records tell on a day."""
        standings = docctl.open(self.root).trust(day).standings
        before = [] if document not in standings else standings[document].revisions
        issued = [each for each in before if each.issued and each.order < (issue, revision)]
        return (issued[-1].issue, issued[-1].revision, issued[-1].digest) if issued else None

    def sign(
        self, document: str, meaning: str, signer: str, at: str = "2025-03-01", *, by: str | None = None,
        namespace: str | None = None, signed: bool = True, **changes: Any,
    ) -> str:  # fmt: skip
        """Writes a record with its signature (by the key of ``by``, else of the signer). Gives its path."""
        record = self.record(document, meaning, signer, at, **changes)
        data = payload(record)
        path = file_name(record, data)
        self.put(path, data)
        if signed:
            space = namespace or (ACK if meaning == "acknowledged" else RECORD)
            self.put(path + ".sig", self.key(by or signer).sign(data, space))
        return path

    def approve(self, document: str, at: str = "2025-03-01", *, signed: bool = True, **changes: Any) -> list[str]:
        """Prepared by ``cuong``, reviewed by ``binh``, approved by ``an``."""
        parts = (("prepared", "cuong"), ("reviewed", "binh"), ("approved", "an"))
        return [self.sign(document, meaning, name, at, signed=signed, **changes) for meaning, name in parts]

    def issue(self, document: str, at: str = "2025-03-01", *, signed: bool = True, **changes: Any) -> str:
        """Approved by all, kept in the archive, issued by ``dung`` from the same day."""
        self.approve(document, at, signed=signed, **{key: value for key, value in changes.items() if key == "previous"})
        self.archive(document)
        return self.sign(document, "issued", "dung", at, signed=signed, **changes)

    def archive(self, document: str) -> str:
        body = docctl.open(self.root).procedure(document).body
        path = f"archive/{document}/{body.number}.yaml"
        self.put(path, (self.root / f"procedures/{document}.yaml").read_bytes())
        for form in body.forms:
            if form.file is not None:
                kept = f"archive/forms/{form.sha256}{Path(form.file).suffix}"
                self.put(kept, (self.root / form.file).read_bytes())
        return path

    # -- files -------------------------------------------------------------------------------------

    def put(self, path: str, data: bytes) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        return target

    def read(self, path: str) -> bytes:
        return (self.root / path).read_bytes()

    def edit(self, document: str, old: str, new: str) -> None:
        """A change of a procedure's text, once."""
        target = self.root / f"procedures/{document}.yaml"
        text = target.read_text(encoding="utf-8")
        assert old in text
        target.write_text(text.replace(old, new, 1), encoding="utf-8")

    def revise(self, document: str, number: str, reason: str = "improvement") -> None:
        """The next number, with a reason, and some change of the text."""
        target = self.root / f"procedures/{document}.yaml"
        lines = []
        issue, revision = number.split(".")
        for line in target.read_text(encoding="utf-8").splitlines():
            if line.startswith("issue:"):
                line = f"issue: {issue}"
            elif line.startswith("revision:"):
                line = f"revision: {revision}"
            elif line.startswith("change:"):
                line = f"change: {{ reason: {reason}, summary: Bản {number} }}"
            lines.append(line)
        target.write_text("\n".join(lines) + "\n", encoding="utf-8")


__all__ = [
    "ACK",
    "POLICY",
    "RECORD",
    "VIETNAM",
    "Assurance",
    "Key",
    "Office",
    "as_bytes",
    "person",
    "policy",
    "rule",
    "sha256",
]
