"""Attacks on approvals: every row of the threat table of the design (trust.md, section 8), and the holes between them.

Not here, because they come with later parts: rows about Word files (DOCX/XLSX), XXE, Markdown (XSS) and CSV formulas,
and the timestamps (TSA) of the row on backdating.
Rows about hostile Git and strict YAML have their own files of tests; here each is asked once more of ``verify``.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from conftest import clean_environment
from generated import many
from gitworld import DAY, FORM, Answer, World, procedure, procedure_with_form, run_docctl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from office import ACK, POLICY, RECORD, VIETNAM, Key, Office, Tree, as_bytes, person, rule, sha256
from test_outdated import LEGAL, PROCEDURE

import docctl
from docctl.approval.checkpoints import Held
from docctl.approval.checkpoints import payload as checkpoint_payload
from docctl.approval.payload import file_name, payload, with_statement
from docctl.message import msg
from docctl.model.form import used_content
from docctl.model.record import Dealt, Record
from docctl.store.files import WorkTree
from docctl.store.snapshot import Content, Unreadable
from docctl.text.canonical import canonical, digest

ROOT = Path(__file__).parent.parent
MERGED = "2025-03-10"
"""The day on which changes are merged, soon after what is signed in them."""

QT = "procedures/QT-01.yaml"


def verify(world: World, *more: str, as_of: str | None = DAY, pin: str | None = None) -> Answer:
    days = () if as_of is None else ("--as-of", as_of)
    pinned = ("--policy-pin", pin or world.office.pin)
    return run_docctl("verify", *pinned, "--format", "json", "--lang", "en", *days, *more, cwd=world.root)


def change(world: World, base: str, *, as_of: str | None = MERGED, pin: str | None = None) -> Answer:
    """Commits what lies in the work tree and asks whether it may be merged."""
    head = world.commit()
    return verify(world, "--change", f"{base}..{head}", as_of=as_of, pin=pin)


def standing(world: World, document: str = "QT-01", as_of: str = DAY) -> Tree:
    answer = run_docctl("status", "--format", "json", "--as-of", as_of, cwd=world.root)
    return next(each for each in json.loads(answer.out)["documents"] if each["document"] == document)


def state(world: World, number: str = "1.0", document: str = "QT-01", as_of: str = DAY) -> str:
    return next(each["state"] for each in standing(world, document, as_of)["revisions"] if each["number"] == number)


def errors(answer: Answer) -> set[str]:
    return {each["code"] for each in answer.report["findings"] if each["severity"] == "error"}


def refused(answer: Answer, *codes: str) -> None:
    """It fails with these errors; there may be others, which follow from the same fault."""
    assert answer.status == 1, answer.out or answer.err
    assert {*codes} <= errors(answer), answer.out


def passed(answer: Answer) -> None:
    assert (answer.status, answer.report["findings"]) == (0, []), answer.out or answer.err


def record_of(world: World, meaning: str, document: str = "QT-01", number: str = "1.0") -> Path:
    (found,) = (world.root / f"approvals/{document}/{number}").glob(f"{meaning}--*.json")
    return found


def put(office: Office, record: Record, by: str | None = None, data: bytes | None = None, space: str = RECORD) -> str:
    """Writes a record just as it is given, with a signature."""
    raw = payload(record) if data is None else data
    path = file_name(record, raw)
    office.put(path, raw)
    office.put(path + ".sig", office.key(by or record.signer.id).sign(raw, space))
    return path


def hole(reason: str) -> pytest.MarkDecorator:
    """What the code does not do as the design says, yet."""
    return pytest.mark.xfail(strict=True, reason=reason)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> World:
    """An agency to be copied; in its branch ``issued`` QT-01 1.0 was issued."""
    home = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patch:
        clean_environment(home, patch)
        world = World.make(home / "agency")
        shutil.rmtree(world.top / ".git/hooks", ignore_errors=True)
        world.git("checkout", "-q", "-b", "issued")
        world.office.issue("QT-01")
        world.commit()
        world.git("checkout", "-q", "main")
        shutil.copytree(world.top, home / "issued")
        World(home / "issued", home / "issued").git("checkout", "-q", "-B", "main", "issued")
    return world


@pytest.fixture
def world(template: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """The agency of conftest.py, copied: making it anew for every test takes a minute."""
    clean_environment(tmp_path, monkeypatch)
    top = tmp_path / "agency"
    shutil.copytree(template.top, top, symlinks=True)
    return World(top, top)


@pytest.fixture
def office(world: World) -> Office:
    return world.office


@pytest.fixture
def agency(template: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """QT-01 1.0 was issued; everything is committed."""
    clean_environment(tmp_path, monkeypatch)
    top = tmp_path / "agency"
    shutil.copytree(template.top.parent / "issued", top, symlinks=True)
    return World(top, top)


@pytest.fixture
def base(agency: World) -> str:
    """The commit that is branched from."""
    return agency.git("rev-parse", "HEAD")


def test_nothing_is_refused_without_an_attack(agency: World, base: str) -> None:
    """Proof of all tests below: the same agency, not attacked, passes in both modes."""
    passed(verify(agency))
    assert (standing(agency)["effective"], state(agency)) == ("1.0", "effective")
    agency.office.revise("QT-01", "1.1")
    previous = (1, 0, json.loads(record_of(agency, "issued").read_bytes())["digest"])
    agency.office.issue("QT-01", "2025-03-09", previous=previous)
    passed(change(agency, base))
    assert standing(agency)["effective"] == "1.1"


# -- forged approver --------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["binh", "somebody else", "an"])
def test_forged_approver(world: World, office: Office, key: str) -> None:
    office.sign("QT-01", "prepared", "cuong")
    office.sign("QT-01", "reviewed", "binh")
    office.sign("QT-01", "approved", "an", by=key)
    if key == "an":
        passed(verify(world))
    else:
        refused(verify(world), "DC413")
    assert state(world) == ("approved" if key == "an" else "in_review")


def test_embedded_key_is_that_of_another(world: World, office: Office) -> None:
    """Signed by binh, with an's public key put into the signature."""
    path = office.sign("QT-01", "approved", "an", by="binh")
    lines = office.read(path + ".sig").decode().splitlines()[1:-1]
    blob = base64.b64decode("".join(lines)).replace(office.key("binh").blob, office.key("an").blob)
    text = base64.b64encode(blob).decode()
    wrapped = [text[start : start + 70] for start in range(0, len(text), 70)]
    armor = "\n".join(["-----BEGIN SSH SIGNATURE-----", *wrapped, "-----END SSH SIGNATURE-----", ""])
    office.put(path + ".sig", armor.encode())
    refused(verify(world), "DC411")


def rename(path: Path, name: str) -> None:
    (path.parent / name).parent.mkdir(exist_ok=True)
    path.with_name(path.name + ".sig").rename(path.parent / f"{name}.sig")
    path.rename(path.parent / name)


@pytest.mark.parametrize("name", ["x.json", "approved--binh--0000000000000000.json", "A-b_c.json"])
def test_renamed_file_has_the_same_verdict(agency: World, name: str) -> None:
    rename(record_of(agency, "approved"), name)
    passed(verify(agency))
    assert state(agency) == "effective"


@pytest.mark.parametrize(
    "name", ["approved--an 2.json", "approved--án.json", "approved.JSON", "approved", ".a/.b.json"]
)
def test_rejection_is_not_hidden_by_its_name(world: World, office: Office, name: str) -> None:
    """The name is only a hint: under none of them does a valid rejection pass unseen."""
    office.approve("QT-01")
    office.archive("QT-01")
    path = office.sign("QT-01", "reviewed", "dung", "2025-03-02", decision="reject", reason="Sai")
    office.sign("QT-01", "issued", "dung", "2025-03-03")
    refused(verify(world), "DC420")
    rename(world.root / path, name)
    assert verify(world).status == 1, state(world)


# -- keys and persons -------------------------------------------------------------------------------


def test_key_of_two_persons(world: World, office: Office) -> None:
    office.first_policy(people=[*office.people()[:2], person("cuong", "work", key=office.key("an"))])
    office.sign("QT-01", "approved", "an")
    assert {"DC406"} <= errors(verify(world))
    assert state(world) == "draft"


def two_keys(office: Office) -> Tree:
    both = person("an", "lead", key=office.key("an"))
    second = office.key("an-2")
    both["keys"].append({"fp": second.fingerprint, "blob": second.line, "from": "2018-01-01"})
    return both


def test_two_keys_of_one_person(world: World, office: Office) -> None:
    lead = rule()
    lead["require"][2]["n"] = 2
    office.first_policy(people=[two_keys(office), *office.people()[1:]], rules=[lead])
    office.sign("QT-01", "prepared", "cuong")
    office.sign("QT-01", "reviewed", "binh")
    for key, second in (("an", "09:00:00"), ("an-2", "09:00:01")):
        office.sign("QT-01", "approved", "an", f"2025-03-01T{second}+07:00", by=key)
    passed(verify(world))
    assert state(world) == "in_review"
    (waits,) = [each["waits_for"] for each in standing(world)["revisions"]]
    assert [(each["meaning"], each["count"]) for each in waits] == [("approved", 1)]
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung")
    refused(verify(world), "DC420")


def test_two_keys_of_one_person_are_one_of_the_root_group(world: World, office: Office) -> None:
    tree = office.first_policy(people=[two_keys(office), *office.people()[1:]])
    office.write_policy({**tree, "root": {"principals": ["an", "binh"], "threshold": 2}}, "an", "an-2")
    refused(verify(world), "DC402")


# -- replay ------------------------------------------------------------------------------------------


def copied(world: World, source: str, target: str) -> None:
    (world.root / target).mkdir(parents=True)
    for each in (world.root / source).iterdir():
        (world.root / target / each.name).write_bytes(each.read_bytes())


@pytest.mark.parametrize("target", ["QT-02/1.0", "QT-01/1.1", "QT-01/2.0", "QT-99/1.0"])
def test_replay_on_other_document_or_revision(agency: World, target: str) -> None:
    if target.startswith("QT-01"):
        agency.office.revise("QT-01", target[-3:])
    copied(agency, "approvals/QT-01/1.0", f"approvals/{target}")
    refused(verify(agency), "DC417")
    document, number = target.split("/")
    if document != "QT-99":
        assert state(agency, number, document) == "draft"
    assert standing(agency)["effective"] == "1.0"


def test_replay_with_ids_changed(agency: World) -> None:
    copied(agency, "approvals/QT-01/1.0", "approvals/QT-02/1.0")
    for each in (agency.root / "approvals/QT-02/1.0").glob("*.json"):
        each.write_bytes(each.read_bytes().replace(b"QT-01", b"QT-02"))
    refused(verify(agency), "DC411")
    assert state(agency, document="QT-02") == "draft"


def test_replay_in_another_repository(agency: World, tmp_path: Path) -> None:
    fork = World.make(tmp_path / "fork")
    fork.write({"docctl.toml": (fork.root / "docctl.toml").read_text().replace("phuong-thu", "phuong-khac")})
    fork.office.first_policy()
    for folder in ("approvals/QT-01/1.0", "archive/QT-01"):
        copied(fork, str(agency.root / folder), folder)
    refused(verify(fork), "DC417")
    assert state(fork) == "draft"
    refused(verify(fork, pin=agency.office.pin), "DC403", "DC414")


# -- edit after approval -----------------------------------------------------------------------------

EDITS = {
    "title": ("Một quy trình", "Một quy trình khác"),
    "one letter": ("Quy định trình tự", "Quy định trình tư"),
    "number": ("value: 1", "value: 2"),
    "unit": ("unit: hour", "unit: working_day"),
    "reason": ("Ban hành lần đầu", "Ban hành lần hai"),
    "list": ("legal_basis: []", "legal_basis: [{ text: 61/2018/NĐ-CP }]"),
}


@pytest.mark.parametrize("edit", [*EDITS])
def test_edit_after_approval(world: World, office: Office, edit: str) -> None:
    office.approve("QT-01")
    passed(verify(world))
    assert state(world) == "approved"
    office.edit("QT-01", *EDITS[edit])
    refused(verify(world), "DC412")
    assert "approved" not in {each["state"] for each in standing(world)["revisions"] if each["path"]}


@pytest.mark.parametrize("edit", [*EDITS])
def test_edit_after_issue(agency: World, edit: str) -> None:
    agency.office.edit("QT-01", *EDITS[edit])
    assert {"DC302"} <= errors(verify(agency))
    assert verify(agency).status == 1


@pytest.mark.parametrize("what", ["comment", "quotes", "order"])
def test_edit_of_nothing(world: World, office: Office, what: str) -> None:
    office.approve("QT-01")
    text = (world.root / QT).read_text()
    if what == "comment":
        text = "# a note\n" + text
    elif what == "quotes":
        text = text.replace("title: Một quy trình", 'title: "Một quy trình"')
    else:
        lines = text.splitlines(keepends=True)
        text = "".join([lines[0], lines[2], lines[1], *lines[3:]])
    assert text != (world.root / QT).read_text()
    world.write({QT: text})
    passed(verify(world))
    assert state(world) == "approved"


def test_archive_changed(agency: World, base: str) -> None:
    path = "archive/QT-01/1.0.yaml"
    agency.write({path: b"# a note\n" + agency.office.read(path)})  # the same content, other bytes
    refused(verify(agency), "DC306")
    refused(change(agency, base), "DC306", "DC423")


