"""A signature does not count, because the same person signed in another part."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import Param, msg
from docctl.message import mark as _
from docctl.model.record import ACCEPT
from docctl.model.view import View
from docctl.report.status import MEANINGS
from docctl.rules.rule import Rule

CODE = Code(
    "DC415",
    "same-person",
    Severity.ERROR,
    _("A signature does not count, because the same person signed in another part"),
    _(
        "Who prepared a text does not approve it: the policy asks for different persons (not_same_as), whichever keys they have."
    ),
    _("Have another person sign."),
)


def check(view: View) -> Iterator[Finding]:
    policy = view.policy
    if policy is None:
        return
    for standing in view.standings:
        for revision in standing.revisions:
            accepted = [each for each in revision.records if each.record.decision == ACCEPT]
            lacking = {each.meaning for each in revision.missing}
            for each in accepted:
                if each.record.meaning not in lacking:
                    continue  # enough others have signed
                rules = policy.rules_for(each.record.kind, each.record.document, each.record.day)
                wanted = [rule.requirement(each.record.meaning) for rule in rules]
                excluding = {meaning for want in wanted if want is not None for meaning in want.not_same_as}
                also = sorted({other.record.meaning for other in accepted if other.person == each.person} & excluding)
                if also:
                    names: dict[str, Param] = {
                        "id": each.person,
                        "meaning": MEANINGS[each.record.meaning],
                        "document": each.record.document,
                        "number": each.record.number,
                        "also": MEANINGS[also[0]],
                    }
                    message = msg(
                        "{id} signed {document} {number} twice: {meaning}, and {also}; the same person cannot", **names
                    )
                    yield finding(CODE, message, Location(each.path), element=each.record.document)


RULE = Rule(CODE, check, whole=True)
