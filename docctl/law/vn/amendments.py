"""What an amending act does, read from its own words: each operation with its target, its place and its day.

A clause says little by itself ("b) Sửa đổi khoản 3 như sau"): text and article stand in the headings above it, in the
title of the act, the number of a law that is named only by its title in the preamble.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from docctl.law.address import ANNEX, HEADING, KEM_THEO
from docctl.law.vn import adjoining, noise, preamble
from docctl.law.vn.clauses import Clause, Object, clauses, prepared, sentence
from docctl.law.vn.documents import Named
from docctl.law.vn.effects import Days, about_effect, entries, issued
from docctl.law.vn.letters import one_alphabet
from docctl.law.vn.listed import lists, rows
from docctl.law.vn.masked import masked
from docctl.law.vn.phrases import Edit, phrase_edits
from docctl.law.vn.places import address_of, outside_of
from docctl.law.vn.targets import Targets
from docctl.law.vn.timing import ends_on, first_day
from docctl.message import Message, msg
from docctl.model.event import (
    AMEND,
    CORRECT,
    DISAPPLY,
    EXPIRE,
    EXTEND,
    INSERT,
    RENUMBER,
    REPEAL,
    REPLACE,
    REPLACE_PHRASE,
    SUSPEND,
)
from docctl.model.law_text import LawText
from docctl.model.operation import Operation, Unread

_ONCE = (REPEAL, EXPIRE, CORRECT)
_LISTED = frozenset({REPEAL, EXPIRE, CORRECT, DISAPPLY, SUSPEND, REPLACE})
"""What a heading may say once for a list of bare objects below it."""

_WORDS = re.compile(
    r"\s*(?P<opening>đoạn mở đầu\s+)?(?:vào\s+)?(?:(?:sau|trước)\s+)?"
    r"(?:(?:cuối|đầu|(?:khổ|đoạn) (?:thứ )?\w+)\s+(?:của\s+)?)*"
)
_QUOTE = 300
_AHEAD = 40
"""So many clauses of a sentence are looked through for what one leaves out."""


class _Around(Struct, frozen=True):
    """What a unit takes from what stands above it."""

    target: Named | None = None
    levels: Mapping[str, str] | None = None
    kind: str | None = None
    clause: Clause | None = None
    described: bool = False


class _Aside(NamedTuple):
    """What a clause says beside what it does: what stays of other texts, what of the act says so, and the days."""

    excepted: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    day: tuple[date | None, str | None] = None, None
    until: date | None = None


def operations(read: LawText, own_number: str = "") -> tuple[list[Operation], list[Unread]]:
    """All operations of an act in the order of its words, and what could not be read.

    ``own_number`` is that of the act, so that it is not taken for a target.
    """
    return Act(read, own_number).read()


class Act:
    """Reads an act unit by unit; what is above a unit completes what it says."""

    def __init__(self, read: LawText, own_number: str) -> None:
        self.law = read
        self.masked = one_alphabet(masked(read))
        self.hidden = prepared(self.masked)
        self.issued = issued(read)
        self.entries, self.undecided = entries(read, self.issued, self.masked)
        self.days = Days(self.entries)
        self.to = Targets(own_number, preamble.numbers(read, self.hidden), self.hidden)
        self.about_effect = about_effect(read)
        self.lists = lists(read, self.hidden)
        self.body = 0
        self.spoken: tuple[int, int, Named] | None = None
        self.changes_others = preamble.amends(read, self.hidden)
        self.done: list[Operation] = []
        self.clause: Clause | None = None
        self.aside = _Aside()
        self.acting: dict[int, bool] = {}
        self.line = range(0)

    def read(self) -> tuple[list[Operation], list[Unread]]:
        above: list[tuple[str, _Around]] = [("", _Around(target=preamble.subject(self.law, self.hidden)))]
        for place, unit in enumerate(self.law.units):
            while above[-1][0] and not unit.address.startswith(above[-1][0] + "__"):
                above.pop()
            above.append((unit.address, self._unit(place, above[-1][1])))
        return self.done, self.to.unread

    # -- one unit ----------------------------------------------------------------------------------

    def _unit(self, place: int, around: _Around) -> _Around:
        unit = self.law.units[place]
        self.body = unit.body
        read: list[Clause] = []
        for _, end in self.law.stretches.get(place, ())[:1]:
            read = clauses(self.hidden, unit.body, end)
        inside = len(self.law.inside(place)) > 1
        said = around
        if unit.address.startswith(ANNEX) and "__" not in unit.address:
            return _Around(kind=self._listed(place))
        if unit.address.startswith((KEM_THEO, "mau")) or (unit.address.startswith(ANNEX) and around.kind is None):
            return around  # what is issued with an act changes nothing, but for lists of what ends
        for at, each in enumerate(read):
            rest = read[at + 1 : at + 1 + _AHEAD]
            self._finish(unit.address, each, read[at - 1] if at else None)
            if each.kind is not None and each.empty and not rest and not inside and at == 0:
                self._not_read(unit.address, each, msg("what it acts on could not be read"))
            if self._only_place(each, rest, inside=inside, place=place):
                said = self._narrowed(said, each)
                continue
            if each.kind is None and not self._bare(each, said, unit.body):
                continue
            self._operate(unit.address, each, rest, said)
        return said

    def _listed(self, place: int) -> str | None:
        """The kind of an annex that lists what ends; the rows of its table are read."""
        at, kind = self.law.units[place].address, self.lists.get(place)
        for row in () if kind is None else rows(self.law, self.hidden, place):
            if row.named is None:
                self.to.unread.append(Unread(at, row.start, row.end, msg("the row could not be read")))
            elif kind is not None:
                self._add(at, Clause(kind, row.start, row.end), Edit(kind), row.named, row.addresses, _Around())
        return kind

    def _only_place(self, clause: Clause, rest: Sequence[Clause], *, inside: bool, place: int) -> bool:
        """Does it say where, and others, in this unit or below it, what?"""
        if clause.kind is None:
            return False
        if clause.some and not clause.phrases:
            return clause.lists or clause.kind not in (REPEAL, EXPIRE) or not clause.objects or inside
        if clause.empty:
            return True
        if clause.phrases or clause.kind in (REPEAL, EXPIRE):
            return clause.lists and not clause.objects
        if clause.passive or (clause.kind == REPLACE and all(each.ref.places is None for each in clause.objects)):
            return False
        later = [each for each in rest if each.kind is not None and each.start >= clause.end]
        heading = "\n" in self.law.text[clause.start : rest[0].start] if rest else False
        return (bool(later) and heading) or (inside and self._acts_below(place))

    def _acts_below(self, place: int) -> bool:
        """Do units inside it begin with a verb of an amending act? A unit of many clauses asks for each of them."""
        if place not in self.acting:
            self.acting[place] = any(map(self._acts, self.law.inside(place)[1:]))
        return self.acting[place]

    def _acts(self, place: int) -> bool:
        for _, end in self.law.stretches.get(place, ())[:1]:
            found = clauses(self.hidden, self.law.units[place].body, end)
            return bool(found) and found[0].kind is not None and not found[0].empty
        return False

    def _narrowed(self, around: _Around, clause: Clause) -> _Around:
        """What the units below take over from a clause that says only where."""
        target, levels = around.target, around.levels
        for each in clause.objects:
            if each.ref.named is not None and not self.to.is_own(each.ref.named):
                target, levels = each.ref.named, None
        objects = clause.objects or [each for _, each in clause.into]
        paths = [path for each in objects for path in self.to.levels(each, levels or {})]
        if paths:
            levels = {
                level: label for level, label in paths[0].items() if all(path.get(level) == label for path in paths)
            }
        kind = clause.kind if clause.kind in _LISTED and (clause.lists or clause.kind in _ONCE) else None
        described = kind == REPEAL and adjoining.DESCRIBED.search(self.hidden, clause.start, clause.end) is not None
        return _Around(target, levels, kind, clause if clause.phrases else None, described)

    def _bare(self, clause: Clause, around: _Around, body: int) -> bool:
        """Objects without a verb, at the beginning of a unit below a heading that has one."""
        if (around.kind is None and around.clause is None) or not clause.objects:
            return False
        first = clause.objects[0].ref.start
        return adjoining.fills(self.hidden, max(body, clause.start), first) or clause.start > body

    def _finish(self, at: str, clause: Clause, before: Clause | None) -> None:
        """Takes away what a verb is not about; ``before`` is the clause whose verb it may have taken over."""
        names = any(each.ref.named is not None for each in clause.objects)
        start = clause.start
        lost = clause.same and before is not None and before.kind is None
        why = adjoining.settle(clause, self.hidden, self.to, changes_others=self.changes_others) if not lost else None
        if lost:
            clause.objects, clause.kind = [], None
        if why is not None:
            self.to.unread += self._said(at, start, clause.end, why, names=names)

    # -- what is done ------------------------------------------------------------------------------

    def _operate(self, at: str, clause: Clause, rest: Sequence[Clause], around: _Around) -> None:
        kind, phrases = clause.kind or around.kind, clause.phrases
        if clause.kind is None and around.clause is not None:
            kind, phrases = around.clause.kind, around.clause.phrases
            clause.side = around.clause.side
        assert kind is not None
        base, target = self._completion(clause, rest, around)
        target = self._spoken_of(clause, target)
        if kind == CORRECT and len(phrases) == 1 and rest and not rest[0].objects:
            phrases = [*phrases, *rest[0].phrases[:1]]  # ``Nay sửa thành: “…”``
        edits = phrase_edits(self.law.text, kind, phrases, clause)
        kind = edits[0].kind
        if kind == RENUMBER:
            self._renumbered(at, clause, base, target, around)
            return
        if kind == INSERT and not clause.objects and clause.into:
            self._words_added(at, clause, base, target, around)
            return
        after = before = None
        for side, each in clause.into:
            for path in self.to.levels(each, base)[:1]:
                after = address_of(path) if side == "after" else after
                before = address_of(path) if side == "before" else before
                base = path if side == "in" else outside_of(path)
            target = self.to.named(each) or target
        if kind == REPLACE_PHRASE and not clause.objects:
            clause.objects = [each for _, each in clause.into] or self._of_next(clause, rest)
        if kind == REPLACE_PHRASE and not clause.objects and not clause.title:
            here = address_of(around.levels) if around.levels and not clause.names else ""
            groups: Mapping[Named | None, Sequence[str]] = {target: [here] if here else []}
        else:
            groups = self._groups(at, clause, base, target, phrases=bool(phrases))
        for named, found in groups.items():
            addresses = tuple(dict.fromkeys(found))
            for edit in edits:
                self._add(at, clause, edit._replace(after=after, before=before), named, addresses, around)

    def _renumbered(
        self, at: str, clause: Clause, base: Mapping[str, str], target: Named | None, around: _Around
    ) -> None:
        """``Chuyển khoản 3 thành khoản 4 Điều 5``: each unit with its new number, one by one."""
        new = [path for each in clause.becomes for path in self.to.levels(each, base)]
        around_new = outside_of(new[-1]) if new else {}
        old = [path for each in clause.objects for path in self.to.levels(each, {**base, **around_new})]
        named = next((name for each in (*clause.objects, *clause.becomes) if (name := self.to.named(each))), target)
        pairs = tuple((address_of(one), address_of(other)) for one, other in zip(old, new, strict=False))
        if len(old) != len(new) or not pairs or any("dieu" not in path and "khoan" in path for path in (*old, *new)):
            self._not_read(at, clause, msg("which unit gets which number could not be read"))
            return
        self._add(at, clause, Edit(RENUMBER, pairs=pairs), named, tuple(one for one, _ in pairs), around)

    def _words_added(
        self, at: str, clause: Clause, base: Mapping[str, str], target: Named | None, around: _Around
    ) -> None:
        """``Bổ sung vào cuối khoản 1 Điều 2``: words that come into a unit that is there."""
        _, each = clause.into[0]
        said = _WORDS.fullmatch(self.hidden, clause.verb or clause.start, each.ref.start)
        paths = self.to.levels(each, base)
        if said is None or len(paths) != 1:
            self._not_read(at, clause, msg("what it acts on could not be read"))
            return
        path = outside_of(paths[0]) if said["opening"] else paths[0]
        self._add(at, clause, Edit(AMEND), self.to.named(each) or target, (address_of(path),), around)

    def _groups(
        self, at: str, clause: Clause, base: Mapping[str, str], target: Named | None, *, phrases: bool
    ) -> dict[Named | None, list[str]]:
        """The addresses of a clause by the text that they are in."""
        self.to.damaged = False
        groups: dict[Named | None, list[str]] = {target: [HEADING]} if clause.title else {}
        if clause.names and "dieu" in base:
            groups.setdefault(target, []).append(f"dieu_{base['dieu'].replace('đ', 'dd')}{HEADING}")
        for each, named, around in self.to.completed(clause.objects, base, target):
            found = self.to.addresses(at, each, around, phrases=phrases)
            if self.to.damaged:
                return {}
            own = each.ref.named is not None and each.ref.named.this
            if found is not None and not (own and named is target and not found):
                groups.setdefault(named, []).extend(found)
        return groups

    def _of_next(self, clause: Clause, rest: Sequence[Clause]) -> list[Object]:
        """``Bỏ cụm từ “A”; “B” tại Điều 20``: the places stand behind the last phrase."""
        for each in rest:
            if each.phrases and each.objects and (each.kind == clause.kind or each.sentence == clause.sentence):
                return each.objects
        return []

    def _spoken_of(self, clause: Clause, target: Named | None) -> Named | None:
        """``Trong Luật A, cụm từ … được thay …; cụm từ … được thay …``: the text named for the whole sentence."""
        named = next((name for each in clause.objects if (name := self.to.named(each)) is not None), None)
        if named is not None:
            self.spoken = (clause.start, clause.sentence, named) if clause.phrases else None
        elif self.spoken is not None and clause.phrases and clause.passive is False and clause.kind == REPLACE:
            start, spoken_in, spoken = self.spoken
            if spoken_in == clause.sentence and clause.start <= self._line_end(start):
                return spoken
        return target

    def _line_end(self, place: int) -> int:
        """Looked for once, however many clauses of a line ask."""
        if place not in self.line:
            end = self.hidden.find("\n", place)
            self.line = range(place, (len(self.hidden) if end < 0 else end) + 1)
        return self.line[-1]

    def _completion(
        self, clause: Clause, rest: Sequence[Clause], around: _Around
    ) -> tuple[Mapping[str, str], Named | None]:
        """Levels and text that a clause leaves out: of the clauses behind it in the sentence, else from above."""
        base, target = around.levels or {}, around.target
        end, richest = clause.end, base
        for each in rest:
            if each.start > end + 3 or "\n" in self.hidden[end : each.start]:
                break
            end = each.end
            objects = [*each.objects, *(obj for _, obj in each.into)]
            if "dieu" not in richest or len(richest) == len(base):
                paths = (path for obj in objects for path in self.to.levels(obj, base))
                richest = max((richest, *paths), key=lambda path: ("dieu" in path, len(path)))
            named = next((n for obj in objects if (n := self.to.named(obj))), None)
            if named is not None:
                target = named
                break
        return richest, target

    def _not_read(self, at: str, clause: Clause, why: Message, *, names: bool = False) -> None:
        """Says it, unless an ordinary text only uses the verb: there ``names`` tells that a text was named."""
        self.to.unread += self._said(at, clause.start, clause.end, why, names=names)

    def _said(self, at: str, start: int, end: int, why: Message, *, names: bool) -> list[Unread]:
        said = self.changes_others or (names and at.split("__")[0] in self.about_effect)
        return [Unread(at, start, end, why)] if said else []

    # -- the operation -----------------------------------------------------------------------------

    def _add(
        self, at: str, clause: Clause, edit: Edit, named: Named | None, found: tuple[str, ...], around: _Around
    ) -> None:
        target = self.to.target(named)
        start, end = clause.start, min(clause.end, clause.start + _QUOTE)
        if target is not None and target.number and noise.torn_number(self.hidden, start, target.number, alone=False):
            self._not_read(at, clause, msg("the number of the text is damaged"), names=True)
            return
        if target is None and found and {self.law.units[place].address for place in self.lists}.issuperset(found):
            return  # ``Bãi bỏ các văn bản tại Phụ lục I``: its rows say which
        if target is None:
            if self.changes_others or not self.hidden[self.body : clause.start].strip():
                self.to.unread.append(Unread(at, start, end, msg("the text it acts on is not known")))
            return
        lasting = edit.kind == EXTEND and ends_on(self.hidden, clause) is None
        if lasting or (not found and edit.kind in (AMEND, INSERT, CORRECT)):
            return
        if self.clause is not clause:
            self.clause, self.aside = clause, self._beside(at, clause)
        where = edit.after, edit.before, edit.old, edit.new
        described = edit.kind in (REPEAL, EXPIRE) and bool(found) and self._described(clause, around)
        quote = sentence(self.hidden, self.body, clause, _QUOTE)
        self.done.append(
            Operation(
                edit.kind, at, start, end, target, found, *self.aside[:2], *where, *self.aside.day,
                described=described, pairs=edit.pairs, until=self.aside.until, quote=quote,
            )
        )  # fmt: skip

    def _beside(self, at: str, clause: Clause) -> _Aside:
        """What a clause says once for all that it does."""
        inside = self.to.levels(clause.objects[0], {})[:1] if len(clause.objects) == 1 else []
        around = inside[0] if inside else {}
        others = [each for each in clause.excepted if each.ref.named is None or self.to.named(each)]
        excepted = tuple(path for each in others for path in (self.to.addresses(at, each, around) or ()))
        own = [each for each in clause.excepted if each.ref.named is not None and not self.to.named(each)]
        kept = tuple(path for each in own for path in (self.to.addresses(at, each, {}) or ()))
        until = ends_on(self.hidden, clause) if clause.kind in (SUSPEND, DISAPPLY) else None
        return _Aside(excepted, kept, first_day(self.hidden, clause, self.days, at), until)

    def _described(self, clause: Clause, around: _Around) -> bool:
        """``Bãi bỏ quy định về tỷ giá tại Điều 6``: of Điều 6 goes only what the words describe."""
        first = clause.objects[0].ref.start if clause.objects else clause.end
        begins = clause.start if clause.passive else clause.verb or clause.start
        return around.described or adjoining.DESCRIBED.search(self.hidden, begins, first) is not None
