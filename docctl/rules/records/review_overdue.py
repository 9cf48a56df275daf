"""A document was not looked at for too long."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.law.calendar import add_months
from docctl.lifecycle.revisions import last_review
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC308",
    "review-overdue",
    Severity.WARNING,
    _("A document was not looked at for too long"),
    _(
        "Documents are reviewed at planned intervals whether or not anything has changed (EU GMP Annex 11, 11; the agency sets the interval in docctl.toml)."
    ),
    _("Look through it and sign: docctl sign ID --as periodic-review --decision confirm, revise or withdraw."),
)


def check(view: View) -> Iterator[Finding]:
    months, grace = view.config.review_months, view.config.review_grace_days
    for standing in view.standings:
        revision = standing.effective
        if revision is None or months == 0:
            continue
        last = last_review(revision)
        if last is None:
            continue
        due = add_months(last, months)
        if view.as_of > due:
            names = {
                "id": revision.document,
                "number": revision.number,
                "last": last.isoformat(),
                "due": due.isoformat(),
            }
            message = msg("{id} {number} was last looked at on {last}; its review was due on {due}", **names)
            fix = msg("look through it and sign: docctl sign {id} --as periodic-review", id=revision.document)
            place = Location(revision.path or "docctl.toml")
            found = finding(CODE, message, place, element=revision.document, fix=fix)
            # Of what was adopted nobody has signed when it was last looked at; the day is only a guess.
            late = bool(revision.issuing) and (view.as_of - due).days > grace
            yield replace(found, severity=Severity.ERROR) if late else found


RULE = Rule(CODE, check, whole=True)
