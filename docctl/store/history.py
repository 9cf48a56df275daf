"""Which commit touched which file: an index of the commits, made once and extended by the new ones only.

It lies in the Git directory, outside of the tree; it is disposable, safe for parallel runs, and made anew where it is
damaged. No approval rests on it: commits are shown to people, records are evidence.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from docctl.store.disposable import begin, worked
from docctl.store.git import GitReader
from docctl.store.snapshot import belongs

NAME = "history-2"
MOST_BYTES = 1 << 30
_WAIT = 60
_BATCH = 20_000
_TABLES = """
CREATE TABLE IF NOT EXISTS commits (
  n INTEGER PRIMARY KEY, id BLOB UNIQUE NOT NULL, time INTEGER, author TEXT NOT NULL, subject TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS touched (
  path TEXT NOT NULL, n INTEGER NOT NULL, blob BLOB, PRIMARY KEY (path, n)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS tips (id BLOB PRIMARY KEY);
"""
_SELECT = """
SELECT n, path, id, time, author, subject, blob FROM touched JOIN commits USING (n) WHERE path >= ? AND path < ?
"""
_FORMAT = "--format=%x01%H%x00%at%x00%an%x00%s%x00"
_HEAD = 5
_LATEST = 253_402_214_400
"""The last day of the year 9999."""

_Rows = Sequence[tuple[str | bytes | int | None, ...]]


class Touch(Struct, frozen=True):
    """A commit that changed a file: seconds since 1970 of its author, None where it names no time of a calendar.

    ``blob`` is None where the file went away.
    """

    commit: str
    time: int | None
    author: str
    subject: str
    path: str
    blob: str | None


class HistoryIndex:
    """The commits below a repository's root. ``prefix`` leads from the top of the work tree to it, with ``/``.

    ``notice`` is called where another run has to be waited for.
    """

    def __init__(self, reader: GitReader, prefix: str, notice: Callable[[], None] | None = None) -> None:
        self._notice = notice
        self._reader = reader
        self._prefix = prefix
        own = hashlib.sha256(prefix.encode("utf-8", "surrogateescape")).hexdigest()[:8]
        self.path = reader.directory.common / "docctl" / f"{NAME}-{own}.sqlite3"

    def touches(self, head: str, paths: Sequence[str], below: Sequence[str] = ()) -> Sequence[Touch]:
        """What the commits up to ``head``, a full id, did to some files and to all below some folders; newest first."""
        return worked(self.path, MOST_BYTES, _WAIT, lambda connection: self._touches(connection, head, paths, below))

    def _touches(
        self, connection: sqlite3.Connection, head: str, paths: Sequence[str], below: Sequence[str]
    ) -> Sequence[Touch]:
        connection.executescript(_TABLES)
        self._begun_anew(connection)
        others = self._extended(connection, bytes.fromhex(head))
        ranges = [(path, path + "\0") for path in paths] + [
            (f"{folder}/", f"{folder}0") for folder in below
        ]  # "0" follows "/"
        rows = {row for each in ranges for row in connection.execute(_SELECT, each)}
        found = [
            Touch(commit.hex(), time, author, subject, path, None if blob is None else blob.hex())
            for _, path, commit, time, author, subject, blob in sorted(rows, key=lambda row: (-row[0], row[1]))
        ]
        if not others or not found:
            return found
        reached = {*self._reader.run("rev-list", head).decode().split()}
        return [each for each in found if each.commit in reached]

    def _begun_anew(self, connection: sqlite3.Connection) -> None:
        """Forgets everything where other commits than before are cut off: a clone was made deeper, or less deep."""
        mark = zlib.crc32(self._reader.directory.shallow_ends) & 0x7FFFFFFF
        if connection.execute("PRAGMA user_version").fetchone()[0] != mark:
            begin(connection, self._notice)
            connection.execute("DELETE FROM commits")
            connection.execute("DELETE FROM touched")
            connection.execute("DELETE FROM tips")
            connection.execute(f"PRAGMA user_version = {mark}")
            connection.commit()

    def _extended(self, connection: sqlite3.Connection, head: bytes) -> Sequence[bytes]:
        """Adds the commits that are new up to a head; the heads of other branches that have been added before."""
        tips = [row[0] for row in connection.execute("SELECT id FROM tips")]
        if head not in tips:
            begin(connection, self._notice)  # one run at a time; another may have done it meanwhile
            tips = [row[0] for row in connection.execute("SELECT id FROM tips")]
            known = connection.execute("SELECT n FROM commits WHERE id = ?", (head,)).fetchone()
            if known is None:
                here = [tip.hex() for tip in tips if self._reader.has(tip.hex())]
                self._add(connection, head.hex(), here)
                under = [
                    tip
                    for tip in tips
                    if self._reader.has(tip.hex()) and self._reader.is_ancestor(tip.hex(), head.hex())
                ]
                connection.executemany("DELETE FROM tips WHERE id = ?", [(tip,) for tip in under])
                connection.execute("INSERT INTO tips VALUES (?)", (head,))
                tips = [tip for tip in tips if tip not in under] + [head]
            connection.commit()
        return [tip for tip in tips if tip != head]

    def _add(self, connection: sqlite3.Connection, head: str, tips: Sequence[str]) -> None:
        commits = self._reader.run("rev-list", "--topo-order", "--reverse", head, *(f"^{tip}" for tip in tips))
        where = ["--", self._prefix] if self._prefix else []
        output = self._reader.piped(
            commits, "diff-tree", "--stdin", "-r", "--root", "-z", "--raw", "--no-renames", "-c", "--always",
            "--no-ext-diff", "--no-textconv", "--encoding=UTF-8", _FORMAT, *where,
        )  # fmt: skip
        first = connection.execute("SELECT coalesce(max(n), -1) + 1 FROM commits").fetchone()[0]
        made: list[tuple[str | bytes | int | None, ...]] = []
        touched: list[tuple[str | bytes | int | None, ...]] = []
        for n, (named, files) in enumerate(_parsed(output), first):
            made.append((n, bytes.fromhex(named[0]), _seconds(named[1]), *named[2:4]))
            touched += [(path, n, blob) for path, blob in self._own(files)]
            if len(made) + len(touched) > _BATCH:
                _insert(connection, made, touched)
                made, touched = [], []
        _insert(connection, made, touched)

    def _own(self, files: Iterable[tuple[str, bytes | None]]) -> Iterator[tuple[str, bytes | None]]:
        for full, blob in files:
            path = full.removeprefix(self._prefix)
            if full.startswith(self._prefix) and belongs(path):
                yield path, blob


def _seconds(said: str) -> int | None:
    """Seconds since 1970; None where a commit names no time that a calendar has."""
    return int(said) if said.isascii() and said.isdecimal() and int(said) < _LATEST else None


def _insert(connection: sqlite3.Connection, commits: _Rows, touched: _Rows) -> None:
    connection.executemany("INSERT OR IGNORE INTO commits VALUES (?, ?, ?, ?, ?)", commits)
    connection.executemany("INSERT OR REPLACE INTO touched VALUES (?, ?, ?)", touched)


def _parsed(output: Iterable[bytes]) -> Iterator[tuple[list[str], list[tuple[str, bytes | None]]]]:
    """The heads of commits (id, time, author, subject) with the files that each changed, from pieces cut at NUL."""
    pieces = iter(output)
    head: list[str] = []
    files: list[tuple[str, bytes | None]] = []
    for piece in pieces:
        said = piece.lstrip(b"\n")
        if said.startswith(b":"):
            fields = said.split(b" ")
            blob = bytes.fromhex(fields[-2].decode())
            path = next(pieces).decode("utf-8", "backslashreplace")  # no such name is a document
            files.append((path, blob if any(blob) else None))
        elif said.startswith(b"\x01"):
            if head:
                yield head, files
            head = [text.decode("utf-8", "replace") for text in (said[1:], *(next(pieces) for _ in range(_HEAD - 2)))]
            files = []
    if head:
        yield head, files
