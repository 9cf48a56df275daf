"""A procedure of the catalogue has no document."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.coverage import Status
from docctl.model.view import View
from docctl.rules.catalogue.listed import about, at_entry, unread_procedures
from docctl.rules.rule import Rule

CODE = Code(
    "DC701",
    "entry-not-covered",
    Severity.ERROR,
    _("A procedure of the catalogue has no document"),
    _(
        "The quality system covers all activities by which published administrative procedures are carried out (19/2014/QĐ-TTg, Điều 3 khoản 1; 26/2014/TT-BKHCN, Điều 3 khoản 1)."
    ),
    _(
        "Write the procedure (docctl new procedure ID) and name the code in covers, or add the code to a document that serves it too."
    ),
)


def check(view: View) -> Iterator[Finding]:
    for entry, names in about(view, Status.MISSING):
        message = msg("no document serves {code}; it is in the list since {day} ({decision})", **names)
        fix = msg("some procedures cannot be read; one of them may serve it") if unread_procedures(view) else None
        yield at_entry(view, CODE, entry, message, fix)


RULE = Rule(CODE, check, whole=True)
