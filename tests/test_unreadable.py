"""What cannot be read is said of the file that cannot be read, and of nothing else; nothing waits for it."""

from __future__ import annotations

import ctypes
import os
import subprocess
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gitworld import World, broken, run_docctl
from test_remembering import at_once, example, report

from docctl.store import git_objects
from docctl.store.git import GitReader
from docctl.store.git_objects import GitObjects
from docctl.store.gitdir import find
from docctl.store.snapshot import TooLarge, Unreadable

__all__ = ["at_once", "example"]

# -- damaged objects -------------------------------------------------------------------------------


def shorter(data: bytes) -> bytes:
    """Fewer bytes than the header promises."""
    return zlib.compress(zlib.decompress(data)[:-10])


def longer(data: bytes) -> bytes:
    return zlib.compress(zlib.decompress(data) + b"0123456789")


def another(data: bytes) -> bytes:
    """As many bytes, but not those that the id names."""
    return zlib.compress(zlib.decompress(data)[:-1] + b"!")


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "shorter": shorter,
    "longer": longer,
    "another": another,
    "cut off": lambda data: data[: len(data) // 2],
    "empty": lambda _: b"",
    "no object": lambda _: zlib.compress(b"what 3\0abc"),
    "folder": lambda _: zlib.compress(b"tree 0\0"),
    "noise": lambda data: data[:5] + bytes(255 - each for each in data[5:20]) + data[20:],
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("where", [["--staged"], ["--at", "HEAD"]], ids=["index", "commit"])
def test_a_damaged_object_is_said_and_the_others_are_read(world: World, damage: str, where: list[str]) -> None:
    world.write({f"procedures/QT-0{number}.yaml": broken(f"QT-0{number}") for number in (1, 2, 3)})
    world.commit()
    path = "procedures/QT-02.yaml"
    objects = world.loose(world.blob_id(path))
    objects.chmod(0o644)
    objects.write_bytes(DAMAGES[damage](objects.read_bytes()))
    for _ in range(2):  # the second time with what the first one remembers
        answer = world.check(*where)
        if damage == "no object" and where != ["--staged"]:  # Git cannot even list the commit
            assert (answer.status, "git fsck" in answer.err) == (3, True)
            continue
        assert (answer.status, len(answer.err.splitlines())) == (1, 1), answer.err
        assert [code for code, of in answer.findings if of == path] == ["DC118"]
        assert {code for code, of in answer.findings if of.startswith("procedures/") and of != path} == {"DC203"}


def test_content_that_looks_like_the_end_of_an_answer(world: World) -> None:
    """The mark by which an answer is known to have ended may stand in a file, at any place where a pipe may be cut."""
    git = find(world.root)
    assert git is not None
    reader = GitReader(git)
    mark = reader._objects._mark
    for head in (0, 1, 65536 - len(mark), 65536 - 48 - len(mark), 200_000):
        data = b"x" * head + mark + b"y" * 7 + mark
        (world.root / "file").write_bytes(data)
        object_id = world.git("hash-object", "-w", "file").strip()
        assert reader.blob(object_id, 1 << 20) == data
    reader.close()


def test_pieces_as_they_come(world: World) -> None:
    """However the answer is cut into pieces, it is the same."""
    (world.root / "file").write_bytes(b"one\n" * 5000)
    object_id = world.git("hash-object", "-w", "file").strip()
    git = find(world.root)
    assert git is not None
    reader = GitReader(git)
    start = lambda: reader._start(["cat-file", "--batch"], subprocess.PIPE)  # noqa: E731
    objects = GitObjects(start, sha256=git.sha256)
    for _ in range(3):
        with pytest.raises(TooLarge) as said:
            objects.blob(object_id, 19_999)
        assert said.value.size == 20_000
        with pytest.raises(Unreadable):
            objects.blob("0" * 40, 100)
        assert objects.blob(object_id, 20_000) == b"one\n" * 5000
    objects.close()
    reader.close()


def test_git_that_does_not_answer(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe in the place of an object: Git would wait for ever."""
    monkeypatch.setattr(git_objects, "_SECONDS", 0.5)
    objects = world.loose(world.blob_id("procedures/QT-02.yaml"))
    objects.unlink()
    os.mkfifo(objects)
    found = world.check("--staged").findings
    assert [code for code, path in found if path == "procedures/QT-02.yaml"] == ["DC118"]


def test_a_commit_that_cannot_be_read_is_no_lack_of_commits(world: World) -> None:
    commit = world.loose(world.git("rev-parse", "HEAD").strip())
    commit.chmod(0o644)
    commit.write_bytes(commit.read_bytes()[:20])
    answer = run_docctl("log", "QT-01", "--lang", "en", cwd=world.root)
    assert (answer.status, answer.out) == (3, "")
    assert "git fsck" in answer.err


# -- folders that may not be entered or listed -----------------------------------------------------


@pytest.fixture
def plain(example: Path) -> Iterator[Path]:
    """The example agency, with nobody above the modes of its files: root gives up two of its rights meanwhile."""
    if os.geteuid() != 0:
        yield example
        return
    libc = ctypes.CDLL(None, use_errno=True)
    version = (ctypes.c_uint32 * 2)(0x20080522, 0)
    rights = (ctypes.c_uint32 * 6)()  # effective, permitted, inheritable; twice
    if libc.capget(version, rights) != 0:
        pytest.skip("rights cannot be given up here")
    before = rights[0]
    rights[0] = before & ~0b110  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    assert libc.capset(version, rights) == 0
    yield example
    rights[0] = before
    assert libc.capset(version, rights) == 0


FOLDERS = ["forms", "archive/QT-05", "approvals/QT-05", "procedures", "legal", "policy"]


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("folder", FOLDERS)
def test_what_may_not_be_opened(plain: Path, folder: str) -> None:
    """With each mode of a folder the answer is the fresh one, is no failure, and names what cannot be opened."""
    place = plain / folder
    whole = report(plain)
    for mode in (0o000, 0o111, 0o444):
        place.chmod(mode)
        try:
            said = report(plain)
            assert said == report(plain) == report(plain, cache=False), oct(mode)
            assert said != whole
            there = [each.location.path for each in said.findings if each.code.id == "DC118"]
            assert any(path.startswith(folder) for path in there), oct(mode)
        finally:
            place.chmod(0o755)
    assert report(plain) == whole


@pytest.mark.usefixtures("at_once")
def test_files_that_no_listing_shows(plain: Path) -> None:
    """In a folder that may be entered only, files come, change and go unseen: nothing of them is remembered."""
    folder = plain / "forms"
    form = next(path for path in sorted(folder.iterdir()) if path.name == "BM-07.docx")
    data = form.read_bytes()
    folder.chmod(0o311)
    try:
        for content in (data, data + b"x", None, data):
            form.unlink() if content is None else form.write_bytes(content)
            assert report(plain) == report(plain, cache=False)
    finally:
        folder.chmod(0o755)


def test_the_command_names_the_folder(plain: Path) -> None:
    (plain / "approvals" / "QT-05").chmod(0o000)
    answer = run_docctl("check", cwd=plain)
    (plain / "approvals" / "QT-05").chmod(0o755)
    assert answer.status == 1
    assert "approvals/QT-05:1:1: lỗi DC118" in answer.out
    assert "Traceback" not in answer.err + answer.out
