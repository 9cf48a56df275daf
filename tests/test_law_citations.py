"""References in Vietnamese legal texts: which text, which provisions, and never a coarser place than is printed."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from generated import many
from growth import MOST, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from docctl.law.address import parse
from docctl.law.vn.citations import Citation, citations
from docctl.law.vn.structure import structure

TT, ND, QD, LAW = (
    "Thông tư số 05/2030/TT-MAU",
    "Nghị định số 10/2030/NĐ-CP",
    "Quyết định số 9/2030/QĐ-TTg",
    "Luật số 5/2030/QH20",
)
NUMBERS = {TT: "05/2030/TT-MAU", ND: "10/2030/NĐ-CP", QD: "9/2030/QĐ-TTg", LAW: "5/2030/QH20"}


def shown(text: str, here: str = "") -> list[tuple[str, str | None, tuple[str, ...]]]:
    """What was read, printed words first; ``this`` for the text at hand, the name where no number is printed."""
    return [(text[each.start : each.end], document(each), each.addresses) for each in citations(text, here)]


def document(each: Citation) -> str | None:
    if each.document is None:
        return None
    return "this" if each.document.this else each.document.number or each.document.name


def only(text: str, here: str = "") -> Citation:
    (found,) = citations(text, here)
    return found


# -- provisions -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "addresses"),
    [
        # one
        ("Điều 7", "dieu_7"),
        ("khoản 2 Điều 7", "dieu_7__khoan_2"),
        ("khoản 2 của Điều 7", "dieu_7__khoan_2"),
        ("khoản 2, Điều 7", "dieu_7__khoan_2"),
        ("Khoản 2 Điều 7", "dieu_7__khoan_2"),
        ("điểm a khoản 11 Điều 100", "dieu_100__khoan_11__diem_a"),
        ("điểm d khoản 3 Điều 9", "dieu_9__khoan_3__diem_d"),
        ("điểm đ khoản 3 Điều 9", "dieu_9__khoan_3__diem_dd"),
        ("Điểm d1 khoản 1a Điều 6đ", "dieu_6dd__khoan_1a__diem_d1"),
        ("điểm đ2 khoản 1 Điều 32h", "dieu_32h__khoan_1__diem_dd2"),
        ("điểm 1.3 khoản 1 Điều 4", "dieu_4__khoan_1__diem_1.3"),
        ("điểm b.7 khoản 1 Điều 2", "dieu_2__khoan_1__diem_b.7"),
        ("tiết ii điểm b khoản 1 Điều 4", "dieu_4__khoan_1__diem_b__tiet_ii"),
        ("khoản 01 Điều 07", "dieu_7__khoan_1"),
        ("Chương VIII", "chuong_8"),
        ("mục 3 Chương II", "chuong_2__muc_3"),
        ("Điều 7 Chương II", "dieu_7"),
        ("Phần thứ hai", "phan_2"),
        # lists
        ("các khoản 2, 3 và 4 Điều 72", "dieu_72__khoan_2 dieu_72__khoan_3 dieu_72__khoan_4"),
        ("các điểm b, c, d và đ khoản 1 Điều 8",
         "dieu_8__khoan_1__diem_b dieu_8__khoan_1__diem_c dieu_8__khoan_1__diem_d dieu_8__khoan_1__diem_dd"),
        ("điểm a, điểm c và điểm đ khoản 2 Điều 3",
         "dieu_3__khoan_2__diem_a dieu_3__khoan_2__diem_c dieu_3__khoan_2__diem_dd"),
        ("Điều 6a, Điều 6b, 6đ", "dieu_6a dieu_6b dieu_6dd"),
        ("khoản 2 hoặc khoản 3 Điều 8", "dieu_8__khoan_2 dieu_8__khoan_3"),
        # mixed lists
        ("khoản 1 và khoản 2 Điều 4, Điều 6", "dieu_4__khoan_1 dieu_4__khoan_2 dieu_6"),
        ("khoản 1 Điều 4, khoản 2 Điều 5 và Điều 6", "dieu_4__khoan_1 dieu_5__khoan_2 dieu_6"),
        ("các điều 10, 11, 12 và khoản 1 Điều 52", "dieu_10 dieu_11 dieu_12 dieu_52__khoan_1"),
        ("Điều 10, khoản 2 Điều 11", "dieu_10 dieu_11__khoan_2"),
        ("điểm a khoản 1, khoản 3 Điều 5", "dieu_5__khoan_1__diem_a dieu_5__khoan_3"),
        ("các điểm a, b khoản 2 và các điểm c, d khoản 3 Điều 9",
         "dieu_9__khoan_2__diem_a dieu_9__khoan_2__diem_b dieu_9__khoan_3__diem_c dieu_9__khoan_3__diem_d"),
        # ranges
        ("từ Điều 67 đến Điều 70", "dieu_67 dieu_68 dieu_69 dieu_70"),
        ("các điều từ Điều 9 đến Điều 11", "dieu_9 dieu_10 dieu_11"),
        ("từ khoản 2 đến khoản 4 Điều 7", "dieu_7__khoan_2 dieu_7__khoan_3 dieu_7__khoan_4"),
        ("từ điểm c đến điểm g khoản 1 Điều 7",
         "dieu_7__khoan_1__diem_c dieu_7__khoan_1__diem_d dieu_7__khoan_1__diem_dd dieu_7__khoan_1__diem_e "
         "dieu_7__khoan_1__diem_g"),
        # annexes and forms
        ("Phụ lục", "phu_luc"),
        ("Phụ lục IV", "phu_luc_4"),
        ("Phụ lục II, III và IV", "phu_luc_2 phu_luc_3 phu_luc_4"),
        ("mục A Phụ lục I", "phu_luc_1__muc_a"),
        ("điểm b khoản 2 mục III Phụ lục I", "phu_luc_1__muc_3__khoan_2__diem_b"),
        ("khoản 2 mục III Phụ lục I, mục 2 Phụ lục II", "phu_luc_1__muc_3__khoan_2 phu_luc_2__muc_2"),
        ("Mẫu số 23 Phụ lục I", "phu_luc_1__mau_23"),
        ("Mẫu số 1 và Mẫu số 2 Phụ lục II", "phu_luc_2__mau_1 phu_luc_2__mau_2"),
        ("Mẫu số 02/TNDN", "mau_2/tndn"),
        ("Biểu số 02 Phụ lục IV", "phu_luc_4__mau_2"),
        ("Điều 5 Phụ lục II", "phu_luc_2__dieu_5"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("named", [TT, LAW, "Luật Đầu tư", "Thông tư này"])
def test_provisions_of_a_text(words: str, addresses: str, named: str) -> None:
    for link in (" ", " của ", " ban hành kèm theo ", " tại "):
        text = f"Việc nhập kho theo {words}{link}{named}; kho khác thì không."
        found = only(text)
        assert text[found.start : found.end] == f"{words}{link}{named}"
        assert document(found) == NUMBERS.get(named, "this" if "này" in named else named)
        assert found.addresses == tuple(addresses.split())
        assert found.readable
        assert found.resolved
        assert all(str(parse(address)) == address for address in found.addresses)


@pytest.mark.parametrize(
    ("words", "addresses"),
    [
        ("Điều 5 Quy chế ban hành kèm theo", "kem_theo__dieu_5"),
        ("khoản 1 Điều 5 Quy chế quản lý kho hàng ban hành kèm theo", "kem_theo__dieu_5__khoan_1"),
        ("điểm a khoản 2 Điều 3 Điều lệ được ban hành kèm theo", "kem_theo__dieu_3__khoan_2__diem_a"),
        ("Chương II của Quy định kèm theo", "kem_theo__chuong_2"),
        ("Quy chế quản lý kho hàng ban hành kèm theo", "kem_theo"),
        ("Danh mục kho hàng ban hành kèm theo", "kem_theo"),
    ],
)
def test_what_is_issued_with_a_decision(words: str, addresses: str) -> None:
    text = f"Thực hiện theo {words} {QD}."
    assert shown(text) == [(f"{words} {QD}", NUMBERS[QD], (addresses,))]


@pytest.mark.parametrize(
    ("words", "here", "addresses"),
    [
        ("khoản này", "dieu_5__khoan_2__diem_a", "dieu_5__khoan_2"),
        ("điểm a khoản này", "dieu_5__khoan_2", "dieu_5__khoan_2__diem_a"),
        ("điểm này", "dieu_5__khoan_2__diem_dd", "dieu_5__khoan_2__diem_dd"),
        ("Điều này", "dieu_5__khoan_2", "dieu_5"),
        ("khoản 1 Điều này", "dieu_5__khoan_2", "dieu_5__khoan_1"),
        ("khoản 3 và khoản 4 Điều này", "kem_theo__dieu_5", "kem_theo__dieu_5__khoan_3 kem_theo__dieu_5__khoan_4"),
        ("điểm c khoản 1 và điểm a khoản 2 Điều này", "dieu_9", "dieu_9__khoan_1__diem_c dieu_9__khoan_2__diem_a"),
        ("Điều 5 và khoản 2 Điều này", "dieu_9__khoan_3", "dieu_5 dieu_9__khoan_2"),
        ("Chương này", "chuong_2", "chuong_2"),
        ("khoản 3", "dieu_5__khoan_2", "dieu_5__khoan_3"),
        ("điểm b", "dieu_5__khoan_2__diem_c", "dieu_5__khoan_2__diem_b"),
        ("khoản 2 Điều 8", "dieu_5__khoan_2", "dieu_8__khoan_2"),
    ],
)  # fmt: skip
def test_relative_places_are_taken_from_where_the_passage_stands(words: str, here: str, addresses: str) -> None:
    text = f"Kho hàng nêu tại {words} được mở."
    assert shown(text, here) == [(words, None, tuple(addresses.split()))]
    assert only(text, here).resolved


@pytest.mark.parametrize(
    "words", ["khoản này", "Điều này", "điểm a khoản này", "khoản 2 Điều này", "khoản 3", "điểm b"]
)
def test_a_relative_place_that_is_not_known_is_said_to_be_open(words: str) -> None:
    found = only(f"Kho hàng nêu tại {words} được mở.")
    assert found.document is None
    assert not found.resolved


def test_where_the_passage_stands_says_nothing_about_another_text() -> None:
    assert shown(f"theo khoản 3 {LAW}", "dieu_5__khoan_2") == [(f"khoản 3 {LAW}", "5/2030/QH20", ("khoan_3",))]


def test_this_text_in_its_own_words() -> None:
    text = "Luật này; Bộ luật này; Nghị định này; Thông tư này; Quyết định này; Quy chế này; Nghị quyết này"
    assert [(words, named, places) for words, named, places in shown(text, "dieu_1")] == [
        (words, "this", ()) for words in text.split("; ")
    ]
    assert shown("trừ điểm a khoản 1 Điều 12 của Luật này") == [
        ("điểm a khoản 1 Điều 12 của Luật này", "this", ("dieu_12__khoan_1__diem_a",))
    ]


# -- texts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("Luật số 64/2025/QH15", "64/2025/QH15"),
        ("Pháp lệnh số 26/2005/PL-UBTVQH11", "26/2005/PL-UBTVQH11"),
        ("Nghị quyết số 66.7/2025/NQ-CP", "66.7/2025/NQ-CP"),
        ("Lệnh số 18-L/CTN", "18-L/CTN"),
        ("Thông tư liên tịch số 12/2016/TTLT-BLĐTBXH-BGDĐT-BTC", "12/2016/TTLT-BLĐTBXH-BGDĐT-BTC"),
        ("Quyết định số 225/QĐ-BLĐTBXH", "225/QĐ-BLĐTBXH"),
        ("Văn bản hợp nhất số 21/VBHN-NHNN", "21/VBHN-NHNN"),
        ("Công văn số 123/BTC-VP", "123/BTC-VP"),
        ("Chỉ thị số 3/CT-TTg", "3/CT-TTg"),
        ("Nghị định 12/2020/NĐ-CP", "12/2020/NĐ-CP"),
        ("12/2020/NĐ-CP", "12/2020/NĐ-CP"),
        # spaces and broken lines inside
        ("Nghị định số 61/2018/NĐ- CP", "61/2018/NĐ-CP"),
        ("Nghị định số 61/2018/NĐ-\nCP", "61/2018/NĐ-CP"),
        ("Nghị định số 61/2018/ NĐ-CP", "61/2018/NĐ-CP"),
        ("Nghị định số 61/2018/NĐ–CP", "61/2018/NĐ-CP"),
        ("Thông tư số 32 /2026/TT- NHNN", "32/2026/TT-NHNN"),
        ("Thông tư số 17/2022/TT-\nBLĐTBXH", "17/2022/TT-BLĐTBXH"),
        ("Thông tư số 05 / 2024 / TT - BTC", "05/2024/TT-BTC"),
        ("Thông tư\nsố 05/2024/TT-BTC", "05/2024/TT-BTC"),
    ],
)
def test_numbers_of_every_form(words: str, number: str) -> None:
    assert shown(f"Căn cứ {words}, kho được mở.") == [(words, number, ())]
    assert shown(f"theo khoản 2 Điều 3 {words};") == [(f"khoản 2 Điều 3 {words}", number, ("dieu_3__khoan_2",))]


@pytest.mark.parametrize(
    ("words", "number", "name", "date"),
    [
        ("Luật Thi hành án hình sự", None, "Luật Thi hành án hình sự", None),
        ("Luật Đấu thầu ngày 23 tháng 6 năm 2023", None, "Luật Đấu thầu", "2023-06-23"),
        ("Luật Đất đai năm 2024", None, "Luật Đất đai", "2024"),
        ("Bộ luật Dân sự năm 2015", None, "Bộ luật Dân sự", "2015"),
        ("Luật An toàn, vệ sinh lao động", None, "Luật An toàn, vệ sinh lao động", None),
        ("Luật Tần số vô tuyến điện số 42/2009/QH12", "42/2009/QH12", "Luật Tần số vô tuyến điện", None),
        ("Luật Chăm sóc kho bãi số 5/2030/QH20", "5/2030/QH20", "Luật Chăm sóc kho bãi", None),
        ("Nghị định số 10/2030/NĐ-CP ngày 06 tháng 9 năm 2030 của Chính phủ", "10/2030/NĐ-CP", None, "2030-09-06"),
        ("Quyết định số 9/2030/QĐ-TTg ngày 05/3/2030", "9/2030/QĐ-TTg", None, "2030-03-05"),
    ],
)
def test_names_numbers_and_dates(words: str, number: str | None, name: str | None, date: str | None) -> None:
    text = f"theo quy định tại Điều 4 {words} về kho."
    found = only(text)
    assert text[found.start : found.end] == f"Điều 4 {words}"
    assert found.document is not None
    assert (found.document.number, found.document.name, found.document.date) == (number, name, date)
    assert found.addresses == ("dieu_4",)


def test_a_day_that_no_calendar_has_is_no_date() -> None:
    found = only("Nghị định số 10/2030/NĐ-CP ngày 31/02/2030")
    assert found.document is not None
    assert (found.document.number, found.document.date) == ("10/2030/NĐ-CP", None)


def test_one_name_inside_another_and_names_in_a_row() -> None:
    assert [words for words, _, _ in shown("theo Luật Đầu tư, Luật Nhà ở và Luật Đất đai.")] == [
        "Luật Đầu tư",
        "Luật Nhà ở",
        "Luật Đất đai",
    ]
    amending = "Luật sửa đổi, bổ sung một số điều của Luật Giá, Luật Đấu thầu"
    assert [words for words, _, _ in shown(f"theo {amending}.")] == [amending]


def test_a_chain_of_amendments_names_the_base_first() -> None:
    text = "Điều 7 Luật Đầu tư số 61/2020/QH14 đã được sửa đổi, bổ sung theo Luật số 72/2020/QH14, Luật số 03/2022/QH15"
    assert [(number, places) for _, number, places in shown(text)] == [
        ("61/2020/QH14", ("dieu_7",)), ("72/2020/QH14", ()), ("03/2022/QH15", ()),
    ]  # fmt: skip


def test_a_shared_noun_gives_one_text_each() -> None:
    assert shown("các Luật số 43/2024/QH15, số 47/2024/QH15 và số 58/2024/QH15") == [
        ("Luật số 43/2024/QH15", "43/2024/QH15", ()), ("số 47/2024/QH15", "47/2024/QH15", ()), ("số 58/2024/QH15",
        "58/2024/QH15", ()),
    ]  # fmt: skip


def test_two_references_of_one_sentence_stay_apart() -> None:
    assert shown(f"theo khoản 1 Điều 5 {ND}; khoản 4 Điều 9 {TT}") == [
        (f"khoản 1 Điều 5 {ND}", NUMBERS[ND], ("dieu_5__khoan_1",)), (f"khoản 4 Điều 9 {TT}", NUMBERS[TT],
        ("dieu_9__khoan_4",)),
    ]  # fmt: skip


# -- what cannot be read, and what is none -----------------------------------------------------------


@pytest.mark.parametrize("words", ["điểm a(i) khoản 2 Điều 3", "khoản 1a đến khoản 3 Điều 10"])
def test_a_label_that_no_address_has_is_unreadable_and_never_the_unit_around(words: str) -> None:
    found = only(f"theo {words} ban hành kèm theo {TT}.")
    assert not found.readable
    assert not {"", "dieu_3", "dieu_10"} & {*found.addresses}


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện theo pháp luật về đầu tư và pháp luật có liên quan.",
        "Luật khác có liên quan thì áp dụng.",
        "Các luật có liên quan, luật sư và Luật sư.",
        "Theo TCVN ISO 9001:2015, TCVN 5603:2023 và QCVN 01:2018/BYT.",
        "Mã nghề 5210103, mã số hàng hóa 8471.30.",
        "Hiệp định thương mại, Công ước và hợp đồng này.",
        "Có 5 điểm, 3 khoản chi và 2 mục tiêu.",
        "Quy chế nội bộ của đơn vị, nghị quyết của Hội đồng.",
        "Ngày 12/03/2024 nộp 12/20 bộ.",
        "Điều kiện, điều hành, chương trình, phần mềm, mẫu mã.",
        "",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert [*citations(text, "dieu_1__khoan_1")] == []


@pytest.mark.parametrize("head", ["Điều 1. ", "Chương II. ", "Mẫu số 01. "])
def test_the_head_of_a_unit_does_not_cite_itself(head: str) -> None:
    assert shown(f"{head}Kho theo khoản 2 Điều 3") == [("khoản 2 Điều 3", None, ("dieu_3__khoan_2",))]


@pytest.mark.parametrize("counted", ["15 ngày", "3 trường hợp", "2 bộ", "10 người"])
def test_a_number_that_counts_something_is_no_further_clause(counted: str) -> None:
    assert shown(f"theo khoản 2 Điều 4, khoản 2, {counted} sau", "dieu_5")[-1][2][-1] == "dieu_5__khoan_2"


# -- any text -------------------------------------------------------------------------------------

WORDS = (
    "điểm a", "điểm đ", "khoản 1", "khoản này", "Điều 5", "Điều này", "các", "từ", "đến", "và", ",", ";", "của",
    "tại", "này", "Chương II",
    "mục 3", "Phụ lục I", "Mẫu số 2", "Mẫu số 5/a-Sở", "tiết i", "tên", "Luật", "Luật Nhà ở", "Luật số 1/2020/QH14",
    "số 2/2021/QH15", "Quy chế",
    "ban hành kèm theo", "Nghị định số 1/2020/NĐ-CP", "ngày 1/2/2020", "ngày 31/2/2020", "của Chính phủ", "“", "”",
    "\n", "Điều 1.", "1/", "12", "TT-",
)  # fmt: skip
PASSAGES = st.one_of(
    st.text(),
    st.text(alphabet="Đđiều khoản1a,./-\n“LNQH20", max_size=60),
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from((" ", "", "\n"))), max_size=25).map(
        lambda pairs: "".join(word + space for word, space in pairs)
    ),
)
HERE = st.sampled_from(
    (
        "",
        "dieu_5",
        "dieu_5__khoan_2__diem_dd",
        "kem_theo__dieu_1__khoan_1",
        "phu_luc__mau_4",
        "chuong_2",
        "phu_luc_1__muc_3",
    )
)


@settings(max_examples=many(600))
@given(PASSAGES, HERE)
def test_spans_are_in_order_inside_the_text_and_apart(text: str, here: str) -> None:
    found = [*citations(text, here)]
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(each.document is not None or each.addresses or not each.readable for each in found)
    assert all(not text[each.start].isspace() for each in found)
    for each in found:
        if each.readable:
            assert all(str(parse(address)) == address for address in each.addresses)
    assert found == [*citations(text, here)]


@settings(max_examples=many(300))
@given(PASSAGES, HERE, st.integers(0, 30), st.integers(0, 30))
def test_a_part_of_a_text_is_read_within_its_limits(text: str, here: str, start: int, size: int) -> None:
    end = min(len(text), start + size)
    assert all(start <= each.start < each.end <= end for each in citations(text, here, start, end))


@settings(max_examples=many(300))
@given(PASSAGES)
def test_what_stands_behind_a_paragraph_does_not_change_what_was_read(text: str) -> None:
    sentence = f"Căn cứ khoản 2 Điều 7 {TT};\n\n"
    assert shown(sentence + text)[0] == (f"khoản 2 Điều 7 {TT}", NUMBERS[TT], ("dieu_7__khoan_2",))


# -- time -----------------------------------------------------------------------------------------


def cite(text: str) -> None:
    for _ in citations(text, "dieu_5__khoan_2"):
        pass


def cut(text: str) -> None:
    structure(text)


@pytest.mark.parametrize(
    ("read", "piece"),
    [
        *((cite, piece) for piece in (
            "khoản 1, ", "của ", "điểm a khoản 1 ", "Luật ", "Luật A ", "các từ ", "“", '"',
            "1/", "12/2020/NĐ-", "Nghị định số 1/2020/NĐ-CP, ",
            "Luật sửa đổi của Luật ", "Quy chế a ", "khoản 1 Quy chế x ", "Mẫu số a-", "Điều 5 đối với ",
            "ngày 1/1/2020 ", "Luật Đầu tư, ", " ", "\n",
        )),
        *((cut, piece) for piece in (
            "Điều 1.\n", "1. ", "1.\n", "a)\n", "“", "“\n", '"',
            "Điều 1. Sửa như sau:\n“Điều 5.\n", "Phụ lục I\n", "1 Điều này được sửa đổi\n", " ", "\n",
        )),
    ],
)  # fmt: skip
def test_time_grows_with_the_length_of_the_text(read: Callable[[str], None], piece: str) -> None:
    def work(count: int) -> Callable[[], None]:
        text = piece * count
        return lambda: read(text)

    assert growth(work, 500, 256_000) <= MOST


def test_small_letters_name_a_text_as_capital_ones_do() -> None:
    (found,) = citations("theo khoản 5 điều 3 thông tư này", "")
    assert found.addresses == ("dieu_3__khoan_5",)
    assert found.document is not None
    assert found.document.this
    (found,) = citations("xem văn bản hợp nhất số 21/VBHN-NHNN", "")
    assert found.document is not None
    assert found.document.number == "21/VBHN-NHNN"


def test_the_outer_unit_may_stand_first() -> None:
    (found,) = citations("theo Điều 5 khoản 2 Luật số 5/2030/QH20", "")
    assert found.addresses == ("dieu_5__khoan_2",)


def test_what_is_glued_to_a_number_does_not_cut_it() -> None:
    (found,) = citations("Nghị định số 5/2020/NĐ-CPngày 3/4/2020", "")
    assert found.document is not None
    assert (found.document.number, found.document.date) == ("5/2020/NĐ-CP", "2020-04-03")


def test_an_account_and_a_scale_are_no_provisions() -> None:
    assert [*citations("Tài khoản 111 và thang điểm 4", "dieu_5")] == []


@pytest.mark.parametrize(
    "text",
    [
        "các điểm 3.1.1 và 3.4.2 QCVN 02:2019", "Mục 36.1 CDNT", "khoản 2 Điều 5 hợp đồng này", "Điều 5 của Hợp đồng",
        "tại thời điểm 31 tháng 12", "địa điểm 2",
    ],
)  # fmt: skip
def test_units_of_what_is_no_law_are_none_of_this_text(text: str) -> None:
    assert shown(text, "dieu_7__khoan_1") == []


@pytest.mark.parametrize(
    "text",
    [
        "Điều 5 Nghị định về hóa đơn, chứng từ", "Điều 3 Thông tư hướng dẫn Luật Kế toán", "theo khoản 8 Điều 2 của",
        "các số thứ tự 3, 7, 8 và 31 tại Phụ lục II của Luật Quy hoạch", f"Bảng 2 của Phụ lục ban hành kèm theo {TT}",
    ],
)  # fmt: skip
def test_another_text_without_its_number_and_rows_without_address_are_not_readable(text: str) -> None:
    assert not next(citations(text, "dieu_7")).readable


@pytest.mark.parametrize(
    ("words", "addresses"),
    [
        ("khoản 1 Điều 25 Quy chế này", "kem_theo__dieu_25__khoan_1"), ("Điều 11", "kem_theo__dieu_11"),
        ("Điều này", "kem_theo__dieu_7"), ("Điều 4 Thông tư này", "dieu_4"), ("Phụ lục I", "phu_luc_1"),
        (f"Điều 4 {TT}", "dieu_4"),
    ],
)  # fmt: skip
def test_what_is_issued_with_a_text_speaks_of_its_own_articles(words: str, addresses: str) -> None:
    assert only(words, "kem_theo__dieu_7__khoan_1").addresses == (addresses,)
