"""What can be mended with certainty: spelling of characters, line ends, tabs, quotes. Nothing else is touched.

Every step is a set of span edits. The result is read again and must say exactly what the original
said, letter for letter after normalisation; otherwise nothing is changed and the reason is given.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docctl.finding import Finding
from docctl.message import Message, msg
from docctl.text import codes
from docctl.text.characters import JOINING_MARKS, Decoded, character_name
from docctl.text.edits import Edit, apply
from docctl.text.strict import MOST_BYTES, Reading, read, read_text
from docctl.text.tree import Value

_TAB_WIDTHS = (2, 4, 8)


@dataclass(frozen=True, slots=True)
class Mended:
    """The new text (equal to the old where there was nothing to do), each thing done, what stays wrong."""

    old: str
    new: str
    done: tuple[Message, ...]
    remaining: tuple[Finding, ...]
    refused: Message | None = None

    @property
    def changed(self) -> bool:
        return self.new != self.old


def mend(data: bytes, path: str) -> Mended | None:
    """The mended text of a file, or None where its bytes are no UTF-8 text at all."""
    if len(data) > MOST_BYTES:
        return None
    try:
        old = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    done: list[Message] = []
    text = old
    if text.startswith("\ufeff"):
        text = text[1:]
        done.append(msg("byte order mark removed"))
    for step in (_line_ends, _marks, _normal_form):
        edits, message = step(text)
        if edits:
            text = apply(text, edits)
            done.append(message)
    text, tabs_done = _tabs(text, path)
    if tabs_done is not None:
        done.append(tabs_done)
    quotes = [*_quotes(text, path)]
    if quotes:
        text = apply(text, quotes)
        done.append(msg("values put in quotes: {count}", count=len(quotes)))
    remaining = read(text.encode(), path).findings
    refused = None if text == old else _loss(old, text, path)
    if refused is not None:
        return Mended(old, old, (), read(data, path).findings, refused)
    return Mended(old, text, tuple(done), remaining)


Step = Callable[[str], tuple[list[Edit], Message]]


def _line_ends(text: str) -> tuple[list[Edit], Message]:
    edits = [Edit(match.start(), match.end(), "\n") for match in re.finditer(r"\r\n?", text)]
    return edits, msg("line ends changed to LF: {count}", count=len(edits))


def _marks(text: str) -> tuple[list[Edit], Message]:
    found = [*re.finditer(f"[{JOINING_MARKS}]", text)]
    names = sorted({character_name(match[0]) for match in found})
    message = msg("invisible marks removed: {count} ({names})", count=len(found), names=", ".join(names))
    return [Edit(match.start(), match.end(), "") for match in found], message


def _normal_form(text: str) -> tuple[list[Edit], Message]:
    edits = []
    # A run ends before a white space or ASCII punctuation, neither of which ever joins with what follows.
    for match in re.finditer(r"[^\s!-/:-@\[-`{-~]+", text):
        whole = unicodedata.normalize("NFC", match[0])
        if whole != match[0]:
            edits.append(Edit(match.start(), match.end(), whole))
    return edits, msg("words written in whole letters (NFC): {count}", count=len(edits))


def _tabs(text: str, path: str) -> tuple[str, Message | None]:
    """Tabs in indentation become spaces where every usual width gives the same document."""
    if not any(each.code in (codes.TAB, codes.SYNTAX) for each in read(text.encode(), path).findings):
        return text, None
    if not re.search(r"(?m)^[ ]*\t", text):
        return text, None
    candidates: dict[str, str] = {}
    for width in _TAB_WIDTHS:
        candidate = re.sub(r"(?m)^[ \t]+", lambda match, width=width: match[0].expandtabs(width), text)  # type: ignore[misc]
        tree = read(candidate.encode(), path).tree
        if tree is not None:
            candidates.setdefault(repr(tree.value), candidate)
    if len(candidates) != 1:
        return text, None
    return next(iter(candidates.values())), msg("tabs in indentation replaced by spaces")


def _quotes(text: str, path: str) -> Iterator[Edit]:
    reading = read(text.encode(), path)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    for each in reading.findings:
        if each.code is codes.QUOTE:
            place = each.location
            start = starts[place.line - 1] + place.column - 1
            end = starts[place.end_line - 1] + place.end_column - 1
            yield Edit(start, end, f'"{text[start:end]}"')


def _loss(old: str, new: str, path: str) -> Message | None:
    """Why the new text does not say what the old one said; None where it does."""
    before, after = _leniently(old, path), _leniently(new, path)
    if before.tree is not None:
        same = after.tree is not None and _spelt(before.tree.value) == after.tree.value
    else:  # something else is wrong as well: no word may be lost all the same
        same = _letters(old) == _letters(new)
    return None if same else msg("the mended text would not say what the original says")


def _leniently(old: str, path: str) -> Reading:
    """A text as YAML reads it, without docctl's own objections to its characters."""
    return read_text(Decoded(old.removeprefix("\ufeff"), ()), path)


def _spelt(value: Value) -> Value:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value.translate(dict.fromkeys(map(ord, JOINING_MARKS))))
    if isinstance(value, list):
        return [_spelt(each) for each in value]
    if isinstance(value, dict):
        return {str(_spelt(key)): _spelt(each) for key, each in value.items()}
    return value


def _letters(text: str) -> str:
    """The text without everything that mending may change."""
    return re.sub(r"\s+", " ", str(_spelt(text))).replace('"', "")
