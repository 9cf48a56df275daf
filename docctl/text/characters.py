"""From bytes to text: UTF-8, NFC, and no character that hides or turns what a reader sees."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct

from docctl.finding import Code, Finding, Location, finding
from docctl.message import Message, msg
from docctl.text import codes

MOST_FINDINGS = 20
"""Of one kind in one file; a damaged file would otherwise bury every other finding."""

MOST_MARKS = 30
"""Combining marks on one letter; the stream-safe format of UAX #15 has the same limit."""

JOINING_MARKS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphen and zero-width marks: invisible wherever they stand, so they can be removed."""

FORBIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f"  # C0 without tab, line feed, carriage return; DEL; C1
    "\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"  # separators, bidirectional controls
    f"{JOINING_MARKS}\u2061-\u2065\u206a-\u206f\ufff9-\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    "|\r(?!\n)"
)
"""What may stand neither in a file nor, written as an escape, in a value."""


class Lines:
    """Line and column of a position in a text. Lines end with LF, CRLF or CR, as in YAML."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer(r"\r\n|\n|\r", self.text))]

    def place(self, index: int) -> tuple[int, int]:
        """1-based line and column (code points) of a 0-based index."""
        line = bisect_right(self.starts, index)
        return line, index - self.starts[line - 1] + 1

    def location(self, path: str, start: int, end: int, pointer: tuple[str | int, ...] = ()) -> Location:
        """The location of ``text[start:end]``."""
        line, column = self.place(start)
        end_line, end_column = self.place(max(start, end))
        return Location(path, line, column, end_line, end_column, pointer)


class Decoded(Struct, frozen=True):
    """A text and what had to be said about it; no text where the bytes are none."""

    text: str | None
    findings: tuple[Finding, ...]


def decode(data: bytes, path: str) -> Decoded:
    """Bytes to text with every objection at its line and column: DC102 to DC105, DC119."""
    findings: list[Finding] = []
    if data.startswith(b"\xef\xbb\xbf"):
        findings.append(finding(codes.BYTE_ORDER_MARK, msg("the file begins with a byte order mark"), Location(path)))
        data = data[3:]
    wide = _wide_encoding(data)
    if wide is not None:
        objection = msg("the file is stored as {encoding}, not as UTF-8", encoding=wide)
        return Decoded(None, (*findings, finding(codes.ENCODING, objection, Location(path))))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Decoded(None, (*findings, _bad_byte(data, error, path)))
    lines = Lines(text)
    if (piled := piled_up(text)) is not None:
        objection = msg("more than {most} marks stand on one letter", most=MOST_MARKS)
        return Decoded(None, (*findings, finding(codes.CHARACTER, objection, lines.location(path, piled, piled + 1))))
    findings += _some(codes.CHARACTER, forbidden_characters(text), lines, path)
    if not unicodedata.is_normalized("NFC", text):
        findings += _some(codes.NOT_NFC, _pieces(text), lines, path)
    if (first := text.find("\r\n")) >= 0:
        findings.append(
            finding(codes.LINE_ENDS, msg("lines end as on Windows (CRLF)"), lines.location(path, first, first))
        )
    return Decoded(text, tuple(findings))


def forbidden_characters(text: str) -> Iterator[tuple[int, int, Message]]:
    """Start, end and a sentence for each forbidden character."""
    for match in FORBIDDEN.finditer(text):
        yield match.start(), match.end(), msg("the character {name} is not allowed here", name=character_name(match[0]))


def escaped_objections(value: str) -> Iterator[Message]:
    """What escapes wrote into a quoted text that may not stand in a file either; each kind once."""
    for character in sorted({match[0] for match in FORBIDDEN.finditer(value)} | ({"\r"} & {*value})):
        yield msg("the character {name} is not allowed here", name=character_name(character))
    if not unicodedata.is_normalized("NFC", value):
        yield msg("escapes put letters in pieces into this text")


def piled_up(text: str) -> int | None:
    """Where more marks follow each other than normalising does in reasonable time (UAX #15, stream-safe)."""
    for run in re.finditer(f"[^\\x00-\\x7f]{{{MOST_MARKS + 1},}}", text):
        marks = 0
        for place, character in enumerate(run[0]):
            marks = marks + 1 if unicodedata.combining(character) else 0
            if marks > MOST_MARKS:
                return run.start() + place
    return None


def character_name(character: str) -> str:
    """``U+200B ZERO WIDTH SPACE``; controls have no name of their own."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


def _some(code: Code, found: Iterator[tuple[int, int, Message]], lines: Lines, path: str) -> Iterator[Finding]:
    for count, (start, end, message) in enumerate(found):
        if count == MOST_FINDINGS:
            more = msg("more of the same follow ({count} are shown)", count=MOST_FINDINGS)
            yield finding(code, more, lines.location(path, start, end))
            return
        yield finding(code, message, lines.location(path, start, end))


def _pieces(text: str) -> Iterator[tuple[int, int, Message]]:
    """The first unnormalised word of each line, or the line where no word by itself is to blame."""
    position = 0
    for line in text.splitlines(keepends=True):
        if not unicodedata.is_normalized("NFC", line):
            words = (
                match for match in re.finditer(r"[^ \t\r\n]+", line) if not unicodedata.is_normalized("NFC", match[0])
            )
            start, word = next(((match.start(), match[0]) for match in words), (0, line.strip()))
            whole = unicodedata.normalize("NFC", word)
            yield position + start, position + start + len(word), msg(
                'the word "{word}" is stored in pieces: {stored} code points instead of {whole}',
                word=whole, stored=len(word), whole=len(whole),
            )  # fmt: skip
        position += len(line)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 by its mark, or by the zero bytes that ASCII has in it."""
    for mark, name in ((b"\xff\xfe\0\0", "UTF-32"), (b"\0\0\xfe\xff", "UTF-32")):
        if data.startswith(mark):
            return name
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "UTF-16"
    head = data[:512]
    return "UTF-16" if len(head) >= 4 and head.count(0) * 3 >= len(head) else None


def _bad_byte(data: bytes, error: UnicodeDecodeError, path: str) -> Finding:
    before = data[: error.start].decode("utf-8")
    location = Lines(before).location(path, len(before), len(before))
    text = msg("the byte {byte} is not UTF-8", byte=f"0x{data[error.start]:02X}")
    fix = msg("open it in the encoding it was written in (Windows-1258, TCVN3, VNI ...) and save it as UTF-8")
    return finding(codes.ENCODING, text, location, fix=fix)
