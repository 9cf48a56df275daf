"""Finds a Git directory without running Git: from ``.git`` upward, also of worktrees and submodules."""

from __future__ import annotations

import os
import re
from pathlib import Path

from msgspec import Struct


class GitDirectory(Struct, frozen=True):
    """Where Git keeps what belongs to a work tree. ``common`` differs from ``path`` in a linked worktree."""

    path: Path
    common: Path
    work_tree: Path

    @property
    def sha256(self) -> bool:
        """Are objects named by SHA-256?"""
        if not (self.common / "config").is_file():
            return False
        try:
            text = (self.common / "config").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        return re.search(r"(?im)^\s*objectformat\s*=\s*sha256\s*$", text) is not None

    @property
    def shallow(self) -> bool:
        """Was only a part of the history fetched?"""
        return (self.common / "shallow").is_file()

    @property
    def shallow_ends(self) -> bytes:
        """What tells behind which commits the history was not fetched; empty where all of it is here."""
        return (self.common / "shallow").read_bytes() if self.shallow else b""

    @property
    def foreign(self) -> bool:
        """Does the directory belong to somebody else?"""
        if not hasattr(os, "geteuid"):  # pragma: no cover - Windows
            return False
        return self.path.stat().st_uid != os.geteuid()


def find(start: Path) -> GitDirectory | None:
    """The Git directory of the nearest work tree that contains ``start``, or None."""
    for folder in (start, *start.parents):
        marker = folder / ".git"
        path = marker if marker.is_dir() else _pointed_to(marker)
        if path is not None and (path / "HEAD").exists():
            return GitDirectory(path, _common(path), folder)
    return None


def bare(folder: Path) -> bool:
    """Is a folder a Git directory itself, with no work tree around it?"""
    return (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir()


def _pointed_to(marker: Path) -> Path | None:
    """The directory a ``.git`` file (worktree, submodule) points to."""
    if not marker.is_file():
        return None
    text = marker.read_text(encoding="utf-8", errors="replace")[:4096]
    if not text.startswith("gitdir:"):
        return None
    return (marker.parent / text.removeprefix("gitdir:").strip()).resolve()


def _common(path: Path) -> Path:
    if not (path / "commondir").is_file():
        return path
    try:
        return (path / (path / "commondir").read_text(encoding="utf-8").strip()).resolve()
    except OSError:
        return path
