"""What a revision has already dealt with, for one cited address: event by event, each with a decision.

Only what valid records name (docs/currency.md); before there are records, adopted.yaml
stands for all confirmed events in force on its first day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from docctl.law.changes import Change
from docctl.law.spans import Spans, holds
from docctl.model.record import REOPENED, UPDATED, Cited, Dealt
from docctl.verdict import Judgement, Verdict

STATES = frozenset({Verdict.BASIS_ENDED, Verdict.SUSPENDED, Verdict.NOT_IN_FORCE, Verdict.WRONG_ADDRESS})
"""What holds whatever was taken in: only a decision that it does not matter, or is wrong, closes it."""


class Closing(Struct, frozen=True):
    """A record's decision on an event as it then was, and the day from which it counts."""

    day: date
    digest: str
    decision: str


class DealtWith(Struct, frozen=True):
    """``day`` is the first day of the revision. ``adopted``: no record tells, what held on that day counts.

    ``closings`` are by event id; of several for one event the last one holds.
    """

    day: date
    adopted: bool
    closings: Mapping[str, tuple[Closing, ...]] = field(default_factory=dict)

    def closing(self, event: str, digest: str | None) -> Closing | None:
        """The last decision on exactly this event, of the day of the latest; none where it was edited or reopened."""
        found = [each for each in self.closings.get(event, ()) if each.digest == digest]
        if not found or found[-1].decision == REOPENED:
            return None
        return replace(found[-1], day=max(each.day for each in found))

    def of(self, change: Change, windows: Spans) -> Closing | None:
        """The same of a change that operates in ``windows``; its digest is only made where a record names its id."""
        taken = self.adopted and change.confirmed and holds(windows, self.day)
        if change.id in self.closings:
            found = self.closing(change.id, change.digest())
            late = taken and found is not None and found.decision == UPDATED and found.day < self.day
            return replace(found, day=self.day) if found is not None and late else found
        return Closing(self.day, "", UPDATED) if taken else None

    def before(self, event: str, day: date) -> bool:
        """Did something begin before an adopted revision, and no record speaks of its event?"""
        return self.adopted and day <= self.day and event not in self.closings

    def and_taken_in(self, events: Iterable[tuple[str, str]], day: date) -> DealtWith:
        """The same where some events, by id and digest, were taken in on a day, as a consolidated text has done."""
        more = {
            event: (Closing(day, digest, UPDATED), *self.closings.get(event, ())) for event, digest in events
        }  # fmt: skip
        return replace(self, closings={**self.closings, **more})

    def closes(self, judgement: Judgement, *, state: bool = False) -> bool:
        """Is a judgement, or one about a ``state`` of the text, about something that was dealt with by name?"""
        cause = judgement.cause
        if cause is None or cause.event not in self.closings:
            return False
        closing = self.closing(cause.event, cause.digest)
        verdict = judgement.coming if judgement.verdict is Verdict.UNKNOWN else judgement.verdict
        return closing is not None and (closing.decision != UPDATED or not (state or verdict in STATES))


def closings(dealt: Iterable[tuple[date, Dealt]]) -> Mapping[Cited, Mapping[str, tuple[Closing, ...]]]:
    """The decisions of records, by citation and event, in the order they are given: that of their signing."""
    found: dict[Cited, dict[str, list[Closing]]] = {}
    for day, each in dealt:
        events = found.setdefault(each.citation, {})
        events.setdefault(each.event, []).append(Closing(day, each.digest, each.decision))
    return {cited: {event: tuple(given) for event, given in events.items()} for cited, events in found.items()}
