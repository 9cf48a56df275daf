"""Who issued a text: one body under its several names, the place of a local one, and the file name of a new text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Sequence
from datetime import date
from itertools import count

from docctl.law.identity import LOCAL, has_year, is_local, slug
from docctl.law.vn.names import fold
from docctl.law.vn.numbers import parts_spelt_alike

_SHORT = (
    (r"ubnd", "ủy ban nhân dân"), (r"hđnd", "hội đồng nhân dân"), (r"tp\.?\s?hcm", "thành phố hồ chí minh"),
    (r"tp\.", "thành phố "), (r"tp(?=\s)", "thành phố"), (r"uỷ ban", "ủy ban"),
)  # fmt: skip
_BODY = re.compile(r"(?:chủ tịch\s+)?(?:ủy ban nhân dân|hội đồng nhân dân)\s+(?P<places>.+)")
_LEVEL = re.compile(r"(?:tỉnh|thành phố|thị xã|thị trấn|huyện|quận|phường|xã|đặc khu)\s+(?=\D)")
_BETWEEN = re.compile(r" ?[,;] ?| (?=(?:tỉnh|thành phố|thị xã|huyện|quận) )")


def full_name(issuer: str) -> str:
    """An issuer in small letters, abbreviations in full: ``UBND TP. Huế`` -> ``ủy ban nhân dân thành phố huế``."""
    name = " ".join(fold(unicodedata.normalize("NFC", issuer)).split())
    for short, long in _SHORT:
        name = re.sub(rf"\b(?:{short})(?!\w)" if not short.endswith(r"\.") else rf"\b{short}", long, name)
    return " ".join(name.split())


def same_issuer(left: str, right: str) -> bool:
    """Do two names mean one body? Names that were given up (Bộ Kế hoạch và Đầu tư) are other bodies."""
    return full_name(left) == full_name(right)


def place_of(issuer: str) -> str | None:
    """The place of a local body as file names have it: ``UBND tỉnh Long An`` -> ``long-an``; None where it has none."""
    match = _BODY.fullmatch(full_name(issuer))
    if match is None:
        return None
    places = [_LEVEL.sub("", part.strip(), count=1) for part in _BETWEEN.split(match["places"])]
    return "-".join(filter(None, (slug(word) for place in places for word in re.split(r"\W+", place)))) or None


def free_slug(number: str, issuers: Sequence[str], issued: date | None, taken: Container[str]) -> str:
    """The file name of a new text (docs/formats.md), one that is not taken: ``01-2024-qd-ubnd--long-an``.

    Local texts add their place, texts without a year the year of ``issued``. Where that name is taken, what tells the
    number apart is added: đ written dd where d is another kind (``01-hd-bnv--hdd``), the day, at last a count.
    ``taken`` are all names ever used in the register. Raises ``ValueError`` for a number without letters or digits.
    """
    base = slug(number)
    if not base:
        raise ValueError(number)
    return next(name for tail in _tails(number, issuers, issued) if (name := base + tail) not in taken)


def _tails(number: str, issuers: Sequence[str], issued: date | None) -> Iterator[str]:
    """What may stand behind the number, the shortest first; without end."""
    place = next(filter(None, map(place_of, issuers)), None) if is_local(number) else None
    year = None if issued is None or has_year(number) else str(issued.year)
    spelt = "-".join(slug(part.replace("đ", "dd")) for part in parts_spelt_alike(number))
    day = None if issued is None else issued.isoformat()
    usual = [each for each in (place, year) if each]
    yield _tail(usual)
    if spelt:
        yield _tail([spelt, *usual])
    dated = [each for each in (place, day) if each]
    if day is not None:
        yield _tail(dated)
    for more in count(2):
        yield _tail([*usual, str(more)])


def _tail(parts: Sequence[str]) -> str:
    return LOCAL + "-".join(parts) if parts else ""
