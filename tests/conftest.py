"""Fixtures that several files of tests share."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parent))  # for gitworld: --import-mode=importlib adds nothing by itself

os.environ.pop("COLUMNS", None)  # pytest-xdist sets it; screens are compared at their own width

import generated  # noqa: F401 - loads the profile of hypothesis
from gitworld import CLEAN, World


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """An agency's repository at the top of a Git repository, committed; no variable of Git's is set."""
    clean_environment(tmp_path, monkeypatch)
    return World.make(tmp_path / "agency")


def clean_environment(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of the person who runs the tests."""
    for name in [*os.environ]:
        if name.startswith(("GIT_", "GITHUB_", "PRE_COMMIT", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    for name, value in CLEAN.items():
        monkeypatch.setenv(name, value)
