"""``docctl law structure|cite|amendments|effects``: what a legal text says, read from its words; writes nothing."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docctl.cli.law_operations import name_date, operation_lines, operation_tree
from docctl.cli.options import add_output, nested_command
from docctl.cli.session import Session
from docctl.errors import UsageError
from docctl.message import Param, Translate, mark, msg

if TYPE_CHECKING:
    from docctl.law.vn.citations import Citation
    from docctl.model.law_text import LawText
    from docctl.model.operation import Effects, Unread
    from docctl.report.setting import Setting

COMMANDS = ("structure", "cite", "amendments", "effects")
MOST_BYTES = 64 * 1024 * 1024


def add_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser], translate: Translate) -> None:
    texts = {
        "structure": mark("cut a legal text into its articles, clauses, annexes"),
        "amendments": mark("what an amending act does to which text, from when; proposals to be confirmed"),
        "effects": mark("when a text comes into force, and what it puts an end to"),
    }
    for name, words in texts.items():
        command = nested_command(commands, name, words, translate)
        command.add_argument(
            "file", metavar=translate(mark("FILE")),
            help=translate(mark("the text, as .docx, .html, Akoma Ntoso (.xml), or .txt and .md in UTF-8")),
        )  # fmt: skip
        command.add_argument(
            "--number", default="", metavar=translate(mark("NUMBER")), help=translate(mark("number of the text itself"))
        )
        add_output(command, translate, ("text", "json", "jsonl", *(("akn",) if name == "structure" else ())))
    cite = nested_command(commands, "cite", mark("every reference to a legal text in a sentence"), translate)
    cite.add_argument(
        "text", nargs="?", metavar=translate(mark("TEXT")), help=translate(mark("the sentence; - reads standard input"))
    )
    cite.add_argument(
        "--in", dest="here", default="", metavar=translate(mark("ADDRESS")),
        help=translate(mark("the provision that it stands in, such as dieu_5__khoan_2")),
    )  # fmt: skip
    cite.add_argument(
        "--batch",
        action="store_true",
        help=translate(mark("read JSON lines with id, in and text; answer in JSON lines")),
    )
    add_output(cite, translate, ("text", "json", "jsonl"))


def run(session: Session) -> int:
    return {"structure": _structure, "cite": _cite, "amendments": _amendments, "effects": _effects}[
        session.arguments.law
    ](session)


def read_file(session: Session, name: str) -> str:
    """A text of the user's, which is no file of a repository. Raises ``UsageError`` for what cannot be read."""
    from docctl.ingest.law_file import SUFFIXES, text_of

    data = b""
    if name.lower().endswith(SUFFIXES):  # another sort of file is refused by its name, without a look at it
        try:
            with Path(name).open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as error:
            reason = str(error.strerror or error)
            raise UsageError(msg("{path} cannot be read: {reason}", path=name, reason=reason)) from error
    read = text_of(data, name)
    for note in read.notes:
        session.remark(session.setting().say(note) + "\n")
    return read.text


