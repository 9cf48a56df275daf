"""Attacks on what a change may do: begin, end or hide what is in force, by those who may not, or without a word.

Each test starts from a repository that was accepted once, with faults or not, and says by which code the change, or
the tree it leads to, is refused. What policies, keys and names of commits allow is in ``test_attacks_policy.py``.
"""

# ruff: noqa: F401, F811 - fixtures of test_threats

from __future__ import annotations

import contextlib
import json
import random
import shutil
from datetime import date
from pathlib import Path

import pytest
from gitworld import run_docctl
from office import ACK, person, rule
from test_lifecycle import Book, Text
from test_outdated import LEGAL, PROCEDURE
from test_threats import (
    AMENDED,
    MERGED,
    QT,
    adopted,
    agency,
    base,
    change,
    checkpoint,
    decisions,
    errors,
    office,
    open_events,
    passed,
    put,
    record_of,
    refused,
    rename,
    standing,
    template,
    verify,
    world,
)

QT2 = "procedures/QT-02.yaml"
SOON = "2025-03-12"
"""A day soon after all that is signed here."""


def in_force(world, day, document="QT-01"):
    return standing(world, document, as_of=day)["effective"]


def revised(world, number, at, **fields):
    """The next revision of QT-01, approved and issued."""
    world.office.revise("QT-01", number)
    return world.office.issue("QT-01", at, **fields)


def issued_days_after_approval(world, document):
    """Approved on 1 March, issued on 3 March: between these days there is room for another issue."""
    world.office.approve(document, "2025-03-01")
    world.office.archive(document)
    world.office.sign(document, "issued", "dung", "2025-03-03", effective_from=date(2025, 3, 3))


def reject(world, at="2025-03-09", **fields):
    return world.office.sign("QT-01", "reviewed", "binh", at, decision="reject", reason="Sai", **fields)


def first_revision(world):
    """What a revision after QT-01 1.0 says that it replaces."""
    return (1, 0, json.loads(record_of(world, "issued").read_bytes())["digest"])


def compromise(world, place):
    """The key of the person at a place of the policy was stolen, it is found out on 9 March."""

    def revoke(tree):
        tree["principals"][place]["keys"][0]["revoked"] = {"at": "2025-03-09", "reason": "compromised"}

    world.office.next_policy(revoke, "an", at="2025-03-09T08:00:00+07:00")


EM = 4
"""The place of ``em`` in the policy."""


def with_em(world, role="lead"):
    """A fifth person, ``em``, who signs nothing but what a test is about."""
    people = [*world.office.people(), person("em", role, key=world.office.key("em"))]
    world.office.first_policy(people=people)


def taken_away(world, path):
    """A record and its signature."""
    (world.root / path).unlink()
    (world.root / (path + ".sig")).unlink()


@contextlib.contextmanager
def holding(world, text=None, path=QT):
    """A procedure's file holds another text for a while; what it held before is what is committed."""
    target = world.root / path
    before = target.read_bytes()
    if text is not None:
        target.write_bytes(text)
    yield
    target.write_bytes(before)


# -- behind an old fault: a new harm ---------------------------------------------------------------


def test_third_issue_behind_two_that_differ(agency):
    """1.1 was issued twice, for two days; the issuer alone adds a third record, by which it is only to come."""
    office = agency.office
    office.revise("QT-01", "1.1")
    office.approve("QT-01", "2025-03-02")
    office.archive("QT-01")
    office.sign("QT-01", "issued", "dung", "2025-03-05", effective_from=date(2025, 3, 5))
    office.sign("QT-01", "issued", "dung", "2025-03-06", effective_from=date(2025, 3, 7))
    base = agency.commit()
    refused(verify(agency), "DC303")
    assert in_force(agency, SOON) == "1.1"
    assert change(agency, base).status == 0, "what was there before is not laid at this change's door"
    office.sign("QT-01", "issued", "dung", "2025-03-04", effective_from=date(2026, 12, 1))
    refused(change(agency, base), "DC303", "DC423")


