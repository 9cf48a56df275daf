"""Examples of the codes about revisions, records and who may approve what: made here, because they are signed.

Every example begins with the base of ``test_rules.py`` and a policy signed by ``an``. A function changes that as
an office would; one that makes a bad example says where the finding is expected.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from gitworld import CLEAN, World
from msgspec.structs import replace
from office import ACK, RECORD, VIETNAM, Key, Office, Tree, as_bytes, policy, rule, sha256

import docctl
from docctl.approval.checkpoints import Held, payload
from docctl.approval.payload import with_statement
from docctl.model.record import Dealt, Record
from docctl.text.canonical import canonical

AS_OF = "2025-11-22"
BASE = Path(__file__).parent / "rules" / "base"
ROLES = {"lead": "chu-tich", "review": "cc-ho-tich", "work": "cc-mot-cua", "desk": "van-thu"}


@dataclass(frozen=True)
class Place:
    """Where a finding is expected; column 0 stands for any."""

    path: str
    line: int = 1
    column: int = 1


Maker = Callable[[Path, pytest.MonkeyPatch], "Place | None"]
"""Changes a copy of the base; a bad one says where the finding is."""

Step = Callable[[Office], "Place | None"]
"""What an office does in a copy of the base."""


def office_of(folder: Path) -> Office:
    """Who signs in the base and in what is laid over it."""
    return Office(folder, ROLES)


# -- what the examples are made of ------------------------------------------------------------


ID = "QT-01"
FILE = f"procedures/{ID}.yaml"
ISSUE = Place(FILE, 4, len("issue: ") + 1)
REVISION = Place(FILE, 5, len("revision: ") + 1)
TEXT = f"procedures/{ID}.yaml"
FIRST, SECOND = "policy/0001.yaml", "policy/0002.yaml"
CHECKPOINT = "checkpoints/0001.json"
ARCHIVED = f"archive/{ID}/1.0.yaml"
ADOPTED = "adopted.yaml"
EARLIER, DAY, LATER, RECENT = "2025-07-15", "2025-08-01", "2025-09-01", "2025-11-20"
"""Days on which all legal texts of the base are in force."""

FIRST_DAY = "2025-11-01T08:00:00+07:00"
POLICY_DAY = "2025-11-20T08:00:00+07:00"
SOME_SHA256 = "0" * 64


def _reason(office: Office) -> None:
    """The line that ``Office.revise`` changes, before anything is signed."""
    office.edit(ID, "revision: 0\n", "revision: 0\nchange: { reason: first-issue, summary: Ban hành lần đầu }\n")


def _issued(office: Office) -> str:
    """1.0 in force from DAY; the path of the record that issued it."""
    _reason(office)
    return office.issue(ID, DAY)


def _retitled(office: Office) -> None:
    office.edit(ID, "title: Cấp bản sao", "title: Cấp lại bản sao")


def _commented(office: Office) -> None:
    """What changes the bytes of the file but not what it says: a comment, another order of the keys."""
    office.edit(ID, "owner: cc-ho-tich\n", "")
    office.edit(ID, "title:", "owner: cc-ho-tich  # người giữ tài liệu\ntitle:")


def _digest(office: Office) -> str:
    found: str = docctl.open(office.root).procedure(ID).digest()
    return found


def _now(office: Office) -> tuple[int, int, str]:
    """Number and digest of what the file holds, as the record of the next revision names it."""
    body = docctl.open(office.root).procedure(ID).body
    return body.issue, body.revision, _digest(office)


def _adopt(office: Office, *entries: tuple[int, str, str]) -> None:
    """adopted.yaml with revisions of issue 1: their number, digest and first day."""
    lines = [
        f'  - {{ document: {ID}, issue: 1, revision: {number}, digest: {digest}, effective_from: "{day}" }}\n'
        for number, digest, day in entries
    ]
    office.put(ADOPTED, "".join(["format: docctl/adopted/v1\nadopted:\n", *lines]).encode())


def _settings(office: Office, text: str) -> None:
    """More of docctl.toml."""
    office.put("docctl.toml", office.read("docctl.toml") + text.encode())


def _altered(office: Office, path: str, *, by: str | None = None, **fields: Any) -> Place:
    """A record with other fields, still in its canonical form; signed again where ``by`` names somebody."""
    data = canonical({**json.loads(office.read(path)), **fields})
    office.put(path, data)
    if by is not None:
        office.put(path + ".sig", office.key(by).sign(data, RECORD))
    return Place(path)


def _without(office: Office, path: str) -> Place:
    (office.root / path).unlink()
    return Place(path)


def _person(tree: Tree, name: str) -> Tree:
    found: Tree = next(each for each in tree["principals"] if each["id"] == name)
    return found


def _policy(change: Callable[[Tree], Any], *signers: str) -> Step:
    """The next version of the policy; the findings about it stand at its file."""

    def step(office: Office) -> Place:
        tree = office.next_policy(change, *signers, at=POLICY_DAY)
        return Place(f"policy/{tree['version']:04}.yaml")

    return step


def _first_policy(place: str = FIRST, **changes: Any) -> Step:
    """Another first version in the place of that of the base, signed by ``an`` too."""

    def step(office: Office) -> Place:
        office.write_policy({**office.first_policy(created_at=FIRST_DAY), **office.named(changes)})
        return Place(place)

    return step


def _first_changed(change: Callable[[Tree], Any]) -> Step:
    """The first version with a change."""

    def step(office: Office) -> Place:
        tree = office.first_policy(created_at=FIRST_DAY)
        change(tree)
        office.write_policy(office.named(tree))
        return Place(FIRST)

    return step


def _change(before: Step, after: Step) -> Step:
    """Two commits: the tag ``before``, and HEAD."""

    def step(office: Office) -> Place | None:
        world = World(office.root, office.root)
        world.git("init", "-q", "-b", "main")
        before(office)
        world.commit()
        world.git("tag", "before")
        place = after(office)
        world.commit()
        return place

    return step


def _nothing(office: Office) -> None:
    """The base as it is."""


def _do(*steps: Step) -> Step:
    """Several steps; the place of the last one that names one."""

    def step(office: Office) -> Place | None:
        places = [each(office) for each in steps]
        return next((each for each in reversed(places) if each is not None), None)

    return step


def _signed(meaning: str = "prepared", signer: str = "cuong", at: str = DAY, **more: Any) -> Step:
    """One record; the findings about it stand at its file."""
    return lambda office: Place(office.sign(ID, meaning, signer, at, **more))


def _approved(office: Office) -> None:
    office.approve(ID)


def _in_force(office: Office) -> None:
    _issued(office)


# -- DC302 to DC305: numbers ------------------------------------------------------------------


def _edited_when_issued(office: Office) -> Place:
    _issued(office)
    _retitled(office)
    return REVISION


def _edited_when_adopted(office: Office) -> Place:
    _adopt(office, (0, _digest(office), DAY))
    _retitled(office)
    return REVISION


def _next_text(office: Office) -> None:
    _issued(office)
    _retitled(office)
    office.revise(ID, "1.1")


def _comment_when_issued(office: Office) -> None:
    _issued(office)
    _commented(office)


def _issued_twice(office: Office) -> Place:
    """As of two branches that both made 1.0; only one of the two can lie in the archive. The later one is too many."""
    _issued(office)
    _retitled(office)
    return Place(office.issue(ID, LATER))


def _two_after_one(office: Office) -> Place:
    _issued(office)
    before = _now(office)
    office.revise(ID, "1.1")
    office.issue(ID, LATER, previous=before)
    office.revise(ID, "1.2")
    return Place(office.issue(ID, "2025-10-01", previous=before))


def _one_after_the_other(office: Office) -> None:
    _issued(office)
    before = _now(office)
    office.revise(ID, "1.1")
    office.issue(ID, LATER, previous=before)
    before = _now(office)
    office.revise(ID, "1.2")
    office.issue(ID, "2025-10-01", previous=before)


def _draft(number: str, place: Place = REVISION) -> Step:
    def step(office: Office) -> Place:
        _issued(office)
        office.revise(ID, number)
        return place

    return step


def _issued_after_a_gap(office: Office) -> Place:
    """Seen later, when the file holds the revision after it."""
    _issued(office)
    office.revise(ID, "1.2")
    path = office.issue(ID, LATER)
    office.revise(ID, "1.3")
    return Place(path)


def _adopted_after_a_gap(office: Office) -> Place:
    """Seen later, when the file holds the revision after it."""
    _adopted(office)
    one = _digest(office)
    office.revise(ID, "1.2")
    _adopt(office, (0, one, DAY), (2, _digest(office), LATER))
    office.revise(ID, "1.3")
    return Place(ADOPTED, 4, 0)


def _second(signed: str, begins: str) -> Step:
    """1.1, signed by all on one day and in force from another."""

    def step(office: Office) -> Place:
        _issued(office)
        office.revise(ID, "1.1")
        return Place(office.issue(ID, signed, effective_from=date.fromisoformat(begins)))

    return step


# -- DC306, DC307: the archive ----------------------------------------------------------------


def _not_archived(office: Office) -> Place:
    path = _issued(office)
    _without(office, ARCHIVED)
    return Place(path)


def _archive_edited(office: Office) -> Place:
    _issued(office)
    office.put(ARCHIVED, office.read(ARCHIVED) + b"# x\n")
    return Place(ARCHIVED)


def _archive_of_another_text(office: Office) -> Place:
    """Its sha256 is the one in the record, but not its text."""
    _reason(office)
    office.approve(ID, DAY)
    text = office.read(FILE)
    other = text.replace("title: Cấp".encode(), "title: Cấp lại".encode())
    office.put(ARCHIVED, other)
    office.sign(ID, "issued", "dung", DAY, archive_sha256=sha256(other))
    return Place(ARCHIVED)


FORM = "forms/BM-03.txt"


def _with_form(office: Office) -> str:
    """1.0 in force with a form of its own; the path where the archive keeps the form."""
    _reason(office)
    data = "Tờ khai\n".encode()
    office.put(FORM, data)
    office.edit(ID, "forms: [BM-01]", "forms: [BM-01, BM-03]")
    entry = f"forms:\n  - {{ id: BM-03, title: Tờ khai, file: {FORM}, sha256: {sha256(data)} }}\n"
    office.put(FILE, office.read(FILE) + entry.encode())
    office.issue(ID, DAY)
    return f"archive/forms/{sha256(data)}.txt"


def _next_form(office: Office) -> None:
    """1.1 has another form of the same name."""
    old, data = sha256(office.read(FORM)), "Tờ khai mới\n".encode()
    office.put(FORM, data)
    office.edit(ID, old, sha256(data))
    office.revise(ID, "1.1")


def _form_not_kept(office: Office) -> Place:
    kept = _with_form(office)
    _next_form(office)
    _without(office, kept)
    lines = office.read(ARCHIVED).decode().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "id: BM-03" in text)
    return Place(ARCHIVED, line, len("  - ") + 1)


def _form_kept(office: Office) -> None:
    _with_form(office)
    _next_form(office)


def _archived_too_early(office: Office) -> Place:
    office.approve(ID)
    office.archive(ID)
    return Place(ARCHIVED)


def _issued_ahead(office: Office) -> None:
    """On the day asked for, the record has not been signed yet."""
    office.issue(ID, "2025-12-01")


# -- DC308, DC309 -----------------------------------------------------------------------------


def _reviewed_every(months: int, *steps: Step, grace: int = 90) -> Step:
    """1.0 in force from DAY, and what docctl.toml says; three months later are 21 days before the day asked for."""

    def step(office: Office) -> Place:
        _issued(office)
        _settings(office, f"\n[review]\nmonths = {months}\ngrace_days = {grace}\n")
        _do(*steps)(office)
        return Place(FILE)

    return step


def _to_be_revised(office: Office) -> None:
    """A review that asks for a revision is none that confirms."""
    office.sign(ID, "periodic-review", "cuong", "2025-10-01", decision="revise", reason="Đã lạc hậu")


def _adopted_long_ago(office: Office) -> Place:
    _adopt(office, (0, _digest(office), "2018-01-01"))
    return Place(FILE)


def _last_day(office: Office) -> None:
    """Its review is due on the very day asked for."""
    _reason(office)
    office.issue(ID, "2025-08-22")
    _settings(office, "\n[review]\nmonths = 3\n")


def _deleted(office: Office) -> Place:
    path = _issued(office)
    _without(office, FILE)
    return Place(path)


def _deleted_before_its_day(office: Office) -> Place:
    _reason(office)
    path = office.issue(ID, DAY, effective_from=date(2026, 1, 1))
    _without(office, FILE)
    return Place(path)


def _withdrawn_and_deleted(office: Office) -> None:
    _issued(office)
    office.sign(ID, "withdrawn", "an", LATER)
    _without(office, FILE)


# -- DC401 to DC406: the policy ---------------------------------------------------------------


def _no_policy(office: Office) -> Place:
    shutil.rmtree(office.root / "policy")
    return Place("docctl.toml")


def _policy_edited(office: Office) -> Place:
    """Then the signature fits no longer, and without it too few have signed."""
    office.put(FIRST, office.read(FIRST) + b"# x\n")
    return Place(FIRST)


def _policy_unsigned(path: str) -> Step:
    return lambda office: Place(_without(office, f"{path}.an.sig").path.removesuffix(".an.sig"))


def _gap(office: Office) -> Place:
    office.next_policy(lambda tree: tree.update(version=3), at=POLICY_DAY)
    return Place("policy/0003.yaml")


def _of_a_stranger(office: Office) -> Place:
    """Whoever can write here makes a policy of his own, in which ``an`` has another key."""
    office.keys["an"] = Key("stranger")
    office.first_policy(created_at=FIRST_DAY)
    return Place(FIRST)


def _unknown_role(**window: str) -> Step:
    return _first_changed(
        lambda tree: _person(tree, "dung")["roles"].append({"role": "thu-kho", "from": "2018-01-01", **window})
    )


def _root_of(*names: str, threshold: int) -> Callable[[Tree], None]:
    return lambda tree: tree.update(root={"principals": [*names], "threshold": threshold})


def _delegation(**changes: Any) -> Tree:
    """``an`` lets ``binh`` sign in the place of the head (KT)."""
    return {
        "id": "kt-2025", "from": "an", "to": "binh", "role": "lead", "mode": "KT", "from_date": "2025-01-01",
        "basis": "Quyết định 01/QĐ-UBND", **changes,
    }  # fmt: skip


def _delegated(**changes: Any) -> Step:
    return _first_changed(lambda tree: tree.update(delegations=[_delegation(**changes)]))


def _key_of_two(tree: Tree) -> None:
    _person(tree, "cuong")["keys"] += _person(tree, "dung")["keys"]


def _without_person(tree: Tree) -> None:
    tree["principals"].remove(_person(tree, "dung"))


def _until(name: str, part: str, last: str) -> Callable[[Tree], None]:
    """Ends what a person has: roles, titles or keys."""

    def change(tree: Tree) -> None:
        for each in _person(tree, name)[part]:
            each["until"] = last

    return change


def _revoked(name: str, reason: str) -> Callable[[Tree], None]:
    def change(tree: Tree) -> None:
        _person(tree, name)["keys"][0]["revoked"] = {"at": "2025-06-01", "reason": reason}

    return change


def _pilot_at_once(tree: Tree) -> None:
    tree["rules"].append(rule(scope="QT-*", unsigned_until="2026-12-31"))


KT: dict[str, Any] = {"acting": ("KT", "kt-2025"), "role": "chu-tich"}
PILOT = [rule(unsigned_until="2026-12-31")]
ENDED_PILOT = [rule(unsigned_until="2025-07-31")]


def _pilot_record(*, kept: bool) -> Step:
    """Unsigned in a pilot that has ended by the day asked for; the policy may list what is to be kept."""

    def step(office: Office) -> Place:
        office.first_policy(created_at=FIRST_DAY, rules=[rule(unsigned_until="2025-08-31")])
        path = office.sign(ID, "prepared", "cuong", DAY, signed=False)
        digest = sha256(office.read(path))
        office.next_policy(lambda tree: tree.update(kept=[digest] if kept else []), at=POLICY_DAY)
        return Place(path)

    return step


# -- DC410 to DC419: single records -----------------------------------------------------------


def _line_end(office: Office) -> Place:
    """As an editor, or Git, adds one."""
    path = office.sign(ID, "prepared", "cuong")
    office.put(path, office.read(path) + b"\n")
    return Place(path)


def _indented(office: Office) -> Place:
    path = office.sign(ID, "prepared", "cuong")
    office.put(path, json.dumps(json.loads(office.read(path)), ensure_ascii=False, indent=1).encode())
    return Place(path)


def _no_reason(office: Office) -> Place:
    """What is canonical and fits the schema may still lack a field that its decision asks for."""
    return Place(office.sign(ID, "reviewed", "binh", decision="reject"))


def _reason_edited(office: Office) -> Place:
    path = office.sign(ID, "reviewed", "binh", decision="reject", reason="Thiếu căn cứ")
    return _altered(office, path, reason="Không có")


def _signature_of_another(office: Office) -> Place:
    prepared = office.sign(ID, "prepared", "cuong")
    other = office.sign(ID, "prepared", "cuong", LATER)
    office.put(prepared + ".sig", office.read(other + ".sig"))
    return Place(prepared)


def _signature_with_crlf(office: Office) -> None:
    path = office.sign(ID, "prepared", "cuong") + ".sig"
    office.put(path, office.read(path).replace(b"\n", b"\r\n"))


def _signature_of_policy(office: Office) -> Place:
    """A signature that does not fit is said even where the others are enough."""
    office.put(f"{FIRST}.dung.sig", office.key("dung").sign(b"another text", "docctl-policy-v1"))
    return Place(f"{FIRST}.dung.sig")


def _approved_then(change: Step) -> Step:
    def step(office: Office) -> Place:
        office.approve(ID)
        change(office)
        return Place(FILE)

    return step


def _stranger_signs(office: Office) -> Place:
    office.keys["stranger"] = Key("stranger")
    return Place(office.sign(ID, "prepared", "cuong", by="stranger"))


def _compromised(*, kept: bool) -> Step:
    """``cuong`` signed long before the key was lost; only a record that the policy lists goes on counting."""

    def step(office: Office) -> Place:
        path = office.sign(ID, "prepared", "cuong")

        def change(tree: Tree) -> None:
            _revoked("cuong", "compromised")(tree)
            tree.update(kept=[sha256(office.read(path))] if kept else [])

        office.next_policy(change, at=POLICY_DAY)
        return Place(path)

    return step


def _later_titled(office: Office) -> None:
    """The record has the title that held when it was signed."""
    office.sign(ID, "prepared", "cuong")

    def change(tree: Tree) -> None:
        titles = _person(tree, "cuong")["titles"]
        titles[0]["until"] = (date.fromisoformat(POLICY_DAY[:10]) - timedelta(days=1)).isoformat()
        titles.append({**titles[0], "title": "Phó Trưởng phòng", "from": POLICY_DAY[:10]})
        del titles[1]["until"]

    office.next_policy(change, at=POLICY_DAY)


def _with_title(title: str) -> Step:
    """The signer's title in the record, and in its sentence."""

    def step(office: Office) -> Place:
        path = office.sign(ID, "prepared", "cuong")
        record = Record.from_tree(json.loads(office.read(path)))
        other = with_statement(replace(record, signer=replace(record.signer, title=title)))
        return _altered(office, path, by="cuong", signer=other.tree()["signer"], statement=other.statement)

    return step


