"""A second attack, by somebody who had not built it: on what a first one had found, after it was mended.

Each test makes a repository that was accepted once, and says what has to hold.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from conftest import clean_environment
from gitworld import DAY, FORM, World, procedure, run_docctl
from office import VIETNAM, Key, person, rule, sha256
from test_outdated import CIRCULAR, LEGAL
from test_threats import (
    AMENDED,
    AMENDING,
    MERGED,
    QT,
    adopted,
    agency,
    base,
    change,
    checkpoint,
    errors,
    lawful,
    office,
    open_events,
    passed,
    put,
    record_of,
    refused,
    rename,
    standing,
    state,
    template,
    verify,
    with_form,
)

import docctl
from docctl.approval.judge import RecordFile

EXAMPLE = Path(__file__).parent.parent / "examples/bac-kan-phuong"


def sub_world(tmp_path, monkeypatch) -> World:
    clean_environment(tmp_path, monkeypatch)
    return World.make(tmp_path / "mono", below="qms")


@pytest.mark.parametrize("how", ["moved up", "link"])
def test_root_moved_by_the_change(tmp_path, monkeypatch, how):
    """docctl root is qms/; HEAD moves it away, so BASE seems to have no policy: a rejection vanishes."""
    world = sub_world(tmp_path, monkeypatch)
    office = world.office
    days = [(datetime.now(VIETNAM) - timedelta(days=back)).date().isoformat() for back in (3, 2, 1)]
    office.approve("QT-01", days[0])
    rej = office.sign("QT-01", "reviewed", "dung", days[1], decision="reject", reason="Sai")
    base = world.commit()
    assert state(world, as_of="2099-01-01") == "rejected"
    for each in (rej, rej + ".sig"):
        (world.root / each).unlink()
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung", days[2])
    refused(change(world, base, as_of=None), "DC423")  # without moving it is refused
    if how == "moved up":
        for each in [*world.root.iterdir()]:
            each.rename(world.top / each.name)
        world.root.rmdir()
    else:
        world.root.rename(world.top / "other")
        (world.top / "qms").symlink_to("other")
    head = world.commit()
    pin = sha256(((world.top if how == "moved up" else world.top / "other") / "policy/0001.yaml").read_bytes())
    answer = run_docctl(
        "verify", "--root", "qms", "--policy-pin", pin, "--format", "json", "--change", f"{base}..{head}", cwd=world.top
    )
    assert answer.status != 0, answer.out + answer.err


def test_policy_rollback_by_moving_the_root(tmp_path, monkeypatch):
    """The floor: BASE has policy 2, HEAD (moved) only policy 1."""
    world = sub_world(tmp_path, monkeypatch)
    office = world.office

    def end(tree):
        tree["principals"][1]["keys"][0]["revoked"] = {"at": "2025-02-10", "reason": "compromised"}

    office.next_policy(end, at="2025-02-10T08:00:00+07:00")
    base = world.commit()
    for each in (world.root / "policy").glob("0002*"):
        each.unlink()
    world.root.rename(world.top / "other")
    (world.top / "qms").symlink_to("other")
    head = world.commit()
    answer = run_docctl(
        "verify",
        "--root",
        "qms",
        "--policy-pin",
        sha256((world.top / "other/policy/0001.yaml").read_bytes()),
        "--format",
        "json",
        "--change",
        f"{base}..{head}",
        cwd=world.top,
    )
    assert answer.status != 0, answer.out + answer.err


def test_clock_of_the_work_tree(agency, base):
    """trust.md: configuration comes from BASE by object id, never from the work tree. Today's date comes from HEAD's docctl.toml."""
    now = datetime.now(UTC)
    local = now.astimezone(VIETNAM)
    away = "-12:00"
    if (now - timedelta(hours=12)).date() == local.date():
        pytest.skip("at this hour both zones have the same day")
    moment = (local - timedelta(minutes=1)).strftime("%Y-%m-%dT%H:%M:%S+07:00")
    agency.office.archive("QT-02")
    agency.office.sign("QT-02", "issued", "dung", moment)
    refused(change(agency, base, as_of=None), "DC420")  # issued without any approval
    config = (agency.root / "docctl.toml").read_text()
    agency.write({"docctl.toml": config.replace("+07:00", away)})
    answer = change(agency, base, as_of=None)
    assert "DC420" in errors(answer), answer.out


def test_misplaced_rejection_is_moved_where_nobody_looks(agency):
    """In base a rejection lies in a wrong folder (counts, DC417). "Moved to where it belongs" lets it go anywhere."""
    path = agency.office.sign("QT-02", "reviewed", "binh", "2025-03-02", decision="reject", reason="Sai")
    wrong = path.replace("/1.0/", "/1.9/")
    (agency.root / wrong).parent.mkdir(parents=True)
    (agency.root / path).rename(agency.root / wrong)
    (agency.root / (path + ".sig")).rename(agency.root / (wrong + ".sig"))
    base = agency.commit()
    refused(verify(agency), "DC417")
    assert state(agency, document="QT-02") == "rejected"
    (agency.root / "approvals/QT-02/1.0").mkdir(exist_ok=True)
    agency.write(
        {
            "approvals/QT-02/1.0/.gitkeep": b"",
        }
    )
    (agency.root / wrong).rename(agency.root / "approvals/QT-02/1.0.sig")
    (agency.root / (wrong + ".sig")).rename(agency.root / "approvals/QT-02/1.0.p7s")
    shutil.rmtree((agency.root / wrong).parent, ignore_errors=True)
    answer = change(agency, base)
    assert answer.status == 1 or state(agency, document="QT-02") == "rejected", (
        answer.out,
        state(agency, document="QT-02"),
    )


def test_misplaced_duplicate_hidden(agency):
    """Same with a stray beside it instead of a folder."""
    path = agency.office.sign("QT-02", "reviewed", "binh", "2025-03-02", decision="reject", reason="Sai")
    wrong = path.replace("/1.0/", "/1.9/")
    (agency.root / wrong).parent.mkdir(parents=True)
    (agency.root / path).rename(agency.root / wrong)
    (agency.root / (path + ".sig")).rename(agency.root / (wrong + ".sig"))
    base = agency.commit()
    agency.write({"approvals/QT-02/1.0/note": b"x"})
    (agency.root / wrong).rename(agency.root / "approvals/QT-02/1.0/note.sig")
    (agency.root / (wrong + ".sig")).rename(agency.root / "approvals/QT-02/1.0/note.p7s")
    answer = change(agency, base)
    assert answer.status == 1 or state(agency, document="QT-02") == "rejected", (
        answer.out,
        state(agency, document="QT-02"),
    )


def test_acknowledgements_fill_the_folder(agency, base):
    """One person with the role to acknowledge signs 60 times: nothing more can be signed about the revision, not even its withdrawal."""
    there = len([*(agency.root / "approvals/QT-01/1.0").glob("*.json")])
    for n in range(64 - there):
        agency.office.sign("QT-01", "acknowledged", "cuong", f"2025-03-08T10:{n % 60:02}:00+07:00")
    passed(change(agency, base))
    base2 = agency.git("rev-parse", "HEAD")
    agency.office.sign("QT-01", "withdrawn", "an", "2025-03-09")
    answer = change(agency, base2)
    assert answer.status == 0 and state(agency, as_of=MERGED) == "withdrawn", answer.out


def test_squatting_a_form_in_the_archive(world, office):
    """archive/ is only added to: a wrong file under the sha256 of a form to come can never be put right."""
    base = world.git("rev-parse", "HEAD")
    digest = sha256(b"PK the true form")
    world.write({f"archive/forms/{digest}.docx": b"something else"})
    first = change(world, base)
    if first.status != 0:
        return  # refused: good
    base2 = world.git("rev-parse", "HEAD")
    world.write({f"archive/forms/{digest}.docx": b"PK the true form"})
    assert change(world, base2).status == 0, "accepted, and then for ever there"


def test_squatting_an_archived_text(agency, base):
    agency.write({"archive/QT-01/1.1.yaml": b"not it"})
    first = change(agency, base)
    if first.status != 0:
        return
    base2 = agency.git("rev-parse", "HEAD")
    agency.office.revise("QT-01", "1.1")
    agency.office.issue("QT-01", "2025-03-09")
    answer = change(agency, base2)
    assert answer.status == 0, answer.out


def test_root_moved_in_a_repository_with_old_records(tmp_path, monkeypatch):
    """Old records would be too old (DC418) as new ones; so HEAD drops them all and adopts whatever text it likes."""
    world = sub_world(tmp_path, monkeypatch)
    world.office.issue("QT-01", "2025-03-01")
    base = world.commit()
    for each in ("approvals", "archive"):
        shutil.rmtree(world.root / each)
    world.office.edit("QT-01", "Quy định trình tự", "Không cần ai duyệt")
    adopted(world, "1.0", "2025-01-01")
    world.root.rename(world.top / "other")
    (world.top / "qms").symlink_to("other")
    head = world.commit()
    pin = sha256((world.top / "other/policy/0001.yaml").read_bytes())
    answer = run_docctl(
        "verify", "--root", "qms", "--policy-pin", pin, "--format", "json", "--change", f"{base}..{head}", cwd=world.top
    )
    assert answer.status != 0, answer.out + answer.err


PRIVATE = b"-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaA==\n-----END OPENSSH PRIVATE KEY-----\n"


@pytest.mark.parametrize(
    "path",
    [
        "approvals/QT-01.sig",
        "approvals/QT-01/1.0.p7s",
        "approvals/QT-01/1.0/x.tsr",
        "archive/QT-01/1.0.yaml.sig",
        "archive/QT-01/1.0.yaml.p7s",
        "archive/forms/" + "0" * 64 + ".pem",
        "policy/0001.yaml.p7s",
        "policy/id_ed25519",
        "policy/.id",
        "checkpoints/id",
        "approvals/.id",
        "forms/id",
        "id_ed25519",
        "procedures/id",
        "legal/x.pem",
    ],
)
def test_private_key(agency, path):
    agency.write({path: PRIVATE})
    if path == "id_ed25519":
        pytest.skip("outside of what docctl reads")
    assert "DC422" in errors(verify(agency)), verify(agency).out


def test_folder_of_records_hidden_by_a_git_marker(agency):
    """WorkTree lists a folder with something called .git in it as a submodule; checkpoint still finds its files by path."""
    agency.office.sign("QT-01", "withdrawn", "an", "2025-05-01")
    rename(agency.root / next(iter((agency.root / "approvals/QT-01/1.0").glob("withdrawn*.json"))), "w.json")
    checkpoint(agency, at="2025-05-02")
    agency.commit()
    assert state(agency) == "withdrawn"
    agency.office.revise("QT-01", "1.1")
    (agency.root / "approvals/QT-01/1.0/.git").write_text("")
    answer = verify(agency, "--checkpoint", "1")
    assert answer.status == 1, answer


def test_next_revision_hidden_by_a_git_marker(agency):
    """1.1 hidden: 1.0 is in force again, though the checkpoint knows 1.1."""
    agency.office.revise("QT-01", "1.1")
    agency.office.issue("QT-01", "2025-03-09")
    checkpoint(agency, at="2025-05-02")
    agency.commit()
    passed(verify(agency, "--checkpoint", "1"))
    assert standing(agency)["effective"] == "1.1"
    (agency.root / QT).write_bytes((agency.root / "archive/QT-01/1.0.yaml").read_bytes())
    (agency.root / "approvals/QT-01/1.1/.git").write_text("")
    answer = verify(agency, "--checkpoint", "1")
    assert answer.status == 1, answer


def test_checkpoint_knows_what_was_adopted_and_is_gone(world):
    adopted(world, "1.0", "2025-01-01", "QT-01")
    checkpoint(world)
    world.commit()
    passed(verify(world, "--checkpoint", "1"))
    assert standing(world, "QT-01")["effective"] == "1.0"
    (world.root / "adopted.yaml").unlink()
    answer = verify(world, "--checkpoint", "1")
    assert answer.status == 1, standing(world, "QT-01")["effective"]


def remember(world, pairs):
    folder = world.top / ".git/docctl"
    folder.mkdir(exist_ok=True)
    with sqlite3.connect(folder / "verified-1.sqlite3") as c:
        c.execute("CREATE TABLE IF NOT EXISTS verified (digest TEXT PRIMARY KEY, key TEXT NOT NULL)")
        c.executemany("INSERT OR REPLACE INTO verified VALUES (?, ?)", pairs)


def test_hostile_memory_makes_a_forged_record_count(world, office):
    """A folder got from somebody else, .git and all (section 8: hostile config, hooks ... are covered): pin known, memory forged."""
    paths = [
        office.sign("QT-01", m, n, by="stranger")
        for m, n in (("prepared", "cuong"), ("reviewed", "binh"), ("approved", "an"))
    ]
    office.archive("QT-01")
    paths.append(office.sign("QT-01", "issued", "dung", by="stranger"))
    refused(verify(world), "DC413")
    remember(
        world,
        [
            (
                RecordFile(p, office.read(p), office.read(p + ".sig")).verified(),
                office.key(json.loads(office.read(p))["signer"]["id"]).fingerprint,
            )
            for p in paths
        ],
    )
    refused(verify(world), "DC413")


@pytest.mark.parametrize("what", ["blob", "null", "other columns", "directory", "link", "link of folder", "surrogate"])
def test_hostile_memory_shapes(agency, what, tmp_path, monkeypatch):
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    folder = home / "docctl"
    f = folder / "verified-1.sqlite3"
    if what != "link of folder":
        folder.mkdir()
    if what == "directory":
        f.mkdir()
    elif what == "link":
        f.symlink_to(tmp_path / "elsewhere.sqlite3")
    elif what == "link of folder":
        (tmp_path / "there").mkdir()
        folder.symlink_to(tmp_path / "there")
    else:
        with sqlite3.connect(f) as c:
            if what == "other columns":
                c.execute("CREATE TABLE verified (x)")
            else:
                c.execute("CREATE TABLE verified (digest, key)")
                c.execute(
                    {
                        "blob": "INSERT INTO verified VALUES (x'ff', x'ff')",
                        "null": "INSERT INTO verified VALUES (NULL, NULL)",
                        "surrogate": "INSERT INTO verified VALUES (CAST(x'ff' AS TEXT), CAST(x'ff' AS TEXT))",
                    }[what]
                )
    passed(verify(agency))
    passed(verify(agency))
    if what.startswith("link"):
        assert not (tmp_path / "there/verified-1.sqlite3").exists() and not (tmp_path / "elsewhere.sqlite3").exists()


def twin(key: Key, how: str):
    def s(b):
        return len(b).to_bytes(4, "big") + b

    point = key.private.public_key().public_bytes_raw()
    blob = s(b"sk-ssh-ed25519@openssh.com") + s(point) + s(b"ssh:")
    fp = "SHA256:" + base64.b64encode(__import__("hashlib").sha256(blob).digest()).decode().rstrip("=")
    return fp, "sk-ssh-ed25519@openssh.com " + base64.b64encode(blob).decode()


def test_one_key_as_two(world, office):
    """The same ed25519 point, once plain and once as that of a token, belongs to two persons."""
    people = office.people()
    fp, line = twin(office.key("an"), "sk")
    people[1]["keys"] = [{"fp": fp, "blob": line, "from": "2018-01-01"}]
    office.first_policy(people=people)
    answer = verify(world)
    assert answer.status == 1, answer.out


def test_role_that_ended_does_not_come_back(world, office):
    """Windows are only ended, never extended: a second entry with days in the past does the same."""

    def end(tree):
        tree["principals"][0]["roles"][0]["until"] = "2025-02-20"

    office.next_policy(end, at="2025-02-20T08:00:00+07:00")
    office.approve("QT-01", "2025-03-01")
    refused(verify(world), "DC414")

    def back(tree):
        tree["principals"][0]["roles"].append({"role": tree["principals"][0]["roles"][0]["role"], "from": "2025-02-21"})

    office.next_policy(back, at="2026-01-05T08:00:00+07:00")
    answer = verify(world)
    assert answer.status == 1, (answer.out, state(world))


def test_delegation_added_for_the_past(world, office):
    office.approve("QT-02", "2025-03-01")
    office.sign("QT-01", "approved", "binh", "2025-03-01", acting=("KT", "d-1"), role="chu-tich")
    refused(verify(world), "DC414")

    def add(tree):
        tree["delegations"] = [
            {
                "id": "d-1",
                "from": "an",
                "to": "binh",
                "role": "chu-tich",
                "mode": "KT",
                "from_date": "2018-01-01",
                "basis": "x",
            }
        ]

    office.next_policy(add, at="2026-01-05T08:00:00+07:00")
    answer = verify(world)
    assert answer.status == 1, answer.out


def test_withdrawal_for_the_past_resurrects(agency):
    """1.1 was in force for months; a withdrawal of 1.1 dated back to its first day brings 1.0 into force again."""
    agency.office.revise("QT-01", "1.1")
    agency.office.issue("QT-01", "2025-03-09")
    agency.commit()
    agency.office.sign("QT-01", "withdrawn", "an", "2025-09-01", effective_from=date(2025, 3, 9))
    answer = verify(agency)
    assert answer.status == 1 or standing(agency)["effective"] is None, (answer.out, standing(agency)["effective"])


def test_rejection_with_other_shared_forms_is_said(world, office):
    office.approve("QT-01", "2025-03-01")
    office.sign("QT-01", "reviewed", "dung", "2025-03-02", decision="reject", reason="Sai", shared_forms="0" * 64)
    assert state(world) == "rejected" or "DC421" in verify(world).codes, (state(world), verify(world).out)


FORMS = """\
format: docctl/forms/v1
forms:
  - { id: BM-09, title: Tờ khai chung, file: forms/BM-01.docx, sha256: %s }