def _say(session: Session, rows: Iterable[Mapping[str, Any]], lines: Iterable[str]) -> int:
    """The rows as JSON, or the lines."""
    if session.arguments.format == "text":
        session.result("".join(line + "\n" for line in lines))
    elif session.arguments.format == "jsonl":
        session.result("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    else:
        session.result(json.dumps([*rows], ensure_ascii=False, indent=2) + "\n")
    return 0


def _structure(session: Session) -> int:
    from docctl.law.reading import structure

    read = structure(read_file(session, session.arguments.file))
    if session.arguments.format == "akn":
        from docctl.ingest.akn_write import Identity, akoma_ntoso
        from docctl.law.vn.front import front

        identity = Identity.of(front(read), session.arguments.number)
        session.result(akoma_ntoso(read, identity).decode("utf-8"))
        return _doubts(session, read)
    rows = (
        {
            "address": each.address,
            "label": each.label,
            "heading": each.heading,
            "start": each.start,
            "number": each.number,
        }
        for each in read.units
    )
    width = session.setting().width
    lines = (
        _shortened(f"{'  ' * each.address.count('__')}{each.label} {each.heading or ''}", each.address, width)
        for each in read.units
    )
    _say(session, rows, lines)
    return _doubts(session, read)


def _doubts(session: Session, read: LawText) -> int:
    """What was odd in a text, beside the result."""
    setting = session.setting()
    if not read.units:
        session.remark(setting.say(msg("no article or other provision was found")) + "\n")
    for place, words in read.doubts:
        line = read.text.count("\n", 0, place) + 1
        session.remark(setting.say(msg("line {line}: {words}", line=line, words=words)) + "\n")
    return 0


def _shortened(words: str, address: str, width: int) -> str:
    """The words of a line, cut where they are too long, and the address behind them."""
    room = max(20, width - len(address) - 2)
    cut = words.rstrip() if len(words.rstrip()) <= room else words[: room - 1].rstrip() + "…"
    return f"{cut:<{room}}  {address}"


def _cite(session: Session) -> int:
    from docctl.law.reading import citations, composed

    arguments = session.arguments
    if arguments.batch:
        answers = (_answer(line, number) for number, line in enumerate(sys.stdin, 1) if line.strip())
        session.result("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in answers))
        return 0
    _address(arguments.here)
    if arguments.text is None:
        raise UsageError(msg("say what to read: a sentence, -, or --batch"))
    text = composed(sys.stdin.read() if arguments.text == "-" else arguments.text)
    read = [*citations(text, arguments.here)]
    return _say(session, map(_citation, read), (_cited(text, each, session.setting()) for each in read))


def _answer(line: str, number: int) -> dict[str, Any]:
    """The answer to one line of a batch. Raises ``UsageError`` for what is no such line."""
    from docctl.law.reading import citations, composed

    try:
        asked = json.loads(line)
        text, here = composed(asked["text"]), asked.get("in") or ""
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(msg("line {line} is no JSON object with id, in and text", line=number)) from error
    _address(here)
    return {"id": asked.get("id"), "citations": [_citation(each) for each in citations(text, here)]}


def _address(here: str) -> None:
    """Raises ``UsageError`` where this is no address."""
    from docctl.law.address import BadAddress, parse

    try:
        parse(here)
    except BadAddress as error:
        raise UsageError(msg('"{text}" is no address; write one such as dieu_5__khoan_2', text=here)) from error


def _citation(each: Citation) -> dict[str, Any]:
    named = each.document
    this = named is None or named.this
    row: dict[str, Any] = {
        "start": each.start,
        "end": each.end,
        "document": "self" if this else named.number if named else None,
        "name": None if this or named is None else named.name,
        "name_date": None if this or named is None else named.date,
        "addresses": [*each.addresses],
    }
    return row if each.readable and each.resolved else {**row, "unreadable": True}


def _cited(text: str, each: Citation, setting: Setting) -> str:
    from docctl.law.vn.words import places

    row = _citation(each)
    what = setting.say(msg("not readable")) if "unreadable" in row else places(each.addresses)
    document = setting.say(msg("this text")) if row["document"] == "self" else row["document"] or row["name"]
    if not each.readable and each.document is None:
        document = "?"
    words = " ".join(text[each.start : each.end].split())
    return f"{words}  →  {document}  {what}".rstrip()


def _amendments(session: Session) -> int:
    from docctl.law.reading import amendments

    read = amendments(read_file(session, session.arguments.file), session.arguments.number)
    setting = session.setting()
    rows = (operation_tree(read.text, each) for each in read.operations)
    _say(session, rows, operation_lines(read.text, read.operations, setting))
    if not read.operations and not read.unread:
        session.remark(setting.say(msg("nothing that changes another text was found")) + "\n")
    _unread(session, read.text, read.unread)
    return 0


def _unread(session: Session, text: str, unread: Iterable[Unread]) -> None:
    """What could not be read, beside the result."""
    from docctl.law.vn.words import place

    setting = session.setting()
    for each in unread:
        words = " ".join(text[each.start : each.end].split())[:120]
        names: dict[str, Param] = {"at": place(each.at), "words": words, "why": each.why}
        session.remark(setting.say(msg("not read at {at}: {words} ({why})", **names)) + "\n")


def _effects(session: Session) -> int:
    from docctl.law.reading import effects, plain

    text = plain(read_file(session, session.arguments.file))
    read = effects(text, session.arguments.number)
    setting = session.setting()
    _say(session, [_effect(read)], _stages(text, read, setting))
    if not read.entries:
        session.remark(setting.say(msg("no clause was found that says when it comes into force")) + "\n")
    _unread(session, text, read.unread)
    return 0


def _effect(read: Effects) -> dict[str, Any]:
    return {
        "issued": None if read.issued is None else read.issued.isoformat(),
        "effective": [
            {
                "from": None if each.first is None else each.first.isoformat(), "addresses": [*each.addresses],
                "except": [*each.excepted], "condition": each.condition, "stated_in": each.stated_in,
            }
            for each in read.entries
            if each.scope is None
        ],
        "described": [
            {"from": None if each.first is None else each.first.isoformat(), "scope": each.scope}
            for each in read.entries
            if each.scope is not None
        ],
        "ends": [
            {
                "document": each.target.number, "name": each.target.name, "name_date": name_date(each),
                "addresses": [*each.addresses], "except": [*each.excepted], "kind": each.kind,
                "kept_by": [*each.kept_by], "condition": each.condition, "stated_in": each.at,
                "described": each.described,
                "from": None if each.first is None else each.first.isoformat(),
            }
            for each in read.ends
        ],
        "applied": [
            {
                "from": None if each.first is None else each.first.isoformat(),
                "stated_in": each.stated_in, "words": each.words,
            }
            for each in read.applied
        ],
        "unread": [{"at": each.at, "start": each.start, "end": each.end} for each in read.unread],
    }  # fmt: skip


def _stages(text: str, read: Effects, setting: Setting) -> Iterator[str]:
    from docctl.law.vn.words import place, places

    for entry in read.entries:
        day = entry.condition or "?" if entry.first is None else entry.first.isoformat()
        what = entry.scope or places(entry.addresses) or setting.say(msg("the whole text"))
        stage = msg("in force from {day}: {what}", day=day, what=what)
        yield f"{place(entry.stated_in)}: {setting.say(stage)}"
        if entry.excepted:
            yield "  " + setting.say(msg("except: {what}", what=places(entry.excepted)))
    for each in read.applied:
        stated = msg("applied from another day: {words}", words=each.words)
        yield f"{place(each.stated_in)}: {setting.say(stated)}"
    yield from operation_lines(text, read.ends, setting)
