"""What a text does to others by its own words, as events for its file that nobody has confirmed yet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from docctl.law import reading
from docctl.law.address import WHOLE, BadAddress, parse
from docctl.law.changes import stage
from docctl.message import Message, msg
from docctl.model.event import AMEND, EXTEND, Event
from docctl.model.legal_text import LegalText
from docctl.registering.present import Present
from docctl.registering.written import clean
from docctl.schema import is_valid
from docctl.text.tree import Value

if TYPE_CHECKING:
    from docctl.law.register import Register
    from docctl.model.operation import Operation

MOST_QUOTED = 300
_EVENT = re.compile(r"e([0-9]+)")


class Left(Struct, frozen=True):
    """What the text seems to do and no event was made of: its provision, words, and why."""

    at: str
    words: str
    why: Message


class Proposals(Struct, frozen=True):
    """``events`` as the file of the text would hold them, new ones only; ``left`` needs a person's eye."""

    events: Sequence[Mapping[str, Any]]
    left: Sequence[Left]


def proposals(register: Register, slug: str, words: str, recorded: date) -> Proposals:
    """The events that a text's own words state and its file does not hold yet, not confirmed by anybody.

    Targets stand by the number that the register knows, names are resolved through it; a name that several texts
    bear, or none, is left. ``recorded`` is the day they enter the register.
    """
    text = register.texts[slug]
    found = reading.amendments(words, text.number)
    read: list[Mapping[str, Any]] = []
    left = [Left(each.at, _quote(found.text, each.start, each.end), each.why) for each in found.unread]
    for operation in found.operations:
        quote = _quote(found.text, *operation.quote)
        target = _doubt(found, operation, text.number) or _target(register, operation)
        if isinstance(target, Message):
            left.append(Left(operation.at, quote, target))
            continue
        event = _event(text, operation, target, quote, recorded)
        if _fits(event):
            read.append(event)
        else:
            left.append(Left(operation.at, quote, msg("it cannot be written as an event; write it by hand")))
    number = max((int(match[1]) for each in text.events if (match := _EVENT.fullmatch(each.id))), default=0)
    fresh = Present(register, text.events).without([Event.from_tree(each) for each in read])
    events = [{**read[place], "id": f"e{number + count}"} for count, place in enumerate(fresh, 1)]
    return Proposals(events, left)


def _doubt(found: reading.Amendments, operation: Operation, number: str) -> Message | None:
    """Why an operation is not what its words say, where that is plain: they were read in part, or name the act."""
    if any(operation.start <= each.start and each.end <= operation.end for each in found.unread):
        return msg("a part of its words could not be read")
    if number in found.text[operation.start : operation.end] and operation.target.number != number:
        return msg("its words name this act itself")
    return None


def _fits(event: Mapping[str, Any]) -> bool:
    """May this event stand in a file? One that may not would keep all others of the act out of it."""
    stub: Value = {
        "format": "docctl/legal-text/v1", "number": "1", "kind": "circular", "title": "-", "stub": True,
        "events": [{**event}],
    }  # fmt: skip
    return is_valid(stub, "legal-text")


def _quote(text: str, start: int, end: int) -> str:
    """The words that say it, on one line, as far as a register may quote them."""
    words = " ".join(clean(text[start:end]).split())
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


def _event(text: LegalText, operation: Operation, target: str, quote: str, recorded: date) -> Mapping[str, Any]:
    """An operation as an event, its id still to be given."""
    where: dict[str, Any] = {"text": target, "provisions": [*operation.addresses]}
    if operation.excepted:
        where["except"] = [*operation.excepted]
    event: dict[str, Any] = {
        "id": "e0",
        "kind": AMEND if operation.described else operation.kind,
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
        event["phrase"] = {"old": clean(operation.old), "new": clean(operation.new or "")}
    return event


def _effect(text: LegalText, operation: Operation) -> Mapping[str, Any]:
    """What an event has to say of its days; nothing where it begins with the provision that says so.

    An extension begins with that provision and names the new end. A day before the text was signed reaches back:
    the event operates from the provision's own day (docs/currency.md).
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
