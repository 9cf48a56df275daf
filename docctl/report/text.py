"""Findings for people at a terminal: place, code, sentence, the line with a caret, why, and the way out."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from msgspec import Struct

from docctl.finding import Finding, Location
from docctl.message import Message, msg
from docctl.model.report import Report, Summary
from docctl.report.setting import Setting, visible
from docctl.report.style import SEVERITY_STYLE, paint
from docctl.report.words import SEVERITY_WORDS, checked_line, result_line
from docctl.text.vietnamese import width

_GUTTER = 6
_MOST_EXCERPT = 110


def render(report: Report, setting: Setting) -> str:
    """All findings, one block each. The reason of a code stands at its first finding only."""
    explained: set[str] = set()
    blocks = []
    for finding in report.findings:
        blocks.append("\n".join(_block(finding, setting, first=finding.code.id not in explained)))
        explained.add(finding.code.id)
    return "\n\n".join(blocks) + "\n" if blocks else ""


def summary_line(summary: Summary, setting: Setting, seconds: float | None = None) -> str:
    """``1 error, 0 warnings · checked 1 file, …``: how much was looked at, and how long it took."""
    result = ", ".join(setting.say(each) for each in result_line(summary))
    style = "red" if summary.errors else "yellow" if summary.warnings else "green"
    looked = ", ".join(setting.say(each) for each in checked_line(summary))
    parts = [paint(result, style, colour=setting.colour), setting.say(msg("checked {things}", things=looked))]
    if seconds is not None:
        parts.append(f"{seconds:.2f} s")
    return " · ".join(parts) + "\n"


def _block(finding: Finding, setting: Setting, *, first: bool) -> Iterator[str]:
    place = finding.location
    severity = setting.say(SEVERITY_WORDS[finding.severity])
    where = paint(f"{setting.path(place.path)}:{place.line}:{place.column}:", "bold", colour=setting.colour)
    what = paint(f"{severity} {finding.code.id}:", SEVERITY_STYLE[finding.severity], colour=setting.colour)
    yield f"{where} {what} {setting.say(finding.message)}"
    excerpt = [*_excerpt(finding, setting)]
    if excerpt:
        yield ""
        yield from excerpt
    if first:
        rule = setting.say(msg("(docctl rule {code})", code=finding.code.id))
        yield from _labelled(msg("why:"), f"{setting.say(msg(finding.code.why))} {rule}", setting)
    if finding.fix is not None:
        yield from _labelled(msg("fix:"), setting.say(finding.fix), setting)
    elif first:
        yield from _labelled(msg("fix:"), setting.say(msg(finding.code.remedy)), setting)


def _labelled(label: Message, words: str, setting: Setting) -> Iterator[str]:
    name = setting.say(label)
    indent = " " * 3
    room = max(40, setting.width - len(indent) - len(name) - 1)
    lines = textwrap.wrap(words, room, break_on_hyphens=False) or [""]
    yield f"{indent}{paint(name, 'cyan', colour=setting.colour)} {lines[0]}"
    for line in lines[1:]:
        yield f"{indent}{' ' * (len(name) + 1)}{line}"


class _Mark(Struct, frozen=True, order=True):
    """A stretch of one line, with words beside its carets."""

    line: int
    column: int
    end_column: int
    label: str
    primary: bool


def _excerpt(finding: Finding, setting: Setting) -> Iterator[str]:
    text = setting.source(finding.location.path)
    if text is None or finding.location.end_column == finding.location.column == finding.location.line == 1:
        return  # a finding about the whole file has no line to show
    lines = re.split(r"\r\n|\n|\r", text)  # as places count them
    marks = sorted(_marks(finding, setting))
    shown = 0
    for mark in marks:
        if mark.line > len(lines):
            continue
        if shown and mark.line > shown + 1:
            yield paint(f"{'':{_GUTTER}} |   …", "dim", colour=setting.colour)
        line = visible(lines[mark.line - 1].replace("\t", " "))
        start = max(0, mark.column - 1 - _MOST_EXCERPT // 2) if len(line) > _MOST_EXCERPT else 0
        if mark.line != shown:
            part = ("…" if start else "") + line[start : start + _MOST_EXCERPT]
            part += "…" if len(line) > start + _MOST_EXCERPT else ""
            yield f"{paint(f'{mark.line:{_GUTTER}} |', 'dim', colour=setting.colour)} {part}"
        yield _carets(mark, line, start, setting)
        shown = mark.line


def _carets(mark: _Mark, line: str, start: int, setting: Setting) -> str:
    before = width(line[start : mark.column - 1]) + (1 if start else 0)
    end = min(max(mark.end_column - 1, mark.column), start + _MOST_EXCERPT)
    carets = ("^" if mark.primary else "-") * max(1, width(line[mark.column - 1 : end]))
    painted = paint(carets, "red" if mark.primary else "blue", colour=setting.colour)
    gutter = paint(f"{'':{_GUTTER}} |", "dim", colour=setting.colour)
    return f"{gutter} {' ' * before}{painted} {mark.label}".rstrip()


def _marks(finding: Finding, setting: Setting) -> Iterator[_Mark]:
    place = finding.location
    label = ""
    for related in finding.related:
        words = setting.say(related.message)
        if related.location == place:
            label = words
        elif related.location.path == place.path:
            yield _mark(related.location, words, primary=False)
        else:
            other = related.location
            label = f"{label} ({words}: {setting.path(other.path)}:{other.line}:{other.column})".strip()
    yield _mark(place, label, primary=True)


def _mark(place: Location, label: str, *, primary: bool) -> _Mark:
    # Of a value over several lines the first line is underlined to its end (carets are clipped to the line).
    end = place.end_column if place.end_line == place.line else 10_000
    return _Mark(place.line, place.column, end, label, primary)
