"""The register filled from texts of the law: kept, proposed, confirmed, and read as a text at a date."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from gitworld import run_docctl
from test_law_consolidation import ACT, BASE

import docctl
from docctl.errors import NotInRepository, UsageError
from docctl.registering import with_confirmation, with_events
from docctl.text.strict import read

BODY = """1. Sửa đổi, bổ sung khoản 1 Điều 2 như sau:
“1. Sổ được ghi trên máy.”.
2. Bổ sung khoản 2a vào sau khoản 2 Điều 2 như sau:
“2a. Sổ in ra được đóng dấu.”.
3. Thay thế cụm từ “05 năm” bằng cụm từ “10 năm” tại khoản 3 Điều 2.
4. Bãi bỏ Điều 3."""
AMENDING = ACT.format(body=BODY)
OLD, NEW = "05/2029/TT-BTN", "12/2031/TT-BTN"


@pytest.fixture
def agency(tmp_path: Path) -> Path:
    """A new repository beside which the two texts lie."""
    root = tmp_path / "agency"
    answer = run_docctl("init", str(root), "--name", "Ủy ban nhân dân phường Thử", "--level", "commune", cwd=tmp_path)
    assert answer.status == 0, answer
    (tmp_path / "base.txt").write_text(BASE, encoding="utf-8")
    (tmp_path / "act.txt").write_text(AMENDING, encoding="utf-8")
    return root


def tree(text: str) -> Any:
    """The value of a file, as docctl reads it (others take ``on`` for true)."""
    found = read(text.encode("utf-8"), "legal/a.yaml").tree
    assert found is not None
    return found.value


def done(root: Path, *words: str) -> str:
    answer = run_docctl("law", *words, cwd=root)
    assert answer.status == 0, answer
    return answer.out


@pytest.fixture
def filled(agency: Path) -> Path:
    """Both texts kept, the events proposed and confirmed."""
    done(agency, "add", "../base.txt")
    done(agency, "import", "../act.txt", "--url", "https://example.org/12-2031")
    done(agency, "propose", NEW)
    done(agency, "confirm", NEW, "--all", "--by", "lanh-dao")
    return agency


def test_a_text_is_kept_with_what_its_head_and_its_clauses_say(agency: Path) -> None:
    done(agency, "add", "../act.txt", "--url", "https://example.org/12-2031")
    assert (agency / "legal/text/12-2031-tt-btn.md").read_text(encoding="utf-8") == AMENDING
    entry = tree((agency / "legal/12-2031-tt-btn.yaml").read_text(encoding="utf-8"))
    assert entry["number"] == NEW
    assert entry["kind"] == "circular"
    assert entry["issued"] == "2031-03-10"
    assert entry["title"].startswith("Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN")
    assert entry["in_force"] == [{"from": "2031-05-01", "stated_in": "dieu_2"}]
    assert run_docctl("check", cwd=agency).status == 0


def test_a_text_is_not_kept_twice_unless_one_says_so(agency: Path) -> None:
    done(agency, "add", "../base.txt")
    assert run_docctl("law", "add", "../base.txt", cwd=agency).status == 2
    (agency.parent / "base.txt").write_text(BASE.replace("mực xanh", "mực đen"), encoding="utf-8")
    before = (agency / "legal/05-2029-tt-btn.yaml").read_bytes()
    done(agency, "add", "../base.txt", "--replace")
    assert "mực đen" in (agency / "legal/text/05-2029-tt-btn.md").read_text(encoding="utf-8")
    assert (agency / "legal/05-2029-tt-btn.yaml").read_bytes() == before


def test_a_text_that_does_not_say_which_it_is_has_to_be_told(agency: Path) -> None:
    (agency.parent / "bare.txt").write_text("Điều 1. Phạm vi\nQuy định này nói về sổ.\n", encoding="utf-8")
    answer = run_docctl("law", "add", "../bare.txt", cwd=agency)
    assert answer.status == 2
    assert "--number" in answer.err
    done(
        agency,
        "add",
        "../bare.txt",
        "--number",
        "7/2030/QĐ-TTg",
        "--kind",
        "decision",
        "--title",
        "Về sổ",
        "--issuer",
        "Thủ tướng Chính phủ",
        "--issued",
        "2030-02-01",
    )
    assert (agency / "legal/7-2030-qd-ttg.yaml").is_file()


def test_what_an_act_does_is_proposed_with_its_words_and_confirmed_by_a_role(agency: Path) -> None:
    done(agency, "add", "../base.txt")
    done(agency, "add", "../act.txt")
    entry = agency / "legal/12-2031-tt-btn.yaml"
    before = entry.read_text(encoding="utf-8")
    assert "khoản 1 Điều 2" in done(agency, "propose", NEW, "--dry-run")
    assert entry.read_text(encoding="utf-8") == before
    done(agency, "propose", NEW)
    text = entry.read_text(encoding="utf-8")
    assert text.startswith(before)
    events = tree(text)["events"]
    assert [(each["id"], each["kind"], each["target"]) for each in events] == [
        ("e1", "amend", {"text": OLD, "provisions": ["dieu_2__khoan_1"]}),
        ("e2", "insert", {"text": OLD, "provisions": ["dieu_2__khoan_2a"]}),
        ("e3", "replace_phrase", {"text": OLD, "provisions": ["dieu_2__khoan_3"]}),
        ("e4", "repeal", {"text": OLD, "provisions": ["dieu_3"]}),
    ]
    assert events[0]["source"] == {"provision": "dieu_1__khoan_1", "quote": "Sửa đổi, bổ sung khoản 1 Điều 2 như sau:"}
    assert (events[1]["after"], events[2]["phrase"]) == ("dieu_2__khoan_2", {"old": "05 năm", "new": "10 năm"})
    assert not any("confirmed" in each for each in events)
    assert run_docctl("check", cwd=agency).status == 0
    done(agency, "propose", NEW)  # nothing new
    assert entry.read_text(encoding="utf-8") == text
    listed = done(agency, "confirm", NEW)
    assert "e1" in listed
    assert run_docctl("law", "confirm", NEW, "e1", cwd=agency).status == 2  # by whom?
    assert run_docctl("law", "confirm", NEW, "e1", "--by", "nobody", cwd=agency).status == 2
    done(agency, "confirm", NEW, "e1", "e3", "--by", "lanh-dao")
    events = tree(entry.read_text(encoding="utf-8"))["events"]
    assert [each["id"] for each in events if each.get("confirmed", {}).get("by") == "lanh-dao"] == ["e1", "e3"]
    assert run_docctl("law", "confirm", NEW, "e1", "--by", "lanh-dao", cwd=agency).status == 2  # twice
    assert run_docctl("check", cwd=agency).status == 0


def test_the_text_is_read_as_of_a_date(filled: Path) -> None:
    book = docctl.open(filled).lawbook
    before, after = book.text(OLD, date(2031, 4, 30)), book.text(OLD, date(2031, 5, 1))
    assert not any(each.origins for each in before.units)
    units = {each.address: each for each in after.units}
    assert not after.unfit
    assert not after.pending
    assert units["dieu_2__khoan_1"].text == "1. Sổ được ghi trên máy.\n"
    assert units["dieu_2__khoan_3"].text == "3. Sổ được giữ 10 năm.\n"
    assert units["dieu_3"].gone
    origin = units["dieu_2__khoan_2a"].origins[0]
    assert (origin.event, origin.acting, origin.provision) == ("12-2031-tt-btn#e2", NEW, "dieu_1__khoan_2")
    shown = done(filled, "show", OLD, "khoản 1 Điều 2", "--as-of", "2031-06-01")
    assert "1. Sổ được ghi trên máy." in shown
    assert "Điều 1. Phạm vi" not in shown
    whole = json.loads(done(filled, "show", OLD, "--words", "--as-of", "2031-06-01", "--format", "json"))
    assert whole["format"] == "docctl/law-words/v1"
    assert [each["address"] for each in whole["units"] if each["repealed"]] == ["dieu_3"]


def test_what_changed_between_two_dates_is_told_unit_by_unit(filled: Path) -> None:
    found = docctl.open(filled).lawbook.differences(OLD, date(2030, 1, 1), date(2032, 1, 1))
    assert [(each.address, each.before is None, each.after is None) for each in found] == [
        ("dieu_2__khoan_1", False, False), ("dieu_2__khoan_2a", True, False), ("dieu_2__khoan_3", False, False),
        ("dieu_3", False, True),
    ]  # fmt: skip
    assert {each.because[0].event for each in found if each.because} >= {"12-2031-tt-btn#e1", "12-2031-tt-btn#e2"}
    told = done(filled, "diff", OLD, "--from", "2030-01-01", "--to", "2032-01-01")
    assert "[05] năm" in told
    assert "[10] năm" in told
    assert not done(filled, "diff", OLD, "--from", "2032-01-01", "--to", "2033-01-01")
    told = json.loads(done(filled, "diff", OLD, "--from", "2030-01-01", "--to", "2032-01-01", "--format", "json"))
    assert [each["address"] for each in told["changes"]] == [each.address for each in found]


def test_what_nobody_has_confirmed_is_not_in_the_words(agency: Path) -> None:
    done(agency, "add", "../base.txt")
    done(agency, "add", "../act.txt")
    done(agency, "propose", NEW)
    page = docctl.open(agency).lawbook.text(OLD, date(2032, 1, 1))
    assert not any(each.origins for each in page.units)
    assert [*page.pending] == [f"12-2031-tt-btn#e{number}" for number in range(1, 5)]


def test_new_words_that_are_not_held_are_said_and_the_rest_stands(filled: Path) -> None:
    (filled / "legal/text/12-2031-tt-btn.md").unlink()
    page = docctl.open(filled).lawbook.text(OLD, date(2032, 1, 1))
    assert [(each.address, str(each.why)) for each in page.unfit] == [
        ("dieu_2__khoan_1", "the new words are not held"), ("dieu_2__khoan_2a", "the new words are not held"),
    ]  # fmt: skip
    units = {each.address: each for each in page.units}
    assert units["dieu_2__khoan_3"].text == "3. Sổ được giữ 10 năm.\n"
    assert units["dieu_3"].gone


def test_a_text_whose_words_are_not_held_says_so(filled: Path) -> None:
    (filled / "legal/text/05-2029-tt-btn.md").unlink()
    with pytest.raises(NotInRepository, match="not held"):
        docctl.open(filled).lawbook.text(OLD, date(2032, 1, 1))


def test_what_was_repealed_again_no_longer_changes_the_words(filled: Path) -> None:
    (filled.parent / "third.txt").write_text(
        AMENDING.replace("12/2031/TT-BTN", "3/2033/TT-BTN").replace("năm 2031", "năm 2033").replace(
            BODY, "1. Bãi bỏ khoản 1 Điều 1 Thông tư số 12/2031/TT-BTN."
        ),
        encoding="utf-8",
    )  # fmt: skip
    done(filled, "add", "../third.txt")
    done(filled, "propose", "3/2033/TT-BTN")
    done(filled, "confirm", "3/2033/TT-BTN", "--all", "--by", "lanh-dao")
    book = docctl.open(filled).lawbook
    for day, words in (
        (date(2032, 1, 1), "1. Sổ được ghi trên máy.\n"),
        (date(2033, 6, 1), BASE.split("\n")[10] + "\n"),
    ):
        units = {each.address: each.text for each in book.text(OLD, day).units}
        assert units["dieu_2__khoan_1"] == words


def test_citations_are_judged_by_the_tree_that_the_words_have(filled: Path) -> None:
    register = docctl.open(filled).register
    units = register.tree("05-2029-tt-btn")
    assert units.complete
    assert [str(each) for each in units.units][:3] == ["chuong_1", "dieu_1", "dieu_2"]


def test_words_without_an_entry_and_words_that_are_none_are_findings(filled: Path) -> None:
    (filled / "legal/text/9-2030-tt-btn.md").write_text("Điều 1. Sổ\n", encoding="utf-8")
    (filled / "legal/text/05-2029-tt-btn.md").write_bytes(b"\xff\xfe\x00")
    answer = run_docctl("check", "--format", "json", cwd=filled)
    found = {each["path"]: each["code"] for each in json.loads(answer.out)["findings"] if "text/" in each["path"]}
    assert found == {"legal/text/9-2030-tt-btn.md": "DC903", "legal/text/05-2029-tt-btn.md": "DC118"}


ENTRY = """\
format: docctl/legal-text/v1
number: 12/2031/TT-BTN
kind: circular
title: Về sổ
issuer: [Bộ Thử nghiệm]
issued: "2031-03-10"
in_force:
  - { from: "2031-05-01" }
