"""adopted.yaml contradicts itself or the procedures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

if TYPE_CHECKING:  # a check of one procedure reads no legal text
    from docctl.model.adoption import Adoption

CODE = Code(
    "DC301",
    "adopted-inconsistent",
    Severity.ERROR,
    _("adopted.yaml contradicts itself or the procedures"),
    _(
        "Revisions are numbered upwards and never twice (ISO 9001:2015, 7.5.3.2); a wrong entry would judge a procedure against the wrong day."
    ),
    _("Correct the entry; docctl adopt writes entries that fit."),
)


def check(view: View) -> Iterator[Finding]:
    document = view.adopted
    if document is None:
        return
    last: dict[str, Adoption] = {}
    for place, entry in enumerate(document.body):
        names = {"id": entry.document, "number": entry.number}
        before = last.get(entry.document)
        if not view.holds(f"procedures/{entry.document}.yaml"):
            message = msg("there is no procedure {id}", id=entry.document)
            yield finding(CODE, message, document.locate(("adopted", place, "document")), element=entry.document)
        if before is not None and entry.order <= before.order:
            message = msg("revision {number} of {id} does not come after {before}", **names, before=before.number)
            yield finding(CODE, message, document.locate(("adopted", place, "revision")), element=entry.document)
        elif before is not None and entry.effective_from <= before.effective_from:
            message = msg("revision {number} of {id} does not begin after {before} did", **names, before=before.number)
            yield finding(CODE, message, document.locate(("adopted", place, "effective_from")), element=entry.document)
        last[entry.document] = entry


RULE = Rule(CODE, check)
