"""``docctl``: the parser of all commands, and the exit codes (docs/cli.md)."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from docctl import __version__
from docctl.cli.language import chosen, translator
from docctl.cli.options import add_common, speak
from docctl.cli.parsing import Parser
from docctl.cli.session import Session, divert
from docctl.errors import CannotDecide, DocctlError, InvalidDocument
from docctl.message import Translate, mark, msg

COMMANDS = {
    "check": mark("check procedures and everything they refer to"),
    "outdated": mark("which procedures has a change in the law made outdated, since when, by when to mend them"),
    "worklist": mark("everything open by responsible role and due day: what, why, by when, how to close it"),
    "impact": mark("which procedures, steps, forms, fees a text of the law touches; with --term: where words stand"),
    "coverage": mark("does every procedure of the official catalogue have its document, and do the two agree"),
    "adopt": mark("say since when a procedure is in force, before there are records"),
    "status": mark("where every revision stands, who signed it, and what it waits for"),
    "sign": mark("sign the present text of a procedure: prepared, reviewed, approved"),
    "issue": mark("bring an approved text into force"),
    "withdraw": mark("take a procedure out of force"),
    "legal-review": mark("decide about a change of the law: it is taken in, has no impact, or is wrong"),
    "acknowledge": mark("say that you have read the revision in force"),
    "verify": mark("do policy, records, archive and checkpoints hold? may a change be merged?"),
    "policy": mark("who may prepare, review, approve and issue"),
    "checkpoint": mark("make the numbered, signed register of everything that counts now"),
    "law": mark("look at the legal register, or copy a shared one"),
    "fix": mark("mend what is certain: letters in pieces, byte order marks, line ends, tabs, quotes"),
    "rename-unit": mark("put one unit in the place of another, in every file, ready for a reissue"),
    "init": mark("make a repository for an agency"),
    "new": mark("make a new document"),
    "show": mark("show a procedure, or list all"),
    "register": mark("the master list: documents, forms and texts of the law, today or on any day"),
    "search": mark("where words stand in procedures, forms and the register, with or without diacritics"),
    "log": mark("the revisions of a document: dates, people, reasons, decisions, commits"),
    "blame": mark("since which revision a part of a document reads as it does, why, and by whom"),
    "diff": mark("what changed between two texts of a document, or between two commits"),
    "cache": mark("what is remembered in the Git directory and may be thrown away"),
    "rule": mark("explain a code such as DC214, or list all"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command. Exit 0 nothing at or over the threshold, 1 findings, 2 usage, 3 cannot decide, 130 on ^C."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    _utf8_streams()
    language = chosen(given, os.environ)
    command = next((each for each in given if each in COMMANDS), None)
    parsed = parser(translator(language), command).parse_args(given)
    session = Session(parsed, language=language)
    try:
        run: Callable[[Session], int] = _module(parsed.command).run
        status = run(session)
        session.flush()
        return status
    except DocctlError as error:
        if parsed.debug:
            raise
        session.complain(error.message, error.way_out)
        return 3 if isinstance(error, (CannotDecide, InvalidDocument)) else 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        divert()  # the reader has gone
        return 141
    except Exception as error:
        if parsed.debug:
            raise
        reason = f"{type(error).__name__}: {error}"
        session.complain(
            msg("internal error: {reason}", reason=reason),
            msg("please report it, with the output of the same command and --debug"),
        )
        return 2
    finally:
        session.close()


def _utf8_streams() -> None:
    """Vietnamese on every terminal and in every pipe, whatever the locale; the same line ends on every system."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _module(command: str) -> Any:
    return import_module(f"docctl.cli.{command.replace('-', '_')}")


def parser(translate: Translate, chosen: str | None) -> argparse.ArgumentParser:
    """The parser; only the chosen command's module is imported, or none."""
    description = translate(mark("ISO document control in files: checks an agency's procedures."))
    Parser.translate = staticmethod(translate)
    whole = Parser(prog="docctl", description=description, allow_abbrev=False, add_help=False)
    speak(whole, translate)
    whole.add_argument(
        "--version",
        action="version",
        version=f"docctl {__version__}",
        help=translate(mark("show the version and exit")),
    )
    commands = whole.add_subparsers(prog="docctl", dest="command", metavar=translate(mark("COMMAND")), required=True)
    for name, help_text in COMMANDS.items():
        words = translate(help_text)
        command = commands.add_parser(name, help=words, description=words, allow_abbrev=False, add_help=False)
        if chosen is not None and name != chosen:
            continue  # it is only listed
        speak(command, translate)
        if name == chosen:
            _module(name).add_arguments(command, translate)
        add_common(command, translate)
    return whole
