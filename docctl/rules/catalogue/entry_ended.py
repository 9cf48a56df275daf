"""A document serves a procedure that has ended."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.coverage import Status
from docctl.model.view import View
from docctl.rules.catalogue.listed import about, at_each
from docctl.rules.rule import Rule

CODE = Code(
    "DC703",
    "entry-ended",
    Severity.ERROR,
    _("A document serves a procedure that has ended"),
    _(
        "What was abolished or replaced must not be carried out any more (63/2010/NĐ-CP, Điều 18 khoản 6); dossiers would be handled by rules that are gone."
    ),
    _(
        "Withdraw the document, or take the code out of covers; where another code took its place, write a revision for that one."
    ),
)


def check(view: View) -> Iterator[Finding]:
    for entry, names in about(view, Status.ENDED):
        if entry.successors:
            message = msg(
                "{code} was replaced by {successors} on {day} ({decision}), but the document still serves it",
                successors=", ".join(entry.successors),
                **names,
            )
        else:
            message = msg("{code} was abolished on {day} ({decision}), but the document still serves it", **names)
        yield from at_each(view, CODE, entry, message)


RULE = Rule(CODE, check, whole=True)
