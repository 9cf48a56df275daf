"""The ids of files that have not changed since they were last read: told by size and times, as Git's index does."""

from __future__ import annotations

import os
import struct
import time
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docctl.store.cache import Cache

_RACE = 3_000_000_000
"""A file changed so shortly before it was read may change again within one tick of the clock of its file system."""
_STATUS = struct.Struct("<qqqQ")
_SIZE, _MOST = _STATUS.size, 2**64 - 1


def _told(found: os.stat_result) -> bytes:
    """What tells a changed file from an unchanged one: size, the times of its changes, number in its file system."""
    return _STATUS.pack(found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino & _MOST)


class FileIds:
    """Ids of the files below one root, remembered in a cache."""

    def __init__(self, cache: Cache, root: Path) -> None:
        self._cache = cache
        self._start = b"f" + blake2b(os.fsencode(root), digest_size=8).digest()
        self._folders: dict[str, Mapping[bytes, bytes]] = {}

    def load(self, folder: str) -> None:
        """Reads at once what is remembered of all files below a top folder."""
        if folder not in self._folders:
            self._folders[folder] = self._cache.below(self._key(f"{folder}/"))

    def known(self, path: str, status: os.stat_result) -> str | None:
        """The id of the file's content, if it has this status still."""
        key = self._key(path)
        known = self._folders.get(path.partition("/")[0])
        stored = self._cache.get(key) if known is None else known.get(key)
        return stored[_SIZE:].hex() if stored is not None and stored.startswith(_told(status)) else None

    def learn(self, path: str, status: os.stat_result, blob_id: str) -> None:
        """Remembers the id of a file that was just read, unless it is so new that it may change unseen."""
        if max(status.st_mtime_ns, status.st_ctime_ns) + _RACE < time.time_ns():
            value = _told(status) + bytes.fromhex(blob_id)
            self._cache.put(self._key(path), value)

    def _key(self, path: str) -> bytes:
        return self._start + path.encode("utf-8", "surrogateescape")
