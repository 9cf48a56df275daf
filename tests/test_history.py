"""``docctl diff``, ``log``, ``blame``, ``show ID@…``: on a copy of the example, in a real Git repository."""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
import shutil
import subprocess
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from conftest import clean_environment
from gitworld import run_docctl
from test_comparing import rebuilt

import docctl
from docctl.errors import NotInRepository
from docctl.history.blaming import blamed
from docctl.model.comparison import Difference, Sort

EXAMPLE = Path(__file__).parents[1] / "examples" / "bac-kan-phuong"
DAY = ("--as-of", "2026-11-26")


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    clean_environment(tmp_path, monkeypatch)
    folder = shutil.copytree(EXAMPLE, tmp_path / "agency")
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "Nhập ban đầu")
    return folder


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def commit(folder: Path, subject: str) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", subject)
    return git(folder, "rev-parse", "HEAD")


def edit(folder: Path, document: str, *changes: tuple[str, str]) -> None:
    path = folder / f"procedures/{document}.yaml"
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def run(folder: Path, *arguments: str) -> Any:
    return run_docctl(*arguments, "--lang", "en", cwd=folder)


def tree(folder: Path, *arguments: str) -> dict[str, Any]:
    answer = run(folder, *arguments, "--format", "json")
    assert answer.status == 0, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found


# -- diff --------------------------------------------------------------------------------------------

CHANGES = (
    ("processing_time:\n  value: 1\n", "processing_time:\n  value: 2\n"),
    ("bản sao với bản chính\n    role: cc-ho-tich", "bản sao với bản chính\n    role: cc-tiep-nhan"),
    ("61/2018/NĐ-CP, provisions: [dieu_17, dieu_18, dieu_20]", "118/2025/NĐ-CP, provisions: [dieu_17]"),
    ("applicants: [Cá nhân, Tổ chức]", "applicants: [Tổ chức, Hộ kinh doanh]"),
    ("revision: 2\nchange:", "revision: 3\nchange:"),
)


def test_what_changed_for_those_who_work_by_it(agency: Path) -> None:
    edit(agency, "QT-16", *CHANGES)
    out = run(agency, "diff", "QT-16", *DAY).out
    assert re.search(r"^1\.2 -> 1\.3 \(the file here\)$", out, re.MULTILINE)
    for words in (
        r"time limit +1 working day -> 2 working days", r"role +Công chức tư pháp - hộ tịch -> Công chức tiếp nhận",
        r"applicants +Cá nhân -> Hộ kinh doanh", r"legal basis.*\n?.*118/2025/NĐ-CP",
    ):  # fmt: skip
        assert re.search(words, out), words
    assert out.endswith("changed: 4, added: 0, removed: 0, moved: 0\n")
    assert "revision" not in out, "that it is another revision stands in the head"
    again = run(agency, "diff", "HEAD..", "QT-16").out
    assert again.splitlines()[-1] == out.splitlines()[-1]


def pointer(text: str | None) -> tuple[str | int, ...] | None:
    if text is None:
        return None
    parts = (part.replace("~1", "/").replace("~0", "~") for part in text.split("/")[1:])
    return tuple(int(part) if part.isdigit() else part for part in parts)


def test_json_holds_everything(agency: Path) -> None:
    """The old text and the report give the new text."""
    before = docctl.open(agency).procedure("QT-16").content
    edit(agency, "QT-16", *CHANGES)
    (document,) = tree(agency, "diff", "HEAD..")["documents"]
    found = [
        Difference(Sort(each["sort"]), pointer(each["old"]), pointer(each["new"]), each["before"], each["after"])
        for each in document["differences"]
    ]
    assert rebuilt(before, found) == docctl.open(agency).procedure("QT-16").content
    assert {each["element"] for each in document["differences"]} == {None, "step-2"}
    assert (document["old"]["revision"], document["new"]["revision"]) == ("1.2", "1.3")


