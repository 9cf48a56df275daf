"""The work tree as a snapshot, and the only way files are written: whole, atomic, beneath one root."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from docctl.errors import UsageError
from docctl.message import msg
from docctl.store.snapshot import Content, Entry, Kind, TooLarge, Unreadable

if TYPE_CHECKING:
    from docctl.store.file_ids import FileIds

_OPEN = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_OPEN_FOLDER = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_DIRECTORY", 0)
_DEEPEST = 40
"""Folders below folders; nothing of an agency lies deeper."""

_BENEATH = os.open in os.supports_dir_fd and hasattr(os, "O_NOFOLLOW")


class WorkTree:
    """The files as they lie on the disk; what Git ignores or does not know is included.

    ``sha256`` says whether the surrounding Git repository names its blobs by SHA-256; ``ids`` are the ids of files that
    have not changed since they were read.
    """

    def __init__(self, root: Path, *, sha256: bool = False, ids: FileIds | None = None) -> None:
        self.root = root
        self._hash = hashlib.sha256 if sha256 else hashlib.sha1
        self._ids = ids

    def entries(self, folder: str) -> list[Entry]:
        top = self.entry(folder)
        if top is not None:
            return [top]
        return sorted(self._below(folder), key=_path)

    def entry(self, path: str) -> Entry | None:
        """What stands at a path, or above it where that is a link or a repository of its own; None for a folder."""
        here = str(self.root)
        parts = path.split("/")
        for place, part in enumerate(parts):
            here = f"{here}/{part}"
            try:
                status = os.lstat(here)
            except (FileNotFoundError, NotADirectoryError):
                return None
            except OSError:
                return Entry(path, Kind.UNREADABLE)
            if stat.S_ISLNK(status.st_mode):
                return Entry("/".join(parts[: place + 1]), Kind.SYMLINK)
            if stat.S_ISDIR(status.st_mode) and os.path.lexists(f"{here}/.git"):
                return Entry("/".join(parts[: place + 1]), Kind.SUBMODULE)
        if stat.S_ISDIR(status.st_mode):
            return None
        return self._entry(path, status)

    def _entry(self, path: str, status: os.stat_result) -> Entry:
        if not stat.S_ISREG(status.st_mode):
            return Entry(path, Kind.SYMLINK if stat.S_ISLNK(status.st_mode) else Kind.SPECIAL)
        known = None if self._ids is None else self._ids.known(path, status)
        return Entry(path, Kind.FILE, status.st_size, known)

    def has_folder(self, path: str) -> bool:
        return self.entry(path) is None and os.path.lexists(self.root / path)

    def opens(self, folder: str) -> bool:
        if self.entry(folder) is not None:
            return False
        try:
            os.scandir(f"{self.root}/{folder}").close()
        except FileNotFoundError:
            return True
        except OSError:
            return False
        return True

    def read(self, path: str, most: int) -> Content:
        try:
            with contextlib.ExitStack() as stack:
                handle = self._open(path, stack)
                begun, status = time.time_ns(), os.fstat(handle)
                if not stat.S_ISREG(status.st_mode):
                    raise Unreadable(msg("it is no regular file"), Kind.SPECIAL)
                if status.st_size > most:
                    raise TooLarge(status.st_size)
                with open(handle, "rb", closefd=False) as file:
                    data = file.read(status.st_size + 1)
                    if len(data) > status.st_size:  # it has grown, or does not tell its size
                        data += file.read(max(0, most + 1 - len(data)))
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise Unreadable(msg("it is a symbolic link"), Kind.SYMLINK) from error
            raise Unreadable(msg("the system says: {reason}", reason=error.strerror or str(error))) from error
        if len(data) > most:  # it grew while it was read
            raise TooLarge(len(data))
        blob_id = self._hash(b"blob %d\0" % len(data) + data).hexdigest()
        if self._ids is not None:
            self._ids.learn(path, status, blob_id, begun)
        return Content(data, blob_id)

    def _open(self, path: str, stack: contextlib.ExitStack) -> int:
        """Opens a file folder by folder, so that no link on the way leads out of the root."""
        if not _BENEATH:  # pragma: no cover - Windows
            handle = os.open(self.root / path, _OPEN)
            stack.callback(os.close, handle)
            return handle
        handle = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY)
        stack.callback(os.close, handle)
        *folders, name = path.split("/")
        for folder in folders:
            handle = os.open(folder, _OPEN_FOLDER, dir_fd=handle)
            stack.callback(os.close, handle)
        handle = os.open(name, _OPEN, dir_fd=handle)
        stack.callback(os.close, handle)
        return handle

    def _below(self, top: str) -> list[Entry]:
        """Everything below a folder, in no order; what holds a ``.git`` is a repository of its own."""
        found: list[Entry] = []
        folders = [top]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(f"{self.root}/{folder}") as listing:
                    inside = [*listing]
            except FileNotFoundError:
                continue
            except OSError:
                found.append(Entry(folder, Kind.UNREADABLE))
                continue
            if folder.count("/") > _DEEPEST:
                found.append(Entry(folder, Kind.UNREADABLE))
            elif ".git" in [each.name for each in inside]:
                found.append(Entry(folder, Kind.SUBMODULE))
            else:
                for each in inside:
                    path = f"{folder}/{each.name}"
                    try:
                        if each.is_dir(follow_symlinks=False):
                            folders.append(path)
                        else:
                            found.append(self._entry(path, each.stat(follow_symlinks=False)))
                    except FileNotFoundError:
                        continue  # it has gone meanwhile
                    except OSError:
                        found.append(Entry(path, Kind.UNREADABLE))
        return found


_path = attrgetter("path")


def write(path: Path, data: bytes, *, replace: bool) -> None:
    """Writes a whole file or nothing: a temporary file beside it, flushed, compared, then renamed.

    Without ``replace`` an existing file raises ``FileExistsError``. Links are not followed: a link at
    ``path`` raises ``FileExistsError`` as well. The mode of a replaced file is kept.
    """
    mode = 0o666 & ~_umask()
    if path.is_symlink() or (path.exists() and not replace):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    if path.exists():
        mode = stat.S_IMODE(path.stat().st_mode)
    import tempfile  # a check writes nothing and waits for no import

    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        if temporary.read_bytes() != data:
            raise OSError(errno.EIO, "what was written reads back differently", str(path))
        if replace:
            temporary.replace(path)
        else:
            os.link(temporary, path)  # unlike a rename, fails where another file has come up meanwhile
    finally:
        temporary.unlink(missing_ok=True)


def make_beneath(root: Path, path: str, data: bytes) -> Path:
    """A new file at ``path`` (with ``/``) below a root, its folders made; no link on the way is followed.

    Raises ``FileExistsError`` where the file, or a link in the place of a folder, is there already, ``OSError`` where
    the path would lead out of the root.
    """
    for here in _folders(root, path):
        here.mkdir(exist_ok=True)
    write(root / path, data, replace=False)
    return root / path


def make_all_beneath(root: Path, files: Mapping[str, bytes]) -> None:
    """New files of the root in this order, all of them or none; one that is there with the same content is left alone.

    Raises as ``make_beneath`` does. Only where the process is killed in between are there some without the others.
    """
    made: list[Path] = []
    try:
        for path, data in files.items():
            target = root / path
            if target.is_symlink() or not target.is_file() or target.read_bytes() != data:
                made.append(make_beneath(root, path, data))
    except BaseException:
        for target in reversed(made):
            target.unlink(missing_ok=True)
        raise


def replace_beneath(root: Path, path: str, before: bytes | None, after: bytes) -> None:
    """A file of the root with new content, or a new file where ``before`` is None.

    Raises ``OSError`` where it has changed meanwhile, or is a link, or would lie outside; then nothing is written.
    """
    for _ in _folders(root, path):
        pass
    target = root / path
    if before is None:
        write(target, after, replace=False)
        return
    if target.is_symlink() or target.read_bytes() != before:
        raise OSError(errno.EBUSY, "it has changed meanwhile", str(target))
    write(target, after, replace=True)


def replace_all_beneath(root: Path, files: Sequence[tuple[str, bytes, bytes]]) -> None:
    """Several files of the root with new content: path, content before, content after; all of them, or none.

    Raises ``OSError`` as ``replace_beneath`` does; those written before it have their old content again. Only where the
    process is killed in between are some new and the others old, each of them whole.
    """
    for path, before, _ in files:
        target = root / path
        if target.is_symlink() or target.read_bytes() != before:
            raise OSError(errno.EBUSY, "it has changed meanwhile", str(target))
    written: list[tuple[str, bytes, bytes]] = []
    try:
        for each in files:
            replace_beneath(root, *each)
            written.append(each)
    except BaseException:
        for path, before, after in reversed(written):
            replace_beneath(root, path, after, before)
        raise


def _folders(root: Path, path: str) -> Iterator[Path]:
    """The folders above a file, outermost first, each looked at when it is reached.

    Raises ``OSError`` for a path that is not plainly one below the root, and for a link on the way.
    """
    *folders, name = path.split("/")
    here = root
    for part in (*folders, name):
        if part in ("", ".", "..") or "\0" in part or len(Path(part).parts) != 1 or Path(part).is_absolute():
            raise OSError(errno.EINVAL, "it would lie outside the repository", path)
    for part in folders:
        here = here / part
        if here.is_symlink() or (here.exists() and not here.is_dir()):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(here))
        yield here


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """A folder that holds exactly these files, by their names: made beside it, then put in its place.

    Interrupted at any point, the old folder or the new one stands there or beside it under a name that
    begins with a dot; nothing is lost. No link is followed.
    """
    import shutil
    import tempfile

    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.is_symlink():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        new.chmod(0o777 & ~_umask())
        for name, data in sorted(files.items()):
            write(new / name, data, replace=False)
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
            folder.rename(old / folder.name)
            new.rename(folder)
            shutil.rmtree(old)
        else:
            new.rename(folder)
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def relative_path(root: Path, path: str | Path) -> str:
    """A path as the user wrote it, relative to the repository's root, with ``/``; links are kept.

    Raises ``UsageError`` where it lies outside.
    """
    whole = Path(os.path.abspath(path))
    folder = whole.parent.resolve() / whole.name
    for candidate in (whole, folder):
        if candidate.is_relative_to(root):
            return candidate.relative_to(root).as_posix()
    raise UsageError(msg("{path} lies outside the repository {root}", path=str(path), root=str(root)))
