"""What the files that may be thrown away have in common: how they are opened and mended, which errors mean damage."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_AT_ONCE = 300
"""Milliseconds that nobody need be told about."""

ERRORS = (sqlite3.Error, UnicodeError)
"""What SQLite may raise; of a damaged file even the words of an error may be no text."""

_NOT_DAMAGED = ("BUSY", "LOCKED", "CANTOPEN", "READONLY", "FULL", "IOERR", "PERM", "NOMEM")


def connected(path: Path, wait: float) -> sqlite3.Connection:
    """A file of SQLite that may come from anybody: nothing that its own schema names is run.

    Another run that writes is waited for, so many seconds.
    """
    connection = sqlite3.connect(path, timeout=wait, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def worked(path: Path | None, most: int, wait: float, work: Callable[[sqlite3.Connection], T]) -> T:
    """What some work on a file gives; of damage it is made anew, larger than ``most`` bytes it is thrown away.

    Where there can be none, it is done in memory, for this question alone. ``wait`` as for ``connected``.
    """
    for again in (True, False):
        if path is None:
            break
        try:
            path.parent.mkdir(exist_ok=True)
            if path.exists() and path.stat().st_size > most:
                path.unlink()
            with contextlib.closing(connected(path, wait)) as connection:
                return work(connection)
        except OSError:
            break
        except ERRORS as error:
            if not again or not damaged(error):
                break
            with contextlib.suppress(OSError):
                path.unlink()
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        return work(connection)


def begin(connection: sqlite3.Connection, notice: Callable[[], None] | None) -> None:
    """Begins to write; where another run does, ``notice`` is called once, and then it is waited for."""
    wait = connection.execute("PRAGMA busy_timeout").fetchone()[0]
    try:
        connection.execute(f"PRAGMA busy_timeout = {min(wait, _AT_ONCE)}")
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if notice is None or not str(error.sqlite_errorname).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise
        notice()
        connection.execute(f"PRAGMA busy_timeout = {wait}")
        connection.execute("BEGIN IMMEDIATE")
    finally:
        connection.execute(f"PRAGMA busy_timeout = {wait}")


def damaged(error: Exception) -> bool:
    """Is the file no good, or is it only not to be had now: locked, read-only, on a full disk?"""
    name = str(getattr(error, "sqlite_errorname", "") or "")
    return name.partition("_")[2].split("_")[0] not in _NOT_DAMAGED
