"""``docctl outdated``, ``adopt`` and ``law`` as a user has them: real files, real Git, the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from gitworld import World, run_docctl
from gitworld import adopt as adopted

import docctl
from docctl.law.changes import Change

PROCEDURE = """\
format: docctl/procedure/v1
id: QT-01
title: Cấp bản sao
issue: 1
revision: {revision}
change: {{ reason: improvement, summary: Viết gọn }}
level: commune
owner: can-bo
purpose: Quy định trình tự
covers_nothing: null
legal_basis:
  - {{ text: 61/2018/NĐ-CP }}
steps:
  - id: b-1
    kind: receive
    title: Nhận
    role: can-bo
    time: {{ value: 1, unit: hour }}
    next: [b-2]
    cites:
      - {{ text: 39/2016/TT-NHNN, provisions: [dieu_24__khoan_2, dieu_25] }}
  - {{ id: b-2, kind: sign, title: Ký, role: chu-tich, time: {{ value: 1, unit: hour }}, next: [b-3] }}
  - {{ id: b-3, kind: deliver, title: Trả, role: can-bo, time: {{ value: 1, unit: hour }}, next: [] }}
""".replace("covers_nothing: null\n", "")

DECREE = """\
format: docctl/legal-text/v1
number: 61/2018/NĐ-CP
kind: decree
title: Cơ chế một cửa
issuer: [Chính phủ]
issued: "2018-04-23"
in_force:
  - { from: "2018-06-21" }
checked: "2099-12-31"
"""
CIRCULAR = """\
format: docctl/legal-text/v1
number: 39/2016/TT-NHNN
kind: circular
title: Cho vay
issuer: [Ngân hàng Nhà nước]
issued: "2016-12-30"
in_force:
  - { from: "2017-03-15" }
checked: "2099-12-31"
"""
AMENDING = """\
format: docctl/legal-text/v1
number: 06/2023/TT-NHNN
kind: circular
title: Sửa đổi Thông tư 39
issuer: [Ngân hàng Nhà nước]
issued: "2023-06-28"
in_force:
  - { from: "2023-09-01", stated_in: dieu_3 }
source: { url: "https://congbao.chinhphu.vn/06", retrieved: "2023-07-04" }
checked: "2099-12-31"
events:
  - id: e14
    kind: amend
    source: { provision: dieu_1__khoan_8, quote: "Sửa đổi, bổ sung khoản 2 Điều 24 như sau" }
    target: { text: 39/2016/TT-NHNN, provisions: [dieu_24__khoan_2] }
    recorded: "2023-07-04"
    confirmed: { by: can-bo, "on": "2023-07-05" }
