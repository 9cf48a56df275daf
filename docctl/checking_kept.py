"""What a check has said before, by the sums of all that it rests on: nothing is believed unless its sum is the same."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from docctl.finding import Code, Finding
from docctl.finding_plain import finding_of, plain
from docctl.model.extract import Extract

if TYPE_CHECKING:
    from docctl.store.cache import Cache

_SUM = 16


class One(Struct, frozen=True):
    """What there is to say of one procedure; ``counted`` are the places of its entries of adopted.yaml that count."""

    said: tuple[Finding, ...]
    extract: Extract | None
    counted: tuple[int, ...]


class Rest(Struct, frozen=True):
    """What there is to say of all other documents. ``names`` is the sum of what citations may mean."""

    said: tuple[Finding, ...]
    events: int
    legal_texts: int
    names: str


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

    def one(self, name: str, total: bytes) -> One | None:
        """What was said of a procedure."""
        found = self._get("one " + name, total)
        return None if found is None else self._one(name, *found)

    def put_one(self, name: str, total: bytes, one: One) -> None:
        self._put("one " + name, total, _plain(one))

    def many(self, place: int, total: bytes) -> dict[str, One] | None:
        """The same of many procedures at once."""
        found = self._get(f"many {place}", total)
        return None if found is None else {name: self._one(name, *each) for name, *each in found}

    def put_many(self, place: int, total: bytes, ones: Mapping[str, One]) -> None:
        self._put(f"many {place}", total, [[name, *_plain(one)] for name, one in ones.items()])

    def rest(self, total: bytes) -> Rest | None:
        """What was said of all other documents."""
        found = self._get("rest", total)
        return None if found is None else Rest(self._said(found[0]), *found[1:])

    def put_rest(self, total: bytes, rest: Rest) -> None:
        said = [plain(each) for each in rest.said]
        self._put("rest", total, [said, rest.events, rest.legal_texts, rest.names])

    def names(self, total: bytes) -> list[str] | None:
        """The procedures that only adopted.yaml speaks of."""
        found: list[str] | None = self._get("names", total)
        return found

    def put_names(self, total: bytes, names: Sequence[str]) -> None:
        self._put("names", total, [*names])

    # -- rows ----------------------------------------------------------------------------------------

    def _one(self, name: str, said: list[Any], extract: list[Any] | None, counted: list[int]) -> One:
        found = None if extract is None else Extract.from_plain(f"procedures/{name}.yaml", extract)
        return One(self._said(said) if said else (), found, tuple(counted))

    def _said(self, stored: list[Any]) -> tuple[Finding, ...]:
        return tuple(finding_of(each, self._codes) for each in stored)

    def _row(self, name: str) -> bytes:
        return b"c" + self._root + blake2b(name.encode("utf-8", "surrogateescape"), digest_size=14).digest()

    def _get(self, name: str, total: bytes) -> Any:
        stored = None if self._cache is None else self._cache.get(self._row(name))
        return None if stored is None or stored[:_SUM] != total else json.loads(stored[_SUM:])

    def _put(self, name: str, total: bytes, value: Any) -> None:
        if self._cache is not None:
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
            self._cache.put(self._row(name), total + text.encode("utf-8", "surrogatepass"))


def _plain(one: One) -> list[Any]:
    extract = None if one.extract is None else one.extract.plain()
    return [[plain(each) for each in one.said], extract, [*one.counted]]
