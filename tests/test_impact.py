"""``docctl impact``: what a text, an event or a provision of the law touches; real files, the command line, Python."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from gitworld import World, run_docctl
from gitworld import adopt as adopted
from test_threats import decisions, lawful, office, review, template
from test_threats import world as copied
from test_worklist import HOSTILE, LAWS, PROCEDURES, agency, event, qt_01, read_markdown, text

import docctl
from docctl.currency import citation as judging
from docctl.model.impact import Kind
from docctl.verdict import Verdict

__all__ = ["agency", "copied", "lawful", "office", "template"]  # fixtures

EXAMPLE = Path(__file__).parents[1] / "examples" / "bac-kan-phuong"
E14, E15 = "06-2023-tt-nhnn#e14", "06-2023-tt-nhnn#e15"


def impact(world: World, *asked: str, day: str = "2023-06-01") -> Any:
    return run_docctl("impact", *asked, "--as-of", day, "--lang", "en", cwd=world.root)


def tree(world: World, *asked: str, day: str = "2023-06-01") -> dict[str, Any]:
    answer = impact(world, *asked, "--format", "json", day=day)
    assert answer.status == 0, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found


def places(touched: list[dict[str, Any]]) -> list[tuple[str, str, str, str]]:
    return [(each["procedure"], each["kind"], each["element"], each["address"]) for each in touched]


# -- an act ------------------------------------------------------------------------------------------


def test_the_work_plan_before_an_act_is_in_force(agency: World) -> None:
    """Day by day what it does, to which elements, with the verdict to come and its due day."""
    report = tree(agency, "06/2023/TT-NHNN")
    assert report["in_force_from"] == "2023-09-01"
    days = {stage["day"]: stage["events"] for stage in report["days"]}
    assert {day: [each["id"] for each in events] for day, events in days.items()} == {
        "2023-09-01": [E14, "06-2023-tt-nhnn#e16"], "2024-01-01": [E15],
    }  # fmt: skip
    (first, nothing), (later,) = days["2023-09-01"], days["2024-01-01"]
    assert places(first["touched"]) == [
        ("QT-01", "time_limit", "processing_time", "dieu_24"), ("QT-01", "fee", "phi-1", "dieu_24__khoan_2"),
        ("QT-01", "step", "b-1", "dieu_24__khoan_2"), ("QT-9", "legal_basis", "legal_basis", "dieu_24__khoan_2"),
        ("QT-10", "legal_basis", "legal_basis", "dieu_24__khoan_2"),
    ]  # fmt: skip
    assert {(each["verdict"], each["coming"], each["due"]) for each in first["touched"]} == {
        ("upcoming", "outdated", "2023-12-01")
    }
    assert nothing["touched"] == []
    (form,) = later["touched"]
    assert (form["procedure"], form["kind"], form["element"], form["path"]) == ("QT-9", "form", "BM-09", "forms.yaml")
    assert (form["verdict"], form["coming"], form["due"]) == ("upcoming", "basis_ended", "2024-04-01")
    assert report["summary"]["open"] == 6 and report["summary"]["open_procedures"] == 3
    lines = (agency.root / "procedures/QT-01.yaml").read_text(encoding="utf-8").splitlines()
    for each in first["touched"]:
        if each["procedure"] == "QT-01":
            assert each["address"] in lines[each["line"] - 1]


def test_after_it_is_in_force(agency: World) -> None:
    found = tree(agency, E14, day="2023-12-15")["days"][0]["events"][0]["touched"]
    assert {(each["verdict"], each["overdue"], each["due"]) for each in found} == {("outdated", True, "2023-12-01")}


def test_only_one_event(agency: World) -> None:
    report = tree(agency, E15)
    assert [each["id"] for stage in report["days"] for each in stage["events"]] == [E15]
    assert report["cited_by"] == [] and report["event"] == E15
    assert tree(agency, "06/2023/TT-NHNN#e15") == report


def test_it_says_what_outdated_says() -> None:
    """On the example, act by act and day by day: the same verdicts because of it, for the same citations."""
    repository = docctl.open(EXAMPLE)
    for day in (date(2025, 1, 20), date(2025, 7, 15), date(2026, 5, 20), date(2026, 9, 1)):
        currency = repository.outdated(day, within=36500).currency
        wanted: dict[str, set[tuple[Any, ...]]] = {}
        for procedure in currency.procedures:
            for each in procedure.citations:
                for said in each.judgements:
                    if said.cause is not None:
                        key = (procedure.id, procedure.revision, each.path, each.pointer, said.cause.event)
                        wanted.setdefault(said.cause.text, set()).add((*key, said.verdict, said.coming, said.due))
        assert wanted
        for act in sorted(repository.register.texts):
            found = {
                (each.procedure, each.revision, each.path, each.pointer, operation.cause.event,
                 each.judgement.verdict, each.judgement.coming, each.judgement.due)
                for operation in repository.impact(act, day).operations
                for each in operation.open
                if each.judgement is not None and each.state.value in ("in_force", "scheduled")
            }  # fmt: skip
            ahead = {each for each in found if each[5] is Verdict.UPCOMING and each not in wanted.get(act, set())}
            assert found - ahead == wanted.get(act, set()), (day, act)
            for procedure, _, path, pointer, name, _, coming, _ in ahead:  # only a plan names these beforehand
                first = next(
                    each.cause.first for each in repository.impact(act, day).operations if each.cause.event == name
                )
                assert first is not None and first > day
                then = [
                    said.verdict
                    for found_ in repository.outdated(first, [procedure]).currency.procedures
                    for each in found_.citations
                    for said in each.judgements
                    if (each.path, each.pointer) == (path, pointer)
                    and said.cause is not None
                    and said.cause.event == name
                ]
                assert coming in then, "on its day it is said"


def test_a_plan_names_what_ends_with_others_and_what_is_to_be_reviewed(agency: World) -> None:
    """A text that spells out a law ends with it; ``outdated`` says so on the day, the plan before it."""
    agency.write({
        "legal/61-2018-nd-cp.yaml": LAWS["legal/61-2018-nd-cp.yaml"] + "details:\n  - { text: 30/2010/QH12 }\n",
        "legal/30-2010-qh12.yaml": text("30/2010/QH12", "law", "Luật cũ", "2011-01-01"),
        "legal/31-2023-qh15.yaml": text(
            "31/2023/QH15", "law", "Luật mới", "2024-07-01", event("e1", "replace", "{ text: 30/2010/QH12 }")
        ),
    })  # fmt: skip
    (stage,) = tree(agency, "31/2023/QH15", day="2024-05-15")["days"]
    touched = [
        (each["procedure"], each["address"], each["verdict"], each["coming"], each["due"])
        for each in stage["events"][0]["touched"]
    ]
    assert touched == [
        (procedure, address, "upcoming", "basis_ended", "2024-10-01")
        for procedure, address in (("QT-01", ""), ("QT-03", "dieu_5"))
    ]
    now = tree(agency, "31/2023/QH15", day="2024-07-01")["days"][0]["events"][0]["touched"]
    assert {(each["procedure"], each["verdict"], each["due"]) for each in now} == {
        ("QT-01", "basis_ended", "2024-10-01"), ("QT-03", "basis_ended", "2024-10-01"),
    }  # fmt: skip


def test_who_ends_a_change_that_was_taken_in_is_told_what_comes_of_it(agency: World) -> None:
    agency.write({"procedures/QT-01.yaml": qt_01(1)})
    assert adopted(agency.root, "QT-01", "--effective-from", "2023-10-01", "--lang", "en").status == 0
    repeal = event("e1", "repeal", "{ text: 06/2023/TT-NHNN, provisions: [dieu_1__khoan_8] }")
    agency.write({"legal/09-2024-tt-nhnn.yaml": text("09/2024/TT-NHNN", "circular", "Bãi bỏ", "2024-09-03", repeal)})
    for day, verdict in (("2024-08-01", "upcoming"), ("2024-09-03", "outdated")):
        (stage,) = tree(agency, "09/2024/TT-NHNN", day=day)["days"]
        touched = [each for each in stage["events"][0]["touched"] if each["procedure"] == "QT-01"]
        assert {(each["address"], each["verdict"], each["due"]) for each in touched} == {
            ("dieu_24", verdict, "2024-12-03"), ("dieu_24__khoan_2", verdict, "2024-12-03"),
        }  # fmt: skip


def test_what_is_dealt_with_is_said_as_such(agency: World) -> None:
    """A revision adopted after the change has taken it in; --all shows it, without it is only counted."""
    agency.write({"procedures/QT-01.yaml": qt_01(1)})
    assert adopted(agency.root, "QT-01", "--effective-from", "2023-10-01", "--lang", "en").status == 0
    touched = tree(agency, E14, day="2023-12-15")["days"][0]["events"][0]["touched"]
    dealt = {each["procedure"]: each["dealt_with"] for each in touched}
    assert dealt == {"QT-01": True, "QT-9": False, "QT-10": False}
    assert all(each["verdict"] is None for each in touched if each["dealt_with"])
    shown = impact(agency, "39/2016/TT-NHNN", "dieu_24", day="2023-12-15").out
    assert shown.index("QT-10") < shown.index("QT-01"), "what is late is never among those that are not shown"
    short, whole = impact(agency, E14, day="2023-12-15").out, impact(agency, E14, "--all", day="2023-12-15").out
    assert "dealt with in 1 procedure (--all)" in short and "QT-01" not in short
    assert "dealt with by revision 1.1" in whole and "Dealt with: 1 procedure, 1 step, 1 fee, 1 time limit" in whole


def test_the_decision_of_a_record(lawful: World) -> None:
    review(lawful, decisions(lawful, "no_impact"))
    (touched,) = tree(lawful, E14, day="2023-12-15")["days"][0]["events"][0]["touched"]
    assert (touched["dealt_with"], touched["decision"], touched["reason"]) == (True, "no_impact", "Đã xem")
    assert "dealt with: nothing changes here (cuong, 2023-12-01)" in impact(lawful, E14, "--all", day="2023-12-15").out
    assert "nothing" in impact(lawful, E14, day="2023-12-15").out


def test_what_nobody_has_confirmed_and_what_cannot_be_told(agency: World) -> None:
    report = tree(agency, "07/2023/NĐ-CP")
    (found,) = report["days"][0]["events"]
    assert found["confirmed"] is False
    assert {(each["procedure"], each["verdict"]) for each in found["touched"]} == {
        ("QT-01", "possible"),
        ("QT-03", "possible"),
    }
    assert "not confirmed" in impact(agency, "07/2023/NĐ-CP").out
    broken = text(
        "08/2023/NĐ-CP", "decree", "Sai", "2023-05-01",
        event("e1", "amend", "{ text: 39/2016/TT-NHNN, provisions: [dieu_x9_y] }"),
    )  # fmt: skip
    agency.write({"legal/08-2023-nd-cp.yaml": broken.replace("dieu_x9_y", "khoan_2__dieu_5")})
    answer = impact(agency, "08/2023/NĐ-CP")
    assert "which cannot be told" in answer.out
    assert tree(agency, "08/2023/NĐ-CP")["unresolved"][0]["what"] == "khoan_2__dieu_5"


def test_an_event_without_a_day(agency: World) -> None:
    law = text("09/2023/NĐ-CP", "decree", "Chưa rõ", "2023-05-01", event("e1", "amend", "{ text: 61/2018/NĐ-CP }"))
    agency.write({"legal/09-2023-nd-cp.yaml": law.replace('from: "2023-05-01"', "from: null")})
    (stage,) = tree(agency, "09/2023/NĐ-CP")["days"]
    assert stage["day"] is None and {each["verdict"] for each in stage["events"][0]["touched"]} == {"undated"}
    assert "On a day not known" in impact(agency, "09/2023/NĐ-CP").out


def test_texts_that_spell_out_what_ends(agency: World) -> None:
    """An act ends a decree; the circular that details it is to be reviewed where it is cited, because of that act."""
    detail = LAWS["legal/39-2016-tt-nhnn.yaml"] + "details:\n  - { text: 61/2018/NĐ-CP }\n"
    agency.write({"legal/39-2016-tt-nhnn.yaml": detail})
    (stage,) = tree(agency, "118/2025/NĐ-CP", day="2025-08-01")["days"]
    (found,) = stage["events"]
    verdicts = {(each["number"], each["verdict"]) for each in found["touched"]}
    assert verdicts == {("61/2018/NĐ-CP", "basis_ended"), ("39/2016/TT-NHNN", "review")}


def test_an_event_on_an_act_reaches_what_that_act_changes(agency: World) -> None:
    law = text(
        "10/2023/TT-NHNN", "circular", "Sửa Thông tư 06", "2023-11-01", event("e1", "amend", f"{{ event: {E14} }}"),
    )  # fmt: skip
    agency.write({"legal/10-2023-tt-nhnn.yaml": law})
    (stage,) = tree(agency, "10/2023/TT-NHNN", day="2023-10-01")["days"]
    assert {each["procedure"] for each in stage["events"][0]["touched"]} == {"QT-01", "QT-9", "QT-10"}


def test_a_consolidated_text_has_taken_in_what_it_names(agency: World) -> None:
    listed = f'consolidated_by:\n  - {{ number: 21/VBHN-NHNN, issued: "2023-10-01", events: [{E14}] }}\n'
    agency.write({"legal/39-2016-tt-nhnn.yaml": LAWS["legal/39-2016-tt-nhnn.yaml"] + listed})
    agency.write(
        {
            "procedures/QT-12.yaml": PROCEDURES["procedures/QT-10.yaml"]
            .replace("QT-10", "QT-12")
            .replace("39/2016/TT-NHNN", "21/VBHN-NHNN")
        }
    )
    assert adopted(agency.root, "QT-12", "--effective-from", "2023-03-01", "--lang", "en").status == 0
    touched = tree(agency, E14, day="2023-12-15")["days"][0]["events"][0]["touched"]
    assert {each["procedure"]: each["dealt_with"] for each in touched} == {
        "QT-01": False, "QT-9": False, "QT-10": False, "QT-12": True,
    }  # fmt: skip


def test_a_general_repeal_reaches_the_texts_of_its_fields(agency: World) -> None:
    fields = "fields: [ngan-hang]\n"
    agency.write({"legal/39-2016-tt-nhnn.yaml": LAWS["legal/39-2016-tt-nhnn.yaml"] + fields})
    law = text("11/2023/TT-NHNN", "circular", "Mới", "2023-11-01", event("e1", "general_repeal", "null"))
    agency.write({"legal/11-2023-tt-nhnn.yaml": law.replace("    target: null\n", "") + fields})
    (stage,) = tree(agency, "11/2023/TT-NHNN", day="2023-12-15")["days"]
    touched = stage["events"][0]["touched"]
    assert {each["verdict"] for each in touched} == {"review"}
    assert {each["procedure"] for each in touched} == {"QT-01", "QT-9", "QT-10"}


def test_drafts_and_files_that_are_not_the_text_in_force(agency: World) -> None:
    draft = PROCEDURES["procedures/QT-10.yaml"].replace("QT-10", "QT-11")
    agency.write({"procedures/QT-11.yaml": draft})
    agency.write({"procedures/QT-10.yaml": PROCEDURES["procedures/QT-10.yaml"].replace("Thu hồi", "Thu hồi nợ")})
    (agency.root / "archive/QT-10/1.0.yaml").unlink()
    report = tree(agency, E14, day="2023-10-01")
    states = {each["procedure"]: each["state"] for each in report["days"][0]["events"][0]["touched"]}
    assert states == {"QT-01": "in_force", "QT-9": "in_force", "QT-10": "not_held", "QT-11": "draft"}
    assert report["summary"]["not_judged"] == 1
    shown = impact(agency, E14, day="2023-10-01").out
    assert "1 procedure is shown as its file is: what was issued is not held" in shown
    assert "QT-11 (draft 1.0)" in shown


# -- a provision, a whole text -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        ("39/2016/TT-NHNN", "dieu_24__khoan_2"), ("39-2016-tt-nhnn", "khoản 2 Điều 24"),
        ("khoản 2 Điều 24 Thông tư số 39/2016/TT-NHNN",), ("khoản 2 Điều 24 Thông tư 39/2016/TT-NHNN",),
    ],
)  # fmt: skip
def test_who_cites_a_provision(agency: World, asked: tuple[str, ...]) -> None:
    report = tree(agency, *asked)
    assert report["provisions"] == ["dieu_24__khoan_2"] and report["days"] == []
    found = {(each["procedure"], each["element"], each["relation"]) for each in report["cited_by"]}
    assert found == {
        ("QT-01", "processing_time", "above"), ("QT-01", "phi-1", "same"), ("QT-01", "b-1", "same"),
        ("QT-9", "legal_basis", "same"), ("QT-10", "legal_basis", "same"),
    }  # fmt: skip
    assert {each["coming"] for each in report["cited_by"]} == {"outdated"}


def test_inside_and_beside(agency: World) -> None:
    found = {(each["element"], each["relation"]) for each in tree(agency, "39/2016/TT-NHNN", "dieu_24")["cited_by"]}
    assert found == {("processing_time", "same"), ("phi-1", "inside"), ("b-1", "inside"), ("legal_basis", "inside")}
    assert tree(agency, "39/2016/TT-NHNN", "dieu_24__khoan_20")["cited_by"][0]["relation"] == "above"
    assert tree(agency, "39/2016/TT-NHNN", "dieu_26")["cited_by"] == []
    assert "No procedure cites 39/2016/TT-NHNN." in impact(agency, "39/2016/TT-NHNN", "dieu_26").out
    assert tree(agency, "39/2016/TT-NHNN", "chuong_2")["cited_by"][0]["relation"] == "maybe", "no list of provisions"


def test_a_whole_text(agency: World) -> None:
    report = tree(agency, "61/2018/NĐ-CP")
    assert {(each["procedure"], each["address"]) for each in report["cited_by"]} == {("QT-01", ""), ("QT-03", "dieu_5")}
    assert report["days"] == [] and report["summary"]["citing_procedures"] == 2


def test_a_text_that_the_register_does_not_hold(agency: World) -> None:
    report = tree(agency, "99/2020/TT-BTC")
    assert report["held"] is False and [each["procedure"] for each in report["cited_by"]] == ["QT-03"]
    assert "the register does not hold this text" in impact(agency, "99/2020/TT-BTC").out
    history = PROCEDURES["procedures/QT-03.yaml"].replace("99/2020/TT-BTC }", '99/2020/TT-BTC, pinned: "2021-01-01" }')
    agency.write({"procedures/QT-03.yaml": history})
    (agency.root / "archive/QT-03/1.0.yaml").unlink()
    assert "99/2020/TT-BTC is not in the register" in impact(agency, "99/2020/TT-BTC").err, "history is not judged"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("60/2018/NĐ-CP",), "60/2018/NĐ-CP is not in the register"),
        (("06-2023-tt-nhnn#e99",), "there is no event 06-2023-tt-nhnn#e99"),
        (("77-2023-tt-nhnn#e1",), "77-2023-tt-nhnn is not in the register"),
        (("39/2016/TT-NHNN", "dieu"), '"dieu" names no provision'),
        (("39/2016/TT-NHNN", "khoan_2__dieu_24"), 'did you mean "dieu_24__khoan_2"?'),
        ((E14, "dieu_1"), "an event is named, and a provision as well"),
        (("nothing at all",), "nothing at all is not in the register"),
        (("Điều 5 Thông tư 60/2018/TT-BTC",), "60/2018/TT-BTC is not in the register"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly(agency: World, asked: tuple[str, ...], words: str) -> None:
    answer = impact(agency, *asked)
    assert answer.status == 2 and answer.out == "" and words in answer.err, answer.err


def test_a_withdrawn_event(agency: World) -> None:
    gone = '    withdrawn: { by: can-bo, "on": "2023-08-01", reason: Nhầm }\n'
    law = LAWS["legal/06-2023-tt-nhnn.yaml"]
    agency.write({"legal/06-2023-tt-nhnn.yaml": law.replace("  - id: e15", gone + "  - id: e15", 1)})
    answer = impact(agency, E14)
    assert answer.status == 2 and "was withdrawn from the register" in answer.err
    assert E14 not in {each["id"] for stage in tree(agency, "06/2023/TT-NHNN")["days"] for each in stage["events"]}


def test_a_text_whose_file_cannot_be_read(agency: World) -> None:
    agency.write({"legal/61-2018-nd-cp.yaml": "format: docctl/legal-text/v1\n"})
    answer = impact(agency, "61/2018/NĐ-CP")
    assert answer.status == 3 and "legal/61-2018-nd-cp.yaml cannot be read" in answer.err


# -- in every format ---------------------------------------------------------------------------------


def test_csv_and_markdown_are_read_back(agency: World) -> None:
    out = impact(agency, "06/2023/TT-NHNN", "--format", "csv").out
    rows = [*csv.DictReader(io.StringIO(out.removeprefix("\ufeff"), newline=""), strict=True)]
    assert [(row["event"], row["procedure"], row["element"]) for row in rows] == [
        (E14, "QT-01", "time limit"), (E14, "QT-01", "phi-1"), (E14, "QT-01", "b-1"), (E14, "QT-9", "legal basis"),
        (E14, "QT-10", "legal basis"), (E15, "QT-9", "BM-09"),
    ]  # fmt: skip
    assert {row["due"] for row in rows} == {"2023-12-01", "2024-04-01"}
    page = read_markdown(impact(agency, "07/2023/NĐ-CP", "--format", "markdown").out)
    assert [head.text_content() for head in page.xpath("//h2")] == ["2023-05-01"]
    assert [quote.text_content().strip() for quote in page.xpath("//blockquote")] == [f"“{HOSTILE}”"]
    cells = [[cell.text_content() for cell in row.xpath("./td")] for row in page.xpath("//tbody/tr")]
    assert [(row[0], row[1], row[4]) for row in cells] == [
        ("QT-01", "Cho vay", "61/2018/NĐ-CP"), ("QT-03", "Cải | chính", "Điều 5 61/2018/NĐ-CP"),
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["text", "json", "markdown", "csv"])
def test_the_same_bytes_twice_and_nothing_written(agency: World, form: str) -> None:
    commit = agency.git("rev-parse", "HEAD")
    for asked in (["06/2023/TT-NHNN"], [E14], ["39/2016/TT-NHNN", "dieu_24"]):
        first = impact(agency, *asked, "--format", form)
        assert first.status == 0
        assert first == impact(agency, *asked, "--format", form)
        assert first.out == impact(agency, *asked, "--format", form, "--at", commit).out
    assert agency.git("status", "--porcelain") == ""


@pytest.mark.parametrize("width", [60, 80, 100])
def test_the_screens_of_the_example_keep_to_their_width(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Long titles, long names of roles, many elements; everything and not."""
    monkeypatch.setenv("COLUMNS", str(width))
    asked = (
        ["worklist"],
        ["impact", "118/2025/NĐ-CP"],
        ["impact", "66.19/2026/NQ-CP"],
        ["impact", "23/2015/NĐ-CP", "dieu_17"],
    )
    for each in asked:
        for more in ([], ["--all"]):
            shown = run_docctl(*each, *more, "--as-of", "2026-01-15", "--lang", "en", cwd=EXAMPLE)
            assert shown.status == 0
            assert max(map(len, shown.out.splitlines())) <= width, shown.out


