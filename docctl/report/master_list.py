"""``docctl register``: the master list for people, for papers and for spreadsheets."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date

from docctl.message import Message, msg
from docctl.model.form import Form
from docctl.model.master_list import UNREAD, Listed, ListedForm, ListedText, MasterList
from docctl.model.standing import Stage
from docctl.report import csv
from docctl.report.content_words import Words
from docctl.report.doubts import doubts
from docctl.report.law import STATUSES
from docctl.report.markdown import code, escaped, table
from docctl.report.outdated import fitting
from docctl.report.setting import Setting, visible
from docctl.report.status import STAGES, revision_tree, withdrawn
from docctl.report.style import paint
from docctl.text.vietnamese import width

_TITLE, _LEAST = 46, 12
_STATUSES = {"": msg("not in the register"), UNREAD: msg("cannot be read"), **STATUSES}
_DOCUMENTS = (
    msg("document"), msg("title"), msg("revision"), msg("state"), msg("from"), msg("decision"),
    msg("kept up to date by"),
)  # fmt: skip
_FORMS = (msg("code of the form"), msg("title"), msg("source"), msg("used by"))
_TEXTS = (msg("number"), msg("title"), msg("issued"), msg("status"), msg("since"), msg("looked at"), msg("cited by"))
TITLES = (msg("Internal documents"), msg("Forms"), msg("External documents: texts of the law"))

Table = tuple[Message, Sequence[Message], list[list[str]]]


def tables(found: MasterList, words: Words) -> list[Table]:
    """The three lists with title, header and rows, in words."""
    return [
        (TITLES[0], _DOCUMENTS, [_document(each, words) for each in found.documents]),
        (TITLES[1], _FORMS, [_form(each, words) for each in found.forms]),
        (TITLES[2], _TEXTS, [_text(each, words.setting) for each in found.texts]),
    ]


def _document(each: Listed, words: Words) -> list[str]:
    setting = words.setting
    revision, decision = each.revision, each.revision.decision
    paper = "" if decision is None else f"{decision.number}, {decision.date.isoformat()}"
    name = each.id if each.code_printed in (None, each.id) else f"{each.id} ({each.code_printed})"
    owner = "" if each.owner is None else words.role(each.owner)
    state = setting.say(STAGES[revision.stage])
    others = [(number, day) for number, day in each.scheduled if number != revision.number]
    if others:
        state += "; " + ", ".join(
            setting.say(msg("{number} from {day}", number=n, day=d.isoformat())) for n, d in others
        )
    gone = withdrawn(revision)
    if gone is not None:
        state = setting.say(gone) if revision.stage is Stage.WITHDRAWN else f"{state}; {setting.say(gone)}"
    if not each.text_held:
        state += "; " + setting.say(msg("its text is not held here"))
    return [visible(part) for part in (name, each.title, revision.number, state, _day(revision.first), paper, owner)]


def _form(each: ListedForm, words: Words) -> list[str]:
    form = each.form
    where = form.file or ""
    if form.law is not None:
        where = words.citation({"text": form.law.text, "provisions": [*form.law.provisions]})
    return [visible(part) for part in (form.id, form.title, where, ", ".join(each.used_by))]


def _text(each: ListedText, setting: Setting) -> list[str]:
    status = setting.say(_STATUSES[each.status or ""])
    days = (_day(each.issued), status, _day(each.since), _day(each.checked))
    return [visible(part) for part in (each.number, each.title or "", *days, ", ".join(each.cited_by))]


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def render(found: MasterList, words: Words) -> str:
    """Three tables for a screen; long titles are cut, and of many documents some are named."""
    setting = words.setting
    lines = [paint(setting.say(_head(found)), "bold", colour=setting.colour)]
    for title, header, rows in tables(found, words):
        lines += ["", paint(f"{setting.say(title)} ({len(rows)})", "cyan", colour=setting.colour)]
        lines += _columns([setting.say(each) for each in header], rows, setting)
    said = _said(found, setting)
    return "\n".join([*lines, *([""] if said else []), *said]) + "\n"


def doubtful(found: MasterList) -> list[Message]:
    """What the list does without: files that cannot be read, records that do not count, texts that are not held."""
    return doubts(found.unread, found.refused, found.not_held)


def _said(found: MasterList, setting: Setting) -> list[str]:
    """What the list does without; it stands on the list itself, for that is what goes round."""
    return [
        line
        for each in doubtful(found)
        for line in textwrap.wrap(visible(setting.say(each)), max(40, setting.width), break_on_hyphens=False)
    ]


def _head(found: MasterList) -> Message:
    return msg("Master list as of {day}", day=found.as_of.isoformat())


def _columns(header: Sequence[str], rows: Sequence[Sequence[str]], setting: Setting) -> Iterator[str]:
    if not rows:
        return
    others = sum(
        max(width(row[place]) for row in (header, *rows)) + 2 for place in range(len(header) - 1) if place != 1
    )
    if setting.width - others - 2 - 2 - _LEAST < _LEAST:
        yield from _stacked(header, rows, setting)
        return
    title = min(_TITLE, setting.width - others - 2 - 2 - _LEAST)
    short = [[_cut(cell, title) if place == 1 else cell for place, cell in enumerate(row)] for row in rows]
    wide = [max(width(row[place]) for row in (header, *short)) for place in range(len(header) - 1)]
    room = max(_LEAST, setting.width - sum(wide) - 2 * len(wide) - 2)
    for row in (header, *short):
        line = "  ".join(cell + " " * (columns - width(cell)) for cell, columns in zip(row, wide, strict=False))
        named = row[-1].split(", ")
        last = fitting(named, room) if len(named) > 1 and row is not header else row[-1]
        first, *more = textwrap.wrap(last, room, break_on_hyphens=False) or [""]
        style = "dim" if row is header else ""
        yield paint(f"  {line}  {first}".rstrip(), style, colour=setting.colour and bool(style))
        yield from (" " * (sum(wide) + 2 * len(wide) + 2) + each for each in more)


def _stacked(header: Sequence[str], rows: Sequence[Sequence[str]], setting: Setting) -> Iterator[str]:
    """The same where the screen is too narrow for columns: name and title, and below them the rest."""
    for name, title, *rest in rows:
        *cells, named = rest
        words = named.split(", ")
        said = [f"{head} {cell}" for head, cell in zip(header[2:], cells, strict=False) if cell]
        said += [f"{header[-1]} {fitting(words, setting.width - 6 - width(header[-1])) if len(words) > 1 else named}"]
        yield f"  {paint(name, 'bold', colour=setting.colour)}  {_cut(title, setting.width - width(name) - 4)}".rstrip()
        yield from textwrap.wrap(
            " · ".join(said), setting.width, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False
        )


def _cut(text: str, columns: int) -> str:
    return text if width(text) <= columns else text[: columns - 1].rstrip(" ,") + "…"


def markdown(found: MasterList, words: Words) -> str:
    """Three tables for a paper or an intranet."""
    setting = words.setting
    lines = [f"# {escaped(setting.say(_head(found)))}", ""]
    for title, header, rows in tables(found, words):
        lines += [f"## {escaped(setting.say(title))}", ""]
        cells = [[code(row[0]), *map(escaped, row[1:])] for row in rows]
        lines += [*table([escaped(setting.say(each)) for each in header], cells), ""]
    lines += [f"**{escaped(setting.say(each))}**\n" for each in doubtful(found)]
    return "\n".join(lines)


def spreadsheet(found: MasterList, words: Words) -> str:
    """One table, whose first column tells which of the three lists a row belongs to; revisions in words."""
    setting = words.setting
    wide = max(len(header) for _, header, _ in tables(found, words))
    rows: list[list[str]] = []
    for title, header, listed in tables(found, words):
        name = setting.say(title)
        rows.append([name, *map(setting.say, header), *[""] * (wide - len(header))])
        if header is _DOCUMENTS:
            listed = [[*row[:2], setting.say(msg("revision {number}", number=row[2])), *row[3:]] for row in listed]
        rows += [[name, *row, *[""] * (wide - len(row))] for row in listed]
    return csv.render(rows)


def tree(found: MasterList) -> dict[str, object]:
    """The same for programs."""
    return {
        "format": "docctl/register/v1",
        "as_of": found.as_of.isoformat(),
        "content": found.content,
        "documents": [_document_tree(each) for each in found.documents],
        "forms": [
            {
                "id": each.form.id, "title": each.form.title, "file": each.form.file, "sha256": each.form.sha256,
                "law": _law_tree(each.form),
                "holder": each.holder, "used_by": [*each.used_by],
            }
            for each in found.forms
        ],
        "texts": [
            {
                "number": each.number, "title": each.title, "issued": _day(each.issued) or None, "status": each.status,
                "since": _day(each.since) or None, "checked": _day(each.checked) or None, "cited_by": [*each.cited_by],
            }
            for each in found.texts
        ],
        "unread": [*found.unread],
        "refused": found.refused,
    }  # fmt: skip


def _law_tree(form: Form) -> dict[str, object] | None:
    return None if form.law is None else {"text": form.law.text, "provisions": [*form.law.provisions]}


def _document_tree(each: Listed) -> dict[str, object]:
    return {
        "id": each.id,
        "title": each.title,
        "code_printed": each.code_printed,
        "owner": each.owner,
        "text_held": each.text_held,
        "review_due": _day(each.review_due) or None,
        "scheduled": [{"number": number, "from": day.isoformat()} for number, day in each.scheduled],
        **revision_tree(each.revision),
    }
