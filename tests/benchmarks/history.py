"""The index of commits: ``python tests/benchmarks/history.py [COMMITS]``; ratios to ``git log --raw`` of the same range.

Makes a repository of so many commits (default 100,000), each of which changes one or two of 2,000 procedures, one in
fifty of them a merge. What counts are the ratios within one run.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from docctl.store import git, gitdir
from docctl.store.history import HistoryIndex

PROCEDURES = 2_000


def stream(commits: int) -> Iterator[bytes]:
    """The commits in the format of ``git fast-import``."""
    dice = random.Random(1)
    side = 0
    for number in range(1, commits + 1):
        yield f"commit refs/heads/main\nmark :{number}\n".encode()
        yield f"author An <an@example.org> {1_500_000_000 + number * 600} +0700\n".encode()
        yield f"committer An <an@example.org> {1_500_000_000 + number * 600} +0700\n".encode()
        subject = f"Sửa lần {number}".encode()
        yield b"data %d\n%s\n" % (len(subject), subject)
        if number > 1:
            yield f"from :{number - 1}\n".encode()
        if side and dice.random() < 1 / 50:
            yield f"merge :{side}\n".encode()
            side = 0
        elif dice.random() < 1 / 20 and number > 10:
            side = number - 5
        for _ in range(dice.choice((1, 1, 2))):
            text = f"# {number} {dice.random()}\n".encode()
            yield b"M 100644 inline procedures/QT-%d.yaml\n" % dice.randrange(PROCEDURES)
            yield b"data %d\n%s\n" % (len(text), text)
    yield b"done\n"


def seconds(work: Callable[[], object]) -> tuple[float, float]:
    """On the clock, and of processors: this one's and those of what it has waited for."""

    def used() -> float:
        mine, theirs = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
        return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime

    start, busy = time.perf_counter(), used()
    work()
    return time.perf_counter() - start, used() - busy


def main() -> None:
    commits = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
        importer = subprocess.Popen(["git", "-C", folder, "fast-import", "--quiet", "--done"], stdin=subprocess.PIPE)
        assert importer.stdin is not None
        importer.stdin.writelines(stream(commits))
        importer.stdin.close()
        assert importer.wait() == 0
        directory = gitdir.find(root)
        assert directory is not None
        reader = git.GitReader(directory)
        head = reader.commit_id("HEAD")
        log = ["git", "-C", folder, "log", "--raw", "--no-renames", "-z", "HEAD"]
        floor = min(seconds(lambda: subprocess.run(log, check=True, stdout=subprocess.DEVNULL)) for _ in range(2))

        def ask() -> object:
            return HistoryIndex(reader, "").touches(head, ["procedures/QT-7.yaml"], ["archive/QT-7"])

        first = seconds(ask)
        again = seconds(ask)
        size = HistoryIndex(reader, "").path.stat().st_size / 1024 / 1024
        print(f"{commits} commits                   clock   CPU")
        print(f"git log --raw              {floor[0]:9.2f} {floor[1]:5.2f} s")
        print(f"first build                {first[0]:9.2f} {first[1]:5.2f} s, {size:.0f} MiB")
        print(f"ratio                      {first[0] / floor[0]:9.2f} {first[1] / floor[1]:5.2f}")
        print(f"one document, index there  {again[0]:9.4f} {again[1]:6.4f} s")


if __name__ == "__main__":
    main()
