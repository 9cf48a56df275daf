"""The worklist as JSON, Markdown, CSV and as a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from docctl.message import msg
from docctl.model.report import RULES_VERSION
from docctl.model.work import Item, Share, Task, Worklist
from docctl.report import csv as table
from docctl.report import ics
from docctl.report.json import finding_tree, written
from docctl.report.markdown import code, escaped
from docctl.report.markdown import table as md_table
from docctl.report.outdated import together
from docctl.report.setting import Setting
from docctl.report.to_do import (
    by_procedure,
    by_when,
    commands,
    elements,
    label,
    lateness,
    quotes,
    settled,
    source,
    what_to_do,
)
from docctl.report.worklist import due_days, totals
from docctl.verdict import Verdict
from docctl.verdict_words import LABELS

_UNCHECKED = msg("look at the page of each, enter what has changed, write the day (checked)")


# -- JSON ------------------------------------------------------------------------------------------------


def json(listed: Worklist, setting: Setting) -> str:
    """``docctl/worklist/v1``; docs/worklist.md says what the keys mean."""
    document: dict[str, Any] = {
        "format": "docctl/worklist/v1",
        "docctl": setting.version,
        "rules": RULES_VERSION,
        "content": listed.content,
        "as_of": listed.as_of.isoformat(),
        "horizon_end": listed.horizon_end.isoformat(),
        "role": listed.role,
        "summary": {
            "roles": len(listed.shares),
            "tasks": len(listed.tasks),
            "items": len(listed.items),
            "overdue": listed.overdue,
            "procedures": len({item.procedure for item in listed.items}),
            "judged": listed.judged,
            "not_judged": listed.not_judged,
            "texts": len(listed.texts),
        },
        "roles": [_share(share, listed, setting) for share in listed.shares],
        "texts": [
            {"text": each.slug, "number": each.number, "cited_by": [*each.cited_by],
             "reasons": [one.detail for one in each.judgements],
             "checked": next((_iso(one.since) for one in each.judgements if one.since is not None), None)}
            for each in listed.texts
        ],
        "findings": [finding_tree(each, setting) for each in listed.remarks],
    }  # fmt: skip
    return written(document)


def _share(share: Share, listed: Worklist, setting: Setting) -> dict[str, Any]:
    return {
        "role": share.role,
        "title": share.title,
        "unit": share.unit,
        "ended": _iso(share.ended),
        "successor": share.successor,
        "tasks": [_task(task, listed, setting) for task in share.tasks],
    }


def _task(task: Task, listed: Worklist, setting: Setting) -> dict[str, Any]:
    judgement, cause = task.judgement, task.judgement.cause
    return {
        "verdict": judgement.verdict.value,
        "coming": None if judgement.coming is None else judgement.coming.value,
        "overdue": judgement.overdue,
        "due": None if judgement.due is None else judgement.due.day.isoformat(),
        "by": _iso(task.by(listed.as_of)),
        "since": _iso(judgement.since),
        "severity": task.severity.word,
        "what": together(task.proofs).text(setting.translate),
        "acting": None if cause is None else cause.acting,
        "title": None if cause is None else cause.title,
        "provision": None if cause is None else cause.provision,
        "quotes": quotes(task),
        "to_do": what_to_do(judgement).text(setting.translate),
        "items": [_item(item, listed, setting) for item in task.items],
    }


def _item(item: Item, listed: Worklist, setting: Setting) -> dict[str, Any]:
    return {
        "procedure": item.procedure,
        "title": item.title,
        "revision": item.revision,
        "event": item.event,
        "uid": ics.uid(_key(item), listed.agency),
        "elements": [finding_tree(each, setting) for each in item.findings],
        "commands": [*commands((item,), recorded=listed.recorded)],
        "settled": None if item.settled is None else {"revision": item.settled[0], "from": item.settled[1].isoformat()},
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# -- CSV -------------------------------------------------------------------------------------------------

_HEADER = (
    msg("No."), msg("to be done by"), msg("days late"), msg("status"), msg("role"), msg("unit"), msg("procedure"),
    msg("title"), msg("revision"), msg("elements"), msg("place"), msg("what"), msg("by the act"),
    msg("words of the act"), msg("event"), msg("to do"), msg("command"),
)  # fmt: skip


def csv(listed: Worklist, setting: Setting) -> str:
    """A row for each procedure and event, then one for each text that is to be looked at again."""
    rows: list[Sequence[str]] = [[setting.say(each) for each in _HEADER]]
    number = 0
    for share in listed.shares:
        for task in share.tasks:
            number += 1
            rows += [_row(number, share, task, item, listed, setting) for item in task.items]
    unchecked = setting.say(LABELS[Verdict.UNCHECKED])
    for text in listed.texts:
        command = f"docctl law show {text.slug}"
        rows.append(_about_register(listed, unchecked, source(text, setting), setting.say(_UNCHECKED), command))
    for finding in listed.remarks:
        fix = "" if finding.fix is None else setting.say(finding.fix)
        place = f"{finding.location.path}:{finding.location.line}"
        rows.append(_about_register(listed, finding.code.id, setting.say(finding.message), fix, "", place))
    return table.render(rows)


def _about_register(
    listed: Worklist, status: str, what: str, to_do: str, command: str, place: str = ""
) -> Sequence[str]:
    """A row of what is about no procedure, and so for the secretary."""
    return ["", "", "", status, listed.secretary_title or "", *[""] * 5, place, what, *[""] * 3, to_do, command]


def _row(number: int, share: Share, task: Task, item: Item, listed: Worklist, setting: Setting) -> list[str]:
    judgement, cause = item.judgement, item.judgement.cause
    late = (listed.as_of - judgement.due.day).days if judgement.due is not None and item.overdue else 0
    places = dict.fromkeys(f"{each.location.path}:{each.location.line}" for each in item.findings)
    return [
        str(number),
        _by(task, listed, setting),
        str(late) if late else "",
        _label(item, setting),
        share.title or share.role,
        share.unit or "",
        item.procedure,
        item.title,
        setting.say(msg("revision {number}", number=item.revision)),  # a number alone would lose its last nought
        "; ".join(elements([*item.proofs], setting)),
        "; ".join(places),
        setting.say(together([*item.proofs])),
        "" if cause is None else f"{cause.acting}: {cause.title}",
        "" if cause is None or cause.quote is None else cause.quote,
        item.event,
        setting.say(what_to_do(judgement)),
        " | ".join(commands((item,), recorded=listed.recorded)),
    ]


def _by(task: Task, listed: Worklist, setting: Setting) -> str:
    day = by_when(task.by(listed.as_of), task.judgement, listed.as_of)
    return day if isinstance(day, str) else setting.say(day)


def _label(item: Item, setting: Setting) -> str:
    return " · ".join(map(setting.say, label(item.judgement)))


# -- Markdown --------------------------------------------------------------------------------------------


def markdown(listed: Worklist, setting: Setting) -> str:
    """For an issue or a mail: a heading for each role, a paragraph and a table for each task."""
    return "\n".join(_markdown(listed, setting)) + "\n"


def _markdown(listed: Worklist, setting: Setting) -> Iterator[str]:
    title = msg("Worklist of {agency}, as of {day}", agency=listed.agency_name, day=listed.as_of.isoformat())
    yield f"# {escaped(setting.say(title))}"
    yield ""
    yield escaped(" · ".join(map(setting.say, totals(listed))))
    number = 0
    for share in listed.shares:
        yield ""
        unit = f", {share.unit}" if share.unit else ""
        yield f"## {escaped(f'{share.title or share.role}{unit}')}"
        for task in share.tasks:
            number += 1
            yield from _md_task(number, task, listed, setting)
    yield from _md_register(listed, setting)
    if any(item.due is not None for item in listed.items):
        yield ""
        yield escaped(setting.say(due_days(listed.months)))


def _md_task(number: int, task: Task, listed: Worklist, setting: Setting) -> Iterator[str]:
    judgement = task.judgement
    late = lateness(judgement, listed.as_of)
    words = [_by(task, listed, setting), _label(task.items[0], setting), *([] if late is None else [setting.say(late)])]
    yield ""
    yield f"### {number}. {escaped(' · '.join(words))}"
    yield ""
    yield escaped(setting.say(together(task.proofs)))
    for quote in quotes(task):
        yield ""
        yield f"> {escaped(f'“{quote}”')}"
    yield ""
    yield f"**{escaped(setting.say(msg('to do')))}:** {escaped(setting.say(what_to_do(judgement)))}"
    yield ""
    header = [escaped(setting.say(each)) for each in (msg("procedure"), msg("title"), msg("elements"), msg("command"))]
    yield from md_table(header, (_md_row(items, listed, setting) for items in by_procedure(task.items)))


def _md_row(items: Sequence[Item], listed: Worklist, setting: Setting) -> Sequence[str]:
    first = items[0]
    named = escaped(", ".join(elements([proof for item in items for proof in item.proofs], setting)))
    next_one = settled(items)
    if next_one is not None:
        named += f"<br>{escaped(setting.say(next_one))}"
    closing = "<br>".join(map(code, commands(items, recorded=listed.recorded)))
    return [escaped(first.procedure), escaped(first.title), named, closing]


def _md_register(listed: Worklist, setting: Setting) -> Iterator[str]:
    if not listed.texts and not listed.remarks:
        return
    yield ""
    yield f"## {escaped(setting.say(msg('Register of legal texts')))}"
    yield ""
    for finding in listed.remarks:
        place = code(f"{finding.location.path}:{finding.location.line}")
        fix = "" if finding.fix is None else f" – {escaped(setting.say(finding.fix))}"
        yield f"- {finding.code.id} {place} {escaped(setting.say(finding.message))}{fix}"
    if listed.texts:
        numbers = ", ".join(escaped(each.number) for each in listed.texts)
        yield f"- {escaped(setting.say(LABELS[Verdict.UNCHECKED]))}: {numbers} – {escaped(setting.say(_UNCHECKED))}"


# -- calendar --------------------------------------------------------------------------------------------


def calendar(listed: Worklist, setting: Setting) -> str:
    """An entry on the due day of each procedure and event; what has no due day is not in it."""
    name = msg("{agency}: legal updates due", agency=listed.agency_name)
    entries = [
        _entry(item, share, day, listed, setting)
        for share in listed.shares
        for item in share.items
        if (day := None if item.due is None else item.due.day) is not None
    ]
    entries.sort(key=lambda entry: (entry.day, entry.key))
    return ics.render(setting.say(name), listed.agency, listed.as_of, entries, setting.version)


def _entry(item: Item, share: Share, day: date, listed: Worklist, setting: Setting) -> ics.Entry:
    what = setting.say(together([*item.proofs]))
    quote = item.judgement.cause.quote if item.judgement.cause is not None else None
    parts = [
        what,
        "" if not quote else f"“{' '.join(quote.split())}”",
        f"{item.procedure} {item.title}: {', '.join(elements([*item.proofs], setting))}",
        setting.say(msg("responsible: {role}", role=share.title or share.role)),
        setting.say(what_to_do(item.judgement)),
        *commands((item,), recorded=listed.recorded),
    ]
    return ics.Entry(
        key=_key(item),
        day=day,
        summary=f"{item.procedure} · {_label(item, setting)}: {what}",
        description="\n".join(part for part in parts if part),
        categories=(share.title or share.role,),
    )


def _key(item: Item) -> str:
    return f"{item.procedure}\0{item.event}"
