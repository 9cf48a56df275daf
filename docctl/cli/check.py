"""``docctl check [PATHS]``: checks named files, or everything. Never writes."""

from __future__ import annotations

import argparse
import os
import time
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

from docctl.cli.options import add_as_of, add_output, add_root, add_snapshot, add_threshold
from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.finding import Severity
from docctl.message import Translate, mark, msg
from docctl.model.report import Report
from docctl.report.setting import Setting
from docctl.report.text import summary_line
from docctl.repository import Repository, open_repository
from docctl.store.files import relative_path

FORMATS = ("text", "json", "github")


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "paths",
        nargs="*",
        metavar=translate(mark("PATH")),
        help=translate(mark("files or folders; none means everything")),
    )
    parser.add_argument(
        "--against", metavar=translate(mark("COMMIT")),
        help=translate(mark("a branch that this one is to meet: what both have drafted or named since they parted")),
    )  # fmt: skip
    add_as_of(parser, translate)
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, FORMATS)
    add_threshold(parser, translate, "error")


def run(session: Session) -> int:
    if session.arguments.against is not None and session.arguments.paths:
        raise UsageError(msg("with --against everything is checked; leave out the paths"))
    groups = _by_repository(session)
    if len(groups) > 1 and session.arguments.format == "json":
        raise UsageError(
            msg("the named files belong to several repositories; JSON holds one report"),
            msg("run docctl once for each"),
        )
    results = [_check(session, repository, paths) for repository, paths in groups]
    session.result("".join(text for text, _, _ in results))
    session.flush()  # on a terminal the summary stands below the findings
    session.remark("".join(summary for _, summary, _ in results))
    return 0 if session.arguments.exit_zero else max((status for _, _, status in results), default=0)


def _by_repository(session: Session) -> list[tuple[Repository, list[str] | None]]:
    """The repositories the named paths lie in, each with its paths; None means the whole of it."""
    arguments = session.arguments
    if not arguments.paths:
        return [(session.open("."), None)]
    groups: dict[Path, tuple[Repository, list[str] | None]] = {}
    for path in arguments.paths:
        if not os.path.lexists(path) and not (arguments.staged or arguments.at is not None):
            raise UsageError(msg("there is no file {path}", path=path))
        folder = Path(path) if Path(path).is_dir() else Path(os.path.abspath(path)).parent
        root = open_repository(arguments.root or folder).root
        if root not in groups:
            groups[root] = (session.open(folder), [])
        repository, known = groups[root]
        found = _named(repository, path)
        if found is None or known is None:
            groups[root] = (repository, None)
        else:
            known += found
    return [*groups.values()]


def _named(repository: Repository, path: str) -> list[str] | None:
    """A path as paths in the repository: a folder stands for its documents, the root for everything."""
    if Path(path).resolve() == repository.root:
        return None
    relative = relative_path(repository.root, path)
    if Path(path).is_file() and not Path(path).is_symlink():
        return [relative]
    below = [each for each in repository.paths if each.startswith(relative + "/")]
    is_folder = Path(path).is_dir() and not Path(path).is_symlink()
    return below if below or is_folder else [relative]


def _check(session: Session, repository: Repository, paths: list[str] | None) -> tuple[str, str, int]:
    """The report, its summary line, and the exit code."""
    started = time.perf_counter()
    arguments = session.arguments
    config = repository.config
    base = session.setting(repository.root)
    as_of: date = session.as_of(config)
    now = datetime.now(UTC) if arguments.as_of is None else None
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    report = repository.check(as_of, paths, now=now, processes=cores, against=arguments.against)
    setting = Setting(base.version, base.translate, base.prefix, repository.text_of, base.colour, base.width)
    text: str = import_module(f"docctl.report.{arguments.format}").render(report, setting)
    gap = "\n" if text and arguments.format == "text" else ""
    summary = gap + summary_line(report.summary, setting, time.perf_counter() - started)
    if arguments.format == "github":
        step_summary(report, setting)
    threshold = Severity[(arguments.fail_on or config.fail_on["check"]).upper()]
    return text, summary, int(report.at_or_over(threshold))


def step_summary(report: Report, setting: Setting) -> None:
    """Appends to the summary page of a GitHub job, where there is one."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        from docctl.report import github

        with open(path, "a", encoding="utf-8") as file:
            file.write(github.step_summary(report, setting))
