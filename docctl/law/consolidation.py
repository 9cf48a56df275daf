"""The text of a legal text as of a date: its own words with what other texts have done to them since.

Each operation stands alone: one that does not fit (a unit that is not there, words that are not found, or not as often
as they should be) is listed and leaves everything as it was; the others stand. Knows no country: it is given units by
address, and the words that take their place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from docctl.law.address import HEADING, container, level, parse
from docctl.law.renumbering import renumbered
from docctl.law.siblings import Misfit, before, behind, between, end_of, find
from docctl.message import Message, msg
from docctl.model.event import AMEND, CORRECT, EXPIRE, INSERT, RENUMBER, REPEAL, REPLACE, REPLACE_PHRASE, Phrase
from docctl.model.law_at import Consolidated, Origin, Unfit
from docctl.model.law_text import LawText
from docctl.model.operation import Wording

_ARTICLE = "dieu"
CHANGES_WORDS = frozenset({AMEND, INSERT, REPLACE, REPLACE_PHRASE, REPEAL, EXPIRE, CORRECT, RENUMBER})


def spaced(words: str) -> re.Pattern[str]:
    """Finds words however they are broken into lines."""
    return re.compile(r"\s+".join(map(re.escape, words.split())) or r"(?!)")


class Edit(Struct, frozen=True):
    """What an event does to words. ``words`` None: the act's new words are not held, or ``wanting`` says why not.

    ``pairs`` renumber: old and new address. ``spelling`` gives the pattern that finds the words of a phrase.
    ``described``: only what the act's words describe is taken away, which nobody can do but a person.
    ``brought_by``: words are exchanged only in units that one of these events has made what they are, and need stand
    in one of them, not at each address.
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
    wanting: Message | None = None
    brought_by: frozenset[str] = frozenset()


def units_of(base: LawText) -> list[Consolidated]:
    """The units of a text as it was issued, in order."""
    return [Consolidated(unit.address, unit.label, base.words(place)) for place, unit in enumerate(base.units)]


def consolidate(base: Iterable[Consolidated], edits: Iterable[Edit]) -> tuple[list[Consolidated], list[Unfit]]:
    """The units after these edits, made one after another as they come, and those that did not fit.

    The order is the caller's: by day, rank of the acting text, and place in it (docs/currency.md).
    """
    units, unfit = [*base], list[Unfit]()
    for edit in edits:
        misfits: list[tuple[str, Message]] = []
        if edit.pairs:
            units, misfits = renumbered(units, edit.pairs, edit.origin)
        elif edit.phrase is not None:
            units, misfits = _phrase(units, edit, edit.phrase)
        else:
            for address in edit.addresses or ("",):
                try:
                    units = _apply(units, edit, address)
                except Misfit as error:
                    misfits.append((address, error.why))
        unfit += [Unfit(edit.origin, address, why) for address, why in misfits]
    return units, unfit


def _apply(units: list[Consolidated], edit: Edit, address: str) -> list[Consolidated]:
    if edit.kind == RENUMBER:
        raise Misfit(msg("it does not say which numbers"))
    if edit.kind in (REPEAL, EXPIRE):
        return _repeal(units, edit, address)
    if edit.described:
        raise Misfit(msg("of it goes only what the words describe"))
    if edit.words is None:
        raise Misfit(edit.wanting or msg("the new words are not held"))
    if address not in edit.words.units:
        held = any(each.address == address for words in edit.words.units.values() for each in words)
        if held:
            return units  # it came with a unit around it
        raise Misfit(msg("its new words were not found in what the act quotes"))
    new = [Consolidated(each.address, each.label, each.text, (edit.origin,)) for each in edit.words.units[address]]
    if address.endswith(HEADING):
        return _heading(units, edit, address, new[0])
    if edit.kind == INSERT:
        return _insert(units, edit, address, new)
    return _amend(units, edit, edit.words, address, new)


# -- what is done --------------------------------------------------------------------------------------


def _amend(
    units: list[Consolidated], edit: Edit, words: Wording, address: str, new: list[Consolidated]
) -> list[Consolidated]:
    place = find(units, address)
    old = units[place]
    if old.gone:
        raise Misfit(msg("it has been repealed before"))
    if words.added:
        units = [*units]
        last = max(at for at in range(place, end_of(units, place)) if not units[at].gone)
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
        raise Misfit(msg("there is a unit of this number already"))
    if present:
        place = find(units, address)
        return [*units[:place], *new, *units[end_of(units, place) :]]
    if edit.after is not None:
        earlier = edit.addresses[: edit.addresses.index(address)]
        there = [other for other in earlier if any(each.address == other for each in units)]
        place = behind(units, there[-1] if there else edit.after, address)
    elif edit.before is not None:
        place = before(units, edit.before, address)
    else:
        place = between(units, address)
    return [*units[:place], *new, *units[place:]]


