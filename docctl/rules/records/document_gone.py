"""A revision is in force, but the file of its document is gone."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC309",
    "document-gone",
    Severity.ERROR,
    _("A revision is in force, but the file of its document is gone"),
    _("Deleting a file does not end a procedure; only a signed withdrawal does."),
    _("Put the file back, or end it: docctl withdraw ID."),
)


def check(view: View) -> Iterator[Finding]:
    if not view.listed("procedures"):
        return  # then nothing in it may be called missing
    for standing in view.standings:
        path = f"procedures/{standing.document}.yaml"
        revision = standing.effective or next(iter(standing.scheduled), None)
        if revision is not None and revision.issuing and not view.holds(path):
            names = {"id": standing.document, "number": revision.number, "path": path}
            fix = msg("put the file back, or end it: docctl withdraw {id} --from DATE --reason …", id=standing.document)
            message = msg("{id} {number} is issued, but there is no {path}", **names)
            yield finding(CODE, message, Location(revision.issuing[0].path), element=standing.document, fix=fix)


RULE = Rule(CODE, check, whole=True)
