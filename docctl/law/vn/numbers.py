"""Numbers (số ký hiệu) of Vietnamese texts taken apart: serial, year, kind, issuers.

How numbers are made: 30/2020/NĐ-CP, Phụ lục I and III; numbers of older texts are read as they are printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from msgspec import Struct

from docctl.law.identity import LOCAL, is_slug, normalise

_KINDS = (
    "NĐ QĐ NQ NQLT TT TTLT CT CTLT PL L LCTN SL VBHN TB KH HD HĐ QC QyĐ CĐ ĐC TTr BC KL CTr ĐA DA PA BB GM TCVN QCVN"
)
KINDS = frozenset(_KINDS.split())
"""Abbreviations of kinds: the first part of a code (30/2020/NĐ-CP, Phụ lục III)."""

_STATE = "QH UBTVQH CTN CP TTg VPQH VPCTN VPCP HĐBT HĐNN TANDTC VKSNDTC VKSTC HĐTP KTNN UBND HĐND CTUBND"
_MINISTRIES = "BCA BCT BDTTG BGDĐT BKHCN BNG BNNMT BNV BQP BTC BTP BVHTTDL BXD BYT NHNN TTCP"
_MINISTRIES_BEFORE = (
    "BBCVT BCN BCNNg BGTVT BKH BKHCNMT BKHĐT BLĐTBXH LĐTBXH BNN BNNPTNT BTM BTNMT BTS BTTTT BVHTT BVHXH BNgT UBDT "
    "UBDTMN UBTDTT UBDSGĐTE TTNN TCHQ TCTK TCDL TCĐC BHXH"
)
_PARTY = "TW TƯ VPTW UBTWMTTQVN UBTƯMTTQVN ĐCTUBTWMTTQVN ĐCTUBTƯMTTQVN TLĐ"
ISSUERS = frozenset(f"{_STATE} {_MINISTRIES} {_MINISTRIES_BEFORE} {_PARTY}".split())
"""Codes of issuers with countrywide use. Not all that there are: a code that is missing here is not wrong."""

_TERM = re.compile(r"(?:QH|UBTVQH)(?:[6-9]|1[0-9]|20)")
_PART = r"[^\W\d_][\w.&]*"
_GRAMMAR = re.compile(
    rf"(?P<serial>[0-9]{{1,9}}(?:\.[0-9]{{1,3}})?[^\W\d_]{{0,2}})(?:/(?P<year>(?:19|20)[0-9]{{2}})/|[/-])"
    rf"(?P<code>{_PART}(?:[/-]{_PART})*)"
)
_STANDARD = re.compile(
    r"(?P<kind>TCVN|QCVN) (?P<serial>[A-Z0-9][A-Z0-9 ./-]*?)(?::(?P<year>(?:19|20)[0-9]{2}))?"
    r"(?:/(?P<issuer>[^\W\d_]+))?"
)
_SLUG = re.compile(
    r"(?P<serial>[0-9]+(?:-[0-9]{1,3}(?=-(?:19|20)[0-9]{2}-))?[a-z]{0,2}?)-(?:(?P<year>(?:19|20)[0-9]{2})-)?(?P<code>[a-z].*)"
)


class Number(Struct, frozen=True):
    """A number in parts. ``printed`` is the whole in its canonical case; ``serial`` has no leading zeros.

    ``kind`` is empty where the code names none: laws (``64/2025/QH15``) and letters (``2103/BNN-VP``, whose
    ``issuers`` are the body and its department).
    """

    printed: str
    serial: str
    year: int | None
    kind: str
    issuers: tuple[str, ...]


def read_number(text: str) -> Number | None:
    """A number as printed, with whatever scanning did to its spaces, dashes and letters; None for what is none."""
    number = normalise(text)
    standard = _STANDARD.fullmatch(number.upper())
    if standard is not None:
        issuers = () if standard["issuer"] is None else (standard["issuer"],)
        return Number(number.upper(), standard["serial"], _year(standard["year"]), standard["kind"], issuers)
    match = _GRAMMAR.fullmatch(number)
    if match is None:
        return None
    parts = [canonical_part(part) for part in re.split(r"[/-]", match["code"])]
    code = "".join(canonical_part(part) for part in re.split(r"([/-])", match["code"]))
    has_kind = len(parts) > 1 and parts[0] in KINDS
    return Number(
        number[: match.start("code")] + code,
        match["serial"].casefold().lstrip("0") or "0",
        _year(match["year"]),
        parts[0] if has_kind else "",
        tuple(parts[has_kind:]),
    )


def canonical(text: str) -> str:
    """A number as it should be printed: ``19/2014/qđ-ttg`` -> ``19/2014/QĐ-TTg``; what is none, only normalised."""
    number = read_number(text)
    return normalise(text) if number is None else number.printed


def canonical_part(part: str) -> str:
    """A part of a code in its case; of an unknown one, mixed case is kept as a spelling."""
    known = _CASE.get(part.casefold())
    if known is not None:
        return known
    return part.upper() if part in (part.lower(), part.upper()) else part


def is_known(part: str) -> bool:
    """Is this, letter for letter, the code of a kind or of an issuer?"""
    return part in KINDS or is_issuer(part)


def is_issuer(part: str) -> bool:
    """Is this, letter for letter, the code of an issuer?"""
    return part in ISSUERS or _TERM.fullmatch(part) is not None


def folded(text: str) -> str:
    """Small letters without marks, d for đ: what a keyboard without Vietnamese makes of it."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(each for each in plain if not unicodedata.combining(each))


