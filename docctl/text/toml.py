"""TOML as a tree of plain values with places, read by the standard library's reader."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date

from docctl.finding import Pointer
from docctl.message import Message, msg
from docctl.text.canonical import MOST_INTEGER
from docctl.text.characters import decode
from docctl.text.tree import Span, Tree, Value

_LINE = re.compile(
    r"^[ \t]*(?:\[(?P<table>[^\[\]\n]+)\]|(?P<key>[A-Za-z0-9_-]+)[ \t]*=[ \t]*(?P<value>[^\n]*))", re.MULTILINE
)


def read(data: bytes, path: str, most: int) -> Tree | Message:
    """The tree of a file of at most so many bytes, or why it cannot be read."""
    if len(data) > most:
        return msg("it has more than {most} bytes", most=most)
    decoded = decode(data, path)
    if decoded.text is None:
        return decoded.findings[0].message
    try:
        value = _plain(tomllib.loads(decoded.text))
    except (ValueError, RecursionError) as error:  # TOMLDecodeError is a ValueError, and so is a number too long
        return msg("it is not valid TOML: {reason}", reason=str(error)[:200])
    return Tree(path, decoded.text, value, _spans)


def _plain(value: object) -> Value:
    """The value as a tree: what JSON does not know (dates, fractions) becomes text, which the schema refuses."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, (str, bool)) or (isinstance(value, int) and abs(value) <= MOST_INTEGER):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _spans(text: str) -> Mapping[Pointer, Span]:
    """Places of tables and bare keys, which is all that docctl's files have; anything else stands at its table."""
    spans: dict[Pointer, Span] = {(): Span(0, 0)}
    table: Pointer = ()
    for match in _LINE.finditer(text):
        if match["table"]:
            table = tuple(part.strip() for part in match["table"].split("."))
            spans[table] = Span(match.start("table"), match.end("table"), match.start("table"), match.end("table"))
        else:
            value = Span(match.start("value"), match.end("value"), match.start("key"), match.end("key"))
            spans[(*table, match["key"])] = value
    return spans
