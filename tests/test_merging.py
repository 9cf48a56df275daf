"""Two branches that have drafted, issued or named the same thing are told before they meet."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from gitworld import AGENCY, World, procedure, run_docctl

Edit = Callable[[World], None]

BASE = procedure("QT-01")
LEGAL = """\
format: docctl/legal-text/v1
number: 12/2025/NĐ-CP
kind: decree
title: {}
issuer: [Chính phủ]
issued: "2025-01-02"
in_force:
  - {{ from: "2025-03-01" }}
"""


def drafted(number: str = "1.1", what: str = "Tên mới", step: str = "Nhận") -> str:
    """A new draft of QT-01."""
    issue, revision = number.split(".")
    text = procedure("QT-01", title=what).replace("issue: 1", f"issue: {issue}", 1)
    text = text.replace("title: Nhận", f"title: {step}").replace("revision: 0", f"revision: {revision}", 1)
    return text.replace("first-issue, summary: Ban hành lần đầu", f"improvement, summary: {what}")


def covering(identifier: str, code: str) -> str:
    fields = (
        f'level: commune\nfield: Hộ tịch\ncovers: ["{code}"]\nauthority: ubnd\napplicants: [Cá nhân]\n'
        "dossier: { sets: 1, items: [{ id: hs-1, name: Tờ khai, originals: 1 }] }\n"
        "processing_time: { value: 1, unit: working_day }\nchannels: [{ id: kenh-1, kind: in_person }]"
    )
    return procedure(identifier).replace("level: commune", fields)


def write(**files: str) -> Edit:
    """An edit that writes files, named without folders and endings."""
    places = {"forms": "forms.yaml", "organisation": "organisation.yaml"}
    return lambda world: world.write(
        {
            places.get(
                name,
                f"{'legal' if name[0].isdigit() or name.startswith('text') else 'procedures'}/{name.replace('_', '-')}.yaml",
            ): text
            for name, text in files.items()
        }
    )


def meet(world: World, here: Edit, there: Edit) -> list[dict[str, object]]:
    """What is said here about a branch ``other`` that has gone its own way."""
    world.git("switch", "-q", "-c", "other")
    there(world)
    world.commit()
    world.git("switch", "-q", "main")
    here(world)
    world.commit()
    answer = world.check("--against", "other")
    found: list[dict[str, object]] = answer.report["findings"]
    staged = world.check("--against", "other", "--staged").report["findings"]
    assert staged == found
    return [each for each in found if each["code"] in ("DC312", "DC313")]


def said(found: list[dict[str, object]]) -> list[tuple[object, object]]:
    return [(each["code"], each["message"]) for each in found]


FORMS = "format: docctl/forms/v1\nforms:\n  - {{ id: BM-07, title: {}, law: {{ text: 61/2018/NĐ-CP }} }}\n"
ORGANISATION = AGENCY["organisation.yaml"]
assert isinstance(ORGANISATION, str)

APART: dict[str, tuple[Edit, Edit, list[tuple[str, str]]]] = {
    "the same number": (
        write(QT_01=drafted(what="Một")), write(QT_01=drafted(what="Hai")),
        [("DC312", "QT-01 1.1 was drafted here and on other, with different texts; both changed: title")],
    ),
    "other elements of the same number": (
        write(QT_01=drafted(what="Một quy trình", step="Nhận hồ sơ")), write(QT_01=drafted(what="Hai")),
        [("DC312", "QT-01 1.1 was drafted here and on other, with different texts")],
    ),
    "other numbers": (
        write(QT_01=drafted("1.1", what="Một")), write(QT_01=drafted("2.0", what="Hai")),
        [("DC312", "QT-01: 1.1 was drafted here, and 2.0 on other, from the same text; both changed: title")],
    ),
    "a draft that was there": (
        write(QT_01=procedure("QT-01", title="Một")), write(QT_01=procedure("QT-01", title="Hai")),
        [("DC312", "the text of QT-01 1.0 was changed here and on other, differently; both changed: title")],
    ),
    "the same text": (write(QT_01=drafted()), write(QT_01=drafted() + "# ghi chú\n"), []),
    "one side only": (write(QT_01=drafted()), write(QT_02=procedure("QT-02", title="Khác")), []),
    "the same new id": (
        write(QT_07=procedure("QT-07", title="Một")), write(QT_07=procedure("QT-07", title="Hai")),
        [("DC313", "procedures/QT-07.yaml was made here, and procedures/QT-07.yaml on other: two documents of one name")],
    ),
    "the same new document": (write(QT_07=procedure("QT-07")), write(QT_07=procedure("QT-07")), []),
    "the same new document, commented": (write(QT_07=procedure("QT-07")), write(QT_07=procedure("QT-07") + "# ghi chú\n"), []),
    "the same new text of the law": (
        write(text_12=LEGAL.format("Một")), write(text_12="# ghi chú\n" + LEGAL.format("Một")), [],
    ),
    "other new ids": (write(QT_07=procedure("QT-07")), write(QT_08=procedure("QT-08")), []),
    "the same code": (
        write(QT_07=covering("QT-07", "1.004227")), write(QT_08=covering("QT-08", "1.004227")),
        [("DC313", "1.004227 is covered here, and on other by procedures/QT-08.yaml")],
    ),
    "a form": (
        write(forms=FORMS.format("Tờ khai")), write(forms=FORMS.format("Phiếu")),
        [("DC313", '"BM-07" was added to forms.yaml here and on other, differently')],
    ),
    "the same form": (write(forms=FORMS.format("Tờ khai")), write(forms=FORMS.format("Tờ khai")), []),
    "a role": (
        write(organisation=ORGANISATION + "  - { id: moi, title: Một, unit: ubnd }\n"),
        write(organisation=ORGANISATION + "  - { id: moi, title: Hai, unit: ubnd }\n"),
        [("DC313", '"moi" was added to organisation.yaml here and on other, differently')],
    ),
    "a text of the law": (
        write(text_12=LEGAL.format("Một")), write(text_12=LEGAL.format("Hai")),
        [("DC313", "legal/text-12.yaml was made here, and legal/text-12.yaml on other: two documents of one name")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", APART)
def test_what_both_have_made(world: World, case: str) -> None:
    here, there, expected = APART[case]
    assert said(meet(world, here, there)) == expected


def test_the_next_number_is_named(world: World) -> None:
    (found,) = meet(world, write(QT_01=drafted("1.1", what="Một")), write(QT_01=drafted("2.0", what="Hai")))
    assert found["fix"] == "bring one in first; then give the other the next number, 2.1"
    assert (found["path"], found["line"]) == ("procedures/QT-01.yaml", 5)


def test_capital_letters_are_no_other_name(world: World) -> None:
    found = meet(world, write(QT_0a=procedure("QT-0A")), write(QT_0A=procedure("QT-0A")))
    assert [each["code"] for each in found] == ["DC313"]


def test_issued_on_both(world: World) -> None:
    def issue(title: str) -> Edit:
        def make(world: World) -> None:
            world.write({"procedures/QT-01.yaml": procedure("QT-01", title=title)})
            world.office.issue("QT-01", "2026-10-01")

        return make

    found = meet(world, issue("Một"), issue("Hai"))
    assert "QT-01 1.0 was issued here and on other, with different texts" in [each["message"] for each in found]


def test_not_yet_committed(world: World) -> None:
    """The work tree meets another branch as it is."""
    world.git("switch", "-q", "-c", "other")
    world.write({"procedures/QT-01.yaml": drafted(what="Hai")})
    world.commit()
    world.git("switch", "-q", "main")
    assert world.check("--against", "other").codes == world.check().codes
    world.write({"procedures/QT-01.yaml": drafted(what="Một")})
    assert "DC312" in world.check("--against", "other").codes


def test_nothing_in_common(world: World, tmp_path: Path) -> None:
    world.git("switch", "-q", "--orphan", "alone")
    world.write({"docctl.toml": AGENCY["docctl.toml"]})
    world.commit()
    world.git("switch", "-q", "main")
    answer = world.check("--against", "alone")
    assert (answer.status, "no commit in common" in answer.err) == (3, True)
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{world.top}", str(tmp_path / "shallow")], check=True)
    answer = run_docctl("check", "--against", "origin/other", cwd=tmp_path / "shallow")
    assert answer.status == 3


@pytest.mark.parametrize("arguments", [["--against", "nowhere"], ["--against", "main", "procedures/QT-01.yaml"]])
def test_questions_that_make_no_sense(world: World, arguments: list[str]) -> None:
    assert world.check(*arguments).status in (2, 3)


def test_outside_of_git(tmp_path: Path) -> None:
    for path, content in AGENCY.items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    assert run_docctl("check", "--against", "main", cwd=tmp_path).status == 2
