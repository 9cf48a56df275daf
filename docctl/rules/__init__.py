"""The rules, one module each, and the registry of every code docctl can say.

The rooms ``register/``, ``records/``, ``currency/`` and ``catalogue/`` are imported when they are asked: a check of one procedure pays
for none.
"""

from __future__ import annotations

from docctl import schema_codes
from docctl.documents import codes as documents_codes
from docctl.errors import ConfigError
from docctl.finding import Code
from docctl.merging import codes as merging_codes
from docctl.message import msg
from docctl.model.config import Config
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
    term_ended,
    terms_inconsistent,
    times_not_comparable,
    unit_ended,
    unit_unknown,
)
from docctl.rules.rule import Rule, in_order
from docctl.text import codes as text_codes
from docctl.text.vietnamese import nearest

_MODULES = (
    address_malformed, adopted_inconsistent, affected_unknown, appraiser_signs, branch_missing, change_missing,
    code_covered_twice, document_id_twice, element_id_twice, file_name, first_step, form_file_changed,
    form_file_missing, form_id_twice, form_unknown, form_unused, last_step, legal_file_name,
    legal_text_ambiguous, legal_text_unknown, organisation_consistent, path_longer_than_promise,
    promise_longer_than_law, role_ended, role_unknown, signer_outside_authority, step_circle, step_unknown,
    step_unreachable, term_ended, terms_inconsistent, times_not_comparable, unit_ended, unit_unknown,
)  # fmt: skip

RULES: tuple[Rule, ...] = in_order((*(module.RULE for module in _MODULES), form_unused.SHARED))
"""Rules about procedures and what they refer to, in the order of their codes."""


def register_rules() -> tuple[Rule, ...]:
    """Rules about the legal register and the calendar."""
    from docctl.rules import register

    return register.RULES


def record_rules() -> tuple[Rule, ...]:
    """Rules about revisions and records."""
    from docctl.rules import records

    return records.RULES


def verify_rules() -> tuple[Rule, ...]:
    """What ``docctl verify`` asks: records, and what their signatures cover."""
    covered = (file_name.RULE, adopted_inconsistent.RULE, form_file_missing.RULE, form_file_changed.RULE)
    return in_order((*covered, *record_rules()))


def currency_rules() -> tuple[Rule, ...]:
    """Rules that say verdicts."""
    from docctl.rules import currency

    return currency.RULES


def outdated_rules() -> tuple[Rule, ...]:
    """What ``docctl outdated`` asks: the verdicts, and what they rest on."""
    from docctl.rules.records import no_policy, unsigned_counted

    return in_order((no_policy.RULE, unsigned_counted.NOTED, *currency_rules()))


def catalogue_rules() -> tuple[Rule, ...]:
    """Rules about the official catalogue."""
    from docctl.rules import catalogue

    return catalogue.RULES


def coverage_rules() -> tuple[Rule, ...]:
    """What ``docctl coverage`` asks: the catalogue, and what it rests on."""
    from docctl.rules.catalogue import not_read
    from docctl.rules.records import no_policy, unsigned_counted

    return in_order((no_policy.RULE, unsigned_counted.NOTED, not_read.RULE, *catalogue_rules()))


def all_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of its code."""
    return in_order((*RULES, *register_rules(), *record_rules(), *currency_rules(), *catalogue_rules()))


def codes() -> tuple[Code, ...]:
    """Every code docctl can say, in order; ``docctl rule`` and docs/rules come from it."""
    from docctl.approval import codes as approval_codes

    said = (*text_codes.CODES, *schema_codes.CODES, *documents_codes.CODES, *merging_codes.CODES, *approval_codes.CODES)
    declared = {*said, *(rule.code for rule in all_rules())}
    return tuple(sorted(declared, key=lambda code: code.id))


def known_rules(config: Config) -> None:
    """A code in ``[rules]`` that does not exist switches nothing off; it is a mistake."""
    if not config.severities:
        return
    known = [code.id for code in codes()]
    for name in config.severities:
        if name not in known:
            meant = nearest(name, known)
            way_out = (
                msg("docctl rule lists all codes") if meant is None else msg('did you mean "{meant}"?', meant=meant)
            )
            raise ConfigError(msg('docctl.toml, [rules]: there is no code "{code}"', code=name), way_out)
