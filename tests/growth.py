"""How the time of a piece of work grows with its size, on machines that other work disturbs."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

Work = Callable[[int], Callable[[], object]]
"""Given a size, what is to be timed; making it is not timed."""
TIMES = 8
MOST = 20.0
"""Eight times as much takes eight times as long, or 64 times by the square: between them, a factor of about three
to either side is left to the machine."""
TRIES = 6


def seconds(work: Work, size: int) -> float:
    """The processor's seconds for one run, without the collector, which goes through all that other tests made."""
    done = work(size)
    gc.collect()
    gc.disable()
    try:
        start = process_time()
        done()
        return process_time() - start
    finally:
        gc.enable()


def growth(work: Work, size: int, most: int, least: float = 0.02) -> float:
    """How many times longer ``TIMES`` as much takes, the least of some tries.

    The size grows from ``size`` until one run takes ``least`` seconds; if it does not at ``most``, there is nothing
    to measure: 1.0.
    """
    once = seconds(work, size)
    while once < least and size < most:
        size *= 2
        once = seconds(work, size)
    if once < least:
        return 1.0
    found = float("inf")
    for _ in range(TRIES):
        small = min(seconds(work, size) for _ in range(3))  # what disturbs the small one would hide the growth
        found = min(found, seconds(work, TIMES * size) / max(small, 1e-9))
        if found <= MOST:
            break
    return found
