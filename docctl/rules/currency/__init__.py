"""Rules that say the verdicts of ``docctl outdated``."""

from __future__ import annotations

from docctl.rules.currency import (
    basis_ended,
    basis_not_in_force,
    calendar_missing,
    changed_between,
    citation_not_judged,
    event_called_wrong,
    event_not_judged,
    minor,
    outdated,
    possible,
    procedure_not_judged,
    provision_not_named,
    review,
    source_unchecked,
    sources_disagree,
    suspended,
    transition,
    undated,
    upcoming,
    wrong_address,
)
from docctl.rules.rule import Rule, in_order

_MODULES = (
    basis_ended, basis_not_in_force, calendar_missing, changed_between, citation_not_judged, event_called_wrong, event_not_judged,
    minor, outdated, possible, procedure_not_judged, provision_not_named, review, source_unchecked, sources_disagree,
    suspended, transition, undated, upcoming, wrong_address,
)  # fmt: skip

RULES: tuple[Rule, ...] = in_order(module.RULE for module in _MODULES)
"""Every rule of this room, in the order of its code."""
