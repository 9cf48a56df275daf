"""Finds phrases in Vietnamese text: whole syllables only, however lines, capital letters and tone marks are set.

``Uỷ ban`` is ``Ủy ban`` and ``CẤP  HUYỆN`` is ``cấp huyện``, but ``đ`` is never ``d``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct, field

T = TypeVar("T")

_SYLLABLE = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")
_QUIET = re.compile(r"[\s*_`]+")
"""Between two syllables of a phrase this says nothing: white space, a line's end, emphasis of Markdown."""
_PARAGRAPH = re.compile(r"\n\s*\n")

_SPELLINGS = {
    old: new
    for vowels in ("oa", "oe", "uy", "Oa", "Oe", "Uy", "OA", "OE", "UY")
    for tone in "\u0300\u0301\u0303\u0309\u0323"
    for old, new in [
        (unicodedata.normalize("NFC", vowels + tone), unicodedata.normalize("NFC", vowels[0] + tone + vowels[1]))
    ]
} | dict(zip("\u00d0\u00f0\u0189\u0256", "ĐđĐđ", strict=True))
"""The other place of a tone mark, and letters of other alphabets that only look like đ."""
_SPELT = re.compile("|".join(_SPELLINGS))


class Phrase(Struct, Generic[T], frozen=True):
    """Words to be found and what they stand for; ``exact``: capital letters count, as in the name Hòa Bình."""

    words: str
    meaning: T
    exact: bool = False


class Found(Struct, Generic[T], frozen=True):
    """Code points ``[start, end)`` of a text in which a phrase stands."""

    start: int
    end: int
    meaning: T


class _Syllable(NamedTuple):
    start: int
    end: int
    spelt: str
    key: str


class _Node(Struct, Generic[T]):
    """What may follow some syllables, by what stands between and the next one; the phrases that end here."""

    following: dict[tuple[str, str], _Node[T]] = field(default_factory=dict)
    ending: list[tuple[Phrase[T], Sequence[_Syllable]]] = field(default_factory=list)


def same(words: str) -> tuple[tuple[str, str], ...]:
    """What two phrases have in common that are found in the same places; empty for words without letters."""
    syllables = Phrases[None](())._syllables(words)
    return tuple(_steps(words, syllables))


class Phrases(Generic[T]):
    """Many phrases, looked for at once; of one inside a longer one nothing is said."""

    def __init__(self, phrases: Iterable[Phrase[T]]) -> None:
        self._forms: dict[str, tuple[str, str]] = {}
        self._root: _Node[T] = _Node()
        for phrase in phrases:
            syllables = self._syllables(phrase.words)
            node = self._root
            for step in _steps(phrase.words, syllables):
                node = node.following.setdefault(step, _Node())
            if syllables:
                node.ending.append((phrase, syllables))

    def find(self, text: str) -> list[Found[T]]:
        """Every place where a phrase stands, in order; those inside a longer one are left out."""
        syllables = self._syllables(text)
        found: list[Found[T]] = []
        behind = 0
        for first, syllable in enumerate(syllables):
            if ("", syllable.key) not in self._root.following:
                continue
            here = [*self._from(text, syllables, first)]
            # The longest that begins here, unless one that began before reaches as far.
            if here and here[-1].end > behind:
                behind = here[-1].end
                found.append(here[-1])
        return found

    def _from(self, text: str, syllables: Sequence[_Syllable], first: int) -> Iterator[Found[T]]:
        """The phrases that begin with a syllable, shorter ones first."""
        node = self._root.following.get(("", syllables[first].key))
        place = first
        while node is not None:
            for phrase, wanted in node.ending:
                if not phrase.exact or _same_letters(syllables[first : place + 1], wanted):
                    yield Found(syllables[first].start, syllables[place].end, phrase.meaning)
                    break
            place += 1
            if place == len(syllables):
                return
            between = _between(text, syllables[place - 1], syllables[place])
            node = node.following.get((between, syllables[place].key))

    def _syllables(self, text: str) -> list[_Syllable]:
        return [_Syllable(match.start(), match.end(), *self._form(match[0])) for match in _SYLLABLE.finditer(text)]

    def _form(self, syllable: str) -> tuple[str, str]:
        """A syllable in one spelling, and without the difference of capital letters."""
        if syllable not in self._forms:
            spelt = one_spelling(syllable)
            self._forms[syllable] = (spelt, spelt.casefold())
        return self._forms[syllable]


def one_spelling(text: str) -> str:
    """The text in whole letters, each tone mark at its older place; code points may become fewer."""
    return _SPELT.sub(lambda match: _SPELLINGS[match[0]], unicodedata.normalize("NFC", text))


def _steps(text: str, syllables: Sequence[_Syllable]) -> Iterator[tuple[str, str]]:
    for place, each in enumerate(syllables):
        yield ("" if place == 0 else _between(text, syllables[place - 1], each)), each.key


def _between(text: str, left: _Syllable, right: _Syllable) -> str:
    """What stands between two syllables; empty where it is nothing that parts words."""
    between = text[left.end : right.start]
    if between == " ":
        return ""
    return "\n" if _PARAGRAPH.search(between) else _QUIET.sub("", between)


def _same_letters(found: Sequence[_Syllable], wanted: Sequence[_Syllable]) -> bool:
    """Capital letters as in the phrase, at the start of a sentence, or throughout."""
    if all(each.spelt == own.spelt.upper() for each, own in zip(found, wanted, strict=True)):
        return True
    first = wanted[0].spelt
    rest = all(each.spelt == own.spelt for each, own in zip(found[1:], wanted[1:], strict=True))
    return rest and found[0].spelt in (first, first[:1].upper() + first[1:])
