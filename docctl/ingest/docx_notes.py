"""What a person is told about a Word file: what was decided, and what of it is not in the text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from docctl.ingest.docx_package import Package
from docctl.ingest.lines import Gathered
from docctl.message import Message, Param, msg


class _Said(Protocol):
    def __call__(self, count: int) -> Message: ...


_COUNTED: Mapping[str, _Said] = {
    "hidden": lambda count: msg("hidden text was left out, places: {count}", count=count),
    "box": lambda count: msg("text boxes whose text stands behind their paragraph: {count}", count=count),
    "picture": lambda count: msg("pictures and charts are not read: {count}; text inside them is missing", count=count),
    "formula": lambda count: msg("formulas given as their signs on one line: {count}; compare them", count=count),
    "embedded": lambda count: msg("other documents are embedded and were not read: {count}", count=count),
    "comment": lambda count: msg("comments were left out: {count}", count=count),
    "symbol": lambda count: msg("signs of picture fonts such as Wingdings, given as look-alikes: {count}", count=count),
}
"""By what the reader counted, in the order in which they are said."""


def notes(package: Package, gathered: Gathered, unknown: Collection[str]) -> Iterator[Message]:
    """The sentences for one file; ``unknown`` are formats of list numbers that were written as digits."""
    counted = gathered.counted
    if counted["inserted"] or counted["deleted"]:
        counts: dict[str, Param] = {"inserted": counted["inserted"], "deleted": counted["deleted"]}
        yield msg(
            "tracked changes are read as accepted: {inserted} insertions kept, {deleted} deletions left out", **counts
        )
    if counted["contents"]:
        yield msg("the table of contents was left out")
    for kind, said in _COUNTED.items():
        if counted[kind]:
            yield said(counted[kind])
    for each in sorted(unknown):
        yield msg('list numbers of the format "{format}" are written as digits', format=each)
    if any(_words(package, role) for role in ("header", "footer")):
        yield msg("heads and feet of pages were left out")


def _words(package: Package, role: str) -> bool:
    """Do the heads or feet of pages say more than the number of the page?"""
    return any(
        any(letter.isalpha() for letter in each.text or "") for part in package.parts(role) for each in part.iter("w_t")
    )
