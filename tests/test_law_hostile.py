"""Texts that nobody would write take no more time than others: readers of the law need time by the length of a text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from growth import MOST, growth

from docctl.law import reading
from docctl.law.vn.front import front
from docctl.law.vn.masked import masked

HEAD = """BỘ THỬ NGHIỆM
Số: 12/2031/TT-BTN
Hà Nội, ngày 10 tháng 3 năm 2031
THÔNG TƯ
Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN
Điều 1. Sửa đổi, bổ sung một số điều của Thông tư số 05/2029/TT-BTN
"""


def numbered(count: int, line: str) -> str:
    return "".join(line.format(number) for number in range(1, count + 1))


def articles(count: int) -> str:
    return numbered(count, "Điều {0}. Kho\n1. Kho hàng.\n2. Theo khoản 1 Điều {0}.\n")


TEXTS: dict[str, Callable[[int], str]] = {
    "one line": lambda n: "Điều 1. " + "theo khoản 1 Điều 2 Nghị định số 1/2020/NĐ-CP, có hiệu lực " * n,
    "one line, no stop": lambda n: "Điều 1. " + "Điều 3 có hiệu lực từ ngày 1/1/2020 trừ khoản 1 " * n,
    "one line, until": lambda n: "Điều 1. " + "Luật này có hiệu lực từ ngày 1/1/2020 đến khi có " * n,
    "short lines": lambda n: "Điều 1. Kho\n" + "a\n" * (20 * n),
    "blank lines": lambda n: "Điều 1. Kho" + "\n" * (50 * n) + " \n" * (50 * n),
    "blanks": lambda n: "Điều 1. Kho" + " " * (50 * n) + "\t" * (50 * n) + "kho",
    "rules": lambda n: "Chương I\n" + "---\n" * (10 * n),
    "marks": lambda n: "Điều 1. Kho\n" + "“" * (50 * n) + '"' * (50 * n),
    "marks, a line each": lambda n: "Điều 1. Kho\n" + "“a\n" * (10 * n),
    "marks in marks": lambda n: "Điều 1. Kho như sau:\n" + "“a " * (10 * n) + "” " * (10 * n),
    "control": lambda n: "Điều 1. Kho\n" + "\x01\x1a\x0b\x0c\x1c\x00" * (10 * n),
    "brackets": lambda n: "Điều 1. Kho\n" + "Bãi bỏ (" * (10 * n),
    "heads of pages": lambda n: "Điều 1. Kho\n" + "kho hàng và\nCÔNG BÁO/Số 1\n12\n" * (3 * n),
    "references between pages": lambda n: "Điều 1. Kho\n" + "theo khoản 2 Điều 3 kho\nCÔNG BÁO/Số 1\n" * (3 * n),
    "an end with exceptions": lambda n: (
        "Điều 1. Hiệu lực\n1. Thông tư này có hiệu lực từ ngày 1/1/2020, trừ "
        + numbered(n, "khoản {0} Điều 1, ") + ".\n" + numbered(n, "{0}. Kho\n")
    ),
    "articles": articles,
    "footnotes": lambda n: "VĂN BẢN HỢP NHẤT\nĐiều 1. Kho\n" + numbered(n, "[{0}] Điều này được sửa đổi tại “khoản\n"),
    "changes": lambda n: HEAD + numbered(n, "{0}. Sửa đổi, bổ sung khoản 1 Điều {0} như sau:\n“1. x.”.\n"),
    "repeals": lambda n: HEAD + numbered(n, "{0}. Bãi bỏ khoản 1 Điều {0}.\n"),
    "repeals on one line": lambda n: HEAD + "1. " + numbered(n, "Bãi bỏ khoản 1 Điều {0}. "),
    "a row of clauses": lambda n: HEAD + "1. Bãi bỏ " + "khoản 1, điểm a kho " * n,
    "a row of phrases": lambda n: HEAD + "1. Bỏ cụm từ " + numbered(n, "“a{0}”, ") + "tại Điều 1",
    "rows of phrases": lambda n: HEAD + "1. Bỏ cụm từ “a” " + numbered(n, "tại Điều {0} “c”; "),
    "a heading of many": lambda n: HEAD + "1. " + "Sửa đổi Điều 1. " * n + "\n" + "a) x\nb) y\n" * n,
    "a long wording": lambda n: HEAD + "1. Sửa đổi Điều 5 như sau:\n“Điều 5. a\n" + "x y z\n" * (10 * n) + "”.\n",
    "many wordings of one": lambda n: HEAD + "1. Sửa đổi Điều 5 như sau:\n" + "“1. x.”.\n" * (3 * n),
    "one wording of many": lambda n: (
        HEAD + "1. " + numbered(n, "Sửa đổi khoản {0} Điều 5; ") + "như sau:\n“" + numbered(n, "{0}. x\n") + "”.\n"
    ),
    "names": lambda n: "Căn cứ Luật A;\n" + "ban hành Luật sửa đổi, bổ sung một số điều của Luật Giá số 1/2012/QH13 " * n,
}  # fmt: skip


def read_all(text: str) -> None:
    """Everything that is read of a text."""
    read = reading.structure(text)
    front(read)
    masked(read)
    for _ in reading.citations(text, "dieu_1"):
        pass
    reading.effects(text, "12/2031/TT-BTN")
    reading.wordings(text, reading.amendments(text, "12/2031/TT-BTN"))


@pytest.mark.parametrize("name", TEXTS)
def test_time_grows_with_the_length_of_the_text(name: str) -> None:
    def work(count: int) -> Callable[[], None]:
        text = TEXTS[name](count)
        return lambda: read_all(text)

    assert growth(work, 50, 12_800, 0.1) <= MOST
