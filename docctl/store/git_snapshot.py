"""Index and commits as snapshots: what stands where, read from Git's own lists."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from docctl.message import msg
from docctl.store.git import GitReader
from docctl.store.gitdir import GitDirectory
from docctl.store.snapshot import Content, Entry, Kind, TooLarge, Unreadable, belongs

_KINDS = {"100644": Kind.FILE, "100755": Kind.FILE, "120000": Kind.SYMLINK, "160000": Kind.SUBMODULE}


class GitSnapshot:
    """The files of an index or a commit below the repository's root."""

    def __init__(self, reader: GitReader, root: Path, objects: Mapping[str, tuple[Entry, str]]) -> None:
        self.root = root
        self._reader = reader
        self._objects = objects

    def entries(self, folder: str) -> list[Entry]:
        start = folder + "/"
        found = [entry for path, (entry, _) in self._objects.items() if path == folder or path.startswith(start)]
        return sorted(found)

    def has_folder(self, path: str) -> bool:
        return any(each.startswith(path + "/") for each in self._objects)

    def opens(self, folder: str) -> bool:
        return folder not in self._objects

    def entry(self, path: str) -> Entry | None:
        parts = path.split("/")
        for place in range(1, len(parts) + 1):
            known = self._objects.get("/".join(parts[:place]))
            if known is not None:
                entry = known[0]
                return None if entry.kind is Kind.FILE and entry.path != path else entry
        return None

    def read(self, path: str, most: int) -> Content:
        if path not in self._objects:
            raise Unreadable(msg("there is no such file"))
        entry, object_id = self._objects[path]
        if entry.kind is not Kind.FILE:
            raise Unreadable(msg("it is no regular file"), entry.kind)
        if entry.size is not None and entry.size > most:
            raise TooLarge(entry.size)
        data = self._reader.blob(object_id, most)
        _compare(data, object_id)
        return Content(data, object_id)


def _compare(data: bytes, object_id: str) -> None:
    """Does the content give the id that names it? A damaged or forged object store would not."""
    make = hashlib.sha256 if len(object_id) == 64 else hashlib.sha1
    if make(b"blob %d\0" % len(data) + data).hexdigest() != object_id:
        raise Unreadable(msg("the object {id} is damaged", id=object_id))


def index_snapshot(reader: GitReader, root: Path) -> GitSnapshot:
    """What ``git commit`` would take now."""
    prefix = prefix_of(reader.directory, root)
    where = ["--", prefix] if prefix else []
    objects = _objects(prefix, _index_lines(reader.run("ls-files", "-z", "--stage", *where)))
    empty = hashlib.sha256 if reader.directory.sha256 else hashlib.sha1
    nothing = empty(b"blob 0\0").hexdigest()
    if any(object_id == nothing for _, object_id in objects.values()):
        # "git add -N" enters a file without content, which no commit records; against the empty tree
        # such entries are not listed.
        tree = empty(b"tree 0\0").hexdigest()
        listed = reader.run("diff-index", "--cached", "--ita-invisible-in-index", "-z", "--name-only", tree, *where)
        real = {path.decode("utf-8", "surrogateescape").removeprefix(prefix) for path in listed.split(b"\0")}
        objects = {path: known for path, known in objects.items() if known[1] != nothing or path in real}
    return GitSnapshot(reader, root, objects)


def commit_snapshot(reader: GitReader, root: Path, commit: str) -> GitSnapshot:
    """The files of a commit, given by its full id."""
    prefix = prefix_of(reader.directory, root)
    output = reader.run("ls-tree", "-z", "-r", "-l", "--full-tree", commit, *(["--", prefix] if prefix else []))
    return GitSnapshot(reader, root, _objects(prefix, _tree_lines(output)))


def roots(reader: GitReader, commit: str) -> set[str]:
    """The folders of a commit in which a repository lies: those that hold a docctl.toml; empty for the top."""
    output = reader.run("ls-tree", "-z", "-r", "-l", "--full-tree", commit)
    files = (path for path, kind, _, _ in _tree_lines(output) if kind is Kind.FILE)
    return {path.rpartition("/")[0] for path in files if path.rpartition("/")[2] == "docctl.toml"}


def prefix_of(directory: GitDirectory, root: Path) -> str:
    """The way from the top of the work tree to a repository's root, with ``/``; empty where they are one."""
    relative = root.resolve().relative_to(directory.work_tree.resolve()).as_posix()
    return "" if relative == "." else relative + "/"


_Line = tuple[str, Kind, int | None, str]


def _index_lines(output: bytes) -> Iterator[_Line]:
    for line in filter(None, output.split(b"\0")):
        head, _, path = line.partition(b"\t")
        mode, object_id, stage = head.decode().split()
        kind = _KINDS.get(mode, Kind.SPECIAL) if stage == "0" else Kind.CONFLICT
        yield path.decode("utf-8", "surrogateescape"), kind, None, object_id


def _tree_lines(output: bytes) -> Iterator[_Line]:
    for line in filter(None, output.split(b"\0")):
        head, _, path = line.partition(b"\t")
        mode, _, object_id, size = head.decode().split()
        known = int(size) if size.isdecimal() else None
        yield path.decode("utf-8", "surrogateescape"), _KINDS.get(mode, Kind.SPECIAL), known, object_id


def _objects(prefix: str, lines: Iterator[_Line]) -> dict[str, tuple[Entry, str]]:
    objects: dict[str, tuple[Entry, str]] = {}
    for full, kind, size, object_id in lines:
        path = full.removeprefix(prefix)
        if full.startswith(prefix) and belongs(path):
            objects[path] = (Entry(path, kind, size, object_id if kind is Kind.FILE else None), object_id)
    return objects