def test_revision_inserted_behind_one_that_skipped_a_number(agency):
    """1.2 skipped 1.1 and began with 1.0, which is said at its record; 1.1, issued later, would take over from it."""
    one = first_revision(agency)
    revised(agency, "1.2", "2025-03-02", effective_from=date(2025, 3, 1))
    agency.office.revise("QT-01", "1.3")
    base = agency.commit()
    refused(verify(agency), "DC304", "DC305")
    assert in_force(agency, SOON) == "1.2"
    with holding(agency):
        revised(agency, "1.1", "2025-03-09", previous=one)
    refused(change(agency, base), "DC303")


def test_revision_inserted_behind_one_that_replaces_nothing(agency):
    """1.2 says that it replaces nothing, an old fault; 1.1 may not come in its place."""
    one = first_revision(agency)
    revised(agency, "1.2", "2025-03-02", previous=None)
    base = agency.commit()
    refused(verify(agency), "DC304")
    assert in_force(agency, SOON) == "1.2"
    with holding(agency):
        revised(agency, "1.1", "2025-03-09", previous=one)
    refused(change(agency, base), "DC302", "DC305")


def test_checkpoint_put_behind_a_broken_one(world, office):
    """Nothing is read of a checkpoint behind one that does not count; so none may be put there, for ever."""
    office.first_policy(root={"principals": ["an", "binh"], "threshold": 1})
    office.issue("QT-01", "2025-03-01")
    checkpoint(world, "binh", at="2025-03-02")
    compromise(world, 1)
    base = world.commit()
    refused(verify(world), "DC427")
    assert change(world, base).status == 0
    office.put("checkpoints/0002.json", b"{}")
    office.put("checkpoints/0002.json.sig", b"no signature")
    answer = change(world, base)
    refused(answer, "DC427")
    assert ("DC427", "checkpoints/0002.json") in answer.findings


def test_broken_checkpoint_hides_no_rollback(world, office):
    """What the last checkpoint that counts names is gone; a broken one after it changes nothing of that."""
    office.issue("QT-01", "2025-03-01")
    checkpoint(world, at="2025-03-02")
    taken_away(world, record_of(world, "approved").relative_to(world.root).as_posix())
    refused(verify(world), "DC428")
    office.put("checkpoints/0002.json", b"{}")
    refused(verify(world), "DC427", "DC428")


# -- issued by one alone, where the file holds something else --------------------------------------


def test_issue_that_nobody_approved_beside_another_text(world, office):
    """The file holds the text of before; else the words of the issuer would keep the place of 1.0 in the archive."""
    base = world.git("rev-parse", "HEAD")
    with holding(world):
        office.edit("QT-01", "Quy định trình tự", "Không ai duyệt")
        office.archive("QT-01")
        office.sign("QT-01", "issued", "dung", "2025-03-09")
        refused(verify(world), "DC420")
    refused(change(world, base), "DC420")


def test_archived_text_that_no_record_names(world, office):
    """The place of 1.0 in the archive is not taken without a record either."""
    base = world.git("rev-parse", "HEAD")
    with holding(world):
        office.edit("QT-01", "Quy định trình tự", "Không ai duyệt")
        office.archive("QT-01")
    refused(change(world, base), "DC307")


def test_issue_that_nobody_approved_below_the_last(agency):
    one = first_revision(agency)
    revised(agency, "2.0", "2025-03-05")
    base = agency.commit()
    passed(verify(agency))
    with holding(agency):
        agency.office.revise("QT-01", "1.5")
        agency.office.archive("QT-01")
        agency.office.sign("QT-01", "issued", "dung", "2025-03-09", previous=one)
    refused(change(agency, base), "DC420")


# -- a second issue --------------------------------------------------------------------------------


def test_second_issue_before_the_first(agency):
    """For a day to come: what is in force would not be."""
    issued_days_after_approval(agency, "QT-02")
    base = agency.commit()
    agency.office.sign("QT-02", "issued", "dung", "2025-03-02", effective_from=date(2026, 3, 7))
    refused(change(agency, base), "DC303", "DC423")


def test_second_issue_of_what_is_over(agency):
    """1.1 is in force: the days on which 1.0 was are no more open to a change."""
    issued_days_after_approval(agency, "QT-02")
    old = (agency.root / QT2).read_bytes()
    agency.office.revise("QT-02", "1.1")
    agency.office.issue("QT-02", "2025-03-08")
    base = agency.commit()
    passed(verify(agency))
    assert in_force(agency, "2025-03-05", "QT-02") == "1.0"
    with holding(agency, old, QT2):
        day = date(2025, 3, 7)
        agency.office.sign("QT-02", "issued", "dung", "2025-03-02", effective_from=day, previous=None)
    refused(change(agency, base), "DC303", "DC423")


