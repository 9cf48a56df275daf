"""``docctl diff`` for people: what changed for those who work by a document, from one text of it to another."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from docctl.message import Message, msg
from docctl.model.comparison import Comparison, Side, Sort
from docctl.model.record import APPROVED, ISSUED, PREPARED, REVIEWED
from docctl.model.standing import Revision
from docctl.report.changes import REASONS
from docctl.report.content_words import Words
from docctl.report.outdated import short
from docctl.report.setting import Setting, visible
from docctl.report.status import MEANINGS, STAGES
from docctl.report.style import paint
from docctl.report.telling import Told, told
from docctl.report.wordings import marked
from docctl.text.vietnamese import width

SIGNS = {Sort.ADDED: "+", Sort.REMOVED: "-", Sort.CHANGED: " ", Sort.MOVED: ">"}
_STYLES = {Sort.ADDED: "green", Sort.REMOVED: "red", Sort.MOVED: "yellow"}
_LABEL, _NAME = 26, 60
_MAKING = (PREPARED, REVIEWED, APPROVED, ISSUED)
"""What brings a revision into being; who has read it since is in the log."""


def render(comparisons: Sequence[Comparison], words: Words) -> str:
    """Every document that differs, one after the other; a sentence where none does."""
    setting = words.setting
    blocks = ["\n".join(_document(each, words)) for each in comparisons]
    return "\n\n".join(blocks or [setting.say(msg("nothing has changed"))]) + "\n"


def _document(comparison: Comparison, words: Words) -> Iterator[str]:
    setting = words.setting
    title = textwrap.wrap(
        visible(f"{comparison.document} {comparison.title}"), max(60, setting.width), break_on_hyphens=False
    )
    yield from (paint(line, "bold", colour=setting.colour) for line in title)
    for line in head(comparison, words):
        yield from textwrap.wrap(line, max(60, setting.width), subsequent_indent="  ", break_on_hyphens=False)
    if comparison.old is None or comparison.new is None:
        return
    rows = told(comparison, words)
    listed = [each for each in rows if not each.follows]
    if listed:
        yield ""
    for element, group in groupby(listed, key=lambda each: each.element):
        yield from _of_element(element, [*group], setting)
    yield ""
    yield paint(summary(rows, setting), "dim", colour=setting.colour)


def head(comparison: Comparison, words: Words) -> Iterator[str]:
    """Which texts these are, why the new one was made, who answers for it, and since when it is in force."""
    setting = words.setting
    old, new = comparison.old, comparison.new
    if old is None or new is None:
        side = old or new
        path = "" if side is None else side.path
        yield setting.say(msg("new: {path}", path=path) if old is None else msg("gone: {path}", path=path))
        return
    yield " -> ".join(_named(each, setting) for each in (old, new))
    yield from _reason(new, words)
    if new.revision is not None:
        people = " · ".join(_people(new.revision, setting))
        if people:
            yield people
        yield " · ".join(_standing(new.revision, setting))


def _named(side: Side, setting: Setting) -> str:
    """The number of a text, and the commit that it is in."""
    number = f"{side.content['issue']}.{side.content['revision']}"
    if side.name is None:
        return setting.say(msg("{number} (the file here)", number=number))
    return number if side.name == number else f"{number} ({visible(side.name)})"


def _reason(side: Side, words: Words) -> Iterator[str]:
    change = side.content.get("change")
    if not isinstance(change, dict):
        return
    reason = words.setting.say(REASONS.get(str(change.get("reason")), Message(str(change.get("reason")))))
    cited = change.get("legal_basis")
    basis = (
        "; ".join(words.citation(each) for each in cited if isinstance(each, dict)) if isinstance(cited, list) else ""
    )
    yield f"{reason}: {words.value('summary', change.get('summary'))}" + (f" ({basis})" if basis else "")


def _people(revision: Revision, setting: Setting) -> Iterator[str]:
    for record in (each.record for each in revision.records if each.record.meaning in _MAKING):
        yield f"{setting.say(MEANINGS[record.meaning])} {visible(record.signer.id)} {record.day.isoformat()}"


def _standing(revision: Revision, setting: Setting) -> Iterator[str]:
    yield setting.say(STAGES[revision.stage])
    if revision.first is not None:
        yield setting.say(msg("in force from {day}", day=revision.first.isoformat()))
    if revision.decision is not None:
        number, day = visible(revision.decision.number), revision.decision.date.isoformat()
        yield setting.say(msg("decision {number} of {day}", number=number, day=day))


def _of_element(element: str | None, rows: Sequence[Told], setting: Setting) -> Iterator[str]:
    """The element with its name, then what of it has changed; one that came, went or moved on a line of its own."""
    fields = [each for each in rows if each.field is not None]
    for each in rows:
        if each.field is None:
            yield from _line(each, _title(element, each), setting)
    if not fields:
        return
    if element is not None and len(fields) == len(rows):
        yield paint(f"  {_title(element, fields[0])}", "cyan", colour=setting.colour)
    indent = "    " if element is not None else ""
    for each in fields:
        yield from _field(each, indent, setting)


def _title(element: str | None, row: Told) -> str:
    name = "" if row.name is None else short(" ".join(visible(row.name).split()), _NAME)
    return f"{element or ''} {name}".strip()


def _line(row: Told, title: str, setting: Setting) -> Iterator[str]:
    words = {Sort.ADDED: row.after, Sort.REMOVED: row.before, Sort.MOVED: f"{title}: {row.after}"}.get(row.sort) or ""
    text = words if row.sort is Sort.MOVED else f"{row.element or ''} {words}".strip()
    lines = textwrap.wrap(text, max(60, setting.width) - 2, break_on_hyphens=False) or [""]
    for place, line in enumerate(lines):
        sign = SIGNS[row.sort] if place == 0 else " "
        yield paint(f"{sign} {'  ' if place else ''}{line}", _STYLES.get(row.sort, "dim"), colour=setting.colour)


def _field(row: Told, indent: str, setting: Setting) -> Iterator[str]:
    label = f"{SIGNS[row.sort]} {indent}{row.field}"
    room = max(60, setting.width) - _LABEL
    start = label + " " * max(2, _LABEL - width(label))
    if row.before is not None and row.after is not None and (row.long or width(row.before + row.after) > room - 4):
        sides = zip("-+", marked(row.before, row.after), ("red", "green"), strict=True)
        lines = [
            paint(line, style, colour=setting.colour)
            for sign, side, style in sides
            for line in _wrapped(sign, side, room)
        ]
    else:
        lines = textwrap.wrap(_change(row), room, break_on_hyphens=False) or [""]
    for place, line in enumerate(lines):
        yield (start if place == 0 else " " * width(start)) + line


def _wrapped(sign: str, words: str, room: int) -> list[str]:
    return textwrap.wrap(words, room, initial_indent=f"{sign} ", subsequent_indent="  ", break_on_hyphens=False) or [
        sign
    ]


def _change(row: Told) -> str:
    """From what to what; of two lists what has gone and come."""
    if row.sort is Sort.CHANGED and row.before is not None and row.after is not None:
        return f"{row.before} -> {row.after}"
    if row.sort is Sort.CHANGED:
        return f"- {row.before}" if row.after is None else f"+ {row.after}"
    return str(row.after if row.sort is not Sort.REMOVED else row.before)


def summary(rows: Sequence[Told], setting: Setting) -> str:
    """How many of each sort, and how many references only follow new ids."""
    count: Mapping[Sort, int] = {sort: sum(each.sort is sort and not each.follows for each in rows) for sort in Sort}
    follow = sum(each.follows for each in rows)
    if not rows:
        return setting.say(msg("nothing has changed for those who work by it"))
    parts = [
        msg("changed: {count}", count=count[Sort.CHANGED]),
        msg("added: {count}", count=count[Sort.ADDED]),
        msg("removed: {count}", count=count[Sort.REMOVED]),
        msg("moved: {count}", count=count[Sort.MOVED]),
    ]
    if follow:
        parts.append(msg("references that follow new ids: {count}", count=follow))
    return ", ".join(setting.say(each) for each in parts)
