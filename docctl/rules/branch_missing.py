"""A branch for incomplete or refused dossiers is missing."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC227",
    "branch-missing",
    Severity.NOTE,
    _("A branch for incomplete or refused dossiers is missing"),
    _(
        "Incomplete dossiers are returned with reasons, all requests at once, and refusals are reasoned in writing (61/2018/NĐ-CP, Điều 17 và 19, replaced by 118/2025/NĐ-CP from 2025-07-01; 63/2010/NĐ-CP, Điều 18)."
    ),
    _("Add choices: with case: incomplete and case: refused to the step that finds out."),
)


_MISSING = (
    ("incomplete", msg("no branch for an incomplete dossier (case: incomplete)")),
    ("refused", msg("no branch for a refused dossier (case: refused)")),
)


def check(view: View) -> Iterator[Finding]:
    for document in view.procedures:
        if document.body.received_at is None:
            continue
        cases = {choice.case for step in document.body.steps for choice in step.choices}
        for message in (message for case, message in _MISSING if case not in cases):
            yield finding(CODE, message, document.locate(("steps",), key=True), element="steps")


RULE = Rule(CODE, check)
