"""What a text of the law, an event or a provision touches in the procedures of an agency. Plain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import Enum

from msgspec import Struct

from docctl.finding import Pointer
from docctl.model.currency import State, Unresolved
from docctl.verdict import Cause, Due, Judgement, Settled, Verdict


class Kind(Enum):
    """What kind of element carries a citation."""

    STEP = "step"
    FORM = "form"
    FEE = "fee"
    TIME_LIMIT = "time_limit"
    DOSSIER_ITEM = "dossier_item"
    LEGAL_BASIS = "legal_basis"
    OTHER = "other"

    @classmethod
    def of(cls, pointer: Pointer) -> Kind:
        """By the place of a citation in a procedure, or in ``forms.yaml``."""
        for part in (pointer[0], pointer[2] if pointer[0] == "channels" and len(pointer) > 2 else None):
            if part in _KINDS:
                return _KINDS[part]
        return cls.OTHER


_KINDS: Mapping[object, Kind] = {
    "steps": Kind.STEP, "forms": Kind.FORM, "fees": Kind.FEE, "processing_time": Kind.TIME_LIMIT,
    "dossier": Kind.DOSSIER_ITEM, "legal_basis": Kind.LEGAL_BASIS,
}  # fmt: skip


class Relation(Enum):
    """Where a cited unit stands to the one asked about; ``maybe`` where only a list of provisions could tell."""

    SAME = "same"
    INSIDE = "inside"
    ABOVE = "above"
    MAYBE = "maybe"


class Touched(Struct, frozen=True):
    """One citation of one procedure, and what is said of it because of the event, or altogether.

    ``judgement`` is None where there is nothing to say; ``settled`` is then the decision of a record, where there
    is one, and ``dealt_with`` tells that the revision has taken the event in. ``state`` tells whether the procedure
    is in force; what is only a draft, or not held as it was issued, is said as if nothing had been dealt with.
    """

    procedure: str
    title: str
    revision: str
    owner: str
    state: State
    kind: Kind
    element: str
    element_name: str | None
    path: str
    pointer: Pointer
    text: str
    address: str
    place: str
    judgement: Judgement | None = None
    dealt_with: bool = False
    settled: Settled | None = None
    relation: Relation | None = None

    @property
    def verdict(self) -> Verdict | None:
        """What it is, or will be once the event takes effect; None where nothing is said."""
        return None if self.judgement is None else self.judgement.coming or self.judgement.verdict

    @property
    def due(self) -> Due | None:
        return None if self.judgement is None else self.judgement.due

    @property
    def overdue(self) -> bool:
        return self.judgement is not None and self.judgement.overdue


class Operation(Struct, frozen=True):
    """One event, and what it touches: procedure by procedure."""

    cause: Cause
    touched: tuple[Touched, ...]

    @property
    def open(self) -> tuple[Touched, ...]:
        """What is still to be dealt with."""
        return tuple(each for each in self.touched if not each.dealt_with)


class Stage(Struct, frozen=True):
    """The events of one day; of a day not known, ``day`` is None."""

    day: date | None
    operations: tuple[Operation, ...]


class Impact(Struct, frozen=True):
    """The answer to ``docctl impact``.

    ``text`` is the slug of the text asked about, or its number where the register does not hold it (``held``).
    ``event`` is set where one event was asked about, ``places`` where provisions were; ``stages`` are what the
    text does, day by day, ``citing`` who cites it. ``unresolved`` are events of it of which nobody can tell
    what they act on; ``not_judged`` counts procedures whose issued text is not held.
    """

    as_of: date
    content: str
    months: int
    text: str
    number: str
    title: str | None
    path: str | None
    held: bool
    event: str | None
    addresses: tuple[str, ...]
    places: tuple[str, ...]
    first: date | None
    stages: tuple[Stage, ...]
    citing: tuple[Touched, ...]
    unresolved: tuple[Unresolved, ...]
    procedures: int
    not_judged: int
    recorded: bool

    @property
    def operations(self) -> tuple[Operation, ...]:
        return tuple(each for stage in self.stages for each in stage.operations)

    @property
    def open(self) -> tuple[Touched, ...]:
        """All that the events touch and that is still to be dealt with."""
        return tuple(each for operation in self.operations for each in operation.open)


def elements(touched: Iterable[Touched]) -> Mapping[Kind, int]:
    """How many elements of each kind are touched, each once."""
    found: dict[Kind, set[tuple[str, str]]] = {}
    for each in touched:
        owner = each.path if each.kind is Kind.FORM else each.procedure  # a shared form is one form
        found.setdefault(each.kind, set()).add((owner, each.element))
    return {kind: len(found[kind]) for kind in Kind if kind in found}


def by_procedure(touched: Iterable[Touched]) -> Iterator[tuple[Touched, ...]]:
    """The citations of each procedure's revision together, in their order."""
    found: dict[tuple[str, str], list[Touched]] = {}
    for each in touched:
        found.setdefault((each.procedure, each.revision), []).append(each)
    return (tuple(each) for each in found.values())


def worst_of(touched: Iterable[Touched]) -> Touched:
    """The one with the worst verdict, overdue first. ``touched`` is not empty."""
    return min(touched, key=weight)


def weight(touched: Touched) -> tuple[bool, int]:
    """Overdue first, then the worst verdict; what nothing is said of comes last."""
    return not touched.overdue, (touched.verdict or Verdict.CURRENT).rank
