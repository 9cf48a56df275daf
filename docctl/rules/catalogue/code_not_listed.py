"""A document serves a code that no decision names."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.coverage import Status
from docctl.model.view import View
from docctl.rules.catalogue.listed import about, at_each, way_out
from docctl.rules.rule import Rule

CODE = Code(
    "DC704",
    "code-not-listed",
    Severity.WARNING,
    _("A document serves a code that no decision names"),
    _(
        "An administrative procedure is published by a decision (63/2010/NĐ-CP, Điều 13); an unknown code is one that was mistyped, or a decision is missing here."
    ),
    _("Correct the code in covers, or enter the decision that publishes it in catalogue/."),
)


def check(view: View) -> Iterator[Finding]:
    for entry, names in about(view, Status.UNLISTED):
        message = msg("no decision in catalogue/ names {code}", **names)
        yield from at_each(view, CODE, entry, message, way_out(view, entry))


RULE = Rule(CODE, check, whole=True)
