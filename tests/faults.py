"""Lets a process fail, or die, at the nth step by which it would write: what a full disk or a power cut does.

Python tells an audit hook of every call that opens, renames, links, removes or makes a file before the system is asked;
``fsync`` is counted as well. Whatever was written before the step stays, and nothing after it is.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_EVENTS = frozenset({
    "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.symlink", "os.truncate",
})  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
NOT_REACHED = 77


def in_child(action: Callable[[], int], root: Path, step: int, *, die: bool) -> int:
    """Runs an action in a copy of this process that fails at a step; NOT_REACHED where it has fewer steps.

    Gives the exit code of the action, or minus the number of the signal that ended it.
    """
    child = os.fork()
    if child == 0:
        try:
            counter = _Counter(root, step, die=die)
            sys.addaudithook(counter.hook)
            real = os.fsync
            os.fsync = lambda handle: (counter.count(), real(handle))[1]  # type: ignore[assignment]
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                code = action()
            os._exit(code if counter.reached else NOT_REACHED)
        except BaseException:
            os._exit(70)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


class _Counter:
    def __init__(self, root: Path, step: int, *, die: bool) -> None:
        self._root = str(root)
        self._left = step
        self._die = die
        self.reached = False

    def hook(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, _, flags = arguments
            if isinstance(path, (str, bytes, os.PathLike)) and isinstance(flags, int) and flags & _WRITING:
                self._at([path])
        elif event in _EVENTS and (self._die or event != "os.remove"):  # a full disk lets files be removed
            self._at(arguments[:2])

    def _at(self, paths: Sequence[object]) -> None:
        named = [os.fsdecode(each) for each in paths if isinstance(each, (str, bytes, os.PathLike))]
        whole = [os.path.abspath(each) for each in named]
        if any(each.startswith(self._root) and "/.git/" not in each for each in whole):
            self.count()

    def count(self) -> None:
        self._left -= 1
        if self._left == 0:
            self.reached = True
            if self._die:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