def _other_sentence(office: Office) -> Place:
    path = office.sign(ID, "prepared", "cuong")
    sentence = json.loads(office.read(path))["statement"]
    return _altered(office, path, by="cuong", statement=sentence.replace("đã soạn thảo", "phê duyệt"))


def _copied_to(folder: str) -> Step:
    """The record and its signature once more."""

    def step(office: Office) -> Place:
        path = office.sign(ID, "prepared", "cuong")
        copy = f"{folder}/{Path(path).name}"
        for ending in ("", ".sig"):
            office.put(copy + ending, office.read(path + ending))
        return Place(copy)

    return step


def _named_otherwise(office: Office) -> None:
    """What a record's file is called is only a hint for people."""
    path = office.sign(ID, "prepared", "cuong")
    for ending in ("", ".sig"):
        (office.root / (path + ending)).rename(office.root / f"approvals/{ID}/1.0/ho-so.json{ending}")


# -- DC412, DC415, DC420, DC421: signatures on one text ----------------------------------------


def _one_for_two(office: Office) -> Place:
    office.sign(ID, "prepared", "an")
    office.sign(ID, "reviewed", "binh")
    return Place(office.sign(ID, "approved", "an"))


def _one_for_two_texts(office: Office) -> None:
    """``an`` prepared a text that is no more, and approves the one that ``cuong`` made of it."""
    office.sign(ID, "prepared", "an")
    _retitled(office)
    office.approve(ID)


