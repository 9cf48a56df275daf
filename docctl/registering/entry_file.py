"""The file of a legal text with more in it: events at the end of its list, confirmations. The rest keeps its letters.

Lines are put where the values end by the parser's own marks; what is written must read back as what was wanted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from docctl.errors import UsageError
from docctl.message import msg
from docctl.registering.written import event_lines, scalar
from docctl.schema import validate
from docctl.text.edits import Edit, apply
from docctl.text.insertion import behind_comments, column, fields, line_behind, lines_at, next_line
from docctl.text.strict import read
from docctl.text.tree import Span, Tree

_DOCUMENT_END = re.compile(r"^\.\.\.(?=\s|\Z)", re.MULTILINE)


def with_events(path: str, text: str, events: Sequence[Mapping[str, Any]]) -> str:
    """The file of a text with more events at the end of its list; everything else is kept to the letter."""
    tree = entry_tree(path, text)
    present = _events(tree)
    lines = [line for each in events for line in event_lines(each)]
    span = tree.spans.get(("events",))
    if span is None:
        edits = [_new_list(path, tree, lines)]
    elif not present:
        edits = _filled_list(path, tree, span, lines)
    else:
        if tree.text[span.start] != "-":
            raise _layout(path)
        deep = column(tree.text, span.start)
        at = behind_comments(tree.text, line_behind(tree, ("events", len(present) - 1)), deep)
        edits = [lines_at(tree, at, [" " * deep + line for line in lines])]
    return _written(path, tree, edits, [*present, *events])


def with_confirmation(path: str, text: str, ids: Sequence[str], role: str, day: date) -> str:
    """The file with these events confirmed by a role on a day. Raises ``UsageError`` for one that cannot be."""
    tree = entry_tree(path, text)
    events = [{**each} for each in _events(tree)]
    places = {each["id"]: place for place, each in enumerate(events)}
    edits = []
    for each in dict.fromkeys(ids):
        if each not in places:
            raise UsageError(msg('{path} has no event "{id}"', path=path, id=each))
        event = events[places[each]]
        if event.get("confirmed") is not None or event.get("withdrawn") is not None:
            raise UsageError(msg('the event "{id}" is confirmed or withdrawn already', id=each))
        event["confirmed"] = {"by": role, "on": day.isoformat()}
        said = f'confirmed: {{ by: {scalar(role)}, on: "{day.isoformat()}" }}'
        edits.append(fields(tree, ("events", places[each]), [said]))
    return _written(path, tree, edits, events)


def waiting(path: str, text: str) -> Sequence[Mapping[str, Any]]:
    """The events of a file that nobody has confirmed or withdrawn, in its order."""
    events = _events(entry_tree(path, text))
    return [each for each in events if each.get("confirmed") is None and each.get("withdrawn") is None]


def entry_tree(path: str, text: str) -> Tree:
    """The file of a text, read. Raises ``UsageError`` where it cannot be."""
    found = read(text.encode("utf-8"), path)
    if found.tree is None or validate(found.tree, "legal-text"):
        raise UsageError(
            msg("{path} cannot be read", path=path), msg("docctl check {path} tells where and why", path=path)
        )
    return found.tree


def _events(tree: Tree) -> Sequence[Mapping[str, Any]]:
    return cast("Mapping[str, Any]", tree.value).get("events") or []


# -- where lines are put -------------------------------------------------------------------------------


def _new_list(path: str, tree: Tree, lines: Sequence[str]) -> Edit:
    """A list of events as the last field of the file."""
    text, root = tree.text, tree.spans[()]
    if text[root.start] == "{":
        raise _layout(path)
    indent = " " * column(text, root.start)
    end = _DOCUMENT_END.search(text, root.end)
    at = len(text) if end is None else end.start()
    return lines_at(tree, at, [f"{indent}events:", *(f"{indent}  {line}" for line in lines)])


def _filled_list(path: str, tree: Tree, span: Span, lines: Sequence[str]) -> list[Edit]:
    """The events in the place of an empty list; a comment behind it stays behind the name of the field."""
    text = tree.text
    if text[tree.spans[()].start] == "{" or "#" in text[span.start : span.end] or span.key_start is None:
        raise _layout(path)
    indent = " " * (column(text, span.key_start) + 2)
    gone = Edit(len(text[: span.start].rstrip()), span.end, "")
    return [gone, lines_at(tree, next_line(text, span.end), [indent + line for line in lines])]


# -- what was wanted -----------------------------------------------------------------------------------


def _written(path: str, tree: Tree, edits: Sequence[Edit], events: Sequence[Mapping[str, Any]]) -> str:
    """The edited file. Raises ``UsageError`` where it would not read back as the old one with these events."""
    new = apply(tree.text, edits)
    wanted = {**cast("Mapping[str, Any]", tree.value), "events": [*events]}
    found = read(new.encode("utf-8"), path).tree
    if found is None or validate(found, "legal-text") or found.value != wanted:
        raise _layout(path)
    return new


def _layout(path: str) -> UsageError:
    return UsageError(
        msg("the events in {path} are written in a form that cannot be added to", path=path),
        msg("write one event after another, each beginning with a hyphen (docs/formats.md)"),
    )
