"""The rules, one module each, and the registry of every code docctl can say."""

from __future__ import annotations

from docctl import documents_codes, schema_codes
from docctl.finding import Code
from docctl.rules import (
    affected_unknown,
    appraiser_signs,
    branch_missing,
    change_missing,
    code_covered_twice,
    document_id_twice,
    element_id_twice,
    file_name,
    first_step,
    form_file_changed,
    form_file_missing,
    form_id_twice,
    form_unknown,
    form_unused,
    last_step,
    legal_file_name,
    legal_text_ambiguous,
    legal_text_unknown,
    organisation_consistent,
    path_longer_than_promise,
    promise_longer_than_law,
    role_ended,
    role_unknown,
    signer_outside_authority,
    step_circle,
    step_unknown,
    step_unreachable,
    times_not_comparable,
    unit_ended,
    unit_unknown,
)
from docctl.rules.rule import Rule
from docctl.text import codes as text_codes

_MODULES = (
    affected_unknown, appraiser_signs, branch_missing, change_missing, code_covered_twice, document_id_twice,
    element_id_twice, file_name, first_step, form_file_changed, form_file_missing, form_id_twice, form_unknown,
    form_unused, last_step, legal_file_name, legal_text_ambiguous, legal_text_unknown, organisation_consistent,
    path_longer_than_promise, promise_longer_than_law, role_ended, role_unknown, signer_outside_authority,
    step_circle, step_unknown, step_unreachable, times_not_comparable, unit_ended, unit_unknown,
)  # fmt: skip

RULES: tuple[Rule, ...] = tuple(sorted((module.RULE for module in _MODULES), key=lambda rule: rule.code.id))
"""Every rule, in the order of its code."""


def codes() -> tuple[Code, ...]:
    """Every code docctl can say, in order; ``docctl rule`` and docs/rules come from it."""
    declared = (*text_codes.CODES, *schema_codes.CODES, *documents_codes.CODES, *(rule.code for rule in RULES))
    return tuple(sorted(declared, key=lambda code: code.id))
