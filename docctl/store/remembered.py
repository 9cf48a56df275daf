"""What was verified before, by the bytes that were verified: a disposable file of the user, in no repository.

A repository, its Git directory included, comes from others; what they wrote there may prove nothing. The file is
safe for parallel runs and bounded; damaged, writable for others or not to be opened, it is as if it were empty.
It holds no verdict: only that some bytes are well-formed and by which key they were signed, which never changes.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections.abc import Callable
from pathlib import Path

NAME = "verified-1.sqlite3"
MOST = 500_000


class Remembered:
    """Digest of what was verified to the fingerprint of the key. ``save`` writes what was added."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._known: dict[str, str] = {}
        self._new: dict[str, str] = {}
        self._do(
            lambda connection: self._known.update(connection.execute("SELECT digest, key FROM verified")), make=False
        )

    def get(self, digest: str) -> str | None:
        """The fingerprint, None where this was never verified."""
        return self._known.get(digest)

    def put(self, digest: str, fingerprint: str) -> None:
        self._new[digest] = fingerprint

    def save(self) -> None:
        """Adds what is new; beyond the bound everything else is dropped."""
        if self._new:
            self._do(self._write, make=True)

    def _write(self, connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE IF NOT EXISTS verified (digest TEXT PRIMARY KEY, key TEXT NOT NULL)")
        if len(self._known) + len(self._new) > MOST:
            connection.execute("DELETE FROM verified")
        connection.executemany("INSERT OR REPLACE INTO verified VALUES (?, ?)", sorted(self._new.items()))

    def _do(self, work: Callable[[sqlite3.Connection], object], *, make: bool) -> None:
        """Works on the file; one that is no database is thrown away, one that is busy or not ours is left alone."""
        try:
            if make:
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            ours = _own(self.path.parent.parent, stat.S_ISDIR) and _own(self.path.parent, stat.S_ISDIR)
            there = self.path.is_symlink() or self.path.exists()
            if not ours or (there and not _own(self.path, stat.S_ISREG)) or not (there or make):
                return
            with contextlib.closing(sqlite3.connect(self.path, timeout=5)) as connection, connection:
                work(connection)
        except (OSError, sqlite3.OperationalError):
            return
        except (sqlite3.DatabaseError, UnicodeError, TypeError, ValueError):
            self._known = {}
            with contextlib.suppress(OSError):
                self.path.unlink()


def _own(path: Path, is_kind: Callable[[int], bool]) -> bool:
    """Is it there, no link, the user's own, and writable for nobody else?"""
    found = path.lstat()
    mine = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    return is_kind(found.st_mode) and mine and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
