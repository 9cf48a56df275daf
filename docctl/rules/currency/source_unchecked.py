"""Silence about a text is no evidence."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity, finding
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.view import View
from docctl.rules.rule import Rule
from docctl.verdict import Unchecked, Verdict

CODE = Code(
    "DC511",
    "source-unchecked",
    Severity.NOTE,
    _("A text is not held, or was not looked at for long"),
    _(
        "Only who looks for changes can say that there are none; a text that is not held, or not looked at for long, may have changed."
    ),
    _("Look at the text's page, enter what changed, and write the day as checked."),
)


def check(view: View) -> Iterator[Finding]:
    for text in view.currency.texts:
        reasons = [each for each in text.judgements if each.verdict is Verdict.UNCHECKED]
        for judgement in reasons:
            message = msg(
                "{text}: {reason}; cited by {procedures}",
                text=text.number,
                reason=_reason(judgement.detail, str(judgement.since)),
                procedures=", ".join(text.cited_by),
            )
            place = view.locate(view.legal_texts[text.slug].path, ("number",))
            yield finding(CODE, message, place, element=judgement.detail)


def _reason(word: str | None, day: str) -> Message:
    if word == Unchecked.STUB.value:
        return msg("the text is not held (stub), so nobody can say from when it is in force")
    if word == Unchecked.NO_TREE.value:
        return msg("its provisions are not listed, so a wrong address would not be noticed")
    if word == Unchecked.NEVER.value:
        return msg("nobody has looked for changes")
    return msg("nobody has looked for changes since {day}", day=day)


RULE = Rule(CODE, check, whole=True)
