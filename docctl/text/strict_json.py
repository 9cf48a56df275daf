"""Canonical JSON read back: exactly the bytes of RFC 8785, or nothing."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from docctl.message import Message, msg
from docctl.text.canonical import canonical
from docctl.text.characters import escaped_objections
from docctl.text.tree import Value

MOST_BYTES = 1024 * 1024


class NotCanonical(ValueError):
    """The bytes are not the canonical form of any value; ``reason`` says why."""

    def __init__(self, reason: Message) -> None:
        super().__init__(str(reason))
        self.reason = reason


def read(data: bytes) -> Value:
    """The value of canonical JSON. What other readers could read otherwise is refused: ``NotCanonical``.

    Refused are white space, doubled keys, floats, another order of keys or spelling of texts, letters in
    pieces and invisible characters, and more than 1 MiB.
    """
    if len(data) > MOST_BYTES:
        raise NotCanonical(msg("it has more than {most} bytes", most=MOST_BYTES))
    try:
        value: Value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_pairs, parse_float=_no_number, parse_constant=_no_number
        )
        same = canonical(value) == data
    except NotCanonical:
        raise
    except (ValueError, RecursionError) as error:  # a UnicodeError is a ValueError
        raise NotCanonical(msg("it is no JSON in UTF-8")) from error
    if not same:
        raise NotCanonical(msg("its bytes are not the canonical form (RFC 8785) of what they say"))
    text = data.decode("utf-8")
    if "\\" in text:  # an escape: what is written is not what is read
        _plain(value)
    for objection in escaped_objections(text):
        raise NotCanonical(objection)
    return value


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise NotCanonical(msg("a key stands twice"))
    return result


def _no_number(text: str) -> NoReturn:
    raise NotCanonical(msg("{text} is no whole number", text=text[:40]))


def _plain(value: Value) -> None:
    """Texts that look alike and differ are refused wherever they stand."""
    if isinstance(value, str):
        for objection in escaped_objections(value):
            raise NotCanonical(objection)
    elif isinstance(value, list):
        for each in value:
            _plain(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            _plain(key)
            _plain(each)
