"""``docctl fix PATHS``: mends what is certain, by span edits; with ``--diff`` only shows it."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from docctl.cli.session import Session
from docctl.documents.sorts import sort_of
from docctl.errors import UsageError
from docctl.message import Message, Translate, mark, msg
from docctl.report.difference import difference
from docctl.report.setting import Setting
from docctl.schema import wants_integer
from docctl.store.files import WorkTree, write
from docctl.store.snapshot import TooLarge, Unreadable
from docctl.text.mend import Mended, mend
from docctl.text.strict import MOST_BYTES

_ENDINGS = (".yaml", ".yml")
_NEVER_EDITED = frozenset({"approvals", "archive", "checkpoints", "policy"})


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "paths", nargs="+", metavar=translate(mark("PATH")), help=translate(mark("YAML files, or folders of them"))
    )
    parser.add_argument(
        "--diff",
        action="store_true",
        help=translate(mark("show what would change and write nothing; exit 1 if anything would")),
    )


def run(session: Session) -> int:
    setting = session.setting()
    files = [each for path in session.arguments.paths for each in _files(path)]
    status = 0
    for path in files:
        status = max(status, _fix(session, setting, path))
    session.remark(setting.say(msg("files looked at: {count}", count=len(files))) + "\n")
    return status


def _files(path: str) -> list[str]:
    """The YAML files meant: a named one, or the documents below a folder; what is never edited is refused."""
    if not os.path.lexists(path):
        raise UsageError(msg("there is no file {path}", path=path))
    if Path(path).is_dir():
        found = (each for each in Path(path).rglob("*") if each.suffix in _ENDINGS and each.is_file())
        return sorted(str(each) for each in found if not each.is_symlink() and _is_document(each))
    if not path.endswith(_ENDINGS):
        raise UsageError(msg("{path} is no YAML file", path=path))
    place = _in_repository(Path(path))
    if place is not None and place.split("/")[0] in _NEVER_EDITED:
        raise UsageError(msg("{path} is never edited: signatures rest on its exact bytes", path=path))
    return [path]


def _is_document(path: Path) -> bool:
    """In a repository only documents are meant, not what others keep there; elsewhere any YAML file."""
    place = _in_repository(path)
    return sort_of(place) is not None if place is not None else ".git" not in path.parts


def _in_repository(path: Path) -> str | None:
    """The path relative to the repository around it, or None."""
    whole = path.parent.resolve() / path.name
    root = next((each for each in whole.parents if (each / "docctl.toml").exists()), None)
    return None if root is None else whole.relative_to(root).as_posix()


def _fix(session: Session, setting: Setting, path: str) -> int:
    """Exit code for one file: 1 where something is left that only a person can mend, or would be changed."""
    try:
        data = (
            WorkTree(Path(path).resolve().parent if not Path(path).is_symlink() else Path(path).parent)
            .read(Path(path).name, MOST_BYTES)
            .data
        )
    except (TooLarge, Unreadable) as error:
        reason = error.reason if isinstance(error, Unreadable) else msg("it is too large")
        session.remark(setting.say(msg("{path}: not mended: {reason}", path=path, reason=reason)) + "\n")
        return 1
    result = mend(data, path, wants_integer)
    if result is None:
        reason = msg("it is not UTF-8; save it as UTF-8 first")
        session.remark(setting.say(msg("{path}: not mended: {reason}", path=path, reason=reason)) + "\n")
        return 1
    if session.arguments.diff:
        session.result(difference(result.old, result.new, path, setting))
    elif result.changed:
        _write(path, data, result)
    for line in _account(result, path):
        session.remark(setting.say(line) + "\n")
    return int(bool(result.errors_left or result.refused) or (session.arguments.diff and result.changed))


def _account(result: Mended, path: str) -> list[Message]:
    lines = [msg("{path}: {done}", path=path, done=each) for each in (*result.done, *result.refused)]
    if result.errors_left:
        lines.append(msg("{path}: errors left for you (docctl check): {count}", path=path, count=result.errors_left))
    return lines


def _write(path: str, before: bytes, result: Mended) -> None:
    target = Path(path)
    if target.read_bytes() != before:
        raise UsageError(msg("{path} changed while it was being mended; nothing was written", path=path))
    try:
        write(target, result.new.encode("utf-8"), replace=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(msg("{path} cannot be written: {reason}", path=path, reason=reason)) from error
