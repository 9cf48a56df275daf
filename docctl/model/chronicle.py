"""The history of a document: its revisions with their reasons and commits, and who wrote which part."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from docctl.model.procedure import Procedure
from docctl.model.standing import Revision


class Commit(Struct, frozen=True):
    """A commit that touched a file of a document: who made it, and when, is what Git was told, and proves nothing.

    ``at`` is the time at the agency's offset, None where the commit names none that a calendar has.
    """

    id: str
    at: datetime | None
    author: str
    subject: str
    paths: tuple[str, ...]


class Entry(Struct, frozen=True):
    """A revision, its text where it is held, and the commit that brought it; None where Git does not tell."""

    revision: Revision
    text: Procedure | None
    commit: Commit | None


class Log(Struct, frozen=True):
    """The revisions of a document, and all commits that touched its file, archive or records; the newest first.

    ``commits`` is None where there is no Git repository, or no commit yet.
    """

    document: str
    title: str | None
    entries: tuple[Entry, ...]
    commits: tuple[Commit, ...] | None


class Blamed(Struct, frozen=True):
    """An element, or a field of the document itself, and the revision whose text first had it as it is now.

    ``name`` is what the element is called; ``certain`` is False where an older text that would tell is not held.
    """

    element: str
    name: str | None
    entry: Entry
    certain: bool
