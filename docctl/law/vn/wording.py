"""The new words that an amending act quotes, cut into the units they belong to: khoản 3 and khoản 3a of one block.

Several operations may share a block, and one may have several. A block says its own labels ("3a. …"), often below the
name of the article around it; without any label it is the words of the one unit that is named.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter, itemgetter

from msgspec.structs import replace

from docctl.law.address import ANNEX, CONTAINERS, HEADING, KEM_THEO, LEVELS, level, parse
from docctl.law.vn import lines
from docctl.law.vn.letters import ascii_label
from docctl.law.vn.lines import DIEM, DIEU, TIET, Head
from docctl.law.vn.place import Place
from docctl.law.vn.quotes import CLOSING, MARK, OPENING
from docctl.model.event import AMEND, CORRECT, INSERT, REPLACE
from docctl.model.law_text import LawText, Part
from docctl.model.operation import Operation, Wording, Words

WORDED = frozenset({AMEND, INSERT, REPLACE, CORRECT})
_BEGINS = re.compile(r"(?:sau(?: đây)?\s?:?|:|thành|bằng|\n[ \t]*(?:[a-zđ]{1,2}\)|[-+–]|\d{1,2}[.)]))\s*\Z")
_BEFORE = 40
_OPENING = re.compile(
    r"(?:[Đđ]oạn|[Kk]hổ|[Cc]âu|[Pp]hần) (?:mở đầu|dẫn|đầu)(?: (?:của|tại))?\s+(điểm|khoản|điều|mục)\s+(\w+)",
    re.IGNORECASE,
)
_ADDS = re.compile(r"bổ sung", re.IGNORECASE)
_CHANGES = re.compile(r"sửa đổi|thay thế|điều chỉnh", re.IGNORECASE)
_LEVEL = {"điểm": "diem", "khoản": "khoan", "điều": "dieu", "mục": "muc"}
_START = attrgetter("start")
_END = re.compile(r'[”"»]\s*+[.;,]?\s*+\Z')


def wordings(read: LawText, operations: Sequence[Operation]) -> list[Wording | None]:
    """The new words of each operation of an act, in its order; None for those that bring none.

    ``operations`` are those of ``amendments.operations``, all of them: what stands between two tells whose it is.
    """
    act = _Act(read)
    found: list[Wording | None] = [None] * len(operations)
    waiting: list[int] = []
    for place, each in enumerate(operations):
        if waiting and operations[waiting[-1]].at != each.at:
            waiting = []
        if each.kind not in WORDED or each.old is not None:
            continue
        waiting.append(place)
        following = operations[place + 1] if place + 1 < len(operations) else None
        if following is not None and following.start == each.start:
            continue
        blocks = [*act.blocks(each.start, act.stop(each, following))]
        if blocks:
            units = _cut(blocks, [address for at in waiting for address in operations[at].addresses])
            held = {each.address for words in units.values() for each in words}
            for at in waiting:
                found[at] = _wording(read, operations[at], units, held)
            waiting = []
    return found


def as_quoted(read: LawText, operations: Sequence[Operation]) -> list[Operation]:
    """``Bổ sung điểm b`` whose new words are items ("- …") adds to a unit that is there: it amends."""
    if not any(each.kind == INSERT for each in operations):
        return [*operations]
    return [
        replace(each, kind=AMEND) if each.kind == INSERT and words is not None and _unlabelled(words) else each
        for each, words in zip(operations, wordings(read, operations), strict=True)
    ]


def _unlabelled(words: Wording) -> bool:
    return bool(words.units) and all(units[0].text.lstrip()[:1] in ("-", "–", "+") for units in words.units.values())


class _Act:
    """An act by what its operations ask for, each of them: where a unit ends, what is quoted between two places."""

    def __init__(self, read: LawText) -> None:
        self.text = read.text
        self.quoted = read.quoted
        self.stamps = [piece for piece in read.pieces if piece.part is Part.STAMP]
        self._read = read
        self._places: dict[str, int] = {}
        for place, unit in enumerate(read.units):
            self._places.setdefault(unit.address, place)
        self._ends: dict[str, int] = {}

    def stop(self, operation: Operation, following: Operation | None) -> int:
        """Where the words of an operation end: before the next one, or with the unit that it stands in."""
        if operation.at not in self._ends:
            self._ends[operation.at] = self._end(operation.at)
        end = self._ends[operation.at]
        return end if following is None or following.start < operation.start else min(end, following.start)

    def _end(self, address: str) -> int:
        last, units = self._places.get(address), self._read.units
        behind = len(units) if last is None else self._read.inside(last).stop
        return units[behind].start if behind < len(units) else len(self.text)

    def blocks(self, start: int, stop: int) -> Iterator[str]:
        """What is quoted between two places as new words, without the marks around it."""
        first, behind = (bisect_left(self.quoted, at, key=itemgetter(0)) for at in (start, stop))
        for begin, end in self.quoted[first:behind] or _inline(self.text, start, stop):
            yield _unquoted(self._without_stamps(begin, end, stop))

    def _without_stamps(self, start: int, end: int, stop: int) -> str:
        """The words between two places without the heads of pages among them."""
        first, behind = (bisect_left(self.stamps, at, key=_START) for at in (start, min(end, stop)))
        parts, at = [], start
        for piece in self.stamps[first:behind]:
            parts.append(self.text[at : piece.start])
            at = piece.end
        return "".join([*parts, self.text[at:end]])


def _wording(read: LawText, operation: Operation, units: Mapping[str, list[Words]], held: Container[str]) -> Wording:
    said = read.text[operation.start : operation.end]
    opening = {
        address
        for match in _OPENING.finditer(said)
        for address in operation.addresses
        if address.rpartition("__")[2] == f"{_LEVEL[match[1].lower()]}_{ascii_label(match[2].lower())}"
    }
    mine = {address: tuple(units[address]) for address in operation.addresses if address in units}
    labelled = all(words[0].label or address in opening for address, words in mine.items())
    added = operation.kind == AMEND and not labelled and bool(_ADDS.search(said)) and not _CHANGES.search(said)
    missing = tuple(address for address in operation.addresses if address not in mine and address not in held)
    return Wording(mine, frozenset(opening), added, missing)


# -- the quotations ------------------------------------------------------------------------------------


def _inline(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Quotations that begin behind ``như sau:`` or a label on the same line."""
    depth = first = 0
    for mark in MARK.finditer(text, start, stop):
        if mark[0] in CLOSING or (mark[0] == '"' and depth > 0):
            depth = max(0, depth - 1)
            if depth == 0 and first:
                yield first, mark.end()
                first = 0
        else:
            if depth == 0 and _BEGINS.search(text, max(start, mark.start() - _BEFORE), mark.start()):
                first = mark.start()
            depth += 1


