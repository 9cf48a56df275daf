"""Checkpoints: numbered, chained, signed registers of every record there was. Only they show a roll-back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, cast

from msgspec import Struct

from docctl.approval import codes
from docctl.approval.chain import Chain, CheckSignature, Link
from docctl.approval.payload import NAMESPACE, sha256
from docctl.approval.sshsig import BadSignature
from docctl.finding import Finding, Location, finding
from docctl.message import Message, msg
from docctl.model.policy import Policy
from docctl.schema import is_valid
from docctl.text import strict_json
from docctl.text.canonical import canonical
from docctl.text.tree import Value

MOST_MISSING = 20
ADOPTED = "adopted.yaml"


class CheckpointFile(Struct, frozen=True):
    """A checkpoint as it lies there, and the ``.sig`` beside it, empty where there is none."""

    path: str
    data: bytes
    signature: bytes


class Checkpoint(Struct, frozen=True):
    """One that counts. ``files`` are path and sha256 of what there was."""

    number: int
    sha256: str
    path: str
    signer: str
    policy_version: int
    files: tuple[tuple[str, str], ...]


class Held(Struct, frozen=True):
    """What there is: path and sha256 of each file, and the revisions in force with number and digest."""

    files: Sequence[tuple[str, str]]
    in_force: Sequence[tuple[str, tuple[int, int], str]]


def payload(link: Link, before: Checkpoint | None, held: Held, signer: str, moment: datetime) -> bytes:
    """The bytes of the next checkpoint, to be signed by a person of the root group."""
    value: dict[str, Value] = {
        "format": "docctl/checkpoint/v1",
        "number": 1 if before is None else before.number + 1,
        "previous": None if before is None else before.sha256,
        "repository": link.policy.repository,
        "created_at": moment.isoformat(),
        "policy": {"version": link.policy.version, "sha256": link.sha256},
        "files": [{"path": path, "sha256": digest} for path, digest in sorted(held.files)],
        "documents": [
            {"document": document, "issue": order[0], "revision": order[1], "digest": digest}
            for document, order, digest in sorted(held.in_force)
        ],
        "signer": signer,
    }
    return canonical(value)


class Checkpoints(Struct, frozen=True):
    """Those that count, from the first, and what is wrong."""

    links: tuple[Checkpoint, ...]
    findings: tuple[Finding, ...]

    @property
    def last(self) -> Checkpoint | None:
        return self.links[-1] if self.links else None


def checkpoints(
    files: Sequence[CheckpointFile], chain: Chain, check_signature: CheckSignature, held: Callable[[str], str | None]
) -> Checkpoints:
    """``files`` in order; ``held`` gives the sha256 of a file of the snapshot, None where it is not there."""
    links: list[Checkpoint] = []
    for number, file in enumerate(files, 1):
        read = _read(file, number, links[-1] if links else None, chain, check_signature)
        if isinstance(read, Message):
            behind = msg("it stands behind one that does not count, so nothing is read of it")
            broken = [finding(codes.CHECKPOINT_BROKEN, read, Location(file.path))]
            broken += [finding(codes.CHECKPOINT_BROKEN, behind, Location(each.path)) for each in files[number:]]
            return Checkpoints(tuple(links), (*broken, *_gone(links, chain, held)))
        links.append(read)
    return Checkpoints(tuple(links), tuple(_gone(links, chain, held)))


def _read(
    file: CheckpointFile, number: int, before: Checkpoint | None, chain: Chain, check_signature: CheckSignature
) -> Checkpoint | Message:
    try:
        value = strict_json.read(file.data)
    except strict_json.NotCanonical as error:
        return error.reason
    if not isinstance(value, dict) or not is_valid(value, "checkpoint"):
        return msg("it does not fit the schema of checkpoints (docs/fields.md)")
    tree = cast("dict[str, Any]", value)
    if tree["number"] != number or file.path != f"checkpoints/{number:04}.json":
        return msg("it has the number {found}; here only {number} can follow", found=tree["number"], number=number)
    if tree["previous"] != (None if before is None else before.sha256):
        return msg("previous is not the sha256 of the checkpoint before")
    if before is not None and tree["policy"]["version"] < before.policy_version:
        return msg("it names an older version of the policy than the checkpoint before")
    policy = chain.policy
    if policy is None:
        return msg("no version of the policy counts, so nobody may sign")
    version = tree["policy"]["version"]
    if version <= len(chain.links) and chain.links[version - 1].sha256 != tree["policy"]["sha256"]:
        return msg("it names another version {version} of the policy", version=version)
    if tree["repository"] != policy.repository:
        return msg("it is that of the repository {name}", name=tree["repository"])
    refused = _signed(file, tree["signer"], tree["created_at"], policy, check_signature)
    if refused is not None:
        return refused
    files = tuple((each["path"], each["sha256"]) for each in tree["files"])
    return Checkpoint(number, sha256(file.data), file.path, tree["signer"], tree["policy"]["version"], files)


def _signed(
    file: CheckpointFile, signer: str, moment: str, policy: Policy, check_signature: CheckSignature
) -> Message | None:
    """By a person of the root group, with a key that counted on the day; else why not."""
    try:
        day: date = datetime.fromisoformat(moment).date()
        key = check_signature(file.signature, file.data, NAMESPACE)
    except BadSignature as error:
        return error.reason
    except ValueError:
        return msg("a date in it is not in the calendar")
    person = policy.person(signer)
    known = None if person is None else person.key(key.fingerprint)
    kept = known is not None and sha256(file.data) in policy.kept and known.window.holds(day)
    good = known is not None and not known.compromised and known.holds(day)
    if signer not in policy.root or not (good or kept):
        return msg("{id} is not of the root group, or the key did not count on that day", id=signer)
    return None


def _gone(links: Sequence[Checkpoint], chain: Chain, held: Callable[[str], str | None]) -> Iterator[Finding]:
    """What the last checkpoint that counts names and the snapshot has no longer, or not as it was."""
    if not links:
        return
    last = links[-1]
    names: dict[str, int | str] = {"number": last.number}
    if last.policy_version > len(chain.links):
        message = msg("checkpoint {number} knew version {version} of the policy", **names, version=last.policy_version)
        yield finding(codes.ROLLED_BACK, message, Location(last.path))
    found = [(path, held(path)) for path, digest in last.files if held(path) != digest]
    closed = chain.policy is not None and chain.policy.adopted is not None
    if not closed and held(ADOPTED) is not None and ADOPTED not in dict(last.files):
        message = msg("{path} came after checkpoint {number}; nothing is adopted any more", path=ADOPTED, **names)
        yield finding(codes.ROLLED_BACK, message, Location(ADOPTED))
    for path, now in found[:MOST_MISSING]:
        if now is None:
            message = msg("{path} is gone; checkpoint {number} names it", path=path, **names)
        else:
            message = msg("{path} is not what it was in checkpoint {number}", path=path, **names)
        yield finding(codes.ROLLED_BACK, message, Location(last.path))
    if len(found) > MOST_MISSING:
        more = msg("more of the same follow ({count} are shown)", count=MOST_MISSING)
        yield finding(codes.ROLLED_BACK, more, Location(last.path))
