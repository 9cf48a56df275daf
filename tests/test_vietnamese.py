"""Vietnamese order, words without marks, near misses, numbers of legal texts."""

from __future__ import annotations

import random

import pytest

from docctl.law.identity import Names, fits, is_slug, normalise, same_number, slug
from docctl.text.vietnamese import nearest, sort_key, width, without_marks


@pytest.mark.parametrize(
    "ordered",
    [
        ["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "â", "b", "d", "đ", "e", "ê", "o", "ô", "ơ", "u", "ư", "y"],
        ["QT-1", "QT-2", "QT-10"],
        ["dan", "dân", "đan"],
        ["hoa", "hòa", "hóa", "hoan"],
        ["Cấp bản sao", "Cấp lại", "Chứng thực"],
    ],
)
def test_order_of_a_dictionary(ordered: list[str]) -> None:
    shuffled = ordered[:]
    random.Random(1).shuffle(shuffled)
    assert sorted(shuffled, key=sort_key) == ordered


def test_words() -> None:
    assert without_marks("Đường Ưu đãi") == "duong uu dai"
    assert nearest("chu-tic", ["chu-tich", "cc-mot-cua"]) == "chu-tich"
    assert nearest("hoan toan khac", ["chu-tich"]) is None
    assert width("Đăng ký") == 7
    assert width("漢字") == 4


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("19/2014/QĐ-TTg", "19-2014-qd-ttg"),
        ("64/2025/QH15", "64-2025-qh15"),
        ("26/2005/PL-UBTVQH11", "26-2005-pl-ubtvqh11"),
        ("12/2016/TTLT-BLĐTBXH-BGDĐT-BTC", "12-2016-ttlt-bldtbxh-bgddt-btc"),
        ("66.7/2025/NQ-CP", "66-7-2025-nq-cp"),
        ("18-L/CTN", "18-l-ctn"),
        ("TCVN ISO 9001:2015", "tcvn-iso-9001-2015"),
    ],
)
def test_slugs(number: str, name: str) -> None:
    assert slug(number) == name
    assert is_slug(name)
    assert not is_slug(number)
    assert fits(name, number)


def test_numbers_are_compared_as_printed() -> None:
    assert normalise("17/2022/TT-\nBLĐTBXH") == "17/2022/TT-BLĐTBXH"
    assert normalise("61/2018/NĐ\u2013 CP") == "61/2018/NĐ-CP"
    assert same_number("7/2026/TT-BNV", "07/2026/TT-BNV")
    assert same_number("123/2015/NĐ-CP", "123/2015/NĐ- CP")
    assert not same_number("01/2020/HD-X", "01/2020/HĐ-X")
    assert not same_number("1/2020/QĐ-X", "10/2020/QĐ-X")


def test_what_a_citation_may_mean() -> None:
    names = Names(["01-2024-qd-ubnd--long-an", "01-2024-qd-ubnd--ca-mau", "07-2026-tt-bnv", "4033-qd-nhnn--2025"])
    assert names.candidates("01/2024/QĐ-UBND") == ("01-2024-qd-ubnd--ca-mau", "01-2024-qd-ubnd--long-an")
    assert names.candidates("01-2024-qd-ubnd--long-an") == ("01-2024-qd-ubnd--long-an",)
    assert names.candidates("7/2026/TT-BNV") == ("07-2026-tt-bnv",)
    assert names.candidates("8/2026/TT-BNV") == ()
    assert names.candidates("4033/QĐ-NHNN") == ("4033-qd-nhnn--2025",)
