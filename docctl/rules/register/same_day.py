"""Two texts that change one provision on one day, and nothing tells which comes last."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from docctl.finding import Code, Finding, Related, Severity, finding
from docctl.law.address import Touch, touches
from docctl.law.changes import CHANGING, ENDING, STOPPING, Change
from docctl.law.register import Register
from docctl.message import mark as _
from docctl.message import msg
from docctl.model.view import View
from docctl.rules.events import register_of
from docctl.rules.rule import Rule

CODE = Code(
    "DC245",
    "same-day",
    Severity.WARNING,
    _("Two texts change one provision on one day"),
    _(
        "Of changes of one day that of the higher text comes first, then that of the text issued earlier; of texts of one rank and one date nobody can say which words hold in the end."
    ),
    _("Read both texts; if one of them is meant to come later, its day of effect or its date of issue is wrong here."),
)
_KINDS = CHANGING | ENDING | STOPPING


def check(view: View) -> Iterator[Finding]:
    register = register_of(view)
    for slug in register.texts:
        by_day: dict[object, list[Change]] = {}
        for change in register.on(slug):
            if change.first is not None and change.confirmed and change.kind in _KINDS:
                by_day.setdefault((change.first, *_order(register, change)), []).append(change)
        for group in by_day.values():
            for one, other in combinations(group, 2):
                if one.acting != other.acting and _meet(one, other):
                    yield _say(view, register, one, other)


def _order(register: Register, change: Change) -> tuple[int, object]:
    text = register.texts[change.acting]
    return text.rank, text.issued


def _meet(one: Change, other: Change) -> bool:
    return any(touches(a, b) is not Touch.NOT for a in one.addresses for b in other.addresses)


def _say(view: View, register: Register, one: Change, other: Change) -> Finding:
    names = {"one": one.id, "other": other.id, "day": str(one.first)}
    message = msg(
        "events {one} and {other} act on one provision from {day}, by texts of one rank and one date", **names
    )
    related = [Related(view.locate(register.path(one.acting), one.pointer), msg("event {event}", event=one.id))]
    place = view.locate(register.path(other.acting), other.pointer)
    return finding(CODE, message, place, element=other.id.partition("#")[2], related=related)


RULE = Rule(CODE, check, whole=True)