def test_moves_additions_and_removals(agency: Path) -> None:
    path = agency / "procedures/QT-16.yaml"
    text = path.read_text(encoding="utf-8")
    start, middle, end = (text.index(f"  - id: {name}\n") for name in ("bo-sung", "tu-choi", "gia-han"))
    text = text[:start] + text[middle:end] + text[start:middle] + text[end:]
    path.write_text(text, encoding="utf-8")
    out = run(agency, "diff", "HEAD..").out
    assert re.search(r"^> (tu-choi|bo-sung) .*: now behind ", out, re.MULTILINE)
    assert out.endswith("changed: 0, added: 0, removed: 0, moved: 1\n")
    path.write_text(text[:start] + text[start + end - middle :], encoding="utf-8")
    assert re.search(r"^- tu-choi “Trả hồ sơ kèm phiếu từ chối", run(agency, "diff", "HEAD..").out, re.MULTILINE)


def test_two_revisions_with_who_answers_for_them(agency: Path) -> None:
    out = run(agency, "diff", "QT-05@1.1", "QT-05@1.2", *DAY).out
    assert "improvement: Nói rõ phạm vi chứng thực tại phường." in out
    assert "approved lanh-dao-a 2026-11-09" in out.replace("\n  ", " ") and "decision 140/QĐ-UBND" in out
    assert run(agency, "diff", "QT-05@1.2", *DAY).out == out, "without another one, with the one before"
    swapped = run(agency, "diff", "QT-05@1.2", "QT-05@1.1", *DAY).out
    assert "1.2 -> 1.1" in swapped


def test_between_commits(agency: Path) -> None:
    first = git(agency, "rev-parse", "HEAD")
    edit(agency, "QT-16", CHANGES[0])
    (agency / "procedures/QT-12.yaml").unlink()
    shutil.copy(agency / "procedures/QT-10.yaml", agency / "procedures/QT-20.yaml")
    edit(agency, "QT-20", ("id: QT-10\n", "id: QT-20\n"))
    edit(agency, "QT-11", ("title:", "title:  "))
    second = commit(agency, "Sửa")
    found = tree(agency, "diff", f"{first}..{second}")["documents"]
    assert [(each["id"], each["old"] is None, each["new"] is None) for each in found] == [
        ("QT-12", False, True), ("QT-16", False, False), ("QT-20", True, False),
    ], "what only looks different in the file is no difference"  # fmt: skip
    assert tree(agency, "diff", f"{first}..{second}", "QT-16")["documents"] == [found[1]]
    assert (
        tree(agency, "diff", f"QT-16@{first}", f"QT-16@{second}")["documents"][0]["differences"]
        == found[1]["differences"]
    )
    assert run(agency, "diff", f"{second}..{second}").out == "nothing has changed\n"


@pytest.mark.parametrize("what", [("QT-05@9.9",), ("QT-99",), ("QT-05@", ), ("QT-05", "QT-06"), ("QT-05@1.1", "QT-05@1.2", "x"),
                                  ("nowhere..HEAD",), ("..",), ("HEAD..HEAD", "QT-99"), ("QT-05@1.1",)])  # fmt: skip
def test_what_cannot_be_compared(agency: Path, what: tuple[str, ...]) -> None:
    answer = run(agency, "diff", *what, *DAY)
    assert answer.status in (2, 3) and answer.out == "" and "Traceback" not in answer.err
    assert answer.err.startswith("docctl: ") and len(answer.err.splitlines()) >= 2, "and a way out"


HOSTILE = '<script>alert(1)</script> | **x** `y` &lt; \\" ‘'


class Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.seen.append(tag)


def test_pages_show_hostile_text_as_text(agency: Path) -> None:
    edit(agency, "QT-16", ("title: Ký chứng thực", f'title: "{HOSTILE}"'))
    page = run(agency, "diff", "HEAD..", "--format", "html").out
    tags = Tags()
    tags.feed(page)
    allowed = "html head meta title style body h1 span p table thead tr th tbody td code del ins"
    assert {*tags.seen} <= {*allowed.split()}
    assert "script" not in tags.seen and "http" not in page
    markdown = run(agency, "diff", "HEAD..", "--format", "markdown").out
    assert "<script>" not in markdown
    rows = [line for line in markdown.splitlines() if line.startswith("| ")]
    assert {line.count(" | ") for line in rows} == {3}, "no text ends a cell"


