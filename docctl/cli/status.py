"""``docctl status [ID…]``: where every revision stands at a date, who signed it, and what it waits for."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from docctl.cli.doubts import STANDINGS, remark
from docctl.cli.naming import id_of
from docctl.cli.options import add_as_of, add_output, add_root, add_snapshot
from docctl.cli.session import Session
from docctl.errors import NotInRepository
from docctl.finding import Severity
from docctl.law.vn.words import places
from docctl.message import Translate, mark, msg
from docctl.model.procedure import Procedure
from docctl.model.standing import Revision, Standing
from docctl.report import changes
from docctl.report.changes import Row
from docctl.report.setting import Setting
from docctl.report.status import render, tree
from docctl.repository import Repository
from docctl.text.vietnamese import sort_key


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "ids", nargs="*", metavar="ID",
        help=translate(mark("ids of procedures, or codes they cover; none means all of them")),
    )  # fmt: skip
    add_as_of(parser, translate)
    parser.add_argument(
        "--changes", action="store_true",
        help=translate(mark("the table of changes of each: what was changed, why, on which basis, who approved it")),
    )  # fmt: skip
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, ("text", "json"))


def _changes(repository: Repository, standings: Sequence[Standing], setting: Setting, *, as_json: bool) -> str:
    """The tables of changes."""
    tables = {
        each.document: (each, [_row(revision, _text(repository, revision)) for revision in _listed(each)])
        for each in standings
    }
    if as_json:
        document = {
            "format": "docctl/changes/v1",
            "documents": {name: changes.tree(rows) for name, (_, rows) in tables.items()},
        }
        return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    pages = [
        changes.render(f"{name} {standing.title or ''}".strip(), rows, setting)
        for name, (standing, rows) in tables.items()
    ]
    return "\n".join(pages)


def _row(revision: Revision, text: Procedure | None) -> Row:
    cited = () if text is None or text.change is None else text.change.legal_basis
    return Row(revision, text, tuple(f"{places(each.provisions)} {each.text}".strip() for each in cited))


def _listed(standing: Standing) -> Sequence[Revision]:
    """What was issued, and what the file holds now; not what was given up on the way."""
    return [each for each in standing.revisions if each.issued or each == standing.current]


def _text(repository: Repository, revision: Revision) -> Procedure | None:
    """The text of a revision, only where it is exactly that one."""
    if revision.path is None:
        return None
    document = repository.document(revision.path)
    return document.body if document is not None and document.digest() == revision.digest else None


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    as_of = session.as_of(repository.config)
    trust = repository.trust(as_of, now=datetime.now(UTC))
    asked = [id_of(repository, each, as_of) for each in arguments.ids]
    unknown = next((each for each in asked if each not in trust.standings), None)
    if unknown is not None:
        raise NotInRepository(msg('there is no procedure "{id}"', id=unknown), msg("docctl status lists all of them"))
    ids = asked or sorted(trust.standings, key=sort_key)
    bare = (f"procedures/{each}.yaml" for each in ids if trust.standings[each].current is None)
    remark(session, repository, *STANDINGS, *bare)
    standings = [trust.standings[each] for each in dict.fromkeys(ids)]
    setting = session.setting(repository.root)
    if arguments.changes:
        session.result(_changes(repository, standings, setting, as_json=arguments.format == "json"))
    elif arguments.format == "json":
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
    refused = sum(each.severity is not Severity.NOTE for each in trust.findings)
    if refused:
        session.remark(
            setting.say(msg("something here does not count ({count}): docctl verify tells what and why", count=refused))
            + "\n"
        )
    return 0
