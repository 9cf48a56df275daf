"""What every command shares: streams, language, colour, the date of today, and where output goes."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from msgspec import Struct, field

from docctl import __version__
from docctl.cli.language import translator
from docctl.errors import UsageError
from docctl.message import Message, msg
from docctl.model.config import Config
from docctl.report.setting import Setting, visible

if TYPE_CHECKING:
    from docctl.repository import Repository


_REMEMBERING = frozenset(
    {
        "blame",
        "cache",
        "check",
        "coverage",
        "diff",
        "impact",
        "log",
        "outdated",
        "register",
        "search",
        "show",
        "status",
        "worklist",
    }
)
"""Commands that look what files held when they were read before; what is signed or verified is read anew."""


class Session(Struct, dict=True):
    """One run of the command line; commands write through it and never print."""

    arguments: Namespace
    out: TextIO = field(default_factory=lambda: sys.stdout or _nowhere())
    err: TextIO = field(default_factory=lambda: sys.stderr or _nowhere())
    language: str = "en"
    _opened: list[Repository] = field(default_factory=list)

    def open(self, folder: str | Path) -> Repository:
        """The repository around a folder (or of ``--root``), at the snapshot that was asked for."""
        from docctl.repository import open_repository

        few = getattr(self.arguments, "paths", None)  # of a few files nothing is remembered: that would take longer
        cache = self.arguments.command in _REMEMBERING and not few
        repository = open_repository(getattr(self.arguments, "root", None) or folder, cache=cache)
        self._opened.append(repository)
        commit: object = getattr(self.arguments, "at", None)
        if getattr(self.arguments, "staged", False):
            repository = repository.staged()
        elif commit is not None:
            repository = repository.at(str(commit))  # argparse makes [] of "--at=--"
        repository.notice = self._wait
        return repository

    def _wait(self) -> None:
        said = msg("another run of docctl is writing in the Git directory; waiting for it")
        self.remark(said.text(translator(self.language)) + "\n")

    def close(self) -> None:
        """Lets go of what was opened, and keeps what is to be remembered."""
        for each in self._opened:
            each.close()

    def setting(self, root: Path | None = None) -> Setting:
        """How to render for this reader; paths are shown from where the reader stands."""
        prefix = "" if root is None else _prefix(root)
        width = _columns()
        return Setting(__version__, translator(self.language), prefix, colour=self._colour(), width=min(width, 120))

    def _colour(self) -> bool:
        """``--color``, then NO_COLOR, FORCE_COLOR or CLICOLOR_FORCE, then whether this is a terminal."""
        choice = getattr(self.arguments, "color", "auto")
        if choice != "auto":
            return bool(choice == "always")
        if getattr(self.arguments, "output", None):
            return False
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE"):
            return True
        return self.out.isatty() and os.environ.get("TERM") != "dumb"

    @property
    def cache(self) -> Path | None:
        """The user's own folder for what may be thrown away; None where there is none."""
        named = os.environ.get("XDG_CACHE_HOME")
        try:
            base = Path(named) if named else Path("~/.cache").expanduser()
        except RuntimeError:
            return None  # a user without a home, as in a container
        return base / "docctl" if base.is_absolute() else None

    def as_of(self, config: Config) -> date:
        """``--as-of``, or today where the agency is."""
        chosen: date | None = getattr(self.arguments, "as_of", None)
        return chosen or datetime.now(UTC).astimezone(config.timezone).date()

    def result(self, text: str) -> None:
        """The command's result: standard output, or the file of ``--output``, replaced at once."""
        output: str | None = getattr(self.arguments, "output", None)
        if output is None:
            with self._writing():
                if sys.stdout is None:
                    raise OSError(errno.EBADF, os.strerror(errno.EBADF))
                self.out.write(text)
            return
        from docctl.store.files import write

        if _is_content(Path(output)):
            raise UsageError(
                msg("{path} belongs to a repository; a report may not replace it", path=output),
                msg("write the report elsewhere"),
            )
        try:
            if Path(output).exists() and not Path(output).is_file():  # a pipe, a device: it stays what it is
                Path(output).write_bytes(text.encode("utf-8"))
            else:
                write(Path(output), text.encode("utf-8"), replace=True)
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(msg("{path} cannot be written: {reason}", path=output, reason=reason)) from error

    def flush(self) -> None:
        """Brings the result to its reader. Raises ``UsageError`` where it cannot be written."""
        with self._writing():
            self.out.flush()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except BrokenPipeError:
            raise
        except OSError as error:
            divert()
            reason = error.strerror or str(error)
            raise UsageError(
                msg("the answer cannot be written: {reason}", reason=reason),
                msg("what has come out so far is not whole; make room, or write elsewhere"),
            ) from error

    def remark(self, text: str) -> None:
        """Everything that is not the result: standard error, unless ``--quiet``."""
        if not getattr(self.arguments, "quiet", False):
            self.err.write(text)

    def complain(self, message: Message, way_out: Message | None) -> None:
        """An error of docctl itself: one line, and one with the way out."""
        say = translator(self.language)
        self.err.write(f"docctl: {visible(message.text(say))}\n")
        if way_out is not None:
            self.err.write(f"        {visible(way_out.text(say))}\n")


def divert() -> None:
    """Points standard output to where it does no harm, so that closing it does not fail again."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")


def _columns() -> int:
    """How wide the reader's screen is; 100 where there is none."""
    if "COLUMNS" not in os.environ and not (sys.__stdout__ is not None and sys.__stdout__.isatty()):
        return 100
    import shutil

    return shutil.get_terminal_size((100, 24)).columns


def _is_content(path: Path) -> bool:
    """Does a path lie where a repository keeps its documents? A check must never write there."""
    from docctl.store.snapshot import belongs

    whole = path.parent.resolve() / path.name
    return any(
        (root / "docctl.toml").exists() and belongs(whole.relative_to(root).as_posix()) for root in whole.parents
    )


def _prefix(root: Path) -> str:
    """From the working directory to the root, with a closing slash; empty where they are the same."""
    relative = os.path.relpath(root, Path.cwd())
    return "" if relative == "." else relative.replace(os.sep, "/") + "/"
