"""What scanning does to references: the right one, or said to be unreadable, never another one."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from docctl.law import reading

SENTENCES = (
    "theo quy định tại điểm d khoản 2 Điều 19 Nghị định số 16/2024/NĐ-CP ngày 06 tháng 02 năm 2024 của Chính phủ",
    "quy định tại các khoản 1, 2 và 5 Điều 10 của Luật Sổ sách số 54/2024/QH15",
    "tại khoản 12 Điều 25 Thông tư số 30/2026/TT-BTN và Điều 14, Điều 16 Nghị quyết số 11/2025/NQ-CP",
    "các điểm a, b, c khoản 1 Điều này và Điều 15 Luật Giá",
)
DAMAGES = {
    "no marks": (r"Điều (?=\d)", "Dieu "), "half a mark": (r"Điều (?=\d)", "Điêu "), "khoan": (r"khoản (?=\d)", "khoan "),
    "another mark": (r"điểm (?=[a-zđ]\b)", "điềm "), "run together": (r"Điều (?=\d)", "Điều"), "run together too": (r"khoản (?=\d)", "khoản"),
    "l for 1": (r"(?<=Điều )1(?=\d)", "l"), "O for 0": (r"(?<=Điều 1)0", "O"), "Z for 2": (r"(?<=khoản )2", "Z"), "S for 5": (r"\b5(?= Điều)", "S"),
    "torn": (r"(?<=Điều 1)(?=\d)", " "), "torn over lines": (r"(?<=Điều 1)(?=\d)", "\n"), "torn clause": (r"(?<=khoản 1)(?=\d)", " "),
    "torn number": (r"(?<=số \d)(?=\d/)", " "), "torn number over lines": (r"(?<=số \d)(?=\d/)", "\n"), "torn year": (r"(?<=/20)(?=\d\d/)", " "),
    "O in the year": (r"(?<=/2)0(?=\d\d/)", "O"), "percent": (r"(?<=/20\d\d)/", "%"), "noun together": (r"Nghị định (?=số)", "Nghịđịnh "),
    "noun without marks": (r"Nghị định (?=số)", "Nghi dinh "), "sô": (r"\bsố (?=\d)", "sô "), "l behind": (r"(?<=số \d\d)(?=/20)", "l"),
    "l before": (r"(?<=số )1(?=\d/)", "l"), "QHl": (r"QH1(?=\d)", "QHl"), "comma lost": (r"(?<=điểm a), (?=b)", " "), "comma to dot": (r"(?<=khoản 1), (?=2)", ". "),
}  # fmt: skip


def told(text: str, here: str = "dieu_3__khoan_2") -> set[tuple[str, str]]:
    """What is given as certain: text and provision."""
    found = set()
    for each in reading.citations(text, here):
        if each.readable and each.resolved:
            named = each.document
            text_of = "this" if named is None or named.this else named.number or named.name or ""
            found |= {(text_of, address) for address in each.addresses or ("",)}
    return found


def damaged(text: str, damage: str) -> Iterator[str]:
    pattern, instead = DAMAGES[damage]
    for match in re.finditer(pattern, text):
        yield text[: match.start()] + instead + text[match.end() :]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_reference_is_never_another_one(damage: str) -> None:
    tried = 0
    for sentence in SENTENCES:
        right = told(sentence)
        for each in damaged(sentence, damage):
            tried += 1
            assert told(each) <= right, each
    assert tried


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("khoản 7 Điều 7\nNghị định số 12/2020/NĐ-CP", {("12/2020/NĐ-CP", "dieu_7__khoan_7")}),
        ("Điều 23 Nghị\nđịnh số 35/2016/NĐ-CP", {("35/2016/NĐ-CP", "dieu_23")}),
        ("Điều 9 của Bộ\nluật Dân sự", {("Bộ luật Dân sự", "dieu_9")}),
        ("khoản 2\nCÔNG BÁO/Số 12 + 13/Ngày 01-02-2026\nĐiều 9 Nghị định số 12/2020/NĐ-CP", {("12/2020/NĐ-CP", "dieu_9__khoan_2")}),
        ("Điều 71, 75 và quy định khác của Luật Giá", {("Luật Giá", "dieu_71"), ("Luật Giá", "dieu_75")}),
        ("các điểm: a, b khoản 2 Điều 5", {("this", "dieu_5__khoan_2__diem_a"), ("this", "dieu_5__khoan_2__diem_b")}),
        ("Nghị định số 12/2020/NĐ- CP", {("12/2020/NĐ-CP", "")}),
    ],
)  # fmt: skip
def test_broken_lines_and_heads_of_pages_part_no_reference(text: str, found: set[tuple[str, str]]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "đoạn 2 khoản 1 Điều 40", "số thứ tự 44 khoản 1 Điều 1", "cột số 5 Mẫu số 03", "Mục III.5 Phụ lục I Nghị định số 12/2020/NĐ-CP",
        "mục 1 Phụ lục này", "khoản 2.c Điều 5",
    ],
)  # fmt: skip
def test_what_has_no_address_is_not_rounded_to_what_is_around_it(text: str) -> None:
    assert not {address for _, address in told(text) if address}


def test_a_place_is_counted_in_the_passage_as_it_is_given() -> None:
    text = "theo  \nCÔNG BÁO/Số 1 + 2/Ngày 01-02-2026\nkhoản 2  \nĐiều 9 của Nghị định số 12/2020/NĐ-CP."
    (found,) = reading.citations(text)
    assert text[found.start : found.end] == "khoản 2  \nĐiều 9 của Nghị định số 12/2020/NĐ-CP"


ACT = """BỘ THỬ NGHIỆM
Số: 12/2031/TT-BTN
Hà Nội, ngày 10 tháng 3 năm 2031
THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN
Căn cứ Luật Sổ sách số 11/2028/QH16;
Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN
1. {words}
Điều 2. Hiệu lực thi hành
Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 5 năm 2031.
"""


@pytest.mark.parametrize(
    "words",
    [
        "Sửa đổi, bổ sung khoản l Điều 5 như sau:", "Sửa đổi, bổ sung khoản 2 Dieu 9 như sau:", "Bãi bỏ khoan 2 Điều 9.",
        "Bãi bỏ Điều 1 5 Nghị định số 12/2020/NĐ-CP.", "Bãi bỏ Điều 5 Nghị định số 12/2O20/NĐ-CP.", "Bãi bỏ khoản 1 8 Điều 3.",
        "Bãi bỏ Điều 5 Nghị định số 13l/2020/NĐ-CP.", "Bãi bỏ điềm a khoản 2 Điều 9.",
    ],
)  # fmt: skip
def test_a_damaged_instruction_is_said_and_does_nothing(words: str) -> None:
    found = reading.amendments(ACT.format(words=words), "12/2031/TT-BTN")
    assert not found.operations
    assert found.unread


def test_a_consolidated_text_changes_nothing_itself() -> None:
    text = "VĂN BẢN HỢP NHẤT\n" + ACT.format(words="Bãi bỏ Điều 3.")
    found = reading.amendments(text)
    assert not found.operations
    assert "consolidated" in str(found.unread[0].why)


GOLD = Path(__file__).parent.parent.parent / "shared" / "gold" / "citations.dev.jsonl"


@pytest.mark.skipif(not GOLD.is_file(), reason=f"the cases are not at {GOLD}")
def test_damage_to_real_passages() -> None:
    passages = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    random.seed(1)
    wrong = tried = 0
    for damage in DAMAGES:
        for each in random.sample(passages, 120):
            here = each["in"] or ""
            for text in [*damaged(each["text"], damage)][:1]:
                tried += 1
                worse = told(text, here) - told(each["text"], here)
                wrong += bool(worse)
                if worse:
                    print(damage, text, worse)
    print(f"{wrong} wrong of {tried}")
    assert wrong <= tried / 40
