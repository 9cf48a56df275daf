"""What single changes of the code would have gone by unnoticed: one behaviour each, as a user would see it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from gitworld import DAY, World, run_docctl
from msgspec.structs import replace
from office import ACK, POLICY, RECORD, Key, Office, Tree, rule, sha256
from test_lifecycle import A, Book, needing, on, policy_of
from test_outdated import LEGAL, PROCEDURE
from test_records_bytes import CHAIN, FILES, POLICY_BYTES, POLICY_PATH, POLICY_SIGNATURE, SIGNATURE_PATH, TODAY
from test_signing import Ward, ward
from test_threats import (
    AMENDED,
    QT,
    adopted,
    agency,
    base,
    change,
    checkpoint,
    decisions,
    delegated,
    delegation,
    errors,
    lawful,
    office,
    open_events,
    passed,
    put,
    record_of,
    refused,
    review,
    standing,
    state,
    template,
    verify,
    world,
)

from docctl.approval import sshsig
from docctl.approval.certificates import check_certificate
from docctl.approval.chain import PolicyFile, chain
from docctl.approval.judge import Judge, Refusal
from docctl.approval.payload import with_statement
from docctl.lifecycle.revisions import last_review
from docctl.model.record import Cited, Dealt
from docctl.text.canonical import canonical

__all__ = ["agency", "base", "lawful", "office", "template", "ward", "world"]  # fixtures


def findings(answer: Any, code: str) -> list[Tree]:
    return [each for each in answer.report["findings"] if each["code"] == code]


# -- what a next version of the policy may not say --------------------------------------------------

TITLES: dict[str, Callable[[Tree], Any]] = {
    "another title": lambda title: title.update(title="Phó Chủ tịch"),
    "another unit": lambda title: title.update(unit="Văn phòng khác"),
    "longer": lambda title: title.update(until="2027-12-31"),
    "without end": lambda title: title.pop("until"),
    "from earlier on": lambda title: title.update({"from": "2017-01-01"}),
}


@pytest.mark.parametrize("how", [*TITLES])
def test_a_title_stays_what_it_was(world: World, office: Office, how: str) -> None:
    people = office.people()
    people[0]["titles"][0]["until"] = "2026-12-31"
    office.first_policy(people=people)
    office.next_policy(lambda tree: tree["principals"][0]["titles"][0].update(until="2026-06-30"))
    passed(verify(world))
    office.next_policy(lambda tree: TITLES[how](tree["principals"][0]["titles"][0]))
    refused(verify(world), "DC405")


# -- delegations --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "given",
    [{"until": "2025-02-28"}, {"from_date": "2025-03-02"}, {"scope": "QT-02"}],
    ids=["ended", "not yet", "other"],
)
def test_what_is_passed_on_was_given_for_that_day_and_document(world: World, given: Tree) -> None:
    chain = [delegation("an", "binh", "TL", **given), delegation("binh", "cuong", "KT", "d-2")]
    refused(delegated(world, (chain, "cuong", "KT", "d-2")), "DC414")
    assert state(world) == "draft"


def test_what_is_passed_on_stays_in_the_unit_of_that_day(world: World, office: Office) -> None:
    """Both were once of one unit; on the day of the signing they were not."""
    people = office.people()
    former = {**people[2]["titles"][0], "until": "2025-01-31"}
    people[2]["titles"] = [former, {**former, "unit": "Văn phòng khác", "from": "2025-02-01", "until": "2026-12-31"}]
    chain = [delegation("an", "binh", "TL"), delegation("binh", "cuong", "KT", "d-2")]
    office.first_policy(people=people, delegations=chain)
    acting: dict[str, Any] = {"role": "chu-tich", "acting": ("KT", "d-2")}
    put(office, office.record("QT-01", "approved", "cuong", "2025-01-31", **acting))
    passed(verify(world))
    record = office.record("QT-01", "approved", "cuong", "2025-02-01", **acting)
    put(office, with_statement(replace(record, signer=replace(record.signer, unit="Văn phòng khác"))))
    refused(verify(world), "DC414")


def test_a_meaning_that_one_rule_leaves_to_another(world: World, office: Office) -> None:
    """What several persons sign one after another needs one rule that names it, what one signs alone needs all."""
    silent = rule()
    silent["require"] = [each for each in silent["require"] if each["meaning"] not in ("reviewed", "acknowledged")]
    office.first_policy(rules=[silent, rule()])
    office.sign("QT-01", "reviewed", "binh")
    passed(verify(world))
    office.sign("QT-01", "acknowledged", "cuong")
    refused(verify(world), "DC414")


# -- keys of the root group ----------------------------------------------------------------------------


@pytest.fixture
def second_root(world: World) -> World:
    """Both an and binh may sign for the root group; binh's key ends with May 2025."""
    office = world.office
    people = office.people()
    people[1]["keys"][0]["until"] = "2025-05-31"
    office.first_policy(people=people, root={"principals": ["an", "binh"], "threshold": 1})
    return world


@pytest.mark.parametrize(("at", "counts"), [("2025-05-31", True), ("2025-06-01", False)])
def test_a_checkpoint_is_signed_by_a_key_of_its_day(second_root: World, at: str, counts: bool) -> None:
    checkpoint(second_root, "binh", at=at)
    if counts:
        passed(verify(second_root, "--checkpoint", "1"))
    else:
        refused(verify(second_root), "DC427")
        digest = sha256(second_root.office.read("checkpoints/0001.json"))
        second_root.office.next_policy(lambda tree: tree.update(kept=[digest]))
        refused(verify(second_root), "DC427")  # no key, nothing to be kept


@pytest.mark.parametrize(("at", "counts"), [("2025-05-31", True), ("2025-06-01", False)])
def test_a_policy_is_signed_by_a_key_of_its_day(second_root: World, at: str, counts: bool) -> None:
    second_root.office.next_policy(lambda tree: None, "binh", at=f"{at}T08:00:00+07:00")
    if counts:
        passed(verify(second_root))
    else:
        refused(verify(second_root), "DC402")


