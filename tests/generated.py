"""How many generated cases a test tries: the same ones every time, or at night others, and fifty times as many."""

from __future__ import annotations

import os

from hypothesis import settings

NIGHTLY = "DOCCTL_NIGHTLY" in os.environ
TIMES = 50


def many(count: int) -> int:
    return TIMES * count if NIGHTLY else count


settings.register_profile("daily", max_examples=many(100), derandomize=True, deadline=None, database=None)
settings.register_profile("nightly", max_examples=many(100), deadline=None, print_blob=True)
settings.load_profile("nightly" if NIGHTLY else "daily")
