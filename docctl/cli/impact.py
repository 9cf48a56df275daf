"""``docctl impact``: what a text, an event or a provision of the law touches, now and on the days it takes effect."""

from __future__ import annotations

import argparse

from docctl.cli.options import add_output, add_root, add_snapshot, day
from docctl.cli.session import Session
from docctl.message import Translate, mark
from docctl.report import impact, impact_files
from docctl.report.impact import Reader

FORMATS = ("text", "json", "markdown", "csv")


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "number", metavar=translate(mark("NUMBER")),
        help=translate(mark("a text by its number, an event such as 118-2025-nd-cp#e3, or a provision in words")),
    )  # fmt: skip
    parser.add_argument(
        "provision", nargs="?", default="", metavar=translate(mark("PROVISION")),
        help=translate(mark("a provision of the text: dieu_7__khoan_2, or khoản 2 Điều 7")),
    )  # fmt: skip
    parser.add_argument(
        "--as-of", type=day(translate), metavar=translate(mark("DATE")),
        help=translate(mark("answer for this day, 2025-07-01 (default: today)")),
    )  # fmt: skip
    parser.add_argument(
        "--all", action="store_true", help=translate(mark("also what is dealt with; every procedure and element"))
    )
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, FORMATS)


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    as_of = session.as_of(repository.config)
    found = repository.impact(arguments.number, as_of, arguments.provision)
    organisation = None if repository.organisation is None else repository.organisation.body
    reader = Reader(session.setting(repository.root), organisation, repository.desk(as_of).view.locate)
    if arguments.format == "json":
        session.result(impact_files.json(found, reader))
        return 0
    render = {"text": impact.render, "markdown": impact_files.markdown, "csv": impact_files.csv}[arguments.format]
    session.result(render(found, reader, everything=arguments.all))
    return 0