# -- show, log, blame --------------------------------------------------------------------------------


def test_what_was_in_force_on_a_day(agency: Path) -> None:
    now = run(agency, "show", "QT-05", "--as-of", "2026-05-01").out
    assert "issue 1, revision 1" in now and "1.1 effective since 2025-12-01" in now and "adopted.yaml says so" in now
    later = run(agency, "show", "QT-05", "--as-of", "2027-01-01").out
    assert "1.2 effective since 2027-01-01" in later and "approved by lanh-dao-a" in later
    assert run(agency, "show", "QT-05@1.1", *DAY).out.splitlines()[:3] == now.splitlines()[:3]
    found = tree(agency, "show", "QT-05", "--as-of", "2027-01-01")
    assert found["revision"] == "1.2" and found["standing"]["number"] == "1.2" and found["standing"]["records"]
    before = run(agency, "show", "QT-05", "--as-of", "2020-01-01")
    assert before.status == 2 and "no revision of QT-05 was in force on 2020-01-01" in before.err
    code = next(iter(docctl.open(agency).procedure("QT-05").body.covers))
    assert run(agency, "show", code, "--as-of", "2026-05-01").out == now


BROKEN = ("adopted.yaml", "forms.yaml", "organisation.yaml", "legal/61-2018-nd-cp.yaml", "procedures/QT-16.yaml")


@pytest.mark.parametrize("broken", BROKEN)
def test_what_a_master_list_does_without_stands_on_it(agency: Path, broken: str) -> None:
    whole = tree(agency, "register", *DAY)
    assert (whole["unread"], whole["refused"]) == ([], 0)
    (agency / broken).write_text("a: [", encoding="utf-8")
    assert tree(agency, "register", *DAY)["unread"] == [broken]
    for form in ("text", "markdown"):
        answer = run(agency, "register", *DAY, "--format", form)
        assert f"cannot be read: {broken}" in " ".join(answer.out.replace("\\", "").split()) and answer.err == ""
    listed = run(agency, "register", *DAY, "--format", "csv")
    assert broken in listed.err and broken not in listed.out
    status = {each["number"]: each["status"] for each in tree(agency, "register", *DAY)["texts"]}
    assert (status.get("61/2018/NĐ-CP") == "unread") == (broken == "legal/61-2018-nd-cp.yaml")


def test_what_an_answer_does_without_is_said(agency: Path) -> None:
    questions = ("log QT-03", "blame QT-03", "status QT-03", "show QT-03@2.1", "show QT-03 --as-of 2026-10-01")
    for question in (*questions, "show QT-03", "diff QT-03", "impact 61/2018/NĐ-CP"):
        assert run(agency, *question.split()).err == "", question
    (agency / "organisation.yaml").write_text("a: [", encoding="utf-8")
    for question in ("show QT-03", "diff QT-03", "impact 61/2018/NĐ-CP"):
        assert "cannot be read: organisation.yaml" in run(agency, *question.split()).err, question
    git(agency, "checkout", "-q", ".")
    (agency / "adopted.yaml").write_text("a: [", encoding="utf-8")
    for question in (*questions, "diff QT-03", "impact 61/2018/NĐ-CP"):
        assert "cannot be read: adopted.yaml" in run(agency, *question.split()).err, question
    git(agency, "checkout", "-q", ".")
    record = next((agency / "approvals" / "QT-03").rglob("prepared--*.json"))
    record.write_bytes(record.read_bytes() + b"x")
    for question in (*questions, "diff QT-03", "impact 61/2018/NĐ-CP"):
        assert "something here does not count" in run(agency, *question.split()).err, question
    assert tree(agency, "register", *DAY)["refused"] == 1
    assert "something here does not count (1)" in run(agency, "register", *DAY).out


