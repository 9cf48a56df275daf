"""What was verified before, by the bytes that were verified: a disposable file in the Git directory.

Outside the tree, safe for parallel runs, bounded; damaged or not writable, it is as if it were empty. It holds
no verdict: only that some bytes are well-formed and by which key they were signed, which never changes.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from docctl.store.gitdir import GitDirectory

NAME = "verified-1.sqlite3"
MOST = 500_000


class Remembered:
    """Digest of what was verified to the fingerprint of the key. ``save`` writes what was added."""

    def __init__(self, directory: GitDirectory) -> None:
        self.path: Path = directory.common / "docctl" / NAME
        self._known: dict[str, str] = {}
        self._new: dict[str, str] = {}
        if self.path.is_file() and not self.path.is_symlink():
            with self._open() as connection:
                self._known = dict(connection.execute("SELECT digest, key FROM verified"))

    def get(self, digest: str) -> str | None:
        """The fingerprint, None where this was never verified."""
        return self._known.get(digest)

    def put(self, digest: str, fingerprint: str) -> None:
        self._new[digest] = fingerprint

    def save(self) -> None:
        """Adds what is new; beyond the bound everything else is dropped."""
        if not self._new:
            return
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(exist_ok=True)
            with self._open() as connection:
                connection.execute("CREATE TABLE IF NOT EXISTS verified (digest TEXT PRIMARY KEY, key TEXT NOT NULL)")
                if len(self._known) + len(self._new) > MOST:
                    connection.execute("DELETE FROM verified")
                connection.executemany("INSERT OR REPLACE INTO verified VALUES (?, ?)", sorted(self._new.items()))

    @contextlib.contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """The file; one that is no database is thrown away, one that is busy or not ours is left alone."""
        try:
            with contextlib.closing(sqlite3.connect(self.path, timeout=5)) as connection, connection:
                yield connection
        except sqlite3.OperationalError:
            return
        except sqlite3.DatabaseError:
            with contextlib.suppress(OSError):
                self.path.unlink()
