"""Amending acts and clauses of effect, read from invented texts of the shapes that real ones have."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from gitworld import run_docctl
from growth import MOST, growth
from hypothesis import given
from hypothesis import strategies as st

from docctl.law import reading
from docctl.model.operation import Operation

HEAD = """BỘ THỬ NGHIỆM
Số: 12/2031/TT-BTN
Hà Nội, ngày 10 tháng 3 năm 2031
THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN ngày 02 tháng 5 năm 2029 của Bộ trưởng Bộ Thử nghiệm quy định về sổ sách
Căn cứ Luật Sổ sách số 11/2028/QH16;
"""
FORCE = "Điều 9. Hiệu lực thi hành\nThông tư này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2031.\n"


def read(body: str, head: str = HEAD) -> list[Operation]:
    return list(reading.amendments(head + body + FORCE, "12/2031/TT-BTN").operations)


def short(operations: list[Operation]) -> list[tuple[str, str, str | None, tuple[str, ...]]]:
    return [(each.at, each.kind, each.target.number, each.addresses) for each in operations]


OWN = "05/2029/TT-BTN"


@pytest.mark.parametrize(
    ("words", "kind", "addresses"),
    [
        ("Sửa đổi, bổ sung khoản 1 và khoản 3 Điều 4 như sau:", "amend", ("dieu_4__khoan_1", "dieu_4__khoan_3")),
        ("Khoản 2 Điều 4 được sửa đổi, bổ sung như sau:", "amend", ("dieu_4__khoan_2",)),
        ("Bổ sung khoản 2a vào sau khoản 2 Điều 4 như sau:", "insert", ("dieu_4__khoan_2a",)),
        ("Bổ sung khoản 6 vào Điều 4 như sau:", "insert", ("dieu_4__khoan_6",)),
        ("Bổ sung Điều 8a và Điều 8b vào sau Điều 8 như sau:", "insert", ("dieu_8a", "dieu_8b")),
        ("Bổ sung điểm đ1 vào sau điểm đ khoản 3 Điều 7 như sau:", "insert", ("dieu_7__khoan_3__diem_dd1",)),
        ("Sửa đổi tên Điều 5 như sau:", "amend", ("dieu_5#heading",)),
        ("Sửa đổi, bổ sung tên Điều 5, Điều 6 và Điều 8 như sau:", "amend", ("dieu_5#heading", "dieu_6#heading", "dieu_8#heading")),
        ("Bãi bỏ các điều 10, 11 và khoản 1 Điều 12.", "repeal", ("dieu_10", "dieu_11", "dieu_12__khoan_1")),
        ("Bãi bỏ Mục 2 Chương III.", "repeal", ("chuong_3__muc_2",)),
        ("Bãi bỏ các điều từ Điều 20 đến Điều 23.", "repeal", ("dieu_20", "dieu_21", "dieu_22", "dieu_23")),
        ("Thay thế Mẫu số 02 Phụ lục I bằng Mẫu số 01 ban hành kèm theo Thông tư này.", "replace", ("phu_luc_1__mau_2",)),
        ("Sửa đổi khổ đầu khoản 4 Điều 6 như sau:", "amend", ("dieu_6__khoan_4",)),
        ("Bổ sung đoạn mở đầu vào trước khoản 1 Điều 6 như sau:", "amend", ("dieu_6",)),
        ("Sửa đổi tên Thông tư và tên Điều 2 như sau:", "amend", ("#heading", "dieu_2#heading")),
        ("Bổ sung vào cuối khoản 1 Điều 2 như sau:", "amend", ("dieu_2__khoan_1",)),
        ("Sửa đổi, bổ sung tên điều và khoản 1 Điều 6 như sau:", "amend", ("dieu_6#heading", "dieu_6__khoan_1")),
        ("Thay thế: Mẫu số 04, Mẫu số 06 bằng Mẫu số 04, Mẫu số 06 ban hành kèm theo Thông tư này.", "replace", ("mau_4", "mau_6")),
        ("Sửa đổi, bổ sung điểm 1.3 khoản 1 Mục II như sau:", "amend", ("muc_2__khoan_1__diem_1.3",)),
    ],
)  # fmt: skip
def test_an_instruction_names_kind_text_and_provisions(words: str, kind: str, addresses: tuple[str, ...]) -> None:
    found = read(f"Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN\n1. {words}\n“1. Lời mới.”.\n")
    assert short(found) == [("dieu_1__khoan_1", kind, OWN, addresses)]
    assert found[0].first == date(2031, 5, 1)


def test_what_is_left_out_stands_in_the_headings_above() -> None:
    body = """Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN
1. Sửa đổi, bổ sung một số khoản của Điều 6 như sau:
a) Sửa đổi, bổ sung khoản 3 và bổ sung khoản 3a vào sau khoản 3 như sau:
“3. Lời mới.
3a. Lời thêm.”;
b) Bãi bỏ khoản 5.
"""
    assert short(read(body)) == [
        ("dieu_1__khoan_1__diem_a", "amend", OWN, ("dieu_6__khoan_3",)),
        ("dieu_1__khoan_1__diem_a", "insert", OWN, ("dieu_6__khoan_3a",)),
        ("dieu_1__khoan_1__diem_b", "repeal", OWN, ("dieu_6__khoan_5",)),
    ]


def test_what_is_left_out_stands_at_the_end_of_the_sentence() -> None:
    body = "Điều 1. Sửa đổi Thông tư\n1. Sửa đổi, bổ sung các điểm a và c khoản 1; bổ sung điểm d khoản 1; bãi bỏ khoản 2 Điều 6 của Thông tư số 7/2030/TT-BTN.\n"
    assert [(kind, number, addresses) for _, kind, number, addresses in short(read(body))] == [
        ("amend", "7/2030/TT-BTN", ("dieu_6__khoan_1__diem_a", "dieu_6__khoan_1__diem_c")),
        ("insert", "7/2030/TT-BTN", ("dieu_6__khoan_1__diem_d",)),
        ("repeal", "7/2030/TT-BTN", ("dieu_6__khoan_2",)),
    ]


@pytest.mark.parametrize(
    ("words", "old", "new", "addresses"),
    [
        ("Thay thế cụm từ “sổ tay” bằng cụm từ “sổ cái” tại khoản 1 Điều 2, tên Điều 3.", "sổ tay", "sổ cái", ("dieu_2__khoan_1", "dieu_3#heading")),
        ("Thay thế cụm từ “sổ tay” tại khoản 1 Điều 2 bằng cụm từ “sổ cái”.", "sổ tay", "sổ cái", ("dieu_2__khoan_1",)),
        ("Thay cụm từ “sổ tay” tại khoản 1 Điều 2 của Luật Giá thành cụm từ “sổ cái”.", "sổ tay", "sổ cái", ("dieu_2__khoan_1",)),
        ("Bỏ cụm từ “06 tháng,” tại khoản 3 và điểm c khoản 5 Điều 17.", "06 tháng,", "", ("dieu_17__khoan_3", "dieu_17__khoan_5__diem_c")),
        ("Bổ sung từ “chính” vào trước cụm từ “sổ cái” tại Điều 4.", "sổ cái", "chính sổ cái", ("dieu_4",)),
        ("Bổ sung cụm từ “, sổ phụ” vào sau cụm từ “sổ cái” tại Điều 4.", "sổ cái", "sổ cái, sổ phụ", ("dieu_4",)),
    ],
)  # fmt: skip
def test_an_edit_of_words_has_both_sides(words: str, old: str, new: str, addresses: tuple[str, ...]) -> None:
    (found,) = read(f"Điều 1. Sửa đổi một số từ ngữ của Thông tư số 05/2029/TT-BTN\n1. {words}\n")
    assert (found.kind, found.old, found.new, found.addresses) == ("replace_phrase", old, new, addresses)


def test_two_edits_in_one_sentence_are_two() -> None:
    words = "Thay cụm từ “a” bằng cụm từ “b” tại Điều 2; thay cụm từ “c” bằng cụm từ “d” tại Điều 3."
    assert [(each.old, each.new, each.addresses) for each in read(f"Điều 1. Thay từ ngữ\n{words}\n")] == [
        ("a", "b", ("dieu_2",)),
        ("c", "d", ("dieu_3",)),
    ]


@pytest.mark.parametrize(
    ("words", "edits"),
    [
        ("Bỏ cụm từ “sổ tay”, “sổ phụ” và cụm từ “sổ nháp” tại Điều 4.", [("sổ tay", ""), ("sổ phụ", ""), ("sổ nháp", "")]),
        ("Thay thế cụm từ “sổ tay”, “sổ phụ” bằng cụm từ “sổ cái” tại Điều 4.", [("sổ tay", "sổ cái"), ("sổ phụ", "sổ cái")]),
        ("Thay thế cụm từ “sổ tay” bằng cụm từ “sổ cái”, cụm từ “bút chì” bằng cụm từ “bút mực” tại Điều 4.", [("sổ tay", "sổ cái"), ("bút chì", "bút mực")]),
        ("Thay thế từ “sổ tay” bằng từ “sổ cái” tại Điều 4; cụm từ “bút chì” bằng cụm từ “bút mực” tại Điều 5.", [("sổ tay", "sổ cái"), ("bút chì", "bút mực")]),
        ("Bỏ từ “sổ tay” tại Điều 4; cụm từ “bút chì” tại Điều 5.", [("sổ tay", ""), ("bút chì", "")]),
    ],
)  # fmt: skip
def test_each_exchange_of_words_is_an_edit(words: str, edits: list[tuple[str, str]]) -> None:
    found = read(f"Điều 1. Sửa đổi một số từ ngữ của Thông tư số 05/2029/TT-BTN\n1. {words}\n")
    assert [(each.old, each.new) for each in found] == edits
    assert {each.kind for each in found} == {"replace_phrase"}


def test_a_repeal_of_what_is_only_described_is_marked() -> None:
    body = """Điều 1. Bãi bỏ