def test_a_procedure_may_be_named_by_a_code_that_it_covers(agency: Path) -> None:
    (code,) = docctl.open(agency).procedure("QT-05").body.covers
    edit(agency, "QT-05", ("cộng tác viên", "người cộng tác"))
    questions = ("log {}", "blame {}", "diff {}", "diff {}@1.1 {}@1.2", "status {}", "outdated {}", "show {}@1.1")
    for question in (*questions, "diff HEAD.. {}"):
        asked = [run(agency, *question.format(*[name] * 2).split(), *DAY) for name in (code, "QT-05")]
        assert asked[0].out == asked[1].out != "", question
    unknown = run(agency, "log", "9.999999", *DAY)
    assert unknown.status == 2 and "no procedure covers 9.999999" in unknown.err
    text = (agency / "procedures/QT-05.yaml").read_text(encoding="utf-8")
    odd = text.replace("id: QT-05", f"id: {code}", 1).replace(f'covers: ["{code}"]', "", 1)
    (agency / f"procedures/{code}.yaml").write_text(odd, encoding="utf-8")
    assert run(agency, "show", code).out.startswith(f"{code} ")


def test_a_text_that_was_changed_in_the_archive_is_not_shown(agency: Path) -> None:
    path = agency / "archive/QT-05/1.1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title:", "title: Sửa lén", 1), encoding="utf-8")
    answer = run(agency, "show", "QT-05", "--as-of", "2026-05-01")
    assert answer.status == 2 and answer.out == "" and "is not the text of QT-05 1.1 that was issued" in answer.err


def test_the_log_of_a_document(agency: Path) -> None:
    edit(agency, "QT-05", ("cộng tác viên", "người cộng tác"))
    last = commit(agency, "Dự thảo “mới”")
    out = run(agency, "log", "QT-05", *DAY).out
    numbers = re.findall(r"^  (\d+\.\d+) ", out, re.MULTILINE)
    assert numbers[-2:] == ["1.2", "1.1"] and "improvement: Nói rõ phạm vi chứng thực tại phường." in out
    draft, issued = out.split("  1.1 ")[0], out.split("  1.1 ")[1]
    assert "Dự thảo “mới”" in draft and "Nhập ban đầu" in issued and "Dự thảo" not in issued
    listed = run(agency, "log", "QT-05", "--commits", *DAY).out
    day = datetime.fromtimestamp(int(git(agency, "log", "-1", "--format=%at")), timezone(timedelta(hours=7))).date()
    assert f"{last[:9]} {day.isoformat()} An: Dự thảo “mới”" in listed
    found = tree(agency, "log", "QT-05", *DAY)
    assert [each["id"] for each in found["commits"]] == git(agency, "rev-list", "HEAD").split()
    assert found["commits"][0]["paths"] == ["procedures/QT-05.yaml"]
    assert (
        tree(agency, "log", "QT-05", "--at", git(agency, "rev-parse", "HEAD~1"), *DAY)["commits"]
        == found["commits"][1:]
    )


def test_without_git_the_log_has_no_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clean_environment(tmp_path, monkeypatch)
    folder = shutil.copytree(EXAMPLE, tmp_path / "agency")
    answer = run(folder, "log", "QT-05", *DAY)
    assert answer.status == 0 and "1.2" in answer.out and "no Git repository" in answer.err
    git(folder, "init", "-q")
    assert tree(folder, "log", "QT-05", *DAY)["commits"] is None


def test_what_may_be_older_than_all_that_is_known(agency: Path) -> None:
    """QT-05 begins here with 1.1: what stands in that text may have been written before."""
    parts = {each["element"]: each for each in tree(agency, "blame", "QT-05", *DAY)["parts"]}
    assert {each["certain"] for name, each in parts.items() if name != "scope"} == {False}
    assert parts["scope"]["certain"] is True
    assert "1.1 or before" in run(agency, "blame", "QT-05", "step-4", *DAY).out


