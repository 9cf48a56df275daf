"""A legal text cut into its units: nothing is lost, and numbers, quotation marks, notes decide what is a provision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from generated import many
from growth import MOST, growth
from hypothesis import given, settings
from hypothesis import strategies as st

from docctl.law.address import parse
from docctl.law.vn.structure import structure, unit_at
from docctl.model.law_text import LawText, Part


def addresses(text: str) -> list[str]:
    return [unit.address for unit in structure(text).units]


def lines(*each: str) -> str:
    return "\n".join(each) + "\n"


# -- nothing is lost ------------------------------------------------------------------------------

SHAPES = (
    "Điều 1. Phạm vi", "Điều 1", "Điều 2. Kho hàng", "Điều 3", "Điều 2a. Kho mới", "Điều 54. Kho", "ĐIỀU 1.", "Điều 12",
    "1. Kho lạnh", "2. Kho khô:", "3.2 Các kho", "2a. Kho vừa", "1.", "1.1. Kho nhỏ", "a) Kho giấy;", "b) Kho vải",
    "đ) Kho gỗ",
    "d1) Kho đá", "(i) tầng một", "(ii) tầng hai", "b.1) tầng ba", "Chương I", "Chương II. KHO", "Mục 1", "Mục 2. KỆ",
    "Tiểu mục 1. X", "Phần thứ hai", "I. CHUNG", "II. RIÊNG", "A. HAI",
    "“Điều 5. Kho quý", "“1. Kho", "Kho.”", "Kho.”.", "như sau: “Kho", '"Điều 6. Kho', 'Kho."', "‟Kho", "kho ”",
    "“ “ ”",
    "1. Sửa đổi khoản 2 Điều 5 như sau:", "2. Bãi bỏ Điều 7.", "3. Bổ sung khoản 3 như sau:", "theo khoản 2, của",
    "1 Điều này được sửa đổi theo quy định tại Điều 1", "2 Khoản này được bãi bỏ", "[3] Kho được bổ sung",
    "VĂN BẢN HỢP NHẤT",
    "Phụ lục", "Phụ lục I", "PHỤ LỤC II", "Mẫu số 01", "MẪU SỐ 2/KHO", "Biểu số 3",
    "(Kèm theo Thông tư số 1/2030/TT-MAU)",
    "QUY CHẾ", "(Ban hành kèm theo Quyết định số 1/2030/QĐ-MAU)", "Nơi nhận:", "KT. BỘ TRƯỞNG", "TM. CHÍNH PHỦ", "12",
    "Phụ lục36", "Phụ lục II3", "PHỤ LỤC 35 (được bãi bỏ)", "Mẫu số 014", "MẪU", "MẪU ĐƠN", "BIỂU MỨC THU", "Mẫu",
    "BỘ TRƯỞNG", "BỘ KHO BÃI", "BỘ TIÊU CHÍ", "(Kèm theo Quy chế kho)", "XÁC THỰC VĂN BẢN HỢP NHẤT", "DANH MỤC KHO,",
    "Độc lập - Tự do", "Điều 9a. Kho", "Điều 9. Kho", "157. Kho", "3.000 kho", "theo quy định tại", "của kho",
    "CÔNG BÁO/Số 1", "", "   ", "\t1. Kho", "Luật này được Quốc hội khóa I thông qua", "kho hàng", "Điều lệ kho",
)  # fmt: skip
TEXTS = st.one_of(
    st.text(),
    st.text(alphabet='Điều 123.\n“”"a)đ(i)I', max_size=80),
    st.lists(st.sampled_from(SHAPES), max_size=40).map("\n".join),
    st.lists(st.tuples(st.sampled_from(SHAPES), st.sampled_from(("\n", "\r\n", " ", "\n\n"))), max_size=40).map(
        lambda pairs: "".join(shape + end for shape, end in pairs)
    ),
)


def assert_whole(read: LawText, text: str) -> None:
    """Every character belongs to one piece, and what units and quotations point to is there."""
    assert read.joined() == text
    assert [piece.start for piece in read.pieces] == [0, *(piece.end for piece in read.pieces)][: len(read.pieces)]
    assert all(piece.start < piece.end for piece in read.pieces)
    assert (read.pieces[-1].end if read.pieces else 0) == len(text)
    assert all((piece.unit >= 0) == (piece.part is Part.UNIT) for piece in read.pieces)
    assert {piece.unit for piece in read.pieces} - {-1} == {*range(len(read.units))}
    assert all(before.start < after.start for before, after in pairwise(read.units))
    assert all(0 <= unit.start <= unit.body <= len(text) for unit in read.units)
    assert all(text[unit.start :].lstrip(" \t").startswith(unit.label) for unit in read.units)
    assert all(unit_at(read, unit.start) == unit.address for unit in read.units)
    assert all(0 <= start < end <= len(text) for start, end in read.quoted)
    assert all(before[1] <= after[0] for before, after in pairwise(read.quoted))


@settings(max_examples=many(400))
@given(TEXTS, st.sampled_from((None, True, False)))
def test_every_text_is_kept_whole_and_read_the_same_again(text: str, consolidated: bool | None) -> None:
    read = structure(text, consolidated=consolidated)
    assert_whole(read, text)
    assert read == structure(text, consolidated=consolidated)


@settings(max_examples=many(400))
@given(st.lists(st.sampled_from(SHAPES), max_size=40).map("\n".join), st.sampled_from((None, True, False)))
def test_every_address_can_be_read_and_units_of_one_address_are_counted(text: str, consolidated: bool | None) -> None:
    counted: dict[str, int] = {}
    for unit in structure(text, consolidated=consolidated).units:
        assert str(parse(unit.address)) == unit.address
        assert unit.number == counted.get(unit.address, 0)
        counted[unit.address] = unit.number + 1


@settings(deadline=None)
@given(st.lists(st.sampled_from(SHAPES), min_size=1, max_size=30).map("\n".join))
def test_the_words_of_the_units_are_their_pieces(text: str) -> None:
    read = structure(text)
    whole = "".join(read.words(place) for place in range(len(read.units)))
    assert whole == "".join(read.of(Part.UNIT))
    assert len(whole) + sum(len(each) for part in Part if part is not Part.UNIT for each in read.of(part)) == len(text)


def test_an_empty_text_has_nothing() -> None:
    assert structure("") == LawText("", (), ())
    assert unit_at(structure(""), 0) == ""


# -- numbers decide -------------------------------------------------------------------------------


def test_articles_clauses_and_points() -> None:
    text = lines(
        "BỘ KHO BÃI", "Số: 01/2030/TT-MAU", "Điều 1. Phạm vi", "Thông tư này áp dụng cho kho.", "1. Kho lạnh.",
        "2. Kho khô:",
        "a) Kho giấy;", "b) Kho vải;", "Điều 2. Hiệu lực", "Từ ngày ký.",
    )  # fmt: skip
    read = structure(text)
    assert addresses(text) == [
        "dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2", "dieu_1__khoan_2__diem_a", "dieu_1__khoan_2__diem_b", "dieu_2",
    ]  # fmt: skip
    first = read.by_address["dieu_1"]
    assert (first.label, first.heading, text[first.body :].split("\n")[0]) == ("Điều 1.", "Phạm vi", " Phạm vi")
    assert read.words(2) == "2. Kho khô:\n"
    assert read.whole(2) == "2. Kho khô:\na) Kho giấy;\nb) Kho vải;\n"
    assert [*read.of(Part.FRONT)] == ["BỘ KHO BÃI\nSố: 01/2030/TT-MAU\n"]
    assert unit_at(read, text.index("Kho vải")) == "dieu_1__khoan_2__diem_b"
    assert unit_at(read, 0) == ""


def test_an_article_may_stand_alone_on_its_line_without_a_dot() -> None:
    text = lines("Điều 1", "Phạm vi áp dụng", "1. Kho.", "Điều 2", "Hiệu lực")
    assert addresses(text) == ["dieu_1", "dieu_1__khoan_1", "dieu_2"]
    assert [unit.label for unit in structure(text).units] == ["Điều 1", "1.", "Điều 2"]


@pytest.mark.parametrize(
    "line", ["Điều 3 của Thông tư này.", "Điều 3", "Khoản 1 và khoản 2.", "2, 3 và 4.", "7. Kho xa.", "Mục 2 của"]
)
def test_a_wrapped_line_that_begins_like_a_unit_is_none(line: str) -> None:
    text = lines("Điều 1. Phạm vi", "1. Kho lạnh quy định tại", line, "2. Kho khô.", "Điều 2. Kho")
    assert addresses(text) == ["dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2", "dieu_2"]
    assert line in structure(text).words(1)


def test_points_follow_the_vietnamese_alphabet_with_suffixes() -> None:
    marks = ("a", "b", "c", "d", "d1", "đ", "e", "g", "h", "i", "k")
    text = lines("Điều 1. Kho", "1. Gồm:", *(f"{mark}) kho;" for mark in marks), "1a. Thêm:", "a) kho.", "2. Hết.")
    assert addresses(text) == [
        "dieu_1", "dieu_1__khoan_1",
        *(f"dieu_1__khoan_1__diem_{mark.replace('đ', 'dd')}" for mark in marks),
        "dieu_1__khoan_1a", "dieu_1__khoan_1a__diem_a", "dieu_1__khoan_2",
    ]  # fmt: skip


def test_inserted_articles_have_letters() -> None:
    text = lines("Điều 1. A", "Điều 1a. B", "Điều 1b. C", "Điều 1đ. D", "Điều 2. E")
    assert addresses(text) == ["dieu_1", "dieu_1a", "dieu_1b", "dieu_1dd", "dieu_2"]


def test_numbers_of_points_and_marks_below_points() -> None:
    text = lines(
        "Điều 1. Kho", "1. Một:", "1.1. Nhỏ.", "1.2. Vừa.", "2. Hai:", "a) Kệ:", "(i) tầng một;", "(ii) tầng hai;",
        "b) Sàn:", "b.1) trong.",
    )  # fmt: skip
    assert addresses(text)[1:] == [
        "dieu_1__khoan_1", "dieu_1__khoan_1__diem_1.1", "dieu_1__khoan_1__diem_1.2", "dieu_1__khoan_2",
        "dieu_1__khoan_2__diem_a",
        "dieu_1__khoan_2__diem_a__tiet_i", "dieu_1__khoan_2__diem_a__tiet_ii", "dieu_1__khoan_2__diem_b",
        "dieu_1__khoan_2__diem_b__tiet_b.1",
    ]  # fmt: skip


def test_chapters_and_sections_group_articles_without_being_in_their_addresses() -> None:
    text = lines(
        "Phần thứ nhất", "KHO", "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. A", "Mục 1", "KỆ", "Điều 2. B", "Mục 2. SÀN",
        "Tiểu mục 1. TRONG", "Điều 3. C", "Chương II", "RIÊNG", "Mục 1. CỬA", "Điều 4. D", "Chương III. THÊM",
        "Điều 5. E",
    )  # fmt: skip
    assert addresses(text) == [
        "phan_1", "phan_1__chuong_1", "dieu_1", "phan_1__chuong_1__muc_1", "dieu_2", "phan_1__chuong_1__muc_2",
        "phan_1__chuong_1__muc_2__tieu_muc_1", "dieu_3", "phan_1__chuong_2", "phan_1__chuong_2__muc_1", "dieu_4",
        "phan_1__chuong_3", "dieu_5",
    ]  # fmt: skip
    assert structure(text).by_address["phan_1__chuong_1__muc_2"].heading == "SÀN"


def test_a_text_without_articles_has_sections_and_numbers() -> None:
    text = lines("HƯỚNG DẪN", "I. CHUNG", "1. Kho:", "a) lạnh.", "II. RIÊNG", "1. Kệ:", "1.1. cao.")
    assert addresses(text) == [
        "muc_1", "muc_1__khoan_1", "muc_1__khoan_1__diem_a", "muc_2", "muc_2__khoan_1", "muc_2__khoan_1__diem_1.1",
    ]  # fmt: skip


def test_an_article_that_stands_behind_one_with_a_higher_number() -> None:
    text = lines("Điều 8. A", "Điều 9a. B", "Điều 9. C", "Điều 10. D", "Điều 9. Kho")
    assert addresses(lines(*(f"Điều {number}. A" for number in range(1, 8))) + text)[7:] == [
        "dieu_8", "dieu_9a", "dieu_9", "dieu_10",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["Điều 3 Nghị định số 1/2030/NĐ-CP.", "Điều 2 Nghị định này. Kho ở đây.", "Điều 2 Kho"]
)
def test_an_article_without_a_dot_is_none_where_the_line_before_breaks_off(line: str) -> None:
    text = lines("Điều 1. Phạm vi", "1. Kho lạnh quy định tại", line, "2. Kho khô.", "Điều 2. Kho", "1. Kho.")
    assert addresses(text) == ["dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2", "dieu_2", "dieu_2__khoan_1"]


def test_a_page_may_end_in_the_sentence_that_names_an_article() -> None:
    text = lines(
        "Điều 1. Phạm vi", "1. Kho lạnh quy định tại", "", "CÔNG BÁO/Số 5", "12", "", "Điều 2 Luật này.", "2. A"
    )
    assert addresses(text) == ["dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2"]


def test_an_article_may_have_no_dot_where_a_sentence_has_ended() -> None:
    assert addresses(lines("Điều 1. Phạm vi", "Kho lạnh.", "Điều 2 Kho khô", "1. Kho.")) == [
        "dieu_1", "dieu_2", "dieu_2__khoan_1",
    ]  # fmt: skip


def test_a_number_printed_twice_is_a_second_unit_where_a_sentence_has_ended() -> None:
    text = lines("Điều 1. Sửa đổi Luật Kho", "1. Bãi bỏ Điều 3.", "1. Bãi bỏ Điều 4.", "2. Bãi bỏ Điều 5.")
    read = structure(text)
    assert [(unit.address, unit.number) for unit in read.units][1:] == [
        ("dieu_1__khoan_1", 0), ("dieu_1__khoan_1", 1), ("dieu_1__khoan_2", 0),
    ]  # fmt: skip
    assert read.words(2) == "1. Bãi bỏ Điều 4.\n"


def test_numbers_that_begin_anew_inside_a_clause_are_no_second_one() -> None:
    text = lines("Điều 1. Kho", "1. Kho được chia thành:", "1. Nhóm A: kho lạnh;", "2. Nhóm B: kho khô.")
    assert addresses(text) == ["dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2"]


def test_thousands_are_no_clause_with_a_footnote() -> None:
    text = lines("VĂN BẢN HỢP NHẤT", "Điều 1. Kho", "1. Mức phí:", "2.500 đồng", "2.000 đồng", "2.1 Phí cao.")
    assert addresses(text) == ["dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2"]
    assert addresses(lines("Điều 1. Kho", "1. Một.", "2.1 Hai.")) == ["dieu_1", "dieu_1__khoan_1"]


def test_a_few_lost_numbers_are_jumped_but_not_many() -> None:
    assert addresses(lines("Điều 1. A", "1. Kho.", "4. Kho.")) == ["dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_4"]
    assert addresses(lines("Điều 1. A", "1. Kho.", "5. Kho.")) == ["dieu_1", "dieu_1__khoan_1"]


# -- consolidated texts ---------------------------------------------------------------------------

CONSOLIDATED = lines(
    "VĂN BẢN HỢP NHẤT", "LUẬT KHO BÃI", "Điều 1. Phạm vi", "1. Kho lạnh.",
    "1 Điều này được sửa đổi theo quy định tại khoản 1 Điều 1 Luật số 3/2030/QH20 như sau:", "“Điều 1. Cũ",
    "1. Kho xưa.”",
    "2. Kho khô.", "3.2 Các ngành có kho.",
    "2 Khoản này được bổ sung theo quy định tại khoản 2 Điều 1 Luật số 3/2030/QH20.",
    "Điều 23. Kệ", "1. Kệ cao.", "3 Tên điều được sửa đổi theo quy định tại Điều 4 Luật số 3/2030/QH20.", "Điều 3. Sàn",
)  # fmt: skip


def test_marks_of_footnotes_are_no_part_of_the_number_and_footnotes_no_provisions() -> None:
    read = structure(CONSOLIDATED)
    assert [unit.address for unit in read.units] == [
        "dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2", "dieu_1__khoan_3", "dieu_2", "dieu_2__khoan_1", "dieu_3",
    ]  # fmt: skip
    assert [unit.label for unit in read.units][3:5] == ["3.2", "Điều 23."]
    notes = [*read.of(Part.NOTE)]
    assert [note.split()[0] for note in notes] == ["1", "2", "3"]
    assert notes[0].endswith("1. Kho xưa.”\n")
    assert read.words(3) == "3.2 Các ngành có kho.\n"


def test_what_looks_like_a_footnote_is_one_only_in_a_consolidated_text() -> None:
    read = structure(CONSOLIDATED, consolidated=False)
    assert not [*read.of(Part.NOTE)]
    assert read.joined() == CONSOLIDATED


BEHIND = lines("VĂN BẢN HỢP NHẤT", "Điều 1. Kho", "1. Một.", "XÁC THỰC VĂN BẢN HỢP NHẤT", "KT. BỘ TRƯỞNG")


def test_annexes_and_forms_may_have_a_footnote_glued_to_their_number() -> None:
    text = BEHIND + lines(
        "Phụ lục I2", "KHO LẠNH", "PHỤ LỤC 23 (được bãi bỏ)", "Phụ lục 34", "KHO KHÔ", "Phụ lục 3A5", "Mẫu số 016", "Đơn",
        "Mẫu số 027", "Đơn", "Mẫu số 3", "Đơn", "Phụ lục8", "KHO",
    )  # fmt: skip
    assert addresses(text)[2:] == [
        "phu_luc_1", "phu_luc_2", "phu_luc_3", "phu_luc_3a", "phu_luc_3a__mau_1", "phu_luc_3a__mau_2",
        "phu_luc_3a__mau_3", "phu_luc",
    ]  # fmt: skip
    assert addresses(lines("Điều 1. Kho", "Nơi nhận:", "Phụ lục I2", "KHO", "Phụ lục 34", "KHO")) == [
        "dieu_1", "phu_luc_34",
    ]  # fmt: skip


def test_a_clause_may_have_a_footnote_between_its_number_and_the_dot() -> None:
    text = BEHIND + lines(
        "1 Khoản này được bổ sung theo Luật số 3/2030/QH20", "Phụ lục I", "KHO", "12. Một:", "2. Hai:"
    )
    assert addresses(text)[2:] == ["phu_luc_1", "phu_luc_1__khoan_1", "phu_luc_1__khoan_2"]


def test_the_end_of_a_consolidated_text_and_the_next_annex_end_a_quotation_that_nothing_closes() -> None:
    text = lines(
        "VĂN BẢN HỢP NHẤT", "Điều 1. Kho", "1 Điều này được sửa đổi theo quy định tại Điều 2 như sau:", "“Điều 5. Cũ",
        "1. Kho.", "XÁC THỰC VĂN BẢN HỢP NHẤT", "KT. BỘ TRƯỞNG", "Phụ lục I", "KHO", "“Kho", "Phụ lục II", "KỆ",
    )  # fmt: skip
    read = structure(text)
    assert addresses(text) == ["dieu_1", "phu_luc_1", "phu_luc_2"]
    assert [*read.of(Part.END)] == ["XÁC THỰC VĂN BẢN HỢP NHẤT\nKT. BỘ TRƯỞNG\n"]
    assert len(read.doubts) == 2


def test_page_heads_are_no_provisions_and_break_none() -> None:
    text = lines("Điều 1. Kho", "1. Kho lạnh", "12", "ở phía bắc.", "34 CÔNG BÁO/Số 5 + 6", "2. Kho khô.")
    read = structure(text)
    assert [*read.of(Part.STAMP)] == ["12\n", "34 CÔNG BÁO/Số 5 + 6\n"]
    assert read.words(1) == "1. Kho lạnh\nở phía bắc.\n"


def test_numbers_in_a_table_are_words_of_their_unit() -> None:
    text = lines(
        "Điều 1. Mức phí", "1. Như sau:", "Kho lạnh", "40", "Kho khô", "35", "Kho", "", "CÔNG BÁO/Số 5", "", "12", "7",
        "13", "CÔNG BÁO/Số 5", "2. Hết.",
    )  # fmt: skip
    read = structure(text)
    assert read.words(1) == "1. Như sau:\nKho lạnh\n40\nKho khô\n35\nKho\n\n\n7\n"
    assert "".join(read.of(Part.STAMP)) == "CÔNG BÁO/Số 5\n12\n13\nCÔNG BÁO/Số 5\n"


# -- amending acts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”."), ("“", "”;"), ("‟", "”."), ('"', '".'), ("«", "»"), ("“", "”")]
)
def test_quoted_articles_are_no_units_of_the_act(opening: str, closing: str) -> None:
    text = lines(
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Kho bãi", "1. Sửa đổi, bổ sung Điều 5 như sau:",
        f"{opening}Điều 5. Kho quý", "1. Kho lớn:", "a) kho.", f"2. Kho nhỏ.{closing}", "2. Bãi bỏ Điều 7.",
        "Điều 2. Hiệu lực thi hành",
        "Luật này có hiệu lực từ ngày ký.",
    )  # fmt: skip
    read = structure(text)
    assert addresses(text) == ["dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2", "dieu_2"]
    ((start, end),) = read.quoted
    assert text[start:end] == f"{opening}Điều 5. Kho quý\n1. Kho lớn:\na) kho.\n2. Kho nhỏ.{closing}"
    assert not read.doubts
    assert unit_at(read, start) == "dieu_1__khoan_1"


def test_a_quotation_that_nothing_closes_ends_with_the_next_instruction_and_is_a_doubt() -> None:
    text = lines(
        "Điều 1. Sửa đổi, bổ sung một số điều của Luật Kho bãi", "1. Sửa đổi, bổ sung Điều 5 như sau:",
        "“Điều 5. Kho quý",
        "1. Kho lớn.", "2. Bãi bỏ Điều 7.", "Điều 2. Hiệu lực thi hành",
    )  # fmt: skip
    read = structure(text)
    assert addresses(text) == ["dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2", "dieu_2"]
    assert [text[start:end] for start, end in read.quoted] == ["“Điều 5. Kho quý\n1. Kho lớn.\n"]
    assert [place for place, _ in read.doubts] == [text.index("“")]


def test_the_article_that_puts_the_act_into_force_ends_a_quotation_that_nothing_closes() -> None:
    text = lines(
        "Điều 1.", "Sửa đổi Luật Kho.", "1. Điều 5 được sửa đổi như sau:", "“Điều 5. Mức phí", "1. Kho lớn.", "Điều 2.",
        "Luật này có hiệu lực từ ngày 01 tháng 01 năm 2030.",
    )  # fmt: skip
    assert addresses(text) == ["dieu_1", "dieu_1__khoan_1", "dieu_2"]


def test_each_paragraph_of_new_wording_may_open_anew() -> None:
    text = lines(
        "Điều 1. Sửa đổi Luật Kho",
        "1. Sửa đổi Điều 5 như sau:",
        "“Điều 5. Kho",
        "“1. Lớn.",
        "“2. Nhỏ.”.",
        "2. Bãi bỏ Điều 7.",
    )
    assert addresses(text) == ["dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2"]
    assert len(structure(text).quoted) == 1


def test_words_in_quotation_marks_that_are_broken_over_two_lines_hide_nothing() -> None:
    text = lines("Điều 1. Kho", "1. Thay cụm từ", "“kho", "cũ” bằng cụm từ khác.", "2. Bỏ từ “kho”.", "Điều 2. Kệ")
    assert addresses(text) == ["dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2", "dieu_2"]
    assert structure(text).quoted == ()


def test_a_phrase_in_quotation_marks_hides_nothing() -> None:
    text = lines("Điều 1. Kho", "1. Thay cụm từ “kho cũ” bằng cụm từ “kho mới”.", "2. Bỏ từ “kho”.")
    assert addresses(text) == ["dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2"]
    assert structure(text).quoted == ()


# -- behind the signature -------------------------------------------------------------------------


def test_an_attached_regulation_begins_its_numbers_anew() -> None:
    text = lines(
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế kho.", "Điều 2. Hiệu lực", "KT. BỘ TRƯỞNG", "QUY CHẾ",
        "Quản lý kho",
        "(Ban hành kèm theo Quyết định số 1/2030/QĐ-MAU)", "Chương I", "CHUNG", "Điều 1. Phạm vi", "1. Kho:",
        "a) lạnh.", "Điều 2. Kệ",
    )  # fmt: skip
    read = structure(text)
    assert addresses(text) == [
        "dieu_1", "dieu_2", "kem_theo", "kem_theo__chuong_1", "kem_theo__dieu_1", "kem_theo__dieu_1__khoan_1",
        "kem_theo__dieu_1__khoan_1__diem_a", "kem_theo__dieu_2",
    ]  # fmt: skip
    assert [*read.of(Part.END)] == ["KT. BỘ TRƯỞNG\n"]
    assert read.by_address["kem_theo"].heading == "QUY CHẾ Quản lý kho"


def test_articles_that_begin_anew_behind_the_signature_are_attached() -> None:
    text = lines("Điều 1. Ban hành", "Điều 2. Hiệu lực", "Nơi nhận:", "- Như trên.", "Điều 1. Phạm vi", "1. Kho.")
    assert addresses(text) == ["dieu_1", "dieu_2", "kem_theo__dieu_1", "kem_theo__dieu_1__khoan_1"]


def test_annexes_have_sections_numbers_and_forms() -> None:
    text = lines(
        "Điều 1. Phạm vi", "TM. CHÍNH PHỦ", "Phụ lục I", "DANH SÁCH KHO", "(Kèm theo Nghị định số 1/2030/NĐ-CP)",
        "I. KHO LẠNH",
        "1. Một:", "a) kho.", "II. KHO KHÔ", "1. Một.", "Mẫu số 01", "Đơn xin kho", "Mẫu số 02/KHO", "Tờ khai kho",
        "1. Tên:",
        "PHỤ LỤC II", "A. BẮC", "B. NAM",
    )  # fmt: skip
    assert addresses(text) == [
        "dieu_1", "phu_luc_1", "phu_luc_1__muc_1", "phu_luc_1__muc_1__khoan_1", "phu_luc_1__muc_1__khoan_1__diem_a",
        "phu_luc_1__muc_2",
        "phu_luc_1__muc_2__khoan_1", "phu_luc_1__mau_1", "phu_luc_1__mau_2/kho", "phu_luc_2", "phu_luc_2__phan_a",
        "phu_luc_2__phan_b",
    ]  # fmt: skip


def test_an_annex_of_an_attached_regulation_is_inside_it() -> None:
    text = lines(
        "Điều 1. Ban hành Quy chế kho", "KT. BỘ TRƯỞNG", "BỘ KHO BÃI", "QUY CHẾ", "Quản lý kho",
        "(Ban hành kèm theo Thông tư số 1/2030/TT-MAU)", "Điều 1. Kho", "Phụ lục I", "KHO LẠNH", "1. Một.", "Phụ lục II",
        "(Kèm theo Quy chế quản lý kho)", "Mẫu số 01", "Đơn", "Phụ lục III", "(Kèm theo Thông tư số 1/2030/TT-MAU)",
        "1. Một.", "Phụ lục IV", "KỆ",
    )  # fmt: skip
    assert addresses(text) == [
        "dieu_1", "kem_theo", "kem_theo__dieu_1", "kem_theo__phu_luc_1", "kem_theo__phu_luc_1__khoan_1",
        "kem_theo__phu_luc_2", "kem_theo__phu_luc_2__mau_1", "phu_luc_3", "phu_luc_3__khoan_1", "phu_luc_4",
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["BỘ TRƯỞNG", "BỘ KHO BÃI VÀ VẬN TẢI"])
def test_a_ministry_or_its_minister_is_no_attached_text(line: str) -> None:
    text = lines(
        "Điều 1. Kho", "Nơi nhận:", line, "Nguyễn Văn A", "Phụ lục", "(Kèm theo Thông tư số 1/2030/TT-MAU)", "A"
    )
    assert addresses(text) == ["dieu_1", "phu_luc"]


def test_what_comes_with_a_submission_is_not_attached_to_the_text() -> None:
    text = lines("Điều 1. Kho", "Nơi nhận:", "DANH MỤC TÀI LIỆU", "(Kèm theo Tờ trình số 1)", "BỘ TIÊU CHÍ",
                 "(Kèm theo Quyết định số 1/QĐ-MAU)")  # fmt: skip
    assert addresses(text) == ["dieu_1", "kem_theo"]


def test_a_form_without_a_number_has_the_address_of_its_annex() -> None:
    text = lines(
        "Điều 1. Kho", "Nơi nhận:", "Phụ lục I", "MẪU ĐƠN XIN KHO", "1. Tên:", "Phụ lục II", "DANH SÁCH", "1. Một:",
        "MẪU ĐƠN", "1. Tên:", "Mẫu", "2. Hai",
    )  # fmt: skip
    assert [(unit.address, unit.number) for unit in structure(text).units] == [
        ("dieu_1", 0), ("phu_luc_1", 0), ("phu_luc_2", 0), ("phu_luc_2__khoan_1", 0), ("phu_luc_2", 1),
    ]  # fmt: skip
    assert structure(text).by_address["phu_luc_1"].heading == "MẪU ĐƠN XIN KHO"


def test_a_table_behind_the_signature_is_issued_with_the_text() -> None:
    text = lines(
        "Điều 1. Kho", "Nơi nhận:", "BIỂU MỨC THU PHÍ KHO", "(Kèm theo Thông tư số 1/2030/TT-MAU)", "1. Kho", "2. Kệ"
    )
    (_, annex) = structure(text).units
    assert (annex.address, annex.label, annex.heading) == ("kem_theo", "BIỂU", "MỨC THU PHÍ KHO")


def test_a_form_that_a_wrapped_line_names_and_an_article_in_a_table_are_none() -> None:
    text = lines(
        "Điều 1. Kho", "Nơi nhận:", "Phụ lục I", "KHO", "1. Gửi đơn theo", "Mẫu số 04 Phụ lục I của Nghị định này.",
        "2. Danh mục:", "Điều 1", "Kho", "Mẫu số 01", "Đơn",
    )  # fmt: skip
    assert addresses(text) == ["dieu_1", "phu_luc_1", "phu_luc_1__khoan_1", "phu_luc_1__khoan_2", "phu_luc_1__mau_1"]


def test_annexes_of_annexes_have_digits_for_roman_numbers() -> None:
    text = lines("Điều 1. Kho", "Nơi nhận:", "Phụ lục I.2", "KHO", "Phụ lục IVa", "KỆ", "PHỤ LỤC C", "SÀN")
    assert addresses(text) == ["dieu_1", "phu_luc_1.2", "phu_luc_4a", "phu_luc_c"]


# -- names ----------------------------------------------------------------------------------------


def headings(*each: str) -> dict[str, str | None]:
    return {unit.address: unit.heading for unit in structure(lines(*each)).units}


def test_a_chapter_has_its_name_below_over_several_lines() -> None:
    assert headings(
        "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. A", "Mục 1. KHO LẠNH", "VÀ KỆ CAO", "Điều 2. B", "Chương II", "",
        "CÔNG BÁO/Số 5", "KHO KHÔ VÀ", "KHO ƯỚT", "Điều 3. C", "Chương III. Những kho khác", "Điều 4. D", "Chương IV",
        "Điều 5. E",
    ) == {
        "chuong_1": "QUY ĐỊNH CHUNG", "dieu_1": "A", "chuong_1__muc_1": "KHO LẠNH VÀ KỆ CAO", "dieu_2": "B",
        "chuong_2": "KHO KHÔ VÀ KHO ƯỚT", "dieu_3": "C", "chuong_3": "Những kho khác", "dieu_4": "D",
        "chuong_4": None, "dieu_5": "E",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("below", "name"),
    [
        (["DANH MỤC KHO", "(Kèm theo Thông tư số 1)", "1. Một."], "DANH MỤC KHO"),
        (["DANH MỤC", "KHO LẠNH (Kèm theo Thông tư số 1", "của Bộ)", "1. Một."], "DANH MỤC KHO LẠNH"),
        (["(Ban hành kèm theo Thông tư số 1", "của Bộ)", "DANH MỤC KHO", "STT"], "DANH MỤC KHO"),
        (["Danh mục kho lạnh của", "Bộ Kho bãi", "Stt"], "Danh mục kho lạnh của Bộ Kho bãi"),
        (
            ["TÊN CƠ QUAN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do", "Kho, ngày", "ĐƠN XIN KHO"],
            "ĐƠN XIN KHO",
        ),
        (["TÊN CƠ QUAN", "Độc lập - Tự do", "Kính gửi"], None),
        (["____", "KHO"], "KHO"),
        (["STT", "Tên kho"], None),
        (["Đơn vị báo cáo:", "KHO"], None),
        ([], None),
    ],
)
def test_the_name_of_an_annex(below: list[str], name: str | None) -> None:
    assert headings("Điều 1. Kho", "Nơi nhận:", "Phụ lục I", *below)["phu_luc_1"] == name


def test_the_name_of_a_form_may_stand_on_its_line() -> None:
    found = headings("Điều 1. Kho", "Nơi nhận:", "Phụ lục I", "KHO", "Mẫu số 01. Đơn xin kho của", "công ty", "CÔNG TY")
    assert found["phu_luc_1__mau_1"] == "Đơn xin kho của công ty"


@pytest.mark.parametrize(
    ("article", "name"),
    [
        (["Điều 1. Kho lạnh", "Kho lạnh là kho."], "Kho lạnh"),
        (["Điều 1. Trách nhiệm của", "Bộ Kho bãi", "Bộ Kho bãi quản lý."], "Trách nhiệm của Bộ Kho bãi"),
        (["Điều 1. Kho lạnh và kho", "khô", "1. Kho."], "Kho lạnh và kho khô"),
        (["Điều 1. Sửa đổi Luật Kho như sau:", "1. Bãi bỏ Điều 3."], "Sửa đổi Luật Kho như sau"),
        (["Điều 1. Thông tư này có hiệu lực từ ngày ký."], None),
        (["Điều 1. Ban hành kèm theo Quyết định này Quy chế", "kho của Bộ."], None),
        (["Điều 1. Kho lạnh.", "1. Một."], "Kho lạnh"),
        (["Điều 1", "Kho lạnh", "Kho lạnh là kho."], "Kho lạnh"),
        (["Điều 1", "Kho lạnh", "1. Một."], "Kho lạnh"),
        (["Điều 1", "Luật này có hiệu lực từ ngày ký."], None),
        (["Điều 1", "Luật này có hiệu lực từ ngày 01 tháng 01 năm", "2030.", "Kho."], None),
        (["Điều 1.", "Sửa đổi Luật Kho như sau:", "1. Bãi bỏ Điều 3."], None),
        (["Điều 1"], None),
        (["Điều 1. " + "kho lạnh " * 60, "1. Một."], None),
    ],
)
def test_the_name_of_an_article(article: list[str], name: str | None) -> None:
    assert headings(*article)["dieu_1"] == name


def test_marks_of_footnotes_are_no_part_of_a_name() -> None:
    text = ("Chương I", "KHO LẠNH1", "Điều 1. Kho khô2 3", "1. Một.", "Điều 2. 4 (được bãi bỏ)")
    assert headings("VĂN BẢN HỢP NHẤT", *text) == {
        "chuong_1": "KHO LẠNH", "dieu_1": "Kho khô", "dieu_1__khoan_1": None, "dieu_2": "(được bãi bỏ)",
    }  # fmt: skip
    assert headings(*text)["chuong_1"] == "KHO LẠNH1"


@settings(max_examples=many(300))
@given(st.lists(st.sampled_from(SHAPES), max_size=40).map("\n".join), st.sampled_from((None, True, False)))
def test_a_name_is_made_of_the_words_of_its_unit(text: str, consolidated: bool | None) -> None:
    read = structure(text, consolidated=consolidated)
    for place, unit in enumerate(read.units):
        if unit.heading is not None:
            assert unit.heading == " ".join(unit.heading.split())
            assert all(word in read.words(place) for word in unit.heading.split())
            assert not unit.address.rpartition("__")[2].startswith(("khoan", "diem", "tiet"))


# -- hostile texts --------------------------------------------------------------------------------

MANY = 15_000
HOSTILE: dict[str, Callable[[int], str]] = {
    "one line": lambda many: "Điều 1. Kho " + "x" * (30 * many),
    "short lines": lambda many: "a\n" * (3 * many),
    "clauses": lambda many: "Điều 1. A\n" + "".join(f"{number % 999}. x\n" for number in range(many)),
    "articles": lambda many: "".join(f"Điều {number % 999 + 1}. x\n" for number in range(many)),
    "chapters": lambda many: "Chương I\nKHO\nChương II\nKỆ\n" * (many // 4),
    "one long name": lambda many: "Chương I\n" + "KHO\n" * many,
    "nested quotes": lambda many: "“" * (10 * many) + "”" * (10 * many),
    "a quote on every line": lambda many: "Điều 1. A\n" + "sau: “kho\n1. Bãi bỏ kho\n" * (many // 2),
    "a quote that nothing closes": lambda many: "Điều 1. A\n1. Sửa như sau:\n“kho\n" + "a) x\n" * many,
    "a quote that is closed late": lambda many: "Điều 1. A\n1. Sửa như sau:\n“kho\n" + "2. Bãi bỏ\n" * many + "”",
    "control characters": lambda many: "\x00\x01\x1f\x0b\x0c\x85\u2028" * many,
    "digits": lambda many: "1" * (30 * many),
    "digits and spaces": lambda many: "1 " * (15 * many),
    "numbers and dots": lambda many: "1." * (15 * many),
    "Roman letters": lambda many: "Phụ lục " + "ivx" * (10 * many),
    "spaces": lambda many: "Chương I" + " " * (30 * many),
    "empty lines": lambda many: "Chương I\n" + "\n" * (3 * many),
    "rules": lambda many: "Chương I\n" + "_" * (30 * many) + "x",
    "brackets": lambda many: "Nơi nhận:\nPhụ lục I\n" + "(Ban hành " * many,
    "footnotes": lambda many: "VĂN BẢN HỢP NHẤT\nĐiều 1. A\n" + "1 Khoản được sửa\n“kho\n" * (many // 2),
    "one long footnote": lambda many: "VĂN BẢN HỢP NHẤT\nĐiều 1. A\n" + "1 Khoản " * (3 * many),
    "annexes": lambda many: "Điều 1. A\nNơi nhận:\n" + "Phụ lục 1234\n(\nMẪU\n" * (many // 3),
    "pages": lambda many: "Điều 1. A\n" + "12\nkho,\n" * (many // 2),
    "a signature": lambda many: "Điều 1. A\nBỘ TRƯỞNG" + " X" * (10 * many),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_time_for_a_hostile_text_grows_with_its_length(name: str) -> None:
    large = HOSTILE[name](2 * MANY)
    assert structure(large).joined() == large

    def work(many: int) -> Callable[[], object]:
        text = HOSTILE[name](many)
        return lambda: structure(text)

    assert growth(work, MANY // 16, MANY) <= MOST


def test_an_annex_without_a_number_and_an_annex_that_is_only_cited() -> None:
    text = lines(
        "Điều 1. Kho",
        "1. Kho theo mẫu tại",
        "Phụ lục I của Thông tư này.",
        "Nơi nhận:",
        "Phụ lục",
        "(Kèm theo Thông tư)",
        "1. Kho.",
    )
    assert addresses(text) == ["dieu_1", "dieu_1__khoan_1", "phu_luc", "phu_luc__khoan_1"]


def test_two_units_of_one_address_are_kept_apart_by_their_number() -> None:
    text = lines(
        "Điều 1. Kho",
        "Nơi nhận:",
        "Phụ lục I",
        "(Kèm theo)",
        "Mẫu số 01",
        "Đơn",
        "Mẫu số 02",
        "Tờ khai",
        "Mẫu số 01",
        "Đơn khác",
    )
    read = structure(text)
    twice: Sequence[tuple[str, int]] = [
        (unit.address, unit.number) for unit in read.units if unit.address.endswith("mau_1")
    ]
    assert twice == [("phu_luc_1__mau_1", 0), ("phu_luc_1__mau_1", 1)]
    assert text[read.by_address["phu_luc_1__mau_1"].start :].startswith("Mẫu số 01\nĐơn\n")


def test_a_number_printed_twice_in_an_article_loses_no_words() -> None:
    text = lines("Điều 1. Kho", "1. Một.", "1. Lại một.", "2. Hai.")
    assert "".join(structure(text).whole(0)) == text
