"""Documents read by other processes beside this one, where the machine has several cores and there is much to read.

What a file holds is a function of its bytes alone (``documents_read``), so only bytes go there and come back.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from docctl.documents_read import hold, stored

LEAST = 32
"""Fewer files are read faster than they are sent."""

_SENT = 16
"""So many are sent at once: what has been sent cannot be taken back, and may have to be waited for."""

File = tuple[str, bytes]


class Reading:
    """Files that others have been asked to read."""

    def __init__(self, paths: Sequence[str], begun: Future[list[bytes]]) -> None:
        self.paths = paths
        self._begun = begun

    def taken_back(self) -> bool:
        """Takes the files back, unless somebody has begun with them."""
        return self._begun.cancel()

    def read(self) -> Iterator[tuple[str, bytes]]:
        """Waits for what was read, by the paths; nothing where the process has died or the files were taken back."""
        if not self._begun.cancelled():
            try:
                yield from zip(self.paths, self._begun.result(), strict=True)
            except BrokenProcessPool:
                return


class Readers:
    """Processes beside this one, ``count`` with it; started when the first files come, ``close`` ends them."""

    def __init__(self, count: int) -> None:
        # A copy of this process is ready at once; where there is no such copy, the start costs more than it saves.
        self._count = count - 1 if "fork" in multiprocessing.get_all_start_methods() else 0
        self._pool: ProcessPoolExecutor | None = None

    @property
    def any(self) -> bool:
        """Is there any process but this one?"""
        return self._count > 0

    def start(self, files: Sequence[File]) -> Sequence[Reading]:
        """Begins to read, a few files at a time; nothing where it is not worth while."""
        if not self.any or len(files) < LEAST:
            return ()
        found = []
        try:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(self._count, multiprocessing.get_context("fork"))
            for place in range(0, len(files), _SENT):
                some = [*files[place : place + _SENT]]
                found.append(Reading([path for path, _ in some], self._pool.submit(_read, some)))
        except (BrokenProcessPool, OSError):
            self._count = 0
            self.close()
        return found

    def close(self) -> None:
        """Ends the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


def _read(files: Sequence[File]) -> list[bytes]:
    return [stored(hold(data, path, "procedure", digested=True)) for path, data in files]
