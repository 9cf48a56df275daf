"""Promised times against the time the steps take; shared by the rules about time."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from docctl.finding import Pointer
from docctl.model.duration import DAY, HOURS_OF_A_WORKING_DAY, Duration
from docctl.model.flow import Path, Ways
from docctl.model.procedure import Procedure, ProcessingTime


class Need(Enum):
    """Does the work fit into a promise?"""

    FITS = "fits"
    TOO_LONG = "too long"
    UNKNOWN = "not comparable"


def promises(procedure: Procedure) -> Iterator[tuple[Pointer, ProcessingTime]]:
    """The processing time of the procedure and of each channel that has its own."""
    if procedure.processing_time is not None:
        yield ("processing_time",), procedure.processing_time
    for index, channel in enumerate(procedure.channels):
        if channel.processing_time is not None:
            yield ("channels", index, "processing_time"), channel.processing_time


def needed(ways: Ways, promised: Duration) -> Need:
    """Whether the steps of every way fit into a promise.

    A working day needs at least a calendar day, so working time beyond the promised days is too long
    in any case; the other way round nothing is certain.
    """
    if promised.unit == DAY:
        if ways.weight.weight > promised.value * HOURS_OF_A_WORKING_DAY:
            return Need.TOO_LONG
        return Need.UNKNOWN if ways.any_hours else Need.FITS
    if ways.hours.hours > (promised.working_hours or 0):
        return Need.TOO_LONG
    return Need.UNKNOWN if ways.any_days else Need.FITS


def decisive(ways: Ways, promised: Duration) -> Path:
    """The way that a promise of this unit is measured by."""
    return ways.weight if promised.unit == DAY else ways.hours
