"""``docctl coverage``: does every procedure of the official catalogue have its document? Never writes."""

from __future__ import annotations

import argparse

from docctl.cli.check import step_summary
from docctl.cli.options import add_as_of, add_output, add_root, add_snapshot, add_threshold, days
from docctl.cli.session import Session
from docctl.finding import Severity
from docctl.message import Translate, mark
from docctl.model.report import CoverageReport
from docctl.report import coverage, coverage_csv, github, json
from docctl.report.setting import Setting

FORMATS = ("text", "json", "github", "csv")


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    add_as_of(parser, translate)
    parser.add_argument(
        "--within",
        type=days(translate),
        metavar=translate(mark("DAYS")),
        help=translate(mark("look so many days ahead (default: docctl.toml, else 98)")),
    )
    parser.add_argument("--all", action="store_true", help=translate(mark("show every entry and every note")))
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, FORMATS)
    add_threshold(parser, translate, "warning")


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    config = repository.config
    report = repository.coverage(session.as_of(config), within=arguments.within)
    setting = session.setting(repository.root)
    session.result(_rendered(arguments.format, report, setting, everything=arguments.all))
    if arguments.format == "github":
        step_summary(report, setting)
    threshold = Severity[(arguments.fail_on or config.fail_on["coverage"]).upper()]
    return 0 if arguments.exit_zero else int(report.at_or_over(threshold))


def _rendered(form: str, report: CoverageReport, setting: Setting, *, everything: bool) -> str:
    if form == "json":
        return json.render(report, setting)
    if form == "github":
        return github.render(report, setting)
    if form == "csv":
        return coverage_csv.render(report, setting)
    return coverage.render(report, setting, everything=everything)
