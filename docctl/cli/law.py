"""``docctl law``: the legal register, and reading texts for it; ``vendor``, ``add``, ``propose``, ``confirm`` write."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import TYPE_CHECKING

from docctl.cli import law_register, law_text
from docctl.cli.options import add_output, add_root, add_snapshot, day, nested_command
from docctl.cli.session import Session
from docctl.errors import NotInRepository, UsageError
from docctl.message import Translate, mark, msg
from docctl.model.text_page import TextPage
from docctl.report.law import render, render_status
from docctl.verdict import Cause

if TYPE_CHECKING:
    from docctl.model.law_at import TextAt
    from docctl.repository import Repository


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    commands = parser.add_subparsers(dest="law", metavar=translate(mark("COMMAND")), required=True)
    texts = {
        "show": mark("a text with what it does to others and others do to it"),
        "status": mark("whether a text is in force"),
    }
    for name, words in texts.items():
        command = nested_command(commands, name, words, translate)
        command.add_argument(
            "number", metavar=translate(mark("NUMBER")), help=translate(mark("number of the text, or its file's name"))
        )
        if name == "show":
            command.add_argument(
                "provision", nargs="?", metavar=translate(mark("PROVISION")),
                help=translate(mark("show the words of this unit, such as dieu_5__khoan_2")),
            )  # fmt: skip
            command.add_argument(
                "--words", action="store_true", help=translate(mark("show the words of the whole text"))
            )
        command.add_argument(
            "--as-of",
            type=day(translate),
            metavar=translate(mark("DATE")),
            help=translate(mark("answer for this day, 2025-07-01 (default: today)")),
        )
        add_snapshot(command, translate)
        add_root(command, translate)
        add_output(command, translate, ("text", "json"))
    law_text.add_commands(commands, translate)
    law_register.add_commands(commands, translate)
    vendor = nested_command(
        commands, "vendor", mark("copy a register that many agencies share into legal/shared"), translate
    )
    vendor.add_argument(
        "source",
        metavar=translate(mark("PATH@COMMIT")),
        help=translate(mark("a Git repository, or a folder in one, and a commit of it")),
    )
    add_root(vendor, translate)


def run(session: Session) -> int:
    if session.arguments.law in law_text.COMMANDS:
        return law_text.run(session)
    if session.arguments.law in law_register.COMMANDS:
        return law_register.run(session)
    if session.arguments.law == "vendor":
        return _vendor(session)
    if session.arguments.law == "show" and (session.arguments.provision or session.arguments.words):
        return _words(session)
    repository = session.open(".")
    page = repository.law(session.arguments.number, session.as_of(repository.config))
    setting = session.setting(repository.root)
    if session.arguments.format == "json":
        session.result(_json(page, everything=session.arguments.law == "show"))
    else:
        session.result((render if session.arguments.law == "show" else render_status)(page, setting))
    return 0


def _words(session: Session) -> int:
    """The words of a text, or of one unit, as of a date."""
    from docctl.cli.law_words import unfit_words, words, words_tree
    from docctl.law.siblings import part
    from docctl.law.vn.words import address_in

    repository = session.open(".")
    page = repository.lawbook.text(session.arguments.number, session.as_of(repository.config))
    asked = session.arguments.provision
    units = page.units
    if asked:
        _refuse_another(repository, asked, page)
        address = address_in(asked)
        units = () if address is None else part(page.units, address)
        if not units:
            names = {"number": page.text.number, "provision": asked}
            raise NotInRepository(msg("{number} has no {provision} on that day", **names))
    setting = session.setting(repository.root)
    if session.arguments.format == "json":
        session.result(json.dumps(words_tree(page, units), ensure_ascii=False, indent=2) + "\n")
        return 0
    session.result(words(page, units, setting))
    for each in page.unfit:
        session.remark(setting.say(unfit_words(each)) + "\n")
    if page.pending:
        waiting = msg("{count} events on it are not confirmed and not in these words", count=len(page.pending))
        session.remark(setting.say(waiting) + "\n")
    return 0


def _refuse_another(repository: Repository, asked: str, page: TextAt) -> None:
    """Raises ``NotInRepository`` where a provision that is asked for names another text than the one that is shown."""
    from docctl.law.reading import citations

    for named in (each.document for each in citations(asked)):
        if named is None or named.this or not (named.number or named.name):
            continue
        if page.slug not in repository.lawbook.register.known.named(named.number, named.name, named.date):
            names = {"provision": asked, "number": page.text.number}
            raise NotInRepository(msg("“{provision}” names another text than {number}", **names))


def _vendor(session: Session) -> int:
    from docctl.vendoring import vendor

    path, sign, commit = session.arguments.source.rpartition("@")
    if not sign or not path:
        raise UsageError(
            msg('"{source}" names no commit', source=session.arguments.source),
            msg("write PATH@COMMIT, such as ../so-van-ban@v2025.11"),
        )
    repository: Repository = session.open(".")
    copied = vendor(repository.root, path, commit)
    setting = session.setting(repository.root)
    done: dict[str, int | str] = {"count": len(copied.files), "commit": copied.commit}
    session.result(setting.say(msg("{count} texts copied into legal/shared, commit {commit}", **done)) + "\n")
    session.remark(setting.say(msg("next: docctl check, then commit legal/shared")) + "\n")
    return 0


def _json(page: TextPage, *, everything: bool) -> str:
    document: dict[str, object] = {
        "format": "docctl/law-show/v1" if everything else "docctl/law-status/v1",
        "number": page.text.number,
        "path": page.path,
        "as_of": page.as_of.isoformat(),
        "status": page.status,
        "since": _day(page.since),
        "because": [_event(cause) for cause in page.because],
    }
    if everything:
        document |= {
            "kind": page.text.kind,
            "title": page.text.title,
            "issued": _day(page.text.issued),
            "stub": page.text.stub,
            "checked": _day(page.text.checked),
            "in_force": [
                {"from": _day(entry.first), "to": _day(entry.end), "provisions": [*entry.provisions]}
                for entry in page.text.in_force
            ],
            "acts": [_event(cause) for cause in page.acts],
            "acted_on": [_event(cause) for cause in page.acted_on],
            "cited_by": {procedure: [*elements] for procedure, elements in page.cited_by.items()},
        }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _event(cause: Cause) -> dict[str, object]:
    return {
        "id": cause.event, "kind": cause.kind, "acting": cause.acting, "provision": cause.provision,
        "target": cause.target, "target_provisions": [*cause.targets], "from": _day(cause.first),
        "to": _day(cause.end), "quote": cause.quote, "confirmed": cause.confirmed is not None,
    }  # fmt: skip


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
