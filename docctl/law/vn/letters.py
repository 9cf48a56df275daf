"""Vietnamese letters for patterns: ranges of code points would mix small and capital ones."""

from __future__ import annotations

import re
import unicodedata

LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
"""For the inside of a character class."""

UPPER = "A-Z" + LOWER[3:].upper()

_LOOK_ALIKES = tuple(zip("\u00d0\u00f0\u0189", "ĐđĐ", strict=True))
"""Letters of other alphabets that stand for đ in many texts."""

_EITHER = {
    form: f"(?:{old}|{new})"
    for vowels in ("oa", "oe", "uy", "Oa", "Oe", "Uy", "OA", "OE", "UY")
    for tone in "\u0300\u0301\u0303\u0309\u0323"
    for old, new in [
        (unicodedata.normalize("NFC", vowels[0] + tone + vowels[1]), unicodedata.normalize("NFC", vowels + tone))
    ]
    for form in (old, new)
}
_TONED = re.compile("|".join(_EITHER))


def one_alphabet(text: str) -> str:
    """The text with đ for what only looks like it, each for one, so that places stay the same."""
    for odd, usual in _LOOK_ALIKES:
        text = text.replace(odd, usual)
    return text


def ascii_label(label: str) -> str:
    """A label as addresses have it: dd for đ, other letters without their marks, a hyphen for an underscore."""
    plain = unicodedata.normalize("NFD", label.replace("đ", "dd").replace("Đ", "dd").replace("_", "-"))
    return "".join(each for each in plain if not unicodedata.combining(each))


def spelling(words: str) -> re.Pattern[str]:
    """Finds words wherever their tone is marked: ``hoá`` and ``hóa``, ``Uỷ`` and ``Ủy``; lines may be broken."""
    parts = [_TONED.sub(lambda match: _EITHER[match[0]], re.escape(word)) for word in words.split()]
    return re.compile(r"\s+".join(parts) or r"(?!)")
