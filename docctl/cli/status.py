"""``docctl status [ID…]``: where every revision stands at a date, who signed it, and what it waits for."""

from __future__ import annotations

import argparse
import json

from docctl.cli.options import add_output, add_root, add_snapshot, day
from docctl.cli.session import Session
from docctl.errors import NotInRepository
from docctl.message import Translate, mark, msg
from docctl.report.status import render, tree
from docctl.text.vietnamese import sort_key


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "ids", nargs="*", metavar="ID", help=translate(mark("ids of procedures; none means all of them"))
    )
    parser.add_argument(
        "--as-of", type=day(translate), metavar=translate(mark("DATE")),
        help=translate(mark("answer for this day, 2025-07-01 (default: today)")),
    )  # fmt: skip
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, ("text", "json"))


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    as_of = session.as_of(repository.config)
    trust = repository.trust(as_of)
    unknown = next((each for each in arguments.ids if each not in trust.standings), None)
    if unknown is not None:
        raise NotInRepository(msg('there is no procedure "{id}"', id=unknown), msg("docctl status lists all of them"))
    ids = arguments.ids or sorted(trust.standings, key=sort_key)
    standings = [trust.standings[each] for each in dict.fromkeys(ids)]
    setting = session.setting(repository.root)
    if arguments.format == "json":
        document = {
            "format": "docctl/status/v1",
            "as_of": as_of.isoformat(),
            "policy": None if trust.policy is None else trust.policy.version,
            "documents": [tree(each) for each in standings],
        }
        session.result(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
    else:
        session.result(render(standings, setting))
    if not trust.has_policy:
        session.remark(
            setting.say(msg("no policy: nobody has signed who may approve, and approvals are not checked")) + "\n"
        )
    elif trust.policy is None:
        session.remark(setting.say(msg("no version of the policy counts: docctl policy verify tells why")) + "\n")
    refused = len(trust.findings)
    if refused:
        session.remark(
            setting.say(msg("something here does not count ({count}): docctl verify tells what and why", count=refused))
            + "\n"
        )
    return 0