@pytest.mark.parametrize("after", ["scheduled", "never began"])
def test_second_issue_while_the_next_is_not_in_force(world, after):
    """1.0 is in force, 1.1 is to come or was taken back: it makes up for nothing that is signed about 1.0."""
    issued_days_after_approval(world, "QT-01")
    one = (world.root / QT).read_bytes()
    revised(world, "1.1", "2025-03-04", effective_from=date(2025, 12, 1))
    if after == "never began":
        world.office.sign("QT-01", "withdrawn", "an", "2025-03-05", effective_from=date(2025, 12, 1))
    base = world.commit()
    passed(verify(world, as_of="2025-03-09"))
    assert in_force(world, SOON) == "1.0"
    with holding(world, one):
        day = date(2025, 11, 30)
        world.office.sign("QT-01", "issued", "dung", "2025-03-02", effective_from=day, previous=None)
    refused(change(world, base), "DC303", "DC423")


def test_second_issue_of_the_same_day_decides_nothing_about_the_law(world, office):
    """Who issues may sign no review of the law here; a second issue may not say what only a review may."""
    strict = rule()
    for each in strict["require"]:
        if each["meaning"] == "legal-review":
            each["roles"] = ["lead"]
    office.first_policy(rules=[strict])
    world.git("rm", "-q", QT2, "forms/BM-01.docx")
    world.write({QT: PROCEDURE.format(revision=0), **LEGAL})
    office.approve("QT-01", "2023-11-20")
    office.archive("QT-01")
    begins = date(2023, 3, 1)
    office.sign("QT-01", "issued", "dung", "2023-11-25", effective_from=begins)
    base = world.commit()
    assert open_events(world) == {AMENDED}
    passed(verify(world, as_of="2023-12-15"))
    office.sign("QT-01", "issued", "dung", "2023-11-22", effective_from=begins, events=tuple(decisions(world)))
    refused(change(world, base, as_of="2023-12-15"), "DC303")


# -- rejected, after it was issued -----------------------------------------------------------------


def test_rejection_alone_of_what_is_in_force(agency, base):
    """A reviewer objects in time, and is right perhaps; but nobody ends alone what all have put in force."""
    reject(agency)
    refused(change(agency, base), "DC420", "DC423")
    refused(verify(agency), "DC420")


@pytest.mark.parametrize("file", ["edited", "gone"])
def test_rejection_of_what_is_in_force_is_not_hidden_by_the_file(agency, base, file):
    reject(agency)
    if file == "edited":
        agency.office.edit("QT-01", "Quy định trình tự", "Chữ khác")
    else:
        (agency.root / QT).unlink()
    refused(change(agency, base), "DC420", "DC423")


def test_rejection_does_not_free_the_number(agency, base):
    """1.0 was in force and is not issued again with other words."""
    reject(agency, "2025-03-08")
    agency.office.edit("QT-01", "Quy định trình tự", "Chữ khác")
    agency.office.approve("QT-01", "2025-03-09")
    agency.office.sign("QT-01", "issued", "dung", "2025-03-09")
    refused(change(agency, base), "DC306", "DC420", "DC423")


def test_rejection_of_what_is_in_force_while_the_next_is_scheduled(world):
    issued_days_after_approval(world, "QT-01")
    one = (world.root / QT).read_bytes()
    revised(world, "1.1", "2025-03-04", effective_from=date(2025, 12, 1))
    base = world.commit()
    with holding(world, one):
        reject(world, previous=None)
    refused(change(world, base), "DC420", "DC423")


# -- withdrawn for another day ---------------------------------------------------------------------


def test_second_withdrawal_of_what_never_began(agency):
    """1.1 was taken back before its first day; said again for an earlier day, that does not end 1.0 in the past."""
    revised(agency, "1.1", "2025-03-05", effective_from=date(2025, 4, 1))
    agency.office.sign("QT-01", "withdrawn", "an", "2025-03-06", effective_from=date(2025, 4, 1))
    assert in_force(agency, "2025-05-01") == "1.0"
    base = agency.commit()
    agency.office.sign("QT-01", "withdrawn", "an", "2025-09-01", effective_from=date(2025, 3, 31))
    passed(change(agency, base, as_of="2025-09-02"))
    assert [in_force(agency, day) for day in ("2025-04-01", "2025-05-01", "2025-09-02")] == ["1.0"] * 3