def _issued_without(meaning: str) -> Step:
    def step(office: Office) -> Place:
        for path in office.approve(ID):
            if f"/{meaning}--" in path:
                for ending in ("", ".sig"):
                    (office.root / (path + ending)).unlink()
        return Place(office.sign(ID, "issued", "dung"))

    return step


def _issued_though_rejected(office: Office) -> Place:
    office.sign(ID, "reviewed", "binh", decision="reject", reason="Thiếu căn cứ")
    office.approve(ID)
    return Place(office.sign(ID, "issued", "dung"))


def _issued_before_approved(office: Office) -> Place:
    office.approve(ID, LATER)
    return Place(office.sign(ID, "issued", "dung", DAY))


def _rejected(office: Office) -> Place:
    office.sign(ID, "prepared", "cuong")
    office.sign(ID, "reviewed", "binh", decision="reject", reason="Thiếu căn cứ")
    return Place(FILE)


def _mended(office: Office) -> None:
    """Changed as the reason said, and prepared again."""
    _rejected(office)
    _retitled(office)
    office.sign(ID, "prepared", "cuong", LATER)


# -- DC422, DC430: what does not belong among the records ------------------------------------


KEY = "approvals/id_ed25519"
PRIVATE = b"-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n"


def _file(path: str, data: bytes) -> Step:
    def step(office: Office) -> Place:
        office.put(path, data)
        return Place(path)

    return step


