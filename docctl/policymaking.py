"""The text of a policy: a first version, a next one, one more person; values in, text out, nothing is written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from msgspec import Struct

from docctl.approval.sshsig import PublicKey
from docctl.errors import UsageError
from docctl.message import msg
from docctl.schema import validate
from docctl.text.edits import Edit, apply
from docctl.text.strict import read
from docctl.text.tree import Tree


class NewPerson(Struct, frozen=True):
    """A person as entered: all that holds from the day given."""

    id: str
    name: str
    title: str
    unit: str
    key: PublicKey | None
    roles: Sequence[str]
    since: date


class Duties(Struct, frozen=True):
    """Which roles review, approve and issue by the first rule."""

    reviewers: Sequence[str]
    approvers: Sequence[str]
    issuers: Sequence[str]


class NewDelegation(Struct, frozen=True):
    """That a person lets another sign in a role: KT, TL or TUQ (30/2020/NĐ-CP, Điều 13)."""

    id: str
    giver: str
    taker: str
    mode: str
    role: str
    scope: str
    since: date
    until: date | None
    basis: str


def first_version(
    agency: tuple[str, str], moment: datetime, person: NewPerson, duties: Duties, adopted: tuple[int, str]
) -> str:
    """Version 1, with one person, who is the root group, and one rule for procedures.

    ``agency`` is its id and offset; ``adopted`` how many entries adopted.yaml has, and their digest: more never count.
    """
    repository, utc_offset = agency
    since = person.since.isoformat()
    text = f"""\
# yaml-language-server: $schema=../.docctl/schemas/v1/policy.schema.json
# Ai được soạn thảo, xem xét, phê duyệt, ban hành (docs/approvals.md). Ký xong thì không sửa: docctl policy edit.
format: docctl/policy/v1
version: 1
previous: null
created_at: {_quoted(moment.isoformat())}
repository: {_quoted(repository)}
utc_offset: {_quoted(utc_offset)}
root:                       # những người ký các phiên bản chính sách
  principals: [{person.id}]
  threshold: 1
