"""The steps of a procedure as a graph: what follows what, what is reached, which way is longest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from docctl.model.duration import DAY, HOURS_OF_A_WORKING_DAY
from docctl.model.procedure import Step

RESTARTING = frozenset({"incomplete", "late"})
"""Branches outside the promised time: a dossier returned to be completed starts the clock anew
(61/2018/NĐ-CP, Điều 19 khoản 4), and a late one has broken the promise already."""


class Path(Struct, frozen=True):
    """A way through the steps with its time: working hours and calendar days do not add up."""

    steps: tuple[Step, ...]
    hours: int
    days: int

    @property
    def weight(self) -> int:
        """For choosing the longest way: a calendar day counts as a working day."""
        return self.hours + self.days * HOURS_OF_A_WORKING_DAY

    def after(self, step: Step) -> Path:
        """The same way with one more step before it."""
        hours = step.time.working_hours
        days = step.time.value if step.time.unit == DAY else 0
        return Path((step, *self.steps), self.hours + (hours or 0), self.days + days)


def targets(step: Step, *, every_branch: bool) -> Iterator[str]:
    """Ids of the steps that may follow: with every branch, or only those within the promised time."""
    yield from step.next
    for choice in step.choices:
        if every_branch or choice.case not in RESTARTING:
            yield choice.to


def reachable(steps: Sequence[Step]) -> frozenset[str]:
    """Ids of the steps that can be reached from the first one."""
    by_id = {step.id: step for step in steps}
    open_steps, seen = [step.id for step in steps[:1]], set[str]()
    while open_steps:
        step_id = open_steps.pop()
        if step_id in by_id and step_id not in seen:
            seen.add(step_id)
            open_steps += targets(by_id[step_id], every_branch=True)
    return frozenset(seen)


def circle(steps: Sequence[Step]) -> tuple[Step, ...] | None:
    """Steps that follow each other in a circle within the promised time, or None."""
    return _walked(steps, {step.id: step for step in steps})[1]


def _walked(steps: Sequence[Step], by_id: Mapping[str, Step]) -> tuple[Sequence[Step], tuple[Step, ...] | None]:
    """Every step after all that follow it within the promised time; or as far as it went, and a circle."""
    done: dict[str, Step] = {}
    for first in steps:
        # Depth-first with an explicit trail: 500 steps in a row are allowed and would exhaust recursion.
        trail: list[tuple[Step, Iterator[str]]] = []
        on_trail: set[str] = set()
        if first.id not in done:
            trail.append((first, targets(first, every_branch=False)))
            on_trail.add(first.id)
        while trail:
            step, following = trail[-1]
            target = next(following, None)
            if target is None:
                trail.pop()
                on_trail.discard(step.id)
                done[step.id] = step
            elif target in on_trail:
                steps_on_trail = [each for each, _ in trail]
                ids = [each.id for each in steps_on_trail]
                return (*done.values(),), tuple(steps_on_trail[ids.index(target) :])
            elif target in by_id and target not in done:
                trail.append((by_id[target], targets(by_id[target], every_branch=False)))
                on_trail.add(target)
    return (*done.values(),), None


class Ways(Struct, frozen=True):
    """What the ways through the steps need at most: the one with most working hours, and the heaviest one.

    Where days and hours mix these differ, and neither alone decides; ``any_days`` and ``any_hours`` say
    whether any way holds a step in that unit.
    """

    hours: Path
    weight: Path
    any_days: bool
    any_hours: bool


def longest(steps: Sequence[Step]) -> Ways | None:
    """The longest ways from the first step on; None where a circle or a double id leaves no answer."""
    by_id = {step.id: step for step in steps}
    ends_first, closed = _walked(steps, by_id)
    if len(by_id) < len(steps) or closed is not None:
        return None
    by_hours: dict[str, Path] = {}
    by_weight: dict[str, Path] = {}
    end = Path((), 0, 0)
    for step in ends_first:
        following = [each for each in targets(step, every_branch=False) if each in by_hours]
        by_hours[step.id] = max((by_hours[each] for each in following), key=lambda path: path.hours, default=end).after(
            step
        )
        by_weight[step.id] = max(
            (by_weight[each] for each in following), key=lambda path: path.weight, default=end
        ).after(step)
    reached = [by_id[each] for each in _within(steps, by_id)]
    return Ways(
        by_hours[steps[0].id],
        by_weight[steps[0].id],
        any(step.time.unit == DAY and step.time.value > 0 for step in reached),
        any(step.time.unit != DAY and step.time.value > 0 for step in reached),
    )


def _within(steps: Sequence[Step], by_id: Mapping[str, Step]) -> set[str]:
    """Ids of the steps that lie on ways within the promised time."""
    open_steps, seen = [steps[0].id], set[str]()
    while open_steps:
        step_id = open_steps.pop()
        if step_id in by_id and step_id not in seen:
            seen.add(step_id)
            open_steps += targets(by_id[step_id], every_branch=False)
    return seen
