"""A number does not follow the one before."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import Param, msg
from docctl.message import mark as _
from docctl.model.standing import Standing
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC304",
    "number-skipped",
    Severity.ERROR,
    _("A number does not follow the one before"),
    _(
        "Numbers rise without gaps: after 2.1 comes 2.2 (an edit) or 3.0 (a new issue); a gap looks like something taken away."
    ),
    _("Write the next number: revision one higher, or issue one higher and revision 0."),
)


def check(view: View) -> Iterator[Finding]:
    own = {document.body.id: document for document in view.procedures}
    for standing in view.standings:
        chain = [each for each in standing.revisions if each.issued]
        current = standing.current
        if current is not None and not current.issued and (not chain or current.order > chain[-1].order):
            chain.append(current)
        for before, after in pairwise(chain):
            if (
                after.order in ((before.issue, before.revision + 1), (before.issue + 1, 0))
                or after.order == before.order
            ):
                continue
            names = {"id": after.document, "number": after.number, "before": before.number}
            message = msg("{id} {number} does not follow {before}", **names)
            fix = msg(
                "{edit} or {issue} can follow",
                edit=f"{before.issue}.{before.revision + 1}",
                issue=f"{before.issue + 1}.0",
            )
            place = Location("adopted.yaml")
            if after is current and after.document in own:
                wrong = "issue" if after.issue not in (before.issue, before.issue + 1) else "revision"
                place = own[after.document].locate((wrong,))
            elif after is current:
                place = Location(after.path or "adopted.yaml")
            elif after.adoption is not None:
                place = view.locate("adopted.yaml", ("adopted", after.adoption.place))
            elif after.issuing:
                place = Location(after.issuing[0].path)
            yield finding(CODE, message, place, element=after.document, fix=fix)
        yield from _replaced(standing)


def _replaced(standing: Standing) -> Iterator[Finding]:
    """Does a record name the revision that it replaces as it was?"""
    issued = [each for each in standing.revisions if each.issued]
    for each in issued:
        if not each.issuing:
            continue
        earlier = [other for other in issued if other.order < each.order]
        before = (earlier[-1].issue, earlier[-1].revision, earlier[-1].digest) if earlier else None
        said = each.issuing[0].record.previous
        if said != before:
            names: dict[str, Param] = {
                "id": each.document,
                "number": each.number,
                "said": msg("none") if said is None else f"{said[0]}.{said[1]} ({said[2][:12]}…)",
                "before": msg("none") if before is None else f"{before[0]}.{before[1]} ({before[2][:12]}…)",
            }
            message = msg("the record of {id} {number} says that it replaces {said}; before it was {before}", **names)
            yield finding(CODE, message, Location(each.issuing[0].path), element=each.document)


RULE = Rule(CODE, check, whole=True)
