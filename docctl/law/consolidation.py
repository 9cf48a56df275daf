"""The text of a legal text as of a date: its own words with what other texts have done to them since.

Each operation stands alone: one that does not fit (a unit that is not there, words that are not found, or not as often
as they should be) is listed and leaves everything as it was; the others stand. Knows no country: it is given units by
address, and the words that take their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from docctl.law.address import ANNEX, HEADING, KEM_THEO, LEVELS, component, container, level, parse
from docctl.message import Message, msg
from docctl.model.event import AMEND, CORRECT, EXPIRE, INSERT, REPEAL, REPLACE, REPLACE_PHRASE, Phrase
from docctl.model.law_at import Consolidated, Origin, Unfit
from docctl.model.law_text import LawText
from docctl.model.operation import Wording

_ARTICLE = "dieu"
CHANGES_WORDS = frozenset({AMEND, INSERT, REPLACE, REPLACE_PHRASE, REPEAL, EXPIRE, CORRECT})


def spaced(words: str) -> re.Pattern[str]:
    """Finds words however they are broken into lines."""
    return re.compile(r"\s+".join(map(re.escape, words.split())) or r"(?!)")


@dataclass(frozen=True, slots=True)
class Edit:
    """What an event does to words. ``words`` None: the act's new words are not held.

    ``pairs`` renumber: old and new address. ``spelling`` gives the pattern that finds the words of a phrase.
    ``described``: only what the act's words describe is taken away, which nobody can do but a person.
    """

    origin: Origin
    kind: str
    addresses: tuple[str, ...]
    excepted: tuple[str, ...] = ()
    words: Wording | None = None
    after: str | None = None
    before: str | None = None
    phrase: Phrase | None = None
    spelling: Callable[[str], re.Pattern[str]] = spaced
    pairs: tuple[tuple[str, str], ...] = ()
    described: bool = False


class _Misfit(Exception):
    def __init__(self, why: Message) -> None:
        super().__init__(str(why))
        self.why = why


def units_of(base: LawText) -> list[Consolidated]:
    """The units of a text as it was issued, in order."""
    return [Consolidated(unit.address, unit.label, base.words(place)) for place, unit in enumerate(base.units)]


def consolidate(base: Iterable[Consolidated], edits: Iterable[Edit]) -> tuple[list[Consolidated], list[Unfit]]:
    """The units after these edits, made one after another as they come, and those that did not fit.

    The order is the caller's: by day, rank of the acting text, and place in it (docs/currency.md).
    """
    units, unfit = [*base], list[Unfit]()
    for edit in edits:
        counted = 0 if edit.phrase is None or edit.phrase.count is None else _count(units, edit, edit.phrase)
        if counted and edit.phrase is not None and counted != edit.phrase.count:
            why = msg("the words stand there {found} times, not {wanted}", found=counted, wanted=edit.phrase.count or 0)
            unfit.append(Unfit(edit.origin, "", why))
            continue
        for address in _parts(edit):
            try:
                units = _apply(units, edit, address)
            except _Misfit as error:
                unfit.append(Unfit(edit.origin, address, error.why))
    return units, unfit


def _parts(edit: Edit) -> Sequence[str]:
    """The addresses at which an edit is made one by one."""
    return [old for old, _ in edit.pairs] or edit.addresses or [""]


def _apply(units: list[Consolidated], edit: Edit, address: str) -> list[Consolidated]:
    if edit.pairs:
        return _renumber(units, edit, address)
    if edit.phrase is not None:
        return _phrase(units, edit, edit.phrase, address)
    if edit.kind in (REPEAL, EXPIRE):
        return _repeal(units, edit, address)
    if edit.described:
        raise _Misfit(msg("of it goes only what the words describe"))
    if edit.words is None:
        raise _Misfit(msg("the new words are not held"))
    if address not in edit.words.units:
        held = any(each.address == address for words in edit.words.units.values() for each in words)
        if held:
            return units  # it came with a unit around it
        raise _Misfit(msg("its new words were not found in what the act quotes"))
    new = [Consolidated(each.address, each.label, each.text, (edit.origin,)) for each in edit.words.units[address]]
    if address.endswith(HEADING):
        return _heading(units, edit, address, new[0])
    if edit.kind == INSERT:
        return _insert(units, edit, address, new)
    return _amend(units, edit, edit.words, address, new)


# -- where things are ----------------------------------------------------------------------------------


def _find(units: Sequence[Consolidated], address: str) -> int:
    """The place of a unit. Raises ``_Misfit`` where there is none, or several."""
    found = [place for place, each in enumerate(units) if each.address == address]
    if not found:
        raise _Misfit(msg("there is no such unit"))
    if len(found) > 1:
        raise _Misfit(msg("there are several units of this number"))
    return found[0]


def end_of(units: Sequence[Consolidated], place: int) -> int:
    """Where a unit ends, with everything inside it; a chapter ends at the next one of its rank."""
    here = parse(units[place].address)
    grouping = container(here)
    for at in range(place + 1, len(units)):
        other = parse(units[at].address)
        if grouping:
            outer = container(other) and _rank(other.units[-1]) <= _rank(here.units[-1])
            if outer or component(other) != component(here):
                return at
        elif other.units[: len(here.units)] != here.units:
            return at
    return len(units)


def part(units: Sequence[Consolidated], address: str) -> Sequence[Consolidated]:
    """A unit with everything inside it, of a chapter its articles; empty where there is none of this address."""
    place = next((place for place, each in enumerate(units) if each.address == address), None)
    return () if place is None else units[place : end_of(units, place)]


def _rank(unit: str) -> int:
    name = level(unit)
    return -1 if name in (KEM_THEO, ANNEX) else LEVELS.index(name)


def _key(unit: str) -> tuple[int, int, str]:
    """Units of one parent in their order: 3, 3a, 3b, 4; c, d, dd, e."""
    label = unit[len(level(unit)) + 1 :]
    number = re.match(r"\d*", label)
    digits = number[0] if number else ""
    return _rank(unit), int(digits or 0), label[len(digits) :]


def _between(units: Sequence[Consolidated], address: str) -> int:
    """Where a new unit goes that no words give a place: behind the last of its parent with a smaller number."""
    wanted = parse(address)
    parent, own = wanted.units[:-1], wanted.units[-1]
    place = _find(units, "__".join(parent)) if parent else -1
    best = place
    for at, each in enumerate(units):
        other = parse(each.address)
        sibling = len(other.units) == len(wanted.units) and other.units[:-1] == parent
        if sibling and level(other.units[-1]) == level(own) and _key(other.units[-1]) < _key(own):
            best = at
    if best < 0:
        raise _Misfit(msg("there is nothing beside which it could stand"))
    return best + 1 if best == place else end_of(units, best)


# -- what is done --------------------------------------------------------------------------------------


def _amend(
    units: list[Consolidated], edit: Edit, words: Wording, address: str, new: list[Consolidated]
) -> list[Consolidated]:
    place = _find(units, address)
    old = units[place]
    if old.gone:
        raise _Misfit(msg("it has been repealed before"))
    if words.added:
        last = end_of(units, place) - 1
        units = [*units]
        units[last] = _said(units[last], units[last].text + "".join(each.text for each in new), edit)
        return units
    if not new[0].label and old.label:
        new = [replace(new[0], label=old.label, text=_named(old) + new[0].text), *new[1:]]
    if address in words.opening:
        return [*units[:place], *new, *units[place + 1 :]]
    return [*units[:place], *new, *units[end_of(units, place) :]]


def _named(unit: Consolidated) -> str:
    """The label of a unit, of an article its whole first line: new words that name neither leave both as they are."""
    if level(parse(unit.address).units[-1]) != _ARTICLE:
        return f"{unit.label} "
    line, end, _ = unit.text.partition("\n")
    return line + (end or "\n")


def _insert(units: list[Consolidated], edit: Edit, address: str, new: list[Consolidated]) -> list[Consolidated]:
    present = [each for each in units if each.address == address]
    if present and not all(each.gone for each in present):
        raise _Misfit(msg("there is a unit of this number already"))
    if present:
        place = _find(units, address)
        return [*units[:place], *new, *units[end_of(units, place) :]]
    if edit.after is not None:
        before = [other for other in edit.addresses if any(each.address == other for each in units)]
        place = end_of(units, _find(units, before[-1] if before else edit.after))
    elif edit.before is not None:
        place = _find(units, edit.before)
    else:
        place = _between(units, address)
    return [*units[:place], *new, *units[place:]]


def _repeal(units: list[Consolidated], edit: Edit, address: str) -> list[Consolidated]:
    if not address:
        kept = edit.excepted
        return [each if _within(each.address, kept) else _gone(each, edit) for each in units]
    if address.endswith(HEADING):
        raise _Misfit(msg("only the heading is repealed"))
    place = _find(units, address)
    if units[place].gone:
        raise _Misfit(msg("it has been repealed before"))
    end = end_of(units, place)
    inside = [each if _within(each.address, edit.excepted) else _gone(each, edit) for each in units[place + 1 : end]]
    return [*units[:place], _gone(units[place], edit), *inside, *units[end:]]


def _gone(unit: Consolidated, edit: Edit) -> Consolidated:
    return unit if unit.gone else replace(unit, origins=(*unit.origins, edit.origin), gone=True)


def _said(unit: Consolidated, text: str, edit: Edit) -> Consolidated:
    return replace(unit, text=text, origins=(*unit.origins, edit.origin))


def _within(address: str, others: Iterable[str]) -> bool:
    return any(address == each or address.startswith(each + "__") for each in others)


def _heading(units: list[Consolidated], edit: Edit, address: str, new: Consolidated) -> list[Consolidated]:
    """The first line of a unit is its label and its heading."""
    place = _find(units, address.removesuffix(HEADING))
    old = units[place]
    _, line, rest = old.text.partition("\n")
    head = new.text.rstrip("\n") if new.label else f"{old.label} {new.text.rstrip()}"
    return [*units[:place], _said(old, head + (line or "\n") + rest, edit), *units[place + 1 :]]


def _phrase(units: list[Consolidated], edit: Edit, phrase: Phrase, address: str) -> list[Consolidated]:
    """Replaces words wherever they stand in a unit, or in all; blank space between words may differ."""
    done, found = [*units], 0
    for place in _range(units, address):
        unit = done[place]
        if unit.gone or _within(unit.address, edit.excepted):
            continue
        text, count = edit.spelling(phrase.old).subn(lambda _: phrase.new, unit.text)
        if count:
            done[place] = _said(unit, text if phrase.new else _tidy(text), edit)
        found += count
    if not found:
        raise _Misfit(msg("the words “{words}” are not there", words=phrase.old))
    return done


def _count(units: list[Consolidated], edit: Edit, phrase: Phrase) -> int:
    """How often the words of a phrase stand in all the places of an edit that are there."""
    here = [units[at] for address in _parts(edit) if _there(units, address) for at in _range(units, address)]
    return sum(len(edit.spelling(phrase.old).findall(each.text)) for each in here if not each.gone)


def _there(units: Sequence[Consolidated], address: str) -> bool:
    address = address.removesuffix(HEADING)
    return not address or sum(each.address == address for each in units) == 1


def _range(units: Sequence[Consolidated], address: str) -> range:
    if not address or address == HEADING:
        return range(len(units))
    place = _find(units, address.removesuffix(HEADING))
    return range(place, end_of(units, place))


def _tidy(text: str) -> str:
    """Blank space left by words that were taken out."""
    return re.sub(r"(?<! ) +([,;.:])", r"\1", re.sub(r"(?<=\S) {2,}", " ", text))


def _renumber(units: list[Consolidated], edit: Edit, address: str) -> list[Consolidated]:
    new = dict(edit.pairs)[address]
    place = _find(units, address)
    if any(each.address == new for each in units) and new not in dict(edit.pairs):
        raise _Misfit(msg("there is a unit of this number already"))
    done = [*units]
    for at in range(place, end_of(units, place)):
        unit = done[at]
        moved = new + unit.address[len(address) :]
        label = _relabelled(unit.label, address, new) if at == place else unit.label
        text = label + unit.text.removeprefix(unit.label) if unit.label else unit.text
        done[at] = replace(unit, address=moved, label=label, text=text, origins=(*unit.origins, edit.origin))
    return done


def _relabelled(label: str, old: str, new: str) -> str:
    """The printed label with its new number, where it is a number."""
    before, after = (each.rpartition("_")[2] for each in (old, new))
    return re.sub(rf"(?<!\w){re.escape(before)}(?!\w)", after, label, count=1)
