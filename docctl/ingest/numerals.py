"""Numbers as lists print them: 1, a, iv, một; those of Word and those of web pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_MOST_LETTERS, _MOST_ROMAN = 780, 3999
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_MOST_WORDS = 99


def letters(value: int) -> str:
    """A … z, aa, bb, …: the letter again for each time round, as Word counts; digits for what it cannot count."""
    if not 1 <= value <= _MOST_LETTERS:
        return str(value)
    turns, place = divmod(value - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


def roman(value: int) -> str:
    """i, ii, iii, iv; digits for what Romans could not write."""
    if not 1 <= value <= _MOST_ROMAN:
        return str(value)
    found = []
    for worth, sign in _ROMAN:
        times, value = divmod(value, worth)
        found.append(sign * times)
    return "".join(found)


def vietnamese(value: int) -> str:
    """một, hai, … mười một, … hai mươi mốt; digits from 100 on."""
    if not 1 <= value <= _MOST_WORDS:
        return str(value)
    tens, ones = divmod(value, 10)
    if not tens:
        return _DIGITS[ones]
    last = {1: "mốt" if tens > 1 else "một", 5: "lăm"}.get(ones, _DIGITS[ones])
    first = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    return f"{first} {last}" if ones else first


FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": "{:02d}".format,
    "lowerLetter": letters,
    "upperLetter": lambda value: letters(value).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda value: roman(value).upper(),
    "vietnameseCounting": vietnamese,
    "none": lambda _: "",
}
"""By Word's name of a format."""
