"""The whole change: every file that names the old unit, edited, or a reason why none is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from docctl.errors import InvalidDocument, UsageError
from docctl.message import Message, msg
from docctl.model.organisation import Organisation
from docctl.model.renaming import FileEdit, Renaming, UnitRename
from docctl.model.standing import Stage
from docctl.model.view import Document
from docctl.renaming.level import IN_WORDS, level_of
from docctl.renaming.organisation import PATH, reorganised
from docctl.renaming.procedure import edited, swapped
from docctl.rules.references import unit_references
from docctl.terms.places import found_in
from docctl.text.phrases import Phrases, same
from docctl.text.tree import Tree
from docctl.view import SnapshotView


def rename_unit(view: SnapshotView, wanted: UnitRename) -> Renaming:
    """Every edit that puts one unit in the place of another (docs/reorganisation.md). Writes nothing.

    Units, roles and procedures are taken as the view's date knows them: what was adopted, issued or archived becomes
    the draft of its next issue, a draft keeps its number. Records, archive and adopted.yaml are not touched. Raises
    ``UsageError`` for what makes no sense, ``InvalidDocument`` where a file that may name the unit cannot be read.
    """
    _sensible(wanted)
    document = view.organisation
    _readable(view)
    if document is None:
        raise UsageError(msg("organisation.yaml is missing"), msg("units stand in organisation.yaml (docs/formats.md)"))
    text = _text(document)
    after = reorganised(text, wanted)
    wanted = replace(wanted, summary=wanted.summary or _summary(document.body, after.organisation, wanted))
    edits: list[FileEdit] = []
    if after.text != text:
        edits.append(FileEdit(PATH, text.encode("utf-8"), after.text.encode("utf-8"), after.places))
    used, swaps = _used(view), swapped(wanted.words)
    withdrawn = _withdrawn(view)
    left, ended, moved = [], [], []
    for each in view.procedures:
        names = any(unit == wanted.old for _, unit in unit_references(each.body))
        if not names and not any(found.meaning for _, _, found in found_in(each, swaps)):
            continue
        if each.body.id in withdrawn:
            ended.append(each.body.id)
            continue
        found = edited(each.path, _text(each), wanted, swaps, used.get(each.body.id))
        edits.append(found.edit)
        left += [f"{each.body.id} {each.body.number}"] if found.left else []
        moved += [each.body.id] if each.body.authority == wanted.old else []
    notes = (
        *after.notes,
        *_competence(after.organisation, wanted, moved),
        *_left(view, wanted, swaps, left, ended),
    )
    return Renaming(tuple(edits), notes)


def _sensible(wanted: UnitRename) -> None:
    if wanted.old == wanted.new:
        raise UsageError(msg("the old unit and the new one are the same"))
    for old, new in wanted.words:
        if not same(old) or not new.strip():
            raise UsageError(msg('"{old}={new}" does not say what is to be replaced by what', old=old, new=new))
        if same(old) == same(new):
            raise UsageError(msg('"{old}" and "{new}" are the same words', old=old, new=new))
    if not wanted.basis and not wanted.keep_numbers:
        raise UsageError(
            msg("a reissue says by which text it was made necessary"),
            msg("give its number with --decision or --law, or leave the numbers alone with --keep-numbers"),
        )


def _readable(view: SnapshotView) -> None:
    """What cannot be read may name the unit; to edit the rest would leave it behind."""
    unread = [each for each in (*view.unread, *view.passed_over) if each.startswith("procedures/") or each == PATH]
    unread += [] if view.listed("procedures") else ["procedures"]
    if unread:
        raise InvalidDocument(
            msg("{path} cannot be read, and may name the unit; nothing is edited", path=unread[0]),
            msg("docctl check tells where and why"),
        )


def _text(document: Document[object]) -> str:
    assert isinstance(document.places, Tree)  # documents are read from files
    return document.places.text


def _used(view: SnapshotView) -> Mapping[str, tuple[int, int]]:
    """By document, the last number that was adopted, issued or archived; never to be used again."""
    found: dict[str, tuple[int, int]] = {}
    for standing in view.standings:
        numbers = [each.order for each in standing.revisions if each.issued]
        numbers += view.trust.archive.get(standing.document, {})
        if numbers:
            found[standing.document] = max(numbers)
    return found


def _withdrawn(view: SnapshotView) -> frozenset[str]:
    """Procedures that are out of force and have no draft: a reissue would bring them back."""
    ended = (each for each in view.standings if each.current is not None and each.current.stage is Stage.WITHDRAWN)
    return frozenset(each.document for each in ended)


def _summary(before: Organisation, after: Organisation, wanted: UnitRename) -> str:
    """What the table of changes says; in Vietnamese, as the procedures are."""
    old, new = before.unit(wanted.old), after.unit(wanted.new)
    names = [wanted.old if old is None else old.name, wanted.new if new is None else new.name]
    return f"Sắp xếp tổ chức: {names[0]} được thay bằng {names[1]} từ ngày {_printed(wanted.first)}"


def _printed(day: date) -> str:
    """A day as Vietnamese documents print it, months from 3 on without a zero (30/2020/NĐ-CP, Phụ lục I)."""
    return f"{day.day:02}/{day.month:02}/{day.year}" if day.month < 3 else f"{day.day:02}/{day.month}/{day.year}"


def _competence(organisation: Organisation, wanted: UnitRename, moved: Sequence[str]) -> Iterator[Message]:
    """Whether the procedures whose authority changes go to another level of government with it."""
    before, now = level_of(organisation, wanted.old), level_of(organisation, wanted.new)
    if not moved or (before is not None and before == now):
        return
    if before is None or now is None:
        yield msg(
            "competence is not a name: on which level of government both units stand is not known; "
            "if the task itself has moved, look at level, time limit, fees and legal basis: {ids}",
            ids=", ".join(moved),
        )
    else:
        yield msg(
            "competence is not a name: the authority moves from one level of government to another "
            "({before}, {after}), so look at level, time limit, fees and legal basis: {ids}",
            before=IN_WORDS[before], after=IN_WORDS[now], ids=", ".join(moved),
        )  # fmt: skip


def _left(
    view: SnapshotView,
    wanted: UnitRename,
    swaps: Phrases[tuple[str, str] | None],
    drafts: Sequence[str],
    ended: Sequence[str],
) -> Iterator[Message]:
    """What is left to a person, or was left alone."""
    if drafts:
        yield msg(
            "drafts in work for another reason keep their numbers and their change; add this to it: {ids}",
            ids=", ".join(drafts),
        )
    for document in (view.organisation, view.shared_forms):
        places = () if document is None else found_in(document, swaps)
        # What the old unit was called stays its name.
        if document and any(found.meaning and document.element(at) != wanted.old for at, _, found in places):
            path = document.path
            yield msg("{path} has the words too and was left alone; docctl impact --term shows where", path=path)
    if ended:
        yield msg("withdrawn procedures were left alone: {ids}", ids=", ".join(ended))
    if view.has_policy:
        yield msg("the policy names units in the titles of persons: docctl policy show, then docctl policy edit")
