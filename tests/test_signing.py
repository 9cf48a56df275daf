"""Living in it: three people with keys of their own, the real ssh-keygen, and nothing but the commands."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import subprocess
import time
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from gitworld import Answer, docctl_command, run_docctl

LAW = """\
format: docctl/legal-text/v1
number: 61/2018/NĐ-CP
kind: decree
title: Thực hiện cơ chế một cửa
issuer: [Chính phủ]
issued: "2018-04-23"
in_force: [{ from: "2018-06-21" }]
checked: "2026-11-01"
provisions: [{ address: dieu_1 }, { address: dieu_2 }, { address: dieu_3 }]
"""
AMENDING = """\
format: docctl/legal-text/v1
number: 107/2021/NĐ-CP
kind: decree
title: Sửa đổi, bổ sung một số điều
issuer: [Chính phủ]
issued: "2021-12-06"
in_force: [{ from: "2021-12-06" }]
checked: "2026-11-01"
events:
  - id: e1
    kind: amend
    source: { provision: dieu_1, quote: "Sửa đổi, bổ sung Điều 2 như sau" }
    target: { text: 61/2018/NĐ-CP, provisions: [dieu_2] }
    recorded: "2021-12-10"
    confirmed: { by: cc-chuyen-mon, on: "2021-12-10" }
