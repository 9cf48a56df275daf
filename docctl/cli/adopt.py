"""``docctl adopt ID --effective-from DATE``: a revision is in force, before there are records. Writes adopted.yaml."""

from __future__ import annotations

import argparse
import os

from docctl.adopting import PATH, Start, with_entries
from docctl.cli.options import add_root, day
from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.message import Translate, mark, msg
from docctl.repository import Repository
from docctl.store.files import make_beneath, replace_beneath
from docctl.text.vietnamese import sort_key


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("ids", nargs="*", metavar="ID", help=translate(mark("ids of procedures")))
    parser.add_argument("--all", action="store_true", help=translate(mark("every procedure that has no entry yet")))
    parser.add_argument(
        "--effective-from",
        type=day(translate),
        required=True,
        metavar=translate(mark("DATE")),
        help=translate(mark("the first day the present text is in force")),
    )
    parser.add_argument(
        "--decision", metavar=translate(mark("NUMBER")), help=translate(mark("number of the decision that issued it"))
    )
    parser.add_argument(
        "--decision-date", type=day(translate), metavar=translate(mark("DATE")), help=translate(mark("its date"))
    )
    add_root(parser, translate)


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    if (arguments.decision is None) != (arguments.decision_date is None):
        raise UsageError(msg("a decision has a number and a date: give --decision and --decision-date"))
    decision = None if arguments.decision is None else (arguments.decision.strip(), arguments.decision_date)
    if repository.trust(arguments.effective_from).has_policy:
        raise UsageError(
            msg("there is a policy, and with it adopted.yaml is closed"),
            msg("have the text approved and issued: docctl sign, docctl issue"),
        )
    ids = _chosen(repository, arguments.ids, everything=arguments.all)
    documents = [repository.procedure(each) for each in ids]
    present = repository.bytes_of(PATH)
    text = None if present is None else present.decode("utf-8", "surrogateescape")
    forms = repository.shared_forms
    content = None if forms is None else forms.content
    new = with_entries(text, documents, content, Start(arguments.effective_from, decision))
    try:
        for document in documents:
            _keep(repository, document.path, f"archive/{document.body.id}/{document.body.number}.yaml")
        replace_beneath(repository.root, PATH, present, new.encode("utf-8"))
    except OSError as error:
        reason = error.strerror or os.strerror(error.errno or 0)
        raise UsageError(msg("{path} cannot be written: {reason}", path=PATH, reason=reason)) from error
    setting = session.setting(repository.root)
    for document in documents:
        names = {"id": document.body.id, "number": document.body.number, "day": arguments.effective_from.isoformat()}
        session.result(setting.say(msg("{id} {number} is in force from {day}", **names)) + "\n")
    path = setting.path(PATH)
    session.remark(setting.say(msg("{path} written; commit it, and ask: docctl outdated", path=path)) + "\n")
    return 0


def _keep(repository: Repository, path: str, kept: str) -> None:
    """The exact bytes of the text adopted, so that it can be judged when the file has moved on."""
    data = repository.bytes_of(path) or b""
    if repository.bytes_of(kept) != data:
        make_beneath(repository.root, kept, data)


def _chosen(repository: Repository, ids: list[str], *, everything: bool) -> list[str]:
    if everything == bool(ids):
        raise UsageError(msg("name procedures, or say --all"), msg("docctl show lists all of them"))
    if not everything:
        return [*dict.fromkeys(ids)]
    adopted = repository.adopted
    known = set() if adopted is None else {entry.document for entry in adopted.body}
    left = [document.body.id for document in repository.procedures if document.body.id not in known]
    if not left:
        raise UsageError(msg("every procedure has an entry already"))
    return sorted(left, key=sort_key)
