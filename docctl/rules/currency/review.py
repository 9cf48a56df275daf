"""Something around a cited text has changed."""

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
    _("Something around a cited text has changed"),
    _(
        "What the text spells out has ended (since 2025-04-01 it goes on so far as it is not contrary to the new law: 64/2025/QH15, Điều 57 khoản 2), another text spells it out, its definitions have changed, or a later law repeals whatever is contrary to it. Whether that matters a person must say."
    ),
    _("Look whether the procedure is still right, and close the finding with your decision."),
)


def check(view: View) -> Iterator[Finding]:
    for item in judged(view, Verdict.REVIEW):
        message = msg("{cited} is to be reviewed: {what}", cited=cited(item.citation), what=happens(item.cause))
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
