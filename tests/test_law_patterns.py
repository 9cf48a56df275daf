"""No pattern that reads texts of the law needs more than time by the length of the text, whatever stands in it.

Texts come from anybody. Each pattern is searched in texts that are made of itself: what it begins with and what it
repeats, many times over, with an end that does not fit.
"""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from time import process_time
from typing import Any, NamedTuple

import pytest

import docctl.ingest
import docctl.law

LEAST, SIZE = 1_000, 16_000
"""Of the texts. A pattern that looks from each place to the end takes seconds for it, others a few milliseconds."""
FAST = 0.015
"""Seconds that need no second look."""
SLOWEST = 40.0
"""Seconds for a million characters of the worst kind, if it were asked at each of them. Few patterns are."""
TRIES = 8
"""Machines are noisy."""
MANY = 20
"""A repetition that goes so far is one that can be made long."""
USUAL = (
    " ", "\n", "\t", " \n", "a", "A", "ă", "1", "0", ".", ",", "-", "/", "(", ")", '"', "“", "”", "“”", "_", "\x00", "é ", "i",
    "khoản 1 ", "Điều 1 ", "điểm a khoản 1 Điều 1 ", "a, b và ", "1, 2 và ", "số 1/2020/NĐ-CP ", "Luật A, ", "1. ", "a) ", "\n1. ",
    "Nghị định số 1/2020/NĐ-CP ngày 1/1/2020 của Chính phủ ", "có hiệu lực từ ngày ", "Luật này ", "kể từ ngày ký ", "a-b/",
)  # fmt: skip


# -- the patterns --------------------------------------------------------------------------------------


def modules() -> Iterator[Any]:
    for package in (docctl.law, docctl.ingest):
        yield package
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            yield importlib.import_module(found.name)


def inside(value: object, name: str) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from inside(each, f"{name}[{key}]")
    elif isinstance(value, (tuple, list, set, frozenset)):
        for number, each in enumerate(value):
            yield from inside(each, f"{name}[{number}]")


