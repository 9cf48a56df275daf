"""Numbers (số ký hiệu) and slugs: how a legal text is named in citations and in file names.

Slugs lose information (đ becomes d), so identity is always compared by number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_DASHES = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\ufe58\ufe63\uff0d"
_SLASHES = "\u2044\u2215\uff0f"
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
_LETTERS = str.maketrans(
    dict.fromkeys(_DASHES, "-")
    | dict.fromkeys(_SLASHES, "/")
    | dict.fromkeys(_INVISIBLE, "")
    | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
    | {"\u00d0": "Đ", "\u0189": "Đ", "\u00f0": "đ"}
)
"""What scanning and other keyboards make of hyphens, slashes, digits and Đ (the Icelandic and the African letter)."""
_STANDARD = re.compile(r"(?:TCVN|QCVN|TCCS|ISO|IEC)\b", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:--[a-z0-9]+(?:-[a-z0-9]+)*)?")
_LEADING_ZEROS = re.compile(r"\A0+(?=[0-9])")
_BEFORE = re.compile(r"""\A(?:[\s"'“‘(\[]|số[\s:.]*(?=["'“‘(\[0-9]|số))+""", re.IGNORECASE)
_ENDING = r"""[\s"'”’)\].,;:!?…]"""
_AFTER = re.compile(rf"(?<!{_ENDING}){_ENDING}+\Z")

LOCAL = "--"
"""Parts a slug's number from what tells equal numbers apart: ``01-2024-qd-ubnd--long-an``."""


@lru_cache(maxsize=4096)
def normalise(number: str) -> str:
    """The number as it should be printed: NFC, plain hyphens and slashes, Đ for its look-alikes, no spaces inside.

    A leading ``số``, quotes, brackets and punctuation around it are no part of it. Standards keep their spaces
    (``TCVN ISO 9001:2015``). Case is kept: ``QĐ-TTg`` is a spelling (``law.vn.numbers.canonical`` corrects it).
    """
    text = unicodedata.normalize("NFC", number).translate(_LETTERS)
    text = _AFTER.sub("", _BEFORE.sub("", text))
    text = re.sub(r"\s+", " " if _STANDARD.match(text) else "", text)
    return unicodedata.normalize("NFC", re.sub("--+", "-", text))


def bare(number: str) -> str:
    """The number alone, where words stand before it or a look-alike of Đ stands in it.

    ``Nghị định số 23/2015/NĐ-CP`` -> ``23/2015/NĐ-CP``; ``NÐ`` with the Icelandic letter -> ``NĐ``.
    """
    text = number.replace("\u00d0", "Đ").replace("\u00f0", "đ").replace("\u0189", "Đ")
    after_words = re.fullmatch(r"[^\d/]*\s(\d[^\s]*/.*)", text)
    return text if after_words is None or _STANDARD.match(text) else after_words[1]


def same_number(left: str, right: str) -> bool:
    """Do two printed numbers name the same text? ``7/2026/TT-BNV`` is ``07/2026/TT-BNV``; Đ is not D."""
    return comparable(left) == comparable(right)


def comparable(number: str) -> str:
    """A number without what printing varies: case and leading zeros."""
    return _LEADING_ZEROS.sub("", normalise(number).casefold(), count=1)


_YEAR = re.compile(r"[/:-]((?:19|20)[0-9]{2})(?=/|\Z)")
_LOCAL = re.compile(r"[-/](?:CT)?(?:UB|UBND|HĐND)[0-9]{0,2}(?:[.-][^\W\d_]{1,8})?\Z", re.IGNORECASE)
_CONSOLIDATED = re.compile(r"[-/]VBHN(?=[-/])", re.IGNORECASE)


def has_year(number: str) -> bool:
    """Does a number carry its year? Those that do not begin anew each January (``21/VBHN-NHNN``)."""
    return year_of(number) is not None


def year_of(number: str) -> int | None:
    """The year a number carries."""
    match = _YEAR.search(normalise(number))
    return None if match is None else int(match[1])


def is_local(number: str) -> bool:
    """Is it a number of local government? Every province has its ``01/2024/QĐ-UBND``."""
    return _LOCAL.search(normalise(number)) is not None


def is_consolidated(number: str) -> bool:
    """Is it the number of a consolidated text (văn bản hợp nhất)? Such a text is no norm of its own."""
    return _CONSOLIDATED.search(normalise(number)) is not None


def is_slug(name: str) -> bool:
    """Is this the name of a file in legal/ rather than a printed number?"""
    return _SLUG.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def slug(number: str) -> str:
    """The file name of a text: ``19/2014/QĐ-TTg`` -> ``19-2014-qd-ttg``.

    Texts whose number alone is no identity add ``--issuer`` or ``--year`` (``distinguished``).
    """
    plain = unicodedata.normalize("NFD", normalise(number).casefold().replace("đ", "d"))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


class Names:
    """The slugs of a register, ready to be asked what a citation may mean."""

    def __init__(self, slugs: Iterable[str]) -> None:
        self.slugs = frozenset(slugs)
        self._by_number: dict[str, list[str]] = {}
        for each in sorted(self.slugs):
            self._by_number.setdefault(_without_zeros(each.split(LOCAL)[0]), []).append(each)

    def candidates(self, cited: str) -> tuple[str, ...]:
        """A slug itself, or every text whose slug is made of this number; sorted."""
        if is_slug(cited):
            return (cited,) if cited in self.slugs else ()
        return tuple(self._by_number.get(_without_zeros(slug(cited)), ()))


def _without_zeros(text: str) -> str:
    return _LEADING_ZEROS.sub("", text, count=1)


def fits(name: str, number: str) -> bool:
    """May a file of this slug hold the text of this number?"""
    return _without_zeros(name.split(LOCAL)[0]) == _without_zeros(slug(number))
