"""One cited address of one text, judged at a date against what its revision has already dealt with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from docctl.currency import evidence
from docctl.currency.dealt import DealtWith
from docctl.currency.question import Question
from docctl.law.address import WHOLE, Address, BadAddress, Touch, container, parse, touches
from docctl.law.changes import CHANGING, ENDING, JUDGED, Change, stage
from docctl.law.provisions import Tree, readable
from docctl.law.register import Register, acts_above, unregistered
from docctl.model.citation import Citation
from docctl.model.event import DISAPPLY, EXTEND, INSERT, SUSPEND
from docctl.model.legal_text import CONSOLIDATED, Detailed, LegalText
from docctl.model.record import UPDATED
from docctl.verdict import END, Cause, Doubt, Judgement, Unchecked, Verdict

CASCADE_ENDED = date(2025, 4, 1)
"""Until then a text ended with those it details: 80/2015/QH13, Điều 154 khoản 4."""

_LOOK_BACK = frozenset({SUSPEND, DISAPPLY})
"""What is a state as long as it lasts, not a change that a revision has dealt with."""

_STILL_CHANGED = (CHANGING | {"correct", "renumber"}) - ENDING
"""What acts on an event and leaves the cited words changed, one way or the other."""


@dataclass(frozen=True, slots=True)
class Hit:
    """How a change meets an address: fully, by a heading or unknown; from above (or at it), or from below."""

    touch: Touch
    above: bool
    targets: tuple[Address, ...]


def judge(
    register: Register, citation: Citation, address: str, dealt: DealtWith, question: Question
) -> tuple[Judgement, ...]:
    """Everything said about one address (empty: the whole text) of a citation that is not pinned.

    ``dealt`` is what its revision has dealt with already. The result is unsorted and empty where nothing is
    to be said.
    """
    meant = register.meant(citation.text)
    if len(meant) > 1:
        return (Judgement(Verdict.UNKNOWN, doubt=Doubt.AMBIGUOUS, detail=", ".join(meant)),)
    slug = meant[0] if meant else unregistered(citation.text)
    text = register.texts.get(slug)
    if text is not None and text.kind == CONSOLIDATED:
        return (Judgement(Verdict.UNKNOWN, doubt=Doubt.CONSOLIDATED, detail=text.number),)
    try:
        parsed, excepted = parse(address), tuple(map(parse, citation.excepted))
    except BadAddress as error:
        return (Judgement(Verdict.UNKNOWN, doubt=Doubt.UNREADABLE_ADDRESS, detail=str(error), meant=error.meant),)
    case = _Case(register, slug, parsed, excepted, dealt, question)
    said = [*case.by_events(), *(() if text is None else case.by_text(text))]
    said = [each for each in said if not dealt.closes(each)]
    if text is not None:
        return tuple(said)
    doubt = Doubt.UNREADABLE_TEXT if meant else Doubt.NOT_REGISTERED
    return (*said, Judgement(Verdict.UNKNOWN, doubt=doubt, detail=register.path(slug) if meant else citation.text))


@dataclass(frozen=True)
class _Case:
    """A readable address of a text, registered or not."""

    register: Register
    slug: str
    address: Address
    excepted: tuple[Address, ...]
    dealt: DealtWith
    question: Question

    def by_events(self) -> Iterator[Judgement]:
        """What the events on the text mean for the address; asked of texts that are not held too."""
        met = [(change, hits) for change in self.register.on(self.slug) if (hits := self._hits(change))]
        ends = [change for change, hits in met if _ends_for_good(change, hits)]
        for change, hits in met:
            if change.event is not None or not self._said_already(change, hits, ends):
                yield from self._by_change(change, hits)
        for problem in self.register.unreadable_on(self.slug):
            yield Judgement(Verdict.UNKNOWN, doubt=Doubt.UNREADABLE_EVENT, detail=problem.name, meant=problem.what)

    def _said_already(self, change: Change, hits: list[Hit], ends: list[Change]) -> bool:
        """The end a text states of itself says nothing new of what another text has ended by then."""
        first = change.first
        if first is None:
            return False
        earlier = [target for other in ends if other.first and other.first <= first for target in other.addresses]
        return all(any(self.tree.above(each, target) for each in earlier) for hit in hits for target in hit.targets)

    def by_text(self, text: LegalText) -> Iterator[Judgement]:
        """What the text's own file means for it, whatever has been dealt with."""
        yield from self._begin(text)
        yield from self._absent()
        yield from self._cascade(text)
        reason = unchecked(text, self.question)
        if reason is not None:
            yield Judgement(Verdict.UNCHECKED, since=text.checked, detail=reason.value)

    # -- does an event meet the citation? --------------------------------------------------------

    @property
    def tree(self) -> Tree:
        return self.register.tree(self.slug)

    def _hits(self, change: Change) -> list[Hit]:
        """What the addresses of a change do to the cited one, those that do the same together."""
        found: dict[tuple[Touch, bool], list[Address]] = {}
        for target in change.addresses:
            touch = self._touch(change, target)
            if touch is not Touch.NOT:
                # Where the tree does not tell, the worse is possible: that the change is above.
                from_above = self.tree.above(target, self.address) is not False
                found.setdefault((touch, from_above), []).append(target)
        return [Hit(*how, tuple(targets)) for how, targets in found.items()]

    def _touch(self, change: Change, target: Address) -> Touch:
        touch = self._meets(change, target)
        if touch is Touch.NOT:
            return touch
        saved = [self.tree.above(each, self.address) for each in change.excepted]
        left_out = [self.tree.above(each, target) for each in self.excepted]
        if True in saved or True in left_out:
            return Touch.NOT
        return Touch.UNKNOWN if None in saved or None in left_out else touch

    def _meets(self, change: Change, target: Address) -> Touch:
        """As the tree says; what an insertion adds is beside all that was there, where no place is named unknown."""
        if change.kind != INSERT:
            return self.tree.touches(target, self.address)
        if target == WHOLE and self.address != WHOLE:
            return Touch.UNKNOWN
        direct = touches(target, self.address)
        after = [] if change.event is None or change.event.after is None else [*readable((change.event.after,))]
        if direct is Touch.NOT and container(self.address) and not container(target) and after:
            target = after[0]
        return direct if container(target) else self.tree.touches(target, self.address)

    # -- what an event means -----------------------------------------------------------------------

    def _by_change(self, change: Change, hits: list[Hit]) -> Iterator[Judgement]:
        """One thing is said about one event: the worst of what its addresses do."""
        each = [[*self._plain(change, hit, evidence.cause(self.register, change, hit.targets))] for hit in hits]
        said = min(filter(None, each), key=lambda found: (found[0].verdict.rank, found[0].due is None), default=[])
        if not change.confirmed:
            yield from _possible(said)
            return
        for other in self.register.acting_on(change):
            doubts = [*self._doubt(other, change, said)]
            if any(each.doubt is Doubt.ACTED_UPON for each in doubts):
                said = self._left(other, change, said)
            yield from doubts
        yield from said

    def _left(self, other: Change, change: Change, said: list[Judgement]) -> list[Judgement]:
        """What still holds of an event on which another one acts: nothing where it may not operate at all."""
        if other.kind == EXTEND and self._before_the_end(change):
            return [each for each in said if each.verdict is not Verdict.UPCOMING]
        begun = other.first is not None and other.first <= self.question.as_of
        return said if other.kind in _STILL_CHANGED or not begun or not acts_above(other, change) else []

    def _before_the_end(self, change: Change) -> bool:
        """Does the end that an extension moves still lie ahead?"""
        end = change.first if change.event is None else change.end
        return end is not None and self.question.as_of < end

    def _plain(self, change: Change, hit: Hit, cause: Cause) -> Iterator[Judgement]:
        """The verdict of an event as if nothing else acted on it, and as if it were confirmed."""
        if change.kind not in JUDGED:
            yield from self._not_judged(change, cause)
            return
        verdict = _verdict(change, hit)
        said = self._undated(change, cause) if change.first is None else self._in_time(change, verdict, cause)
        if hit.touch is Touch.UNKNOWN:
            said = (replace(each, verdict=Verdict.UNKNOWN, due=None, overdue=False, coming=None, doubt=Doubt.NO_TREE)
                    for each in said)  # fmt: skip
        yield from said

    def _undated(self, change: Change, cause: Cause) -> Iterator[Judgement]:
        if not change.over(self.question.as_of):
            yield Judgement(Verdict.UNDATED, cause)

    def _in_time(self, change: Change, verdict: Verdict, cause: Cause) -> Iterator[Judgement]:
        day, first = self.question.as_of, change.first
        assert first is not None
        if change.over(first):
            return  # it never operates
        state = verdict is Verdict.BASIS_ENDED
        closing = self.dealt.of(change)
        if closing is not None and not (state and change.holds(day)):
            if closing.decision == UPDATED and not change.over(closing.day):
                # What was taken in holds no longer; of an end for a time this means that the words are back.
                yield from self._no_longer(change, Verdict.OUTDATED if state else verdict, cause)
        elif change.holds(day):
            yield self._said(verdict, first, cause)
        elif change.over(day):
            if not change.over(self.dealt.day) and not self.dealt.before(first):
                yield Judgement(Verdict.CHANGED_BETWEEN, cause, first)
        elif self.question.ahead(first):
            yield self._coming(verdict, first, cause)

    def _no_longer(self, change: Change, verdict: Verdict, cause: Cause) -> Iterator[Judgement]:
        """A change that the revision has taken in, and that was made for a time: its words end with it."""
        end = change.end
        if end is None:
            return
        ended = replace(cause, event=f"{change.id}@{end.isoformat()}", kind=END)
        if end <= self.question.as_of:
            yield self._said(verdict, end, ended)
        elif self.question.ahead(end):
            yield self._coming(verdict, end, ended)

    def _not_judged(self, change: Change, cause: Cause) -> Iterator[Judgement]:
        """A kind that this version does not judge is said wherever it could matter."""
        first, day = change.first, self.question.as_of
        if first is not None and first > self.question.horizon_end:
            return
        past = self.dealt.before(first) or (first is not None and change.over(self.dealt.day))
        if past and (change.kind not in _LOOK_BACK or change.over(day)):
            return
        if change.over(day):
            yield Judgement(Verdict.CHANGED_BETWEEN, cause, first)
        else:
            yield Judgement(Verdict.UNKNOWN, cause, first, doubt=Doubt.KIND)

    def _doubt(self, other: Change, change: Change, said: list[Judgement]) -> Iterator[Judgement]:
        """What acts on an event makes its verdict uncertain from that day on."""
        if (
            other.kind == EXTEND
            and self._before_the_end(change)
            and not any(e.verdict is Verdict.UPCOMING for e in said)
        ):
            return  # until the old end nothing depends on it
        past = self.dealt.before(other.first)
        settled = past and not change.ends and other.kind != EXTEND
        dealt = change.confirmed and change.holds(self.dealt.day)
        if settled or not (said or dealt):
            return
        cause = evidence.cause(self.register, other)
        if not other.confirmed:
            if other.first is None or other.first <= self.question.horizon_end:
                yield Judgement(Verdict.POSSIBLE, cause, other.first)
        elif other.first is None:
            yield Judgement(Verdict.UNDATED, cause)
        elif other.first <= self.question.horizon_end:
            yield Judgement(Verdict.UNKNOWN, cause, other.first, doubt=Doubt.ACTED_UPON, detail=change.id)

    def _said(self, verdict: Verdict, since: date, cause: Cause) -> Judgement:
        due = self.question.due(verdict, since)
        return Judgement(verdict, cause, since, due, self.question.overdue(verdict, due))

    def _coming(self, verdict: Verdict, since: date, cause: Cause) -> Judgement:
        return Judgement(Verdict.UPCOMING, cause, since, self.question.due(verdict, since), coming=verdict)

    # -- states, whatever has been dealt with ----------------------------------------------------

    def _begin(self, text: LegalText) -> Iterator[Judgement]:
        """Is the text, or the stage of the cited provision, in force at all?"""
        found = stage(text, self.address, self.tree)
        if found is None:
            if text.in_force:
                yield Judgement(Verdict.UNDATED, evidence.start(self.register, self.slug, None))
            return
        place, entry = found
        cause = evidence.start(self.register, self.slug, place)
        if entry.first is None:
            yield Judgement(Verdict.UNDATED, cause)
        elif self.question.ahead(entry.first):
            yield Judgement(Verdict.UPCOMING, cause, entry.first)
        elif self.question.as_of < entry.first:
            yield Judgement(Verdict.NOT_IN_FORCE, cause, entry.first)

    def _absent(self) -> Iterator[Judgement]:
        """Does the text have the cited unit, as it stood when the revision began?

        A unit inside one that an amendment has rewritten since may be new: of it nothing is said.
        """
        unit = Address(self.address.units)
        if not self.tree.complete or self.tree.holds(unit):
            return
        for change in self.register.on(self.slug):
            if not change.confirmed or change.first is None or change.first > self.dealt.day:
                continue
            for target in change.addresses:
                inserted = change.kind == INSERT and touches(target, unit) is not Touch.NOT
                rewritten = (
                    change.kind in CHANGING and target.units and target != unit and self.tree.above(target, unit)
                )
                if inserted or rewritten:
                    return
        yield Judgement(Verdict.WRONG_ADDRESS, evidence.absent(self.register, self.slug, str(self.address)))

    def _cascade(self, text: LegalText) -> Iterator[Judgement]:
        """What the text details has ended. Until April 2025 it ended too, unless saved by name; since then it goes on.

        Before that day, once all that it details has ended: unknown, for whether it was saved is not
        recorded. Otherwise, and where a provision that it details has ended, it is to be reviewed.
        """
        if any(change.ends and change.whole for change in self.register.on(self.slug)):
            return
        ends = [self._ended(each, frozenset({self.slug})) for each in text.details]
        found = [change for change in ends if change is not None]
        if not found:
            return
        last = max(found, key=lambda change: change.first or date.min)
        since = last.first or date.min
        if len(found) == len(ends) and all(change.whole for change in found) and since < CASCADE_ENDED:
            yield Judgement(Verdict.UNKNOWN, evidence.cause(self.register, last), since, doubt=Doubt.CASCADE)
        elif since <= self.question.as_of and not self.dealt.before(since):
            yield Judgement(Verdict.REVIEW, evidence.cause(self.register, last), since)

    def _ended(self, detailed: Detailed, seen: frozenset[str]) -> Change | None:
        """The event that has ended a text, or the provisions named of it, by the horizon; followed upwards."""
        slugs = self.register.meant(detailed.text)
        if len(slugs) != 1 or slugs[0] in seen:
            return None
        named = [address for each in detailed.provisions for address in readable((each,))]
        for change in self.register.on(slugs[0]):
            over = change.first is None or change.first > self.question.horizon_end or change.over(self.question.as_of)
            if change.confirmed and change.ends and not over:
                tree = self.register.tree(slugs[0])
                inside = any(tree.above(target, each) for target in change.addresses for each in named)
                if (change.whole and not change.excepted) or inside:
                    return change
        text = self.register.texts.get(slugs[0])
        above = [] if text is None else [self._ended(each, seen | {slugs[0]}) for each in text.details]
        dated = [each for each in above if each is not None and each.first is not None and each.first < CASCADE_ENDED]
        return max(dated, key=lambda each: each.first or date.min) if dated and len(dated) == len(above) else None


