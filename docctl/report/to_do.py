"""What a piece of work asks for, in words and as the command that closes it; shared by all formats of the worklist."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from datetime import date

from docctl.message import Message, msg
from docctl.model.currency import TextVerdict
from docctl.model.work import Item, Task
from docctl.report.mending import TO_DO, mending
from docctl.report.outdated import element_words
from docctl.report.setting import Setting, visible
from docctl.verdict import START, Doubt, Judgement, Proof, Verdict
from docctl.verdict_words import LABELS, OVERDUE, unchecked

_MOST_EVENTS = 3
_IN_THE_FILE = frozenset({Doubt.UNREADABLE_ADDRESS, Doubt.AMBIGUOUS, Doubt.CONSOLIDATED})
"""Doubts that are mended where the citation stands."""


def label(judgement: Judgement) -> Sequence[Message]:
    """OVERDUE first, then the verdict."""
    verdict = LABELS.get(judgement.verdict, Message(judgement.verdict.value))
    return [OVERDUE, verdict] if judgement.overdue else [verdict]


def what_to_do(judgement: Judgement) -> Message:
    """In one sentence, without the command."""
    cause = judgement.cause
    if judgement.due is not None and cause is not None:
        return mending(judgement.coming or judgement.verdict, cause)
    if cause is not None and cause.kind == START and judgement.verdict is Verdict.UPCOMING:
        return msg("let the revision that rests on it begin on that day or later")
    return TO_DO.get(judgement.verdict, msg("read what has changed, and decide"))


def commands(items: Sequence[Item], *, recorded: bool) -> Sequence[str]:
    """The commands that close items of one task; ``ID`` stands for the procedure where there are several.

    ``recorded``: are there records, or does adopted.yaml stand in for them?
    """
    first = items[0]
    cause = first.judgement.cause
    if first.verdict is Verdict.POSSIBLE and cause is not None:
        events = dict.fromkeys(item.event.partition("#")[2] for item in items)
        return [f"docctl law confirm {cause.text} {' '.join(events)} --by {first.owner}"]
    found = [*_mended(items, recorded=recorded)]
    if recorded and cause is not None:
        found.append(f"docctl legal-review {_name(items)} {_events(items)} --decision no_impact --reason …")
    return found or [f"docctl outdated {_name(items)} --explain"]


def _mended(items: Sequence[Item], *, recorded: bool) -> Iterator[str]:
    """What is run when the text, or the register, has been mended."""
    finding, judgement = items[0].findings[0], items[0].judgement
    if judgement.due is not None:
        day = judgement.since.isoformat() if judgement.coming and judgement.since else "DATE"
        yield f"docctl {'issue' if recorded else 'adopt'} {_name(items)} --effective-from {day}"
    elif judgement.doubt is Doubt.NOT_REGISTERED:
        yield f"docctl law add FILE --number {shlex.quote(judgement.detail or '')}"
    elif judgement.verdict is Verdict.WRONG_ADDRESS or judgement.doubt in _IN_THE_FILE:
        yield f"docctl check {shlex.quote(finding.location.path)}"
    elif judgement.cause is not None and judgement.verdict in (Verdict.UNDATED, Verdict.UNKNOWN):
        yield f"docctl law show {judgement.cause.text}"


def _name(items: Sequence[Item]) -> str:
    ids = {item.procedure for item in items}
    return items[0].procedure if len(ids) == 1 else "ID"


def _events(items: Sequence[Item]) -> str:
    """The events to be decided about, where they are the same for all procedures and not too many to be read."""
    events: dict[str, list[str]] = {}
    for item in items:
        events.setdefault(item.procedure, []).append(
            item.proof.judgement.cause.event if item.proof.judgement.cause else ""
        )
    first, *others = events.values()
    if len(first) > _MOST_EVENTS or any(each != first for each in others):
        return "--event EVENT"
    return " ".join(f"--event {shlex.quote(event)}" for event in first)


def by_when(day: date | None, judgement: Judgement, as_of: date) -> Message | str:
    """The day; ``at once`` for what has none and cannot wait."""
    if day is None:
        return msg("no day set")
    if judgement.due is None:
        return msg("at once") if day == as_of else msg("before {day}", day=day.isoformat())
    return day.isoformat()


def lateness(judgement: Judgement, as_of: date) -> Message | None:
    """How late it is; of what comes soon, how much time is left. None where there is no due day."""
    if judgement.due is None:
        return None
    days = (judgement.due.day - as_of).days
    if judgement.overdue:
        return msg("1 day late") if days == -1 else msg("{days} days late", days=-days)
    if days < 0 and judgement.due.rolled:
        return msg("its time ran out {days} days ago", days=-days)  # it runs from what this has taken the place of
    if days < 0:
        return msg("{days} days late, holidays of that year not known", days=-days)
    if days == 0:
        return msg("due today")
    return msg("1 day left") if days == 1 else msg("{days} days left", days=days)


def elements(proofs: Iterator[Proof] | Sequence[Proof], setting: Setting) -> list[str]:
    """The elements that are touched, each once, as people call them."""
    words = (element_words(each) for each in dict.fromkeys(proof.element for proof in proofs))
    return [visible(each) if isinstance(each, str) else setting.say(each) for each in words]


def quotes(task: Task) -> list[str]:
    """The sentences of the law behind a task, each once, on one line."""
    causes = [proof.judgement.cause for proof in task.proofs]
    found = dict.fromkeys(" ".join(each.quote.split()) for each in causes if each is not None and each.quote)
    return [*found]


def by_procedure(items: Sequence[Item]) -> Sequence[Sequence[Item]]:
    """The items of each procedure together, in their order."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault(item.procedure, []).append(item)
    return [*found.values()]


def settled(items: Sequence[Item]) -> Message | None:
    """That a scheduled revision of the procedure has none of the items any more; None where it has."""
    first = items[0].settled
    if first is None or any(item.settled != first for item in items):
        return None
    return msg("revision {number}, from {day}, settles it", number=first[0], day=first[1].isoformat())


def source(text: TextVerdict, setting: Setting) -> str:
    """A text of the register, why it is to be looked at, and who cites it."""
    reasons = "; ".join(setting.say(unchecked(each)) for each in text.judgements)
    names = {"text": text.number, "reason": reasons, "procedures": ", ".join(text.cited_by)}
    return setting.say(msg("{text}: {reason}; cited by {procedures}", **names))