"""
LATER = (
    AMENDING.replace("107/2021", "1/2026").replace("2021-12-06", "2026-01-15").replace("2021-12-10", "2026-01-20")
    .replace("provisions: [dieu_2]", "provisions: [dieu_3]").replace("Điều 2 như", "Điều 3 như")
)  # fmt: skip


def today() -> date:
    return datetime.now(UTC).astimezone(timezone(timedelta(hours=7))).date()


class Ward:
    """A ward's repository and its three people."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "ward"
        for name in ("an", "binh", "cuong"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", str(folder / name)]
            subprocess.run(command, check=True)
        self.run("init", str(self.root), "--name", "UBND phường A", "--level", "commune", cwd=folder)
        self.run("new", "procedure", "QT-01", "--title", "Chứng thực bản sao")
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def commit(self) -> str:
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x")
        return self.git("rev-parse", "HEAD")

    def run(self, *arguments: str, by: str | None = None, cwd: Path | None = None) -> Answer:
        key = ["--key", str(self.folder / by)] if by else []
        return run_docctl(*arguments, *key, "--lang", "en", cwd=cwd or self.root)

    def good(self, *arguments: str, by: str | None = None) -> str:
        answer = self.run(*arguments, by=by)
        assert answer.status == 0, answer
        return answer.out

    def refused(self, *arguments: str, by: str | None = None) -> str:
        before = self.files()
        answer = self.run(*arguments, by=by)
        assert answer.status == 2, answer
        assert self.files() == before, "nothing is written"
        return answer.err

    def files(self) -> set[str]:
        return {str(path) for path in self.root.rglob("*") if ".git/" not in str(path)}

    def person(self, verb: str, name: str, title: str, role: str) -> None:
        self.good(
            "policy", verb, "--person", name, "--name", f"Người ký {name}", "--title", title, "--unit", "UBND phường A",
            "--holds", role, "--key", str(self.folder / f"{name}.pub"),
        )  # fmt: skip

    def policy(self) -> None:
        self.person("init", "an", "Chủ tịch", "lanh-dao")
        self.person("edit", "binh", "Công chức", "cc-chuyen-mon")
        self.person("edit", "cuong", "Công chức một cửa", "cc-mot-cua")
        self.good("policy", "sign", by="an")

    @property
    def pin(self) -> str:
        done = subprocess.run(
            ["sha256sum", "policy/0001.yaml"], cwd=self.root, capture_output=True, text=True, check=True
        )
        return done.stdout[:64]

    def state(self, number: str) -> dict[str, object]:
        status = json.loads(self.good("status", "QT-01", "--format", "json"))
        return next(each for each in status["documents"][0]["revisions"] if each["number"] == number)

    def edit(self, old: str, new: str, path: str = "procedures/QT-01.yaml") -> None:
        text = (self.root / path).read_text(encoding="utf-8")
        assert old in text
        (self.root / path).write_text(text.replace(old, new, 1), encoding="utf-8")

    def approve(self) -> None:
        self.good("sign", "QT-01", "--as", "prepared", by="cuong")
        self.good("sign", "QT-01", "--as", "reviewed", by="binh")
        self.good("sign", "QT-01", "--as", "approved", by="an")


@pytest.fixture
def ward(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ward:
    for name in [*os.environ]:
        if name.startswith(("GIT_", "DOCCTL_", "SSH_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Demo")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "demo@localhost")
    return Ward(tmp_path)


def test_from_the_first_key_to_the_second_revision(ward: Ward) -> None:
    assert "no policy" in ward.refused("sign", "QT-01", "--as", "prepared", by="cuong")
    ward.policy()
    base = ward.commit()
    assert ward.run("verify").status == 3
    assert "outside the repository" in ward.run("verify").err
    ward.approve()
    assert ward.state("1.0")["state"] == "approved"
    ward.good(
        "issue",
        "QT-01",
        "--effective-from",
        "2026-01-01",
        "--decision",
        "12/QĐ-UBND",
        "--decision-date",
        "2025-12-20",
        by="binh",
    )
    assert ward.state("1.0")["state"] == "effective"
    assert ward.state("1.0")["decision"] == {"number": "12/QĐ-UBND", "date": "2025-12-20", "sha256": None}
    ward.good("acknowledge", "QT-01", by="cuong")
    head = ward.commit()
    ward.good("verify", "--policy-pin", ward.pin)
    ward.good("verify", "--policy-pin", ward.pin, "--change", f"{base}..{head}")

    ward.edit("revision: 0\n", "revision: 1\n")
    ward.edit("reason: first-issue", "reason: improvement")
    assert "1.1 cannot be issued yet" in ward.refused("issue", "QT-01", "--effective-from", "2026-02-01", by="binh")
    ward.approve()
    assert "cannot begin on 2026-01-01" in ward.refused("issue", "QT-01", "--effective-from", "2026-01-01", by="binh")
    assert "is the year right" in ward.refused("issue", "QT-01", "--effective-from", "2099-02-01", by="binh")
    first = today() + timedelta(days=60)
    ward.good("issue", "QT-01", "--effective-from", first.isoformat(), by="binh")
    assert ward.state("1.0")["state"] == "effective"
    assert ward.state("1.0")["to"] == (first - timedelta(days=1)).isoformat()
    assert ward.state("1.1")["state"] == "scheduled"
    ward.commit()
    ward.good("verify", "--policy-pin", ward.pin)


def test_the_recipe_without_docctl(ward: Ward, tmp_path: Path) -> None:
    """What the guide says: ssh-keygen and sha256sum alone can check a record."""
    ward.policy()
    ward.approve()
    ward.good("issue", "QT-01", "--effective-from", "2026-01-01", by="binh")
    allowed = tmp_path / "allowed"
    allowed.write_text("an " + (tmp_path / "an.pub").read_text())
    (record,) = (ward.root / "approvals/QT-01/1.0").glob("approved--an--*.json")
    command = [
        "ssh-keygen",
        "-Y",
        "verify",
        "-f",
        str(allowed),
        "-I",
        "an",
        "-n",
        "docctl-record-v1",
        "-s",
        f"{record}.sig",
    ]
    with record.open("rb") as stream:
        assert subprocess.run(command, stdin=stream, capture_output=True).returncode == 0
    (issued,) = (ward.root / "approvals/QT-01/1.0").glob("issued--*.json")
    digest = subprocess.run(["sha256sum", "archive/QT-01/1.0.yaml"], cwd=ward.root, capture_output=True, text=True)
    assert json.loads(issued.read_bytes())["archive_sha256"] == digest.stdout[:64]


def test_a_text_for_a_later_day_is_signed_for_that_day(ward: Ward) -> None:
    """A unit that begins next year stands in it: nothing to object to, from then on."""
    ward.policy()
    path = ward.root / "organisation.yaml"
    words = path.read_text(encoding="utf-8")
    first = words.splitlines()[words.splitlines().index("units:") + 1]
    assert first.startswith("  - id: ")
    path.write_text(words.replace(first, first + '\n    from: "2099-07-01"', 1), encoding="utf-8")
    sign = ("sign", "QT-01", "--as", "prepared")
    assert "DC20" in ward.refused(*sign, by="cuong")
    ward.good(*sign, "--effective-from", "2099-07-01", by="cuong")


def test_refusals_before_anything_is_written(ward: Ward) -> None:
    ward.policy()
    assert "which key" in ward.refused("sign", "QT-01", "--as", "prepared")
    ward.good("sign", "QT-01", "--as", "prepared", by="cuong")
    assert "would not count" in ward.refused("sign", "QT-01", "--as", "reviewed", by="cuong")
    assert "may not sign" in ward.refused("sign", "QT-01", "--as", "approved", by="binh")
    assert "say why" in ward.refused("sign", "QT-01", "--as", "reviewed", "--decision", "reject", by="binh")
    assert "no signature" in ward.refused("sign", "QT-01", "--as", "reviewed", "--unsigned", "binh")
    assert "cannot be issued yet" in ward.refused("issue", "QT-01", "--effective-from", "2026-01-01", by="binh")
    assert "no revision of QT-01 is in force" in ward.refused(
        "withdraw", "QT-01", "--from", "2026-01-01", "--reason", "x", by="an"
    )
    assert "there is a policy already" in ward.refused(
        "policy", "init", "--person", "x", "--name", "x", "--title", "x", "--unit", "x", "--holds", "lanh-dao",
        "--key", str(ward.folder / "an.pub"),
    )  # fmt: skip
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(ward.folder / "eve")], check=True)
    assert "does not list the key" in ward.refused("sign", "QT-01", "--as", "prepared", by="eve")


