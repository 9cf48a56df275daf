"""The part of a JSON report that only ``docctl coverage`` has: entries and documents (docs/formats.md, "JSON out")."""

from __future__ import annotations

from typing import Any

from docctl.finding import pointer_text
from docctl.model.coverage import (
    Ahead,
    Copies,
    Coverage,
    Difference,
    EntryCoverage,
    Money,
    Origin,
    Status,
    TextCoverage,
    Value,
)
from docctl.model.duration import Duration


def counts(coverage: Coverage) -> dict[str, Any]:
    """For the summary: how many entries stand how."""
    return {
        "decisions": coverage.decisions,
        "entries": len(coverage.listed),
        "covered": len(coverage.covered),
        "serving": sum(text.text.serves for text in coverage.texts),
        "statuses": {status.value: len(coverage.in_status(status)) for status in Status},
        "horizon_end": coverage.horizon_end.isoformat(),
    }


def entry(found: EntryCoverage) -> dict[str, Any]:
    """A code at the date."""
    return {
        "code": found.code,
        "name": found.name,
        "status": found.status.value,
        "required": found.required,
        "decided": None if found.origin is None else _origin(found.origin),
        "documents": [*found.serving],
        "not_given": [*found.unstated],
        "replaced_by": [*found.successors],
        "perhaps": found.perhaps,
        "ahead": [_ahead(each) for each in found.ahead],
    }


def document(text: TextCoverage) -> dict[str, Any]:
    """A document that covers codes, with all differences."""
    body = text.text.document.body
    return {
        "procedure": body.id,
        "revision": f"{body.issue}.{body.revision}",
        "title": body.title,
        "path": text.text.document.path,
        "state": text.text.state.value,
        "covers": [*body.covers],
        "compared": [*text.covers],
        "differences": [_difference(each) for each in text.differences],
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {
        "kind": difference.kind.value,
        "codes": [*difference.codes],
        "field": difference.field,
        "what": difference.what,
        "channel": difference.channel,
        "document": _value(difference.ours),
        "catalogue": _value(difference.theirs),
        "pointer": pointer_text(difference.pointer),
        "decided": _origin(difference.origin),
    }


def _value(value: Value) -> Any:
    match value:
        case Duration():
            return {"value": value.value, "unit": value.unit}
        case Money():
            return {
                "amount": value.amount,
                "formula": value.formula,
                "currency": value.currency,
                "per": value.per,
            }
        case Copies():
            return {"originals": value.originals, "copies": value.copies}
        case tuple():
            return [*value]
        case _:
            return value


def _origin(origin: Origin) -> dict[str, Any]:
    decision = origin.decision
    return {
        "kind": origin.kind,
        "since": origin.since.isoformat(),
        "number": decision.number,
        "date": decision.signed.isoformat(),
        "issuer": decision.issuer,
        "path": origin.path,
        "pointer": pointer_text(origin.pointer),
    }


def _ahead(ahead: Ahead) -> dict[str, Any]:
    return {
        "ends": ahead.ends,
        "fields": [*ahead.changed],
        "replaced_by": [*ahead.replaced_by],
        **_origin(ahead.origin),
    }
