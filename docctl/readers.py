"""Documents read by several processes at once, where the machine has several cores and there is much to read.

What a file holds is a function of its bytes alone (``documents_read``), so only bytes go there and come back.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from docctl.documents_read import hold, stored

LEAST = 32
"""Fewer files are read faster than they are sent."""

File = tuple[str, bytes]


class Readers:
    """Processes that read procedures; started when the first batch comes, ``close`` ends them."""

    def __init__(self, count: int) -> None:
        # A copy of this process is ready at once; where there is no such copy, the start costs more than it saves.
        self._count = count if count > 1 and "fork" in multiprocessing.get_all_start_methods() else 0
        self._pool: ProcessPoolExecutor | None = None

    @property
    def several(self) -> bool:
        """Is there more than this process?"""
        return self._count > 0

    def start(self, files: Sequence[File]) -> Future[list[bytes]] | None:
        """Begins to read; None where it is not worth while."""
        if not self._count or len(files) < LEAST:
            return None
        try:
            if self._pool is None:
                self._pool = ProcessPoolExecutor(self._count, multiprocessing.get_context("fork"))
            return self._pool.submit(_read, [*files])
        except (BrokenProcessPool, OSError):
            self._give_up()
            return None

    def finish(self, begun: Future[list[bytes]] | None) -> list[bytes]:
        """What was read, in the order of the files; nothing where it was not, or a process has died."""
        try:
            return [] if begun is None else begun.result()
        except BrokenProcessPool:
            self._give_up()
            return []

    def close(self) -> None:
        """Ends the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _give_up(self) -> None:
        self._count = 0
        self.close()


def _read(files: Sequence[File]) -> list[bytes]:
    return [stored(hold(data, path, "procedure", digested=True)) for path, data in files]
