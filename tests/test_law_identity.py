"""Which text is meant: numbers in every form, misspelt ones, names, consolidated texts, and the names of new files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import docctl
from docctl.law.identity import comparable, fits, is_local, is_slug, normalise, same_number, slug
from docctl.law.naming import Known
from docctl.law.register import Register
from docctl.law.vn.issuers import free_slug, place_of, same_issuer
from docctl.law.vn.near import FEW, near, one_slip
from docctl.law.vn.numbers import ISSUERS, KINDS, Number, canonical, of_slug, read_number, respelt
from docctl.law.vn.titles import names_of, parted
from docctl.model.legal_text import LegalText

# -- numbers taken apart --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "printed", "serial", "year", "kind", "issuers"),
    [
        ("7/2026/TT-BNV", "7/2026/TT-BNV", "7", 2026, "TT", "BNV"),
        ("07/2026/TT-BNV", "07/2026/TT-BNV", "7", 2026, "TT", "BNV"),
        ("66.7/2025/NQ-CP", "66.7/2025/NQ-CP", "66.7", 2025, "NQ", "CP"),
        ("02a/2015/TT-BTP", "02a/2015/TT-BTP", "2a", 2015, "TT", "BTP"),
        ("12/2016/TTLT-BLĐTBXH-BGDĐT-BTC", "12/2016/TTLT-BLĐTBXH-BGDĐT-BTC", "12", 2016, "TTLT", "BLĐTBXH BGDĐT BTC"),
        ("72/2025/NQLT/UBTVQH15-CP", "72/2025/NQLT/UBTVQH15-CP", "72", 2025, "NQLT", "UBTVQH15 CP"),
        ("19/VBHN-VPQH", "19/VBHN-VPQH", "19", None, "VBHN", "VPQH"),
        ("225/QĐ-BLĐTBXH", "225/QĐ-BLĐTBXH", "225", None, "QĐ", "BLĐTBXH"),
        ("4033/QĐ-NHNN", "4033/QĐ-NHNN", "4033", None, "QĐ", "NHNN"),
        ("18-L/CTN", "18-L/CTN", "18", None, "L", "CTN"),
        ("01-NQ/TW", "01-NQ/TW", "1", None, "NQ", "TW"),
        ("26/2005/PL-UBTVQH11", "26/2005/PL-UBTVQH11", "26", 2005, "PL", "UBTVQH11"),
        ("64/2025/QH15", "64/2025/QH15", "64", 2025, "", "QH15"),
        ("2103/BNN-VP", "2103/BNN-VP", "2103", None, "", "BNN VP"),
        ("TCVN ISO 9001:2015", "TCVN ISO 9001:2015", "ISO 9001", 2015, "TCVN", ""),
        ("QCVN 01:2008/BTNMT", "QCVN 01:2008/BTNMT", "01", 2008, "QCVN", "BTNMT"),
        # as scanning, portals and keyboards leave them
        (unicodedata.normalize("NFD", "17/2022/TT-BLĐTBXH"), "17/2022/TT-BLĐTBXH", "17", 2022, "TT", "BLĐTBXH"),
        ("23/2015/NĐ- CP", "23/2015/NĐ-CP", "23", 2015, "NĐ", "CP"),
        ("32 /2026/TT- NHNN", "32/2026/TT-NHNN", "32", 2026, "TT", "NHNN"),
        ("17/2022/TT-\nBLĐTBXH", "17/2022/TT-BLĐTBXH", "17", 2022, "TT", "BLĐTBXH"),
        ("23/2015/NĐ\u2013CP", "23/2015/NĐ-CP", "23", 2015, "NĐ", "CP"),
        ("23/2015/NĐ-\u00adCP", "23/2015/NĐ-CP", "23", 2015, "NĐ", "CP"),
        ("23/2015/N\u00d0-CP", "23/2015/NĐ-CP", "23", 2015, "NĐ", "CP"),
        ("19/2014/qđ-ttg", "19/2014/QĐ-TTg", "19", 2014, "QĐ", "TTg"),
        ("19/2014/QĐ-TTG", "19/2014/QĐ-TTg", "19", 2014, "QĐ", "TTg"),
        ("23/2015/nđ-cp", "23/2015/NĐ-CP", "23", 2015, "NĐ", "CP"),
        ("số 23/2015/NĐ-CP;", "23/2015/NĐ-CP", "23", 2015, "NĐ", "CP"),
        ("Số: 23/2015/NĐ-CP.", "23/2015/NĐ-CP", "23", 2015, "NĐ", "CP"),
        ("\uff12\uff13\uff0f2015/NĐ-CP", "23/2015/NĐ-CP", "23", 2015, "NĐ", "CP"),
        ("(23/2015/NĐ-CP)", "23/2015/NĐ-CP", "23", 2015, "NĐ", "CP"),
        ("tcvn  iso 9001:2015.", "TCVN ISO 9001:2015", "ISO 9001", 2015, "TCVN", ""),
    ],
)
def test_numbers_are_taken_apart(
    text: str, printed: str, serial: str, year: int | None, kind: str, issuers: str
) -> None:
    assert read_number(text) == Number(printed, serial, year, kind, tuple(issuers.split()))
    assert same_number(text, printed)


@pytest.mark.parametrize(
    "text", ["", "NĐ-CP", "abc", "23/2015", "01/2012/NQLT/CP-", "điều 5", "2015", "///", "\u0662\u0663/2015/NĐ-CP"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert read_number(text) is None


def test_letters_that_were_lost_come_back_only_where_one_code_has_them() -> None:
    assert respelt("23/2015/ND-CP") == "23/2015/NĐ-CP"
    assert respelt("17/2022/TT-BLDTBXH") == "17/2022/TT-BLĐTBXH"
    assert respelt("05/2023/nq-hdnd") == "05/2023/NQ-HĐND"
    for right in ("01/HD-BNV", "01/HĐ-BNV", "05/2020/TT-BVHTTDL", "23/2015/NĐ-CP", "1/QĐ-BCDXYZ", "words"):
        assert respelt(right) is None
    assert of_slug("19-2014-qd-ttg") == "19/2014/QĐ-TTg"
    assert of_slug("66-7-2025-nq-cp") == "66.7/2025/NQ-CP"
    assert of_slug("01-2024-qd-ubnd--long-an") == "01/2024/QĐ-UBND"
    for lost in ("01-hd-bnv--2025", "18-l-ctn", "1-2020-qd-xyz", "tcvn-iso-9001-2015", "19/2014/QĐ-TTg"):
        assert of_slug(lost) is None


CODES = st.sampled_from((
    "NĐ-CP", "QĐ-TTg", "TT-BNV", "TTLT-BLĐTBXH-BGDĐT-BTC", "QH15", "UBTVQH13", "PL-UBTVQH11", "VBHN-VPQH", "QĐ-UBND",
    "HD-BNV", "HĐ-BNV",
))  # fmt: skip
SERIALS = st.one_of(st.integers(1, 9999).map(str), st.sampled_from(("07", "066.7", "02a", "001")))


@st.composite
def numbers(draw: st.DrawFn) -> str:
    year = draw(st.one_of(st.just(""), st.integers(1946, 2030).map(lambda year: f"/{year}")))
    return f"{draw(SERIALS)}{year}/{draw(CODES)}"


PRINTED: Sequence[Callable[[str], str]] = (
    str.lower, str.upper, lambda text: unicodedata.normalize("NFD", text), lambda text: text.replace("-", " \u2013\n"),
    lambda text: text.replace("/", " / "), lambda text: f"số {text}.", lambda text: f"{text} ;",
    lambda text: text.replace("Đ", "\u00d0"), lambda text: f"“{text}”,", lambda text: text.replace("-", "\u2011"),
)  # fmt: skip


@given(st.text())
@example("( số (1/2")
@example("A \u0301-")
@example("số số 1")
@example("1--\u00ad-2\u200b")
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert canonical(canonical(text)) == canonical(text)
    assert comparable(canonical(text)) == comparable(text)


@given(numbers(), st.sampled_from(PRINTED), st.sampled_from(PRINTED), st.integers(0, 3))
def test_what_printing_varies_makes_no_other_number(number: str, once: Any, again: Any, zeros: int) -> None:
    varied = again(once("0" * zeros + number))
    assert same_number(number, varied)
    read, other = read_number(number), read_number(varied)
    assert read is not None
    assert other is not None
    assert (read.serial, read.year, read.kind, read.issuers) == (other.serial, other.year, other.kind, other.issuers)
    assert fits(slug(number), varied)


# -- near misses -----------------------------------------------------------------------------------

KNOWN = (
    "23/2015/NĐ-CP", "19/2015/NĐ-CP", "123/2015/NĐ-CP", "12/2016/TTLT-BLĐTBXH-BGDĐT-BTC", "07/2026/TT-BNV",
    "19/2014/QĐ-TTg", "64/2025/QH15", "66.7/2025/NQ-CP", "4033/QĐ-NHNN", "17/2022/TT-BLĐTBXH", "21/VBHN-NHNN",
    "01/2014/NQLT-CP-UBTƯMTTQVN", "18-L/CTN", "225/2005/QĐ-TTg", "05/HĐ-BNV", "2655/QĐ-BNN-PC", "50/2020/TT-BTC",
    "1912/NQ-UBTVQH15",
)  # fmt: skip


@pytest.mark.parametrize(
    ("cited", "meant"),
    [
        # letters without their marks
        ("23/2015/ND-CP", "23/2015/NĐ-CP"), ("19/2014/QD-TTg", "19/2014/QĐ-TTg"),
        ("4033/QD-NHNN", "4033/QĐ-NHNN"), ("17/2022/TT-BLDTBXH", "17/2022/TT-BLĐTBXH"),
        ("01/2014/NQLT-CP-UBTUMTTQVN", "01/2014/NQLT-CP-UBTƯMTTQVN"), ("5/HD-BNV", "05/HĐ-BNV"),
        # the year: missing, in two digits, digits exchanged, in the place of the serial, where there is none
        ("23/NĐ-CP", "23/2015/NĐ-CP"), ("23/15/NĐ-CP", "23/2015/NĐ-CP"), ("23/2051/NĐ-CP", "23/2015/NĐ-CP"),
        ("2015/23/NĐ-CP", "23/2015/NĐ-CP"), ("23/215/NĐ-CP", "23/2015/NĐ-CP"), ("21/2024/VBHN-NHNN", "21/VBHN-NHNN"),
        ("64/QH15", "64/2025/QH15"),
        # signs
        ("23/2015/NĐCP", "23/2015/NĐ-CP"), ("23/2015NĐ-CP", "23/2015/NĐ-CP"), ("667/2025/NQ-CP", "66.7/2025/NQ-CP"),
        ("18/L-CTN", "18-L/CTN"), ("23-2015-NĐ-CP", "23/2015/NĐ-CP"), ("66,7/2025/NQ-CP", "66.7/2025/NQ-CP"),
        # one typing error in a code that is none
        ("07/2026/TT-BNVV", "07/2026/TT-BNV"), ("07/2026/TTT-BNV", "07/2026/TT-BNV"),
        ("17/2022/TT-BLĐTXBH", "17/2022/TT-BLĐTBXH"), ("1912/NQ-UBTVQH1", "1912/NQ-UBTVQH15"),
        # digits that are letters, or that no such number has
        ("O7/2026/TT-BNV", "07/2026/TT-BNV"), ("l9/2014/QĐ-TTg", "19/2014/QĐ-TTg"),
        ("1233/2015/NĐ-CP", "123/2015/NĐ-CP"),
        # what nobody issues
        ("19/2014/QĐ-CP", "19/2014/QĐ-TTg"), ("23/2015/QĐ-CP", "23/2015/NĐ-CP"), ("64/2025/QH14", "64/2025/QH15"),
        ("12/2016/TT-BLĐTBXH-BGDĐT-BTC", "12/2016/TTLT-BLĐTBXH-BGDĐT-BTC"),
        ("12/2016/TTLT-BLĐTBXH", "12/2016/TTLT-BLĐTBXH-BGDĐT-BTC"), ("50/2020/TTLT-BTC", "50/2020/TT-BTC"),
        ("12/2016/TTLT-BLĐTBXH-BTC-BGDĐT", "12/2016/TTLT-BLĐTBXH-BGDĐT-BTC"),
        # a part too few or too many
        ("2655/QĐ-BNN", "2655/QĐ-BNN-PC"), ("64/2025/L-QH15", "64/2025/QH15"), ("19/2014/TTg", "19/2014/QĐ-TTg"),
        # with words, or as the name of a file
        ("Nghị định 23/2015/ND-CP", "23/2015/NĐ-CP"), ("23/2015/NĐ-CP ngày 16/02/2015", "23/2015/NĐ-CP"),
        ("23-2015-ndd-cp", "23/2015/NĐ-CP"),
        ("23-2015-nd-cpp", "23/2015/NĐ-CP"),
    ],
)  # fmt: skip
def test_misspelt_numbers(cited: str, meant: str) -> None:
    assert near(cited, KNOWN)[:1] == (meant,)
    assert not same_number(cited, meant)


@pytest.mark.parametrize(
    "cited",
    [
        "18/2015/NĐ-CP", "24/2015/NĐ-CP", "23/2016/NĐ-CP", "32/2015/NĐ-CP", "23/2015/NQ-CP",  # other texts
        "07/2026/TT-BNN", "50/2020/TT-BCT", "07/2026/TB-BNV", "07/2026/QĐ-BNV", "12/2016/TT-BLĐTBXH",
        "12/2016/TTLT-BTC-BLĐTBXH-BGDĐT", "225/QĐ-TTg", "19/QĐ-TTg", "4033/2025/QĐ-NHNN", "64/2024/QH15",
        "22/VBHN-NHNN", "19/2030/NĐ-CP", "123/2012/NĐ-CP", "", "Luật Hộ tịch", "TCVN ISO 9001:2015", "/", "a/b/c",
    ],
)  # fmt: skip
def test_numbers_of_other_texts_are_no_misspellings(cited: str) -> None:
    assert near(cited, KNOWN) == ()


def test_what_is_as_near_is_all_given() -> None:
    assert near("19/2014/CP", ("19/2014/NĐ-CP", "19/2014/NQ-CP")) == ("19/2014/NQ-CP", "19/2014/NĐ-CP")
    assert len(near("5/NĐ-CP", [f"05/{year}/NĐ-CP" for year in range(2000, 2000 + FEW)])) == FEW
    assert near("5/NĐ-CP", [f"05/{year}/NĐ-CP" for year in range(2000, 2001 + FEW)]) == ()
    assert near("07/2026/TT-BNQ", ("07/2026/TT-BNV", "07/2026/TT-BNQ")) == ("07/2026/TT-BNV",)


@given(st.one_of(numbers(), st.text(max_size=20)), st.lists(numbers(), max_size=6), st.sampled_from(PRINTED))
def test_the_number_itself_is_never_suggested(cited: str, known: list[str], varied: Any) -> None:
    suggested = near(cited, [*known, cited, varied(cited)])
    assert not any(same_number(cited, each) for each in suggested)
    assert set(suggested) <= {*known, varied(cited)}
    assert len(suggested) <= FEW


@given(st.text("abđ", max_size=5), st.text("abđ", max_size=5))
def test_one_slip_against_the_definition(left: str, right: str) -> None:
    letters = "abđ"
    places = range(len(left) + 1)
    reached = {
        left,
        *(left[:at] + left[at + 1 :] for at in places),
        *(left[:at] + letter + left[at:] for at in places for letter in letters),
        *(left[:at] + letter + left[at + 1 :] for at in places[:-1] for letter in letters),
        *(left[:at] + left[at + 1] + left[at] + left[at + 2 :] for at in range(len(left) - 1)),
    }
    assert one_slip(left, right) == (right in reached)


# -- the register ---------------------------------------------------------------------------------


def text(number: str, **more: Any) -> LegalText:
    tree = {"number": number, "kind": "decree", "title": "…", **more}
    return LegalText.from_tree(tree)


def register(texts: Mapping[str, LegalText]) -> Register:
    return Register(texts, {name: f"legal/{name}.yaml" for name in texts})


LONG_AN = text("01/2024/QĐ-UBND", issuer=["Ủy ban nhân dân tỉnh Long An"], issued="2024-01-05")
CA_MAU = text("01/2024/QĐ-UBND", issuer=["UBND tỉnh Cà Mau"], issued="2024-01-09")


def test_texts_of_one_number_are_told_apart_by_what_else_is_known() -> None:
    found = register({
        "01-2024-qd-ubnd--long-an": LONG_AN, "01-2024-qd-ubnd--ca-mau": CA_MAU,
        "4033-qd-nhnn--2025": text("4033/QĐ-NHNN", issued="2025-12-25", issuer=["Ngân hàng Nhà nước Việt Nam"]),
        "4033-qd-nhnn--2019": text("4033/QĐ-NHNN", issued="2019-05-02"),
        "19-2014-qd-ttg": text("19/2014/QĐ-TTg", issued="2014-03-05", issuer=["Thủ tướng Chính phủ"]),
    })  # fmt: skip
    both = ("01-2024-qd-ubnd--ca-mau", "01-2024-qd-ubnd--long-an")
    assert found.meant("1/2024/qđ-ubnd") == found.resolve("01/2024/QĐ-UBND") == both
    assert found.resolve("01/2024/QĐ-UBND", issuer="UBND tỉnh Long An") == both[1:]
    assert found.resolve("01/2024/QĐ-UBND", issued=date(2024, 1, 9)) == both[:1]
    assert found.resolve("01/2024/QĐ-UBND", issuer="UBND tỉnh Bắc Kạn") == ()
    assert found.resolve("01/2024/QĐ-UBND", year=2024) == both
    assert found.resolve("4033/QĐ-NHNN", year=2025) == ("4033-qd-nhnn--2025",)
    assert found.resolve("4033/QĐ-NHNN", issued=date(2019, 5, 2)) == ("4033-qd-nhnn--2019",)
    assert found.resolve("4033/QĐ-NHNN", issued=date(2020, 5, 2)) == ()
    assert found.resolve("4033/QĐ-NHNN", issuer="ngân hàng nhà nước Việt Nam") == ("4033-qd-nhnn--2025",)
    # the number is enough: 20/2026/NQ-CP misprints the day of 19/2014/QĐ-TTg
    assert found.resolve("19/2014/QĐ-TTg", issued=date(2014, 3, 3), issuer="Bộ Nội vụ") == ("19-2014-qd-ttg",)
    assert found.resolve("4033-qd-nhnn--2019", year=2025) == ("4033-qd-nhnn--2019",)
    assert found.resolve("5/2020/NĐ-CP") == ()


def test_of_texts_that_were_not_read_the_file_name_is_asked() -> None:
    found = Known({}, ["4033-qd-nhnn--2025", "4033-qd-nhnn--2019", "23-2015-nd-cp", "01-hd-bnv"])
    assert found.resolve("4033/QĐ-NHNN", year=2019) == ("4033-qd-nhnn--2019",)
    assert found.resolve("4033/QĐ-NHNN", issued=date(2025, 1, 1)) == ("4033-qd-nhnn--2025",)
    assert found.meant("23/2015/NĐ-CP") == ("23-2015-nd-cp",)
    assert found.meant("23/2015/ND-CP") == (), "Đ is not D"
    assert found.near("23/2015/ND-CP") == ("23/2015/NĐ-CP",), "as it is printed"
    assert found.meant("01/HD-BNV") == found.meant("01/HĐ-BNV") == ("01-hd-bnv",)
    assert Known({}, []).near("23/2015/ND-CP") == ("23/2015/NĐ-CP",), "the letters can be known without the text"


def test_two_kinds_on_one_slug() -> None:
    found = register({"01-hd-bnv--2025": text("01/HD-BNV"), "01-hd-bnv--hdd-2025": text("01/HĐ-BNV")})
    assert found.meant("01/HD-BNV") == ("01-hd-bnv--2025",)
    assert found.meant("01/HĐ-BNV") == ("01-hd-bnv--hdd-2025",)


LAWS = {
    "61-2020-qh14": text("61/2020/QH14", kind="law", title="Luật Đầu tư", issued="2020-06-17"),
    "67-2014-qh13": text("67/2014/QH13", kind="law", title="Đầu tư", issued="2014-11-26"),
    "39-2019-qh14": text("39/2019/QH14", kind="law", title="LUẬT ĐẦU TƯ CÔNG"),
    "22-2023-qh15": text("22/2023/QH15", kind="law", title="Luật Đấu thầu năm 2023", issued="2023-06-23"),
    "91-2015-qh13": text("91/2015/QH13", kind="code", title="Bộ luật Dân sự"),
    "60-2014-qh13": text("60/2014/QH13", kind="law", title="Hộ tịch", aliases=["Luật Hộ tịch (sửa đổi)"]),
    "18-2013-hp": text("18/2013/L-CTN", kind="constitution", title="Hiến pháp nước CHXHCN Việt Nam",
                       issued="2013-11-28"),
    "31-2021-nd-cp": text("31/2021/NĐ-CP", title="Luật Đầu tư"),
    "1-2020-qh14": text("1/2020/QH14", kind="law", title="Hóa chất", stub=True),
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "year", "issued", "meant"),
    [
        ("Luật Đầu tư năm 2020", None, None, "61-2020-qh14"), ("Luật Đầu tư", 2014, None, "67-2014-qh13"),
        ("luật  đầu tư", None, None, "61-2020-qh14 67-2014-qh13"), ("Luật Đầu tư", 2005, None, ""),
        ("Luật Đầu tư công", None, None, "39-2019-qh14"), ("LUẬT ĐẦU TƯ CÔNG NĂM 2019", None, None, "39-2019-qh14"),
        ("Luật Đầu tư công", 2024, None, ""), ("Luật Đầu", None, None, ""), ("Đầu tư", None, None, ""),
        ("Luật Đấu thầu ngày 23 tháng 6 năm 2023", None, None, "22-2023-qh15"),
        ("Luật Đấu thầu", None, date(2023, 6, 23), "22-2023-qh15"), ("Luật Đấu thầu", None, date(2023, 6, 24), ""),
        ("Luật Đấu thầu", 2013, None, ""), ("Bộ luật Dân sự", None, None, "91-2015-qh13"),
        ("Bộ Luật Dân sự năm 2015", None, None, "91-2015-qh13"), ("Luật Dân sự", None, None, ""),
        ("Luật Hộ tịch", None, None, "60-2014-qh13"), ("Pháp lệnh Hộ tịch", None, None, ""),
        ("Hiến pháp năm 2013", None, None, "18-2013-hp"), ("Hiến pháp", 1992, None, ""),
        ("Luật Hoá chất", None, None, "1-2020-qh14"), ("Luật", None, None, ""), ("", None, None, ""),
        (unicodedata.normalize("NFD", "Luật Đầu tư năm 2020"), None, None, "61-2020-qh14"),
    ],
)  # fmt: skip
def test_laws_by_name(name: str, year: int | None, issued: date | None, meant: str) -> None:
    assert register(LAWS).by_name(name, year, issued) == tuple(meant.split())


def test_names_in_parts() -> None:
    assert parted("Luật Đầu tư năm 2020") == ("luật đầu tư", 2020, None)
    assert parted("Luật Đấu thầu, ngày 23/6/2023") == ("luật đấu thầu", None, date(2023, 6, 23))
    assert parted("Luật Đất đai (sửa đổi) năm 2024") == ("luật đất đai", 2024, None)
    assert names_of("law", ["Hộ tịch", "Bộ luật Lao động", "Luật Giá 2023"]) == {
        ("luật hộ tịch", None), ("luật giá", 2023),
    }  # fmt: skip


def consolidated(number: str, issued: str, *events: str) -> dict[str, Any]:
    return {"number": number, "issued": issued, "events": list(events)}


def test_a_consolidated_text_means_its_base() -> None:
    base = text("39/2016/TT-NHNN", consolidated_by=[consolidated("21/VBHN-NHNN", "2024-07-01", "06-2023-tt-nhnn#e1")])
    assert base.consolidated_by[0].events == ("06-2023-tt-nhnn#e1",)
    own = text("21/VBHN-NHNN", kind="consolidated", issued="2024-07-01")
    other = text("21/VBHN-NHNN", kind="consolidated", issued="2026-02-03")
    found = register({"39-2016-tt-nhnn": base, "21-vbhn-nhnn--2024": own})
    for cited in ("21/VBHN-NHNN", "21/vbhn-nhnn", "021/VBHN-NHNN", "21-vbhn-nhnn--2024"):
        assert found.meant(cited) == ("39-2016-tt-nhnn",), cited
    assert register({"39-2016-tt-nhnn": base}).meant("21-vbhn-nhnn--2024") == ("39-2016-tt-nhnn",)
    assert register({"39-2016-tt-nhnn": base}).meant("21-vbhn-nhnn--2026") == ()
    assert register({"21-vbhn-nhnn--2024": own}).meant("21/VBHN-NHNN") == ("21-vbhn-nhnn--2024",)
    # the same number of another year has no base: two texts are meant
    both = register({"39-2016-tt-nhnn": base, "21-vbhn-nhnn--2026": other})
    assert both.meant("21/VBHN-NHNN") == ("21-vbhn-nhnn--2026", "39-2016-tt-nhnn")
    assert both.resolve("21/VBHN-NHNN", year=2024) == ("39-2016-tt-nhnn",)
    assert both.resolve("21/VBHN-NHNN", issued=date(2026, 2, 3)) == ("21-vbhn-nhnn--2026",)


def test_a_number_of_a_consolidated_text_comes_back() -> None:
    found = register({
        "59-2020-qh14": text("59/2020/QH14", consolidated_by=[consolidated("19/VBHN-VPQH", "2020-07-01")]),
        "61-2020-qh14": text("61/2020/QH14", consolidated_by=[consolidated("19/VBHN-VPQH", "2026-01-05")]),
    })  # fmt: skip
    assert found.meant("19/VBHN-VPQH") == ("59-2020-qh14", "61-2020-qh14")
    assert found.resolve("19/VBHN-VPQH", year=2026) == ("61-2020-qh14",)
    assert found.resolve("19/VBHN-VPQH", issued=date(2020, 7, 1)) == ("59-2020-qh14",)


# -- the names of new files --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "issuer", "issued", "taken", "name"),
    [
        ("19/2014/QĐ-TTg", "Thủ tướng Chính phủ", "2014-03-05", "", "19-2014-qd-ttg"),
        ("01/2024/QĐ-UBND", "UBND tỉnh Long An", "2024-01-05", "", "01-2024-qd-ubnd--long-an"),
        ("05/2023/NQ-HĐND", "Hội đồng nhân dân thành phố Hà Nội", None, "", "05-2023-nq-hdnd--ha-noi"),
        ("4033/QĐ-NHNN", "Ngân hàng Nhà nước Việt Nam", "2025-12-25", "", "4033-qd-nhnn--2025"),
        ("4033/QĐ-NHNN", "", "2025-12-25", "4033-qd-nhnn--2025", "4033-qd-nhnn--2025-12-25"),
        ("45/QĐ-UBND", "UBND xã Cần Đước, tỉnh Tây Ninh", "2025-08-01", "", "45-qd-ubnd--can-duoc-tay-ninh-2025"),
        ("01/HĐ-BNV", "Bộ Nội vụ", "2025-01-03", "01-hd-bnv--2025", "01-hd-bnv--hdd-2025"),
        ("01/HD-BNV", "Bộ Nội vụ", "2025-01-03", "01-hd-bnv--2025", "01-hd-bnv--2025-01-03"),
        ("19/2014/QĐ-TTg", "", None, "19-2014-qd-ttg 19-2014-qd-ttg--2", "19-2014-qd-ttg--3"),
    ],
)
def test_names_of_new_files(number: str, issuer: str, issued: str | None, taken: str, name: str) -> None:
    day = None if issued is None else date.fromisoformat(issued)
    assert free_slug(number, [issuer], day, taken.split()) == name


def test_numbers_of_local_bodies() -> None:
    for code in ("QĐ-UBND", "NQ-HĐND", "CT-UBND", "QĐ-UB", "NQ-HĐND16", "QĐ-UBND.HC", "UBND-NC", "QĐ-CTUBND"):
        assert is_local(f"12/2010/{code}"), code
    for code in ("QĐ-UBDT", "QĐ-UBANHK", "NQ-HĐTP", "TT-BTC", "UBTVQH13"):
        assert not is_local(f"12/2010/{code}"), code


def test_places_of_local_bodies() -> None:
    places = {
        "UBND TP. Hồ Chí Minh": "ho-chi-minh", "UBND TP.HCM": "ho-chi-minh", "HĐND Thành phố Huế": "hue",
        "Uỷ ban nhân dân huyện Đức Hòa, tỉnh Long An": "duc-hoa-long-an", "UBND quận 3 TP.HCM": "quan-3-ho-chi-minh",
        "Chủ tịch UBND tỉnh Bà Rịa - Vũng Tàu": "ba-ria-vung-tau", "Bộ Nội vụ": None, "": None,
    }  # fmt: skip
    assert {name: place_of(name) for name in places} == places
    assert same_issuer("UBND tỉnh Long An", "Uỷ  ban nhân dân tỉnh Long An")
    assert not same_issuer("UBND tỉnh Long An", "UBND tỉnh Tây Ninh")


@given(
    st.one_of(numbers(), st.text(min_size=1)),
    st.sampled_from(("", "UBND tỉnh Long An", "UBND phường 12, quận 3, TP.HCM", "Bộ Nội vụ", "Ủy ban nhân dân ?, !")),
    st.one_of(st.none(), st.dates(date(1946, 1, 1), date(2099, 12, 31))),
    st.integers(0, 9),
)
def test_a_free_name_is_a_slug_that_fits_and_is_not_taken(
    number: str, issuer: str, issued: date | None, before: int
) -> None:
    if not slug(number):
        with pytest.raises(ValueError, match=re.escape(number)):
            free_slug(number, [issuer], issued, ())
        return
    taken: list[str] = []
    for _time in range(before + 1):
        name = free_slug(number, [issuer], issued, taken)
        assert is_slug(name)
        assert fits(name, number)
        assert name not in taken
        assert name == free_slug(number, [issuer], issued, taken)
        taken.append(name)


# -- as commands and rules say it --------------------------------------------------------------------


def test_what_looks_numbers_up_reads_no_grammar() -> None:
    code = (
        "import sys\nfrom docctl.law.naming import Known\n"
        "assert Known({}, ['23-2015-nd-cp', '64-2025-qh15']).meant('23/2015/NĐ-CP')\n"
        "assert Known({}, ['64-2025-qh15']).meant('64/2025/QH15')\n"
        "sys.exit(any(name.startswith(('docctl.law.vn', 'docctl.model.legal_text')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


BASE = Path(__file__).parent / "rules" / "base"


@pytest.mark.parametrize(
    ("asked", "way_out"),
    [
        ("30/2020/ND-CP", 'did you mean "30/2020/NĐ-CP"?'), ("30/NĐ-CP", 'did you mean "30/2020/NĐ-CP"?'),
        ("60/2014/QH12", 'did you mean "60/2014/QH13"?'), ("31/2020/NĐ-CP", None), ("Luật Hộ", None),
    ],
)  # fmt: skip
def test_the_register_says_what_was_meant_as_it_is_printed(asked: str, way_out: str | None) -> None:
    with pytest.raises(docctl.NotInRepository) as error:
        docctl.open(BASE).law(asked, date(2025, 1, 1))
    assert str(error.value) == f"{asked} is not in the register"
    assert (None if error.value.way_out is None else str(error.value.way_out)) == way_out


def test_the_register_is_asked_by_name_and_says_who_issued_what(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    shutil.copytree(BASE, folder)
    day = date(2025, 1, 1)
    assert docctl.open(folder).law("Luật Hộ tịch", day).text.number == "60/2014/QH13"
    for place in ("Long An", "Cà Mau"):
        file = folder / "legal" / f"01-2024-qd-ubnd--{slug(place.replace(' ', '-'))}.yaml"
        file.write_text(
            f"format: docctl/legal-text/v1\nnumber: 01/2024/QĐ-UBND\nkind: decision\ntitle: Quy định\n"
            f'issuer: [UBND tỉnh {place}]\nissued: "2024-01-05"\nstub: true\n',
            encoding="utf-8",
        )
    with pytest.raises(docctl.NotInRepository, match=r"--ca-mau \(UBND tỉnh Cà Mau, 2024-01-05\), .*--long-an \("):
        docctl.open(folder).law("1/2024/QĐ-UBND", day)


# -- against real numbers -------------------------------------------------------------------------------

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
with_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the corpus is not at {CORPUS}")

NO_NUMBERS = {"01/2012/NQLT/CP-"}
"""The gazette's list has cut it off (01/2012/NQLT/CP-TANDTC-VKSNDTC...)."""
MISPRINTED = {"08/2014/TT-BNNPTTN", "13/2016/TTLT-BGDĐT-BVHTTDL-BLĐTBXH-B", "13/2016/TTLT-BGDĐT-BVHTTDL-BLĐTBXH-BCA"}
"""Numbers of the lists that stand there a second time, misprinted: the suggestion is right."""


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / name).read_text(encoding="utf-8").splitlines() if line.strip()]


