"""``docctl search`` for people and programs: documents, and in each the texts in which the words stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docctl.finding import pointer_text
from docctl.message import msg
from docctl.model.search import FoundIn, Hit, Search
from docctl.report.content_words import FIELDS
from docctl.report.setting import Setting, visible
from docctl.report.style import paint
from docctl.text.vietnamese import width

_MOST_HITS = 5
_AROUND = 24
_LEAST = 40


def render(found: Search, setting: Setting) -> str:
    """The documents, the best first; of each some texts, with the words in colour."""
    lines: list[str] = []
    for each in found.documents:
        lines += [*_document(each, setting), ""]
    if found.total > len(found.documents):
        left = msg("more documents: {count} (--limit)", count=found.total - len(found.documents))
        lines += [paint(setting.say(left), "dim", colour=setting.colour), ""]
    return "\n".join(lines)


def summary(found: Search, setting: Setting) -> str:
    """How much was found, searched, and could not be."""
    said = msg("found in {count} of {searched} documents", count=found.total, searched=found.searched)
    if not found.unread:
        return setting.say(said) + "\n"
    unread = msg("not searched, for they cannot be read: {paths}", paths=", ".join(found.unread[:_MOST_HITS]))
    more = f" +{len(found.unread) - _MOST_HITS}" if len(found.unread) > _MOST_HITS else ""
    return f"{setting.say(said)}\n{visible(setting.say(unread))}{more}\n"


def _document(found: FoundIn, setting: Setting) -> Iterator[str]:
    name = paint(visible(found.id), "bold", colour=setting.colour)
    number = "" if found.revision is None else f" {found.revision}"
    yield f"{name}{number}  {visible(found.title)}".rstrip()
    yield f"  {paint(visible(setting.path(found.path)), 'dim', colour=setting.colour)}"
    shown = found.hits[:_MOST_HITS]
    places = [f"{each.location.line}:{each.location.column}" for each in shown]
    elements = [_called(each.element, setting) for each in shown]
    wide, named = max(map(len, places)), max(map(width, elements))
    for each, place, element in zip(shown, places, elements, strict=True):
        cells = f"{place:>{wide}}  {element}{' ' * (named - width(element))}"
        room = max(_LEAST, setting.width - wide - named - 8)
        yield f"  {paint(cells, 'dim', colour=setting.colour)}  {_text(each, room, setting)}"
    if len(found.hits) > _MOST_HITS:
        left = msg("more places: {count}", count=len(found.hits) - _MOST_HITS)
        yield f"  {paint(setting.say(left), 'dim', colour=setting.colour)}"


def _called(element: str | None, setting: Setting) -> str:
    """A field in the reader's words; what has an id goes by that."""
    return visible(element or "") if element not in FIELDS else setting.say(FIELDS[element])


def _text(hit: Hit, room: int, setting: Setting) -> str:
    """The text around the first words found, on one line."""
    start = hit.spans[0][0]
    first = 0 if len(hit.text) <= room or start <= room // 2 else hit.text.rfind(" ", 0, max(1, start - _AROUND)) + 1
    last = len(hit.text) if len(hit.text) - first <= room else hit.text.rfind(" ", first, first + room)
    last = last if last > start else len(hit.text)
    pieces: list[str] = ["…"] if first else []
    here = first
    for begin, end in hit.spans:
        if begin >= last:
            break
        pieces += [visible(hit.text[here:begin]), paint(visible(hit.text[begin:end]), "yellow", colour=setting.colour)]
        here = end
    pieces.append(visible(hit.text[here:last]))
    text = " ".join("".join(pieces).split())
    return text + ("…" if last < len(hit.text) else "")


def tree(found: Search) -> dict[str, object]:
    """The same for programs (docs/history.md)."""
    return {
        "format": "docctl/search/v1",
        "words": [*found.words],
        "total": found.total,
        "searched": found.searched,
        "unread": [*found.unread],
        "documents": [
            {
                "path": each.path, "kind": each.kind, "id": each.id, "title": each.title, "revision": each.revision,
                "hits": _hits(each.hits),
            }
            for each in found.documents
        ],
    }  # fmt: skip


def _hits(hits: Sequence[Hit]) -> list[dict[str, object]]:
    return [
        {
            "line": each.location.line, "column": each.location.column,
            "pointer": pointer_text(each.location.pointer), "element": each.element, "name": each.name,
            "text": each.text, "spans": [[*span] for span in each.spans],
        }
        for each in hits
    ]  # fmt: skip
