"""``docctl worklist``: everything open by responsible role and due day, for a terminal, a mail, Excel, a calendar."""

from __future__ import annotations

import argparse

from docctl.cli.options import add_as_of, add_output, add_root, add_snapshot, days
from docctl.cli.session import Session
from docctl.message import Translate, mark, msg
from docctl.report import worklist, worklist_files

FORMATS = ("text", "json", "markdown", "csv", "ics")


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    add_as_of(parser, translate)
    parser.add_argument(
        "--within", type=days(translate), metavar=translate(mark("DAYS")),
        help=translate(mark("look so many days ahead (default: docctl.toml, else 98)")),
    )  # fmt: skip
    parser.add_argument(
        "--role", metavar=translate(mark("ROLE")),
        help=translate(mark("only what is for this role, and for roles whose place it took")),
    )  # fmt: skip
    parser.add_argument(
        "--all", action="store_true",
        help=translate(mark("also what asks for no work; every procedure, quote and text")),
    )  # fmt: skip
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, FORMATS)


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    as_of = session.as_of(repository.config)
    listed = repository.worklist(as_of, arguments.role, within=arguments.within, everything=arguments.all)
    setting = session.setting(repository.root)
    if arguments.format == "text":
        session.result(worklist.render(listed, setting, everything=arguments.all))
        return 0
    render = {
        "json": worklist_files.json, "markdown": worklist_files.markdown,
        "csv": worklist_files.csv, "ics": worklist_files.calendar,
    }[arguments.format]  # fmt: skip
    session.result(render(listed, setting))
    left = sum(item.due is None for item in listed.items)
    if arguments.format == "ics" and left:
        session.remark(setting.say(msg("without a due day, so not in the calendar: {count}", count=left)) + "\n")
    return 0
