"""Drafts of a policy: ``docctl policy edit``, and what making the first version has in common with it."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

from docctl.approval import lint
from docctl.approval.payload import sha256
from docctl.cli.options import day
from docctl.cli.session import Session
from docctl.cli.signing import public_key_of
from docctl.errors import UsageError
from docctl.message import Translate, mark, msg
from docctl.model.policy import Policy
from docctl.policymaking import (
    NewDelegation,
    NewPerson,
    closed,
    next_version,
    with_delegation,
    with_kept,
    with_person,
    with_root,
    without_key,
)
from docctl.repository import Repository
from docctl.store.files import make_beneath, relative_path, replace_beneath
from docctl.text.strict import read


def add_edit(edit: argparse.ArgumentParser, translate: Translate) -> None:
    add_person(edit, translate, needed=False)
    edit.add_argument(
        "--root-person", metavar=translate(mark("PERSON")), help=translate(mark("add to those who sign the policy"))
    )
    edit.add_argument("--threshold", type=int, metavar="N", help=translate(mark("how many of them must sign")))
    edit.add_argument("--end-key", metavar="SHA256:…", help=translate(mark("a key that ends; --until is its last day")))
    edit.add_argument(
        "--until", type=day(translate), metavar=translate(mark("DATE")), help=translate(mark("the last day"))
    )
    edit.add_argument("--revoke", metavar="SHA256:…", help=translate(mark("a key that is revoked; --because says why")))
    edit.add_argument(
        "--because", choices=("superseded", "left", "compromised"), help=translate(mark("why a key is revoked"))
    )
    edit.add_argument(
        "--keep", action="append", default=[], metavar=translate(mark("FILE")),
        help=translate(mark("a record, or a folder of them, that stays valid though its key or its time is over")),
    )  # fmt: skip
    _add_delegation(edit, translate)
    edit.add_argument(
        "--from",
        dest="gone",
        type=day(translate),
        metavar=translate(mark("DATE")),
        help=translate(mark("first day a revoked key no longer counts")),
    )


def _add_delegation(parser: argparse.ArgumentParser, translate: Translate) -> None:
    """``--delegate ID --giver A --taker B --mode KT --delegated-role R --basis …`` (30/2020/NĐ-CP, Điều 13)."""
    parser.add_argument(
        "--delegate", metavar="ID", help=translate(mark("a new delegation, by which one person signs for another"))
    )
    for name, metavar, words in (
        ("--giver", mark("PERSON"), mark("who lets another sign")),
        ("--taker", mark("PERSON"), mark("who may sign for the giver")),
        ("--delegated-role", mark("ROLE"), mark("in which role of the giver")),
        ("--scope", mark("IDS"), mark("for which documents (default: * for all)")),
        ("--basis", mark("WORDS"), mark("the paper on which the delegation rests")),
    ):
        parser.add_argument(name, metavar=translate(metavar), help=translate(words))
    parser.add_argument("--mode", choices=("KT", "TL", "TUQ"), help=translate(mark("how it is signed for another")))


def add_person(parser: argparse.ArgumentParser, translate: Translate, *, needed: bool) -> None:
    for name, metavar, words in (
        ("--person", mark("PERSON"), mark("short name of a person, small letters: an, thu-ky")),
        ("--name", mark("WORDS"), mark("the name as printed")),
        ("--title", mark("WORDS"), mark("the title when signing")),
        ("--unit", mark("WORDS"), mark("the unit in the signature")),
        ("--key", mark("FILE"), mark("the person's public key, a .pub file")),
    ):
        parser.add_argument(name, required=needed, metavar=translate(metavar), help=translate(words))
    parser.add_argument(
        "--holds",
        action="append",
        default=[],
        required=needed,
        metavar=translate(mark("ROLE")),
        help=translate(mark("a role the person holds")),
    )
    parser.add_argument(
        "--since",
        type=day(translate),
        metavar=translate(mark("DATE")),
        help=translate(mark("from this day (default: today)")),
    )


def person_of(session: Session, today: date) -> NewPerson:
    arguments = session.arguments
    key = None if arguments.key is None else public_key_of(Path(arguments.key).expanduser())
    return NewPerson(
        arguments.person, arguments.name or "", arguments.title or "", arguments.unit or "", key, arguments.holds,
        arguments.since or today,
    )  # fmt: skip


def adopted_now(repository: Repository) -> tuple[int, str]:
    """How many entries adopted.yaml has, and their digest."""
    document = repository.adopted
    entries = 0 if document is None else len(document.body)
    return entries, repository.trust(date.max).adopted_digest(entries)


def objections(session: Session, repository: Repository, content: str, path: str) -> None:
    """Refuses a draft that could never be signed, and names roles that organisation.yaml does not know."""
    tree = read(content.encode("utf-8"), path).tree
    assert tree is not None  # it was validated when it was made
    draft = Policy.from_tree(cast("dict[str, Any]", tree.value))
    links = repository.trust(date.max).own_chain.links
    found = [*lint.within(draft, path), *(lint.between(links[-1].policy, draft, path) if links else ())]
    if found:
        raise UsageError(msg("nothing was written, for the policy would not count: {reason}", reason=found[0].message))
    known = None if repository.organisation is None else {role.id for role in repository.organisation.body.roles}
    setting = session.setting(repository.root)
    for role in sorted({held.role for person in draft.people for held in person.roles} - (known or set())):
        if known is not None:
            session.remark(setting.say(msg("organisation.yaml has no role {role}", role=role)) + "\n")


def edit(session: Session) -> int:
    """A draft is changed where it lies; after a version that counts a next one is made first."""
    arguments = session.arguments
    repository = session.open(".")
    now = datetime.now(UTC).astimezone(repository.config.timezone).replace(microsecond=0)
    path, before, content = _draft(repository, now)
    content = closed(content, adopted_now(repository))
    if arguments.person is not None:
        content = with_person(content, person_of(session, now.date()))
    if arguments.root_person is not None or arguments.threshold is not None:
        content = with_root(content, arguments.root_person, arguments.threshold)
    if arguments.keep:
        content = with_kept(content, [sha256(data) for data in _records(repository, arguments.keep, now.date())])
    if arguments.delegate is not None:
        content = with_delegation(content, _delegation(arguments, now.date()))
    if arguments.end_key is not None:
        if arguments.until is None:
            raise UsageError(msg("say which day is the key's last: --until"))
        content = without_key(content, arguments.end_key, arguments.until, None)
    if arguments.revoke is not None:
        if arguments.because is None:
            raise UsageError(msg("say why the key is revoked: --because superseded, left or compromised"))
        content = without_key(content, arguments.revoke, arguments.gone or now.date(), arguments.because)
    objections(session, repository, content, path)
    if before is None:
        make(repository, path, content.encode("utf-8"))
    elif before != content:
        try:
            replace_beneath(repository.root, path, before.encode("utf-8"), content.encode("utf-8"))
        except OSError as error:
            raise UsageError(
                msg("{path} cannot be written: {reason}", path=path, reason=str(error.strerror or error))
            ) from error
    setting = session.setting(repository.root)
    session.result(setting.say(msg("{path} written", path=setting.path(path))) + "\n")
    session.remark(
        setting.say(
            msg("next: look at it, change it by hand where needed, then docctl policy sign; commit it by itself")
        )
        + "\n"
    )
    return 0


def _records(repository: Repository, named: Sequence[str], today: date) -> Iterator[bytes]:
    """The bytes of the records and checkpoints that are named, or count and lie in the folders that are named.

    In a folder there may be what a thief has signed; that is kept only by who names the very file.
    """
    trust = repository.trust(today)
    count = {each.sha256 for each in trust.counted} | {each.sha256 for each in trust.checkpoints.links}
    for each in named:
        path = relative_path(repository.root, each)
        whole = repository.root / path
        if not whole.is_dir():
            data = repository.bytes_of(path)
            if data is None:
                raise UsageError(msg("{path} is no record", path=each))
            yield data
            continue
        inside = [repository.bytes_of(file.relative_to(repository.root).as_posix()) for file in whole.rglob("*.json")]
        kept = sorted((data for data in inside if data is not None and sha256(data) in count), key=sha256)
        if not kept:
            hint = msg("a record that does not count is named by its own file")
            raise UsageError(msg("{path} holds no record that counts", path=each), hint)
        yield from kept


def _delegation(arguments: argparse.Namespace, today: date) -> NewDelegation:
    wanted = (arguments.giver, arguments.taker, arguments.mode, arguments.delegated_role, arguments.basis)
    if None in wanted:
        raise UsageError(msg("a delegation needs --giver, --taker, --mode, --delegated-role and --basis"))
    return NewDelegation(
        arguments.delegate, arguments.giver, arguments.taker, arguments.mode, arguments.delegated_role,
        arguments.scope or "*", arguments.since or today, arguments.until, arguments.basis,
    )  # fmt: skip


def _draft(repository: Repository, now: datetime) -> tuple[str, str | None, str]:
    """Path, present text (None for a new file) and text to start from of the version that is not yet signed."""
    trust = repository.trust(now.date())
    files, links = trust.policy_files, trust.own_chain.links
    if not files:
        raise UsageError(msg("there is no policy"), msg("make one: docctl policy init"))
    last = files[-1]
    if len(links) < len(files):
        if last.signatures:
            raise UsageError(
                msg("{path} has signatures but does not count; a signed version is never edited", path=last.path),
                msg("docctl policy verify tells what is missing"),
            )
        content = last.data.decode("utf-8", "replace")
        return last.path, content, content
    content = next_version(last.data.decode("utf-8"), sha256(last.data), now)
    return f"policy/{len(files) + 1:04}.yaml", None, content


def make(repository: Repository, path: str, content: bytes) -> None:
    try:
        make_beneath(repository.root, path, content)
    except OSError as error:
        raise UsageError(
            msg("{path} cannot be written: {reason}", path=path, reason=str(error.strerror or error))
        ) from error
