"""The command line as a user meets it: exit codes, streams, languages, formats, new files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from office import INIT_ROLES, Office

from docctl.cli.main import COMMANDS, main

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def agency(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh repository with one procedure, as the current folder; no language in the environment."""
    for name in (
        "LANGUAGE",
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "NO_COLOR",
        "FORCE_COLOR",
        "CLICOLOR_FORCE",
        "GITHUB_STEP_SUMMARY",
    ):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "agency"
    assert main(["init", str(folder), "--name", "UBND phường A", "--level", "commune"]) == 0
    monkeypatch.chdir(folder)
    assert main(["new", "procedure", "QT-01", "--title", "Cấp bản sao"]) == 0
    Office(folder, INIT_ROLES).first_policy()
    capsys.readouterr()
    return folder


def spoil(folder: Path) -> None:
    path = folder / "procedures" / "QT-01.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("role: cc-mot-cua", "role: cc-mot-cu", 1), encoding="utf-8"
    )


def test_a_new_agency_passes(agency: Path, capsys: Capture) -> None:
    assert main(["check"]) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "1 quy trình" in captured.err
    assert main(["check", "-q", "--lang", "en"]) == 0
    assert capsys.readouterr() == ("", "")
    shutil.rmtree(agency / "policy")
    assert main(["check", "-q", "--lang", "en", "--fail-on", "warning"]) == 0
    assert capsys.readouterr().out.count("DC401") == 2, "one note, which says that nobody has signed who may approve"


def test_findings_on_stdout_remarks_on_stderr(agency: Path, capsys: Capture) -> None:
    spoil(agency)
    assert main(["check", "--lang", "en"]) == 1
    captured = capsys.readouterr()
    line = next(
        number
        for number, text in enumerate((agency / "procedures/QT-01.yaml").read_text().splitlines(), 1)
        if "cc-mot-cu" in text and "cua" not in text
    )
    assert captured.out.startswith(f"procedures/QT-01.yaml:{line}:11: error DC203: there is no role")
    assert "^^^^^^^^^" in captured.out
    assert 'did you mean "cc-mot-cua"?' in captured.out
    assert "1 error" in captured.err
    assert "1 error" not in captured.out


