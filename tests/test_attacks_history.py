"""What an adversary found in ``log``, ``diff``, ``blame``, ``show``, ``register`` and ``search``: never silently wrong."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest
from gitworld import docctl_command, run_docctl
from test_history import DAY, agency, commit, edit, git, run, tree

from docctl.history.blaming import blamed

__all__ = ["agency"]


@pytest.mark.parametrize("what", ["link", "file"])
def test_records_that_cannot_be_listed_are_said(agency: Path, what: str) -> None:
    (agency / "approvals").rename(agency / "away")
    if what == "link":
        (agency / "approvals").symlink_to("away")
    else:
        (agency / "approvals").write_text("x", encoding="utf-8")
    for question in ("show QT-15 --as-of 2026-11-26", "log QT-07", "blame QT-07", "status QT-07", "diff QT-07"):
        assert "cannot be read: approvals" in run(agency, *question.split()).err, question
    assert tree(agency, "register", *DAY)["unread"] == ["approvals"]


@pytest.mark.parametrize("path", ["adopted.yaml", "forms.yaml", "organisation.yaml"])
def test_a_folder_in_the_place_of_a_file_is_no_lack_of_it(agency: Path, path: str) -> None:
    (agency / path).unlink()
    (agency / path).mkdir()
    assert tree(agency, "register", *DAY)["unread"] == [path]
    assert f"{path}:1:1: error DC117" in run(agency, "check", *DAY).out
    if path != "organisation.yaml":
        assert f"cannot be read: {path}" in run(agency, "log", "QT-03").err
    (agency / path / "x").write_text("x", encoding="utf-8")
    commit(agency, "thư mục")
    assert f"{path}:1:1: error DC117" in run(agency, "check", "--at", "HEAD", *DAY).out


@pytest.mark.parametrize("folder", ["procedures", "legal"])
def test_a_folder_that_is_a_link_is_said(agency: Path, folder: str) -> None:
    (agency / folder).rename(agency / "away")
    (agency / folder).symlink_to("away")
    assert f"cannot be read: {folder}" in run(agency, "search", "hòa giải").err
    assert tree(agency, "register", *DAY)["unread"] == [folder]
    if folder == "legal":
        assert {each["status"] for each in tree(agency, "register", *DAY)["texts"]} == {"unread"}
    else:
        assert "cannot be read: procedures" in run(agency, "show").err


def test_a_draft_that_cannot_be_read_is_said(agency: Path) -> None:
    (agency / "procedures/QT-03.yaml").write_text("a: [", encoding="utf-8")
    for question in ("log QT-03", "blame QT-03", "status QT-03", "status", "show QT-03@2.1"):
        assert "cannot be read: procedures/QT-03.yaml" in run(agency, *question.split()).err, question


def test_the_index_of_commits_knows_a_clone_made_deeper(agency: Path, tmp_path: Path) -> None:
    for number in range(3):
        edit(agency, "QT-01", ("title: ", f"title: Lần {number} "))
        commit(agency, f"sửa lần {number}")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{agency}", str(clone))
    assert len(tree(clone, "log", "QT-01")["commits"]) == 1
    git(clone, "fetch", "-q", "--unshallow")
    found = tree(clone, "log", "QT-01")
    assert len(found["commits"]) == 4 and found == tree(agency, "log", "QT-01")


def test_times_that_are_no_times(agency: Path) -> None:
    before = tree(agency, "log", "QT-01")
    for seconds in ("999999999999999", "-5"):
        edit(agency, "QT-01", ("title: ", "title: X "))
        commit(agency, "một việc")
        raw = git(agency, "cat-file", "commit", "HEAD").splitlines()
        lines = [f"author An <an@x> {seconds} +0000" if each.startswith("author ") else each for each in raw]
        made = run_git_with(agency, "\n".join(lines) + "\n")
        git(agency, "update-ref", "refs/heads/main", made)
    found = tree(agency, "log", "QT-01")
    assert [each["at"] for each in found["commits"]] == [None, None, before["commits"][0]["at"]]
    assert "????-??-?? An: một việc" in run(agency, "log", "QT-01").out
    assert run(agency, "blame", "QT-01", "purpose").status == 0


def run_git_with(folder: Path, text: str) -> str:
    command = ["git", "hash-object", "-t", "commit", "-w", "--stdin", "--literally"]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, input=text, text=True).stdout.strip()


def test_days_of_commits_are_those_of_the_agency(agency: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_AUTHOR_DATE", "2026-06-30T23:30:00+00:00")
    edit(agency, "QT-01", ("title: ", "title: X "))
    commit(agency, "sáng mồng một")
    assert "2026-07-01 An: sáng mồng một" in run(agency, "log", "QT-01").out


def test_a_number_that_was_not_raised_is_compared_with_what_was_issued(agency: Path) -> None:
    for document, number in (("QT-01", "2.0"), ("QT-07", "1.2")):
        edit(agency, document, ("purpose: ", "purpose: Khác. "))
        found = tree(agency, "diff", document, *DAY)
        (one,) = found["documents"]
        assert (one["old"]["name"], len(one["differences"])) == (number, 1)


def test_own_fields_mean_nothing(agency: Path) -> None:
    path = agency / "procedures/QT-01.yaml"
    text = path.read_text(encoding="utf-8")

    def shown(before: str, after: str) -> str:
        for extra in (before, after):
            path.write_text(text + (f"extra: {extra}\n" if extra else ""), encoding="utf-8")
            if extra == before:
                commit(agency, "x")
        (agency / ".x").write_text(before + after, encoding="utf-8")  # so that each commit has something
        answers = [
            run(agency, "diff", "QT-01@HEAD", "QT-01", "--format", form) for form in ("text", "html", "markdown")
        ]
        assert [each.status for each in answers] == [0, 0, 0]
        return str(answers[0].out)

    (agency / ".x").write_text("", encoding="utf-8")
    assert "kg -> tấn" in shown("{ unit: kg }", "{ unit: tấn }")
    out = shown('{ unit: kg, value: "5" }', '{ unit: tấn, value: "6" }')
    assert "working" not in out and "unit: kg; value: 5" in out
    assert "name: Nguyễn; phone: 090" in shown("", '{ name: Nguyễn, phone: "090" }')
    out = shown("", '{ to: abc, phone: "090" }')
    assert "to: abc; phone: 090" in out and "null" not in out


def test_an_id_among_own_fields_explains_no_other_change(agency: Path) -> None:
    edit(agency, "QT-01", ("    next: [step-4]\n", "    next: [step-4]\n    extra: { id: step-4 }\n"))
    commit(agency, "y")
    edit(agency, "QT-01", ("next: [step-4]\n    extra: { id: step-4 }", "next: [step-5]\n    extra: { id: step-5 }"))
    out = run(agency, "diff", "QT-01@HEAD", "QT-01").out
    assert "step-4 -> step-5" in out and "changed: 2" in out and "follow" not in out


def test_a_code_that_only_the_revision_in_force_covers(agency: Path) -> None:
    edit(agency, "QT-05", ('covers: ["2.000992"]\n', ""))
    for question in ("log", "blame", "status", "diff"):
        answer = run(agency, question, "2.000992", *DAY)
        assert answer.status == 0 and answer.out == run(agency, question, "QT-05", *DAY).out, question


def test_an_edit_that_nobody_signed_is_not_shown_as_approved(agency: Path) -> None:
    """A draft may have the number of what was issued; it is another text."""
    edit(agency, "QT-05", ("applicants: [", "applicants: [Mọi người, "))
    blocks = run(agency, "blame", "QT-05", *DAY).out.split("\n\n")
    (mine,) = [each for each in blocks if "applicants" in each]
    assert mine.startswith("1.2  draft") and "approved" not in mine


def test_blame_is_of_the_present_text(agency: Path) -> None:
    path = agency / "procedures/QT-05.yaml"
    edit(agency, "QT-05", ("revision: 2\n", "revision: 1\n"), ("title: ", "title: Đổi "))
    (found,) = tree(agency, "blame", "QT-05", "title", *DAY)["parts"]
    assert (found["number"], found["state"]) == ("1.1", "draft")
    path.write_text("a: [", encoding="utf-8")
    answer = run(agency, "blame", "QT-05", *DAY)
    assert answer.status == 3 and answer.out == "" and "procedures/QT-05.yaml cannot be read" in answer.err
    path.unlink()
    assert run(agency, "blame", "QT-05", *DAY).out
    for each in (agency / "archive/QT-05").iterdir():
        each.unlink()
    answer = run(agency, "blame", "QT-05", *DAY)
    assert answer.status == 2 and "is not held here" in answer.err


def test_a_text_in_a_commit_is_compared_with_the_one_before_its_number(agency: Path) -> None:
    held = (agency / "archive/QT-05/1.1.yaml").read_text(encoding="utf-8")
    current = (agency / "procedures/QT-05.yaml").read_text(encoding="utf-8")
    (agency / "procedures/QT-05.yaml").write_text(held, encoding="utf-8")
    commit(agency, "bản cũ")
    (agency / "procedures/QT-05.yaml").write_text(current, encoding="utf-8")
    answers = [run(agency, "diff", name, *DAY) for name in ("QT-05@HEAD", "QT-05@1.1")]
    assert answers[0].err == answers[1].err != "" and answers[0].out == answers[1].out == ""


def test_the_log_names_no_commit_that_does_not_hold_the_text(agency: Path) -> None:
    edit(agency, "QT-16", ("revision: 2\n", "revision: 3\n"))
    assert [each["commit"] is None for each in tree(agency, "log", "QT-16", *DAY)["revisions"]] == [True, False]
    path = agency / "archive/QT-16/1.2.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "# khác\n", encoding="utf-8")
    wrong = commit(agency, "bản khác")
    path.write_text(text + "# khác nữa\n", encoding="utf-8")
    right = commit(agency, "bản đang nằm đó")
    named = [each["commit"]["id"] for each in tree(agency, "log", "QT-16", *DAY)["revisions"]]
    assert named == [wrong, right]  # the draft was committed with the first


def test_a_link_that_is_new_is_a_difference(agency: Path) -> None:
    (agency / "procedures/QT-77.yaml").symlink_to("QT-01.yaml")
    answer = run(agency, "diff", "HEAD..", *DAY)
    assert answer.status == 3 and "procedures/QT-77.yaml cannot be read" in answer.err


def test_where_a_text_of_a_commit_cannot_be_read(agency: Path) -> None:
    path = agency / "procedures/QT-05.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text("a: [", encoding="utf-8")
    commit(agency, "hỏng")
    path.write_text(text, encoding="utf-8")
    commit(agency, "sửa")
    answer = run(agency, "diff", "HEAD~1..HEAD", *DAY)
    assert answer.status == 3 and "docctl check --at HEAD~1 procedures/QT-05.yaml tells where" in answer.err


def test_parts_of_one_name_are_told_apart() -> None:
    """A field and an element may be called alike, and a fee may stand twice; none of them hides another."""
    old = {
        "scope": "x",
        "steps": [{"id": "scope", "title": "A"}],
        "fees": [{"id": "f", "amount": 1}, {"id": "f", "amount": 2}],
    }
    new = {**old, "fees": [{"id": "f", "amount": 1}, {"id": "f", "amount": 3}]}
    found = [(key, place) for key, _, place, _ in blamed([old, new])]
    assert sorted(found) == [("f", 0), ("f", 1), ("scope", 0), ("scope", 0)]


def test_of_a_gap_between_two_revisions_nothing_is_certain(agency: Path) -> None:
    path = agency / "procedures/QT-16.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("revision: 2\n", "revision: 4\n", 1).replace("title: ", "title: Mới ", 1), encoding="utf-8"
    )
    (found,) = tree(agency, "blame", "QT-16", "title", *DAY)["parts"]
    assert (found["number"], found["certain"]) == ("1.4", False)


def test_a_withdrawal_is_told_with_its_decision(agency: Path) -> None:
    for question in ("log QT-15", "status QT-15", "show QT-15@1.1", "register"):
        out = " ".join(run(agency, *question.split(), *(DAY if "@" not in question else ())).out.split())
        assert "withdrawn from 2026-07-01, decision 91/QĐ-UBND of 2026-06-24" in out, question
    (revision,) = tree(agency, "status", "QT-15")["documents"][0]["revisions"]
    assert revision["withdrawn"]["from"] == "2026-07-01" and revision["withdrawn"]["decision"]["number"] == "91/QĐ-UBND"


@pytest.mark.parametrize("what", ["gone", "swapped"])
def test_a_text_in_force_that_is_not_held_takes_its_forms_and_citations_along(agency: Path, what: str) -> None:
    path = agency / "archive/QT-05/1.1.yaml"
    if what == "gone":
        path.unlink()
    else:
        path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: Lén ", 1), encoding="utf-8")
    out = " ".join(run(agency, "register", *DAY).out.split())
    assert "its text is not held here" in out and "for their own is not held: QT-05" in out
    assert "its text is not held here" in run(agency, "log", "QT-05", *DAY).out


def test_what_the_other_branch_holds_and_cannot_be_read_is_said(agency: Path) -> None:
    git(agency, "checkout", "-qb", "B")
    (agency / "procedures/QT-05.yaml").write_text("a: [", encoding="utf-8")
    (agency / "forms.yaml").write_text("a: [", encoding="utf-8")
    commit(agency, "hỏng")
    git(agency, "checkout", "-q", "main")
    out = run(agency, "check", "--against", "B", *DAY).out
    assert all(f"DC904: {path} cannot be read on B" in out for path in ("forms.yaml", "procedures/QT-05.yaml"))


def test_a_comment_on_one_side_is_no_draft(agency: Path) -> None:
    git(agency, "checkout", "-qb", "B")
    edit(agency, "QT-16", ("revision: 2\n", "revision: 3\n"))
    commit(agency, "bản mới")
    git(agency, "checkout", "-q", "main")
    edit(agency, "QT-16", ("title: ", "# ghi chú\ntitle: "))
    commit(agency, "ghi chú")
    assert "DC312" not in run(agency, "check", "--against", "B", *DAY).out


def test_one_form_id_given_in_two_procedures(agency: Path) -> None:
    form = "forms:\n  - { id: BM-QTX-01, title: Mẫu mới, law: { text: 118/2025/NĐ-CP } }\n"
    for branch, document in (("B", "QT-01"), ("C", "QT-02")):
        git(agency, "checkout", "-q", "-b", branch, "main")
        path = agency / f"procedures/{document}.yaml"
        path.write_text(path.read_text(encoding="utf-8") + form, encoding="utf-8")
        commit(agency, branch)
    out = run(agency, "check", "--against", "B", *DAY).out
    assert 'DC313: "BM-QTX-01" is a form here, and on B one of procedures/QT-01.yaml' in out


def shell(folder: Path, line: str) -> tuple[int, str]:
    command = " ".join(map(shlex.quote, docctl_command()))
    done = subprocess.run(
        ["bash", "-c", line.replace("docctl ", f"{command} ")], cwd=folder, capture_output=True, text=True
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
@pytest.mark.parametrize("question", ["register", "log QT-05", "check", "diff QT-03 --format html"])
def test_an_answer_that_cannot_be_written_is_said(agency: Path, question: str) -> None:
    status, said = shell(agency, f"docctl {question} --lang en > /dev/full")
    assert status == 2 and "the answer cannot be written: No space left on device" in said and "internal" not in said
    status, said = shell(agency, f"docctl {question} --lang en >&-")
    assert status == 2 and "the answer cannot be written" in said and "internal" not in said


def test_a_report_may_go_into_a_pipe(agency: Path, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    status, _ = shell(agency, f"cat {pipe} > {tmp_path}/out & docctl register --output {pipe} --lang en; wait")
    assert status == 0 and pipe.is_fifo() and (tmp_path / "out").read_text(encoding="utf-8").startswith("Master list")
    status, said = shell(agency, f"docctl register --output {tmp_path}/other --lang en >&-")
    assert (status, said) == (0, "") and (tmp_path / "other").exists()


def test_nobody_may_list_a_folder(agency: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may open every folder")
    (agency / "approvals").chmod(0)
    try:
        assert "cannot be read: approvals" in run_docctl("log", "QT-07", "--lang", "en", cwd=agency).err
    finally:
        (agency / "approvals").chmod(0o755)
