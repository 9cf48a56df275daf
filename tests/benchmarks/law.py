"""How fast texts of the law are read: ``python tests/benchmarks/law.py FOLDER``, all its .txt files in one process.

What counts are the ratios within one run: to reading the same files and putting them into NFC, and of the biggest
text taken once, twice and four times. Each provision is cited by itself, at its own address.
"""

from __future__ import annotations

import resource
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from docctl.law import reading


def baseline(paths: Iterable[Path]) -> None:
    """What any reader has to do."""
    for path in paths:
        unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))


def cited(text: str) -> None:
    read = reading.structure(text)
    for place, unit in enumerate(read.units):
        for _ in reading.citations(read.words(place), unit.address):
            pass


def changed(text: str) -> None:
    reading.amendments(text)
    reading.effects(text)


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def over(paths: Iterable[Path], work: Callable[[str], object]) -> float:
    return seconds(lambda: [work(path.read_text(encoding="utf-8")) for path in paths])


def main() -> None:
    paths = sorted(Path(sys.argv[1]).glob("*.txt"))
    size = sum(path.stat().st_size for path in paths) / 1_000_000
    cited("Điều 1. Kho")  # modules are loaded before the clock runs
    changed("Điều 1. Kho")
    least = min(seconds(lambda: baseline(paths)) for _ in range(3))
    print(f"{len(paths)} texts, {size:.1f} MB")
    print(f"read and put into NFC:    {least:6.2f} s CPU, {size / least:6.1f} MB/s")
    for name, work in (("structure and citations: ", cited), ("amendments and effects:  ", changed)):
        took = over(paths, work)
        print(f"{name} {took:6.2f} s CPU, {size / took:6.1f} MB/s, ratio {took / least:.0f}")
    print(f"peak memory of all this:  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")
    biggest = max(paths, key=lambda path: path.stat().st_size).read_text(encoding="utf-8")
    for name, work in (("structure and citations: ", cited), ("amendments and effects:  ", changed)):
        once, twice, four = (min(seconds(partial(work, biggest * n)) for _ in range(2)) for n in (1, 2, 4))
        print(f"{name} the biggest text twice takes {twice / once:.1f} times as long, four times {four / once:.1f}")


if __name__ == "__main__":
    main()
