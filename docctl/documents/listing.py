"""What a snapshot holds where documents may be: their paths, and what lies there that is none."""

from __future__ import annotations

from collections.abc import Sequence

from docctl.documents import codes
from docctl.documents.sorts import READ_FOLDERS, RECORDS, VENDOR, WORDS, sort_of
from docctl.documents.unread import not_a_file, passed_over
from docctl.finding import Finding, Location, finding
from docctl.message import msg
from docctl.store.snapshot import FOLDERS, Entry, Kind, Snapshot

_QUIET_FOLDERS = frozenset({"forms", *RECORDS})  # attachments: named by procedures; records: trust.py reads them
_READ = frozenset(folder.partition("/")[0] for folder in READ_FOLDERS)


class Listing:
    """The folders of one snapshot, each listed once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._listings: dict[str, Sequence[Entry]] = {}
        self._paths: dict[str, tuple[str, ...]] = {}
        self._all: dict[str, tuple[str, ...]] = {}
        self._sets: dict[str, frozenset[str]] = {}
        self._by_path: dict[str, dict[str, Entry]] = {}
        self.blind = False
        """Is there a folder, among those listed so far, whose files are not listed although they may be asked for?"""

    # -- what there is -----------------------------------------------------------------------

    def paths(self, folder: str) -> tuple[str, ...]:
        """Paths of the documents in a folder, readable or not, sorted."""
        if folder not in self._paths:
            entries = self.entries_of(folder) if folder.partition("/")[0] in _READ else ()
            self._paths[folder] = tuple(
                entry.path for entry in entries if sort_of(entry.path) is not None and entry.path != folder
            )
        return self._paths[folder]

    def has_document(self, path: str) -> bool:
        """Does a document stand at a path of its folder, readable or not?"""
        folder = path.rpartition("/")[0]
        if folder not in self._paths:  # of one document the others need not be listed
            entry = None if sort_of(path) is None else self.snapshot.entry(path)
            return entry is not None and entry.path == path
        if folder not in self._sets:
            self._sets[folder] = frozenset(self.paths(folder))
        return path in self._sets[folder]

    def all_paths(self, folder: str) -> tuple[str, ...]:
        """Paths of everything in a folder, documents or not, sorted."""
        if folder not in self._all:
            self._all[folder] = tuple(entry.path for entry in self.entries_of(folder) if entry.path != folder)
        return self._all[folder]

    def others(self, folder: str, most: int) -> tuple[str, ...]:
        """Paths of the regular files in a folder that are no documents and not larger than so many bytes."""
        known = frozenset(self.paths(folder))
        return tuple(
            entry.path for entry in self.entries_of(folder)
            if entry.kind is Kind.FILE and entry.path not in known and (entry.size is None or entry.size <= most)
        )  # fmt: skip

    def entries_of(self, folder: str) -> Sequence[Entry]:
        if folder not in self._listings:
            entries = self._listings[folder] = self.snapshot.entries(folder)
            self.blind |= any(entry.kind is Kind.UNREADABLE for entry in entries)
        return self._listings[folder]

    def listed(self, folder: str) -> bool:
        """Could the folder be listed? Not where a link stands in its place, or it may not be opened."""
        if folder not in self._listings and self.snapshot.opens(folder):
            return True
        return all(entry.path != folder or entry.kind is Kind.FILE for entry in self.entries_of(folder)[:1])

    def stands(self, path: str) -> bool:
        """Is there anything at a path, be it a folder?"""
        return (self.listed_entry(path) or self.snapshot.entry(path)) is not None or self.snapshot.has_folder(path)

    def holds(self, path: str) -> bool:
        """Is there a regular file of this path?"""
        entry = self.listed_entry(path) or self.snapshot.entry(path)
        return entry is not None and entry.kind is Kind.FILE

    def listed_entry(self, path: str) -> Entry | None:
        """What a listing has found at a path, if its folder was listed."""
        folder = path.partition("/")[0]
        if folder not in self._by_path and folder in self._listings:
            self._by_path[folder] = {entry.path: entry for entry in self._listings[folder]}
        return self._by_path.get(folder, {}).get(path)

    def oddities(self) -> tuple[Finding, ...]:
        """What stands in the folders and is not read: links, pipes, other names, later kinds (DC117, DC903)."""
        found: list[Finding] = []
        for folder in FOLDERS:
            known = frozenset(self.paths(folder))
            entries = [entry for entry in self.entries_of(folder) if entry.path not in known]
            found += (not_a_file(entry.path, entry.kind) for entry in entries if entry.kind is not Kind.FILE)
            others = [
                entry.path for entry in entries
                if entry.kind is Kind.FILE and not (folder in _QUIET_FOLDERS and entry.path != folder)
                and not is_hidden(entry.path) and entry.path != VENDOR and not is_words(entry.path)
            ]  # fmt: skip
            if folder in READ_FOLDERS:
                found += (
                    passed_over(
                        path, msg("this file is not read: only {folder}/<id>.yaml is", folder=_read_folder(path))
                    )
                    for path in others
                )
            elif folder in others:
                found.append(passed_over(folder, msg("this is a file; a folder of this name belongs here")))
            elif others:
                text = msg(
                    "{count} files in {folder}/ are not read by this version of docctl",
                    count=len(others),
                    folder=folder,
                )
                fix = msg("nothing to do; move them elsewhere if docctl is not meant to know them")
                found.append(finding(codes.SKIPPED, text, Location(others[0]), fix=fix))
        return tuple(found)


def _read_folder(path: str) -> str:
    """The folder of documents that a file lies in, or below which it lies."""
    folder = path.rpartition("/")[0]
    return folder if folder in READ_FOLDERS else path.partition("/")[0]


def is_words(path: str) -> bool:
    """Is it the words of a legal text?"""
    return path.startswith(WORDS + "/") and path.count("/") == 2 and path.endswith(".md")


def is_hidden(path: str) -> bool:
    """Does a part of the path begin with a dot?"""
    return any(part.startswith(".") for part in path.split("/"))
