"""What can be mended with certainty: spelling of characters, line ends, tabs, quotes. Nothing else is touched.

Every step is a set of span edits. After each the text must hold the same events as before, letter for
letter after normalisation; a step that would say something else is left out and said.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from msgspec import Struct

from docctl.finding import Finding, Pointer, Severity
from docctl.message import Message, msg
from docctl.text import codes
from docctl.text.characters import JOINING_MARKS, character_name, piled_up
from docctl.text.edits import Edit, apply
from docctl.text.strict import MOST_BYTES, Outline, outline, read
from docctl.text.tree import Value

_TAB_WIDTHS = (2, 4, 8)
_ZERO_WIDTH_SPACE = "\u200b"


class Mended(Struct, frozen=True):
    """The new text (equal to the old where there was nothing to do), each thing done, what stays wrong."""

    old: str
    new: str
    done: tuple[Message, ...]
    remaining: tuple[Finding, ...]
    refused: tuple[Message, ...] = ()

    @property
    def changed(self) -> bool:
        return self.new != self.old

    @property
    def errors_left(self) -> int:
        """How many errors only a person can mend."""
        return sum(each.severity == Severity.ERROR for each in self.remaining)


def _never(_: Value, __: Pointer) -> bool:
    return False


Step = Callable[[str], tuple[list[Edit], Message]]


def mend(data: bytes, path: str, is_number: Callable[[Value, Pointer], bool] = _never) -> Mended | None:
    """The mended text of a file, or None where its bytes are no UTF-8 text at all.

    ``is_number`` tells where a schema wants a number; ``2.000`` there is a mistake that quotes would hide.
    """
    if len(data) > MOST_BYTES:
        return None
    try:
        old = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    if piled_up(old) is not None:  # normalising would take minutes; reading says where it is
        return Mended(old, old, (), read(data, path).findings)
    done: list[Message] = []
    refused: list[Message] = []
    text = old
    steps: tuple[tuple[Step, Callable[[str, str], bool]], ...] = (
        (_byte_order_mark, _same),
        (_line_ends, _same),
        (_tabs, _document_is_unique),
        (_marks, _same_and_readable),
        (_normal_form, _same),
        (lambda text: _quotes(text, is_number), _same_and_readable),
    )
    for step, certain in steps:
        edits, message = step(text)
        if not edits:
            continue
        candidate = apply(text, edits)
        if certain(text, candidate):
            text = candidate
            done.append(message)
        elif outline(text).readable:
            refused.append(msg("something was left as it is, because mending it would change what the text says"))
        else:
            refused.append(msg("something was left as it is: mend the other errors first, then run docctl fix again"))
    return Mended(old, text, tuple(done), read(text.encode(), path).findings, tuple(refused))


# -- is it certain? ----------------------------------------------------------------------------


def _same(before: str, after: str) -> bool:
    """Do both texts hold the same events, as far as they can be read at all?"""
    old, new = outline(before), outline(after)
    return _spelt(old) == _spelt(new) and old.readable == new.readable and old.duplicates == new.duplicates


def _same_and_readable(before: str, after: str) -> bool:
    """The same, and nothing is hidden behind a place that cannot be read."""
    return outline(before).readable and _same(before, after)


def _document_is_unique(before: str, after: str) -> bool:
    """Tabs: where the text before cannot be read, the text after is the only document that can be meant."""
    return _same(before, after) if outline(before).readable else outline(after).readable


def _spelt(found: Outline) -> list[tuple[object, ...]]:
    """The events with every text in whole letters and without invisible marks."""
    return [tuple(_whole(part) if isinstance(part, str) else part for part in event) for event in found.events]


def _whole(text: str) -> str:
    return unicodedata.normalize("NFC", text.translate(dict.fromkeys(map(ord, JOINING_MARKS))))


# -- the steps ---------------------------------------------------------------------------------


def _byte_order_mark(text: str) -> tuple[list[Edit], Message]:
    count = len(text) - len(text.lstrip("\ufeff"))
    return [Edit(0, count, "")] if count else [], msg("byte order mark removed")


def _line_ends(text: str) -> tuple[list[Edit], Message]:
    edits = [Edit(match.start(), match.end(), "\n") for match in re.finditer(r"\r\n?", text)]
    return edits, msg("line ends changed to LF: {count}", count=len(edits))


def _marks(text: str) -> tuple[list[Edit], Message]:
    found = [match for match in re.finditer(f"[{JOINING_MARKS}]", text) if not _parts_words(text, match.start())]
    names = sorted({character_name(match[0]) for match in found})
    message = msg("invisible marks removed: {count} ({names})", count=len(found), names=", ".join(names))
    return [Edit(match.start(), match.end(), "") for match in found], message


def _parts_words(text: str, index: int) -> bool:
    """A zero-width space between two letters may be all that parts two words; only a person knows."""
    around = text[max(0, index - 1) : index], text[index + 1 : index + 2]
    return text[index] == _ZERO_WIDTH_SPACE and all(each.isalnum() for each in around)


def _normal_form(text: str) -> tuple[list[Edit], Message]:
    edits = []
    # A run ends before ASCII white space and those ASCII marks that never join with what follows;
    # < = and > do: with U+0338 they become other signs.
    for match in re.finditer(r"[^\t\n\r !-/:;?@\[-`{-~]+", text):
        whole = unicodedata.normalize("NFC", match[0])
        gained = {character for character in whole if character.isascii()} - {*match[0]}
        if whole != match[0] and not gained:  # a look-alike that turns into an ASCII sign is for a person
            edits.append(Edit(match.start(), match.end(), whole))
    return edits, msg("words written in whole letters (NFC): {count}", count=len(edits))


def _tabs(text: str) -> tuple[list[Edit], Message]:
    """Tabs in indentation as spaces, where all usual widths that give a document give the same one."""
    message = msg("tabs in indentation replaced by spaces")
    found = [match for match in re.finditer(r"(?m)^[ \t]*\t[ \t]*", text) if match[0]]
    objected = {each.code for each in read(text.encode(), "").findings}
    if not found or not objected & {codes.TAB, codes.SYNTAX}:
        return [], message
    by_content: dict[str, list[Edit]] = {}
    for width in _TAB_WIDTHS:
        edits = [Edit(match.start(), match.end(), match[0].expandtabs(width)) for match in found]
        candidate = apply(text, edits)
        held = outline(candidate)
        if held.readable and not _touches_text(held, edits):
            by_content.setdefault(repr(held.events), edits)
    return (next(iter(by_content.values())) if len(by_content) == 1 else []), message


def _touches_text(held: Outline, edits: list[Edit]) -> bool:
    """Does a replaced indentation lie inside a quoted or block text, where a tab is content?"""
    spans = held.quoted
    moved = 0
    for edit in edits:
        place = edit.start + moved
        if any(start < place + len(edit.new) and place < end for start, end in spans):
            return True
        moved += len(edit.new) - (edit.end - edit.start)
    return False


def _quotes(text: str, is_number: Callable[[Value, Pointer], bool]) -> tuple[list[Edit], Message]:
    tree = read(text.encode(), "").tree
    whole: Value = None if tree is None else tree.value
    edits = [
        Edit(start, end, f'"{text[start:end]}"')
        for start, end, pointer in outline(text).quotable
        if not is_number(whole, pointer)
    ]
    return edits, msg("values put in quotes: {count}", count=len(edits))
