"""The names of units: on the line of the label, on the lines below, broken where the page was full.

What stands below the label of a chapter, an annex, a form is its name: capital letters as far as they go, or one
paragraph. An article has its name on its line; a whole sentence there is its text, and no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from msgspec.structs import replace

from docctl.law.address import ANNEX, CONTAINERS, KEM_THEO, level
from docctl.law.vn.letters import LOWER, UPPER
from docctl.law.vn.lines import BREAKS_OFF, DIEU, MAU
from docctl.model.law_text import LawText

_TITLED = CONTAINERS | {ANNEX, MAU, KEM_THEO}
_SMALL = re.compile(f"[{LOWER}]")
_BEGINS_SMALL = re.compile(f'[(“"]?[{LOWER}]')
_BEGINS_LARGE = re.compile(f'[“"]?[{UPPER}]')
_ISSUED = re.compile(r"\((?:Được )?(?:[Bb]an hành|[Kk]èm theo)|\ABan hành (?:kèm )?theo")
_RULE = re.compile(r"[\W_]*\Z")
_MARK = re.compile(rf"(?<=[{LOWER}{UPPER}])\d{{1,3}}(?: \d{{1,3}})*\Z|\A\d{{1,3}} (?=\()")
_LETTERHEAD = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ|Độc lập")
_TABLE = re.compile(r"Số\b|S?TT\b|Stt\b")
_NAMES = re.compile(f"[{UPPER}]{{3}}")
_SAYS = re.compile(r"[^\W\d_]")
_SENTENCE = re.compile(r"[.;]\W{0,3}\Z")
_AROUND = " \t.:-–"
_LONGEST, _MOST_LINES = 400, 12
_NAME = 160
"""A sentence that is longer is no name, even if more follows."""


def headed(read: LawText, *, consolidated: bool) -> LawText:
    """The text with the names of its units. ``consolidated``: marks of footnotes may be glued to them."""
    units = []
    for place, unit in enumerate(read.units):
        below = level(unit.address.rpartition("__")[2])
        found = _title(read, place, below) if below in _TITLED else _of_article(read, place) if below == DIEU else ""
        if consolidated:
            found = _MARK.sub("", found).strip(_AROUND)
        units.append(replace(unit, heading=found) if found else unit)
    return replace(read, units=tuple(units))


def _lines(read: LawText, place: int) -> Iterator[str]:
    """What a unit has behind its label: the rest of that line, then the lines below that have words."""
    text, start, first = read.text, read.units[place].body, True
    for piece in read.own[place]:
        start = start if first else piece.start
        while start < piece.end or first:
            end = text.find("\n", start, piece.end)
            end = piece.end if end < 0 else end
            words = text[start : min(end, start + 2 * _LONGEST)].strip()
            if first or not _RULE.match(words):
                yield words.lstrip(_AROUND) if first else words
            start, first = end + 1, False


def _joined(parts: list[str]) -> str:
    found = " ".join(" ".join(parts).split()).strip(_AROUND)
    return found if len(found) <= _LONGEST and _SAYS.search(found) else ""


def _title(read: LawText, place: int, below: str) -> str:
    """Of what groups articles, of annexes, forms and attached texts."""
    said = _without_source([*islice(_lines(read, place), _MOST_LINES)])
    if below in (MAU, ANNEX) and not said[0]:
        said = _behind_letterhead(said[1:])
    parts: list[str] = []
    for words in said:
        if words and not _belongs(parts, words, attached=below == KEM_THEO):
            break
        parts += [words] if words else []
    return _joined(parts)


def _without_source(said: list[str]) -> list[str]:
    """The lines before ``(Ban hành kèm theo …)``, or behind it where none are: it is no part of a name."""
    for number, words in enumerate(said):
        issued = _ISSUED.search(words)
        if issued is None:
            continue
        before = [*said[:number], words[: issued.start()].strip()]
        if any(before):
            return before
        while number < len(said) and ")" not in said[number]:
            number += 1
        return ["", *said[number + 1 :]]
    return said


def _behind_letterhead(said: list[str]) -> list[str]:
    """A form may begin with the names of the office and the state; what it is called stands below, in capitals."""
    motto = max((number for number, words in enumerate(said) if _LETTERHEAD.match(words)), default=None)
    if motto is None or _SMALL.search(said[0]) is not None:
        return said
    below = said[motto + 1 :]
    return next(
        (below[at:] for at, words in enumerate(below) if _SMALL.search(words) is None and _NAMES.search(words)), []
    )


def _belongs(parts: list[str], words: str, *, attached: bool) -> bool:
    """Does this line begin the name, or go on with it? Attached texts have their kind in capitals, then what of."""
    if _LETTERHEAD.match(words) is not None or _TABLE.match(words) is not None:
        return False
    if not parts:
        return _BEGINS_SMALL.match(words) is None and not words.endswith(":")
    capitals = _SMALL.search(parts[-1]) is None
    if capitals and _SAYS.search(words) and (attached or _SMALL.search(words) is None):
        return True
    return _runs_on(parts[-1], words)


def _runs_on(before: str, words: str) -> bool:
    """Is it one sentence over the end of a line?"""
    if before.endswith((".", ";", ":")):
        return False
    return _BEGINS_SMALL.match(words) is not None or BREAKS_OFF.search(before) is not None


def _of_article(read: LawText, place: int) -> str:
    below = _lines(read, place)
    parts = [next(below)]
    alone = not parts[0]
    parts = [next(below, "")] if alone else parts
    after = ""
    for words in below:
        if len(parts) > _MOST_LINES or not _runs_on(parts[-1], words):
            after = words
            break
        parts.append(words)
    inner = place + 1 < len(read.units) and read.units[place + 1].address.startswith(read.units[place].address + "__")
    whole = " ".join(parts)
    if alone and not _is_name(whole, after, inner=inner):
        return ""
    if _SENTENCE.search(whole) and (len(whole) > _NAME or not (after or inner)):
        return ""
    return _joined(parts)


def _is_name(words: str, after: str, *, inner: bool) -> bool:
    """Is a paragraph below ``Điều 1`` its name? Another one follows, and it is no sentence."""
    ends = words.endswith((".", ";", ":", ","))
    return len(words) <= _NAME and not ends and (_BEGINS_LARGE.match(after) is not None if after else inner)