def test_new_ids_are_no_new_words(agency: Path) -> None:
    """A step is put in between, and those behind it are numbered anew: they are not written anew."""
    path = agency / "procedures" / "QT-05.yaml"
    before = {each["element"]: each for each in tree(agency, "blame", "QT-05", *DAY)["parts"]}
    text = path.read_text(encoding="utf-8")
    for number in range(9, 1, -1):
        text = text.replace(f"step-{number}", f"step-{number + 1}")
    head, rest = text.split("  - id: step-3\n", 1)
    body = "    kind: verify\n    title: Đối chiếu thêm\n    role: cc-ho-tich\n    time: { value: 1, unit: hour }\n    next: [step-3]\n"
    path.write_text(
        f"{head}  - id: step-2\n{body}  - id: step-3\n{rest}".replace("revision: 2", "revision: 3", 1), encoding="utf-8"
    )
    after = {each["element"]: each for each in tree(agency, "blame", "QT-05", *DAY)["parts"]}
    assert after["step-2"]["number"] == "1.3"
    old = [name for name in before if name.startswith("step-") and name != "step-1"]
    assert old
    for name in old:
        moved = f"step-{int(name.removeprefix('step-')) + 1}"
        assert after[moved]["number"] == before[name]["number"], moved


def test_what_is_only_spelt_as_an_id_stays() -> None:
    """A role may be called as a step is: it has not been given another id."""

    def text(*ids: str) -> dict[str, Any]:
        steps = [
            {"id": each, "title": f"T{each[-1]}", "role": "van-thu", "next": [*ids[place : place + 1]]}
            for place, each in enumerate(ids, 1)
        ]
        return {"id": "QT-01", "title": "X", "steps": steps}

    old, new = text("van-thu", "b2"), text("b1", "b2")
    new["steps"][0]["title"] = old["steps"][0]["title"]
    assert {key: place for key, _, place, _ in blamed([old, new])} == {"title": 0, "b1": 0, "b2": 0}
    new["steps"][0]["role"] = "b1"
    assert {key: place for key, _, place, _ in blamed([old, new])} == {"title": 0, "b1": 1, "b2": 0}


def test_new_and_gone_are_no_lack_of_change(agency: Path) -> None:
    start = git(agency, "rev-parse", "HEAD")
    (agency / "procedures" / "QT-99.yaml").write_bytes(
        (agency / "procedures" / "QT-05.yaml").read_bytes().replace(b"id: QT-05", b"id: QT-99")
    )
    commit(agency, "mới")
    for span in (f"{start}..HEAD", "HEAD~1..HEAD", f"HEAD..{start}"):
        for form in ("text", "markdown", "html"):
            out = run(agency, "diff", span, "QT-99", "--format", form, *DAY).out
            assert "QT-99" in out and "nothing has changed" not in out
    assert run(agency, "diff", "HEAD~9..HEAD", *DAY).status == 3
    assert run(agency, "show", "QT-05@0.1", *DAY).err.startswith("docctl: 0.1 is no revision")
    git(agency, "tag", "0.1")
    assert "QT-05" in run(agency, "show", "QT-05@0.1", *DAY).out
    assert "docctl register --as-of" in run(agency, "show", "--as-of", "2020-01-01", *DAY).err


def test_who_wrote_which_part(agency: Path) -> None:
    found = {each["element"]: each["number"] for each in tree(agency, "blame", "QT-05", *DAY)["parts"]}
    assert found["scope"] == "1.2" and {number for name, number in found.items() if name != "scope"} == {"1.1"}
    assert run(agency, "blame", "QT-05", "scope", *DAY).out.startswith("1.2  scheduled 2027-01-01; improvement: ")
    edit(agency, "QT-05", ("title: Ký chứng thực", "title: Ký, đóng dấu"))
    (part,) = tree(agency, "blame", "QT-05", "step-4", *DAY)["parts"]
    assert part["state"] == "draft" and part["name"] == "Ký, đóng dấu"
    wrong = run(agency, "blame", "QT-05", "step-99", *DAY)
    assert wrong.status == 2 and "it has: " in wrong.err and "step-4" in wrong.err


def test_blame_says_where_a_text_that_would_tell_is_missing(agency: Path) -> None:
    (agency / "archive/QT-05/1.1.yaml").unlink()
    found = {
        each["element"]: (each["number"], each["certain"]) for each in tree(agency, "blame", "QT-05", *DAY)["parts"]
    }
    assert {*found.values()} == {("1.2", False)}
    assert "1.2 or before" in run(agency, "blame", "QT-05", "step-1", *DAY).out


