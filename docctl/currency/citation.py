"""One cited address of one text, judged at a date against what its revision has already dealt with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from docctl.currency import evidence, states
from docctl.currency.dealt import DealtWith
from docctl.currency.grounds import Grounds, Surroundings
from docctl.currency.hits import Hit
from docctl.currency.question import Question
from docctl.currency.saying import Saying, possible, unsure, verdict_of
from docctl.law.address import Touch
from docctl.law.changes import Change
from docctl.law.course import Open, Why
from docctl.law.timeline import Operating
from docctl.law.vn.words import places
from docctl.model.citation import Citation
from docctl.model.event import DETAIL, RENUMBER
from docctl.model.record import UPDATED
from docctl.verdict import HAVE_DUE, Doubt, Judgement, Verdict


def judge(
    grounds: Grounds, citation: Citation, address: str, dealt: DealtWith, question: Question
) -> tuple[Judgement, ...]:
    """Everything said about one address (empty: the whole text) of a citation that is not pinned.

    ``dealt`` is what its revision has dealt with already. The result is unsorted and empty where nothing is
    to be said.
    """
    around = grounds.around(citation, address, dealt.day)
    if isinstance(around, Judgement):
        return (around,)
    if around.taken_in is not None:
        dealt = dealt.and_taken_in(*around.taken_in)
    said = tuple(_Case(grounds, around, dealt, question).judgements())
    register = grounds.register
    if around.slug in register.texts:
        return said
    if register.meant(citation.text):
        return (*said, Judgement(Verdict.UNKNOWN, doubt=Doubt.UNREADABLE_TEXT, detail=register.path(around.slug)))
    return (*said, Judgement(Verdict.UNKNOWN, doubt=Doubt.NOT_REGISTERED, detail=citation.text))


class _Case(Struct, frozen=True):
    """A readable address of a text, registered or not."""

    grounds: Grounds
    around: Surroundings
    dealt: DealtWith
    question: Question

    def judgements(self) -> Iterator[Judgement]:
        """What the events on the text mean for the address; asked of texts that are not held too."""
        met = self.around.met
        ends = [(each, hits) for each, hits in met if _ends_for_good(each, hits)]
        said: dict[str, list[Judgement]] = {}
        for each, hits in met:
            if not each.change.own_end or not self._said_already(hits, ends):
                for event, found in self._by_event(each, hits):
                    said.setdefault(event, []).append(found)
        yield from (min(some, key=_weight) for some in said.values())
        for problem in self.grounds.register.unreadable_on(self.around.slug):
            yield Judgement(Verdict.UNKNOWN, doubt=Doubt.UNREADABLE_EVENT, detail=problem.name, meant=problem.what)
        yield from states.by_text(self.grounds, self.around, self.dealt, self.question)

    def _said_already(self, hits: Sequence[Hit], ends: Sequence[tuple[Operating, Sequence[Hit]]]) -> bool:
        """The end a text states of itself says nothing new of what another text has ended by then."""
        tree = self.around.place.tree
        for hit in hits:
            first = hit.windows[0].first if hit.windows else None
            earlier = [
                target
                for _, others in ends
                for other in others
                for target in other.targets
                if first is not None and other.windows[-1].first <= first
            ]
            if not all(any(tree.above(one, target) for one in earlier) for target in hit.targets):
                return False
        return True

    def _by_event(self, each: Operating, hits: Sequence[Hit]) -> Iterator[tuple[str, Judgement]]:
        """What an event means, and what those mean that act on it and cannot be followed, each with its event's id."""
        if each.change.stops and not self._stops_something(each):
            return
        said = [(each.change.id, found) for hit in hits for found in self._by_hit(each, hit)]
        doubtful = any(hit.touch is Touch.UNKNOWN for hit in hits)
        for left in self.grounds.timeline.open(each.change):
            some = [*self._left_open(each, left if each.confirmed else Open(left.change, Why.NOT_CONFIRMED))]
            said += [(left.change.id, found) for found in (unsure(some) if doubtful else some)]
        for event, found in said:
            if not self.dealt.closes(found):
                for one in (found,) if each.confirmed else possible([found]):
                    yield event, one

    def _stops_something(self, each: Operating) -> bool:
        """Does a suspension name a unit that has operated before it is over?"""
        windows = each.course.spans
        end = windows[-1].end if windows else None
        return any(self.grounds.timeline.was_there(each.change, target, end) for target in each.addresses)

    def _by_hit(self, each: Operating, hit: Hit) -> Iterator[Judgement]:
        verdict = verdict_of(each, hit)
        if verdict is None or (each.change.kind == DETAIL and self._has_ended(each.change.acting)):
            return
        cause = self.grounds.cause(each, hit.targets)
        if not each.course.dated:
            if each.course.until is None or each.course.until > self.question.as_of:
                yield from _unsure(hit, [Judgement(Verdict.UNDATED, cause)])
            return
        closing, earlier = self.dealt.of(each.change, hit.windows), self._earlier(each, hit)
        if verdict is Verdict.MINOR and closing is None and earlier is not None:
            verdict = Verdict.OUTDATED  # what it took the place of, and nobody has dealt with, is still there in it
        saying = Saying(
            cause,
            verdict,
            hit.windows,
            closing,
            each.replaced,
            earlier,
            self._stranded(each, hit),
            self.dealt,
            self.question,
        )
        said = [*saying.judgements()]
        if each.change.kind == RENUMBER:
            said = [self._renumbered(found, each) for found in said]
        elif (called := self._called(each)) is not None:
            said = [replace(found, called=called) for found in said]
        yield from _unsure(hit, said)

    def _over(self, change: Change) -> bool:
        """Has an event without a day been ended?"""
        until = self.grounds.timeline.course(change).until
        return until is not None and until <= self.question.as_of

    def _has_ended(self, slug: str) -> bool:
        return self.grounds.cascade(self.question.as_of).end(slug) is not None

    def _earlier(self, each: Operating, hit: Hit) -> date | None:
        """The first day of the oldest event whose place this one took, directly or not, and that nobody dealt with."""
        days = []
        for target in hit.targets:
            for other in each.took:
                if self.dealt.of(other.change, other.windows[target]) is not None:
                    break
                if verdict_of(other, hit) in HAVE_DUE:
                    days += [span.first for span in other.windows[target] if not span.over(self.dealt.day)]
        return min(days, default=None)

    def _called(self, each: Operating) -> str | None:
        """What the cited unit was called just before an event, where that was another number."""
        place = self.around.place
        names = [*place.names(each)] if place.lineage.renumbers else []
        return places(map(str, names)) if names and names != [place.address] else None

    def _stranded(self, each: Operating, hit: Hit) -> bool:
        """Has it taken the place of an event whose words the revision took in?"""
        for target in hit.targets:
            for other in each.took:
                closing = self.dealt.of(other.change, other.windows[target])
                if closing is not None and closing.decision == UPDATED and verdict_of(other, hit) is not None:
                    return True
        return False

    def _renumbered(self, found: Judgement, each: Operating) -> Judgement:
        """With the number that the unit has after it."""
        place = self.around.place
        new = place.lineage.after(each.root, place.address, place.day)
        return found if list(new) == [place.address] else replace(found, meant=places(map(str, new)))

    def _left_open(self, each: Operating, left: Open) -> Iterator[Judgement]:
        """What acts on an event and cannot be followed makes all that the event touches uncertain."""
        other, day = left.change, self.question.as_of
        cause = evidence.of(self.grounds.register, other)
        if left.why is Why.UNDATED:
            if not self._over(other):
                yield Judgement(Verdict.UNDATED, cause)
        elif left.why is Why.NOT_CONFIRMED:
            proposed = self.grounds.timeline.course(other)
            left_over = [span for span in proposed.spans if not span.over(min(self.dealt.day, day))]
            soon = [span for span in left_over if span.first <= self.question.horizon_end and not span.over(day)]
            if other.confirmed and soon and self.dealt.before(other.id, soon[0].first):
                return
            if soon or proposed.circle or not (proposed.dated or self._over(other)):
                since = left_over[0].first if soon and soon[0].holds(day) else soon[0].first if soon else None
                yield Judgement(Verdict.POSSIBLE, cause, since)
        elif left.why is Why.CIRCLE:
            yield Judgement(Verdict.UNKNOWN, cause, doubt=Doubt.CIRCLE, detail=each.change.id)
        else:
            spans = self.grounds.timeline.course(other).spans
            if spans and spans[0].first <= day and not self.dealt.before(other.id, spans[0].first):
                doubt = Doubt.KIND if left.why is Why.KIND else Doubt.ACTED_UPON
                yield Judgement(Verdict.UNKNOWN, cause, spans[0].first, doubt=doubt, detail=each.change.id)


def _weight(judgement: Judgement) -> tuple[int, date, date]:
    """Of all that is said about one event the worst is said, then what is due first, then what began first."""
    due = date.max if judgement.due is None else judgement.due.day
    return judgement.verdict.rank, due, judgement.since or date.max


def _unsure(hit: Hit, said: Sequence[Judgement]) -> Iterable[Judgement]:
    return unsure(said) if hit.touch is Touch.UNKNOWN else said


def _ends_for_good(each: Operating, hits: Sequence[Hit]) -> bool:
    """Has another text ended the address, or one above it, without a day on which it comes back?"""
    if each.change.event is None or not each.confirmed or not each.meaning.ends:
        return False
    return any(
        hit.touch is Touch.FULL and hit.above and hit.windows and hit.windows[-1].end is None for hit in hits
    )  # fmt: skip
