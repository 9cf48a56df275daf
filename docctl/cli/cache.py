"""``docctl cache``: what is remembered in the Git directory, how large it is; or throws it away."""

from __future__ import annotations

import argparse

from docctl.cli.options import add_root
from docctl.cli.session import Session
from docctl.message import Translate, mark, msg
from docctl.report.setting import visible


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "--clear", action="store_true", help=translate(mark("throw it away; the next command makes it anew"))
    )
    add_root(parser, translate)


def run(session: Session) -> int:
    repository = session.open(".")
    setting = session.setting(repository.root)
    found = repository.remembered(clear=session.arguments.clear)
    if session.arguments.clear:
        session.result(setting.say(msg("{count} files thrown away", count=len(found))) + "\n")
        return 0
    lines = [f"{size / 1024:>10.0f} KiB  {visible(str(path))}" for path, size in found]
    session.result("".join(f"{line}\n" for line in lines or [setting.say(msg("nothing is remembered"))]))
    return 0
