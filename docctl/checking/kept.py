"""What a check has said before, by the sums of all that it rests on: nothing is believed unless its sum is the same."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct, msgpack
from msgspec.msgpack import Decoder

from docctl.finding import Code, Finding
from docctl.finding_plain import finding_of, plain
from docctl.model.extract import Extract

if TYPE_CHECKING:
    from docctl.store.cache import Cache

_SUM = 16

T = TypeVar("T")


class One(Struct, frozen=True):
    """What there is to say of one procedure; ``counted`` are the places of its entries of adopted.yaml that count."""

    said: tuple[Finding, ...]
    extract: Extract | None
    counted: tuple[int, ...]


class _Row(Struct, array_like=True):
    """The same as it is stored; ``said`` as ``finding_plain`` writes it."""

    said: list[Any]
    extract: Extract | None
    counted: tuple[int, ...]
    name: str


class Rest(Struct, frozen=True):
    """What there is to say of all other documents. ``names`` is the sum of what citations may mean."""

    said: tuple[Finding, ...]
    events: int
    legal_texts: int
    names: str


_ROW = Decoder(_Row)
_ROWS = Decoder(list[_Row])
_ANY = Decoder(list[Any])
_NAMES = Decoder(list[str])


def sum_of(parts: Iterable[str]) -> bytes:
    """Sixteen bytes that tell these words, in this order, from all others; no name of a file holds what parts them."""
    return blake2b("\0\0".join(parts).encode("utf-8", "surrogateescape"), digest_size=_SUM).digest()


class Kept:
    """The rows of one repository; each new answer replaces the one before, so that they do not grow.

    ``codes`` gives the codes of findings by their ids.
    """

    def __init__(self, root: str, cache: Cache | None, codes: Mapping[str, Code]) -> None:
        self._cache = cache
        self._root = blake2b(root.encode("utf-8", "surrogateescape"), digest_size=8).digest()
        self._codes = codes

    @property
    def empty(self) -> bool:
        """Is nothing remembered at all?"""
        return self._cache is None or self._cache.empty

    def one(self, name: str, total: bytes) -> One | None:
        """What was said of a procedure."""
        found = self._get("one " + name, total, _ROW)
        return None if found is None else self._one(found)

    def put_one(self, name: str, total: bytes, one: One) -> None:
        self._put("one " + name, total, _row(name, one))

    def many(self, place: int, total: bytes) -> dict[str, One] | None:
        """The same of many procedures at once."""
        found = self._get(f"many {place}", total, _ROWS)
        return None if found is None else {each.name: self._one(each) for each in found}

    def put_many(self, place: int, total: bytes, ones: Mapping[str, One]) -> None:
        self._put(f"many {place}", total, [_row(name, one) for name, one in ones.items()])

    def rest(self, total: bytes) -> Rest | None:
        """What was said of all other documents."""
        found = self._get("rest", total, _ANY)
        return None if found is None else Rest(self._said(found[0]), *found[1:])

    def put_rest(self, total: bytes, rest: Rest) -> None:
        said = [plain(each) for each in rest.said]
        self._put("rest", total, [said, rest.events, rest.legal_texts, rest.names])

    def names(self, total: bytes) -> list[str] | None:
        """The procedures that only adopted.yaml speaks of."""
        return self._get("names", total, _NAMES)

    def put_names(self, total: bytes, names: Sequence[str]) -> None:
        self._put("names", total, [*names])

    # -- rows ----------------------------------------------------------------------------------------

    def _one(self, row: _Row) -> One:
        return One(self._said(row.said) if row.said else (), row.extract, row.counted)

    def _said(self, stored: list[Any]) -> tuple[Finding, ...]:
        return tuple(finding_of(each, self._codes) for each in stored)

    def _key(self, name: str) -> bytes:
        return b"c" + self._root + blake2b(name.encode("utf-8", "surrogateescape"), digest_size=14).digest()

    def _get(self, name: str, total: bytes, decoder: Decoder[T]) -> T | None:
        stored = None if self._cache is None else self._cache.get(self._key(name))
        return None if stored is None or stored[:_SUM] != total else decoder.decode(stored[_SUM:])

    def _put(self, name: str, total: bytes, value: object) -> None:
        if self._cache is not None:
            with contextlib.suppress(UnicodeEncodeError, OverflowError):  # some names of files are no text
                self._cache.put(self._key(name), total + msgpack.encode(value))


def _row(name: str, one: One) -> _Row:
    return _Row([plain(each) for each in one.said], one.extract, one.counted, name)
