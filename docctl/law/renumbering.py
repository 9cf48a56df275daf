"""Units of a text under new numbers, all of one event at once: 2 becomes 3 while 3 becomes 4."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from docctl.law.address import BadAddress, container, parse
from docctl.law.siblings import Misfit, between, end_of, find, key, siblings
from docctl.message import Message, msg
from docctl.model.law_at import Consolidated, Origin

_ROMAN = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_NUMBER = re.compile(r"([0-9]+)([a-z]*)")


def renumbered(
    units: Sequence[Consolidated], pairs: Sequence[tuple[str, str]], origin: Origin
) -> tuple[list[Consolidated], list[tuple[str, Message]]]:
    """The units with the new numbers, and the old addresses of those that could not have one, with the reason."""
    moves, misfits = _possible(units, pairs)
    done = [*units]
    for old, new in moves.items():
        place = find(units, old)
        for at in range(place, end_of(units, place)):
            inner = units[at].address
            nearer = any(_inside(inner, each) and len(each) > len(old) for each in moves)
            if _inside(inner, old) and not nearer:
                done[at] = _moved(units[at], new + inner[len(old) :], origin, own=at == place)
    return _in_order(done, [new for new in moves.values() if not container(parse(new))]), misfits


def _possible(
    units: Sequence[Consolidated], pairs: Sequence[tuple[str, str]]
) -> tuple[dict[str, str], list[tuple[str, Message]]]:
    """The pairs whose old unit is there and whose new number is free, or becomes so by another pair."""
    moves, misfits = dict[str, str](), list[tuple[str, Message]]()
    taken = msg("there is a unit of this number already")
    for old, new in pairs:
        try:
            find(units, old)
            if old in moves or new in moves.values():
                raise Misfit(taken)
            moves[old] = new
        except Misfit as error:
            misfits.append((old, error.why))
    present = {each.address for each in units}
    while blocked := [old for old, new in moves.items() if new in present and new not in moves]:
        for old in blocked:
            misfits.append((old, taken))
            del moves[old]
    return moves, misfits


def _inside(address: str, outer: str) -> bool:
    return address == outer or address.startswith(outer + "__")


def _moved(unit: Consolidated, address: str, origin: Origin, *, own: bool) -> Consolidated:
    """The unit at its new address; ``own``: the number that it bears itself is another one."""
    label, text = unit.label, unit.text
    if own and label:
        label = _relabelled(label, unit.address, address)
        text = text.replace(unit.label, label, 1)
    return replace(unit, address=address, label=label, text=text, origins=(*unit.origins, origin))


def _relabelled(label: str, old: str, new: str) -> str:
    """The printed label with its new number: in Roman figures or capitals where the old one was."""
    before, after = (each.rpartition("_")[2] for each in (old, new))
    ways = (lambda number: number.replace("dd", "đ"), str.upper, _roman, str)
    for way in ways:
        found = re.search(rf"(?<!\w){re.escape(way(before))}(?!\w)", label)
        if found is not None:
            return label[: found.start()] + way(after) + label[found.end() :]
    return label


def _roman(number: str) -> str:
    """``4a`` as ``IVa``; what is no number stays."""
    match = _NUMBER.fullmatch(number)
    if match is None:
        return number
    letters, left = "", int(match[1])
    if not 0 < left < 90:
        return number
    for value, letter in _ROMAN:
        while left >= value:
            letters, left = letters + letter, left - value
    return letters + match[2]


def _in_order(units: list[Consolidated], moved: Sequence[str]) -> list[Consolidated]:
    """Each unit that moved among its new neighbours, where it does not stand there already."""
    for address in sorted(moved, key=lambda each: (each.count("__"), key(each))):
        if _placed(units, address):
            continue
        place = find(units, address)
        block = units[place : end_of(units, place)]
        rest = [*units[:place], *units[end_of(units, place) :]]
        try:
            at = between(rest, address)
        except (Misfit, BadAddress):
            continue  # nothing tells where else it could stand
        units = [*rest[:at], *block, *rest[at:]]
    return units


def _placed(units: Sequence[Consolidated], address: str) -> bool:
    """Do the units of its parent stand in the order of their numbers, within that parent?"""
    parent = "__".join(parse(address).units[:-1])
    here = [*siblings(units, address)]
    keys = [key(units[at].address) for at in here]
    if keys != sorted(keys):
        return False
    if not parent:
        return True
    outer = [at for at, each in enumerate(units) if each.address == parent]
    return len(outer) != 1 or all(outer[0] < at < end_of(units, outer[0]) for at in here)
