"""What people run into who live with it for a year: slips of the pen, lost keys, pilots that end, changes of mind.

Each of these once left a repository that could not be put right by anything the commands offer.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from test_signing import Ward, law_changed_before_a_reissue, today, ward


def errors_of(ward: Ward, *arguments: str) -> set[str]:
    answer = ward.run(*arguments, "--format", "json")
    return {each["code"] for each in json.loads(answer.out)["findings"] if each["severity"] == "error"}


def issued(ward: Ward) -> str:
    """1.0 is in force; the commit."""
    ward.policy()
    ward.approve()
    ward.good("issue", "QT-01", "--effective-from", "2025-12-01", by="binh")
    return ward.commit()


def next_revision(ward: Ward, reason: str = "improvement", summary: str = "Rút ngắn một bước") -> None:
    ward.edit("revision: 0\n", "revision: 1\n")
    ward.edit("reason: first-issue", f"reason: {reason}")
    ward.edit("summary: ", f"summary: {summary} # ")


def test_a_stolen_key(ward: Ward) -> None:
    """Revoked, everything signed anew: the repository holds again, and the change that mends may be merged."""
    base = issued(ward)
    shown = json.loads(ward.good("policy", "show", "--format", "json"))
    stolen = shown["people"][2]["keys"][0]
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(ward.folder / "new")], check=True)
    ward.good("policy", "edit", "--person", "cuong", "--key", str(ward.folder / "new.pub"))
    ward.good("policy", "edit", "--revoke", stolen, "--because", "compromised")
    ward.good("policy", "sign", by="an")
    revoked = ward.commit()
    ward.good("verify", "--policy-pin", ward.pin, "--change", f"{base}..{revoked}")
    assert "DC413" in errors_of(ward, "verify", "--policy-pin", ward.pin), "until it is signed anew"
    ward.good("sign", "QT-01", "--as", "prepared", by="new")
    half = ward.commit()
    ward.good("verify", "--policy-pin", ward.pin, "--change", f"{revoked}..{half}")
    if ward.state("1.0")["state"] != "effective":  # unless all of this was done within one second
        ward.good("issue", "QT-01", "--effective-from", "2025-12-01", by="binh")
    mended = ward.commit()
    ward.good("verify", "--policy-pin", ward.pin, "--change", f"{half}..{mended}")
    assert ward.state("1.0")["state"] == "effective"
    ward.good("verify", "--policy-pin", ward.pin)
    ward.edit("title: ", "title: Sửa một chữ # ", "organisation.yaml")
    ward.good("verify", "--policy-pin", ward.pin, "--change", f"{mended}..{ward.commit()}")


def test_records_of_a_stolen_key_are_kept_by_name(ward: Ward) -> None:
    base = issued(ward)
    stolen = json.loads(ward.good("policy", "show", "--format", "json"))["people"][2]["keys"][0]
    ward.good("policy", "edit", "--revoke", stolen, "--because", "compromised")
    ward.good("policy", "sign", by="an")
    revoked = ward.commit()
    (record,) = (ward.root / "approvals/QT-01/1.0").glob("prepared--*.json")
    ward.good("policy", "edit", "--keep", str(record.relative_to(ward.root)))
    ward.good("policy", "sign", by="an")
    kept = ward.commit()
    ward.good("verify", "--policy-pin", ward.pin, "--change", f"{revoked}..{kept}")
    ward.good("verify", "--policy-pin", ward.pin)
    assert base != kept


def test_a_forged_record_of_a_stolen_key_is_not_brought_in(ward: Ward) -> None:
    """The key is revoked and all is signed anew; what a thief signs afterwards is refused at the door."""
    issued(ward)
    stolen = json.loads(ward.good("policy", "show", "--format", "json"))["people"][2]["keys"][0]
    clone = ward.folder / "thief"
    subprocess.run(["git", "clone", "-q", str(ward.root), str(clone)], check=True)
    (clone / "procedures/QT-01.yaml").write_bytes((ward.root / "procedures/QT-01.yaml").read_bytes())
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(ward.folder / "new")], check=True)
    ward.good("policy", "edit", "--person", "cuong", "--key", str(ward.folder / "new.pub"))
    ward.good("policy", "edit", "--revoke", stolen, "--because", "compromised")
    ward.good("policy", "sign", by="an")
    ward.good("sign", "QT-01", "--as", "prepared", by="new")
    if ward.state("1.0")["state"] != "effective":
        ward.good("issue", "QT-01", "--effective-from", "2025-12-01", by="binh")
    base = ward.commit()
    ward.good("verify", "--policy-pin", ward.pin)
    forged = ward.run("acknowledge", "QT-01", by="cuong", cwd=clone)
    assert forged.status == 0, forged
    for path in (clone / "approvals/QT-01/1.0").glob("acknowledged*"):
        shutil.copy(path, ward.root / "approvals/QT-01/1.0" / path.name)
    head = ward.commit()
    assert ward.run("verify", "--policy-pin", ward.pin, "--change", f"{base}..{head}").status == 1


def test_the_same_person_is_told_before_signing(ward: Ward) -> None:
    """In either order: who reviewed cannot prepare any more, who prepared cannot review."""
    ward.policy()
    ward.good("sign", "QT-01", "--as", "reviewed", by="binh")
    assert "the same person" in ward.refused("sign", "QT-01", "--as", "prepared", by="binh")
    ward.good("sign", "QT-01", "--as", "prepared", by="cuong")
    ward.good("sign", "QT-01", "--as", "approved", by="an")
    assert "the same person" in ward.refused("sign", "QT-01", "--as", "prepared", by="an")


def test_a_text_that_was_given_up_says_nothing_more(ward: Ward) -> None:
    """Signed, rejected, edited, issued: neither the next revision nor a withdrawal brings the old words back."""
    ward.policy()
    ward.good("sign", "QT-01", "--as", "prepared", by="cuong")
    ward.good("sign", "QT-01", "--as", "reviewed", "--decision", "reject", "--reason", "Thiếu căn cứ", by="binh")
    ward.edit("title: ", "title: Khác # ")
    ward.approve()
    ward.good("issue", "QT-01", "--effective-from", "2025-12-01", by="binh")
    next_revision(ward)
    found = json.loads(ward.good("status", "QT-01", "--format", "json"))["documents"][0]["revisions"]
    assert [(each["number"], each["state"]) for each in found] == [("1.0", "effective"), ("1.1", "draft")]
    ward.good("verify", "--policy-pin", ward.pin)


def test_a_scheduled_revision_is_taken_back(ward: Ward) -> None:
    """To end the procedure both go; taken back before its day, the one to come leaves the present one in force."""
    issued(ward)
    next_revision(ward)
    ward.approve()
    first = today() + timedelta(days=30)
    ward.good("issue", "QT-01", "--effective-from", first.isoformat(), by="binh")
    day = (first + timedelta(days=60)).isoformat()
    said = ward.refused("withdraw", "QT-01", "--from", day, "--reason", "Hết nhiệm vụ", by="an")
    assert "--revision 1.1" in said
    ward.good("withdraw", "QT-01", "--revision", "1.1", "--from", today().isoformat(), "--reason", "Nhầm ngày", by="an")
    after = (first + timedelta(days=1)).isoformat()
    states = {
        each["number"]: each["state"]
        for each in json.loads(ward.good("status", "QT-01", "--as-of", after, "--format", "json"))["documents"][0][
            "revisions"
        ]
    }
    assert states == {"1.0": "effective", "1.1": "withdrawn"}
    ward.edit("revision: 1\n", "revision: 2\n")
    ward.edit("summary: ", "summary: Lần nữa # ")
    ward.approve()
    ward.good("issue", "QT-01", "--effective-from", today().isoformat(), by="binh")
    ward.good("withdraw", "QT-01", "--from", day, "--reason", "Hết nhiệm vụ", by="an")
    assert "already" in ward.refused("withdraw", "QT-01", "--from", day, "--reason", "Nữa", by="an")
    assert "since" in ward.refused("withdraw", "QT-01", "--from", "2020-01-01", "--reason", "Nữa", by="an")
    ward.commit()
    ward.good("verify", "--policy-pin", ward.pin)


def test_two_issues_of_one_revision(ward: Ward) -> None:
    """Made on two branches: the first signed holds; the next revision is the way on."""
    issued(ward)
    (record,) = (ward.root / "approvals/QT-01/1.0").glob("issued--*.json")
    aside = {path: path.read_bytes() for path in record.parent.glob("issued--*")}
    for path in aside:
        path.unlink()
    ward.good("issue", "QT-01", "--effective-from", "2026-02-01", by="binh")
    for path, data in aside.items():
        path.write_bytes(data)
    both = ward.commit()
    assert errors_of(ward, "verify", "--policy-pin", ward.pin) == {"DC303"}
    next_revision(ward)
    ward.approve()
    ward.good("issue", "QT-01", "--effective-from", today().isoformat(), by="binh")
    head = ward.commit()
    ward.good("verify", "--policy-pin", ward.pin, "--change", f"{both}..{head}")
    assert "DC303" not in errors_of(ward, "verify", "--policy-pin", ward.pin)


def test_what_check_calls_an_error_is_not_signed(ward: Ward) -> None:
    ward.policy()
    ward.edit("role: ", "role: khong-co # ")
    assert "DC203" in ward.refused("sign", "QT-01", "--as", "prepared", by="cuong")
    ward.good("sign", "QT-01", "--as", "reviewed", "--decision", "reject", "--reason", "Sai chức danh", by="binh")


def test_a_reason_that_was_copied(ward: Ward) -> None:
    issued(ward)
    ward.edit("revision: 0\n", "revision: 1\n")
    assert "DC311" in ward.refused("sign", "QT-01", "--as", "prepared", by="cuong")
    ward.edit("reason: first-issue", "reason: improvement")
    assert "DC311" in ward.good("check"), "the same words are still worth a warning"
    ward.good("sign", "QT-01", "--as", "prepared", by="cuong")


def test_adopting_ends_with_the_policy(ward: Ward) -> None:
    """What was adopted before goes on; nothing more is, and nothing of it can be edited."""
    ward.good("adopt", "QT-01", "--effective-from", "2025-01-01")
    ward.policy()
    ward.good("verify", "--policy-pin", ward.pin)
    assert ward.state("1.0")["state"] == "effective"
    assert "closed" in ward.refused("adopt", "--all", "--effective-from", "2024-01-01")
    path = ward.root / "adopted.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2025-01-01", "2024-01-01"), encoding="utf-8")
    assert "DC433" in errors_of(ward, "verify", "--policy-pin", ward.pin)
    entry = text[text.index("  - document") :].replace("QT-01", "QT-02")
    path.write_text(text + entry, encoding="utf-8")
    assert "DC433" in errors_of(ward, "verify", "--policy-pin", ward.pin)
    assert ward.state("1.0")["state"] == "effective", "the entries that were there still count"


def test_what_was_decided_is_shown(ward: Ward) -> None:
    """After a legal review the department head reads what was closed, by whom and why; issuing shows every decision."""
    law_changed_before_a_reissue(ward)
    answer = ward.run(
        "issue", "QT-01", "--effective-from", "2026-02-01", "--event", "1-2026-nd-cp#e1=no_impact:Không liên quan",
        by="binh",
    )  # fmt: skip
    assert answer.status == 0, answer
    assert "1-2026-nd-cp#e1" in answer.err
    assert "nothing changes here" in answer.err
    said = ward.run("outdated", "QT-01", "--explain").out
    assert "1-2026-nd-cp#e1: nothing changes here (binh" in said
    assert "Không liên quan" in said
    assert "Nothing known has changed" not in said


def test_files_that_belong_together_are_named(ward: Ward) -> None:
    ward.policy()
    ward.commit()
    ward.edit("title: ", "title: Khác # ")
    answer = ward.run("sign", "QT-01", "--as", "prepared", by="cuong")
    listed = [line.strip() for line in answer.err.splitlines() if line.startswith("  ")]
    assert "procedures/QT-01.yaml" in listed, "it is not as the last commit has it"
    assert sum(line.endswith(".json.sig") for line in listed) == 1
    assert sum(line.endswith(".json") for line in listed) == 1


def test_the_end_of_a_pilot(ward: Ward, tmp_path: Path) -> None:
    """Said before it comes; kept by name, and the change that keeps may be merged."""
    last = today() + timedelta(days=10)
    ward.person("init", "an", "Chủ tịch", "lanh-dao")
    ward.person("edit", "binh", "Công chức", "cc-chuyen-mon")
    ward.person("edit", "cuong", "Công chức một cửa", "cc-mot-cua")
    ward.edit("max_age_days: 30", f'max_age_days: 30\n    unsigned_until: "{last.isoformat()}"', "policy/0001.yaml")
    ward.good("policy", "sign", by="an")
    for meaning, person in (("prepared", "cuong"), ("reviewed", "binh"), ("approved", "an")):
        ward.good("sign", "QT-01", "--as", meaning, "--unsigned", person)
    ward.good("issue", "QT-01", "--effective-from", "2025-12-01", "--unsigned", "binh")
    base = ward.commit()
    assert last.isoformat() in ward.good("check"), "said before the day"
    table = json.loads(ward.good("status", "QT-01", "--changes", "--format", "json"))["documents"]["QT-01"][0]
    assert table["assurance"] == "unsigned"
    assert "UNSIGNED" in ward.good("status", "QT-01", "--changes")
    later = ["--as-of", (last + timedelta(days=1)).isoformat()]
    assert "DC419" in errors_of(ward, "verify", "--policy-pin", ward.pin, *later)
    ward.good("policy", "edit", "--keep", "approvals")
    ward.good("policy", "sign", by="an")
    head = ward.commit()
    ward.good("verify", "--policy-pin", ward.pin, *later, "--change", f"{base}..{head}")
    ward.good("verify", "--policy-pin", ward.pin, *later)


@pytest.mark.parametrize("meaning", ["prepared"])
def test_a_key_confirms_what_was_a_claim(ward: Ward, meaning: str) -> None:
    last = today() + timedelta(days=10)
    ward.person("init", "an", "Chủ tịch", "lanh-dao")
    ward.person("edit", "cuong", "Công chức một cửa", "cc-mot-cua")
    ward.edit("max_age_days: 30", f'max_age_days: 30\n    unsigned_until: "{last.isoformat()}"', "policy/0001.yaml")
    ward.good("policy", "sign", by="an")
    ward.good("sign", "QT-01", "--as", meaning, "--unsigned", "cuong")
    ward.good("sign", "QT-01", "--as", meaning, by="cuong")
    assert "already" in ward.refused("sign", "QT-01", "--as", meaning, by="cuong")


def test_drafts_of_a_policy_that_could_not_be_signed(ward: Ward) -> None:
    ward.policy()
    assert "root group" in ward.refused("policy", "edit", "--threshold", "2")
    assert "belongs to" in ward.refused("policy", "edit", "--person", "binh", "--key", str(ward.folder / "cuong.pub"))
    answer = ward.run("policy", "edit", "--person", "binh", "--holds", "khong-co")
    assert "no role khong-co" in answer.err
    ward.good(
        "policy", "edit", "--delegate", "kt-1", "--giver", "an", "--taker", "binh", "--mode", "KT",
        "--delegated-role", "lanh-dao", "--basis", "Quyết định 5/QĐ-UBND",
    )  # fmt: skip
    ward.good("policy", "sign", by="an")
    assert ward.run("verify", "--policy-pin", ward.pin).status == 0
