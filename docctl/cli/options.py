"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime

from docctl.message import Translate, mark


def day(translate: Translate) -> Callable[[str], date]:
    """The type of a date argument, ``2025-07-01``."""

    def read(text: str) -> date:
        try:
            return datetime.strptime(text if len(text) == len("2025-07-01") else "", "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError as error:
            message = translate(mark('"{text}" is no date; write year-month-day, such as 2025-07-01'))
            raise argparse.ArgumentTypeError(message.format(text=text)) from error

    return read


def add_root(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "-C", "--root", metavar=translate(mark("DIR")), default=None,
        help=translate(mark("work in this folder's repository instead of that of the current folder")),
    )  # fmt: skip


def add_snapshot(parser: argparse.ArgumentParser, translate: Translate) -> None:
    group = parser.add_mutually_exclusive_group()
    group.add_argument(
        "--staged", action="store_true", help=translate(mark("read the index: what git commit would record"))
    )
    group.add_argument("--at", type=str, metavar=translate(mark("COMMIT")), help=translate(mark("read a commit")))


def add_output(parser: argparse.ArgumentParser, translate: Translate, formats: tuple[str, ...]) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0], help=translate(mark("output format")))
    parser.add_argument("--output", metavar=translate(mark("FILE")), help=translate(mark("write the result to a file")))
