"""``docctl policy show``: who may do what, at a date."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

from docctl.finding import Finding
from docctl.message import Message, Param, msg
from docctl.model.policy import Key, Person, Policy, Requirement, Rule, Window
from docctl.report.setting import Setting, visible
from docctl.report.status import MEANINGS
from docctl.report.style import paint


def render(links: Sequence[tuple[Policy, str]], pending: Policy | None, as_of: date, setting: Setting) -> str:
    """``links`` are the versions that count with their sha256; ``pending`` one that waits for signatures."""
    return "\n".join(_Page(links, pending, as_of, setting).lines()) + "\n"


class _Page:
    """The parts of the page; each gives its lines."""

    def __init__(
        self, links: Sequence[tuple[Policy, str]], pending: Policy | None, as_of: date, setting: Setting
    ) -> None:
        """As ``render``."""
        self.links = links
        self.pending = pending
        self.as_of = as_of
        self.setting = setting

    def lines(self) -> Iterator[str]:
        shown = self.links[-1][0] if self.links else self.pending
        if shown is None:
            yield self._say(msg("no version of the policy counts: docctl policy verify tells why"))
            return
        yield from self._head(shown)
        yield ""
        yield self._title(msg("Persons"))
        for person in shown.people:
            yield from self._person(person)
        if shown.delegations:
            yield ""
            yield self._title(msg("Delegations"))
            for each in shown.delegations:
                names: dict[str, Param] = {
                    "id": each.id, "giver": each.giver, "taker": each.taker, "mode": each.mode,
                    "role": each.holding.role, "scope": each.holding.scope, "basis": each.basis,
                }  # fmt: skip
                words = msg("{id}: {taker} signs {mode} for {giver} as {role}, {scope}: {basis}", **names)
                yield from self._row(self._say(words) + self._days(each.holding.window))
        yield ""
        yield self._title(msg("Rules"))
        for rule in shown.rules:
            yield from self._rule(rule)

    def _head(self, policy: Policy) -> Iterator[str]:
        names: dict[str, Param] = {"version": policy.version, "repository": policy.repository}
        words = msg("Policy of {repository}, version {version}", **names)
        yield paint(self._say(words), "bold", colour=self.setting.colour)
        if not self.links:
            yield paint(self._say(msg("not signed yet: nothing can be approved")), "red", colour=self.setting.colour)
        else:
            yield self._say(msg("sha256 of the first version, the pin: {pin}", pin=self.links[0][1]))
        if self.pending is not None and self.links:
            yield self._say(msg("version {version} waits for signatures", version=self.pending.version))
        people: dict[str, Param] = {"people": ", ".join(policy.root), "threshold": policy.threshold}
        yield self._say(msg("signed by {threshold} of: {people}", **people))

    def _person(self, person: Person) -> Iterator[str]:
        title = next((each for each in person.titles if each.window.holds(self.as_of)), person.titles[-1])
        head = paint(f"{person.id:<12}", "bold", colour=self.setting.colour)
        yield f"  {head} {visible(person.name)}, {visible(title.title)}, {visible(title.unit)}"
        for role in person.roles:
            scope = "" if role.scope == "*" else f" ({role.scope})"
            yield from self._row(f"{role.role}{scope}{self._days(role.window)}", deeper=True)
        for key in person.keys:
            yield from self._row(self._key(key), deeper=True)
        if not person.keys:
            yield from self._row(self._say(msg("no key")), deeper=True)

    def _key(self, key: Key) -> str:
        words = f"{key.blob.partition(' ')[0]} {key.fingerprint}{self._days(key.window)}"
        if key.revoked is not None:
            names = {"day": key.revoked[0].isoformat(), "reason": key.revoked[1]}
            words += " " + self._say(msg("REVOKED from {day}: {reason}", **names))
        return words

    def _rule(self, rule: Rule) -> Iterator[str]:
        yield f"  {rule.kind} {rule.scope}{self._days(rule.window)}"
        for each in rule.requirements:
            yield from self._row(self._requirement(each), deeper=True)
        if rule.unsigned_until is not None:
            words = msg("UNSIGNED records count until {day}", day=rule.unsigned_until.isoformat())
            yield from self._row(self._say(words), deeper=True)

    def _requirement(self, requirement: Requirement) -> str:
        names: dict[str, Param] = {
            "meaning": MEANINGS[requirement.meaning],
            "count": requirement.count,
            "roles": ", ".join(requirement.roles),
        }
        words = self._say(msg("{meaning}: {count} of {roles}", **names))
        if requirement.not_same_as:
            others = ", ".join(self._say(MEANINGS[each]) for each in requirement.not_same_as)
            words += " " + self._say(msg("(not who signed: {meanings})", meanings=others))
        return words

    def _days(self, window: Window) -> str:
        """Nothing where it simply holds; the days where it has ended, will, or has not begun."""
        if window.last is not None:
            return f" · {window.first.isoformat()} … {window.last.isoformat()}"
        return f" · {self._say(msg('from {day}', day=window.first.isoformat()))}" if self.as_of < window.first else ""

    def _row(self, words: str, *, deeper: bool = False) -> Iterator[str]:
        indent = " " * (15 if deeper else 2)
        yield from textwrap.wrap(
            visible(words), max(60, self.setting.width), initial_indent=indent, subsequent_indent=indent + "  "
        )

    def _title(self, message: Message) -> str:
        return paint(self._say(message), "cyan", colour=self.setting.colour)

    def _say(self, message: Message) -> str:
        return self.setting.say(message)


def render_json(links: Sequence[tuple[Policy, str]], as_of: date) -> str:
    """The version that counts, with what holds on the day."""
    policy = links[-1][0] if links else None
    document = {
        "format": "docctl/policy-show/v1",
        "as_of": as_of.isoformat(),
        "versions": [{"version": each.version, "sha256": sha256} for each, sha256 in links],
        "root": None if policy is None else {"principals": [*policy.root], "threshold": policy.threshold},
        "people": [] if policy is None else [_person_json(each, as_of) for each in policy.people],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _person_json(person: Person, as_of: date) -> dict[str, object]:
    return {
        "id": person.id,
        "name": person.name,
        "titles": [{"title": each.title, "unit": each.unit} for each in person.titles if each.window.holds(as_of)],
        "roles": [{"role": each.role, "scope": each.scope} for each in person.roles if each.window.holds(as_of)],
        "keys": [each.fingerprint for each in person.keys if each.holds(as_of)],
    }


def render_chain(
    links: Sequence[tuple[Policy, str, Sequence[str]]], findings: Sequence[Finding], setting: Setting
) -> str:
    """``docctl policy verify``: the versions that count with those who signed them, and what is wrong."""
    lines = []
    for policy, sha256, signers in links:
        names: dict[str, Param] = {"version": policy.version, "sha256": sha256, "signers": ", ".join(signers)}
        lines.append(setting.say(msg("version {version}  {sha256}  signed by {signers}", **names)))
    for each in findings:
        place = setting.path(each.location.path)
        lines.append(paint(f"{place}: {each.code.id}: {setting.say(each.message)}", "red", colour=setting.colour))
        if each.fix is not None:
            lines.append("   " + setting.say(each.fix))
    return "".join(f"{line}\n" for line in lines)
