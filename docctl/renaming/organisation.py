"""``organisation.yaml`` with one unit in the place of another: the old one ends, the new one begins, the rest moves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from msgspec import Struct

from docctl.errors import UsageError
from docctl.message import Message, msg
from docctl.model.organisation import Organisation, Role, Unit
from docctl.model.renaming import EditedPlace, UnitRename
from docctl.renaming.editing import Editing

PATH = "organisation.yaml"


class Reorganised(Struct, frozen=True):
    """The new text, the organisation it describes, and what a person should see."""

    text: str
    organisation: Organisation
    places: tuple[EditedPlace, ...]
    notes: tuple[Message, ...]


def reorganised(text: str, wanted: UnitRename) -> Reorganised:
    """The file with the change in it, or as it is where it has it already. Raises ``UsageError``.

    Roles keep their ids and go to the new unit, for persons, policy and records know them by id; so do the units below
    the old one. What ended before the day stays where it was.
    """
    before = Organisation.from_tree(Editing(PATH, text, "organisation").wanted)
    old = _unit(before, wanted.old)
    notes: list[Message] = []
    places: list[EditedPlace] = []
    if before.unit(wanted.new) is None:
        made = _with_new(text, old, wanted)
        text, places = made.text(), [*made.places]
    else:
        notes += _fits(before, wanted)
    editing = Editing(PATH, text, "organisation")
    _end(editing, old, wanted)
    lists: tuple[tuple[str, str, Sequence[Unit | Role]], ...] = (
        ("units", "parent", before.units), ("roles", "unit", before.roles),
    )  # fmt: skip
    for name, key, things in lists:
        for index, thing in enumerate(things):
            belongs = getattr(thing, key) == wanted.old and thing.id != wanted.new
            if belongs and (thing.last is None or thing.last >= wanted.first):
                editing.set((name, index, key), wanted.new)
                editing.say((name, index, key), wanted.old, wanted.new)
    places = sorted((*editing.places, *places), key=lambda each: (each.location.line, each.location.column))
    new = editing.text()
    return Reorganised(new, Organisation.from_tree(editing.wanted), tuple(places), tuple(notes))


def _unit(organisation: Organisation, unit_id: str) -> Unit:
    unit = organisation.unit(unit_id)
    if unit is None:
        names = ", ".join(each.id for each in organisation.units)
        raise UsageError(msg('there is no unit "{unit}"', unit=unit_id), msg("known units: {names}", names=names))
    return unit


def _with_new(text: str, old: Unit, wanted: UnitRename) -> Editing:
    """The new unit stands beside the old one in the tree of units, from its first day."""
    if wanted.name is None:
        raise UsageError(msg('there is no unit "{unit}"', unit=wanted.new), msg("make it in the same go: --name WORDS"))
    unit = {"id": wanted.new, "name": wanted.name}
    unit |= {} if old.parent is None else {"parent": old.parent}
    unit["from"] = wanted.first.isoformat()
    editing = Editing(PATH, text, "organisation")
    editing.add_entry(("units",), unit)
    editing.say(("units",), "", f"{wanted.new}: {wanted.name}, from {wanted.first.isoformat()}")
    return editing


def _fits(organisation: Organisation, wanted: UnitRename) -> list[Message]:
    """May the unit that is there take over? What was there before the day is said, for it is no new body."""
    new = _unit(organisation, wanted.new)
    if wanted.name is not None and wanted.name != new.name:
        raise UsageError(
            msg('the unit "{unit}" is there already, with the name "{name}"', unit=new.id, name=new.name),
            msg("leave out --name, or choose another id"),
        )
    if not new.lives_at(wanted.first):
        raise UsageError(
            msg('the unit "{unit}" does not exist on {day}', unit=new.id, day=wanted.first.isoformat()),
            msg("correct its dates in organisation.yaml, or give the day on which it begins"),
        )
    if new.first is None or new.first < wanted.first:
        return [msg('the unit "{unit}" was there before {day}; its dates stay', unit=new.id, day=str(wanted.first))]
    return []


def _end(editing: Editing, old: Unit, wanted: UnitRename) -> None:
    """The old unit gets its last day and its successor; what is written there already must say the same."""
    last = wanted.first - timedelta(days=1)
    index = next(place for place, each in enumerate(editing.wanted["units"]) if each["id"] == old.id)
    if old.last not in (None, last):
        raise UsageError(
            msg('the unit "{unit}" has another last day already: {day}', unit=old.id, day=str(old.last)),
            msg("give the day after it with --from, or correct organisation.yaml"),
        )
    if old.successor not in (None, wanted.new):
        raise UsageError(
            msg('the unit "{unit}" has another successor already: {other}', unit=old.id, other=str(old.successor)),
            msg("name that unit, or correct organisation.yaml"),
        )
    if old.first is not None and old.first > last:
        raise UsageError(msg('the unit "{unit}" would end before it begins', unit=old.id))
    said = {} if old.last is not None else {"to": last.isoformat()}
    said |= {} if old.successor is not None else {"successor": wanted.new}
    if said:
        editing.add_fields(("units", index), said)
        editing.say(("units", index, "id"), "", ", ".join(f"{key}: {value}" for key, value in said.items()))
