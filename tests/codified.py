"""What the official codification says of its articles, read from its notes: which act changed which article, and when.

A note names the article, its text and that text's first day, what was done ("có nội dung được sửa đổi"), and every act
that did it with its own first day. The notes are read, not the fields beside them: these have another text's number or
day in a few dozen rows.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
RELATIONS = CORPUS / "codification_relations.jsonl"

KINDS = {
    "bộ luật": "code", "luật": "law", "pháp lệnh": "ordinance", "nghị quyết": "resolution", "nghị định": "decree",
    "quyết định": "decision", "thông tư liên tịch": "joint_circular", "thông tư số liên tịch": "joint_circular",
    "thông tư": "circular",
}  # fmt: skip
_KIND = "(?i:" + "|".join(KINDS) + ")"
_NOTE = re.compile(
    rf"\((?P<article>Điều \S+) (?P<kind>{_KIND})(?: số)? (?P<number>\d\S*?)(?: [^(]*?)?, có hiệu lực thi hành kể từ ngày"
    r" (?P<first>\S+), ?(?P<done>.*?) ?(?:bởi|theo quy định)(?: tại)* (?P<acts>.*)\)"
)
_ACT = re.compile(
    rf"(?:(?P<at>.*?) )?(?:của )?(?P<kind>{_KIND})(?: số)? (?P<number>\d[^\s,;]*/[^\s,;]*[^\s,;.])(?P<rest>.*)"
)
_SINCE = re.compile(r"có hiệu lực(?: thi hành)?(?: kể)? từ ngày\s*(\d+(?:/| tháng )\d+(?:/| năm )\d+)")
_POINT = re.compile(r"(?i)(?:điểm (?P<diem>\w+) )?(?:khoản (?P<khoan>\w+),? )?điều (?P<dieu>\w+)")


class Text(NamedTuple):
    """A text as a note names it: number, kind, and the first day that the note gives it."""

    number: str
    kind: str
    first: date


@dataclass(frozen=True)
class Relation:
    """One act changes one article. ``kind`` is that of the event; ``address`` a khoản where the note names it.

    ``partial`` tells what was done inside the article where the article as such lives on: amended, added to, taken from.
    """

    text: Text
    article: str
    address: str
    kind: str
    partial: str
    act: Text
    source: str | None
    note: str


@dataclass(frozen=True)
class Refusal:
    """A note, or one act of it, that makes no event, and why."""

    reason: str
    words: str


def records() -> list[dict[str, Any]]:
    return [json.loads(line) for line in RELATIONS.read_text(encoding="utf-8").splitlines()]


def plain(note: str) -> str:
    """Without links, in NFC, with the spaces that were put into numbers taken out."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", unicodedata.normalize("NFC", note)).replace("\u00d0", "Đ")
    return re.sub(r"(?<=[/-]) (?=[A-ZĐ])|(?<=\d) (?=/\d)", "", re.sub(r"\s+", " ", words))


def relations(note: str) -> Iterator[Relation | Refusal]:
    """Every act of a note as an event, or why it is none."""
    words = plain(note)
    read = _NOTE.fullmatch(words)
    if read is None:
        yield Refusal("the note has another form", words)
        return
    text = Text(read["number"], KINDS[read["kind"].lower()], _day(read["first"]) or date.min)
    article, done = _label("dieu", read["article"].removeprefix("Điều ")), read["done"]
    acts = [_act(each.strip()) for each in read["acts"].split(";")]
    found = sorted((each for each in acts if not isinstance(each, Refusal)), key=lambda each: each[0].first)
    yield from (each for each in acts if isinstance(each, Refusal))
    for place, (act, source, inside) in enumerate(found):
        named = re.search(rf"(?i)khoản (\w+) {read['article']}\b", inside if "khoản" in inside.lower() else done)
        kind = _kind(done, first=place == 0, last=place == len(found) - 1)
        yield Relation(
            text, article, article if named is None else f"{article}__{_label('khoan', named[1])}",
            kind or "amend", "" if kind else _partial(done), act, source, words,
        )  # fmt: skip


def _act(words: str) -> tuple[Text, str | None, str] | Refusal:
    """An act with the provision of it that makes the change, and what its title says it changes."""
    read = _ACT.fullmatch(words)
    if read is None:
        return Refusal("an act without a number", words)
    days = _SINCE.findall(read["rest"])
    if len(days) > 1:
        return Refusal("several acts in one clause", words)
    first = _day(days[0]) if days else None
    if first is None:
        return Refusal("a day that cannot be read" if "có hiệu lực" in read["rest"] else "no day", words)
    at = _POINT.search(read["at"] or "")
    levels = () if at is None else ((level, at[level]) for level in ("dieu", "khoan", "diem") if at[level])
    source = "__".join(_label(level, name) for level, name in levels) or None
    return Text(read["number"], KINDS[read["kind"].lower()], first), source, read["rest"]


def _kind(done: str, *, first: bool, last: bool) -> str | None:
    """What was done to the article as such; None where only something in it was changed.

    Of several acts the earliest has inserted the article and the latest repealed it.
    """
    whole = {each.strip() for each in done.split(",") if "nội du" not in each}
    if any("ngưng hiệu lực" in each for each in whole):
        return "suspend"
    if any("bãi bỏ" in each for each in whole) and done.endswith("bị bãi bỏ") and "nội dung" not in done and last:
        return "repeal"
    if "được bổ sung" in whole and first:
        return "insert"
    return None


def _partial(done: str) -> str:
    """``insert`` or ``repeal`` where nothing else was done inside the article."""
    words = {word for word in ("sửa đổi", "bổ sung", "bãi bỏ") if word in done}
    return {("bổ sung",): "insert", ("bãi bỏ",): "repeal"}.get(tuple(words), "amend")


def _label(level: str, name: str) -> str:
    return f"{level}_{name.lower().replace('đ', 'dd')}"


def _day(words: str) -> date | None:
    numbers = [int(each) for each in re.findall(r"\d+", words)]
    try:
        return date(numbers[2], numbers[1], numbers[0]) if numbers[2] > 1900 else None
    except (IndexError, ValueError):
        return None
