"""Attacks on what is believed: versions of the policy and the keys in them, the list of what was adopted,
names of commits, and the memory of what was verified before in the user's cache folder.

What a change may not do is in ``test_attacks_change.py``.
"""

# ruff: noqa: F401, F811 - fixtures of test_threats

from __future__ import annotations

import base64
import hashlib
import json
import os
import pwd
import sqlite3
from datetime import UTC, date, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from gitworld import run_docctl
from msgspec.structs import replace
from office import FIRST, POLICY, rule, sha256
from test_threats import (
    MERGED,
    adopted,
    agency,
    errors,
    office,
    passed,
    put,
    refused,
    standing,
    state,
    template,
    verify,
    world,
)

import docctl
from docctl.approval.judge import RecordFile
from docctl.approval.payload import with_statement
from docctl.store.remembered import NAME, Remembered
from docctl.text.canonical import digest

# -- what was adopted, once the policy has closed the list -----------------------------------------


def closed(world):
    """What a version of the policy says of adopted.yaml as it stands."""
    repository = docctl.open(world.root)
    count = len(repository.adopted.body)
    return {"entries": count, "digest": repository.trust(date.max).adopted_digest(count)}


@pytest.mark.parametrize("how", ["deleted", "emptied", "link"])
def test_closed_list_gone(world, office, how):
    adopted(world, "1.0", "2025-01-01")
    office.first_policy(adopted=closed(world))
    passed(verify(world))
    assert standing(world)["effective"] == "1.0"
    path = world.root / "adopted.yaml"
    path.unlink()
    if how == "emptied":
        path.write_text("format: docctl/adopted/v1\nadopted: []\n")
    elif how == "link":
        path.symlink_to(os.devnull)
    refused(verify(world), "DC433")


@pytest.mark.parametrize("how", ["reordered", "edited", "fewer"])
def test_closed_list_changed(world, office, how):
    adopted(world, "1.0", "2025-01-01", "QT-01")
    adopted(world, "1.0", "2025-01-02", "QT-02")
    office.first_policy(adopted=closed(world))
    passed(verify(world))
    path = world.root / "adopted.yaml"
    *head, one, two = path.read_text().splitlines()
    entries = {"reordered": [two, one], "edited": [one.replace("2025-01-01", "2025-01-03"), two], "fewer": [one]}[how]
    path.write_text("\n".join([*head, *entries]) + "\n")
    refused(verify(world), "DC433")


def test_closed_list_with_another_text_of_the_number(world, office):
    adopted(world, "1.0", "2025-01-01")
    office.first_policy(adopted=closed(world))
    office.edit("QT-01", "Quy định trình tự", "Không ai duyệt")
    (world.root / "adopted.yaml").unlink()
    adopted(world, "1.0", "2025-01-01")
    refused(verify(world), "DC433")
    assert standing(world)["effective"] is None


def test_closed_list_is_not_opened_again(world, office):
    adopted(world, "1.0", "2025-01-01")
    office.first_policy(adopted=closed(world))
    office.next_policy(lambda tree: tree.pop("adopted"))
    refused(verify(world), "DC405")


# -- a later version of the policy changes nothing of the past -------------------------------------


def test_role_that_ended_does_not_come_back_as_it_was(world, office):
    """A second entry with the very first day of the one that ended, and no end."""

    def end(tree):
        tree["principals"][0]["roles"][0]["until"] = "2025-02-20"

    def add(tree):
        roles = tree["principals"][0]["roles"]
        roles.append({name: value for name, value in roles[0].items() if name != "until"})

    office.next_policy(end, at="2025-02-20T08:00:00+07:00")
    office.approve("QT-01", "2025-03-01")
    refused(verify(world), "DC414")
    office.next_policy(add)
    refused(verify(world), "DC405", "DC414")
    assert state(world) == "in_review"


def test_role_for_the_past_in_one_scope(world, office):
    role = {"role": "chu-tich", "from": FIRST, "scope": "QT-01"}
    office.next_policy(lambda tree: tree["principals"][2]["roles"].append(role))
    refused(verify(world), "DC405")


