"""Whatever happens while docctl writes, the old state is there or the new one; whatever a repository is like, it is said."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from faults import NOT_REACHED, in_child
from gitworld import World, docctl_command, procedure, run_docctl
from test_signing import Ward, ward

from docctl.cli.main import main

__all__ = ["ward"]

Files = dict[str, bytes]
_HASH = re.compile(r"--[0-9a-f]{16}(?=\.json)")
"""The part of a record's name that changes with the second in which it was signed."""


def files(root: Path) -> Files:
    """Everything but Git's own, and what a killed process has left beside a file under a name with a dot."""
    return {_HASH.sub("--#", path): data for path, data in named(root).items()}


def named(root: Path) -> Files:
    """The same with their names as they are."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".git" not in path.parts and not path.name.startswith(".")
    }


def put_back(root: Path, before: Files) -> None:
    """The files as they were, and no others."""
    for path in root.rglob("*"):
        if path.is_file() and ".git" not in path.parts:
            path.unlink()
    for name, data in before.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)


def said(root: Path) -> list[tuple[str, str]]:
    """What a check says, without its words."""
    answer = run_docctl("check", "--format", "json", "--exit-zero", cwd=root)
    found = [(each["code"], each["path"]) for each in json.loads(answer.out)["findings"]]
    left = [path.relative_to(root).as_posix() for path in left_over(root)]
    return [(code, path) for code, path in found if path not in left]


def left_over(root: Path) -> list[Path]:
    """Files beside others that a killed process has not put in their place; a check says so of those among records."""
    hidden = (path for path in root.rglob(".*") if path.is_file() and ".git" not in path.parts)
    return [path for path in hidden if path.name not in (".gitkeep", ".gitattributes", ".gitignore")]


def approved(ward: Ward) -> None:
    ward.policy()
    ward.approve()


def issued(ward: Ward) -> None:
    approved(ward)
    ward.good("issue", "QT-01", "--effective-from", "2026-01-01", by="binh")


def damaged_text(ward: Ward) -> None:
    path = ward.root / "procedures" / "QT-01.yaml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


COMMANDS: dict[str, tuple[Callable[[Ward], object], list[str], str | None]] = {
    "new procedure": (lambda ward: None, ["new", "procedure", "QT-02", "--title", "Hai"], None),
    "adopt": (lambda ward: None, ["adopt", "QT-01", "--effective-from", "2025-01-01"], None),
    "fix": (damaged_text, ["fix", "procedures/QT-01.yaml"], None),
    "policy init": (
        lambda ward: None,
        ["policy", "init", "--person", "an", "--name", "Người ký an", "--title", "Chủ tịch", "--unit", "UBND",
         "--holds", "lanh-dao"], "an.pub",
    ),
    "policy sign": (
        lambda ward: ward.person("init", "an", "Chủ tịch", "lanh-dao"), ["policy", "sign"], "an",
    ),
    "sign": (lambda ward: ward.policy(), ["sign", "QT-01", "--as", "prepared"], "cuong"),
    "issue": (approved, ["issue", "QT-01", "--effective-from", "2026-01-01"], "binh"),
    "acknowledge": (issued, ["acknowledge", "QT-01"], "cuong"),
    "withdraw": (issued, ["withdraw", "QT-01", "--from", "2027-01-01", "--reason", "Hết việc"], "an"),
    "checkpoint": (issued, ["checkpoint"], "an"),
}  # fmt: skip
"""What makes the state before, the command, and whose key it takes."""

IN_BETWEEN = {"issue", "sign", "acknowledge", "withdraw", "policy sign", "checkpoint", "adopt"}
"""Commands that write several files: whole ones, of which a check says what is missing, and a second run completes."""


def old_or_new(name: str, step: int, before: Files, after: Files, there: Files) -> None:
    """Is each file what it was or what it becomes, and are there the old ones, or the new ones, or whole ones of both?"""
    for path, data in there.items():
        assert path in before or path in after, f"step {step}: {path}"
        if path in before and before[path] == after.get(path, before[path]):
            assert data == before[path], f"step {step}: {path}"
        elif data != before.get(path):  # days, digests and signatures differ, but not in length
            assert len(data) == len(after[path]), f"step {step}: {path} is half"
    between = there.keys() not in (before.keys(), after.keys())
    assert not between or name in IN_BETWEEN, f"step {step}: {sorted(there.keys() ^ before.keys())}"


@pytest.mark.parametrize("die", [False, True], ids=["fails", "dies"])
@pytest.mark.parametrize("name", COMMANDS)
def test_the_old_state_or_the_new_one(ward: Ward, name: str, monkeypatch: pytest.MonkeyPatch, *, die: bool) -> None:
    prepare, arguments, by = COMMANDS[name]
    prepare(ward)
    key = ["--key", str(ward.folder / by)] if by else []
    command = [*arguments, *key, "--lang", "en"]
    monkeypatch.chdir(ward.root)
    before, kept = files(ward.root), named(ward.root)
    assert main(command) == 0
    after, new = files(ward.root), said(ward.root)
    put_back(ward.root, kept)
    old = said(ward.root)
    reached = 0
    for step in range(1, 60):
        status = in_child(lambda: main(command), ward.root, step, die=die)
        if status == NOT_REACHED:
            break
        reached += 1
        there = files(ward.root)
        old_or_new(name, step, before, after, there)
        if there.keys() == before.keys():
            assert said(ward.root) in (old, new), f"step {step}"
        if not die:
            assert status != 0 or there.keys() == after.keys(), f"step {step} failed and nothing was said"
            assert left_over(ward.root) == [], f"step {step}"
        again = main(command)
        lost = [each for each in said(ward.root) if not (die and each[0] == "DC430" and each[1].endswith(".sig"))]
        assert lost == new or again != 0, f"step {step}: a second run gives {lost}"
        put_back(ward.root, kept)
    assert reached >= 3


# -- two at once -----------------------------------------------------------------------------------


def test_two_who_sign_at_once_lose_nothing(ward: Ward) -> None:
    """Each makes a record of its own; nobody waits for anybody."""
    ward.policy()
    commands = [
        [*docctl_command(), "sign", "QT-01", "--as", meaning, "--key", str(ward.folder / by), "-C", str(ward.root)]
        for meaning, by in (("prepared", "cuong"), ("reviewed", "binh"), ("approved", "an"))
    ]
    runs = [subprocess.Popen(each, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for each in commands]
    answers = [(run.communicate()[1], run.returncode) for run in runs]
    records = sorted((ward.root / "approvals" / "QT-01" / "1.0").glob("*.json"))
    assert len(records) == sum(code == 0 for _, code in answers) > 0
    assert all(path.with_name(path.name + ".sig").exists() for path in records)
    assert [code for code, _ in said(ward.root) if code.startswith("DC4")] == []


def test_one_document_made_by_two_at_once(ward: Ward) -> None:
    command = [*docctl_command(), "new", "procedure", "QT-07", "--title", "Bảy", "-C", str(ward.root)]
    runs = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(6)]
    codes = [run.wait() for run in runs]
    made = (ward.root / "procedures" / "QT-07.yaml").read_bytes()
    (ward.root / "procedures" / "QT-07.yaml").unlink()
    ward.good(*command[3:6], "--title", "Bảy")
    assert sorted(codes) == [0, 2, 2, 2, 2, 2]
    assert left_over(ward.root) == []
    assert (ward.root / "procedures" / "QT-07.yaml").read_bytes() == made


# -- disks -----------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own of 600 KiB, which only root can mount."""
    place = tmp_path / "disk"
    place.mkdir()
    options = ["-t", "tmpfs", "-o", "size=600k", "none", str(place)]
    if os.geteuid() != 0 or subprocess.run(["mount", *options], check=False, capture_output=True).returncode != 0:
        pytest.skip("no disk can be mounted here")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


