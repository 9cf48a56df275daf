"""Copies a register that many agencies share into ``legal/shared``, with the checksum of each file."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from docctl.documents.loading import Documents
from docctl.documents.sorts import LEGAL_TEXT, sort_of
from docctl.errors import CannotDecide, UsageError
from docctl.message import msg
from docctl.model.vendored import Vendored
from docctl.store import git, git_snapshot, gitdir
from docctl.store.files import replace_folder
from docctl.store.snapshot import TooLarge, Unreadable
from docctl.text.strict import MOST_BYTES

FOLDER = "legal/shared"
MANIFEST = "vendor.toml"


def vendor(root: Path, source: str, commit: str) -> Vendored:
    """Copies every text of a commit's ``legal/`` below ``source``; what stood in legal/shared is replaced.

    ``source`` is a folder in a Git repository. Nothing is written where a file cannot be read or is not
    valid, or where the agency's own legal/ has a file of the same name. Raises ``UsageError``, ``CannotDecide``.
    """
    folder = Path(source).resolve()
    directory = gitdir.find(folder) if folder.is_dir() else None
    if directory is None:
        raise UsageError(msg("{path} is not in a Git repository", path=source))
    reader = git.GitReader(directory)
    full = reader.commit_id(commit)
    documents = Documents(git_snapshot.commit_snapshot(reader, folder, full))
    paths = [path for path in documents.paths("legal") if path.count("/") == 1]
    if not paths:
        raise UsageError(msg("commit {commit} has no legal texts in {path}/legal", commit=full[:12], path=source))
    taken = [path for path in paths if (root / path).exists()]
    if taken:
        raise UsageError(
            msg("{path} is a text of your own; nothing was copied", path=taken[0]),
            msg("remove it where the shared register has the text"),
        )
    files = {path.rpartition("/")[2]: _content(documents, path) for path in paths}
    body = Vendored(source, full, {name: hashlib.sha256(data).hexdigest() for name, data in files.items()})
    try:
        replace_folder(root / FOLDER, {**files, MANIFEST: manifest(body).encode("utf-8")})
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(msg("{path} cannot be written: {reason}", path=FOLDER, reason=reason)) from error
    return body


def _content(documents: Documents, path: str) -> bytes:
    """The bytes of a valid legal text."""
    assert sort_of(path) is LEGAL_TEXT
    loaded = documents.load(path, LEGAL_TEXT)
    try:
        data = documents.snapshot.read(path, MOST_BYTES).data
    except (TooLarge, Unreadable) as error:
        raise CannotDecide(msg("{path} cannot be read there; nothing was copied", path=path)) from error
    if loaded.document is None:
        reason = loaded.findings[0].message
        raise CannotDecide(msg("{path} is not valid there; nothing was copied: {reason}", path=path, reason=reason))
    return data


def manifest(body: Vendored) -> str:
    """``vendor.toml`` of what was copied; the same input gives the same bytes."""
    files = "".join(f"{json.dumps(name)} = {json.dumps(body.files[name])}\n" for name in sorted(body.files))
    return (
        'format = "docctl/vendor/v1"\n'
        f"source = {json.dumps(body.source, ensure_ascii=False)}\n"
        f"commit = {json.dumps(body.commit)}\n\n[files]\n{files}"
    )
