"""A procedure with one unit in the place of another, made ready for its reissue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from docctl.errors import UsageError
from docctl.message import msg
from docctl.model.procedure import Procedure
from docctl.model.renaming import FileEdit, UnitRename
from docctl.renaming.editing import Editing
from docctl.rules.references import unit_references
from docctl.terms.free_text import free_texts
from docctl.text.phrases import Phrase, Phrases

REASON = "reorganisation"


class Edited(Struct, frozen=True):
    """The edit of a procedure's file. ``left`` says that it is a draft for another reason, whose ``change`` stays."""

    edit: FileEdit
    left: bool


def swapped(words: Sequence[tuple[str, str]]) -> Phrases[tuple[str, str] | None]:
    """The pairs as phrases. New words that hold the old ones are found whole, so that nothing is replaced twice."""
    phrases: list[Phrase[tuple[str, str] | None]] = []
    for old, new in words:
        phrases += (Phrase(old, (old, new)), Phrase(new, None))
    return Phrases(phrases)


def edited(
    path: str, text: str, wanted: UnitRename, swaps: Phrases[tuple[str, str] | None], used: tuple[int, int] | None
) -> Edited:
    """The edit of one procedure that names the unit or holds the words.

    ``used`` is the last number that was adopted, issued or archived, None where none was: a text that has it, or an
    earlier one, becomes the draft of the next issue. Raises ``UsageError``, ``InvalidDocument``.
    """
    editing = Editing(path, text, "procedure")
    procedure = Procedure.from_tree(editing.wanted)
    for pointer, unit in unit_references(procedure):
        if unit != wanted.old:
            continue
        if pointer[0] == "coordinates" and wanted.new in procedure.coordinates:
            editing.remove(pointer)
            editing.say(pointer, wanted.old, "")
        else:
            editing.set(pointer, wanted.new)
            editing.say(pointer, wanted.old, wanted.new)
    for pointer, words in free_texts(editing.tree.value, "procedure"):
        _swap(editing, pointer, words, swaps)
    places = tuple(sorted(editing.places, key=lambda each: (each.location.line, each.location.column)))
    affected = [*dict.fromkeys(each.element for each in places if each.element is not None)]
    numbers, left = None, False
    if not wanted.keep_numbers:
        if used is not None and procedure.order <= used:
            numbers = _reissue(editing, procedure, used[0] + 1, _change(wanted, affected))
        elif procedure.change is not None and procedure.change.reason == REASON:
            _write_change(editing, _joined(editing.wanted["change"], _change(wanted, affected)))
        else:
            left = True
    new = editing.text()
    return Edited(FileEdit(path, text.encode("utf-8"), new.encode("utf-8"), places, numbers), left)


def _swap(editing: Editing, pointer: tuple[str | int, ...], text: str, swaps: Phrases[tuple[str, str] | None]) -> None:
    changes: list[tuple[int, int, str]] = []
    for found in swaps.find(text):
        if changes and found.start < changes[-1][1]:
            raise UsageError(msg('the words to be replaced overlap in "{text}"', text=text[changes[-1][0] : found.end]))
        if found.meaning is not None:
            new = _as_written(text[found.start : found.end], *found.meaning)
            changes.append((found.start, found.end, new))
    if changes:
        editing.replace_words(pointer, changes)


def _as_written(found: str, old: str, new: str) -> str:
    """The new words in capital letters where the old ones are, or begin with one."""
    if found == found.upper() and old != old.upper():
        return new.upper()
    return new[:1].upper() + new[1:] if found[:1].isupper() and old[:1].islower() else new


def _change(wanted: UnitRename, affected: Sequence[str]) -> Mapping[str, Any]:
    return {
        "reason": REASON,
        "summary": wanted.summary,
        "affected": [*affected],
        "legal_basis": [{"text": number} for number in wanted.basis],
    }


def _reissue(editing: Editing, procedure: Procedure, issue: int, change: Mapping[str, Any]) -> tuple[str, str]:
    """The next issue, whose change is the reorganisation; what the change before said stands in the archive."""
    if procedure.issue != issue:
        editing.set(("issue",), issue)
    if procedure.revision != 0:
        editing.set(("revision",), 0)
    if procedure.change is None:
        editing.add_fields((), {"change": change}, after="revision")
    else:
        _write_change(editing, change)
    return procedure.number, f"{issue}.0"


def _joined(before: Mapping[str, Any], change: Mapping[str, Any]) -> Mapping[str, Any]:
    """The change of a draft that an earlier reorganisation made, with this one in it."""
    summary = str(before["summary"])
    if change["summary"] not in summary:
        summary = f"{summary.rstrip().rstrip('.;')}; {change['summary']}"
    affected = [*before.get("affected", ()), *change["affected"]]
    basis = [*before.get("legal_basis", ())]
    basis += [each for each in change["legal_basis"] if each not in basis]
    return {**change, "summary": summary, "affected": [*dict.fromkeys(affected)], "legal_basis": basis}


def _write_change(editing: Editing, change: Mapping[str, Any]) -> None:
    """Field by field, so that what stands between them stays."""
    before = editing.wanted["change"]
    missing = {}
    for key, value in change.items():
        if key not in before:
            missing[key] = value
        elif before[key] != value and isinstance(value, list):
            editing.set_list(("change", key), value)
        elif before[key] != value:
            editing.set(("change", key), value)
    if missing:
        editing.add_fields(("change",), missing)
