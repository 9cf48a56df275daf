"""``docctl diff``: what changed between two texts of a document, or between two commits, for those who work by it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from importlib import import_module

from docctl.cli.doubts import NAMES, STANDINGS, remark
from docctl.cli.naming import id_of
from docctl.cli.options import add_as_of, add_output, add_root
from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.law.vn.words import places
from docctl.message import Translate, mark, msg
from docctl.model.comparison import Comparison
from docctl.report.content_words import Words
from docctl.report.setting import Setting
from docctl.repository import Repository

FORMATS = ("text", "json", "markdown", "html")


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "what", nargs="+", metavar="TEXT",
        help=translate(mark(
            "ID@1.0 ID@2.0: two revisions, or commits; ID@2.0: with the one before; ID: the file with what was issued"
            " last; COMMIT..COMMIT [ID …]: all that differs"
        )),
    )  # fmt: skip
    add_as_of(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, FORMATS)


def run(session: Session) -> int:
    """0 where nothing differs, and where something does: a difference is no finding."""
    repository = session.open(".")
    setting = session.setting(repository.root)
    found = compared(session, repository)
    if session.arguments.format == "json":
        tree = import_module("docctl.report.diff_json").tree(found)
        session.result(json.dumps(tree, ensure_ascii=False, indent=2) + "\n")
        return 0
    name = {"text": "diff", "markdown": "diff_markdown", "html": "diff_html"}[session.arguments.format]
    session.result(import_module(f"docctl.report.{name}").render(found, words(repository, setting)))
    return 0


def words(repository: Repository, setting: Setting) -> Words:
    """Roles and units by the names that organisation.yaml gives them now."""
    organisation = repository.organisation
    return Words(setting, None if organisation is None else organisation.body, places)


def compared(session: Session, repository: Repository) -> Sequence[Comparison]:
    """What was asked for. Raises ``UsageError``, and as ``Chronicle.compare``."""
    what, as_of = session.arguments.what, session.as_of(repository.config)
    remark(session, repository, *STANDINGS, *NAMES, as_of=as_of)
    chronicle = repository.chronicle(as_of)
    if ".." in what[0] and "@" not in what[0]:
        old, _, new = what[0].partition("..")
        if not old or new.startswith("."):
            raise UsageError(
                msg('"{text}" names no two commits', text=what[0]), msg("write COMMIT..COMMIT, such as main..HEAD")
            )
        return [*chronicle.between(old, new or None, [id_of(repository, each, as_of) for each in what[1:]] or None)]
    named = [each.partition("@") for each in what]
    ids = {document for document, _, _ in named}
    if len(what) > 2 or len(ids) != 1 or any(sign and not name for _, sign, name in named):
        raise UsageError(
            msg("docctl diff compares two texts of one document, or two commits"),
            msg("write docctl diff {id}@1.0 {id}@2.0, or docctl diff COMMIT..COMMIT", id=named[0][0] or "QT-01"),
        )
    document = id_of(repository, named[0][0], as_of)
    if len(named) == 2:
        return [chronicle.compare(document, named[0][2] or None, named[1][2] or None)]
    return [chronicle.compare(document, None, named[0][2] or None)]
