"""What the files that may be thrown away have in common: which errors of SQLite mean that one is damaged."""

from __future__ import annotations

import sqlite3

ERRORS = (sqlite3.Error, UnicodeError)
"""What SQLite may raise; of a damaged file even the words of an error may be no text."""

_NOT_DAMAGED = ("BUSY", "LOCKED", "CANTOPEN", "READONLY", "FULL", "IOERR", "PERM", "NOMEM")


def damaged(error: Exception) -> bool:
    """Is the file no good, or is it only not to be had now: locked, read-only, on a full disk?"""
    name = str(getattr(error, "sqlite_errorname", "") or "")
    return name.partition("_")[2].split("_")[0] not in _NOT_DAMAGED
