"""A text was rejected."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Related, Severity, finding
from docctl.lifecycle.requirements import rejections
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC421",
    "rejected",
    Severity.WARNING,
    _("A text was rejected"),
    _("One who may review or approve has said no, with a reason; until the text is changed it cannot be issued."),
    _("Change the text as the reason says, and have it signed again."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        current = view.standing(document.body.id).current
        if current is None or current.issued:
            continue
        for each in rejections(current.records):
            names = {
                "number": current.number,
                "id": each.person,
                "reason": " ".join((each.record.reason or "").split()),
            }
            message = msg("revision {number} was rejected by {id}: {reason}", **names)
            yield finding(
                CODE,
                message,
                document.locate(),
                element=document.body.id,
                related=[Related(Location(each.path), msg("the record"))],
            )


RULE = Rule(CODE, check, whole=True)
