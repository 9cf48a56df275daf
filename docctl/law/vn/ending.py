"""What an act puts an end to: other texts, provisions of them, and in time itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from docctl.law.address import ANNEX, KEM_THEO
from docctl.law.vn import preamble
from docctl.law.vn.amendments import Act
from docctl.law.vn.dates import DATE, read_date
from docctl.law.vn.effects import BEGINS, SELF
from docctl.model.event import EXPIRE, EXTEND, REPEAL, REPLACE
from docctl.model.operation import Operation, Target, Unread

_UNTIL = re.compile(
    r"\s{0,99}+(?:và\s++(?:được\s++)?áp dụng\s++)?"
    rf"(?P<word>đến hết|đến trước|đến|cho đến hết|cho đến)\s++(?P<day>{DATE})"
)
_UNTIL_THEN = re.compile(r"\s{0,99}+(?P<word>(?:cho )?đến (?:khi|ngày)\s[^;.\n]{1,1000})")
_EFFECT = re.compile(
    r"hiệu lực|điều khoản (?:thi hành|cuối cùng)|tổ chức thực hiện|trách nhiệm thi hành", re.IGNORECASE
)


def ends(act: Act) -> tuple[list[Operation], list[Unread]]:
    """The texts, and parts of texts, that an act puts an end to in its clauses of effect; and what was not read."""
    found, unread = act.read()
    kinds = [
        each
        for each in found
        if each.kind in (REPEAL, EXPIRE, EXTEND) or (each.kind == REPLACE and _whole_or_annex(each))
    ]
    if preamble.amends(act.law, act.hidden):
        return kinds, unread
    stated = {entry.stated_in.split("__")[0] for entry in act.entries}
    clause = {each.address for each in act.law.units if _EFFECT.search(each.heading or "")}
    about = stated | clause
    return (
        [each for each in kinds if each.at.split("__")[0] in about or each.at.startswith(ANNEX)],
        [each for each in unread if each.at.split("__")[0] in about or each.at.startswith(ANNEX)],
    )


def _whole_or_annex(each: Operation) -> bool:
    return all(address.startswith((ANNEX, KEM_THEO, "mau")) for address in each.addresses)


def ends_itself(act: Act) -> Iterator[Operation]:
    """Where a text says until when it is in force itself; ``first`` is the first day without it."""
    read, hidden = act.law, act.masked
    target = Target(act.to.own_number or None)
    for place, unit in enumerate(read.units):
        for begin, end in read.stretches.get(place, ()):
            for match in BEGINS.finditer(hidden, begin, end):
                if SELF.search(hidden, max(begin, match.start() - 80), match.start()) is None:
                    continue
                until = _UNTIL.match(hidden, match.end(), end)
                then = _UNTIL_THEN.match(hidden, match.end(), end)
                if until is not None and (last := read_date(until["day"])) is not None:
                    day = _after(date.fromisoformat(last), until["word"])
                    yield Operation(EXPIRE, unit.address, match.start(), until.end(), target, first=day)
                elif then is not None:
                    words = " ".join(read.text[then.start("word") : then.end()].split())
                    yield Operation(EXPIRE, unit.address, match.start(), then.end(), target, condition=words)


def _after(day: date, word: str) -> date:
    """``đến trước ngày`` ends with the day before, every other wording holds on the day that is named."""
    return day if "trước" in word else day + timedelta(days=1)