def test_withdrawal_dated_back_before_the_first_day(agency):
    """1.1 has been in force for 20 days; a withdrawal dated before them does not make it never have begun."""
    revised(agency, "1.1", "2025-03-02", effective_from=date(2025, 3, 5))
    base = agency.commit()
    assert in_force(agency, "2025-03-20") == "1.1"
    agency.office.sign("QT-01", "withdrawn", "an", "2025-03-04", effective_from=date(2025, 3, 5))
    refused(change(agency, base, as_of="2025-03-25"), "DC423")


def test_withdrawal_signed_before_the_issue(agency):
    """It withdraws the number that is issued afterwards: 1.1 never begins, 1.0 stays in force."""
    agency.office.revise("QT-01", "1.1")
    agency.office.approve("QT-01", "2025-03-02")
    agency.office.sign("QT-01", "withdrawn", "an", "2025-03-02T10:00:00+07:00", effective_from=date(2025, 3, 3))
    agency.office.archive("QT-01")
    agency.office.sign("QT-01", "issued", "dung", "2025-03-03", effective_from=date(2025, 3, 6))
    passed(verify(agency, as_of=MERGED))
    assert in_force(agency, MERGED) == "1.0"


def test_file_gone_long_before_the_day_of_the_withdrawal(agency, base):
    agency.office.sign("QT-01", "withdrawn", "an", "2025-03-09", effective_from=date(2099, 1, 1))
    (agency.root / QT).unlink()
    refused(change(agency, base), "DC309")
    assert in_force(agency, SOON) == "1.0"


# -- what counts no more brings nothing back without a word ----------------------------------------


@pytest.mark.parametrize("after", ["scheduled", "never began"])
def test_withdrawal_that_became_void(world, office, after):
    """1.0 is in force again; a next one that is to come, or was taken back, makes up for nothing."""
    with_em(world)
    office.issue("QT-01", "2025-03-01")
    office.sign("QT-01", "withdrawn", "em", "2025-03-03", role="chu-tich")
    assert in_force(world, "2025-03-09") is None
    revised(world, "1.1", "2025-03-04", effective_from=date(2025, 12, 1))
    if after == "never began":
        office.sign("QT-01", "withdrawn", "an", "2025-03-05", effective_from=date(2025, 12, 1))
    passed(verify(world, as_of="2025-03-09"))
    compromise(world, EM)
    assert in_force(world, MERGED) == "1.0"
    refused(verify(world, as_of=MERGED), "DC413")


def test_issue_that_became_void(world, office):
    """1.1 is in force no more, 1.0 is again, and 1.2 is only to come."""
    with_em(world)
    office.issue("QT-01", "2025-03-01")
    office.revise("QT-01", "1.1")
    office.approve("QT-01", "2025-03-03")
    office.archive("QT-01")
    office.sign("QT-01", "issued", "em", "2025-03-03", role="chu-tich")
    revised(world, "1.2", "2025-03-04", effective_from=date(2025, 12, 1))
    assert in_force(world, "2025-03-09") == "1.1"
    compromise(world, EM)
    assert in_force(world, MERGED) == "1.0"
    refused(verify(world, as_of=MERGED), "DC413")


def test_rejection_that_became_void(world, office):
    """1.0 was issued and then rejected in time; now it is in force."""
    with_em(world)
    office.issue("QT-01", "2025-03-01")
    office.sign("QT-01", "reviewed", "em", "2025-03-02", decision="reject", reason="Sai", role="chu-tich")
    assert in_force(world, "2025-03-09") is None
    compromise(world, EM)
    assert in_force(world, MERGED) == "1.0"
    refused(verify(world, as_of=MERGED), "DC413")