@pytest.mark.parametrize("code", ["DC302", "DC306", "DC309"])
def test_configuration_switches_no_integrity_off(agency: World, code: str) -> None:
    """docctl.toml is signed by nobody: whoever may edit it must not be able to silence what records prove."""
    attacks: dict[str, Callable[[], object]] = {
        "DC302": lambda: agency.office.edit("QT-01", *EDITS["title"]),
        "DC306": lambda: (agency.root / "archive/QT-01/1.0.yaml").write_bytes(b"title: x\n"),
        "DC309": (agency.root / QT).unlink,
    }
    attacks[code]()
    if code not in verify(agency).codes:
        pytest.fail("not what is to be attacked", pytrace=False)
    config = (agency.root / "docctl.toml").read_text()
    agency.write({"docctl.toml": config + f'\n[rules]\n{code} = "off"\n'})
    assert verify(agency).status != 0


def test_configuration_switches_no_integrity_off_in_two_changes(agency: World, base: str) -> None:
    """The first change switches DC309 off, the next one deletes a document that is in force."""
    config = (agency.root / "docctl.toml").read_text()
    agency.write({"docctl.toml": config + '\n[rules]\nDC309 = "off"\n'})
    first = change(agency, base)
    base = agency.git("rev-parse", "HEAD")
    (agency.root / QT).unlink()
    assert 1 in (first.status, change(agency, base).status)


# -- attachments ---------------------------------------------------------------------------------------