def test_a_rejection_blocks_until_the_text_is_changed(ward: Ward) -> None:
    ward.policy()
    ward.good("sign", "QT-01", "--as", "prepared", by="cuong")
    ward.good("sign", "QT-01", "--as", "reviewed", "--decision", "reject", "--reason", "Thiếu thời hạn", by="binh")
    assert "was rejected" in ward.refused("sign", "QT-01", "--as", "approved", by="an")
    assert ward.state("1.0")["state"] == "rejected"
    assert "was rejected: change the text" in ward.good("status", "QT-01")
    assert "was rejected" in ward.refused("issue", "QT-01", "--effective-from", "2026-01-01", by="binh")
    ward.edit("value: 4", "value: 3")
    assert ward.run("check").status == 0, "it had to be changed: no alarm"
    ward.approve()
    ward.good("issue", "QT-01", "--effective-from", "2026-01-01", by="binh")


def test_an_edit_voids_approvals_in_one_sentence(ward: Ward) -> None:
    ward.policy()
    ward.approve()
    ward.edit("value: 4", "value: 3")
    out = ward.run("check").out
    assert out.count("DC412:") == 1
    assert "revision 1.0 was changed after cuong, binh, an signed it" in out
    assert "docctl sign QT-01 --as prepared" in out
    ward.edit("value: 3", "value: 4")
    assert ward.run("check").status == 0


def test_a_signed_policy_is_only_followed_never_edited(ward: Ward) -> None:
    ward.policy()
    first = (ward.root / "policy/0001.yaml").read_bytes()
    assert "no version waits" in ward.refused("policy", "sign", by="an")
    ward.person("edit", "binh", "Phó Chủ tịch", "lanh-dao")
    assert (ward.root / "policy/0001.yaml").read_bytes() == first
    assert "root group" in ward.refused("policy", "sign", by="binh")
    ward.good("policy", "sign", by="an")
    shown = json.loads(ward.good("policy", "show", "--format", "json"))
    assert [each["version"] for each in shown["versions"]] == [1, 2]
    assert {each["role"] for each in shown["people"][1]["roles"]} == {"cc-chuyen-mon", "lanh-dao"}
    key = shown["people"][2]["keys"][0]
    ward.good("policy", "edit", "--revoke", key, "--because", "compromised", "--from", "2026-01-01")
    ward.good("policy", "sign", by="an")
    assert "compromised" in ward.refused("sign", "QT-01", "--as", "prepared", by="cuong")
    assert ward.run("policy", "verify", "--policy-pin", ward.pin).status == 0
    assert ward.run("policy", "verify", "--policy-pin", "0" * 64).status == 1
    assert ward.run("policy", "verify").status == 3


