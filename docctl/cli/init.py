"""``docctl init DIR``: makes a repository. Writes only new files, makes no commit, asks nothing."""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.message import Translate, mark, msg
from docctl.scaffold import LEVELS, agency_id, repository_files
from docctl.store.files import make_beneath


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("folder", metavar=translate(mark("DIR")), help=translate(mark("folder of the new repository")))
    parser.add_argument("--name", required=True, help=translate(mark("name of the agency")))
    parser.add_argument("--level", required=True, choices=LEVELS, help=translate(mark("level of government")))
    parser.add_argument("--id", help=translate(mark("id of the repository (default: made of the name)")))


def run(session: Session) -> int:
    arguments, setting = session.arguments, session.setting()
    folder = Path(arguments.folder)
    name = unicodedata.normalize("NFC", arguments.name.strip())
    identifier = agency_id(name) if arguments.id is None else arguments.id
    files = repository_files(identifier, name, arguments.level)
    _validate(files)
    present = [path for path in files if (folder / path).exists() or (folder / path).is_symlink()]
    if present:
        raise UsageError(
            msg("{path} already exists; nothing was written", path=str(folder / present[0])),
            msg("choose another folder"),
        )
    _make(folder, files)
    session.result(setting.say(msg("{count} files written to {folder}", count=len(files), folder=str(folder))) + "\n")
    session.remark(
        setting.say(msg("next: docctl new procedure QT-01 --title … -C {folder}", folder=str(folder))) + "\n"
    )
    return 0


def _make(folder: Path, files: Mapping[str, str]) -> None:
    """All files or none; docctl.toml, which makes the folder a repository, comes last."""
    made: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in sorted(files, key=lambda each: (each == "docctl.toml", each)):
            made.append(make_beneath(folder, path, files[path].encode("utf-8")))  # noqa: PERF401 - kept for undoing
    except OSError as error:
        for each in made:
            each.unlink(missing_ok=True)
        reason, place = error.strerror or str(error), str(error.filename or folder)
        raise UsageError(msg("{path} cannot be written: {reason}", path=place, reason=reason)) from error


def _validate(files: Mapping[str, str]) -> None:
    """A name or id that the new files could not hold is refused before anything is written."""
    import tomllib

    from docctl.schema import is_valid, validate
    from docctl.text.strict import read

    try:
        tree = read(files["organisation.yaml"].encode("utf-8"), "organisation.yaml").tree
        fits = tree is not None and not validate(tree, "organisation")
        fits = fits and is_valid(tomllib.loads(files["docctl.toml"]), "config")
    except ValueError:  # not TOML, or no text at all
        fits = False
    if not fits:
        raise UsageError(
            msg("this id or name cannot be used"),
            msg("an id has small letters, digits and hyphens; a name stands on one line, without invisible marks"),
        )
