"""What the files that may be thrown away have in common: how they are opened, and which errors mean damage."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

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
