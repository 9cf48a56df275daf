"""Operations of an act as rows and for people: by the text acted on, each with the sentence that says it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from docctl.law.vn.words import place, places
from docctl.message import Message, Param, msg
from docctl.model.operation import Operation
from docctl.report.setting import Setting, visible
from docctl.report.style import paint

KINDS: Mapping[str, Message] = {
    "amend": msg("amends"), "insert": msg("inserts"), "replace_phrase": msg("replaces words in"),
    "replace": msg("replaces"), "repeal": msg("repeals"), "expire": msg("ends"), "suspend": msg("suspends"),
    "disapply": msg("does not apply"), "extend": msg("prolongs until before"), "correct": msg("corrects"),
    "resume": msg("puts into force again"), "renumber": msg("renumbers"),
}  # fmt: skip


def operation_tree(text: str, each: Operation) -> dict[str, Any]:
    """An operation as the row of ``law amendments --format json``."""
    return {
        "at": each.at, "kind": each.kind, "document": each.target.number, "name": each.target.name,
        "name_date": name_date(each), "addresses": [*each.addresses], "except": [*each.excepted], "after": each.after,
        "before": each.before, "kept_by": [*each.kept_by],
        "old": each.old, "new": each.new, "described": each.described,
        "pairs": [{"from": old, "to": new} for old, new in each.pairs],
        "until": None if each.until is None else each.until.isoformat(),
        "effective": None if each.first is None else each.first.isoformat(), "condition": each.condition,
        "quote": " ".join(text[slice(*each.quote)].split()),
    }  # fmt: skip


def name_date(each: Operation) -> str | None:
    """What tells texts of one name apart."""
    return None if each.target.name is None else each.target.date


def operation_lines(text: str, operations: Iterable[Operation], setting: Setting) -> Iterator[str]:
    """What is done, text by text in the order of the act; a sentence that says several things is quoted once."""
    target, quoted = "", (-1, -1)
    for each in operations:
        named = " ".join(filter(None, (each.target.name, each.target.number))) or "?"
        if named != target:
            yield paint(visible(named), "bold", colour=setting.colour)
            target, quoted = named, (-1, -1)
        yield from _wrapped(f"{place(each.at)}: {setting.say(_done(each, setting))}", "  ", "    ", setting)
        sentence = each.quote if each.quote[1] else (each.start, each.end)
        if sentence != quoted:
            words = " ".join(text[slice(*sentence)].split())
            for line in _wrapped(f"“{words}”", "      ", "      ", setting):
                yield paint(line, "dim", colour=setting.colour)
            quoted = sentence


def _done(each: Operation, setting: Setting) -> Message:
    what = places(each.addresses) or setting.say(msg("the whole text"))
    if each.described:
        what = setting.say(msg("{what}, only what the words describe", what=what))
    if each.excepted:
        what += "; " + setting.say(msg("except: {what}", what=places(each.excepted)))
    if each.old is not None:
        what += f": “{each.old}” → “{each.new}”"
    what += "".join(f": {place(old)} → {place(new)}" for old, new in each.pairs[:1])
    what += "".join(f"; {place(old)} → {place(new)}" for old, new in each.pairs[1:])
    day = each.condition or msg("a day not known") if each.first is None else each.first.isoformat()
    names: dict[str, Param] = {"kind": KINDS[each.kind], "what": what, "day": day}
    if each.until is not None:
        return msg("{kind} {what}; from {day} until before {end}", **names, end=each.until.isoformat())
    return msg("{kind} {what}; from {day}", **names)


def _wrapped(line: str, first: str, then: str, setting: Setting) -> list[str]:
    width = max(40, setting.width)
    return textwrap.wrap(
        visible(line), width, initial_indent=first, subsequent_indent=then, break_on_hyphens=False
    ) or [""]  # fmt: skip
