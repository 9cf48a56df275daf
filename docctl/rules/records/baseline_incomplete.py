"""A revision was issued without dealing with a change then in effect."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC425",
    "baseline-incomplete",
    Severity.WARNING,
    _("A revision was issued without dealing with a change then in effect"),
    _(
        "The record that issues a revision lists every change of its legal texts in effect on its first day, each with a decision; what is left out is still open."
    ),
    _("Deal with it: docctl legal-review ID --event EVENT --decision … --reason …"),
)


def check(view: View) -> Iterator[Finding]:
    for left in view.left_out:
        names = {"id": left.document, "number": left.number, "event": left.event}
        message = msg("{id} {number} was issued without a decision on {event}, which was in effect", **names)
        fix = msg(
            "deal with it: docctl legal-review {id} --event '{event}' --decision … --reason …",
            id=left.document,
            event=left.event,
        )
        yield finding(CODE, message, Location(left.path), element=left.document, fix=fix)


RULE = Rule(CODE, check, whole=True)
