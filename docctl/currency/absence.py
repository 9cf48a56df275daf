"""Has a text the unit that is cited, as it stood when the revision began?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from docctl.currency.hits import Place
from docctl.law.address import Address, Touch, touches
from docctl.law.changes import CHANGING
from docctl.law.spans import holds
from docctl.law.timeline import Operating
from docctl.model.event import CORRECT, INSERT


def new_numbers(place: Place, near: Callable[[Address], Sequence[Operating]]) -> Sequence[Address] | None:
    """None where the text has the unit, or that cannot be told; else the new numbers of what has left it, or none.

    ``near`` gives the events that may touch an address. A unit inside one that an amendment has rewritten since may be
    new: of it nothing is said.
    """
    unit, day = Address(place.address.units), place.day
    moved = place.lineage.moved(unit, day)
    if moved:
        return moved
    if not place.tree.complete or place.lineage.renumbered(unit, day):
        return None
    found = [*place.lineage.original(unit, day), *([unit] if place.lineage.stays(unit, day) else [])]
    if any(map(place.tree.holds, found)):
        return None
    events = near(unit)
    return None if any(_rewritten(each, place, unit) or _ended(each, place, unit) for each in events) else ()


def _rewritten(each: Operating, place: Place, unit: Address) -> bool:
    """Has an event by the first day of the revision made, or written anew, what may contain the unit?"""
    begun = each.spans
    if not each.confirmed or not begun or max(begun[0].first, each.root.first or date.min) > place.day:
        return False
    for target in each.addresses:
        if INSERT in (each.change.kind, each.root.kind):
            if touches(target, unit) is not Touch.NOT and holds(each.windows[target], place.day):
                return True
        elif (
            each.change.kind in CHANGING | {CORRECT}
            and target.units
            and target != unit
            and place.tree.above(target, unit)
        ):
            return True
    return False


def _ended(each: Operating, place: Place, unit: Address) -> bool:
    """Had an event ended what may have contained the unit? Then that is said."""
    held = (target for target, windows in each.windows.items() if holds(windows, place.day))
    return each.confirmed and each.meaning.ends and any(place.tree.above(target, unit) for target in held)
