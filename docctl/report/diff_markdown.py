"""``docctl diff --format markdown``: for the comment on a change, so that it is read by those who decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docctl.message import msg
from docctl.model.comparison import Comparison, Sort
from docctl.report.content_words import Words
from docctl.report.diff import head, summary
from docctl.report.markdown import code, escaped, table
from docctl.report.telling import Told, told
from docctl.report.wordings import marked

SORTS = {
    Sort.ADDED: msg("added"), Sort.REMOVED: msg("removed"), Sort.CHANGED: msg("changed"), Sort.MOVED: msg("moved"),
}  # fmt: skip


def render(comparisons: Sequence[Comparison], words: Words) -> str:
    """Every document that differs, with one table each."""
    lines = [line for each in comparisons for line in _document(each, words)]
    return "\n".join(lines or [escaped(words.setting.say(msg("nothing has changed")))]) + "\n"


def _document(comparison: Comparison, words: Words) -> Iterator[str]:
    setting = words.setting
    yield f"## {code(comparison.document)} {escaped(comparison.title)}"
    yield ""
    yield "  \n".join(escaped(each) for each in head(comparison, words))
    yield ""
    if comparison.old is None or comparison.new is None:
        return
    rows = told(comparison, words)
    listed = [each for each in rows if not each.follows]
    if listed:
        header = [setting.say(each) for each in (msg("element"), msg("what"), msg("before"), msg("after"))]
        yield from table([escaped(each) for each in header], [_row(each, words) for each in listed])
        yield ""
    yield escaped(summary(rows, setting))
    yield ""


def _row(row: Told, words: Words) -> list[str]:
    name = escaped(row.name or "")
    element = f"{code(row.element)} {name}".strip() if row.element else ""
    what = words.setting.say(SORTS[row.sort]) if row.field is None else row.field
    if row.field is not None and row.sort is not Sort.CHANGED:
        what = f"{row.field} ({words.setting.say(SORTS[row.sort])})"
    before, after = row.before or "", row.after or ""
    if row.long:
        before, after = marked(before, after)
    return [element, escaped(what), escaped(before), escaped(after)]
