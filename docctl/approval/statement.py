"""The sentence that is signed, in Vietnamese, made from the fields of a record.

Frozen with ``docctl/record/v1``: a record whose sentence differs by one letter does not count, so the words
here never change; other words are another format.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from docctl.model.record import NO_IMPACT, REOPENED, UPDATED, WRONG_EVENT, Record

_ACTS = {
    ("prepared", "accept"): "đã soạn thảo",
    ("reviewed", "accept"): "đã xem xét và đồng ý với",
    ("reviewed", "reject"): "đã xem xét và không đồng ý với",
    ("approved", "accept"): "phê duyệt",
    ("approved", "reject"): "không phê duyệt",
    ("issued", "accept"): "ban hành",
    ("withdrawn", "accept"): "bãi bỏ",
    ("legal-review", "accept"): "đã rà soát căn cứ pháp lý của",
    ("periodic-review", "confirm"): "đã rà soát định kỳ và giữ nguyên",
    ("periodic-review", "revise"): "đã rà soát định kỳ và đề nghị sửa đổi",
    ("periodic-review", "withdraw"): "đã rà soát định kỳ và đề nghị bãi bỏ",
    ("acknowledged", "accept"): "đã nhận và đọc",
}
_MODES = {"KT": "ký thay (KT.)", "TL": "ký thừa lệnh (TL.)", "TUQ": "ký thừa ủy quyền (TUQ.)", "TM": "thay mặt (TM.)"}
_DECISIONS = ((UPDATED, "đã cập nhật"), (NO_IMPACT, "không ảnh hưởng"), (WRONG_EVENT, "ghi sai trong sổ"))


def statement(record: Record) -> str:
    """The sentence of a record, from all its fields but the sentence itself; on one line."""
    signer = record.signer
    parts = [f"Tôi, {signer.name}, {signer.title}, {signer.unit}", *_acting(record)]
    parts.append(
        f"với vai trò {record.role}, {_ACTS[record.meaning, record.decision]} tài liệu {record.document}"
        f" lần ban hành {record.issue} lần sửa đổi {record.revision} của {record.repository},"
        f" mã băm nội dung {record.digest}"
    )
    parts += [*_effect(record), *_events(record)]
    sentence = ", ".join(parts) + "."
    if record.reason is not None:
        sentence += f" Lý do: {' '.join(record.reason.split())}."
    moment = record.signed_at
    return f"{sentence} Ký ngày {_day(record.day)} lúc {moment:%H:%M:%S} {moment.isoformat()[-6:]}."


def _acting(record: Record) -> list[str]:
    mode, delegation = record.acting
    if mode == "none":
        return []
    return [_MODES[mode] + ("" if delegation is None else f" theo {delegation}")]


def _effect(record: Record) -> list[str]:
    words = []
    if record.effective_from is not None:
        begins = "có hiệu lực từ ngày" if record.meaning == "issued" else "hết hiệu lực từ ngày"
        words.append(f"{begins} {_day(record.effective_from)}")
    if record.decision_ref is not None:
        words.append(f"theo {record.decision_ref.number} ngày {_day(record.decision_ref.date)}")
    return words


def _events(record: Record) -> list[str]:
    if record.as_of is None and not record.events:
        return []
    counts = Counter(each.decision for each in record.events)
    kinds = ", ".join(f"{counts[decision]} {words}" for decision, words in _DECISIONS)
    if counts[
        REOPENED
    ]:  # not said otherwise: records that were signed before there was such a decision stay as they are
        kinds += f", {counts[REOPENED]} mở lại"
    day = "" if record.as_of is None else f" đến ngày {_day(record.as_of)}"
    return [f"đã xử lý{day} {len(record.events)} mục sự kiện pháp lý ({kinds})"]


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
