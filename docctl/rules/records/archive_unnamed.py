"""A text lies in the archive that was never issued."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC307",
    "archive-unnamed",
    Severity.WARNING,
    _("A text lies in the archive that was never issued"),
    _(
        "The archive holds what was issued and nothing else; what no record names may be what is left of an unfinished issue, or of a record that is gone."
    ),
    _("Finish it (docctl issue), put the record back, or take the file away if it was never issued."),
)


def check(view: View) -> Iterator[Finding]:
    if view.has_policy and view.policy is None:
        return  # then no record counts, and nothing can be said
    issued = {
        f"archive/{each.document}/{each.number}.yaml"
        for standing in view.standings
        for each in standing.revisions
        if each.issued
    }
    later = {
        f"archive/{each.record.document}/{each.record.number}.yaml"
        for each in view.records
        if each.record.day > view.as_of
    }
    for path in view.archive:
        if path not in issued and path not in later:
            yield finding(CODE, msg("no record that counts says that {path} was issued", path=path), Location(path))


RULE = Rule(CODE, check, whole=True)
