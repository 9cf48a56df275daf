"""Consolidated texts made from base text and amending acts, held against the official ones. Read where they lie.

The official prints carry footnotes: their marks glued to words, their bodies in mid-text. Marks and bodies are taken out
of them here before comparing, and all blank space; nothing is done to ours. ``-s`` prints every difference.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from docctl.law import reading
from docctl.law.consolidation import CHANGES_WORDS, consolidate, units_of
from docctl.model.law_at import Consolidated, Unfit

LAW = Path(__file__).parent.parent.parent / "shared" / "corpus" / "law"
pytestmark = pytest.mark.skipif(not LAW.is_dir(), reason=f"the corpus is not at {LAW}")

TRIPLES = (
    ("3503-VBHN-BLDTBXH_cb42532", "17-2022-TT-BLDTBXH", ("03-2023-TT-BLDTBXH",)),
    ("1676-VBHN-BLDTBXH_cb39315", "09-2022-TT-BLDTBXH", ("02-2023-TT-BLDTBXH",)),
    ("469-VBHN-BLDTBXH_cb44205", "12-2022-TT-BLDTBXH", ("12-2024-TT-BLDTBXH",)),
    ("470-VBHN-BLDTBXH_cb44206", "13-2022-TT-BLDTBXH", ("12-2024-TT-BLDTBXH",)),
    ("156-VBHN-BLDTBXH_cb43915", "07-2023-TT-BLDTBXH", ("10-2024-TT-BLDTBXH",)),
    ("50-VBHN-VPQH_cb28208", "58-2014-QH13", ("84-2015-QH13", "35-2018-QH14")),
    ("19-VBHN-VPQH_cb30971", "58-2014-QH13", ("84-2015-QH13", "35-2018-QH14", "45-2019-QH14")),
)
_KEEPS_REPEALED = ("50-VBHN", "19-VBHN")
"""The office of the assembly prints what was repealed, with a note; ministries print ``(được bãi bỏ)``."""

_NOTE = re.compile(
    r"(?<=\s)(?<!khoản )(?<!điểm )(?<!Điều )(?<!mục )\d{1,3}\s+(?:"
    r"(?:Điều|Khoản|Điểm|Mục|Tên|Đoạn|Tiêu đề|Câu|Các điểm|Chương|Từ)[^\n]{0,30}?này"
    r"|(?:Cụm từ|Từ|Nội dung) “[^”]*”[^\n]{0,40}?|Quy định[^\n]{0,80}này|(?:Luật|Nghị định|Thông tư) số[^\n]{0,500}?"
    r") (?:được (?:sửa|bổ|bãi|thay)|hết hiệu lực|có hiệu lực|có căn cứ|sửa đổi)[^\n]*(?:\n|$)"
    r"|^\d{1,3} Điều \d+ (?:và Điều \d+ )?của [^\n]*quy định như sau[^\n]*\n",
    re.MULTILINE,
)
_LETTERHEAD = re.compile(
    r"\n(?:[^a-z\n]+\n)*Số: \d+/VBHN.*"
    r"|\(Xem tiếp Công báo[^\n]*|^C?ÔNG BÁO/Số[^\n]*\n",
    re.DOTALL | re.MULTILINE,
)


@cache
def text(name: str) -> str:
    return (LAW / f"{name}.txt").read_text(encoding="utf-8")


def number(name: str) -> str:
    return name.replace("-", "/", 2).replace("BLDTBXH", "BLĐTBXH") if "TT" in name else name.replace("-", "/")


def ours(base: str, acts: Sequence[str]) -> tuple[list[Consolidated], list[Unfit]]:
    edits = []
    for act in acts:
        read = reading.amendments(text(act), number(act))
        for operation, words in zip(read.operations, reading.wordings(text(act), read), strict=True):
            if operation.target.number == number(base) and operation.kind in CHANGES_WORDS:
                edits.append(reading.edit(operation, words, act, number(act)))
    return consolidate(units_of(reading.structure(text(base))), edits)


def articles(units: Sequence[Consolidated]) -> Mapping[str, list[Consolidated]]:
    found: dict[str, list[Consolidated]] = {}
    for each in units:
        article = re.match(r"dieu_[^_]+", each.address)
        if article is not None:
            found.setdefault(article[0], []).append(each)
    return found


def printed(units: Sequence[Consolidated], *, keeps_repealed: bool) -> str:
    words, gone = "", ""
    for each in units:
        if keeps_repealed or not each.gone:
            words += each.text
        elif not (gone and each.address.startswith(gone + "__")):
            gone = each.address
            words += f"{each.label} (được bãi bỏ)\n"
    return words


def body(words: str) -> str:
    """Without what a gazette prints around it, and without the letterhead of what comes next."""
    lines = _LETTERHEAD.sub("", words).rstrip().split("\n")
    while len(lines) > 1 and lines[-1].isupper() and not any(each.isdigit() for each in lines[-1]):
        lines.pop()
    return "\n".join(lines)


def fold(words: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", body(words)))


def loose(words: str) -> str:
    """Letters and digits alone, small, the mark of tone behind its group of vowels (khoẻ, khỏe)."""
    plain = re.sub(r"[^\w\u0300-\u036f]", "", unicodedata.normalize("NFD", fold(words).casefold()))
    return re.sub(r"([aeiouy]+)([\u0300\u0301\u0303\u0309\u0323])([aeiouy]*)", r"\1\3\2", plain)


class Marks:
    """Takes marks of notes out: digits in rising order glued to a word that stands without them in ours."""

    def __init__(self) -> None:
        self.last = 0

    def out_of(self, words: str, plain: str) -> str:
        theirs, own = _NOTE.sub(" ", body(words)).split(), plain.split()
        for sort, i1, i2, j1, j2 in difflib.SequenceMatcher(None, own, theirs, autojunk=False).get_opcodes():
            for mine, place in zip(own[i1:i2], range(j1, j2), strict=False) if sort == "replace" else ():
                bare = mine.rstrip(".;,:")
                glued = re.fullmatch(
                    rf"{re.escape(mine)}(\d+)|{re.escape(bare)}(\d+){re.escape(mine[len(bare) :])}", theirs[place]
                )
                mark = 0 if glued is None else int(glued[1] or glued[2])
                if self.last < mark <= self.last + 8:
                    self.last, theirs[place] = mark, mine
        return " ".join(theirs)


@dataclass
class Compared:
    articles: int = 0
    equal: int = 0
    print_only: int = 0
    untouched: int = 0
    touched: int = 0
    touched_equal: int = 0
    unfit: int = 0


def differences(mine: str, theirs: str) -> Iterator[str]:
    a, b = mine.split(), theirs.split()
    for sort, i1, i2, j1, j2 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if sort != "equal":
            yield f"[{' '.join(a[i1:i2])[:60]}] -> [{' '.join(b[j1:j2])[:60]}]"


def compare(official: str, base: str, acts: Sequence[str], into: Compared) -> None:
    units, unfit = ours(base, acts)
    read = reading.structure(text(official))
    theirs, marks = articles(units_of(read)), Marks()
    into.unfit += sum(str(each.why) != "of it goes only what the words describe" for each in unfit)
    for article, own in articles(units).items():
        if article not in theirs:
            continue  # the official text is only a part
        mine = printed(own, keeps_repealed=official.startswith(_KEEPS_REPEALED))
        other = marks.out_of("".join(each.text for each in theirs[article]), mine)
        touched = any(each.origins for each in own)
        equal = fold(mine) == fold(other)
        into.articles += 1
        into.equal += equal
        into.touched += touched
        into.touched_equal += touched and equal
        if not equal:
            only = loose(mine) == loose(other)
            into.print_only += only
            into.untouched += not touched
            why = "print only" if only else "words"
            print(
                f"{official} {article} {'touched' if touched else 'untouched'}, {why}: {[*differences(mine, other)][:4]}"
            )
    for each in unfit:
        print(f"{official} not made: {each.origin.provision} {each.address}: {each.why}")


def test_consolidated_articles_are_those_of_the_official_text() -> None:
    found = Compared()
    for official, base, acts in TRIPLES:
        compare(official, base, acts, found)
    print(found)
    assert not found.unfit
    same_print = found.articles - found.untouched  # where the base is printed otherwise no operation is at fault
    assert found.equal / same_print >= 0.95, found
    assert (found.equal + found.print_only) / found.articles >= 0.93, found
