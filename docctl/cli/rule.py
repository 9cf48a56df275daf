"""``docctl rule [CODE]``: what a code means, why it exists and how to get rid of it."""

from __future__ import annotations

import argparse
import json
import textwrap

from docctl.cli.options import add_output
from docctl.cli.session import Session
from docctl.errors import NotInRepository
from docctl.finding import Code
from docctl.message import Message, Translate, mark, msg
from docctl.report.setting import Setting
from docctl.report.style import SEVERITY_STYLE, paint
from docctl.report.words import SEVERITY_WORDS
from docctl.rules import codes
from docctl.text.vietnamese import nearest


def add_arguments(parser: argparse.ArgumentParser, translate: Translate) -> None:
    parser.add_argument(
        "code", nargs="?", metavar=translate(mark("CODE")), help=translate(mark("a code such as DC214, or its name"))
    )
    add_output(parser, translate, ("text", "json"))


def run(session: Session) -> int:
    setting = session.setting()
    wanted: str | None = session.arguments.code
    chosen = codes() if wanted is None else (_find(wanted),)
    if session.arguments.format == "json":
        session.result(json.dumps([_data(code, setting) for code in chosen], ensure_ascii=False, indent=2) + "\n")
    elif wanted is None:
        session.result("".join(_line(code, setting) for code in chosen))
    else:
        session.result(_page(chosen[0], setting))
    return 0


def _find(wanted: str) -> Code:
    for code in codes():
        if wanted.casefold() in (code.id.casefold(), code.name):
            return code
    meant = nearest(wanted, [name for code in codes() for name in (code.id, code.name)])
    way_out = msg("docctl rule lists all codes") if meant is None else msg('did you mean "{meant}"?', meant=meant)
    raise NotInRepository(msg('there is no code "{code}"', code=wanted), way_out)


def _line(code: Code, setting: Setting) -> str:
    word = setting.say(SEVERITY_WORDS[code.severity])
    style = SEVERITY_STYLE[code.severity]
    return f"{code.id}  {paint(f'{word:<8}', style, colour=setting.colour)}  {setting.say(msg(code.title))}\n"


def _page(code: Code, setting: Setting) -> str:
    word = setting.say(SEVERITY_WORDS[code.severity])
    head = f"{paint(f'{code.id} {code.name}', 'bold', colour=setting.colour)} · {word}"
    if code.fixable:
        head += " · " + setting.say(msg("docctl fix mends it"))
    lines = [head, setting.say(msg(code.title)), ""]
    for label, words in ((msg("why:"), code.why), (msg("fix:"), code.remedy)):
        lines += _paragraph(label, words, setting)
    return "\n".join(lines) + "\n"


def _paragraph(label: Message, words: str, setting: Setting) -> list[str]:
    name = setting.say(label)
    wrapped = textwrap.wrap(setting.say(msg(words)), max(40, setting.width - 8))
    first = f"{paint(name, 'cyan', colour=setting.colour)} {wrapped[0]}"
    return [first, *(" " * (len(name) + 1) + line for line in wrapped[1:])]


def _data(code: Code, setting: Setting) -> dict[str, object]:
    return {
        "code": code.id,
        "name": code.name,
        "severity": code.severity.word,
        "title": setting.say(msg(code.title)),
        "why": setting.say(msg(code.why)),
        "fix": setting.say(msg(code.remedy)),
        "fixable": code.fixable,
        "since": code.since,
    }
