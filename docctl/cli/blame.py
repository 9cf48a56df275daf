"""``docctl blame ID [ELEMENT]``: since which revision a part of a document reads as it does, why, and by whom."""

from __future__ import annotations

import argparse
import json

from docctl.cli.doubts import STANDINGS, remark
from docctl.cli.naming import id_of
from docctl.cli.options import add_as_of, add_output, add_root, add_snapshot
from docctl.cli.session import Session
from docctl.message import Translate, mark
from docctl.report.log import blame_tree, render_blame


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("id", metavar="ID", help=translate(mark("id of a procedure, or a code it covers")))
    parser.add_argument(
        "element", nargs="?", metavar=translate(mark("ELEMENT")),
        help=translate(mark("id of an element, such as step-4, or the name of a field; none means all")),
    )  # fmt: skip
    add_as_of(parser, translate)
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, ("text", "json"))


def run(session: Session) -> int:
    repository = session.open(".")
    arguments = session.arguments
    as_of = session.as_of(repository.config)
    procedure = id_of(repository, arguments.id, as_of)
    remark(session, repository, *STANDINGS, f"procedures/{procedure}.yaml", as_of=as_of)
    found = repository.chronicle(as_of).blame(procedure, arguments.element)
    if arguments.format == "json":
        session.result(json.dumps(blame_tree(procedure, found), ensure_ascii=False, indent=2) + "\n")
    else:
        session.result(render_blame(found, session.setting(repository.root)))
    return 0
