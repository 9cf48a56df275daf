"""The same as ``test_reliability.py`` at the system calls themselves: each one that writes fails, or is the last one."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from gitworld import docctl_command
from test_reliability import COMMANDS, files, left_over, named, old_or_new, put_back
from test_signing import Ward, ward

__all__ = ["ward"]

STRACE = shutil.which("strace")
REMOVING = "?unlink,?unlinkat,?rmdir"
CALLS = (
    "?write,?pwrite64,?writev,?rename,?renameat,?renameat2,?link,?linkat,?mkdir,?mkdirat,"
    "?chmod,?fchmod,?fchmodat,?fsync,?fdatasync,?ftruncate"
)
"""With a question mark, for not every processor has all of them."""
FAILS, DIES = "error=ENOSPC", "signal=KILL"


def traced(command: list[str], root: Path, log: Path, step: int, what: str) -> tuple[int, bool]:
    """The exit code of a command whose nth call that writes fails or is its last, and whether it came so far."""
    calls = CALLS if what == FAILS else f"{CALLS},{REMOVING}"  # a full disk lets files be removed
    arguments = ["-f", "-qq", "-o", str(log), "-e", f"trace={calls}", "-e", f"inject={calls}:{what}:when={step}"]
    done = subprocess.run(
        [str(STRACE), *arguments, *command], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    return done.returncode, done.returncode == -signal.SIGKILL or "INJECTED" in log.read_text(errors="replace")


@pytest.fixture(scope="module", autouse=True)
def strace(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Tests of system calls are run where there is strace and it may be used."""
    log = tmp_path_factory.mktemp("strace") / "log"
    if STRACE is None or traced(["true"], log.parent, log, 1, DIES)[0] != 0:
        pytest.skip("there is no strace that may be used")


@pytest.mark.parametrize("what", [FAILS, DIES], ids=["fails", "dies"])
@pytest.mark.parametrize("name", COMMANDS)
def test_every_call_that_writes(ward: Ward, tmp_path: Path, name: str, what: str) -> None:
    prepare, arguments, by = COMMANDS[name]
    prepare(ward)
    key = ["--key", str(ward.folder / by)] if by else []
    command = [*docctl_command(), *arguments, *key, "--lang", "en"]
    before, kept = files(ward.root), named(ward.root)
    assert subprocess.run(command, cwd=ward.root, check=False, capture_output=True).returncode == 0
    after = files(ward.root)
    put_back(ward.root, kept)
    for step in range(1, 80):
        status, reached = traced(command, ward.root, tmp_path / "log", step, what)
        if not reached:
            break
        there = files(ward.root)
        old_or_new(name, step, before, after, there)
        if what == FAILS:
            assert status != 0 or there.keys() == after.keys(), f"step {step} failed and nothing was said"
            assert left_over(ward.root) == [], f"step {step}"
        put_back(ward.root, kept)
    assert (status, files(ward.root).keys()) == (0, after.keys())
    assert step > 3
