"""An entry of adopted.yaml does not count, for there were records already."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC433",
    "adopted-late",
    Severity.ERROR,
    _("An entry of adopted.yaml does not count, for there were records already"),
    _("adopted.yaml tells what was in force before there was a policy; nobody signs it, so afterwards it would bring texts into force without approval."),
    _("Have the text approved and issued (docctl sign, docctl issue), and take the entry away."),
)  # fmt: skip


def check(view: View) -> Iterator[Finding]:
    if view.policy is None:
        return
    document = view.adopted
    counted = view.counted_adoptions
    closed = view.policy.adopted
    if closed is not None and closed[0] > len(() if document is None else document.body):
        message = msg("the policy has closed adopted.yaml with {count} entries; they are not there", count=closed[0])
        yield finding(CODE, message, Location("adopted.yaml"))
    if document is None:
        return
    for place, entry in enumerate(document.body):
        if place not in counted:
            names = {"id": entry.document, "number": entry.number}
            message = msg("the entry of {id} {number} is later than the policy, or than its first record", **names)
            if closed is not None and not counted:
                message = msg("{id} {number} does not count: adopted.yaml is not what the policy has closed", **names)
            yield finding(CODE, message, document.locate(("adopted", place)), element=entry.document)


RULE = Rule(CODE, check, whole=True, across=True)