def unchecked(text: LegalText, question: Question) -> Unchecked | None:
    """Is a text not held, or has nobody looked for its changes for too long? None where all is well."""
    if text.stub and not text.in_force:
        return Unchecked.STUB
    if text.checked is None:
        return Unchecked.NEVER
    oldest = question.as_of - timedelta(days=question.checked_within)
    return Unchecked.LONG_AGO if text.checked < oldest else None


def _ends_for_good(change: Change, hits: list[Hit]) -> bool:
    """Has another text ended the address, or one above it, without a day on which it comes back?"""
    from_above = any(hit.touch is Touch.FULL and hit.above for hit in hits)
    return change.event is not None and change.confirmed and change.ends and change.end is None and from_above


def _verdict(change: Change, hit: Hit) -> Verdict:
    if hit.touch is Touch.NAME or change.formal:
        return Verdict.MINOR
    if change.ends and hit.above:
        return Verdict.BASIS_ENDED
    return Verdict.OUTDATED


def _possible(said: list[Judgement]) -> Iterator[Judgement]:
    """What nobody has confirmed is shown at a lower grade, not hidden."""
    for each in said:
        if each.verdict.rank <= Verdict.UPCOMING.rank:
            coming = each.coming or each.verdict
            yield replace(each, verdict=Verdict.POSSIBLE, coming=coming, due=None, overdue=False)
