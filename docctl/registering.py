"""The legal register written from texts: a new entry, proposed events, confirmations. Values in, text out.

Nothing here decides: what is read from a text is a proposal with the words that say it; a person confirms it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from docctl.errors import UsageError
from docctl.law import reading
from docctl.law.address import WHOLE, BadAddress, parse
from docctl.law.changes import stage
from docctl.message import Message, msg
from docctl.model.event import AMEND, EXTEND
from docctl.model.legal_text import LegalText
from docctl.schema import validate
from docctl.text.strict import read
from docctl.text.tree import Tree

if TYPE_CHECKING:
    from docctl.law.register import Register
    from docctl.model.operation import Entry, Operation

MOST_QUOTED = 300
_PLAIN = re.compile(r"[^\W\d_][\w /-]*[\w]|[a-z_]+(?:__[a-z0-9_./-]+)+")
_EVENT = re.compile(r"e([0-9]+)")


@dataclass(frozen=True, slots=True)
class Left:
    """What the text seems to do and no event was made of: its provision, words, and why."""

    at: str
    words: str
    why: Message


@dataclass(frozen=True, slots=True)
class Proposals:
    """``events`` as the file of the text would hold them, new ones only; ``left`` needs a person's eye."""

    events: Sequence[Mapping[str, Any]]
    left: Sequence[Left]


# -- events --------------------------------------------------------------------------------------------


def proposals(register: Register, slug: str, words: str, recorded: date) -> Proposals:
    """The events that a text's own words state and its file does not hold yet, not confirmed by anybody.

    Targets stand by the number that the register knows, names are resolved through it; a name that several texts
    bear, or none, is left. ``recorded`` is the day they enter the register.
    """
    text = register.texts[slug]
    found = reading.amendments(words, text.number)
    known = {_same(each.kind, each.source_provision, each.target_text, each.provisions) for each in text.events}
    number = max((int(match[1]) for each in text.events if (match := _EVENT.fullmatch(each.id))), default=0)
    events: list[Mapping[str, Any]] = []
    left = [Left(each.at, _quote(found.text, each.start, each.end), each.why) for each in found.unread]
    for operation in found.operations:
        quote = _quote(found.text, *operation.quote)
        target = _target(register, operation)
        if isinstance(target, Message):
            left.append(Left(operation.at, quote, target))
            continue
        kind = AMEND if operation.described else operation.kind
        key = _same(kind, operation.at, target, operation.addresses)
        if key in known:
            continue
        known.add(key)
        number += 1
        events.append(_event(f"e{number}", kind, text, operation, target, quote, recorded))
    return Proposals(events, left)


def _same(kind: str, at: str | None, target: str | None, provisions: Iterable[str]) -> tuple[object, ...]:
    return kind, at, target, tuple(sorted(provisions))


def _quote(text: str, start: int, end: int) -> str:
    """The words that say it, on one line, as far as a register may quote them."""
    words = " ".join(text[start:end].split())
    return words if len(words) <= MOST_QUOTED else words[: MOST_QUOTED - 1].rstrip() + "…"


def _target(register: Register, operation: Operation) -> str | Message:
    """The number of the text acted on as the register prints it, or why it is not known."""
    target = operation.target
    if target.number is not None:
        meant = register.meant(target.number)
        if len(meant) > 1:
            names = ", ".join(meant)
            return msg("{number} may be several texts: {names}", number=target.number, names=names)
        return register.texts[meant[0]].number if meant and meant[0] in register.texts else target.number
    name, when = target.name or "", target.date or ""
    year = int(when) if len(when) == 4 else None
    issued = date.fromisoformat(when) if len(when) > 4 else None
    meant = register.by_name(name, year, issued)
    if len(meant) == 1:
        return register.texts[meant[0]].number
    if meant:
        return msg("{name} may be several texts: {names}", name=name, names=", ".join(meant))
    return msg("no text of the register is called {name}", name=name)


def _event(
    identifier: str, kind: str, text: LegalText, operation: Operation, target: str, quote: str, recorded: date
) -> Mapping[str, Any]:
    where: dict[str, Any] = {"text": target, "provisions": [*operation.addresses]}
    if operation.excepted:
        where["except"] = [*operation.excepted]
    event: dict[str, Any] = {
        "id": identifier,
        "kind": kind,
        "source": {"provision": operation.at, "quote": quote},
        "target": where,
    }
    effect = _effect(text, operation)
    if effect:
        event["effect"] = effect
    event["recorded"] = recorded.isoformat()
    if operation.after is not None:
        event["after"] = operation.after
    if operation.pairs:
        event["pairs"] = [{"from": old, "to": new} for old, new in operation.pairs]
    if operation.old is not None:
        event["phrase"] = {"old": operation.old, "new": operation.new or ""}
    return event


