"""The new words that an amending act quotes, cut into the units they belong to: khoản 3 and khoản 3a of one block.

Several operations may share a block, and one may have several. A block says its own labels ("3a. …"), often below the
name of the article around it; without any label it is the words of the one unit that is named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from docctl.law.address import ANNEX, CONTAINERS, HEADING, KEM_THEO, LEVELS, level, parse
from docctl.law.vn import lines
from docctl.law.vn.letters import ascii_label
from docctl.law.vn.lines import DIEM, DIEU, TIET, Head
from docctl.law.vn.place import Place
from docctl.law.vn.quotes import CLOSING, MARK, OPENING
from docctl.model.event import AMEND, CORRECT, INSERT, REPLACE
from docctl.model.law_text import LawText, Part, Piece
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
_END = re.compile(r'[”"»]\s*+[.;,]?\s*+\Z')


def wordings(read: LawText, operations: Sequence[Operation]) -> list[Wording | None]:
    """The new words of each operation of an act, in its order; None for those that bring none.

    ``operations`` are those of ``amendments.operations``, all of them: what stands between two tells whose it is.
    """
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
        blocks = [*_blocks(read, each.start, _stop(read, each, following))]
        if blocks:
            units = _cut(blocks, [address for at in waiting for address in operations[at].addresses])
            for at in waiting:
                found[at] = _wording(read, operations[at], units)
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


def _stop(read: LawText, operation: Operation, following: Operation | None) -> int:
    """Where the words of an operation end: before the next one, or with the unit that it stands in."""
    last = next((place for place, unit in enumerate(read.units) if unit.address == operation.at), None)
    behind = len(read.units) if last is None else read.inside(last).stop
    end = read.units[behind].start if behind < len(read.units) else len(read.text)
    return end if following is None or following.start < operation.start else min(end, following.start)


def _wording(read: LawText, operation: Operation, units: dict[str, list[Words]]) -> Wording:
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
    held = {each.address for words in units.values() for each in words}
    missing = tuple(address for address in operation.addresses if address not in mine and address not in held)
    return Wording(mine, frozenset(opening), added, missing)


# -- the quotations ------------------------------------------------------------------------------------


def _blocks(read: LawText, start: int, stop: int) -> Iterator[str]:
    """What is quoted between two places as new words, without the marks around it."""
    spans = [(first, end) for first, end in read.quoted if start <= first < stop]
    stamps = [piece for piece in read.pieces if piece.part is Part.STAMP and start <= piece.start < stop]
    for first, end in spans or _inline(read.text, start, stop):
        yield _unquoted(_without(read.text, first, end, stamps))


def _without(text: str, start: int, end: int, stamps: Sequence[Piece]) -> str:
    """The words between two places without the heads of pages among them."""
    parts, at = [], start
    for piece in stamps:
        if start <= piece.start < end:
            parts.append(text[at : piece.start])
            at = piece.end
    return "".join([*parts, text[at:end]])


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
        self.left = list(dict.fromkeys(wanted))
        self.current = ""
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
                    self._begin(self.left[0], "", text[start : end + 1])
            elif head is None or not self._child(head, text, start, end):
                self._more(text[start : end + 1])
            start = end + 1

    def _wanted(self, head: Head, text: str, end: int) -> str | None:
        """The wanted unit that this line begins."""
        for address in self.left:
            unit = parse(address).units[-1:] or ("",)
            if not _names(head, unit[0]):
                continue
            inner = bool(self.current) and HEADING not in self.current
            deeper = inner and _rank(unit[0]) > _rank(parse(self.current).units[-1])
            if deeper and self._accepted(head, text, end) is not None:
                return None
            return address
        return None

    def _around(self, head: Head) -> bool:
        """Does it name again what is around the wanted units (``Điều 5. …`` before ``3. …``)?"""
        return any(_names(head, unit) for address in self.left for unit in parse(address).units[:-1])

    def _begin(self, address: str, label: str, line: str) -> None:
        self.left.remove(address)
        self.current = address
        self.found[address] = [Words(address, label, _of_heading(line) if address.endswith(HEADING) else line)]
        units, place = parse(address).units, self.place
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
        self.found[self.current].append(Words(address, head.printed, text[start : end + 1]))
        return True

    def _more(self, line: str) -> None:
        units = self.found[self.current]
        line = _of_heading(line) if self.current.endswith(HEADING) else line
        units[-1] = Words(units[-1].address, units[-1].label, units[-1].text + line)


def _of_heading(line: str) -> str:
    """A line of a heading, without the full stop of the sentence that quotes it."""
    return line.rstrip("\n").removesuffix(".") + "\n"


def _names(head: Head, unit: str) -> bool:
    """Is it the label of this unit? A tiết may be written as a point is."""
    if not unit:
        return False
    name = level(unit)
    if name in (KEM_THEO, ANNEX) and unit == name:
        return head.level == name and not head.label
    same = head.level == name or (name == TIET and head.level == DIEM)
    return same and ascii_label(head.label.lower()) == unit[len(name) + 1 :]


def _label(unit: str) -> str:
    """The label as texts print it: đ for dd."""
    return unit[len(level(unit)) + 1 :].replace("dd", "đ")


def _rank(unit: str) -> int:
    name = level(unit)
    return -1 if name in (KEM_THEO, ANNEX) else LEVELS.index(name)
