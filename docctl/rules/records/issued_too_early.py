"""A text was issued that was not approved."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import Param, msg
from docctl.message import mark as _
from docctl.model.record import ISSUED
from docctl.model.standing import Stage
from docctl.model.view import View
from docctl.report.status import MEANINGS
from docctl.rules.rule import Rule

CODE = Code(
    "DC420",
    "issued-too-early",
    Severity.ERROR,
    _("A text was issued that was not approved"),
    _(
        "Before a revision comes into force all whom the policy names have signed exactly this text, and nobody has rejected it (ISO 9001:2015, 7.5.2 c)."
    ),
    _("Have it approved, then issue it again; until then the revision before stays in force."),
)


def check(view: View) -> Iterator[Finding]:
    for standing in view.standings:
        for revision in standing.revisions:
            signed = [each for each in revision.records if each.record.meaning == ISSUED]
            if not signed or revision.issuing:
                continue
            names: dict[str, Param] = {"id": revision.document, "number": revision.number}
            if revision.stage is Stage.REJECTED:
                message = msg("{id} {number} was issued although it was rejected", **names)
            elif revision.missing:
                first = MEANINGS[revision.missing[0].meaning]
                message = msg("{id} {number} was issued, but it lacks: {lacks}", **names, lacks=first)
            else:
                message = msg("{id} {number} was issued by too few, or before it was approved", **names)
            found = finding(CODE, message, Location(signed[-1].path), element=revision.document)
            # Once this number or a later one has come into force it is known what holds; it stays said.
            over = any(each.begun and each.order >= revision.order for each in standing.revisions)
            yield replace(found, severity=Severity.NOTE, fix=None) if over else found


RULE = Rule(CODE, check, whole=True)
