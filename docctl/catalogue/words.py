"""When are two wordings the same? Exactly, or perhaps; what is only perhaps the same is never taken for it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from docctl.text.vietnamese import nearest

_AROUND = re.compile(r"\A[\W_]+|[\W_]+\Z")
_KIND = re.compile(r"\A(?:(?:quy trình|thủ tục)(?: hành chính)?\s+)+")
_MOST_PLACES = 2
_MOST_LETTERS = 200
MOST_WORDINGS = 50
"""Longer lists are not searched for near wordings, and no more letters are looked at: that only helps to read."""


@lru_cache(maxsize=1 << 14)
def folded(text: str) -> str:
    """A wording without what printing varies: spaces, capital letters, marks at its beginning and end."""
    return _AROUND.sub("", " ".join(text.split()).casefold())


def folded_name(text: str) -> str:
    """A name of a procedure, also without "thủ tục" and "quy trình" before it."""
    return _KIND.sub("", folded(text))


def near_code(code: str, known: Iterable[str]) -> str | None:
    """The one code that differs in the fewest places, at most two; None where none does, or several do alike."""
    found: dict[int, list[str]] = {}
    for each in known:
        if len(each) == len(code) and each != code:
            found.setdefault(sum(left != right for left, right in zip(each, code, strict=True)), []).append(each)
    fewest = min(found, default=_MOST_PLACES + 1)
    return found[fewest][0] if fewest <= _MOST_PLACES and len(found[fewest]) == 1 else None


def perhaps(word: str, known: Iterable[str], *, most: int = MOST_WORDINGS) -> str | None:
    """The wording that may mean the same, for people to judge; None where there is none, or too much to search."""
    listed = [*known]
    if len(listed) > most:
        return None
    by_start = {each[:_MOST_LETTERS]: each for each in reversed(listed)}
    found = nearest(word[:_MOST_LETTERS], by_start)
    return None if found is None else by_start[found]
