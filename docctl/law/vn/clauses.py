"""The clauses of an amending act: what is to be done, to which provisions of which text, in the order of the words.

Phrases in quotation marks are hidden already (``masked``); here the words around them are cut into tokens, and the
tokens into clauses: each verb with its objects, the place it goes to, the phrases it exchanges.
"""

from __future__ import annotations

import re

from msgspec import Struct, field

from docctl.law.address import ANNEX
from docctl.law.vn import verbs
from docctl.law.vn.citations import Reference, reference
from docctl.law.vn.quotes import CLOSING, OPENING
from docctl.model.event import INSERT, RENUMBER, REPEAL, REPLACE, RESUME

_LONGEST_TITLE = 400
_MOST_PHRASES = 200
"""No row has more for each of its places."""


class Object(Struct, frozen=True):
    """Provisions, a text, or both. ``names`` tells that ``tên Điều`` stands before it and is meant too."""

    ref: Reference
    names: bool = False


class Clause(Struct):
    """``kind`` None: no verb of its own. ``objects`` stand before ``by``; ``into`` is where something is put,
    ``becomes`` what stands behind ``by``: the successor, or the new number.

    ``title`` tells that the title of the text is meant too, ``names`` that of the article above.

    ``landmark`` are words that only tell where the phrase stands, on which ``side`` of it. ``same``: its verb is that
    of the clause before.

    ``some`` tells that it speaks of ``một số điều``: it says only where, and what follows says what.
    """

    kind: str | None
    start: int
    end: int
    first: int | None = None
    passive: bool = False
    some: bool = False
    lists: bool = False
    objects: list[Object] = field(default_factory=list)
    into: list[tuple[str, Object]] = field(default_factory=list)
    phrases: list[tuple[int, int]] = field(default_factory=list)
    by: int | None = None
    becomes: list[Object] = field(default_factory=list)
    side: str | None = None
    landmark: tuple[int, int] | None = None
    same: bool = False
    excepted: list[Object] = field(default_factory=list)
    names: bool = False
    title: bool = False
    verb: int | None = None
    sentence: int = 0
    kept: bool = False

    @property
    def empty(self) -> bool:
        return not (self.objects or self.phrases or self.into or self.names or self.title)


def prepared(hidden: str) -> str:
    """The same text with rows of lists (``số thứ tự 132``) called by the word of their address."""
    return verbs.ORDER.sub(lambda match: "mục".ljust(len(match[0])), hidden)


def clauses(text: str, start: int, stop: int) -> list[Clause]:
    """The clauses of ``text[start:stop]``, which is the own text of one unit behind its label."""
    return _Reader(text, start, stop).read()


def sentence(text: str, body: int, clause: Clause, most: int) -> tuple[int, int]:
    """The line around a clause where it is short enough to be quoted, else from the clause on, in whole words.

    ``body`` is where the words of its unit begin.
    """
    start = clause.start
    before, behind = max(0, start - most - 1), min(len(text), start + most + 1)  # what is further is too far
    first = max(before, text.rfind("\n", before, start) + 1, body)
    last = text.find("\n", max(start, clause.end - 1), behind)
    last = behind if last < 0 else last
    if last - first > most:
        first = start
    if last - first > most:
        last = max(text.rfind(" ", first, first + most), first + 1)
    return first, last


