"""The clauses of an amending act: what is to be done, to which provisions of which text, in the order of the words.

Phrases in quotation marks are hidden already (``masked``); here the words around them are cut into tokens, and the
tokens into clauses: each verb with its objects, the place it goes to, the phrases it exchanges.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from docctl.law.address import ANNEX
from docctl.law.vn.citations import Reference, reference
from docctl.law.vn.letters import LOWER
from docctl.law.vn.masked import HIDDEN
from docctl.law.vn.quotes import CLOSING, OPENING
from docctl.model.event import AMEND, CORRECT, DISAPPLY, EXPIRE, EXTEND, INSERT, REPEAL, REPLACE, SUSPEND

_ACTIVE = re.compile(
    rf"""(?<![{LOWER}])(?:
    (?P<amend>(?:[Ss]ửa\ đổi|[Bb]ổ\ sung)(?:,?\s+(?:và\s+)?(?:sửa\ đổi|bổ\ sung|thay\ thế)){{1,9}}
        |[Ss]ửa\ đổi|[Đđ]iều\ chỉnh|[Ss]ửa)
    |(?P<insert>[Bb]ổ\ sung(?:\ thêm)?)
    |(?P<replace>[Tt]hay\ thế|[Tt]hay)
    |(?P<repeal>[Bb]ãi\ bỏ|[Hh]ủy\ bỏ|[Hh]uỷ\ bỏ|[Bb]ỏ|BÃI\ BỎ)
    |(?P<correct>[Đđ]ính\ chính)
    |(?P<extend>[Kk]éo\ dài|[Gg]ia\ hạn)
    |(?P<disapply>[Kk]hông\ áp\ dụng)
    )(?![{LOWER}])""",
    re.VERBOSE,
)
_PASSIVE = re.compile(
    rf"""(?<![{LOWER}])(?:
    (?P<expire>hết\ hiệu\ lực|chấm\ dứt\ hiệu\ lực|có\ hiệu\ lực(?:\ thi\ hành)?(?=\ đến\ (?:hết\ )?ngày\ \d))
    |(?P<suspend>(?:tạm\ )?ngưng\ hiệu\ lực|bị\ đình\ chỉ)
    |được\s+(?P<amend>sửa\ đổi(?:,\s+bổ\ sung)?)(?=\s+(?:như\ sau|thành|là))
    |được\s+(?P<insert>bổ\ sung)(?=\s+(?:như\ sau|là))
    |(?:được|bị)\s+(?P<repeal>bãi\ bỏ)(?!\s+(?:bởi|theo|tại))
    |được\s+(?P<replace>thay\ thế)(?=\s+bằng)
    )(?![{LOWER}])""",
    re.VERBOSE,
)
_KINDS = {
    "amend": AMEND, "insert": INSERT, "replace": REPLACE, "repeal": REPEAL, "correct": CORRECT, "extend": EXTEND,
    "disapply": DISAPPLY, "expire": EXPIRE, "suspend": SUSPEND,
}  # fmt: skip
_MAY_BEGIN = re.compile(
    r"(?:[;:.,(\n]|(?<!\w)(?:và|hoặc|này|gồm|định|thống nhất|sau đây|đồng thời|như sau|bộ|việc(?= đính))|\)|\d\.)\s*\Z"
)
"""What stands before a verb that begins a clause: not ``việc``, ``được``, ``Luật``."""

_KEEPS = re.compile(r"(?:vẫn\s+)?(?:được\s+)?tiếp tục\s+(?:được\s+)?(?:thực hiện|có hiệu lực|áp dụng)")
_CHAIN = re.compile(
    r"(?:đã\s+)?được\s+(?:sửa đổi|bổ sung|thay thế|đính chính|hợp nhất|bãi bỏ|kéo dài)[^;.\n“]{0,80}?"
    r"\s(?:theo|bởi|tại|bằng|trong)\s+(?:các\s+)?"
)
_INTO = re.compile(r"(?:vào\s+)?(?:ngay\s+)?(?P<side>sau|trước)\s+(?=\S)|vào\s+(?P<inside>)")
_BY = re.compile(r"(?:bằng|thành)(?!\w)")
_EXCEPT = re.compile(r"trừ(?!\w)")
_NAME_OF = re.compile(r"(?:tên|tiêu đề)(?: gọi)?(?: của)?\s+(?:[Đđ]iều|[Cc]hương)(?=\s*(?:,|;|và|như|$))")
_TITLE = re.compile(
    r"tên(?: gọi)?(?: của)?\s+(?:Thông tư|Nghị định|Luật|Bộ luật|Quyết định|Nghị quyết|Pháp lệnh)(?: này)?"
    r"(?=\s*(?:[,;.]|và|như|$))"
)
_SOME = re.compile(
    r"""(?:một\ số|các|những|toàn\ bộ)\s+(?:\d+\s+)?(?:(?:tên|số|từ|cụm\ từ|từ\ ngữ|nội\ dung|quy\ định
    |[Đđ]iều|[Kk]hoản|[Đđ]iểm|[Cc]hương|mục|mẫu|biểu|mẫu\ biểu|phụ\ lục|văn\ bản|văn\ bản\ quy\ phạm\ pháp\ luật
    |nghị\ định|thông\ tư|quyết\ định|pháp\ lệnh|luật|điều\ khoản)(?:\s*,\s*|\s+và\s+|(?!\w)))+""",
    re.VERBOSE,
)
_ORDER = re.compile(r"số thứ tự(?: thứ)?(?=\s+\d)")
_ATTACHED_AT = re.compile(
    r"(?=[^;:.“]{0,330}ban hành\s)(?:(?!\svào\s|\sbằng\s|\ssau\s)[^;:.\n“]){0,300}?\s(?:được\s++)?ban hành\s++kèm"
    r"(?:\s++theo)?\s++"
)
_TABLE = re.compile(
    r"\s{1,99}+(?:của|tại)\s++(?:Biểu|Bảng|Danh mục)\s[^;:.\n]{0,120}?\s(?:tại|của)\s++(?=Điều|khoản|Phụ lục)"
)
_LATER = re.compile(
    r"[,;]?\s{0,99}+(?:và\s++)?(?=(?:các\s++)?(?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Mm]ẫu|[Pp]hụ lục|[Cc]hương|[Mm]ục|[Tt]ừ\s))"
)
_AND_TEXT = re.compile(
    r"(?:,?\s{0,99}+(?P<and>và)|,)\s++(?=(?:(?:các\s++)?(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm)\s[^,;.]{1,40}?)?(?:các\s{1,99}+)?"
    r"(?P<kind>Luật|Nghị định|Nghị quyết|Thông tư|Quyết định|Pháp lệnh|Chỉ thị)[^,;.]{0,20}số)"
)
_AND_MORE = re.compile(
    r"\s{0,99}+(?:,\s{0,99}+và|,|;|và)\s++"
    r"(?=(?:Luật|Bộ luật|Nghị|Thông tư|Quyết|Pháp|số|[Đđ]iều|[Kk]hoản|[Đđ]iểm))"
)
_FIRST_WORDS = (
    "sửa", "bổ", "điều", "thay", "bãi", "hủy", "huỷ", "bỏ", "đính", "kéo", "gia", "không", "hết", "chấm", "có", "tạm",
    "ngưng", "bị", "được", "đã", "vẫn", "tiếp", "tên", "tiêu", "một", "các", "những", "toàn", "điểm", "khoản",
    "chương", "tiểu", "mục", "phần", "phụ", "mẫu", "biểu", "tiết", "nội", "từ", "hiến", "bộ", "luật", "pháp", "nghị",
    "lệnh", "quyết", "thông", "chỉ", "công", "văn", "kết", "kế", "hướng", "tờ", "báo", "quy", "danh", "đề", "chiến",
    "bảng", "định", "chế", "của", "tại", "thuộc", "vào", "ngay", "sau", "trước", "bằng", "thành", "trừ", "và",
)  # fmt: skip
_SPEAKS = re.compile(rf"[,\d]|{'|'.join(form for word in _FIRST_WORDS for form in (word, word.title(), word.upper()))}")
"""What anything that is looked for begins with. Most words are none of these, which saves asking for each of them."""
_SIGN = re.compile(rf"\w+|[^\w\s{HIDDEN}]")


@dataclass(frozen=True, slots=True)
class Object:
    """Provisions, a text, or both. ``names`` tells that ``tên Điều`` stands before it and is meant too."""

    ref: Reference
    names: bool = False


@dataclass(slots=True)
class Clause:
    """``kind`` None: no verb of its own. ``objects`` stand before ``by``; ``into`` is where something is put.

    ``title`` tells that the title of the text is meant too, ``names`` that of the article above.

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
    side: str | None = None
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
    return _ORDER.sub(lambda match: "mục".ljust(len(match[0])), hidden)