principals:
{_person(person)}delegations: []
rules:
  - kind: procedure
    scope: "*"
    from: "{since}"
    require:
      - {{ meaning: prepared, roles: ["*"], n: 1 }}
      - {{ meaning: reviewed, roles: {_list(duties.reviewers)}, n: 1, not_same_as: [prepared] }}
      - {{ meaning: approved, roles: {_list(duties.approvers)}, n: 1, not_same_as: [prepared, reviewed] }}
      - {{ meaning: issued, roles: {_list(duties.issuers)}, n: 1 }}
      - {{ meaning: withdrawn, roles: {_list(duties.approvers)}, n: 1 }}
      - {{ meaning: legal-review, roles: ["*"], n: 1 }}
      - {{ meaning: periodic-review, roles: ["*"], n: 1 }}
      - {{ meaning: acknowledged, roles: ["*"], n: 1 }}
    max_age_days: 30
{_closing(adopted)}"""
    _valid(text)
    return text


def next_version(text: str, sha256: str, moment: datetime) -> str:
    """The version after one that counts: the same with its number, predecessor and time; comments are kept."""
    tree = _valid(text)
    version = _top(tree)["version"] + 1
    return _with(
        tree, {("version",): str(version), ("previous",): f'"{sha256}"', ("created_at",): _quoted(moment.isoformat())}
    )


def closed(text: str, adopted: tuple[int, str]) -> str:
    """The version with what adopted.yaml holds, where it does not say so yet."""
    tree = _valid(text)
    return text if "adopted" in _top(tree) else _checked(text.rstrip("\n") + "\n" + _closing(adopted))


def _closing(adopted: tuple[int, str]) -> str:
    entries, digest = adopted
    return f'adopted: {{ entries: {entries}, digest: "{digest}" }}  # adopted.yaml khép lại từ đây\n'


def with_kept(text: str, sha256s: Sequence[str]) -> str:
    """More records that stay valid, by the sha256 of their files."""
    tree = _valid(text)
    there = _top(tree).get("kept")
    new = [each for each in dict.fromkeys(sha256s) if each not in (there or [])]
    if not new:
        return text
    quoted = [f'"{each}"' for each in new]
    if there is None:
        return _checked(text.rstrip("\n") + "\nkept:\n" + "".join(f"  - {each}\n" for each in quoted))
    if not there:
        return _with(tree, {("kept",): "[" + ", ".join(quoted) + "]"})
    span = tree.spans[("kept", len(there) - 1)]
    flow = tree.text[tree.spans[("kept",)].start] == "["
    gap = ", " if flow else "\n" + _indent(tree, ("kept", 0)) + "- "
    return _checked(apply(tree.text, [Edit(span.end, span.end, "".join(gap + each for each in quoted))]))


def with_delegation(text: str, new: NewDelegation) -> str:
    """One more delegation."""
    tree = _valid(text)
    until = "" if new.until is None else f', until: "{new.until.isoformat()}"'
    entry = (
        f"{{ id: {new.id}, from: {new.giver}, to: {new.taker}, role: {new.role}, scope: {_quoted(new.scope)}, "
        f'mode: {new.mode}, from_date: "{new.since.isoformat()}"{until}, basis: {_quoted(new.basis)} }}'
    )
    there = _top(tree).get("delegations")
    if there is None:
        return _checked(text.rstrip("\n") + f"\ndelegations:\n  - {entry}\n")
    if not there:
        return _with(tree, {("delegations",): f"\n  - {entry}"})
    last = ("delegations", len(there) - 1)
    return _checked(apply(tree.text, [_after(tree, last, f"{_indent(tree, last)}- {entry}\n")]))


def with_person(text: str, person: NewPerson) -> str:
    """One more person at the end of the list; or more titles, keys and roles of one that is there."""
    tree = _valid(text)
    people = _top(tree)["principals"]
    place = next((place for place, each in enumerate(people) if each["id"] == person.id), None)
    if place is None:
        return _checked(apply(tree.text, [_after(tree, ("principals", len(people) - 1), _person(person))]))
    own, since, edits = people[place], person.since.isoformat(), []
    if person.title and not any((each["title"], each["unit"]) == (person.title, person.unit) for each in own["titles"]):
        entry = f'{{ title: {_quoted(person.title)}, unit: {_quoted(person.unit)}, from: "{since}" }}'
        edits.append(_more(tree, ("principals", place, "titles"), own["titles"], entry))
    if person.key is not None and not any(each["fp"] == person.key.fingerprint for each in own["keys"]):
        edits.append(_more(tree, ("principals", place, "keys"), own["keys"], _key(person.key, since)))
    for role in (role for role in person.roles if role not in {each["role"] for each in own["roles"]}):
        entry = f'{{ role: {role}, from: "{since}" }}'
        edits.append(_more(tree, ("principals", place, "roles"), own["roles"], entry))
    return _checked(apply(tree.text, edits))


def with_root(text: str, person_id: str | None, threshold: int | None) -> str:
    """One more person of the root group, or another threshold."""
    tree = _valid(text)
    root = _top(tree)["root"]
    changes: dict[tuple[str | int, ...], str] = {}
    if person_id is not None and person_id not in root["principals"]:
        changes["root", "principals"] = "[" + ", ".join([*root["principals"], person_id]) + "]"
    if threshold is not None:
        changes["root", "threshold"] = str(threshold)
    return _with(tree, changes)


def without_key(text: str, fingerprint: str, day: date, reason: str | None) -> str:
    """A key that ends: with a reason it is revoked from that day, without one that is its last day."""
    tree = _valid(text)
    for person, each in enumerate(_top(tree)["principals"]):
        for place, key in enumerate(each["keys"]):
            if key["fp"] == fingerprint:
                field = "until" if reason is None else "revoked"
                value = f'"{day.isoformat()}"' if reason is None else f'{{ at: "{day.isoformat()}", reason: {reason} }}'
                where = ("principals", person, "keys", place)
                if field in key:
                    return _with(tree, {(*where, field): value})
                span = tree.spans[(*where, "from")]
                flow = tree.text[tree.spans[where].start] == "{"
                column = (span.key_start or 0) - (tree.text.rfind("\n", 0, span.key_start or 0) + 1)
                gap = ", " if flow else "\n" + " " * column
                return _checked(apply(tree.text, [Edit(span.end, span.end, f"{gap}{field}: {value}")]))
    raise UsageError(msg("the policy does not list the key {key}", key=fingerprint))


# -- text ------------------------------------------------------------------------------------------


def _person(person: NewPerson) -> str:
    since = person.since.isoformat()
    keys = " []\n" if person.key is None else f"\n      - {_key(person.key, since)}\n"
    roles = "".join(f'      - {{ role: {role}, from: "{since}" }}\n' for role in person.roles)
    return f"""\
  - id: {person.id}
    name: {_quoted(person.name)}
    titles:
      - {{ title: {_quoted(person.title)}, unit: {_quoted(person.unit)}, from: "{since}" }}
    keys:{keys}    roles:{" []" if not roles else ""}
{roles}"""


def _key(key: PublicKey, since: str) -> str:
    return f'{{ fp: "{key.fingerprint}", blob: "{key.line}", from: "{since}" }}'


def _list(names: Sequence[str]) -> str:
    return "[" + ", ".join(_quoted(name) if "*" in name else name for name in names) + "]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _more(tree: Tree, where: tuple[str | int, ...], entries: Sequence[object], entry: str) -> Edit:
    """One more entry of a list, in the style of those that are there."""
    if not entries:
        span = tree.spans[where]
        column = (span.key_start or 0) - (tree.text.rfind("\n", 0, span.key_start or 0) + 1)
        return Edit(span.start, span.end, f"\n{' ' * (column + 2)}- {entry}")
    return _after(tree, (*where, len(entries) - 1), f"{_indent(tree, (*where, 0))}- {entry}\n")


def _after(tree: Tree, where: tuple[str | int, ...], lines: str) -> Edit:
    """Whole lines after the line on which a value ends."""
    end = tree.text.find("\n", tree.spans[where].end)
    if end < 0:
        return Edit(len(tree.text), len(tree.text), "\n" + lines)
    return Edit(end + 1, end + 1, lines)


def _indent(tree: Tree, where: tuple[str | int, ...]) -> str:
    """What stands before the hyphen of an entry."""
    start = tree.text.rfind("\n", 0, tree.spans[where].start) + 1
    return tree.text[start : tree.text.find("-", start)]


def _with(tree: Tree, changes: Mapping[tuple[str | int, ...], str]) -> str:
    """The text with other values at some places; their comments stay."""
    edits = [Edit(tree.spans[where].start, tree.spans[where].end, value) for where, value in changes.items()]
    return _checked(apply(tree.text, edits))


def _checked(text: str) -> str:
    _valid(text)
    return text


def _valid(text: str) -> Tree:
    tree = read(text.encode("utf-8"), "policy").tree
    objections = () if tree is None else validate(tree, "policy")
    if tree is None or objections:
        reason = objections[0].message if objections else msg("it cannot be read")
        raise UsageError(
            msg("that would give no policy: {reason}", reason=reason), msg("edit the file by hand (docs/approvals.md)")
        )
    return tree


def _top(tree: Tree) -> dict[str, Any]:
    return cast("dict[str, Any]", tree.value)
