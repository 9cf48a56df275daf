"""All documents of a snapshot: their paths, and which of them cannot be read."""

from __future__ import annotations

from collections.abc import Iterable

from docctl.documents.loading import Documents
from docctl.documents.sorts import SINGLE, sort_of
from docctl.store.snapshot import FOLDERS


def unread(documents: Documents, paths: Iterable[str]) -> tuple[str, ...]:
    """Those at which something stands that should be a document, or a folder, and cannot be read or is not valid."""
    return tuple(
        path for path, sort in ((each, sort_of(each)) for each in paths)
        if (path in FOLDERS and (documents.snapshot.entry(path) is not None or not documents.listed(path)))
        or (sort is not None and documents.stands(path) and documents.load(path, sort).document is None)
    )  # fmt: skip


def all_paths(documents: Documents) -> tuple[str, ...]:
    """Paths of all documents, readable or not."""
    single = (path for path in SINGLE if documents.stands(path))
    folders = ("calendar", "catalogue", "legal", "procedures")
    return (*single, *(path for folder in folders for path in documents.paths(folder)))