def written_in_place(module: Any) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Patterns that are given to ``re.sub`` and the like where they are used; ``re.compile`` is for attributes."""
    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            first = node.args[0]
            if ast.unparse(node.func.value) == "re" and isinstance(first, ast.Constant) and node.func.attr != "compile":
                yield f"{module.__name__}.re.{node.func.attr}({first.value!r:.40})", re.compile(first.value)


def patterns() -> dict[str, re.Pattern[Any]]:
    found: dict[str, re.Pattern[Any]] = {}
    known: set[re.Pattern[Any]] = set()
    for module in modules():
        named = [pair for name, value in vars(module).items() for pair in inside(value, f"{module.__name__}.{name}")]
        for name, pattern in [*named, *written_in_place(module)]:
            if pattern not in known:
                known.add(pattern)
                found[name.removeprefix("docctl.")] = pattern
    return found


PATTERNS = patterns()
GIVEN_UP = {"ingest.web_page._TAG"}
"""The reader stops at the first place where it does not fit, so that it is not asked at the next ones."""
SOURCES = [Path(each.__file__).read_text(encoding="utf-8") for each in modules()]


# -- what they are searched in -------------------------------------------------------------------------

_OF_CATEGORY = {
    op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_DIGIT: "a", op.CATEGORY_NOT_SPACE: "a", op.CATEGORY_NOT_WORD: "-",
}  # fmt: skip
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


def characters(members: Any) -> list[str]:
    """Some that a class of characters has: letters of the two cases, digits, blanks, as far as it has them."""
    if members[0][0] is op.NEGATE:
        excluded = {each for kind, value in members[1:] for each in ([chr(value)] if kind is op.LITERAL else [])}
        categories = {_OF_CATEGORY[value] for kind, value in members[1:] if kind is op.CATEGORY}
        return [each for each in "a 1A,(" if each not in excluded | categories][:4]
    found: list[str] = []
    for kind, value in members:
        if kind is op.LITERAL:
            found.append(chr(value))
        elif kind is op.RANGE:
            found.append(chr(value[0]))
        elif kind is op.CATEGORY:
            found.append(_OF_CATEGORY[value])
    return [*dict.fromkeys([*found[:3], *found[-1:]])]


class Maker:
    """Goes through a pattern; ``pumps`` are what stands before a long repetition, and what it repeats."""

    def __init__(self) -> None:
        self.pumps: list[tuple[str, str]] = []
        self.samples: list[str] = []

    def sequence(self, nodes: Any, before: str) -> str:
        """Something short that fits; what it begins with is ``before``."""
        words = ""
        for kind, value in nodes:
            words += self.one(kind, value, before + words)
        return words

    def one(self, kind: Any, value: Any, before: str) -> str:
        if kind is op.LITERAL:
            return chr(value)
        if kind is op.NOT_LITERAL or kind is op.ANY:
            return "a"
        if kind is op.IN:
            return (characters(value) or ["a"])[0]
        if kind is op.SUBPATTERN:
            return self.sequence(value[3], before)
        if kind is op.ATOMIC_GROUP:
            return self.sequence(value, before)
        if kind is op.BRANCH:
            each = [self.sequence(nodes, before) for nodes in value[1]]
            self.samples += [before + words for words in (each[0], each[-1])]
            return each[0]
        if kind in _REPEATS:
            return self.repeated(*value, before)
        if kind in (op.ASSERT, op.ASSERT_NOT):
            self.samples.append(before + self.sequence(value[1], before))
        return ""

    def repeated(self, least: int, most: int, nodes: Any, before: str) -> str:
        words = self.sequence(nodes, before)
        if int(most) >= MANY:
            kinds = characters(nodes[0][1]) if len(nodes) == 1 and nodes[0][0] is op.IN else [words]
            self.pumps += [(before, each) for each in kinds if each]
        return words * max(1, int(least))


class Hard(NamedTuple):
    """A text that a pattern should find hard: a beginning, something repeated, an end."""

    start: str
    repeated: str
    end: str = ""

    def text(self, size: int) -> str:
        return self.start + self.repeated * (size // len(self.repeated)) + self.end


def made_of(pattern: re.Pattern[Any]) -> list[Hard]:
    source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    maker = Maker()
    whole = maker.sequence(_parser.parse(source, pattern.flags), "")
    found = []
    for start, pumped in dict.fromkeys(maker.pumps):
        found += [Hard(start, pumped), Hard("\x00" + start, pumped, "\x00"), Hard("", start + pumped)]
        found.append(Hard("", start + pumped * 40))
    repeated = [whole, whole[:-1], whole + " ", whole + "\n", *maker.samples, *USUAL]
    repeated += [start for start, _ in maker.pumps]
    found += [Hard("", each) for each in repeated if each]
    return [*dict.fromkeys(found)]


# -- how long it takes ---------------------------------------------------------------------------------


def whole(name: str) -> bool:
    """Is a pattern only ever asked whether it is all of a text? Others are searched, or asked at every place."""
    if ".re." in name:
        return ".re.fullmatch" in name
    attribute = re.escape(name.rpartition(".")[2].partition("[")[0])
    used = {each for words in SOURCES for each in re.findall(rf"(?<!\w){attribute}\.(\w+)\(", words)}
    return used == {"fullmatch"}


def seconds(pattern: re.Pattern[Any], text: str, *, full: bool = False) -> float:
    given: Any = text.encode() if isinstance(pattern.pattern, bytes) else text
    start = process_time()
    if full:
        pattern.fullmatch(given)
    else:
        for _ in pattern.finditer(given):
            pass
    return process_time() - start


def slow(pattern: re.Pattern[Any], *, full: bool = False) -> Iterator[str]:
    """The texts for which it needs too long: twice the text more than three times the time, or more than a bound.

    Texts grow until it takes a while, so that what is hopeless does not take all day.
    """
    for hard in made_of(pattern):
        size, before, once = LEAST, 0.0, seconds(pattern, hard.text(LEAST), full=full)
        while size < SIZE and once <= FAST:
            size *= 2
            before, once = once, seconds(pattern, hard.text(size), full=full)
        tries = 0
        while once > FAST and (once > 3.0 * before or once > SLOWEST * size / 1_000_000):
            if tries == TRIES:
                yield f"{hard.start[:40]!r}, {hard.repeated[:40]!r} to {size}: {once:.3f} s, half of it {before:.3f} s"
                break
            before, once = (seconds(pattern, hard.text(each), full=full) for each in (size // 2, size))
            tries += 1


@pytest.mark.parametrize("name", sorted(PATTERNS.keys() - GIVEN_UP))
def test_a_pattern_needs_time_by_the_length_of_the_text(name: str) -> None:
    found = [*slow(PATTERNS[name], full=whole(name))]
    assert not found, PATTERNS[name].pattern


def test_the_patterns_are_found() -> None:
    assert {"law.vn.places._LABEL[dieu]", "law.vn.effects.BEGINS", "ingest.web_page._TAG"} <= {*PATTERNS}
    assert len(PATTERNS) > 100


def test_a_pattern_that_goes_back_is_noticed() -> None:
    for bad in (r"\s+(?=,)", r"a[^.]*b", r"(?:a|b|ab)*c", r"Luật [^;]*của"):
        assert any(slow(re.compile(bad))), bad
