"""Which known number a misspelt one was meant to be.

A number that could be the number of another text is not taken for a misspelling: 18/2015/NĐ-CP is not 19/2015/NĐ-CP,
TT-BTC is not TT-BCT, 225/QĐ-TTg is not 225/2005/QĐ-TTg. Only what cannot be right is compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from docctl.law.identity import bare, comparable, is_slug, normalise
from docctl.law.vn.numbers import KINDS, canonical_part, folded, is_issuer, is_known, unslugged

FEW = 3
"""So many suggestions at most; more are none."""

_LETTERS_FOR_DIGITS = str.maketrans("OoIl", "0011")
_SHAPE = re.compile(
    r"(?P<serial>(?=[OoIl]*[0-9])[0-9OoIl]{1,6}(?:[.,][0-9]{1,3})?[a-zA-Z]?)"
    r"(?:[/.-](?P<year>(?=[OoIl]*[0-9])[0-9OoIl]{1,6}))?[/.-]?(?P<code>[^\W\d_].*)"
)
_BEHIND = re.compile(r"\s(?:ngày|năm|của|về)\s.*", re.DOTALL)
"""What follows a number in a sentence."""
_FIRST_YEAR = 1945
_AHEAD = 15
"""Of texts so many years younger than the newest known one a register may hear; 2051 is 2015."""
_ALWAYS_DATED = frozenset({"nd", "tt", "ttlt", "nqlt", "pl"})
"""Kinds whose numbers have a year. A decision or a resolution has one only where it is normative."""
_NEVER_DATED = frozenset({"vbhn", "tb", "kh", "bc"})
_SMALL_SERIALS = frozenset({"nd", "tt", "ttlt"})
"""Of these no issuer makes a thousand a year."""
_THOUSAND = 1000
_TERM = re.compile(r"(?P<body>(?:ubtv)?qh)(?P<term>[0-9]{1,2})")
_TERM_YEARS = {
    10: (1997, 2002),
    11: (2002, 2007),
    12: (2007, 2011),
    13: (2011, 2016),
    14: (2016, 2021),
    15: (2021, 2026),
}
_NEVER = {"cp": frozenset({"qd", "tt", "ct"}), "ttg": frozenset({"nd", "tt", "nq"})}
"""Kinds that an issuer does not issue (80/2015/QH13, Điều 4)."""

_EQUAL, _SLIP, _TYPING, _OTHER = range(4)


class _Shape(Struct, frozen=True):
    """A number in parts, however they are written. ``parts`` of the code are folded, ``exact`` as they are written.

    ``same`` is equal for what is the same number; None of a file's name, whose letters are lost.
    """

    serial: str
    year: str | None
    parts: tuple[str, ...]
    exact: tuple[str, ...]
    same: str | None


def near(cited: str, known: Iterable[str]) -> Sequence[str]:
    """The known numbers that a misspelt number or slug may be meant to be, the best first; often none.

    The number itself is never among them. Those that are equally near are all given; of more than ``FEW`` none is.
    """
    here = _shape(cited)
    if here is None:
        return ()
    there = {number: shape for number in known if number != cited and (shape := _shape(number)) is not None}
    latest = max((int(each.year) for each in there.values() if each.year is not None), default=_FIRST_YEAR)
    spoken = {(place > 0, part) for each in there.values() for place, part in enumerate(each.exact)}
    costs: dict[int, list[str]] = {}
    for number, each in there.items():
        cost = None if here.same is not None and here.same == each.same else _cost(here, each, latest, spoken)
        if cost is not None:
            costs.setdefault(cost, []).append(number)
    best = sorted(costs[min(costs)]) if costs else ()
    return tuple(best) if len(best) <= FEW else ()


def one_slip(left: str, right: str) -> bool:
    """Is one letter left out, added, changed, or are two neighbours exchanged (Damerau, distance 0 or 1)?"""
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    at = next((place for place, (one, other) in enumerate(zip(short, long, strict=False)) if one != other), len(short))
    if len(short) != len(long):
        return short[at:] == long[at + 1 :]
    swapped = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or swapped


@lru_cache(maxsize=65536)
def _shape(text: str) -> _Shape | None:
    number = (unslugged(text) or "") if is_slug(text) else normalise(_BEHIND.sub("", bare(text)))
    match = _SHAPE.fullmatch(number)
    if match is None:
        return None
    exact = tuple(canonical_part(part) for part in re.split(r"[/.-]+", match["code"]) if part)
    serial = match["serial"].translate(_LETTERS_FOR_DIGITS).replace(",", ".").casefold()
    year = None if match["year"] is None else match["year"].translate(_LETTERS_FOR_DIGITS)
    return _Shape(serial.lstrip("0") or "0", year, tuple(map(folded, exact)), exact,
                  None if is_slug(text) else comparable(text))  # fmt: skip


def _cost(cited: _Shape, known: _Shape, latest: int, spoken: set[tuple[bool, str]]) -> int | None:
    """How far a known number is, None where the cited one is none of its misspellings. One part may be wrong."""
    code = "".join(cited.parts) == "".join(known.parts)
    serial = cited.serial.replace(".", "") == known.serial.replace(".", "")
    if code and serial and cited.year == known.year:
        return _EQUAL
    if code and serial:
        return _SLIP if _wrong_year(cited, known, latest) else None
    if code and (cited.year or "").lstrip("0") == known.serial and cited.serial == known.year:
        return _SLIP
    if code and cited.year == known.year:
        return _OTHER if _wrong_serial(cited, known) else None
    return _code(cited, known, spoken) if serial and cited.year == known.year else None


def _wrong_year(cited: _Shape, known: _Shape, latest: int) -> bool:
    """Is the year of the cited number missing, too much, or none that can be; and that of the known one like it?"""
    kind = cited.parts[0]
    if cited.year is None:
        return kind in _ALWAYS_DATED or _TERM.fullmatch(kind) is not None
    if known.year is None:
        return kind in _NEVER_DATED
    if len(cited.year) == len(known.year) and _FIRST_YEAR <= int(cited.year) <= latest + _AHEAD:
        return False
    return known.year.endswith(cited.year) if len(cited.year) <= len("15") else one_slip(cited.year, known.year)


def _wrong_serial(cited: _Shape, known: _Shape) -> bool:
    """Is the serial one that cannot be: as large as no text of its kind has it?"""
    digits = re.match(r"[0-9]+", cited.serial)
    too_large = digits is not None and int(digits[0]) >= _THOUSAND and cited.parts[0] in _SMALL_SERIALS
    return too_large and cited.year is not None and one_slip(cited.serial, known.serial)


def _code(cited: _Shape, known: _Shape, spoken: set[tuple[bool, str]]) -> int | None:
    """The same serial and year, other codes."""
    joint = _joint(cited.parts, known.parts)
    if joint is not None:
        return joint
    if len(cited.parts) == len(known.parts):
        return _one_part(cited, known, spoken)
    return _OTHER if _part_missing(cited, known) else None


def _joint(cited: tuple[str, ...], known: tuple[str, ...]) -> int | None:
    """A joint circular cited as a circular, or with other partners.

    The first issuer counts its serials: 04/2013/TTLT-BKHĐT-… and 04/2013/TTLT-BNNPTNT-… are two texts.
    """
    if len(cited) == 1 or cited[0] not in ("tt", "ttlt"):
        return None
    several, single = len(cited) > len(("tt", "btc")), len(known) == len(("tt", "btc"))
    if known[0] == "ttlt" and cited[1:] == known[1:]:
        return _SLIP
    if known[0] == "tt" and single and cited == ("ttlt", *known[1:]):
        return _SLIP
    return _OTHER if known[0] == "ttlt" and cited[1:2] == known[1:2] and (several or cited[0] == "ttlt") else None


def _one_part(cited: _Shape, known: _Shape, spoken: set[tuple[bool, str]]) -> int | None:
    wrong = [place for place, (one, other) in enumerate(zip(cited.parts, known.parts, strict=True)) if one != other]
    if len(wrong) != 1:
        return None
    here, there, exact = cited.parts[wrong[0]], known.parts[wrong[0]], cited.exact[wrong[0]]
    real = is_issuer(exact) if wrong[0] else is_known(exact)
    if one_slip(here, there) and not real and (wrong[0] > 0, exact) not in spoken:
        return _TYPING
    if one_slip(here, there) and _other_term(here, there, cited.year):
        return _TYPING
    return _OTHER if _cannot_be(cited.parts) and not _cannot_be(known.parts) else None


def _other_term(cited: str, known: str, year: str | None) -> bool:
    """Does a number name a National Assembly that did not sit in its year?"""
    here, there = _TERM.fullmatch(cited), _TERM.fullmatch(known)
    if here is None or there is None or here["body"] != there["body"] or year is None:
        return False
    first, last = _TERM_YEARS.get(int(here["term"]), (0, 0) if int(here["term"]) < min(_TERM_YEARS) else (2026, 9999))
    return not first <= int(year) <= last


def _cannot_be(parts: tuple[str, ...]) -> bool:
    """Does nobody issue such a thing: a decree of a ministry, a decision of the Government?"""
    if len(parts) == 1:
        return False
    return parts[0] in _NEVER.get(parts[1], ()) or (parts[0] == "nd" and parts[1] != "cp")


def _part_missing(cited: _Shape, known: _Shape) -> bool:
    """Is the kind left out or too much, or, in a number without year, the department?"""
    one, other = sorted((cited, known), key=lambda each: len(each.parts))
    if other.exact[0] in KINDS and one.parts == other.parts[1:]:
        return True
    return cited.year is None and one.exact[0] in KINDS and len(one.parts) > 1 and one.parts == other.parts[:-1]