def _effect(text: LegalText, operation: Operation) -> Mapping[str, Any]:
    """What an event has to say of its days; nothing where it begins with the provision that says so.

    An extension begins with that provision and names the new end. A day before the text was signed reaches back:
    the event operates from the provision's own day (law-model: events).
    """
    default, first = _default(text, operation.at), operation.first
    if operation.kind == EXTEND:
        return {} if first is None else {"to": first.isoformat()}
    effect: dict[str, Any] = {}
    if first is not None and text.issued is not None and first < text.issued:
        own = _default(text, "") or text.issued
        effect = {"from": own.isoformat(), "retroactive_from": first.isoformat()}
    elif default is None or default != first:
        effect = {"from": None if first is None else first.isoformat()}
    if operation.until is not None:
        effect["to"] = operation.until.isoformat()
    return effect


def _default(text: LegalText, at: str) -> date | None:
    """From when an event of this provision operates where its file says nothing else."""
    try:
        found = stage(text, parse(at) if at else WHOLE)
    except BadAddress:
        return None
    return None if found is None else found[1].first


# -- the file ------------------------------------------------------------------------------------------


def with_events(path: str, text: str, events: Sequence[Mapping[str, Any]]) -> str:
    """The file of a text with more events at the end of its list; everything else is kept to the letter."""
    tree = _tree(path, text)
    lines = "".join(_event_lines(each) for each in events)
    span = tree.spans.get(("events",))
    if span is None:
        return _checked(path, (text if text.endswith("\n") else text + "\n") + "events:\n" + lines)
    last = len(tree.value["events"]) - 1  # type: ignore[index,call-overload,arg-type]
    if last < 0:
        before, after = text[: span.start].rstrip(), text[span.end :]
        return _checked(path, f"{before}\n{lines.rstrip()}{after}")
    column = _column(text, tree.spans[("events", last)].start)
    end = text.find("\n", tree.spans[("events", last)].end - 1)
    end = len(text) if end < 0 else end + 1
    if text[span.start : span.start + 1] == "[" or column < 2:
        raise UsageError(
            msg("the events in {path} are written in a form that cannot be added to", path=path),
            msg("write one event after another, each beginning with a hyphen (docs/formats.md)"),
        )
    shift = " " * (column - 4)
    lines = "".join(shift + line if column >= 4 else line[4 - column :] for line in lines.splitlines(keepends=True))
    return _checked(path, text[:end] + ("" if text[:end].endswith("\n") else "\n") + lines + text[end:])


def with_confirmation(path: str, text: str, ids: Sequence[str], role: str, day: date) -> str:
    """The file with these events confirmed by a role on a day. Raises ``UsageError`` for one that cannot be."""
    tree = _tree(path, text)
    events: Sequence[Mapping[str, Any]] = tree.value.get("events", [])  # type: ignore[union-attr,assignment]
    places = {each["id"]: place for place, each in enumerate(events)}
    insertions = []
    for each in dict.fromkeys(ids):
        if each not in places:
            raise UsageError(msg('{path} has no event "{id}"', path=path, id=each))
        event = events[places[each]]
        if event.get("confirmed") is not None or event.get("withdrawn") is not None:
            raise UsageError(msg('the event "{id}" is confirmed or withdrawn already', id=each))
        span = tree.spans[("events", places[each])]
        said = f'confirmed: {{ by: {_scalar(role)}, on: "{day.isoformat()}" }}'
        if text[span.start] == "{":
            closing = span.end - 1
            insertions.append((len(text[:closing].rstrip()), f", {said}"))
        else:
            end = len(text[: span.end].rstrip())
            comment = text.find("\n", end)
            at = len(text) if comment < 0 else comment
            insertions.append((at, "\n" + " " * _column(text, span.start) + said))
    for at, words in sorted(insertions, reverse=True):
        text = text[:at] + words + text[at:]
    return _checked(path, text)


def waiting(path: str, text: str) -> Sequence[Mapping[str, Any]]:
    """The events of a file that nobody has confirmed or withdrawn, in its order."""
    events: Sequence[Mapping[str, Any]] = _tree(path, text).value.get("events", [])  # type: ignore[union-attr,assignment]
    return [each for each in events if each.get("confirmed") is None and each.get("withdrawn") is None]


def _column(text: str, place: int) -> int:
    return place - (text.rfind("\n", 0, place) + 1)


def _tree(path: str, text: str) -> Tree:
    found = read(text.encode("utf-8"), path)
    if found.tree is None or validate(found.tree, "legal-text"):
        raise UsageError(
            msg("{path} cannot be read", path=path), msg("docctl check {path} tells where and why", path=path)
        )
    return found.tree


def _checked(path: str, text: str) -> str:
    """What is about to be written must read back."""
    _tree(path, text)
    return text


# -- how it is written ---------------------------------------------------------------------------------


def _event_lines(event: Mapping[str, Any]) -> str:
    lines = [f"  - id: {event['id']}", f"    kind: {event['kind']}"]
    lines += [f"    source: {_flow(event['source'])}", f"    target: {_flow(event['target'])}"]
    lines += [
        f"    {key}: {_flow(event[key])}" for key in ("effect", "recorded", "after", "pairs", "phrase") if key in event
    ]
    return "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key}: {_flow(each)}" for key, each in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return "null" if value is None else _scalar(str(value))