def test_title_for_the_past(world, office):
    """A record that was refused for the title it claims does not come to count."""
    office.sign("QT-01", "prepared", "cuong", "2025-03-01")
    record = office.record("QT-01", "reviewed", "binh", "2025-03-01")
    put(office, with_statement(replace(record, signer=replace(record.signer, title="Chủ tịch"))))
    refused(verify(world), "DC416")

    def add(tree):
        titles = tree["principals"][1]["titles"]
        titles.append({**titles[0], "title": "Chủ tịch"})

    office.next_policy(add)
    refused(verify(world), "DC405", "DC416")


def test_compromised_is_not_taken_back(world, office):
    def revoke(reason):
        def change(tree):
            tree["principals"][1]["keys"][0]["revoked"] = {"at": "2025-03-09", "reason": reason}

        return change

    office.next_policy(revoke("compromised"), at="2025-03-09T08:00:00+07:00")
    passed(verify(world))
    office.next_policy(revoke("left"), at="2025-03-10T08:00:00+07:00")
    refused(verify(world), "DC405")


def test_keeping_a_folder_keeps_nothing_of_a_thief(world, office):
    """``policy edit --keep`` of a folder keeps what counts in it; an approval by a stolen key does not."""
    nothing_adopted = {"entries": 0, "digest": digest([])}
    office.first_policy(rules=[rule(unsigned_until="2026-12-31")], adopted=nothing_adopted, kept=["0" * 64])
    kept = [
        office.sign("QT-02", "prepared", "cuong", "2025-03-01", signed=False),
        office.sign("QT-02", "reviewed", "binh", "2025-03-01", signed=False),
    ]
    forged = office.sign("QT-02", "approved", "an", "2025-03-02")

    def two_in_the_root_group(tree):
        tree["root"] = {"principals": ["an", "binh"], "threshold": 1}

    def revoke(tree):
        tree["principals"][0]["keys"][0]["revoked"] = {"at": "2025-03-03", "reason": "compromised"}

    office.next_policy(two_in_the_root_group, "an", at="2025-03-02T08:00:00+07:00")
    office.next_policy(revoke, "binh", at="2025-03-04T08:00:00+07:00")
    refused(verify(world), "DC413")
    assert state(world, document="QT-02") == "in_review"
    assert run_docctl("policy", "edit", "--keep", "approvals", cwd=world.root).status == 0
    edited = office.read("policy/0004.yaml")
    office.put("policy/0004.yaml.binh.sig", office.key("binh").sign(edited, POLICY))
    assert [sha256(office.read(path)) in edited.decode() for path in (*kept, forged)] == [True, True, False]
    refused(verify(world, as_of="2027-01-01"), "DC413")
    assert state(world, document="QT-02", as_of="2027-01-01") == "in_review"


# -- one key, two persons --------------------------------------------------------------------------


