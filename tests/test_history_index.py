"""The index of commits says what Git says, whatever the history looks like, and whoever damages its file."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import threading
from pathlib import Path

import pytest
from gitworld import World

from docctl.store import git, gitdir
from docctl.store.git_snapshot import prefix_of
from docctl.store.history import HistoryIndex, Touch

PATHS = ["procedures/QT-01.yaml", "procedures/QT-02.yaml", "archive/QT-01/1.0.yaml", "adopted.yaml"]


def run(world: World, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=world.root, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def index(world: World) -> tuple[HistoryIndex, git.GitReader]:
    directory = gitdir.find(world.root)
    assert directory is not None
    reader = git.GitReader(directory)
    return HistoryIndex(reader, prefix_of(directory, world.root)), reader


def asked(world: World, head: str = "HEAD", below: tuple[str, ...] = ()) -> list[Touch]:
    found, reader = index(world)
    try:
        return [*found.touches(run(world, "rev-parse", head), [] if below else PATHS, below)]
    finally:
        reader.close()


def by_git(world: World, head: str = "HEAD") -> set[tuple[str, str, str | None]]:
    """Commit, path and new content of every change, asked of Git commit by commit, path by path."""
    prefix = prefix_of(gitdir.find(world.root), world.root)  # type: ignore[arg-type]
    found = set()
    for commit in run(world, "rev-list", head).split():
        parents = run(world, "rev-parse", f"{commit}^@").split()
        for path in PATHS:
            now = content(world, commit, prefix + path)
            before = [content(world, parent, prefix + path) for parent in parents] or [None]
            if all(now != each for each in before):
                found.add((commit, path, now))
    return found


def content(world: World, commit: str, path: str) -> str | None:
    done = subprocess.run(
        ["git", "rev-parse", "-q", "--verify", f"{commit}:{path}"], cwd=world.root, capture_output=True, text=True
    )
    return done.stdout.strip() if done.returncode == 0 else None


def told(found: list[Touch]) -> set[tuple[str, str, str | None]]:
    return {(each.commit, each.path, each.blob) for each in found}


def change(world: World, dice: random.Random) -> None:
    path = world.root / dice.choice(PATHS)
    if path.exists() and dice.random() < 0.2:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {dice.randrange(4)}\n", encoding="utf-8")
    run(world, "add", "-A")
    run(world, "commit", "-q", "--allow-empty", "-m", f"Sửa {dice.randrange(9)} “x”\n\ndài")


@pytest.mark.parametrize("seed", range(6))
def test_it_says_what_git_says(world: World, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(12):
        change(world, dice)
        if dice.random() < 0.3:
            run(world, "switch", "-q", "-c", f"b{dice.randrange(10**9)}", f"HEAD~{dice.randrange(2)}")
        elif dice.random() < 0.3:
            other = dice.choice(run(world, "for-each-ref", "--format=%(refname:short)", "refs/heads").split())
            subprocess.run(
                ["git", "merge", "-q", "-X", "ours", "-m", "hợp", other], cwd=world.root, capture_output=True
            )
            run(world, "reset", "-q", "--hard")
        if dice.random() < 0.5:
            assert told(asked(world)) == by_git(world), "after every step, extended by what is new"
    for name in run(world, "for-each-ref", "--format=%(refname:short)", "refs/heads").split():
        assert told(asked(world, name)) == by_git(world, name), "and of every branch, nothing of another one"


def test_newest_first_with_who_and_what(world: World) -> None:
    (world.root / PATHS[0]).parent.mkdir(exist_ok=True)
    for number in range(3):
        (world.root / PATHS[0]).write_text(f"# {number}\n", encoding="utf-8")
        run(world, "add", "-A")
        run(world, "commit", "-q", "-m", f"Lần {number}", "--date", "2024-01-01T00:00:00+07:00")
    found = [each for each in asked(world) if each.path == PATHS[0]]
    assert [each.subject for each in found][:3] == ["Lần 2", "Lần 1", "Lần 0"], "though all have one date"
    assert (found[0].author, found[0].time) == ("An", 1704042000)
    assert {each.path for each in asked(world, below=("procedures",))} == {PATHS[0], *(p for p in told_paths(world))}


def told_paths(world: World) -> list[str]:
    return [each for each in run(world, "ls-files").splitlines() if each.startswith("procedures/")]


def test_only_new_commits_are_read(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    change(world, random.Random(1))
    asked(world)
    lines: list[int] = []
    real = git.GitReader.piped
    monkeypatch.setattr(
        git.GitReader, "piped", lambda self, text, *more: lines.append(len(text.split())) or real(self, text, *more)
    )
    asked(world)
    assert lines == []
    change(world, random.Random(2))
    assert told(asked(world)) == by_git(world) and lines == [1]


@pytest.mark.parametrize("damage", ["text", "cut", "empty", "folder", "other tables"])
def test_a_damaged_file_is_made_anew(world: World, damage: str) -> None:
    change(world, random.Random(1))
    expected = asked(world)
    path = index(world)[0].path
    if damage == "text":
        path.write_bytes(b"not a database" * 1000)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.unlink()
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE commits (x)")
    assert asked(world) == expected
    if damage != "folder":
        with sqlite3.connect(path) as connection:
            assert connection.execute("SELECT count(*) FROM commits").fetchone() == (2,), "and kept for the next time"


def test_without_a_place_to_write_it_is_made_in_memory(world: World) -> None:
    change(world, random.Random(1))
    folder = index(world)[0].path.parent
    folder.parent.joinpath("docctl").write_text("a file in the way", encoding="utf-8")
    assert told(asked(world)) == by_git(world)
    assert folder.is_file()


def test_several_at_once(world: World) -> None:
    for seed in range(5):
        change(world, random.Random(seed))
    expected = by_git(world)
    found: list[set[tuple[str, str, str | None]]] = []
    threads = [threading.Thread(target=lambda: found.append(told(asked(world)))) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert found == [expected] * 6


def test_rewritten_history_leaves_nothing_behind(world: World) -> None:
    dice = random.Random(3)
    for _ in range(4):
        change(world, dice)
    asked(world)
    run(world, "reset", "-q", "--hard", "HEAD~2")
    (world.root / PATHS[3]).write_text("# anew\n", encoding="utf-8")
    run(world, "add", "-A")
    run(world, "commit", "-q", "-m", "anders")
    assert told(asked(world)) == by_git(world)
    run(world, "reflog", "expire", "--expire=now", "--all")
    run(world, "gc", "-q", "--prune=now")
    assert told(asked(world)) == by_git(world), "the commits of before are gone from the object store"


def test_a_repository_below_the_top(tmp_path: Path) -> None:
    world = World.make(tmp_path / "agency", below="phuong/")
    assert os.path.isdir(world.root)
    change(world, random.Random(1))
    assert told(asked(world)) == by_git(world)