def _unquoted(block: str) -> str:
    """The words between the marks. Of marks that open anew in every paragraph, those that nothing closes go too."""
    words = block.strip()
    words = words[1:] if words[:1] in OPENING or words[:1] == '"' else words
    depth = 0
    for mark in MARK.finditer(words):
        depth += -1 if mark[0] in CLOSING or (mark[0] == '"' and depth > 0) else 1
    found = _END.search(words)
    if found is not None and (depth < 0 or (depth > 0 and found[0][0] == '"')):
        words = words[: found.start()].rstrip()
        if words[-1:].isalnum() and "." in found[0]:
            words += "."  # the full stop is printed once, outside the marks
    said = words.rstrip().split("\n")
    return "\n".join(map(_reopened, said) if depth > 0 else said) + "\n"


def _reopened(line: str) -> str:
    bare = line.lstrip()
    if bare[:1] in tuple(OPENING) and not any(mark in bare for mark in CLOSING):
        return bare[1:]
    return line


# -- the units in it -----------------------------------------------------------------------------------


def _cut(blocks: Iterable[str], wanted: Sequence[str]) -> dict[str, list[Words]]:
    cutter = _Cutter(wanted)
    for block in blocks:
        cutter.block(block)
    return cutter.found


class _Cutter:
    """Goes through the lines of new wording; ``current`` is the wanted unit that it is in."""

    def __init__(self, wanted: Sequence[str]) -> None:
        self.left = {address: place for place, address in enumerate(dict.fromkeys(wanted))}
        self.by_unit: dict[str, dict[str, None]] = {}
        self.outer = Counter[str]()
        for address in self.left:
            units = parse(address).units
            self.by_unit.setdefault(units[-1] if units else "", {})[address] = None
            self.outer.update(units[:-1])
        self.current = ""
        self.more: list[str] = []  # further lines of the last unit
        self.found: dict[str, list[Words]] = {}
        self.place = Place(articled=True, consolidated=False)
        self.place.begun = True

    def block(self, text: str) -> None:
        self.current, around = "", False
        start = 0
        while start < len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            head = lines.head(text, start, end)
            wanted = None if head is None else self._wanted(head, text, end)
            if head is not None and wanted is not None:
                self._begin(wanted, head.printed, text[start : end + 1])
            elif not self.current:
                if head is not None and self._around(head):
                    around = True
                elif self.left and not around:
                    self._begin(next(iter(self.left)), "", text[start : end + 1])
            elif head is None or not self._child(head, text, start, end):
                self.more.append(text[start : end + 1])
            start = end + 1
        self._end()

    def _wanted(self, head: Head, text: str, end: int) -> str | None:
        """The wanted unit that this line begins."""
        named = [next(iter(self.by_unit[unit])) for unit in _named(head) if self.by_unit.get(unit)]
        if not named:
            return None
        address = min(named, key=self.left.__getitem__)
        inner = bool(self.current) and HEADING not in self.current
        deeper = inner and _rank(parse(address).units[-1]) > _rank(parse(self.current).units[-1])
        return None if deeper and self._accepted(head, text, end) is not None else address

    def _around(self, head: Head) -> bool:
        """Does it name again what is around the wanted units (``Điều 5. …`` before ``3. …``)?"""
        return any(self.outer[unit] for unit in _named(head))

    def _begin(self, address: str, label: str, line: str) -> None:
        self._end()
        units, place = parse(address).units, self.place
        del self.left[address], self.by_unit[units[-1] if units else ""][address]
        self.outer.subtract(units[:-1])
        self.current = address
        self.found[address] = [Words(address, label, _of_heading(line) if address.endswith(HEADING) else line)]
        place.component = "__".join(unit for unit in units if level(unit) in (KEM_THEO, ANNEX))
        labels = [(level(unit), _label(unit)) for unit in units if level(unit) not in (KEM_THEO, ANNEX)]
        place.containers = {name: label for name, label in labels if name in CONTAINERS}
        place.inner = {name: label for name, label in labels if name not in CONTAINERS}
        if DIEU in place.inner:
            place.articles[place.component] = place.inner[DIEU]
        else:
            place.articles.pop(place.component, None)

    def _accepted(self, head: Head, text: str, end: int) -> Head | None:
        rest = text[head.end : min(end, head.end + 80)].strip()
        if head.level == DIEU and head.sure and self.place.articles.get(self.place.component) is None:
            return head  # the first article of a new chapter
        return self.place.accepts(head, rest, broken=False, jumps=True)

    def _child(self, head: Head, text: str, start: int, end: int) -> bool:
        """Begins a unit inside the current one; False for what is none."""
        accepted = self._accepted(head, text, end)
        last = parse(self.current).units[-1:]
        if accepted is None or not last or HEADING in self.current:
            return False
        grouped = level(last[0]) in CONTAINERS
        if _rank(f"{accepted.level}_1") <= _rank(last[0]):
            return False
        address = self.place.enter(accepted)
        if address is None or not (address.startswith(self.current + "__") or grouped):
            return False
        self._end()
        self.found[self.current].append(Words(address, head.printed, text[start : end + 1]))
        return True

    def _end(self) -> None:
        """Gives the last unit the lines that were found behind its first one."""
        if self.more:
            units = self.found[self.current]
            more = map(_of_heading, self.more) if self.current.endswith(HEADING) else self.more
            units[-1] = replace(units[-1], text="".join([units[-1].text, *more]))
            self.more = []


def _of_heading(line: str) -> str:
    """A line of a heading, without the full stop of the sentence that quotes it."""
    return line.rstrip("\n").removesuffix(".") + "\n"


def _named(head: Head) -> Sequence[str]:
    """The units whose label it may be. A tiết may be written as a point is."""
    label = ascii_label(head.label.lower())
    if head.level == ANNEX and not label:
        return (ANNEX,)
    return [f"{name}_{label}" for name in ((DIEM, TIET) if head.level == DIEM else (head.level,))]


def _label(unit: str) -> str:
    """The label as texts print it: đ for dd."""
    return unit[len(level(unit)) + 1 :].replace("dd", "đ")


def _rank(unit: str) -> int:
    name = level(unit)
    return -1 if name in (KEM_THEO, ANNEX) else LEVELS.index(name)
