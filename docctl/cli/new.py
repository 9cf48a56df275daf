"""``docctl new procedure ID``: writes a first draft that passes every check."""

from __future__ import annotations

import argparse
import unicodedata
from datetime import date

from docctl.cli.options import add_root
from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.message import Translate, mark, msg
from docctl.model.organisation import Organisation, Role
from docctl.repository import Repository
from docctl.scaffold import procedure_text
from docctl.schema import validate
from docctl.store.files import make_beneath
from docctl.text.strict import read


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument("kind", choices=("procedure",), help=translate(mark("kind of document")))
    parser.add_argument("id", metavar="ID", help=translate(mark("its id, such as QT-07")))
    parser.add_argument("--title", default="Tên quy trình", help=translate(mark("its title")))
    parser.add_argument(
        "--owner", metavar=translate(mark("ROLE")), help=translate(mark("the role that keeps it up to date"))
    )
    add_root(parser, translate)


def run(session: Session) -> int:
    arguments = session.arguments
    repository = session.open(".")
    config = repository.config
    owner, desk, signer = _roles(repository, arguments.owner, session.as_of(config))
    title = unicodedata.normalize("NFC", arguments.title.strip())
    text = procedure_text(arguments.id, title, config.level, owner, desk, signer)
    taken = [path for path in repository.paths if path.casefold() == f"procedures/{arguments.id}.yaml".casefold()]
    if taken:
        raise UsageError(msg("{path} already exists; nothing was written", path=taken[0]), msg("choose another id"))
    _validate(text)
    try:
        make_beneath(repository.root, f"procedures/{arguments.id}.yaml", text.encode("utf-8"))
    except OSError as error:
        reason, place = error.strerror or str(error), str(error.filename or repository.root)
        raise UsageError(msg("{path} cannot be written: {reason}", path=place, reason=reason)) from error
    setting = session.setting(repository.root)
    path = setting.path(f"procedures/{arguments.id}.yaml")
    session.result(setting.say(msg("{path} written", path=path)) + "\n")
    session.remark(setting.say(msg("next: fill it in, then docctl check {path}", path=path)) + "\n")
    return 0


def _validate(text: str) -> None:
    """A title that the new file could not hold is refused before anything is written."""
    try:
        reading = read(text.encode("utf-8"), "")
        objections = [*reading.findings, *(validate(reading.tree, "procedure") if reading.tree else ())]
    except UnicodeEncodeError as error:
        raise UsageError(msg("the title is no text in UTF-8")) from error
    if objections:
        raise UsageError(msg("the new file would not pass: {reason}", reason=objections[0].message), objections[0].fix)


def _roles(repository: Repository, owner: str | None, day: date) -> tuple[str, str, str]:
    """Roles for a draft: owner, one-stop desk, signer, each of the organisation's own and there today."""
    document = repository.organisation
    organisation = None if document is None else document.body
    alive = [] if organisation is None else [role for role in organisation.roles if _lives(organisation, role, day)]
    if organisation is None or not alive:
        raise UsageError(
            msg("organisation.yaml names no role of today, or cannot be read"),
            msg("docctl check organisation.yaml tells why"),
        )
    ids = [role.id for role in alive]
    if owner is not None and owner not in ids:
        raise UsageError(
            msg('there is no role "{role}" in organisation.yaml', role=owner),
            msg("known roles: {names}", names=", ".join(ids)),
        )
    desk = next((role.id for role in alive if _is_desk(organisation, role)), ids[0])
    secretary, leader = organisation.secretary, organisation.representative
    chosen = owner or (secretary if secretary in ids else ids[0])
    return str(chosen), desk, str(leader if leader in ids else ids[-1])


def _lives(organisation: Organisation, role: Role, day: date) -> bool:
    unit = organisation.unit(role.unit)
    return role.lives_at(day) and unit is not None and unit.lives_at(day)


def _is_desk(organisation: Organisation, role: Role) -> bool:
    """Is it a role of the one-stop desk, told by the usual words of its unit?"""
    unit = organisation.unit(role.unit)
    name = "" if unit is None else unit.name.casefold()
    return any(words in name for words in ("tiếp nhận", "một cửa", "hành chính công"))
