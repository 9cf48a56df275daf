"""``docctl checkpoint``: the numbered register of everything that counts now, signed. Writes checkpoints/."""

from __future__ import annotations

import argparse

from docctl.approval.checkpoints import Held, payload
from docctl.approval.payload import NAMESPACE, sha256
from docctl.cli.options import add_root
from docctl.cli.session import Session
from docctl.cli.signing import Desk
from docctl.errors import UsageError
from docctl.finding import Severity
from docctl.message import Translate, mark, msg
from docctl.store import keygen


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "--key", metavar=translate(mark("FILE")), help=translate(mark("your key (default: $DOCCTL_KEY)"))
    )
    add_root(parser, translate)
    parser.set_defaults(unsigned=None, certificate=None, role=None, delegation=None)


def run(session: Session) -> int:
    repository = session.open(".")
    desk = Desk(session, repository)
    if desk.person.id not in desk.policy.root:
        raise UsageError(
            msg("{id} is not of the root group, which signs checkpoints", id=desk.person.id),
            msg("these are: {people}", people=", ".join(desk.policy.root)),
        )
    trust = desk.trust
    wrong = [each for each in trust.findings if each.severity is not Severity.NOTE]
    if wrong:
        first = wrong[0]
        raise UsageError(
            msg(
                "a checkpoint is made of what holds, but {path}: {reason}",
                path=first.location.path,
                reason=first.message,
            ),
            msg("docctl verify tells all of it"),
        )
    in_force = [each.effective for each in trust.standings.values() if each.effective is not None]
    held = Held(trust.held_files, [(each.document, each.order, each.digest) for each in in_force])
    data = payload(desk.link, trust.checkpoints.last, held, desk.person.id, desk.moment)
    number = len(trust.checkpoints.links) + 1
    path = f"checkpoints/{number:04}.json"
    signature = keygen.sign(desk.key, data, NAMESPACE)
    files = {path + ".sig": signature, path: data}
    desk.write(files)
    setting = session.setting(repository.root)
    session.result(
        setting.say(msg("{path} written, sha256 {sha256}", path=setting.path(path), sha256=sha256(data))) + "\n"
    )
    session.remark(
        setting.say(
            msg(
                "note its number outside the repository, and ask with it: docctl verify --checkpoint {number}",
                number=number,
            )
        )
        + "\n"
    )
    desk.to_commit([*files])
    return 0