def test_a_root_person_changes_the_key(ward: Ward) -> None:
    """The old key brings in the new one; whichever signs first, the other can still sign."""
    ward.policy()
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(ward.folder / "new")], check=True)
    ward.good("policy", "edit", "--person", "an", "--key", str(ward.folder / "new.pub"))
    ward.good("policy", "sign", by="new")
    assert len(json.loads(ward.good("policy", "show", "--format", "json"))["versions"]) == 1, "the old key is asked for"
    assert "already" in ward.refused("policy", "sign", by="new")
    ward.good("policy", "sign", by="an")
    shown = json.loads(ward.good("policy", "show", "--format", "json"))
    assert len(shown["versions"]) == 2
    ward.good("sign", "QT-01", "--as", "prepared", by="cuong")
    ward.good("sign", "QT-01", "--as", "reviewed", by="binh")
    ward.good("sign", "QT-01", "--as", "approved", by="an")
    base = ward.commit()
    old = shown["people"][0]["keys"][0]
    ward.good("policy", "edit", "--revoke", old, "--because", "compromised")
    ward.good("policy", "sign", by="new")
    assert len(json.loads(ward.good("policy", "show", "--format", "json"))["versions"]) == 3
    head = ward.commit()
    said = ward.run("verify", "--policy-pin", ward.pin, "--change", f"{base}..{head}")
    assert said.status == 0
    assert "1 records that count today will count no more" in said.out
    assert ward.run("verify", "--policy-pin", ward.pin).status == 1


def test_what_would_change_nothing_is_refused(ward: Ward) -> None:
    ward.policy()
    ward.good("sign", "QT-01", "--as", "prepared", by="cuong")
    assert "already" in ward.refused("sign", "QT-01", "--as", "prepared", by="cuong")
    ward.good("sign", "QT-01", "--as", "reviewed", by="binh")
    ward.good("sign", "QT-01", "--as", "approved", by="an")
    ward.good("issue", "QT-01", "--effective-from", "2026-01-01", by="binh")
    assert "issued already" in ward.refused("issue", "QT-01", "--effective-from", "2026-01-02", by="binh")


def test_a_second_root_person_and_a_threshold(ward: Ward) -> None:
    ward.policy()
    ward.good("policy", "edit", "--root-person", "binh", "--threshold", "2")
    ward.good("policy", "sign", by="binh")
    assert "waits for signatures" in ward.good("policy", "show")
    ward.good("policy", "sign", by="an")
    ward.good("policy", "edit", "--threshold", "1")
    ward.good("policy", "sign", by="an")
    assert len(json.loads(ward.good("policy", "show", "--format", "json"))["versions"]) == 2, "one of two"
    ward.good("policy", "sign", by="binh")
    assert len(json.loads(ward.good("policy", "show", "--format", "json"))["versions"]) == 3


def law(ward: Ward) -> None:
    (ward.root / "legal/61-2018-nd-cp.yaml").write_text(LAW, encoding="utf-8")
    (ward.root / "legal/107-2021-nd-cp.yaml").write_text(AMENDING, encoding="utf-8")
    ward.edit("legal_basis: []", "legal_basis:\n  - { text: 61/2018/NĐ-CP, provisions: [dieu_2, dieu_3] }")