def test_from_python(agency: Path) -> None:
    repository = docctl.open(agency)
    chronicle = repository.chronicle(date(2026, 11, 26))
    comparison = chronicle.compare("QT-05", "1.1", "1.2")
    assert [(each.sort, each.new) for each in comparison.differences if each.new and each.new[0] == "scope"] == [
        (Sort.CHANGED, ("scope",))
    ]
    with pytest.raises(NotInRepository):
        chronicle.compare("QT-05", "7.7", None)
    assert [each.revision.number for each in chronicle.log("QT-05").entries] == ["1.2", "1.1"]


# -- the master list ---------------------------------------------------------------------------------


def test_the_master_list_on_any_day(agency: Path) -> None:
    now = tree(agency, "register", "--as-of", "2026-09-01")
    assert [each["id"] for each in now["documents"]] == [f"QT-{number:02}" for number in range(1, 17)]
    numbers = {each["id"]: (each["number"], each["state"]) for each in now["documents"]}
    assert numbers["QT-07"] == ("1.2", "effective") and numbers["QT-15"] == ("1.1", "withdrawn")
    before = {each["id"]: each for each in tree(agency, "register", "--as-of", "2026-06-30")["documents"]}
    assert (before["QT-07"]["number"], before["QT-07"]["scheduled"]) == (
        "1.1",
        [{"number": "1.2", "from": "2026-07-01"}],
    )
    assert before["QT-07"]["from"] == "2024-03-01" and before["QT-07"]["text_held"]


def test_external_documents_with_their_status_that_day(agency: Path) -> None:
    def of(day: str) -> dict[str, Any]:
        return {each["number"]: each for each in tree(agency, "register", "--as-of", day)["texts"]}

    then, now = of("2025-06-30")["61/2018/NĐ-CP"], of("2025-07-01")["61/2018/NĐ-CP"]
    assert (then["status"], now["status"], now["since"]) == ("in_force", "ended", "2025-07-01")
    assert "QT-16" in now["cited_by"]
    status = run(agency, "law", "status", "61/2018/NĐ-CP", "--as-of", "2025-07-01").out
    assert "ended" in status, "as the other command says"
    path = agency / "procedures/QT-16.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("226/2016/TT-BTC", "999/2016/TT-BTC"), encoding="utf-8")
    archive = agency / "archive/QT-16/1.2.yaml"
    assert "999/2016/TT-BTC" not in of("2025-07-01"), "a draft is not in force"
    assert archive.is_file()


def test_forms_and_who_uses_them(agency: Path) -> None:
    forms = {each["id"]: each for each in tree(agency, "register", "--as-of", "2026-09-01")["forms"]}
    assert forms["BM-QT08-01"]["holder"] == "QT-08" and forms["BM-QT08-01"]["used_by"] == ["QT-08"]
    assert forms["BM-01"]["holder"] is None and len(forms["BM-01"]["used_by"]) > 10
    assert forms["BM-07"]["file"] == "forms/BM-07.docx"


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_list_fits_the_screen_and_sorts_as_vietnamese_does(
    agency: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    out = run(agency, "register", "--as-of", "2026-09-01").out
    assert "Internal documents (16)" in out and "QT-09" in out
    assert max(map(len, out.splitlines())) <= width


def test_the_list_as_a_spreadsheet_and_as_a_paper(agency: Path) -> None:
    edit(agency, "QT-16", ("code_printed: QT-16/CT", 'code_printed: "=1+1"'))
    out = run(agency, "register", "--format", "csv").out
    assert out.startswith("\ufeffInternal documents,document,") and "revision 1.2" in out
    rows = list(csv.reader(io.StringIO(out.removeprefix("\ufeff"))))
    assert len({len(row) for row in rows}) == 1
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    paper = run(agency, "register", "--format", "markdown").out
    assert paper.count("\n## ") == 3 and "| `QT-01 (QT-01/HT)` |" in paper
