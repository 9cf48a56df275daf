"""Documents read by other processes beside this one, where the machine has several cores and there is much to read.

What a file holds is a function of its bytes alone (``held.py``), so only bytes go there and come back.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from docctl.documents.held import hold, stored

if TYPE_CHECKING:
    from ctypes import Array, c_byte
    from multiprocessing.process import BaseProcess

    Marks = Array[c_byte]

LEAST = 32
"""Fewer files are read faster than they are sent."""

_SENT = 16
"""So many are sent at once: what somebody has begun with may have to be waited for."""

_MOST = 1 << 16
"""So many times that number; what goes beyond shares the mark of another, which costs time only."""

_LOOK = 0.1
"""Seconds after which it is looked whether there is still anybody to wait for."""

File = tuple[str, bytes]

_NOBODY, _HERE, _THERE = 0, 1, 2


class Reading:
    """Files that others have been asked to read: ``others`` are their processes.

    ``marks`` say at ``place`` who has begun; others see them too. Where two begin at once, both read: what they find is
    the same. (A future that was cancelled is no way to say it: when a process dies, before Python 3.12 those who wait
    for the others wait for ever: cpython, gh-107219.)
    """

    def __init__(
        self, paths: Sequence[str], begun: Future[list[bytes]], others: Sequence[BaseProcess], marks: Marks, place: int
    ) -> None:
        self.paths = paths
        self._begun = begun
        self._others = others
        self._marks = marks
        self._place = place
        self._back = False

    def taken_back(self) -> bool:
        """Takes the files back, unless somebody has begun with them."""
        if self._marks[self._place] == _NOBODY:
            self._marks[self._place] = _HERE
            self._back = True
        return self._back

    def read(self) -> Iterator[tuple[str, bytes]]:
        """Waits for what was read, by the paths; nothing where the process has died or the files were taken back."""
        while not self._back:
            try:
                data = self._begun.result(timeout=_LOOK)
            except TimeoutError:
                if any(each.is_alive() for each in self._others):
                    continue
                return  # they have died while this was being sent, and nobody has been told
            except (BrokenProcessPool, CancelledError):
                return
            yield from zip(self.paths, data, strict=False)
            return


class Readers:
    """Processes beside this one, ``count`` with it; started when the first files come, ``close`` ends them."""

    def __init__(self, count: int) -> None:
        # A copy of this process is ready at once; where there is no such copy, the start costs more than it saves.
        self._count = count - 1 if "fork" in multiprocessing.get_all_start_methods() else 0
        self._pool: ProcessPoolExecutor | None = None
        self._others: list[BaseProcess] = []
        self._sent = 0

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
                context = multiprocessing.get_context("fork")
                self._marks: Marks = context.RawArray("b", _MOST)
                self._pool = ProcessPoolExecutor(self._count, context, initializer=_share, initargs=(self._marks,))
            for first in range(0, len(files), _SENT):
                some, place = [*files[first : first + _SENT]], self._sent % _MOST
                self._marks[place] = _NOBODY
                known = () if self._others else multiprocessing.active_children()
                begun = self._pool.submit(_asked, place, some)
                self._others = self._others or [each for each in multiprocessing.active_children() if each not in known]
                found.append(Reading([path for path, _ in some], begun, self._others, self._marks, place))
                self._sent += 1
        except (BrokenProcessPool, OSError):
            self._count = 0
            self.close()
        return found

    def close(self) -> None:
        """Ends the processes."""
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None


_shared: list[Marks] = []


def _share(marks: Marks) -> None:
    """In another process: the marks by which it is told."""
    _shared[:] = [marks]


def _asked(place: int, files: Sequence[File]) -> list[bytes]:
    """In another process: reads some files, unless they were taken back."""
    (marks,) = _shared
    if marks[place] == _HERE:
        return []
    marks[place] = _THERE
    return _read(files)


def _read(files: Sequence[File]) -> list[bytes]:
    return [stored(hold(data, path, "procedure", digested=True)) for path, data in files]