def test_records_take_over_as_the_baseline(ward: Ward) -> None:
    law(ward)
    ward.policy()
    ward.approve()
    ward.good("issue", "QT-01", "--effective-from", "2025-12-01", by="binh")
    (issued,) = (ward.root / "approvals/QT-01/1.0").glob("issued--*.json")
    (dealt,) = json.loads(issued.read_bytes())["events"]
    assert (dealt["event"], dealt["decision"]) == ("107-2021-nd-cp#e1", "updated")
    assert dealt["citation"] == {"element": "legal_basis", "text": "61-2018-nd-cp", "address": "dieu_2"}
    assert ward.run("outdated").status == 0
    (ward.root / "legal/1-2026-nd-cp.yaml").write_text(LATER, encoding="utf-8")
    answer = ward.run("outdated", "--explain")
    assert answer.status == 1
    assert "legal-review QT-01 --event '1-2026-nd-cp#e1'" in answer.out
    assert "nothing open" in ward.refused(
        "legal-review", "QT-01", "--event", "x#e9", "--decision", "no_impact", "--reason", "x", by="cuong"
    )
    event = ["--event", "1-2026-nd-cp#e1"]
    ward.good("legal-review", "QT-01", *event, "--decision", "no_impact", "--reason", "Không liên quan", by="cuong")
    assert ward.run("outdated").status == 0
    again = ["--decision", "reopened", "--reason", "Có liên quan"]
    assert "has not dealt with" in ward.refused("legal-review", "QT-01", "--event", "x#e9", *again, by="cuong")
    ward.good("legal-review", "QT-01", *event, *again, by="cuong")
    assert ward.run("outdated").status == 1, "closed wrongly, it is open again, even within one second"
    time.sleep(1.1)  # what is signed later holds; signatures count seconds
    ward.good("legal-review", "QT-01", *event, "--decision", "no_impact", "--reason", "Không liên quan", by="cuong")
    assert ward.run("outdated").status == 0
    ward.edit("provisions: [dieu_3]", "provisions: [dieu_3, dieu_2]", "legal/1-2026-nd-cp.yaml")
    codes = {each["code"] for each in json.loads(ward.run("outdated", "--format", "json").out)["findings"]}
    assert "DC505" in codes, "an event that was edited since is open again"
    assert "DC426" in ward.run("check").out


def law_changed_before_a_reissue(ward: Ward) -> None:
    """1.0 is in force, the law changes, and 1.1 is approved without a word on the change."""
    law(ward)
    ward.policy()
    ward.approve()
    ward.good("issue", "QT-01", "--effective-from", "2025-12-01", by="binh")
    (ward.root / "legal/1-2026-nd-cp.yaml").write_text(LATER, encoding="utf-8")
    ward.edit("revision: 0\n", "revision: 1\n")
    ward.edit("reason: first-issue", "reason: improvement")
    ward.approve()


def test_a_reissue_silences_nothing_by_itself(ward: Ward) -> None:
    law_changed_before_a_reissue(ward)
    asked = ward.refused("issue", "QT-01", "--effective-from", "2026-02-01", by="binh")
    assert "1-2026-nd-cp#e1" in asked
    assert "no such change" in ward.refused(
        "issue", "QT-01", "--effective-from", "2026-02-01", "--event", "x#e=updated:y", by="binh"
    )
    ward.good(
        "issue",
        "QT-01",
        "--effective-from",
        "2026-02-01",
        "--event",
        "1-2026-nd-cp#e1=updated:Đã sửa bước 2",
        by="binh",
    )
    assert ward.run("outdated").status == 0
    (verdict,) = json.loads(ward.good("outdated", "--format", "json"))["verdicts"]
    assert (verdict["baseline"]["record"]["revision"], verdict["baseline"]["record"]["by"]) == ("1.1", "binh")


def test_an_ended_basis_stays_open(ward: Ward) -> None:
    law(ward)
    ward.policy()
    ward.approve()
    ward.good("issue", "QT-01", "--effective-from", "2025-12-01", by="binh")
    repeal = LATER.replace("kind: amend", "kind: repeal").replace("provisions: [dieu_3]", "provisions: []")
    (ward.root / "legal/1-2026-nd-cp.yaml").write_text(repeal, encoding="utf-8")
    event = ["--event", "1-2026-nd-cp#e1", "--reason", "x"]
    assert "stays open" in ward.refused("legal-review", "QT-01", *event, "--decision", "updated", by="cuong")
    ward.good("legal-review", "QT-01", *event, "--decision", "wrong_event", by="cuong")
    found = json.loads(ward.run("outdated", "--format", "json").out)
    assert [each["code"] for each in found["findings"]] == ["DC515"], "the register is to be corrected"
    assert found["verdicts"][0]["verdict"] == "current"