def _record_gone(office: Office) -> Place:
    path = office.sign(ID, "prepared", "cuong")
    _without(office, path)
    return Place(path + ".sig")


def _time_stamped(office: Office) -> None:
    path = office.sign(ID, "prepared", "cuong")
    office.put(path + ".tsr", b"0")
    office.put("approvals/.gitkeep", b"")


def _many(count: int) -> Step:
    """As many records of one revision; they may have the same bytes."""

    def step(office: Office) -> Place:
        path = office.sign(ID, "prepared", "cuong")
        folder = f"approvals/{ID}/1.0"
        for number in range(1, count):
            for ending in ("", ".sig"):
                office.put(f"{folder}/ho-so-{number:04}.json{ending}", office.read(path + ending))
        return Place(f"{folder}/ho-so-0001.json")

    return step


# -- DC423, DC424, DC418, DC428: changes -------------------------------------------------------


def _prepared(office: Office) -> None:
    office.sign(ID, "prepared", "cuong")


def _record_taken_away(office: Office) -> Place:
    """Its signature is left."""
    (path,) = (office.root / f"approvals/{ID}/1.0").glob("*.json")
    return _without(office, path.relative_to(office.root).as_posix())


def _signed_again(office: Office) -> Place:
    """Another signature over the same bytes is another file all the same."""
    (path,) = (office.root / f"approvals/{ID}/1.0").glob("*.json.sig")
    found = path.relative_to(office.root).as_posix()
    office.put(found, office.read(found).replace(b"\n", b"\r\n"))
    return Place(found)


