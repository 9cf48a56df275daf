"""The document asks for a paper that is not published."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.catalogue import AMENDED
from docctl.model.coverage import Differs
from docctl.model.view import View
from docctl.rules.catalogue.differing import differing, names, say
from docctl.rules.rule import Rule

CODE = Code(
    "DC712",
    "paper-added",
    Severity.ERROR,
    _("The document asks for a paper that is not published"),
    _("An agency may not ask for papers beyond the law of its own accord (63/2010/NĐ-CP, Điều 18 khoản 6)."),
    _(
        "Take the paper out of dossier.items; one that only some of the procedures covered ask for needs a condition that says for which."
    ),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.PAPER_ADDED):
        if item.difference.origin.kind == AMENDED:
            message = msg(
                'the document asks for "{what}", which the dossier of {code} does not have since {day} ({decision})',
                **names(item),
            )
        else:
            message = msg(
                'the document asks for "{what}", which is not in the dossier of {code} ({decision}, since {day})',
                **names(item),
            )
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
