"""``docctl impact --term``: where words stand, by document; for people, programs and tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from docctl.finding import pointer_text
from docctl.message import Message, msg
from docctl.model.report import RULES_VERSION
from docctl.model.term_place import TermPlace, TermPlaces
from docctl.model.terms import Term
from docctl.report import csv
from docctl.report.setting import Setting, visible
from docctl.report.style import paint

_COLUMNS = ("document", "path", "line", "column", "element", "asked", "words", "until", "instead", "sentence")


def render(found: TermPlaces, as_of: date, setting: Setting) -> str:
    """A block for each document, then what terms.yaml says of the terms met."""
    blocks = ["\n".join(_document(path, [*places], setting)) for path, places in _by_document(found)]
    met = {place.listed.term.place: place.listed.term for place in found.places if place.listed is not None}
    if met:
        blocks.append("\n".join(setting.say(term_words(met[key], as_of)) for key in sorted(met)))
    return "\n\n".join(blocks) + "\n" if blocks else ""


def summary(found: TermPlaces, setting: Setting) -> str:
    """How many places there are in how many documents, of how many; and what was not read."""
    documents = len({place.location.path for place in found.places})
    names = {"places": len(found.places), "documents": documents, "looked": found.documents}
    lines = [setting.say(msg("places: {places}, in {documents} of the {looked} documents looked at", **names))]
    lines += (setting.say(msg("not read, so not looked at: {path}", path=setting.path(each))) for each in found.unread)
    return "".join(f"{line}\n" for line in lines)


def term_words(term: Term, as_of: date) -> Message:
    """What terms.yaml says of a term, seen from a day."""
    name = " / ".join(f'"{each}"' for each in term.words)
    if term.last is not None and as_of > term.last:
        said = msg("{name}: ended on {last}", name=name, last=term.last.isoformat())
    elif term.first is not None and as_of < term.first:
        said = msg("{name}: exists only from {first}", name=name, first=term.first.isoformat())
    elif term.last is not None:
        said = msg("{name}: ends on {last}", name=name, last=term.last.isoformat())
    else:
        said = msg("{name}: in use", name=name)
    if term.instead is not None:
        said = msg('{said}; instead: "{words}"', said=said, words=term.instead)
    elif term.gone:
        said = msg("{said}; nothing has taken its place", said=said)
    return said if term.why is None else msg("{said} ({why})", said=said, why=term.why.text)


def _by_document(found: TermPlaces) -> Iterator[tuple[str, Iterator[TermPlace]]]:
    return groupby(found.places, key=lambda place: place.location.path)


def _document(path: str, places: Sequence[TermPlace], setting: Setting) -> Iterator[str]:
    name = paint(setting.path(path), "bold", colour=setting.colour)
    count = msg("places: {count}", count=len(places))
    yield f"{name}  {setting.say(count)}"
    numbers = [f"{place.location.line}:{place.location.column}" for place in places]
    elements = [place.element or "" for place in places]
    wide, named = max(map(len, numbers)), max(map(len, elements))
    left_out = msg("except")
    for place, number, element in zip(places, numbers, elements, strict=True):
        words = paint(visible(place.words), "yellow", colour=setting.colour)
        mark = f"  [{setting.say(left_out)}]" if place.excepted else ""
        yield f"  {number:>{wide}}  {element:<{named}}  {visible(place.before)}{words}{visible(place.after)}{mark}"


# -- for programs -----------------------------------------------------------------------------


def as_json(found: TermPlaces, asked: Sequence[str], as_of: date, content: str, setting: Setting) -> str:
    """One JSON document (docs/reorganisation.md)."""
    documents = [
        {"document": places[0].document, "path": path, "count": len(places), "places": [_tree(each) for each in places]}
        for path, places in ((path, [*group]) for path, group in _by_document(found))
    ]
    tree = {
        "format": "docctl/term-places/v1",
        "docctl": setting.version,
        "rules": RULES_VERSION,
        "content": content,
        "as_of": as_of.isoformat(),
        "asked": [*asked],
        "summary": {"looked_at": found.documents, "documents": len(documents), "places": len(found.places)},
        "unread": [*found.unread],
        "documents": documents,
    }
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def _tree(place: TermPlace) -> Mapping[str, Any]:
    where = place.location
    return {
        "element": place.element, "line": where.line, "column": where.column, "end_line": where.end_line,
        "end_column": where.end_column, "pointer": pointer_text(where.pointer), "asked": place.asked,
        "words": place.words, "sentence": place.before + place.words + place.after, "excepted": place.excepted,
        "listed": None if place.listed is None else _listed(place.listed.term, place.listed.said),
    }  # fmt: skip


def _listed(term: Term, said: str) -> Mapping[str, Any]:
    why = None if term.why is None else {"text": term.why.text, "provisions": [*term.why.provisions]}
    return {
        "term": said, "from": _day(term.first), "until": _day(term.last), "instead": term.instead, "gone": term.gone,
        "why": why, "note": term.note,
    }  # fmt: skip


def as_csv(found: TermPlaces) -> str:
    """A table with a head, one place a line; see ``report.csv``."""
    return csv.render([_COLUMNS, *map(_row, found.places)])


def _row(place: TermPlace) -> tuple[str, ...]:
    term = None if place.listed is None else place.listed.term
    return (
        place.document, place.location.path, str(place.location.line), str(place.location.column), place.element or "",
        place.asked, place.words, "" if term is None else _day(term.last) or "",
        "" if term is None else term.instead or "", place.before + place.words + place.after,
    )  # fmt: skip


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
