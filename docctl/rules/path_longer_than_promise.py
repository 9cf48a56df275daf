"""The steps take longer than the procedure promises."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Pointer, Related, Severity, finding
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.duration import HOURS_OF_A_WORKING_DAY
from docctl.model.flow import Path, longest
from docctl.model.procedure import Procedure, ProcessingTime
from docctl.model.view import Document, View
from docctl.rules.rule import Rule, days_in_words, duration_in_words, hours_in_words
from docctl.rules.times import Need, decisive, needed, promises

CODE = Code(
    "DC214",
    "path-longer-than-promise",
    Severity.ERROR,
    _("The steps take longer than the procedure promises"),
    _("The promised time may not be shorter than the work; parallel steps do not add up (docs/rules/DC214.md)."),
    _("Shorten a step, let steps run in parallel, or raise processing_time within the legal limit."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        ways = longest(document.body.steps)
        if ways is None:
            continue  # said by DC209 and DC206
        for pointer, time in promises(document.body):
            if needed(ways, time.promised) is Need.TOO_LONG:
                yield _say(document, decisive(ways, time.promised), pointer, time)


def _taken(path: Path) -> Message:
    """The time of a way; days and working time are named side by side, never added."""
    if path.days == 0:
        return hours_in_words(path.hours)
    days = days_in_words(path.days, working=False)
    return days if path.hours == 0 else msg("{days} and {hours}", days=days, hours=hours_in_words(path.hours))


def _say(document: Document[Procedure], path: Path, pointer: Pointer, time: ProcessingTime) -> Finding:
    heaviest = max(path.steps, key=lambda step: step.time.working_hours or step.time.value * HOURS_OF_A_WORKING_DAY)
    index = document.body.steps.index(heaviest)
    taken = _taken(path)
    message = msg(
        "the steps on the longest path take {taken}, the procedure promises {promised}",
        taken=taken, promised=duration_in_words(time.promised),
    )  # fmt: skip
    names = ", ".join(step.id for step in path.steps)
    place = document.locate(("steps", index, "time"))
    related = (
        Related(place, msg('{step} "{title}" is the longest', step=heaviest.id, title=heaviest.title)),
        Related(document.locate(pointer), msg("the promise")),
        Related(document.locate(("steps",), key=True), msg("the longest path: {steps}", steps=names)),
    )
    fix = None
    if time.legal_limit is not None:
        limit = duration_in_words(time.legal_limit)
        fix = msg(
            "shorten a step, let steps run in parallel, or raise processing_time; the law allows at most {limit}",
            limit=limit,
        )
    return finding(CODE, message, place, element=heaviest.id, related=related, fix=fix)


RULE = Rule(CODE, check)
