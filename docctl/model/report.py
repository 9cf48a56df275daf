"""The answer to one question about a repository: what was checked, and what there is to say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from docctl.finding import Finding, Severity

RULES_VERSION = "1"
"""Raised when the same content may give other findings; stands at the head of every JSON report."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What was looked at, so that no findings cannot look like success when nothing was checked."""

    documents: int
    procedures: int
    steps: int
    citations: int
    legal_texts: int
    errors: int
    warnings: int
    notes: int


@dataclass(frozen=True, slots=True)
class Report:
    """Findings in order. ``content`` is the SHA-256 over the sorted paths and blob ids of the files read."""

    kind: str
    content: str
    as_of: date
    summary: Summary
    findings: tuple[Finding, ...]

    def at_or_over(self, threshold: Severity) -> bool:
        """Is there a finding of this severity or a graver one?"""
        return any(each.severity >= threshold for each in self.findings)


def count(findings: Iterable[Finding], severity: Severity) -> int:
    """How many findings of exactly this severity."""
    return sum(each.severity == severity for each in findings)
