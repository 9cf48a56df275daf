"""Objects by their ids, through one ``git cat-file --batch``.

Git does not say when a damaged object gives fewer bytes than its header promised; whoever waits for the rest waits for
ever. So the empty tree, which every Git knows, is asked for after each object: its answer shows where the other ends.
"""

from __future__ import annotations

import contextlib
import hashlib
import select
import threading
import time
import weakref
from collections.abc import Callable, Sequence
from typing import Any

from docctl.message import msg
from docctl.store.snapshot import TooLarge, Unreadable

_CHUNK = 1024 * 1024
_SECONDS = 60
"""For one object; then Git is stopped, and the object is none that can be read."""
_PATIENCE = 1000
"""Milliseconds that Git may take to go on with an object whose bytes so far end as the mark does."""


class GitObjects:
    """``start`` starts the process; ``sha256`` says how the repository names its objects. Safe among threads."""

    def __init__(self, start: Callable[[], Any], *, sha256: bool) -> None:
        tree = (hashlib.sha256 if sha256 else hashlib.sha1)(b"tree 0\0").hexdigest()
        self._question = f"\n{tree}\n".encode()
        self._mark = f"\n{tree} tree 0\n\n".encode()
        self._start = start
        self._lock = threading.Lock()
        self._end: Callable[[], object] | None = None
        self._process: Any = None
        self._damaged: set[str] = set()
        self._asked: list[float] = []
        """When the present question was asked, if there is one."""

    def close(self) -> None:
        """Ends the process; the next question starts another one."""
        with self._lock:
            self._give_up()

    def blob(self, object_id: str, most: int) -> bytes:
        """A blob's bytes. Raises ``Unreadable``; ``TooLarge`` for more than ``most`` bytes, which are not kept."""
        with self._lock:
            if object_id in self._damaged:
                raise Unreadable(msg("Git does not hold the object {id}", id=object_id))
            if self._process is None:
                self._process = self._start()
                drain = drained(self._process.stderr, bytearray())
                threading.Thread(target=_watched, args=(self._process, self._asked), daemon=True).start()
                self._end = weakref.finalize(self, _ended, self._process, drain)  # at the latest when Python ends
            self._asked[:] = [time.monotonic()]
            try:
                self._process.stdin.write(object_id.encode() + self._question)
                self._process.stdin.flush()
                return self._answer(object_id, most)
            except (BrokenPipeError, EOFError):  # Git has given up, or cannot be followed any more
                self._give_up()
                self._damaged.add(object_id)
                raise Unreadable(msg("Git does not hold the object {id}", id=object_id)) from None
            finally:
                self._asked.clear()

    def _answer(self, object_id: str, most: int) -> bytes:
        answers = self._process.stdout
        header = answers.readline().split()
        if not header:
            raise EOFError
        if len(header) != 3:  # "<id> missing"
            if self._read(len(self._mark) - 1) != self._mark[1:]:
                raise EOFError
            raise Unreadable(msg("Git does not hold the object {id}", id=object_id))
        size = int(header[2])
        if size > most:
            self._give_up()  # sooner done than reading on to its end
            raise TooLarge(size)
        data = self._read(size + len(self._mark))
        if not data.endswith(self._mark):
            raise EOFError
        if header[1] != b"blob":
            raise Unreadable(msg("Git does not hold the object {id}", id=object_id))
        return bytes(data[:size])

    def _read(self, count: int) -> bytearray:
        """So many bytes, which end with the mark. Raises ``EOFError`` where the mark comes before, or nothing more."""
        answers = self._process.stdout
        data = bytearray()
        while len(data) < count:
            if data.endswith(self._mark) and not _goes_on(answers):
                raise EOFError
            chunk = answers.read1(count - len(data))
            if not chunk:
                raise EOFError
            data += chunk
        return data

    def _give_up(self) -> None:
        if self._end is not None:
            self._end()
        self._end = self._process = None


def _goes_on(stream: Any) -> bool:
    """Does more come soon?"""
    waiting = select.poll()
    waiting.register(stream, select.POLLIN)
    return bool(waiting.poll(_PATIENCE))


def _watched(process: Any, asked: Sequence[float]) -> None:
    """Ends a process that does not answer: what stands in the place of an object may give nothing for ever."""
    while process.proc.poll() is None:
        time.sleep(_SECONDS / 60)
        if any(time.monotonic() - since > _SECONDS for since in asked):
            process.proc.kill()


def _ended(process: Any, drain: threading.Thread) -> None:
    """Ends a process that answers until its input is closed."""
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    process.stdout.close()
    drain.join()
    process.stderr.close()
    process.proc.wait()


def drained(stream: Any, kept: bytearray) -> threading.Thread:
    """Reads a stream of errors to its end beside everything else, so that its writer never waits."""

    def drain() -> None:
        with contextlib.suppress(ValueError):  # closed with its process, when the reader is given up unasked
            while chunk := stream.read1(_CHUNK):
                kept.extend(chunk[: _CHUNK - len(kept)])

    thread = threading.Thread(target=drain, daemon=True)
    thread.start()
    return thread
