"""The one place that runs Git: index and commits as snapshots, read with plumbing commands only.

GitPython is the gate to the ``git`` program; nothing of a repository's own configuration, hooks,
filters, attributes or replacements runs or counts (docs/architecture.md, "Reading Git").
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from docctl.errors import CannotDecide, UsageError
from docctl.message import msg
from docctl.store.git_objects import GitObjects, drained
from docctl.store.gitdir import GitDirectory

SECONDS = 120
MOST_OUTPUT = 512 * 1024 * 1024
_CHUNK = 1024 * 1024

_OPTIONS = (
    "--no-pager", "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null",
    "-c", "protocol.allow=never", "-c", "safe.bareRepository=explicit",
)  # fmt: skip
_COMMIT = re.compile(r"[0-9a-f]{7,64}")
_WHOLE = (40, 64)
_BEHIND = re.compile(r"(?:~[0-9]{0,6}|\^)+\Z")
_NAME = re.compile(r"(?!-)[A-Za-z0-9._/+-]+")


def _git_program(folder: Path) -> Any:
    """GitPython's ``Git``, imported late: a check of named files must not pay for it."""
    before = os.environ.get("GIT_PYTHON_REFRESH")
    os.environ["GIT_PYTHON_REFRESH"] = "quiet"  # or the import itself fails where git is missing
    try:
        from git.cmd import Git
    finally:
        if before is None:
            del os.environ["GIT_PYTHON_REFRESH"]
        else:
            os.environ["GIT_PYTHON_REFRESH"] = before
    return Git(str(folder))


def _environment(directory: GitDirectory) -> dict[str, str]:
    """Every variable that could point Git elsewhere or make it run something, set, never inherited."""
    return {
        "GIT_DIR": str(directory.path),
        "GIT_COMMON_DIR": str(directory.common),
        "GIT_OBJECT_DIRECTORY": str(directory.common / "objects"),
        "GIT_WORK_TREE": str(directory.work_tree),
        "GIT_INDEX_FILE": str(_index_file(directory)),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": "",
        "GIT_NAMESPACE": "",
        "GIT_CONFIG_PARAMETERS": "",
        "GIT_EXTERNAL_DIFF": "",
        "GIT_CONFIG_COUNT": "0",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_PAGER": "cat",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_GLOB_PATHSPECS": "0",
        "GIT_NOGLOB_PATHSPECS": "0",
        "GIT_ICASE_PATHSPECS": "0",
        "GIT_SHALLOW_FILE": str(directory.common / "shallow"),
        "LC_ALL": "C",
    }


def _index_file(directory: GitDirectory) -> Path:
    """The index in use: during ``git commit -a`` and ``git commit -- path`` Git names another one.

    Only a file of this very Git directory is taken; a variable leaked from elsewhere is not.
    """
    named = os.environ.get("GIT_INDEX_FILE")
    if named:
        real = (directory.work_tree / named).resolve()
        if real.is_relative_to(directory.path.resolve()) and real.is_file():
            return real
    return directory.path / "index"


def _started(program: Any, environment: Mapping[str, str], arguments: Sequence[str], standard_input: int) -> Any:
    """A process of Git's. Raises ``CannotDecide`` where there is no such program."""
    from git.exc import GitCommandNotFound

    try:
        return program.execute(
            ["git", *_OPTIONS, *arguments],
            istream=standard_input,
            as_process=True,
            env=environment,
            stdout_as_string=False,
            strip_newline_in_stdout=False,
        )
    except GitCommandNotFound as error:
        raise CannotDecide(
            msg("the program git was not found"), msg("install git, or leave out --staged and --at")
        ) from error


