"""Findings as plain values and back, to be remembered between runs; statements about the law are not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docctl.finding import Code, Finding, Location, Related, Severity
from docctl.message import Bilingual, Message, Param


def plain(found: Finding) -> list[Any]:
    """A finding as JSON can hold it. Raises ``ValueError`` for one with a proof."""
    if found.proof is not None:
        raise ValueError(f"{found.code.id} has a proof")
    related = [[_place(each.location), _said(each.message)] for each in found.related]
    fix = None if found.fix is None else _said(found.fix)
    return [
        found.code.id, int(found.severity), _said(found.message), _place(found.location), found.element, related, fix
    ]  # fmt: skip


def finding_of(stored: list[Any], codes: Mapping[str, Code]) -> Finding:
    """The finding again. Raises ``KeyError`` for a code that is not among those given."""
    code, severity, message, place, element, related, fix = stored
    return Finding(
        codes[code], _message(message), _location(place), Severity(severity), element,
        tuple(Related(_location(where), _message(what)) for where, what in related),
        None if fix is None else _message(fix),
    )  # fmt: skip


def _place(location: Location) -> list[Any]:
    where = [location.line, location.column, location.end_line, location.end_column]
    return [location.path, *where, list(location.pointer)]


def _location(stored: list[Any]) -> Location:
    path, line, column, end_line, end_column, pointer = stored
    return Location(path, line, column, end_line, end_column, tuple(pointer))


def _said(message: Message) -> list[Any]:
    return [message.msgid, [[name, _param(value)] for name, value in message.params]]


def _param(value: Param) -> Any:
    if isinstance(value, Message):
        return _said(value)
    return {"en": value.en, "vi": value.vi} if isinstance(value, Bilingual) else value


def _message(stored: list[Any]) -> Message:
    msgid, params = stored
    return Message(msgid, tuple((name, _param_of(value)) for name, value in params))


def _param_of(stored: Any) -> Param:
    if isinstance(stored, list):
        return _message(stored)
    value: Param = Bilingual(stored["en"], stored["vi"]) if isinstance(stored, dict) else stored
    return value
