"""What is looked up in one snapshot: the master list, words, commits, the register of the law."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from docctl.errors import CannotDecide, UsageError
from docctl.holdings import Holdings
from docctl.message import msg
from docctl.view import SnapshotView

if TYPE_CHECKING:
    from docctl.law.register import Register
    from docctl.lawbook import Lawbook
    from docctl.model.master_list import MasterList
    from docctl.model.search import Search
    from docctl.model.text_page import TextPage
    from docctl.store.history import Touch


def _size(path: Path) -> int | None:
    """None where another run has done with the file meanwhile."""
    try:
        return path.stat().st_size
    except OSError:
        return None


class Reference(Holdings):
    """Answers that need no judgement."""

    def remembered(self, *, clear: bool = False) -> Sequence[tuple[Path, int]]:
        """The files in the Git directory in which is remembered what can be made anew, with their sizes in bytes.

        ``clear`` throws them away. Raises ``CannotDecide`` where one cannot be.
        """
        folder = None if self._cache is None or self._cache.path is None else self._cache.path.parent
        found = sorted(folder.glob("*.sqlite3*")) if folder is not None and folder.is_dir() else []
        sizes = [(path, size) for path in found if (size := _size(path)) is not None]
        for path in found if clear else ():
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                reason = error.strerror or str(error)
                raise CannotDecide(msg("{path} cannot be removed: {reason}", path=str(path), reason=reason)) from error
        return sizes

    def close(self) -> None:
        """Writes what is to be remembered, and lets go of the file. Answers can still be asked for afterwards."""
        if self._cache is not None:
            self._cache.close()

    def master_list(self, as_of: date) -> MasterList:
        """The master list as of a day: documents with their revisions, forms, texts of the law."""
        from docctl.masterlist import master_list

        return master_list(SnapshotView(self._documents, as_of))

    @property
    def shallow(self) -> bool:
        """Is a part of the history not here?"""
        return self._directory is not None and self._directory.shallow

    def touches(self, paths: Sequence[str], folders: Sequence[str]) -> Sequence[Touch] | None:
        """What commits did to some files and to all below some folders, up to that of this snapshot, newest first.

        None where there is no Git repository, or no commit yet. Raises ``CannotDecide``.
        """
        from docctl.store import git, git_snapshot
        from docctl.store.history import HistoryIndex

        if self._directory is None:
            return None
        reader = git.GitReader(self._directory)
        try:
            head = self.commit or reader.head()
            if head is None:
                return None
            prefix = git_snapshot.prefix_of(self._directory, self.root)
            return HistoryIndex(reader, prefix, self.notice).touches(head, paths, folders)
        finally:
            reader.close()

    def search(self, words: Sequence[str], *, revisions: bool = False, limit: int = 20) -> Search:
        """Where words stand in procedures, forms, the organisation and the register: see ``searching``.

        Words typed with diacritics are found with these, others with any; one with blanks in it is a phrase, one that
        ends with ``*`` may go on. Raises ``UsageError`` for words without a letter or digit.
        """
        from docctl.searching import search
        from docctl.store.search_index import SearchIndex

        if isinstance(words, str):
            raise UsageError(msg("search takes a list of words"))
        folder = None if self._cache is None or self._cache.path is None else self._cache.path.parent
        index = SearchIndex(folder, b"" if self._cache is None else self._cache.salt, self.notice)
        return search(SnapshotView(self._documents, date.max), words, index, revisions=revisions, limit=limit)

    def law(self, number: str, as_of: date) -> TextPage:
        """A text of the register, by its number or the name of its file, with all around it at a day.

        Raises ``NotInRepository``, or ``InvalidDocument`` where its file cannot be read.
        """
        return self.lawbook.page(number, as_of)

    @cached_property
    def lawbook(self) -> Lawbook:
        """The legal texts with their words: at a date, between two dates, and what they propose to the register."""
        from docctl.lawbook import Lawbook

        return Lawbook(self.register, self._documents.words, lambda: (each.body for each in self.procedures))

    @cached_property
    def register(self) -> Register:
        """The legal texts of the repository and what they do to each other. Texts that cannot be read are left out."""
        return SnapshotView(self._documents, date.min).register
