"""``docctl outdated ID --explain`` for people at a terminal: one page a procedure, one block an event."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from docctl.message import msg
from docctl.model.organisation import Organisation
from docctl.model.report import CurrencyReport
from docctl.report.explaining import Item, Label, Page, Wordings, pages
from docctl.report.outdated import style_of
from docctl.report.setting import Setting
from docctl.report.style import paint
from docctl.report.wordings import side_by_side

_INDENT = "  "
_WIDE = 13


def render(
    report: CurrencyReport, organisation: Organisation | None, setting: Setting, wordings: Wordings = lambda _: ()
) -> str:
    """Every procedure of the report, worst first, each with the events that touch it."""
    found = ["\n".join(_lines(page, setting)) for page in pages(report, organisation, setting, wordings)]
    return "\n\n".join(found) + "\n" if found else ""


def _lines(page: Page, setting: Setting) -> Iterator[str]:
    for line in textwrap.wrap(page.title, setting.width):
        yield paint(line, "bold", colour=setting.colour)
    yield from page.standing
    for label, words in page.verdicts:
        yield _INDENT + ", ".join(filter(None, (_painted(label, setting), words)))
    for number, item in enumerate(page.items, 1):
        yield ""
        event = paint(f"  {item.event}", "dim", colour=setting.colour) if item.event else ""
        yield f"{number}. {_painted(item.label, setting)}{event}"
        yield from _item(item, setting)
    for sentence, listed in page.notes:
        yield ""
        yield from _wrapped(sentence, setting)
        for words in listed:
            yield from _wrapped(f"- {words}", setting)


def _item(item: Item, setting: Setting) -> Iterator[str]:
    room = max(40, setting.width - len(_INDENT) - 1 - _WIDE)
    for place, (label, words) in enumerate(item.rows):
        hang = "  " if words.startswith("- ") else ""
        first = f"{_INDENT} {paint(label, 'cyan', colour=setting.colour)}{' ' * max(1, _WIDE - len(label))}"
        lines = textwrap.wrap(words, room, subsequent_indent=hang, break_on_hyphens=False) or [""]
        yield first + lines[0]
        yield from (f"{_INDENT} {' ' * _WIDE}{line}" for line in lines[1:])
        if place == 0 and item.wordings:
            yield from _wordings(item, room, setting)


def _wordings(item: Item, room: int, setting: Setting) -> Iterator[str]:
    """Under what happened: what the provision said, and what it says."""
    title = setting.say(msg("before │ after"))
    for place, line in enumerate(side_by_side(item.wordings, room, setting)):
        label = title if place == 0 else ""
        painted = paint(label, "cyan", colour=setting.colour)
        yield f"{_INDENT} {painted}{' ' * max(1, _WIDE - len(label))}{line}".rstrip()


def _painted(label: Label, setting: Setting) -> str:
    return paint(label.words, style_of(label.verdict, overdue=label.overdue), colour=setting.colour)


def _wrapped(words: str, setting: Setting) -> Iterator[str]:
    hang = _INDENT + "  " if words.startswith("- ") else _INDENT
    yield from textwrap.wrap(
        words, setting.width, initial_indent=_INDENT, subsequent_indent=hang, break_on_hyphens=False
    )
