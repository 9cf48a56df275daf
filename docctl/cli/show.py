"""``docctl show [ID]``: a procedure on a screen, or the list of all."""

from __future__ import annotations

import argparse
import json
from importlib import import_module

from docctl.cli.options import add_output, add_root, add_snapshot
from docctl.cli.session import Session
from docctl.message import Translate, mark, msg
from docctl.model.procedure import Procedure
from docctl.model.view import Document
from docctl.report.setting import Setting
from docctl.report.style import paint
from docctl.repository import Repository
from docctl.text.vietnamese import sort_key


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "id", nargs="?", metavar="ID", help=translate(mark("id of a procedure, or a code it covers; none lists all"))
    )
    add_snapshot(parser, translate)
    add_root(parser, translate)
    add_output(parser, translate, ("text", "json"))


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    setting = session.setting(repository.root)
    if arguments.id is None:
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
    document = _find(repository, arguments.id)
    if arguments.format == "json":
        session.result(_json({**_head(document), "content": document.content}))
    else:
        page = import_module("docctl.report.procedure").render
        organisation = repository.organisation
        session.result(page(document, None if organisation is None else organisation.body, setting))
    return 0


def _find(repository: Repository, wanted: str) -> Document[Procedure]:
    is_code = wanted[:1].isdigit() and wanted[1:2] == "."
    return repository.covering(wanted) if is_code else repository.procedure(wanted)


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