def test_a_version_with_a_broken_signature_does_not_wait_for_more(world: World, office: Office) -> None:
    """Only where nothing but signatures is missing, there is something to sign."""
    office.next_policy(lambda tree: tree.update(root={"principals": ["an", "binh"], "threshold": 2}))
    shown = run_docctl("policy", "show", "--as-of", DAY, "--lang", "en", cwd=world.root)
    assert "version 2 waits for signatures" in shown.out
    office.put("policy/0002.yaml.binh.sig", office.key("binh").sign(b"another text", POLICY))
    shown = run_docctl("policy", "show", "--as-of", DAY, "--lang", "en", cwd=world.root)
    assert shown.status == 0
    assert "waits for signatures" not in shown.out


# -- files below approvals/ ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x.json", "note.txt"])
def test_an_empty_file_is_no_way_to_keep_a_folder(world: World, name: str) -> None:
    world.write({f"approvals/QT-01/1.0/{name}": b"", "approvals/QT-02/.gitkeep": b""})
    answer = verify(world)
    assert [each["path"] for each in answer.report["findings"]] == [f"approvals/QT-01/1.0/{name}"]


@pytest.mark.parametrize("how", ["folder", "link"])
def test_a_signature_that_cannot_be_read_is_named(agency: World, how: str) -> None:
    path = str(record_of(agency, "approved").relative_to(agency.root)) + ".sig"
    target = agency.root / path
    target.unlink()
    if how == "folder":
        target.mkdir()
        (target / "x").write_bytes(b"x")
    else:
        target.symlink_to("nowhere")
    assert [each["path"] for each in findings(verify(agency), "DC411")] == [path]


# -- what a change takes back ------------------------------------------------------------------------------


@pytest.mark.parametrize("why", ["not allowed", "unknown key", "other words"])
def test_a_record_that_does_not_count_now_is_not_taken_away(world: World, office: Office, why: str) -> None:
    """It may count under the next policy, or prove what somebody tried: only what is no record at all may go."""
    if why == "not allowed":
        path = office.sign("QT-01", "approved", "cuong", "2025-03-09")
    elif why == "unknown key":
        path = office.sign("QT-01", "approved", "an", "2025-03-09", by="mallory")
    else:
        record = office.record("QT-01", "approved", "an", "2025-03-09")
        path = put(office, replace(record, statement=record.statement + "."))
    base = world.commit()
    assert errors(verify(world)) & {"DC413", "DC414", "DC416"}
    for each in (path, path + ".sig"):
        (world.root / each).unlink()
    answer = change(world, base)
    assert {each["path"] for each in findings(answer, "DC423")} == {path, path + ".sig"}


def test_an_objection_to_a_change_says_what_it_is_about(agency: World, base: str) -> None:
    agency.office.sign("QT-02", "prepared", "cuong", "2025-01-31")
    (old,) = findings(change(agency, base), "DC418")
    assert old["element"] == "QT-02"


def test_an_entry_of_what_was_adopted_is_named_by_its_place(world: World) -> None:
    adopted(world, "1.0", "2025-01-01", "QT-01")
    adopted(world, "1.0", "2025-01-01", "QT-02")
    both = (world.root / "adopted.yaml").read_text()
    base = world.commit()
    passed(change(world, base))
    world.write({"adopted.yaml": "\n".join(both.splitlines()[:-1]) + "\n"})
    (gone,) = findings(change(world, base), "DC423")
    assert gone["element"] == "QT-02"
    assert "entry 2 of adopted.yaml (QT-02)" in gone["message"]
    assert (gone["path"], gone["line"]) == ("adopted.yaml", 1)
    base = world.git("rev-parse", "HEAD")
    world.write({"adopted.yaml": both})
    (late,) = [each for each in change(world, base).report["findings"] if "closed" in each["message"]]
    assert late["element"] == "QT-02"


def test_a_policy_from_long_ago_is_told_its_day(world: World, office: Office) -> None:
    base = world.git("rev-parse", "HEAD")
    office.next_policy(lambda tree: None, at="2025-02-02T08:00:00+07:00")
    (old,) = findings(change(world, base), "DC418")
    assert "dated 2025-02-02, more than 30 days" in old["message"]


# -- a policy in itself ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["from", "to"])
def test_a_delegation_names_people_of_the_policy(world: World, office: Office, end: str) -> None:
    office.first_policy(delegations=[{**delegation("an", "binh", "KT"), end: "nobody"}])
    found = findings(verify(world), "DC406")
    assert ["d-1" in each["message"] and "nobody" in each["message"] for each in found] == [True]


def test_a_rule_is_named_by_its_place(world: World, office: Office) -> None:
    office.first_policy(rules=[rule(), rule(until="2017-01-01")])
    (found,) = findings(verify(world), "DC406")
    assert "rule 2" in found["message"]


# -- records that are kept ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("reason", ["superseded", "compromised"])
@pytest.mark.parametrize(("day", "counts"), [("2025-03-05", True), ("2025-06-30", True), ("2025-07-01", False)])
def test_what_is_kept_counts_in_spite_of_a_revocation_but_not_after_the_key(
    world: World, office: Office, reason: str, day: str, counts: bool
) -> None:
    path = office.sign("QT-01", "reviewed", "binh", day)

    def end(tree: Tree) -> None:
        tree["principals"][1]["keys"][0] |= {"until": "2025-06-30", "revoked": {"at": "2025-03-02", "reason": reason}}

    office.next_policy(end)
    refused(verify(world), "DC413")
    office.next_policy(lambda tree: tree.update(kept=[sha256(office.read(path))]))
    if counts:
        passed(verify(world))
        assert state(world) == "in_review"
    else:
        refused(verify(world), "DC413")
        assert state(world) == "draft"


# -- the law ---------------------------------------------------------------------------------------------------


def test_the_last_of_several_reviews_is_told(lawful: World) -> None:
    """Neither of them is about the event as it is, so that it stays open."""
    for day in ("2023-10-05", "2023-11-20", "2023-10-20"):
        review(lawful, decisions(lawful, day=day, digest="0" * 64), day)
    report = json.loads(run_docctl("outdated", "--as-of", "2023-12-15", "--format", "json", cwd=lawful.root).out)
    baselines = [link for each in report["findings"] for link in each.get("evidence", ()) if link["link"] == "baseline"]
    assert [each["reviewed"] for each in baselines] == ["2023-11-20"]


