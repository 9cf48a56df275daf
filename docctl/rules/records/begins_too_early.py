"""A later revision begins before, or was signed before, the one that it replaces."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.record import APPROVED
from docctl.model.standing import Revision
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC305",
    "begins-too-early",
    Severity.ERROR,
    _("A later revision begins before, or was signed before, the one that it replaces"),
    _("At any day one revision is in force; an order of numbers that is not the order of days leaves open which."),
    _("Issue it again with a later first day."),
)


def check(view: View) -> Iterator[Finding]:
    for standing in view.standings:
        issued = [each for each in standing.revisions if each.issued and each.issuing]
        earlier = [each for each in standing.revisions if each.issued and not each.never_began]
        for each in issued:
            for before in earlier:
                if before.order >= each.order or before.first is None or each.first is None:
                    continue
                names = {"id": each.document, "number": each.number, "before": before.number}
                place = Location(each.issuing[0].path)
                if each.first <= before.first:
                    message = msg("{id} {number} does not begin after {before} does", **names)
                    yield finding(CODE, message, place, element=each.document)
                elif _approved(each) < _approved(before):
                    message = msg("{id} {number} was approved before {before} was", **names)
                    yield finding(CODE, message, place, element=each.document)
                elif before.issuing and each.issuing[0].record.signed_at < before.issuing[0].record.signed_at:
                    message = msg("{id} {number} was signed before {before} was", **names)
                    yield finding(CODE, message, place, element=each.document)


def _approved(revision: Revision) -> str:
    """When it was first approved; what was only adopted came before."""
    moments = (each.record.signed_at.isoformat() for each in revision.records if each.record.meaning == APPROVED)
    return min(moments, default="")


RULE = Rule(CODE, check, whole=True)
