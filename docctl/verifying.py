"""From what rules say to a report: ``docctl coverage``, and ``docctl verify`` of records and of changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time
from typing import Any

from msgspec.structs import replace

from docctl.documents.loading import Documents
from docctl.errors import CannotDecide
from docctl.finding import Finding, Severity, in_order
from docctl.message import msg
from docctl.model.config import Config
from docctl.model.report import CoverageReport, Report
from docctl.view import MARKER, SnapshotView

MOST_FINDINGS = 1000
"""Of one rule in one check; beyond that something is generally wrong, and more would only take time."""


def first(findings: Iterable[Finding]) -> Iterable[Finding]:
    """The first findings of a rule, and one that says there are more."""
    for number, each in enumerate(findings, 1):
        if number > MOST_FINDINGS:
            yield more(each)
            return
        yield each


def more(found: Finding) -> Finding:
    """Says in the place of a finding that it is not the last of its kind."""
    return replace(found, message=msg("more of the same follow ({count} are shown)", count=MOST_FINDINGS), fix=None)


def configured(findings: Iterable[Finding], config: Config) -> Iterable[Finding]:
    """Findings at the severity that docctl.toml gives their code; those switched off are left out."""
    for each in findings:
        word = config.severities.get(each.code.id)
        if word is None:
            yield each
        elif word != "off":
            yield replace(each, severity=Severity[word.upper()])


def coverage(view: SnapshotView) -> CoverageReport:
    """The report on the catalogue. Raises ``CannotDecide`` where there is none, or a folder cannot be listed."""
    from docctl.rules import coverage_rules, known_rules

    for folder in ("catalogue", "legal", "procedures"):
        if not view.listed(folder):
            raise CannotDecide(msg("the folder {folder}/ cannot be listed", folder=folder))
    if not view.documents.paths("catalogue"):
        raise CannotDecide(
            msg("there is no catalogue, so nothing can be compared with it"),
            msg("enter each decision that publishes procedures as catalogue/<name>.yaml (docs/coverage.md)"),
        )
    known_rules(view.config)
    findings = [found for rule in coverage_rules() for found in first(rule.check(view))]
    ordered = in_order(configured(findings, view.config))
    summary = view.summary(ordered)
    return CoverageReport("coverage", view.documents.content, view.as_of, summary, ordered, view.coverage)


def verify(view: SnapshotView, pin: str | None, also: Iterable[Finding] = ()) -> Report:
    """The report on policy, records, archive and checkpoints. Raises ``CannotDecide`` without policy or pin."""
    from docctl.rules import known_rules, verify_rules

    if not view.has_policy:
        raise CannotDecide(
            msg("there is no policy here, so no approval can be verified"),
            msg("docctl policy init makes the first version; docs/approvals.md tells how to go on"),
        )
    if pin is None:
        raise CannotDecide(
            msg("the sha256 of the first policy must come from outside the repository"),
            msg("give it: --policy-pin SHA256 or DOCCTL_POLICY_PIN, as it was announced when the policy was made"),
        )
    known_rules(view.config)
    reading = [each for each in view.findings if each.severity is Severity.ERROR or each in view.trust.findings]
    ruled = (found for rule in verify_rules() for found in first(rule.check(view)))
    ordered = in_order([*reading, *ruled, *also])  # docctl.toml is signed by nobody: here it lowers nothing
    return Report("verify", view.documents.content, view.as_of, view.summary(ordered), ordered)


def verify_change(
    base: Documents,
    head: Documents,
    day: date | None,
    trusting: Mapping[str, Any],
    roots: tuple[AbstractSet[str], AbstractSet[str]] = (frozenset(), frozenset()),
) -> Report:
    """The same of a change: policy and configuration are those of ``base``, where it has a policy.

    ``day`` None is that of ``now`` where the agency is; ``roots`` the folders of repositories in both commits.
    """
    from docctl.change import by_the_change, moved, objections

    zone = (base if base.holds(MARKER) else head).config.timezone
    as_of: date = day if day is not None else trusting["now"].astimezone(zone).date()
    old = SnapshotView(base, as_of, trusting={"pin": trusting["pin"]})
    new = SnapshotView(head, as_of, trusting=trusting)
    now: datetime = trusting["now"] or datetime.combine(as_of, time(12), tzinfo=zone)
    if not old.has_policy:
        return verify(new, trusting["pin"], (*moved(*roots), *objections(old, new, now)))
    new = SnapshotView(head, as_of, trusting={**trusting, "base": old.trust.chain}, settings=old.config)
    before = verify(SnapshotView(base, as_of, trusting=trusting), trusting["pin"])
    report = verify(new, trusting["pin"])
    judged = [by_the_change(each, old, new, before.findings) for each in report.findings]
    findings = in_order([*judged, *moved(*roots), *objections(old, new, now)])
    return replace(report, findings=findings, summary=new.summary(findings))
