"""The chain of proof as Markdown: for an issue, a mail, or the comment on a change."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.message import msg
from docctl.model.organisation import Organisation
from docctl.model.report import CurrencyReport
from docctl.report.explaining import Item, Page, Wordings, pages
from docctl.report.markdown import code, escaped, table
from docctl.report.setting import Setting
from docctl.report.wordings import marked


def render(
    report: CurrencyReport, organisation: Organisation | None, setting: Setting, wordings: Wordings = lambda _: ()
) -> str:
    """Every procedure of the report, worst first, each with the events that touch it."""
    lines = [line for page in pages(report, organisation, setting, wordings) for line in _lines(page, setting)]
    return "\n".join(lines) + "\n" if lines else ""


def _lines(page: Page, setting: Setting) -> Iterator[str]:
    yield from (f"## {escaped(page.title)}", "")
    yield "  \n".join(escaped(each) for each in page.standing)
    yield ""
    for label, words in page.verdicts:
        yield f"- **{escaped(label.words)}**" + (f", {escaped(words)}" if words else "")
    yield ""
    for number, item in enumerate(page.items, 1):
        yield f"### {number}. {escaped(item.label.words)} {code(item.event)}".rstrip()
        yield ""
        yield from _item(item, setting)
        yield ""
    for sentence, listed in page.notes:
        yield escaped(sentence)
        yield from ("", *(f"- {escaped(words)}" for words in listed)) if listed else ()
        yield ""


def _item(item: Item, setting: Setting) -> Iterator[str]:
    for label, words in item.rows:
        text = words.removeprefix("- ")
        if label:
            yield f"- **{escaped(label)}**: {escaped(text)}"
        else:
            yield f"  - {escaped(text)}"
    if item.wordings:
        yield ""
        header = [setting.say(each) for each in (msg("provision"), msg("before"), msg("after"))]
        nothing = setting.say(msg("(nothing)"))
        rows = []
        for each in item.wordings:
            before, after = marked(each.before or "", each.after or "")
            rows.append([escaped(side) for side in (each.place, before or nothing, after or nothing)])
        yield from table([escaped(each) for each in header], rows)