class _Reader:
    def __init__(self, text: str, start: int, stop: int) -> None:
        self.text = text
        self.start = start
        self.at = start
        self.stop = stop
        self.done: list[Clause] = []
        self.clause = Clause(None, start, start)
        self.titled = False  # inside the title of a text that was named
        self.title_from = start
        self.amending = False  # does the title say that its text amends one other?
        self.others: set[str] = set()  # kinds of those named in it
        self.names = False
        self.kind = ""  # of the text named last
        self.sentence = 0
        self.mode: str | None = None
        self.inherited = False  # are the phrases those of the clause before?

    def read(self) -> list[Clause]:
        while self.at < self.stop:
            sign = verbs.SIGN.search(self.text, self.at, self.stop)
            if sign is None:
                break
            new_line = "\n" in self.text[self.at : sign.start()] and self.at > self.start
            self.at = sign.start()
            if new_line:
                self.sentence += 1
                self._new(None)
            self._sign(sign)
        self._new(None)
        return self.done

    def _new(self, kind: str | None) -> None:
        """Ends the clause; what has neither verb nor object is nothing."""
        clause = self.clause
        clause.names = self.names  # ``tên điều`` of the article that stands above
        if clause.first != -1 and (not clause.empty or clause.kind is not None or clause.some):
            clause.end = self.at
            self.done.append(clause)
        self.clause = Clause(kind, self.at, self.at, sentence=self.sentence)
        self.titled = self.names = self.inherited = False
        self.others = set()
        self.mode = None

    def _sign(self, sign: re.Match[str]) -> None:
        mark = sign[0]
        if mark == "(":
            closed = self.text.find(")", self.at, self.stop)
            self.at = self.stop if closed < 0 else closed + 1
        elif mark in OPENING or mark == '"':
            self._phrase()
        elif mark in ".;":
            before, behind = self.clause, self.text[sign.end() : sign.end() + 1]
            self.at = sign.end()
            if mark == ";" or not behind or behind.isspace():
                self.sentence += mark == "."
                self._new(None)
                if mark == ";" and before.kind is not None and not before.passive:
                    self._same(before)
        elif mark == ":":
            self.clause.lists = True
            self.at = sign.end()
        elif not self._word():
            self.at = sign.end()

    def _same(self, before: Clause) -> None:
        """``tại khoản 1 Điều 5; điểm b khoản 2 Điều 6``: a row that goes on behind a semicolon."""
        if not before.objects or len(before.phrases) > _MOST_PHRASES:
            self.clause.kind = before.kind if before.phrases and not before.objects else None
            return
        self.clause.kind, self.clause.phrases, self.clause.by = before.kind, [*before.phrases], before.by
        self.clause.side, self.clause.landmark = before.side, before.landmark
        self.clause.first, self.clause.same = -1, True
        self.inherited = True

    def _phrase(self) -> None:
        at = self.at + 1
        while at < self.stop and self.text[at] not in CLOSING + '"':
            at += 1
        words = self.text[max(self.start, self.at - 8) : self.at].rstrip()
        if at < self.stop and (not self.titled or words.endswith(" từ")):
            if self._edit_is_whole():
                kind = self.clause.kind
                self._new(kind)
            if self.inherited and not self.clause.objects:
                self.clause.phrases, self.clause.by, self.clause.side = [], None, None
                self.clause.landmark = None
            self.inherited = False
            if self.mode == "landmark":
                self.clause.landmark, self.mode = (self.at + 1, at), None
            else:
                self.clause.phrases.append((self.at + 1, at))
            if self.mode in ("after", "before") and self.clause.side is None:
                self.clause.side, self.mode = self.mode, None
        self.at = min(at + 1, self.stop)

    def _edit_is_whole(self) -> bool:
        """``“A” bằng “B” tại khoản 1 và từ “C” …``, ``khoản 1 và đoạn “C” tại khoản 2``: does C begin another edit?"""
        clause = self.clause
        if not clause.objects or self.inherited or self.mode == "landmark":
            return False
        if clause.kind == REPEAL:
            return True
        if clause.kind != REPLACE or not clause.phrases or clause.by is None or clause.phrases[-1][0] < clause.by:
            return False
        return clause.objects[0].ref.start > clause.phrases[-1][1]

    def _word(self) -> bool:
        text, at, stop, clause = self.text, self.at, self.stop, self.clause
        chain = verbs.CHAIN.match(text, at, stop)
        if chain is not None and not (clause.phrases and verbs.PASSIVE.match(text, at, stop)):
            self.at = chain.end()
            self._skip_chain()
            return True
        verb = verbs.ACTIVE.match(text, at, stop)
        if verb is not None and self._may_begin(verb.end()):
            if clause.first == -1:
                self.clause = Clause(None, at, at, sentence=self.sentence)
            self._new(verbs.KINDS[verb.lastgroup or ""])
            self.at = self.clause.verb = verb.end()
            return True
        passive = verbs.PASSIVE.match(text, at, stop)
        if passive is not None:
            self._passive(verbs.KINDS[passive.lastgroup or ""], passive.end())
            self.at = passive.end()
            return True
        if verb is not None:
            self.at = verb.end()  # ``đề xuất sửa đổi, bổ sung``: no part of it begins a clause
            return True
        keeps = verbs.KEEPS.match(text, at, stop)
        if keeps is not None:
            clause.kept, self.at = True, keeps.end()
            return True
        return self._object()

    def _passive(self, kind: str, end: int) -> None:
        """A verb behind its objects, which may stand in several clauses of the sentence; or before a list of them."""
        clause = self.clause
        if kind == RESUME and clause.kind is not None:
            clause.kept = True  # an exception from what is said of the others
            return
        if clause.kept or (clause.kind is not None and not clause.passive and clause.first != -1):
            return
        while self.done and self.done[-1].kind is None and self.done[-1].sentence == self.sentence:
            before = self.done.pop()
            clause.objects[:0], clause.start = before.objects, before.start
        clause.kind, clause.verb, self.mode = kind, end, None
        clause.passive = bool(clause.objects)
        self.titled = clause.passive and kind != RENUMBER and not clause.phrases
        clause.first = None if clause.first == -1 else clause.first

    def _may_begin(self, end: int) -> bool:
        """Does a clause begin here, by what stands before the verb, which ends at ``end``?"""
        before = self.text[max(self.start, self.at - 20) : self.at]
        if self.titled:
            also = verbs.ALSO.match(self.text, end, self.stop) if before.rstrip().endswith((" và", ", và")) else None
            begins = also is not None and not (also["places"] and self.amending)
            return begins or before.rstrip().endswith((";", "."))
        return not before.strip() or verbs.MAY_BEGIN.search(before) is not None

    def _object(self) -> bool:
        text, at, stop, clause = self.text, self.at, self.stop, self.clause
        if self.titled:
            return self._in_title()
        names = verbs.NAME_OF.match(text, at, stop)
        if names is not None:
            self.names, self.at = True, names.end()
            return True
        title = verbs.TITLE.match(text, at, stop)
        if title is not None:
            clause.title, self.at = True, title.end()
            return True
        some = verbs.SOME.match(text, at, stop)
        found = reference(text, at, stop, acts=False)
        if found is None and some is not None and clause.empty:
            clause.some, self.at = True, some.end()
            return True
        if found is not None:
            self._take(found)
            return True
        return self._turns()

    def _in_title(self) -> bool:
        """The title of a text that was named goes on, until another text is named beside it, or an exception."""
        text, at, stop = self.text, self.at, self.stop
        excepting = verbs.EXCEPT.match(text, at, stop)
        if excepting is not None and (self.clause.passive or self._excepts(excepting.end())):
            self.titled, self.mode, self.at = False, "except", excepting.end()
            return True
        more = verbs.AND_TEXT.match(text, at, stop) if self.kind not in self.others else None
        if more is not None and more["and"] and self.amending and len(self.clause.objects) < 2:
            more = None  # ``sửa đổi Nghị định B và Nghị định C``
        if more is not None and more["kind"] != self.kind and (not more["and"] or self.others):
            more = None
        if self.amending and self.clause.objects and self.clause.objects[-1].ref.places is not None:
            more = None  # ``Bãi bỏ Điều 4 Thông tư A sửa đổi Thông tư B, Thông tư C``
        if more is not None:
            self.at, self.titled = more.end(), False
            return True
        found = reference(text, at, stop, acts=False)
        if found is None or found.named is None:
            return False
        self.amending = verbs.AMENDING_TITLE.search(text, max(self.title_from, at - _LONGEST_TITLE), at) is not None
        if not self.amending:
            self.others.add(found.named.kind)
        self.at = found.end
        return True

    def _excepts(self, at: int) -> bool:
        """Do provisions follow ``trừ``? Titles have the word too."""
        words = verbs.EXCEPTED.match(self.text, at, self.stop)
        found = None if words is None else reference(self.text, words.end(), self.stop, acts=False)
        return found is not None and found.places is not None

    def _turns(self) -> bool:
        """Words that say what the next object is: a place beside which something is put, a successor, an exception."""
        text, at, stop, clause = self.text, self.at, self.stop, self.clause
        into = verbs.INTO.match(text, at, stop) if clause.kind == INSERT else None
        mark = verbs.LANDMARK.match(text, at, stop) if clause.kind in (REPEAL, REPLACE) and clause.phrases else None
        by, excepting = verbs.BY.match(text, at, stop), verbs.EXCEPT.match(text, at, stop)
        if mark is not None:
            clause.side, self.mode = {"sau": "after", "trước": "before"}[mark["side"]], "landmark"
        elif into is not None:
            self.mode = {"sau": "after", "trước": "before"}.get(into["side"] or "", "in")
        elif by is not None:
            clause.by = at if clause.by is None else clause.by
        elif excepting is not None:
            self.mode = "except"
        turn = mark or into or by or excepting
        if turn is None:
            return False
        self.at = turn.end()
        return True

    def _take(self, found: Reference) -> None:
        """An object, where it goes: what is acted on, the place beside it, or what is excepted."""
        clause, text = self.clause, self.text
        table = verbs.TABLE.match(text, found.end, self.stop) if found.places is not None else None
        if table is not None:  # a row of it has no address; the unit it stands in has
            self.at = table.end()
            return
        if found.places is not None and found.attached and found.places.items[-1].level == ANNEX:
            found = found._replace(attached=False)
        if (
            found.places is not None
            and found.named is None
            and found.places.items[-1].level in ("phu_luc", "mau", "muc")
        ):
            link = verbs.ATTACHED_AT.match(text, found.end, self.stop)
            named = None if link is None else reference(text, link.end(), self.stop, acts=False)
            if link is not None and named is not None and named.places is None:
                found = Reference(found.places, named.named, False, found.start, named.end)
        clause.first = found.start if clause.first in (None, -1) else clause.first
        each = Object(found, self.names)
        self.names = False
        if self.mode == "except":
            clause.excepted.append(each)
        elif self.mode in ("after", "before", "in") and not clause.phrases:
            clause.into.append((self.mode, each))
        elif clause.by is None or clause.phrases:
            clause.objects.append(each)
        else:
            clause.becomes.append(each)
        self.at = found.end
        if found.named is not None:
            self.kind = found.named.kind
            law = self.kind in verbs.LAWS and (found.named.number is not None or found.named.date is not None)
            self.titled = not (found.named.this or law) and verbs.LATER.match(text, self.at, self.stop) is None
            self.others, self.title_from, self.amending = set(), self.at, False

    def _skip_chain(self) -> None:
        """``… đã được sửa đổi, bổ sung theo Luật số A, Luật số B``: these are not acted on."""
        while True:
            found = reference(self.text, self.at, self.stop, acts=False)
            if found is None:
                return
            self.at = found.end
            more = verbs.AND_MORE.match(self.text, self.at, self.stop)
            if more is None:
                return
            self.at = more.end()
