"""Two procedures serve the same administrative procedure."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Related, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.extract import Extract
from docctl.model.view import View
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
    first: dict[str, Extract] = {}
    for each in view.extracts:
        for index, code in enumerate(each.covers):
            other = first.setdefault(code, each)
            if other is not each:
                message = msg("{code} is also covered by {other}", code=code, other=other.id)
                there = view.locate(other.path, ("covers", other.covers.index(code)))
                related = (Related(there, msg("first here")),)
                here = view.locate(each.path, ("covers", index))
                yield finding(CODE, message, here, element="covers", related=related)


RULE = Rule(CODE, check, whole=True, across=True)