def _entry_changed(office: Office) -> Place:
    _adopt(office, (0, _digest(office), LATER))
    return Place(ADOPTED, 3, 0)


def _adopted_on(day: str) -> Step:
    """The day of the policy of the base is 2025-11-01."""

    def step(office: Office) -> Place:
        _adopt(office, (0, _digest(office), day))
        return Place(ADOPTED, 3, 0)

    return step


def _copied_change(reason: str, summary: str) -> Step:
    """1.0 said "Ban hành lần đầu"; the draft of 1.1 says this."""

    def step(office: Office) -> Place:
        _issued(office)
        office.put(TEXT, _with_change(office, 1, reason, summary))
        field = "reason" if reason == "first-issue" else "summary"
        lines = office.read(TEXT).decode().splitlines()
        line = next(number for number, each in enumerate(lines, 1) if each.startswith("change:"))
        return Place(TEXT, line, lines[line - 1].index(f"{field}: ") + len(f"{field}: ") + 1)

    return step


def _with_change(office: Office, revision: int, reason: str, summary: str) -> bytes:
    lines = [line for line in office.read(TEXT).decode().splitlines() if not line.startswith("change:")]
    place = next(number for number, line in enumerate(lines) if line.startswith("revision:"))
    lines[place] = f"revision: {revision}"
    lines.insert(place + 1, f"change: {{ reason: {reason}, summary: {summary} }}")
    return ("\n".join(lines) + "\n").encode()


def _shared_form(form: str | None) -> Step:
    """A form of forms.yaml is changed after the issue: one that the procedure uses, or one that nobody uses."""

    def step(office: Office) -> Place:
        text = office.read("forms.yaml").decode()
        more = text + "  - { id: BM-99, title: Phiếu khác, law: { text: 118/2025/NĐ-CP } }\n"
        office.put("forms.yaml", more.encode())
        _issued(office)
        old, new = ("Giấy tiếp nhận", "Giấy biên nhận") if form else ("Phiếu khác", "Phiếu mới")
        office.put("forms.yaml", more.replace(old, new).encode())
        return Place("forms.yaml")

    return step


def _adopted(office: Office) -> None:
    _reason(office)
    _adopt(office, (0, _digest(office), DAY))


def _version_taken_away(office: Office) -> Place:
    """Its signature is left."""
    return _without(office, SECOND)


def _archived_text_gone(office: Office) -> Place:
    return _without(office, ARCHIVED)


def _second_version(office: Office) -> Place | None:
    return _policy(lambda tree: None)(office)


# -- DC425, DC426: changes of the law ------------------------------------------------------------


LAW = "legal/901-2024-nd-cp.yaml"
EVENT = """\
format: docctl/legal-text/v1
number: 901/2024/NĐ-CP
kind: decree
issuer: [Chính phủ]
title: Sửa đổi, bổ sung một số điều của Luật Hộ tịch (ví dụ)
issued: "2024-01-16"
in_force:
  - { from: "2024-03-01" }
events:
  - id: e1
    kind: amend
    source: { provision: dieu_1, quote: "Sửa đổi, bổ sung Điều 63 Luật Hộ tịch như sau: …" }
    target: { text: 60/2014/QH13, provisions: [dieu_63] }
    recorded: "2024-02-01"
    confirmed: { by: van-thu, "on": "2024-02-02" }
"""


CONFIRMED = '    confirmed: { by: van-thu, "on": "2024-02-02" }\n'
WITHDRAWN = '    withdrawn: { by: van-thu, "on": "2025-11-20", reason: Ghi sai }\n'


def _law(office: Office, old: str = "", new: str = "") -> Place:
    """An amendment of a cited article, in force before DAY; or the same with other words."""
    assert old in EVENT
    office.put(LAW, EVENT.replace(old, new).encode())
    return Place(LAW)


def _law_of(old: str = "", new: str = "") -> Step:
    return lambda office: _law(office, old, new)


def _event_changed(office: Office) -> Place:
    _law(office, "[dieu_63]", "[dieu_64]")
    return Place(LAW, 1 + EVENT[: EVENT.index("- id: e1")].count("\n"), 0)


def _dealt(office: Office, day: str, reason: str | None = None) -> tuple[Dealt, ...]:
    """A decision on everything in effect on a day."""
    found = docctl.open(office.root).to_deal_with(ID, date.fromisoformat(day))
    return tuple(Dealt(each.citation, each.cause.event, each.digest, "updated", reason) for each in found)


def _left_out(office: Office) -> Place:
    _law(office)
    _reason(office)
    return Place(office.issue(ID, DAY))


def _listed(office: Office) -> Place:
    _law(office)
    _reason(office)
    return Place(office.issue(ID, DAY, events=_dealt(office, DAY)))


def _recorded_later(office: Office) -> None:
    """Nobody could list it: it came into the register after the signing."""
    _left_out(office)
    _law(office, "2024-02-0", "2025-10-0")


def _dealt_with_later(office: Office) -> None:
    _left_out(office)
    register = docctl.open(office.root).register_digest
    office.sign(
        ID, "legal-review", "cuong", LATER, as_of=date.fromisoformat(LATER), register=register,
        events=_dealt(office, LATER, "Đã cập nhật trong bản 1.0"),
    )  # fmt: skip


