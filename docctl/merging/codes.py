"""What can be said before two lines of work meet: DC312, DC313."""

from __future__ import annotations

from docctl.finding import Code, Severity
from docctl.message import mark as _

DRAFTED_TWICE = Code(
    "DC312",
    "drafted-twice",
    Severity.ERROR,
    _("Two branches have drafted the same revision"),
    _(
        "A number is given once; who was asked to approve one of the two texts has not seen the other, "
        "and what Git makes of both was approved by nobody."
    ),
    _(
        "Bring one of the two in; then make the other one anew on top of it, with the next number, "
        "and have it approved again."
    ),
)
GIVEN_TWICE = Code(
    "DC313",
    "given-twice",
    Severity.ERROR,
    _("Two branches have given the same id, number or code"),
    _("An id is given once and means one thing for ever; after the two have met, nobody can say which was meant."),
    _("Give one of the two another id before they meet; if they are the same thing, keep one of them."),
)

CODES = (DRAFTED_TWICE, GIVEN_TWICE)
