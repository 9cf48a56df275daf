"""The rules, one module each, and the registry of every code docctl can say.

The rooms ``register/`` and ``currency/`` are imported when they are asked: a check of one procedure pays
for neither.
"""

from __future__ import annotations

from docctl import documents_codes, schema_codes
from docctl.finding import Code
from docctl.rules import (
    address_malformed,
    adopted_inconsistent,
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
from docctl.rules.rule import Rule, in_order
from docctl.text import codes as text_codes

_MODULES = (
    address_malformed, adopted_inconsistent, affected_unknown, appraiser_signs, branch_missing, change_missing,
    code_covered_twice, document_id_twice, element_id_twice, file_name, first_step, form_file_changed,
    form_file_missing, form_id_twice, form_unknown, form_unused, last_step, legal_file_name,
    legal_text_ambiguous, legal_text_unknown, organisation_consistent, path_longer_than_promise,
    promise_longer_than_law, role_ended, role_unknown, signer_outside_authority, step_circle, step_unknown,
    step_unreachable, times_not_comparable, unit_ended, unit_unknown,
)  # fmt: skip

RULES: tuple[Rule, ...] = in_order(module.RULE for module in _MODULES)
"""Rules about procedures and what they refer to, in the order of their codes."""


def register_rules() -> tuple[Rule, ...]:
    """Rules about the legal register and the calendar."""
    from docctl.rules import register

    return register.RULES


def currency_rules() -> tuple[Rule, ...]:
    """Rules that say verdicts."""
    from docctl.rules import currency

    return currency.RULES


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of its code."""
    return in_order((*RULES, *register_rules(), *currency_rules()))


def codes() -> tuple[Code, ...]:
    """Every code docctl can say, in order; ``docctl rule`` and docs/rules come from it."""
    declared = (*text_codes.CODES, *schema_codes.CODES, *documents_codes.CODES, *(rule.code for rule in all_rules()))
    return tuple(sorted(declared, key=lambda code: code.id))
