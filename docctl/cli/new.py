"""``docctl new procedure ID``: writes a first draft that passes every check."""

from __future__ import annotations

import argparse

from docctl.cli.options import add_root
from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.message import Translate, mark, msg
from docctl.model.organisation import Organisation
from docctl.repository import Repository
from docctl.scaffold import procedure_text
from docctl.store.files import write


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
    owner, desk, signer = _roles(repository, arguments.owner)
    text = procedure_text(arguments.id, arguments.title, config.level, owner, desk, signer)
    taken = [path for path in repository.paths if path.casefold() == f"procedures/{arguments.id}.yaml".casefold()]
    if taken:
        raise UsageError(msg("{path} already exists; nothing was written", path=taken[0]), msg("choose another id"))
    target = repository.root / "procedures" / f"{arguments.id}.yaml"
    try:
        target.parent.mkdir(exist_ok=True)
        write(target, text.encode("utf-8"), replace=False)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(msg("{path} cannot be written: {reason}", path=str(target), reason=reason)) from error
    setting = session.setting(repository.root)
    path = setting.path(f"procedures/{arguments.id}.yaml")
    session.result(setting.say(msg("{path} written", path=path)) + "\n")
    session.remark(setting.say(msg("next: fill it in, then docctl check {path}", path=path)) + "\n")
    return 0


def _roles(repository: Repository, owner: str | None) -> tuple[str, str, str]:
    """Roles for a draft: owner, one-stop desk, signer, each of the organisation's own."""
    document = repository.organisation
    if document is None or not document.body.roles:
        raise UsageError(
            msg("organisation.yaml names no role, or cannot be read"), msg("docctl check organisation.yaml tells why")
        )
    organisation = document.body
    ids = [role.id for role in organisation.roles]
    if owner is not None and owner not in ids:
        raise UsageError(
            msg('there is no role "{role}" in organisation.yaml', role=owner),
            msg("known roles: {names}", names=", ".join(ids)),
        )
    chosen = owner or organisation.secretary or ids[0]
    return chosen, _desk(organisation) or ids[0], organisation.representative or ids[-1]


def _desk(organisation: Organisation) -> str | None:
    """The role of the one-stop desk, told by the usual words of its unit."""
    for role in organisation.roles:
        unit = organisation.unit(role.unit)
        if unit is not None and "tiếp nhận" in unit.name.casefold():
            return role.id
    return None