1. Bãi bỏ quy định về sổ mật tại Điều 3 của Thông tư số 05/2029/TT-BTN.
2. Bãi bỏ các nội dung quy định về sổ phụ tại:
a) Điều 6 của Thông tư số 05/2029/TT-BTN;
3. Bãi bỏ Điều 7 của Thông tư số 05/2029/TT-BTN.
"""
    assert [(each.addresses, each.described) for each in read(body)] == [
        (("dieu_3",), True), (("dieu_6",), True), (("dieu_7",), False),
    ]  # fmt: skip


def test_what_ends_a_row_is_in_the_article_named_before() -> None:
    body = "Điều 1. Sửa đổi\n1. Sửa đổi điểm a, điểm c khoản 2 Điều 7 và khoản 3 như sau:\n“a) Mới.”.\n"
    (found,) = reading.amendments(HEAD + body + FORCE.replace("Điều 9", "Điều 2"), "12/2031/TT-BTN").operations
    assert found.addresses == ("dieu_7__khoan_2__diem_a", "dieu_7__khoan_2__diem_c", "dieu_7__khoan_3")


@pytest.mark.parametrize(
    ("words", "kind", "addresses", "first", "until"),
    [
        ("Ngưng hiệu lực thi hành khoản 8 Điều 8 của Thông tư số 05/2029/TT-BTN từ ngày 01 tháng 9 năm 2031 đến hết ngày 31 tháng 12 năm 2032.", "suspend", ("dieu_8__khoan_8",), date(2031, 9, 1), date(2033, 1, 1)),
        ("Khoản 8, khoản 9 Điều 8 Thông tư số 05/2029/TT-BTN ngưng hiệu lực thi hành kể từ ngày 01 tháng 9 năm 2031.", "suspend", ("dieu_8__khoan_8", "dieu_8__khoan_9"), date(2031, 9, 1), None),
        ("Tạm ngưng áp dụng Điều 9 Thông tư số 05/2029/TT-BTN.", "suspend", ("dieu_9",), date(2031, 5, 1), None),
        ("Điều 7 của Thông tư số 05/2029/TT-BTN tiếp tục có hiệu lực kể từ ngày 01 tháng 9 năm 2031.", "resume", ("dieu_7",), date(2031, 9, 1), None),
        ("Kéo dài thời hạn áp dụng Thông tư số 05/2029/TT-BTN đến hết ngày 31 tháng 12 năm 2033.", "extend", (), date(2034, 1, 1), None),
    ],
)  # fmt: skip
def test_what_is_suspended_goes_on_or_is_prolonged(
    words: str, kind: str, addresses: tuple[str, ...], first: date, until: date | None
) -> None:
    body = f"Điều 1. Sửa đổi\n1. {words}\n"
    (found,) = reading.amendments(HEAD + body + FORCE.replace("Điều 9", "Điều 2"), "12/2031/TT-BTN").operations
    assert (found.kind, found.addresses, found.first, found.until) == (kind, addresses, first, until)
    assert found.target.number == OWN


@pytest.mark.parametrize(
    "words",
    [
        "Chuyển khoản 3, khoản 4 thành khoản 4, khoản 5 Điều 5.",
        "Đánh số lại khoản 3, khoản 4 Điều 5 thành khoản 4, khoản 5 Điều 5.",
        "Khoản 3, khoản 4 Điều 5 được chuyển thành khoản 4, khoản 5 Điều 5.",
    ],
)  # fmt: skip
def test_what_is_renumbered_has_both_numbers(words: str) -> None:
    (found,) = read(f"Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN\n1. {words}\n")
    assert (found.kind, found.pairs) == (
        "renumber", (("dieu_5__khoan_3", "dieu_5__khoan_4"), ("dieu_5__khoan_4", "dieu_5__khoan_5")),
    )  # fmt: skip


@pytest.mark.parametrize(
    "words",
    [
        "Giấy phép cấp theo Nghị định số 8/2020/NĐ-CP tiếp tục có hiệu lực.",
        "Chuyển khoản tiền thành tài sản.",
        "Chuyển khoản 3, khoản 4 thành khoản 4 Điều 5.",
    ],
)  # fmt: skip
def test_what_only_sounds_like_it_is_none(words: str) -> None:
    assert not read(f"Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN\n1. {words}\n")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Bãi bỏ Mẫu số 04, 09, 17 của Thông tư số 05/2029/TT-BTN.", [("repeal", ("mau_4", "mau_9", "mau_17"))]),
        ("Sửa đổi và ban hành kèm theo các Mẫu số 01, 02 của Thông tư số 05/2029/TT-BTN.", [("amend", ("mau_1", "mau_2"))]),
        ("Thay cụm từ “A” bằng cụm từ “B” và bỏ cụm từ “C” tại khoản 2 Điều 16.", [("A", "B", ("dieu_16__khoan_2",)), ("C", "", ("dieu_16__khoan_2",))]),
        ("Thay cụm từ “A” bằng cụm từ “B” tại khoản 1 và cụm từ “C” bằng cụm từ “D” tại khoản 2 Điều 20.", [("A", "B", ("dieu_20__khoan_1",)), ("C", "D", ("dieu_20__khoan_2",))]),
        ("Bỏ từ “từ” trước cụm từ “11 giấy tờ giả” tại khoản 2 Điều 5.", [("từ 11 giấy tờ giả", "11 giấy tờ giả", ("dieu_5__khoan_2",))]),
        ("Bỏ dấu “,” sau cụm từ “200 đồng” tại khoản 1 Điều 7.", [("200 đồng,", "200 đồng", ("dieu_7__khoan_1",))]),
        ("Thay dấu “,” bằng từ “hoặc” trước cụm từ “người già” tại khoản 1 Điều 5.", [(", người già", "hoặc người già", ("dieu_5__khoan_1",))]),
        ("Bãi bỏ khoản 1 Điều 12 và đoạn “Sổ mật” tại khoản 2 Điều 12.", [("repeal", ("dieu_12__khoan_1",)), ("Sổ mật", "", ("dieu_12__khoan_2",))]),
        ("Cụm từ “A” tại khoản 2 Điều 3 được thay bằng cụm từ “B”.", [("A", "B", ("dieu_3__khoan_2",))]),
        ("Cụm từ “A” được thay thế bằng cụm từ “B” tại Điều 3.", [("A", "B", ("dieu_3",))]),
        ("Bổ sung cuối khoản 1 Điều 25 như sau:\n“Một đoạn nữa.”.", [("amend", ("dieu_25__khoan_1",))]),
        ("Bổ sung cụm từ “Để” vào đầu điểm c khoản 2 Điều 42.", [("amend", ("dieu_42__khoan_2__diem_c",))]),
        ("Bỏ từ “hay” tại tên điều Điều 20 và Điều 21.", [("hay", "", ("dieu_20#heading", "dieu_21#heading"))]),
        ("Thông tư này thay thế Thông tư số 7/2018/TT-BTN quy định về sổ và bãi bỏ các Quyết định số 17/QĐ-BTN, Quyết định số 76/QĐ-BTN.", [("replace", ()), ("repeal", ()), ("repeal", ())]),
        ("Luật Điện ảnh số 62/2006/QH11 và Luật sửa đổi, bổ sung một số điều của Luật Điện ảnh số 31/2009/QH12 hết hiệu lực.", [("expire", ()), ("expire", ())]),
    ],
)  # fmt: skip
def test_what_a_reader_of_acts_expects(words: str, found: list[tuple[object, ...]]) -> None:
    body = f"Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN\n1. {words}\n"
    read_ = reading.amendments(HEAD + body + FORCE.replace("Điều 9", "Điều 2"), "12/2031/TT-BTN")
    told = [
        (each.kind, each.addresses) if each.old is None else (each.old, each.new, each.addresses)
        for each in read_.operations
    ]
    assert told == found
    assert not read_.unread


@pytest.mark.parametrize(
    "words",
    [
        "Các quy định về bảo hiểm của Luật Giá số 71/2026/QH16 hết hiệu lực.",
        "Bãi bỏ các quy định về thuế tại Luật Giá số 71/2026/QH16.",
        "Các quy định của Luật Giá số 71/2026/QH16 về thuế hết hiệu lực.",
        "Bãi bỏ số thứ tự 44 khoản 1 Điều 1 Thông tư số 64/2025/TT-BTN.",
    ],
)
def test_a_part_that_is_only_described_is_never_the_whole(words: str) -> None:
    body = f"Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN\n1. {words}\n"
    found = reading.amendments(HEAD + body + FORCE, "12/2031/TT-BTN")
    assert not found.operations
    assert [str(each.why) for each in found.unread] == ["what it acts on is only described"]


@pytest.mark.parametrize(
    "words",
    [
        "Bộ Tài chính có trách nhiệm rà soát, đề xuất sửa đổi, bổ sung Phụ lục IV của Luật Đầu tư.",
        "Thông tư số 1/2020/TT-BTN quy định mẫu bằng; in, quản lý, hủy bỏ bằng tốt nghiệp ban hành kèm theo Thông tư số 24/2020/TT-BTN; Thông tư số 42/2015/TT-BTN và Thông tư số 34/2018/TT-BTN được áp dụng.",
    ],
)  # fmt: skip
def test_a_task_or_a_title_does_nothing(words: str) -> None:
    body = f"Điều 1. Tổ chức thực hiện\n1. {words}\n"
    assert not reading.amendments(HEAD + body + FORCE, "12/2031/TT-BTN").operations


def test_errors_are_corrected_place_by_place() -> None:
    body = """Điều 1. Đính chính một số lỗi kỹ thuật tại Thông tư số 05/2029/TT-BTN
