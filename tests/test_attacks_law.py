"""Hard cases for the register written from texts and for texts as of a date."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from gitworld import Answer, run_docctl, state
from test_law_consolidation import ACT, BASE, ORIGIN, after, edit
from test_law_register import AMENDING, ENTRY, EVENT, NEW, OLD, agency, done, tree

import docctl
from docctl.errors import UsageError
from docctl.law import reading
from docctl.law.consolidation import Edit, consolidate, units_of
from docctl.model.event import Phrase
from docctl.model.law_at import Consolidated, TextAt
from docctl.model.operation import Wording, Words
from docctl.registering import with_confirmation, with_events

__all__ = ["agency"]

DAY = date(2031, 5, 2)
LATE = date(2040, 1, 1)
HEAD = ENTRY
OWN = '    kind: repeal\n    source: { quote: x }\n    target: { text: 1/2020/TT-BTN }\n    recorded: "2031-01-01"\n'


def law(root: Path, *words: str) -> Answer:
    return run_docctl("law", *words, cwd=root)


def act(number: str, day: str, body: str, start: str = "ngày 01 tháng 5 năm 2031") -> str:
    """An act of another number, signed on another day."""
    return (
        ACT.replace("12/2031/TT-BTN", number)
        .replace("ngày 10 tháng 3 năm 2031", day)
        .replace("ngày 01 tháng 5 năm 2031", start)
        .format(body=body)
    )


def keep(root: Path, name: str, words: str, *more: str) -> None:
    (root.parent / name).write_text(words, encoding="utf-8")
    done(root, "add", f"../{name}", *more)


def enact(root: Path, number: str, words: str) -> None:
    """Keeps an act, proposes and confirms all that it does."""
    keep(root, number.replace("/", "-") + ".txt", words)
    done(root, "propose", number)
    done(root, "confirm", number, "--all", "--by", "lanh-dao")


def append(root: Path, slug: str, events: str) -> None:
    path = root / f"legal/{slug}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "events:\n" + events, encoding="utf-8")


def confirmed(identifier: str, kind: str, more: str) -> str:
    return (
        f'  - id: {identifier}\n    kind: {kind}\n{more}    recorded: "2031-04-01"\n'
        '    confirmed: { by: lanh-dao, on: "2031-04-02" }\n'
    )


def page(root: Path, day: date = LATE) -> TextAt:
    return docctl.open(root).lawbook.text(OLD, day)


def words(found: TextAt) -> dict[str, Consolidated]:
    return {each.address: each for each in found.units}


@pytest.fixture
def based(agency: Path) -> Path:
    done(agency, "add", "../base.txt")
    return agency


# -- the file ------------------------------------------------------------------------------------------


def test_a_confirmation_is_not_written_into_a_comment() -> None:
    text = HEAD + (
        "events:\n  - { id: e0, kind: repeal, source: { quote: x }, target: { text: a },\n"
        '      recorded: "2031-01-01" # theo công báo\n    }\n'
    )
    written = with_confirmation("legal/a.yaml", text, ["e0"], "lanh-dao", DAY)
    assert tree(written)["events"][0]["confirmed"] == {"by": "lanh-dao", "on": "2031-05-02"}


def test_an_event_on_one_line_that_ends_with_a_comma_can_be_confirmed() -> None:
    text = HEAD + (
        'events:\n  - { id: e0, kind: repeal, source: { quote: x }, target: { text: a }, recorded: "2031-01-01", }\n'
    )
    written = with_confirmation("legal/a.yaml", text, ["e0"], "lanh-dao", DAY)
    assert tree(written)["events"][0]["confirmed"]["by"] == "lanh-dao"


KEPT = HEAD + (
    'events:\n  - id: e0\n    kind: repeal\n    recorded: "2031-01-01"\n    target: { text: 1/2020/TT-BTN }\n'
    "    source:\n      quote: |+\n        x\n\n\n"
)


@pytest.mark.parametrize("tail", ["", "fields: [Sổ]\n"])
def test_other_events_keep_the_lines_at_the_end_of_their_quotes(tail: str) -> None:
    before = tree(KEPT + tail)["events"][0]
    assert tree(with_events("legal/a.yaml", KEPT + tail, [EVENT]))["events"][0] == before
    written = with_confirmation("legal/a.yaml", KEPT + tail, ["e0"], "lanh-dao", DAY)
    assert tree(written)["events"][0]["source"] == before["source"]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "events:\n  -   id: e0\n" + OWN.replace("    kind", "      kind").replace("\n    ", "\n      "),
        HEAD + "events:\n-   id: e0\n" + OWN,
        "---\n" + HEAD + "...\n",
        "".join(f"  {line}\n" for line in HEAD.splitlines()),
    ],
)
def test_a_list_in_any_valid_layout_is_added_to_or_the_layout_is_named(text: str) -> None:
    assert tree(text)
    try:
        written = with_events("legal/a.yaml", text, [EVENT])
    except UsageError as error:
        assert "cannot be read" not in str(error)
    else:
        assert tree(written)["events"][-1] == EVENT


def test_a_comment_behind_an_empty_list_does_not_become_one_of_the_last_field() -> None:
    written = with_events("legal/a.yaml", HEAD + "events: []  # chưa có sự kiện\nfields: [Sổ]\n", [EVENT])
    assert not any("recorded" in line and "chưa có sự kiện" in line for line in written.splitlines())


def test_a_file_with_line_ends_of_windows_keeps_them() -> None:
    text = (HEAD + "events:\n  - id: e0\n" + OWN).replace("\n", "\r\n")
    for written in (
        with_events("legal/a.yaml", text, [EVENT]),
        with_confirmation("legal/a.yaml", text, ["e0"], "lanh-dao", DAY),
    ):
        assert all(line.endswith("\r") for line in written.split("\n")[:-1])


# -- where files go ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "slug", ["../../../evil", "../evil", "/evil", "a/b", "UPPER", "có dấu", "shared/x", ".hidden", "x.y"]
)
def test_a_name_of_a_file_that_is_none_is_refused(agency: Path, slug: str) -> None:
    before = state(agency.parent)
    answer = law(agency, "add", "../base.txt", "--slug", slug)
    assert answer.status == 2, answer
    assert {*state(agency.parent)} == {*before}


def test_a_text_is_not_kept_under_the_name_of_another(based: Path) -> None:
    (based / "legal/text/05-2029-tt-btn.md").unlink()
    answer = law(based, "add", "../act.txt", "--slug", "05-2029-tt-btn")
    assert answer.status == 2, answer
    assert not (based / "legal/text/05-2029-tt-btn.md").exists()


def test_what_cannot_be_written_whole_is_not_written_in_half(agency: Path) -> None:
    (agency / "legal").mkdir(exist_ok=True)
    (agency / "legal/05-2029-tt-btn.yaml").mkdir()
    assert law(agency, "add", "../base.txt").status != 0
    assert not (agency / "legal/text/05-2029-tt-btn.md").exists()


def test_an_entry_that_is_a_link_leaves_no_text_alone(agency: Path) -> None:
    (agency / "legal").mkdir(exist_ok=True)
    (agency / "legal/05-2029-tt-btn.yaml").symlink_to(agency.parent / "away.yaml")
    assert law(agency, "add", "../base.txt").status != 0
    assert not (agency / "legal/text/05-2029-tt-btn.md").exists()


LOCAL = """ỦY BAN NHÂN DÂN TỈNH {place}
Số: 01/2024/QĐ-UBND
{place}, ngày 15 tháng 01 năm 2024
QUYẾT ĐỊNH
Về sổ sách
Điều 1. Phạm vi
Quyết định này nói về sổ của {place}.
Điều 2. Hiệu lực
Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 02 năm 2024.
"""


def test_two_provinces_with_one_number_and_day_have_a_file_each(agency: Path) -> None:
    keep(agency, "a.txt", LOCAL.format(place="LONG AN"))
    (agency.parent / "b.txt").write_text(LOCAL.format(place="TÂY NINH"), encoding="utf-8")
    answer = law(agency, "add", "../b.txt")
    assert answer.status == 0, answer
    assert len([*(agency / "legal/text").glob("01-2024-qd-ubnd*.md")]) == 2


def test_a_text_whose_head_names_another_issuer_is_not_kept_under_an_entry(agency: Path) -> None:
    keep(agency, "a.txt", LOCAL.format(place="LONG AN"))
    held = next((agency / "legal/text").glob("01-2024-qd-ubnd*.md"))
    held.unlink()
    (agency.parent / "b.txt").write_text(LOCAL.format(place="TÂY NINH"), encoding="utf-8")
    law(agency, "add", "../b.txt")
    assert not held.exists() or "TÂY NINH" not in held.read_text(encoding="utf-8")


def test_a_consolidated_text_is_not_kept_as_the_words_of_its_base(based: Path) -> None:
    entry = based / "legal/05-2029-tt-btn.yaml"
    entry.write_text(
        entry.read_text(encoding="utf-8") + 'consolidated_by:\n  - { number: 21/VBHN-BTN, issued: "2031-06-01" }\n',
        encoding="utf-8",
    )
    (based / "legal/text/05-2029-tt-btn.md").unlink()
    (based.parent / "vbhn.txt").write_text(
        BASE.replace("05/2029/TT-BTN", "21/VBHN-BTN").replace("ngày 02 tháng 5 năm 2029", "ngày 01 tháng 6 năm 2031"),
        encoding="utf-8",
    )
    law(based, "add", "../vbhn.txt", "--kind", "consolidated")
    held = based / "legal/text/05-2029-tt-btn.md"
    assert not held.exists() or "21/VBHN-BTN" not in held.read_text(encoding="utf-8")


@pytest.mark.parametrize("letter", ["\u200b", "\u00ad", "\u2028", "\u0085", "\x1b", "\x07", "\ufeff", "\u202e"])
def test_a_title_with_an_odd_character_is_kept_or_the_character_is_named(agency: Path, letter: str) -> None:
    text = BASE.replace("Quy định về sổ sách", f"Quy định về{letter} sổ sách")
    (agency.parent / "odd.txt").write_text(text, encoding="utf-8")
    answer = law(agency, "add", "../odd.txt")
    assert "docctl check 05/2029/TT-BTN" not in answer.err, answer.err
    assert letter not in answer.out + answer.err


@pytest.mark.parametrize("letter", ["\u200b", "\u00ad", "\x1b", "\u202e", "\ufeff"])
def test_an_odd_character_in_one_clause_does_not_keep_the_others_from_being_proposed(based: Path, letter: str) -> None:
    text = AMENDING.replace("Bãi bỏ Điều 3.", f"Bãi bỏ{letter} Điều 3.")
    keep(based, "odd.txt", text)
    answer = law(based, "propose", NEW)
    assert answer.status == 0, answer
    assert letter not in answer.out + answer.err


@pytest.mark.parametrize("kind", ["nonsense", "decree # x", "decree\nfields: [x]"])
def test_a_kind_that_is_none_is_named(agency: Path, kind: str) -> None:
    answer = law(agency, "add", "../base.txt", "--kind", kind, "--lang", "en")
    assert answer.status == 2
    assert "docctl check 05/2029/TT-BTN" not in answer.err
    assert "kind" in answer.err


@pytest.mark.parametrize("option", [("--url", "no address"), ("--number", "???"), ("--issuer", ""), ("--title", "")])
def test_an_option_that_cannot_be_used_is_named(agency: Path, option: tuple[str, str]) -> None:
    answer = law(agency, "add", "../base.txt", *option)
    assert answer.status in (0, 2), answer
    assert "Traceback" not in answer.err
    assert "cannot be read" not in answer.err, answer.err


def test_no_file_of_the_agency_is_replaced_through_the_name_of_a_text(agency: Path) -> None:
    (agency / "GHI-CHU.md").write_text("của đơn vị\n", encoding="utf-8")
    law(agency, "add", "../base.txt", "--slug", "../../GHI-CHU", "--replace")
    assert (agency / "GHI-CHU.md").read_text(encoding="utf-8") == "của đơn vị\n"


@pytest.mark.parametrize("number", ["ＡＢ", "–", "§"])
def test_a_number_of_which_no_file_name_can_be_made_is_refused_in_words(agency: Path, number: str) -> None:
    answer = law(agency, "add", "../base.txt", "--number", number)
    assert answer.status == 2
    assert "internal error" not in answer.err


def test_words_are_not_kept_beside_an_entry_that_cannot_be_read_without_a_word(based: Path) -> None:
    path = based / "legal/05-2029-tt-btn.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "bad: [\n", encoding="utf-8")
    answer = law(based, "add", "../base.txt", "--replace")
    assert answer.status != 0 or "cannot be read" in answer.err


def test_nothing_is_said_to_be_confirmed_where_nothing_waits(based: Path) -> None:
    answer = law(based, "confirm", OLD, "--all", "--by", "lanh-dao")
    assert "commit it" not in answer.err


# -- proposals -----------------------------------------------------------------------------------------


def events(root: Path, slug: str = "12-2031-tt-btn") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tree((root / f"legal/{slug}.yaml").read_text(encoding="utf-8")).get("events", [])
    return found


TWO_PHRASES = (
    "1. Thay thế cụm từ “mực xanh” bằng cụm từ “mực đen” và thay thế cụm từ “mỗi trang” bằng cụm từ “mỗi tờ” "
    "tại khoản 1 Điều 2."
)


def test_two_phrase_edits_of_one_provision_are_both_proposed(based: Path) -> None:
    keep(based, "two.txt", ACT.format(body=TWO_PHRASES))
    done(based, "propose", NEW)
    assert [each["phrase"]["old"] for each in events(based)] == ["mực xanh", "mỗi trang"]


def test_a_target_written_by_its_file_name_is_not_proposed_again(based: Path) -> None:
    done(based, "add", "../act.txt")
    done(based, "propose", NEW)
    path = based / "legal/12-2031-tt-btn.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(f'"{OLD}"', "05-2029-tt-btn"), encoding="utf-8")
    assert {each["target"]["text"] for each in events(based)} == {"05-2029-tt-btn"}
    done(based, "propose", NEW)
    assert len(events(based)) == 4


def test_an_event_whose_provisions_a_person_has_mended_is_not_proposed_again(based: Path) -> None:
    done(based, "add", "../act.txt")
    done(based, "propose", NEW)
    path = based / "legal/12-2031-tt-btn.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("provisions: [dieu_3]", "provisions: [dieu_3, dieu_4]"), encoding="utf-8")
    done(based, "propose", NEW)
    assert len(events(based)) == 4


def test_a_withdrawn_event_does_not_come_back(based: Path) -> None:
    done(based, "add", "../act.txt")
    done(based, "propose", NEW)
    path = based / "legal/12-2031-tt-btn.yaml"
    gone = '    withdrawn: { by: lanh-dao, on: "2031-06-01", reason: "đọc nhầm" }\n'
    path.write_text(path.read_text(encoding="utf-8") + gone, encoding="utf-8")
    done(based, "propose", NEW)
    assert len(events(based)) == 4


@pytest.mark.parametrize(
    "new", ["a: b # c", "C:\\", "“trong”", "Null", "TRUE", "No", "On", "- x", "{ a }", "@a", "a, b", "''", "x\u00a0y"]
)
def test_a_phrase_of_any_words_is_written_as_it_is(new: str) -> None:
    event = {**EVENT, "kind": "replace_phrase", "phrase": {"old": new, "new": new + "\\"}}
    assert tree(with_events("legal/a.yaml", HEAD, [event]))["events"] == [event]


def test_a_text_that_is_kept_except_some_keeps_those(based: Path) -> None:
    keep(based, "except.txt", ACT.format(body="1. Bãi bỏ Điều 2, trừ khoản 1."))
    done(based, "propose", NEW)
    found = events(based)
    assert not found or found[0]["target"].get("except") == ["dieu_2__khoan_1"]


@pytest.mark.parametrize("letter", ["\u200b", "\u00ad", "\u202e", "\ufeff"])
def test_an_odd_character_in_words_exchanged_does_not_keep_the_others_from_being_proposed(
    based: Path, letter: str
) -> None:
    keep(based, "odd.txt", AMENDING.replace("“10 năm”", f"“10{letter} năm”"))
    answer = law(based, "propose", NEW)
    assert answer.status == 0, answer
    assert len(events(based)) >= 3


def test_a_text_that_names_itself_acts_on_itself_or_on_nothing(based: Path) -> None:
    keep(based, "self.txt", ACT.format(body="1. Bãi bỏ khoản 1 Điều 2 Thông tư số 12/2031/TT-BTN."))
    done(based, "propose", NEW)
    assert OLD not in [each["target"]["text"] for each in events(based)]


# -- confirming ----------------------------------------------------------------------------------------


def test_an_event_without_a_target_can_be_looked_at(based: Path) -> None:
    done(based, "add", "../act.txt")
    append(
        based, "12-2031-tt-btn",
        '  - id: e1\n    kind: general_repeal\n    source: { provision: dieu_2, quote: x }\n    recorded: "2031-04-01"\n',
    )  # fmt: skip
    answer = law(based, "confirm", NEW)
    assert answer.status == 0, answer


def test_an_event_on_an_event_is_shown_with_what_it_acts_on(based: Path) -> None:
    done(based, "add", "../act.txt")
    append(
        based, "12-2031-tt-btn",
        "  - id: e1\n    kind: repeal\n    source: { provision: dieu_2, quote: x }\n"
        '    target: { event: 05-2029-tt-btn#e7 }\n    recorded: "2031-04-01"\n',
    )  # fmt: skip
    shown = done(based, "confirm", NEW)
    assert "05-2029-tt-btn#e7" in shown
    assert "None" not in shown


def test_the_day_until_which_an_event_holds_is_shown_before_it_is_confirmed(based: Path) -> None:
    done(based, "add", "../act.txt")
    append(
        based, "12-2031-tt-btn",
        f'  - id: e1\n    kind: extend\n    source: {{ provision: dieu_2, quote: x }}\n    target: {{ text: "{OLD}" }}\n'
        '    effect: { to: "2035-01-01" }\n    recorded: "2031-04-01"\n',
    )  # fmt: skip
    shown = done(based, "confirm", NEW)
    assert "2035-01-01" in shown
    assert "a day not known" not in shown


def test_an_event_named_twice_is_counted_once(based: Path) -> None:
    done(based, "add", "../act.txt")
    done(based, "propose", NEW)
    assert "1 event" in done(based, "confirm", NEW, "e1", "e1", "--by", "lanh-dao", "--lang", "en")


def test_an_event_may_be_named_as_it_is_shown(based: Path) -> None:
    done(based, "add", "../act.txt")
    done(based, "propose", NEW)
    done(based, "confirm", NEW, "12-2031-tt-btn#e1", "--by", "lanh-dao")


def test_named_events_and_all_of_them_are_not_asked_for_at_once(based: Path) -> None:
    done(based, "add", "../act.txt")
    done(based, "propose", NEW)
    assert law(based, "confirm", NEW, "e1", "--all", "--by", "lanh-dao").status == 2


# -- the words as of a date ----------------------------------------------------------------------------


def test_words_are_not_exchanged_inside_other_words() -> None:
    base = BASE.replace("giữ 05 năm", "giữ 15 năm, bản sao 5 năm")
    units, _ = after("Thay thế cụm từ “5 năm” bằng cụm từ “10 năm” tại khoản 3 Điều 2.", base=base)
    assert units["dieu_2__khoan_3"].text == "3. Sổ được giữ 15 năm, bản sao 10 năm.\n"


def test_words_of_a_heading_are_exchanged_in_the_heading_alone() -> None:
    units, _ = after("Thay thế cụm từ “giữ” bằng cụm từ “lưu” tại tên Điều 3.")
    assert units["dieu_3"].text == "Điều 3. Nơi lưu\nSổ được giữ tại phòng lưu trữ, trừ sổ mật.\n"


def test_words_are_exchanged_once_where_two_places_overlap() -> None:
    units, _ = after("Thay thế cụm từ “mực” bằng cụm từ “mực đen” tại Điều 2, khoản 1 Điều 2.")
    assert units["dieu_2__khoan_1"].text == "1. Sổ được ghi bằng mực đen xanh, mỗi trang một việc.\n"


def test_a_count_does_not_count_what_is_left_out() -> None:
    phrase = edit("replace_phrase", phrase=Phrase("Sổ được giữ", "Sổ giữ", 1), excepted=("dieu_3",))
    units, unfit = consolidate(units_of(reading.structure(BASE)), [phrase])
    assert not unfit
    assert any(each.text == "3. Sổ giữ 05 năm.\n" for each in units)


def test_taking_words_out_leaves_the_rest_as_it_is() -> None:
    base = BASE.replace("Sổ được giữ tại", "Cột A    Cột B\nSổ được giữ tại")
    units, _ = after("Bỏ cụm từ “, trừ sổ mật” tại Điều 3.", base=base)
    assert "Cột A    Cột B" in units["dieu_3"].text


@pytest.mark.parametrize(
    "pairs",
    [
        (("dieu_2__khoan_2", "dieu_2__khoan_3"), ("dieu_2__khoan_3", "dieu_2__khoan_4")),
        (("dieu_2__khoan_2", "dieu_2__khoan_3"), ("dieu_2__khoan_3", "dieu_2__khoan_2")),
    ],
)
def test_units_are_numbered_anew_in_whatever_order_they_are_listed(pairs: tuple[tuple[str, str], ...]) -> None:
    units, unfit = consolidate(units_of(reading.structure(BASE)), [edit("renumber", pairs=pairs)])
    assert not unfit
    found = {each.address: each.text for each in units}
    new = dict(pairs)
    assert "Việc ghi gồm" in found[new["dieu_2__khoan_2"]]
    assert "Sổ được giữ" in found[new["dieu_2__khoan_3"]]
    assert len([each for each in units if each.address.startswith("dieu_2__khoan_")]) == 5


def test_new_numbers_are_printed_as_texts_print_them() -> None:
    units, _ = consolidate(
        units_of(reading.structure(BASE)),
        [
            edit("renumber", pairs=(("dieu_2__khoan_2__diem_b", "dieu_2__khoan_2__diem_dd"),)),
            edit("renumber", pairs=(("chuong_2", "chuong_3"),)),
        ],
    )
    found = {each.address: each.text for each in units}
    assert found["dieu_2__khoan_2__diem_dd"].startswith("đ)")
    assert found["chuong_3"].startswith("Chương III")


def test_words_added_at_the_end_of_a_clause_are_not_lost_in_a_repealed_point() -> None:
    repeal = edit("repeal", "dieu_2__khoan_2__diem_b")
    added = Wording({"dieu_2__khoan_2": (Words("dieu_2__khoan_2", "", "Người ghi ký tên.\n"),)}, added=True)
    more = Edit(ORIGIN, "amend", ("dieu_2__khoan_2",), words=added)
    units, unfit = consolidate(units_of(reading.structure(BASE)), [repeal, more])
    assert unfit or any("Người ghi ký tên" in each.text and not each.gone for each in units)


def test_several_new_units_stand_in_order_though_one_of_them_is_there() -> None:
    first = edit("insert", "dieu_2__khoan_1b", text="1b. Có rồi.\n", after="dieu_2__khoan_1")
    both = edit("insert", "dieu_2__khoan_1a", "dieu_2__khoan_1b", text="1a. Thêm.\n", after="dieu_2__khoan_1")
    units, _ = consolidate(units_of(reading.structure(BASE)), [first, both])
    addresses = [each.address for each in units]
    assert addresses.index("dieu_2__khoan_1a") < addresses.index("dieu_2__khoan_1b")


def test_words_that_are_held_and_not_found_are_not_said_to_be_missing(based: Path) -> None:
    done(based, "add", "../act.txt")
    append(
        based, "12-2031-tt-btn",
        confirmed(
            "e1", "amend",
            f'    source: {{ provision: dieu_2, quote: x }}\n    target: {{ text: "{OLD}", provisions: [dieu_3] }}\n',
        ),
    )  # fmt: skip
    assert [str(each.why) for each in page(based).unfit] != ["the new words are not held"]


def test_an_inserted_unit_stands_in_the_order_of_the_numbers() -> None:
    units, _ = after(
        "Bổ sung khoản 2a vào sau khoản 2 Điều 2 như sau:\n“2a. Một.”.",
        "Bổ sung khoản 2b vào sau khoản 2 Điều 2 như sau:\n“2b. Hai.”.",
    )
    assert [*units].index("dieu_2__khoan_2a") < [*units].index("dieu_2__khoan_2b")


def test_a_confirmed_renumbering_is_in_the_words(based: Path) -> None:
    done(based, "add", "../act.txt")
    append(
        based, "12-2031-tt-btn",
        confirmed(
            "e1", "renumber",
            f'    source: {{ provision: dieu_1, quote: x }}\n    target: {{ text: "{OLD}" }}\n'
            "    pairs: [{ from: dieu_2__khoan_3, to: dieu_2__khoan_4 }]\n",
        ),
    )  # fmt: skip
    found = page(based)
    assert "dieu_2__khoan_4" in words(found) or found.unfit


def test_words_for_two_texts_in_one_provision_go_each_to_its_own(based: Path) -> None:
    other = BASE.replace("05/2029/TT-BTN", "06/2029/TT-BTN")
    keep(based, "other.txt", other)
    body = (
        "1. Sửa đổi, bổ sung khoản 1 Điều 2 Thông tư số 06/2029/TT-BTN như sau: “1. Chữ của sáu.”; "
        "sửa đổi, bổ sung khoản 1 Điều 2 Thông tư số 05/2029/TT-BTN như sau: “1. Chữ của năm.”."
    )
    keep(based, "both.txt", ACT.format(body=body))
    head = '    source: { provision: dieu_1__khoan_1, quote: "Sửa đổi, bổ sung khoản 1 Điều 2" }\n'
    append(
        based, "12-2031-tt-btn",
        confirmed("e1", "amend", head + "    target: { text: 06/2029/TT-BTN, provisions: [dieu_2__khoan_1] }\n")
        + confirmed("e2", "amend", head + "    target: { text: 05/2029/TT-BTN, provisions: [dieu_2__khoan_1] }\n"),
    )  # fmt: skip
    assert words(page(based))["dieu_2__khoan_1"].text == "1. Chữ của năm.\n"


def test_an_amendment_of_an_amending_clause_puts_its_own_words_in_place(based: Path) -> None:
    enact(based, NEW, AMENDING)
    body = "1. Sửa đổi, bổ sung khoản 1 Điều 1 Thông tư số 12/2031/TT-BTN như sau:\n“1. Sửa đổi, bổ sung khoản 1 Điều 2 như sau:\n“1. Sổ được ghi trên giấy.”.”."
    enact(based, "3/2033/TT-BTN", act("3/2033/TT-BTN", "ngày 10 tháng 3 năm 2033", body, "ngày 01 tháng 5 năm 2033"))
    found = page(based)
    said = words(found)["dieu_2__khoan_1"].text
    assert "trên giấy" in said or any(each.address == "dieu_2__khoan_1" for each in found.unfit)


@pytest.mark.parametrize("kind", ["correct", "replace_phrase"])
def test_a_correction_of_an_amending_clause_leaves_the_amendment(based: Path, kind: str) -> None:
    enact(based, NEW, AMENDING)
    keep(based, "third.txt", act("3/2033/TT-BTN", "ngày 10 tháng 3 năm 2033", "1. Về sổ.", "ngày 01 tháng 5 năm 2033"))
    append(
        based, "3-2033-tt-btn",
        confirmed(
            "e1", kind,
            "    source: { provision: dieu_1__khoan_1, quote: x }\n"
            "    target: { text: 12/2031/TT-BTN, provisions: [dieu_1__khoan_1] }\n"
            "    phrase: { old: trên máy, new: trên máy tính }\n",
        ),
    )  # fmt: skip
    found = page(based)
    assert words(found)["dieu_2__khoan_1"].text.startswith("1. Sổ được ghi trên máy")
    assert "máy tính" in words(found)["dieu_2__khoan_1"].text or found.unfit


def test_a_repeal_that_was_itself_repealed_in_time_undoes_nothing(based: Path) -> None:
    enact(based, NEW, AMENDING)
    body = "1. Bãi bỏ khoản 1 Điều 1 Thông tư số 12/2031/TT-BTN."
    enact(based, "3/2033/TT-BTN", act("3/2033/TT-BTN", "ngày 10 tháng 3 năm 2033", body, "ngày 01 tháng 12 năm 2033"))
    body = "1. Bãi bỏ khoản 1 Điều 1 Thông tư số 3/2033/TT-BTN."
    enact(based, "4/2033/TT-BTN", act("4/2033/TT-BTN", "ngày 10 tháng 4 năm 2033", body, "ngày 01 tháng 6 năm 2033"))
    assert words(page(based))["dieu_2__khoan_1"].text == "1. Sổ được ghi trên máy.\n"


def test_an_event_of_an_inner_part_does_not_undo_the_whole_clause(based: Path) -> None:
    body = (
        "1. Sửa đổi, bổ sung Điều 2 như sau:\na) Sửa đổi khoản 1 Điều 2 như sau:\n“1. Mới.”;\nb) Bãi bỏ khoản 3 Điều 2."
    )
    enact(based, NEW, ACT.format(body=body))
    undo = "1. Bãi bỏ điểm b khoản 1 Điều 1 Thông tư số 12/2031/TT-BTN."
    enact(based, "3/2033/TT-BTN", act("3/2033/TT-BTN", "ngày 10 tháng 3 năm 2033", undo, "ngày 01 tháng 5 năm 2033"))
    found = words(page(based))
    assert found["dieu_2__khoan_1"].text == "1. Mới.\n"
    assert not found["dieu_2__khoan_3"].gone


def test_an_event_without_a_day_is_said(based: Path) -> None:
    done(based, "add", "../act.txt")
    append(
        based, "12-2031-tt-btn",
        confirmed(
            "e1", "repeal",
            f'    source: {{ provision: dieu_1__khoan_4, quote: x }}\n'
            f'    target: {{ text: "{OLD}", provisions: [dieu_3] }}\n    effect: {{ from: null }}\n',
        ),
    )  # fmt: skip
    answer = law(based, "show", OLD, "--words", "--as-of", "2040-01-01")
    assert "12-2031-tt-btn#e1" in answer.out + answer.err or "not known" in answer.err


def test_what_is_left_out_of_a_repeal_is_shown(based: Path) -> None:
    done(based, "add", "../act.txt")
    append(
        based, "12-2031-tt-btn",
        confirmed(
            "e1", "repeal",
            "    source: { provision: dieu_1__khoan_4, quote: x }\n"
            f'    target: {{ text: "{OLD}", provisions: [dieu_2], except: [dieu_2__khoan_1] }}\n',
        ),
    )  # fmt: skip
    assert not words(page(based))["dieu_2__khoan_1"].gone
    assert "mực xanh" in done(based, "show", OLD, "--words", "--as-of", "2040-01-01")


def test_units_that_end_by_the_text_itself_are_marked(based: Path) -> None:
    path = based / "legal/05-2029-tt-btn.yaml"
    text = path.read_text(encoding="utf-8")
    head, _, rest = text.partition("in_force:\n")
    rest = rest.partition("\n")[2]
    path.write_text(
        head + 'in_force:\n  - { from: "2029-07-01" }\n'
        '  - { from: "2029-07-01", to: "2032-01-01", provisions: [dieu_3] }\n' + rest,
        encoding="utf-8",
    )
    assert words(page(based))["dieu_3"].gone


@pytest.mark.parametrize("day", ["2000-01-01", "2029-06-30"])
def test_words_of_a_day_before_the_text_say_that_it_was_not_in_force(based: Path, day: str) -> None:
    answer = law(based, "show", OLD, "--words", "--as-of", day, "--lang", "en")
    assert answer.status != 0 or "not" in answer.out.split("\n\n")[0] + answer.err


def test_words_that_an_act_no_longer_says_as_confirmed_are_not_taken_silently(based: Path) -> None:
    enact(based, NEW, AMENDING)
    changed = AMENDING.replace(
        "Sửa đổi, bổ sung khoản 1 Điều 2 như sau:\n“1. Sổ được ghi trên máy.”.",
        "Sửa đổi, bổ sung các khoản 1, 2 Điều 2 như sau:\n“1. Sổ được ghi bằng bút chì.\n2. Không ghi.”.",
    )
    assert changed != AMENDING
    (based.parent / "act.txt").write_text(changed, encoding="utf-8")
    done(based, "add", "../act.txt", "--replace")
    found = page(based)
    assert found.unfit or "bút chì" not in words(found)["dieu_2__khoan_1"].text


def test_units_with_one_number_are_both_compared(agency: Path) -> None:
    twice = BASE.replace("3. Sổ được giữ 05 năm.", "3. Sổ được giữ 05 năm.\n3. Sổ được đóng lại.")
    keep(agency, "base.txt", twice)
    addresses = [each.address for each in page(agency).units]
    body = "1. Thay thế cụm từ “05 năm” bằng cụm từ “10 năm” tại Điều 2."
    enact(agency, NEW, ACT.format(body=body))
    assert addresses
    found = docctl.open(agency).lawbook.differences(OLD, date(2030, 1, 1), LATE)
    assert any("10 năm" in (each.after or "") for each in found)


def test_operations_of_one_day_are_made_as_the_act_has_them(based: Path) -> None:
    body = (
        "1. Bổ sung khoản 2a vào sau khoản 2 Điều 2 như sau:\n“2a. Sổ in.”.\n"
        "2. Thay thế cụm từ “Sổ in” bằng cụm từ “Sổ giấy” tại khoản 2a Điều 2."
    )
    keep(based, "act.txt", ACT.format(body=body))
    done(based, "propose", NEW)
    path = based / "legal/12-2031-tt-btn.yaml"
    head, _, listed = path.read_text(encoding="utf-8").partition("events:\n")
    first, second = listed.split("  - id: e2\n")
    path.write_text(head + "events:\n  - id: e2\n" + second + first, encoding="utf-8")
    done(based, "confirm", NEW, "--all", "--by", "lanh-dao")
    assert words(page(based))["dieu_2__khoan_2a"].text == "2a. Sổ giấy.\n"


# -- what is shown -------------------------------------------------------------------------------------


def test_what_steers_a_terminal_is_shown_and_not_sent(agency: Path) -> None:
    keep(agency, "base.txt", BASE.replace("Sổ được giữ 05", "Sổ \x1b[2J\u202eđược giữ 05"))
    keep(agency, "act.txt", AMENDING.replace("Sổ được ghi trên máy", "Sổ \x1b]0;x\x07 ghi"))
    enact_ = [("propose", NEW), ("confirm", NEW), ("confirm", NEW, "--all", "--by", "lanh-dao")]
    shows = [
        ("show", OLD, "--words", "--as-of", "2032-01-01"), ("diff", OLD, "--from", "2030-01-01", "--to", "2032-01-01"),
        ("show", OLD, "khoản 3 Điều 2"),
        ("show", OLD, "--words", "--format", "json"),
    ]  # fmt: skip
    for each in (*enact_, *shows):
        answer = law(agency, *each)
        assert "\x1b" not in answer.out + answer.err
        assert "\u202e" not in answer.out + answer.err or "json" in each


def test_an_answer_is_not_written_over_a_file_of_the_repository(based: Path) -> None:
    path = based / "legal/05-2029-tt-btn.yaml"
    before = path.read_bytes()
    law(based, "show", OLD, "--words", "--output", "legal/05-2029-tt-btn.yaml")
    assert path.read_bytes() == before


@pytest.mark.parametrize("asked", ["", " ", "dieu_", "#heading", "dieu_2#heading", "x" * 5000, "\x1b[2J", "khoản 1"])
def test_a_provision_that_is_none_is_refused_in_words(based: Path, asked: str) -> None:
    answer = law(based, "show", OLD, asked)
    assert "Traceback" not in answer.err
    assert "internal" not in answer.err.lower()
    assert "\x1b" not in answer.err + answer.out


def test_a_provision_of_another_text_is_not_answered_with_this_one(based: Path) -> None:
    assert law(based, "show", OLD, "khoản 1 Điều 2 Thông tư số 99/2030/TT-BTN").status != 0
