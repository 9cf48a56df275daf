"""Vietnamese text: the order of a dictionary, words without marks, and near misses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: the order of dictionaries
_QUALITY = "\u0302\u0306\u031b"  # ^, breve, horn: part of the letter, not tones


def sort_key(text: str) -> tuple[object, ...]:
    """Sorts as Vietnamese dictionaries do: by letters first, by tones only between equal letters.

    Numbers inside a text sort by value, so QT-2 stands before QT-10.
    """
    letters: list[tuple[int, int | str]] = []
    tones: list[int] = []
    number = ""
    for character in unicodedata.normalize("NFC", text.casefold()):
        if character.isdecimal() and character.isascii():
            number += character
            continue
        if number:
            letters.append((1, int(number)))
            number = ""
        letter, tone = _letter_and_tone(character)
        position = _LETTERS.find(letter)
        letters.append((2, position) if position >= 0 else (0, ord(letter[0])))
        tones.append(tone)
    if number:
        letters.append((1, int(number)))
    return (tuple(letters), tuple(tones), text)


def _letter_and_tone(character: str) -> tuple[str, int]:
    parts = unicodedata.normalize("NFD", character)
    tone = next((_TONES.index(part) + 1 for part in parts if part in _TONES), 0)
    letter = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
    return letter, tone


def without_marks(text: str) -> str:
    """Lower case without any diacritics, đ as d: for searching, never for comparing numbers or names."""
    parts = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant, or None; marks and case weigh little."""
    import difflib  # only where there is a mistake

    by_form: dict[str, str] = {}
    for name in sorted(known, reverse=True):
        by_form[without_marks(name)] = name
    close = difflib.get_close_matches(without_marks(word), by_form, n=1, cutoff=0.6)
    return by_form[close[0]] if close else None


def width(text: str) -> int:
    """Terminal columns of a text: wide characters count two, marks none."""
    if text.isascii():
        return len(text)
    columns = 0
    for character in text:
        if unicodedata.combining(character):
            continue
        columns += 2 if unicodedata.east_asian_width(character) in "WF" else 1
    return columns