def test_legal_review_that_became_void(world, office):
    """The event is open again; a later review that does not deal with it makes up for nothing."""
    with_em(world, "work")
    world.git("rm", "-q", QT2, "forms/BM-01.docx")
    world.write({QT: PROCEDURE.format(revision=0), **LEGAL})
    office.issue("QT-01", "2023-03-01")
    assert open_events(world) == {AMENDED}
    seen = {"register": "0" * 64, "as_of": date(2023, 12, 1)}
    office.sign("QT-01", "legal-review", "em", "2023-12-01", **seen, events=tuple(decisions(world)))
    assert open_events(world) == set()
    office.sign("QT-01", "legal-review", "dung", "2023-12-02", **seen, events=())
    compromise(world, EM)
    assert open_events(world) == {AMENDED}
    refused(verify(world, as_of="2023-12-15"), "DC413")


@pytest.mark.parametrize("meaning", ["withdrawn", "rejected"])
def test_unsigned_record_that_counts_no_more(world, office, meaning):
    """The day after the pilot 1.0 is in force again, though nobody has done anything."""
    office.first_policy(rules=[rule(unsigned_until="2025-04-30")])
    office.issue("QT-01", "2025-03-01")
    if meaning == "withdrawn":
        office.sign("QT-01", "withdrawn", "an", "2025-03-03", signed=False)
        revised(world, "1.1", "2025-03-04", effective_from=date(2025, 12, 1))
    else:
        reject(world, "2025-03-02", signed=False)
    assert in_force(world, "2025-04-30") is None
    assert in_force(world, "2025-05-01") == "1.0"
    refused(verify(world, as_of="2025-05-01"), "DC419")


def test_void_record_of_a_draft_that_was_given_up(world, office):
    """Nothing rests on it: it stays said, and no longer stops anybody."""
    path = office.sign("QT-02", "prepared", "cuong", "2025-03-01")
    compromise(world, 2)
    refused(verify(world), "DC413")
    (world.root / QT2).unlink()
    (world.root / "forms/BM-01.docx").unlink()
    answer = verify(world)
    assert (answer.status, answer.findings, errors(answer)) == (0, [("DC413", path)], set())


# -- what must not come in -------------------------------------------------------------------------


def test_new_record_by_a_compromised_key(agency):
    """Dated back before the theft was found out."""
    compromise(agency, 1)
    base = agency.commit()
    assert change(agency, base).status == 0
    agency.office.sign("QT-01", "reviewed", "binh", "2025-03-08")
    refused(change(agency, base), "DC413")


def test_new_record_by_a_compromised_key_under_an_odd_name(agency):
    """Neither its name nor its folder makes it settled."""
    compromise(agency, 1)
    base = agency.commit()
    record = agency.office.record("QT-01", "acknowledged", "binh", "2025-03-09")
    rename(agency.root / put(agency.office, record, space=ACK), "../../odd.sig")
    refused(change(agency, base), "DC413")


def test_copy_of_a_record_that_became_void(agency):
    compromise(agency, 1)
    base = agency.commit()
    old = record_of(agency, "reviewed")
    shutil.copy(old, agency.root / "approvals/x.json")
    shutil.copy(old.with_name(old.name + ".sig"), agency.root / "approvals/x.json.sig")
    answer = change(agency, base)
    refused(answer, "DC413")
    assert ("DC413", "approvals/x.json") in answer.findings


def test_new_unsigned_record_after_the_pilot(world, office):
    """Dated back into it."""
    office.first_policy(rules=[rule(unsigned_until="2025-03-05")])
    office.issue("QT-01", "2025-03-01")
    base = world.commit()
    office.sign("QT-01", "reviewed", "binh", "2025-03-04", signed=False)
    refused(change(world, base), "DC419")


@pytest.mark.parametrize(
    "path",
    [
        "archive/.x",
        "archive/forms/.x",
        "archive/QT-01/.hidden.yaml",
        "archive/QT-01/1.0.yaml.sig",
        "archive/QT-01/1.0.yaml.p7s",
        "checkpoints/.x",
        "policy/.x",
        "policy/0001.yaml.p7s",
    ],
)
def test_worthless_file_where_nothing_is_taken_away(agency, base, path):
    agency.office.put(path, b"any words, or a program")
    answer = change(agency, base)
    refused(answer, "DC430")
    assert answer.findings == [("DC430", path)]


