"""``docctl init DIR``: makes a repository. Writes only new files, makes no commit, asks nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.message import Translate, mark, msg
from docctl.scaffold import LEVELS, agency_id, repository_files
from docctl.store.files import write


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("folder", metavar=translate(mark("DIR")), help=translate(mark("folder of the new repository")))
    parser.add_argument("--name", required=True, help=translate(mark("name of the agency")))
    parser.add_argument("--level", required=True, choices=LEVELS, help=translate(mark("level of government")))
    parser.add_argument("--id", help=translate(mark("id of the repository (default: made of the name)")))


def run(session: Session) -> int:
    arguments, setting = session.arguments, session.setting()
    folder = Path(arguments.folder)
    files = repository_files(arguments.id or agency_id(arguments.name), arguments.name, arguments.level)
    _validate(files["docctl.toml"])
    present = [path for path in files if (folder / path).exists() or (folder / path).is_symlink()]
    if present:
        raise UsageError(
            msg("{path} already exists; nothing was written", path=str(folder / present[0])),
            msg("choose another folder"),
        )
    for path, text in files.items():
        target = folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            write(target, text.encode("utf-8"), replace=False)
        except OSError as error:
            reason = error.strerror or str(error)
            raise UsageError(msg("{path} cannot be written: {reason}", path=str(target), reason=reason)) from error
    session.result(setting.say(msg("{count} files written to {folder}", count=len(files), folder=str(folder))) + "\n")
    session.remark(
        setting.say(msg("next: docctl new procedure QT-01 --title … -C {folder}", folder=str(folder))) + "\n"
    )
    return 0


def _validate(config: str) -> None:
    """A name or id that docctl.toml could not hold is refused before anything is written."""
    import tomllib

    from docctl.schema import is_valid

    if not is_valid(tomllib.loads(config), "config"):
        raise UsageError(
            msg("this id or name cannot be used"),
            msg("an id has small letters, digits and hyphens; a name stands on one line"),
        )
