"""Every reference to a legal text in a passage: which text, which provisions, and what could not be read.

One pass finds where a reference may begin; from there the provisions are read (``places``), then the text they
belong to (``documents``). The longest reading wins, and one level that cannot be read makes all of it unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from docctl.law.address import ANNEX, HEADING, KEM_THEO, BadAddress, parse
from docctl.law.vn import noise
from docctl.law.vn.documents import Named, further, read_document
from docctl.law.vn.letters import LOWER, one_alphabet
from docctl.law.vn.places import ORDER, Places, addresses, read_places

_ISSUED = (
    "Điều lệ|Quy chế|Quy định|Danh mục|Chương trình|Quy trình|Đề án|Chiến lược|Nội quy|Kế hoạch|Hướng dẫn|Bảng"
    "|Biểu(?! số| mẫu)|Định mức|Chế độ"
)
"""What may be issued with another text."""
_REGULATIONS = frozenset({"Quy chế", "Quy định", "Điều lệ", "Nội quy"})
_START = re.compile(
    rf"""(?<![{LOWER}])(?<![Tt]ài\ )(?<!hang\ )(?<![Tt]hời\ )(?<![Đđ]ịa\ )(?<![Qq]uan\ )(?<![Đđ]ặc\ )(?<![Ưư]u\ )(?:
    [Đđ]iểm|[Kk]hoản|[Đđ]iều|[Cc]hương|[Tt]iểu[ ]mục|[Mm]ục|[Pp]hần|[Pp]hụ[ ]lục|[Mm]ẫu|[Bb]iểu|[Tt]iết|ĐIỀU|KHOẢN
    |[Cc]ác[ ](?:[Đđ]iểm|[Kk]hoản|[Đđ]iều|[Cc]hương)|[Tt]ừ[ ](?:[Đđ]iểm|[Kk]hoản|[Đđ]iều)|[Tt]oàn[ ]bộ
    |Hiến[ ]pháp|Bộ[ ][Ll]uật|Luật|Pháp[ ]lệnh|Nghị[ ]quyết|Lệnh|Nghị[ ]định|Quyết[ ]định|Thông[ ]tư|Chỉ[ ]thị
    |Công[ ]văn|Văn[ ]bản|Thông[ ]báo|Công[ ]điện|Kết[ ]luận|Tờ[ ]trình|Báo[ ]cáo|{_ISSUED.replace(" ", "[ ]")}
    |(?:bộ[ ]luật|luật|pháp[ ]lệnh|nghị[ ]quyết|nghị[ ]định|quyết[ ]định|thông[ ]tư|văn[ ]bản[ ]hợp[ ]nhất)
        (?=[ ](?:liên[ ]tịch[ ])?số[ ]\d)
    )(?!\w)
    |(?<![\d/.])(?<![\s.,;:(][lIOoSZB])\d{{1,5}}(?:\.\d{{1,3}})?/(?:19|20)\d{{2}}/(?=[A-ZĐ])""".replace(
        "[ ]", r"\s{1,3}"
    ),  # a line may break between two words
    re.VERBOSE,
)
_NUMBER_START = re.compile(r"\d{1,5}(?:\.\d{1,3})?/(?:19|20)\d{2}/(?=[A-ZĐ])")
_HEADS = re.compile(r"(?:Điều|Chương|Mục|Phần|Phụ lục|Mẫu|Biểu)(?: số)?\s+[\w.]{1,8}[.:]\s")
"""The head of a unit at the beginning of a line, which names itself and cites nothing."""

_TO_DOCUMENT = re.compile(
    r"\s{0,9},?\s{0,9}(?:và\s{1,9}(?:(?:các|một số|những)\s{1,9})?(?:quy định|nội dung)\s{1,9}"
    r"(?:(?:khác|liên quan|có liên quan)\s{1,9})?(?=của|tại|quy định tại|trong))?"
    r"(?:(?:được\s{1,9})?(?:ban hành\s{1,9})?(?:kèm(?: theo)?(?:\s{1,9}của)?|tại)\s{1,9}"
    r"|(?:quy định|nêu)\s{1,9}tại\s{1,9}|(?:của|tại|thuộc|theo|trong)\s{1,9}|,\s{0,9})?"
)
_NO_LAW = re.compile(
    r"\s{1,3}(?:(?:của|tại|trong|kèm theo)\s{1,3})?(?:QCVN|TCVN|TCXDVN|TCXD|TCN|ISO|IEC|E-CDNT|CDNT|E-ĐKC|ĐKC"
    r"|[Hh]ợp đồng|[Hh]ồ sơ (?:mời|yêu cầu|dự|đề xuất)|[Hh]iệp định|[Cc]ông ước|[Tt]hỏa thuận|[Tt]hoả thuận)(?!\w)"
)
"""What is no text of the law and has articles and clauses of its own: standards, contracts, papers of a tender."""
_BY_SUBJECT = re.compile(
    r"\s{1,3}(?:(?:của|tại|trong|ban hành kèm theo|kèm theo)\s{1,3})?(?:Nghị định|Thông tư|Quyết định|Nghị quyết)"
    r"\s{1,3}(?:của\s[^,;.()\n]{2,80}?\s)?(?:về|quy định|hướng dẫn|ban hành|sửa đổi)\s"
)
"""``Điều 5 Nghị định về hóa đơn``: another text, of which the number is not said."""
_OPEN = re.compile(r"\s{1,3}của\s{0,3}(?:\Z|[\n;.,])")
"""``khoản 8 Điều 2 của``, and no more: another text, cut off."""
_GAP = re.compile(r"[\s,]{0,3}(?:(?:của|tại|thuộc|theo)\s{1,3})?")
_ATTACHED = re.compile(
    rf"\s{{0,99}}+(?:của\s++|tại\s++|thuộc\s++)?(?P<name>(?:{_ISSUED})(?!\s+này)(?=[^;.()“”]{{0,300}}kèm theo)"
    r"(?:(?!Phụ lục|Mẫu số|Biểu số|Điều \d|Luật|Nghị định|Thông tư|Quyết định)[^;.()“”\n]){0,200}?)"
    r"\s{1,9}+(?:được\s++)?(?:ban hành\s++)?kèm theo\s++"
)


class Citation(Struct, frozen=True):
    """What stands from ``start`` to ``end``. ``document`` is None where the text is named, but not by number.

    ``addresses`` empty means the whole text. ``readable`` is False where a level could not be read, ``resolved``
    where a reference such as ``khoản này`` stands where its place is not known.
    """

    start: int
    end: int
    document: Named | None
    addresses: tuple[str, ...]
    readable: bool = True
    resolved: bool = True


def citations(text: str, here: str = "", start: int = 0, end: int | None = None) -> Iterator[Citation]:
    """The references of ``text[start:end]``, in order and not overlapping. ``here`` is where the passage stands."""
    return cited(one_alphabet(text), here, start, len(text) if end is None else end)


def cited(text: str, here: str, start: int, stop: int) -> Iterator[Citation]:
    """The same in a text that is in one alphabet already: to make it so takes all of it for each passage."""
    around = levels(here)
    at = start
    while True:
        glued = text[at : at + 1].isdigit() and at > start
        found = (_NUMBER_START.match(text, at, stop) if glued else None) or _START.search(text, at, stop)
        if found is None:
            return
        heads = _HEADS.match(text, found.start(), stop)
        if heads is not None and (found.start() == start or text[found.start() - 1] in '\n“"'):
            at = heads.end()
            continue
        named = reference(text, found.start(), stop)
        if named is not None and named.named is None and _NO_LAW.match(text, named.end, stop) is not None:
            at = named.end
            continue
        read = _untorn(None if named is None else _read(named, text, stop, around), text, found.start(), stop)
        if read is None:
            at = found.end()
            continue
        yield read
        at = max(read.end, found.start() + 1)
        more = further(text, at, stop) if read.document is not None and read.document.number else None
        while more is not None:
            torn = noise.torn_number(text, more.end, more.number or "", alone=False)
            yield Citation(more.start, more.end, more, (), readable=not torn)
            at = more.end
            more = further(text, at, stop)


def _untorn(read: Citation | None, text: str, start: int, stop: int) -> Citation | None:
    """The reference as it was read, or unreadable where what it touches is damaged; with what may belong to it."""
    if read is None:
        end = noise.torn_label(text, start, stop)
        return None if end is None else Citation(start, _beyond(text, end, stop), None, (), readable=False)
    named = read.document
    other = named is not None and not named.this
    number = None if named is None else named.number
    if named is not None and number is not None and noise.torn_number(text, named.start, number, alone=not named.kind):
        return replace(read, readable=False)
    if named is not None and named.name is not None and named.number is None:
        end = noise.torn_name(text, read.end, stop)
        if end is not None:
            return replace(read, readable=False, end=end)
    end = noise.torn_behind(text, read.end, stop, document=other or named is not None)
    if end is not None:
        return replace(read, readable=False, end=_beyond(text, end, stop))
    torn = noise.torn_before(text, read.start) or noise.without_address(text, read.start)
    return replace(read, readable=False) if torn else read


def _beyond(text: str, end: int, stop: int) -> int:
    """Behind damage: with the reference that follows at once, which may be only the rest of what was there."""
    end = noise.beyond_row(text, end, stop)
    gap = _GAP.match(text, end, stop)
    following = None if gap is None else reference(text, gap.end(), stop)
    return end if following is None else following.end


def levels(address: str) -> dict[str, str]:
    """An address by its levels: what ``Điều này`` is taken from."""
    found: dict[str, str] = {}
    for unit in address.split("#")[0].split("__") if address else ():
        level, _, label = unit.rpartition("_")
        if unit in (KEM_THEO, "phu_luc"):
            found[unit] = ""
        elif level:
            found[level] = label.replace("dd", "đ")
    return found


class Reference(NamedTuple):
    """Provisions, the text they belong to, or both; ``attached`` tells that they are issued with that text."""

    places: Places | None
    named: Named | None
    attached: bool
    start: int
    end: int


def reference(text: str, start: int, stop: int, *, acts: bool = True) -> Reference | None:
    """What is named from a place on, as printed; None where nothing is. ``acts`` as in ``places.read_places``."""
    places = read_places(text, start, stop, acts=acts)
    end = start if places is None else places.end
    attached = _ATTACHED.match(text, end, stop)
    if attached is not None:
        named = read_document(text, attached.end(), stop)
        if named is not None:
            return Reference(places, named, True, start, named.end)
    link = None if places is None else _TO_DOCUMENT.match(text, end, stop)
    named = read_document(text, end if link is None else link.end(), stop)
    if places is None and named is None:
        return None
    return Reference(places, named, False, start, end if named is None else named.end)


def _read(found: Reference, text: str, stop: int, here: Mapping[str, str]) -> Citation:
    """What a reference cites, by addresses."""
    base = {KEM_THEO: ""} if found.attached or _of_attached(found, here) else None
    if found.places is not None:
        read = _citation(found.places, found.named, here, base)
        other = found.named is None and (_BY_SUBJECT.match(text, found.end, stop) or _OPEN.match(text, found.end, stop))
        return replace(read, readable=False) if other else read
    return Citation(found.start, found.end, found.named, (KEM_THEO,) if found.attached else ())


def _of_attached(found: Reference, here: Mapping[str, str]) -> bool:
    """``Điều 25 Quy chế này`` and a bare ``Điều 25`` in a regulation that is issued with a text: its own articles."""
    if KEM_THEO not in here or found.places is None or ORDER[found.places.items[-1].level] <= ORDER[ANNEX]:
        return False
    return found.named is None or (found.named.this and found.named.kind in _REGULATIONS)


def _citation(
    places: Places, named: Named | None, here: Mapping[str, str], base: Mapping[str, str] | None = None
) -> Citation:
    own = named is None or named.this
    found, resolved = [], True
    for each in addresses(places, here if own else {}, base):
        full, whole = each.address.removesuffix(HEADING), each.whole
        if own and whole and full.split("_")[0] in ("khoan", "diem", "tiet"):
            full, whole = _completed(full, here)
        found.append(full)
        resolved = resolved and whole
    end = places.end if named is None else named.end
    return Citation(places.start, end, named, tuple(dict.fromkeys(found)), _readable(found), resolved)


def _completed(address: str, here: Mapping[str, str]) -> tuple[str, bool]:
    """A clause without its article stands in the article of the passage."""
    outer = [f"{level}_{here[level].replace('đ', 'dd')}" for level in ("dieu", "khoan") if level in here]
    first = address.split("_")[0]
    if first == "khoan":
        outer = outer[:1]
    if not outer or (first != "khoan" and "khoan" not in here):
        return address, False
    return "__".join([*outer, address]), True


def _readable(found: list[str]) -> bool:
    try:
        for address in found:
            parse(address)
    except BadAddress:
        return False
    return True
