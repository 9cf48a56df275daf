"""What one event says about one address on a day: by its windows, and by what has been dealt with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from docctl.currency.dealt import STATES, Closing, DealtWith
from docctl.currency.hits import Hit
from docctl.currency.question import Question
from docctl.law.address import Touch
from docctl.law.spans import Spans
from docctl.law.timeline import Operating
from docctl.model.event import DETAIL, EXTEND, GENERAL_REPEAL, RESUME, TRANSITION
from docctl.model.record import UPDATED
from docctl.verdict import END, Cause, Doubt, Judgement, Verdict

_STATES = frozenset({Verdict.BASIS_ENDED, Verdict.SUSPENDED})
"""What holds as long as it lasts, whatever a revision has taken in."""


def verdict_of(each: Operating, hit: Hit) -> Verdict | None:
    """What an event means while it operates (docs/currency.md); None for what only acts on other events."""
    change = each.meaning
    if change.kind in (RESUME, EXTEND):
        return None
    if change.kind == TRANSITION:
        return Verdict.TRANSITION
    if change.kind in (DETAIL, GENERAL_REPEAL):
        return Verdict.REVIEW
    if hit.touch is Touch.NAME or change.formal:
        return Verdict.MINOR
    if change.ends and hit.above:
        return Verdict.BASIS_ENDED
    if change.stops and hit.above:
        return Verdict.SUSPENDED
    return Verdict.OUTDATED


class Saying(Struct, frozen=True):
    """One event that meets an address, as it has been dealt with and is asked about.

    ``replaced`` are the days on which another event took its place; ``earlier`` the first day of the oldest open event
    whose place it has taken itself: its time to mend runs from then. ``stranded``: it has taken the place of one that
    was taken in, so that the words of the procedure are law no more, even when it is over itself.
    """

    cause: Cause
    verdict: Verdict
    windows: Spans
    closing: Closing | None
    replaced: Sequence[date | None]
    earlier: date | None
    stranded: bool
    dealt: DealtWith
    question: Question

    def judgements(self) -> Iterator[Judgement]:
        """At most what holds and what is to come."""
        day = self.question.as_of
        now = next((each for each in self.windows if each.holds(day)), None)
        if self.verdict in _STATES and now is not None:
            yield self._said(self.verdict, self._relevant(day)[0].first, self.cause)
        elif self.closing is not None:
            if self.closing.decision == UPDATED:
                yield from replace(self, earlier=None)._no_longer(self.closing)
        else:
            yield from self._open(day)

    def _relevant(self, day: date) -> Spans:
        """The windows that the revision has to do with: those that had not closed on its first day."""
        return tuple(each for each in self.windows if not each.over(min(self.dealt.day, day)))

    def _open(self, day: date) -> Iterator[Judgement]:
        relevant = self._relevant(day)
        if not relevant:
            return
        first = relevant[0].first
        ahead = next((each.first for each in relevant if each.first > day), None)
        if any(each.holds(day) for each in relevant):
            yield self._said(self.verdict, first, self.cause)
        elif self.verdict is Verdict.REVIEW:
            return  # what does not act on the citation itself neither announces itself nor leaves anything behind
        elif self.stranded and first <= day and self.verdict is not Verdict.TRANSITION:
            yield self._said(
                Verdict.OUTDATED, first, self._over(max(each.end for each in relevant if each.end and each.over(day)))
            )
        elif ahead is not None and self.question.ahead(ahead):
            yield self._coming(self.verdict, ahead, self.cause, first)
        elif first <= day:
            yield Judgement(Verdict.CHANGED_BETWEEN, self.cause, first)

    def _no_longer(self, closing: Closing) -> Iterator[Judgement]:
        """A change that was taken in, and that was made for a time: its words end with it, and may come back."""
        day = self.question.as_of
        turns = [*self._turns(closing)]
        past = [turn for turn in turns if turn[0] <= day]
        ahead = next((turn for turn in turns if self.question.ahead(turn[0])), None)
        if past:
            verdict, since, cause = self._turned(*past[-1])
            if self.dealt.closing(cause.event, cause.digest) is None:
                yield self._said(verdict, since, cause)
                return
        if ahead is not None:
            verdict, since, cause = self._turned(*ahead)
            yield self._coming(verdict, since, cause, since)

    def _turns(self, closing: Closing) -> Iterator[tuple[date, bool]]:
        """The days after the one that was taken in on which its words end (True) or return (False)."""
        if self.verdict in (Verdict.TRANSITION, Verdict.REVIEW):
            return  # what is gone with it are the older dossiers, or nothing that was to be taken in
        for place, (first, end) in enumerate(self.windows):
            if end is not None and end <= max(closing.day, self.dealt.day):
                continue
            if place > 0 and first > closing.day:
                yield first, False
            if end is not None and end not in self.replaced:
                yield end, True

    def _turned(self, day: date, ends: bool) -> tuple[Verdict, date, Cause]:
        verdict = Verdict.OUTDATED if ends and self.verdict in _STATES else self.verdict
        cause = self._over(day) if ends else self.cause
        return verdict, day, replace(cause, event=f"{self.cause.event}@{day.isoformat()}")

    def _over(self, day: date) -> Cause:
        """The event as one that is over from a day."""
        return replace(self.cause, kind=END, over=self.cause.kind, end=day)

    def _said(self, verdict: Verdict, since: date, cause: Cause) -> Judgement:
        due = self.question.due(verdict, min(since, self.earlier or since))
        return Judgement(verdict, cause, since, due, self.question.overdue(verdict, due))

    def _coming(self, verdict: Verdict, since: date, cause: Cause, counted: date) -> Judgement:
        due = self.question.due(verdict, min(counted, self.earlier or counted))
        return Judgement(Verdict.UPCOMING, cause, since, due, coming=verdict)


def unsure(said: Sequence[Judgement]) -> Iterator[Judgement]:
    """The same where the list of provisions does not tell whether the event is about the address at all."""
    for each in said:
        if each.verdict in (Verdict.REVIEW, Verdict.POSSIBLE):
            yield each  # at most that
            continue
        state = each.verdict if each.verdict in STATES else None
        yield replace(each, verdict=Verdict.UNKNOWN, due=None, overdue=False, coming=state, doubt=Doubt.NO_TREE)


def possible(said: Sequence[Judgement]) -> Iterator[Judgement]:
    """What nobody has confirmed is shown at a lower grade, not hidden."""
    for each in said:
        if each.verdict.rank <= Verdict.POSSIBLE.rank:
            coming = each.coming or each.verdict
            yield replace(each, verdict=Verdict.POSSIBLE, coming=coming, due=None, overdue=False)
