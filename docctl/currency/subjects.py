"""The texts of a document that are judged at a date: the one in force and those to come, wherever they lie."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct

from docctl.model.coverage import Text
from docctl.model.currency import State
from docctl.model.procedure import Procedure
from docctl.model.record import LEGAL_REVIEW, Assurance, Dealt
from docctl.model.standing import Revision, Stage, Standing
from docctl.model.view import Document
from docctl.verdict import Baseline, Issue, Settled

PATH = "adopted.yaml"


class Subject(Struct, frozen=True):
    """A text, what it stands for, and what it is judged against.

    ``in_force`` is the number of the revision in force where its text is not held; ``shared_forms`` the
    digest of the shared forms that were issued or adopted with it; ``dealt`` the events that records have
    dealt with, each with the day from which that counts.
    """

    document: Document[Procedure]
    state: State
    baseline: Baseline | None
    in_force: str | None = None
    shared_forms: str | None = None
    dealt: tuple[tuple[date, Dealt], ...] = ()


def subjects(
    standing: Standing, current: Document[Procedure] | None, load: Callable[[str], Document[Procedure] | None]
) -> Iterator[Subject]:
    """``current`` is the document's own file; ``load`` gives a text by its path, None where it cannot be read."""
    held = {each.number: _text(each, current, load) for each in standing.revisions if each.issued}
    effective = standing.effective
    missing = effective.number if effective is not None and held[effective.number] is None else None
    said = False
    for each in standing.revisions:
        document = held.get(each.number) if each.issued else None
        if document is not None and each.stage in (Stage.EFFECTIVE, Stage.SCHEDULED):
            said = True
            state = State.IN_FORCE if each.stage is Stage.EFFECTIVE else State.SCHEDULED
            yield Subject(document, state, baseline(each), missing, each.shared_forms, each.dealt())
    if said or current is None:
        return
    if effective is not None:
        yield Subject(current, State.NOT_HELD, baseline(effective), effective.number)
    elif standing.latest_issued is None:
        yield Subject(current, State.DRAFT, None)
    else:
        withdrawn = standing.latest_issued.stage is Stage.WITHDRAWN
        yield Subject(current, State.WITHDRAWN if withdrawn else State.NOT_HELD, None)


def texts(found: Iterable[Subject]) -> Iterator[Text]:
    """One text of each document: the one in force where it is held, else the one that stands in for it."""
    chosen: dict[str, Subject] = {}
    for each in found:
        chosen.setdefault(each.document.body.id, each)  # revisions come in order: in force before those to come
    for each in chosen.values():
        if each.state is not State.WITHDRAWN:
            yield Text(each.document, each.state, each.in_force)


def _text(
    revision: Revision, current: Document[Procedure] | None, load: Callable[[str], Document[Procedure] | None]
) -> Document[Procedure] | None:
    """The text of a revision, only where it is exactly the one that was issued."""
    if revision.path is None:
        return None
    document = current if current is not None and revision.path == current.path else load(revision.path)
    return document if document is not None and document.digest() == revision.digest else None


def baseline(revision: Revision) -> Baseline | None:
    """What an issued revision is judged against."""
    if revision.first is None:
        return None
    reviews = [each.record.day for each in revision.records if each.record.meaning == LEGAL_REVIEW]
    decision = revision.decision
    paper = None if decision is None else (decision.number, decision.date)
    if revision.issuing:
        last = revision.issuing[-1]
        signer = last.record.signer
        assurance = Assurance.UNSIGNED if revision.unsigned else last.assurance  # no surer than what it rests on
        issue = Issue(signer.id, signer.title, last.record.day, assurance.value)
        reviewed = max(reviews, default=None)
        return Baseline(revision.number, revision.first, paper, last.path, (), issue, reviewed, settled(revision))
    place = ("adopted", 0 if revision.adoption is None else revision.adoption.place)
    reviewed = max(reviews, default=None)
    return Baseline(revision.number, revision.first, paper, PATH, place, None, reviewed, settled(revision))


def settled(revision: Revision) -> tuple[Settled, ...]:
    """What records have decided about events, the last word on each, in the order of their signing."""
    found: dict[str, Settled] = {}
    for counted in sorted(revision.records, key=lambda each: each.record.signed_at):
        record = counted.record
        for each in record.events if counted in revision.issuing or record.meaning == LEGAL_REVIEW else ():
            found[each.event] = Settled(each.event, each.decision, each.reason, record.signer.id, record.day)
    return tuple(found.values())