def respelt(text: str) -> str | None:
    """The number in the letters it must have: ``23/2015/ND-CP`` -> ``23/2015/NĐ-CP``; None where nothing is wrong.

    Only where exactly one code is written so: HD and HĐ are two kinds, and neither is taken for the other.
    """
    number = read_number(text)
    match = None if number is None else _GRAMMAR.fullmatch(number.printed)
    if number is None or match is None:
        return None
    parts = [_respelt(part) for part in re.split(r"([/-])", match["code"])]
    found = number.printed[: match.start("code")] + "".join(parts)
    return None if found == number.printed else found


def of_slug(name: str) -> str | None:
    """The number a file name was made of, where every part of it is known: ``19-2014-qd-ttg`` -> ``19/2014/QĐ-TTg``."""
    number = unslugged(name)
    match = None if number is None else _GRAMMAR.fullmatch(number)
    if number is None or match is None:
        return None
    parts = [_respelt(canonical_part(part)) for part in match["code"].split("-")]
    if (parts[0] == "L" and match["year"] is None) or parts[0] == "NQLT":
        return None  # 18-L/CTN, 72/2025/NQLT/UBTVQH15-CP: the signs between the parts are lost too
    if not all(map(is_known, parts)) or any(len(_SPELLINGS.get(folded(part), ())) > 1 for part in parts):
        return None
    return number[: match.start("code")] + "-".join(parts)


def unslugged(name: str) -> str | None:
    """A file name's number in the shape of a number, its letters still lost; None where it has no such shape."""
    match = _SLUG.fullmatch(name.split(LOCAL)[0]) if is_slug(name) else None
    if match is None:
        return None
    year = "" if match["year"] is None else f"{match['year']}/"
    return f"{match['serial'].replace('-', '.')}/{year}{match['code']}"


def parts_spelt_alike(text: str) -> tuple[str, ...]:
    """The parts of a number, in small letters, that have đ and that d in its place would make another code (hđ)."""
    parts = (part.casefold() for part in re.split(r"[/-]", normalise(text)))
    return tuple(part for part in parts if "đ" in part and len(_SPELLINGS.get(folded(part), ())) != 1)


def _year(text: str | None) -> int | None:
    return None if text is None else int(text)


def _respelt(part: str) -> str:
    spellings = _SPELLINGS.get(folded(part), ())
    return part if is_known(part) or len(spellings) != 1 else spellings[0]


_CASE: Mapping[str, str] = {each.casefold(): each for each in sorted(KINDS | ISSUERS)}
_SPELLINGS: Mapping[str, tuple[str, ...]] = {
    key: tuple(each for each in sorted(KINDS | ISSUERS) if folded(each) == key) for key in map(folded, KINDS | ISSUERS)
}