LAW = """\
format: docctl/legal-text/v1
number: {number}
kind: law
title: Luật
issuer: [Quốc hội]
issued: "{issued}"
in_force: [{{ from: "{first}" }}]
checked: "2099-12-31"
"""
REPEAL = """\
events:
  - id: e1
    kind: repeal
    source: { provision: dieu_9, quote: "Luật số 47/2010/QH12 hết hiệu lực" }
    target: { text: 47/2010/QH12, provisions: [] }
    recorded: "2025-05-20"
    confirmed: { by: can-bo, "on": "2025-05-20" }
"""


def test_what_is_to_be_reviewed_is_closed_by_a_review_that_took_it_in(world: World) -> None:
    """The law behind the circular has ended; the circular goes on, and somebody has to look. Then somebody has."""
    world.git("rm", "-q", "procedures/QT-02.yaml", "forms/BM-01.docx")
    circular = LEGAL["legal/39-2016-tt-nhnn.yaml"] + "details: [{ text: 47/2010/QH12 }]\n"
    world.write(
        {
            QT: PROCEDURE.format(revision=0),
            "legal/61-2018-nd-cp.yaml": LEGAL["legal/61-2018-nd-cp.yaml"],
            "legal/39-2016-tt-nhnn.yaml": circular,
            "legal/47-2010-qh12.yaml": LAW.format(number="47/2010/QH12", issued="2010-06-16", first="2011-01-01"),
            "legal/9-2025-qh15.yaml": LAW.format(number="9/2025/QH15", issued="2025-05-15", first="2025-06-01")
            + REPEAL,
        }
    )
    world.office.issue("QT-01", "2025-03-01")

    def verdicts(day: str) -> list[str]:
        answer = run_docctl("outdated", "--as-of", day, "--format", "json", cwd=world.root)
        (one,) = json.loads(answer.out)["verdicts"]
        return [each["verdict"] for each in one["citations"]]

    assert verdicts("2025-05-31") == ["current", "current", "current"]
    assert verdicts("2025-07-01") == ["current", "review", "review"]
    review(world, decisions(world, day="2025-07-01"), "2025-07-01")
    assert verdicts("2025-07-01") == ["current", "current", "current"]
    assert verdicts("2025-06-30") == ["current", "review", "review"]


