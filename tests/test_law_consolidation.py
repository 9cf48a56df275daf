"""The text as of a date: invented texts of every shape, and the official consolidated texts where they are beside us."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from docctl.law import reading
from docctl.law.address import parse
from docctl.law.consolidation import Edit, consolidate, units_of
from docctl.model.event import Phrase
from docctl.model.law_at import Consolidated, Origin, Unfit
from docctl.model.operation import Wording, Words

BASE = """BỘ THỬ NGHIỆM
Số: 05/2029/TT-BTN
Hà Nội, ngày 02 tháng 5 năm 2029
THÔNG TƯ
Quy định về sổ sách
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
Thông tư này quy định về sổ sách.
Điều 2. Cách ghi
1. Sổ được ghi bằng mực xanh, mỗi trang một việc.
2. Việc ghi gồm:
a) Ngày ghi;
b) Người ghi.
3. Sổ được giữ 05 năm.
Chương II
GIỮ SỔ
Điều 3. Nơi giữ
Sổ được giữ tại phòng lưu trữ, trừ sổ mật.
Điều 4. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2029.
"""
ACT = """BỘ THỬ NGHIỆM
Số: 12/2031/TT-BTN
Hà Nội, ngày 10 tháng 3 năm 2031
THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN ngày 02 tháng 5 năm 2029 của Bộ trưởng Bộ Thử nghiệm quy định về sổ sách
Căn cứ Luật Sổ sách số 11/2028/QH16;
Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN
{body}
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2031.
"""


def after(*instructions: str, base: str = BASE) -> tuple[dict[str, Consolidated], list[Unfit]]:
    """The units of the base text after the clauses of an act, by address."""
    body = "\n".join(f"{number}. {words}" for number, words in enumerate(instructions, 1))
    text = ACT.format(body=body)
    read = reading.amendments(text, "12/2031/TT-BTN")
    assert len(read.operations) >= len(instructions), read.unread
    edits = [
        reading.edit(operation, wording, f"e{place}", "12/2031/TT-BTN")
        for place, (operation, wording) in enumerate(zip(read.operations, reading.wordings(text, read), strict=True))
    ]
    units, unfit = consolidate(units_of(reading.structure(base)), edits)
    return {each.address: each for each in units}, unfit


def test_nothing_done_is_the_text_as_it_was() -> None:
    units, unfit = consolidate(units_of(reading.structure(BASE)), [])
    assert not unfit
    assert "".join(each.text for each in units) == BASE[BASE.index("Chương I") :]
    assert not any(each.origins or each.gone for each in units)


def test_a_clause_is_replaced_and_says_where_its_words_come_from() -> None:
    units, unfit = after("Sửa đổi, bổ sung khoản 1 Điều 2 như sau:\n“1. Sổ được ghi trên máy.”.")
    assert not unfit
    assert units["dieu_2__khoan_1"].text == "1. Sổ được ghi trên máy.\n"
    (origin,) = units["dieu_2__khoan_1"].origins
    assert (origin.acting, origin.provision) == ("12/2031/TT-BTN", "dieu_1__khoan_1")
    assert origin.first == date(2031, 5, 1)
    assert not units["dieu_2__khoan_2"].origins


def test_an_article_is_replaced_with_everything_in_it() -> None:
    units, unfit = after(
        "Sửa đổi, bổ sung Điều 2 như sau:\n“Điều 2. Ghi\n1. Ghi trên máy:\na) Ngày;\nb) Giờ.\n2. Không in.”."
    )
    assert not unfit
    assert [each for each in units if each.startswith("dieu_2")] == [
        "dieu_2", "dieu_2__khoan_1", "dieu_2__khoan_1__diem_a", "dieu_2__khoan_1__diem_b", "dieu_2__khoan_2",
    ]  # fmt: skip
    assert units["dieu_2__khoan_2"].text == "2. Không in.\n"


def test_new_units_stand_behind_those_they_follow() -> None:
    units, unfit = after(
        "Bổ sung khoản 1a, khoản 1b vào sau khoản 1 Điều 2 như sau:\n“1a. Một.\n1b. Hai.”.",
        "Bổ sung Điều 3a vào sau Điều 3 như sau:\n“Điều 3a. Sổ mật\n1. Giữ riêng.\n2. Khóa.”.",
        "Bổ sung điểm c vào khoản 2 Điều 2 như sau:\n“c) Giờ ghi.”.",
    )
    assert not unfit
    assert [each for each in units if each.startswith("dieu_2__")] == [
        "dieu_2__khoan_1", "dieu_2__khoan_1a", "dieu_2__khoan_1b", "dieu_2__khoan_2", "dieu_2__khoan_2__diem_a",
        "dieu_2__khoan_2__diem_b", "dieu_2__khoan_2__diem_c", "dieu_2__khoan_3",
    ]  # fmt: skip
    assert [*units].index("dieu_3a") == [*units].index("dieu_3") + 1
    assert units["dieu_3a__khoan_2"].text == "2. Khóa.\n"


def test_one_quotation_serves_what_is_changed_and_what_is_new() -> None:
    units, unfit = after(
        "Sửa đổi, bổ sung khoản 1 và bổ sung khoản 1a vào sau khoản 1 Điều 2 như sau:\n“1. Mới.\n1a. Thêm.”."
    )
    assert not unfit
    assert (units["dieu_2__khoan_1"].text, units["dieu_2__khoan_1a"].text) == ("1. Mới.\n", "1a. Thêm.\n")


def test_words_are_exchanged_where_the_act_says_and_nowhere_else() -> None:
    units, unfit = after("Thay thế cụm từ “mực xanh” bằng cụm từ “mực đen” tại khoản 1 Điều 2.")
    assert not unfit
    assert units["dieu_2__khoan_1"].text == "1. Sổ được ghi bằng mực đen, mỗi trang một việc.\n"
    units, unfit = after("Bỏ cụm từ “, trừ sổ mật” tại Điều 3.")
    assert not unfit
    assert units["dieu_3"].text == "Điều 3. Nơi giữ\nSổ được giữ tại phòng lưu trữ.\n"


def test_what_is_repealed_keeps_its_number() -> None:
    units, unfit = after("Bãi bỏ khoản 2 Điều 2.")
    assert not unfit
    assert units["dieu_2__khoan_2"].gone
    assert units["dieu_2__khoan_2__diem_a"].gone
    assert not units["dieu_2__khoan_3"].gone


def test_a_heading_changes_alone() -> None:
    units, unfit = after("Sửa đổi tên Điều 3 như sau:\n“Điều 3. Chỗ giữ sổ”.")
    assert not unfit
    assert units["dieu_3"].text == "Điều 3. Chỗ giữ sổ\nSổ được giữ tại phòng lưu trữ, trừ sổ mật.\n"


def test_opening_words_change_without_what_follows_them() -> None:
    units, unfit = after("Sửa đổi đoạn mở đầu khoản 2 Điều 2 như sau:\n“2. Mỗi việc ghi gồm:”.")
    assert not unfit
    assert units["dieu_2__khoan_2"].text == "2. Mỗi việc ghi gồm:\n"
    assert not units["dieu_2__khoan_2__diem_a"].origins


def test_what_does_not_fit_fails_alone_and_is_listed() -> None:
    units, unfit = after(
        "Sửa đổi, bổ sung khoản 9 Điều 2 như sau:\n“9. Không có.”.",
        "Thay thế cụm từ “mực tím” bằng cụm từ “mực đen” tại khoản 1 Điều 2.",
        "Bổ sung khoản 3 vào sau khoản 2 Điều 2 như sau:\n“3. Có rồi.”.",
        "Sửa đổi, bổ sung khoản 3 Điều 2 như sau:\n“3. Sổ được giữ 10 năm.”.",
    )
    assert [(each.origin.provision, each.address) for each in unfit] == [
        ("dieu_1__khoan_1", "dieu_2__khoan_9"), ("dieu_1__khoan_2", "dieu_2__khoan_1"), ("dieu_1__khoan_3", "dieu_2__khoan_3"),
    ]  # fmt: skip
    assert units["dieu_2__khoan_3"].text == "3. Sổ được giữ 10 năm.\n"


def test_words_without_quotation_marks_are_not_guessed() -> None:
    units, unfit = after("Sửa đổi, bổ sung khoản 1 Điều 2 như sau: Sổ được ghi trên máy.")
    assert [str(each.why) for each in unfit] == ["the new words are not held"]
    assert not units["dieu_2__khoan_1"].origins


def test_a_chapter_ends_where_the_next_begins() -> None:
    units, unfit = after("Bãi bỏ Chương I.")
    assert not unfit
    assert [each for each, unit in units.items() if unit.gone] == [
        "chuong_1", "dieu_1", "dieu_2", "dieu_2__khoan_1", "dieu_2__khoan_2", "dieu_2__khoan_2__diem_a",
        "dieu_2__khoan_2__diem_b", "dieu_2__khoan_3",
    ]  # fmt: skip


ORIGIN = Origin("e1", "1/2031/TT-BTN", "dieu_1", date(2031, 5, 1))


def edit(kind: str, *addresses: str, text: str = "", **more: object) -> Edit:
    words = Wording({each: (Words(each, "", text),) for each in addresses}) if text else None
    return Edit(ORIGIN, kind, addresses, words=words, **more)  # type: ignore[arg-type]


def test_a_count_that_differs_fails_the_whole_edit() -> None:
    units = units_of(reading.structure(BASE))
    everywhere = edit("replace_phrase", phrase=Phrase("Sổ được giữ", "Sổ giữ", 3))
    after_, unfit = consolidate(units, [everywhere])
    assert after_ == units
    assert str(unfit[0].why) == "the words stand there 2 times, not 3"


def test_a_unit_moves_to_its_new_number_with_all_that_is_in_it() -> None:
    moved, unfit = consolidate(
        units_of(reading.structure(BASE)),
        [
            edit(
                "renumber",
                "dieu_2__khoan_2",
                pairs=(("dieu_2__khoan_3", "dieu_2__khoan_4"), ("dieu_2__khoan_2", "dieu_2__khoan_3")),
            )
        ],
    )
    assert not unfit
    found = {each.address: each.text for each in moved}
    assert found["dieu_2__khoan_4"] == "3. Sổ được giữ 05 năm.\n".replace("3.", "4.")
    assert found["dieu_2__khoan_3"].startswith("3. Việc ghi gồm")
    assert "dieu_2__khoan_3__diem_a" in found
    assert "dieu_2__khoan_2" not in found


ADDRESSES = [
    each.address for each in units_of(reading.structure(BASE)) if parse(each.address).units[0].startswith("dieu")
]


@given(st.lists(st.tuples(st.sampled_from(["amend", "repeal", "insert"]), st.sampled_from(ADDRESSES)), max_size=6))
def test_every_edit_is_made_or_listed_and_the_rest_is_untouched(asked: Sequence[tuple[str, str]]) -> None:
    base = units_of(reading.structure(BASE))
    edits = [edit(kind, address, text=f"{place}. mới\n") for place, (kind, address) in enumerate(asked)]
    units, unfit = consolidate(base, edits)
    touched = {address for _, address in asked}
    for each in base:
        inside = any(each.address == one or each.address.startswith(one + "__") for one in touched)
        if not inside:
            assert each in units
    done = sum(len(each.origins) > 0 for each in units)
    assert done or len(unfit) == len(edits)
    assert len(unfit) <= len(edits)


@given(st.sampled_from(ADDRESSES), st.sampled_from(ADDRESSES))
def test_edits_of_places_apart_may_come_in_any_order(one: str, other: str) -> None:
    if one == other or one.startswith(other) or other.startswith(one):
        return
    base = units_of(reading.structure(BASE))
    first, second = edit("amend", one, text="một\n"), edit("repeal", other)
    assert consolidate(base, [first, second]) == consolidate(base, [second, first])