"""
LEGAL = {
    "legal/61-2018-nd-cp.yaml": DECREE,
    "legal/39-2016-tt-nhnn.yaml": CIRCULAR,
    "legal/06-2023-tt-nhnn.yaml": AMENDING,
}


@pytest.fixture
def agency(world: World) -> World:
    """One procedure, in force from 2023-03-01, that cites a point amended from 2023-09-01."""
    world.git("rm", "-q", "procedures/QT-02.yaml", "forms/BM-01.docx")
    world.write({"procedures/QT-01.yaml": PROCEDURE.format(revision=0), **LEGAL})
    assert adopt(world, "2023-03-01").status == 0
    world.commit()
    return world


def adopt(world: World, day: str, *more: str) -> Any:
    return adopted(world.root, "QT-01", "--effective-from", day, "--lang", "en", *more)


def outdated(world: World, day: str, *more: str) -> Any:
    return run_docctl("outdated", "--as-of", day, "--lang", "en", *more, cwd=world.root)


def said(world: World, day: str, *more: str) -> list[tuple[str, str | None]]:
    report = json.loads(outdated(world, day, "--format", "json", *more).out)
    return [(each["code"], each.get("due")) for each in report["findings"] if each["severity"] != "note"]


@pytest.mark.parametrize(
    ("day", "status", "verdict", "overdue"),
    [
        ("2023-05-25", 0, "current", False), ("2023-05-26", 0, "upcoming", False), ("2023-08-31", 0, "upcoming", False),
        ("2023-09-01", 1, "outdated", False), ("2023-12-01", 1, "outdated", False), ("2023-12-02", 1, "outdated", True),
    ],
)  # fmt: skip
def test_day_by_day(agency: World, day: str, status: int, verdict: str, overdue: bool) -> None:
    answer = outdated(agency, day, "--format", "json")
    assert answer.status == status
    (found,) = json.loads(answer.out)["verdicts"]
    assert (found["verdict"], found["overdue"]) == (verdict, overdue)
    assert found["due"] == (None if verdict == "current" else "2023-12-01")
    by_address = {(each["text"], each["address"]): each["verdict"] for each in found["citations"]}
    assert by_address == {
        ("61-2018-nd-cp", ""): "current", ("39-2016-tt-nhnn", "dieu_24__khoan_2"): verdict,
        ("39-2016-tt-nhnn", "dieu_25"): "current",
    }  # fmt: skip
    if status:
        assert outdated(agency, day, "--fail-on", "error").status == int(overdue)
        assert outdated(agency, day, "--exit-zero").status == 0


def test_the_chain_of_proof_is_complete(agency: World) -> None:
    report = json.loads(outdated(agency, "2023-10-01", "--format", "json").out)
    assert list(report)[:5] == ["format", "docctl", "rules", "content", "as_of"]
    assert report["format"] == "docctl/outdated/v1"
    assert report["summary"]["verdicts"]["outdated"] == report["summary"]["judged"] == 1
    (finding,) = [each for each in report["findings"] if each["code"] == "DC505"]
    assert (finding["path"], finding["line"], finding["element"]) == ("procedures/QT-01.yaml", 20, "b-1")
    assert (finding["verdict"], finding["overdue"], finding["due"]) == ("outdated", False, "2023-12-01")
    chain = {each["link"]: each for each in finding["evidence"]}
    assert list(chain) == ["element", "citation", "event", "effect", "source", "baseline", "due"]
    assert chain["element"]["name"] == "Nhận"
    assert (chain["citation"]["address"], chain["citation"]["place"]) == ("dieu_24__khoan_2", "khoản 2 Điều 24")
    event = chain["event"]
    assert (event["id"], event["kind"], event["acting"]) == ("06-2023-tt-nhnn#e14", "amend", "06/2023/TT-NHNN")
    assert (event["provision"], event["quote"]) == ("dieu_1__khoan_8", "Sửa đổi, bổ sung khoản 2 Điều 24 như sau")
    assert event["confirmed"] == {"by": "can-bo", "on": "2023-07-05"}
    assert chain["effect"] == {
        "link": "effect", "from": "2023-09-01", "operates_from": "2023-09-01", "to": None, "retroactive_from": None, "stated_in": "dieu_3",
    }  # fmt: skip
    assert chain["source"]["url"] == "https://congbao.chinhphu.vn/06"
    assert chain["baseline"]["record"] is None
    assert chain["baseline"]["adopted"]["effective_from"] == "2023-03-01"
    assert (chain["due"]["date"], chain["due"]["rolled"]) == ("2023-12-01", True)
    (related,) = finding["related"]
    assert (related["path"], related["line"]) == ("legal/06-2023-tt-nhnn.yaml", 12)


def test_words_for_people(agency: World) -> None:
    text = outdated(agency, "2023-10-01").out
    assert "OUTDATED  khoản 8 Điều 1 of 06/2023/TT-NHNN amends khoản 2 Điều 24 of 39/2016/TT-NHNN" in text
    assert "due 2023-12-01" in text
    assert "No record" in text
    page = " ".join(outdated(agency, "2023-12-04", "QT-01", "--explain").out.split())
    for part in (
        "QT-01 Cấp bản sao", "in force since 2023-03-01", "OVERDUE", "since 2023-09-01", "was to be mended by 2023-12-01",
        "06-2023-tt-nhnn#e14", "“Sửa đổi, bổ sung khoản 2 Điều 24 như sau”", "from 2023-09-01 (Điều 3 of 06/2023/TT-NHNN)",
        "confirmed 2023-07-05 by Công chức một cửa", "https://congbao.chinhphu.vn/06", "procedures/QT-01.yaml:20",
        "no record", "Công chức một cửa, at once", "docctl adopt QT-01", "26/2014/TT-BKHCN",
    ):  # fmt: skip
        assert part in page, part
    vietnamese = run_docctl("outdated", "--as-of", "2023-12-04", "--lang", "vi", cwd=agency.root).out
    assert "QUÁ HẠN" in vietnamese
    lines = outdated(agency, "2023-12-04", "--format", "github").out.splitlines()
    assert any(line.startswith("::error file=procedures/QT-01.yaml,line=20") and "DC505" in line for line in lines)


def test_the_same_bytes_from_work_tree_index_and_commit(agency: World) -> None:
    answers = {
        outdated(agency, "2023-12-04", "--format", "json", *how).same for how in ((), ("--staged",), ("--at", "HEAD"))
    }
    assert len(answers) == 1


def test_what_was_known_on_a_day_is_in_that_days_commit(agency: World) -> None:
    agency.git("tag", "before")
    agency.write({"legal/06-2023-tt-nhnn.yaml": AMENDING.replace("dieu_24__khoan_2]", "dieu_25]")})
    agency.commit()
    now = json.loads(outdated(agency, "2023-10-01", "--format", "json").out)["verdicts"][0]["citations"]
    then = json.loads(outdated(agency, "2023-10-01", "--format", "json", "--at", "before").out)["verdicts"][0][
        "citations"
    ]
    assert [each["verdict"] for each in now] == ["current", "current", "outdated"]
    assert [each["verdict"] for each in then] == ["current", "outdated", "current"]


def test_a_new_revision_deals_with_what_is_in_force_on_its_first_day(agency: World) -> None:
    agency.write({"procedures/QT-01.yaml": PROCEDURE.format(revision=1)})
    assert said(agency, "2023-10-01") == [("DC505", "2023-12-01")], "the archive holds the revision in force"
    kept = agency.root / "archive/QT-01/1.0.yaml"
    text = kept.read_bytes()
    kept.unlink()
    assert said(agency, "2023-10-01") == [("DC908", None)], "the file is not the revision in force any more"
    assert adopt(agency, "2023-10-15").status == 0
    assert said(agency, "2023-10-14") == [("DC908", None)], "the old revision is in force, the file holds the next one"
    scheduled = json.loads(outdated(agency, "2023-10-14", "--format", "json").out)["verdicts"][0]
    assert (scheduled["state"], scheduled["in_force"], scheduled["verdict"]) == ("scheduled", "1.0", "current")
    kept.write_bytes(text)
    both = json.loads(outdated(agency, "2023-10-14", "--format", "json").out)["verdicts"]
    assert [(each["state"], each["revision"], each["verdict"]) for each in both] == [
        ("in_force", "1.0", "outdated"), ("scheduled", "1.1", "current"),
    ]  # fmt: skip
    assert said(agency, "2023-10-15") == said(agency, "2030-01-01") == []
    agency.write({"legal/61-2018-nd-cp.yaml": DECREE.replace('"2018-06-21" }', '"2018-06-21", to: "2023-07-01" }')})
    assert said(agency, "2023-10-15") == [("DC501", "2023-10-02")], "no new issue silences a basis that has ended"


def test_nothing_is_silence(agency: World) -> None:
    path = agency.root / "adopted.yaml"
    adopted = path.read_text(encoding="utf-8")
    path.unlink()
    assert said(agency, "2023-10-01") == [("DC908", None)], "drafts alone"
    path.write_text(adopted, encoding="utf-8")
    agency.write({"legal/06-2023-tt-nhnn.yaml": "format: docctl/legal-text/v1\nnumber: 06/2023/TT-NHNN\n"})
    assert said(agency, "2023-10-01") == [("DC908", None)], "a text whose events are not known"
    agency.write(LEGAL)
    (agency.root / "legal/39-2016-tt-nhnn.yaml").unlink()
    codes = [code for code, _ in said(agency, "2023-10-01")]
    assert sorted(codes) == ["DC505", "DC905", "DC905", "DC906", "DC908"], (
        "judged all the same, and not taken for current"
    )
    agency.write({**LEGAL, "legal/39-2016-tt-nhnn.yaml": "number: [\n"})
    codes = [code for code, _ in said(agency, "2023-10-01")]
    assert sorted(codes) == ["DC505", "DC905", "DC905", "DC908"]


def test_what_check_finds_wrong_in_the_register_is_said_too(agency: World) -> None:
    double = AMENDING + AMENDING[AMENDING.index("  - id: e14") :].replace("dieu_24__khoan_2]", "dieu_25]")
    agency.write({"legal/06-2023-tt-nhnn.yaml": double})
    assert sorted(said(agency, "2023-10-01")) == [("DC505", "2023-12-01"), ("DC505", "2023-12-01"), ("DC908", None)]
    agency.write({**LEGAL, "legal/nhnn/07-2023-tt-nhnn.yaml": AMENDING})
    assert ("DC908", None) in said(agency, "2023-10-01"), "a text that is not read where it lies"


def test_usage(agency: World) -> None:
    assert outdated(agency, "9999-12-31").status == outdated(agency, "0001-01-01").status == 2
    assert outdated(agency, "2023-10-01", "QT-99").status == 2
    assert "no procedure" in outdated(agency, "2023-10-01", "QT-99").err
    assert outdated(agency, "2023-10-01", "--explain", "--format", "json").status == 2
    assert outdated(agency, "2023-10-01", "--within", "-1").status == 2
    assert outdated(agency, "2023-10-01", "--at", "nowhere").status == 3
    assert "upcoming" in outdated(agency, "2023-05-25", "--within", "99", "--format", "json").out
    legal = agency.root / "legal"
    legal.rename(agency.root / "elsewhere")
    legal.symlink_to("elsewhere")
    assert outdated(agency, "2023-10-01").status == 3, "the register cannot be read"


def test_from_python(agency: World) -> None:
    text = PROCEDURE.format(revision=0)
    repository = docctl.open(agency.root)
    report = repository.outdated(date(2023, 12, 4))
    (verdict,) = report.currency.procedures
    assert (verdict.id, verdict.overdue, str(verdict.due and verdict.due.day)) == ("QT-01", True, "2023-12-01")
    assert report.at_or_over(docctl.Severity.ERROR)
    assert repository.outdated(date(2023, 12, 4), ["QT-01"]).findings == report.findings
    with pytest.raises(docctl.UsageError):
        repository.outdated(date(2023, 12, 4), "QT-01")
    assert text


def test_a_scheduled_revision_is_judged_on_its_own_first_day(agency: World) -> None:
    agency.write({
        "legal/61-2018-nd-cp.yaml": DECREE.replace("2018-06-21", "2023-10-10"),
        "procedures/QT-01.yaml": PROCEDURE.format(revision=1),
    })  # fmt: skip
    assert adopt(agency, "2023-10-15").status == 0
    found = docctl.open(agency.root).outdated(date(2023, 10, 1)).currency.procedures[-1]
    assert (found.state.value, str(found.judged_at), found.verdict) == (
        "scheduled",
        "2023-10-15",
        docctl.Verdict.CURRENT,
    )


def test_shared_forms_are_judged_for_each_procedure_that_uses_them(agency: World) -> None:
    forms = (
        "format: docctl/forms/v1\nforms:\n  - id: BM-09\n    title: Đơn\n"
        "    law: { text: 39/2016/TT-NHNN, provisions: [dieu_24__khoan_2] }\n"
    )
    text = PROCEDURE.format(revision=1).replace("    next: [b-2]\n", "    forms: [BM-09]\n    next: [b-2]\n", 1)
    other = text.replace("id: QT-01", "id: QT-02").replace("[dieu_24__khoan_2, dieu_25]", "[dieu_25]")
    agency.write({"forms.yaml": forms, "procedures/QT-01.yaml": text, "procedures/QT-02.yaml": other})
    adopted(agency.root, "QT-01", "QT-02", "--effective-from", "2023-03-02")
    report = docctl.open(agency.root).outdated(date(2023, 9, 1))
    found = [
        (each.proof.procedure, each.element, each.location.path)
        for each in report.findings
        if each.code.id == "DC505" and each.proof is not None
    ]
    assert sorted(found) == [
        ("QT-01", "BM-09", "forms.yaml"), ("QT-01", "b-1", "procedures/QT-01.yaml"), ("QT-02", "BM-09", "forms.yaml"),
    ]  # fmt: skip
    assert len({each.fingerprint for each in report.findings}) == len(report.findings)
    agency.write({"forms.yaml": forms.replace("dieu_24__khoan_2", "dieu_26")})
    changed = [
        each.element for each in docctl.open(agency.root).outdated(date(2023, 9, 1)).findings if each.code.id == "DC908"
    ]
    assert changed == ["QT-01", "QT-02"], "editing a shared form silences nothing"


def test_a_label_is_compared_from_the_day_it_was_seen(agency: World) -> None:
    label = 'asserted_status: { value: Hết hiệu lực toàn bộ, seen: "2023-05-01" }\n'
    agency.write({"legal/61-2018-nd-cp.yaml": DECREE + label})
    assert said(agency, "2023-04-30") == []
    assert said(agency, "2023-05-01") == [("DC506", None)]
    agency.write({"legal/61-2018-nd-cp.yaml": DECREE + label.replace("Hết hiệu lực toàn bộ", "Sắp hết")})
    assert said(agency, "2023-05-01") == [("DC908", None)], "no label that is known"


def test_the_question_of_a_one_stop_desk(agency: World) -> None:
    example = Path(__file__).parents[1] / "examples" / "bac-kan-phuong"
    answer = docctl.open(example).by_code("2.000815", as_of=date(2025, 1, 20))
    assert (answer.id, answer.revision, answer.verdict, answer.overdue) == (
        "QT-16",
        "1.2",
        docctl.Verdict.OUTDATED,
        False,
    )
    with pytest.raises(docctl.NotInRepository):
        docctl.open(example).by_code("9.999999", as_of=date(2025, 1, 20))


# -- adopt --------------------------------------------------------------------------------------


def test_adopt_adds_and_keeps_every_byte(agency: World) -> None:
    path = agency.root / "adopted.yaml"
    before = path.read_text(encoding="utf-8") + "# giữ nguyên ghi chú này\n"
    path.write_text(before, encoding="utf-8")
    agency.write({"procedures/QT-01.yaml": PROCEDURE.format(revision=1)})
    answer = adopt(agency, "2023-10-15", "--decision", '45/QĐ-"UBND"', "--decision-date", "2023-10-10")
    assert answer.status == 0, answer.err
    after = path.read_text(encoding="utf-8")
    assert after.startswith(before)
    (entry,) = docctl.open(agency.root).adopted.body[1:]  # type: ignore[union-attr]
    assert entry.decision == ('45/QĐ-"UBND"', date(2023, 10, 10))
    assert run_docctl("check", "--lang", "en", cwd=agency.root).status == 0


@pytest.mark.parametrize(
    ("revision", "day", "words"),
    [(0, "2024-01-01", "does not come after 1.0"), (1, "2023-03-01", "does not begin after 1.0")],
)
def test_adopt_refuses_what_contradicts(agency: World, revision: int, day: str, words: str) -> None:
    agency.write({"procedures/QT-01.yaml": PROCEDURE.format(revision=revision)})
    before = (agency.root / "adopted.yaml").read_bytes()
    answer = adopt(agency, day)
    assert answer.status == 2
    assert words in answer.err
    assert (agency.root / "adopted.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("format: docctl/adopted/v1\nadopted: []\n", True),
        ("format: docctl/adopted/v1\nadopted:\n  - { document: QT-09, issue: 1, revision: 0, "
         f'digest: {"0" * 64}, effective_from: "2020-01-01" }}', True),
        ("format: docctl/adopted/v1\nadopted: [{ document: QT-09, issue: 1, revision: 0, "
         f'digest: {"0" * 64}, effective_from: "2020-01-01" }}]\n', False),
        ("format: docctl/adopted/v2\nadopted: []\n", False),
        ("adopted: [\n", False),
    ],
)  # fmt: skip
def test_adopt_reads_what_it_has_written(agency: World, text: str, works: bool) -> None:
    path = agency.root / "adopted.yaml"
    path.write_text(text, encoding="utf-8")
    answer = adopt(agency, "2023-03-01")
    assert (answer.status == 0) is works, answer.err
    if works:
        assert docctl.open(agency.root).adopted.body[-1].document == "QT-01"  # type: ignore[union-attr]
    else:
        assert path.read_text(encoding="utf-8") == text


def test_adopt_usage(agency: World) -> None:
    def status(*arguments: str) -> int:
        return adopted(agency.root, *arguments, "--lang", "en").status

    assert status("--effective-from", "2023-03-01") == 2
    assert status("QT-01", "--all", "--effective-from", "2024-03-01") == 2
    assert status("--all", "--effective-from", "2023-03-01") == 2, "everything has an entry"
    assert status("QT-99", "--effective-from", "2023-03-01") == 2
    assert status("QT-01", "--effective-from", "2024-03-01", "--decision", "1/QĐ") == 2
    (agency.root / "adopted.yaml").unlink()
    (agency.root / "adopted.yaml").symlink_to("elsewhere.yaml")
    assert status("QT-01", "--effective-from", "2024-03-01") in (2, 3)
    assert not (agency.root / "elsewhere.yaml").exists()


# -- law ------------------------------------------------------------------------------------------


def law(world: World, *arguments: str) -> Any:
    return run_docctl("law", *arguments, "--lang", "en", cwd=world.root)


def test_law_show_and_status(agency: World) -> None:
    page = json.loads(law(agency, "show", "39/2016/TT-NHNN", "--as-of", "2023-10-01", "--format", "json").out)
    assert (page["status"], page["since"], page["cited_by"]) == ("in_force", "2017-03-15", {"QT-01": ["b-1"]})
    assert [each["id"] for each in page["acted_on"]] == ["06-2023-tt-nhnn#e14"]
    acting = law(agency, "show", "6/2023/TT-NHNN", "--as-of", "2023-10-01").out
    assert "amends khoản 2 Điều 24 of 39/2016/TT-NHNN from 2023-09-01" in " ".join(acting.split())
    assert "in force since 2023-09-01" in law(agency, "status", "06-2023-tt-nhnn", "--as-of", "2023-09-01").out
    assert "not in force yet" in law(agency, "status", "06-2023-tt-nhnn", "--as-of", "2023-08-31").out
    missing = law(agency, "show", "61/2018/ND-CP")
    assert (missing.status, "61/2018/NĐ-CP" in missing.err) == (2, True)


@pytest.fixture
def shared(tmp_path: Path) -> World:
    """A register kept elsewhere."""
    other = World.make(tmp_path / "so-van-ban", commit=False)
    other.write({name: text for name, text in LEGAL.items() if "61-2018" not in name})
    other.commit()
    return other


def test_vendor_copies_and_check_compares(agency: World, shared: World) -> None:
    for name in ("39-2016-tt-nhnn", "06-2023-tt-nhnn"):
        agency.git("rm", "-q", f"legal/{name}.yaml")
    answer = law(agency, "vendor", f"{shared.root}@HEAD")
    assert answer.status == 0, answer.err
    assert files(agency.root / "legal/shared") == {"06-2023-tt-nhnn.yaml", "39-2016-tt-nhnn.yaml", "vendor.toml"}
    assert shared.git("rev-parse", "HEAD") in (agency.root / "legal/shared/vendor.toml").read_text(encoding="utf-8")
    assert run_docctl("check", "--lang", "en", cwd=agency.root).status == 0
    assert said(agency, "2023-10-01") == [("DC505", "2023-12-01")]
    again = {path.name: path.read_bytes() for path in (agency.root / "legal/shared").iterdir()}
    assert law(agency, "vendor", f"{shared.root}@HEAD").status == 0
    assert {path.name: path.read_bytes() for path in (agency.root / "legal/shared").iterdir()} == again
    assert files(agency.root / "legal") == {"61-2018-nd-cp.yaml", "shared"}
    target = agency.root / "legal/shared/39-2016-tt-nhnn.yaml"
    target.write_text(target.read_text(encoding="utf-8") + "# x\n", encoding="utf-8")
    assert "DC237" in run_docctl("check", "--lang", "en", cwd=agency.root).out


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("change", "source", "status", "words"),
    [
        ({}, "{root}", 2, "names no commit"),
        ({}, "{root}@nowhere", 3, "no commit"),
        ({}, "{root}/nowhere@HEAD", 2, "not in a Git repository"),
        ({"legal/39-2016-tt-nhnn.yaml": "number: [\n"}, "{root}@HEAD", 3, "not valid"),
        ({"legal/61-2018-nd-cp.yaml": DECREE}, "{root}@HEAD", 2, "text of your own"),
    ],
)  # fmt: skip
def test_vendor_writes_all_or_nothing(
    agency: World, shared: World, change: Mapping[str, str], source: str, status: int, words: str
) -> None:
    for name in ("39-2016-tt-nhnn", "06-2023-tt-nhnn"):
        agency.git("rm", "-q", f"legal/{name}.yaml")
    if change:
        shared.write(dict(change))
        shared.commit()
    answer = law(agency, "vendor", source.format(root=shared.root))
    assert answer.status == status, answer.err
    assert words in answer.err
    assert not (agency.root / "legal/shared").exists()
    assert files(agency.root / "legal") == {"61-2018-nd-cp.yaml"}


def test_an_agencys_own_calendar_takes_the_place_of_that_year(agency: World) -> None:
    calendar = (
        "format: docctl/calendar/v1\nyear: {year}\nholidays:\n"
        '  - {{ date: "2023-12-01", name: Nghỉ riêng, source: s }}\nsources:\n  - {{ id: s, text: Thông báo }}\n'
    )
    agency.write({"calendar/2023.yaml": calendar.format(year=2023)})
    assert said(agency, "2023-12-01") == [("DC505", "2023-12-04")], "a Friday off, then a weekend"
    agency.write({"calendar/2023.yaml": calendar.format(year=2024)})
    assert ("DC907", None) in said(agency, "2023-12-02"), "a file of another year is no calendar"
    assert ("DC505", "2023-12-01") in said(agency, "2023-12-02")


def test_events_are_digested_once_however_many_procedures_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time must grow with the procedures and the events, not with their product."""
    made: list[str] = []
    real = Change.digest
    monkeypatch.setattr(Change, "digest", lambda self: made.append(self.id) or real(self))
    repository = docctl.open(Path(__file__).parents[1] / "examples" / "bac-kan-phuong")
    repository.outdated(date(2026, 9, 1))
    assert made and len(made) <= 2 * len({*made}), "of several texts, and once more where a record names it"
