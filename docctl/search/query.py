"""What somebody looks for, and where it stands in a text: with the marks that were typed, or without any."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from docctl.errors import UsageError
from docctl.message import msg
from docctl.text.phrases import one_spelling
from docctl.text.vietnamese import without_marks

_WORD = re.compile("(?:[^\\W_][\u0300-\u036f]*)+")
MOST_WORDS = 40

Span = tuple[int, int]
"""Code points ``[start, end)`` of a text."""


class Word(Struct, frozen=True):
    """A word without marks and capital letters; ``exact`` with its marks, where it was typed with any."""

    plain: str
    exact: str | None


class Phrase(Struct, frozen=True):
    """Words that follow each other; ``open``: the last one may go on, as it ended with ``*``."""

    words: tuple[Word, ...]
    open: bool


class Query(Struct, frozen=True):
    """Phrases that must all stand in one text."""

    phrases: tuple[Phrase, ...]

    def spans(self, text: str) -> tuple[Span, ...] | None:
        """Where the phrases stand, in order and without overlaps; None where one of them does not."""
        words = [*_words(text)]
        found: set[Span] = set()
        for phrase in self.phrases:
            here = [*_places(phrase, words)]
            if not here:
                return None
            found.update(here)
        return tuple(_apart(sorted(found)))

    def together(self, text: str) -> bool:
        """Do all phrases stand there as one, in the order in which they were asked for?"""
        joined = Phrase(tuple(word for each in self.phrases for word in each.words), self.phrases[-1].open)
        return any(True for _ in _places(joined, [*_words(text)]))


def parsed(words: Sequence[str]) -> Query:
    """Each word for itself; what was typed as one argument with blanks in it is a phrase. Raises ``UsageError``."""
    phrases = []
    for each in words:
        found = tuple(Word(plain, exact if exact != plain else None) for _, _, plain, exact in _words(each))
        if found:
            phrases.append(Phrase(found, each.rstrip().endswith("*")))
    if not phrases:
        raise UsageError(msg("there is no letter or digit to look for"))
    if sum(len(each.words) for each in phrases) > MOST_WORDS:
        raise UsageError(msg("more than {count} words are too many to look for", count=MOST_WORDS))
    return Query(tuple(phrases))


def folded(text: str) -> str:
    """The words of a text without marks and capital letters, with blanks between them."""
    return " ".join(plain for _, _, plain, _ in _words(text))


_Place = tuple[int, int, str, str]


def _words(text: str) -> Iterator[_Place]:
    """Start and end of every word, the word without marks, and with them in one spelling."""
    for match in _WORD.finditer(text):
        plain, exact = _forms(match[0])
        if plain:
            yield match.start(), match.end(), plain, exact


@lru_cache(maxsize=1 << 14)
def _forms(word: str) -> tuple[str, str]:
    """A word without marks, and with them in one spelling; a language has few words, which stand often."""
    exact = one_spelling(word).casefold()
    return without_marks(exact), unicodedata.normalize("NFC", exact)


def _places(phrase: Phrase, words: Sequence[_Place]) -> Iterator[Span]:
    size = len(phrase.words)
    for first in range(len(words) - size + 1):
        here = words[first : first + size]
        if all(
            _is(wanted, each, open_end=phrase.open and place == size - 1)
            for place, (wanted, each) in enumerate(zip(phrase.words, here, strict=True))
        ):
            yield here[0][0], here[-1][1]


def _is(wanted: Word, found: _Place, *, open_end: bool) -> bool:
    _, _, plain, exact = found
    if wanted.exact is not None:
        return exact.startswith(wanted.exact) if open_end else exact == wanted.exact
    return plain.startswith(wanted.plain) if open_end else plain == wanted.plain


def _apart(spans: Sequence[Span]) -> Iterator[Span]:
    """Spans that touch or overlap as one."""
    begun: Span | None = None
    for start, end in spans:
        if begun is not None and start <= begun[1]:
            begun = (begun[0], max(begun[1], end))
            continue
        if begun is not None:
            yield begun
        begun = (start, end)
    if begun is not None:
        yield begun