def _repeal(units: list[Consolidated], edit: Edit, address: str) -> list[Consolidated]:
    if not address:
        kept = edit.excepted
        return [each if _within(each.address, kept) else _gone(each, edit) for each in units]
    if address.endswith(HEADING):
        raise Misfit(msg("only the heading is repealed"))
    place = find(units, address)
    if units[place].gone:
        raise Misfit(msg("it has been repealed before"))
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
    place = find(units, address.removesuffix(HEADING))
    old = units[place]
    end = _heading_end(old)
    head = new.text.rstrip("\n") if new.label else f"{old.label} {new.text.rstrip()}"
    line = "\n" if old.text[:end].endswith("\n") or not old.text[end:] else ""
    return [*units[:place], _said(old, head + line + old.text[end:], edit), *units[place + 1 :]]


def _heading_end(unit: Consolidated) -> int:
    """Where the heading of a unit ends: a chapter says nothing else, of others it is the first line."""
    if container(parse(unit.address)):
        return len(unit.text)
    end = unit.text.find("\n")
    return len(unit.text) if end < 0 else end


# -- words that are exchanged --------------------------------------------------------------------------


def _phrase(
    units: list[Consolidated], edit: Edit, phrase: Phrase
) -> tuple[list[Consolidated], list[tuple[str, Message]]]:
    """Exchanges words wherever they stand at the addresses of an edit, once each though two of these overlap."""
    pattern, misfits, whole = _pattern(edit, phrase), list[tuple[str, Message]](), dict[int, bool]()
    empty = list[str]()
    for address in edit.addresses or ("",):
        try:
            here = _reached(units, edit, address)
        except Misfit as error:
            misfits.append((address, error.why))
            continue
        if not any(pattern.search(_reach(units[at], all_of_it)) for at, all_of_it in here.items()):
            empty.append(address)
        for at, all_of_it in here.items():
            whole[at] = whole.get(at, False) or all_of_it
    count = sum(len(pattern.findall(_reach(units[at], all_of_it))) for at, all_of_it in whole.items())
    if count and phrase.count is not None and count != phrase.count:
        why = msg("the words stand there {found} times, not {wanted}", found=count, wanted=phrase.count)
        return units, [("", why)]
    if not edit.brought_by or not count:
        why = msg("the words “{words}” are not there", words=phrase.old)
        misfits += [(address, why) for address in (empty[:1] if edit.brought_by else empty)]
    done = [*units]
    for at, all_of_it in whole.items():
        said = _reach(units[at], all_of_it)
        new = _exchanged(said, pattern, phrase.new)
        if new is not None:
            done[at] = _said(units[at], new + units[at].text[len(said) :], edit)
    return done, misfits


def _pattern(edit: Edit, phrase: Phrase) -> re.Pattern[str]:
    """Finds the words of a phrase where they stand for themselves: ``5 năm`` is not in ``15 năm``."""
    found = edit.spelling(phrase.old).pattern
    words = phrase.old.strip()
    first, last = words[:1], words[-1:]
    start = r"(?<!\d)(?<!\d[.,])" if first.isdigit() else r"(?<![^\W\d_])" if first.isalpha() else ""
    end = r"(?![^\W_])(?![.,]\d)" if last.isdigit() else r"(?![^\W\d_])" if last.isalpha() else ""
    return re.compile(f"{start}(?:{found}){end}")


def _reached(units: Sequence[Consolidated], edit: Edit, address: str) -> dict[int, bool]:
    """The units in which an edit at an address exchanges words; False where in the heading alone."""
    if address == HEADING:
        raise Misfit(msg("the title of the text is not among its units"))
    if address.endswith(HEADING):
        places, all_of_it = [find(units, address.removesuffix(HEADING))], False
    else:
        place = find(units, address) if address else 0
        places, all_of_it = [*range(place, end_of(units, place) if address else len(units))], True
    return {at: all_of_it for at in places if _open(units[at], edit)}


def _open(unit: Consolidated, edit: Edit) -> bool:
    brought = not edit.brought_by or any(each.event in edit.brought_by for each in unit.origins)
    return brought and not unit.gone and not _within(unit.address, edit.excepted)


def _reach(unit: Consolidated, all_of_it: bool) -> str:
    return unit.text if all_of_it else unit.text[: _heading_end(unit)]


def _exchanged(text: str, pattern: re.Pattern[str], new: str) -> str | None:
    """The text with the new words for the old; None where these do not stand in it.

    Words that are taken out take the blanks before them along where other blanks, a mark or the line's end follow.
    """
    parts, at = list[str](), 0
    for match in pattern.finditer(text):
        kept = text[at : match.start()]
        if not new and re.match(r"[ \t]|[,;.:)]|\s*\Z|\n", text[match.end() :]):
            bare = kept.rstrip(" \t")
            kept = bare if bare and not bare.endswith("\n") else kept
        parts += [kept, new]
        at = match.end()
    return "".join([*parts, text[at:]]) if parts else None
