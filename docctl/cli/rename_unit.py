"""``docctl rename-unit OLD NEW --from DATE``: one unit in the place of another; ``--diff`` only shows it."""

from __future__ import annotations

import argparse
import unicodedata
from pathlib import Path

from docctl.cli.options import add_root, day
from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.message import Translate, mark, msg
from docctl.model.renaming import Renaming, UnitRename
from docctl.report.difference import difference
from docctl.report.renaming import notes, render
from docctl.store.files import replace_all_beneath


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("old", metavar=translate(mark("OLD")), help=translate(mark("id of the unit that ends")))
    parser.add_argument("new", metavar=translate(mark("NEW")), help=translate(mark("id of the unit that takes over")))
    parser.add_argument(
        "--from", dest="first", type=day(translate), required=True, metavar=translate(mark("DATE")),
        help=translate(mark("the first day of the new unit; the old one ends on the day before")),
    )  # fmt: skip
    parser.add_argument(
        "--name", metavar=translate(mark("WORDS")), help=translate(mark("name of the new unit, where it is to be made"))
    )
    parser.add_argument(
        "--text", action="append", default=[], metavar=translate(mark("OLD=NEW")),
        help=translate(mark("replace words in the free texts of procedures as well; may be repeated")),
    )  # fmt: skip
    parser.add_argument(
        "--law", "--decision", dest="basis", action="append", default=[], metavar=translate(mark("NUMBER")),
        help=translate(mark("number of the text that orders it, for the table of changes; may be repeated")),
    )  # fmt: skip
    parser.add_argument(
        "--summary", metavar=translate(mark("WORDS")), help=translate(mark("what the table of changes says"))
    )
    parser.add_argument(
        "--keep-numbers",
        action="store_true",
        help=translate(mark("leave issue, revision and change of procedures alone")),
    )
    parser.add_argument(
        "--diff", action="store_true",
        help=translate(mark("show what would change and write nothing; exit 1 if anything would")),
    )  # fmt: skip
    add_root(parser, translate)


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    renaming = repository.rename_unit(_wanted(arguments), session.as_of(repository.config))
    setting = session.setting(repository.root)
    if arguments.diff:
        for each in renaming.edits:
            texts = each.before.decode("utf-8"), each.after.decode("utf-8")
            session.result(difference(*texts, setting.path(each.path), setting))
    else:
        _write(repository.root, renaming)
        session.result(render(renaming, setting))
    session.flush()
    session.remark(notes(renaming, setting))
    names = {"files": len(renaming.edits), "places": renaming.places}
    if not renaming.edits:
        session.remark(setting.say(msg("nothing to do: no file names the old unit")) + "\n")
    elif arguments.diff:
        session.remark(setting.say(msg("would be edited: {files} files, {places} places", **names)) + "\n")
    else:
        session.remark(setting.say(msg("edited: {files} files, {places} places", **names)) + "\n")
        remark = msg(
            "next: docctl check --as-of {day}, then have the drafts signed and issued", day=str(arguments.first)
        )
        session.remark(setting.say(remark) + "\n")
    return int(arguments.diff and bool(renaming.edits))


def _wanted(arguments: argparse.Namespace) -> UnitRename:
    words = []
    for pair in arguments.text:
        old, parted, new = _clean(pair).partition("=")
        if not parted:
            raise UsageError(msg('"{text}" is no pair of words', text=pair), msg('write --text "old words=new words"'))
        words.append((old.strip(), new.strip()))
    return UnitRename(
        arguments.old, arguments.new, arguments.first,
        name=None if arguments.name is None else _clean(arguments.name), words=tuple(words),
        basis=tuple(dict.fromkeys(map(_clean, arguments.basis))),
        summary=None if arguments.summary is None else _clean(arguments.summary),
        keep_numbers=arguments.keep_numbers,
    )  # fmt: skip


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _write(root: Path, renaming: Renaming) -> None:
    """The organisation first: killed before the end, what is left names a unit that has ended, and check says so."""
    files = [(each.path, each.before, each.after) for each in renaming.edits]
    try:
        replace_all_beneath(root, files)
    except OSError as error:
        reason, path = error.strerror or str(error), str(error.filename or root)
        raise UsageError(msg("{path} cannot be written: {reason}; nothing was", path=path, reason=reason)) from error
