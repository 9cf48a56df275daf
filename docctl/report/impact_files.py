"""``docctl impact`` as JSON, Markdown and CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from msgspec import Struct

from docctl.finding import pointer_text
from docctl.message import Message, msg
from docctl.model.impact import Impact, Operation, Touched
from docctl.model.report import RULES_VERSION
from docctl.report import csv as spreadsheet
from docctl.report.impact import RELATIONS, STATES, Reader, dealt_words, totals, verdict_words
from docctl.report.json import written
from docctl.report.markdown import code, escaped, table
from docctl.report.worklist import due_days
from docctl.verdict import Cause, Verdict
from docctl.verdict_words import LABELS, happens


def json(impact: Impact, reader: Reader) -> str:
    """``docctl/impact/v1``, always with what is dealt with; docs/worklist.md says what the keys mean."""
    document: dict[str, Any] = {
        "format": "docctl/impact/v1",
        "docctl": reader.setting.version,
        "rules": RULES_VERSION,
        "content": impact.content,
        "as_of": impact.as_of.isoformat(),
        "text": impact.text,
        "number": impact.number,
        "title": impact.title,
        "path": impact.path,
        "held": impact.held,
        "event": impact.event,
        "provisions": [*impact.addresses],
        "in_force_from": _iso(impact.first),
        "summary": {
            "procedures": impact.procedures,
            "not_judged": impact.not_judged,
            "open": len(impact.open),
            "open_procedures": len({each.procedure for each in impact.open}),
            "dealt_with": sum(each.dealt_with for operation in impact.operations for each in operation.touched),
            "citing": len(impact.citing),
            "citing_procedures": len({each.procedure for each in impact.citing}),
        },
        "days": [
            {"day": _iso(stage.day), "events": [_operation(each, reader) for each in stage.operations]}
            for stage in impact.stages
        ],
        "cited_by": [_touched(each, reader) for each in impact.citing],
        "unresolved": [
            {"text": each.slug, "pointer": pointer_text(each.pointer), "fault": each.fault, "what": each.what}
            for each in impact.unresolved
        ],
    }
    return written(document)


def _operation(operation: Operation, reader: Reader) -> dict[str, Any]:
    cause = operation.cause
    return {
        "id": cause.event,
        "kind": cause.kind,
        "what": happens(cause).text(reader.setting.translate),
        "provision": cause.provision,
        "target": cause.target,
        "target_provisions": [*cause.targets],
        "from": _iso(cause.first),
        "to": _iso(cause.end),
        "quote": cause.quote,
        "confirmed": cause.recorded is None or cause.confirmed is not None,
        "touched": [_touched(each, reader) for each in operation.touched],
    }


def _touched(touched: Touched, reader: Reader) -> dict[str, Any]:
    judgement, settled = touched.judgement, touched.settled
    location = reader.locate(touched.path, touched.pointer)
    return {
        "procedure": touched.procedure,
        "title": touched.title,
        "revision": touched.revision,
        "state": touched.state.value,
        "owner": touched.owner,
        "kind": touched.kind.value,
        "element": touched.element,
        "name": touched.element_name,
        "path": touched.path,
        "line": location.line,
        "column": location.column,
        "pointer": pointer_text(touched.pointer),
        "number": touched.text,
        "address": touched.address,
        "relation": None if touched.relation is None else touched.relation.value,
        "verdict": None if judgement is None else judgement.verdict.value,
        "coming": None if judgement is None or judgement.coming is None else judgement.coming.value,
        "since": None if judgement is None else _iso(judgement.since),
        "due": None if touched.due is None else touched.due.day.isoformat(),
        "overdue": touched.overdue,
        "dealt_with": touched.dealt_with,
        "decision": None if settled is None else settled.decision,
        "reason": None if settled is None else settled.reason,
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# -- CSV and Markdown --------------------------------------------------------------------------------------


class _Row(Struct, frozen=True):
    """One citation with the event that touches it; without one it is a citation of what was asked about."""

    cause: Cause | None
    touched: Touched


def _rows(impact: Impact, *, everything: bool) -> Iterator[_Row]:
    for operation in impact.operations:
        for each in operation.touched if everything else operation.open:
            yield _Row(operation.cause, each)
    for each in impact.citing:
        yield _Row(None, each)


_HEADER = (
    msg("from"), msg("event"), msg("what"), msg("procedure"), msg("title"), msg("revision"), msg("state"), msg("role"),
    msg("element"), msg("name"), msg("cites"), msg("place"), msg("status"), msg("due"), msg("words of the act"),
)  # fmt: skip


def csv(impact: Impact, reader: Reader, *, everything: bool) -> str:
    """A row for each citation and event; with ``everything`` also those that are dealt with."""
    rows = [_cells(each, impact, reader) for each in _rows(impact, everything=everything)]
    return spreadsheet.render([[reader.say(each) for each in _HEADER], *rows])


def _cells(row: _Row, impact: Impact, reader: Reader) -> Sequence[str]:
    touched, cause = row.touched, row.cause
    what: Message = msg("cites it") if cause is None else happens(cause)
    if cause is None and touched.relation is not None:
        what = RELATIONS[touched.relation]
    return [
        "" if cause is None or cause.first is None else cause.first.isoformat(),
        "" if cause is None else cause.event,
        reader.say(what),
        touched.procedure,
        touched.title,
        reader.say(msg("revision {number}", number=touched.revision)),
        reader.say(STATES[touched.state]),
        reader.role(touched.owner),
        reader.element(touched).partition(" “")[0],
        touched.element_name or "",
        " ".join(filter(None, [touched.place, touched.text])),
        reader.place(touched),
        _status(touched, impact, reader),
        "" if touched.due is None else touched.due.day.isoformat(),
        "" if cause is None or cause.quote is None else " ".join(cause.quote.split()),
    ]


def _status(touched: Touched, impact: Impact, reader: Reader) -> str:
    if touched.dealt_with:
        return reader.say(dealt_words(touched))
    if touched.judgement is None:
        return reader.say(LABELS[Verdict.CURRENT])
    return verdict_words(touched, impact, reader)


def markdown(impact: Impact, reader: Reader, *, everything: bool) -> str:
    """For an issue or a mail: a heading for each day, a table for each event."""
    return "\n".join(_markdown(impact, reader, everything=everything)) + "\n"


def _markdown(impact: Impact, reader: Reader, *, everything: bool) -> Iterator[str]:
    asked = impact.event or " · ".join(filter(None, ["; ".join(impact.places), impact.number]))
    yield f"# {escaped(asked)}"
    yield ""
    yield escaped(
        " · ".join(filter(None, [impact.title, reader.say(msg("as of {day}", day=impact.as_of.isoformat()))]))
    )
    yield ""
    yield from (f"- {escaped(words)}" for words in totals(impact, reader))
    for stage in impact.stages:
        yield ""
        day = reader.say(msg("On a day not known")) if stage.day is None else stage.day.isoformat()
        yield f"## {escaped(day)}"
        for operation in stage.operations:
            yield from _md_operation(operation, impact, reader, everything=everything)
    if impact.citing:
        yield ""
        yield f"## {escaped(reader.say(msg('Cited by')))}"
        yield ""
        yield from _md_table(impact.citing, impact, reader)
    if any(each.due is not None for each in (*impact.open, *impact.citing)):
        yield ""
        yield escaped(reader.say(due_days(impact.months)))


def _md_operation(operation: Operation, impact: Impact, reader: Reader, *, everything: bool) -> Iterator[str]:
    cause = operation.cause
    yield ""
    yield f"**{escaped(reader.say(happens(cause)))}** {code(cause.event)}"
    if cause.quote is not None:
        yield ""
        yield f"> {escaped(f'“{cause.quote}”')}"
    yield ""
    shown = operation.touched if everything else operation.open
    if shown:
        yield from _md_table(shown, impact, reader)
    else:
        yield escaped(reader.say(msg("dealt with") if operation.touched else msg("touches nothing here")))


def _md_table(touched: Iterable[Touched], impact: Impact, reader: Reader) -> Iterator[str]:
    header = (msg("procedure"), msg("title"), msg("role"), msg("element"), msg("cites"), msg("place"), msg("status"))
    rows = (
        [
            escaped(each.procedure),
            escaped(each.title),
            escaped(reader.role(each.owner)),
            escaped(reader.element(each)),
            escaped(" ".join(filter(None, [each.place, each.text]))),
            code(reader.place(each)),
            escaped(_status(each, impact, reader)),
        ]
        for each in touched
    )
    yield from table([escaped(reader.say(each)) for each in header], rows)