def filled(place: Path) -> None:
    """Not a byte is left on a disk."""
    with open(place / "filling", "wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue


def moved(root: Path, place: Path) -> Path:
    """A repository on another disk."""
    shutil.copytree(root, place / "ward", symlinks=True)
    return place / "ward"


def test_full_disk(ward: Ward, small_disk: Path) -> None:
    ward.policy()
    shutil.rmtree(ward.root / ".git" / "hooks", ignore_errors=True)
    root = moved(ward.root, small_disk)
    whole = run_docctl("check", "--format", "json", "--exit-zero", cwd=root)
    shutil.rmtree(root / ".git" / "docctl")
    before = files(root)
    filled(small_disk)
    assert run_docctl("check", "--format", "json", "--exit-zero", cwd=root).out == whole.out
    assert run_docctl("search", "chung thuc", cwd=root).status == 0
    for command in (
        ["new", "procedure", "QT-02", "--title", "Hai"],
        ["sign", "QT-01", "--as", "prepared", "--key", str(ward.folder / "cuong")],
    ):  # fmt: skip
        answer = run_docctl(*command, "--lang", "en", cwd=root)
        assert (answer.status, "No space left on device" in answer.err) == (2, True), answer
        assert "internal error" not in answer.err
        assert {name: data for name, data in files(root).items() if name != "filling"} == before


def test_read_only_tree(ward: Ward, small_disk: Path) -> None:
    ward.policy()
    ward.commit()
    root = moved(ward.root, small_disk)
    whole = run_docctl("check", "--format", "json", "--exit-zero", cwd=root)
    shutil.rmtree(root / ".git" / "docctl")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert run_docctl("check", "--format", "json", "--exit-zero", cwd=root).out == whole.out
    for command in (
        ["log", "QT-01"],
        ["search", "chung thuc"],
        ["register"],
        ["status"],
        ["cache"],
        ["cache", "--clear"],
    ):
        answer = run_docctl(*command, cwd=root)
        assert (answer.status, answer.err.count("internal")) == (0, 0), (command, answer)
    answer = run_docctl("new", "procedure", "QT-02", "--title", "Hai", "--lang", "en", cwd=root)
    assert (answer.status, "Read-only file system" in answer.err, "internal error" in answer.err) == (2, True, False)


# -- kinds of repositories -------------------------------------------------------------------------


def test_detached_head(world: World) -> None:
    whole = world.check()
    first = world.git("rev-parse", "HEAD")
    world.write({"procedures/QT-01.yaml": procedure(title="Tên khác")})
    world.commit()
    world.git("checkout", "-q", "--detach", first)
    assert world.check().same == world.check("--at", "HEAD").same == whole.same
    for command in (
        ["log", "QT-01", "--commits"],
        ["diff", "HEAD..main"],
        ["blame", "QT-01"],
        ["check", "--against", "main"],
    ):
        answer = run_docctl(*command, cwd=world.root)
        assert "internal" not in answer.err
        assert answer.status in (0, 1), answer


def test_bare_repository(world: World, tmp_path: Path) -> None:
    world.git("clone", "-q", "--bare", str(world.top), str(tmp_path / "bare.git"))
    answer = run_docctl("check", "--lang", "en", cwd=tmp_path / "bare.git")
    assert answer.status == 2
    assert "has no work tree" in answer.err
    assert "git clone" in answer.err


def test_history_of_a_shallow_clone(world: World, tmp_path: Path) -> None:
    for number in range(3):
        world.write({"procedures/QT-01.yaml": procedure(title=f"Tên {number}")})
        world.commit(f"Lần {number}")
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{world.top}", str(tmp_path / "clone")], check=True)
    answer = run_docctl("log", "QT-01", "--commits", "--lang", "en", cwd=tmp_path / "clone")
    assert (answer.status, "Lần 2" in answer.out, "Lần 1" in answer.out) == (0, True, False)
    assert "the history that is here begins" in answer.err


def test_history_in_a_worktree(world: World, tmp_path: Path) -> None:
    world.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    (tmp_path / "side" / "procedures" / "QT-01.yaml").write_text(procedure(title="Bên cạnh"), encoding="utf-8")
    world.git("commit", "-qam", "Bên cạnh", cwd=tmp_path / "side")
    beside = run_docctl("log", "QT-01", "--commits", cwd=tmp_path / "side")
    assert "Bên cạnh" in beside.out
    assert "Bên cạnh" not in run_docctl("log", "QT-01", "--commits", cwd=world.root).out
    assert [*(tmp_path / "side").glob(".git/*")] == []  # what is remembered lies in the common directory


def test_history_in_a_submodule(world: World, tmp_path: Path) -> None:
    outer = World.make(tmp_path / "outer", commit=False)
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(world.top), "inner")
    outer.commit()
    answer = run_docctl("log", "QT-01", "--commits", cwd=outer.top / "inner")
    assert (answer.status, "internal" in answer.err) == (0, False)
    assert run_docctl("check", "--exit-zero", cwd=outer.top / "inner").status == 0