def _event_edited(old: str, new: str) -> Step:
    def step(office: Office) -> Place:
        place = _listed(office)
        _law(office, old, new)
        return place

    return step


def _called_wrong(withdrawn: str) -> Step:
    """A legal review says that the event is wrong; the register may have withdrawn it since."""

    def step(office: Office) -> Place:
        _reason(office)
        office.issue(ID, DAY)
        _law(office, "2024-03-01", "2025-10-01")
        found = docctl.open(office.root).open_events(ID, date.fromisoformat(RECENT))
        dealt = tuple(
            Dealt(each.citation, each.cause.event, each.digest, "wrong_event", "Ghi nhầm điều") for each in found
        )
        register = docctl.open(office.root).register_digest
        day = date.fromisoformat(RECENT)
        office.sign(ID, "legal-review", "cuong", RECENT, as_of=day, register=register, events=dealt)
        office.put(LAW, (EVENT.replace("2024-03-01", "2025-10-01") + withdrawn).encode())
        return Place(LAW, 1 + EVENT[: EVENT.index("- id: e1")].count("\n"), 0)

    return step


def _event_gone(office: Office) -> Place:
    place = _listed(office)
    _without(office, LAW)
    return place


# -- DC427, DC428: checkpoints -------------------------------------------------------------------


def _checkpoint(office: Office, signer: str = "an", **fields: Any) -> Place:
    """The next checkpoint, with some other fields, signed."""
    trust = docctl.open(office.root).trust(date.fromisoformat(AS_OF))
    before = trust.checkpoints.last
    assert trust.chain.last is not None
    moment = datetime(2025, 11, 20, 8, tzinfo=VIETNAM)
    data = payload(trust.chain.last, before, Held(trust.held_files, ()), signer, moment)
    data = canonical({**json.loads(data), **fields})
    path = f"checkpoints/{1 if before is None else before.number + 1:04}.json"
    office.put(path, data)
    office.put(path + ".sig", office.key(signer).sign(data, RECORD))
    return Place(path)


def _checked(**changes: Any) -> Step:
    """A record and a checkpoint that names it."""

    def step(office: Office) -> Place:
        office.sign(ID, "prepared", "cuong")
        return _checkpoint(office, **changes)

    return step


def _checkpoint_edited(office: Office) -> Place:
    _checked()(office)
    return _altered(office, CHECKPOINT, files=[])


def _two_checkpoints(office: Office) -> None:
    _checked()(office)
    office.sign(ID, "reviewed", "binh")
    _checkpoint(office)


def _second_of_nothing(office: Office) -> Place:
    _checked()(office)
    return _checkpoint(office, previous=SOME_SHA256)


def _record_lost(office: Office) -> Place:
    _checked()(office)
    _record_taken_away(office)
    return Place(CHECKPOINT)


def _more_since(office: Office) -> None:
    _checked()(office)
    office.sign(ID, "reviewed", "binh")


def _signed_under_a_lost_version(office: Office) -> Place:
    _second_version(office)
    path = office.sign(ID, "prepared", "cuong")
    _version_taken_away(office)
    return Place(path)


def _policy_lost(office: Office) -> Place:
    """The checkpoint knew a version, and names its files."""
    _second_version(office)
    _checkpoint(office)
    _version_taken_away(office)
    return Place(CHECKPOINT)


# -- the table -----------------------------------------------------------------------------------


