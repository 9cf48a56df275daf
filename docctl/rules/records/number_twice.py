"""Two texts claim one number, or one place after another revision."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.lifecycle.revisions import alike
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.record import ISSUED
from docctl.model.standing import Revision, Standing
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC303",
    "number-twice",
    Severity.ERROR,
    _("Two texts claim one number, or one place after another revision"),
    _(
        "A number is given once and never again; two branches that both made the next revision must not both come into force."
    ),
    _("Keep one of the two; give the other the next number and have it approved again."),
)


def check(view: View) -> Iterator[Finding]:
    for standing in view.standings:
        last = standing.latest_issued
        for order, found in _twice(standing):
            # Once a later revision is issued it is known which is in force; that it happened stays said.
            over = last is not None and last.order > order and last.begun
            yield replace(found, severity=Severity.NOTE, fix=None) if over else found


def _twice(standing: Standing) -> Iterator[tuple[tuple[int, int], Finding]]:
    """Each claim that stands against another one, with the number it is about."""
    issued = sorted((each for each in standing.revisions if each.issued), key=_signed)
    numbers: dict[str, Revision] = {}
    for each in issued:
        other = numbers.setdefault(each.number, each)
        if other is not each:
            names = {"id": each.document, "number": each.number, "one": other.digest[:12], "two": each.digest[:12]}
            message = msg("{id} {number} was issued twice, with the texts {one}… and {two}…", **names)
            yield each.order, finding(CODE, message, _place(each), element=each.document)
    for each in issued:
        for group in [*alike(each.records, ISSUED)][1:] if each.issuing else ():
            names = {"id": each.document, "number": each.number}
            message = msg("records of {id} {number} issue it for different days, decisions or forms", **names)
            yield each.order, finding(CODE, message, Location(group[0].path), element=each.document)
    after: dict[tuple[int, int, str], Revision] = {}
    for each in issued:
        previous = each.issuing[0].record.previous if each.issuing else None
        if previous is None:
            continue
        other = after.setdefault(previous, each)
        if other is not each and other.number != each.number:
            names = {
                "id": each.document,
                "one": other.number,
                "two": each.number,
                "before": f"{previous[0]}.{previous[1]}",
            }
            message = msg("{id} {one} and {two} both replace {before}", **names)
            yield each.order, finding(CODE, message, _place(each), element=each.document)


def _signed(revision: Revision) -> str:
    """When it was issued; what was only adopted came before."""
    return revision.issuing[0].record.signed_at.isoformat() if revision.issuing else ""


def _place(revision: Revision) -> Location:
    return Location(revision.issuing[0].path if revision.issuing else "adopted.yaml")


RULE = Rule(CODE, check, whole=True)
