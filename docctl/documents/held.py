"""What the bytes of one file hold, as a function of these bytes alone; so it can be remembered, and made elsewhere."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from docctl import schema_codes
from docctl.finding import Code, Finding
from docctl.finding_plain import finding_of, plain
from docctl.schema import validate
from docctl.text import codes as text_codes
from docctl.text.canonical import digest
from docctl.text.strict import MOST_BYTES, read
from docctl.text.tree import Value

_ENCODING = ("utf-8", "surrogatepass")


class Held(Struct, frozen=True):
    """A value and what there is to say about it; None where it cannot be read or does not fit its schema.

    ``text`` is None where it was remembered. ``digest`` is that of the content, where it was asked for.
    """

    value: Value
    findings: tuple[Finding, ...]
    text: str | None = None
    digest: str | None = None


def hold(data: bytes, path: str, schema: str, most: int = MOST_BYTES, *, digested: bool = False) -> Held:
    """Reads and validates one document; ``path`` is only for the findings."""
    reading = read(data, path, most=most)
    tree = reading.tree
    if tree is None:
        return Held(None, reading.findings)
    objections = validate(tree, schema)
    if objections:
        # Of a value that is wrong anyway, the advice to put it in quotes would mislead.
        wrong = {each.location.pointer for each in objections}
        notes = (each for each in reading.findings if each.location.pointer not in wrong or not each.location.pointer)
        return Held(None, (*notes, *objections))
    return Held(tree.value, reading.findings, tree.text, digest(tree.value) if digested else None)


def stored(held: Held) -> bytes:
    """What was held as bytes, without its text."""
    parts = [held.value, held.digest, [plain(each) for each in held.findings]]
    return zlib.compress(packed(parts), 1)


def remembered(data: bytes, path: str) -> Held:
    """The same again, of a file that may have another path now."""
    value, digested, findings = unpacked(zlib.decompress(data))
    return Held(value, tuple(_moved(finding_of(each, _codes()), path) for each in findings), None, digested)


def packed(parts: list[Any] | None) -> bytes:
    """Plain values as JSON; letters that are half a letter only the slower writer takes."""
    try:
        return msgspec.json.encode(parts)
    except UnicodeEncodeError:
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode(*_ENCODING)


def unpacked(data: bytes) -> Any:
    """The same again."""
    try:
        return msgspec.json.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return json.loads(data.decode(*_ENCODING))


def _moved(found: Finding, path: str) -> Finding:
    related = tuple(replace(each, location=replace(each.location, path=path)) for each in found.related)
    return replace(found, location=replace(found.location, path=path), related=related)


@cache
def _codes() -> Mapping[str, Code]:
    return {code.id: code for code in (*text_codes.CODES, *schema_codes.CODES)}
