"""The policy does not fit the repository."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from docctl.finding import Code, Finding, Location, Severity, finding
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.rule import Rule

CODE = Code(
    "DC404",
    "policy-of-another",
    Severity.ERROR,
    _("The policy does not fit the repository"),
    _(
        "Records name the repository and the roles of the policy; where docctl.toml or organisation.yaml say otherwise, one of them is not of this agency."
    ),
    _("Make the three agree; the policy is changed by a new version."),
)


def check(view: View) -> Iterator[Finding]:
    policy, config = view.policy, view.config
    if policy is None:
        return
    place = Location(f"policy/{policy.version:04}.yaml")
    for name, own, theirs in (
        ("agency.id", config.agency_id, policy.repository),
        ("utc_offset", config.utc_offset, policy.utc_offset),
    ):
        if own != theirs:
            names = {"name": name, "own": own, "theirs": theirs}
            message = msg("docctl.toml says {name} {own}, the policy {theirs}", **names)
            yield finding(
                CODE, message, Location("docctl.toml"), fix=msg("write {name} as in the policy: {theirs}", **names)
            )
    if view.organisation is None:
        return
    roles = {role.id for role in view.organisation.body.roles}
    held = {
        holding.role: person.id
        for person in policy.people
        for holding in person.roles
        if holding.window.holds(view.as_of)
    }
    for role, person in sorted(held.items()):
        if role not in roles:
            message = msg("{person} holds the role {role}, which is not in organisation.yaml", person=person, role=role)
            yield replace(finding(CODE, message, place, element=role), severity=Severity.WARNING)


RULE = Rule(CODE, check, whole=True, across=True)