@cache
def real_numbers() -> Sequence[str]:
    """Every number of the three lists once, in order."""
    found: dict[str | None, None] = {}
    for record in _lines("law_index.jsonl"):
        found[record["number"]] = None
    for record in _lines("gazette_metadata.jsonl"):
        for each in (record, *record["related"]):
            found[each["so_ky_hieu"]] = None
    for record in _lines("codification_relations.jsonl"):
        found[record["doc"]] = None
        for each in record["amended_by"]:
            found[each["by"]] = None
    return [number for number in found if number]


@with_corpus
def test_real_numbers_are_taken_apart_and_lose_nothing() -> None:
    numbers_ = real_numbers()
    assert len(numbers_) > 5000
    by_slug: dict[str, set[str]] = defaultdict(set)
    for number in numbers_:
        read = read_number(number)
        assert (read is None) == (number in NO_NUMBERS), number
        assert canonical(number) == number
        assert respelt(number) is None
        restored = of_slug(slug(number))
        assert restored is None or number in NO_NUMBERS or same_number(restored, number)
        by_slug[slug(number)].add(comparable(number))
    assert [found for found in by_slug.values() if len(found) > 1] == []


MISSPELLINGS: Mapping[str, Callable[[str], str]] = {
    "no marks": lambda text: text.replace("Đ", "D").replace("Ư", "U"),
    "no year": lambda text: re.sub(r"/(?:19|20)\d\d/", "/", text),
    "short year": lambda text: re.sub(r"/(?:19|20)(\d\d)/", r"/\1/", text),
    "year first": lambda text: re.sub(r"\A([^/]+)/((?:19|20)\d\d)/", r"\2/\1/", text),
    "no hyphen": lambda text: text.replace("-", ""),
    "letter twice": lambda text: text + text[-1],
    "last letters exchanged": lambda text: text[:-2] + text[:-3:-1],
    "last letter lost": lambda text: text[:-1],
    "circular for joint circular": lambda text: text.replace("/TTLT-", "/TT-"),
    "joint circular for circular": lambda text: text.replace("/TT-", "/TTLT-"),
}


