"""Events on events, and words as they were confirmed, in the words of a text at a date."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from test_law_consolidation import ACT, BASE, after, edit
from test_law_register import AMENDING, NEW, OLD, agency, done

import docctl
from docctl.law import reading
from docctl.law.consolidation import consolidate, units_of
from docctl.model.event import Phrase
from docctl.model.law_at import TextAt

__all__ = ["agency"]

LATE = date(2040, 1, 1)
THIRD = "3/2033/TT-BTN"


def page(root: Path, day: date = LATE) -> TextAt:
    return docctl.open(root).lawbook.text(OLD, day)


def said(found: TextAt) -> dict[str, str]:
    return {each.address: each.text for each in found.units if not each.gone}


def why(found: TextAt) -> list[tuple[str, str, str]]:
    return [(each.origin.event, each.address, str(each.why)) for each in found.unfit]


def enact(root: Path, number: str, words: str) -> None:
    (root.parent / "next.txt").write_text(words, encoding="utf-8")
    done(root, "add", "../next.txt")
    done(root, "propose", number)
    done(root, "confirm", number, "--all", "--by", "lanh-dao")


def third(body: str) -> str:
    words = ACT.replace("12/2031/TT-BTN", THIRD).replace("10 tháng 3 năm 2031", "10 tháng 3 năm 2033")
    return words.replace("01 tháng 5 năm 2031", "01 tháng 5 năm 2033").format(body=body)


def append(root: Path, slug: str, events: str) -> None:
    path = root / f"legal/{slug}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + ("" if "\nevents:\n" in text else "events:\n") + events, encoding="utf-8")


def event(identifier: str, kind: str, more: str) -> str:
    return (
        f'  - id: {identifier}\n    kind: {kind}\n{more}    recorded: "2031-04-01"\n'
        '    confirmed: { by: lanh-dao, on: "2031-04-02" }\n'
    )


@pytest.fixture
def amended(agency: Path) -> Path:
    """The base text and an act on it, all of it confirmed."""
    done(agency, "add", "../base.txt")
    enact(agency, NEW, AMENDING)
    return agency


def test_what_an_amended_clause_says_now_stands_in_the_place_of_what_it_said(amended: Path) -> None:
    clause = "Bổ sung khoản 2a vào sau khoản 2 Điều 2 như sau:\n“2a. Sổ không in.”."
    exchange = "Thay thế cụm từ “05 năm” bằng cụm từ “30 năm” tại khoản 3 Điều 2."
    body = (
        f"1. Sửa đổi, bổ sung khoản 2 Điều 1 Thông tư số 12/2031/TT-BTN như sau:\n“2. {clause}”.\n"
        f"2. Sửa đổi, bổ sung khoản 3 Điều 1 Thông tư số 12/2031/TT-BTN như sau:\n“3. {exchange}”."
    )
    enact(amended, THIRD, third(body))
    before, found = said(page(amended, date(2032, 1, 1))), page(amended)
    assert not found.unfit
    assert before["dieu_2__khoan_2a"] == "2a. Sổ in ra được đóng dấu.\n"
    assert said(found)["dieu_2__khoan_2a"] == "2a. Sổ không in.\n"
    assert said(found)["dieu_2__khoan_3"] == "3. Sổ được giữ 30 năm.\n"
    assert [each.origins[-1].event for each in found.units if each.address == "dieu_2__khoan_3"] == ["3-2033-tt-btn#e2"]


def test_words_exchanged_in_the_act_are_exchanged_in_what_it_brought_and_nowhere_else(agency: Path) -> None:
    base = BASE.replace("bằng mực xanh", "bằng mực xanh, giữ 10 năm")
    (agency.parent / "base.txt").write_text(base, encoding="utf-8")
    done(agency, "add", "../base.txt")
    enact(agency, NEW, AMENDING.replace("khoản 1 Điều 2", "Điều 4").replace("“1. Sổ được ghi", "“Điều 4. Sổ được ghi"))
    enact(agency, THIRD, third(f"1. Thay thế cụm từ “10 năm” bằng cụm từ “20 năm” tại Thông tư số {NEW}."))
    found = page(agency)
    assert said(found)["dieu_2__khoan_3"] == "3. Sổ được giữ 20 năm.\n"
    assert "10 năm" in said(found)["dieu_2__khoan_1"]
    assert not found.unfit


def test_an_amendment_of_a_clause_that_is_not_held_is_listed_and_the_clause_stands(amended: Path) -> None:
    (amended.parent / "next.txt").write_text(third("1. Về sổ."), encoding="utf-8")
    done(amended, "add", "../next.txt")
    target = f"    target: {{ text: {NEW}, provisions: [dieu_1__khoan_1] }}\n"
    source = "    source: { provision: dieu_1__khoan_1, quote: x }\n"
    append(amended, "3-2033-tt-btn", event("e1", "amend", source + target) + event("e2", "insert", source + target))
    found = page(amended)
    assert said(found)["dieu_2__khoan_1"] == "1. Sổ được ghi trên máy.\n"
    assert {each[:2] for each in why(found)} == {
        ("3-2033-tt-btn#e1", "dieu_2__khoan_1"), ("3-2033-tt-btn#e2", "dieu_2__khoan_1"),
    }  # fmt: skip


def test_what_an_amended_clause_does_beyond_what_is_recorded_is_listed(amended: Path) -> None:
    clause = "Sửa đổi, bổ sung khoản 1 và bổ sung khoản 1a vào sau khoản 1 Điều 2 như sau:\n“1. Sổ in.\n1a. Sổ mật.”."
    enact(amended, THIRD, third(f"1. Sửa đổi, bổ sung khoản 1 Điều 1 Thông tư số {NEW} như sau:\n“1. {clause}”."))
    found = page(amended)
    assert said(found)["dieu_2__khoan_1"] == "1. Sổ in.\n"
    assert why(found) == [
        ("3-2033-tt-btn#e1", "dieu_2__khoan_1a", "12/2031/TT-BTN says this now, and no event records it")
    ]


def test_an_unconfirmed_event_on_an_event_is_pending(amended: Path) -> None:
    (amended.parent / "next.txt").write_text(third(f"1. Bãi bỏ khoản 1 Điều 1 Thông tư số {NEW}."), encoding="utf-8")
    done(amended, "add", "../next.txt")
    done(amended, "propose", THIRD)
    found = page(amended)
    assert said(found)["dieu_2__khoan_1"] == "1. Sổ được ghi trên máy.\n"
    assert found.pending == ["3-2033-tt-btn#e1"]


def test_a_suspended_amendment_comes_back_when_it_is_resumed(amended: Path) -> None:
    source = "    source: { provision: dieu_1__khoan_1, quote: x }\n"
    target = "    target: { event: 12-2031-tt-btn#e1 }\n"
    (amended.parent / "next.txt").write_text(third("1. Về sổ."), encoding="utf-8")
    done(amended, "add", "../next.txt")
    append(
        amended, "3-2033-tt-btn",
        event("e1", "suspend", source + target)
        + event("e2", "resume", source + target + '    effect: { from: "2034-01-01" }\n'),
    )  # fmt: skip
    assert "trên máy" not in said(page(amended, date(2033, 6, 1)))["dieu_2__khoan_1"]
    assert "trên máy" in said(page(amended, date(2034, 6, 1)))["dieu_2__khoan_1"]


def test_words_of_an_act_for_another_text_are_not_taken(amended: Path) -> None:
    body = "1. Sửa đổi, bổ sung khoản 1 Điều 2 Thông tư số 06/2029/TT-BTN như sau:\n“1. Chữ khác.”."
    (amended.parent / "next.txt").write_text(third(body), encoding="utf-8")
    done(amended, "add", "../next.txt")
    source = '    source: { provision: dieu_1__khoan_1, quote: "Sửa đổi, bổ sung khoản 1 Điều 2" }\n'
    target = f"    target: {{ text: {OLD}, provisions: [dieu_2__khoan_1] }}\n"
    append(amended, "3-2033-tt-btn", event("e1", "amend", source + target))
    found = page(amended)
    assert "Chữ khác" not in said(found)["dieu_2__khoan_1"]
    assert why(found) == [
        ("3-2033-tt-btn#e1", "dieu_2__khoan_1", "no instruction in 3/2033/TT-BTN was found that says this")
    ]


@pytest.mark.parametrize(
    ("old", "text", "result"),
    [
        ("5 năm", "giữ 05 năm, 1,5 năm, 5 năm.", "giữ 05 năm, 1,5 năm, X."),
        ("khoản 1", "khoản 1a, khoản 10, khoản 1.", "khoản 1a, khoản 10, X."),
        ("an", "quan an ban.", "quan X ban."),
        (", trừ sổ", "Sổ, trừ sổ.", "SổX."),
    ],
)
def test_words_stand_for_themselves(old: str, text: str, result: str) -> None:
    base = units_of(reading.structure(BASE.replace("Sổ được giữ 05 năm.", text)))
    phrase = edit("replace_phrase", "dieu_2__khoan_3", phrase=Phrase(old, "X", None))
    units, unfit = consolidate(base, [phrase])
    assert not unfit
    assert [each.text for each in units if each.address == "dieu_2__khoan_3"] == [f"3. {result}\n"]


def test_the_title_of_a_text_is_none_of_its_units() -> None:
    base = units_of(reading.structure(BASE))
    units, unfit = consolidate(base, [edit("replace_phrase", "#heading", phrase=Phrase("Sổ", "Vở", None))])
    assert units == base
    assert [str(each.why) for each in unfit] == ["the title of the text is not among its units"]


def test_the_name_of_a_chapter_changes_whole() -> None:
    units, unfit = after("Sửa đổi tên Chương II như sau:\n“Chương II\nNƠI GIỮ SỔ”.")
    assert not unfit
    assert units["chuong_2"].text == "Chương II\nNƠI GIỮ SỔ\n"


def test_a_number_that_stays_taken_is_not_given_again() -> None:
    base = units_of(reading.structure(BASE))
    pairs = (("dieu_2__khoan_1", "dieu_2__khoan_2"), ("dieu_2__khoan_2", "dieu_2__khoan_3"))
    units, unfit = consolidate(base, [edit("renumber", pairs=pairs)])
    assert units == base
    assert {each.address for each in unfit} == {"dieu_2__khoan_1", "dieu_2__khoan_2"}


def test_a_unit_that_moves_to_another_parent_stands_there() -> None:
    units, unfit = consolidate(
        units_of(reading.structure(BASE)),
        [edit("renumber", pairs=(("dieu_2__khoan_2__diem_b", "dieu_2__khoan_3__diem_a"),))],
    )
    assert not unfit
    addresses = [each.address for each in units]
    assert addresses.index("dieu_2__khoan_3__diem_a") == addresses.index("dieu_2__khoan_3") + 1
