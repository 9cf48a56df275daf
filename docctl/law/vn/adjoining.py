"""Does a verb stand beside what it is about? With other words between them it is about something else."""

from __future__ import annotations

import re

from docctl.law.vn.clauses import Clause, Object
from docctl.law.vn.targets import Targets
from docctl.message import Message, msg
from docctl.model.event import AMEND, DISAPPLY, EXPIRE, INSERT, REPEAL, REPLACE

_FILL = re.compile(
    r"""\s*(?:[-–+]\s*)?(?:[Kk]ể\ từ\ (?:ngày|khi)[^,;:]{0,120},\s*)?(?:(?:
    [Cc]ác|[Tt]oàn\ bộ|[Nn]hững|[Nn]ội\ dung|[Tt]ại|[Mm]ột\ (?:phần|số(?:\ (?:điều|khoản|điểm|nội\ dung))?)
    |[Tt]hời\ (?:hạn|gian)(?:\ (?:áp\ dụng|thực\ hiện|có\ hiệu\ lực|hiệu\ lực))?
    |(?:[Đđ]oạn|[Kk]hổ)\ (?:mở\ đầu|dẫn|đầu|cuối|thứ\ \w+)|[Tt]iêu\ chuẩn\ \d+|[Nn]gành,\ nghề|[Nn]hiệm\ vụ|biểu
    |[Đđ]ối\ với|của|và|số|(?:và\ )?ban\ hành(?:\ mới)?(?:\ kèm\ theo)?|tên\ [Đđ]iều|cuối|[:,])\s{0,9})*
    (?:(?:[Qq]uy\ định|[Nn]ội\ dung)
        (?:\ (?:về|của|liên\ quan\ đến|đối\ với)\ (?:(?!trái|khác)[^;.]){0,200}?)?(?:\ quy\ định)?(?:\ tại)?\s*+
        (?:(?:các|và|số|của)\s++)*)?\Z""",
    re.VERBOSE,
)
"""What may stand between a verb and what it acts on."""
DESCRIBED = re.compile(r"(?:quy định|nội dung)\s+(?:quy định\s+)?(?:về|liên quan|đối với)(?!\w)|liên quan đến")
"""Words of which only a part of what they name is meant."""
_ABOUT = re.compile(r"\s{0,99}+(?:về|liên quan|đối với)\s")
_PART = re.compile(
    r"\s{0,9}+(?:[Cc]ác\s|[Nn]hững\s)?(?:[Qq]uy định|[Nn]ội dung)\s(?:quy định\s)?(?:về|liên quan|đối với)\s"
    r"[^;.]{1,200}?\s(?:của|tại|trong)\s{1,9}+"
)
_OF = re.compile(r"(?:các|những)\s+(?:quy định|nội dung)\s+(?:của|tại|trong)\s*\Z", re.IGNORECASE)


def fills(hidden: str, start: int, end: int) -> bool:
    """May these words stand between a verb and its object, or before an object that has none?"""
    return _FILL.fullmatch(hidden, start, end) is not None


def settle(clause: Clause, hidden: str, to: Targets, *, changes_others: bool) -> Message | None:
    """Leaves in a clause what its verb is about; gives why nothing is left, where that has to be said.

    ``changes_others`` tells that the text amends others by its title.
    """
    own = [each for each in clause.objects if _is_own(each, to)]
    itself = [each for each in own if each.ref.named is not None and not each.ref.named.this]
    if itself and len(itself) == len(clause.objects) and clause.kind is not None:
        clause.objects, clause.kind = [], None
        return msg("it names the act itself as what it changes")
    clause.objects = [each for each in clause.objects if each.ref.places is not None or not _is_own(each, to)]
    others = [each for each in clause.objects if not _is_own(each, to)]
    if clause.kind == DISAPPLY and others and others[0].ref.named is None:
        clause.objects, clause.kind = [], None  # that concerns the act itself
        return None
    listing = clause.some and (clause.lists or clause.kind not in (REPEAL, EXPIRE))
    if not others and own and changes_others and clause.kind in (AMEND, INSERT, REPLACE) and not clause.phrases:
        return msg("what it acts on is only described")
    if not others and clause.becomes and clause.kind in (REPEAL, EXPIRE):
        clause.kind = None  # ``hủy bỏ bằng tốt nghiệp``
    if not others or clause.phrases or clause.title or clause.kind is None or listing:
        return None
    over = clause.same and clause.verb is None
    begins = clause.start if clause.passive or over else clause.verb
    return None if begins is None else _as_a_whole(clause, hidden, begins, others[0].ref.start, over=over)


def _is_own(each: Object, to: Targets) -> bool:
    return each.ref.named is not None and to.is_own(each.ref.named)


def _as_a_whole(clause: Clause, hidden: str, begins: int, first: int, *, over: bool) -> Message | None:
    """Leaves what is meant as a whole, gives why where less is; ``over`` tells that the verb is that of before."""
    if begins >= first:
        return None
    whole = _without_parts(clause, hidden, begins)
    if whole and len(whole) < len(clause.objects):
        clause.start = max(clause.start, hidden.rfind(";", begins, whole[0].ref.start) + 1)
        clause.objects = whole
        return msg("what it acts on is only described")
    if (over or fills(hidden, begins, first)) and not _only_a_part(clause, hidden, begins):
        return None
    said = not clause.passive or fills(hidden, begins, first)
    clause.objects, clause.kind = [], None
    return msg("what it acts on is only described") if said else None


def _without_parts(clause: Clause, hidden: str, begins: int) -> list[Object]:
    """``các quy định về thuế của Luật A; Chương IX của Luật B``: what is not only described, of several objects."""
    if clause.kind not in (REPEAL, EXPIRE):
        return clause.objects
    kept, end = [], begins
    for each in clause.objects:
        words = hidden[end : each.ref.start]
        words = words if end == begins else words.rpartition(";")[2] if ";" in words else ""
        part = each.ref.places is None and each.ref.named is not None and _PART.fullmatch(words) is not None
        kept += [] if part else [each]
        end = each.ref.end
    return kept


def _only_a_part(clause: Clause, hidden: str, begins: int) -> bool:
    """``các quy định về thuế của Luật A``, ``các quy định của Luật A về thuế``: only what is described of a text."""
    if clause.kind not in (REPEAL, EXPIRE, REPLACE):
        return False
    each = clause.objects[0]
    if each.ref.places is not None or each.ref.attached or each.ref.named is None:
        return False
    before = hidden[begins : each.ref.start]
    if DESCRIBED.search(before) is not None:
        return True
    return _OF.search(before) is not None and _ABOUT.match(hidden, each.ref.end) is not None
