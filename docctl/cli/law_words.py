"""The words of a text at a date for people: each unit with where its words come from; what changed, unit by unit."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from docctl.law.vn.words import place
from docctl.message import Message, Param, msg
from docctl.model.law_at import Consolidated, Difference, Origin, TextAt, Unfit
from docctl.report.setting import Setting, visible
from docctl.report.style import paint
from docctl.report.wordings import marked

_STEP = 2
_GONE = "(được bãi bỏ)"
"""As official consolidated texts print it."""


def words(page: TextAt, units: Sequence[Consolidated], setting: Setting) -> str:
    """The text, or a part of it, with notes below the units that others have changed."""
    title = paint(f"{visible(page.text.number)}  {visible(page.text.title)}", "bold", colour=setting.colour)
    return "\n".join([title, setting.say(_day(page)), "", *_units(units, setting)]) + "\n"


def _day(page: TextAt) -> Message:
    """The day that was asked for; of one before the text, that it was not in force."""
    day, issued = page.as_of.isoformat(), page.text.issued
    if issued is not None and page.as_of < issued:
        return msg("as of {day}: not issued yet, only on {issued}", day=day, issued=issued.isoformat())
    if page.first is not None and page.as_of < page.first:
        return msg("as of {day}: not in force yet, only from {first}", day=day, first=page.first.isoformat())
    return msg("as of {day}", day=day)


def _units(units: Sequence[Consolidated], setting: Setting) -> Iterator[str]:
    gone = None
    for each in units:
        inside = gone is not None and each.address.startswith(gone + "__")
        if inside and each.gone:
            continue  # what was left out of a repeal is shown below it
        gone = gone if inside else each.address if each.gone else None
        indent = " " * (_STEP * _depth(each.address))
        said = f"{each.label} {_GONE}" if each.gone else each.text
        for line in visible(said).rstrip().split("\n"):
            yield from _wrapped(line.strip(), indent, indent, setting)
        for origin in each.origins[-1:]:
            note = setting.say(origin_words(origin))
            for line in _wrapped(note, indent + "  ← ", indent + "    ", setting):
                yield paint(line, "cyan", colour=setting.colour)


def _depth(address: str) -> int:
    return sum(each.startswith(("khoan_", "diem_", "tiet_")) for each in address.split("__"))


def _wrapped(line: str, first: str, then: str, setting: Setting) -> list[str]:
    width = max(40, setting.width)
    return textwrap.wrap(line, width, initial_indent=first, subsequent_indent=then, break_on_hyphens=False) or [""]


def origin_words(origin: Origin) -> Message:
    """``khoản 1 Điều 1, 12/2031/TT-BTN, from 2031-05-01 (12-2031-tt-btn#e1)``."""
    names: dict[str, Param] = {
        "provision": place(origin.provision), "number": origin.acting, "day": origin.first.isoformat(),
        "event": origin.event,
    }  # fmt: skip
    return msg("{provision} {number}, from {day} ({event})", **names)


def unfit_words(each: Unfit) -> Message:
    """Which event could not be made where, and why."""
    where = place(each.address)
    names: dict[str, Param] = {"event": each.origin.event, "why": each.why}
    if not where:
        return msg("not made: {event}: {why}", **names)
    return msg("not made: {event} at {place}: {why}", **names, place=where)


def differences(found: Iterable[Difference], setting: Setting) -> str:
    """What changed: each unit with the words before and after, those that differ marked."""
    return "".join(line + "\n" for each in found for line in _difference(each, setting))


def _difference(each: Difference, setting: Setting) -> Iterator[str]:
    yield paint(place(each.address), "bold", colour=setting.colour)
    before, after = marked(each.before or "", each.after or "")
    for sign, said, style in (("-", before, "red"), ("+", after, "green")):
        if said:
            for line in _wrapped(visible(said), f"  {sign} ", "    ", setting):
                yield paint(line, style, colour=setting.colour)
    for origin in each.because:
        yield from _wrapped(setting.say(origin_words(origin)), "  ← ", "    ", setting)
    yield ""


# -- JSON ----------------------------------------------------------------------------------------------


def words_tree(page: TextAt, units: Sequence[Consolidated]) -> dict[str, Any]:
    """The text as docctl/law-words/v1."""
    return {
        "format": "docctl/law-words/v1",
        "number": page.text.number,
        "as_of": page.as_of.isoformat(),
        "in_force_from": None if page.first is None else page.first.isoformat(),
        "units": [
            {
                "address": each.address, "label": each.label, "text": each.text, "repealed": each.gone,
                "origins": [*map(_origin_tree, each.origins)],
            }
            for each in units
        ],
        "not_made": [{**_origin_tree(each.origin), "at": each.address, "why": str(each.why)} for each in page.unfit],
        "not_confirmed": [*page.pending],
    }  # fmt: skip


def differences_tree(number: str, first: str, last: str, found: Sequence[Difference]) -> dict[str, Any]:
    """The differences as docctl/law-diff/v1."""
    changes = [
        {
            "address": each.address, "before": each.before, "after": each.after,
            "because": [*map(_origin_tree, each.because)],
        }
        for each in found
    ]  # fmt: skip
    return {"format": "docctl/law-diff/v1", "number": number, "from": first, "to": last, "changes": changes}


def _origin_tree(origin: Origin) -> dict[str, Any]:
    return {
        "event": origin.event, "acting": origin.acting, "provision": origin.provision,
        "from": None if origin.first == date.max else origin.first.isoformat(),
    }  # fmt: skip
