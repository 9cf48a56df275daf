"""``docctl outdated [ID…]``: which procedures has a change in the law made outdated? Never writes."""

from __future__ import annotations

import argparse
import os

from docctl.cli.check import step_summary
from docctl.cli.naming import id_of
from docctl.cli.options import add_as_of, add_output, add_root, add_snapshot, add_threshold, days
from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.finding import Severity
from docctl.message import Translate, mark, msg
from docctl.model.report import CurrencyReport
from docctl.report import explain, explain_markdown, github, json, outdated
from docctl.report.setting import Setting
from docctl.repository import Repository

FORMATS = ("text", "json", "markdown", "github")


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "ids", nargs="*", metavar="ID",
        help=translate(mark("ids of procedures, or codes they cover; none means all of them")),
    )  # fmt: skip
    add_as_of(parser, translate)
    parser.add_argument(
        "--within",
        type=days(translate),
        metavar=translate(mark("DAYS")),
        help=translate(mark("look so many days ahead (default: docctl.toml, else 98)")),
    )
    parser.add_argument(
        "--explain", action="store_true", help=translate(mark("show the chain of proof of every verdict"))
    )
    parser.add_argument("--all", action="store_true", help=translate(mark("show every procedure and every note")))
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, FORMATS)
    add_threshold(parser, translate, "warning")


def run(session: Session) -> int:
    arguments = session.arguments
    if arguments.explain and arguments.format not in ("text", "markdown"):
        raise UsageError(msg("--explain is for people; in JSON every finding carries its evidence"))
    repository = session.open(".")
    config = repository.config
    as_of = session.as_of(config)
    ids = [id_of(repository, each, as_of) for each in arguments.ids]
    report = repository.outdated(as_of, ids or None, within=arguments.within)
    setting = session.setting(repository.root)
    session.result(_rendered(session, repository, report, setting))
    if arguments.format == "github" and os.environ.get("GITHUB_STEP_SUMMARY"):
        step_summary(report, setting)
    threshold = Severity[(arguments.fail_on or config.fail_on["outdated"]).upper()]
    return 0 if arguments.exit_zero else int(report.at_or_over(threshold))


def _rendered(session: Session, repository: Repository, report: CurrencyReport, setting: Setting) -> str:
    arguments = session.arguments
    if arguments.format == "json":
        return json.render(report, setting)
    if arguments.format == "github":
        return github.render(report, setting)
    organisation = None if repository.organisation is None else repository.organisation.body
    if arguments.format == "markdown":
        return explain_markdown.render(report, organisation, setting, repository.lawbook.wordings)
    if arguments.explain:
        return explain.render(report, organisation, setting, repository.lawbook.wordings)
    return outdated.render(report, organisation, setting, everything=arguments.all)
