"""``docctl worklist``: real files through the command line and from Python; every format read back by another reader."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import markdown
import pytest
from generated import many
from gitworld import World, run_docctl
from gitworld import adopt as adopted
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from test_threats import decisions, lawful, office, review, template
from test_threats import world as copied

import docctl
from docctl.finding import Severity
from docctl.model.work import AT_LEISURE, event_of
from docctl.report import csv as spreadsheet
from docctl.report import ics
from docctl.report import markdown as md
from docctl.report.setting import visible

__all__ = ["copied", "lawful", "office", "template"]  # fixtures

EXAMPLE = Path(__file__).parents[1] / "examples" / "bac-kan-phuong"
HOSTILE = '=HYPERLINK("x") | **đ** <b>&; @ai #12 [y](z) `c` \\\\n, hết'

ORGANISATION = """\
format: docctl/organisation/v1
units:
  - { id: ubnd, name: Ủy ban nhân dân phường }
  - { id: tu-phap, name: Tư pháp, parent: ubnd }
roles:
  - { id: can-bo, title: Công chức một cửa, unit: ubnd }
  - { id: chu-tich, title: Chủ tịch, unit: ubnd }
  - { id: ho-tich, title: Công chức hộ tịch, unit: tu-phap }
  - { id: ho-tich-cu, title: Công chức hộ tịch cũ, unit: tu-phap, to: "2022-12-31", successor: ho-tich }
duties: { representative: chu-tich, secretary: can-bo }
"""
HEAD = """\
format: docctl/procedure/v1
id: {id}
title: {title}
issue: 1
revision: {revision}
change: {{ reason: improvement, summary: Viết gọn }}
level: commune
owner: {owner}
purpose: Quy định trình tự
"""
STEPS = """\
steps:
  - id: b-1
    kind: receive
    title: Nhận
    role: can-bo
    time: {{ value: 1, unit: hour }}
    next: [b-2]
{more}  - {{ id: b-2, kind: sign, title: Ký, role: chu-tich, time: {{ value: 1, unit: hour }}, next: [b-3] }}
  - {{ id: b-3, kind: deliver, title: Trả, role: can-bo, time: {{ value: 1, unit: hour }}, next: [] }}
"""
STEP_CITES = "    cites:\n      - { text: 39/2016/TT-NHNN, provisions: [dieu_24__khoan_2, dieu_25] }\n"
QT_01 = """\
legal_basis:
  - { text: 61/2018/NĐ-CP }
processing_time:
  { value: 3, unit: working_day, cites: [{ text: 39/2016/TT-NHNN, provisions: [dieu_24] }] }
fees:
  - { id: phi-1, name: Phí, amount: 1000, cites: [{ text: 39/2016/TT-NHNN, provisions: [dieu_24__khoan_2] }] }
"""


def qt_01(revision: int) -> str:
    head = HEAD.format(id="QT-01", title="Cho vay", revision=revision, owner="can-bo")
    return head + QT_01 + STEPS.format(more=STEP_CITES)


PROCEDURES = {
    "procedures/QT-01.yaml": qt_01(0),
    "procedures/QT-9.yaml": HEAD.format(id="QT-9", title="Gia hạn", revision=0, owner="can-bo")
    + "legal_basis:\n  - { text: 39/2016/TT-NHNN, provisions: [dieu_24__khoan_2] }\n"
    + STEPS.format(more="    forms: [BM-09]\n"),
    "procedures/QT-10.yaml": HEAD.format(id="QT-10", title="Thu hồi", revision=0, owner="can-bo")
    + "legal_basis:\n  - { text: 39/2016/TT-NHNN, provisions: [dieu_24__khoan_2] }\n"
    + STEPS.format(more=""),
    "procedures/QT-03.yaml": HEAD.format(id="QT-03", title="'Cải | chính'", revision=0, owner="ho-tich-cu")
    + "legal_basis:\n  - { text: 61/2018/NĐ-CP, provisions: [dieu_5] }\n  - { text: 99/2020/TT-BTC }\n"
    + STEPS.format(more=""),
    "forms.yaml": (
        "format: docctl/forms/v1\nforms:\n  - id: BM-09\n    title: Đơn\n"
        "    law: { text: 39/2016/TT-NHNN, provisions: [dieu_30] }\n"
    ),
}
TEXT = """\
format: docctl/legal-text/v1
number: {number}
kind: {kind}
title: {title}
issuer: [Chính phủ]
issued: "{issued}"
in_force:
  - {{ from: "{first}", stated_in: dieu_3 }}
