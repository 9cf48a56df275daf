"""A procedure broken in more than forty ways: each is found at its place with its code, and nothing is written."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from office import INIT_ROLES, Office

from docctl.cli.main import main

AS_OF = "2025-11-22"
GOOD = """\
format: docctl/procedure/v1
id: QT-01
title: Cấp bản sao trích lục
issue: 1
revision: 0
owner: cc-chuyen-mon
legal_basis: []
processing_time: { value: 2, unit: working_day }
fees:
  - id: phi-1
    name: Phí
    amount: 8000
steps:
  - id: step-1
    kind: receive
    title: Tiếp nhận
    role: cc-mot-cua
    time: { value: 1, unit: hour }
    next: [step-2]
  - id: step-2
    kind: deliver
    title: Trả kết quả
    role: cc-mot-cua
    time: { value: 1, unit: hour }
    next: []
"""


@pytest.fixture
def agency(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A new repository with one good procedure."""
    folder = tmp_path / "agency"
    assert main(["init", str(folder), "--name", "Phường A", "--level", "commune"]) == 0
    (folder / "procedures" / "QT-01.yaml").write_text(GOOD, encoding="utf-8")
    Office(folder, INIT_ROLES).first_policy()
    capsys.readouterr()
    return folder


def findings(folder: Path, capsys: pytest.CaptureFixture[str], *paths: str) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and findings of a check; asserts that nothing in the folder was touched."""
    before = snapshot(folder)
    status = main(["check", "-C", str(folder), "--as-of", AS_OF, "--format", "json", "--lang", "en", *paths])
    assert snapshot(folder) == before
    return status, json.loads(capsys.readouterr().out)["findings"]


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        str(path): (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() and not path.is_symlink() else b"")
        for path in sorted(folder.rglob("*"))
    }


def swap(old: str, new: str) -> Callable[[str], bytes]:
    def change(text: str) -> bytes:
        assert old in text
        return text.replace(old, new, 1).encode("utf-8", "surrogatepass")

    return change


WAYS: dict[str, tuple[Callable[[str], bytes], str, int, int]] = {
    "duplicate key": (swap("revision: 0", "issue: 2"), "DC106", 5, 1),
    "duplicate key in flow": (swap("value: 2,", "value: 2, value: 3,"), "DC106", 8, 30),
    "anchor": (swap("title: Cấp", "title: &t Cấp"), "DC107", 3, 8),
    "alias": (swap("title: Cấp bản sao trích lục", "title: *t"), "DC107", 3, 8),
    "tag": (swap("issue: 1", "issue: !!str 1"), "DC108", 4, 8),
    "python tag": (swap("issue: 1", "issue: !!python/object/apply:os.system [id]"), "DC108", 4, 8),
    "directive": (swap("format:", "%YAML 1.2\n---\nformat:"), "DC108", 1, 1),
    "second document": (swap("steps:\n", "---\nsteps:\n"), "DC109", 13, 1),
    "merge key": (swap("issue: 1", "<<: {issue: 1}"), "DC110", 4, 1),
    "number as key": (swap("issue: 1", "7: 1"), "DC111", 4, 1),
    "list as key": (swap("issue: 1", "[issue]: 1"), "DC111", 4, 1),
    "no value": (swap("issue: 1", "issue:"), "DC112", 4, 7),
    "tilde": (swap("issue: 1", "issue: ~"), "DC112", 4, 8),
    "tab after colon": (swap("issue: 1", "issue:\t1"), "DC113", 4, 7),
    "tab in indentation": (swap("    name: Phí", "\tname: Phí"), "DC113", 11, 1),
    "long number": (swap("amount: 8000", "amount: 80000000000000000"), "DC114", 12, 13),
    "NFD": (lambda text: unicodedata.normalize("NFD", text).encode(), "DC104", 3, 8),
    "bidi": (swap("Cấp bản", "Cấp \u202ebản"), "DC105", 3, 12),
    "bidi escape": (swap("title: Cấp bản sao trích lục", 'title: "Cấp \\u202e bản sao"'), "DC105", 3, 8),
    "zero width": (swap("Cấp bản", "Cấp\u200b bản"), "DC105", 3, 11),
    "soft hyphen": (swap("Cấp bản", "Cấp\u00ad bản"), "DC105", 3, 11),
    "control character": (swap("Cấp bản", "Cấp\x1b bản"), "DC105", 3, 11),
    "next line": (swap("Cấp bản", "Cấp\x85 bản"), "DC105", 3, 11),
    "line separator": (swap("Cấp bản", "Cấp\u2028 bản"), "DC105", 3, 11),
    "lone carriage return": (swap("issue: 1\n", "issue: 1\r"), "DC105", 4, 9),
    "byte order mark": (swap("format:", "\ufeffformat:"), "DC103", 1, 1),
    "UTF-16": (lambda text: text.encode("utf-16"), "DC102", 1, 1),
    "UTF-16 without mark": (lambda text: text.encode("utf-16-le"), "DC102", 1, 1),
    "Latin-1 byte": (swap("Phí", "Ph\udced"), "DC102", 11, 13),
    "cut in a quote": (lambda text: text.replace("title: Cấp", 'title: "Cấp', 1).encode()[:60], "DC101", 3, 8),
    "cut in a list": (swap("next: []\n", "next: ["), "DC101", 25, 12),
    "cut after a key": (lambda text: text.split("steps:")[0].encode() + b"steps:", "DC112", 13, 7),
    "empty": (lambda _: b"", "DC101", 1, 1),
    "only a comment": (lambda _: b"# nothing\n", "DC101", 1, 1),
    "conflict markers": (swap("issue: 1\n", "<<<<<<< HEAD\nissue: 1\n=======\nissue: 2\n>>>>>>> x\n"), "DC101", 4, 1),
    "colon in text": (swap("title: Cấp bản sao", "title: Cấp: bản sao"), "DC101", 3, 11),
    "bracket": (swap("next: [step-2]", "next: [step-2"), "DC101", 20, 7),
    "too deep": (swap("legal_basis: []", "legal_basis: " + "[" * 60 + "]" * 60), "DC116", 7, 53),
    "too large": (lambda text: text.encode() + b"#" * 50_000_000, "DC116", 1, 1),
    "wrong type": (swap("issue: 1", 'issue: "1"'), "DC133", 4, 8),
    "unknown field": (swap("owner:", "ownr:"), "DC131", 6, 1),
    "missing field": (swap("owner: cc-chuyen-mon\n", ""), "DC132", 1, 1),
    "unknown unit of time": (swap("unit: hour", "unit: hours"), "DC134", 18, 29),
    "bad id": (swap("id: step-2", "id: Step 2"), "DC135", 20, 9),
    "negative": (swap("value: 2", "value: -2"), "DC136", 8, 27),
    "amount and formula": (swap("amount: 8000", "amount: 8000\n    formula: theo trang"), "DC137", 13, 5),
    "another kind": (swap("docctl/procedure/v1", "docctl/procedure/v2"), "DC130", 1, 9),
    "list at the top": (lambda _: b"- a\n", "DC130", 1, 1),
    "unknown role": (swap("role: cc-mot-cua", "role: cc-mot-cu"), "DC203", 17, 11),
    "unknown step": (swap("next: [step-2]", "next: [step-3]"), "DC207", 19, 12),
    "too long": (swap("value: 1, unit: hour", "value: 3, unit: working_day"), "DC214", 18, 11),
    "another name": (swap("id: QT-01", "id: QT-02"), "DC121", 2, 5),
}


def test_more_than_forty() -> None:
    assert len(WAYS) > 40


@pytest.mark.parametrize("way", WAYS)
def test_found_at_its_place(agency: Path, capsys: pytest.CaptureFixture[str], way: str) -> None:
    change, code, line, column = WAYS[way]
    path = agency / "procedures" / "QT-01.yaml"
    data = change(GOOD).replace("\udced".encode("utf-8", "surrogatepass"), b"\xed")
    path.write_bytes(data)
    for paths in ([], [str(path)]):
        status, found = findings(agency, capsys, *paths)
        places = [(each["code"], each["line"], each["column"]) for each in found]
        assert (code, line, column) in places, [
            (*place, each["message"]) for place, each in zip(places, found, strict=True)
        ]
        assert status == 1
        assert all(each["path"] == "procedures/QT-01.yaml" for each in found)


def test_good_is_good(agency: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert findings(agency, capsys) == (0, [])


@pytest.mark.parametrize("kind", ["fifo", "link out", "link inside", "socketless folder"])
def test_things_that_are_no_files(agency: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    path = agency / "procedures" / "QT-02.yaml"
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "link out":
        path.symlink_to("/etc/passwd")
    elif kind == "link inside":
        path.symlink_to("QT-01.yaml")
    else:
        path.mkdir()
        (path / "x.yaml").write_text("a: 1\n")
    status, found = findings(agency, capsys)
    expected = (
        ("DC903", "procedures/QT-02.yaml/x.yaml") if kind == "socketless folder" else ("DC117", "procedures/QT-02.yaml")
    )
    assert [(each["code"], each["path"]) for each in found] == [expected]
    assert status == (0 if kind == "socketless folder" else 1)


def test_a_folder_that_is_a_link_is_not_followed(
    agency: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (agency / "procedures").rename(tmp_path / "elsewhere")
    (agency / "procedures").symlink_to(tmp_path / "elsewhere")
    status, found = findings(agency, capsys)
    assert [(each["code"], each["path"]) for each in found] == [("DC117", "procedures"), ("DC904", "procedures")]
    assert status == 1


@pytest.mark.parametrize("name", ["QT-01.yml", "QT-01.yaml.bak", "qt 1.txt", "con/QT-09.yaml"])
def test_files_of_other_names_are_not_passed_over_in_silence(
    agency: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = agency / "procedures" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(GOOD, encoding="utf-8")
    _, found = findings(agency, capsys)
    assert [(each["code"], each["path"]) for each in found] == [("DC903", f"procedures/{name}")]
