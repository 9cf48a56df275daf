"""``docctl register``: the master list of documents, forms and texts of the law, today or on any day."""

from __future__ import annotations

import argparse
import json

from docctl.cli.diff import words
from docctl.cli.options import add_as_of, add_output, add_root, add_snapshot
from docctl.cli.session import Session
from docctl.message import Translate
from docctl.report import master_list

FORMATS = ("text", "json", "markdown", "csv")


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    add_as_of(parser, translate)
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, FORMATS)


def run(session: Session) -> int:
    repository = session.open(".")
    found = repository.master_list(session.as_of(repository.config))
    setting = session.setting(repository.root)
    if session.arguments.format == "json":
        session.result(json.dumps(master_list.tree(found), ensure_ascii=False, indent=2) + "\n")
        return 0
    if session.arguments.format == "csv":  # the others say it themselves
        for each in master_list.doubtful(found):
            session.remark(setting.say(each) + "\n")
    render = {"text": master_list.render, "markdown": master_list.markdown, "csv": master_list.spreadsheet}
    session.result(render[session.arguments.format](found, words(repository, setting)))
    return 0
