"""Rules about revisions, records and who may approve what: asked by ``docctl check`` and ``docctl verify``."""

from __future__ import annotations

from docctl.rules.records import (
    adopted_late,
    approval_voided,
    archive_differs,
    archive_unnamed,
    baseline_incomplete,
    begins_too_early,
    change_copied,
    document_gone,
    event_edited,
    issued_text_changed,
    issued_too_early,
    no_policy,
    number_skipped,
    number_twice,
    policy_of_another,
    rejected,
    review_overdue,
    same_person,
    schema_changed,
    shared_forms_changed,
    unsigned_counted,
)
from docctl.rules.rule import Rule, in_order

_MODULES = (
    adopted_late, approval_voided, archive_differs, archive_unnamed, baseline_incomplete, begins_too_early, change_copied, document_gone,
    event_edited, issued_text_changed, issued_too_early, no_policy, number_skipped, number_twice, policy_of_another,
    rejected, review_overdue, same_person, schema_changed, shared_forms_changed, unsigned_counted,
)  # fmt: skip

RULES: tuple[Rule, ...] = in_order(module.RULE for module in _MODULES)
"""Every rule of this room, in the order of its code."""
