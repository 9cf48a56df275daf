"""Addresses as Vietnamese texts print them: ``dieu_5__khoan_2__diem_dd`` -> ``điểm đ khoản 2 Điều 5``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from docctl.law.address import ANNEX, KEM_THEO, BadAddress, level, parse

_NAMES = {
    "phan": "Phần", "chuong": "Chương", "muc": "Mục", "tieu_muc": "Tiểu mục", "dieu": "Điều", "khoan": "khoản",
    "diem": "điểm", "tiet": "tiết", "mau": "Mẫu số", ANNEX: "Phụ lục",
}  # fmt: skip
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
MOST_ROMAN = 40
_NUMBERED = re.compile(r"([0-9]+)([a-zđ]*)")
_PRINTED_ROMAN = frozenset({"chuong", ANNEX})
_UPPER = frozenset({"mau", ANNEX, "phan", "chuong", "muc"})


@cache
def place(address: str) -> str:
    """The words of an address; an address that cannot be read is shown as it is, the whole text as nothing."""
    try:
        parsed = parse(address)
    except BadAddress:
        return address
    words = " ".join(_unit(unit) for unit in reversed(parsed.units))
    if parsed.heading:
        return f"tên {words or 'văn bản'}"
    return words


def address_in(words: str) -> str | None:
    """The address that a person asks for: as it is, or as texts print it (``khoản 2 Điều 5``); None for neither."""
    from docctl.law.vn.citations import citations

    try:
        parse(words)
    except BadAddress:
        named = [address for each in citations(words) if each.readable and each.resolved for address in each.addresses]
        return named[0] if len(named) == 1 else None
    return words


def places(addresses: Iterable[str]) -> str:
    """Several addresses, separated by semicolons."""
    return "; ".join(place(address) for address in addresses)


def _unit(unit: str) -> str:
    if unit == KEM_THEO:
        return "văn bản ban hành kèm theo"
    if unit == ANNEX:
        return _NAMES[ANNEX]
    name = level(unit)
    label = unit[len(name) + 1 :].replace("dd", "đ")
    numbered = _NUMBERED.fullmatch(label) if name in _PRINTED_ROMAN else None
    if numbered is not None and int(numbered[1]) < MOST_ROMAN:
        return f"{_NAMES[name]} {_roman(int(numbered[1]))}{numbered[2]}"
    return f"{_NAMES[name]} {label.upper() if name in _UPPER else label}"


def _roman(number: int) -> str:
    letters = ""
    for value, letter in _ROMAN:
        while number >= value:
            letters += letter
            number -= value
    return letters
