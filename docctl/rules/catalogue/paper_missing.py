"""A published paper of the dossier is not in the document."""

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
    "DC711",
    "paper-missing",
    Severity.WARNING,
    _("A published paper of the dossier is not in the document"),
    _("A dossier that was accepted without it cannot be decided (63/2010/NĐ-CP, Điều 8 khoản 2 điểm d)."),
    _("Add the paper to dossier.items and issue a revision."),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.PAPER_MISSING):
        message = msg(
            'the dossier of {code} has "{what}" since {day} ({decision}); the document does not ask for it',
            **names(item),
        )
        yield say(view, CODE, item, message)


RULE = Rule(CODE, check, whole=True)
