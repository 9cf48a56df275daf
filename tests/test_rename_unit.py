"""One unit in the place of another: exactly the places that name it, in every style of YAML, all files or none."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from generated import many
from gitworld import CONFIG, World, adopt, run_docctl
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import docctl
from docctl.errors import DocctlError, UsageError
from docctl.model.organisation import Organisation, Unit
from docctl.model.renaming import UnitRename
from docctl.renaming.editing import Editing
from docctl.renaming.level import level_of
from docctl.renaming.organisation import reorganised
from docctl.renaming.procedure import edited, swapped
from docctl.store import files
from docctl.text.strict import read

ORGANISATION = """\
# Tổ chức
format: docctl/organisation/v1
units:
  - { id: ubnd, name: Ủy ban nhân dân huyện Thử }
  - id: tu-phap        # đơn vị sẽ hết
    name: Phòng Tư pháp
    parent: ubnd
    # chú thích sau cùng

  - { id: to-1, name: Tổ Một, parent: tu-phap }
  - { id: to-2, name: Tổ Hai, parent: tu-phap, to: "2020-01-01" }
  - { id: kt-xh, name: "Phòng Kinh tế, Xã hội", parent: ubnd, from: "2025-07-01" }
roles:
  - { id: can-bo, title: Công chức, unit: 'tu-phap' }   # giữ dấu nháy
  - { id: can-bo-cu, title: Công chức cũ, unit: tu-phap, to: "2024-12-31" }
  - { id: chu-tich, title: Chủ tịch, unit: ubnd }
"""

PROCEDURE = """\
# Quy trình của phòng
format: docctl/procedure/v1
id: QT-01
title: Một quy trình của Phòng Tư pháp
issue: 2
revision: 1   # lần sửa đổi
change:
  reason: improvement    # vì sao
  summary: |
    Phòng Tư pháp rút thời gian.
  affected:
    - b-1
  legal_basis:
    - { text: 61/2018/NĐ-CP, printed: Phòng Tư pháp }
level: commune
owner: can-bo
authority: "tu-phap"
received_at: tu-phap
coordinates:
  - ubnd      # trên
  - tu-phap
purpose: >-
  Nộp tại Phòng
  Tư pháp hoặc 'phòng tư pháp'.
scope: |
  PHÒNG TƯ PHÁP
  tiếp nhận.
legal_basis:
  - { text: 61/2018/NĐ-CP, printed: "Phòng Tư pháp, Điều 5" }
steps:
  - { id: b-1, kind: receive, title: "Nhận \\"hồ sơ\\" ở Phòng Tư pháp", role: can-bo, time: { value: 1, unit: hour }, next: [b-2] }
  - { id: b-2, kind: sign, title: 'Ký ''thay'' Phòng Tư pháp', role: chu-tich, time: { value: 1, unit: hour }, next: [b-3] }
  - { id: b-3, kind: deliver, title: Trả tại Phòng Tư pháp, role: can-bo, time: { value: 1, unit: hour }, next: [] }
"""

OTHER = """\
{format: docctl/procedure/v1, id: QT-02, title: Việc khác, issue: 1, revision: 0, owner: can-bo,
  coordinates: [tu-phap, kt-xh], legal_basis: [],
  steps: [{id: a, title: Làm, role: can-bo, time: {value: 1, unit: hour}, next: []}]}
