"""``docctl law add|propose|confirm|diff``: the register filled from texts of the law, and read as a text at a date."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from docctl.cli.law_text import read_file
from docctl.cli.options import add_output, add_root, add_snapshot, day, nested_command
from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.message import Param, Translate, mark, msg
from docctl.report.setting import Setting
from docctl.store.files import make_beneath, replace_beneath

if TYPE_CHECKING:
    from docctl.registering import NewText
    from docctl.repository import Repository

COMMANDS = ("add", "import", "propose", "confirm", "diff")


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], translate: Translate) -> None:
    for name in ("add", "import"):
        _add_options(
            nested_command(commands, name, mark("keep a text of the law in the register"), translate), translate
        )
    propose = nested_command(
        commands, "propose", mark("write what a text does to others into the register, to be confirmed"), translate
    )
    _number(propose, translate)
    propose.add_argument("--dry-run", action="store_true", help=translate(mark("only show the proposals")))
    add_root(propose, translate)
    confirm = nested_command(commands, "confirm", mark("confirm proposed events after reading them"), translate)
    _number(confirm, translate)
    confirm.add_argument(
        "events", nargs="*", metavar=translate(mark("EVENT")), help=translate(mark("ids such as e3; none lists them"))
    )
    confirm.add_argument("--all", action="store_true", help=translate(mark("every event that waits")))
    confirm.add_argument("--by", metavar=translate(mark("ROLE")), help=translate(mark("the role that has read them")))
    confirm.add_argument("--as-of", type=day(translate), metavar=translate(mark("DATE")), help=argparse.SUPPRESS)
    add_root(confirm, translate)
    diff = nested_command(commands, "diff", mark("what changed in a text between two dates, unit by unit"), translate)
    _number(diff, translate)
    for option, words in (("--from", mark("the earlier day")), ("--to", mark("the later day"))):
        diff.add_argument(
            option, dest=f"{option[2:]}_day", type=day(translate), required=True,
            metavar=translate(mark("DATE")), help=translate(words),
        )  # fmt: skip
    add_snapshot(diff, translate)
    add_root(diff, translate)
    add_output(diff, translate, ("text", "json"))


def _number(command: argparse.ArgumentParser, translate: Translate) -> None:
    command.add_argument(
        "number", metavar=translate(mark("NUMBER")), help=translate(mark("number of the text, or its file's name"))
    )


def _add_options(command: argparse.ArgumentParser, translate: Translate) -> None:
    command.add_argument(
        "file", metavar=translate(mark("FILE")), help=translate(mark("the text: .txt, .md, .docx, .html, .xml"))
    )
    options = {
        "--number": (mark("NUMBER"), mark("its number, where its head does not say it")),
        "--kind": (mark("KIND"), mark("its kind, such as decree or circular, where its head does not say it")),
        "--title": (mark("TITLE"), mark("its title, where its head does not say it")),
        "--issuer": (mark("ISSUER"), mark("who issued it, where its head does not say it")),
        "--slug": (mark("NAME"), mark("the name of its files, where the number makes none")),
        "--url": ("URL", mark("where it was found")),
    }
    for option, (value, words) in options.items():
        command.add_argument(option, metavar=translate(value), help=translate(words))
    command.add_argument(
        "--issued", type=day(translate), metavar=translate(mark("DATE")),
        help=translate(mark("its day, where its head does not say it")),
    )  # fmt: skip
    command.add_argument("--replace", action="store_true", help=translate(mark("put it in the place of the text held")))
    command.add_argument("--as-of", type=day(translate), metavar=translate(mark("DATE")), help=argparse.SUPPRESS)
    add_root(command, translate)


def run(session: Session) -> int:
    name = session.arguments.law
    return {"add": _add, "import": _add, "propose": _propose, "confirm": _confirm, "diff": _diff}[name](session)


# -- a new text ----------------------------------------------------------------------------------------


def _add(session: Session) -> int:
    from docctl.registering import Given, new_text

    arguments = session.arguments
    repository = session.open(".")
    words = read_file(session, arguments.file)
    given = Given(
        arguments.number, arguments.kind, arguments.title, arguments.issuer, arguments.issued, arguments.slug,
        arguments.url,
    )  # fmt: skip
    found = new_text(repository.register, words, given, session.as_of(repository.config))
    path = f"legal/text/{found.slug}.md"
    before = repository.bytes_of(path, most=64 * 1024 * 1024)
    if before is not None and not arguments.replace:
        raise UsageError(
            msg("the text of {number} is held already: {path}", number=found.number, path=path),
            msg("compare the two, then say --replace"),
        )
    _keep(repository, found, path, before)
    setting = session.setting(repository.root)
    names: dict[str, Param] = {"number": found.number, "path": setting.path(path)}
    session.result(setting.say(msg("{number} is held: {path}", **names)) + "\n")
    if found.entry is not None:
        entry = setting.path(f"legal/{found.slug}.yaml")
        session.result(setting.say(msg("its entry was read from its head, look at it: {path}", path=entry)) + "\n")
    for remark in found.remarks:
        session.remark(setting.say(remark) + "\n")
    session.remark(setting.say(msg("next: docctl law propose {number}", number=found.number)) + "\n")
    return 0


def _keep(repository: Repository, found: NewText, path: str, before: bytes | None) -> None:
    """Writes the entry of a new text, then its words: an entry alone is whole, words alone are not."""
    entry = f"legal/{found.slug}.yaml"
    made = None
    try:
        if found.entry is not None:
            made = make_beneath(repository.root, entry, found.entry.encode("utf-8"))
    except OSError as error:
        raise _not_written(entry, error) from error
    try:
        if before is None:
            make_beneath(repository.root, path, found.words.encode("utf-8"))
        else:
            replace_beneath(repository.root, path, before, found.words.encode("utf-8"))
    except OSError as error:
        if made is not None:
            made.unlink(missing_ok=True)
        raise _not_written(path, error) from error


def _replace(repository: Repository, path: str, before: str, after: str) -> None:
    try:
        replace_beneath(repository.root, path, before.encode("utf-8"), after.encode("utf-8"))
    except OSError as error:
        raise _not_written(path, error) from error


def _not_written(path: str, error: OSError) -> UsageError:
    reason = error.strerror or os.strerror(error.errno or 0)
    return UsageError(msg("{path} cannot be written: {reason}", path=path, reason=reason), msg("nothing was written"))


# -- events --------------------------------------------------------------------------------------------


def _own_file(repository: Repository, slug: str) -> tuple[str, str]:
    """The path and text of an entry that may be written. Raises ``UsageError`` for a shared one."""
    path = repository.register.path(slug)
    if path != f"legal/{slug}.yaml":
        raise UsageError(
            msg("{path} is a copy of a shared register", path=path),
            msg("have it proposed where the register is kept; docctl law vendor brings it here"),
        )
    data = repository.bytes_of(path) or b""
    return path, data.decode("utf-8")


def _propose(session: Session) -> int:
    from docctl.cli.law_events import event_words
    from docctl.law.vn.words import place
    from docctl.registering import with_events

    repository = session.open(".")
    number, today = session.arguments.number, session.as_of(repository.config)
    slug = repository.lawbook.slug(number)
    found = repository.lawbook.proposals(number, today)
    setting = session.setting(repository.root)
    path, text = _own_file(repository, slug)
    for event in found.events:
        session.result("\n".join(event_words(event, setting)) + "\n")
    for left in found.left:
        names: dict[str, Param] = {"at": place(left.at) or left.at, "words": left.words[:120], "why": left.why}
        session.remark(setting.say(msg("no event at {at}: {words} ({why})", **names)) + "\n")
    if not found.events:
        session.remark(setting.say(msg("nothing new was found in {number}", number=number)) + "\n")
        return 0
    if session.arguments.dry_run:
        return 0
    new = with_events(path, text, found.events)
    _replace(repository, path, text, new)
    done: dict[str, Param] = {"count": len(found.events), "path": setting.path(path)}
    session.remark(setting.say(msg("{count} events proposed in {path}", **done)) + "\n")
    session.remark(setting.say(msg("next: read each of them, then docctl law confirm {number}", number=number)) + "\n")
    return 0


def _confirm(session: Session) -> int:
    from docctl.registering import waiting, with_confirmation

    arguments = session.arguments
    if arguments.events and arguments.all:
        raise UsageError(msg("events are named, and --all is said as well"), msg("say one of the two"))
    repository = session.open(".")
    setting = session.setting(repository.root)
    slug = repository.lawbook.slug(arguments.number)
    path, text = _own_file(repository, slug)
    open_events = waiting(path, text)
    if not arguments.events and not (arguments.all and open_events):
        return _list_waiting(session, setting, open_events)
    role = _role(repository, arguments.by)
    named = open_events if arguments.all else ()
    ids = [each["id"] for each in named] or [*dict.fromkeys(_own_id(each, slug) for each in arguments.events)]
    new = with_confirmation(path, text, ids, role, session.as_of(repository.config))
    _replace(repository, path, text, new)
    done: dict[str, Param] = {"count": len(ids), "path": setting.path(path)}
    session.result(setting.say(msg("{count} events confirmed in {path}", **done)) + "\n")
    session.remark(setting.say(msg("commit it, and ask: docctl outdated")) + "\n")
    return 0


def _list_waiting(session: Session, setting: Setting, events: Sequence[Mapping[str, Any]]) -> int:
    from docctl.cli.law_events import event_words

    for event in events:
        session.result("\n".join(event_words(event, setting)) + "\n")
    if events:
        session.remark(setting.say(msg("name those you have read, or say --all, and --by ROLE")) + "\n")
    else:
        session.remark(setting.say(msg("no event of {number} waits", number=session.arguments.number)) + "\n")
    return 0


def _own_id(named: str, slug: str) -> str:
    """The id of an event in its file, also where it is named as other files name it: ``12-2031-tt-btn#e1``."""
    return named.removeprefix(f"{slug}#")


