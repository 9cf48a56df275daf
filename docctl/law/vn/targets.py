"""What a clause acts on: which text, and which of its provisions, completed by what stands around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docctl.law.address import ANNEX, HEADING, KEM_THEO, BadAddress, parse
from docctl.law.vn import noise, places
from docctl.law.vn.clauses import Object
from docctl.law.vn.documents import Named
from docctl.law.vn.names import fold
from docctl.law.vn.places import Read, address_of
from docctl.message import msg
from docctl.model.operation import Target, Unread

_BESIDE = 1_000
"""So far behind a place damage is looked for."""


class Targets:
    """Reads objects of clauses. ``numbers`` are those that the preamble gives to names; what is unread is kept."""

    def __init__(self, own_number: str, numbers: Mapping[str, str], text: str) -> None:
        self.own_number = own_number
        self.text = text
        self.numbers = numbers
        self.unread: list[Unread] = []
        self.damaged = False  # was anything in this clause? Then nothing of it is certain
        self.left: Mapping[str, str] = {}  # what was named last, for ``Điều này``

    def completed(
        self, row: Sequence[Object], base: Mapping[str, str], target: Named | None
    ) -> list[tuple[Object, Named | None, Mapping[str, str]]]:
        """Objects with the text named with them or next in the row, and what completes them.

        That is the next one in the row that names an article, else what is around (``base``, ``target``).
        """
        found = []
        around = base
        for each in reversed(row):
            target = self.named(each) or target
            if each.ref.named is not None:
                found.append((each, target, base if self.is_own(each.ref.named) else {}))
            else:
                found.append((each, target, base if each.ref.places is None else around))
            if len(row) > 1:
                around = next((path for path in self.levels(each, base)[:1] if "dieu" in path), around)
        return found[::-1]

    def levels(self, each: Object, base: Mapping[str, str]) -> list[Mapping[str, str]]:
        if each.ref.places is None:
            return []
        start = {KEM_THEO: "", **base} if each.ref.attached else base
        return [found.levels for found in places.addresses(each.ref.places, {}, start)]

    def addresses(self, at: str, each: Object, base: Mapping[str, str], *, phrases: bool = False) -> list[str] | None:
        """None where a level cannot be read, which is said; a whole text has the empty list."""
        ref = each.ref
        if ref.places is None:
            return [KEM_THEO] if ref.attached else []
        stop = min(len(self.text), ref.places.end + _BESIDE)
        line = self.text.find("\n", ref.places.end, stop)
        stop = stop if line < 0 else line
        end = noise.torn_behind(self.text, ref.places.end, stop, document=ref.named is not None)
        if end is not None or noise.torn_before(self.text, ref.start):
            self.unread.append(Unread(at, ref.start, end or ref.end, msg("what stands beside it is damaged")))
            self.damaged = True
            return None
        start = {KEM_THEO: "", **base} if ref.attached else dict(base)
        if any(item.level == "dieu" for item in ref.places.items):
            start.pop(ANNEX, None)
        found: list[str] = []
        levels = {item.level for item in ref.places.items if item.joined != "of"}
        all_names = ref.places.items[0].heading and len(levels) == 1 and not phrases
        for read in self._completed([*places.addresses(ref.places, self.left, start)]):
            address = read.address + (HEADING if all_names and HEADING not in read.address else "")
            level = address.split("#")[0].split("__")[0].rpartition("_")[0]
            if not read.whole or (level in ("khoan", "diem", "tiet")):
                self.unread.append(Unread(at, ref.start, ref.end, msg("the article around it is not known")))
                return None
            try:
                parse(address)
            except BadAddress:
                self.unread.append(Unread(at, ref.start, ref.end, msg("it has no address")))
                return None
            if each.names and not found and "dieu" in read.levels:
                found.append(f"dieu_{read.levels['dieu'].replace('đ', 'dd')}{HEADING}")
            found.append(address)
            self.left = read.levels
        return found

    @staticmethod
    def _completed(row: Sequence[Read]) -> Iterator[Read]:
        """``điểm a khoản 2 Điều 7 và khoản 3``: what ends a row without an article is in the one named before."""
        article = None
        for each in row:
            article = each.levels.get("dieu", article)
            if article is not None and "dieu" not in each.levels and "khoan" in each.levels:
                levels = {"dieu": article, **each.levels}
                yield Read(address_of(levels), True, levels)
            else:
                yield each

    def named(self, each: Object) -> Named | None:
        named = each.ref.named
        return None if named is None or self.is_own(named) else named

    def is_own(self, named: Named) -> bool:
        return named.this or (named.number is not None and named.number == self.own_number)

    def target(self, named: Named | None) -> Target | None:
        if named is None:
            return None
        number = named.number or (self.numbers.get(fold(named.name)) if named.name else None)
        return Target(number, named.name, named.date)
