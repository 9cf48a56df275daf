"""The answer to "is it still lawful?": verdicts of citations, of procedures, of texts of the register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from msgspec import Struct

from docctl.finding import Pointer
from docctl.verdict import Baseline, Due, Judgement, Proof, Verdict, earliest, worst


class State(Enum):
    """What a text of a procedure stands for at a date, as far as records and ``adopted.yaml`` say.

    ``not_held``: the text of the revision in force is neither in the file nor in the archive, so it cannot be
    judged.
    """

    IN_FORCE = "in_force"
    SCHEDULED = "scheduled"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    NOT_HELD = "not_held"


class CitationVerdict(Struct, frozen=True):
    """One cited address (empty: the whole text), where it stands and what is said about it, worst first.

    ``text`` is the citation as written, ``slug`` the text it means, where there is exactly one.
    """

    element: str
    element_name: str | None
    path: str
    pointer: Pointer
    text: str
    slug: str | None
    address: str
    place: str
    printed: str | None
    judgements: tuple[Judgement, ...]

    @property
    def verdict(self) -> Verdict:
        return worst(each.verdict for each in self.judgements)

    @property
    def overdue(self) -> bool:
        return any(each.overdue for each in self.judgements)

    @property
    def due(self) -> Due | None:
        return earliest(each.due for each in self.judgements)


class ProcedureVerdict(Struct, frozen=True):
    """A procedure at a date. ``verdict`` is None where there is no revision that could be judged.

    A scheduled revision is judged at its own first day, ``judged_at``. ``in_force`` is the number of the
    revision in force where the file holds another one; ``forms_changed`` tells that shared forms it uses
    are not those adopted with it.
    """

    id: str
    title: str
    revision: str
    owner: str
    path: str
    state: State
    in_force: str | None
    forms_changed: bool
    baseline: Baseline | None
    judged_at: date | None
    citations: tuple[CitationVerdict, ...]

    @property
    def verdict(self) -> Verdict | None:
        if self.judged_at is None:
            return None
        return worst(said.verdict for each in self.citations for said in each.judgements)

    @property
    def overdue(self) -> bool:
        return any(said.overdue for each in self.citations for said in each.judgements)

    @property
    def due(self) -> Due | None:
        return earliest(said.due for each in self.citations for said in each.judgements)

    def proof(self, citation: CitationVerdict, judgement: Judgement) -> Proof:
        """The whole chain behind one judgement of this procedure."""
        return Proof(
            procedure=self.id,
            revision=self.revision,
            element=citation.element,
            element_name=citation.element_name,
            text=citation.text,
            slug=citation.slug,
            address=citation.address,
            place=citation.place,
            printed=citation.printed,
            judgement=judgement,
            baseline=self.baseline,
        )

    @property
    def since(self) -> date | None:
        """The first day of the worst that is said."""
        days = (
            judgement.since
            for citation in self.citations
            for judgement in citation.judgements
            if judgement.verdict is self.verdict and judgement.since is not None
        )
        return min(days, default=None)


class TextVerdict(Struct, frozen=True):
    """What is said about a text of the register as such, whoever cites it."""

    slug: str
    number: str
    judgements: tuple[Judgement, ...]
    cited_by: tuple[str, ...]


class Unresolved(Struct, frozen=True):
    """An event that acts on nothing docctl knows: of what it changes, nothing can be said."""

    slug: str
    pointer: Pointer
    fault: str
    what: str


class Noted(Struct, frozen=True):
    """An event, and the record of a revision that has to do with it."""

    document: str
    number: str
    event: str
    path: str


class Currency(Struct, frozen=True):
    """All verdicts at a date: overdue first, then the worst, then by place. ``months`` is the time to mend in.

    ``events`` counts those of the register, ``later`` those on cited texts beyond the horizon;
    ``unresolved`` are those that could not be read into it, ``missing_years`` the years of due dates
    without a calendar. ``recorded`` is the last day on which an event entered the register.
    """

    as_of: date
    horizon_end: date
    months: int
    procedures: tuple[ProcedureVerdict, ...]
    texts: tuple[TextVerdict, ...]
    events: int
    later: int
    recorded: date | None
    unresolved: tuple[Unresolved, ...]
    missing_years: tuple[int, ...]

    def of(self, procedure_id: str) -> ProcedureVerdict | None:
        """The verdict of one procedure's current file; a scheduled one only where none is in force."""
        return next((each for each in self.procedures if each.id == procedure_id), None)

    def in_state(self, state: State) -> tuple[ProcedureVerdict, ...]:
        return tuple(each for each in self.procedures if each.state is state)


def in_order(procedures: Iterable[ProcedureVerdict]) -> tuple[ProcedureVerdict, ...]:
    """Overdue first, then the worst verdict, then the earliest due day, then the id; drafts last."""

    def key(each: ProcedureVerdict) -> tuple[bool, int, str, str, str]:
        verdict, earliest_due = each.verdict, each.due
        rank = len(Verdict) if verdict is None else verdict.rank
        due = "9999" if earliest_due is None else earliest_due.day.isoformat()
        return not each.overdue, rank, due, each.id, each.revision

    return tuple(sorted(procedures, key=key))
