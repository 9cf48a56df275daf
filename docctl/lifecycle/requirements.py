"""Has a text been prepared, reviewed, approved by those who must? Persons are counted, never keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docctl.model.policy import Requirement, Rule
from docctl.model.record import ACCEPT, APPROVED, PREPARED, REJECT, REVIEWED, Counted
from docctl.model.standing import Missing

BEFORE_ISSUE = (PREPARED, REVIEWED, APPROVED)


def missing(rules: Sequence[Rule], records: Sequence[Counted], beside: Sequence[Counted] = ()) -> tuple[Missing, ...]:
    """What a text still waits for before it can be issued; ``records`` are all that count for its digest.

    ``beside`` are those for its words with other shared forms: they approve nothing, yet who prepared is who
    prepared. Where no rule says who approves, nobody can: that is missing too.
    """
    found = [each for meaning in BEFORE_ISSUE for each in lacking(rules, records, meaning, beside)]
    if not any(rule.requirement(APPROVED) for rule in rules):
        found.append(Missing(APPROVED, (), 1, ()))
    return tuple(dict.fromkeys(found))


def lacking(
    rules: Sequence[Rule], records: Sequence[Counted], meaning: str, beside: Sequence[Counted] = ()
) -> Iterator[Missing]:
    """What every rule still asks for in one meaning; a person excluded by another meaning does not count."""
    for rule in rules:
        wanted = rule.requirement(meaning)
        if wanted is not None:
            signed = frozenset(each.person for each in _accepted(records, meaning) if wanted.allows(each.record.role))
            excluded = _excluded(wanted, [*records, *beside])
            short = wanted.count - len(signed - excluded)
            if short > 0:
                yield Missing(meaning, wanted.roles, short, tuple(sorted(excluded)))


def rejections(records: Sequence[Counted]) -> tuple[Counted, ...]:
    """The records that reject the text; one of them blocks it until it is changed."""
    return tuple(each for each in records if each.record.decision == REJECT)


def _excluded(wanted: Requirement, records: Sequence[Counted]) -> frozenset[str]:
    return frozenset(each.person for meaning in wanted.not_same_as for each in _accepted(records, meaning))


def _accepted(records: Sequence[Counted], meaning: str) -> Iterator[Counted]:
    return (each for each in records if each.record.meaning == meaning and each.record.decision == ACCEPT)