1. Tại khoản 2 Điều 3: “sổ tay”
Nay sửa thành: “sổ cái”
2. Tại đoạn đầu Điều 4 đã in: “sổ cái”
Nay sửa thành: “sổ phụ”
"""
    assert [(kind, addresses) for _, kind, _, addresses in short(read(body))] == [
        ("correct", ("dieu_3__khoan_2",)), ("correct", ("dieu_4",)),
    ]  # fmt: skip
    assert [(each.old, each.new) for each in read(body)] == [("sổ tay", "sổ cái"), ("sổ cái", "sổ phụ")]


def test_the_words_of_a_publisher_that_writes_every_level_large() -> None:
    found = read(
        "Điều 1. Sửa đổi, bổ sung một số Điều của Thông tư số 05/2029/TT-BTN:\n1. Các Khoản 1 và 3 Điều 4 được sửa đổi, bổ sung như sau:\n“1. Mới.”.\n"
    )
    assert short(found) == [("dieu_1__khoan_1", "amend", OWN, ("dieu_4__khoan_1", "dieu_4__khoan_3"))]


def test_operations_inside_new_wording_are_none() -> None:
    body = "Điều 1. Sửa đổi Thông tư\n1. Sửa đổi, bổ sung Điều 5 như sau:\n“Điều 5. Sổ\n1. Bãi bỏ khoản 2 Điều 6.\n2. Sửa đổi Điều 7.”.\n"
    assert short(read(body)) == [("dieu_1__khoan_1", "amend", OWN, ("dieu_5",))]


def test_a_law_that_is_only_named_has_the_number_of_the_preamble() -> None:
    head = HEAD.replace(
        "Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN", "Sửa đổi, bổ sung một số điều của các luật"
    )
    head = head.replace("Luật Sổ sách số 11/2028/QH16", "Luật Đầu tư số 11/2028/QH16")
    (found,) = read("Điều 1. Sửa đổi, bổ sung một số điều của Luật Đầu tư\n1. Sửa đổi Điều 3 như sau:\n“x”.\n", head)
    assert (found.target.number, found.target.name) == ("11/2028/QH16", "Luật Đầu tư")


def test_texts_that_amended_the_target_are_no_targets() -> None:
    words = "Bãi bỏ khoản 2 Điều 4 Thông tư số 3/2020/TT-BTN đã được sửa đổi, bổ sung theo Thông tư số 4/2021/TT-BTN và Thông tư số 5/2022/TT-BTN."
    assert short(read(f"Điều 1. Bãi bỏ\n{words}\n")) == [("dieu_1", "repeal", "3/2020/TT-BTN", ("dieu_4__khoan_2",))]


def test_a_text_named_in_a_title_is_no_target() -> None:
    words = "Nghị định số 3/2020/NĐ-CP ngày 01 tháng 3 năm 2020 của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 1/2018/NĐ-CP hết hiệu lực kể từ ngày Thông tư này có hiệu lực thi hành."
    assert short(read(f"Điều 2. Điều khoản thi hành\n{words}\n")) == [("dieu_2", "expire", "3/2020/NĐ-CP", ())]


def test_a_list_below_a_verb_is_read_item_by_item() -> None:
    body = "Điều 1. Các văn bản sau đây hết hiệu lực kể từ ngày Thông tư này có hiệu lực thi hành:\n1. Thông tư số 1/2020/TT-BTN về sổ;\n2. Điều 3 Thông tư số 2/2020/TT-BTN.\n"
    assert short(read(body)) == [
        ("dieu_1__khoan_1", "expire", "1/2020/TT-BTN", ()),
        ("dieu_1__khoan_2", "expire", "2/2020/TT-BTN", ("dieu_3",)),
    ]


def test_an_ordinary_text_does_nothing_to_others() -> None:
    body = """Điều 1. Sổ
