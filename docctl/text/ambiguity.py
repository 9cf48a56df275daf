"""Texts that YAML readers take differently: libyaml, PyYAML's own parser, and readers of YAML 1.2.

Each function looks at one stretch of the source and says why it is refused, or nothing. They are
rules about the text, not about the parser in use, so that whichever runs comes to the same verdict.
"""

from __future__ import annotations

import re

from docctl.finding import Code
from docctl.message import Message, msg
from docctl.text import codes

Objection = tuple[Code, Message, int]
"""Code, sentence, and the position in the text it is about."""

_HEADER = re.compile(r"[|>](?:[-+]?[1-9]?|[1-9][-+]?)(?: +#[^\t\r\n]*| *)(?:\r?\n|\Z)")
_DIGIT = re.compile(r"[|>][-+]?[1-9]")
_TAB_FIRST = re.compile(r"(?: *\r?\n)* *\t")
_JOINED_BLANK = re.compile(r"\\\r?\n[ \t]*\r?\n")
_COLON = re.compile(r"[ \t\r\n]*:[,\[\]{}?]")


def header_end(text: str, start: int) -> int:
    """The position after the line on which a block scalar's ``|`` or ``>`` stands."""
    line_end = text.find("\n", start)
    return len(text) if line_end < 0 else line_end + 1


def block(text: str, start: int, end: int) -> Objection | None:
    """Of a text after ``|`` or ``>``: its header, a tab before its first line, emptiness, an open end."""
    if not _HEADER.match(text, start):
        return (
            codes.SYNTAX,
            msg("after | or > the text begins on the next line, and a comment needs a space before #"),
            start,
        )
    body = header_end(text, start)
    if not text[body:end].strip():
        return codes.EMPTY_VALUE, msg("after | or > no text follows"), start
    tab = None if _DIGIT.match(text, start) else _TAB_FIRST.match(text, body)
    if tab:
        return codes.TAB, msg("a tab stands outside quoted text"), tab.end() - 1
    if end >= len(text) and not text.endswith("\n") and text[start + 1 : start + 3].strip("123456789")[:1] != "-":
        return (
            codes.SYNTAX,
            msg("the file ends in a text after | or > without a line break: add an empty line at the end"),
            start,
        )
    return None


def quoted(text: str, start: int, end: int) -> Objection | None:
    """Of a text in quotes: a line joined by a backslash to an empty one."""
    if text[start] == '"':
        joined = _JOINED_BLANK.search(text, start, end)
        if joined:
            return (
                codes.SYNTAX,
                msg("after a backslash at the end of a line an empty line may not follow"),
                joined.start(),
            )
    return None


def flow_plain(text: str, start: int, end: int, *, key: bool) -> Objection | None:
    """Of a text without quotes inside brackets or braces: question marks and colons beside brackets."""
    if "?" in text[start:end] or (key and start > 0 and text[start - 1] == "?") or _COLON.match(text, end):
        return (
            codes.SYNTAX,
            msg("inside brackets or braces a text with ? or a colon beside a bracket must stand in quotes"),
            start,
        )
    return None


def continued(text: str, start: int, end: int, indent: int) -> Objection | None:
    """Of quotes, brackets or braces over several lines: lines not deeper than the field they belong to."""
    position = text.find("\n", start, end)
    while position >= 0:
        line = position + 1
        first = line
        while first < end and text[first] == " ":
            first += 1
        if first < end and text[first] not in "\r\n\t" and first - line <= indent:
            return (
                codes.SYNTAX,
                msg("a line that continues a text in quotes or brackets must be indented deeper than its field"),
                first,
            )
        position = text.find("\n", line, end)
    return None


def comment(text: str, start: int, end: int) -> Objection | None:
    """Between two values: a comment without white space before its ``#``."""
    position = start
    while (position := text.find("#", position, end)) >= 0:
        if position > 0 and text[position - 1] not in " \t\r\n":
            return codes.SYNTAX, msg("a comment needs a space before #"), position
        position = text.find("\n", position, end)
        if position < 0:
            return None
    return None


CLOSING = frozenset("\"']}")


def stray(value: str) -> bool:
    """Does a plain text end with a quotation mark or bracket that opens nowhere? Often one was forgotten."""
    last = value[-1:]
    if last in "\"'" and last:
        return value.count(last) % 2 == 1
    pairs = {"]": "[", "}": "{"}
    return last in pairs and value.count(last) > value.count(pairs[last])
