"""An entry of the catalogue as one side of a comparison, and how a difference from it is put down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeAlias

from msgspec import Struct

from docctl.catalogue.history import History
from docctl.finding import Pointer
from docctl.model.catalogue import Entry
from docctl.model.coverage import Difference, Differs, Value

Part: TypeAlias = Callable[[Entry], object]
"""What of an entry a difference is about: since when it is what it is tells the history."""


class Side(Struct, frozen=True):
    """An entry as it is on a day, with its history."""

    code: str
    entry: Entry
    history: History
    day: date

    def differs(
        self,
        kind: Differs,
        field: str,
        ours: Value,
        theirs: Value,
        pointer: Pointer,
        part: Part,
        *,
        what: str | None = None,
        channel: str | None = None,
    ) -> Difference:
        """A difference from this entry."""
        origin = self.history.origin(self.day, part)
        return Difference(kind, (self.code,), field, what, channel, ours, theirs, origin, pointer)


def too_much(
    sides: Sequence[Side],
    kind: Differs,
    field: str,
    ours: Value,
    pointer: Pointer,
    part: Part,
    *,
    what: str | None = None,
    channel: str | None = None,
) -> Difference:
    """What a document has and none of the entries."""
    origin = sides[0].history.origin(sides[0].day, part)
    return Difference(kind, tuple(side.code for side in sides), field, what, channel, ours, None, origin, pointer)