3. Thủ trưởng hủy bỏ các quyết định không có căn cứ theo quy định của Bộ luật Lao động.
4. Cấp trên bãi bỏ quy định về sổ trái với quy định của Hiến pháp, Bộ luật Lao động.
5. Các dự án tồn đọng, kéo dài quy định tại Nghị quyết số 29/2026/QH16.
6. Không áp dụng khoản 1 Điều này đối với trường hợp quy định tại khoản 3 Điều 107 của Bộ luật Lao động.
8. Người lập sổ bổ sung hồ sơ theo khoản 2 Điều này và Nghị định số 3/2020/NĐ-CP.
7. Việc sửa đổi, bổ sung giấy phép thực hiện theo Điều 5 Thông tư số 2/2020/TT-BTN; giấy phép hết hiệu lực thì thu hồi.
"""
    assert (
        read(body, HEAD.replace("Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN", "Quy định về sổ")) == []
    )


def test_annexes_and_forms_do_nothing_but_for_lists_of_what_ends() -> None:
    body = (
        FORCE
        + "BỘ TRƯỞNG\nPHỤ LỤC I\nSỔ MẪU\n(Kèm theo Thông tư số 12/2031/TT-BTN)\n1. Bãi bỏ Điều 3 Thông tư số 1/2020/TT-BTN.\n"
    )
    assert not reading.amendments(HEAD + body, "12/2031/TT-BTN").operations
    body = body.replace("SỔ MẪU", "DANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT BÃI BỎ TOÀN BỘ").replace("Bãi bỏ Điều 3 ", "")
    found = list(reading.amendments(HEAD + body, "12/2031/TT-BTN").operations)
    assert short(found) == [("phu_luc_1__khoan_1", "repeal", "1/2020/TT-BTN", ())]


def test_what_acts_on_nothing_that_is_known_is_said() -> None:
    head = HEAD.replace("Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN", "Quy định về sổ")
    answer = reading.amendments(head + "Điều 1. Bãi bỏ khoản 3 Điều 64.\n", "12/2031/TT-BTN")
    assert not answer.operations
    assert [(each.at, str(each.why)) for each in answer.unread] == [("dieu_1", "the text it acts on is not known")]


def test_a_verb_with_nothing_to_act_on_is_said() -> None:
    answer = reading.amendments(
        HEAD + "Điều 1. Sửa đổi Thông tư\n1. Sửa đổi Biểu thống kê ở trên như sau:\n“x”.\n", "12/2031/TT-BTN"
    )
    assert not answer.operations
    assert [each.at for each in answer.unread] == ["dieu_1__khoan_1"]


# -- effect ----------------------------------------------------------------------------------------


def stages(body: str) -> list[tuple[str | None, tuple[str, ...], tuple[str, ...]]]:
    found = reading.effects(HEAD + body, "12/2031/TT-BTN")
    return [(each.first.isoformat() if each.first else None, each.addresses, each.excepted) for each in found.entries]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("kể từ ngày 01 tháng 5 năm 2031", "2031-05-01"), ("từ ngày 01/5/2031", "2031-05-01"),
        ("kể từ ngày ký", "2031-03-10"), ("kể từ ngày ký ban hành", "2031-03-10"),
        ("sau 45 ngày, kể từ ngày ký", "2031-04-24"), ("sau 45 ngày kể từ ngày ký ban hành", "2031-04-24"),
    ],
)  # fmt: skip
def test_the_first_day_is_that_of_the_clause(words: str, day: str) -> None:
    assert stages(f"Điều 9. Hiệu lực thi hành\nThông tư này có hiệu lực thi hành {words}.\n") == [(day, (), ())]


def test_stages_are_exceptions_of_the_whole() -> None:
    body = """Điều 9. Hiệu lực thi hành
