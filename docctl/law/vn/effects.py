"""When a Vietnamese text begins to be in force: as its own clause says, in stages and with exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from docctl.law.address import ANNEX, KEM_THEO
from docctl.law.vn.citations import cited
from docctl.law.vn.dates import DATE, read_date
from docctl.message import msg
from docctl.model.law_text import LawText, Part
from docctl.model.operation import Entry, Unread

_DATE = re.compile(DATE)
_ISSUED = re.compile(rf"(?:,|:|\n)\s{{0,99}}+({DATE})", re.IGNORECASE)
_PASSED = re.compile(rf"thông qua\s+({DATE})")
_FRONT = 2_500
_KIND = r"(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Quy chế|Quy định|Chỉ thị)"
_SIGNED = r"(?:ký(?: ban hành)?|ban hành|thông qua|được thông qua)"
_CLAUSE = re.compile(r"hiệu lực|thi hành|thực hiện|áp dụng|chuyển tiếp|điều khoản cuối", re.IGNORECASE)
_LAST = 3
_SELF_BEFORE = 80
_PARTLY = re.compile(
    r"(?:quy định|nội dung|chế độ|chính sách|việc|mức)(?!\w)[^.;\n]{0,1000}\s(?:tại|của|theo|trong)\s*\Z", re.IGNORECASE
)
BEGINS = re.compile(
    rf"(?:có\s++hiệu\s++lực(?:\s++thi\s++hành)?|(?:được\s++)?(?:thực\s++hiện|áp\s++dụng))"
    rf"\s*+,?\s*+(?:kể\s++)?(?P<word>từ|sau)\s++"
    rf"(?:thời điểm\s+)?(?:(?P<day>{DATE})|(?P<signed>ngày\s++{_SIGNED})"
    rf"|(?:(?P<days>\d+)|(?P<words>[\w ]{{3,20}}?))\s++ngày\s*+,?\s*+"
    rf"(?:\(\d+ ngày\)\s*+,?\s*+)?kể từ ngày\s++(?:đăng Công báo|{_SIGNED})"
    rf"|(?P<condition>(?!ngày\s++{_KIND}\s++này)[^;.\n]+))"
)
SELF = re.compile(rf"(?:{_KIND}\s++này|[Vv]ăn bản này)(?:\s*+\([^)]{{0,500}}\))?\s*+,?\s*+\Z")
_EXCEPT = re.compile(r"trừ\s")
_SENTENCE = re.compile(r"[.;](?=\s|\Z)|\n")
_STOP = re.compile(r"\.(?=\s)|\n")
_DEEPEST = 12
"""So many levels has an address at most."""
_ARTICLE = re.compile(r"dieu_[^_]+")
_LONGEST = 2_000
"""So far behind the day its exceptions are looked for."""
_COUNTS = {"bốn mươi lăm": 45, "bốn lăm": 45, "mười lăm": 15, "ba mươi": 30, "sáu mươi": 60, "mười": 10, "bảy": 7}


def issued(read: LawText) -> date | None:
    """The day on which the text was signed or passed, as it says itself; None where it does not."""
    for part, pattern in ((Part.FRONT, _ISSUED), (Part.END, _PASSED)):
        for words in read.of(part):
            match = pattern.search(words, 0, _FRONT if part is Part.FRONT else len(words))
            if match is not None:
                found = read_date(match[1])
                return None if found is None else date.fromisoformat(found)
    return None


def entries(read: LawText, signed: date | None, hidden: str) -> tuple[Sequence[Entry], Sequence[Unread]]:
    """The stages in which a text comes into force, in the order of its words, and what could not be read of them.

    ``hidden`` is its text masked.
    """
    own = [
        place for place, unit in enumerate(read.units) if not unit.address.startswith((ANNEX, KEM_THEO, "mau"))
    ]  # fmt: skip
    articles = about_effect(read)
    places = [place for place in own if read.units[place].address.split("__")[0] in articles]
    found = [entry for place in places or own for entry in _of_unit(read, hidden, place, signed)]
    if not found and places:
        found = [entry for place in own for entry in _of_unit(read, hidden, place, signed)]
    staged = dict.fromkeys(address for each in found if each.scope is None for address in each.addresses)
    return [_with_exceptions(entry, [*staged]) for entry in found], [*_undecided(read, found)]


def _undecided(read: LawText, found: Sequence[Entry]) -> Iterator[Unread]:
    """Clauses that are excepted from the day of the whole (``trừ khoản 5 Điều này``), and whose day was not read."""
    units = {unit.address: place for place, unit in enumerate(read.units)}
    stated = {entry.stated_in.rsplit("__", size)[0] for entry in found for size in range(_DEEPEST)}
    for entry in found:
        for address in () if entry.addresses else entry.excepted:
            same = address.split("__")[0] == entry.stated_in.split("__")[0] and address != entry.stated_in
            if same and address not in stated and address in units:
                start, end = read.stretches[units[address]][0]
                yield Unread(
                    address, start, end, msg("it is excepted from the day of the whole, and its day was not read")
                )


def about_effect(read: LawText) -> frozenset[str]:
    """The articles about effect, by their names, and the last ones: elsewhere others begin to be in force.

    ``Hợp đồng … có hiệu lực từ …`` is a norm about contracts.
    """
    articles = [unit for unit in read.units if _ARTICLE.fullmatch(unit.address)]
    named = (unit.address for unit in articles if _CLAUSE.search(unit.heading or ""))
    return frozenset([*named, *(unit.address for unit in articles[-_LAST:])])


def _of_unit(read: LawText, hidden: str, place: int, signed: date | None) -> Iterator[Entry]:
    unit = read.units[place]
    for begin, last in read.stretches.get(place, ()):
        said, sentence = begin, begin - 1
        for match in BEGINS.finditer(hidden, begin, last):
            stops = [each.end() for each in _STOP.finditer(hidden, said, match.start())]
            start, said = stops[-1] if stops else said, match.end()
            first, condition = _when(read.text, match, signed)
            if sentence < match.end():
                stop = _SENTENCE.search(hidden, match.end(), last)
                sentence = last if stop is None else stop.start()
            end = min(sentence, match.end() + _LONGEST)
            force = match[0].startswith("có")
            if match["condition"] is not None and match[0].startswith(("thực", "áp")):
                continue  # ``thực hiện từ nguồn vốn``
            subject = _subject(hidden, unit.address, start, match.start())
            if subject is None:
                words = " ".join(read.text[start : match.start()].split())
                other = "hiệu lực" not in words and "này" not in words[-12:]
                if (
                    force
                    and first is not None
                    and (other or _PARTLY.search(hidden, start, _before_self(hidden, match)))
                ):
                    yield Entry(first, (), (), unit.address, condition, scope=words)
            elif subject or (force and (condition is None or condition.startswith(("từ ngày", "từ khi", "ngày")))):
                excepted = () if subject else tuple(_exceptions(hidden, unit.address, match.end(), end))
                yield Entry(first, subject, excepted, unit.address, condition)


def _before_self(hidden: str, match: re.Match[str]) -> int:
    """Where ``Luật này`` begins that stands before a clause, else the clause itself."""
    whole = SELF.search(hidden, max(0, match.start() - _SELF_BEFORE), match.start())
    return match.start() if whole is None else whole.start()


def _subject(hidden: str, at: str, start: int, end: int) -> tuple[str, ...] | None:
    """The provisions that a clause speaks of; empty for the whole text, None where it speaks of something else."""
    excluded = _last_except(hidden, start, end)
    found = [*cited(hidden, at, start if excluded is None else excluded, end)]
    own = [each for each in found if each.document is None or each.document.this]
    if not own or not all(each.readable and each.resolved for each in own):
        return None
    addresses = tuple(address for each in own for address in each.addresses)
    whole = SELF.search(hidden, start, end)
    alone = len(own) == len(found) and whole is not None and _PARTLY.search(hidden, start, whole.start()) is None
    return addresses if addresses or alone else None


def _last_except(hidden: str, start: int, end: int) -> int | None:
    """``trừ khoản 1 Điều 4 … có hiệu lực từ``: where the exceptions begin that have a day of their own."""
    found = [match.end() for match in _EXCEPT.finditer(hidden, start, end)]
    return found[-1] if found else None


def _when(text: str, match: re.Match[str], signed: date | None) -> tuple[date | None, str | None]:
    if match["day"]:
        read = read_date(match["day"])
        return (None, match["day"]) if read is None else (date.fromisoformat(read), None)
    if match["signed"]:
        return signed, None if signed is not None else match["signed"]
    days = int(match["days"]) if match["days"] else _COUNTS.get(" ".join((match["words"] or "").split()).lower())
    if days is not None and signed is not None and match["condition"] is None:
        return signed + timedelta(days=days), None
    return None, " ".join(text[match.start("word") : match.end()].split())


def _own(hidden: str, at: str, start: int, end: int) -> Iterator[str]:
    """The provisions of the text itself that are named."""
    for each in cited(hidden, at, start, end):
        if (each.document is None or each.document.this) and each.readable and each.resolved:
            yield from each.addresses


def _exceptions(hidden: str, at: str, start: int, end: int) -> Iterator[str]:
    match = _EXCEPT.search(hidden, start, end)
    if match is not None:
        yield from _own(hidden, at, match.end(), end)


def _with_exceptions(entry: Entry, staged: Sequence[str]) -> Entry:
    """What has a day of its own is an exception from the day of the whole, whether the clause says so or not.

    ``trừ quy định tại khoản 2 Điều này`` names a clause of the same article: what it says is the exception.
    """
    if entry.addresses or entry.scope is not None:
        return entry
    article = entry.stated_in.split("__")[0]
    printed = [each for each in entry.excepted if each.split("__")[0] != article]
    return replace(entry, excepted=tuple(dict.fromkeys([*staged, *printed])))


class Days:
    """From when a provision is in force: by the stage that covers it most closely."""

    def __init__(self, stages: Sequence[Entry]) -> None:
        self._stages: dict[str, Entry] = {}
        for entry in stages:
            for address in (entry.addresses or ("",)) if entry.scope is None else ():
                self._stages.setdefault(address, entry)

    def of(self, at: str) -> tuple[date | None, str | None]:
        """The first day, or what it depends on; neither where no stage says it."""
        units = at.split("__") if at else []
        for size in range(len(units), -1, -1):
            entry = self._stages.get("__".join(units[:size]))
            if entry is not None:
                return entry.first, entry.condition
        return None, None