def clauses(text: str, start: int, stop: int) -> list[Clause]:
    """The clauses of ``text[start:stop]``, which is the own text of one unit behind its label."""
    return _Reader(text, start, stop).read()


class _Reader:
    def __init__(self, text: str, start: int, stop: int) -> None:
        self.text = text
        self.start = start
        self.at = start
        self.stop = stop
        self.done: list[Clause] = []
        self.clause = Clause(None, start, start)
        self.titled = False  # inside the title of a text that was named
        self.others: set[str] = set()  # kinds of those named in it
        self.names = False
        self.kind = ""  # of the text named last
        self.sentence = 0
        self.mode: str | None = None
        self.inherited = False  # are the phrases those of the clause before?

    def read(self) -> list[Clause]:
        while self.at < self.stop:
            sign = _SIGN.search(self.text, self.at, self.stop)
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
        if not before.objects:
            self.clause.kind = before.kind if before.phrases else None
            return
        self.clause.kind, self.clause.phrases, self.clause.by = before.kind, [*before.phrases], before.by
        self.clause.side = before.side
        self.clause.first = -1
        self.inherited = True

    def _phrase(self) -> None:
        at = self.at + 1
        while at < self.stop and self.text[at] not in CLOSING + '"':
            at += 1
        words = self.text[max(self.start, self.at - 8) : self.at].rstrip()
        if at < self.stop and (not self.titled or words.endswith(" từ")):
            if self.inherited and not self.clause.objects:
                self.clause.phrases, self.clause.by, self.clause.side = [], None, None
            self.inherited = False
            self.clause.phrases.append((self.at + 1, at))
            if self.mode in ("after", "before") and self.clause.side is None:
                self.clause.side, self.mode = self.mode, None
        self.at = min(at + 1, self.stop)

    def _word(self) -> bool:
        text, at, stop, clause = self.text, self.at, self.stop, self.clause
        if _SPEAKS.match(text, at) is None:
            return False
        chain = _CHAIN.match(text, at, stop)
        if chain is not None:
            self.at = chain.end()
            self._skip_chain()
            return True
        verb = _ACTIVE.match(text, at, stop)
        if verb is not None and self._may_begin():
            if clause.first == -1:
                self.clause = Clause(None, at, at, sentence=self.sentence)
            self._new(_KINDS[verb.lastgroup or ""])
            self.at = self.clause.verb = verb.end()
            return True
        passive = _PASSIVE.match(text, at, stop)
        if passive is not None:
            self._passive(_KINDS[passive.lastgroup or ""], passive.end())
            self.at = passive.end()
            return True
        keeps = _KEEPS.match(text, at, stop)
        if keeps is not None:
            clause.kept, self.at = True, keeps.end()
            return True
        return self._object()

    def _passive(self, kind: str, end: int) -> None:
        """A verb behind its objects, which may stand in several clauses of the sentence; or before a list of them."""
        clause = self.clause
        if clause.kept or (clause.kind is not None and not clause.passive and clause.first != -1):
            return
        while self.done and self.done[-1].kind is None and self.done[-1].sentence == self.sentence:
            before = self.done.pop()
            clause.objects[:0], clause.start = before.objects, before.start
        clause.kind, clause.verb, self.mode = kind, end, None
        clause.passive = self.titled = bool(clause.objects)
        clause.first = None if clause.first == -1 else clause.first

    def _may_begin(self) -> bool:
        """Does a clause begin here, by what stands before?"""
        before = self.text[max(self.start, self.at - 20) : self.at]
        if self.titled:
            return before.rstrip().endswith((";", "."))
        return not before.strip() or _MAY_BEGIN.search(before) is not None

    def _object(self) -> bool:
        text, at, stop, clause = self.text, self.at, self.stop, self.clause
        if self.titled:
            return self._in_title()
        names = _NAME_OF.match(text, at, stop)
        if names is not None:
            self.names, self.at = True, names.end()
            return True
        title = _TITLE.match(text, at, stop)
        if title is not None:
            clause.title, self.at = True, title.end()
            return True
        some = _SOME.match(text, at, stop)
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
        excepting = _EXCEPT.match(text, at, stop) if self.clause.passive else None
        if excepting is not None:
            self.titled, self.mode, self.at = False, "except", excepting.end()
            return True
        more = _AND_TEXT.match(text, at, stop) if self.kind not in self.others else None
        if more is not None and more["kind"] != self.kind and (not more["and"] or self.others):
            more = None
        if more is not None:
            self.at, self.titled = more.end(), False
            return True
        found = reference(text, at, stop, acts=False)
        if found is None or found.named is None:
            return False
        self.others.add(found.named.kind)
        self.at = found.end
        return True

    def _turns(self) -> bool:
        """Words that say what the next object is: a place beside which something is put, a successor, an exception."""
        text, at, stop, clause = self.text, self.at, self.stop, self.clause
        into = _INTO.match(text, at, stop) if clause.kind == INSERT else None
        by, excepting = _BY.match(text, at, stop), _EXCEPT.match(text, at, stop)
        if into is not None:
            self.mode = {"sau": "after", "trước": "before"}.get(into["side"] or "", "in")
        elif by is not None:
            clause.by = at if clause.by is None else clause.by
        elif excepting is not None:
            self.mode = "except"
        turn = into or by or excepting
        if turn is None:
            return False
        self.at = turn.end()
        return True

    def _take(self, found: Reference) -> None:
        """An object, where it goes: what is acted on, the place beside it, or what is excepted."""
        clause, text = self.clause, self.text
        table = _TABLE.match(text, found.end, self.stop) if found.places is not None else None
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
            link = _ATTACHED_AT.match(text, found.end, self.stop)
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
        self.at = found.end
        if found.named is not None:
            self.kind = found.named.kind
            self.titled = not found.named.this and _LATER.match(text, self.at, self.stop) is None
            self.others = set()

    def _skip_chain(self) -> None:
        """``… đã được sửa đổi, bổ sung theo Luật số A, Luật số B``: these are not acted on."""
        while True:
            found = reference(self.text, self.at, self.stop, acts=False)
            if found is None:
                return
            self.at = found.end
            more = _AND_MORE.match(self.text, self.at, self.stop)
            if more is None:
                return
            self.at = more.end()
