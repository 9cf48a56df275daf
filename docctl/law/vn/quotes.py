"""Which lines of an amending act are new wording in quotation marks: what stands there is no provision of the act.

Marks are often forgotten: a paragraph opens and does not close, each paragraph opens anew, the last one alone
closes. A block ends with a line that closes it, or where somebody who knows the act's own numbering breaks it off.
"""

from __future__ import annotations

import re

OPENING, CLOSING = "“‟«„", "”»"
MARK = re.compile(r'[“‟«„”»"]')
_OPENS = re.compile(r'[ \t]{0,200}+["“‟«„]')
_ANNOUNCED = re.compile(r'(?:sau|sau đây|là|thành|bằng|nội dung) ?:?[ \t]*["“‟«„]\Z', re.IGNORECASE)
_BEFORE, _BEHIND = 24, 12
_PHRASE = 300
_LETTER = re.compile(r"[^\W\d_]")


class Quotes:
    """Told one line after another, knows whether the next begins inside a block; ``blocks`` are those that ended."""

    def __init__(self) -> None:
        self.start: int | None = None
        self.blocks: list[tuple[int, int]] = []

    def line(self, text: str, start: int, end: int) -> None:
        """Takes the line ``text[start:end]``."""
        marks = [*MARK.finditer(text, start, end)]
        if not marks:
            return
        opens = _OPENS.match(text, start, end) is not None
        depth = 0 if self.start is None or opens else 1
        for mark in marks:
            closes = mark[0] in CLOSING or (mark[0] == '"' and depth > 0)
            depth = max(0, depth - 1) if closes else depth + 1
        if depth == 0:
            last = marks[-1].end()
            behind = _LETTER.search(text, last, min(end, last + _BEHIND))
            if (self.start is not None or opens) and behind is None:
                self.blocks.append((start if self.start is None else self.start, end))
                self.start = None
            elif self.start is not None and not opens and behind is not None and _goes_on(self.start, last, behind[0]):
                self.start = None  # words in marks, broken over the end of a line
        elif self.start is None:
            first = next(mark for mark in marks if mark[0] not in CLOSING)
            if opens:
                self.start = start
            elif len(marks) % 2 == 1 and _ANNOUNCED.search(text, max(start, first.end() - _BEFORE), first.end()):
                self.start = first.start()

    def break_off(self, end: int) -> None:
        """Ends an open block that its marks do not end."""
        if self.start is not None:
            self.blocks.append((self.start, end))
            self.start = None


def _goes_on(start: int, last: int, behind: str) -> bool:
    """Does the sentence in which a few words stand in marks go on behind them?"""
    return behind.islower() and last - start < _PHRASE
