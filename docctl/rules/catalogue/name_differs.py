"""The title is not the published name."""

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
    "DC705",
    "name-differs",
    Severity.WARNING,
    _("The title is not the published name"),
    _(
        "A procedure is found by its published name, and a changed name tells of a changed procedure (63/2010/NĐ-CP, Điều 8 khoản 2 điểm a)."
    ),
    _("Take over the published name, or correct the catalogue where it was mistyped."),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.NAME):
        message = msg('the title is "{ours}"; {code} is called "{theirs}" since {day} ({decision})', **names(item))
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