ENDED = """\
events:
  - id: e1
    kind: repeal
    source: { provision: dieu_9, quote: "Thông tư số 39/2016/TT-NHNN hết hiệu lực" }
    target: { text: 39/2016/TT-NHNN, provisions: [] }
    recorded: "2023-07-04"
    confirmed: { by: can-bo, "on": "2023-07-05" }
"""
STATES: dict[str, Callable[[str, str], tuple[str, str]]] = {
    "basis_ended": lambda cited, acting: (cited, acting[: acting.index("events:")] + ENDED),
    "not_in_force": lambda cited, acting: (
        cited.replace('from: "2017-03-15"', 'from: "2034-03-15"'), acting[: acting.index("events:")]
    ),
    "wrong_address": lambda cited, acting: (
        cited + "provisions: [{ address: dieu_1 }, { address: dieu_24 }, { address: dieu_24__khoan_2 }]\n",
        acting[: acting.index("events:")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("decision", ["updated", "no_impact", "wrong_event"])
@pytest.mark.parametrize("verdict", [*STATES])
def test_what_holds_whatever_was_taken_in_is_not_closed_by_having_taken_it_in(
    lawful: World, verdict: str, decision: str
) -> None:
    cited, acting = STATES[verdict](LEGAL["legal/39-2016-tt-nhnn.yaml"], LEGAL["legal/06-2023-tt-nhnn.yaml"])
    lawful.write({"legal/39-2016-tt-nhnn.yaml": cited, "legal/06-2023-tt-nhnn.yaml": acting})

    def verdicts() -> set[str]:
        answer = run_docctl("outdated", "--as-of", "2023-12-15", "--format", "json", cwd=lawful.root)
        return {each["verdict"] for one in json.loads(answer.out)["verdicts"] for each in one["citations"]}

    assert verdict in verdicts()
    review(lawful, decisions(lawful, decision))
    assert (verdict in verdicts()) == (decision == "updated")


# -- issuing ------------------------------------------------------------------------------------------------------


def test_nothing_is_issued_with_another_form_than_was_approved(ward: Ward) -> None:
    ward.policy()
    form = ward.root / "forms/BM-01.docx"
    form.write_bytes(b"PK a form")
    named = f"{{ id: BM-01, title: Tờ khai, file: forms/BM-01.docx, sha256: {sha256(b'PK a form')} }}"
    ward.edit("steps:\n", f"forms:\n  - {named}\nsteps:\n")
    ward.edit("    next: [step-2]\n", "    forms: [BM-01]\n    next: [step-2]\n")
    ward.approve()
    issue = ("issue", "QT-01", "--effective-from", "2026-01-01")
    form.write_bytes(b"PK another")
    assert "forms/BM-01.docx" in ward.refused(*issue, by="binh")
    form.unlink()
    assert "forms/BM-01.docx" in ward.refused(*issue, by="binh")
    form.write_bytes(b"PK a form")
    ward.good(*issue, by="binh")


# -- the memory of what was verified --------------------------------------------------------------------------------


def test_what_was_verified_by_another_schema_is_verified_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    file = FILES["approved"]
    names = {file.verified(), replace(file, data=file.data + b"x").verified(), replace(file, signature=b"x").verified()}
    monkeypatch.setattr("docctl.approval.judge.schema_reference", lambda kind: (f"urn:{kind}", "0" * 64))
    assert len({*names, file.verified()}) == 4


# -- pilots ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "kind", "allowed"),
    [
        ("QT-02", "procedure", True),
        ("QT-01", "form", True),
        ("QT-01", "procedure", False),
        ("QT-*", "procedure", False),
    ],
)
def test_a_pilot_may_be_added_where_no_signature_was_asked_for(
    world: World, office: Office, scope: str, kind: str, allowed: bool
) -> None:
    office.first_policy(rules=[rule(scope="QT-01")])
    pilot = rule(kind=kind, scope=scope, unsigned_until="2026-12-31", **{"from": "2026-01-05"})
    office.next_policy(lambda tree: tree["rules"].append(pilot), at="2026-01-05T08:00:00+07:00")
    if allowed:
        passed(verify(world))
    else:
        refused(verify(world), "DC405")


# -- checkpoints ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("gone", "said"), [(1, 1), (20, 20), (21, 21), (22, 21)])
def test_twenty_missing_files_are_named_and_then_that_there_are_more(agency: World, gone: int, said: int) -> None:
    signed = [agency.office.sign("QT-01", "acknowledged", "cuong", f"2025-03-{day:02}") for day in range(2, 13)]
    checkpoint(agency)
    passed(verify(agency))
    for each in [name for path in signed for name in (path + ".sig", path)][:gone]:
        (agency.root / each).unlink()
    found = [each["message"] for each in findings(verify(agency), "DC428")]
    assert len(found) == said
    assert ["more of the same follow" in each for each in found] == [False] * min(gone, 20) + [True] * (gone > 20)


# -- clocks --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ahead", "counts"), [(timedelta(minutes=5), True), (timedelta(minutes=5, seconds=1), False)])
def test_a_clock_may_be_five_minutes_ahead(ahead: timedelta, counts: bool) -> None:
    """That of who signs a record, and that of who writes a policy."""
    now = datetime.fromisoformat("2025-03-01T09:30:05+07:00") - ahead
    said = Judge(CHAIN, TODAY, now, sshsig.verify, check_certificate).judge(FILES["approved"])
    assert (said.finding.code.id if isinstance(said, Refusal) else None) == (None if counts else "DC418")
    now = datetime.fromisoformat(json.loads(POLICY_BYTES.split(b" #")[0])["created_at"]) - ahead
    file = PolicyFile(POLICY_PATH, POLICY_BYTES, {SIGNATURE_PATH: POLICY_SIGNATURE})
    assert [each.code.id for each in chain([file], None, sshsig.verify, now).findings] == ([] if counts else ["DC402"])


# -- contradictions within a policy ------------------------------------------------------------------------------------------


def _key(tree: Tree, **changes: str) -> None:
    tree["principals"][1]["keys"][0].update(changes)


WITHIN: dict[str, tuple[Callable[[Tree], Any], str]] = {
    "a person twice": (lambda tree: tree["principals"].append(tree["principals"][2]), "cuong stands twice"),
    "a key twice": (
        lambda tree: tree["principals"][1]["keys"].append(tree["principals"][1]["keys"][0]),
        "stands twice",
    ),
    "a key of two": (lambda tree: _key(tree, **tree["principals"][0]["keys"][0]), "belongs to binh and to an"),
    "no key": (lambda tree: _key(tree, blob="ssh-ed25519 AAAA"), "of binh is none"),
    "another key": (lambda tree: _key(tree, blob=Key("x").line), f"has the fingerprint {Key('x').fingerprint}, not"),
    "no certificate": (lambda tree: _key(tree, blob="x509 A"), "no base64"),
    "another certificate": (lambda tree: _key(tree, blob="x509 AAAA"), "has the fingerprint SHA256:"),
    "a title": (
        lambda tree: tree["principals"][1]["titles"][0].update(until="2017-12-31"),
        "of binh ends (2017-12-31)",
    ),
    "a key": (lambda tree: tree["principals"][1]["keys"][0].update(until="2017-12-31"), "of binh ends (2017-12-31)"),
    "a role": (lambda tree: tree["principals"][1]["roles"][0].update(until="2017-12-31"), "of binh ends (2017-12-31)"),
    "a delegation twice": (lambda tree: tree["delegations"].append(tree["delegations"][0]), "d-1 stands twice"),
    "to oneself": (lambda tree: tree["delegations"][0].update(to="an"), "d-1 is one to oneself"),
    "without end": (lambda tree: tree["delegations"][0].pop("until"), "d-1 (TUQ) has no last day"),
    "not one's own": (lambda tree: tree["delegations"][0].update({"from": "cuong"}), "cuong never had what"),
    "root": (lambda tree: tree["root"].update(principals=["an", "nobody"]), "names nobody, who is not"),
    "threshold": (lambda tree: tree["root"].update(threshold=2), "2 of the root group must sign, but it has only 1"),
    "a meaning twice": (
        lambda tree: tree["rules"][0]["require"].append(tree["rules"][0]["require"][1]),
        "reviewed twice",
    ),
    "excluded": (lambda tree: tree["rules"][0]["require"][0].update(not_same_as=["prepared"]), "excludes prepared by"),
    "two alone": (
        lambda tree: tree["rules"][0]["require"][5].update(n=2),
        "legal-review is signed by one person alone",
    ),
    "not alone": (
        lambda tree: tree["rules"][0]["require"][6].update(not_same_as=["prepared"]),
        "periodic-review is signed by one person alone",
    ),
    "a rule": (lambda tree: tree["rules"][0].update(until="2017-12-31"), "rule 1 ends before it begins"),
}


@pytest.mark.parametrize("case", [*WITHIN])
def test_what_contradicts_itself_in_a_policy_is_said_in_words(world: World, office: Office, case: str) -> None:
    """And nothing else is said of it; without the contradiction the policy counts."""
    change, words = WITHIN[case]
    tree = office.first_policy(delegations=[delegation("an", "binh", "TUQ")])
    passed(verify(world))
    change(tree)
    office.write_policy(tree)
    said = [each["message"] for each in findings(verify(world), "DC406")]
    assert len(said) == 1, said
    assert words in said[0]


def test_one_of_several_roles_is_passed_on(world: World, office: Office) -> None:
    people = office.people()
    people[0]["roles"] = [{**people[0]["roles"][0], "role": each} for each in ("work", "lead", "desk")]
    office.first_policy(people=people, delegations=[delegation("an", "binh", "KT")])
    passed(verify(world))


@pytest.mark.parametrize("last", ["2018-01-01", "2018-01-02"])
def test_what_holds_for_a_day_is_no_contradiction(world: World, office: Office, last: str) -> None:
    people = office.people()
    people[2]["titles"][0]["until"] = people[2]["keys"][0]["until"] = people[2]["roles"][0]["until"] = last
    office.first_policy(people=people, rules=[rule(), rule(until=last)])
    passed(verify(world))


@pytest.mark.parametrize("field", ["created_at", "from"])
def test_a_policy_has_only_days_of_the_calendar(world: World, office: Office, field: str) -> None:
    tree = office.first_policy()
    if field == "from":
        tree["rules"][0]["from"] = "2018-02-30"
    else:
        tree["created_at"] = "2025-02-30T08:00:00+07:00"
    office.write_policy(tree)
    refused(verify(world), "DC402")


# -- going back on the version before ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("last", "allowed"), [("2026-01-03", False), ("2026-01-04", True), ("2026-01-05", True)])
def test_a_rule_ends_no_earlier_than_the_version_that_ends_it(world: World, last: str, allowed: bool) -> None:
    office = world.office
    office.next_policy(lambda tree: tree["rules"][0].update(until=last), at="2026-01-05T08:00:00+07:00")
    if allowed:
        passed(verify(world))
        office.next_policy(lambda tree: None, at="2026-06-05T08:00:00+07:00")  # what has ended stays so
        passed(verify(world))
    else:
        refused(verify(world), "DC405")


@pytest.mark.parametrize(("first", "allowed"), [("2026-01-04", False), ("2026-01-05", True)])
def test_a_rule_begins_no_earlier_than_the_version_that_makes_it(world: World, first: str, allowed: bool) -> None:
    added = rule(scope="QT-02", **{"from": first})
    world.office.next_policy(lambda tree: tree["rules"].append(added), at="2026-01-05T08:00:00+07:00")
    if allowed:
        passed(verify(world))
    else:
        refused(verify(world), "DC405")


def test_a_root_certificate_stays(world: World, office: Office) -> None:
    office.first_policy(x509_roots=["AAAA", "BBBB"])
    office.next_policy(lambda tree: tree.update(x509_roots=["BBBB", "AAAA", "CCCC"]))
    passed(verify(world))
    office.next_policy(lambda tree: tree.update(x509_roots=["AAAA", "CCCC"]))
    refused(verify(world), "DC405")


REVOKED: dict[str, tuple[Tree, bool]] = {
    "the same": ({"at": "2025-06-01", "reason": "superseded"}, True),
    "earlier": ({"at": "2025-05-01", "reason": "superseded"}, True),
    "graver": ({"at": "2025-06-01", "reason": "compromised"}, True),
    "graver but later": ({"at": "2025-06-02", "reason": "compromised"}, False),
    "later": ({"at": "2025-06-02", "reason": "superseded"}, False),
    "another reason": ({"at": "2025-06-01", "reason": "left"}, False),
}


@pytest.mark.parametrize("case", [*REVOKED])
def test_a_revocation_only_becomes_graver(world: World, office: Office, case: str) -> None:
    first: Tree = {"revoked": {"at": "2025-06-01", "reason": "superseded"}}
    office.next_policy(lambda tree: tree["principals"][1]["keys"][0].update(first))
    revoked, allowed = REVOKED[case]
    office.next_policy(lambda tree: tree["principals"][1]["keys"][0].update(revoked=revoked))
    if allowed:
        passed(verify(world))
    else:
        refused(verify(world), "DC405")


# -- records that are none -----------------------------------------------------------------------------------------------------------

CITED = Cited("b-1", "61-2018-nd-cp", "dieu_1")
ODD: dict[str, tuple[str, dict[str, Any], str]] = {
    "accepting a review": ("periodic-review", {"decision": "accept"}, "accept cannot be decided as periodic-review"),
    "confirming a text": ("approved", {"decision": "confirm"}, "confirm cannot be decided as approved"),
    "rejecting a withdrawal": ("withdrawn", {"decision": "reject"}, "reject cannot be decided as withdrawn"),
    "for another one without": ("approved", {"acting": ("KT", None)}, "needs a delegation"),
    "for nobody with": ("approved", {"acting": ("none", "d-1")}, "needs a delegation"),
    "for the collective with": ("approved", {"acting": ("TM", "d-1")}, "needs a delegation"),
    "rejected": ("reviewed", {"decision": "reject"}, "no reason"),
    "to be revised": ("periodic-review", {"decision": "revise"}, "no reason"),
    "to be withdrawn": ("periodic-review", {"decision": "withdraw"}, "no reason"),
    "withdrawn": ("withdrawn", {"reason": None}, "no reason"),
    "a law reviewed": (
        "legal-review",
        {
            "events": (
                Dealt(CITED, "x#e1", "1" * 64, "no_impact", "Không"),
                Dealt(CITED, "x#e2", "1" * 64, "updated", None),
            )
        },
        "no reason",
    ),
}


@pytest.mark.parametrize("case", [*ODD])
def test_a_record_that_fits_the_schema_may_still_be_none(world: World, office: Office, case: str) -> None:
    meaning, changes, words = ODD[case]
    if meaning == "legal-review":
        changes = {**changes, "as_of": date(2025, 3, 1), "register": "0" * 64}
    put(office, replace(office.record("QT-01", meaning, "an"), **changes))  # its sentence is looked at later
    assert [words in each["message"] for each in findings(verify(world), "DC410")] == [True]


def test_a_record_has_only_days_of_the_calendar(world: World, office: Office) -> None:
    record = office.record("QT-01", "withdrawn", "an")
    put(office, record, data=canonical({**record.tree(), "effective_from": "2025-02-30"}))
    refused(verify(world), "DC410")


def test_one_signature_is_enough(world: World, office: Office) -> None:
    """By key or by certificate: where both lie there, nobody knows which of them was meant."""
    path = office.sign("QT-01", "approved", "an")
    passed(verify(world))
    office.put(path.replace(".json", ".json.p7s"), b"x")
    assert ["one by certificate" in each["message"] for each in findings(verify(world), "DC411")] == [True]
    assert state(world) == "draft"


@pytest.mark.parametrize("meaning", ["prepared", "acknowledged", "legal-review", "periodic-review"])
def test_what_no_rule_covers_nobody_signs(world: World, office: Office, meaning: str) -> None:
    office.first_policy(rules=[rule(scope="QT-9*")])
    more: dict[str, Any] = {}
    if meaning == "legal-review":
        more = {
            "as_of": date(2025, 3, 1),
            "register": "0" * 64,
            "events": (Dealt(CITED, "x#e1", "1" * 64, "updated", "x"),),
        }
    put(office, office.record("QT-01", meaning, "cuong", **more), space=ACK if meaning == "acknowledged" else RECORD)
    said = findings(verify(world), "DC414")
    assert ["no rule of the policy covers QT-01" in each["message"] for each in said] == [True]


def test_who_can_approve_where_no_rule_says_it(world: World, office: Office) -> None:
    """Nobody, and it is said that one is missing."""
    office.first_policy(rules=[rule(scope="QT-9*")])
    shown = run_docctl("status", "QT-01", "--as-of", DAY, "--lang", "en", cwd=world.root).out
    assert shown.count("waits for: a rule of the policy that says who approves") == 1
    (revision,) = standing(world)["revisions"]
    assert revision["waits_for"] == [{"meaning": "approved", "roles": [], "count": 1, "not": []}]
    office.sign("QT-01", "prepared", "cuong", signed=False)
    refused(verify(world), "DC419")


def test_who_is_excluded_is_named_in_order(world: World, office: Office) -> None:
    for name in ("dung", "cuong", "an", "binh"):
        office.sign("QT-01", "prepared", name)
    shown = run_docctl("status", "QT-01", "--as-of", DAY, "--lang", "en", cwd=world.root).out
    assert shown.count("but not an, binh, cuong, dung)") == 2


def test_a_checkpoint_is_known_and_none_is_here(world: World) -> None:
    passed(verify(world, "--checkpoint", "0"))
    refused(verify(world, "--checkpoint", "1"), "DC428")


# -- checkpoints that are none ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [False, True])
def test_a_compromised_key_makes_no_checkpoint_unless_it_is_kept(world: World, office: Office, kept: bool) -> None:
    office.first_policy(root={"principals": ["an", "binh"], "threshold": 1})
    path = checkpoint(world, "binh")
    passed(verify(world))

    def end(tree: Tree) -> None:
        tree["principals"][1]["keys"][0]["revoked"] = {"at": "2025-12-01", "reason": "compromised"}
        tree["kept"] = [sha256(office.read(path))] if kept else ["0" * 64]

    office.next_policy(end)
    if kept:
        passed(verify(world, "--checkpoint", "1"))
    else:
        refused(verify(world), "DC427")


CHECKPOINTS: dict[str, tuple[Tree, str]] = {
    "a field more": ({"more": 1}, "does not fit the schema"),
    "no day": ({"created_at": "2025-02-30T09:00:00+07:00"}, "does not fit the schema"),
    "number": ({"number": 2}, "it has the number 2; here only 1 can follow"),
    "predecessor": ({"previous": "0" * 64}, "previous is not"),
    "repository": ({"repository": "phuong-khac"}, "of the repository phuong-khac"),
    "policy": ({"policy": {"version": 1, "sha256": "0" * 64}}, "another version 1 of the policy"),
}


@pytest.mark.parametrize("case", [*CHECKPOINTS])
def test_why_a_checkpoint_does_not_count(agency: World, case: str) -> None:
    changes, words = CHECKPOINTS[case]
    checkpoint(agency, **changes)
    assert [words in each["message"] for each in findings(verify(agency), "DC427")] == [True]


def test_a_checkpoint_does_not_go_back_to_an_older_policy(world: World, office: Office) -> None:
    office.next_policy(lambda tree: None)
    checkpoint(world, at="2026-02-01")
    checkpoint(world, at="2026-02-02")
    passed(verify(world, "--checkpoint", "2"))
    checkpoint(world, at="2026-02-03", policy={"version": 1, "sha256": office.pin})
    assert ["older version of the policy" in each["message"] for each in findings(verify(world), "DC427")] == [True]


@pytest.mark.parametrize("how", ["gone", "changed"])
def test_what_a_checkpoint_names_stays_as_it_was(agency: World, how: str) -> None:
    path = "archive/QT-01/1.0.yaml"
    checkpoint(agency)
    if how == "gone":
        (agency.root / path).unlink()
    else:
        agency.write({path: agency.office.read(path) + b"# more\n"})
    words = {"gone": f"{path} is gone; checkpoint 1 names it", "changed": f"{path} is not what it was in checkpoint 1"}
    assert [each["message"] for each in findings(verify(agency), "DC428")] == [words[how]]


# -- more of what a change takes back ---------------------------------------------------------------------------------------------------------


def test_the_configuration_is_not_taken_away(agency: World, base: str) -> None:
    (agency.root / "docctl.toml").unlink()
    head = agency.commit()
    answer = verify(agency, "--change", f"{base}..{head}", as_of="2025-03-10")
    assert answer.status != 0
    assert '"docctl.toml is gone"' in answer.out or "docctl.toml" in answer.err


@pytest.mark.parametrize("where", ["its place", "nowhere"])
def test_a_record_in_the_wrong_place_is_moved_to_its_own_and_nowhere_else(
    world: World, office: Office, where: str
) -> None:
    path = office.sign("QT-01", "prepared", "cuong", "2025-03-09")
    wrong = path.replace("/1.0/", "/1.1/")
    (world.root / wrong).parent.mkdir()
    for ending in ("", ".sig"):
        (world.root / (path + ending)).rename(world.root / (wrong + ending))
    base = world.commit()
    assert verify(world).findings == [("DC417", wrong)]
    for ending in ("", ".sig"):
        if where == "its place":
            (world.root / path).parent.mkdir(exist_ok=True)
            (world.root / (wrong + ending)).rename(world.root / (path + ending))
        else:
            (world.root / (wrong + ending)).unlink()
    if where == "its place":
        passed(change(world, base))
    else:
        assert {each["path"] for each in findings(change(world, base), "DC423")} == {wrong, wrong + ".sig"}


def test_what_only_keeps_a_folder_is_nothing_to_speak_of(world: World) -> None:
    world.write({f"{folder}/.gitkeep": b"" for folder in ("approvals", "archive", "checkpoints", "policy")})
    passed(verify(world))
    world.write({f"{folder}/note.txt": b"x" for folder in ("approvals", "archive", "checkpoints", "policy")})
    assert {path for _, path in verify(world).findings} == {
        f"{folder}/note.txt" for folder in ("approvals", "archive", "checkpoints", "policy")
    }


def test_the_last_review_of_what_was_adopted_is_told(world: World) -> None:
    world.git("rm", "-q", "procedures/QT-02.yaml", "forms/BM-01.docx")
    world.write({QT: PROCEDURE.format(revision=0), **LEGAL})
    world.office.first_policy(created_at="2023-04-01T08:00:00+07:00")
    adopted(world, "1.0", "2023-03-01")
    for day in ("2023-10-05", "2023-11-20", "2023-10-20"):
        review(world, decisions(world, day=day, digest="0" * 64), day)
    report = json.loads(run_docctl("outdated", "--as-of", "2023-12-15", "--format", "json", cwd=world.root).out)
    baselines = [link for each in report["findings"] for link in each.get("evidence", ()) if link["link"] == "baseline"]
    assert [(each["record"], each["reviewed"]) for each in baselines] == [(None, "2023-11-20")]


def test_what_an_issue_waits_for_is_said_one_after_the_other(ward: Ward) -> None:
    ward.policy()
    issue = ("issue", "QT-01", "--effective-from", "2026-01-01")
    for meaning, name, waits in (
        ("prepared", "cuong", "prepared"),
        ("reviewed", "binh", "reviewed"),
        ("approved", "an", "approved"),
    ):
        assert f"it waits for: {waits} (" in ward.refused(*issue, by="binh")
        ward.good("sign", "QT-01", "--as", meaning, by=name)
    ward.good(*issue, by="binh")
    (issued,) = (ward.root / "approvals/QT-01/1.0").glob("issued--*.json")
    assert issued.name == f"issued--binh--{sha256(issued.read_bytes())[:16]}.json"
    assert "was issued already" in ward.refused(*issue, by="binh")


@pytest.mark.parametrize(
    ("until", "allowed"), [("2025-12-31", True), ("2026-06-30", True), ("2026-07-01", False), (None, True)]
)
def test_a_pilot_is_cut_short_never_made_longer(world: World, office: Office, until: str | None, allowed: bool) -> None:
    office.first_policy(rules=[rule(unsigned_until="2026-06-30")])

    def change_it(tree: Tree) -> None:
        del tree["rules"][0]["unsigned_until"]
        tree["rules"][0] |= {} if until is None else {"unsigned_until": until}

    office.next_policy(change_it)
    if allowed:
        passed(verify(world))
    else:
        refused(verify(world), "DC405")


# -- issuing, by two ------------------------------------------------------------------------------------------------------------------------------


def test_a_second_one_who_issues_says_the_same_day(ward: Ward) -> None:
    ward.policy()
    ward.approve()
    tree = (ward.root / "policy/0001.yaml").read_text(encoding="utf-8")
    assert "meaning: issued" in tree
    for each in (ward.root / "policy").glob("0001.yaml.*.sig"):
        each.unlink()
    for each in (ward.root / "approvals").rglob("*--*"):
        each.unlink()
    line = next(each for each in tree.splitlines() if "meaning: issued" in each)
    ward.edit(line, '      - { meaning: issued, roles: ["*"], n: 2 }', "policy/0001.yaml")
    ward.good("policy", "sign", by="an")
    ward.approve()
    ward.good("issue", "QT-01", "--effective-from", "2026-01-01", by="binh")
    said = ward.refused("issue", "QT-01", "--effective-from", "2026-01-02", by="an")
    assert "issues QT-01 1.0 from 2026-01-01 already" in said
    paper = ("--decision", "1/QĐ-UBND", "--decision-date", "2025-12-30")
    assert "already (decision: none)" in ward.refused(
        "issue", "QT-01", "--effective-from", "2026-01-01", *paper, by="an"
    )
    ward.good("issue", "QT-01", "--effective-from", "2026-01-01", by="an")
    assert ward.state("1.0")["state"] in ("effective", "scheduled")


def test_a_form_of_the_law_is_nothing_to_keep(ward: Ward) -> None:
    ward.policy()
    (ward.root / "legal/61-2018-nd-cp.yaml").write_text(LEGAL["legal/61-2018-nd-cp.yaml"], encoding="utf-8")
    ward.edit("steps:\n", "forms:\n  - { id: BM-01, title: Tờ khai, law: { text: 61/2018/NĐ-CP } }\nsteps:\n")
    ward.edit("    next: [step-2]\n", "    forms: [BM-01]\n    next: [step-2]\n")
    ward.approve()
    ward.good("issue", "QT-01", "--effective-from", "2026-01-01", by="binh")
    assert not (ward.root / "archive/forms").exists()


CONVERTED: dict[str, tuple[Callable[[bytes], bytes], bool]] = {
    "a line end": (lambda data: data + b"\n", True),
    "a line end of Windows": (lambda data: data + b"\r\n", True),
    "of an old Mac": (lambda data: data + b"\r", True),
    "converted": (lambda data: data.replace(b"{", b"{\r\n", 1), True),
    "a space": (lambda data: data + b" ", False),
    "another letter": (lambda data: data.replace(b"accept", b"reject"), False),
}


@pytest.mark.parametrize("case", [*CONVERTED])
def test_what_git_has_converted_is_told_how_to_mend(world: World, office: Office, case: str) -> None:
    change_it, converted = CONVERTED[case]
    path = office.sign("QT-01", "approved", "an")
    office.put(path, change_it(office.read(path)))
    (found,) = verify(world).report["findings"]
    assert (".gitattributes" in (found["fix"] or "")) == converted


def test_a_version_lies_under_its_own_number(world: World, office: Office) -> None:
    office.next_policy(lambda tree: None)
    passed(verify(world))
    for each in [*(world.root / "policy").glob("0002*")]:
        each.rename(each.with_name(each.name.replace("0002", "0003")))
    refused(verify(world), "DC402")


def test_one_of_several_roles_is_enough_to_sign(world: World, office: Office) -> None:
    people = office.people()
    people[0]["roles"] = [{**people[0]["roles"][0], "role": each} for each in ("work", "lead", "desk")]
    office.first_policy(people=people)
    office.sign("QT-01", "approved", "an")
    passed(verify(world))


@pytest.mark.parametrize("ending", [".sig", ".p7s"])
def test_a_signature_of_nothing_is_told_from_other_files(world: World, ending: str) -> None:
    world.write({f"approvals/QT-01/1.0/x.json{ending}": b"x", f"policy/0009.yaml{ending}": b"x", "archive/x": b"x"})
    said = {each["path"]: each["message"] for each in verify(world).report["findings"]}
    assert "what this file signs is not here" in said[f"approvals/QT-01/1.0/x.json{ending}"]
    assert "what this file signs is not here" in said[f"policy/0009.yaml{ending}"]
    assert "this is no record" in said["archive/x"]


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        ("2025-02-08T12:00:00+07:00", True), ("2025-02-08T11:59:59+07:00", False),
        ("2025-04-09T12:00:00+07:00", True), ("2025-04-09T12:00:01+07:00", False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("what", ["record", "policy"])
def test_what_comes_in_is_at_most_thirty_days_from_the_clock(world: World, what: str, at: str, allowed: bool) -> None:
    """The day asked for stands for its noon."""
    base = world.git("rev-parse", "HEAD")
    if what == "record":
        world.office.sign("QT-01", "prepared", "cuong", at)
    else:
        world.office.next_policy(lambda tree: None, at=at)
    if allowed:
        passed(change(world, base))
    else:
        assert errors(change(world, base)) == {"DC418"}


def test_a_record_is_not_long_before_the_newest_that_was_there(world: World) -> None:
    """The newest counts, not the oldest; the days are those of the rule that is stricter."""
    office = world.office
    office.first_policy(rules=[rule(max_age_days=40), rule(max_age_days=10, scope="QT-01")])
    for at in ("2025-02-20", "2025-03-15T12:00:00+07:00"):
        office.sign("QT-02", "prepared", "cuong", at)
    base = world.commit()
    office.sign("QT-01", "prepared", "cuong", "2025-03-05T12:00:00+07:00")
    passed(change(world, base))
    office.sign("QT-01", "reviewed", "binh", "2025-03-05T11:59:59+07:00")
    (found,) = findings(change(world, base), "DC418")
    assert "more than 10 days before the newest record" in found["message"]
    assert found["element"] == "QT-01"


def test_fields_of_another_meaning_are_named_in_order(world: World, office: Office) -> None:
    record = office.record("QT-01", "approved", "an")
    issued = office.record("QT-01", "issued", "dung").tree()
    more = {name: issued[name] for name in issued if name not in record.tree()}
    assert len(more) > 3
    put(office, record, data=canonical({**record.tree(), **more}))
    (found,) = findings(verify(world), "DC410")
    assert f"other fields: {', '.join(sorted(more))}" in found["message"]


def test_a_checkpoint_names_no_other_one(agency: World) -> None:
    checkpoint(agency)
    named = json.loads(agency.office.read(checkpoint(agency, at="2025-04-02")))["files"]
    assert {each["path"].split("/")[0] for each in named} == {"approvals", "archive", "policy"}


def test_what_works_otherwise_is_named_by_its_event(lawful: World) -> None:
    base = lawful.git("rev-parse", "HEAD")
    path = "legal/06-2023-tt-nhnn.yaml"
    lawful.write({path: LEGAL[path].replace('from: "2023-09-01"', 'from: "2093-09-01"')})
    (found,) = findings(change(lawful, base, as_of="2023-12-15"), "DC423")
    assert (found["element"], found["path"]) == ("e14", path)


@pytest.mark.parametrize("name", ["a.json", "z.json"])
def test_of_the_same_bytes_in_two_places_the_first_is_shown(world: World, office: Office, name: str) -> None:
    path = office.sign("QT-01", "prepared", "cuong")
    copy = f"approvals/QT-01/1.0/{name}"
    for ending in ("", ".sig"):
        office.put(copy + ending, office.read(path + ending))
    (revision,) = standing(world)["revisions"]
    assert [each["path"] for each in revision["records"]] == [min(path, copy)]


def test_a_record_that_does_not_count_is_not_moved_about(world: World, office: Office) -> None:
    """Only what lies in the folder of another text is moved, to its own."""
    path = office.sign("QT-01", "approved", "cuong", "2025-03-09")
    base = world.commit()
    refused(verify(world), "DC414")
    moved = path.replace("approved--", "x--")
    for ending in ("", ".sig"):
        (world.root / (path + ending)).rename(world.root / (moved + ending))
    assert {each["path"] for each in findings(change(world, base), "DC423")} == {path, path + ".sig"}


@pytest.mark.parametrize("what", ["file", "archive", "both"])
def test_the_text_in_force_is_judged_wherever_it_can_be_read(lawful: World, what: str) -> None:
    """The document's own file holds the next revision already; what cannot be read is said, and stops nothing."""
    lawful.office.revise("QT-01", "1.1")
    if what in ("file", "both"):
        lawful.write({QT: "title: ["})
    if what in ("archive", "both"):
        lawful.write({"archive/QT-01/1.0.yaml": "title: ["})
    answer = run_docctl("outdated", "--as-of", "2023-12-15", "--format", "json", cwd=lawful.root)
    assert answer.status in (0, 1), answer.err
    states = [each["state"] for each in json.loads(answer.out)["verdicts"]]
    assert states == {"file": ["in_force"], "archive": ["not_held"], "both": []}[what]


@pytest.mark.parametrize("decision", ["updated", "no_impact"])
def test_what_was_taken_in_for_a_time_is_open_again_when_the_time_is_over(lawful: World, decision: str) -> None:
    """Whoever wrote the amendment into the text has to take it out again; whoever did not has nothing to do."""
    path = "legal/06-2023-tt-nhnn.yaml"
    lawful.write({path: LEGAL[path].replace('from: "2023-09-01"', 'from: "2023-09-01", to: "2024-06-01"')})
    review(lawful, decisions(lawful, decision))
    assert open_events(lawful, "2023-12-15") == set()
    again = {f"{AMENDED}@2024-06-01"} if decision == "updated" else set()
    assert open_events(lawful, "2024-06-15") == again


@pytest.mark.parametrize("needed", [1, 2])
def test_who_signs_an_issue_once_more_does_not_put_off_the_review(needed: int) -> None:
    """It was issued by those who were enough; what is signed later is kept, and changes nothing."""
    book = Book(policy=policy_of(needing(issued=needed)))
    book.issue(A, 1, first=2)
    book.sign(A, "issued", "an", 10, first=2, role="lead")
    book.sign(A, "issued", "binh", 90, first=2, role="lead")
    revision = book.revision(A, 99)
    assert revision is not None
    assert [each.record.signer.id for each in revision.issuing] == ["dung", "an"][:needed]
    assert last_review(revision) == on({1: 1, 2: 10}[needed])
    assert len(revision.records) == 6


def test_a_version_that_cannot_be_read_is_not_edited_over(ward: Ward) -> None:
    ward.policy()
    (ward.root / "policy/0002.yaml").symlink_to("nowhere")
    said = ward.refused("policy", "edit", "--person", "cuong", "--holds", "lanh-dao")
    assert "does not count" in said
