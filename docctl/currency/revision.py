"""Which revision of a procedure is in force at a date, as far as ``adopted.yaml`` tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from docctl.model.adoption import Adoption
from docctl.model.currency import State
from docctl.model.procedure import Procedure
from docctl.model.view import Document
from docctl.verdict import Baseline

PATH = "adopted.yaml"


@dataclass(frozen=True, slots=True)
class Revision:
    """What the file of a procedure stands for, and the entry that it is judged against.

    ``in_force`` is the number of the revision in force where the file holds another one; ``shared_forms``
    the digest of the shared forms that were adopted with it.
    """

    state: State
    baseline: Baseline | None
    in_force: str | None
    shared_forms: str | None = None


def revision_of(document: Document[Procedure], adoptions: Sequence[tuple[int, Adoption]], day: date) -> Revision:
    """``adoptions`` are the entries of this procedure with their places in the file.

    An entry stands for exactly the content of its digest. Where the entry in force on the day is for
    other content, the file is a draft, or scheduled, and the revision in force is not held.
    """
    if not adoptions:
        return Revision(State.DRAFT, None, None)
    digest = document.digest()
    begun = [each for each in adoptions if each[1].effective_from <= day]
    current = max(begun, key=lambda each: (each[1].effective_from, each[1].order), default=None)
    if current is not None and current[1].digest == digest:
        return Revision(State.IN_FORCE, _baseline(*current), None, current[1].shared_forms)
    coming = [each for each in adoptions if each[1].effective_from > day and each[1].digest == digest]
    in_force = None if current is None else current[1].number
    if coming:
        first = min(coming, key=lambda each: each[1].effective_from)
        return Revision(State.SCHEDULED, _baseline(*first), in_force, first[1].shared_forms)
    return Revision(State.NOT_HELD, None if current is None else _baseline(*current), in_force)


def _baseline(place: int, adoption: Adoption) -> Baseline:
    return Baseline(adoption.number, adoption.effective_from, adoption.decision, PATH, ("adopted", place))
