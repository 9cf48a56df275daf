"""Two procedures serve the same administrative procedure."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Related, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.procedure import Procedure
from docctl.model.view import Document, View
from docctl.rules.rule import Rule

CODE = Code(
    "DC223",
    "code-covered-twice",
    Severity.WARNING,
    _("Two procedures serve the same administrative procedure"),
    _(
        "For one administrative procedure there is one way (26/2014/TT-BKHCN, Điều 41 khoản 6 asks for common procedures, not for two)."
    ),
    _("Keep the code in one of the two procedures."),
)


def check(view: View) -> Iterator[Finding]:
    first: dict[str, Document[Procedure]] = {}
    for document in view.procedures:
        for index, code in enumerate(document.body.covers):
            other = first.setdefault(code, document)
            if other is not document:
                message = msg("{code} is also covered by {other}", code=code, other=other.body.id)
                there = other.locate(("covers", other.body.covers.index(code)))
                related = (Related(there, msg("first here")),)
                yield finding(CODE, message, document.locate(("covers", index)), element="covers", related=related)


RULE = Rule(CODE, check, whole=True)
