"""``docctl impact``: what a text, an event or a provision of the law touches; with ``--term`` where words stand.

Never writes.
"""

from __future__ import annotations

import argparse
import unicodedata

from docctl.cli.doubts import remark
from docctl.cli.options import add_as_of, add_output, add_root, add_snapshot
from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.message import Translate, mark, msg
from docctl.report import impact, impact_files, terms
from docctl.report.impact import Reader

FORMATS = ("text", "json", "markdown", "csv")


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "number", nargs="?", metavar=translate(mark("NUMBER")),
        help=translate(mark("a text by its number, an event such as 118-2025-nd-cp#e3, or a provision in words")),
    )  # fmt: skip
    parser.add_argument(
        "provision", nargs="?", default="", metavar=translate(mark("PROVISION")),
        help=translate(mark("a provision of the text: dieu_7__khoan_2, or khoản 2 Điều 7")),
    )  # fmt: skip
    parser.add_argument(
        "--term", action="append", nargs="?", const="", metavar=translate(mark("WORDS")),
        help=translate(mark("words to look for in free text; without words every term of terms.yaml")),
    )  # fmt: skip
    add_as_of(parser, translate)
    parser.add_argument(
        "--all", action="store_true", help=translate(mark("also what is dealt with; every procedure and element"))
    )
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, FORMATS)


def run(session: Session) -> int:
    arguments = session.arguments
    if (arguments.number is None) == (arguments.term is None):
        raise UsageError(msg("say what to look for: a text, an event or a provision, or --term WORDS"))
    return _touched(session) if arguments.term is None else _terms(session)


def _touched(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    as_of = session.as_of(repository.config)
    found = repository.impact(arguments.number, as_of, arguments.provision)
    remark(session, repository, as_of=as_of)
    organisation = None if repository.organisation is None else repository.organisation.body
    reader = Reader(session.setting(repository.root), organisation, repository.desk(as_of).view.locate)
    if arguments.format == "json":
        session.result(impact_files.json(found, reader))
        return 0
    render = {"text": impact.render, "markdown": impact_files.markdown, "csv": impact_files.csv}[arguments.format]
    session.result(render(found, reader, everything=arguments.all))
    return 0


def _terms(session: Session) -> int:
    arguments = session.arguments
    if arguments.format == "markdown":
        raise UsageError(msg("the places of words come as text, json or csv"))
    repository = session.open(".")
    words = [unicodedata.normalize("NFC", each.strip()) for each in arguments.term if each.strip()]
    as_of = session.as_of(repository.config)
    found = repository.term_places(words)
    setting = session.setting(repository.root)
    if arguments.format == "json":
        session.result(terms.as_json(found, words, as_of, repository.content, setting))
    else:
        session.result(terms.render(found, as_of, setting) if arguments.format == "text" else terms.as_csv(found))
    session.flush()
    session.remark(terms.summary(found, setting))
    return 0