"""
EVENT = {
    "id": "e1", "kind": "repeal", "source": {"provision": "dieu_1", "quote": "Bãi bỏ: “Điều 3”"},
    "target": {"text": OLD, "provisions": ["dieu_3"]}, "recorded": "2031-04-01",
}  # fmt: skip


@pytest.mark.parametrize(
    "events",
    [
        "",
        "events: []\n",
        "events:\n  - id: e0\n    kind: repeal\n    source: { quote: x }\n    target: { text: 1/2020/TT-BTN }\n    recorded: \"2031-01-01\"   # nói rõ\n",
        "events:\n- id: e0\n  kind: repeal\n  source: { quote: x }\n  target: { text: 1/2020/TT-BTN }\n  recorded: \"2031-01-01\"\nfields: [Sổ]\n",
        "events:\n    - id: e0\n      kind: repeal\n      source: { quote: x }\n      target: { text: 1/2020/TT-BTN }\n      recorded: \"2031-01-01\"\n",
    ],
)  # fmt: skip
def test_a_file_is_only_added_to(events: str) -> None:
    text = ENTRY + events
    added = with_events("legal/a.yaml", text, [EVENT])
    old, new = tree(text), tree(added)
    assert new.pop("events") == [*old.pop("events", []), EVENT]
    assert new == old
    for line in text.splitlines():
        assert line in added or line == "events: []"
    confirmed = with_confirmation("legal/a.yaml", added, ["e1"], "lanh-dao", date(2031, 5, 2))
    assert tree(confirmed)["events"][-1] == {**EVENT, "confirmed": {"by": "lanh-dao", "on": "2031-05-02"}}


def test_a_list_on_one_line_cannot_be_added_to() -> None:
    text = (
        ENTRY
        + 'events: [{ id: e0, kind: repeal, source: { quote: x }, target: { text: a }, recorded: "2031-01-01" }]\n'
    )
    with pytest.raises(UsageError, match="cannot be added to"):
        with_events("legal/a.yaml", text, [EVENT])
    confirmed = with_confirmation("legal/a.yaml", text, ["e0"], "lanh-dao", date(2031, 5, 2))
    assert tree(confirmed)["events"][0]["confirmed"] == {"by": "lanh-dao", "on": "2031-05-02"}


OTHER = '  - { id: e9, kind: repeal, source: { quote: x }, target: { text: a }, recorded: "2031-01-01" }\n'
QUOTES = [
    "x",
    '"x"',
    "|\n        x\n",
    "|+\n        x\n\n",
    "|-\n        x",
    ">+\n        x\n\n",
    "'a\n        b'",
    "a\n        b",
]
TAILS = ["", "\n", "# c\n", "    # c\n", "fields: [Sổ]\n", "\n# c\nfields: [Sổ]\n", "...\n", OTHER, "\n\n" + OTHER]


@pytest.mark.parametrize("quote", QUOTES)
@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("shift", ["", "  "])
def test_whatever_the_layout_all_that_was_there_is_there(quote: str, tail: str, end: str, shift: str) -> None:
    first = (
        '  - id: e0\n    kind: repeal\n    recorded: "2031-01-01"\n    target: { text: a }\n    source:\n      quote: '
    )
    lines = (ENTRY + "events:\n" + first + quote + ("" if quote.endswith("\n") else "\n") + tail).splitlines()
    text = "".join((shift + line if line and line != "..." else line) + end for line in lines)
    before = tree(text)["events"]
    added = with_events("legal/a.yaml", text, [EVENT])
    assert tree(added)["events"] == [*before, EVENT]
    confirmed = with_confirmation("legal/a.yaml", text, ["e0"], "lanh-dao", date(2031, 5, 2))
    assert tree(confirmed)["events"] == [
        {**before[0], "confirmed": {"by": "lanh-dao", "on": "2031-05-02"}}, *before[1:]
    ]  # fmt: skip
    for written in (added, confirmed):
        left = iter(written.split("\n"))
        assert all(line in left for line in text.split("\n"))  # in their order
        assert end == "\n" or all(line.endswith("\r") for line in written.split("\n")[:-1])


def test_a_comment_of_an_event_stays_with_it() -> None:
    text = ENTRY + "events:\n" + OTHER + "    # nói rõ\n# cuối\n"
    lines = with_events("legal/a.yaml", text, [EVENT]).splitlines()
    assert lines.index("    # nói rõ") < lines.index("  - id: e1") < lines.index("# cuối")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"05 năm"', '"5 năm"'), ("kind: repeal", "kind: expire"), ("after: dieu_2__khoan_2", "after: dieu_2__khoan_1"),
        ("provisions: [dieu_3]", "provisions: [dieu_3, dieu_4]"), ('quote: "Bãi bỏ Điều 3."', "quote: bỏ"),
        ("provisions: [dieu_2__khoan_2a]", "provisions: [dieu_2__khoan_3]"),
        ("    target: { text", '    effect: { from: "2032-01-01" }\n    target: { text'),
    ],
)  # fmt: skip
def test_what_a_person_mends_is_not_proposed_again(agency: Path, old: str, new: str) -> None:
    done(agency, "add", "../base.txt")
    done(agency, "add", "../act.txt")
    done(agency, "propose", NEW)
    path = agency / "legal/12-2031-tt-btn.yaml"
    assert old in path.read_text(encoding="utf-8")
    mended = path.read_text(encoding="utf-8").replace(old, new)
    path.write_text(mended, encoding="utf-8")
    done(agency, "propose", NEW)
    assert path.read_text(encoding="utf-8") == mended


def test_what_was_taken_out_is_proposed_again(agency: Path) -> None:
    done(agency, "add", "../base.txt")
    done(agency, "add", "../act.txt")
    done(agency, "propose", NEW)
    path = agency / "legal/12-2031-tt-btn.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  - id: e2")] + text[text.index("  - id: e3") :], encoding="utf-8")
    done(agency, "propose", NEW)
    events = tree(path.read_text(encoding="utf-8"))["events"]
    assert [(each["id"], each["kind"]) for each in events][-1] == ("e5", "insert")
    assert len(events) == 4


def test_a_file_name_fits_the_number_and_is_free(agency: Path) -> None:
    done(agency, "add", "../base.txt")
    for slug in ("06-2029-tt-btn", "05-2029-tt-btn--khac"):
        assert run_docctl("law", "add", "../base.txt", "--slug", slug, cwd=agency).status == 2
    done(agency, "add", "../base.txt", "--slug", "05-2029-tt-btn", "--replace")
    assert run_docctl("law", "add", "../base.txt", "--number", "§", cwd=agency).status == 2


LOCAL = """ỦY BAN NHÂN DÂN
{place}
Số: 01/2024/QĐ-UBND
Ngày 15 tháng 01 năm 2024
QUYẾT ĐỊNH
Về sổ sách
Điều 1. Hiệu lực
Quyết định này có hiệu lực thi hành kể từ ngày 01 tháng 02 năm 2024.
"""


def test_a_local_text_goes_to_the_entry_of_its_own_place(agency: Path) -> None:
    issuer = ("--issuer", "UBND tỉnh Long An", "--issued", "2024-01-15")
    for name, place in (("a", "TỈNH LONG AN"), ("b", "TỈNH TÂY NINH")):
        (agency.parent / f"{name}.txt").write_text(LOCAL.format(place=place), encoding="utf-8")
    done(agency, "add", "../a.txt", *issuer)
    held = agency / "legal/text/01-2024-qd-ubnd--long-an.md"
    held.unlink()
    answer = run_docctl("law", "add", "../b.txt", "--issued", "2024-01-15", cwd=agency)
    assert answer.status == 2
    assert "--issuer" in answer.err
    done(agency, "add", "../a.txt", "--issued", "2024-01-15")
    assert "LONG AN" in held.read_text(encoding="utf-8")
    done(agency, "add", "../b.txt", "--issuer", "UBND tỉnh Tây Ninh", "--issued", "2024-01-15")
    assert (agency / "legal/text/01-2024-qd-ubnd--tay-ninh.md").is_file()


def test_what_a_text_cannot_be_entered_with_is_refused_and_nothing_is_written(agency: Path) -> None:
    for options in (("--kind", "nonsense"), ("--title", "x" * 30_000)):
        assert run_docctl("law", "add", "../base.txt", *options, cwd=agency).status == 2
    (agency / "legal").mkdir(exist_ok=True)
    (agency / "legal/text").write_text("", encoding="utf-8")
    answer = run_docctl("law", "add", "../base.txt", "--lang", "en", cwd=agency)
    assert answer.status == 2
    assert "nothing was written" in answer.err
    assert not (agency / "legal/05-2029-tt-btn.yaml").exists()