class GitReader:
    """Runs plumbing commands and reads objects through one ``cat-file --batch``. Use as a context."""

    def __init__(self, directory: GitDirectory) -> None:
        for path in (directory.path / "HEAD", directory.common / "config", _index_file(directory)):
            if path.exists() and not path.is_file():  # git would wait for a pipe for ever
                raise CannotDecide(msg("{path} is no regular file", path=str(path)))
        self.directory = directory
        self._start = partial(_started, _git_program(directory.work_tree), _environment(directory))
        batch = partial(self._start, ["cat-file", "--batch"], subprocess.PIPE)
        self._objects = GitObjects(batch, sha256=directory.sha256)

    def close(self) -> None:
        """Ends the reader of objects; every other process has ended before."""
        self._objects.close()

    def blob(self, object_id: str, most: int) -> bytes:
        """A blob's bytes by its id. Raises ``Unreadable``; ``TooLarge`` for more than ``most`` bytes."""
        return self._objects.blob(object_id, most)

    def run(self, *arguments: str) -> bytes:
        """Standard output of a plumbing command. Raises ``CannotDecide`` when it fails or takes too long."""
        status, output, errors = self._finished(*arguments)
        if status != 0 or len(output) > MOST_OUTPUT:
            reason = errors.decode("utf-8", "replace").strip() or f"exit {status}"
            raise CannotDecide(
                msg("git {command} failed: {reason}", command=arguments[0], reason=reason[:500]),
                msg("check that the repository is complete (git fsck)"),
            )
        return output

    def _finished(self, *arguments: str) -> tuple[int, bytes, bytes]:
        """Exit code, standard output (cut off beyond the bound) and errors of a command that has ended."""
        process = self._start([*arguments], subprocess.DEVNULL)
        watchdog = threading.Timer(SECONDS, process.proc.kill)
        watchdog.start()
        errors = bytearray()
        drain = drained(process.stderr, errors)
        try:
            output: bytes = process.stdout.read(MOST_OUTPUT + 1)
            if len(output) > MOST_OUTPUT:
                process.proc.kill()
            status = int(process.proc.wait())
            drain.join()
        finally:
            watchdog.cancel()
            process.stdout.close()
            process.stderr.close()
        return status, output, bytes(errors)

    def commit_id(self, revision: str) -> str:
        """The id of a commit named by HEAD, an id of at least 7 digits, a branch, a tag or a full ref.

        ``~2`` behind it is the commit two before, in the first line of its parents.
        """
        usage = msg("write HEAD, a commit id of at least 7 digits, a branch or a tag")
        behind = _BEHIND.search(revision)
        if behind:
            names = [self.commit_id(revision[: behind.start()]) + behind[0]]
        elif _NAME.fullmatch(revision) and ".." not in revision:
            names = self._ids(revision)
        else:
            raise UsageError(msg('"{revision}" is no name of a commit', revision=revision), usage)
        found = {each for name in names if (each := self._commit(name)) is not None}
        if len(found) == 1:
            return found.pop()
        if found:
            raise CannotDecide(
                msg('"{revision}" names several commits', revision=revision),
                msg("write the whole id, or the full name: refs/heads/…, refs/tags/…, refs/remotes/…"),
            )
        way_out = msg(
            "check the name (git branch --all), or fetch it: git fetch, in a shallow clone git fetch --unshallow"
        )
        if revision == "HEAD":
            way_out = msg("make the first commit: git add --all, then git commit")
        raise CannotDecide(msg('there is no commit "{revision}" in this repository', revision=revision), way_out)

    def _ids(self, revision: str) -> list[str]:
        """All that a name may stand for: Git itself would take the first that it finds, in many places."""
        if revision == "HEAD":
            return ["HEAD"]
        if _COMMIT.fullmatch(revision) and len(revision) in _WHOLE:
            return [revision]
        prefixes = ("refs/heads/", "refs/tags/", "refs/remotes/")
        names = [revision] if revision.startswith("refs/") else [prefix + revision for prefix in prefixes]
        listed = self.run("for-each-ref", "--format=%(objectname) %(refname)", *names).decode("utf-8", "replace")
        refs = (line.partition(" ") for line in listed.splitlines())
        ids = [object_id for object_id, _, name in refs if name in names]
        if _COMMIT.fullmatch(revision):
            ids += self.run("rev-parse", f"--disambiguate={revision}").decode().split()
        return ids

    def _commit(self, name: str) -> str | None:
        """The commit that an id is, or that a tag of this id names."""
        with contextlib.suppress(CannotDecide):
            return self.run("rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}").decode().strip()
        return None

    def head(self) -> str | None:
        """The id of the commit that is checked out; None before the first one. Raises ``CannotDecide``."""
        found = self._commit("HEAD")
        if found is None:
            status, named, _ = self._finished("rev-parse", "--verify", "--end-of-options", "HEAD")
            if status == 0:
                raise CannotDecide(
                    msg("the commit {id} cannot be read", id=named.decode().strip()),
                    msg("check that the repository is complete (git fsck)"),
                )
        return found

    def merge_base(self, one: str, other: str) -> str | None:
        """A best common ancestor of two commits, given by their full ids; None where there is none here."""
        status, output, _ = self._finished("merge-base", one, other)
        return output.decode().strip() if status == 0 else None

    def has(self, commit: str) -> bool:
        """Is the commit of a full id here?"""
        return self._commit(commit) is not None

    def piped(self, lines: bytes, *arguments: str) -> Iterator[bytes]:
        """The pieces, cut at NUL, of what a plumbing command says to some lines. Raises ``CannotDecide``."""
        process = self._start([*arguments], subprocess.PIPE)
        errors = bytearray()
        drain, feeder = drained(process.stderr, errors), _fed(process.stdin, lines)
        rest = b""
        try:
            while chunk := process.stdout.read1(_CHUNK):
                *pieces, rest = (rest + chunk).split(b"\0")
                yield from pieces
            status = int(process.proc.wait())
        finally:
            process.proc.kill()
            feeder.join()
            drain.join()
            process.stdout.close()
            process.stderr.close()
        if status != 0:
            reason = errors.decode("utf-8", "replace").strip()[:500]
            raise CannotDecide(
                msg("git {command} failed: {reason}", command=arguments[0], reason=reason),
                msg("check that the repository is complete (git fsck)"),
            )
        if rest.strip():
            yield rest

    def is_ancestor(self, one: str, other: str) -> bool:
        """Does the history of a commit, as far as it is here, hold another one? Both by their full ids."""
        return self._finished("merge-base", "--is-ancestor", one, other)[0] == 0


def _fed(stream: Any, lines: bytes) -> threading.Thread:
    """Writes all lines to a process beside everything else, and ends its input."""

    def feed() -> None:
        with contextlib.suppress(OSError, ValueError):  # it has ended before
            stream.write(lines)
        with contextlib.suppress(OSError, ValueError):
            stream.close()

    thread = threading.Thread(target=feed, daemon=True)
    thread.start()
    return thread
