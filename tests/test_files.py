"""Writing: whole or not at all. Reading the work tree: beneath the root, regular files only."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from docctl.store.files import WorkTree, make_beneath, replace_beneath, write
from docctl.store.snapshot import Kind, TooLarge, Unreadable


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "a.yaml"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write(target, b"new", replace=True)
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert [*tmp_path.iterdir()] == [target]


def test_a_new_file_never_replaces(tmp_path: Path) -> None:
    target = tmp_path / "a.yaml"
    write(target, b"one", replace=False)
    with pytest.raises(FileExistsError):
        write(target, b"two", replace=False)
    link = tmp_path / "link.yaml"
    link.symlink_to(target)
    for replace in (True, False):
        with pytest.raises(FileExistsError):
            write(link, b"two", replace=replace)
    assert target.read_bytes() == b"one"


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_interrupted_at_any_point_the_old_state_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    target = tmp_path / "a.yaml"
    target.write_bytes(b"old")

    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, step, fail)
    with pytest.raises(OSError, match="No space"):
        write(target, b"new", replace=True)
    monkeypatch.undo()
    assert target.read_bytes() == b"old"
    assert [*tmp_path.iterdir()] == [target]


def test_what_stands_in_the_work_tree(tmp_path: Path) -> None:
    folder = tmp_path / "procedures"
    folder.mkdir()
    (folder / "QT-01.yaml").write_bytes(b"a: 1\n")
    (folder / "link.yaml").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe.yaml")
    (tmp_path / "legal").symlink_to("/etc")
    tree = WorkTree(tmp_path)
    assert [(each.path, each.kind) for each in tree.entries("procedures")] == [
        ("procedures/QT-01.yaml", Kind.FILE),
        ("procedures/link.yaml", Kind.SYMLINK),
        ("procedures/pipe.yaml", Kind.SPECIAL),
    ]
    assert [each.kind for each in tree.entries("legal")] == [Kind.SYMLINK]
    assert tree.entries("forms") == []
    assert tree.read("procedures/QT-01.yaml", 10).blob_id == "a8926a52d8dcba5c4386945476ab6a2ad008afd4"
    with pytest.raises(TooLarge):
        tree.read("procedures/QT-01.yaml", 4)
    for path in ("procedures/link.yaml", "procedures/pipe.yaml", "legal/passwd"):
        with pytest.raises(Unreadable):
            tree.read(path, 100)


@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="the system shows no processes as files")
def test_what_does_not_tell_its_size_is_read_to_its_end() -> None:
    """Such a file says that it is empty; one that grows while it is read is read on likewise."""
    tree, whole = WorkTree(Path("/proc/self")), Path("/proc/self/limits").read_bytes()
    assert Path("/proc/self/limits").stat().st_size == 0 < len(whole)
    assert tree.read("limits", len(whole)).data == whole
    with pytest.raises(TooLarge):
        tree.read("limits", len(whole) - 1)


@pytest.mark.parametrize("path", ["../a.yaml", "x/../../a.yaml", "/a.yaml", "", "x//a.yaml", "./a.yaml", "x/", "a\0b"])
def test_nothing_is_written_outside_the_root(tmp_path: Path, path: str) -> None:
    root = tmp_path / "root"
    (root / "x").mkdir(parents=True)
    (tmp_path / "a.yaml").write_bytes(b"old")
    with pytest.raises(OSError, match="outside"):
        make_beneath(root, path, b"new")
    for before in (b"old", None):
        with pytest.raises(OSError, match="outside"):
            replace_beneath(root, path, before, b"new")
    assert (tmp_path / "a.yaml").read_bytes() == b"old"
    assert [*root.iterdir()] == [root / "x"]


def test_nothing_is_replaced_through_a_link(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (tmp_path / "away").mkdir()
    (tmp_path / "away/a.yaml").write_bytes(b"old")
    (root / "x").symlink_to(tmp_path / "away")
    with pytest.raises(NotADirectoryError):
        replace_beneath(root, "x/a.yaml", b"old", b"new")
    with pytest.raises(NotADirectoryError):
        make_beneath(root, "x/b.yaml", b"new")
    assert (tmp_path / "away/a.yaml").read_bytes() == b"old"
