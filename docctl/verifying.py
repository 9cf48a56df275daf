"""From what rules say to a report; and ``docctl verify``: do records hold, may a change be merged?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from docctl.documents import Documents
from docctl.errors import CannotDecide, ConfigError
from docctl.finding import Finding, Severity, in_order
from docctl.message import msg
from docctl.model.config import Config
from docctl.model.report import Report
from docctl.text.vietnamese import nearest
from docctl.view import SnapshotView

MOST_FINDINGS = 1000
"""Of one rule in one check; beyond that something is generally wrong, and more would only take time."""


def first(findings: Iterable[Finding]) -> Iterable[Finding]:
    """The first findings of a rule, and one that says there are more."""
    for number, each in enumerate(findings, 1):
        if number > MOST_FINDINGS:
            yield replace(
                each, message=msg("more of the same follow ({count} are shown)", count=MOST_FINDINGS), fix=None
            )
            return
        yield each


def known_rules(config: Config) -> None:
    """A code in ``[rules]`` that does not exist switches nothing off; it is a mistake."""
    if not config.severities:
        return
    from docctl.rules import codes

    known = [code.id for code in codes()]
    for name in config.severities:
        if name not in known:
            meant = nearest(name, known)
            way_out = (
                msg("docctl rule lists all codes") if meant is None else msg('did you mean "{meant}"?', meant=meant)
            )
            raise ConfigError(msg('docctl.toml, [rules]: there is no code "{code}"', code=name), way_out)


def configured(findings: Iterable[Finding], config: Config) -> Iterable[Finding]:
    """Findings at the severity that docctl.toml gives their code; those switched off are left out."""
    for each in findings:
        word = config.severities.get(each.code.id)
        if word is None:
            yield each
        elif word != "off":
            yield replace(each, severity=Severity[word.upper()])


def verify(view: SnapshotView, pin: str | None, also: Iterable[Finding] = ()) -> Report:
    """The report on policy, records, archive and checkpoints. Raises ``CannotDecide`` without policy or pin."""
    from docctl.rules import verify_rules

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


def verify_change(base: Documents, head: Documents, as_of: date, trusting: Mapping[str, Any]) -> Report:
    """The same of a change: policy and configuration are those of ``base``, where it has a policy."""
    from docctl.change import objections

    old = SnapshotView(base, as_of, trusting={"pin": trusting["pin"]})
    new = SnapshotView(head, as_of, trusting=trusting)
    if old.has_policy:
        new = SnapshotView(head, as_of, trusting={**trusting, "base": old.trust.chain}, settings=old.config)
    now: datetime = trusting["now"] or datetime.combine(as_of, time(12), tzinfo=old.config.timezone)
    return verify(new, trusting["pin"], objections(old, new, now))
