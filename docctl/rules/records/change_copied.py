"""A revision gives the reason of the one before."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import Param, msg
from docctl.message import mark as _
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC311",
    "change-copied",
    Severity.ERROR,
    _("A revision gives the reason of the one before"),
    _("The table of changes tells of each revision what was changed and why (101/QĐ-BKHCN; ISO 9001:2015, 7.5.3.2 c); only the first one is a first issue."),
    _("Say under change what this revision changes, and why."),
)  # fmt: skip


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        standing, change = view.standing(document.body.id), document.body.change
        current = standing.current
        if current is None or current.issued or change is None:
            continue
        before = [each for each in standing.revisions if each.issued and each.order < current.order]
        if not before:
            continue
        last = before[-1]
        names: dict[str, Param] = {"number": document.body.number, "before": last.number}
        if change.reason == "first-issue":
            message = msg("revision {number} is called a first issue, but {before} was issued before it", **names)
            yield finding(CODE, message, document.locate(("change", "reason")), element="change")
            continue
        old = None if last.path is None or last.path == document.path else view.archived(last.path)
        if old is not None and old.body.change is not None and old.body.change.summary == change.summary:
            message = msg("revision {number} says the same under change as {before} did", **names)
            found = finding(CODE, message, document.locate(("change", "summary")), element="change")
            yield replace(found, severity=Severity.WARNING)


RULE = Rule(CODE, check, whole=True)