"""


def test_shared_form_swapped_while_scheduled(world, office):
    world.write({"forms.yaml": FORMS % sha256(FORM)})
    text = procedure("QT-01").replace(
        "time: { value: 1, unit: hour }, next: [b-2]", "time: { value: 1, unit: hour }, forms: [BM-09], next: [b-2]"
    )
    assert "BM-09" in text
    world.write({QT: text})
    world.commit()
    assert verify(world).status == 0, verify(world).out
    office.issue("QT-01", "2025-03-01", effective_from=date(2025, 5, 1))
    base = world.commit()
    passed(verify(world, as_of=MERGED))
    world.write({"forms.yaml": (FORMS % sha256(FORM)).replace("Tờ khai chung", "Tờ khai khác")})
    answer = change(world, base)
    assert answer.status == 1, (answer.out, state(world, as_of="2025-05-02"))


def served(identifier, code):
    """QT-16 of the example, as another one, for a code."""
    text = (EXAMPLE / "procedures/QT-16.yaml").read_text()
    return text.replace("id: QT-16", f"id: {identifier}").replace("2.000815", code)


def test_by_code_is_about_what_is_in_force(tmp_path, monkeypatch):
    """A draft that nobody signed takes a code over, or drops it; the desk asks which revision is in force."""
    clean_environment(tmp_path, monkeypatch)
    source = EXAMPLE
    shutil.copytree(source, tmp_path / "e")
    repo = docctl.open(tmp_path / "e")
    day = date(2025, 1, 20)
    before = repo.by_code("2.000815", day)
    assert before.id == "QT-16" and before.state.value == "in_force", before
    (tmp_path / "e/procedures/QT-16.yaml").write_text(served("QT-16", "1.999999"))
    (tmp_path / "e/procedures/QT-99.yaml").write_text(served("QT-99", "2.000815"))
    after = docctl.open(tmp_path / "e").by_code("2.000815", day)
    assert after.id == "QT-16" and after.state.value != "draft", (after.id, after.state)


D = "2023-12-15"


C39 = "legal/39-2016-tt-nhnn.yaml"


def findings(world, day=D):
    return [
        (f["code"], f["severity"], f["message"])
        for f in json.loads(run_docctl("outdated", "--as-of", day, "--format", "json", cwd=world.root).out)["findings"]
        if f["severity"] != "note"
    ]


def go(world, files, day=D):
    base = world.git("rev-parse", "HEAD")
    before = open_events(world, day)
    world.write(files)
    answer = change(world, base, as_of=day)
    after = open_events(world, day)
    return answer, before, after, findings(world, day)


def check(answer, before, after, found):
    """Either the change is refused, or every event that was open still is, or something else is said loudly."""
    assert answer.status == 1 or before <= after, (answer.codes, before, after, found)


TREE = (
    CIRCULAR
    + """provisions:
  - { address: chuong_1, heading: A }
  - { address: dieu_1, heading: A }
  - { address: chuong_2, heading: B }
  - { address: dieu_24, heading: B }
  - { address: dieu_24__khoan_2 }
  - { address: dieu_25, heading: B }
  - { address: chuong_3, heading: C }
  - { address: dieu_26, heading: C }