STEPS: dict[str, dict[str, Step]] = {
    "DC302": {
        "bad": _edited_when_issued, "bad-adopted": _edited_when_adopted,
        "good": _next_text, "good-comment": _comment_when_issued,
    },
    "DC303": {"bad": _issued_twice, "bad-after-one": _two_after_one, "good": _one_after_the_other},
    "DC304": {
        "bad": _draft("1.2"), "bad-issue": _draft("2.1"), "bad-issues": _draft("3.0", ISSUE),
        "bad-issued": _issued_after_a_gap, "bad-adopted": _adopted_after_a_gap,
        "good": _draft("1.1"), "good-issue": _draft("2.0"),
    },
    "DC305": {
        "bad": _second(LATER, DAY), "bad-before": _second(LATER, EARLIER), "bad-signed-before": _second(EARLIER, LATER),
        "good": _second(DAY, "2025-08-02"),
    },
    "DC306": {
        "bad": _not_archived, "bad-edited": _archive_edited, "bad-text": _archive_of_another_text,
        "bad-form": _form_not_kept, "good": _in_force, "good-form": _form_kept,
    },
    "DC307": {"bad": _archived_too_early, "good": _in_force, "good-ahead": _issued_ahead},
    "DC308": {
        "bad": _reviewed_every(3, grace=21), "bad-late": _reviewed_every(3, grace=20),
        "bad-revise": _reviewed_every(3, _to_be_revised), "bad-adopted": _adopted_long_ago,
        "good": _last_day, "good-never": _reviewed_every(0),
        "good-reviewed": _reviewed_every(3, _signed("periodic-review", "cuong", LATER)),
    },
    "DC309": {"bad": _deleted, "bad-scheduled": _deleted_before_its_day, "good": _withdrawn_and_deleted},
    "DC401": {"bad": _no_policy, "good": _nothing},
    "DC402": {
        "bad": _policy_unsigned(FIRST), "bad-edited": _policy_edited,
        "bad-second": _do(_second_version, _policy_unsigned(SECOND)), "bad-gap": _gap,
        "bad-previous": _policy(lambda tree: tree.update(previous=SOME_SHA256)),
        "bad-earlier": _policy(lambda tree: tree.update(created_at="2018-01-01T07:59:59+07:00")),
        "bad-not-of-root": _policy(lambda tree: None, "dung"),
        "bad-new-root-only": _policy(_root_of("binh", threshold=1), "binh"),
        "good": _second_version, "good-new-root": _policy(_root_of("binh", threshold=1), "an", "binh"),
    },
    "DC403": {"bad": _of_a_stranger, "good": _second_version},
    "DC404": {
        "bad": _first_policy("docctl.toml", repository="phuong-khac"),
        "bad-offset": _first_policy("docctl.toml", utc_offset="+08:00"),
        "bad-role": _unknown_role(), "good": _unknown_role(until="2025-06-30"),
    },
    "DC405": {
        "bad": _policy(lambda tree: _person(tree, "dung")["roles"].clear()),
        "bad-person": _policy(_without_person), "bad-name": _policy(lambda tree: _person(tree, "dung").update(name="X")),
        "bad-longer": _do(_policy(_until("dung", "roles", "2025-12-31")), _policy(_until("dung", "roles", "2026-12-31"))),
        "bad-key": _policy(lambda tree: _person(tree, "dung")["keys"].clear()),
        "bad-rule": _policy(lambda tree: tree.update(rules=[rule(kind="form")])), "bad-pilot": _policy(_pilot_at_once),
        "good": _policy(_until("dung", "roles", "2025-12-31")), "good-key": _policy(_revoked("dung", "left")),
        "good-more": _policy(lambda tree: _person(tree, "dung")["roles"].append({"role": "work", "from": "2025-12-01"})),
        "good-rule": _policy(lambda tree: tree["rules"].append(rule(scope="QT-*", **{"from": "2025-11-20"}))),
    },
    "DC406": {
        "bad": _first_changed(_key_of_two), "bad-threshold": _first_policy(root={"principals": ["an"], "threshold": 2}),
        "bad-tuq": _delegated(mode="TUQ"), "bad-giver": _delegated(to="an", **{"from": "dung"}),
        "bad-window": _policy(_until("dung", "roles", "2017-12-31")),
        "bad-alone": _first_policy(rules=[rule(require=[{"meaning": "acknowledged", "roles": ["*"], "n": 2}])]),
        "good": _delegated(), "good-tuq": _delegated(mode="TUQ", until="2025-12-31"),
        "good-threshold": _policy(_root_of("an", "binh", threshold=2), "an", "binh"),
    },
    "DC410": {
        "bad": _indented, "bad-line-end": _line_end, "bad-no-reason": _no_reason,
        "good": _signed("reviewed", "binh", decision="reject", reason="Thiếu\ncăn cứ"),
    },
    "DC411": {
        "bad": _reason_edited, "bad-other": _signature_of_another, "bad-purpose": _signed(namespace=ACK),
        "bad-policy": _signature_of_policy, "good": _signature_with_crlf,
    },
    "DC412": {
        "bad": _approved_then(_retitled), "good": _approved_then(_commented),
        "good-again": _do(_approved_then(_retitled), _approved),
    },
    "DC413": {
        "bad": _signed(by="binh"), "bad-stranger": _stranger_signs,
        "bad-revoked": _do(_policy(_revoked("cuong", "left")), _signed(at="2025-06-01")),
        "bad-ended": _do(_policy(_until("cuong", "keys", "2025-07-31")), _signed()),
        "bad-compromised": _compromised(kept=False), "good": _compromised(kept=True),
        "good-revoked": _do(_policy(_revoked("cuong", "left")), _signed(at="2025-05-31")),
        "good-ended": _do(_policy(_until("cuong", "keys", DAY)), _signed()),
    },
    "DC414": {
        "bad": _signed("approved", "cuong"), "bad-role": _signed("approved", "cuong", role="chu-tich"),
        "bad-person": _signed("prepared", "thu"), "bad-delegation": _signed("approved", "binh", **KT),
        "bad-day": _do(_delegated(from_date="2025-08-02"), _signed("approved", "binh", **KT)),
        "bad-scope": _do(_delegated(scope="QT-02"), _signed("approved", "binh", **KT)),
        "bad-no-rule": _do(_first_policy(rules=[rule(scope="QT-02")]), _signed()),
        "good": _do(_delegated(), _signed("approved", "binh", **KT)),
        "good-last-day": _do(_policy(_until("an", "roles", DAY)), _signed("approved", "an")),
    },
    "DC415": {"bad": _one_for_two, "good": _approved, "good-texts": _one_for_two_texts},
    "DC416": {
        "bad": _with_title("Chủ tịch"), "bad-sentence": _other_sentence,
        "good": _with_title("Công chức"), "good-later": _later_titled,
    },
    "DC417": {
        "bad": _copied_to(f"approvals/{ID}/1.1"), "bad-document": _copied_to("approvals/QT-02/1.0"),
        "bad-repository": _signed(repository="phuong-khac"), "good": _named_otherwise,
    },
    "DC418": {
        "bad": _signed(at="2025-08-01T02:00:00+00:00"), "bad-ahead": _signed(at="2099-01-01"),
        "bad-old": _change(_nothing, _signed(at="2025-10-22")),
        "bad-behind": _change(_signed(at="2026-01-10"), _signed(at="2025-12-01")),
        "good": _signed(at="2025-08-01T23:59:59+07:00"), "good-ahead": _signed(at=RECENT),
        "good-old": _change(_nothing, _signed(at="2025-10-24")),
        "good-behind": _change(_signed(at="2025-12-20"), _signed(at=RECENT)),
    },
    "DC419": {
        "bad": _signed(signed=False), "bad-pilot": _do(_first_policy(rules=ENDED_PILOT), _signed(signed=False)),
        "bad-after-pilot": _pilot_record(kept=False), "good": _do(_first_policy(rules=PILOT), _signed(signed=False)),
        "good-kept": _pilot_record(kept=True),
    },
    "DC420": {
        "bad": _issued_without("reviewed"), "bad-approved": _issued_without("approved"),
        "bad-rejected": _issued_though_rejected, "bad-before": _issued_before_approved, "good": _in_force,
    },
    "DC421": {"bad": _rejected, "good": _mended},
    "DC422": {
        "bad": _file(KEY, PRIVATE), "bad-policy": _file("policy/an.pem", PRIVATE),
        "good": _file("policy/an.pub", Key("an").line.encode()),
    },
    "DC423": {
        "bad": _change(_prepared, _record_taken_away), "bad-signature": _change(_prepared, _signed_again),
        "bad-archive": _change(_in_force, _archived_text_gone), "bad-adopted": _change(_adopted, _entry_changed),
        "bad-event": _change(_law_of(), _event_changed),
        "bad-event-gone": _change(_law_of(), lambda office: _without(office, LAW)),
        "bad-policy": _change(_second_version, _version_taken_away),
        "good": _change(_prepared, _signed("reviewed", "binh", RECENT)),
        "good-event": _change(_law_of(), _law_of(CONFIRMED, CONFIRMED + WITHDRAWN)),
        "good-unconfirmed": _change(_law_of(CONFIRMED, ""), _law_of('"2024-02-02"', '"2024-02-03"')),
        "good-private-key": _change(_file(KEY, PRIVATE), lambda office: _without(office, KEY)),
        "good-unsigned-policy": _change(_do(_second_version, _policy_unsigned(SECOND)), lambda office: _without(office, SECOND)),
    },
    "DC424": {
        "bad": _change(_nothing, _do(_retitled, _second_version)), "good": _change(_nothing, _second_version),
        "good-first": _change(_no_policy, _do(_retitled, _first_policy())),
    },
    "DC425": {
        "bad": _left_out, "good": _listed, "good-later": _recorded_later, "good-reviewed": _dealt_with_later,
    },
    "DC426": {
        "bad": _event_edited("kind: amend", "kind: replace"), "bad-day": _event_edited('"2024-03-01"', '"2024-04-01"'),
        "bad-gone": _event_gone, "good": _event_edited("như sau: …", "như sau: (…)"),
        "good-confirmed": _event_edited("by: van-thu", "by: chu-tich"),
    },
    "DC427": {
        "bad": _checkpoint_edited, "bad-signer": _checked(signer="dung"), "bad-number": _checked(number=2),
        "bad-repository": _checked(repository="phuong-khac"), "bad-previous": _second_of_nothing,
        "good": _two_checkpoints,
    },
    "DC428": {
        "bad": _record_lost, "bad-policy": _policy_lost, "bad-record": _signed_under_a_lost_version,
        "bad-known": _checked(), "bad-change": _change(_second_version, _version_taken_away),
        "good": _more_since, "good-known": _two_checkpoints, "good-change": _change(_nothing, _second_version),
    },
    "DC429": {"bad": _many(1001), "good": _many(1000)},
    "DC430": {
        "bad": _record_gone, "bad-name": _file(f"approvals/{ID}/1.0/ghi-chu.txt", b"x"),
        "bad-policy": _file("policy/moi.yaml", b"x"), "bad-archive": _file(f"archive/{ID}/1.yaml", b"x"),
        "good": _time_stamped,
    },
    "DC311": {
        "bad": _copied_change("first-issue", "Khác"), "bad-words": _copied_change("improvement", "Ban hành lần đầu"),
        "good": _copied_change("improvement", "Rút ngắn một bước"),
    },
    "DC310": {"bad": _shared_form("BM-01"), "good": _in_force, "good-unused": _shared_form(None)},
    "DC433": {"bad": _adopted_on("2025-11-01"), "good": _adopted_on("2025-10-31")},
    "DC515": {"bad": _called_wrong(""), "good": _called_wrong(WITHDRAWN)},
    "DC431": {"bad": _signed(schema=("urn:docctl:schema:v1:procedure", SOME_SHA256)), "good": _signed()},
    "DC432": {
        "bad": _do(_first_policy(rules=PILOT), _signed(signed=False)),
        "good": _do(_first_policy(rules=PILOT), _signed()),
    },
}  # fmt: skip
"""What is done, by code and name; a name begins with ``bad`` or ``good``."""


