"""The answer to one question about a repository: what was checked, and what there is to say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from docctl.finding import Finding, Severity

if TYPE_CHECKING:  # a check of one file says nothing about the law and need not load it
    from docctl.model.coverage import Coverage
    from docctl.model.currency import Currency
    from docctl.model.extract import Extract
    from docctl.model.record import Counted

RULES_VERSION = "3"
"""Raised when the same content may give other findings; stands at the head of every JSON report."""


class Summary(Struct, frozen=True):
    """What was looked at, so that no findings cannot look like success when nothing was checked.

    ``provision_citations`` are the citations that name a provision, not only a text. ``records`` are those
    that count, ``unsigned`` those of them that nobody has signed.
    """

    documents: int
    procedures: int
    steps: int
    citations: int
    provision_citations: int
    events: int
    legal_texts: int
    records: int
    unsigned: int
    errors: int
    warnings: int
    notes: int

    @classmethod
    def of(
        cls, findings: Sequence[Finding], records: Sequence[Counted], extracts: Sequence[Extract], **counts: int
    ) -> Summary:
        """Findings, records and procedures counted; ``counts`` are those of documents, events and legal texts."""
        return cls(
            **counts,
            procedures=len(extracts),
            steps=sum(each.steps for each in extracts),
            citations=sum(each.citations for each in extracts),
            provision_citations=sum(each.provision_citations for each in extracts),
            records=len(records),
            unsigned=sum(each.assurance.value == "unsigned" for each in records),
            errors=count(findings, Severity.ERROR),
            warnings=count(findings, Severity.WARNING),
            notes=count(findings, Severity.NOTE),
        )


class Report(Struct, frozen=True):
    """Findings in order. ``content`` is the SHA-256 over the sorted paths and blob ids of the files read."""

    kind: str
    content: str
    as_of: date
    summary: Summary
    findings: tuple[Finding, ...]

    def at_or_over(self, threshold: Severity) -> bool:
        """Is there a finding of this severity or a graver one?"""
        return any(each.severity >= threshold for each in self.findings)


class CurrencyReport(Report, frozen=True):
    """A report on ``docctl outdated``: the findings, and the verdicts that they are made of."""

    currency: Currency


class CoverageReport(Report, frozen=True):
    """A report on ``docctl coverage``: the findings, and the catalogue with the documents that they are made of."""

    coverage: Coverage


def count(findings: Iterable[Finding], severity: Severity) -> int:
    """How many findings of exactly this severity."""
    return sum(each.severity == severity for each in findings)
