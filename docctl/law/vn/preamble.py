"""What stands before the first provision: what an act is about, and the numbers of texts it then only names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docctl.law.vn.citations import cited
from docctl.law.vn.clauses import clauses
from docctl.law.vn.documents import Named
from docctl.law.vn.names import fold, known_end
from docctl.model.law_text import LawText, Part, Piece

_TITLE = re.compile(r"(?:sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|thay\s+thế|đính\s+chính)", re.IGNORECASE)
_GROUNDS = re.compile(r"\n\s{0,99}+(?:C?[Ăă][Nn] [Cc][Ứứ]|Theo đề nghị|Quốc hội ban hành)")
_MADE = re.compile(
    r"ban hành\s+(?:Luật|Bộ luật|Pháp lệnh|Nghị quyết)\s+(?:sửa đổi|bổ sung)[^.;]{0,200}?\scủa\s+(?:các\s+)?"
)
_ONE_MORE = re.compile(r"\s{0,99}+(?:,|;|và)\s++(?:Luật|Bộ luật|Pháp lệnh)", re.IGNORECASE)


def numbers(read: LawText, hidden: str) -> Mapping[str, str]:
    """The numbers of the texts that the preamble names with number and name, by the folded name."""
    found: dict[str, str] = {}
    for piece in read.pieces:
        if piece.part is Part.FRONT:
            # ``ban hành Luật sửa đổi … của Luật Giá số 11/2012/QH13``: the number is that of the inner law.
            made = _MADE.search(hidden, piece.start, piece.end)
            for each in cited(hidden, "", piece.start if made is None else made.end(), piece.end):
                if each.document is not None and each.document.name and each.document.number:
                    found[fold(each.document.name)] = each.document.number
    return found


def amends(read: LawText, hidden: str) -> bool:
    """Does the title say that the act changes other texts?"""
    return _verb(read, hidden) is not None


def subject(read: LawText, hidden: str) -> Named | None:
    """The one text that the title of an amending act is about; None where there are several, or none."""
    found = _verb(read, hidden)
    if found is None:
        return None
    verb, end = found
    read_clauses = clauses(hidden.replace("\n", " "), verb.start(), end)
    named = [each.ref.named for clause in read_clauses for each in clause.objects if each.ref.named is not None]
    return named[0] if len(named) == 1 and not named[0].this and _one(hidden, named[0]) else None


def _verb(read: LawText, hidden: str) -> tuple[re.Match[str], int] | None:
    """The verb of the title, and where the title ends."""
    front: Piece | None = next((piece for piece in read.pieces if piece.part is Part.FRONT), None)
    if front is None:
        return None
    grounds = _GROUNDS.search(hidden, front.start, front.end)
    verb = _TITLE.search(hidden, front.start, front.end if grounds is None else grounds.start())
    if verb is None:
        return None
    after = _GROUNDS.search(hidden, verb.end(), front.end)
    return verb, front.end if after is None else after.start()


def _one(hidden: str, named: Named) -> bool:
    """Is it one text? ``CÁC LUẬT CÓ LIÊN QUAN ĐẾN QUY HOẠCH`` is none, ``Luật Đầu tư, Luật Nhà ở`` are two."""
    if named.number is not None:
        return True
    return known_end(hidden, named.start, named.end) is not None and _ONE_MORE.match(hidden, named.end) is None