"""
)


def with_chapter(lawful):
    lawful.write({AMENDING: LEGAL[AMENDING].replace("[dieu_24__khoan_2]", "[chuong_2]"), C39: TREE})
    lawful.commit()
    assert open_events(lawful) == {AMENDED}, (findings(lawful), verify(lawful, as_of=D).out)


def test_tree_of_the_target_edited(lawful):
    """The chapter that a confirmed event ends is made to begin after the article: the event is as it was, and touches nothing."""
    with_chapter(lawful)
    chapter = "  - { address: chuong_2, heading: B }\n"
    moved = TREE.replace(chapter, "").replace(
        "  - { address: chuong_3, heading: C }\n",
        chapter + "  - { address: dieu_25a, heading: B }\n  - { address: chuong_3, heading: C }\n",
    )
    check(*go(lawful, {C39: moved}))


@pytest.mark.parametrize(
    "name",
    [
        ".gitkeep",
        "x/.gitkeep",
        "a.sig",
        "a.p7s",
        ".sig",
        "1.0.sig",
        "../1.0.sig",
        "../../QT-01.sig",
        "../1.0.p7s",
        "x.json.tsr",
        "x.tsr",
    ],
)
def test_rejection_under_odd_names_is_seen(world, office, name):
    """What a file is called proves nothing: a valid rejection counts under any name below approvals/ (or verify fails)."""
    office.approve("QT-01")
    path = office.sign("QT-01", "reviewed", "dung", "2025-03-02", decision="reject", reason="Sai")
    target = world.root / "approvals/QT-01/1.0" / name
    target = Path(os.path.normpath(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    (world.root / path).rename(target)
    (world.root / (path + ".sig")).rename(str(target) + ".sig")
    answer = verify(world)
    assert answer.status == 1 or state(world) == "rejected", (answer.codes, state(world))


def test_status_believes_no_policy_of_the_future(world, office):
    """verify refuses a version dated ahead of the clock; what does status say?"""

    def promote(tree):
        tree["principals"][2]["roles"].append({"role": "lead", "from": "2099-01-01"})
        tree["rules"][0].setdefault("until", "2099-12-30")

    office.next_policy(promote, at="2099-01-01T08:00:00+07:00")
    assert verify(world, as_of=None).status == 1
    out = run_docctl("status", "--format", "json", cwd=world.root)
    assert json.loads(out.out)["policy"] == 1, out.out


@pytest.mark.parametrize("edit", ["agency", "offset", "broken", "rule unknown"])
def test_configuration_of_head_that_cannot_hold(agency, base, edit):
    """What change mode lets in must hold as a tree."""
    text = (agency.root / "docctl.toml").read_text()
    new = {
        "agency": text.replace("phuong-thu", "phuong-khac"),
        "offset": text.replace("+07:00", "+08:00"),
        "broken": text + "\n[",
        "rule unknown": text + '\n[rules]\nDC999 = "off"\n',
    }[edit]
    agency.write({"docctl.toml": new})
    head = agency.commit()
    agency.git("checkout", "-q", base)  # the job's work tree is that of base
    merged = verify(agency, "--change", f"{base}..{head}", as_of=MERGED)
    agency.git("checkout", "-q", head)
    tree = verify(agency)
    assert tree.status != 0
    assert merged.status != 0, merged.out


def test_age_is_that_of_the_rule_of_today(world, office):
    """An older rule let records be a year old; today's rule asks for two approvals and allows a week. Dated into the old rule's days, one approval is enough."""
    first = rule(until="2025-03-31", max_age_days=366)
    second = rule(**{"from": "2025-04-01"}, max_age_days=7)
    second["require"][2]["n"] = 2
    office.first_policy(rules=[first, second])
    base = world.commit()
    office.issue("QT-01", "2025-03-20")
    answer = change(world, base, as_of="2025-09-01")
    assert answer.status == 1, state(world)


def test_certificate_of_a_ssh_key_of_another(world, office):
    """The public key of an's SSH key in a certificate that the policy lists for binh."""
    import base64

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    line = key.public_key().public_bytes(serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH).decode()
    blob = base64.b64decode(line.split()[1])
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "binh")])
    cert = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2018, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2040, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )

    def fp(b):
        return "SHA256:" + base64.b64encode(hashlib.sha256(b).digest()).decode().rstrip("=")

    people = office.people()
    people[0]["keys"].append({"fp": fp(blob), "blob": " ".join(line.split()[:2]), "from": "2018-01-01"})
    people[1]["keys"].append({"fp": fp(cert), "blob": "x509 " + base64.b64encode(cert).decode(), "from": "2018-01-01"})
    office.first_policy(people=people, x509_roots=[base64.b64encode(cert).decode()])
    answer = verify(world)
    assert answer.status == 1, answer.out