def _role(repository: Repository, role: str | None) -> str:
    known = () if repository.organisation is None else [each.id for each in repository.organisation.body.roles]
    if role is None or role not in known:
        raise UsageError(
            msg("say who has read them: --by ROLE"), msg("roles of organisation.yaml: {roles}", roles=", ".join(known))
        )
    return role


# -- two dates -----------------------------------------------------------------------------------------


def _diff(session: Session) -> int:
    from docctl.cli.law_words import differences, differences_tree, unfit_words

    arguments = session.arguments
    first: date = arguments.from_day
    last: date = arguments.to_day
    if last < first:
        raise UsageError(msg("{last} is before {first}", last=last.isoformat(), first=first.isoformat()))
    repository = session.open(".")
    book = repository.lawbook
    found = book.differences(arguments.number, first, last)
    setting = session.setting(repository.root)
    if arguments.format == "json":
        tree = differences_tree(arguments.number, first.isoformat(), last.isoformat(), found)
        session.result(json.dumps(tree, ensure_ascii=False, indent=2) + "\n")
    else:
        session.result(differences(found, setting))
    if not found:
        session.remark(setting.say(msg("nothing changed between these days")) + "\n")
    for each in book.text(arguments.number, last).unfit:
        session.remark(setting.say(unfit_words(each)) + "\n")
    return 0
