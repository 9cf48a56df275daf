"""An index of words in the Git directory: which texts of which files hold all of some words. It may be thrown away.

A file's words are entered once, by the id of its content; what an index says is compared with the texts themselves
afterwards, so it may say too much, but never too little. Where there can be no file, one is made in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from docctl.store.disposable import begin, worked

NAME = "search-1.sqlite3"
MOST_BYTES = 1 << 30
_WAIT = 60
_TABLES = {
    "file": "(n INTEGER PRIMARY KEY, blob TEXT UNIQUE NOT NULL, texts INTEGER NOT NULL)",
    "part": "(n INTEGER PRIMARY KEY, file INTEGER NOT NULL, place INTEGER NOT NULL, head INTEGER, text TEXT NOT NULL)",
    "words": "USING fts5 (text, content='', columnsize=0, detail=full, tokenize=\"unicode61 remove_diacritics 0\")",
}

_SELECT = """
SELECT file.blob, part.place, part.head, part.text
FROM words JOIN part ON part.n = words.rowid JOIN file ON file.n = part.file WHERE words MATCH ?
"""

Text = tuple[str, str, bool]
"""A text of a file, its words without marks and capital letters, and whether it names the file."""


class Place(NamedTuple):
    """The text of a file in which all stands that was asked for: which one, whether it names the file, its words."""

    number: int
    head: bool
    text: str


class SearchIndex:
    """Words by file. ``folder`` is where the index lies, None for one in memory.

    ``made_by`` tells the code that makes it; what other code has made is thrown away. ``notice`` is called where
    another run has to be waited for.
    """

    def __init__(self, folder: Path | None, made_by: bytes = b"", notice: Callable[[], None] | None = None) -> None:
        self._notice = notice
        self.path = None if folder is None else folder / NAME
        self._version = int.from_bytes(made_by[:3], "big") + 1

    def find(
        self, phrases: Sequence[str], blobs: Iterable[str], read: Callable[[str], Sequence[Text] | None]
    ) -> Mapping[str, Sequence[Place]]:
        """By the ids of files, those of their texts in which all phrases stand; none of a file that has no texts.

        ``blobs`` are the files asked about; ``read`` gives the texts of one that is not in the index yet, None where it
        cannot be read now.
        A phrase that ends with ``*`` may go on.
        """
        wanted = [*dict.fromkeys(blobs)]
        return worked(self.path, MOST_BYTES, _WAIT, lambda connection: self._find(connection, phrases, wanted, read))

    def _find(
        self,
        connection: sqlite3.Connection,
        phrases: Sequence[str],
        blobs: Sequence[str],
        read: Callable[[str], Sequence[Text] | None],
    ) -> Mapping[str, Sequence[Place]]:
        connection.execute("BEGIN")  # another run may make the index anew meanwhile
        same = connection.execute("PRAGMA user_version").fetchone()[0] == self._version
        if not same or not {*blobs} <= _known(connection):
            connection.execute("ROLLBACK")
            begin(connection, self._notice)
            _complete(connection, blobs, self._version, read)
        found = _asked(connection, phrases, blobs)
        connection.execute("COMMIT")
        return found


def _complete(
    connection: sqlite3.Connection, blobs: Sequence[str], version: int, read: Callable[[str], Sequence[Text] | None]
) -> None:
    """Enters the files that are not in the index yet, all of them or none; a transaction has begun."""
    if connection.execute("PRAGMA user_version").fetchone()[0] != version:
        for table in _TABLES:
            connection.execute(f"DROP TABLE IF EXISTS {table}")
        for table, columns in _TABLES.items():
            kind = "VIRTUAL TABLE" if columns.startswith("USING") else "TABLE"
            connection.execute(f"CREATE {kind} {table} {columns}")
        connection.execute(f"PRAGMA user_version = {version}")
    known = _known(connection)
    for blob in blobs:
        texts = None if blob in known else read(blob)
        if texts is not None:
            _add(connection, blob, texts)


def _known(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT blob FROM file")}


def _asked(
    connection: sqlite3.Connection, phrases: Sequence[str], blobs: Sequence[str]
) -> Mapping[str, Sequence[Place]]:
    asked = " AND ".join(_quoted(each) for each in phrases)
    rows = connection.execute(_SELECT, (asked,))
    here = frozenset(blobs)
    empty = (row[0] for row in connection.execute("SELECT blob FROM file WHERE texts = 0"))
    found: dict[str, list[Place]] = {blob: [] for blob in empty if blob in here}
    for blob, place, head, text in rows:
        if blob in here:
            found.setdefault(blob, []).append(Place(place, bool(head), text))
    return {blob: sorted(places) for blob, places in found.items()}


def _add(connection: sqlite3.Connection, blob: str, texts: Sequence[Text]) -> None:
    file = connection.execute("INSERT INTO file (blob, texts) VALUES (?, ?)", (blob, len(texts))).lastrowid
    for place, (text, folded, head) in enumerate(texts):
        row = (file, place, head, text)
        part = connection.execute("INSERT INTO part (file, place, head, text) VALUES (?, ?, ?, ?)", row).lastrowid
        connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (part, folded))


def _quoted(phrase: str) -> str:
    """A phrase as FTS5 takes it: in quotes, a star behind them."""
    words = phrase.removesuffix("*").replace('"', '""')
    return f'"{words}"' + ("*" if phrase.endswith("*") else "")
