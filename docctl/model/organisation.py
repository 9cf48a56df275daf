"""Units and roles of an agency, with the days between which they exist. Persons are not named here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from docctl.model.citation import optional_date


class Unit(Struct, frozen=True):
    """A unit from its first to its last day, both included; None is open."""

    id: str
    name: str
    parent: str | None = None
    first: date | None = None
    last: date | None = None
    successor: str | None = None

    def lives_at(self, day: date) -> bool:
        return _within(self.first, self.last, day)


class Role(Struct, frozen=True):
    """A position in a unit, such as "công chức một cửa"."""

    id: str
    title: str
    unit: str
    first: date | None = None
    last: date | None = None
    successor: str | None = None

    def lives_at(self, day: date) -> bool:
        return _within(self.first, self.last, day)


def _within(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


class Organisation(Struct, frozen=True):
    """All units and roles, in the order of the file."""

    units: tuple[Unit, ...]
    roles: tuple[Role, ...]
    representative: str | None = None
    secretary: str | None = None

    @classmethod
    def from_tree(cls, tree: Mapping[str, Any]) -> Organisation:
        duties = tree.get("duties", {})
        return cls(
            units=tuple(Unit(each["id"], each["name"], each.get("parent"), *_window(each)) for each in tree["units"]),
            roles=tuple(Role(each["id"], each["title"], each["unit"], *_window(each)) for each in tree["roles"]),
            representative=duties.get("representative"),
            secretary=duties.get("secretary"),
        )

    def unit(self, unit_id: str) -> Unit | None:
        return next((unit for unit in self.units if unit.id == unit_id), None)

    def role(self, role_id: str) -> Role | None:
        return next((role for role in self.roles if role.id == role_id), None)

    def unit_and_above(self, unit_id: str) -> Iterator[Unit]:
        """The unit and those it belongs to, upward; ends at a circle or an unknown parent."""
        seen: set[str] = set()
        while unit_id not in seen and (unit := self.unit(unit_id)) is not None:
            seen.add(unit_id)
            yield unit
            unit_id = unit.parent or ""


def _window(tree: Mapping[str, Any]) -> tuple[date | None, date | None, str | None]:
    return optional_date(tree.get("from")), optional_date(tree.get("to")), tree.get("successor")
