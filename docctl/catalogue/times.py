"""Promised times against published limits (63/2010/NĐ-CP, Điều 8 khoản 2 điểm đ)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from docctl.catalogue.sides import Side
from docctl.finding import Pointer
from docctl.model.catalogue import PublishedTime
from docctl.model.coverage import Difference, Differs, Value
from docctl.model.duration import Duration, compare
from docctl.model.procedure import Procedure


def time_differences(procedure: Procedure, sides: Sequence[Side]) -> Iterator[Difference]:
    """The promise by each channel against the limit of each entry; a promise shorter than all of them is a saving.

    Calendar days and working time cannot be compared, and neither can limits in words.
    """
    seen: set[tuple[Pointer, tuple[PublishedTime | None, ...]]] = set()
    for channel, pointer, ours in _promises(procedure):
        theirs = tuple(side.entry.time_by(channel) for side in sides)
        if (pointer, theirs) in seen:
            continue
        seen.add((pointer, theirs))
        found = [
            _difference(side, channel, pointer, ours, time)
            for side, time in zip(sides, theirs, strict=True)
            if time is not None
        ]
        differing = [each for each in found if each is not None]
        yield from (each for each in differing if each.kind is not Differs.SHORTER)
        if differing and all(each is not None and each.kind is Differs.SHORTER for each in found):
            yield differing[0]


def _promises(procedure: Procedure) -> Iterator[tuple[str | None, Pointer, Duration]]:
    """The promise by each channel, with its place."""
    general = procedure.processing_time
    for index, channel in enumerate(procedure.channels):
        if channel.processing_time is not None:
            yield channel.kind, ("channels", index, "processing_time"), channel.processing_time.promised
        elif general is not None:
            yield channel.kind, ("processing_time",), general.promised
    if general is not None and not procedure.channels:
        yield None, ("processing_time",), general.promised


def _difference(
    side: Side, channel: str | None, pointer: Pointer, ours: Duration, time: PublishedTime
) -> Difference | None:
    order = None if time.duration is None else compare(ours, time.duration)
    if order == 0:
        return None
    kind = Differs.NOT_COMPARED if order is None else Differs.LONGER if order > 0 else Differs.SHORTER
    theirs: Value = time.words if time.duration is None else time.duration
    own = pointer[0] == "channels" or time is not side.entry.processing_time
    return side.differs(
        kind, "processing_time", ours, theirs, pointer, lambda entry: _limit(entry.time_by(channel)),
        channel=channel if own else None,
    )  # fmt: skip


def _limit(time: PublishedTime | None) -> object:
    """A limit without its note, which is not compared."""
    return None if time is None else (time.duration, time.words)
