"""There is no policy, so nothing can be approved here."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC401",
    "no-policy",
    Severity.NOTE,
    _("There is no policy, so nothing can be approved here"),
    _(
        "Who may prepare, review, approve and issue is said by a signed policy; without one adopted.yaml stands in for records, and anybody can write there."
    ),
    _("Make one when you are ready: docctl policy init (docs/approvals.md)."),
)


def check(view: View) -> Iterator[Finding]:
    if not view.has_policy:
        yield finding(
            CODE,
            msg("no policy: nobody has signed who may approve, and approvals are not checked"),
            Location("docctl.toml"),
        )


RULE = Rule(CODE, check, whole=True, across=True)
