"""The steps take longer than the procedure promises."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Pointer, Related, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.flow import Path, circle, longest_path
from docctl.model.procedure import Procedure, ProcessingTime
from docctl.model.view import Document, View
from docctl.rules.rule import Rule, days_in_words, duration_in_words, hours_in_words
from docctl.rules.times import Need, needed, promises

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
        procedure = document.body
        if circle(procedure.steps) or len({step.id for step in procedure.steps}) < len(procedure.steps):
            continue  # said by DC209 and DC206
        path = longest_path(procedure.steps)
        for pointer, time in promises(procedure):
            if needed(path, time.promised) is Need.TOO_LONG:
                yield _say(document, path, pointer, time)


def _say(document: Document[Procedure], path: Path, pointer: Pointer, time: ProcessingTime) -> Finding:
    longest = max(path.steps, key=lambda step: step.time.working_hours or step.time.value * 8)
    index = document.body.steps.index(longest)
    taken = (
        hours_in_words(path.hours) if path.days == 0 else days_in_words(path.days + -(-path.hours // 8), working=False)
    )
    message = msg(
        "the steps on the longest path take {taken}, the procedure promises {promised}",
        taken=taken, promised=duration_in_words(time.promised),
    )  # fmt: skip
    names = ", ".join(step.id for step in path.steps)
    place = document.locate(("steps", index, "time"))
    related = (
        Related(place, msg('{step} "{title}" is the longest', step=longest.id, title=longest.title)),
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
    return finding(CODE, message, place, element=longest.id, related=related, fix=fix)


RULE = Rule(CODE, check)
