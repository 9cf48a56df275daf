"""``docctl show [ID[@REVISION]]``: a procedure on a screen, as it is, was issued, or was in force on a day; or all."""

from __future__ import annotations

import argparse
import json
from datetime import date
from importlib import import_module

from docctl.cli.doubts import NAMES, STANDINGS, remark
from docctl.cli.naming import id_of, is_code
from docctl.cli.options import add_output, add_root, add_snapshot, day
from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.message import Translate, mark, msg
from docctl.model.procedure import Procedure
from docctl.model.standing import Revision
from docctl.model.view import Document
from docctl.report.setting import Setting
from docctl.report.style import paint
from docctl.repository import Repository
from docctl.text.vietnamese import sort_key


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "id", nargs="?", metavar="ID",
        help=translate(mark(
            "id of a procedure, or a code it covers; ID@2.1 as it was issued, ID@COMMIT as it was then; none lists all"
        )),
    )  # fmt: skip
    parser.add_argument(
        "--as-of", type=day(translate), metavar=translate(mark("DATE")),
        help=translate(mark("what was in force on this day, proven from archive and records")),
    )  # fmt: skip
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, ("text", "json"))


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    setting = session.setting(repository.root)
    if arguments.id is None:
        if arguments.as_of is not None:
            raise UsageError(
                msg("--as-of asks about one procedure"), msg("docctl register --as-of DATE lists all of that day")
            )
        remark(session, repository, "procedures")
        documents = sorted(repository.procedures, key=lambda document: sort_key(document.body.id))
        if arguments.format == "json":
            session.result(_json([_head(document) for document in documents]))
        else:
            session.result(_list(documents, setting))
        unread = sum(path.startswith("procedures/") for path in repository.paths) - len(documents)
        if unread:
            session.remark(
                setting.say(msg("documents that cannot be read (docctl check): {count}", count=unread)) + "\n"
            )
        return 0
    document, revision = _find(session, repository, arguments.id)
    if arguments.format == "json":
        where = None if revision is None else import_module("docctl.report.status").revision_tree(revision)
        tree = {**_head(document), "content": document.content}
        session.result(_json(tree if where is None else {**tree, "standing": where}))
    else:
        page = import_module("docctl.report.procedure").render
        organisation = repository.organisation
        session.result(page(document, None if organisation is None else organisation.body, setting, revision))
    return 0


def _find(session: Session, repository: Repository, wanted: str) -> tuple[Document[Procedure], Revision | None]:
    """The text that is asked for, and the revision that it is, where that was asked."""
    name, sign, which = wanted.partition("@")
    asked: date | None = session.arguments.as_of
    as_of = asked or session.as_of(repository.config)
    if sign or asked is not None:
        remark(session, repository, *STANDINGS, *NAMES, f"procedures/{name}.yaml", as_of=as_of)
    else:
        remark(session, repository, *NAMES)
    if sign and not which:
        raise UsageError(
            msg("nothing stands behind @: {text}", text=wanted), msg("write {id}@2.1, or {id}@COMMIT", id=name)
        )
    if asked is not None and not sign:
        chronicle = repository.chronicle(asked)
        revision = chronicle.in_force(repository.serving(name, asked) if is_code(repository, name) else name)
        return chronicle.text(revision), revision
    if sign:
        return repository.chronicle(as_of).found(id_of(repository, name, as_of), which)
    return repository.procedure(id_of(repository, name, as_of)), None


def _head(document: Document[Procedure]) -> dict[str, object]:
    procedure = document.body
    return {
        "id": procedure.id,
        "revision": procedure.number,
        "title": procedure.title,
        "covers": list(procedure.covers),
        "path": document.path,
        "digest": document.digest(),
    }


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "backslashreplace").decode() + "\n"


def _list(documents: list[Document[Procedure]], setting: Setting) -> str:
    if not documents:
        return ""
    wide = max(len(document.body.id) for document in documents)
    lines = []
    for document in documents:
        name = paint(f"{document.body.id:<{wide}}", "bold", colour=setting.colour)
        lines.append(f"{name}  {document.body.number:>5}  {document.body.title}\n")
    return "".join(lines)