checked: "{checked}"
"""
EVENT = """\
  - id: {id}
    kind: {kind}
    source: {{ provision: {source}, quote: {quote} }}
    target: {target}
    recorded: "2023-07-04"
"""
CONFIRMED = '    confirmed: { by: can-bo, "on": "2023-07-05" }\n'


def event(
    name: str, kind: str, target: str, *, quote: str = "Câu nguyên văn", confirmed: bool = True, **more: str
) -> str:
    text = EVENT.format(id=name, kind=kind, source=more.pop("source", "dieu_1"), quote=json.dumps(quote), target=target)
    return text + "".join(f"    {key}: {value}\n" for key, value in more.items()) + (CONFIRMED if confirmed else "")


def text(number: str, kind: str, title: str, first: str, *events: str, checked: str = "2099-12-31") -> str:
    made = TEXT.format(number=number, kind=kind, title=title, issued="2016-01-01", first=first, checked=checked)
    return made + ("events:\n" + "".join(events) if events else "")


LAWS = {
    "legal/61-2018-nd-cp.yaml": text("61/2018/NĐ-CP", "decree", "Cơ chế một cửa", "2018-06-21", checked="2023-01-01"),
    "legal/39-2016-tt-nhnn.yaml": text("39/2016/TT-NHNN", "circular", "Cho vay", "2017-03-15"),
    "legal/06-2023-tt-nhnn.yaml": text(
        "06/2023/TT-NHNN", "circular", "Sửa đổi Thông tư 39", "2023-09-01",
        event("e14", "amend", "{ text: 39/2016/TT-NHNN, provisions: [dieu_24__khoan_2] }", source="dieu_1__khoan_8"),
        event(
            "e15", "repeal", "{ text: 39/2016/TT-NHNN, provisions: [dieu_30] }", effect='{ from: "2024-01-01" }'
        ),
        event("e16", "amend", "{ text: 39/2016/TT-NHNN, provisions: [dieu_77] }"),
    ),
    "legal/118-2025-nd-cp.yaml": text(
        "118/2025/NĐ-CP", "decree", "Một cửa", "2025-07-01", event("e1", "replace", "{ text: 61/2018/NĐ-CP }")
    ),
    "legal/07-2023-nd-cp.yaml": text(
        "07/2023/NĐ-CP", "decree", "Đề xuất", "2023-05-01",
        event("e1", "amend", "{ text: 61/2018/NĐ-CP, provisions: [dieu_5] }", quote=HOSTILE, confirmed=False),
    ),
}  # fmt: skip


def build(world: World) -> World:
    """Four procedures of two roles, in force from 2023-03-01, and the changes of what they cite."""
    world.git("rm", "-q", "procedures/QT-02.yaml", "forms/BM-01.docx")
    world.write({"organisation.yaml": ORGANISATION, **PROCEDURES, **LAWS})
    answer = adopted(world.root, "QT-01", "QT-9", "QT-10", "QT-03", "--effective-from", "2023-03-01", "--lang", "en")
    assert answer.status == 0, answer.err
    world.commit()
    return world


@pytest.fixture
def agency(world: World) -> World:
    return build(world)


def worklist(world: World, day: str, *more: str) -> Any:
    return run_docctl("worklist", "--as-of", day, "--lang", "en", *more, cwd=world.root)


def tree(world: World, day: str, *more: str) -> dict[str, Any]:
    answer = worklist(world, day, "--format", "json", *more)
    assert answer.status == 0, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found


def tasks(report: dict[str, Any]) -> list[tuple[str, str, str | None, list[tuple[str, str]]]]:
    return [
        (share["role"], each["verdict"], each["by"], [(item["procedure"], item["event"]) for item in each["items"]])
        for share in report["roles"]
        for each in share["tasks"]
    ]


# -- what is on it -----------------------------------------------------------------------------------

E14 = "06-2023-tt-nhnn#e14"
POSSIBLE = ("ho-tich-cu", "possible", None, [("QT-03", "07-2023-nd-cp#e1")])
MINE = ("can-bo", "possible", None, [("QT-01", "07-2023-nd-cp#e1")])
UNKNOWN = ("ho-tich-cu", "unknown", None, [("QT-03", "unknown:not_registered:99/2020/TT-BTC:99/2020/TT-BTC")])


def test_one_change_that_touches_three_procedures_is_one_task(agency: World) -> None:
    """By role, by due day, then by procedure as people count (QT-9 before QT-10); joined elements."""
    report = tree(agency, "2023-10-01")
    three = [("QT-01", E14), ("QT-9", E14), ("QT-10", E14)]
    coming = ("can-bo", "upcoming", "2024-04-01", [("QT-9", "06-2023-tt-nhnn#e15")])
    assert tasks(report) == [("can-bo", "outdated", "2023-12-01", three), coming, MINE, UNKNOWN, POSSIBLE]
    (first, *_), elements = report["roles"][0]["tasks"], []
    elements = [each["element"] for each in first["items"][0]["elements"]]
    assert sorted(elements) == ["b-1", "phi-1", "processing_time"]
    assert first["quotes"] == ["Câu nguyên văn"] and first["acting"] == "06/2023/TT-NHNN"
    assert first["items"][0]["commands"] == ["docctl adopt QT-01 --effective-from DATE"]
    assert report["summary"] == {
        "roles": 2, "tasks": 5, "items": 7, "overdue": 0, "procedures": 4, "judged": 4, "not_judged": 0, "texts": 1,
    }  # fmt: skip
    assert [(each["number"], each["reasons"]) for each in report["texts"]] == [("61/2018/NĐ-CP", ["long_ago"])]


def test_an_error_without_a_due_day_is_for_now(agency: World) -> None:
    """The basis has not begun: nothing says by when, but it cannot wait, and stands before what is due later."""
    agency.write({"legal/99-2020-tt-btc.yaml": text("99/2020/TT-BTC", "circular", "Sau này", "2030-01-01")})
    agency.write({"legal/118-2025-nd-cp.yaml": LAWS["legal/118-2025-nd-cp.yaml"].replace("2025-07-01", "2023-09-01")})
    assert [(each[1], each[2]) for each in tasks(tree(agency, "2023-10-01", "--role", "ho-tich"))] == [
        ("not_in_force", "2023-10-01"), ("basis_ended", "2023-12-01"), ("possible", None),
    ]  # fmt: skip
    assert "at once  NOT IN FORCE YET" in worklist(agency, "2023-10-01").out


def test_what_is_due_first_stands_first() -> None:
    repository = docctl.open(EXAMPLE)
    for day in (date(2026, 1, 15), date(2026, 6, 15), date(2026, 9, 1)):
        listed = repository.worklist(day, within=600)
        days = [[each.by(day) or date.max for each in share.tasks] for share in listed.shares]
        assert all(each == sorted(each) for each in days)
        assert [each[0] for each in days] == sorted(each[0] for each in days)


@pytest.mark.parametrize(
    ("day", "verdict", "by", "overdue"),
    [
        ("2023-08-31", "upcoming", "2023-12-01", False), ("2023-09-01", "outdated", "2023-12-01", False),
        ("2023-12-01", "outdated", "2023-12-01", False), ("2023-12-02", "outdated", "2023-12-01", True),
    ],
)  # fmt: skip
def test_day_by_day(agency: World, day: str, verdict: str, by: str, overdue: bool) -> None:
    first = tree(agency, day)["roles"][0]["tasks"][0]
    assert (first["verdict"], first["by"], first["overdue"]) == (verdict, by, overdue)


def test_everything_that_outdated_says_is_on_it_once() -> None:
    """On the example, day by day: no finding is lost, none is said twice, and nothing that asks for no work is there."""
    repository = docctl.open(EXAMPLE)
    for day in (date(2025, 1, 20), date(2025, 7, 15), date(2026, 1, 15), date(2026, 5, 20), date(2026, 9, 1)):
        report = repository.outdated(day)
        listed = repository.worklist(day)
        in_force = {(each.id, each.revision) for each in report.currency.in_state(docctl_state("in_force"))}
        wanted: dict[tuple[str, str], set[str]] = {}
        for each in report.findings:
            if each.proof is not None and each.proof.judgement.verdict.value not in AT_LEISURE:
                key = each.proof.procedure, event_of(each.proof)
                if (each.proof.procedure, each.proof.revision) in in_force or key not in wanted:
                    wanted.setdefault(key, set()).add(each.fingerprint)
        found = {(item.procedure, item.event): {each.fingerprint for each in item.findings} for item in listed.items}
        assert {*found} == {*wanted}
        assert len(listed.items) == len(found)
        assert all(item.findings for item in listed.items)
        owners = {each.id: each.owner for each in report.currency.procedures}
        assert all(owners[item.procedure] == share.role for share in listed.shares for item in share.items)
        serious = {each.fingerprint for each in report.findings if each.proof is None and each.severity > Severity.NOTE}
        assert serious == {each.fingerprint for each in listed.remarks}


def docctl_state(word: str) -> Any:
    from docctl.model.currency import State

    return State(word)


def test_one_role_and_those_whose_place_it_took(agency: World) -> None:
    assert tasks(tree(agency, "2023-10-01", "--role", "ho-tich")) == [UNKNOWN, POSSIBLE]
    assert tasks(tree(agency, "2023-10-01", "--role", "ho-tich-cu")) == [UNKNOWN, POSSIBLE]
    assert {each[0] for each in tasks(tree(agency, "2023-10-01", "--role", "can-bo"))} == {"can-bo"}
    assert tasks(tree(agency, "2023-10-01", "--role", "chu-tich")) == []
    answer = worklist(agency, "2023-10-01", "--role", "can-b")
    assert answer.status == 2 and 'did you mean "can-bo"?' in answer.err
    share = tree(agency, "2023-10-01")["roles"][1]
    assert (share["ended"], share["successor"], share["unit"]) == ("2022-12-31", "ho-tich", "Tư pháp")
    assert "this role ended on 2022-12-31; its successor: ho-tich" in worklist(agency, "2023-10-01").out


def test_a_role_nobody_knows_is_said(agency: World) -> None:
    agency.write({"organisation.yaml": ORGANISATION.replace("id: can-bo,", "id: can-bo-2,")})
    assert "organisation.yaml does not know this role" in worklist(agency, "2023-10-01").out


def test_within_and_all(agency: World) -> None:
    assert tasks(tree(agency, "2023-05-20", "--within", "10")) == [UNKNOWN, POSSIBLE, MINE]
    agency.write(
        {
            "legal/06-2023-tt-nhnn.yaml": LAWS["legal/06-2023-tt-nhnn.yaml"].replace(
                "    recorded", "    grade: form\n    recorded", 1
            )
        }
    )
    assert "minor" not in {each[1] for each in tasks(tree(agency, "2023-10-01"))}
    assert "minor" in {each[1] for each in tasks(tree(agency, "2023-10-01", "--all"))}
    codes = {each["code"] for each in tree(agency, "2023-10-01", "--all")["findings"]}
    assert "DC520" in codes and "DC511" not in codes, "a text is said once, in its own list"


def test_what_was_not_judged_is_said(agency: World) -> None:
    agency.write({"procedures/QT-10.yaml": PROCEDURES["procedures/QT-10.yaml"].replace("Thu hồi", "Thu hồi nợ")})
    agency.write({"procedures/QT-9.yaml": "format: docctl/procedure/v1\n"})
    (agency.root / "archive/QT-10/1.0.yaml").unlink()
    answer = worklist(agency, "2023-10-01")
    assert "1 NOT JUDGED" in answer.out
    assert re.search(r"warning DC908: procedures/QT-9.yaml cannot be read", answer.out)
    rows = csv_rows(worklist(agency, "2023-10-01", "--format", "csv").out)
    assert sum(row["status"] == "DC908" for row in rows) >= 2


def test_a_scheduled_revision_that_settles_it(agency: World) -> None:
    """The next revision, already adopted, has taken the change in; until it begins the present one is still late."""
    agency.write({"procedures/QT-01.yaml": qt_01(1)})
    agency.git("add", "-A")
    assert adopted(agency.root, "QT-01", "--effective-from", "2024-02-01", "--lang", "en").status == 0
    items = {item["procedure"]: item for item in tree(agency, "2023-12-15")["roles"][0]["tasks"][0]["items"]}
    assert items["QT-01"]["settled"] == {"revision": "1.1", "from": "2024-02-01"}
    assert items["QT-9"]["settled"] is None
    assert "revision 1.1, from 2024-02-01, settles it" in worklist(agency, "2023-12-15").out
    assert "QT-01" not in {item["procedure"] for item in tree(agency, "2024-02-01")["roles"][0]["tasks"][0]["items"]}


def test_the_command_that_closes_it_closes_it(lawful: World) -> None:
    """With records: the legal review whose command is shown, and nothing else, takes the item off the list."""
    (task,) = tree(lawful, "2023-12-15")["roles"][0]["tasks"]
    (item,) = task["items"]
    assert item["commands"] == [
        "docctl issue QT-01 --effective-from DATE",
        "docctl legal-review QT-01 --event '06-2023-tt-nhnn#e14' --decision no_impact --reason …",
    ]
    review(lawful, decisions(lawful, "no_impact"))
    assert tree(lawful, "2023-12-15")["roles"] == []
    assert "Nothing is open." in worklist(lawful, "2023-12-15").out


def test_nothing_is_written_and_the_same_is_said_twice(agency: World) -> None:
    """Any order of the files in a folder, work tree or commit: the same bytes."""
    commit = agency.git("rev-parse", "HEAD")
    for form in ("text", "json", "markdown", "csv", "ics"):
        before = worklist(agency, "2023-12-15", "--format", form)
        again = worklist(agency, "2023-12-15", "--format", form)
        assert before == again and before.status == 0
        assert worklist(agency, "2023-12-15", "--format", form, "--at", commit).out == before.out
    moved = agency.root / "legal" / "again"
    content = {path: path.read_bytes() for path in sorted((agency.root / "legal").glob("*.yaml"))}
    shown = worklist(agency, "2023-12-15", "--format", "json").out
    for path in content:
        path.unlink()
    for path in reversed(content):
        path.write_bytes(content[path])
    assert not moved.exists() and worklist(agency, "2023-12-15", "--format", "json").out == shown
    assert agency.git("status", "--porcelain") == ""


@pytest.mark.parametrize("width", [80, 100])
def test_the_screen_keeps_to_its_width(agency: World, width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for day in ("2023-10-01", "2023-12-15"):
        shown = worklist(agency, day).out
        assert max(map(len, shown.splitlines())) <= width
    for part in (
        "Worklist of Ủy ban nhân dân phường Thử, as of 2023-12-15", "OVERDUE · OUTDATED 14 days late",
        "khoản 8 Điều 1 of 06/2023/TT-NHNN amends khoản 2 Điều 24 of 39/2016/TT-NHNN from 2023-09-01",
        "“Câu nguyên văn”", "time limit, phi-1, b-1", "docctl adopt ID --effective-from DATE", "26/2014/TT-BKHCN",
        "5 tasks · 1 overdue · 4 procedures · 2 roles · next due day 2024-04-01", "Công chức một cửa",
    ):  # fmt: skip
        assert part in " ".join(shown.split()), part


# -- CSV ---------------------------------------------------------------------------------------------


def csv_rows(out: str) -> list[dict[str, str]]:
    assert out.startswith("\ufeff"), "Excel reads UTF-8 only with the mark"
    body = out[1:]
    assert body.count("\r\n") >= 1 and "\n" not in body.replace("\r\n", "")
    return [*csv.DictReader(io.StringIO(body, newline=""), strict=True)]


def test_csv_is_read_back(agency: World) -> None:
    rows = csv_rows(worklist(agency, "2023-12-15", "--format", "csv").out)
    items = [row for row in rows if row["procedure"]]
    assert [(row["No."], row["procedure"], row["days late"]) for row in items[:3]] == [
        ("1", "QT-01", "14"), ("1", "QT-9", "14"), ("1", "QT-10", "14"),
    ]  # fmt: skip
    assert items[0]["elements"] == "time limit; phi-1; b-1"
    assert items[0]["revision"] == "revision 1.0", "a bare number would lose its nought"
    hostile = next(row for row in items if row["event"] == "07-2023-nd-cp#e1" and row["procedure"] == "QT-03")
    assert hostile["words of the act"] == "'" + HOSTILE
    assert hostile["title"] == "Cải | chính"
    assert [row["command"] for row in rows if not row["procedure"]] == ["docctl law show 61-2018-nd-cp"]


def ran_by_a_spreadsheet(cell: str) -> bool:
    """What Excel, Calc and Sheets would take for a formula, also behind blanks and quotes."""
    return cell.lstrip("\"'“”‘’ \u00a0\t\n")[:1] in (*"=+-@\t\r",) and not cell.startswith("'")


@settings(max_examples=many(200))
@given(st.lists(st.lists(st.text(), min_size=1, max_size=4), min_size=1, max_size=4))
@example([["=1", "\t=1", '"=1', "＝1"]])
@example([["-", "+", "@", "\r=2"]])
@example([["a,b", 'a"b', "a\nb", " a "]])
def test_any_text_survives_a_cell(rows: list[list[str]]) -> None:
    out = spreadsheet.render(rows)
    back = [*csv.reader(io.StringIO(out.removeprefix("\ufeff"), newline=""), strict=True)]
    for row, read in zip(rows, back, strict=True):
        for before, after in zip(row, read, strict=True) if row != [""] else ():
            assert after in (visible(before), "'" + visible(before))
            assert not ran_by_a_spreadsheet(after)


# -- Markdown ----------------------------------------------------------------------------------------


def read_markdown(text_: str) -> Any:
    return html.fromstring("<div>" + markdown.markdown(text_, extensions=["tables"]) + "</div>")


def test_markdown_is_read_back(agency: World) -> None:
    page = read_markdown(worklist(agency, "2023-12-15", "--format", "markdown").out)
    heads = [head.text_content() for head in page.xpath("//h2")]
    assert heads == [
        "Công chức một cửa, Ủy ban nhân dân phường",
        "Công chức hộ tịch cũ, Tư pháp",
        "Register of legal texts",
    ]
    tables = page.xpath("//table")
    assert len(tables) == 5
    rows = [[cell.text_content() for cell in row.xpath("./td")] for row in tables[0].xpath(".//tbody/tr")]
    assert [row[:3] for row in rows] == [
        ["QT-01", "Cho vay", "time limit, phi-1, b-1"], ["QT-9", "Gia hạn", "legal basis"], ["QT-10", "Thu hồi", "legal basis"],
    ]  # fmt: skip
    assert rows[0][3] == "docctl adopt QT-01 --effective-from DATE"
    assert f"“{HOSTILE}”" in [quote.text_content().strip() for quote in page.xpath("//blockquote")]
    assert not page.xpath("//a") and not page.xpath("//b")


def plain(text_: str) -> str:
    return " ".join(visible(text_).split())


@settings(max_examples=many(300))
@given(st.text(max_size=60))
@example("| a \\| b |")
@example("**x** _y_ `z` [a](b) ![c](d) <i>e</i> &amp; &#42;")
@example("# x")
@example("1. x")
@example("- x")
@example("--- ---")
@example("https://example.org a@example.org @ai #1 :x:")
@example("{: .x }")
@example("[1]: x")
@example("    x")
def test_any_text_survives_a_table_of_markdown(value: str) -> None:
    lines = [*md.table(["a", "b"], [[md.escaped(value), md.code(value)], ["x", "y"]])]
    page = read_markdown("\n".join(lines))
    cells = [[cell.text_content() for cell in row.xpath("./td")] for row in page.xpath("//tbody/tr")]
    assert cells == [[plain(value), plain(value)], ["x", "y"]]
    assert {each.tag for each in page.iter() if isinstance(each.tag, str)} <= {
        "div", "table", "thead", "tbody", "tr", "th", "td", "code",
    }  # fmt: skip


@settings(max_examples=many(200))
@given(st.text(max_size=60))
@example("1) x")
@example("= x")
@example("x@y.z #1 !2")
def test_any_text_is_a_paragraph_of_markdown(value: str) -> None:
    page = read_markdown(f"a\n\n{md.escaped(value)}\n\nb")
    found = [each.text_content() for each in page.xpath("./p")]
    assert found == [each for each in ("a", plain(value), "b") if each]
    written = md.escaped(value)
    assert not re.search(r"[@#](?=\w)|://", re.sub(r"&#\d+;", "§", written)), "no mention, no link"


# -- the calendar ------------------------------------------------------------------------------------

NAME = re.compile(r"[A-Z0-9-]+")
ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def unfolded(data: bytes) -> list[str]:
    """The content lines of RFC 5545, 3.1: at most 75 octets each, whole characters, CR LF."""
    assert data.endswith(b"\r\n")
    lines: list[str] = []
    for raw in data[:-2].split(b"\r\n"):
        assert len(raw) <= 75 and raw and b"\r" not in raw and b"\n" not in raw
        part = raw.decode("utf-8")
        if part.startswith((" ", "\t")):
            lines[-1] += part[1:]
        else:
            lines.append(part)
    return lines


def properties(lines: list[str]) -> Iterator[tuple[str, dict[str, str], str]]:
    """Name, parameters and raw value. No value here has quoted parameters."""
    for line in lines:
        head, _, value = line.partition(":")
        name, *given_ = head.split(";")
        assert NAME.fullmatch(name), line
        yield name, dict(each.split("=") for each in given_), value


def value_of(raw: str) -> str:
    """A value of type TEXT (3.3.11)."""
    assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", raw)
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", raw) or not re.search(r"(?:^|[^\\])(?:\\\\)*[;,]", raw)
    assert re.fullmatch(r"(?:[^\\;,]|\\[\\;,nN])*", raw, re.DOTALL), raw
    return ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], raw)


def calendar(data: bytes) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """The properties of a calendar, and its entries, each with its one alarm."""
    head: dict[str, str] = {}
    entries: list[dict[str, Any]] = []
    open_: list[str] = []
    for name, given_, raw in properties(unfolded(data)):
        if name == "BEGIN":
            open_.append(raw)
            if raw == "VEVENT":
                entries.append({"params": {}})
            elif raw == "VALARM":
                entries[-1]["alarm"] = {}
        elif name == "END":
            assert open_.pop() == raw
        else:
            where = {1: head, 2: entries[-1] if entries else {}, 3: entries[-1].get("alarm", {}) if entries else {}}[
                len(open_)
            ]
            assert name not in where, f"{name} stands twice"
            where[name] = raw
            if len(open_) == 2:
                entries[-1]["params"][name] = given_
    assert not open_
    return head, entries


def exported(world: World, day: str) -> tuple[dict[str, str], list[dict[str, Any]]]:
    return calendar(worklist(world, day, "--format", "ics").out.encode())


def test_the_calendar_is_read_back(agency: World) -> None:
    answer = worklist(agency, "2023-12-15", "--format", "ics")
    assert "without a due day, so not in the calendar: 3" in answer.err
    head, entries = calendar(answer.out.encode())
    assert (head["VERSION"], head["METHOD"], head["CALSCALE"]) == ("2.0", "PUBLISH", "GREGORIAN")
    assert head["PRODID"].startswith("-//docctl//")
    assert [(each["DTSTART"], each["DTEND"]) for each in entries] == [("20231201", "20231202")] * 3 + [
        ("20240401", "20240402")
    ]
    for each in entries:
        assert each["params"]["DTSTART"] == each["params"]["DTEND"] == {"VALUE": "DATE"}
        assert each["DTSTAMP"] == "20231215T000000Z"
        assert (each["alarm"]["ACTION"], each["alarm"]["TRIGGER"]) == ("DISPLAY", "-P14D")
        assert value_of(each["alarm"]["DESCRIPTION"]) == value_of(each["SUMMARY"])
        assert re.fullmatch(r"[0-9a-f]{32}@phuong-thu", each["UID"])
        assert each["TRANSP"] == "TRANSPARENT"
    first = entries[0]
    assert value_of(first["SUMMARY"]).startswith("QT-01 · OVERDUE · OUTDATED: khoản 8 Điều 1 of 06/2023/TT-NHNN amends")
    assert "QT-01 Cho vay: time limit, phi-1, b-1\nresponsible: Công chức một cửa\n" in value_of(first["DESCRIPTION"])
    assert len({each["UID"] for each in entries}) == 4


def test_a_later_file_changes_the_entries(agency: World) -> None:
    """The same UID on every day and after a change of the due day; a sequence that only grows."""
    before = {each["UID"]: each for each in exported(agency, "2023-11-01")[1]}
    after = {each["UID"]: each for each in exported(agency, "2023-12-15")[1]}
    assert {*before} == {*after}
    for uid, each in before.items():
        assert int(each["SEQUENCE"]) + 44 == int(after[uid]["SEQUENCE"])
    law = LAWS["legal/06-2023-tt-nhnn.yaml"].replace('from: "2023-09-01"', 'from: "2023-10-01"')
    agency.write({"legal/06-2023-tt-nhnn.yaml": law})
    moved = {each["UID"]: each["DTSTART"] for each in exported(agency, "2023-12-15")[1]}
    assert {*moved} == {*after} and sorted(moved.values())[:3] == ["20240102"] * 3
    ids = {
        item["uid"]
        for share in tree(agency, "2023-12-15")["roles"]
        for task in share["tasks"]
        for item in task["items"]
    }
    assert {*moved} <= ids


def test_the_calendar_in_another_reader(agency: World) -> None:
    read = icalendar.Calendar.from_ical(worklist(agency, "2023-12-15", "--format", "ics").out.encode())
    events = list(read.walk("VEVENT"))
    assert [each.decoded("DTSTART") for each in events] == [date(2023, 12, 1)] * 3 + [date(2024, 4, 1)]
    assert all(each.walk("VALARM")[0].decoded("TRIGGER") == timedelta(days=-14) for each in events)
    assert not read.errors and not any(each.errors for each in events)


@settings(max_examples=many(200))
@given(st.text(), st.text(max_size=200), st.dates(date(1990, 1, 1), date(2099, 12, 30)))
@example("a;b,c\\d\ne\\n", "\r\n", date(2025, 1, 1))
@example("ế" * 60, "𝔄" * 60, date(2025, 1, 1))
@example("x" * 66, "x" * 63, date(2025, 1, 1))
def test_any_text_survives_the_calendar(summary: str, description: str, day: date) -> None:
    entries = [ics.Entry(summary, day, summary, description, (summary, description))]
    head, (read,) = calendar(ics.render(summary, "a", day, entries, "0").encode())
    assert value_of(head["X-WR-CALNAME"]) == visible(summary)
    assert (value_of(read["SUMMARY"]), value_of(read["DESCRIPTION"])) == (visible(summary), visible(description))
    assert read["DTEND"] == f"{day + timedelta(days=1):%Y%m%d}"
    assert int(read["SEQUENCE"]) >= 0


@given(st.text(min_size=1), st.text(min_size=1))
def test_an_entry_of_another_agency_is_another_entry(key: str, other: str) -> None:
    assert ics.uid(key, "a") == ics.uid(key, "a") != ics.uid(key, "b")
    assert (ics.uid(key, "a") == ics.uid(other, "a")) == (key == other)