def certificate(key, name):
    """Signed by the key itself; as it comes, DER."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(datetime(2018, 1, 1, tzinfo=UTC))
    builder = builder.not_valid_after(datetime(2035, 1, 1, tzinfo=UTC))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def test_one_key_in_the_certificates_of_two(world, office):
    """RSA of 2048 bits, too short for SSH here, as most certificates for digital signatures have it."""
    key = rsa.generate_private_key(65537, 2048)
    people = office.people()
    for each in people[1:3]:
        data = certificate(key, each["id"])
        fingerprint = base64.b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
        blob = "x509 " + base64.b64encode(data).decode()
        each["keys"].append({"fp": f"SHA256:{fingerprint}", "blob": blob, "from": FIRST})
    office.first_policy(people=people)
    refused(verify(world), "DC406")


# -- names of commits ------------------------------------------------------------------------------


@pytest.fixture
def taken_back(agency):
    """A rejection and, in the next commit, nothing of it: the ids of both. No branch is checked out, or there."""
    path = agency.office.sign("QT-02", "reviewed", "binh", "2025-03-02", decision="reject", reason="Sai")
    before = agency.commit()
    (agency.root / path).unlink()
    (agency.root / (path + ".sig")).unlink()
    after = agency.commit()
    agency.git("checkout", "-q", "--detach")
    agency.git("branch", "-qD", "main")
    return before, after


@pytest.mark.parametrize("name", ["HEAD", "main", "refs/heads/main"])
def test_name_of_a_commit(agency, name):
    """Proof of the tests below: these names are understood where they name one commit."""
    passed(verify(agency, "--change", f"{name}..{name}"))


def test_whole_id_of_a_commit(agency, taken_back):
    """Proof of the tests below: named in full, the change is refused."""
    before, after = taken_back
    refused(verify(agency, "--change", f"{before}..{after}", as_of=MERGED), "DC423")


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("main", "refs/tags/refs/heads/main"),
        ("main", "refs/heads/refs/heads/main"),
        ("origin/main", "refs/heads/refs/remotes/origin/main"),
        ("refs/heads/main", "refs/heads/refs/heads/main"),
        ("refs/remotes/origin/main", "refs/heads/refs/remotes/origin/main"),
    ],
)
def test_tag_or_branch_called_like_a_full_name(agency, taken_back, name, ref):
    """The branch is not here; Git would take for it a tag or a branch that is called by its full name."""
    _, after = taken_back
    agency.git("update-ref", ref, after)
    answer = verify(agency, "--change", f"{name}..{after}", as_of=MERGED)
    assert answer.status == 3
    assert f'there is no commit "{name}"' in answer.err


def twin_commits(one, other):
    """Commits of two trees whose ids begin with the same 7 digits, found by trying; one after the other has them."""
    seen = ({}, {})
    number = 0
    while True:
        number += 1
        for place, head in enumerate((one, other)):
            body = f"{head}\n\n{number}\n".encode()
            start = hashlib.sha1(b"commit %d\0" % len(body) + body).hexdigest()[:7]
            seen[place][start] = body
            if start in seen[1 - place]:
                return start, seen[0][start], seen[1][start]


def test_branch_called_like_the_beginning_of_two_ids(agency, taken_back):
    """BASE is written with 7 digits; a branch of that name stands on another commit whose id begins alike."""
    who = "An <an@example.org> 1700000000 +0000"
    parent = agency.git("rev-parse", f"{taken_back[0]}^")
    trees = [agency.git("rev-parse", f"{commit}^{{tree}}") for commit in taken_back]
    heads = [f"tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}" for tree in trees]
    start, *bodies = twin_commits(*heads)
    write = ("hash-object", "-t", "commit", "-w", "--stdin")
    base, evil = (agency.try_git(*write, given=body).stdout.decode().strip() for body in bodies)
    assert (base[:7], evil[:7]) == (start, start)
    after = agency.git("commit-tree", trees[1], "-p", base, "-p", evil, "-m", "x")
    agency.git("update-ref", f"refs/heads/{start}", evil)
    refused(verify(agency, "--change", f"{base}..{after}", as_of=MERGED), "DC423")
    answer = verify(agency, "--change", f"{start}..{after}", as_of=MERGED)
    assert answer.status == 3
    assert f'"{start}" names several commits' in answer.err


# -- the memory of what was verified ---------------------------------------------------------------


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """The folder in which docctl keeps its memory; it is made by docctl."""
    home = tmp_path / "cache"
    home.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    return home / "docctl"


def write_memory(folder, known):
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with sqlite3.connect(folder / NAME) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS verified (digest TEXT PRIMARY KEY, key TEXT NOT NULL)")
        connection.executemany("INSERT OR REPLACE INTO verified VALUES (?, ?)", known.items())
    connection.close()


def forged_approval(office):
    """An approval by a key that is not an's, and what a memory would have to hold so that it counts."""
    office.sign("QT-01", "prepared", "cuong")
    office.sign("QT-01", "reviewed", "binh")
    path = office.sign("QT-01", "approved", "an", by="mallory")
    file = RecordFile(path, office.read(path), office.read(path + ".sig"))
    return {file.verified(): office.key("an").fingerprint}