def test_thresholds(agency: Path, capsys: Capture) -> None:
    path = agency / "procedures/QT-01.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "received_at: mot-cua\n", encoding="utf-8")  # DC213, DC227
    assert main(["check"]) == 0
    assert main(["check", "--fail-on", "warning"]) == 1
    assert main(["check", "--fail-on", "note"]) == 1
    assert main(["check", "--fail-on", "note", "--exit-zero"]) == 0
    config = agency / "docctl.toml"
    config.write_text(
        config.read_text(encoding="utf-8") + '\n[rules]\nDC213 = "error"\nDC227 = "off"\n', encoding="utf-8"
    )
    capsys.readouterr()
    assert main(["check", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert {(each["code"], each["severity"]) for each in found} == {("DC213", "error")}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[law]\nhorizon_dais = 3\n", "horizon_days"),
        ('[rules]\nDC101 = "off"\n', "cannot be changed"),
        ('[law]\nupdate_within_months = "3"\n', "whole number"),
        ("[law]\nupdate_within_months = 3.5\n", "whole number"),
        ("[law\n", "TOML"),
        ('[fail_on]\ncheck = "never"\n', "not allowed"),
    ],
)
def test_a_wrong_configuration_is_exit_2_with_place_and_way_out(
    agency: Path, capsys: Capture, text: str, words: str
) -> None:
    config = agency / "docctl.toml"
    before = config.read_text(encoding="utf-8").split("[law]")[0]
    config.write_text(before + text, encoding="utf-8")
    assert main(["check", "--lang", "en"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "docctl.toml" in captured.err
    assert words in captured.err
    assert "Traceback" not in captured.err
    if "dais" in text:
        assert "docctl.toml:12:1" in captured.err


def test_exit_codes_of_calls_that_make_no_sense(agency: Path, capsys: Capture, tmp_path: Path) -> None:
    assert main(["check", "nothing.yaml"]) == 2
    assert main(["check", str(tmp_path)]) == 2
    assert main(["show", "QT-99"]) == 2
    assert main(["rule", "DC999"]) == 2
    assert main(["check", "--staged"]) == 2
    assert main(["new", "procedure", "QT-01"]) == 2
    assert main(["new", "procedure", "qt 1"]) == 2
    assert main(["init", str(agency), "--name", "x", "--level", "commune"]) == 2
    spoil(agency)
    (agency / "procedures/QT-02.yaml").write_text("id: [\n")
    assert main(["show", "QT-02"]) == 3
    assert main(["show", "1.004227"]) == 3  # the unreadable one might cover it
    for arguments in (["chek"], ["check", "--as-of", "2025-02-30"], []):
        with pytest.raises(SystemExit) as end:
            main(arguments)
        assert end.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_errors_speak_the_language_of_the_repository(agency: Path, capsys: Capture) -> None:
    assert main(["show", "QT-99"]) == 2
    assert "không có quy trình" in capsys.readouterr().err
    assert main(["show", "QT-99", "--lang", "en"]) == 2
    assert "there is no procedure" in capsys.readouterr().err


def test_an_internal_error_is_one_line(agency: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("docctl.repository.Repository.check", fail)
    assert main(["check", "--lang", "en"]) == 2
    assert "internal error: RuntimeError: boom" in capsys.readouterr().err
    with pytest.raises(RuntimeError):
        main(["check", "--debug"])


def test_output_file_is_replaced_whole(agency: Path, capsys: Capture) -> None:
    spoil(agency)
    target = agency / "report.json"
    assert main(["check", "--format", "json", "--output", str(target)]) == 1
    assert json.loads(target.read_text(encoding="utf-8"))["summary"]["errors"] == 1
    assert capsys.readouterr().out == ""
    assert main(["check", "--output", str(agency / "no" / "such" / "file")]) == 2


def test_json_is_the_documented_shape_and_deterministic(agency: Path, capsys: Capture) -> None:
    spoil(agency)
    outputs = []
    for _ in range(2):
        main(["check", "--format", "json", "--as-of", "2025-11-22"])
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    document = json.loads(outputs[0])
    assert [*document] == ["format", "docctl", "rules", "content", "as_of", "summary", "findings"]
    assert document["format"] == "docctl/check/v1"
    assert [*document["findings"][0]] == [
        "code", "name", "severity", "message", "path", "line", "column", "end_line", "end_column", "pointer",
        "element", "related", "fix", "fingerprint",
    ]  # fmt: skip
    assert document["findings"][0]["pointer"] == "/steps/0/role"
    assert document["findings"][0]["element"] == "step-1"


def test_fingerprints_do_not_move_with_lines(agency: Path, capsys: Capture) -> None:
    spoil(agency)
    marks = []
    for _ in range(2):
        main(["check", "--format", "json"])
        marks.append([each["fingerprint"] for each in json.loads(capsys.readouterr().out)["findings"]])
        path = agency / "procedures/QT-01.yaml"
        path.write_text("# một dòng mới\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert marks[0] == marks[1] != []


def test_github_annotations_and_summary(
    agency: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = agency / "procedures/QT-01.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("role: cc-mot-cua", 'role: "x::set-output,%0A"', 1), encoding="utf-8"
    )
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    monkeypatch.chdir(agency.parent)
    assert main(["check", "-C", "agency", "--format", "github", "--lang", "en"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert all(line.startswith("::error file=agency/procedures/QT-01.yaml,line=") for line in lines)
    assert "%250A" in lines[0]
    assert lines[0].count("::") >= 2
    assert "| error |" in summary.read_text(encoding="utf-8")


def test_a_terminal_is_not_steered_by_content(agency: Path, capsys: Capture) -> None:
    (agency / "procedures/QT-02.yaml").write_text("id: \x1b[31mQT\u202e\n", encoding="utf-8")
    (agency / "procedures/QT-\x1b[2J.yaml").write_text("id: x\n", encoding="utf-8")
    assert main(["check", "--lang", "en"]) == 1
    output = capsys.readouterr().out
    assert "\x1b" not in output
    assert "\u202e" not in output
    assert "\\u001b" in output


def test_colour_only_where_wanted(agency: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    spoil(agency)
    main(["check"])
    assert "\x1b[" not in capsys.readouterr().out
    main(["check", "--color", "always"])
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.setenv("FORCE_COLOR", "1")
    main(["check"])
    assert "\x1b[" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    main(["check"])
    assert "\x1b[" not in capsys.readouterr().out


def test_fix_shows_first_and_then_mends_only_what_is_certain(agency: Path, capsys: Capture) -> None:
    path = agency / "procedures/QT-01.yaml"
    good = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + good.replace(b"\n", b"\r\n"))
    assert main(["check"]) == 1
    assert main(["fix", "--diff", str(path)]) == 1
    assert path.read_bytes() != good
    assert "+format:" in capsys.readouterr().out
    assert main(["fix", str(path)]) == 0
    assert path.read_bytes() == good
    assert main(["check"]) == 0
    assert main(["fix", str(agency / "procedures")]) == 0
    assert main(["fix", "missing.yaml"]) == 2
    (agency / "procedures/x.yaml").symlink_to("QT-01.yaml")
    assert main(["fix", str(agency / "procedures/x.yaml")]) == 1
    assert (agency / "procedures/x.yaml").is_symlink()


def test_show(agency: Path, capsys: Capture) -> None:
    assert main(["show"]) == 0
    assert "QT-01" in capsys.readouterr().out
    assert main(["show", "QT-01", "--lang", "en"]) == 0
    page = capsys.readouterr().out
    assert "Công chức một cửa" in page
    assert "4 hours" in page
    assert main(["show", "QT-01", "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["content"]["id"] == "QT-01"
    assert len(data["digest"]) == 64


def test_several_repositories_in_one_call(agency: Path, capsys: Capture) -> None:
    other = agency.parent / "other"
    main(["init", str(other), "--name", "UBND phường B", "--level", "commune"])
    spoil(agency)
    os.chdir(agency.parent)
    capsys.readouterr()
    both = ["agency/procedures/QT-01.yaml", "other/organisation.yaml"]
    assert main(["check", *both]) == 1
    assert "agency/procedures/QT-01.yaml:" in capsys.readouterr().out
    assert main(["check", "--format", "json", *both]) == 2


def test_help_of_every_command_in_both_languages(capsys: Capture) -> None:
    for name in COMMANDS:
        for language in ("en", "vi"):
            with pytest.raises(SystemExit) as end:
                main([name, "--lang", language, "--help"])
            assert end.value.code == 0
            assert ("tùy chọn" in capsys.readouterr().out) == (language == "vi")


def test_a_reader_that_has_gone_is_no_error(agency: Path) -> None:
    command = f"{sys.executable} -m docctl rule | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=agency)
    assert done.stdout.startswith("DC101")
    assert "Traceback" not in done.stderr


def test_a_report_never_replaces_a_document(agency: Path, capsys: Capture) -> None:
    before = {path: path.read_bytes() for path in agency.rglob("*") if path.is_file()}
    for target in ("procedures/QT-01.yaml", "procedures/neu.yaml", "docctl.toml", "organisation.yaml", "legal/x.json"):
        assert main(["check", "--format", "json", "--output", target]) == 2
        assert main(["show", "--format", "json", "--output", target]) == 2
    assert {path: path.read_bytes() for path in agency.rglob("*") if path.is_file()} == before


def test_fix_leaves_what_is_never_edited_and_what_is_not_docctls(agency: Path, capsys: Capture) -> None:
    for name in ("archive/QT-01/1.0.yaml", "policy/0001.yaml", ".github/workflows/ci.yaml"):
        (agency / name).parent.mkdir(parents=True, exist_ok=True)
        (agency / name).write_text("on: yes\r\n")
    assert main(["fix", str(agency)]) == 0
    for name in ("archive/QT-01/1.0.yaml", "policy/0001.yaml", ".github/workflows/ci.yaml"):
        assert (agency / name).read_bytes() == b"on: yes\r\n"
    assert main(["fix", str(agency / "archive/QT-01/1.0.yaml")]) == 2
    assert main(["fix", str(agency / "docctl.toml")]) == 2


def test_fix_does_not_hide_a_wrong_number_in_quotes(agency: Path, capsys: Capture) -> None:
    path = agency / "procedures/QT-01.yaml"
    text = path.read_text(encoding="utf-8") + "fees:\n  - { id: phi-1, name: Phí, amount: 2.000, per: 1.5 }\n"
    path.write_text(text, encoding="utf-8")
    main(["fix", str(path)])
    assert 'amount: 2.000, per: "1.5"' in path.read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)["findings"]
    assert [each["code"] for each in found] == ["DC133"]


def test_two_mendable_faults_in_one_file(agency: Path) -> None:
    path = agency / "procedures/QT-01.yaml"
    good = path.read_text(encoding="utf-8")
    path.write_text(
        good.replace("  - id: step-2", "\t- id: step-2").replace("Thẩm định hồ", "Thẩm định\u00ad hồ"), encoding="utf-8"
    )
    assert main(["fix", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == good


@pytest.mark.parametrize("title", ["a\nb", "", "x" * 2000, "a\x01", "a\u202eb", "a\u200bb", "a\x7fb", "a\u2028b"])
def test_a_title_that_would_not_pass_is_refused_before_writing(agency: Path, title: str) -> None:
    assert main(["new", "procedure", "QT-02", "--title", title]) == 2
    assert not (agency / "procedures/QT-02.yaml").exists()


@pytest.mark.parametrize("name", ["QT-2", "123", "1.5", "NO", "1E5", "2024-01-01", "007"])
def test_every_id_that_is_taken_passes(agency: Path, name: str, capsys: Capture) -> None:
    assert main(["new", "procedure", name, "--title", "Chứng thực: 'a' # \"b\""]) == 0
    capsys.readouterr()
    assert main(["check", "--format", "json", "--fail-on", "note"]) == 0


@pytest.mark.parametrize("name", ["a\x01", "a\u202e", "a\u200b", "a\x7f", "   ", "a\u2028b"])
def test_a_name_that_the_files_could_not_hold_is_refused_before_writing(tmp_path: Path, name: str) -> None:
    assert (
        main(["init", str(tmp_path / "a"), "--name", "Phường " + name if name.strip() else name, "--level", "commune"])
        == 2
    )
    assert not (tmp_path / "a").exists()


def test_nothing_is_written_through_links(agency: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (agency / "procedures").rename(tmp_path / "kept")
    (agency / "procedures").symlink_to(outside)
    assert main(["new", "procedure", "QT-05"]) == 2
    other = tmp_path / "other"
    other.mkdir()
    (other / "legal").symlink_to(outside)
    assert main(["init", str(other), "--name", "Phường B", "--level", "commune"]) == 2
    assert [*outside.iterdir()] == []
    assert not (other / "docctl.toml").exists()
    (other / "legal").unlink()
    assert main(["init", str(other), "--name", "Phường B", "--level", "commune"]) == 0


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "9" * 5000,
        "y = " + "[" * 50_000,
        "[law]\nhorizon_days = 0x" + "f" * 5000,
        '[rules]\nDC299 = "off"\n',
        "#" * 100_000,
    ],
)
def test_an_odd_configuration_is_exit_2(agency: Path, text: str, capsys: Capture) -> None:
    config = agency / "docctl.toml"
    config.write_text(config.read_text(encoding="utf-8").split("[law]")[0] + text, encoding="utf-8")
    assert main(["check", "--lang", "en"]) == 2
    captured = capsys.readouterr()
    assert "docctl.toml" in captured.err
    assert "internal error" not in captured.err


def test_too_many_findings_of_one_kind_end_soon(agency: Path, capsys: Capture) -> None:
    steps = "".join(
        f"  - {{ id: s{n}, title: t, role: cc-mot-cua, time: {{ value: 1, unit: hour }}, next: [{', '.join(f'x{n}-{m}' for m in range(60))}] }}\n"
        for n in range(100)
    )
    path = agency / "procedures/QT-01.yaml"
    path.write_text(path.read_text(encoding="utf-8").split("steps:")[0] + "steps:\n" + steps, encoding="utf-8")
    assert main(["check", "--format", "json"]) == 1
    found = [each for each in json.loads(capsys.readouterr().out)["findings"] if each["code"] == "DC207"]
    assert len(found) == 1001


def test_of_single_files_attachments_are_not_read(agency: Path, capsys: Capture) -> None:
    """A rule that needs everything is not asked: the hook reads the named file, not the form's bytes."""
    (agency / "forms/BM-09.txt").write_text("x")
    path = agency / "procedures/QT-01.yaml"
    form = f"forms:\n  - {{ id: BM-09, title: Phiếu, file: forms/BM-09.txt, sha256: {'a' * 64} }}\n"
    path.write_text(path.read_text(encoding="utf-8") + form, encoding="utf-8")
    codes = []
    for arguments in ([], [str(path)]):
        main(["check", "--format", "json", *arguments])
        codes.append({each["code"] for each in json.loads(capsys.readouterr().out)["findings"]})
    assert codes == [{"DC212", "DC215"}, {"DC215"}]


@pytest.mark.parametrize(("kind", "found"), [("sign", True), ("deliver", False), ("reject", False)])
def test_only_a_result_or_a_refusal_ends_a_procedure(agency: Path, capsys: Capture, kind: str, found: bool) -> None:
    path = agency / "procedures/QT-01.yaml"
    text = path.read_text(encoding="utf-8").replace("next: [step-4]", "next: [step-4, step-5]")
    step = f"  - {{ id: step-5, kind: {kind}, title: Kết thúc, role: lanh-dao, time: {{ value: 1, unit: hour }}, next: [] }}\n"
    step = step.replace("lanh-dao", "cc-mot-cua") if kind == "deliver" else step
    path.write_text(text + step + "received_at: mot-cua\n", encoding="utf-8")
    main(["check", "--format", "json"])
    elements = [(each["code"], each["element"]) for each in json.loads(capsys.readouterr().out)["findings"]]
    assert (("DC216", "step-5") in elements) is found
