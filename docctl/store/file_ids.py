"""The ids of files that have not changed since they were last read: told by size and times, as Git's index does."""

from __future__ import annotations

import os
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from msgspec import MsgspecError, msgpack

if TYPE_CHECKING:
    from docctl.store.cache import Cache

_RACE = 3_000_000_000
"""A file changed so shortly before it was read may change again within one tick of the clock of its file system."""
_PARTS = 64
"""What is remembered of a top folder lies in so many values: few to read, little to write when one changes."""

_Known = tuple[int, int, int, int, str]
"""What tells a changed file from an unchanged one (size, times of its changes, number on its disk), and its id."""


class FileIds:
    """Ids of the files below one root, remembered in a cache, which is written when that is closed."""

    def __init__(self, cache: Cache, root: Path) -> None:
        self._cache = cache
        self._start = b"f" + blake2b(os.fsencode(root), digest_size=8).digest()
        self._folders: dict[str, dict[str, _Known]] = {}

    def known(self, path: str, status: os.stat_result) -> str | None:
        """The id of the file's content, if it has this status still."""
        found = self._of(path.partition("/")[0]).get(path)
        if found is None:
            return None
        size, written, changed, number, blob_id = found
        same = size == status.st_size and written == status.st_mtime_ns and changed == status.st_ctime_ns
        return blob_id if same and number == status.st_ino else None

    def learn(self, path: str, status: os.stat_result, blob_id: str, begun: int) -> None:
        """Remembers the id of a file that was read from ``begun`` on, unless it was new then and may change unseen."""
        times = status.st_mtime_ns, status.st_ctime_ns
        if not 0 <= min(times) <= max(times) < begun - _RACE or not path.isprintable():
            return
        folder = path.partition("/")[0]
        known = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, blob_id)
        if self._of(folder).get(path) == known:
            return
        self._folders[folder][path] = known
        part = _part(path)
        self._cache.put_at_last(self._key(folder, part), lambda: self._written(folder, part))

    def _of(self, folder: str) -> dict[str, _Known]:
        """What is known of all files below a top folder, read at once."""
        if folder not in self._folders:
            self._folders[folder] = {}
            for value in self._cache.below(self._key(folder)).values():
                self._folders[folder] |= _read(value)
        return self._folders[folder]

    def _written(self, folder: str, part: int) -> bytes:
        known = self._folders[folder]
        return msgpack.encode({path: each for path, each in known.items() if _part(path) == part})

    def _key(self, folder: str, part: int | None = None) -> bytes:
        start = self._start + os.fsencode(folder) + b"/"
        return start if part is None else start + bytes((part,))


_DECODER = msgpack.Decoder(dict[str, _Known])


def _read(value: bytes) -> dict[str, _Known]:
    try:
        return _DECODER.decode(value)
    except MsgspecError:
        return {}


def _part(path: str) -> int:
    return crc32(path.encode()) % _PARTS