"""

FIRST = date(2025, 7, 1)
WORDS = ("Phòng Tư pháp", "Phòng Kinh tế, Xã hội")
WANTED = UnitRename("tu-phap", "kt-xh", FIRST, words=(WORDS,), basis=("1/NQ-HĐND",), summary="Sắp xếp")
NAMED = ("tu-phap", "kt-xh", "--from", "2025-07-01", "--lang", "en")
ORDERED = ("--decision", "1/NQ-HĐND")


@pytest.fixture
def agency(world: World) -> World:
    """Adopted before there is a policy: QT-01 2.1 is in force, QT-02 1.0 is a draft."""
    for path in (world.root / "policy").iterdir():
        path.unlink()
    (world.root / "policy").rmdir()
    world.write(
        {
            "docctl.toml": CONFIG,
            "organisation.yaml": ORGANISATION,
            "procedures/QT-01.yaml": PROCEDURE,
            "procedures/QT-02.yaml": OTHER,
        }
    )
    assert adopt(world.root, "QT-01", "--effective-from", "2024-01-01").status == 0
    world.commit()
    return world


def adopt_anew(agency: World) -> None:
    """The text as it is now is the one in force."""
    (agency.root / "adopted.yaml").unlink()
    for path in everything(agency.root / "archive"):
        path.unlink()
    assert adopt(agency.root, "QT-01", "--effective-from", "2024-02-01").status == 0


def rename(agency: World, *more: str) -> Any:
    return run_docctl("rename-unit", *NAMED, *more, cwd=agency.root)


def text(agency: World, path: str) -> str:
    return (agency.root / path).read_bytes().decode()


def tree(source: str) -> Any:
    found = read(source.encode(), "x.yaml").tree
    assert found is not None
    return found.value


def minus_plus(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    old, new = before.splitlines(), after.splitlines()
    return [each for each in old if each not in new], [each for each in new if each not in old]


# -- one edit a place -------------------------------------------------------------------------------


def test_the_organisation(agency: World) -> None:
    assert rename(agency, *ORDERED).status == 0
    gone, come = minus_plus(ORGANISATION, text(agency, "organisation.yaml"))
    assert gone == [
        "  - { id: to-1, name: Tổ Một, parent: tu-phap }",
        "  - { id: can-bo, title: Công chức, unit: 'tu-phap' }   # giữ dấu nháy",
    ]
    assert come == [
        '    to: "2025-06-30"',
        "    successor: kt-xh",
        "  - { id: to-1, name: Tổ Một, parent: kt-xh }",
        "  - { id: can-bo, title: Công chức, unit: 'kt-xh' }   # giữ dấu nháy",
    ]


def test_a_procedure_in_force_becomes_the_draft_of_the_next_issue(agency: World) -> None:
    answer = rename(agency, *ORDERED, "--summary", "Sắp xếp: phòng mới")
    assert "procedures/QT-01.yaml  2.1 -> 3.0" in answer.out
    gone, come = minus_plus(PROCEDURE, text(agency, "procedures/QT-01.yaml"))
    assert come == [
        "issue: 3",
        "revision: 0   # lần sửa đổi",
        "  reason: reorganisation    # vì sao",
        '  summary: "Sắp xếp: phòng mới"',
        "    - authority",
        "    - received_at",
        "    - coordinates",
        '    - { text: "1/NQ-HĐND" }',
        'authority: "kt-xh"',
        "received_at: kt-xh",
        "  - kt-xh",
    ]
    assert "    - { text: 61/2018/NĐ-CP, printed: Phòng Tư pháp }" in gone
    assert tree(text(agency, "procedures/QT-01.yaml"))["change"] == {
        "reason": "reorganisation",
        "summary": "Sắp xếp: phòng mới",
        "affected": ["authority", "received_at", "coordinates"],
        "legal_basis": [{"text": "1/NQ-HĐND"}],
    }
    standing = docctl.open(agency.root).standing("QT-01", date(2026, 1, 1))
    assert [(each.number, each.stage.value) for each in standing.revisions] == [("2.1", "effective"), ("3.0", "draft")]


def test_a_draft_keeps_its_number(agency: World) -> None:
    answer = rename(agency, *ORDERED)
    assert text(agency, "procedures/QT-02.yaml") == OTHER.replace("[tu-phap, kt-xh]", "[kt-xh]")
    assert "keep their numbers and their change; add this to it: QT-02 1.0" in answer.err


def test_words_are_replaced_in_every_style_and_history_is_not(agency: World) -> None:
    answer = rename(agency, *ORDERED, "--text", "=".join(WORDS))
    assert answer.status == 0
    after = text(agency, "procedures/QT-01.yaml")
    found = tree(after)
    assert found["title"] == "Một quy trình của Phòng Kinh tế, Xã hội"
    assert found["purpose"] == "Nộp tại Phòng Kinh tế, Xã hội hoặc 'Phòng Kinh tế, Xã hội'."
    assert found["scope"] == "PHÒNG KINH TẾ, XÃ HỘI\ntiếp nhận.\n"
    assert [each["title"] for each in found["steps"]] == [
        'Nhận "hồ sơ" ở Phòng Kinh tế, Xã hội', "Ký 'thay' Phòng Kinh tế, Xã hội", "Trả tại Phòng Kinh tế, Xã hội",
    ]  # fmt: skip
    assert "title: 'Ký ''thay'' Phòng Kinh tế, Xã hội'" in after
    assert 'title: "Nhận \\"hồ sơ\\" ở Phòng Kinh tế, Xã hội"' in after
    assert 'title: "Trả tại Phòng Kinh tế, Xã hội"' in after  # in braces a comma needs quotes
    assert "title: Một quy trình của Phòng Kinh tế, Xã hội\n" in after  # elsewhere it does not
    assert 'printed: "Phòng Tư pháp, Điều 5"' in after
    assert found["change"]["affected"] == [
        "title", "authority", "received_at", "coordinates", "purpose", "scope", "b-1", "b-2", "b-3",
    ]  # fmt: skip
    line = 1 + PROCEDURE.splitlines().index("  Nộp tại Phòng")
    assert f"\n  {line}:11  purpose " in answer.out
    assert "organisation.yaml has the words too" not in answer.err  # only as the name of the old unit


def test_words_elsewhere_are_said(agency: World) -> None:
    agency.write({"organisation.yaml": ORGANISATION.replace("title: Công chức,", "title: Công chức Phòng Tư pháp,")})
    answer = rename(agency, *ORDERED, "--text", "=".join(WORDS))
    assert "organisation.yaml has the words too and was left alone" in answer.err


def test_a_procedure_that_names_neither_is_left_alone(agency: World) -> None:
    other = OTHER.replace("QT-02", "QT-03").replace("[tu-phap, kt-xh]", "[kt-xh]")
    agency.write({"procedures/QT-03.yaml": other + "# Phòng Tư pháp, tu-phap\n"})
    assert "QT-03" not in rename(agency, *ORDERED, "--text", "=".join(WORDS)).out


def test_line_ends_of_windows_stay(agency: World) -> None:
    for path in ("organisation.yaml", "procedures/QT-01.yaml"):
        target = agency.root / path
        target.write_bytes(target.read_bytes().replace(b"\n", b"\r\n"))
    assert rename(agency, *ORDERED, "--text", "=".join(WORDS)).status == 0
    for path in ("organisation.yaml", "procedures/QT-01.yaml"):
        data = (agency.root / path).read_bytes()
        assert data.count(b"\r\n") == data.count(b"\n")
        assert b"kt-xh" in data


def test_what_is_never_edited(agency: World) -> None:
    kept = {path: path.read_bytes() for name in ("archive", "adopted.yaml") for path in everything(agency.root / name)}
    assert rename(agency, *ORDERED, "--text", "=".join(WORDS)).status == 0
    assert kept
    assert kept == {path: path.read_bytes() for path in kept}
    changed = agency.git("status", "--porcelain", cwd=agency.root).splitlines()
    assert sorted(each.split()[-1] for each in changed) == [
        "organisation.yaml", "procedures/QT-01.yaml", "procedures/QT-02.yaml",
    ]  # fmt: skip


def everything(path: Path) -> list[Path]:
    return [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]


def test_check_finds_nothing_ended_afterwards(agency: World) -> None:
    def ended() -> set[str]:
        answer = run_docctl("check", "--format", "json", "--as-of", "2025-07-01", cwd=agency.root)
        return answer.codes & {"DC201", "DC202", "DC203", "DC204", "DC205", "DC225", "DC304"}

    assert rename(agency, *ORDERED, "--text", "=".join(WORDS)).status == 0
    assert ended() == set()
    agency.git("checkout", "procedures", cwd=agency.root)
    assert ended() == {"DC202"}


def test_twice_is_nothing(agency: World) -> None:
    command = (*ORDERED, "--text", "Phòng Tư pháp=Phòng Tư pháp và Hộ tịch")
    assert rename(agency, *command).status == 0
    agency.commit()
    answer = rename(agency, *command)
    assert "nothing to do" in answer.err
    assert agency.git("status", "--porcelain") == ""


def test_two_units_into_one_are_one_reissue(agency: World) -> None:
    organisation = ORGANISATION.replace("roles:", "  - { id: lao-dong, name: Phòng Lao động, parent: ubnd }\nroles:")
    agency.write(
        {
            "organisation.yaml": organisation,
            "procedures/QT-01.yaml": PROCEDURE.replace("received_at: tu-phap", "received_at: lao-dong"),
        }
    )
    adopt_anew(agency)
    for unit, decision in (("tu-phap", "1/NQ-HĐND"), ("lao-dong", "2/NQ-HĐND")):
        answer = run_docctl(
            "rename-unit", unit, "kt-xh", "--from", "2025-07-01", "--decision", decision, cwd=agency.root
        )
        assert answer.status == 0, answer.err
    found = tree(text(agency, "procedures/QT-01.yaml"))
    assert (found["issue"], found["revision"]) == (3, 0)
    assert found["change"]["affected"] == ["authority", "coordinates", "received_at"]
    assert found["change"]["legal_basis"] == [{"text": "1/NQ-HĐND"}, {"text": "2/NQ-HĐND"}]
    assert found["change"]["summary"].count("Sắp xếp tổ chức") == 2
    assert found["change"]["summary"].endswith("Phòng Lao động được thay bằng Phòng Kinh tế, Xã hội từ ngày 01/7/2025")


def test_numbers_may_be_left_to_a_person(agency: World) -> None:
    assert rename(agency, "--keep-numbers").status == 0
    assert minus_plus(PROCEDURE, text(agency, "procedures/QT-01.yaml"))[1] == [
        'authority: "kt-xh"', "received_at: kt-xh", "  - kt-xh",
    ]  # fmt: skip


def test_a_procedure_without_a_change_gets_one(agency: World) -> None:
    start, end = PROCEDURE.index("change:"), PROCEDURE.index("level:")
    agency.write({"procedures/QT-01.yaml": PROCEDURE[:start] + PROCEDURE[end:]})
    adopt_anew(agency)
    assert rename(agency, *ORDERED, "--summary", "Sắp xếp").status == 0
    assert (
        "revision: 0   # lần sửa đổi\nchange: { reason: reorganisation, summary: Sắp xếp, "
        'affected: [authority, received_at, coordinates], legal_basis: [{ text: "1/NQ-HĐND" }] }\nlevel:'
    ) in text(agency, "procedures/QT-01.yaml")


def test_a_new_unit_is_made(agency: World) -> None:
    command = ("rename-unit", "tu-phap", "moi", "--from", "2025-07-01", *ORDERED, "--lang", "en")
    answer = run_docctl(*command, cwd=agency.root)
    assert answer.status == 2
    assert "--name" in answer.err
    assert run_docctl(*command, "--name", "Phòng Mới: A", cwd=agency.root).status == 0
    lines = text(agency, "organisation.yaml").splitlines()
    assert '  - { id: moi, name: "Phòng Mới: A", parent: ubnd, from: "2025-07-01" }' in lines
    assert lines.index("roles:") - 1 == lines.index(
        '  - { id: moi, name: "Phòng Mới: A", parent: ubnd, from: "2025-07-01" }'
    )
    assert "nothing to do" in run_docctl(*command, "--name", "Phòng Mới: A", cwd=agency.root).err


def test_shown_and_not_written(agency: World) -> None:
    answer = rename(agency, *ORDERED, "--diff")
    assert (answer.status, agency.git("status", "--porcelain")) == (1, "")
    assert "+received_at: kt-xh" in answer.out
    assert "would be edited: 3 files, 7 places" in answer.err
    assert "edited: 3 files, 7 places" in rename(agency, *ORDERED).err
    assert rename(agency, *ORDERED, "--diff").status == 0


# -- competence is not a name --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "level"),
    [
        (["Ủy ban nhân dân huyện Ba Bể"], "district"),
        (["Ủy ban nhân dân xã A, huyện B, tỉnh C"], "commune"),
        (["UBND thị xã Thử"], "district"),
        (["Ủy ban nhân dân Thị trấn"], "commune"),
        (["Sở Tư pháp"], "province"),
        (["Bộ Tư pháp"], "ministry"),
        (["Bộ phận Tiếp nhận", "Uỷ ban nhân dân phường"], "commune"),
        (["Phòng Văn hóa - Xã hội"], None),
        (["Ủy ban nhân dân thành phố"], None),
        (["Cơ sở dữ liệu"], None),
    ],
)
def test_levels(names: list[str], level: str | None) -> None:
    units = [Unit(f"u-{place}", name, f"u-{place + 1}") for place, name in enumerate(names)]
    assert level_of(Organisation(tuple(units), ()), "u-0") == level


def test_another_level_is_said(agency: World) -> None:
    higher = ORGANISATION.replace('"Phòng Kinh tế, Xã hội", parent: ubnd', "Ủy ban nhân dân xã Thử")
    agency.write({"organisation.yaml": higher})
    err = rename(agency, *ORDERED, "--diff").err
    assert "from one level of government to another (district level, commune level)" in err
    assert "QT-01" in err
    agency.write({"organisation.yaml": higher.replace("huyện Thử", "Thử")})
    assert "both units stand is not known" in rename(agency, *ORDERED, "--diff").err
    agency.write({"organisation.yaml": ORGANISATION})
    assert "competence" not in rename(agency, *ORDERED, "--diff").err


# -- what makes no sense -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (("tu-phap", "tu-phap", *ORDERED), "are the same"),
        (("khong-co", "kt-xh", *ORDERED), 'there is no unit "khong-co"'),
        (("tu-phap", "to-2", *ORDERED), 'the unit "to-2" does not exist on 2025-07-01'),
        (("to-2", "kt-xh", *ORDERED), "has another last day already: 2020-01-01"),
        (("tu-phap", "kt-xh", *ORDERED, "--name", "Tên khác"), "is there already"),
        (("tu-phap", "kt-xh"), "by which text"),
        (("tu-phap", "kt-xh", *ORDERED, "--text", "một vế"), "is no pair of words"),
        (("tu-phap", "kt-xh", *ORDERED, "--text", "a="), "what is to be replaced"),
        (("tu-phap", "kt-xh", *ORDERED, "--text", "Ủy ban=Uỷ ban"), "are the same words"),
        (("tu-phap", "kt-xh", *ORDERED, "--text", "một quy=x", "--text", "quy trình=y"), "overlap"),
    ],
)
def test_refused_with_nothing_written(agency: World, command: tuple[str, ...], why: str) -> None:
    answer = run_docctl("rename-unit", *command, "--from", "2025-07-01", "--lang", "en", cwd=agency.root)
    assert (answer.status, agency.git("status", "--porcelain")) == (2, "")
    assert why in answer.err


def test_a_file_that_cannot_be_read_stops_everything(agency: World) -> None:
    agency.write({"procedures/QT-03.yaml": "id: ["})
    agency.commit()
    answer = rename(agency, *ORDERED)
    assert (answer.status, agency.git("status", "--porcelain")) == (3, "")
    assert "procedures/QT-03.yaml" in answer.err


@pytest.mark.parametrize("coordinates", ["[tu-phap, # vì sao\n  kt-xh]", "\n  - kt-xh\n  - tu-phap # vì sao"])
def test_no_comment_is_lost(coordinates: str) -> None:
    start, end = PROCEDURE.index("coordinates:"), PROCEDURE.index("purpose:")
    source = f"{PROCEDURE[:start]}coordinates: {coordinates}\n{PROCEDURE[end:]}"
    with pytest.raises(UsageError, match="comment"):
        edited("procedures/QT-01.yaml", source, WANTED, swapped(()), None)


@pytest.mark.parametrize(
    ("title", "new", "line"),
    [
        ("Phòng Tư pháp", "123", 'title: "123"'),
        ("Phòng Tư pháp", "null", 'title: "null"'),
        ("Phòng Tư pháp nhé", "- A", 'title: "- A nhé"'),
        ("ở Phòng Tư pháp nhé", "A - B", "title: ở A - B nhé"),
        ("ở Phòng Tư pháp", "A: B # C", 'title: "ở A: B # C"'),
        ("ở Phòng Tư pháp", 'A \\ "B"', 'title: ở A \\ "B"'),
        ("'ở Phòng Tư pháp'", "A's", "title: 'ở A''s'"),
        ('"ở Phòng Tư pháp"', 'A \\ "B"', 'title: "ở A \\\\ \\"B\\""'),
    ],
)
def test_quotes_come_only_where_the_words_need_them(title: str, new: str, line: str) -> None:
    source = PROCEDURE.replace("title: Một quy trình của Phòng Tư pháp", f"title: {title}")
    wanted = replace(WANTED, words=(("Phòng Tư pháp", new),))
    found = edited("procedures/QT-01.yaml", source, wanted, swapped(wanted.words), None)
    assert line in found.edit.after.decode().splitlines()


def test_what_does_not_read_as_wanted_is_never_given_out() -> None:
    editing = Editing("procedures/QT-01.yaml", PROCEDURE, "procedure")
    editing.set(("authority",), "kt-xh")
    editing.wanted["received_at"] = "kt-xh"
    with pytest.raises(UsageError, match="without harm"):
        editing.text()


def test_signed_revisions_are_reissued_and_withdrawn_ones_are_not(world: World) -> None:
    """With real signatures: 1.0 stays in force until 2.0 has been signed and issued by the same people."""
    for document in ("QT-01", "QT-02"):
        world.office.issue(document)
    world.office.sign("QT-02", "withdrawn", "an", "2025-05-01")
    signed = {
        path: path.read_bytes() for name in ("archive", "approvals", "policy") for path in everything(world.root / name)
    }
    command = ["rename-unit", "ubnd", "moi", "--name", "Ủy ban nhân dân phường Mới", "--from", "2025-07-01"]
    command += [*ORDERED, "--text", "Một quy trình=Quy trình", "--text", "Có biểu mẫu=Biểu mẫu", "--lang", "en"]
    answer = run_docctl(*command, cwd=world.root)
    assert (answer.status, "procedures/QT-01.yaml  1.0 -> 2.0" in answer.out) == (0, True), answer.err
    assert "withdrawn procedures were left alone: QT-02" in answer.err
    assert "QT-02" not in answer.out
    assert signed == {path: path.read_bytes() for path in signed}
    world.office.issue("QT-01", at="2025-07-02")
    standing = docctl.open(world.root).standing("QT-01", date(2025, 7, 3))
    assert [(each.number, each.stage.value) for each in standing.revisions] == [
        ("1.0", "superseded"), ("2.0", "effective"),
    ]  # fmt: skip
    report = docctl.open(world.root).verify(date(2025, 7, 3), world.office.pin)
    assert [each.code.id for each in report.findings if each.severity.word == "error"] == []


# -- all or none ----------------------------------------------------------------------------------------


def test_a_file_that_cannot_be_written_leaves_none_written(agency: World, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    write = files.write

    def failing(path: Path, data: bytes, *, replace: bool) -> None:
        if len(written) == 2:
            written.append("refused")
            raise OSError(28, "No space left on device", str(path))
        written.append(path.name)
        write(path, data, replace=replace)

    monkeypatch.setattr(files, "write", failing)
    answer = rename(agency, *ORDERED)
    assert (answer.status, agency.git("status", "--porcelain")) == (2, "")
    assert len(written) == 5  # two written, one refused, two taken back
    assert "No space left on device" in answer.err


def test_a_file_changed_meanwhile_leaves_none_written(agency: World) -> None:
    renaming = docctl.open(agency.root).rename_unit(WANTED, date(2026, 1, 1))
    (agency.root / "procedures/QT-02.yaml").write_text(OTHER + "# mới\n", encoding="utf-8")
    with pytest.raises(OSError, match="changed meanwhile"):
        files.replace_all_beneath(agency.root, [(each.path, each.before, each.after) for each in renaming.edits])
    assert agency.git("status", "--porcelain").split() == ["M", "procedures/QT-02.yaml"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no signal that kills")
@pytest.mark.parametrize("after", [0, 1, 2])
def test_killed_between_two_files_the_same_command_does_the_rest(agency: World, after: int) -> None:
    """Each file is the old one or the new one; asked again, the outcome is the one of a run that nobody killed."""
    paths = ("organisation.yaml", "procedures/QT-01.yaml", "procedures/QT-02.yaml")
    words = "Phòng Tư pháp=Phòng Tư pháp và Hộ tịch"
    old = [text(agency, path) for path in paths]
    assert rename(agency, *ORDERED, "--text", words).status == 0
    new = [text(agency, path) for path in paths]
    agency.git("checkout", ".", cwd=agency.root)
    code = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from docctl.cli.main import main\n"
        "count, replace = 0, Path.replace\n"
        "def dying(self, target):\n"
        "    global count\n"
        f"    if count == {after}: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    count += 1\n"
        "    return replace(self, target)\n"
        "Path.replace = dying\n"
        "main(sys.argv[1:])\n"
    )
    command = ["rename-unit", *NAMED, *ORDERED, "--text", words]
    done = subprocess.run([sys.executable, "-c", code, *command], cwd=agency.root, check=False, env=os.environ)
    assert done.returncode == -signal.SIGKILL
    now = [text(agency, path) for path in paths]
    assert all(each in pair for each, pair in zip(now, zip(old, new, strict=True), strict=True))
    assert sum(each != before for each, before in zip(now, old, strict=True)) == after
    assert rename(agency, *ORDERED, "--text", words).status == 0
    assert [text(agency, path) for path in paths] == new


# -- against a naive reading ----------------------------------------------------------------------------

UNITS = ["tu-phap", "kt-xh", "ubnd", "to-1"]
SENTENCE = st.lists(
    st.sampled_from(["Phòng", "Tư pháp", "Phòng Tư pháp", "phòng tư pháp", "nộp", "\n", "'", '"', ":", "# ", ",", "}"]),
    min_size=1, max_size=8,
).map(" ".join).filter(str.strip)  # fmt: skip


STYLES = st.sampled_from([None, "'", '"', "|", ">"])


class Styled(str):
    """A text that is written in a style; what cannot be written so, the emitter writes otherwise."""

    style: str | None = None


class Dumper(yaml.SafeDumper):
    """Writes numbers bare and texts as they want."""


Dumper.add_representer(Styled, lambda _, text: yaml.ScalarNode("tag:yaml.org,2002:str", str(text), style=text.style))


def styled(value: Any, draw: Callable[[Any], Any]) -> Any:
    """The value with a style drawn for each of its texts."""
    if isinstance(value, str):
        text = Styled(value)
        text.style = draw(STYLES)
        return text
    if isinstance(value, dict):
        return {key: styled(each, draw) for key, each in value.items()}
    return [styled(each, draw) for each in value] if isinstance(value, list) else value


def written(value: Any, draw: Callable[[Any], Any]) -> str:
    """The value as a file in one of many styles."""
    source: str = yaml.dump(
        styled(value, draw), Dumper=Dumper, sort_keys=False, allow_unicode=True, indent=draw(st.sampled_from([2, 4])),
        width=draw(st.sampled_from([20, 60, 1000])), default_flow_style=draw(st.sampled_from([None, True, False])),
    )  # fmt: skip
    return source.replace("\n", "\r\n") if draw(st.booleans()) else source


@st.composite
def procedures(draw: st.DrawFn) -> tuple[dict[str, Any], str]:
    """A procedure as data, and as a file."""
    data: dict[str, Any] = {
        "format": "docctl/procedure/v1", "id": "QT-01", "title": " ".join(draw(SENTENCE).split()), "issue": 1, "revision": 0,
        "owner": "can-bo", "legal_basis": [{"text": "1/2020/NĐ-CP", "printed": "Phòng Tư pháp"}],
    }  # fmt: skip
    if draw(st.booleans()):
        data["change"] = {"reason": "correction", "summary": draw(SENTENCE)}
        data["change"] |= {"affected": ["title", "b-1"]} if draw(st.booleans()) else {}
    for field in ("authority", "received_at"):
        if draw(st.booleans()):
            data[field] = draw(st.sampled_from(UNITS))
    if draw(st.booleans()):
        data["coordinates"] = draw(st.lists(st.sampled_from(UNITS), unique=True, max_size=4))
    for field in ("purpose", "scope"):
        if draw(st.booleans()):
            data[field] = draw(SENTENCE)
    data["steps"] = [
        {"id": "b-1", "title": " ".join(draw(SENTENCE).split()), "role": "can-bo", "time": {"value": 1, "unit": "hour"}, "next": []}
    ]  # fmt: skip
    return data, written(data, draw)


def naive(data: dict[str, Any], words: tuple[str, str]) -> dict[str, Any]:
    """What should come out, said without spans."""

    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, words[0].split())) + r"(?!\w)"

    def swap(value: str) -> str:
        return re.sub(pattern, lambda each: each[0] if re.search(r"\n\s*\n", each[0]) else words[1], value, flags=re.I)

    new = dict(data)
    for field in ("authority", "received_at"):
        if new.get(field) == "tu-phap":
            new[field] = "kt-xh"
    if "coordinates" in new:
        named = new["coordinates"]
        new["coordinates"] = (
            [each for each in named if each != "tu-phap"] if "kt-xh" in named
            else ["kt-xh" if each == "tu-phap" else each for each in named]
        )  # fmt: skip
    for field in ("title", "purpose", "scope"):
        if field in new:
            new[field] = swap(new[field])
    new["steps"] = [{**each, "title": swap(each["title"])} for each in new["steps"]]
    return new


@settings(max_examples=many(400))
@given(procedures(), st.sampled_from([(1, 0), None]), st.sampled_from([WORDS, ("Phòng Tư pháp", "Phòng: 'A' # \"B\"")]))
def test_exactly_what_a_naive_reading_says(
    made: tuple[dict[str, Any], str], used: tuple[int, int] | None, words: tuple[str, str]
) -> None:
    data, source = made
    reading = read(source.encode(), "x.yaml").tree
    assume(reading is not None and reading.value == data)  # some styles the strict reader does not take
    wanted = naive(data, words)
    assume(wanted != data)
    found = edited("procedures/QT-01.yaml", source, WANTED, swapped((words,)), used)
    after = tree(found.edit.after.decode())
    if used is not None:
        change = after["change"]
        assert (after["issue"], after["revision"], change["reason"]) == (2, 0, "reorganisation")
        assert (change["summary"], change["legal_basis"]) == ("Sắp xếp", [{"text": "1/NQ-HĐND"}])
        assert {*change["affected"]} == {
            each if each != "steps" else "b-1" for each in data if each != "change" and data[each] != wanted[each]
        }
        wanted |= {"issue": 2, "revision": 0, "change": after["change"]}
    assert after == wanted
    assert (found.edit.after.count(b"\r\n") > 0) == ("\r\n" in source)


@settings(max_examples=many(200))
@given(st.data())
def test_an_organisation_in_any_style(data: st.DataObject) -> None:
    units: list[dict[str, str]] = [{"id": "tu-phap", "name": "Phòng Tư pháp"}]
    units += [{"id": "u", "name": "U", "parent": "tu-phap"}] if data.draw(st.booleans()) else []
    units += [{"id": "kt-xh", "name": "Phòng: A"}] if data.draw(st.booleans()) else []
    units = data.draw(st.permutations(units))
    roles = [{"id": f"r-{place}", "title": "T", "unit": "tu-phap"} for place in range(data.draw(st.integers(0, 2)))]
    before = {"format": "docctl/organisation/v1", "units": units, "roles": roles}
    source = written(before, data.draw)
    reading = read(source.encode(), "x.yaml").tree
    assume(reading is not None and reading.value == before)
    made = not any(each["id"] == "kt-xh" for each in units)
    after = tree(reorganised(source, UnitRename("tu-phap", "kt-xh", FIRST, name="Phòng: A" if made else None)).text)
    wanted = [
        {**each, "to": "2025-06-30", "successor": "kt-xh"} if each["id"] == "tu-phap"
        else {**each, "parent": "kt-xh"} if each.get("parent") == "tu-phap" else each
        for each in units
    ]  # fmt: skip
    wanted += [{"id": "kt-xh", "name": "Phòng: A", "from": "2025-07-01"}] if made else []
    assert after == {**before, "units": wanted, "roles": [{**each, "unit": "kt-xh"} for each in roles]}


def test_nothing_is_written_by_asking(agency: World) -> None:
    """The edits are values; who asked decides."""
    repository = docctl.open(agency.root)
    renaming = repository.rename_unit(WANTED, date(2026, 1, 1))
    assert [each.path for each in renaming.edits] == [
        "organisation.yaml", "procedures/QT-01.yaml", "procedures/QT-02.yaml",
    ]  # fmt: skip
    assert renaming.places == sum(len(each.places) for each in renaming.edits) == 14
    assert agency.git("status", "--porcelain") == ""
    with pytest.raises(DocctlError):
        repository.rename_unit(UnitRename("tu-phap", "kt-xh", FIRST), date(2026, 1, 1))
