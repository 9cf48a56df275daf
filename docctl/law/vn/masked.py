"""The text of an act with what it quotes made blank, character by character, so that places stay the same."""

from __future__ import annotations

import re

from docctl.law.vn.quotes import CLOSING, MARK
from docctl.law.vn.wrapped import rejoined
from docctl.model.law_text import LawText

HIDDEN = "\x1a"
"""Stands for each character inside quotation marks within a line."""

_LONGEST = 3000


def masked(read: LawText) -> str:
    """New wording of several lines is hidden with its marks, a phrase within a line between them."""
    parts, at = [], 0
    for start, end in read.quoted:
        if not _has_lines(read.text, start, end):
            continue
        parts += [read.text[at:start], re.sub(r"[^\n]", HIDDEN, read.text[start:end])]
        at = end
    text = "".join([*parts, read.text[at:]])
    return _phrases(rejoined(read, text))


def _has_lines(text: str, start: int, end: int) -> bool:
    """Does a quotation begin its line, or go over several?"""
    before = text[text.rfind("\n", 0, start) + 1 : start]
    return not before.strip() or "\n" in text[start:end]


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
