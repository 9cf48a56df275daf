"""Labels of provisions in the order in which they follow each other: 5, 5a, 5b, 6; c, d, đ, e, g; i, ii, iii."""

from __future__ import annotations

import re

LETTERS = "abcdđeghiklmnopqrstuvxy"
"""Of points. Texts that use f, j, w or z are read too, but no list is expected to."""

_NUMBERED = re.compile(r"(\d+)([a-zđ]*)(\d*)")
_LETTERED = re.compile(r"([a-zđ])(\d*)")
_PLACES = {letter: place for place, letter in enumerate(LETTERS)} | {"f": 5.5, "j": 8.5, "w": 21.2, "z": 23.0}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

MOST_MISSING = 2
"""So many labels may be lost between two, as scanning loses lines; the gap is a doubt."""


def roman(text: str) -> int | None:
    """The value of a Roman number, None for what is none; not every odd spelling is refused."""
    values = [_ROMAN.get(letter, 0) for letter in text.lower()]
    if not values or 0 in values:
        return None
    return sum(-each if each < after else each for each, after in zip(values, [*values[1:], 0], strict=True))


def number_key(label: str) -> tuple[int, str] | None:
    """``12`` and ``12a`` so that they can be compared."""
    match = _NUMBERED.fullmatch(label)
    return None if match is None else (int(match[1]), _sorted(match[2]) + match[3])


def _sorted(letters: str) -> str:
    return "".join(f"{_PLACES.get(each, 99):05.1f}" for each in letters)


def follows_number(label: str, last: str | None) -> bool:
    """Can a unit of this number come next? The first is 1; some may be lost."""
    key = number_key(label)
    if key is None:
        return False
    if last is None:
        return key[0] == 1
    before = number_key(last)
    if before is None:
        return False
    if key[0] == before[0]:
        return key[1] > before[1]
    return before[0] < key[0] <= before[0] + 1 + MOST_MISSING


def is_next(label: str, last: str) -> bool:
    """Is it the very next whole number?"""
    return label.isdigit() and last.isdigit() and int(label) == int(last) + 1


def follows_letter(label: str, last: str | None) -> bool:
    """The same of points: the first is a."""
    match = _LETTERED.fullmatch(label)
    if match is None:
        return False
    if last is None:
        return label == "a"
    before = _LETTERED.fullmatch(last)
    if before is None:
        return False
    here, there = _PLACES.get(match[1], 99), _PLACES.get(before[1], 99)
    if here == there:
        return int(match[2] or 0) > int(before[2] or 0)
    return there < here <= there + 1 + MOST_MISSING


def between(first: str, last: str) -> list[str] | None:
    """All labels from one to another, both included; None where they cannot be counted."""
    if first.isdigit() and last.isdigit():
        return [str(each) for each in range(int(first), int(last) + 1)] or None
    if first in _PLACES and last in _PLACES and first in LETTERS and last in LETTERS:
        return [*LETTERS[LETTERS.index(first) : LETTERS.index(last) + 1]] or None
    return None
