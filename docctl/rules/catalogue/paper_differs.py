"""A paper of the dossier is asked for otherwise than published."""

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
    "DC713",
    "paper-differs",
    Severity.WARNING,
    _("A paper of the dossier is asked for otherwise than published"),
    _(
        "How many originals and copies, in which case and in how many sets is a part of the published procedure (63/2010/NĐ-CP, Điều 8 khoản 2 điểm d)."
    ),
    _("Take over the published numbers and conditions, and issue a revision."),
)


def check(view: View) -> Iterator[Finding]:
    for item in differing(view, Differs.PAPER, Differs.SETS):
        yield say(view, CODE, item, _message(item))


def _message(item: Item) -> Message:
    difference = item.difference
    if difference.kind is Differs.SETS:
        return msg("the document asks for {ours} sets; {code} has {theirs} since {day} ({decision})", **names(item))
    if difference.field == "copies":
        return msg('"{what}": {ours}; the dossier of {code} has {theirs} since {day} ({decision})', **names(item))
    if difference.theirs is None:
        return msg(
            '"{what}" is asked for in one case only ({ours}); in the dossier of {code} always, since {day} ({decision})',
            **names(item),
        )
    return msg(
        '"{what}" is asked for in every case; in the dossier of {code} only in this one: {theirs} (since {day}, {decision})',
        **names(item),
    )


RULE = Rule(CODE, check, whole=True)
