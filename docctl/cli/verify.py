"""``docctl verify``: do policy, records, archive and checkpoints hold? With ``--change``, may this change be merged?"""

from __future__ import annotations

import argparse
import os
import re
import time
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from docctl.cli.check import step_summary
from docctl.cli.options import add_as_of, add_output, add_root, add_snapshot
from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.finding import Severity
from docctl.message import Translate, mark, msg
from docctl.model.report import Report
from docctl.report.setting import Setting
from docctl.report.text import summary_line
from docctl.repository import Repository
from docctl.store.remembered import Remembered

PIN = "DOCCTL_POLICY_PIN"
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")
_RANGE = re.compile(r"(?P<base>.+?)(?<!\.)\.\.(?!\.)(?P<head>.+)")


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "--change", metavar="BASE..HEAD",
        help=translate(mark("may this change be merged? Policy and configuration are those of BASE")),
    )  # fmt: skip
    parser.add_argument(
        "--checkpoint", type=int, metavar="N",
        help=translate(mark("number of the last checkpoint, as known outside the repository")),
    )  # fmt: skip
    add_as_of(parser, translate)
    add_pin(parser, translate)
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, ("text", "json", "github"))


def add_pin(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "--policy-pin", metavar="SHA256",
        help=translate(mark("sha256 of policy/0001.yaml, from outside the repository (default: $DOCCTL_POLICY_PIN)")),
    )  # fmt: skip


def pin_of(session: Session) -> str | None:
    """The pin given by option or environment, None where nobody gives it."""
    pin: str | None = session.arguments.policy_pin or os.environ.get(PIN) or None
    if pin is not None and not _SHA256.fullmatch(pin):
        raise UsageError(msg('"{pin}" is no sha256: 64 digits and letters a-f', pin=pin))
    return pin


def run(session: Session) -> int:
    started = time.perf_counter()
    repository = session.open(".")
    report = _report(session, repository)
    base = session.setting(repository.root)
    setting = Setting(base.version, base.translate, base.prefix, repository.text_of, base.colour, base.width)
    rendered: str = import_module(f"docctl.report.{session.arguments.format}").render(report, setting)
    session.result(rendered)
    session.flush()
    if session.arguments.format == "github":
        step_summary(report, setting)
    gap = "\n" if rendered and session.arguments.format == "text" else ""
    session.remark(gap + summary_line(report.summary, setting, time.perf_counter() - started))
    if session.arguments.format == "text" and not report.at_or_over(Severity.ERROR):
        change = msg("the change may be merged")
        words = change if session.arguments.change else msg("policy, records, archive and checkpoints hold")
        session.remark(setting.say(words) + "\n")
    return int(report.at_or_over(Severity.ERROR))


def _shared(folder: Path) -> bool:
    """Does it lie in a repository? What others may have written there proves nothing."""
    return any((parent / ".git").exists() or (parent / "docctl.toml").exists() for parent in folder.resolve().parents)


def _report(session: Session, repository: Repository) -> Report:
    arguments, now = session.arguments, datetime.now(UTC)
    moment = now if arguments.as_of is None else None
    pin = pin_of(session)
    if arguments.change is None:
        as_of = session.as_of(repository.config)
        memory = Remembered(session.cache) if session.cache is not None and not _shared(session.cache) else None
        report = repository.verify(as_of, pin, moment, checkpoint=arguments.checkpoint, memory=memory)
        if memory is not None:
            memory.save()
        return report
    if arguments.at is not None or arguments.staged:
        raise UsageError(msg("--change names both commits; leave out --at and --staged"))
    matched = _RANGE.fullmatch(arguments.change)
    if matched is None:
        raise UsageError(msg('"{text}" is no change; write BASE..HEAD', text=arguments.change))
    return repository.verify_change(
        matched["base"], matched["head"], arguments.as_of, pin, moment, checkpoint=arguments.checkpoint
    )
