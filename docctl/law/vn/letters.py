"""Vietnamese letters for patterns: ranges of code points would mix small and capital ones."""

from __future__ import annotations

import unicodedata

LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ"
"""For the inside of a character class."""

UPPER = "A-Z" + LOWER[3:].upper()

LOOK_ALIKES = str.maketrans("\u00d0\u00f0\u0189", "ĐđĐ")
"""Letters of other alphabets that stand for đ in many texts; each for one, so that places stay the same."""


def ascii_label(label: str) -> str:
    """A label as addresses have it: dd for đ, other letters without their marks, a hyphen for an underscore."""
    plain = unicodedata.normalize("NFD", label.replace("đ", "dd").replace("Đ", "dd").replace("_", "-"))
    return "".join(each for each in plain if not unicodedata.combining(each))
