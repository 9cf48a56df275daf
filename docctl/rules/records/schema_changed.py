"""Records were signed when the schema of their documents was another one."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule
from docctl.schema import schema_reference

CODE = Code(
    "DC431",
    "schema-changed",
    Severity.NOTE,
    _("Records were signed when the schema of their documents was another one"),
    _(
        "A schema gives the fields of a document their meaning; records name it by its sha256, so that a change of it is seen."
    ),
    _("Nothing, where docctl was updated since; otherwise find out who changed schemas/."),
)


def check(view: View) -> Iterator[Finding]:
    now = schema_reference("procedure")
    odd = [each for each in view.records if each.record.schema != now]
    if odd:
        message = msg("{count} records name another schema of procedures than this docctl has", count=len(odd))
        yield finding(CODE, message, Location(odd[0].path))


RULE = Rule(CODE, check, whole=True, across=True)