def _maker(step: Step) -> Maker:
    def make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Place | None:
        for name in [*os.environ]:
            if name.startswith("GIT_"):
                monkeypatch.delenv(name)
        for name, value in CLEAN.items():
            monkeypatch.setenv(name, value)
        return step(office_of(folder))

    return make


MADE = {code: {name: _maker(step) for name, step in steps.items()} for code, steps in STEPS.items()}

# -- which command is asked ----------------------------------------------------------------------


def _pin() -> str:
    """The sha256 of the base's policy, as it is known outside the repository."""
    office = office_of(BASE)
    config = docctl.open(BASE).config
    return sha256(as_bytes(office.named(policy(config.agency_id, office.people(), created_at=FIRST_DAY))))


ON_THE_DAY = ("--as-of", AS_OF)
VERIFY = ("verify", "--policy-pin", _pin())
CHANGE = (*VERIFY, "--change", "before..HEAD", *ON_THE_DAY)

MEETING = ("check", "--against", "other", *ON_THE_DAY)

ASKED: dict[str, tuple[str, ...]] = {
    "DC312": MEETING,
    "DC313": MEETING,
    "DC403": (*VERIFY, *ON_THE_DAY),
    "DC418-bad-ahead": VERIFY,  # only without a date is there a clock
    "DC418-bad-behind": CHANGE,
    "DC418-bad-old": CHANGE,
    "DC418-good-ahead": VERIFY,
    "DC418-good-behind": CHANGE,
    "DC418-good-old": CHANGE,
    "DC423": CHANGE,
    "DC424": CHANGE,
    "DC428-bad-change": CHANGE,
    "DC428-bad-known": (*VERIFY, "--checkpoint", "2", *ON_THE_DAY),
    "DC428-good-change": CHANGE,
    "DC428-good-known": (*VERIFY, "--checkpoint", "2", *ON_THE_DAY),
}
"""Codes and cases that are not asked of ``docctl check`` with the date, but of this command with these options."""
