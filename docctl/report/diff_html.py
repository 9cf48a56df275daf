"""``docctl diff --format html``: one page that stands alone, to be sent, printed or put on an intranet."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from html import escape

from docctl.message import LANGUAGE, msg
from docctl.model.comparison import Comparison, Sort
from docctl.report.content_words import Words
from docctl.report.diff import head, summary
from docctl.report.diff_markdown import SORTS
from docctl.report.setting import visible
from docctl.report.telling import Told, told

_STYLE = """
body { font: 16px/1.5 "Noto Sans", "Segoe UI", Arial, sans-serif; margin: 2rem auto; max-width: 68rem; padding: 0 1rem; color: #1c1c1c; }
h1 { font-size: 1.3rem; margin: 2.5rem 0 .3rem; } .id { color: #5b5b5b; font-weight: 400; }
p.head { margin: .1rem 0; color: #444; } p.sum { color: #5b5b5b; font-size: .9rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { border-bottom: 1px solid #d9d9d9; padding: .45rem .6rem; text-align: left; vertical-align: top; }
th { font-size: .85rem; color: #5b5b5b; border-bottom: 2px solid #9b9b9b; }
td.el { width: 26%; } td.what { width: 16%; } td.el code { color: #5b5b5b; }
del { background: #fde4e1; text-decoration-color: #a8281c; } ins { background: #dff3e0; text-decoration: none; border-bottom: 1px solid #2b7a36; }
tr.added td.what { color: #2b7a36; } tr.removed td.what { color: #a8281c; } tr.moved td.what { color: #7a5a00; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } tr { break-inside: avoid; } h1 { break-after: avoid; } }
@media (max-width: 40rem) { table, tbody, tr, td { display: block; width: auto !important; } thead { display: none; } td { border: 0; padding: .1rem 0; } tr { border-bottom: 1px solid #d9d9d9; padding: .5rem 0; display: block; } }
"""  # noqa: E501 - rules of a style sheet


def render(comparisons: Sequence[Comparison], words: Words) -> str:
    """The page. Nothing in it is loaded from anywhere; whatever stands in the texts is shown as text."""
    setting = words.setting
    language = "vi" if setting.translate(LANGUAGE) == "vi" else "en"
    title = ", ".join(each.document for each in comparisons) or "docctl diff"
    body = [line for each in comparisons for line in _document(each, words)]
    body = body or [f"<p>{_safe(setting.say(msg('nothing has changed')))}</p>"]
    lines = [
        "<!doctype html>", f'<html lang="{language}">', "<head>", '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">', f"<title>{_safe(title)}</title>",
        f"<style>{_STYLE}</style>", "</head>", "<body>", *body, "</body>", "</html>",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _document(comparison: Comparison, words: Words) -> Iterator[str]:
    setting = words.setting
    yield f'<h1><span class="id">{_safe(comparison.document)}</span> {_safe(comparison.title)}</h1>'
    yield from (f'<p class="head">{_safe(each)}</p>' for each in head(comparison, words))
    if comparison.old is None or comparison.new is None:
        return
    rows = told(comparison, words)
    listed = [each for each in rows if not each.follows]
    if listed:
        header = (msg("element"), msg("what"), msg("before"), msg("after"))
        yield "<table>"
        yield "<thead><tr>" + "".join(f"<th>{_safe(setting.say(each))}</th>" for each in header) + "</tr></thead>"
        yield "<tbody>"
        yield from (_row(each, words) for each in listed)
        yield "</tbody></table>"
    yield f'<p class="sum">{_safe(summary(rows, setting))}</p>'


def _row(row: Told, words: Words) -> str:
    element = f"<code>{_safe(row.element)}</code> {_safe(row.name or '')}" if row.element else ""
    sort = words.setting.say(SORTS[row.sort])
    what = sort if row.field is None else row.field if row.sort is Sort.CHANGED else f"{row.field} ({sort})"
    before, after = _sides(row)
    cells = (("el", element), ("what", _safe(what)), ("before", before), ("after", after))
    return (
        f'<tr class="{row.sort.value}">' + "".join(f'<td class="{name}">{cell}</td>' for name, cell in cells) + "</tr>"
    )


def _sides(row: Told) -> tuple[str, str]:
    """Both wordings, with what differs marked where they share most of their words."""
    old, new = (row.before or "").split(), (row.after or "").split()
    match = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if row.sort is not Sort.CHANGED or not row.long or match.ratio() < 0.5:
        marks = ("", "") if row.sort is Sort.MOVED else ("del", "ins")
        return _marked(old, marks[0]), _marked(new, marks[1])
    sides: tuple[list[str], list[str]] = ([], [])
    for sort, first, last, start, end in match.get_opcodes():
        for side, part, mark in zip(sides, (old[first:last], new[start:end]), ("del", "ins"), strict=True):
            if part:
                side.append(_marked(part, "" if sort == "equal" else mark))
    return " ".join(sides[0]), " ".join(sides[1])


def _marked(words: Sequence[str], mark: str) -> str:
    said = _safe(" ".join(words))
    return f"<{mark}>{said}</{mark}>" if mark and said else said


def _safe(text: str) -> str:
    return escape(visible(text))
