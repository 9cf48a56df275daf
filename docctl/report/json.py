"""Reports for programs. Keys and codes are never translated; the shape is docs/formats.md, "JSON out"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec.structs import asdict

from docctl.finding import Finding, Location, pointer_text
from docctl.model.currency import CitationVerdict, ProcedureVerdict, State
from docctl.model.report import RULES_VERSION, CoverageReport, CurrencyReport, Report
from docctl.report import coverage_json
from docctl.report.setting import Setting
from docctl.verdict import Baseline, Cause, Due, Proof, Verdict


def render(report: Report, setting: Setting) -> str:
    """One JSON document; the same content at the same date gives the same bytes from any snapshot."""
    document: dict[str, Any] = {
        "format": f"docctl/{report.kind}/v1",
        "docctl": setting.version,
        "rules": RULES_VERSION,
        "content": report.content,
        "as_of": report.as_of.isoformat(),
        "summary": asdict(report.summary),
        "findings": [finding_tree(each, setting) for each in report.findings],
    }
    if isinstance(report, CurrencyReport):
        document["summary"] = {**asdict(report.summary), **_counts(report)}
        document["verdicts"] = [_procedure(each) for each in report.currency.procedures]
    if isinstance(report, CoverageReport):
        document["summary"] = {**asdict(report.summary), **coverage_json.counts(report.coverage)}
        document["entries"] = [coverage_json.entry(each) for each in report.coverage.entries]
        document["documents"] = [coverage_json.document(each) for each in report.coverage.texts]
    return written(document)


def written(document: Mapping[str, Any]) -> str:
    """A document as text; what turns the line around, or cannot be stored, as an escape that says the same."""
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return (
        re.sub("[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]", _escaped, text) + "\n"
    )


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def finding_tree(finding: Finding, setting: Setting) -> dict[str, Any]:
    """One finding, with its chain of proof where it is about the law."""
    return {
        "code": finding.code.id,
        "name": finding.code.name,
        "severity": finding.severity.word,
        "message": finding.message.text(setting.translate),
        **_place(finding.location),
        "element": finding.element,
        "related": [
            {"message": related.message.text(setting.translate), **_place(related.location)}
            for related in finding.related
        ],
        "fix": None if finding.fix is None else finding.fix.text(setting.translate),
        "fingerprint": finding.fingerprint,
        **({} if finding.proof is None else _proof(finding, finding.proof)),
    }


def _place(location: Location) -> dict[str, Any]:
    return {
        "path": location.path,
        "line": location.line,
        "column": location.column,
        "end_line": location.end_line,
        "end_column": location.end_column,
        "pointer": pointer_text(location.pointer),
    }


# -- docctl outdated --------------------------------------------------------------------------


def _counts(report: CurrencyReport) -> dict[str, Any]:
    """How many procedures have which verdict, and how many could not be judged at all."""
    procedures = report.currency.procedures
    judged = [each for each in procedures if each.judged_at is not None]
    return {
        "judged": len(judged),
        "judged_citations": sum(len(each.citations) for each in judged),
        "overdue": sum(each.overdue for each in judged),
        "verdicts": {verdict.value: sum(each.verdict is verdict for each in judged) for verdict in Verdict},
        "drafts": len(report.currency.in_state(State.DRAFT)),
        "scheduled": len(report.currency.in_state(State.SCHEDULED)),
        "not_held": len(report.currency.in_state(State.NOT_HELD)),
        "withdrawn": len(report.currency.in_state(State.WITHDRAWN)),
        "recorded": _day(report.currency.recorded),
        "later": report.currency.later,
        "horizon_end": report.currency.horizon_end.isoformat(),
    }


def _procedure(procedure: ProcedureVerdict) -> dict[str, Any]:
    return {
        "procedure": procedure.id,
        "revision": procedure.revision,
        "title": procedure.title,
        "path": procedure.path,
        "owner": procedure.owner,
        "state": procedure.state.value,
        "in_force": procedure.in_force,
        "forms_changed": procedure.forms_changed,
        "judged_at": _day(procedure.judged_at),
        "verdict": None if procedure.verdict is None else procedure.verdict.value,
        "overdue": procedure.overdue,
        "since": _day(procedure.since),
        "due": _due(procedure.due),
        "baseline": _baseline(procedure.baseline),
        "citations": [_citation(each) for each in procedure.citations],
    }


def _citation(citation: CitationVerdict) -> dict[str, Any]:
    return {
        "element": citation.element,
        "text": citation.slug,
        "number": citation.text,
        "address": citation.address,
        "path": citation.path,
        "pointer": pointer_text(citation.pointer),
        "verdict": citation.verdict.value,
        "overdue": citation.overdue,
        "due": _due(citation.due),
        "judgements": [
            {
                "verdict": each.verdict.value,
                "event": None if each.cause is None else each.cause.event,
                "since": _day(each.since),
                "due": _due(each.due),
                "overdue": each.overdue,
                "coming": None if each.coming is None else each.coming.value,
                "doubt": None if each.doubt is None else each.doubt.value,
            }
            for each in citation.judgements
        ],
    }


def _proof(finding: Finding, proof: Proof) -> dict[str, Any]:
    judgement = proof.judgement
    return {
        "verdict": judgement.verdict.value,
        "overdue": judgement.overdue,
        "due": _due(judgement.due),
        "evidence": [*_chain(finding, proof)],
    }


def _chain(finding: Finding, proof: Proof) -> Iterator[dict[str, Any]]:
    """From the element to the due day; every link says what it is (``link``)."""
    judgement, place = proof.judgement, finding.location
    yield {
        "link": "element", "procedure": proof.procedure, "revision": proof.revision, "element": proof.element,
        "name": proof.element_name, "path": place.path, "line": place.line,
    }  # fmt: skip
    yield {
        "link": "citation", "text": proof.slug, "number": proof.text, "address": proof.address,
        "place": proof.place, "printed": proof.printed,
    }  # fmt: skip
    if judgement.cause is not None:
        yield from _cause(judgement.cause)
    yield {"link": "baseline", **(_baseline(proof.baseline) or {})}
    yield {
        "link": "due", "since": _day(judgement.since), "date": _due(judgement.due),
        "rolled": None if judgement.due is None else judgement.due.rolled, "overdue": judgement.overdue,
    }  # fmt: skip


def _cause(cause: Cause) -> Iterator[dict[str, Any]]:
    confirmed = None if cause.confirmed is None else {"by": cause.confirmed[0], "on": _day(cause.confirmed[1])}
    yield {
        "link": "event", "id": cause.event, "kind": cause.kind, "on_event": cause.on, "text": cause.text,
        "acting": cause.acting,
        "title": cause.title, "issued": _day(cause.issued), "provision": cause.provision, "target": cause.target,
        "target_provisions": [*cause.targets], "quote": cause.quote,
        "phrase": None if cause.phrase is None else {"old": cause.phrase[0], "new": cause.phrase[1]},
        "recorded": _day(cause.recorded), "confirmed": confirmed, "digest": cause.digest, "over": cause.over,
        "acted_upon": [
            {"by": each.event, "kind": each.kind, "acting": each.acting, "from": _day(each.first)}
            for each in cause.upon
        ],
        "path": cause.path, "pointer": pointer_text(cause.pointer),
    }  # fmt: skip
    yield {
        "link": "effect", "from": _day(cause.first), "operates_from": _day(cause.operates or cause.first),
        "to": _day(cause.end),
        "retroactive_from": _day(cause.retroactive), "stated_in": cause.stated_in,
    }  # fmt: skip
    origin = cause.origin
    yield {
        "link": "source", "url": origin.url, "retrieved": _day(origin.retrieved), "sha256": origin.sha256,
        "checked": _day(origin.checked),
    }  # fmt: skip


def _baseline(baseline: Baseline | None) -> dict[str, Any] | None:
    """What the revision had dealt with: the record that issued it tells, or ``adopted.yaml`` in its stead."""
    if baseline is None:
        return None
    decision, issue = baseline.decision, baseline.issue
    rests_on: dict[str, Any] = {
        "revision": baseline.revision,
        "effective_from": baseline.effective_from.isoformat(),
        "decision": None if decision is None else {"number": decision[0], "date": decision[1].isoformat()},
        "path": baseline.path,
        "pointer": pointer_text(baseline.pointer),
    }
    if issue is None:
        return {"record": None, "adopted": rests_on, "reviewed": _day(baseline.reviewed)}
    signed = {"by": issue.by, "title": issue.title, "on": _day(issue.on), "assurance": issue.assurance}
    return {"record": {**rests_on, **signed}, "adopted": None, "reviewed": _day(baseline.reviewed)}


def _due(due: Due | None) -> str | None:
    return None if due is None else due.day.isoformat()


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
