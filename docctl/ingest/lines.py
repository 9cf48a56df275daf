"""The plain text of a file as it is gathered: lines, rows of tables, and what was left out on the way."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from docctl.errors import UsageError
from docctl.message import Message, msg

MOST_BYTES = 64 * 1024 * 1024
MOST_CHARACTERS = 64 * 1024 * 1024
"""Of the text that comes out: a small file can ask for more than that by numbers or nested notes."""

_SPACES = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_BREAKS = re.compile("\r\n?|\n?\x0c|[\x0b\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_CONTROL_OF_PLAIN_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LAYOUT_COLUMNS = 2


class Ingested(Struct, frozen=True):
    """``text`` is the plain text, one paragraph a line; ``notes`` say what was left out or decided."""

    text: str
    notes: Sequence[Message] = ()


class Gathered:
    """Counts what is left out, and how much has come out, of one file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.counted: Counter[str] = Counter()
        self._characters = 0

    def measure(self, text: str) -> str:
        """The same text. Raises ``UsageError`` where too much of it has come out."""
        self._characters += len(text) + 1
        if self._characters > MOST_CHARACTERS:
            raise too_large(self.name)
        return text


def too_large(name: str) -> UsageError:
    """The error for a file that holds more than anybody could read."""
    return UsageError(
        msg("{path} is too large", path=name), msg("take pictures and attachments out of it, or save parts of it")
    )


def finished(lines: Iterable[str], notes: Iterable[Message]) -> Ingested:
    """The lines as one text, with spaces that all look alike made one sort, and what was said about it."""
    text = _UNSEEN.sub("", _SPACES.sub(" ", _BREAKS.sub("\n", "\n".join(lines))))
    text, removed = _CONTROL.subn("", text)
    kept = [line.rstrip() for line in text.split("\n")]
    return Ingested("".join(line + "\n" for line in kept if line), (*notes, *_of_control(removed)))


def as_it_is(text: str) -> Ingested:
    """A plain text: only signs that no text has are taken out, so that places in it stay those of the file."""
    if _CONTROL_OF_PLAIN_TEXT.search(text) is None:
        return Ingested(text)
    text = re.sub("\n?\x0c", "\n", text).replace("\x0b", "\n")  # the ends of pages, and of lines in Word's text
    text, removed = _CONTROL.subn("", text)
    return Ingested(text, _of_control(removed))


def _of_control(removed: int) -> tuple[Message, ...]:
    return (msg("control characters taken out: {count}", count=removed),) if removed else ()


def row(cells: Sequence[Sequence[str]]) -> list[str]:
    """One row of a table: a line with a tab between cells.

    A row of one or two cells with several lines in one of them is no list of values: agencies set the head of a
    text, and who signed it, in such tables. Its cells are given one below the other, line by line.
    """
    if len(cells) <= _LAYOUT_COLUMNS and any(len(cell) > 1 for cell in cells):
        return [line for cell in cells for line in cell]
    line = "\t".join(" ".join(cell) for cell in cells)
    return [line] if line.strip() else []