1. Thông tư này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2031, trừ quy định tại khoản 2 Điều này.
2. Khoản 3 Điều 2 và Điều 5 của Thông tư này có hiệu lực thi hành từ ngày 01 tháng 9 năm 2031.
"""
    late = ("dieu_2__khoan_3", "dieu_5")
    assert stages(body) == [("2031-05-01", (), late), ("2031-09-01", late, ())]


def test_an_operation_begins_with_the_stage_of_its_provision() -> None:
    body = """Điều 1. Sửa đổi Thông tư
1. Bãi bỏ Điều 3.
2. Bãi bỏ Điều 4.
Điều 9. Hiệu lực thi hành
1. Thông tư này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2031.
2. Khoản 2 Điều 1 Thông tư này có hiệu lực thi hành từ ngày 01 tháng 9 năm 2031.
"""
    found = reading.amendments(HEAD + body, "12/2031/TT-BTN").operations
    assert [(each.addresses, each.first) for each in found] == [
        (("dieu_3",), date(2031, 5, 1)),
        (("dieu_4",), date(2031, 9, 1)),
    ]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("đến hết ngày 31 tháng 12 năm 2033", date(2034, 1, 1)), ("đến trước ngày 01 tháng 3 năm 2033", date(2033, 3, 1)),
        ("đến ngày quy định mới có hiệu lực", None),
    ],
)  # fmt: skip
def test_a_text_may_say_until_when_it_holds(words: str, day: date | None) -> None:
    body = f"Điều 9. Hiệu lực thi hành\nThông tư này có hiệu lực thi hành từ ngày 01 tháng 5 năm 2031 {words}.\n"
    (end,) = reading.effects(HEAD + body, "12/2031/TT-BTN").ends
    assert (end.kind, end.target.number, end.first) == ("expire", "12/2031/TT-BTN", day)
    assert (end.condition is None) == (day is not None)


def test_what_a_text_replaces_ends_with_its_first_day() -> None:
    body = "Điều 9. Hiệu lực thi hành\n1. Thông tư này có hiệu lực từ ngày 01 tháng 5 năm 2031 và thay thế Thông tư số 1/2020/TT-BTN.\n2. Thông tư số 2/2020/TT-BTN và Thông tư số 3/2021/TT-BTN hết hiệu lực kể từ ngày 01 tháng 7 năm 2031.\n"
    found = reading.effects(HEAD + body, "12/2031/TT-BTN")
    assert [(each.kind, each.target.number, each.first) for each in found.ends] == [
        ("replace", "1/2020/TT-BTN", date(2031, 5, 1)),
        ("expire", "2/2020/TT-BTN", date(2031, 7, 1)),
        ("expire", "3/2021/TT-BTN", date(2031, 7, 1)),
    ]


def test_a_day_that_no_calendar_has_is_not_rounded() -> None:
    (entry,) = reading.effects(
        HEAD + "Điều 9. Hiệu lực\nThông tư này có hiệu lực từ ngày 31 tháng 4 năm 2031.\n"
    ).entries
    assert (entry.first, entry.condition) == (None, "ngày 31 tháng 4 năm 2031")


# -- any text --------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["Điều 1. ", "1. ", "a) ", "Sửa đổi, bổ sung ", "khoản 2 ", "Điều 5 ", "vào sau ", "bổ sung ", "“", "”", "; ", ". ", "\n", "bãi bỏ ",
     "cụm từ ", "tại ", "bằng ", "hết hiệu lực ", "Thông tư số 1/2020/TT-BTN ", "trừ ", "của ", "như sau:", "Luật này ", "có hiệu lực từ ngày "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_words_are_read_without_failing_and_alike(text: str) -> None:
    first, second = reading.amendments(text), reading.amendments(text)
    assert first == second
    for each in first.operations:
        assert 0 <= each.start <= each.end <= len(text)
    assert reading.effects(text) == reading.effects(text)


@pytest.mark.parametrize(
    "piece",
    ["khoản 2 ", "quy định về ", "Bãi bỏ Điều 3; ", "“a” ", "và ", "sửa đổi ", "Luật Đầu tư ", "có hiệu lực từ "],
)
def test_time_grows_with_the_number_of_words(piece: str) -> None:
    def work(count: int) -> Callable[[], object]:
        text = "Điều 1. " + piece * count
        return lambda: reading.amendments(text)

    assert growth(work, 500, 16_000) <= MOST


# -- the commands ----------------------------------------------------------------------------------


@pytest.fixture
def act(tmp_path: Path) -> Callable[[str], Path]:
    def write(body: str) -> Path:
        path = tmp_path / "act.txt"
        path.write_text(HEAD + body, encoding="utf-8")
        return path

    return write


def test_amendments_are_told_as_lines_of_json(act: Callable[[str], Path]) -> None:
    path = act("Điều 1. Sửa đổi\n1. Bãi bỏ Điều 3.\n" + FORCE)
    answer = run_docctl(
        "law", "amendments", str(path), "--number", "12/2031/TT-BTN", "--format", "jsonl", cwd=path.parent
    )
    assert answer.status == 0, answer
    assert json.loads(answer.out) == {
        "at": "dieu_1__khoan_1", "kind": "repeal", "document": OWN, "name": None, "name_date": None, "addresses": ["dieu_3"], "except": [],
        "after": None, "before": None, "kept_by": [], "old": None, "new": None, "described": False, "pairs": [], "until": None, "effective": "2031-05-01", "condition": None, "quote": "Bãi bỏ Điều 3.",
    }  # fmt: skip


def test_what_could_not_be_read_is_said(act: Callable[[str], Path]) -> None:
    path = act("Điều 1. Sửa đổi\n1. Sửa đổi khoản 3 như sau:\n“x”.\n")
    answer = run_docctl("law", "amendments", str(path), cwd=path.parent)
    assert "khoản 1 Điều 1" in answer.err
    assert "the article around it is not known" in answer.err
    assert "khoản 3" in answer.err


def test_effects_and_structure_are_told(act: Callable[[str], Path]) -> None:
    path = act("Điều 1. Sổ\n1. Một.\n" + FORCE)
    answer = run_docctl("law", "effects", str(path), "--format", "jsonl", cwd=path.parent)
    assert json.loads(answer.out)["effective"][0]["from"] == "2031-05-01"
    answer = run_docctl("law", "structure", str(path), "--format", "json", cwd=path.parent)
    assert [each["address"] for each in json.loads(answer.out)] == ["dieu_1", "dieu_1__khoan_1", "dieu_9"]


def test_citations_are_told_of_a_sentence_and_of_a_batch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = run_docctl("law", "cite", "theo khoản 1 Điều này", "--in", "dieu_4", "--format", "jsonl", cwd=tmp_path)
    assert json.loads(answer.out)["addresses"] == ["dieu_4__khoan_1"]
    monkeypatch.setattr("sys.stdin", io.StringIO('{"id": "x", "in": null, "text": "Điều 5 Luật Đầu tư"}\n'))
    answer = run_docctl("law", "cite", "--batch", cwd=tmp_path)
    row = json.loads(answer.out)
    assert (row["id"], row["citations"][0]["name"]) == ("x", "Luật Đầu tư")


@pytest.mark.parametrize(("name", "data"), [("a.docx", b"x"), ("a.txt", b"\xff\xfe\x00"), ("gone.txt", None)])
def test_what_is_no_plain_text_is_refused(tmp_path: Path, name: str, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    answer = run_docctl("law", "structure", name, cwd=tmp_path)
    assert answer.status == 2, answer
    assert name in answer.err


@pytest.mark.parametrize("line", ["{bad", "[1]", '{"id": 1}', '{"text": 5}', '{"text": "x", "in": "nowhere"}'])
def test_a_line_of_a_batch_that_is_none_is_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))
    answer = run_docctl("law", "cite", "--batch", cwd=tmp_path)
    assert answer.status == 2
    assert "internal error" not in answer.err


def test_finding_nothing_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Một câu.\n", encoding="utf-8")
    for command in ("structure", "amendments", "effects"):
        answer = run_docctl("law", command, "a.txt", cwd=tmp_path)
        assert (answer.status, "found" in answer.err) == (0, True), answer


def test_people_read_words_and_not_codes(act: Callable[[str], Path]) -> None:
    path = act("Điều 1. Sửa đổi\n1. Bãi bỏ Điều 3.\n" + FORCE)
    answer = run_docctl("law", "amendments", str(path), "--number", "12/2031/TT-BTN", "--lang", "vi", cwd=path.parent)
    assert answer.out == f"{OWN}\n  khoản 1 Điều 1: bãi bỏ Điều 3; từ 2031-05-01\n      “Bãi bỏ Điều 3.”\n"


# -- what effect clauses say of lists, titles and parts ------------------------------------------------

ENDING = """BỘ THỬ NGHIỆM

