"""A text that takes effect sooner after its signing than the law on legal texts allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.legal_text import LegalText
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC246",
    "effect-early",
    Severity.NOTE,
    _("A text takes effect soon after it was signed"),
    _(
        "A text of a central body takes effect 45 days after its signing at the earliest, one of a province 10 days after it (80/2015/QH13, Điều 151; 64/2025/QH15, Điều 53), unless it was made by the shortened procedure. Publishers often print the day of signing as the day of effect."
    ),
    _("Compare the day with the clause of the text that states it, and name that clause: stated_in."),
)
_SINCE = date(2016, 7, 1)
"""From then on the law of 2015 on legal texts is in force."""
_KINDS = frozenset({"law", "code", "ordinance", "resolution", "decree", "circular", "joint_circular"})
_CENTRAL, _LOCAL = 45, 10


def check(view: View) -> Iterator[Finding]:
    for document in view.legal_texts.values():
        text = document.body
        least = _least(text)
        if text.issued is None or text.issued < _SINCE or least is None:
            continue
        for place, entry in enumerate(text.in_force):
            early = entry.first is not None and text.issued <= entry.first < text.issued + timedelta(days=least)
            if early and entry.stated_in is None:
                days = (entry.first - text.issued).days if entry.first is not None else 0
                message = msg("days from its signing to its effect: {days}; {least} are usual at least", days=days, least=least)
                yield finding(CODE, message, document.locate(("in_force", place, "from")), element="in_force")


def _least(text: LegalText) -> int | None:
    """The days between signing and effect; None for what is no normative text."""
    if text.kind not in _KINDS and not (text.kind == "decision" and text.jurisdiction != "central"):
        return None
    return _CENTRAL if text.jurisdiction == "central" else _LOCAL


RULE = Rule(CODE, check)
