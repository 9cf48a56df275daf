"""Working time and calendar days cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Related, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.duration import DAY, compare
from docctl.model.flow import longest
from docctl.model.view import View
from docctl.rules.rule import Rule, duration_in_words
from docctl.rules.times import Need, needed, promises

CODE = Code(
    "DC218",
    "times-not-comparable",
    Severity.WARNING,
    _("Working days and calendar days cannot be compared"),
    _(
        '"Ngày" and "ngày làm việc" are different promises; docctl does not guess how many working days lie in a span of days.'
    ),
    _("Write both in the same unit of time."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        procedure = document.body
        for pointer, time in promises(procedure):
            odd = next(
                (step for step in procedure.steps if (step.time.unit == DAY) != (time.promised.unit == DAY)), None
            )
            ways = None if odd is None else longest(procedure.steps)
            if odd is not None and ways is not None and needed(ways, time.promised) is Need.UNKNOWN:
                message = msg(
                    "the time of the steps cannot be compared with the promised {promised}",
                    promised=duration_in_words(time.promised),
                )
                where = document.locate(("steps", procedure.steps.index(odd), "time"))
                related = (Related(document.locate(pointer, key=True), msg("the promise")),)
                yield finding(CODE, message, where, element=odd.id, related=related)
            if time.legal_limit is not None and compare(time.promised, time.legal_limit) is None:
                message = msg(
                    "the promised {promised} cannot be compared with the legal limit of {limit}",
                    promised=duration_in_words(time.promised), limit=duration_in_words(time.legal_limit),
                )  # fmt: skip
                place = document.locate(pointer, key=True)
                yield finding(CODE, message, place, element=document.element(pointer))


RULE = Rule(CODE, check)
