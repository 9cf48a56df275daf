"""``docctl search WORDS``: where words stand in procedures, forms, the organisation and the register."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable

from docctl.cli.options import add_output, add_root, add_snapshot
from docctl.cli.session import Session
from docctl.message import Translate, mark
from docctl.report import search


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "words", nargs="+", metavar=translate(mark("WORDS")),
        help=translate(mark(
            "all of them must stand in one text; with diacritics as typed, without any way; "
            "'words in quotes' follow each other, one that ends with * may go on"
        )),
    )  # fmt: skip
    parser.add_argument(
        "--all-revisions", action="store_true", help=translate(mark("also in the archived texts of all revisions"))
    )
    parser.add_argument(
        "--limit", type=_positive(translate), default=20, metavar=translate(mark("COUNT")),
        help=translate(mark("how many documents are shown (default: 20)")),
    )  # fmt: skip
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, ("text", "json"))


def _positive(translate: Translate) -> Callable[[str], int]:
    def read(text: str) -> int:
        if text.isascii() and text.isdecimal() and int(text[:9]) > 0:
            return int(text[:9])
        message = translate(mark('"{text}" is no number from 1 on'))
        raise argparse.ArgumentTypeError(message.format(text=text))

    return read


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    setting = session.setting(repository.root)
    found = repository.search(arguments.words, revisions=arguments.all_revisions, limit=arguments.limit)
    if arguments.format == "json":
        session.result(json.dumps(search.tree(found), ensure_ascii=False, indent=2) + "\n")
    else:
        session.result(search.render(found, setting))
        session.flush()
        session.remark(search.summary(found, setting))
    return 0