@pytest.mark.parametrize("width", [80, 100])
def test_the_screen_keeps_to_its_width(agency: World, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for asked in (["06/2023/TT-NHNN"], [E14], ["39/2016/TT-NHNN", "dieu_24"], ["61/2018/NĐ-CP"]):
        shown = impact(agency, *asked, "--all").out
        assert max(map(len, shown.splitlines())) <= width, shown
    shown = " ".join(impact(agency, "06/2023/TT-NHNN").out.split())
    for part in (
        "as of 2023-06-01 · in force from 2023-09-01 · 4 procedures looked at", "2023-09-01 in 92 days",
        "OUTDATED from 2023-09-01 · due 2023-12-01 (183 days left)", "procedures/QT-01.yaml:",
        "touching nothing here: e16", "Open: 3 procedures, 1 step, 1 form, 1 fee, 1 time limit, 2 legal bases",
    ):  # fmt: skip
        assert part in shown, part


# -- how much is looked at ---------------------------------------------------------------------------


def test_only_citations_of_what_the_act_targets_are_judged(agency: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """And none a second time that its revision cannot have dealt with."""
    repository = docctl.open(agency.root)
    asked: list[tuple[str, str]] = []
    judge = judging.judge

    def counted(register: Any, citation: Any, address: str, *more: Any) -> Any:
        asked.append((citation.text, address))
        return judge(register, citation, address, *more)

    monkeypatch.setattr("docctl.currency.verdicts.judge", counted)
    repository.impact(E15, date(2023, 6, 1))
    assert {each for each, _ in asked} == {"39/2016/TT-NHNN"}
    assert len(asked) == 4, "seven addresses of that text are cited, some of them alike by revisions of one day"
    asked.clear()
    repository.impact("99/2020/TT-BTC", date(2023, 6, 1))
    assert asked == [("99/2020/TT-BTC", "")]
    asked.clear()
    repository.impact("07/2023/NĐ-CP", date(2023, 6, 1))
    assert sorted(asked) == [("61/2018/NĐ-CP", ""), ("61/2018/NĐ-CP", "dieu_5")]


def test_kinds_of_elements() -> None:
    assert [Kind.of(each) for each in (
        ("steps", 0, "cites", 0), ("channels", 0, "fees", 1, "cites", 0), ("channels", 0, "processing_time", "cites", 0),
        ("channels", 0, "cites", 0), ("dossier", "items", 0, "cites", 0), ("forms", 0, "law"), ("references", 0, "cites", 0),
    )] == [Kind.STEP, Kind.FEE, Kind.TIME_LIMIT, Kind.OTHER, Kind.DOSSIER_ITEM, Kind.FORM, Kind.OTHER]  # fmt: skip


def test_from_python(agency: World) -> None:
    found = docctl.open(agency.root).impact("39/2016/TT-NHNN", date(2023, 10, 1), "khoản 2 Điều 24")
    assert found.places == ("khoản 2 Điều 24",)
    assert {each.verdict for each in found.citing} == {Verdict.OUTDATED}
