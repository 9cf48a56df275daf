"""The text of an act with what it quotes made blank, character by character, so that places stay the same."""

from __future__ import annotations

import re

from docctl.law.vn.quotes import CLOSING, MARK
from docctl.law.vn.wrapped import rejoined
from docctl.model.law_text import LawText

HIDDEN = "\x1a"
"""Stands for each character inside quotation marks within a line."""

_LONGEST = 3000
_ANNOUNCES = re.compile(r"(?:(?:cụm )?từ|từ ngữ|bằng|và|hoặc|,)\s+\Z")
_BEFORE = 16


def masked(read: LawText) -> str:
    """New wording of several lines is hidden with its marks, a phrase within a line between them."""
    blocks = [each for each in read.quoted if _has_lines(read.text, *each)]
    parts, at = [], 0
    for start, end in blocks:
        parts += [read.text[at:start], re.sub(r"[^\n]", HIDDEN, read.text[start:end])]
        at = end
    text = "".join([*parts, read.text[at:]])
    return _phrases(rejoined(read, text, blocks))


def _has_lines(text: str, start: int, end: int) -> bool:
    """Does a quotation begin its line, or go over several? Not a phrase that a page has moved to its next line."""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    if before.strip():
        return "\n" in text[start:end]
    return _ANNOUNCES.search(text, max(0, start - _BEFORE), start) is None


def _phrases(text: str) -> str:
    parts, at, depth, first = [], 0, 0, 0
    for mark in MARK.finditer(text):
        place = mark.start()
        if depth and ("\n" in text[first:place] or place - first > _LONGEST):
            depth = 0
        closes = mark[0] in CLOSING or (mark[0] == '"' and depth > 0)
        if not closes:
            if depth == 0:
                first = place
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                parts += [text[at : first + 1], HIDDEN * (place - first - 1)]
                at = place
    return "".join([*parts, text[at:]])
