"""A procedure of the catalogue has only a draft."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.coverage import Status
from docctl.model.view import View
from docctl.rules.catalogue.listed import about, at_documents
from docctl.rules.rule import Rule

CODE = Code(
    "DC702",
    "entry-drafted",
    Severity.WARNING,
    _("A procedure of the catalogue has only a draft"),
    _(
        "A document is used after the head has approved it (19/2014/QĐ-TTg, Điều 4 khoản 2 điểm a); until then nobody is bound by it."
    ),
    _("Let the draft be approved and issued, or say since when it is in force (docctl adopt)."),
)


def check(view: View) -> Iterator[Finding]:
    for entry, names in about(view, Status.DRAFT):
        message = msg("{code} is served by {documents} only, which is not in force", **names)
        yield at_documents(view, CODE, entry, message)


RULE = Rule(CODE, check, whole=True)