def test_a_checkpoint_shows_a_roll_back(ward: Ward) -> None:
    ward.policy()
    older = ward.commit()
    ward.approve()
    assert "root group" in ward.refused("checkpoint", by="cuong")
    ward.good("checkpoint", by="an")
    ward.commit()
    ward.good("verify", "--policy-pin", ward.pin, "--checkpoint", "1")
    (gone,) = (ward.root / "approvals/QT-01/1.0").glob("prepared--*.json")
    kept = gone.read_bytes()
    gone.unlink()
    assert "is gone; checkpoint 1 names it" in ward.run("verify", "--policy-pin", ward.pin).out
    gone.write_bytes(kept)
    ward.git("checkout", "-q", older)
    assert ward.run("verify", "--policy-pin", ward.pin).status == 0, "once it was true"
    assert "DC428" in ward.run("verify", "--policy-pin", ward.pin, "--checkpoint", "1").out


def test_what_was_verified_is_remembered_and_never_trusted_beyond_its_bytes(ward: Ward) -> None:
    ward.policy()
    ward.approve()
    ward.commit()
    ward.good("verify", "--policy-pin", ward.pin)
    cache = Path(os.environ["HOME"]) / ".cache/docctl/verified-1.sqlite3"
    assert cache.is_file()
    ward.good("verify", "--policy-pin", ward.pin)
    (record,) = (ward.root / "approvals/QT-01/1.0").glob("approved--*.json")
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace('"revision":0', '"revision":1'), encoding="utf-8")
    assert ward.run("verify", "--policy-pin", ward.pin).status == 1
    record.write_text(text, encoding="utf-8")
    for damage in (b"", b"no database at all" * 100):
        cache.write_bytes(damage)
        ward.good("verify", "--policy-pin", ward.pin)
    shutil.rmtree(cache.parent)
    cache.parent.write_text("a file in the place of the folder")
    ward.good("verify", "--policy-pin", ward.pin)


def certified(ward: Ward) -> str:
    """A root certificate and one of an's, made by openssl; both in the next version of the policy."""
    folder = ward.folder
    root = ["-subj", "/CN=Root", "-keyout", "root.key", "-out", "root.pem", "-addext", "keyUsage=critical,keyCertSign"]
    own = ["-subj", "/CN=an", "-keyout", "an.key", "-out", "an.csr"]
    for command in (
        [
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "30",
            "-addext",
            "basicConstraints=critical,CA:TRUE",
            *root,
        ],
        ["req", "-newkey", "rsa:2048", "-nodes", *own],
    ):
        subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True)
    (folder / "ext").write_text("keyUsage=critical,digitalSignature\n")
    sign = ["x509", "-req", "-in", "an.csr", "-CA", "root.pem", "-CAkey", "root.key", "-CAcreateserial", "-days", "20"]
    subprocess.run(["openssl", *sign, "-extfile", "ext", "-out", "an.pem"], cwd=folder, check=True, capture_output=True)
    der = {}
    for name in ("root", "an"):
        made = subprocess.run(
            ["openssl", "x509", "-in", f"{name}.pem", "-outform", "DER"], cwd=folder, check=True, capture_output=True
        )
        der[name] = made.stdout
    digest = base64.b64encode(hashlib.sha256(der["an"]).digest()).decode().rstrip("=")
    since = today().isoformat()
    entry = f'{{ fp: "SHA256:{digest}", blob: "x509 {base64.b64encode(der["an"]).decode()}", from: "{since}" }}'
    ward.good("policy", "edit")
    ward.edit(
        "\n    roles:\n      - { role: lanh-dao",
        f"\n      - {entry}\n    roles:\n      - {{ role: lanh-dao",
        "policy/0002.yaml",
    )
    ward.edit(
        "delegations: []\n",
        f'delegations: []\nx509_roots: ["{base64.b64encode(der["root"]).decode()}"]\n',
        "policy/0002.yaml",
    )
    ward.good("policy", "sign", by="an")
    return digest


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the program openssl is not installed")
def test_a_signature_by_certificate(ward: Ward) -> None:
    pytest.importorskip("pyhanko")
    ward.policy()
    certified(ward)
    ward.good("sign", "QT-01", "--as", "prepared", by="cuong")
    ward.good("sign", "QT-01", "--as", "reviewed", by="binh")
    answer = ward.run("sign", "QT-01", "--as", "approved", "--certificate", "an")
    assert answer.status == 0
    assert "not signed yet" in answer.err
    (record,) = (ward.root / "approvals/QT-01/1.0").glob("approved--an--*.json")
    assert "DC419" in ward.run("verify", "--policy-pin", ward.pin).out, "until then it does not count"
    assert ward.state("1.0")["state"] == "in_review"
    sign = ["cms", "-sign", "-binary", "-in", str(record), "-signer", "an.pem", "-inkey", "an.key", "-outform", "DER"]
    subprocess.run(["openssl", *sign, "-out", f"{record}.p7s"], cwd=ward.folder, check=True, capture_output=True)
    ward.good("verify", "--policy-pin", ward.pin)
    assert ward.state("1.0")["state"] == "approved"
    assert "signed (X.509)" in ward.good("status", "QT-01")
    other = Path(f"{record}.p7s").read_bytes()
    Path(f"{record}.p7s").write_bytes(other[:-1] + bytes([other[-1] ^ 1]))
    assert "DC411" in ward.run("verify", "--policy-pin", ward.pin).out


