"""``docctl rename-unit`` for people: every place in every file, what has to be looked at, and how much it was."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.message import msg
from docctl.model.renaming import FileEdit, Renaming
from docctl.report.setting import Setting, visible
from docctl.report.style import paint


def render(renaming: Renaming, setting: Setting) -> str:
    """A block for each file."""
    return "\n\n".join("\n".join(_file(each, setting)) for each in renaming.edits) + "\n" if renaming.edits else ""


def notes(renaming: Renaming, setting: Setting) -> str:
    """What is left to a person, one line each."""
    return "".join(f"{setting.say(msg('note'))}: {setting.say(each)}\n" for each in renaming.notes)


def _file(edit: FileEdit, setting: Setting) -> Iterator[str]:
    numbers = "" if edit.numbers is None else f"  {edit.numbers[0]} -> {edit.numbers[1]}"
    yield paint(setting.path(edit.path), "bold", colour=setting.colour) + numbers
    stands = [f"{each.location.line}:{each.location.column}" for each in edit.places]
    elements = [each.element or "" for each in edit.places]
    wide, named = max(map(len, stands)), max(map(len, elements))
    for place, where, element in zip(edit.places, stands, elements, strict=True):
        old = paint(visible(place.old), "red", colour=setting.colour)
        new = paint(visible(place.new), "green", colour=setting.colour)
        yield f"  {where:>{wide}}  {element:<{named}}  {old} -> {new}"
