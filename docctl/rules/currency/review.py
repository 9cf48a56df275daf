"""What a cited text details has ended."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.currency.judged import cited, judged, say
from docctl.rules.rule import Rule
from docctl.verdict import Verdict
from docctl.verdict_words import happens

CODE = Code(
    "DC510",
    "review",
    Severity.NOTE,
    _("What a cited text details has ended"),
    _(
        "Since 2025-04-01 a text goes on when the one it details has ended, so far as it is not contrary to the new law (64/2025/QH15, Điều 57 khoản 2); whether it is, a person must say."
    ),
    _("Look whether the cited text still holds, and cite the one that takes its place."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.REVIEW):
        message = msg(
            "{cited} is to be reviewed: {what}, which it details", cited=cited(item.citation), what=happens(item.cause)
        )
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
