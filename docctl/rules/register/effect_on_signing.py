"""A text said to take effect on the day it was signed, without the clause that says so."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.legal_text import LegalText
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC246",
    "effect-on-signing",
    Severity.NOTE,
    _("A text is said to take effect on the day it was signed"),
    _(
        "A text of a central body takes effect 45 days after its signing at the earliest, one of a province 10 days after it, unless it was made by the shortened procedure (80/2015/QH13, Điều 151; 64/2025/QH15, Điều 53). Publishers often print the day of signing by mistake, and every due date hangs on it."
    ),
    _("Compare the day with the clause of the text that states it, and name that clause: stated_in."),
)
_SINCE = date(2016, 7, 1)
"""From then on the law of 2015 on legal texts is in force."""
_KINDS = frozenset({"law", "code", "ordinance", "resolution", "decree", "circular", "joint_circular"})


def check(view: View) -> Iterator[Finding]:
    for document in view.legal_texts.values():
        text = document.body
        if text.issued is None or text.issued < _SINCE or not _normative(text):
            continue
        for place, entry in enumerate(text.in_force):
            if entry.first == text.issued and entry.stated_in is None:
                message = msg("it takes effect on the day it was signed, and no clause that says so is named")
                yield finding(CODE, message, document.locate(("in_force", place, "from")), element="in_force")


def _normative(text: LegalText) -> bool:
    return text.kind in _KINDS or (text.kind == "decision" and text.jurisdiction != "central")


RULE = Rule(CODE, check)