def test_line_ends_of_windows(ward: Ward) -> None:
    """A checkout that turns line ends changes neither what is in force nor what was archived."""
    issued(ward)
    ward.commit()
    whole = json.loads(ward.good("status", "--format", "json"))
    ward.git("config", "core.autocrlf", "true")
    for path in (ward.root / "procedures").iterdir():
        path.unlink()
    shutil.rmtree(ward.root / "archive")
    ward.git("checkout", "-q", "--", ".")
    assert json.loads(ward.good("status", "--format", "json"))["documents"] == whole["documents"]
    assert [code for code, _ in said(ward.root) if code.startswith("DC3")] == []


def test_names_that_differ_in_capital_letters_only(world: World) -> None:
    """On a disk that does not tell them apart one of the two would be lost; it is found where both are."""
    world.write({"procedures/qt-01.yaml": procedure("qt-01")})
    world.git("add", "-A")
    for choice in ([], ["--staged"]):
        assert any(path == "procedures/qt-01.yaml" for _, path in world.check(*choice).findings)
        assert world.check(*choice).status == 1


@pytest.mark.parametrize("command", [["log", "QT-01", "--commits"], ["search", "quy trinh"]], ids=["log", "search"])
def test_who_must_wait_is_told(world: World, command: list[str]) -> None:
    """Another run that is making an index is waited for, and that is said."""
    whole = run_docctl(*command, "--lang", "en", cwd=world.root)
    world.write({"procedures/QT-01.yaml": procedure(title="Một quy trình mới")})
    world.commit("Mới")
    (name,) = [
        path for path in (world.top / ".git" / "docctl").iterdir() if path.name.startswith((command[0][:3], "hist"))
    ][:1]
    connection = sqlite3.connect(name, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN IMMEDIATE")
    release = threading.Timer(1.5, lambda: connection.execute("COMMIT"))
    release.start()
    answer = run_docctl(*command, "--lang", "en", cwd=world.root)
    release.join()
    connection.close()
    assert "another run of docctl is writing" in answer.err
    assert "another run" not in whole.err
    assert run_docctl(*command, "--lang", "en", cwd=world.root).out == answer.out != whole.out
