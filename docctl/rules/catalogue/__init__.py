"""Rules that say how documents and the official catalogue differ: asked by ``docctl coverage``."""

from __future__ import annotations

from docctl.rules.catalogue import (
    change_ahead,
    channel_differs,
    code_not_listed,
    decided_twice,
    decision_differs,
    entry_drafted,
    entry_ended,
    entry_incomplete,
    entry_not_covered,
    fee_differs,
    field_differs,
    form_differs,
    level_differs,
    listed_before,
    name_differs,
    not_compared,
    not_listed_before,
    paper_added,
    paper_differs,
    paper_missing,
    result_differs,
    successor_unknown,
    time_longer,
    time_shorter,
    worded_otherwise,
)
from docctl.rules.rule import Rule, in_order

_MODULES = (
    change_ahead, channel_differs, code_not_listed, decided_twice, decision_differs, entry_drafted, entry_ended,
    entry_incomplete, entry_not_covered, fee_differs, field_differs, form_differs, level_differs, listed_before,
    name_differs, not_compared, not_listed_before, paper_added, paper_differs, paper_missing, result_differs,
    successor_unknown, time_longer, time_shorter, worded_otherwise,
)  # fmt: skip

RULES: tuple[Rule, ...] = in_order(module.RULE for module in _MODULES)
"""Every rule of this room, in the order of its code."""
