"""A paper has another form than the published one."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.coverage import Differs
from docctl.model.view import View
from docctl.rules.catalogue.differing import Item, differing, names, say
from docctl.rules.rule import Rule

CODE = Code(
    "DC714",
    "form-differs",
    Severity.WARNING,
    _("A paper has another form than the published one"),
    _(
        "The published form is the one people may use and officials must take; others may not be prescribed (63/2010/NĐ-CP, Điều 8 khoản 2 điểm h)."
    ),
    _("Name the published form, with its place in the legal text (law), and issue a revision."),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.FORM):
        yield say(view, CODE, item, _message(item))


def _message(item: Item) -> Message:
    if item.difference.theirs is None:
        return msg(
            '"{what}" has the form {ours}; in the dossier of {code} it has none ({decision}, since {day})',
            **names(item),
        )
    if item.difference.ours is None:
        return msg(
            '"{what}" has no form; in the dossier of {code} it is {theirs} since {day} ({decision})', **names(item)
        )
    return msg(
        '"{what}" has the form {ours}; in the dossier of {code} it is {theirs} since {day} ({decision})', **names(item)
    )


RULE = Rule(CODE, check, whole=True)
