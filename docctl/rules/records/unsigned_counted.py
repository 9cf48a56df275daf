"""Records without signature count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import Param, msg
from docctl.message import mark as _
from docctl.model.record import Assurance, Counted
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC432",
    "unsigned-counted",
    Severity.WARNING,
    _("Records without signature count"),
    _("The policy allows it for a pilot; who signed is a claim that nothing proves."),
    _("Sign with a key as soon as everybody has one, and end the pilot in the policy."),
)


NEAR = timedelta(days=60)


def check(view: View) -> Iterator[Finding]:
    unsigned = [each for each in view.records if each.assurance is Assurance.UNSIGNED]
    if unsigned:
        message = msg(
            "unsigned: {count} of {all} records have no signature, who made them is a claim",
            count=len(unsigned),
            all=len(view.records),
        )
        yield finding(CODE, message, Location(unsigned[0].path))
    yield from _soon_over(view, unsigned)


def _soon_over(view: View, unsigned: Sequence[Counted]) -> Iterator[Finding]:
    """The day on which they stop counting comes near, and nobody has kept them or signed anew."""
    policy = view.policy
    if policy is None:
        return
    last: dict[date, list[Counted]] = {}
    for each in unsigned:
        record = each.record
        rules = policy.rules_for(record.kind, record.document, record.day)
        ends = min((rule.unsigned_until for rule in rules if rule.unsigned_until is not None), default=None)
        if ends is not None and each.sha256 not in policy.kept and ends - NEAR <= view.as_of:
            last.setdefault(ends, []).append(each)
    for ends, records in sorted(last.items()):
        names: dict[str, Param] = {"count": len(records), "day": ends.isoformat()}
        message = msg("after {day} {count} records without signature count no more", **names)
        fix = msg("sign with a key what is to stay, or list it: docctl policy edit --keep approvals")
        yield finding(CODE, message, Location(records[0].path), fix=fix)


def _as_note(view: View) -> Iterator[Finding]:
    return (replace(each, severity=Severity.NOTE) for each in check(view))


RULE = Rule(CODE, check, whole=True, across=True)
NOTED = Rule(CODE, _as_note, whole=True, across=True)
"""Where it is not the question: said, but no reason to fail."""