@pytest.mark.parametrize("what", ["rsa exponent", "negated point", "other application"])
def test_one_key_as_two_in_other_ways(world, office, what):
    import base64

    def s(b):
        return len(b).to_bytes(4, "big") + b

    def fp(b):
        return "SHA256:" + base64.b64encode(hashlib.sha256(b).digest()).decode().rstrip("=")

    people = office.people()
    if what == "rsa exponent":
        from cryptography.hazmat.primitives.asymmetric import rsa

        n = rsa.generate_private_key(65537, 3072).public_key().public_numbers().n

        def mp(v):
            return s(v.to_bytes(v.bit_length() // 8 + 1, "big"))

        blobs = [s(b"ssh-rsa") + mp(e) + mp(n) for e in (65537, 65539)]
        kind = "ssh-rsa"
    elif what == "negated point":
        pt = bytearray(office.key("x").private.public_key().public_bytes_raw())
        neg = bytearray(pt)
        neg[31] ^= 0x80
        blobs = [s(b"ssh-ed25519") + s(bytes(p)) for p in (pt, neg)]
        kind = "ssh-ed25519"
    else:
        pt = office.key("x").private.public_key().public_bytes_raw()
        kind = "sk-ssh-ed25519@openssh.com"
        blobs = [s(kind.encode()) + s(pt) + s(a) for a in (b"ssh:", b"ssh:b")]
    for place, blob in enumerate(blobs):
        people[place]["keys"].append(
            {"fp": fp(blob), "blob": kind + " " + base64.b64encode(blob).decode(), "from": "2018-01-01"}
        )
    office.first_policy(people=people)
    assert verify(world).status == 1


@pytest.mark.parametrize(
    ("name", "added"),
    [
        ("r.sig", "r"),
        (".gitkeep.sig", ".gitkeep"),
        (".gitkeep.p7s", ".gitkeep"),
        ("r.p7s", "r/.gitkeep"),
        ("r.sig", "r/.gitkeep"),
    ],
)
def test_rejection_hidden_by_adding_a_file(world, office, name, added):
    """Base is clean (verify: 0 errors; rejected). The change only adds an (empty) file, and the rejection is read no more."""
    office.approve("QT-01", "2025-03-01")
    path = office.sign("QT-01", "reviewed", "dung", "2025-03-02", decision="reject", reason="Sai")
    folder = (world.root / path).parent
    (world.root / path).rename(folder / name)
    (world.root / (path + ".sig")).rename(folder / (name + ".sig"))
    base = world.commit()
    answer = verify(world, as_of=MERGED)
    assert answer.status == 0 and state(world) == "rejected", answer.out
    world.write({f"approvals/QT-01/1.0/{added}": b""})
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung", "2025-03-03")
    answer = change(world, base)
    assert answer.status == 1 or state(world) == "rejected", (answer.codes, state(world))


@pytest.mark.parametrize("folder", ["approvals", "legal", "procedures", "forms"])
def test_deep_folders(agency, base, folder):
    here = os.open(agency.root, os.O_RDONLY)
    os.makedirs(agency.root / folder, exist_ok=True)
    os.chdir(agency.root / folder)
    try:
        for _ in range(1500):
            os.mkdir("a")
            os.chdir("a")
        Path("x.json").write_bytes(b"{}")
    finally:
        os.fchdir(here)
        os.close(here)
    answer = run_docctl("verify", "--policy-pin", agency.office.pin, "--format", "json", cwd=agency.root)
    os.chdir("/")
    subprocess.run(["rm", "-rf", str(agency.root / folder / "a")], check=True)
    assert "internal error" not in answer.err, answer.err


def test_new_person_for_the_past(world, office):
    """A person added in 2026 with a key and a role from 2018: records dated 2025 by that person come to count."""
    office.sign("QT-01", "prepared", "cuong")
    office.sign("QT-01", "reviewed", "binh")
    new = person("em", "lead", key=office.key("em"))
    office.next_policy(lambda tree: tree["principals"].append(new), at="2026-01-05T08:00:00+07:00")
    put(office, office.record("QT-01", "approved", "em", "2025-03-02", role="chu-tich"))
    assert verify(world).status == 1, state(world)


@pytest.mark.parametrize(
    "given", ["main", "short tag", "short branch", "full id", "full id as a branch", "remote", "remote against a tag"]
)
def test_names_of_commits_are_not_hijacked(agency, given):
    """A tag or branch called as the base branch, or as the id of BASE, does not stand in for it."""
    path = agency.office.sign("QT-02", "reviewed", "binh", "2025-03-02", decision="reject", reason="Sai")
    base = agency.commit()
    agency.git("update-ref", "refs/remotes/origin/main", base)
    for each in (path, path + ".sig"):
        (agency.root / each).unlink()
    agency.git("checkout", "-qb", "side")
    head = agency.commit()
    agency.git("update-ref", "refs/tags/main", head)
    agency.git("update-ref", f"refs/tags/{base[:10]}", head)
    agency.git("update-ref", f"refs/heads/{base[:8]}", head)
    agency.git("update-ref", f"refs/heads/{base}", head)
    agency.git("update-ref", "refs/heads/HEAD", head)
    if given == "remote against a tag":
        agency.git("update-ref", "refs/tags/origin/main", head)
    names = {
        "remote against a tag": "origin/main",
        "main": "main",
        "short tag": base[:10],
        "short branch": base[:8],
        "full id": base,
        "full id as a branch": base,
        "remote": "origin/main",
    }
    answer = verify(agency, "--change", f"{names[given]}..{head}", as_of=MERGED)
    assert answer.status == 3 or "DC423" in errors(answer), "found out, or said that it cannot be decided"


def test_preparer_approves_after_a_change_of_shared_forms(world, office):
    """an prepared this very text (digest) under other shared forms; cuong signs prepared again; an approves what an prepared."""
    office.sign("QT-01", "prepared", "an", "2025-03-01T08:00:00+07:00", shared_forms="0" * 64)
    office.sign("QT-01", "prepared", "cuong", "2025-03-01T09:00:00+07:00")
    office.sign("QT-01", "reviewed", "binh", "2025-03-01T10:00:00+07:00")
    office.sign("QT-01", "approved", "an", "2025-03-01T11:00:00+07:00")
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung", "2025-03-02")
    answer = verify(world)
    assert answer.status == 1 or state(world) != "effective", answer.out
