"""Words that several outputs share: severities and counts."""

from __future__ import annotations

from collections.abc import Sequence

from docctl.finding import Severity
from docctl.message import Message, msg
from docctl.model.report import Summary

SEVERITY_WORDS = {
    Severity.ERROR: msg("error"),
    Severity.WARNING: msg("warning"),
    Severity.NOTE: msg("note"),
}

CATALOGUE_FIELDS = {
    "name": msg("name"),
    "field": msg("field"),
    "levels": msg("level"),
    "processing_time": msg("time limit"),
    "channels": msg("ways to apply"),
    "fees": msg("fees"),
    "dossier": msg("dossier"),
    "copies": msg("originals and copies"),
    "form": msg("form"),
    "condition": msg("condition"),
    "results": msg("results"),
    "legal_basis": msg("legal basis"),
}
"""The fields of an entry of the catalogue, and of a paper of its dossier, as people call them."""


def listed(words: Sequence[Message]) -> Message:
    """Words with commas between them; at least one."""
    first, *more = words
    return msg("{first}, {more}", first=first, more=listed(more)) if more else first


def result_line(summary: Summary) -> tuple[Message, ...]:
    """How much there was to say: errors and warnings always, notes where there are any."""
    parts = [
        msg("1 error") if summary.errors == 1 else msg("{count} errors", count=summary.errors),
        msg("1 warning") if summary.warnings == 1 else msg("{count} warnings", count=summary.warnings),
    ]
    if summary.notes:
        parts.append(msg("1 note") if summary.notes == 1 else msg("{count} notes", count=summary.notes))
    return tuple(parts)


def checked_line(summary: Summary) -> tuple[Message, ...]:
    """What was looked at, so that silence cannot pass for success."""
    files, steps = summary.documents, summary.steps
    parts = [msg("1 file") if files == 1 else msg("{count} files", count=files)]
    procedures = summary.procedures
    parts.append(msg("1 procedure") if procedures == 1 else msg("{count} procedures", count=procedures))
    parts.append(msg("1 step") if steps == 1 else msg("{count} steps", count=steps))
    parts.append(citations_words(summary.citations, summary.provision_citations))
    if summary.records:
        parts.append(records_words(summary.records, summary.unsigned))
    return tuple(parts)


def records_words(count: int, unsigned: int) -> Message:
    """How many records count, and how many of them nobody has signed."""
    if unsigned:
        return msg("{count} records ({unsigned} UNSIGNED)", count=count, unsigned=unsigned)
    return msg("1 record") if count == 1 else msg("{count} records", count=count)


def citations_words(count: int, named: int) -> Message:
    """How many citations there are, and the share of those that name a provision."""
    if count == 0:
        return msg("no citations")
    share = 100 * named // count
    if count == 1:
        return msg("1 citation ({share} % name a provision)", share=share)
    return msg("{count} citations ({share} % name a provision)", count=count, share=share)
