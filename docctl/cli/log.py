"""``docctl log ID``: the revisions of a document with dates, people, reasons, decisions and commits."""

from __future__ import annotations

import argparse
import json

from docctl.cli.doubts import STANDINGS, remark
from docctl.cli.naming import id_of
from docctl.cli.options import add_as_of, add_output, add_root, add_snapshot
from docctl.cli.session import Session
from docctl.message import Translate, mark, msg
from docctl.report.log import render, tree


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("id", metavar="ID", help=translate(mark("id of a procedure, or a code it covers")))
    parser.add_argument(
        "--commits", action="store_true",
        help=translate(mark("list all commits that touched its file, its archive or its records")),
    )  # fmt: skip
    add_as_of(parser, translate)
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, ("text", "json"))


def run(session: Session) -> int:
    repository = session.open(".")
    as_of = session.as_of(repository.config)
    procedure = id_of(repository, session.arguments.id, as_of)
    remark(session, repository, *STANDINGS, f"procedures/{procedure}.yaml", as_of=as_of)
    log = repository.chronicle(as_of).log(procedure)
    setting = session.setting(repository.root)
    if session.arguments.format == "json":
        session.result(json.dumps(tree(log), ensure_ascii=False, indent=2) + "\n")
    else:
        session.result(render(log, setting, commits=session.arguments.commits))
    if log.commits is None:
        session.remark(setting.say(msg("no commits: this is no Git repository, or it has none yet")) + "\n")
    elif repository.shallow:
        said = msg("older commits were not fetched; the history that is here begins later (git fetch --unshallow)")
        session.remark(setting.say(said) + "\n")
    return 0