def flipped(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.fixture
def with_form(world: World) -> World:
    """QT-02 1.0, with a form of its own, was issued."""
    world.office.issue("QT-02")
    world.commit()
    passed(verify(world))
    return world


def test_attachment_swap(with_form: World) -> None:
    with_form.write({"forms/BM-01.docx": flipped(FORM)})
    refused(verify(with_form), "DC212")


def test_attachment_swap_with_its_sha256(with_form: World) -> None:
    with_form.write({"forms/BM-01.docx": flipped(FORM)})
    with_form.office.edit("QT-02", sha256(FORM), sha256(flipped(FORM)))
    refused(verify(with_form), "DC302")


def test_attachment_swap_in_the_archive(with_form: World) -> None:
    base = with_form.git("rev-parse", "HEAD")
    kept = f"archive/forms/{sha256(FORM)}.docx"
    with_form.write({kept: flipped(FORM)})
    assert "DC423" in errors(change(with_form, base))


def test_large_attachment_swap_in_the_archive(world: World, office: Office) -> None:
    large = b"PK" + bytes(2 << 20)
    world.write({"procedures/QT-02.yaml": procedure_with_form("QT-02", "forms/BM-01.docx", large)})
    world.write({"forms/BM-01.docx": large})
    office.issue("QT-02")
    base = world.commit()
    passed(verify(world))
    world.write({f"archive/forms/{sha256(large)}.docx": flipped(large)})
    assert "DC423" in errors(change(world, base))


SHARED = "format: docctl/forms/v1\nforms:\n  - {{ id: BM-01, title: Tờ khai, file: forms/BM-01.docx, sha256: {} }}\n"


@pytest.mark.parametrize("when", ["approved", "issued"])
def test_shared_attachment_swap(world: World, office: Office, when: str) -> None:
    """A form of forms.yaml that the procedure uses is changed after it was signed, the sha256 with it."""
    text = procedure_with_form("QT-02", "forms/BM-01.docx", FORM)
    world.write({"procedures/QT-02.yaml": text[: text.index("forms:\n  -")], "forms.yaml": SHARED.format(sha256(FORM))})
    used = docctl.open(world.root).shared_forms
    assert used is not None
    office.approve("QT-02")
    if when == "issued":
        office.archive("QT-02")
        forms = digest(used_content(used.content, docctl.open(world.root).procedure("QT-02").body.used_forms()))
        office.sign("QT-02", "issued", "dung", shared_forms=forms)
    before = state(world, document="QT-02")
    if (verify(world).report["findings"], before) != ([], "effective" if when == "issued" else when):
        pytest.fail("not what is to be attacked", pytrace=False)
    world.write({"forms/BM-01.docx": flipped(FORM), "forms.yaml": SHARED.format(sha256(flipped(FORM)))})
    assert verify(world).report["findings"] != [] or state(world, document="QT-02") != before


# -- schemas --------------------------------------------------------------------------------------------


def test_schema_swap(world: World, office: Office) -> None:
    record = office.record("QT-01", "prepared", "cuong")
    put(office, replace(record, schema=(record.schema[0], "0" * 64)))
    assert verify(world).codes == {"DC431"}


def test_schema_of_the_repository_is_not_read(agency: World) -> None:
    """The schema that counts is docctl's own, even where the tree brings one, with a regex that never ends."""
    hostile = {"type": "object", "properties": {"title": {"type": "string", "pattern": "^(x+)+$"}}}
    agency.write({"schemas/procedure.schema.json": json.dumps(hostile), "schemas/policy.schema.json": "{}"})
    agency.write({"procedures/QT-03.yaml": procedure("QT-03", title="x" * 28 + "!")})
    started = time.monotonic()
    passed(verify(agency))
    assert time.monotonic() - started < 5


# -- time --------------------------------------------------------------------------------------------------


def test_backdating_before_the_key(world: World, office: Office) -> None:
    people = office.people()
    people[0]["keys"][0]["from"] = "2025-03-01"
    office.first_policy(people=people, created_at="2025-03-01T08:00:00+07:00")
    office.sign("QT-01", "approved", "an", "2025-02-28T23:59:59+07:00")
    refused(verify(world), "DC413")
    office.sign("QT-01", "approved", "an", "2025-03-01T00:00:00+07:00")
    assert len(verify(world).findings) == 1


def test_backdating_before_the_role(world: World, office: Office) -> None:
    people = office.people()
    people[0]["roles"][0]["from"] = "2025-03-01"
    office.first_policy(people=people)
    office.sign("QT-01", "approved", "an", "2025-02-28")
    refused(verify(world), "DC414")


def test_backdating_issue_before_the_predecessor(agency: World) -> None:
    agency.office.revise("QT-01", "1.1")
    agency.office.issue("QT-01", "2025-02-20", effective_from=date(2025, 4, 1))
    refused(verify(agency), "DC305")


def test_backdating_approval_before_the_predecessor(agency: World) -> None:
    """Spec: signed_at is not before the previous revision's approval; only the issue is dated after it."""
    agency.office.revise("QT-01", "1.1")
    agency.office.approve("QT-01", "2025-02-20")
    agency.office.archive("QT-01")
    agency.office.sign("QT-01", "issued", "dung", "2025-03-05")
    assert verify(agency).status == 1, standing(agency)["effective"]


@pytest.mark.parametrize(("at", "status"), [("2025-02-08", 1), ("2025-02-09", 0), ("2025-04-10", 1)])
def test_backdating_in_a_change(world: World, at: str, status: int) -> None:
    base = world.git("rev-parse", "HEAD")
    world.office.sign("QT-01", "prepared", "cuong", at)
    answer = change(world, base)
    assert (answer.status, errors(answer)) == (status, {"DC418"} if status else set())


@pytest.mark.parametrize("place", ["approvals/QT-01/.draft/x.json", "approvals/.x", "approvals/note.txt"])
def test_backdating_through_a_file_that_says_nothing(world: World, place: str) -> None:
    """The bytes come in first where nobody reads them, and later as a record that was "there already"."""
    base = world.git("rev-parse", "HEAD")
    office = world.office
    record = office.record("QT-01", "prepared", "cuong", "2024-01-01")
    world.write({place: payload(record)})
    first = change(world, base)
    base = world.git("rev-parse", "HEAD")
    put(office, record)
    second = change(world, base)
    assert 1 in (first.status, second.status), (first.findings, second.findings)


@pytest.mark.parametrize(("ahead", "status"), [(timedelta(days=1), 1), (timedelta(minutes=6), 1), (timedelta(0), 0)])
def test_future_dating(world: World, ahead: timedelta, status: int) -> None:
    moment = (datetime.now(UTC) + ahead).astimezone(VIETNAM).replace(microsecond=0)
    world.office.sign("QT-01", "prepared", "cuong", moment.isoformat())
    answer = verify(world, as_of=None)
    assert (answer.status, errors(answer)) == (status, {"DC418"} if status else set())


def test_as_of_in_the_past_sees_no_later_record(agency: World) -> None:
    passed(verify(agency, as_of="2025-02-28"))
    assert state(agency, as_of="2025-02-28") == "draft"
    assert state(agency, as_of="2025-03-01") == "effective"


# -- keys that ended -----------------------------------------------------------------------------------------

ENDS: dict[str, tuple[Tree, str, bool]] = {
    "expired, before": ({"until": "2025-03-01"}, "2025-03-01", True),
    "expired, after": ({"until": "2025-03-01"}, "2025-03-02", False),
    "superseded, before": ({"revoked": {"at": "2025-03-02", "reason": "superseded"}}, "2025-03-01", True),
    "superseded, after": ({"revoked": {"at": "2025-03-02", "reason": "superseded"}}, "2025-03-02", False),
    "left, before": ({"revoked": {"at": "2025-03-02", "reason": "left"}}, "2025-03-01", True),
    "left, after": ({"revoked": {"at": "2025-03-02", "reason": "left"}}, "2025-03-02", False),
    "compromised, long before": ({"revoked": {"at": "2025-12-01", "reason": "compromised"}}, "2020-03-01", False),
}


@pytest.mark.parametrize(
    ("case", "kept"),
    [(case, kept) for case in ENDS for kept in (False, True) if not kept or ENDS[case][2] or "compromised" in case],
)
def test_key_ended(world: World, office: Office, case: str, kept: bool) -> None:
    fields, day, counts = ENDS[case]
    path = office.sign("QT-01", "reviewed", "binh", day)

    def end(tree: Tree) -> None:
        tree["principals"][1]["keys"][0] |= fields
        tree["kept"] = [sha256(office.read(path))] if kept else []

    office.next_policy(end)
    answer = verify(world)
    if counts or kept:
        passed(answer)
        assert len(standing(world)["revisions"][0]["records"]) == 1
    else:
        refused(answer, "DC413")
        assert state(world) == "draft"


def test_compromised_key_of_a_kept_record_signs_no_other(world: World, office: Office) -> None:
    kept = office.sign("QT-01", "reviewed", "binh")

    def end(tree: Tree) -> None:
        tree["principals"][1]["keys"][0]["revoked"] = {"at": "2025-12-01", "reason": "compromised"}
        tree["kept"] = [sha256(office.read(kept))]

    office.next_policy(end)
    passed(verify(world))
    forged = office.sign("QT-01", "reviewed", "binh", "2025-02-01", policy=(1, office.pin))
    answer = verify(world)
    assert answer.findings == [("DC413", forged)]


def test_kept_is_never_taken_back(world: World, office: Office) -> None:
    office.next_policy(lambda tree: tree.update(kept=["0" * 64]))
    office.next_policy(lambda tree: tree.update(kept=[]))
    refused(verify(world), "DC405")


@pytest.mark.parametrize("what", ["revocation", "until", "graver stays", "key"])
def test_ended_key_does_not_come_back(world: World, office: Office, what: str) -> None:
    key = {"revoked": {"at": "2025-06-01", "reason": "compromised"}} if what != "until" else {"until": "2025-06-01"}
    office.next_policy(lambda tree: tree["principals"][1]["keys"][0].update(key))
    passed(verify(world))

    def back(tree: Tree) -> None:
        keys = tree["principals"][1]["keys"]
        if what == "revocation":
            del keys[0]["revoked"]
        elif what == "until":
            del keys[0]["until"]
        elif what == "graver stays":
            keys[0]["revoked"]["reason"] = "superseded"
        else:
            del keys[0]

    office.next_policy(back)
    refused(verify(world), "DC405")


def test_root_key_compromised_signs_no_policy(world: World, office: Office) -> None:
    """Version 2 says that an's key was compromised; somebody who has it makes version 3, dated before that day."""
    second = person("binh", "review", key=office.key("binh"))
    office.first_policy(
        people=[person("an", "lead", key=office.key("an")), second, *office.people()[2:]],
        root={"principals": ["an", "binh"], "threshold": 1},
    )

    def compromised(tree: Tree) -> None:
        tree["principals"][0]["keys"][0]["revoked"] = {"at": "2026-02-01", "reason": "compromised"}

    office.next_policy(compromised, "binh", at="2026-01-05T08:00:00+07:00")
    passed(verify(world))
    office.next_policy(lambda tree: None, "an", at="2026-01-06T08:00:00+07:00")
    assert verify(world).status == 1


def test_root_of_one_person_changes_its_key(world: World, office: Office) -> None:
    """As in TUF: the new version is signed by the old key for the old version and by the new key for the new one."""

    def change_key(tree: Tree) -> None:
        new = office.key("an-new")
        keys = tree["principals"][0]["keys"]
        keys[0]["revoked"] = {"at": "2026-01-05", "reason": "superseded"}
        keys.append({"fp": new.fingerprint, "blob": new.line, "from": "2026-01-05"})

    office.next_policy(change_key, "an")
    refused(verify(world), "DC402")  # the old key alone is not enough for the new version
    raw = office.read("policy/0002.yaml")
    office.put("policy/0002.yaml.an-new.sig", office.key("an-new").sign(raw, POLICY))
    passed(verify(world))


def test_policy_is_not_from_the_future(world: World, office: Office) -> None:
    """A version dated 2090 would be the last one: none may be older than the one before."""
    base = world.git("rev-parse", "HEAD")
    office.next_policy(lambda tree: None, at="2090-01-01T08:00:00+07:00")
    assert change(world, base).status == 1


def test_retired_root_key_makes_no_policy_later(world: World, office: Office) -> None:
    """The key ended in 2025; in 2026 its holder writes a version that says it was written in 2025."""

    def retire(tree: Tree) -> None:
        tree["principals"][0]["keys"][0]["until"] = "2025-12-31"
        tree["root"] = {"principals": ["an", "binh"], "threshold": 1}

    office.next_policy(retire, "an", at="2025-12-01T08:00:00+07:00")
    base = world.commit()
    passed(verify(world))
    office.next_policy(lambda tree: None, "an", at="2025-12-31T08:00:00+07:00")
    assert change(world, base, as_of="2026-11-01").status == 1


# -- roles --------------------------------------------------------------------------------------------------


def test_role_ended_old_policy_claimed(world: World, office: Office) -> None:
    first = office.pin
    office.next_policy(lambda tree: tree["principals"][0]["roles"][0].update({"until": "2025-02-28"}))
    office.sign("QT-01", "approved", "an", "2025-03-01", policy=(1, first))
    refused(verify(world), "DC414")
    assert state(world) == "draft"


# -- rollback of the policy -----------------------------------------------------------------------------------


def demoted(office: Office) -> Tree:
    """Version 2: an leads no longer."""
    return office.next_policy(lambda tree: tree["principals"][0]["roles"][0].update({"until": "2025-02-28"}))


def test_policy_rollback_by_dropping_a_version(world: World, office: Office) -> None:
    demoted(office)
    office.sign("QT-01", "prepared", "cuong")  # saw version 2
    base = world.commit()
    passed(verify(world))
    for each in (world.root / "policy").glob("0002*"):
        each.unlink()
    refused(verify(world), "DC428")
    assert {"DC423", "DC428"} <= errors(change(world, base))


def test_policy_rollback_by_readding_the_first(world: World, office: Office) -> None:
    demoted(office)
    base = world.commit()
    first = office.read("policy/0001.yaml")
    world.write({"policy/0003.yaml": first, "policy/0003.yaml.an.sig": office.key("an").sign(first, POLICY)})
    refused(verify(world), "DC402", "DC405")
    refused(change(world, base), "DC402", "DC405")
    tree = json.loads(first)
    office.write_policy({**tree, "version": 3, "previous": sha256(office.read("policy/0002.yaml"))})
    assert "DC405" in errors(verify(world))
    office.sign("QT-01", "approved", "an", policy=(1, office.pin))
    assert "DC414" in errors(verify(world))


@pytest.mark.parametrize("attack", ["edit", "own first", "missing signature", "other signer", "crlf"])
def test_policy_is_not_the_pinned_one(world: World, office: Office, attack: str) -> None:
    pin, first = office.pin, office.read("policy/0001.yaml")
    signature = world.root / "policy/0001.yaml.an.sig"
    expected = {"DC403"}
    if attack == "edit":
        world.write({"policy/0001.yaml": first.replace(b'"threshold": 1', b'"threshold":  1')})
    elif attack == "own first":
        office.first_policy(people=[person("an", "lead", key=Key("mallory"))])
    elif attack == "crlf":
        world.write({"policy/0001.yaml": first.replace(b"\n", b"\r\n")})
    else:
        signature.unlink()
        expected = {"DC402"}
        if attack == "other signer":
            world.write({"policy/0001.yaml.an.sig": office.key("binh").sign(first, POLICY)})
    answer = verify(world, pin=pin)
    refused(answer, *expected)
    assert ("Windows" in answer.out) == (attack == "crlf")


def test_pin_is_needed(world: World) -> None:
    answer = run_docctl("verify", "--as-of", DAY, cwd=world.root)
    assert (answer.status, answer.out) == (3, "")


# -- policy edited in the change itself ---------------------------------------------------------------------------


def test_policy_edit_in_the_same_change(world: World, office: Office) -> None:
    """cuong gives himself the leader's role, signs the version himself, and approves."""
    base = world.git("rev-parse", "HEAD")
    lead = {"role": "lead", "from": "2018-01-01"}
    office.next_policy(
        lambda tree: tree["principals"][2]["roles"].append(lead), "cuong", at="2025-03-01T08:00:00+07:00"
    )
    office.sign("QT-01", "approved", "cuong", role="chu-tich")
    refused(verify(world), "DC402", "DC428")
    refused(change(world, base), "DC402", "DC424", "DC428")
    assert state(world) == "draft"


def test_policy_edit_that_the_root_signed_counts_only_after_the_merge(world: World, office: Office) -> None:
    base = world.git("rev-parse", "HEAD")
    lead = {"role": "lead", "from": "2025-03-01"}
    office.next_policy(lambda tree: tree["principals"][2]["roles"].append(lead), at="2025-03-01T08:00:00+07:00")
    passed(change(world, base))
    office.sign("QT-01", "approved", "cuong", role="chu-tich")
    refused(change(world, base), "DC424", "DC428")
    passed(verify(world))  # the tree alone holds
    claimed = office.record("QT-01", "approved", "cuong", role="chu-tich", policy=(1, office.pin))
    put(office, claimed)
    assert {"DC414", "DC424"} <= errors(change(world, base))


@pytest.mark.parametrize(
    "with_it", [QT, "docctl.toml", "forms/BM-01.docx", "adopted.yaml", "archive/x", "legal/x.yaml"]
)
def test_policy_changes_by_itself(world: World, office: Office, with_it: str) -> None:
    base = world.git("rev-parse", "HEAD")
    office.next_policy(lambda tree: None, at="2025-03-01T08:00:00+07:00")
    before = (world.root / with_it).read_bytes() if (world.root / with_it).exists() else b""
    world.write({with_it: before + b"\n# more\n"})
    assert "DC424" in errors(change(world, base))


def test_configuration_of_the_change_does_not_count(agency: World, base: str) -> None:
    (agency.root / "archive/QT-01/1.0.yaml").unlink()
    config = (agency.root / "docctl.toml").read_text()
    agency.write({"docctl.toml": config + '\n[rules]\nDC306 = "off"\n'})
    refused(change(agency, base), "DC306", "DC423")


# -- weaker rules -------------------------------------------------------------------------------------------------

WEAK: dict[str, Callable[[Tree], Any]] = {
    "n is 0": lambda tree: tree["rules"][0]["require"][2].update(n=0),
    "n is negative": lambda tree: tree["rules"][0]["require"][2].update(n=-1),
    "n is false": lambda tree: tree["rules"][0]["require"][2].update(n=False),
    "nothing required": lambda tree: tree["rules"][0].update(require=[]),
    "nobody in root": lambda tree: tree["root"].update(principals=[]),
    "threshold 0": lambda tree: tree["root"].update(threshold=0),
    "no rules": lambda tree: tree.update(rules=[]),
    "no roles": lambda tree: tree["rules"][0]["require"][2].update(roles=[]),
    "root unknown": lambda tree: tree["root"].update(principals=["nobody"]),
    "threshold too high": lambda tree: tree["root"].update(threshold=2),
    "unknown field": lambda tree: tree.update(trust_everybody=True),
}


@pytest.mark.parametrize("weakness", [*WEAK])
def test_rule_weakening_in_a_version(world: World, office: Office, weakness: str) -> None:
    tree = office.first_policy()
    WEAK[weakness](tree)
    office.write_policy(tree)
    office.approve("QT-01")
    answer = verify(world)
    assert answer.status == 1
    assert errors(answer) & {"DC402", "DC406"}
    assert state(world) == "draft"


@given(count=st.integers(max_value=0), threshold=st.integers(max_value=0))
@settings(max_examples=many(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rule_weakening_never_below_one(world: World, count: int, threshold: int) -> None:
    """Property: no policy with n < 1 or a threshold < 1 counts."""
    tree = world.office.first_policy()
    weak = json.loads(json.dumps(tree))
    weak["rules"][0]["require"][0]["n"] = count
    for each in (weak, {**tree, "root": {"principals": ["an"], "threshold": threshold}}):
        world.office.write_policy(each)
        assert verify(world).status == 1


LATER: dict[str, Callable[[Tree], Any]] = {
    "rule gone": lambda tree: tree.update(rules=[{**tree["rules"][0], "scope": "QT-9*"}]),
    "n lowered": lambda tree: tree["rules"][0]["require"][2].update(n=1),
    "role added": lambda tree: tree["rules"][0]["require"][2]["roles"].append("*"),
    "not_same_as gone": lambda tree: tree["rules"][0]["require"][2].pop("not_same_as"),
    "window longer": lambda tree: tree["rules"][0].pop("until"),
    "unsigned": lambda tree: tree["rules"][0].update(unsigned_until="2030-01-01"),
    "unsigned by another rule": lambda tree: tree["rules"].append(
        {**tree["rules"][0], "from": "2027-01-01", "until": "2028-01-01", "unsigned_until": "2028-01-01"}
    ),
    "older rule": lambda tree: tree["rules"][0].update({"from": "2017-01-01"}),
    "more days": lambda tree: tree["rules"][0].update(max_age_days=366),
    "role longer": lambda tree: tree["principals"][3]["roles"][0].pop("until"),
    "scope wider": lambda tree: tree["principals"][3]["roles"][0].pop("scope"),
    "person gone": lambda tree: tree["principals"].pop(),
    "name": lambda tree: tree["principals"][3].update(name="Người ký khác"),
    "delegation longer": lambda tree: tree["delegations"][0].update(until="2030-01-01"),
    "delegation wider": lambda tree: tree["delegations"][0].update(scope="*"),
    "delegation to another": lambda tree: tree["delegations"][0].update(to="cuong"),
    "repository": lambda tree: tree.update(repository="phuong-khac"),
    "offset": lambda tree: tree.update(utc_offset="+08:00"),
    "time": lambda tree: tree.update(created_at="2017-01-01T00:00:00+07:00"),
    "previous": lambda tree: tree.update(previous="0" * 64),
    "version": lambda tree: tree.update(version=3),
}


@pytest.mark.parametrize("weakness", [*LATER])
def test_rule_weakening_between_versions(world: World, office: Office, weakness: str) -> None:
    strict = rule(until="2026-12-31")
    strict["require"][2]["n"] = 2
    people = office.people()
    people[3]["roles"][0] |= {"until": "2026-12-31", "scope": "QT-*"}
    given_on = {"id": "d-1", "from": "an", "to": "binh", "role": "lead", "mode": "KT", "scope": "QT-01"}
    given_on |= {"from_date": "2025-01-01", "until": "2026-12-31", "basis": "Quyết định 1"}
    office.first_policy(people=people, rules=[strict], delegations=[given_on])
    office.next_policy(lambda tree: None)
    passed(verify(world))
    tree = json.loads(office.read("policy/0002.yaml"))
    LATER[weakness](tree)
    office.write_policy(tree)
    answer = verify(world)
    assert answer.status == 1
    assert errors(answer) & {"DC402", "DC405"}


def test_kind_without_a_rule_cannot_be_approved(world: World, office: Office) -> None:
    office.first_policy(rules=[rule(scope="QT-9*")])
    office.approve("QT-01")
    refused(verify(world), "DC414")
    assert state(world) == "draft"


@pytest.mark.parametrize("without", ["approved", "prepared"])
def test_rule_that_names_no_approver(world: World, office: Office, without: str) -> None:
    partial = rule()
    partial["require"] = [each for each in partial["require"] if each["meaning"] != without]
    office.first_policy(rules=[partial])
    for meaning, name in (("prepared", "cuong"), ("reviewed", "binh"), ("approved", "an")):
        if meaning != without:
            office.sign("QT-01", meaning, name)
    assert state(world) == ("in_review" if without == "approved" else "approved")
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung")
    assert verify(world).status == (1 if without == "approved" else 0)


# -- approving oneself ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [("prepared", "reviewed", "approved"), ("approved", "reviewed", "prepared")])
def test_self_approval(world: World, office: Office, order: Sequence[str]) -> None:
    """an prepares and approves, in either order; whose commit it is does not matter."""
    signers = {"prepared": "an", "reviewed": "binh", "approved": "an"}
    for hour, meaning in enumerate(order, 8):
        office.sign("QT-01", meaning, signers[meaning], f"2025-03-01T{hour:02}:00:00+07:00")
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung", "2025-03-01T12:00:00+07:00")
    world.git("commit", "-qm", "x", "--allow-empty", "--author", "Binh <binh@example.org>")
    assert {"DC415", "DC420"} <= errors(verify(world))
    assert state(world) == "in_review"


def test_self_approval_signed_after_the_fact(agency: World) -> None:
    """The approver signs as the preparer once it is issued: the issue is not undone."""
    agency.office.sign("QT-01", "prepared", "an", "2025-03-05")
    verify(agency)
    assert state(agency) == "effective"


def test_self_approval_with_a_second_key(world: World, office: Office) -> None:
    office.first_policy(people=[two_keys(office), *office.people()[1:]])
    office.sign("QT-01", "prepared", "an", by="an-2")
    office.sign("QT-01", "reviewed", "binh")
    office.sign("QT-01", "approved", "an")
    refused(verify(world), "DC415")
    assert state(world) == "in_review"


def delegation(giver: str, taker: str, mode: str, name: str = "d-1", **more: Any) -> Tree:
    base = {"id": name, "from": giver, "to": taker, "role": "lead", "mode": mode, "from_date": "2025-01-01"}
    return {**base, "until": "2025-12-31", "basis": "Quyết định 1/QĐ-UBND", **more}


def test_self_approval_through_a_delegation(world: World, office: Office) -> None:
    """binh reviews, and approves for an: still the same person."""
    office.first_policy(delegations=[delegation("an", "binh", "KT")])
    office.sign("QT-01", "prepared", "cuong")
    office.sign("QT-01", "reviewed", "binh")
    office.sign("QT-01", "approved", "binh", role="chu-tich", acting=("KT", "d-1"))
    refused(verify(world), "DC415")
    assert state(world) == "in_review"


# -- delegations -----------------------------------------------------------------------------------------------------

ALLOWED = {
    "KT": ([delegation("an", "binh", "KT")], "binh", "KT", "d-1"),
    "TL": ([delegation("an", "binh", "TL")], "binh", "TL", "d-1"),
    "TUQ": ([delegation("an", "binh", "TUQ")], "binh", "TUQ", "d-1"),
    "TL passed on as KT": (
        [delegation("an", "binh", "TL"), delegation("binh", "cuong", "KT", "d-2")], "cuong", "KT", "d-2",
    ),
}  # fmt: skip
FORBIDDEN = {
    "TUQ passed on": (
        [delegation("an", "binh", "TUQ"), delegation("binh", "cuong", "TUQ", "d-2")], "cuong", "TUQ", "d-2",
    ),
    "TUQ passed on as KT": (
        [delegation("an", "binh", "TUQ"), delegation("binh", "cuong", "KT", "d-2")], "cuong", "KT", "d-2",
    ),
    "TL passed on as TL": (
        [delegation("an", "binh", "TL"), delegation("binh", "cuong", "TL", "d-2")], "cuong", "TL", "d-2",
    ),
    "TL passed on twice": (
        [delegation("an", "binh", "TL"), delegation("binh", "cuong", "KT", "d-2"),
         delegation("cuong", "dung", "KT", "d-3")], "dung", "KT", "d-3",
    ),
    "KT passed on": (
        [delegation("an", "binh", "KT"), delegation("binh", "cuong", "KT", "d-2")], "cuong", "KT", "d-2",
    ),
    "in a circle": (
        [delegation("binh", "cuong", "TL"), delegation("cuong", "binh", "KT", "d-2")], "binh", "KT", "d-2",
    ),
    "expired": ([delegation("an", "binh", "KT", until="2025-02-28")], "binh", "KT", "d-1"),
    "not yet": ([delegation("an", "binh", "KT", from_date="2025-03-02")], "binh", "KT", "d-1"),
    "another document": ([delegation("an", "binh", "KT", scope="QT-02")], "binh", "KT", "d-1"),
    "another role": ([delegation("an", "binh", "KT", role="desk")], "binh", "KT", "d-1"),
    "another mode": ([delegation("an", "binh", "KT")], "binh", "TL", "d-1"),
    "another person": ([delegation("an", "binh", "KT")], "cuong", "KT", "d-1"),
    "unknown": ([delegation("an", "binh", "KT")], "binh", "KT", "d-9"),
    "TUQ without an end": ([{k: v for k, v in delegation("an", "binh", "TUQ").items() if k != "until"}],
                           "binh", "TUQ", "d-1"),
    "of what one never had": ([delegation("cuong", "binh", "KT")], "binh", "KT", "d-1"),
    "for the collective": ([delegation("an", "binh", "KT")], "binh", "TM", None),
}  # fmt: skip


def delegated(world: World, case: tuple[list[Tree], str, str, str | None]) -> Answer:
    office = world.office
    given_on, signer, mode, name = case
    office.first_policy(delegations=given_on)
    office.sign("QT-01", "approved", signer, role="chu-tich", acting=(mode, name))
    return verify(world)


@pytest.mark.parametrize("case", [*ALLOWED])
def test_delegation(world: World, case: str) -> None:
    passed(delegated(world, ALLOWED[case]))


@pytest.mark.parametrize("case", [*FORBIDDEN])
def test_delegation_abused(world: World, case: str) -> None:
    answer = delegated(world, FORBIDDEN[case])
    assert answer.status == 1
    assert errors(answer) & {"DC414", "DC406"}
    assert state(world) == "draft"


def test_delegation_ends_with_the_role_of_its_giver(world: World, office: Office) -> None:
    people = office.people()
    people[0]["roles"][0]["until"] = "2025-02-28"
    office.first_policy(people=people, delegations=[delegation("an", "binh", "KT")])
    office.sign("QT-01", "approved", "binh", role="chu-tich", acting=("KT", "d-1"))
    refused(verify(world), "DC414")


def test_delegation_by_tl_stays_in_the_unit(world: World, office: Office) -> None:
    """TL may be passed on only to the deputy of that unit (Điều 13 khoản 4); cuong is of another one."""
    people = office.people()
    people[2]["titles"][0]["unit"] = "Văn phòng khác"
    office.first_policy(
        people=people, delegations=[delegation("an", "binh", "TL"), delegation("binh", "cuong", "KT", "d-2")]
    )
    record = office.record("QT-01", "approved", "cuong", role="chu-tich", acting=("KT", "d-2"))
    put(office, with_statement(replace(record, signer=replace(record.signer, unit="Văn phòng khác"))))
    assert verify(world).status == 1


# -- signatures --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("space", ["git", "file", POLICY, ACK, "", "docctl-record-v2"])
def test_signature_made_for_another_use(world: World, office: Office, space: str) -> None:
    path = office.sign("QT-01", "approved", "an", namespace="x")
    office.put(path + ".sig", office.key("an").sign(office.read(path), space))
    refused(verify(world), "DC411")
    assert state(world) == "draft"


@pytest.mark.parametrize("space", [RECORD, ACK, "git", "file"])
def test_policy_signature_made_for_another_use(world: World, office: Office, space: str) -> None:
    world.write({"policy/0001.yaml.an.sig": office.key("an").sign(office.read("policy/0001.yaml"), space)})
    refused(verify(world), "DC402", "DC411")


def test_acknowledgement_is_signed_for_itself(agency: World) -> None:
    office = agency.office
    record = office.record("QT-01", "acknowledged", "cuong")
    path = put(office, record, space=RECORD)
    refused(verify(agency), "DC411")
    office.put(path + ".sig", office.key("cuong").sign(payload(record), ACK))
    passed(verify(agency))


def _s(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def armored(blob: bytes) -> bytes:
    text = base64.b64encode(blob).decode()
    wrapped = [text[start : start + 70] for start in range(0, len(text), 70)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *wrapped, "-----END SSH SIGNATURE-----", ""]).encode()


def _hashed(name: str) -> Callable[[Key, bytes], bytes]:
    def make(key: Key, data: bytes) -> bytes:
        import hashlib

        head = _s(RECORD.encode()) + _s(b"") + _s(name.encode())
        digest = hashlib.new(name, data).digest()
        made = key.private.sign(b"SSHSIG" + head + _s(digest))
        tail = _s(_s(b"ssh-ed25519") + _s(made))
        return armored(b"SSHSIG" + (1).to_bytes(4, "big") + _s(key.blob) + head + tail)

    return make


def _blob(key: Key, data: bytes) -> bytes:
    return base64.b64decode(b"".join(key.sign(data, RECORD).splitlines()[1:-1]))


BLOBS: dict[str, Callable[[Key, bytes], bytes]] = {
    "md5": _hashed("md5"),
    "sha1": _hashed("sha1"),
    "sha224": _hashed("sha224"),
    "trailing data": lambda key, data: armored(_blob(key, data) + b"x"),
    "other version": lambda key, data: armored(_blob(key, data).replace(b"SSHSIG\0\0\0\1", b"SSHSIG\0\0\0\2", 1)),
    "cut": lambda key, data: armored(_blob(key, data)[:-1]),
    "junk before": lambda key, data: b"junk\n" + key.sign(data, RECORD),
    "junk after": lambda key, data: key.sign(data, RECORD) + b"junk\n",
    "two signatures": lambda key, data: key.sign(data, RECORD) * 2,
    "oversize": lambda key, data: key.sign(data, RECORD) + b"\n" * 20000,
    "no armor": _blob,
    "empty": lambda key, data: b"",
    "text": lambda key, data: b"approved\n",
}


@pytest.mark.parametrize("kind", [*BLOBS])
def test_weak_hash_malleable_blob_junk_oversize(world: World, office: Office, kind: str) -> None:
    path = office.sign("QT-01", "approved", "an")
    good = office.read(path + ".sig")
    assert _hashed("sha512")(office.key("an"), office.read(path)) == good
    passed(verify(world))
    office.put(path + ".sig", BLOBS[kind](office.key("an"), office.read(path)))
    refused(verify(world), "DC411")


# -- re-encoding ---------------------------------------------------------------------------------------------------------


def _spelt(tree: Tree) -> dict[str, bytes]:
    good = canonical(tree)  # type: ignore[arg-type]
    name = "Người ký A"
    return {
        "space": good.replace(b'"issue":1', b'"issue": 1'),
        "line end": good + b"\n",
        "bom": b"\xef\xbb\xbf" + good,
        "duplicate key": good.replace(b'"decision":"accept"', b'"decision":"reject","decision":"accept"'),
        "float": good.replace(b'"issue":1', b'"issue":1.0'),
        "exponent": good.replace(b'"issue":1', b'"issue":1e0'),
        "minus zero": good.replace(b'"revision":0', b'"revision":-0'),
        "escape": good.replace(b'"accept"', b'"\\u0061ccept"'),
        "upper escape": good.replace(b'"approved"', b'"\\u0041pproved"'),
        "slash": good.replace(b"docctl/record", b"docctl\\/record"),
        "NFD": good.replace(name.encode(), unicodedata.normalize("NFD", name).encode()),
        "order": b'{"statement":'
        + good[1:-1].split(b'"statement":')[1]
        + b","
        + good[1:].split(b',"statement":')[0]
        + b"}",
        "NaN": good.replace(b'"issue":1', b'"issue":NaN'),
        "true": good.replace(b'"issue":1', b'"issue":true'),
        "large number": good.replace(b'"issue":1', b'"issue":' + b"1" * 5000),
        "deep": good.replace(b'"reason":null', b'"reason":' + b"[" * 100000 + b"]" * 100000),
        "surrogate": good.replace(b'"accept"', b'"\\ud800"'),
        "utf-16": good.decode().encode("utf-16"),
        "not utf-8": good.replace("ký".encode(), b"k\xfd"),
        "unknown field": good.replace(b'"issue":1', b'"issue":1,"issuf":1'),
        "missing field": good.replace(b'"reason":null,', b""),
        "zero width": good.replace(b'"QT-01"', '"QT-01\u200b"'.encode()),
        "look-alike": good.replace(b'"QT-01"', '"Q\u0422-01"'.encode()),
        "date": good.replace(b"2025-03-01T", b"2025-02-30T"),
    }


@pytest.mark.parametrize("spelling", [*_spelt({"statement": "", "x": ""})])
def test_re_encoding(world: World, office: Office, spelling: str) -> None:
    """The bytes are validly signed and a lenient reader would read a record; only the canonical bytes are one."""
    record = office.record("QT-01", "approved", "an")
    good = payload(record)
    data = _spelt(record.tree())[spelling]
    assert data != good
    put(office, record, data=data)
    refused(verify(world), "DC410")
    assert state(world) == "draft"


@pytest.mark.parametrize("field", ["name", "title", "unit", "statement"])
def test_record_that_says_another_name(world: World, office: Office, field: str) -> None:
    record = office.record("QT-01", "approved", "an")
    if field == "statement":
        record = replace(record, statement=record.statement.replace("phê duyệt", "không phê duyệt"))
    else:
        record = with_statement(replace(record, signer=replace(record.signer, **{field: "Khác"})))
    put(office, record)
    refused(verify(world), "DC416")


# -- rollback of the tree ---------------------------------------------------------------------------------------------------


def checkpoint(
    world: World, signer: str = "an", *, by: str | None = None, at: str = "2025-04-01", **changes: Any
) -> str:
    """The next checkpoint, signed."""
    office = world.office
    trust = docctl.open(world.root).trust(date.fromisoformat(DAY))
    assert trust.chain.last is not None
    in_force = [each.effective for each in trust.standings.values() if each.effective is not None]
    held = Held(trust.held_files, [(each.document, each.order, each.digest) for each in in_force])
    last = trust.checkpoints.last
    moment = datetime.fromisoformat(f"{at}T09:00:00+07:00")
    data = checkpoint_payload(trust.chain.last, last, held, signer, moment)
    if changes:
        data = canonical({**json.loads(data), **changes})
    path = f"checkpoints/{1 if last is None else last.number + 1:04}.json"
    office.put(path, data)
    office.put(path + ".sig", office.key(by or signer).sign(data, RECORD))
    return path


def test_tree_rollback_with_a_newer_pinned_checkpoint(agency: World) -> None:
    checkpoint(agency)
    old = agency.commit()
    agency.office.sign("QT-01", "withdrawn", "an", "2025-05-01")
    checkpoint(agency, at="2025-05-02")
    agency.commit()
    passed(verify(agency, "--checkpoint", "2"))
    assert state(agency) == "withdrawn"
    agency.git("reset", "-q", "--hard", old)
    passed(verify(agency, "--checkpoint", "1"))
    refused(verify(agency, "--checkpoint", "2"), "DC428")


@pytest.mark.parametrize("path", ["approvals", "archive", "policy", pytest.param("large form")])
def test_checkpoint_names_everything(agency: World, path: str) -> None:
    large = b"PK" + bytes(2 << 20)
    agency.write({"procedures/QT-03.yaml": procedure_with_form("QT-03", "forms/BM-03.docx", large, "BM-03")})
    agency.write({"forms/BM-03.docx": large})
    agency.office.issue("QT-03", "2025-03-20")
    checkpoint(agency)
    agency.office.next_policy(lambda tree: None)
    checkpoint(agency, at="2026-02-01")
    passed(verify(agency, "--checkpoint", "2"))
    gone = {
        "approvals": "approvals/QT-01/1.0/issued--*.json*", "archive": "archive/QT-01/1.0.yaml",
        "policy": "policy/0002*", "large form": f"archive/forms/{sha256(large)}.docx",
    }[path]  # fmt: skip
    for each in [*agency.root.glob(gone)]:
        each.unlink()
    assert "DC428" in errors(verify(agency, "--checkpoint", "2"))


FORGED: dict[str, dict[str, Any]] = {
    "not of the root group": {"signer": "binh"},
    "another key": {"by": "binh"},
    "another number": {"number": 2},
    "another predecessor": {"previous": "0" * 64},
    "another repository": {"repository": "phuong-khac"},
    "another policy": {"policy": {"version": 1, "sha256": "0" * 64}},
}


@pytest.mark.parametrize("case", [*[*FORGED][:-1], pytest.param([*FORGED][-1])])
def test_checkpoint_forged(agency: World, case: str) -> None:
    changes = dict(FORGED[case])
    checkpoint(agency, changes.pop("signer", "an"), by=changes.pop("by", None), **changes)
    assert verify(agency, "--checkpoint", "1").status == 1


def test_checkpoint_without_signature(agency: World) -> None:
    path = checkpoint(agency)
    (agency.root / f"{path}.sig").unlink()
    refused(verify(agency), "DC427")
    (agency.root / f"{path}.sig").mkdir()
    refused(verify(agency), "DC427")


# -- what is taken back -------------------------------------------------------------------------------------------------------


TAKEN = ("approved", "issued", "reject", "withdrawn", "signature", "archive", "checkpoint")


@pytest.mark.parametrize(
    ("what", "how"),
    [pytest.param(what, how) for what in TAKEN for how in ("remove", "edit", "link", "move")],
)
def test_deleted_or_edited_record(agency: World, what: str, how: str) -> None:
    office = agency.office
    path = {
        "approved": str(record_of(agency, "approved").relative_to(agency.root)),
        "issued": str(record_of(agency, "issued").relative_to(agency.root)),
        "signature": str(record_of(agency, "issued").relative_to(agency.root)) + ".sig",
        "archive": "archive/QT-01/1.0.yaml",
    }.get(what)
    if what == "reject":
        path = office.sign("QT-02", "reviewed", "binh", decision="reject", reason="Sai")
    elif what == "withdrawn":
        path = office.sign("QT-01", "withdrawn", "an", "2025-03-05")
    elif what == "checkpoint":
        path = checkpoint(agency, at="2025-03-05")
    assert path is not None
    base = agency.commit()
    target = agency.root / path
    data = target.read_bytes()
    if how == "move":
        rename(target, "moved.txt") if target.suffix == ".json" else target.rename(target.with_name("moved"))
    else:
        target.unlink()
    if how == "edit":
        target.write_bytes(data + b"\n")
    elif how == "link":
        (agency.root / "elsewhere").write_bytes(data)
        target.symlink_to(os.path.relpath(agency.root / "elsewhere", target.parent))
    assert "DC423" in errors(change(agency, base))


@pytest.mark.parametrize("name", ["moved.txt", ".moved", ".a/b.json", "../moved/x.json", "../1.0 /x.json"])
def test_rejection_is_not_moved_away(agency: World, name: str) -> None:
    """Moved where it is not read; in the next change it may even be removed, as something that never counted."""
    path = agency.office.sign("QT-02", "reviewed", "binh", decision="reject", reason="Sai")
    base = agency.commit()
    if state(agency, document="QT-02") != "rejected":
        pytest.fail("not what is to be attacked", pytrace=False)
    rename(agency.root / path, name)
    assert change(agency, base).status == 1 or state(agency, document="QT-02") == "rejected"


def test_rejection_blocks(world: World, office: Office) -> None:
    """Accepted twice and rejected once."""
    office.approve("QT-01")
    office.sign("QT-01", "reviewed", "dung", decision="reject", reason="Thiếu bước")
    assert state(world) == "rejected"
    assert "DC421" in verify(world).codes
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung", "2025-03-02")
    refused(verify(world), "DC420")


def test_rejection_is_not_outrun_by_a_backdated_issue(world: World, office: Office) -> None:
    """Rejected at ten; the desk signs the issue afterwards and dates it nine: the rejection must not vanish."""
    office.approve("QT-01", "2025-03-01T08:00:00+07:00")
    office.sign("QT-01", "reviewed", "dung", "2025-03-01T10:00:00+07:00", decision="reject", reason="Sai")
    base = world.commit()
    office.archive("QT-01")
    office.sign("QT-01", "issued", "cuong", "2025-03-01T09:00:00+07:00")
    answer = change(world, base)
    assert answer.report["findings"] != [], state(world)


def test_document_deleted(agency: World) -> None:
    (agency.root / QT).unlink()
    refused(verify(agency), "DC309")


# -- without approval -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("without", ["prepared", "reviewed", "approved"])
def test_issue_without_approval(world: World, office: Office, without: str) -> None:
    for meaning, name in (("prepared", "cuong"), ("reviewed", "binh"), ("approved", "an")):
        if meaning != without:
            office.sign("QT-01", meaning, name)
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung")
    refused(verify(world), "DC420")
    assert standing(world)["effective"] is None


def test_issue_before_approval(world: World, office: Office) -> None:
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung", "2025-02-28")
    office.approve("QT-01", "2025-03-01")
    refused(verify(world), "DC420")


def adopted(world: World, number: str, day: str, document: str = "QT-01") -> None:
    """An entry of adopted.yaml for the text as it stands; no key is needed for one."""
    issue, revision = number.split(".")
    digest = docctl.open(world.root).procedure(document).digest()
    entry = f"document: {document}, issue: {issue}, revision: {revision}, digest: {digest}"
    path = world.root / "adopted.yaml"
    before = path.read_text() if path.exists() else "format: docctl/adopted/v1\nadopted:\n"
    world.write({"adopted.yaml": f'{before}  - {{ {entry}, effective_from: "{day}" }}\n'})


@pytest.mark.parametrize("mode", ["tree", "change"])
def test_adoption_instead_of_approval(agency: World, base: str, mode: str) -> None:
    """A text that nobody signed comes into force through adopted.yaml, after there are records."""
    agency.office.revise("QT-01", "1.1")
    agency.office.edit("QT-01", "Quy định trình tự", "Không cần ai duyệt")
    adopted(agency, "1.1", "2025-03-05")
    answer = verify(agency) if mode == "tree" else change(agency, base)
    assert answer.status == 1, standing(agency)["effective"]
    assert standing(agency)["effective"] == "1.0"


def test_adoption_of_a_new_document_after_the_policy(world: World) -> None:
    """Where records are signed already, a new procedure is not adopted either: the baseline is from before them."""
    base = world.git("rev-parse", "HEAD")
    world.office.issue("QT-02")
    world.commit()
    world.write({"procedures/QT-03.yaml": procedure("QT-03")})
    adopted(world, "1.0", "2025-03-05", "QT-03")
    assert change(world, base).status == 1, standing(world, "QT-03")["effective"]


def test_adopted_entry_changed_in_a_change(world: World) -> None:
    adopted(world, "1.0", "2025-01-01")
    base = world.commit()
    passed(change(world, base))
    text = (world.root / "adopted.yaml").read_text()
    world.write({"adopted.yaml": text.replace("2025-01-01", "2025-01-02")})
    refused(change(world, base), "DC423")
    (world.root / "adopted.yaml").unlink()
    refused(change(world, base), "DC423")


# -- downgrade to unsigned ------------------------------------------------------------------------------------------------


def bad_signature(world: World, path: str, how: str) -> None:
    target = world.root / f"{path}.sig"
    good = target.read_bytes()
    target.unlink()
    if how == "empty":
        target.write_bytes(b"")
    elif how == "corrupt":
        target.write_bytes(flipped(good[:-30]) + good[-30:])
    elif how == "link":
        target.symlink_to("nowhere")
    elif how == "link to itself":
        target.symlink_to(target.name)
    elif how == "folder":
        target.mkdir()
    elif how == "folder with a file":
        target.mkdir()
        (target / "x").write_bytes(good)
    elif how == "submodule":
        target.mkdir()
        (target / ".git").write_text("gitdir: x")
    elif how == "pipe":
        os.mkfifo(target)
    elif how == "too large":
        target.write_bytes(b"x" * (2 << 20))
    elif how == "unreadable":
        target.write_bytes(good)
        target.chmod(0)


BROKEN = [
    "empty", "corrupt", "link", "link to itself", "folder", "folder with a file", "submodule", "pipe", "too large",
]  # fmt: skip


@pytest.mark.parametrize("how", ["deleted", *BROKEN])
def test_downgrade_to_unsigned(agency: World, how: str) -> None:
    bad_signature(agency, str(record_of(agency, "approved").relative_to(agency.root)), how)
    answer = verify(agency)
    assert answer.status == 1
    assert errors(answer) & {"DC411", "DC419"}
    assert standing(agency)["effective"] is None


@pytest.fixture
def pilot(world: World) -> World:
    """Until 2025-06-30 records need no signature."""
    world.office.first_policy(rules=[rule(unsigned_until="2025-06-30")])
    world.commit()
    return world


FOLDER = hole("a folder in the place of a signature counts as no signature, so the record as unsigned")


@pytest.mark.parametrize("how", [pytest.param(each, marks=FOLDER) if each == "folder" else each for each in BROKEN])
def test_bad_signature_is_no_missing_one(pilot: World, how: str) -> None:
    """Even in a pilot: what stands in the place of a signature and is none is refused."""
    path = pilot.office.sign("QT-01", "approved", "an")
    passed(verify(pilot, as_of=MERGED))
    bad_signature(pilot, path, how)
    answer = verify(pilot, as_of=MERGED)
    assert "DC411" in errors(answer), answer.findings
    assert state(pilot, as_of=MERGED) == "draft"


def test_wrong_signature_in_a_pilot(pilot: World) -> None:
    pilot.office.sign("QT-01", "approved", "an", by="binh")
    refused(verify(pilot, as_of=MERGED), "DC413")


def test_unsigned_only_while_the_pilot_lasts(pilot: World) -> None:
    office = pilot.office
    path = office.sign("QT-01", "approved", "an", "2025-06-30", signed=False)
    assert verify(pilot, as_of="2025-06-30").codes == {"DC432"}
    refused(verify(pilot, as_of="2025-07-01"), "DC419")
    office.sign("QT-01", "reviewed", "binh", "2025-07-01", signed=False)
    refused(verify(pilot, as_of="2025-07-01"), "DC419")
    assert verify(pilot, as_of="2025-07-01").findings[0][1].startswith("approvals/QT-01/1.0/")

    def end(tree: Tree) -> None:
        tree["kept"] = [sha256(office.read(path))]

    office.next_policy(end)
    answer = verify(pilot, as_of="2025-07-01")
    assert sorted(code for code, _ in answer.findings) == ["DC419", "DC432"]


def test_unsigned_is_labelled_in_each_output(pilot: World) -> None:
    office = pilot.office
    office.approve("QT-01", signed=False)
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung", signed=False)
    day = ("--as-of", MERGED, "--lang", "en")
    pin = ("--policy-pin", office.pin)
    for command in (
        ("verify", *pin, "--format", "text"), ("verify", *pin, "--format", "github"), ("verify", *pin, "--format", "json"),
        ("status", "--format", "text"), ("status", "--format", "json"), ("check", "--format", "text"),
        ("outdated", "--format", "text"), ("outdated", "--format", "json"),
    ):  # fmt: skip
        answer = run_docctl(*command, *day, cwd=pilot.root)
        assert "unsigned" in answer.out.lower(), command


def test_unsigned_rule_of_another_kind_does_not_spread(world: World, office: Office) -> None:
    """The pilot is for "form"; a record that says so about a procedure's text is no approval of the procedure."""
    loose = {**rule(kind="form"), "unsigned_until": "2027-01-01"}
    office.first_policy(rules=[rule(), loose])
    office.approve("QT-01", signed=False, kind="form")
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung", signed=False, kind="form")
    answer = verify(world)
    assert answer.status == 1, standing(world)["effective"]
    assert standing(world)["effective"] is None


def test_weaker_rule_of_another_kind_does_not_spread(world: World, office: Office) -> None:
    """Who may review is a rule of the kind: a record of another kind does not get around it."""
    strict, loose = rule(), rule(kind="form")
    strict["require"][6]["roles"] = ["lead"]
    office.first_policy(rules=[strict, loose])
    office.issue("QT-01")
    path = office.sign("QT-01", "periodic-review", "cuong", "2025-03-05")
    if errors(verify(world)) != {"DC414"}:
        pytest.fail("not what is to be attacked", pytrace=False)
    for each in (path, path + ".sig"):
        (world.root / each).unlink()
    office.sign("QT-01", "periodic-review", "cuong", "2025-03-06", kind="form")
    assert verify(world).status == 1


def test_every_rule_of_the_day_must_allow_what_one_person_signs_alone(world: World, office: Office) -> None:
    """All procedures may be reviewed by anybody, QT-01 only by the leader: both rules must be met."""
    strict = rule(scope="QT-01")
    for place in (5, 6):
        strict["require"][place]["roles"] = ["lead"]
    office.first_policy(rules=[rule(), strict])
    office.issue("QT-01")
    passed(verify(world))
    office.sign("QT-01", "periodic-review", "cuong", "2025-03-05")
    assert "DC414" in errors(verify(world))


# -- silencing ---------------------------------------------------------------------------------------------------------------

AMENDED = "06-2023-tt-nhnn#e14"
AMENDING = "legal/06-2023-tt-nhnn.yaml"


@pytest.fixture
def lawful(world: World) -> World:
    """QT-01 1.0 was issued before the circular that it cites was amended; nothing is dealt with."""
    world.git("rm", "-q", "procedures/QT-02.yaml", "forms/BM-01.docx")
    text = PROCEDURE.format(revision=0)
    world.write({QT: text, **LEGAL})
    world.office.issue("QT-01", "2023-03-01")
    world.commit()
    assert open_events(world) == {AMENDED}
    return world


def open_events(world: World, day: str = "2023-12-15") -> set[str]:
    """The events that make QT-01 outdated, as ``docctl outdated`` says."""
    answer = run_docctl("outdated", "--as-of", day, "--format", "json", cwd=world.root)
    report = json.loads(answer.out)
    return {
        link["id"]
        for each in report["findings"]
        if each["severity"] != "note"
        for link in each.get("evidence", ())
        if link["link"] == "event"
    }


def decisions(world: World, decision: str = "updated", day: str = "2023-12-01", **changes: Any) -> tuple[Dealt, ...]:
    opened = docctl.open(world.root).open_events("QT-01", date.fromisoformat(day))
    made = (Dealt(each.citation, each.cause.event, each.digest, decision, "Đã xem") for each in opened)
    return tuple(replace(each, **changes) for each in made)


def review(world: World, events: Sequence[Dealt], day: str = "2023-12-01", **changes: Any) -> str:
    given_on = {"events": tuple(events), "as_of": date.fromisoformat(day), "register": "0" * 64, **changes}
    return world.office.sign("QT-01", "legal-review", "cuong", day, **given_on)


def test_silencing_by_a_valid_review(lawful: World) -> None:
    """Proof of the tests below: a valid review of this event closes it."""
    review(lawful, decisions(lawful))
    assert open_events(lawful) == set()
    passed(verify(lawful, as_of="2023-12-15"))


FALSE: dict[str, dict[str, Any]] = {
    "unknown event": {"event": "06-2023-tt-nhnn#e99"},
    "another digest": {"digest": "0" * 64},
}


@pytest.mark.parametrize("case", [*FALSE])
def test_silencing_names_another_event(lawful: World, case: str) -> None:
    review(lawful, decisions(lawful, **FALSE[case]))
    assert open_events(lawful) == {AMENDED}
    assert "DC426" in verify(lawful, as_of="2023-12-15").codes


def test_silencing_names_another_citation(lawful: World) -> None:
    (one,) = decisions(lawful)
    review(lawful, [replace(one, citation=replace(one.citation, address="dieu_25"))])
    assert open_events(lawful) == {AMENDED}


@pytest.mark.parametrize("attack", ["no signature", "forged", "other digest", "other revision", "removed"])
def test_silencing_by_a_void_review(lawful: World, attack: str) -> None:
    events = decisions(lawful)
    changes: dict[str, Any] = {"other digest": {"digest": "0" * 64}, "other revision": {"revision": 1}}.get(attack, {})
    path = review(lawful, events, **changes)
    if attack == "forged":
        lawful.write({path + ".sig": lawful.office.key("an").sign(lawful.office.read(path), RECORD)})
    elif attack in ("no signature", "removed"):
        (lawful.root / f"{path}.sig").unlink()
    if attack == "removed":
        (lawful.root / path).unlink()
    assert open_events(lawful) == {AMENDED}


EVENT_EDITS = {
    "provisions": ("provisions: [dieu_24__khoan_2]", "provisions: [dieu_24]"),
    "kind": ("kind: amend", "kind: repeal"),
    "first day": ('in_force:\n  - { from: "2023-09-01"', 'in_force:\n  - { from: "2023-09-02"'),
}


@pytest.mark.parametrize("edit", [*EVENT_EDITS])
def test_silencing_ends_when_the_event_is_edited(lawful: World, edit: str) -> None:
    review(lawful, decisions(lawful))
    assert open_events(lawful) == set()
    old, new = EVENT_EDITS[edit]
    text = LEGAL[AMENDING]
    assert old in text
    lawful.write({AMENDING: text.replace(old, new)})
    assert open_events(lawful) == {AMENDED}
    assert "DC426" in verify(lawful, as_of="2023-12-15").codes


def test_silencing_by_a_trivial_reissue(lawful: World) -> None:
    """A new number, no word about the law: the event stays open, and the issue is said to be incomplete."""
    office = lawful.office
    first = docctl.open(lawful.root).procedure("QT-01").digest()
    office.revise("QT-01", "1.1")
    office.issue("QT-01", "2023-12-01", previous=(1, 0, first))
    assert standing(lawful, as_of="2023-12-15")["effective"] == "1.1"
    assert open_events(lawful) == {AMENDED}
    assert "DC425" in verify(lawful, as_of="2023-12-15").codes


CONFIRMED_EDITS: dict[str, Callable[[str], str]] = {
    "quote": lambda text: text.replace("Sửa đổi, bổ sung khoản 2", "Sửa đổi khoản 2"),
    "target": lambda text: text.replace("dieu_24__khoan_2", "dieu_99"),
    "confirmation": lambda text: text.replace('    confirmed: { by: can-bo, "on": "2023-07-05" }\n', ""),
    "id": lambda text: text.replace("id: e14", "id: e15"),
    "gone": lambda text: text[: text.index("events:")],
    "day of the text": lambda text: text.replace('from: "2023-09-01"', 'from: "2093-09-01"'),
}


@pytest.mark.parametrize(
    "edit", [pytest.param(each) if each == "day of the text" else each for each in CONFIRMED_EDITS]
)
def test_silencing_by_an_edit_of_a_confirmed_event(lawful: World, edit: str) -> None:
    base = lawful.git("rev-parse", "HEAD")
    text = CONFIRMED_EDITS[edit](LEGAL[AMENDING])
    assert text != LEGAL[AMENDING]
    lawful.write({AMENDING: text})
    assert "DC423" in errors(change(lawful, base, as_of="2023-12-15"))


def test_silencing_by_deleting_the_text(lawful: World) -> None:
    base = lawful.git("rev-parse", "HEAD")
    (lawful.root / AMENDING).unlink()
    assert "DC423" in errors(change(lawful, base, as_of="2023-12-15"))


# -- records that contradict ------------------------------------------------------------------------------------------------


def test_duplicate_records_in_two_folders(agency: World) -> None:
    """The same bytes twice are one signature, and the second place is said."""
    lead = rule()
    lead["require"][2]["n"] = 2
    office = agency.office
    office.first_policy(rules=[lead])
    for each in ["prepared", "reviewed", "approved", "issued"]:
        path = record_of(agency, each)
        path.with_name(path.name + ".sig").unlink()
        path.unlink()
    office.issue("QT-01")
    path = record_of(agency, "approved")
    for name in ("approvals/QT-01/1.0/again.json", "approvals/QT-01/1.1/again.json"):
        agency.write({name: path.read_bytes(), name + ".sig": path.with_name(path.name + ".sig").read_bytes()})
    refused(verify(agency), "DC417", "DC420")
    assert state(agency) == "in_review"


def test_issued_record_names_another_archive(world: World, office: Office) -> None:
    office.approve("QT-01")
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung", archive_sha256="0" * 64)
    refused(verify(world), "DC306")


def test_issued_twice_for_different_days(agency: World) -> None:
    """Two valid records, two first days: a contradiction, whichever is taken."""
    agency.office.sign("QT-01", "issued", "cuong", "2025-03-02", effective_from=date(2027, 1, 1))
    assert verify(agency).report["findings"] != [], standing(agency)["effective"]


def test_issued_earlier_by_a_second_record(world: World, office: Office) -> None:
    """Long after, the desk dates another issue an hour before the first one: in force since 2019."""
    office.approve("QT-01", "2025-03-01T08:00:00+07:00")
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung", "2025-03-01T10:00:00+07:00")
    day = "2025-03-01T09:00:00+07:00"
    office.sign("QT-01", "issued", "cuong", day, effective_from=date(2019, 1, 1))
    assert verify(world).report["findings"] != [], standing(world)["revisions"][0]["from"]


def test_two_texts_of_one_number(agency: World) -> None:
    office = agency.office
    office.edit("QT-01", "Quy định trình tự", "Quy định khác")
    office.approve("QT-01", "2025-03-02")
    office.sign("QT-01", "issued", "dung", "2025-03-03")
    assert "DC303" in errors(verify(agency))


@pytest.mark.parametrize("previous", [(9, 9, "0" * 64), (1, 0, "0" * 64), None])
def test_issued_names_the_revision_it_replaces(agency: World, previous: tuple[int, int, str] | None) -> None:
    """``previous`` is part of what is signed; one that is not what was replaced is not passed over."""
    agency.office.revise("QT-01", "1.1")
    agency.office.issue("QT-01", "2025-03-09", previous=previous)
    assert verify(agency).report["findings"] != []


def test_two_branches_replace_the_same(agency: World) -> None:
    office = agency.office
    first = (1, 0, docctl.open(agency.root).procedure("QT-01").digest())
    office.revise("QT-01", "1.1")
    office.issue("QT-01", "2025-03-08", previous=first)
    office.revise("QT-01", "2.0")
    office.issue("QT-01", "2025-03-09", previous=first)
    assert "DC303" in errors(verify(agency))


def test_number_skipped(agency: World) -> None:
    agency.office.revise("QT-01", "1.2")
    agency.office.issue("QT-01", "2025-03-08")
    assert "DC304" in errors(verify(agency))


@pytest.mark.parametrize("changes", [{"revision": 1}, {"digest": "0" * 64}, {"issue": 2}])
def test_withdrawal_of_another_revision(agency: World, changes: dict[str, Any]) -> None:
    agency.office.sign("QT-01", "withdrawn", "an", "2025-04-01", **changes)
    verify(agency)
    assert state(agency) == "effective"


def test_withdrawal_needs_persons_who_agree_on_the_day(world: World, office: Office) -> None:
    """Two leaders must withdraw; one says 2025, the other 2030: not two for 2025."""
    twice = rule()
    twice["require"][4]["n"] = 2
    people = [*office.people()[:3], person("dung", "lead", key=office.key("dung"))]
    people[3]["roles"].append({"role": "desk", "from": "2018-01-01"})
    office.first_policy(people=people, rules=[twice])
    office.issue("QT-01")
    office.sign("QT-01", "withdrawn", "an", "2025-04-01", effective_from=date(2025, 4, 1))
    passed(verify(world))
    assert state(world) == "effective"
    office.sign("QT-01", "withdrawn", "dung", "2025-04-01", role="chu-tich", effective_from=date(2030, 1, 1))
    assert state(world) == "effective"


def test_withdrawal_by_one_who_is_excluded(world: World, office: Office) -> None:
    """Who approved may not withdraw: neither alone, nor by choosing the day once somebody else does."""
    apart = rule()
    apart["require"][4]["not_same_as"] = ["approved"]
    people = [*office.people()[:3], person("dung", "lead", "desk", key=office.key("dung"))]
    office.first_policy(people=people, rules=[apart])
    office.issue("QT-01")
    office.sign("QT-01", "withdrawn", "dung", "2025-04-01", role="chu-tich", effective_from=date(2030, 1, 1))
    assert state(world) == "effective"
    office.sign("QT-01", "withdrawn", "an", "2025-04-01", effective_from=date(2025, 4, 1))
    assert state(world) == "effective"


def test_withdrawal_before_the_first_day(agency: World) -> None:
    """1.1 never comes into force, so nothing supersedes 1.0."""
    office = agency.office
    office.revise("QT-01", "1.1")
    office.issue("QT-01", "2025-03-05", effective_from=date(2025, 6, 1))
    office.sign("QT-01", "withdrawn", "an", "2025-03-06", effective_from=date(2025, 4, 1))
    assert standing(agency, as_of="2025-07-01")["effective"] == "1.0"


def test_records_for_a_document_that_is_not_there(agency: World) -> None:
    office = agency.office
    for meaning, name in (("prepared", "cuong"), ("reviewed", "binh"), ("approved", "an"), ("issued", "dung")):
        record = office.record("QT-01", meaning, name)
        put(office, with_statement(replace(record, document="QT-77", digest="1" * 64)))
    answer = verify(agency)
    assert {"DC306", "DC309"} <= errors(answer)


def test_text_that_calls_itself_by_another_id(world: World, office: Office) -> None:
    """The file is QT-01, the text in it says QT-09: what was signed is not about the document it stands for."""
    office.edit("QT-01", "id: QT-01", "id: QT-09")
    if world.check().status != 1:
        pytest.fail("docctl check does not say it either", pytrace=False)
    assert verify(world).status == 1


# -- strict reading ---------------------------------------------------------------------------------------------------------

HOSTILE: dict[str, Callable[[str], str | bytes]] = {
    "duplicate key": lambda text: text + "title: Khác\n",
    "alias bomb": lambda text: text.replace("legal_basis: []", "legal_basis: &a [*a, *a]"),
    "anchor": lambda text: text.replace("title: ", "title: &t "),
    "merge": lambda text: text + "<<: { owner: chu-tich }\n",
    "tag": lambda text: text.replace("title: ", "title: !!python/object/apply:os.system "),
    "multi-document": lambda text: text + "---\nid: QT-02\n",
    "directive": lambda text: "%YAML 1.2\n---\n" + text,
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "bidi": lambda text: text.replace("Quy định", "\u202eQuy định"),
    "zero width": lambda text: text.replace("Quy định", "Quy\u200b định"),
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "escape": lambda text: text.replace("purpose: Quy định trình tự", 'purpose: "\\u202e Quy"'),
    "surrogate": lambda text: text.replace("purpose: Quy định trình tự", 'purpose: "\\ud800"'),
    "nul": lambda text: text.replace("Quy định", "Quy\0"),
    "utf-16": lambda text: text.encode("utf-16"),
}


@pytest.mark.parametrize("case", [*HOSTILE])
def test_yaml_of_a_document(agency: World, case: str) -> None:
    text = (agency.root / QT).read_text()
    content = HOSTILE[case](text)
    assert content not in (text, text.encode())
    agency.write({QT: content})
    answer = verify(agency)
    assert answer.status == 1
    assert [path for code, path in answer.findings if code.startswith("DC1")] == [QT] * sum(
        code.startswith("DC1") for code, _ in answer.findings
    )
    assert any(code.startswith("DC1") for code, _ in answer.findings)


HOSTILE_POLICY: dict[str, Callable[[str], str | bytes]] = {
    "duplicate key": lambda text: text.replace('"threshold": 1', '"threshold": 2, "threshold": 1'),
    "anchor": lambda text: text.replace('"root": {', '"root": &r {'),
    "tag": lambda text: text.replace('"threshold": 1', '"threshold": !!int 1'),
    "multi-document": lambda text: text + "---\n" + text,
    "directive": lambda text: "%YAML 1.2\n---\n" + text,
    "bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "bidi": lambda text: text.replace("Người ký A", "Người\u202e ký A"),
    "nfd": lambda text: unicodedata.normalize("NFD", text),
    "float": lambda text: text.replace('"threshold": 1', '"threshold": 1.0'),
    "boolean": lambda text: text.replace('"threshold": 1', '"threshold": true'),
}


@pytest.mark.parametrize("case", [*HOSTILE_POLICY])
def test_yaml_of_a_policy(world: World, office: Office, case: str) -> None:
    """A version of the policy that readers could read differently does not count, though its bytes are signed."""
    tree = json.loads(office.read("policy/0001.yaml"))
    tree |= {"version": 2, "previous": office.pin, "created_at": "2026-01-05T08:00:00+07:00"}
    text = as_bytes(tree).decode()
    office.write_policy(tree)
    passed(verify(world))
    content = HOSTILE_POLICY[case](text)
    assert content not in (text, text.encode())
    office.write_policy(tree, data=content if isinstance(content, bytes) else content.encode())
    assert "DC402" in errors(verify(world))


# -- look-alikes ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["qt-01", "Q\u0422-01", "QT-01\u200b", "Qt-01", "QT-0\u0661", "\u00d0T-01"])
def test_look_alike_document(agency: World, name: str) -> None:
    agency.write({f"procedures/{name}.yaml": procedure("QT-01").replace("id: QT-01", f'id: "{name}"')})
    assert verify(agency).status == 1
    assert standing(agency)["effective"] == "1.0"


@pytest.mark.parametrize(
    "folder",
    [
        "QT-01/01.0",
        *(pytest.param(each) for each in ("qt-01/1.0", "Q\u0422-01/1.0", "QT-01/1.0 ", "QT-01")),
    ],
)
def test_look_alike_folder_of_records(world: World, office: Office, folder: str) -> None:
    """A rejection in a folder that only looks right is either counted or an error, never passed over."""
    path = world.root / office.sign("QT-01", "reviewed", "binh", decision="reject", reason="Sai")
    assert state(world) == "rejected"
    target = world.root / "approvals" / folder
    target.mkdir(parents=True, exist_ok=True)
    for ending in ("", ".sig"):
        path.with_name(path.name + ending).rename(target / (path.name + ending))
    assert state(world) == "rejected" or verify(world).status == 1


def test_two_ids_that_differ_by_case_on_a_disk(world: World, office: Office) -> None:
    """A person's id is small letters only: no policy has ``An`` beside ``an``."""
    tree = office.first_policy()
    other = {**person("cuong", "lead"), "id": "An", "keys": []}
    office.write_policy({**tree, "principals": [*tree["principals"], other]})
    assert "DC402" in errors(verify(world))


# -- links, pipes, submodules -------------------------------------------------------------------------------------------------

PLACES = {
    "policy": "policy/0001.yaml",
    "record": "approvals/QT-01/1.0/x.json",
    "archive": "archive/QT-01/1.0.yaml",
    "checkpoint": "checkpoints/0001.json",
    "procedure": QT,
    "adopted": "adopted.yaml",
}


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        (place, kind)
        for place in PLACES
        for kind in ("link", "pipe", "folder link")
        if "/" in PLACES[place] or kind != "folder link"
    ],
)
def test_symlink_or_special_file(agency: World, tmp_path: Path, place: str, kind: str) -> None:
    """What lies behind it is the right content, and is not read."""
    adopted(agency, "1.0", "2025-03-01")
    checkpoint(agency)
    issued = record_of(agency, "issued")
    rename(issued, "x.json")
    pin = agency.office.pin
    target = agency.root / PLACES[place]
    if kind == "folder link":
        moved = tmp_path / "moved"
        target.parent.rename(moved)
        target.parent.symlink_to(moved)
    else:
        moved = tmp_path / "moved"
        target.rename(moved)
        if kind == "link":
            target.symlink_to(moved)
        else:
            os.mkfifo(target)
    answer = verify(agency, pin=pin)
    assert answer.status in (1, 3), answer.out
    assert answer.status == 1 or (place, kind) == ("policy", "folder link"), answer.err


@pytest.mark.parametrize("mode", ["120000", "160000"])
@pytest.mark.parametrize("place", ["record", "signature", "policy", "archive"])
def test_symlink_or_submodule_in_a_commit(agency: World, base: str, mode: str, place: str) -> None:
    issued = str(record_of(agency, "issued").relative_to(agency.root))
    path = {"record": issued, "signature": issued + ".sig", "policy": "policy/0001.yaml", "archive": PLACES["archive"]}[
        place
    ]
    pin = agency.office.pin
    target = agency.git("rev-parse", "HEAD") if mode == "160000" else agency.git("rev-parse", f"HEAD:{path}")
    agency.git("update-index", "--add", "--cacheinfo", f"{mode},{target},{path}")
    agency.git("commit", "-qm", "x")
    head = agency.git("rev-parse", "HEAD")
    answer = verify(agency, "--at", "HEAD", pin=pin)
    assert answer.status == 1, answer.err
    merged = verify(agency, "--change", f"{base}..{head}", pin=pin, as_of=MERGED)
    assert "DC423" in errors(merged)


@pytest.mark.parametrize("what", ["signature", "record", "policy", "archive"])
def test_unreadable_file(agency: World, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Said as an error, also where the tests run as root, who reads everything."""
    record, pin, real = str(record_of(agency, "approved").relative_to(agency.root)), agency.office.pin, WorkTree.read
    path = {"signature": record + ".sig", "record": record, "policy": "policy/0001.yaml", "archive": PLACES["archive"]}

    def read(self: WorkTree, name: str, most: int) -> Content:
        if name == path[what]:
            raise Unreadable(msg("permission denied"))
        return real(self, name, most)

    monkeypatch.setattr(WorkTree, "read", read)
    answer = verify(agency, pin=pin)
    assert (answer.status, standing(agency)["effective"]) == (1, "1.0" if what == "archive" else None)


def test_file_that_changes_while_it_is_read(agency: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every second reading of a file gives other bytes: nothing forged comes in by it."""
    pin, seen, real = agency.office.pin, set(), WorkTree.read
    mallory = Key("mallory")
    tree = json.loads(agency.office.read("policy/0001.yaml"))
    tree["principals"][0] = person("an", "chu-tich", key=mallory)
    evil = as_bytes(tree)
    other = {"policy/0001.yaml": evil, "policy/0001.yaml.an.sig": mallory.sign(evil, POLICY)}
    path = str(record_of(agency, "approved").relative_to(agency.root))
    other[path + ".sig"] = mallory.sign(agency.office.read(path), RECORD)
    other["archive/QT-01/1.0.yaml"] = agency.office.read("archive/QT-01/1.0.yaml") + b"# x\n"

    for first_is_good in (True, False):

        def read(self: WorkTree, name: str, most: int, good: bool = first_is_good) -> Content:
            again = name in seen
            seen.add(name)
            found = real(self, name, most)
            return replace(found, data=other[name]) if name in other and again == good else found

        seen.clear()
        monkeypatch.setattr(WorkTree, "read", read)
        answer = verify(agency, pin=pin)
        good_twice = answer.status == 0 and not answer.report["findings"]
        assert answer.status == 1 or good_twice
        assert all(mallory.fingerprint not in each["message"] or each["severity"] == "error"
                   for each in answer.report["findings"])  # fmt: skip
        if not first_is_good:
            assert answer.status == 1


# -- hostile Git ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Trap:
    """A program that makes a marker; whoever runs it is found out."""

    world: World
    payload: Path
    marker: Path
    base: str

    def bites(self, *arguments: str, **more: Any) -> None:
        self.world.try_git(*arguments, **more)
        assert self.marker.exists(), arguments
        self.marker.unlink()

    def holds(self, before: list[tuple[int, str]]) -> None:
        assert answers(self) == before
        assert not self.marker.exists()


@pytest.fixture
def trap(agency: World, base: str, tmp_path: Path) -> Trap:
    marker, program = tmp_path / "marker", tmp_path / "payload"
    program.write_text(f'#!/bin/sh\n: >"{marker}"\ncat >/dev/null </dev/null\nexit 0\n')
    program.chmod(0o755)
    agency.office.sign("QT-02", "prepared", "cuong", "2025-03-09")
    agency.commit()
    return Trap(agency, program, marker, base)


def answers(trap: Trap) -> list[tuple[int, str]]:
    """``docctl verify`` of work tree, index, commit and change."""
    choices = ((), ("--staged",), ("--at", "main"), ("--change", f"{trap.base}..main"))
    found = [verify(trap.world, *choice, as_of=MERGED).same for choice in choices]
    assert [status for status, _ in found] == [0] * len(choices)
    return found


CONFIGURED: dict[str, tuple[tuple[str, ...], str, tuple[str, ...]]] = {
    "fsmonitor": (("core.fsmonitor={}",), "", ("status",)),
    "hooks": (("core.hooksPath={folder}",), "", ("commit", "-qm", "x", "--allow-empty")),
    "diff driver": (("diff.evil.command={}",), "* diff=evil\n", ("diff", "HEAD~", "HEAD")),
    "textconv": (("diff.evil.textconv={}",), "* diff=evil\n", ("diff", "HEAD~", "HEAD")),
    "external diff": (("diff.external={}",), "", ("diff", "HEAD~", "HEAD")),
    "filter": (("filter.evil.clean={}", "filter.evil.smudge={}"), "* filter=evil\n", ("hash-object", "docctl.toml")),
    "process filter": (("filter.evil.process={}",), "* filter=evil\n", ("hash-object", "docctl.toml")),
    "signing program": (("gpg.program={}", "commit.gpgSign=true"), "", ("commit", "-qm", "x", "--allow-empty")),
}


@pytest.mark.parametrize("vector", [*CONFIGURED])
def test_hostile_configuration(trap: Trap, vector: str) -> None:
    world = trap.world
    before = answers(trap)
    names, attributes, command = CONFIGURED[vector]
    folder = trap.payload.parent / "hooks"
    folder.mkdir()
    for name in ("pre-commit", "post-checkout", "reference-transaction"):
        (folder / name).symlink_to(trap.payload)
    (world.top / ".git/info").mkdir(exist_ok=True)
    (world.top / ".git/info/attributes").write_text(attributes)
    world.config(*(each.format(trap.payload, folder=folder) for each in names))
    trap.bites(*command)
    trap.holds(before)


def test_hostile_promisor(trap: Trap) -> None:
    world = trap.world
    blob = world.blob_id("archive/QT-01/1.0.yaml")
    world.config("core.repositoryFormatVersion=1", "extensions.partialClone=origin", "remote.origin.promisor=true")
    world.config(f"remote.origin.url=ext::{trap.payload}", "protocol.ext.allow=always")
    world.write({QT: procedure(title="Khác")})  # the same blob is no longer used by another path
    agency_blob = world.loose(blob)
    agency_blob.unlink()
    trap.bites("cat-file", "-e", blob)
    for choice in (("--at", "main"), ("--staged",), ("--change", f"{trap.base}..main")):
        assert verify(world, *choice, as_of=MERGED).status in (1, 3)
    assert not trap.marker.exists()


@pytest.mark.parametrize("kind", ["blob", "tree", "commit"])
def test_hostile_replacement(trap: Trap, kind: str) -> None:
    """``git replace`` shows other bytes to plain git; an archived text replaced is read as it is."""
    world, path = trap.world, "archive/QT-01/1.0.yaml"
    before = answers(trap)
    suffix = {"blob": f":{path}", "tree": "^{tree}", "commit": "^{commit}"}[kind]
    good = world.git("rev-parse", f"HEAD{suffix}")
    world.write({path: b"evil\n"})
    world.commit()
    bad = world.git("rev-parse", f"HEAD{suffix}")
    assert verify(world, "--at", "main").status == 1
    world.git("reset", "-q", "--hard", "HEAD~")
    world.git("replace", good, bad)
    assert world.git("cat-file", kind, good) == world.git("--no-replace-objects", "cat-file", kind, bad)
    trap.holds(before)


@pytest.mark.parametrize("how", [pytest.param("grafts"), "shallow"])
def test_hostile_history(trap: Trap, how: str) -> None:
    """An unrelated commit is no base, whatever .git says of its parents."""
    world = trap.world
    head = world.git("rev-parse", "HEAD")
    tree = world.git("rev-parse", f"{trap.base}^{{tree}}")
    stranger = world.git("commit-tree", tree, "-m", "x")
    question = ("--change", f"{stranger}..{head}")
    assert verify(world, *question, as_of=MERGED).status == 3
    if how == "grafts":
        (world.top / ".git/info").mkdir(exist_ok=True)
        (world.top / ".git/info/grafts").write_text(f"{head} {stranger}\n")
    else:
        (world.top / ".git/shallow").write_text(f"{head}\n")
    assert verify(world, *question, as_of=MERGED).status == 3


def test_missing_base_is_no_pass(trap: Trap) -> None:
    for missing in ("f" * 40, "nobody", "0" * 40):
        answer = verify(trap.world, "--change", f"{missing}..main", as_of=MERGED)
        assert (answer.status, answer.out) == (3, "")
        assert "fetch" in answer.err


@pytest.mark.parametrize(
    "variable",
    ["GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_WORK_TREE", pytest.param("GIT_GRAFT_FILE"),
     "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG_GLOBAL", "GIT_SHALLOW_FILE", "GIT_CONFIG_PARAMETERS"],
)  # fmt: skip
def test_leaked_variable(
    trap: Trap, template: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    before = answers(trap)
    other = World(tmp_path / "other", tmp_path / "other")
    shutil.copytree(template.top, other.top)
    other.write({QT: procedure(title="Khác")})
    other.commit()
    other.config(f"core.fsmonitor={trap.payload}")
    git = other.top / ".git"
    values = {
        "GIT_DIR": git, "GIT_INDEX_FILE": git / "index", "GIT_OBJECT_DIRECTORY": git / "objects",
        "GIT_COMMON_DIR": git, "GIT_WORK_TREE": other.top, "GIT_ALTERNATE_OBJECT_DIRECTORIES": git / "objects",
        "GIT_CONFIG_GLOBAL": git / "config", "GIT_SHALLOW_FILE": tmp_path / "list", "GIT_GRAFT_FILE": tmp_path / "list",
        "GIT_CONFIG_PARAMETERS": f"'core.fsmonitor'='{trap.payload}'",
    }  # fmt: skip
    (tmp_path / "list").write_text(trap.world.git("rev-parse", "HEAD") + "\n")
    monkeypatch.setenv(variable, str(values[variable]))
    trap.marker.unlink(missing_ok=True)
    trap.holds(before)


def test_nested_bare_repository(trap: Trap) -> None:
    world = trap.world
    before = answers(trap)
    folder = world.root / "vendor/evil.git"
    folder.parent.mkdir()
    world.git("init", "-q", "--bare", str(folder))
    for name, value in {
        "core.bare": "false",
        "core.worktree": str(world.top),
        "core.fsmonitor": str(trap.payload),
    }.items():
        world.git("config", "--file", str(folder / "config"), name, value)
    trap.bites("status", cwd=folder)
    trap.holds(before)
    pin = ("--policy-pin", world.office.pin)
    inside = run_docctl("verify", *pin, "--format", "json", "--as-of", MERGED, "--at", "main", cwd=folder)
    assert inside.same == before[2]
    assert not trap.marker.exists()


INJECTED = [
    "--output=x", "-u/helper", ":(exclude)", "@{-1}", "HEAD^{tree}", "HEAD~1;x", "main:docctl.toml", "--upload-pack=x", "-x",
    "refs/heads/../../x", "a b", "main\n", "$(touch x)", "..", "",
]  # fmt: skip


@pytest.mark.parametrize("name", INJECTED)
@pytest.mark.parametrize("where", ["--change base", "--change head", "--at"])
def test_argument_injection(trap: Trap, name: str, where: str) -> None:
    world = trap.world
    question = {
        "--change base": f"--change={name}..main",
        "--change head": f"--change={trap.base}..{name}",
        "--at": f"--at={name}",
    }[where]
    before = sorted(str(each) for each in world.top.iterdir())
    answer = verify(world, question, as_of=MERGED)
    assert answer.status in (2, 3)
    assert answer.out == ""
    assert sorted(str(each) for each in world.top.iterdir()) == before
    assert not trap.marker.exists()


def test_gitpython_never_clones_nor_reads_submodules(trap: Trap) -> None:
    """.gitmodules with a command for an address, and a gitlink in the tree: read by nobody."""
    world = trap.world
    before = answers(trap)
    (world.top / ".gitmodules").write_text(
        f'[submodule "x"]\n\tpath = vendor\n\turl = ext::{trap.payload}\n\tupdate = !x\n'
    )
    world.git("update-index", "--add", "--cacheinfo", f"160000,{trap.base},vendor")
    world.git("add", ".gitmodules")
    world.git("commit", "-qm", "x")
    world.config(
        "protocol.ext.allow=always", f"submodule.x.update=!{trap.payload}", f"submodule.x.url=ext::{trap.payload}"
    )
    trap.bites("-c", "protocol.ext.allow=always", "ls-remote", f"ext::{trap.payload}")
    trap.holds(before)


def test_git_on_clone_is_said_in_the_documents() -> None:
    """Cloning is left to git; the documents say which git is the oldest that may be used."""
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert re.search(r"[Mm]inimum git: \d+\.\d+", text)
    assert re.search(r"never clones", text)


# -- injection into logs, exhaustion, keys ------------------------------------------------------------------------------------

NASTY = "x\n::error file=a::pwned\n::set-output name=a::b\r\x1b[2J\u202e"


@pytest.mark.parametrize("form", ["text", "json", "github"])
def test_log_injection_by_a_reason(world: World, office: Office, form: str) -> None:
    """A rejection's reason is shown; no line of it becomes a command or an escape."""
    reason = "Sai\n::error file=a::pwned\n::set-output name=a::b"
    office.sign("QT-01", "reviewed", "binh", decision="reject", reason=reason)
    answer = run_docctl("verify", "--policy-pin", office.pin, "--as-of", DAY, "--format", form, cwd=world.root)
    assert "Sai" in answer.out
    lines = (answer.out + answer.err).splitlines()
    assert not [line for line in lines if re.match(r"\s*::(error file=a|set-output)", line)]
    put(office, replace(office.record("QT-01", "reviewed", "binh"), decision="reject", reason=NASTY))
    refused(verify(world), "DC410")


@pytest.mark.parametrize("form", [pytest.param("text"), pytest.param("json"), "github"])
def test_log_injection_by_a_file_name(agency: World, form: str) -> None:
    agency.write({f"approvals/QT-01/1.0/{NASTY.replace('/', '')}": b"x", f"policy/{NASTY}": b"x"})
    answer = run_docctl("verify", "--policy-pin", agency.office.pin, "--as-of", DAY, "--format", form, cwd=agency.root)
    both = answer.out + answer.err
    assert "pwned" in both
    assert not [line for line in both.splitlines() if re.match(r"\s*::(error file=a|set-output)", line)]
    assert not {"\x1b", "\r", "\u202e"} & {*both}


def test_log_injection_by_a_title(agency: World) -> None:
    agency.office.edit("QT-01", "title: Một quy trình", 'title: "::set-output name=a::b \\e[2J"')
    answer = run_docctl(
        "verify", "--policy-pin", agency.office.pin, "--as-of", DAY, "--format", "github", cwd=agency.root
    )
    assert answer.status == 1
    assert "\x1b" not in answer.out + answer.err
    assert not [line for line in answer.out.splitlines() if line.startswith("::set-output")]


def test_exhaustion_by_records(agency: World) -> None:
    """10,000 records in one folder are not read, and that is an error, not a pass."""
    folder = agency.root / "approvals/QT-02/1.0"
    folder.mkdir(parents=True)
    for number in range(10_000):
        (folder / f"{number:05}.json").write_bytes(b"{}")
    started = time.monotonic()
    refused(verify(agency), "DC429")
    assert time.monotonic() - started < 10


def test_exhaustion_hides_nothing(world: World, office: Office) -> None:
    """However many records there are, all are read: a rejection behind a thousand others still counts."""
    office.approve("QT-01", "2025-03-01")
    office.sign("QT-01", "reviewed", "binh", "2025-03-02", decision="reject", reason="Sai")
    folder = world.root / "approvals/QT-01/1.0"
    for number in range(1000):
        (folder / f"a{number:05}.json").write_bytes(b"{}")
    refused(verify(world), "DC429", "DC410")
    assert state(world) == "rejected"


def test_exhaustion_by_versions_of_the_policy(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that never count cost no more than their number."""
    count, real = 0, docctl.trust.POLICY_SIGNATURE

    class Counting:
        def fullmatch(self, text: str) -> re.Match[str] | None:
            nonlocal count
            count += 1
            return real.fullmatch(text)

    for number in range(2, 302):
        (world.root / f"policy/{number:04}.yaml").write_bytes(b"x\n")
    monkeypatch.setattr("docctl.trust.POLICY_SIGNATURE", Counting())
    assert verify(world).status == 1
    assert count < 300 * 20


def test_exhaustion_by_a_deep_record(agency: World) -> None:
    agency.write({"approvals/QT-01/1.0/deep.json": b"[" * 500_000, "checkpoints/0001.json": b"[" * 500_000})
    refused(verify(agency), "DC410", "DC427")


PRIVATE = b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----\n"


@pytest.mark.parametrize(
    "path",
    ["policy/an", "approvals/QT-01/1.0/an.pem", "archive/id_ed25519", "checkpoints/key.txt", "policy/.an",
     "approvals/QT-01/1.0/key.json", "approvals/QT-01/1.0/key.json.sig",
     *(pytest.param(each) for each in ("forms/id_ed25519", "legal/id_ed25519", "qms/keys/an",
                                                        "procedures/id_ed25519"))],
)  # fmt: skip
def test_private_key_in_the_tree(agency: World, path: str) -> None:
    agency.write({path: PRIVATE})
    assert errors(verify(agency)) in ({"DC422"}, {"DC410"})


# -- what documents must say ----------------------------------------------------------------------------------------------------


def documents() -> str:
    found = [ROOT / "SECURITY.md", ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs").rglob("*.y*ml")]
    return "\n".join(path.read_text(encoding="utf-8") for path in found)


def test_ci_runs_no_code_from_head() -> None:
    """An example workflow: from the base branch, docctl pinned by version and hash, the pin from outside."""
    text = documents()
    assert "pull_request_target" in text or "base branch" in text
    assert "--require-hashes" in text
    assert "--change" in text
    assert "DOCCTL_POLICY_PIN" in text


def test_change_mode_loads_nothing_from_head(agency: World, base: str, tmp_path: Path) -> None:
    """Modules, hooks and plug-ins in the change are no code of ours."""
    marker = tmp_path / "marker"
    code = f"open({str(marker)!r}, 'w').close()\n"
    for name in (
        "docctl/__init__.py",
        "sitecustomize.py",
        "conftest.py",
        "git.py",
        "yaml.py",
        "plugins/x.py",
        "json.py",
    ):
        agency.write({name: code})
    head = agency.commit()
    script = "import sys; from docctl.cli.main import main; sys.exit(main(sys.argv[1:]))"
    question = ("verify", "--policy-pin", agency.office.pin, "--change", f"{base}..{head}", "--as-of", MERGED)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-P", "-c", script, *question]
    done = subprocess.run(command, cwd=agency.root, env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert not marker.exists()


def test_merge_admin_with_a_stolen_pin_is_a_stated_limit() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8").partition("## What it does not")[2]
    assert re.search(r"merge right[^*]*\bpin\b[^*]*second copy", text)


# -- other commands -------------------------------------------------------------------------------------------------------


def test_status_trusts_no_broken_policy(world: World, office: Office) -> None:
    office.approve("QT-01")
    (world.root / "policy/0001.yaml.an.sig").unlink()
    assert state(world) == "draft"
    answer = run_docctl("check", "--format", "json", "--as-of", DAY, cwd=world.root)
    assert {"DC402", "DC414"} <= errors(answer)
