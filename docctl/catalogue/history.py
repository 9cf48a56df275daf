"""From decisions to what the catalogue says of a code, day by day. Nothing of it is stored, and history stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from docctl.catalogue.words import folded
from docctl.law.identity import comparable
from docctl.model.catalogue import ABOLISHED, AMENDED, NEW, REPLACED, Decision, Entry, Published, Statement
from docctl.model.coverage import Fault, Flaw, Origin
from docctl.model.view import Document


class Stage(Struct, frozen=True):
    """What the catalogue says of a code from a day on; ``entry`` None: the code is at an end.

    ``changed`` are the fields that the decision gives.
    """

    origin: Origin
    entry: Entry | None
    changed: tuple[str, ...]
    replaced_by: tuple[str, ...]

    @property
    def first(self) -> date:
        return self.origin.since


class History(Struct, frozen=True):
    """All stages of a code, in the order of their days."""

    code: str
    stages: tuple[Stage, ...]

    def at(self, day: date) -> Stage | None:
        """The stage of a day, None before the first."""
        return next((each for each in reversed(self.stages) if each.first <= day), None)

    def ahead(self, after: date, until: date) -> tuple[Stage, ...]:
        """The stages that begin after one day and not after another."""
        return tuple(each for each in self.stages if after < each.first <= until)

    def origin(self, day: date, value: Callable[[Entry], object]) -> Origin:
        """Which decision a value of the entry of a day comes from: the one since which it is what it is.

        ``value`` picks it out of an entry. The code must be in the list on the day.
        """
        past = [each for each in self.stages if each.first <= day]
        found, over = past[-1], False
        assert found.entry is not None
        now = value(found.entry)
        for stage, after in reversed([*pairwise(past)]):
            same = stage.entry is not None and value(stage.entry) == now
            overtaken = stage.first == after.first  # by a decision of the same day, so that it never held
            if not same and not overtaken:
                break
            over = not same or (overtaken and over)
            if not over:
                found = stage
        return found.origin


class _Said(Struct, frozen=True):
    """A statement with the decision it belongs to and its place."""

    decision: Decision
    statement: Statement
    path: str

    @property
    def origin(self) -> Origin:
        said = self.statement
        return Origin(said.kind, self.decision, said.first, self.path, ("entries", said.place))

    @property
    def order(self) -> tuple[object, ...]:
        """By the first day, then by the day of signing: of two decisions the later one prevails."""
        decision, said = self.decision, self.statement
        return said.first, decision.signed, identity(decision), self.path, said.place


def identity(decision: Decision) -> tuple[str, date, str]:
    """What makes two files parts of one decision: number, day and issuer."""
    return comparable(decision.number), decision.signed, folded(decision.issuer)


def histories(files: Sequence[Document[Published]]) -> tuple[Mapping[str, History], tuple[Flaw, ...]]:
    """The history of every code, by code in order, and what is wrong with the decisions.

    The order of the files counts for nothing, nor whether a decision is kept in one file or in several.
    """
    by_code: dict[str, list[_Said]] = {}
    for document in files:
        for statement in document.body.statements:
            said = _Said(document.body.decision, statement, document.path)
            by_code.setdefault(statement.code, []).append(said)
    found: dict[str, History] = {}
    flaws = [*_heads(files)]
    for code in sorted(by_code):
        listed = sorted(by_code[code], key=lambda each: each.order)
        flaws += _incomplete(listed)
        flaws += _clashes(listed)
        stages, wrong = _stages(listed)
        flaws += wrong
        found[code] = History(code, stages)
    flaws += _successors(found)
    return found, tuple(flaws)


def _stages(listed: Sequence[_Said]) -> tuple[tuple[Stage, ...], list[Flaw]]:
    """One decision after the other; what does not fit the list is said, and makes nothing current."""
    stages: list[Stage] = []
    flaws: list[Flaw] = []
    for said in listed:
        statement, before = said.statement, stages[-1] if stages else None
        entry = None if before is None else before.entry
        fault = _fault(statement, before)
        if fault is not None:
            flaws.append(Flaw(fault, statement.code, said.origin, None if before is None else before.origin))
        if fault is Fault.ENDED_ALREADY:
            continue
        if statement.ends:
            after = None
        elif statement.kind == AMENDED and entry is not None:
            after = entry.amended(statement.entry)
        else:
            after = statement.entry
        stages.append(Stage(said.origin, after, statement.entry.stated, statement.replaced_by))
    return tuple(stages), flaws


def _fault(statement: Statement, before: Stage | None) -> Fault | None:
    if statement.kind == NEW:
        return Fault.LISTED_ALREADY if before is not None and before.entry is not None else None
    if before is None:
        return Fault.UNKNOWN
    return Fault.ENDED_ALREADY if before.entry is None else None


def _incomplete(listed: Sequence[_Said]) -> Iterator[Flaw]:
    """Statements that do not give what their kind asks for; ``detail`` is the field that is missing or too much."""
    for said in listed:
        statement = said.statement
        stated, kind = statement.entry.stated, statement.kind
        if kind != REPLACED and statement.replaced_by:
            yield Flaw(Fault.INCOMPLETE, statement.code, said.origin, detail="replaced_by")
        elif kind == NEW and statement.entry.name is None:
            yield Flaw(Fault.INCOMPLETE, statement.code, said.origin, detail="name")
        elif kind == AMENDED and not stated:
            yield Flaw(Fault.INCOMPLETE, statement.code, said.origin)
        elif kind == REPLACED and bool(statement.replaced_by) == (statement.entry.name is not None):
            yield Flaw(Fault.INCOMPLETE, statement.code, said.origin, detail="replaced_by")
        elif kind == ABOLISHED:
            for name in stated:
                if name not in ("name", "field", "levels", "legal_basis"):
                    yield Flaw(Fault.INCOMPLETE, statement.code, said.origin, detail=name)


def _clashes(listed: Sequence[_Said]) -> Iterator[Flaw]:
    """Two statements on one code from one day on: of one decision never, of two of one day only where they agree."""
    by_day: dict[date, list[_Said]] = {}
    for said in listed:
        earlier = by_day.setdefault(said.statement.first, [])
        for other in earlier:
            code, places = said.statement.code, (said.origin, other.origin)
            if identity(other.decision) == identity(said.decision):
                yield Flaw(Fault.TWICE, code, *places)
                break
            if other.decision.signed == said.decision.signed and _contradict(other.statement, said.statement):
                yield Flaw(Fault.CONTRADICTS, code, *places)
                break
        earlier.append(said)


def _contradict(left: Statement, right: Statement) -> bool:
    if left.ends or right.ends or left.kind != right.kind:
        return (left.kind, left.replaced_by) != (right.kind, right.replaced_by)
    common = set(left.entry.stated) & set(right.entry.stated)
    return any(getattr(left.entry, name) != getattr(right.entry, name) for name in common)


def _heads(files: Sequence[Document[Published]]) -> Iterator[Flaw]:
    """Files of one decision that tell its title or its first day differently."""
    first: dict[tuple[str, date, str], Document[Published]] = {}
    for document in sorted(files, key=lambda each: each.path):
        decision = document.body.decision
        other = first.setdefault(identity(decision), document)
        there = other.body.decision
        for name, left, right in (
            ("title", folded(decision.title), folded(there.title)), ("in_force", decision.first, there.first),
        ):  # fmt: skip
            if left != right:
                yield Flaw(Fault.HEADS_DIFFER, "", _head(document, name), _head(other, name), name)


def _head(document: Document[Published], field: str) -> Origin:
    decision = document.body.decision
    return Origin("", decision, decision.first, document.path, ("decision", field))


def _successors(found: Mapping[str, History]) -> Iterator[Flaw]:
    """Codes that are to take the place of others and are not in the list from that day on."""
    for history in found.values():
        for stage in history.stages:
            for code in stage.replaced_by:
                there = None if code not in found else found[code].at(stage.first)
                if there is None or there.entry is None:
                    yield Flaw(Fault.SUCCESSOR_UNKNOWN, history.code, stage.origin, detail=code)
