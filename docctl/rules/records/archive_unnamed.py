"""A text lies in the archive that was never issued."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.record import ISSUED
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
    _(
        "Finish it (docctl issue, with the same day and decision), or put the record back; never take away what was once issued."
    ),
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
    named = {  # by records that are signed later, or that others have still to join
        (f"archive/{each.record.document}/{each.record.number}.yaml", each.record.archive_sha256)
        for each in view.records
        if each.record.meaning == ISSUED
    }
    for path in view.archive:
        if path not in issued and (path, view.sha256(path)) not in named:
            yield finding(CODE, msg("no record that counts says that {path} was issued", path=path), Location(path))


RULE = Rule(CODE, check, whole=True)
