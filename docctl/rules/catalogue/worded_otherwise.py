"""Perhaps the same thing in other words."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.coverage import Differs
from docctl.model.view import View
from docctl.rules.catalogue.differing import differing, names, say
from docctl.rules.rule import Rule

CODE = Code(
    "DC717",
    "worded-otherwise",
    Severity.WARNING,
    _("Perhaps the same thing in other words"),
    _(
        "Names are compared letter by letter, apart from spaces and capitals; whether two wordings mean the same, a person must say. Nothing else about the two is compared."
    ),
    _(
        "Take over the published wording; where it is something else, this is one thing too much and one that is missing."
    ),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.WORDED):
        message = msg('"{ours}" is not in {code} ({decision}, since {day}); perhaps it is "{theirs}"', **names(item))
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