def _scalar(text: str) -> str:
    """A string bare where nobody can read it as anything else, else in quotes."""
    if _PLAIN.fullmatch(text) and text not in ("null", "true", "false", "yes", "no", "on", "off", "y", "n"):
        return text
    return json.dumps(text, ensure_ascii=False)


# -- a new text ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a text, over what its head says; None where nothing is said."""

    number: str | None = None
    kind: str | None = None
    title: str | None = None
    issuer: str | None = None
    issued: date | None = None
    slug: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class NewText:
    """A text for the register: ``words`` to be kept, ``entry`` the file about it, None where there is one already."""

    slug: str
    number: str
    words: str
    entry: str | None
    remarks: Sequence[Message]


def new_text(register: Register, words: str, given: Given, seen: date) -> NewText:
    """Reads a text for the register: which one it is, and for a new one its entry.

    ``seen`` is the day it was looked at. Raises ``UsageError`` where its number or kind is not said anywhere, or
    where several texts of the register may be it.
    """
    from docctl.law.vn.front import front
    from docctl.law.vn.issuers import free_slug
    from docctl.law.vn.numbers import canonical

    words = reading.plain(words)
    head = front(reading.structure(words))
    number = canonical(given.number or head.number or "")
    if not number:
        raise UsageError(msg("the head of the text says no number"), msg("give it: --number 12/2024/TT-BYT"))
    remarks = []
    if given.number and head.number and canonical(head.number) != number:
        remarks.append(msg("the head of the text says {number}; is it the right file?", number=head.number))
    meant: Sequence[str] = register.resolve(number, issuer=given.issuer, issued=given.issued or head.issued)
    if given.slug is not None and given.slug in register.texts:
        meant = [given.slug]
    if len(meant) > 1:
        names = ", ".join(map(register.known.described, meant))
        raise UsageError(
            msg("{text} may mean several texts: {names}", text=number, names=names), msg("name its file: --slug NAME")
        )
    if meant:
        if meant[0] in register.texts and register.texts[meant[0]].stub:
            remarks.append(msg("its entry says stub: true; complete it, and take that line out"))
        return NewText(meant[0], number, words, None, remarks)
    kind = given.kind or head.kind
    if kind is None:
        raise UsageError(msg("the head of the text does not say its kind"), msg("give it: --kind decree, circular …"))
    issuer, issued = given.issuer or head.issuer, given.issued or head.issued
    if issuer is None or issued is None:
        raise UsageError(
            msg("the head of the text does not say who issued it, and when"),
            msg("give it: --issuer NAME --issued 2024-11-14"),
        )
    slug = given.slug or free_slug(number, (issuer,), issued, register.known.names.slugs)
    facts = _Facts(number, kind, given.title or head.title or number, issuer, issued, given.url, seen)
    text, more = _entry(facts, words)
    return NewText(slug, number, words, text, [*remarks, *more])


@dataclass(frozen=True, slots=True)
class _Facts:
    number: str
    kind: str
    title: str
    issuer: str
    issued: date
    url: str | None
    seen: date


def _entry(facts: _Facts, words: str) -> tuple[str, Sequence[Message]]:
    """The file about a new text: who it is, and from when it is in force as its own words say."""
    lines = [
        "# yaml-language-server: $schema=../.docctl/schemas/v1/legal-text.schema.json",
        "format: docctl/legal-text/v1",
        f"number: {_scalar(facts.number)}",
        f"kind: {facts.kind}",
        f"issuer: [{_scalar(facts.issuer)}]",
        f"title: {_scalar(facts.title)}",
        f'issued: "{facts.issued.isoformat()}"',
    ]
    found = reading.effects(words, facts.number)
    last = next((each.first for each in found.ends if each.target.number == facts.number and not each.addresses), None)
    stages = [each for each in found.entries if each.scope is None]
    lines += ["in_force:", *(f"  - {_flow(_stage(each, last))}" for each in stages)]
    if not stages:
        lines.append("  - { from: null }")
    if facts.url is not None:
        lines += ["source:", f"  url: {_scalar(facts.url)}", f'  retrieved: "{facts.seen.isoformat()}"']
    remarks = [
        msg("in force from {day}, said only in words: {words}", day=str(each.first), words=each.scope or "")
        for each in found.entries
        if each.scope is not None
    ]
    if not stages:
        remarks.append(msg("no clause was found that says when it comes into force"))
    return _checked(facts.number, "\n".join(lines) + "\n"), remarks


def _stage(entry: Entry, last: date | None) -> Mapping[str, Any]:
    said: dict[str, Any] = {"from": None if entry.first is None else entry.first.isoformat()}
    if entry.addresses:
        said["provisions"] = [*entry.addresses]
    elif last is not None:
        said["to"] = last.isoformat()
    if entry.excepted and not entry.addresses:
        said["except"] = [*entry.excepted]
    return {**said, "stated_in": entry.stated_in}