def test_a_pilot_without_signatures(ward: Ward) -> None:
    ward.person("init", "an", "Chủ tịch", "lanh-dao")
    ward.person("edit", "binh", "Công chức", "cc-chuyen-mon")
    ward.person("edit", "cuong", "Công chức một cửa", "cc-mot-cua")
    ward.edit("max_age_days: 30\n", 'max_age_days: 30\n    unsigned_until: "2099-12-31"\n', "policy/0001.yaml")
    ward.good("policy", "sign", by="an")
    for meaning, name in (("prepared", "cuong"), ("reviewed", "binh"), ("approved", "an")):
        answer = ward.run("sign", "QT-01", "--as", meaning, "--unsigned", name)
        assert answer.status == 0
        assert "UNSIGNED" in answer.err
    ward.good("issue", "QT-01", "--effective-from", "2026-01-01", "--unsigned", "binh")
    for command in (["check"], ["status"], ["outdated"], ["verify", "--policy-pin", ward.pin]):
        answer = ward.run(*command)
        assert "UNSIGNED" in answer.out + answer.err, command


def test_at_a_terminal_missing_decisions_are_asked_for(ward: Ward) -> None:
    """A real terminal on standard input; the first answer is none of the letters and is asked for again."""
    law_changed_before_a_reissue(ward)
    ours, theirs = os.openpty()
    command = [
        *docctl_command(),
        "issue",
        "QT-01",
        "--effective-from",
        "2026-02-01",
        "--lang",
        "en",
        "--key",
        str(ward.folder / "binh"),
    ]
    with subprocess.Popen(
        command, cwd=ward.root, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        os.write(ours, "x\nu\nĐã sửa bước 2\n".encode())
        out, err = process.communicate(timeout=60)
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0, err.decode()
    assert "1/2026/NĐ-CP amends Điều 3" in err.decode()
    assert err.decode().count("the text follows it [u]") == 2
    assert out.decode().startswith("Tôi, ")
    (issued,) = (ward.root / "approvals/QT-01/1.1").glob("issued--*.json")
    reasons = {each["event"]: each["reason"] for each in json.loads(issued.read_bytes())["events"]}
    assert reasons == {"107-2021-nd-cp#e1": None, "1-2026-nd-cp#e1": "Đã sửa bước 2"}


def test_a_large_form_is_kept_with_its_revision(ward: Ward) -> None:
    """A form may be larger than a document is allowed to be."""
    ward.policy()
    data = b"PK\x03\x04" + bytes(range(256)) * 6000
    (ward.root / "forms/BM-01.docx").write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    ward.edit(
        "steps:\n", f"forms:\n  - {{ id: BM-01, title: Tờ khai, file: forms/BM-01.docx, sha256: {digest} }}\nsteps:\n"
    )
    ward.edit("    next: [step-2]\n", "    forms: [BM-01]\n    next: [step-2]\n")
    ward.approve()
    ward.good("issue", "QT-01", "--effective-from", "2026-01-01", by="binh")
    assert (ward.root / f"archive/forms/{digest}.docx").read_bytes() == data
    (ward.root / f"archive/forms/{digest}.docx").unlink()
    ward.good("verify", "--policy-pin", ward.pin)  # the form still lies where the text names it
    (ward.root / "forms/BM-01.docx").unlink()
    assert "DC306" in ward.run("verify", "--policy-pin", ward.pin).out
