"""A text was changed after it was signed."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Related, Severity, finding
from docctl.lifecycle.requirements import BEFORE_ISSUE
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.record import REJECT
from docctl.model.standing import Stage
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC412",
    "approval-voided",
    Severity.ERROR,
    _("A text was changed after it was signed"),
    _(
        "A signature is for exactly the words that were signed; any change of them makes it void (21 CFR 11.70; ISO 9001:2015, 7.5.2 c)."
    ),
    _("Have the text signed again, or take the edit back."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        current = view.standing(document.body.id).current
        if current is None or not current.voided or current.stage is not Stage.DRAFT:
            continue
        if any(each.issued and each.order >= current.order for each in view.standing(document.body.id).revisions):
            continue  # an issued text was changed: that is the fault (DC302), and signing again would not mend it
        if {each.record.digest for each in current.voided} <= _rejected(view, document.body.id):
            continue  # it had to be changed
        voided = sorted(current.voided, key=lambda each: BEFORE_ISSUE.index(each.record.meaning))
        last = voided[-1]
        signers = ", ".join(dict.fromkeys(each.person for each in voided))
        names = {
            "number": document.body.number,
            "signers": signers,
            "was": last.record.digest[:8],
            "now": current.digest[:8],
        }
        if last.record.digest == current.digest:
            message = msg(
                "a form that revision {number} uses was changed in forms.yaml after {signers} signed it", **names
            )
        else:
            message = msg(
                "revision {number} was changed after {signers} signed it: they signed {was}…, the file is now {now}…",
                **names,
            )
        meaning = voided[0].record.meaning
        fix = msg(
            "have it signed again (docctl sign {id} --as {meaning}), or take the edit back",
            id=document.body.id,
            meaning=meaning,
        )
        related = [
            Related(
                Location(each.path), msg("signed by {id} on {day}", id=each.person, day=each.record.day.isoformat())
            )
            for each in current.voided
        ]
        yield finding(CODE, message, document.locate(), element=document.body.id, related=related, fix=fix)


def _rejected(view: View, document: str) -> set[str]:
    """The texts of a document that somebody has rejected."""
    return {
        each.record.digest
        for each in view.records
        if each.record.document == document and each.record.decision == REJECT
    }


RULE = Rule(CODE, check, whole=True)
