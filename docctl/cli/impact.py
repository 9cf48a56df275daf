"""``docctl impact --term WORDS``: every place where words stand. Never writes."""

from __future__ import annotations

import argparse
import unicodedata

from docctl.cli.options import add_output, add_root, add_snapshot, day
from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.message import Translate, mark, msg
from docctl.report import terms


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "--term", action="append", nargs="?", const="", metavar=translate(mark("WORDS")),
        help=translate(mark("words to look for in free text; without words every term of terms.yaml")),
    )  # fmt: skip
    parser.add_argument(
        "--as-of", type=day(translate), metavar=translate(mark("DATE")),
        help=translate(mark("answer for this day, 2025-07-01 (default: today)")),
    )  # fmt: skip
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, ("text", "json", "csv"))


def run(session: Session) -> int:
    arguments = session.arguments
    if arguments.term is None:
        raise UsageError(msg("say what to look for: --term WORDS"))
    repository = session.open(".")
    words = [unicodedata.normalize("NFC", each.strip()) for each in arguments.term if each.strip()]
    as_of = session.as_of(repository.config)
    found = repository.term_places(words)
    setting = session.setting(repository.root)
    if arguments.format == "json":
        session.result(terms.as_json(found, words, as_of, repository.content, setting))
    else:
        session.result(terms.render(found, as_of, setting) if arguments.format == "text" else terms.as_csv(found))
    session.out.flush()
    session.remark(terms.summary(found, setting))
    return 0