@pytest.mark.parametrize("end", [".sig.sig", ".sig.p7s"])
def test_signature_of_a_signature(agency, base, end):
    path = record_of(agency, "issued").relative_to(agency.root).as_posix() + end
    agency.office.put(path, b"any words")
    answer = change(agency, base)
    refused(answer, "DC430")
    assert answer.findings == [("DC430", path)]


def test_repository_inside_the_repository(agency):
    """docctl looks upwards from where it is called; a configuration put there would answer for the one around it."""
    path = agency.office.sign("QT-02", "reviewed", "binh", "2025-03-02", decision="reject", reason="Sai")
    agency.write({"tools/readme.txt": b"x"})
    base = agency.commit()
    tools = agency.root / "tools"

    def asked_there(head):
        options = ("--policy-pin", agency.office.pin, "--format", "json", "--as-of", MERGED)
        return run_docctl("verify", *options, "--change", f"{base}..{head}", cwd=tools)

    assert asked_there(base).status == 0
    taken_away(agency, path)
    for each in ("docctl.toml", "organisation.yaml"):
        shutil.copy(agency.root / each, tools / each)
    shutil.copytree(agency.root / "policy", tools / "policy")
    refused(asked_there(agency.commit()), "DC423")


# -- what must not go away -------------------------------------------------------------------------


def test_rejection_that_looks_like_a_private_key(agency):
    """DC422 wants the file away; yet it is a record, and counts."""
    agency.office.revise("QT-01", "1.1")
    words = {"decision": "reject", "reason": "-----BEGIN PRIVATE KEY-----"}
    path = agency.office.sign("QT-01", "reviewed", "binh", "2025-03-09", **words)
    base = agency.commit()
    refused(verify(agency), "DC422")
    taken_away(agency, path)
    refused(change(agency, base), "DC423")


def test_rejection_called_the_signature_of_something(agency):
    """What it seems to sign is worthless and might go; the record might not."""
    agency.office.revise("QT-01", "1.1")
    path = Path(reject(agency))
    rename(agency.root / path, "x.sig")
    agency.office.put(f"{path.parent}/x", b"worthless")
    base = agency.commit()
    taken_away(agency, f"{path.parent}/x.sig")
    refused(change(agency, base), "DC423")


def test_entry_of_adopted_edited(world):
    """No version of the policy has closed adopted.yaml yet; a change may still not say something else there."""
    adopted(world, "1.0", "2025-01-01")
    base = world.commit()
    world.office.edit("QT-01", "Quy định trình tự", "Không ai duyệt")
    (world.root / "adopted.yaml").unlink()
    adopted(world, "1.0", "2025-01-01")
    refused(change(world, base), "DC423")


def test_adoption_ended_by_a_lower_number(world, office):
    """2.0 was adopted and is in force; records of 1.0 would make the entry one that came too late."""
    one = (world.root / QT).read_bytes()
    office.revise("QT-01", "2.0")
    adopted(world, "2.0", "2025-01-01")
    base = world.commit()
    assert in_force(world, SOON) == "2.0"
    with holding(world, one):
        office.issue("QT-01", "2025-03-09", previous=None)
    refused(change(world, base), "DC433")


# -- whatever is signed ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(20))
def test_never_two_in_force(seed):
    """Issues, withdrawals and rejections of four revisions at random: on no day two of them are in force."""
    chance = random.Random(seed)
    book = Book()
    for revision in range(4):
        text = Text((1, revision))
        for _ in range(chance.choice([1, 1, 2])):
            day = chance.randrange(1, 20)
            book.issue(text, day, day + chance.randrange(-2, 12))
        for _ in range(chance.choice([0, 1, 2])):
            second, first = chance.randrange(10, 50), chance.randrange(1, 35)
            book.sign(text, "withdrawn", "an", chance.randrange(1, 30), second=second, first=first)
        if chance.random() < 0.2:
            book.sign(text, "reviewed", "binh", chance.randrange(1, 60), second=55, decision="reject")
    for day in range(1, 70):
        book.in_force(day)


# -- what the change says of the configuration ---------------------------------------------------------


def test_configuration_that_becomes_a_link_is_refused_in_words(agency, base):
    """What docctl.toml cannot be is said as a finding, not as a failure of docctl."""
    (agency.root / "docctl.toml").rename(agency.root / "other.toml")
    (agency.root / "docctl.toml").symlink_to("other.toml")
    refused(change(agency, base), "DC423")
