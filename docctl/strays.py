"""What lies where records are kept: the names that have a meaning there, and what has none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from docctl.approval import codes
from docctl.documents.loading import Documents
from docctl.documents.sorts import RECORDS
from docctl.finding import Finding, Location, finding
from docctl.message import msg
from docctl.store.snapshot import FOLDERS

POLICY = re.compile(r"policy/([0-9]{4})\.yaml")
POLICY_SIGNATURE = re.compile(r"(policy/[0-9]{4}\.yaml)\.[a-z0-9-]+\.sig")
ARCHIVED = re.compile(r"archive/([A-Z0-9][A-Z0-9.-]*)/([1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.yaml")
CHECKPOINT = re.compile(r"checkpoints/([0-9]{4,5})\.json")
NAMED = re.compile(r"[A-Z0-9][A-Z0-9.-]*")
"""What a document may be called."""

ASIDE = (".sig", ".p7s")
"""The ends of names of signatures beside what they sign."""

_ARCHIVED_FORM = re.compile(r"archive/forms/([0-9a-f]{64})(\.[A-Za-z0-9]+)?")
_PRIVATE = re.compile(rb"-----BEGIN (OPENSSH |RSA |EC |DSA |ENCRYPTED )?PRIVATE KEY-----")
_MOST_KEY_BYTES = 16 * 1024
_OF_GIT = (".gitkeep", ".gitignore", ".gitattributes")


def archived(paths: Iterable[str]) -> Mapping[str, Mapping[tuple[int, int], str]]:
    """By document, the path of each archived revision."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    for path in paths:
        matched = ARCHIVED.fullmatch(path)
        if matched:
            found.setdefault(matched[1], {})[int(matched[2]), int(matched[3])] = path
    return found


def is_private_key(data: bytes) -> bool:
    """Is a private key in it, as the usual programs write one?"""
    return _PRIVATE.search(data) is not None


def private_keys(documents: Documents, private: Callable[[str], bool], *, archived: bool = True) -> Iterator[Finding]:
    """DC422: keys that were never to be here, whatever they are called; ``archived``: also in texts of revisions."""
    for folder in FOLDERS:
        whole = folder in RECORDS
        paths = documents.all_paths(folder) if whole else documents.others(folder, _MOST_KEY_BYTES)
        yield from private_keys_in((path for path in paths if archived or not ARCHIVED.fullmatch(path)), private)


def private_keys_in(paths: Iterable[str], private: Callable[[str], bool]) -> Iterator[Finding]:
    """The same of some files."""
    for path in filter(private, paths):
        yield finding(codes.PRIVATE_KEY, msg("this file holds a private key"), Location(path))


def strays(documents: Documents, private: Callable[[str], bool]) -> Iterator[Finding]:
    """DC430: files of other names, and signatures of nothing; below approvals/ every file is judged as a record."""
    for folder in ("archive", "checkpoints", "policy"):
        paths = documents.all_paths(folder)
        there = frozenset(paths)
        for path in paths:
            if ARCHIVED.fullmatch(path):
                continue
            form = _ARCHIVED_FORM.fullmatch(path)
            if form is not None and documents.sha256(path) != form[1]:
                yield finding(codes.STRAY, msg("its sha256 is not the one that it is named after"), Location(path))
            known = form is not None or any(each.fullmatch(path) for each in (POLICY, CHECKPOINT))
            hidden = path.rsplit("/", 1)[-1] in _OF_GIT
            signed = _signed(path)
            if known or hidden or signed in there or private(path):
                continue
            stem = next((path.removesuffix(each) for each in ASIDE if path.endswith(each)), path)
            lost = msg("what this file signs is not here")
            other = msg("this is no record, policy, archived text or checkpoint")
            yield finding(codes.STRAY, other if stem in there else lost, Location(path))


def _signed(path: str) -> str | None:
    """What a signature is named after; None for what is called otherwise."""
    policy = POLICY_SIGNATURE.fullmatch(path)
    if policy is not None:
        return policy[1]
    return path.removesuffix(".sig") if path.startswith("checkpoints/") and path.endswith(".sig") else None
