"""What a provision said before a change and what it says after it, side by side."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from docctl.message import msg
from docctl.model.law_at import Wording
from docctl.report.setting import Setting, visible
from docctl.report.style import paint
from docctl.text.vietnamese import width

_MOST_UNITS = 6
_MOST_WORDS = 150
"""Of one unit: enough to see the change; ``docctl law diff`` shows all."""
_NARROW = 64
_BORDER = " │ "


def side_by_side(wordings: Sequence[Wording], room: int, setting: Setting) -> Iterator[str]:
    """Two columns of ``room`` together, one under the other where that is narrow; a few units of many."""
    for each in wordings[:_MOST_UNITS]:
        yield paint(visible(each.place), "bold", colour=setting.colour)
        sides = [_side(side, setting) for side in marked(each.before or "", each.after or "")]
        if room < _NARROW:
            for sign, side, style in (("- ", sides[0], "red"), ("+ ", sides[1], "green")):
                lines = _lines(side, room - len(sign))
                yield from (paint(sign + line, style, colour=setting.colour) for line in lines)
            continue
        left = (room - len(_BORDER)) // 2
        right = room - len(_BORDER) - left
        for old, new in zip_longest(_lines(sides[0], left), _lines(sides[1], right), fillvalue=""):
            padded = old + " " * max(0, left - width(old))
            yield paint(padded, "red", colour=setting.colour) + _BORDER + paint(new, "green", colour=setting.colour)
    if len(wordings) > _MOST_UNITS:
        yield setting.say(msg("… and {count} more units", count=len(wordings) - _MOST_UNITS))


def marked(before: str, after: str) -> tuple[str, str]:
    """Both sides with the words that differ between brackets, where they share most of their words."""
    old, new = before.split(), after.split()
    match = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if not old or not new or match.ratio() < 0.5:
        return " ".join(old), " ".join(new)
    sides: tuple[list[str], list[str]] = ([], [])
    for sort, first, last, start, end in match.get_opcodes():
        for side, part in zip(sides, (old[first:last], new[start:end]), strict=True):
            if part:
                side.append(" ".join(part) if sort == "equal" else f"[{' '.join(part)}]")
    return " ".join(sides[0]), " ".join(sides[1])


def _side(words: str, setting: Setting) -> str:
    if not words:
        return setting.say(msg("(nothing)"))
    some = words.split()
    return visible(" ".join(some[:_MOST_WORDS]) + (" …" if len(some) > _MOST_WORDS else ""))


def _lines(words: str, room: int) -> list[str]:
    """The words in lines of at most ``room`` columns; a longer word is cut."""
    lines, line = list[str](), ""
    for word in words.split():
        longer = f"{line} {word}" if line else word
        if width(longer) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word) > room:
            lines.append(word[:room])
            word = word[room:]
        line = word
    return [*lines, line] if line else lines