THÔNG TƯ

Điều 1. Phạm vi

Thông tư này quy định về phí.

Điều 2. Hiệu lực thi hành

1. Thông tư này có hiệu lực kể từ ngày 01 tháng 01 năm 2031{excepted}.

2. {clause}
"""


def ended(clause: str) -> tuple[list[tuple[str | None, tuple[str, ...], tuple[str, ...], bool]], list[str]]:
    found = reading.effects(ENDING.format(clause=clause, excepted=""), "99/2030/TT-BTN")
    ends = [(each.target.number, each.addresses, each.excepted, each.described) for each in found.ends]
    return ends, [each.why.msgid for each in found.unread]


DESCRIBED = "what it acts on is only described"


@pytest.mark.parametrize(
    ("clause", "ends", "unread"),
    [
        (
            "Bãi bỏ Điều 4 Thông tư số 34/2018/TT-BTC sửa đổi, bổ sung một số điều của Thông tư số 42/2015/TT-BTC, "
            "Thông tư số 43/2015/TT-BTC và Thông tư số 07/2017/TT-BTC.",
            [("34/2018/TT-BTC", ("dieu_4",), (), False)], [],
        ),
        (
            "Bãi bỏ Nghị định số 39/2009/NĐ-CP; các quy định về phí tại Nghị định số 76/2014/NĐ-CP.",
            [("39/2009/NĐ-CP", (), (), False)], [DESCRIBED],
        ),
        (
            "Thông tư này thay thế Thông tư số 20/2013/TT-BTC quy định về phí và bãi bỏ Điều 2 Thông tư số 41/2015/TT-BTC.",
            [("20/2013/TT-BTC", (), (), False), ("41/2015/TT-BTC", ("dieu_2",), (), False)], [],
        ),
        (
            "Luật Khoáng sản ngày 20 tháng 3 năm 1996 và Luật sửa đổi, bổ sung một số điều của Luật Khoáng sản "
            "số 46/2005/QH11 hết hiệu lực kể từ ngày Luật này có hiệu lực.",
            [(None, (), (), False), ("46/2005/QH11", (), (), False)], [],
        ),
        (
            "Bãi bỏ các quy định liên quan đến việc xác định thuế tại khoản 1 Điều 19 của Luật Thuế số 04/2007/QH12.",
            [("04/2007/QH12", ("dieu_19__khoan_1",), (), True)], [],
        ),
        (
            "Các quy định về bảo hiểm thất nghiệp của Luật Bảo hiểm xã hội số 71/2006/QH11; Chương IX của Luật Dạy nghề "
            "số 76/2006/QH11 hết hiệu lực.",
            [("76/2006/QH11", ("chuong_9",), (), False)], [DESCRIBED],
        ),
        (
            "Bãi bỏ Điều 2 Thông tư số 41/2015/TT-BTC, trừ khoản 1.",
            [("41/2015/TT-BTC", ("dieu_2",), ("dieu_2__khoan_1",), False)], [],
        ),
        (
            "Bãi bỏ Điều 2 Thông tư số 41/2015/TT-BTC quy định về phí, trừ quy định tại khoản 1 Điều 2.",
            [("41/2015/TT-BTC", ("dieu_2",), ("dieu_2__khoan_1",), False)], [],
        ),
    ],
)  # fmt: skip
def test_what_ends_is_neither_more_nor_less_than_is_said(
    clause: str, ends: list[tuple[str | None, tuple[str, ...], tuple[str, ...], bool]], unread: list[str]
) -> None:
    assert ended(clause) == (ends, unread)


def test_the_number_of_the_act_itself_is_no_number_of_its_target() -> None:
    found = reading.amendments(
        HEAD + "Điều 1. Sửa đổi Thông tư số 05/2029/TT-BTN\n1. Bãi bỏ Điều 2 Thông tư số 12/2031/TT-BTN.\n",
        "12/2031/TT-BTN",
    )
    assert found.operations == [] and [each.why.msgid for each in found.unread] == [
        "it names the act itself as what it changes"
    ]


def test_a_clause_that_is_excepted_and_whose_day_is_not_read_is_said() -> None:
    clause = "Việc áp dụng tiêu chuẩn tại Điều 1 của Thông tư này thực hiện như sau: từ năm 2032 đối với trung ương."
    found = reading.effects(ENDING.format(clause=clause, excepted=", trừ khoản 2 Điều này"), "99/2030/TT-BTN")
    assert [(each.at, each.why.msgid) for each in found.unread] == [
        ("dieu_2__khoan_2", "it is excepted from the day of the whole, and its day was not read")
    ]


TABLE = """
PHỤ LỤC I
DANH MỤC VĂN BẢN QUY PHẠM PHÁP LUẬT BỊ BÃI BỎ
(Kèm theo Thông tư số 99/2030/TT-BTN ngày 01 tháng 12 năm 2030)
|TT |Loại |Số, ký hiệu; ngày |Tên gọi |
|1 |Nghị định |09/2006/NĐ-CP ngày 16/01/2006 |Về phòng cháy |
| | | |và chữa cháy rừng theo Nghị định số 1/2001/NĐ-CP |
|2 |Thông tư |20/2016/TT-BTN ngày 27/6/2016 |Điều 1, Điều 3 của Thông tư sửa đổi Thông tư 38/2007/TT-BTN |
|3 |Thông tư |20/2016TT-BTN ngày 27/6/2016 |Về rừng |
|4 |Thông tư liên tịch |62/2005/TTLT-BTC-BNN&PTNT |Về quỹ |
"""


def test_a_table_of_what_ends_is_read_row_by_row() -> None:
    text = ENDING.format(clause="Bãi bỏ các văn bản tại Phụ lục I kèm theo Thông tư này.", excepted="") + TABLE
    found = reading.effects(text, "99/2030/TT-BTN")
    assert [(each.target.number, each.addresses) for each in found.ends] == [
        ("09/2006/NĐ-CP", ()), ("20/2016/TT-BTN", ("dieu_1", "dieu_3")),
    ]  # fmt: skip
    assert [each.why.msgid for each in found.unread] == ["the row could not be read"] * 2


def test_a_table_of_what_ends_in_part_needs_the_parts() -> None:
    text = ENDING.format(clause="Bãi bỏ các văn bản tại Phụ lục I kèm theo Thông tư này.", excepted="")
    found = reading.effects(text + TABLE.replace("BỊ BÃI BỎ", "BỊ BÃI BỎ MỘT PHẦN"), "99/2030/TT-BTN")
    assert [(each.target.number, each.addresses) for each in found.ends] == [("20/2016/TT-BTN", ("dieu_1", "dieu_3"))]


@pytest.mark.parametrize(
    ("clause", "first"),
    [
        (
            "Thông tư này có hiệu lực từ ngày 15 tháng 02 năm 2032 và được áp dụng từ ngày 01 tháng 01 năm 2032.",
            "2032-01-01",
        ),
        ("Các quy định tại Thông tư này áp dụng kể từ ngày 01 tháng 01 năm 2030.", "2030-01-01"),
        ("Thông tư này áp dụng từ năm ngân sách 2032.", None),
    ],
)
def test_a_text_may_be_applied_from_another_day(clause: str, first: str | None) -> None:
    (found,) = reading.effects(ENDING.format(clause=clause, excepted=""), "99/2030/TT-BTN").applied
    assert (found.first and found.first.isoformat(), found.stated_in) == (first, "dieu_2__khoan_2")
    assert found.words.endswith(("2032", "2030"))


def test_what_is_applied_and_is_not_of_this_text_is_none() -> None:
    clause = "Mức lương cơ sở áp dụng từ ngày 01 tháng 01 năm 2030. Thông tư này do Bộ trưởng giải thích."
    assert not reading.effects(ENDING.format(clause=clause, excepted=""), "99/2030/TT-BTN").applied
