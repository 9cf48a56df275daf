"""What a revision is judged against, in words: the record that issued it, or the entry of adopted.yaml in its stead."""

from __future__ import annotations

from docctl.message import Message, Param, msg
from docctl.verdict import Baseline, Issue


def dealt_with(baseline: Baseline | None) -> Message:
    """What the revision had dealt with, and on what this rests."""
    if baseline is None:
        return msg("nothing: neither a record nor an entry in adopted.yaml")
    if baseline.issue is not None:
        return _issued(baseline, baseline.issue)
    rests_on = msg("adopted.yaml, no record")
    if baseline.decision is not None:
        number, day = baseline.decision
        rests_on = msg("decision {number} of {day}, no record", number=number, day=day.isoformat())
    return msg(
        "revision {number}, in force since {day}; what was in force then counts as taken in ({proof})",
        day=baseline.effective_from.isoformat(),
        number=baseline.revision,
        proof=rests_on,
    )


def _issued(baseline: Baseline, issue: Issue) -> Message:
    """The record that issued it, and the last review since."""
    names: dict[str, Param] = {
        "number": baseline.revision,
        "day": issue.on.isoformat(),
        "by": issue.by,
        "title": issue.title,
        "proof": msg("UNSIGNED") if issue.assurance == "unsigned" else msg("signed"),
    }
    if baseline.reviewed is None:
        return msg("issue of {number}, {day} ({by}, {title}; {proof})", **names)
    names["review"] = baseline.reviewed.isoformat()
    return msg("issue of {number}, {day} ({by}, {title}; {proof}); last legal review {review}", **names)
