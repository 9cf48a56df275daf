"""What a revision has to deal with when it is issued, and what issued revisions have left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from docctl.currency.dealt import STATES
from docctl.currency.grounds import Grounds
from docctl.currency.question import Question
from docctl.currency.subjects import Subject
from docctl.currency.verdicts import Judging
from docctl.law.register import Register, unregistered
from docctl.model.currency import CitationVerdict, Noted, State
from docctl.model.form import Form
from docctl.model.procedure import Procedure
from docctl.model.record import WRONG_EVENT, Assurance, Cited
from docctl.model.standing import Revision
from docctl.model.view import Document
from docctl.verdict import Baseline, Cause, Issue, Judgement, Verdict

_IN_EFFECT = STATES | {Verdict.OUTDATED, Verdict.MINOR, Verdict.REVIEW, Verdict.UNKNOWN}
"""What is in effect on the day; what is to come, without a day or not confirmed stays open."""


class Open(Struct, frozen=True):
    """One event that is in effect on the first day of a text, for one of its citations.

    ``asks``: no decision can be taken for granted, for it was left open before, or the basis has ended.
    """

    citation: Cited
    cause: Cause
    verdict: Verdict
    asks: bool

    @property
    def digest(self) -> str:
        """What tells the event from one that is edited later."""
        return self.cause.digest or ""


def to_deal_with(
    grounds: Grounds,
    document: Document[Procedure],
    before: Subject | None,
    forms: Document[tuple[Form, ...]] | None,
    question: Question,
) -> tuple[Open, ...]:
    """Everything in effect for a text on the day asked for, as if nothing had been dealt with yet.

    ``before`` is the revision that it replaces: what is open there asks for a decision of its own.
    """
    left: set[str] = set()
    if before is not None:
        judged = replace(before, state=State.IN_FORCE)
        left = {cause.event for _, cause, _ in _in_effect(grounds, judged, forms, question)}
    fresh = Subject(document, State.IN_FORCE, _nothing(document.body, question.as_of))
    return tuple(
        Open(cited, cause, verdict, verdict in STATES or cause.event in left)
        for cited, cause, verdict in _in_effect(grounds, fresh, forms, question)
    )


def open_now(
    grounds: Grounds, subject: Subject, forms: Document[tuple[Form, ...]] | None, question: Question
) -> tuple[Open, ...]:
    """Every event that is not dealt with for a revision, coming and possible ones too; none without a baseline."""
    if subject.baseline is None:
        return ()
    found = []
    for citation, judgement, cause in _judged(grounds, subject, forms, question):
        found.append(Open(_cited(citation), cause, judgement.verdict, asks=True))
    return tuple(found)


def dealt_with(
    grounds: Grounds, subject: Subject, forms: Document[tuple[Form, ...]] | None, question: Question
) -> tuple[Open, ...]:
    """Every event that a revision has dealt with: what would be said of it if it had not."""
    if subject.baseline is None:
        return ()
    fresh = replace(subject, baseline=_nothing(subject.document.body, subject.baseline.effective_from), dealt=())
    still = {(each.citation, each.cause.event) for each in open_now(grounds, subject, forms, question)}
    every = open_now(grounds, fresh, forms, question)
    return tuple(each for each in every if (each.citation, each.cause.event) not in still)


def left_out(
    grounds: Grounds,
    revision: Revision,
    document: Document[Procedure],
    forms: Document[tuple[Form, ...]] | None,
    question: Question,
) -> Iterator[Noted]:
    """The events that the record of an issued revision should have named: known then, and in effect."""
    record = revision.issuing[0]
    listed = {(each.citation, each.event) for counted in revision.issuing for each in counted.record.events}
    listed |= {(each.citation, each.event) for _, each in revision.dealt()}
    day = revision.first or question.as_of
    said: set[str] = set()
    for each in to_deal_with(grounds, document, None, forms, replace(question, as_of=day)):
        known = each.cause.recorded is None or each.cause.recorded <= record.record.day
        if each.verdict in (Verdict.NOT_IN_FORCE, Verdict.REVIEW):
            continue  # the one closes by itself; the other is no event on what is cited, and stays open
        if known and (each.citation, each.cause.event) not in listed and each.cause.event not in said:
            said.add(each.cause.event)
            yield Noted(revision.document, revision.number, each.cause.event, record.path)


def edited(register: Register, revision: Revision) -> Iterator[Noted]:
    """The events that records of a revision have dealt with and that are not in the register as they were."""
    said: set[str] = set()
    for counted in revision.records:
        for each in counted.record.events:
            event = each.event.partition("@")[0]
            if each.decision == WRONG_EVENT or "#" not in event or each.event.endswith("@start") or each.event in said:
                continue
            if each.digest not in register.digests(event):
                said.add(each.event)
                yield Noted(revision.document, revision.number, each.event, counted.path)


def called_wrong(register: Register, revision: Revision) -> Iterator[Noted]:
    """The events that records of a revision have decided to be wrong, and that are still as they were."""
    for counted in revision.records:
        for each in counted.record.events:
            if each.decision == WRONG_EVENT and each.digest in register.digests(each.event.partition("@")[0]):
                yield Noted(revision.document, revision.number, each.event, counted.path)


def _nothing(procedure: Procedure, day: date) -> Baseline:
    """The baseline of a text that has dealt with nothing."""
    issue = Issue("", "", day, Assurance.UNSIGNED.value)
    return Baseline(procedure.number, day, None, "", (), issue)


def _in_effect(
    grounds: Grounds, subject: Subject, forms: Document[tuple[Form, ...]] | None, question: Question
) -> Iterator[tuple[Cited, Cause, Verdict]]:
    seen: set[tuple[Cited, str]] = set()
    for citation, judgement, cause in _judged(grounds, subject, forms, question):
        key = _cited(citation), cause.event
        if judgement.verdict in _IN_EFFECT and key not in seen:
            seen.add(key)
            yield key[0], cause, judgement.verdict


def _judged(
    grounds: Grounds, subject: Subject, forms: Document[tuple[Form, ...]] | None, question: Question
) -> Iterator[tuple[CitationVerdict, Judgement, Cause]]:
    for citation in Judging(grounds, forms, question).procedure(subject).citations:
        for judgement in citation.judgements:
            if judgement.cause is not None:
                yield citation, judgement, judgement.cause


def _cited(citation: CitationVerdict) -> Cited:
    return Cited(citation.element, citation.slug or unregistered(citation.text), citation.address)
