"""Arguments that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from docctl.cli.language import LANGUAGES
from docctl.message import Translate, mark

MOST_DAYS = 3650
FIRST_YEAR, LAST_YEAR = 1900, 2099
"""The days that files may name (docs/formats.md)."""


def day(translate: Translate) -> Callable[[str], date]:
    """The type of a date argument, ``2025-07-01``."""

    def read(text: str) -> date:
        try:
            found = datetime.strptime(text if len(text) == len("2025-07-01") else "", "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
            if not FIRST_YEAR <= found.year <= LAST_YEAR:
                raise ValueError(text)
            return found
        except ValueError as error:
            message = translate(mark('"{text}" is no date; write year-month-day, such as 2025-07-01'))
            raise argparse.ArgumentTypeError(message.format(text=text)) from error

    return read


def days(translate: Translate) -> Callable[[str], int]:
    """The type of a number of days, from 0 to ten years."""

    def read(text: str) -> int:
        if text.isascii() and text.isdecimal() and int(text[:6]) <= MOST_DAYS:
            return int(text)
        message = translate(mark('"{text}" is no number of days from 0 to {most}'))
        raise argparse.ArgumentTypeError(message.format(text=text, most=MOST_DAYS))

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


def add_as_of(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "--as-of", type=day(translate), metavar=translate(mark("DATE")),
        help=translate(mark("answer for this day, 2025-07-01 (default: today)")),
    )  # fmt: skip


def add_output(parser: argparse.ArgumentParser, translate: Translate, formats: tuple[str, ...]) -> None:
    parser.add_argument("--format", choices=formats, default=formats[0], help=translate(mark("output format")))
    parser.add_argument("--output", metavar=translate(mark("FILE")), help=translate(mark("write the result to a file")))


def add_threshold(parser: argparse.ArgumentParser, translate: Translate, default: str) -> None:
    words = {
        "error": mark("exit 1 from this severity on (default: docctl.toml, else error)"),
        "warning": mark("exit 1 from this severity on (default: docctl.toml, else warning)"),
    }
    parser.add_argument("--fail-on", choices=("error", "warning", "note"), help=translate(words[default]))
    parser.add_argument(
        "--exit-zero", action="store_true", help=translate(mark("report success (exit code 0) whatever is found"))
    )


def speak(parser: argparse.ArgumentParser, translate: Translate) -> None:
    """Says headings and ``--help``, for which argparse knows only the environment's language."""
    parser._positionals.title = translate(mark("arguments"))
    parser._optionals.title = translate(mark("options"))
    parser.add_argument("-h", "--help", action="help", help=translate(mark("show this help and exit")))


def add_common(parser: argparse.ArgumentParser, translate: Translate, *, nested: bool = False) -> None:
    """The options of every command; those of a command below another one leave what was said above it."""
    kept: dict[str, Any] = {"default": argparse.SUPPRESS} if nested else {}
    parser.add_argument("--lang", choices=LANGUAGES, help=translate(mark("language of messages")), **kept)
    parser.add_argument(
        "--color", choices=("auto", "always", "never"), help=translate(mark("colours in text output")),
        **{"default": "auto", **kept},
    )  # fmt: skip
    for names, words in (
        (("-q", "--quiet"), mark("results only, no remarks")),
        (("--debug",), mark("show a traceback on errors")),
    ):
        parser.add_argument(*names, action="store_true", help=translate(words), **kept)


def nested_command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, words: str, translate: Translate
) -> argparse.ArgumentParser:
    """A command below another one, such as ``docctl law show``, with the options of every command."""
    said = translate(words)
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=said, description=said, allow_abbrev=False, add_help=False
    )
    speak(command, translate)
    add_common(command, translate, nested=True)
    return command
