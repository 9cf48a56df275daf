"""A snapshot: the files of a repository at one moment. Work tree, index or commit, nobody above knows which."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple, Protocol

from msgspec import Struct

from docctl.message import Message

FILES = ("adopted.yaml", "docctl.toml", "forms.yaml", "organisation.yaml", "terms.yaml")
FOLDERS = (
    "approvals", "archive", "calendar", "catalogue", "checkpoints", "documents", "forms", "legal", "policy",
    "procedures", "qms",
)  # fmt: skip
"""All that a repository may hold for docctl (docs/formats.md); everything else belongs to others."""


def belongs(path: str) -> bool:
    """Is a path below the root part of the repository's content?"""
    return path.split("/")[0] in (*FILES, *FOLDERS)  # a folder may stand where a file belongs


class Kind(Enum):
    """What stands at a path."""

    FILE = "file"
    SYMLINK = "symbolic link"
    SUBMODULE = "submodule"
    SPECIAL = "special file"
    UNREADABLE = "unreadable"
    CONFLICT = "unmerged"


class Entry(NamedTuple):
    """A path below the root, with ``/``, and what stands there. ``size`` in bytes and ``blob_id`` where known."""

    path: str
    kind: Kind
    size: int | None = None
    blob_id: str | None = None


class Content(Struct, frozen=True):
    """A file's bytes and the id Git gives them."""

    data: bytes
    blob_id: str


class Unreadable(Exception):
    """A file could not be read; ``reason`` says why. ``kind`` where it is no regular file."""

    def __init__(self, reason: Message, kind: Kind = Kind.UNREADABLE) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.kind = kind


class TooLarge(Exception):
    """A file has more bytes than asked for."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes")
        self.size = size


class Snapshot(Protocol):
    """Reading access to the files of FILES and FOLDERS at one moment."""

    def entries(self, folder: str) -> Sequence[Entry]:
        """Everything below a top folder, sorted by path; the folder itself where it is no folder."""
        ...

    def has_folder(self, path: str) -> bool:
        """Does a folder stand at a path?"""
        ...

    def opens(self, folder: str) -> bool:
        """Can a top folder be listed, or is there none?"""
        ...

    def entry(self, path: str) -> Entry | None:
        """What stands at a path; None where there is nothing."""
        ...

    def read(self, path: str, most: int) -> Content:
        """A file's content. Raises ``Unreadable``, ``TooLarge`` (more than ``most`` bytes)."""
        ...