def measured() -> tuple[dict[str, tuple[int, int, int, int]], list[tuple[str, Sequence[str]]]]:
    """By way of misspelling: how many, right first, wrong first, another real text; and what is said of absent ones."""
    every = real_numbers()
    real = {comparable(number) for number in every}
    figures = {}
    for way, misspell in MISSPELLINGS.items():
        asked = right = wrong = other = 0
        for number in every[::40]:
            cited = misspell(number)
            if same_number(cited, number):
                continue
            if comparable(cited) in real:
                other += 1
                continue
            asked += 1
            found = near(cited, every)
            right += bool(found) and same_number(found[0], number)
            wrong += bool(found) and not any(same_number(each, number) for each in found)
        figures[way] = (asked, right, wrong, other)
    absent = [(number, found) for number in every[::20] if (found := near(number, every))]
    return figures, absent


@with_corpus
def test_misspelt_real_numbers_are_found_and_other_texts_are_not_suggested() -> None:
    figures, absent = measured()
    print(*figures.items(), sep="\n")
    assert [each for each in absent if each[0] not in MISPRINTED] == []
    for way in ("no marks", "no hyphen", "year first"):
        asked, right, wrong, _other = figures[way]
        assert asked > 40
        assert right >= 0.97 * asked, (way, figures[way])
        assert wrong <= 0.01 * asked
    for way, (asked, _right, wrong, _other) in figures.items():
        assert wrong <= 0.05 * asked, (way, figures[way])


def test_vocabulary_is_printed_as_it_is_spelt() -> None:
    for code in (*KINDS, *ISSUERS):
        assert canonical(f"1/2020/{code.lower()}-x").startswith(f"1/2020/{code}-")