@pytest.mark.parametrize("below", [".cache", ".git/cache", "a/b/c"])
def test_memory_in_the_repository_is_not_believed(world, office, monkeypatch, below):
    """The cache folder is one of the work tree, as CI services like to have it; so it came with the repository."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(world.root / below))
    write_memory(world.root / below / "docctl", forged_approval(office))
    refused(verify(world), "DC413")
    assert state(world) == "in_review"


def moved(path, target):
    """A link stands in the place of a file or folder."""
    path.rename(target)
    path.symlink_to(target)


def not_own(cache, how):
    """Makes of the user's own memory one that others may have written."""
    {
        "link of folder": lambda: moved(cache, cache.parent / "elsewhere"),
        "link": lambda: moved(cache / NAME, cache.parent / "elsewhere.sqlite3"),
        "folder writable for the group": lambda: cache.chmod(0o770),
        "folder around it writable for all": lambda: cache.parent.chmod(0o777),
        "writable for the group": lambda: (cache / NAME).chmod(0o664),
        "folder of another user": lambda: os.chown(cache, 12345, 12345),
        "of another user": lambda: os.chown(cache / NAME, 12345, 12345),
    }[how]()


@pytest.mark.parametrize(
    "how",
    [
        "link of folder",
        "link",
        "folder writable for the group",
        "folder around it writable for all",
        "writable for the group",
        "folder of another user",
        "of another user",
    ],
)
def test_memory_that_others_may_have_written_is_not_believed(world, office, cache, how):
    if how.endswith("another user") and os.geteuid() != 0:
        pytest.skip("only root gives a file away")
    known = forged_approval(office)
    write_memory(cache, known)
    ((remembered, key),) = known.items()
    assert Remembered(cache).get(remembered) == key, "proof of this test: the memory would be believed"
    not_own(cache, how)
    assert Remembered(cache).get(remembered) is None
    refused(verify(world), "DC413")
    assert state(world) == "in_review"


DAMAGE = {
    "blob": ["CREATE TABLE verified (digest, key)", "INSERT INTO verified VALUES (x'ff', x'ff')"],
    "null": ["CREATE TABLE verified (digest, key)", "INSERT INTO verified VALUES (NULL, NULL)"],
    "no text": [
        "CREATE TABLE verified (digest, key)",
        "INSERT INTO verified VALUES (CAST(x'ff' AS TEXT), CAST(x'ff' AS TEXT))",
    ],
    "other columns": ["CREATE TABLE verified (x)"],
    "view": ["CREATE VIEW verified AS SELECT 1 AS digest, 2 AS key"],
}


@pytest.mark.parametrize("what", [*DAMAGE, "directory", "no database"])
def test_damaged_memory_changes_nothing(agency, cache, what):
    passed(verify(agency))
    path = cache / NAME
    path.unlink()
    if what == "directory":
        path.mkdir()
    elif what == "no database":
        path.write_bytes(b"x" * 5000)
    else:
        with sqlite3.connect(path) as connection:
            for statement in DAMAGE[what]:
                connection.execute(statement)
        connection.close()
    passed(verify(agency))
    passed(verify(agency))


@pytest.mark.parametrize("there", [[], [NAME]])
def test_nothing_is_written_through_a_link(agency, cache, tmp_path, there):
    """The user's cache lies elsewhere: docctl goes without a memory, with no file there yet or an empty one."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in there:
        (elsewhere / name).write_bytes(b"")
    cache.symlink_to(elsewhere)
    passed(verify(agency))
    assert [(each.name, each.read_bytes()) for each in elsewhere.iterdir()] == [(name, b"") for name in there]


def test_user_without_a_home(agency, monkeypatch):
    """A container's user: no HOME, no entry among the users."""

    def nobody(_number):
        raise KeyError

    monkeypatch.delenv("HOME")
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    passed(verify(agency))
