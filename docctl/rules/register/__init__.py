"""Rules about the legal register and the calendar: asked by ``docctl check`` where these are looked at."""

from __future__ import annotations

from docctl.rules.register import (
    calendar_inconsistent,
    consolidated_acts,
    dates_implausible,
    effect_differs,
    effect_on_signing,
    event_id_twice,
    event_incomplete,
    event_misfit,
    event_source_unknown,
    event_target_absent,
    event_target_unknown,
    legal_text_twice,
    never_operates,
    quote_not_found,
    same_day,
    shared_register_changed,
)
from docctl.rules.rule import Rule, in_order

_MODULES = (
    calendar_inconsistent, consolidated_acts, dates_implausible, effect_differs, effect_on_signing, event_id_twice,
    event_incomplete, event_misfit, event_source_unknown, event_target_absent, event_target_unknown, legal_text_twice, never_operates, quote_not_found,
    same_day, shared_register_changed,
)  # fmt: skip

RULES: tuple[Rule, ...] = in_order(module.RULE for module in _MODULES)
"""Every rule of this room, in the order of its code."""
