"""From a snapshot to what counts: policy chain, records, archive, checkpoints; each file once, when asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from functools import cached_property
from typing import cast

from msgspec import Struct
from msgspec.structs import replace

from docctl.approval import codes, sshsig
from docctl.approval.certificates import check_certificate
from docctl.approval.chain import Chain, CheckSignature, PolicyFile, chain
from docctl.approval.checkpoints import ADOPTED as ADOPTED_PATH
from docctl.approval.checkpoints import CheckpointFile, Checkpoints, checkpoints
from docctl.approval.judge import Judge, Memory, RecordFile, Refusal
from docctl.documents.loading import Documents
from docctl.documents.sorts import ADOPTED, PROCEDURE, RECORDS
from docctl.finding import Finding, Location, Severity, finding
from docctl.lifecycle.revisions import Current, History, standing
from docctl.message import msg
from docctl.model.adoption import Adoption
from docctl.model.policy import Policy
from docctl.model.procedure import Procedure
from docctl.model.record import KIND, Counted
from docctl.model.standing import Standing
from docctl.model.view import Document
from docctl.strays import (
    ASIDE,
    CHECKPOINT,
    NAMED,
    POLICY,
    POLICY_SIGNATURE,
    archived,
    is_private_key,
    private_keys,
    strays,
)
from docctl.text.canonical import digest
from docctl.text.tree import Value

MOST_RECORDS = 1000
"""In one folder; more are read all the same, so that nothing can be hidden behind them, and are an error."""


class Trust(Struct, frozen=True, dict=True):
    """The records of one snapshot at a date. ``now`` is the moment where a clock is at hand.

    ``pin`` is the sha256 of the first policy; ``base`` the chain of an earlier commit, by which everything is
    judged in its stead; ``checkpoint`` the number of the last one, as known elsewhere; ``memory`` what was
    verified before. ``apart``: what lies in texts of revisions is said elsewhere.
    """

    documents: Documents
    as_of: date
    now: datetime | None = None
    pin: str | None = None
    base: Chain | None = None
    checkpoint: int | None = None
    check_signature: CheckSignature = sshsig.verify
    memory: Memory | None = None
    apart: bool = False

    # -- policy ------------------------------------------------------------------------------------

    @cached_property
    def has_policy(self) -> bool:
        """Is there a version of a policy, whether it counts or not?"""
        return bool(self._policy_paths)

    @cached_property
    def own_chain(self) -> Chain:
        """The chain as this snapshot has it."""
        files = [self._policy_file(path) for path in self._policy_paths]
        unread = tuple(each for each in files if isinstance(each, Finding))
        return Chain((), unread) if unread else self.chain_of(self.policy_files)

    def chain_of(self, files: Sequence[PolicyFile]) -> Chain:
        """The chain that these files would make."""
        return chain(files, self.pin, self.check_signature, self.now)

    @property
    def _policy_paths(self) -> tuple[str, ...]:
        return tuple(path for path in self.documents.all_paths("policy") if POLICY.fullmatch(path))

    @cached_property
    def policy_files(self) -> tuple[PolicyFile, ...]:
        """The versions as they lie there, signed or not; those that cannot be read are left out."""
        files = map(self._policy_file, self._policy_paths)
        return tuple(each for each in files if isinstance(each, PolicyFile))

    @property
    def chain(self) -> Chain:
        """The chain that judges."""
        return self.own_chain if self.base is None else self.base

    @property
    def policy(self) -> Policy | None:
        return self.chain.policy

    def _policy_file(self, path: str) -> PolicyFile | Finding:
        data = self.documents.bytes_of(path)
        if isinstance(data, Finding):
            return data
        signatures = {}
        for name in self._policy_signatures.get(path, ()):
            read = self.documents.bytes_of(name)
            signatures[name] = read if isinstance(read, bytes) else b""
        return PolicyFile(path, data, signatures)

    @cached_property
    def _policy_signatures(self) -> Mapping[str, Sequence[str]]:
        """By the path of a version, those of its signatures."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in self.documents.all_paths("policy"):
            matched = POLICY_SIGNATURE.fullmatch(name)
            if matched:
                found[matched[1]].append(name)
        return found

    # -- records -----------------------------------------------------------------------------------

    @cached_property
    def _judged(self) -> tuple[tuple[Counted, ...], tuple[Refusal, ...], tuple[Finding, ...]]:
        """The records that count, those that the policy has made void, and why the others do not."""
        if self.policy is None:
            return (), (), tuple(self._nobody())
        judge = Judge(self.chain, self.as_of, self.now, self.check_signature, check_certificate, self.memory)
        counted: list[Counted] = []
        void: list[Refusal] = []
        findings: list[Finding] = []
        folders: dict[str, list[str]] = defaultdict(list)
        for path in self._record_paths:
            folders[path.rpartition("/")[0]].append(path)
        for folder, paths in sorted(folders.items()):
            if len(paths) > MOST_RECORDS:
                names = {"count": len(paths), "most": MOST_RECORDS}
                message = msg(
                    "there are {count} records in this folder; more than {most} are no office's work", **names
                )
                findings.append(finding(codes.TOO_MANY, message, Location(paths[0])))
            for path in paths:
                file = self._record_file(path)
                said = Refusal(file) if isinstance(file, Finding) else judge.judge(file)
                if isinstance(said, Refusal):
                    if said.void is not None:
                        void.append(said)
                    else:
                        findings += self._refused(path, said.finding)
                    continue
                counted.append(said)
                if said.folder != folder:
                    names_ = {"document": said.record.document, "number": said.record.number}
                    message = msg("this record is about {document} {number}", **names_)
                    findings.append(finding(codes.RECORD_ELSEWHERE, message, Location(path)))
        return tuple(counted), tuple(void), tuple(findings)

    def _void(self) -> Iterator[Finding]:
        """Records that the policy has made void: an error until what rested on them was signed anew."""
        for each in self._judged[1]:
            record = each.void
            if record is not None:
                standing = self.standings.get(record.document)
                settled = standing is None or standing.settles(record)
                yield replace(each.finding, severity=Severity.NOTE, fix=None) if settled else each.finding

    def _refused(self, path: str, said: Finding) -> Iterator[Finding]:
        """Why a file does not count; what is no record at all, and not called one, only lies about."""
        if self.holds_private_key(path):
            return  # that is said, and nothing else about it
        if said.code is not codes.RECORD_UNREADABLE or path.endswith(".json"):
            yield said
        elif path.endswith(ASIDE):
            yield finding(codes.STRAY, msg("what this file signs is not here"), Location(path))
        elif not (path.endswith(".tsr") and path.removesuffix(".tsr") in self._places):
            yield finding(codes.STRAY, msg("this is no record, policy, archived text or checkpoint"), Location(path))

    @cached_property
    def _record_paths(self) -> tuple[str, ...]:
        """Everything below approvals/ that is no signature: what a file is called proves nothing."""
        paths = self.documents.all_paths("approvals")
        return tuple(path for path in paths if not self._is_aside(path) and not self._is_empty(path))

    def _is_aside(self, path: str) -> bool:
        """Is it the signature of a file that is there? A record is one whatever it is called."""
        stem = next((path.removesuffix(each) for each in ASIDE if path.endswith(each)), None)
        if stem is None or not self.documents.holds(stem) or stem.endswith(ASIDE):
            return False
        data = self._signature(path) if self.documents.holds(path) else b""
        return isinstance(data, Finding) or not data.startswith(b"{")

    @cached_property
    def _signatures(self) -> dict[str, bytes | Finding]:
        return {}

    def _signature(self, path: str) -> bytes | Finding:
        """A file that looks like a signature, read once."""
        if path not in self._signatures:
            self._signatures[path] = self.documents.bytes_of(path)
        return self._signatures[path]

    def _is_empty(self, path: str) -> bool:
        """What only keeps a folder."""
        return path.endswith("/.gitkeep") and self.documents.bytes_of(path) == b""

    @cached_property
    def _places(self) -> frozenset[str]:
        """Every path below approvals/, and every folder above one."""
        found: set[str] = set()
        for path in self.documents.all_paths("approvals"):
            parts = path.split("/")
            found |= {"/".join(parts[:count]) for count in range(1, len(parts) + 1)}
        return frozenset(found)

    def _nobody(self) -> Iterator[Finding]:
        """Where no policy counts, no record does; that is said once."""
        paths = self._record_paths
        if paths:
            message = msg("no version of the policy counts, so none of the records does ({count})", count=len(paths))
            yield finding(codes.NOT_ALLOWED, message, Location(paths[0]))

    def _record_file(self, path: str) -> RecordFile | Finding:
        data = self.documents.bytes_of(path)
        if isinstance(data, Finding):
            return data
        aside: dict[str, bytes | None] = {}
        for ending in (".sig", ".p7s"):
            there = path + ending in self._places
            if there and not self.documents.holds(path + ending):
                message = msg("in the place of its signature stands something that is no file")
                return finding(codes.SIGNATURE_BAD, message, Location(path + ending))
            read = self._signature(path + ending) if there else None
            if isinstance(read, Finding):  # a signature that cannot be read is a bad one, never a missing one
                return finding(codes.SIGNATURE_BAD, read.message, Location(path + ending))
            aside[ending] = read
        return RecordFile(path, data, aside[".sig"], aside[".p7s"])

    @property
    def counted(self) -> tuple[Counted, ...]:
        """The records that count, in the order of their paths."""
        return self._judged[0]

    @cached_property
    def of(self) -> Mapping[str, tuple[Counted, ...]]:
        """The records that count, by document."""
        found: dict[str, list[Counted]] = defaultdict(list)
        for each in self.counted:
            found[each.record.document].append(each)
        return {document: tuple(records) for document, records in found.items()}

    # -- archive -----------------------------------------------------------------------------------

    @cached_property
    def archive(self) -> Mapping[str, Mapping[tuple[int, int], str]]:
        """By document, the path of each archived revision."""
        return archived(self.documents.all_paths("archive"))

    def _archive_of(self, document_id: str) -> Mapping[tuple[int, int], str]:
        """The same of one document, for which the others need not be listed."""
        if "archive" in vars(self) or not NAMED.fullmatch(document_id):
            return self.archive.get(document_id, {})
        return archived(self.documents.all_paths(f"archive/{document_id}")).get(document_id, {})

    def archived(self, path: str) -> Document[Procedure] | None:
        """An archived procedure; None where it cannot be read."""
        return self.documents.load(path, PROCEDURE).document

    # -- checkpoints -------------------------------------------------------------------------------

    @cached_property
    def checkpoints(self) -> Checkpoints:
        """The numbered registers that count, and what is missing of what they name."""
        files = []
        for path in filter(CHECKPOINT.fullmatch, self.documents.all_paths("checkpoints")):
            there = self.documents.snapshot.entry(path + ".sig") is not None
            read = (self.documents.bytes_of(path), self.documents.bytes_of(path + ".sig") if there else b"")
            files.append(CheckpointFile(path, *(each if isinstance(each, bytes) else b"" for each in read)))
        return checkpoints(files, self.chain, self.check_signature, self._held)

    @property
    def held_files(self) -> list[tuple[str, str]]:
        """Path and sha256 of every record, archived file and version of the policy, and of adopted.yaml."""
        paths = [path for folder in RECORDS if folder != "checkpoints" for path in self.documents.all_paths(folder)]
        paths += [ADOPTED_PATH] if self.documents.holds(ADOPTED_PATH) else []
        found = ((path, self.documents.sha256(path)) for path in paths)
        return [(path, digest) for path, digest in found if digest is not None and not path.endswith("/.gitkeep")]

    def _held(self, path: str) -> str | None:
        entry = self.documents.snapshot.entry(path)
        return None if entry is None else self.documents.sha256(path)

    # -- what there is to say ----------------------------------------------------------------------

    @cached_property
    def objections(self) -> tuple[Finding, ...]:
        """What of policy and records does not count, and why."""
        return (*self.own_chain.findings, *self._judged[2], *self._void())

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """What reading policy, records and checkpoints had to say."""
        about = (*self.objections, *self.checkpoints.findings)
        lying = private_keys(self.documents, self.holds_private_key, archived=not self.apart)
        return (*about, *self._too_few(), *lying, *strays(self.documents, self.holds_private_key))

    def _too_few(self) -> Iterator[Finding]:
        """Are there as many checkpoints as somebody outside remembers?"""
        last = self.checkpoints.last
        found = 0 if last is None else last.number
        if self.checkpoint is not None and found < self.checkpoint:
            message = msg("the last checkpoint here is {found}; {wanted} is known", found=found, wanted=self.checkpoint)
            yield finding(codes.ROLLED_BACK, message, Location("docctl.toml" if last is None else last.path))

    def holds_private_key(self, path: str) -> bool:
        """Is it a private key?"""
        read = self._signature if path.endswith(ASIDE) else self.documents.bytes_of
        data = read(path) if self.documents.holds(path) else None
        return isinstance(data, bytes) and is_private_key(data)

    # -- standings ---------------------------------------------------------------------------------

    @cached_property
    def adoptions(self) -> tuple[Adoption, ...]:
        """The entries of adopted.yaml; none where it cannot be read."""
        if self.documents.snapshot.entry(ADOPTED_PATH) is None:
            return ()
        document = self.documents.load(ADOPTED_PATH, ADOPTED).document
        if document is None:
            return ()
        closed = None if self.policy is None else self.policy.adopted
        if closed is None:
            return document.body
        return document.body[: closed[0]] if self.adopted_digest(closed[0]) == closed[1] else ()

    def adopted_digest(self, entries: int) -> str:
        """The content digest of the first entries of adopted.yaml, or of all where there are fewer."""
        there = self.documents.holds(ADOPTED_PATH)
        document = self.documents.load(ADOPTED_PATH, ADOPTED).document if there else None
        content = [] if document is None else cast("dict[str, list[Value]]", document.content)["adopted"]
        return digest(content[:entries])

    @cached_property
    def records_since(self) -> date | None:
        """The day of the first version of the policy: from then on records tell what is in force."""
        links = self.chain.links
        return datetime.fromisoformat(links[0].policy.created_at).date() if links else None

    def standing(self, document_id: str) -> Standing:
        """Where one document stands at the date."""
        return standing(self._history(document_id), self.policy, self.as_of)

    def _history(self, document_id: str) -> History:
        return History(
            document=document_id,
            kind=KIND,
            current=self._current(document_id),
            records=self.of.get(document_id, ()),
            adoptions=self.adopted.get(document_id, ()),
            archive=self._archive_of(document_id),
            records_since=self.records_since,
        )

    @cached_property
    def adopted(self) -> Mapping[str, Sequence[Adoption]]:
        """The entries of adopted.yaml, by document."""
        found: dict[str, list[Adoption]] = {}
        for each in self.adoptions:
            found.setdefault(each.document, []).append(each)
        return found

    def knows(self, document_id: str) -> bool:
        """Is there, or was there, such a document?"""
        return self.documents.has_document(f"procedures/{document_id}.yaml") or document_id in self.known

    @cached_property
    def known(self) -> AbstractSet[str]:
        """The documents that records, archive or adopted.yaml speak of."""
        return {*self.of, *self.archive, *self.adopted}

    @cached_property
    def standings(self) -> Mapping[str, Standing]:
        """Every document that there is, or was, by its id."""
        ids = {path.rsplit("/", 1)[-1].removesuffix(".yaml") for path in self.documents.paths("procedures")}
        return {each: self.standing(each) for each in sorted(ids | self.known)}

    def _current(self, document_id: str) -> Current | None:
        path = f"procedures/{document_id}.yaml"
        if not self.documents.has_document(path):
            return None
        card = self.documents.card(path)
        if card is None:
            return None
        return Current(
            (card.issue, card.revision), card.digest, self.documents.shared_forms(card.uses), card.title, path
        )
