"""What was worked out before and may be thrown away: values by keys that cover all they were made from.

One file in the Git directory, outside of the tree. Several runs may use it at once; what is damaged is never believed,
because every value carries a sum of its key and itself. Where there can be no file, nothing is remembered.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

from docctl.store.disposable import ERRORS, connected, damaged

NAME = "cache-1.sqlite3"
MOST_BYTES = 1 << 30
"""A larger file is thrown away as a whole and made anew."""

_WAIT = 1
_SUM = 8
_BATCH = 4000
_CODE = (".json", ".mo", ".py", ".pyd", ".so", ".txt", ".yaml")
_TABLE = "CREATE TABLE IF NOT EXISTS entry (key BLOB PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"


def fingerprint(packages: Iterable[Path]) -> bytes:
    """Changes with every file of code and data in some folders: what other code has made is not asked for."""
    found = []
    for folder, folders, files in (walked for package in packages for walked in os.walk(package)):
        folders.sort()
        for name in sorted(files):
            if name.endswith(_CODE):
                status = Path(folder, name).stat()
                found.append((folder, name, status.st_size, status.st_mtime_ns))
    return blake2b(repr(found).encode(), digest_size=_SUM).digest()


class Cache:
    """Bytes by keys. What is put waits for ``save``; nothing here ever fails, it only forgets.

    ``salt`` stands before every key: what was made by another version is not found.
    """

    def __init__(self, folder: Path | None, salt: bytes = b"") -> None:
        self.path = None if folder is None else folder / NAME
        self.salt = blake2b(salt, digest_size=_SUM).digest()
        self._new: dict[bytes, bytes] = {}
        self._last: dict[bytes, Callable[[], bytes]] = {}
        self._connection: sqlite3.Connection | None = None
        self._asked = False
        self._only: set[bytes] | None = None
        """What this run has written, where the file held nothing before: nothing else need be looked for."""

    def get(self, key: bytes) -> bytes | None:
        """The value of a key, or None."""
        waiting = self._new.get(key)
        if waiting is not None:
            return waiting
        connection = self._open()
        if connection is None or (self._only is not None and key not in self._only):
            return None
        try:
            row = connection.execute("SELECT value FROM entry WHERE key = ?", (self.salt + key,)).fetchone()
        except ERRORS as error:
            self._give_up(error)
            return None
        return None if row is None else _checked(self.salt + key, row[0])

    @property
    def empty(self) -> bool:
        """Was there nothing from another run?"""
        return self._open() is None or self._only is not None

    def below(self, start: bytes) -> Mapping[bytes, bytes]:
        """All values whose keys begin so."""
        connection = self._open()
        found: dict[bytes, bytes] = {}
        if connection is not None:
            first = self.salt + start
            size = len(self.salt)
            try:
                rows = connection.execute(
                    "SELECT key, value FROM entry WHERE key >= ? AND key < ?", (first, first + b"\xff" * 8)
                )
                for key, stored in rows:
                    value = _checked(key, stored)
                    if value is not None:
                        found[key[size:]] = value
            except ERRORS as error:
                self._give_up(error)
        return {**found, **{key: value for key, value in self._new.items() if key.startswith(start)}}

    def put(self, key: bytes, value: bytes) -> None:
        """Remembers a value."""
        if self.path is not None:
            self._new[key] = value
            if len(self._new) >= _BATCH:
                self.save()

    def put_at_last(self, key: bytes, value: Callable[[], bytes]) -> None:
        """Remembers a value that is asked for when the file is let go, and not to be had before."""
        if self.path is not None:
            self._last[key] = value

    def save(self) -> None:
        """Writes what was put, in one step; where another run writes for longer than a moment, it is forgotten."""
        waiting, self._new = self._new, {}
        connection = self._open() if waiting else None
        if connection is None:
            return
        rows = [(self.salt + key, _sum(self.salt + key + value) + value) for key, value in waiting.items()]
        try:
            with _transaction(connection):
                connection.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?)", rows)
        except ERRORS as error:
            self._give_up(error)
            return
        if self._only is not None:
            self._only.update(waiting)

    def close(self) -> None:
        """Writes what was put and lets the file go."""
        last, self._last = self._last, {}
        self._new |= {key: value() for key, value in last.items()}
        self.save()
        if self._connection is not None:
            self._connection.close()
        self._connection, self._asked, self._only = None, False, None

    # -- the file ------------------------------------------------------------------------------------

    def _open(self) -> sqlite3.Connection | None:
        if not self._asked and self.path is not None:
            self._asked = True
            try:
                self.path.parent.mkdir(exist_ok=True)
                if self.path.exists() and self.path.stat().st_size > MOST_BYTES:
                    self.path.unlink()
                connection = self._connected(self.path)
                self._connection = connection
                asked = "SELECT 1 FROM entry WHERE key >= ? AND key < ?"
                found = connection.execute(asked, (self.salt, self.salt + b"\xff" * 64)).fetchone()
                self._only = None if found else set()
            except OSError:
                self._connection = None
            except ERRORS as error:
                self._give_up(error)
        return self._connection

    @staticmethod
    def _connected(path: Path) -> sqlite3.Connection:
        connection = connected(path, _WAIT)
        connection.execute("PRAGMA synchronous = OFF")  # what a power cut leaves behind is told by its sums
        connection.execute(_TABLE)
        return connection

    def _give_up(self, error: Exception) -> None:
        """Goes on without; a damaged file is thrown away, so that the next run makes it anew."""
        if self._connection is not None:
            with contextlib.suppress(*ERRORS):
                self._connection.close()
        self._connection, self._new = None, {}
        if damaged(error):
            with contextlib.suppress(OSError):
                if self.path is not None:
                    self.path.unlink()


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with contextlib.suppress(*ERRORS):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _sum(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SUM).digest()


def _checked(key: bytes, stored: object) -> bytes | None:
    """The value without its sum; None where the two do not belong together."""
    if not isinstance(stored, bytes) or stored[:_SUM] != _sum(key + stored[_SUM:]):
        return None
    return stored[_SUM:]
