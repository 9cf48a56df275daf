"""A text that was issued was changed under its old number."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.standing import Stage
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC302",
    "issued-text-changed",
    Severity.ERROR,
    _("A text that was issued was changed under its old number"),
    _(
        "An issued revision is exactly the text that was signed; any other text is the draft of a next one (ISO 9001:2015, 7.5.3.2 c)."
    ),
    _("Raise revision (or issue) in the file and say why under change, or take the edit back."),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        standing = view.standing(document.body.id)
        issued = [each for each in standing.revisions if each.issued]
        if not issued or standing.current is None:
            continue
        last = max(issued, key=lambda each: each.order)
        if standing.current.stage is Stage.SUPERSEDED and standing.effective is not None:
            names = {"id": document.body.id, "number": document.body.number, "last": standing.effective.number}
            message = msg("the file holds {id} {number}, but {last} is in force", **names)
            yield finding(CODE, message, document.locate(("revision",)), element="revision")
        if standing.current.issued:
            continue
        if standing.current.order <= last.order:
            names = {"id": document.body.id, "number": document.body.number, "last": last.number}
            message = msg(
                "the text of {id} {number} is not the one that was issued; {last} is the last issued", **names
            )
            found = finding(CODE, message, document.locate(("revision",)), element="revision")
            # Before there are records nothing was signed: the entry is wrong as easily as the text.
            yield found if last.issuing else replace(found, severity=Severity.WARNING)


RULE = Rule(CODE, check, whole=True)
