"""An entry does not say what its kind asks for."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Severity
from docctl.message import Message, msg
from docctl.message import mark as _
from docctl.model.coverage import Fault, Flaw
from docctl.model.view import View
from docctl.rules.catalogue.flawed import flaws, say
from docctl.rules.rule import Rule

CODE = Code(
    "DC735",
    "entry-incomplete",
    Severity.ERROR,
    _("An entry does not say what its kind asks for"),
    _(
        "A new procedure has a name, an amendment says what changes, a replacement either new content or other codes, and what is abolished has no content (63/2010/NĐ-CP, Điều 15)."
    ),
    _("Add what is missing, or correct kind."),
)


def check(view: View) -> Iterator[Finding]:
    for flaw in flaws(view, Fault.INCOMPLETE):
        yield say(view, CODE, flaw, _message(flaw))


def _message(flaw: Flaw) -> Message:
    match flaw.origin.kind, flaw.detail:
        case "new", "name":
            return msg("{code} is new and has no name", code=flaw.code)
        case "replaced", _:
            return msg(
                "{code} is replaced: either new content with a name or replaced_by must be given, not both",
                code=flaw.code,
            )
        case "amended", "":
            return msg("{code} is amended, but no field says how", code=flaw.code)
        case _:
            return msg(
                "{code} is {kind} and cannot have {field}", code=flaw.code, kind=flaw.origin.kind, field=flaw.detail
            )


RULE = Rule(CODE, check, whole=True)
