"""Times docctl and its peers in one run: ``python tests/benchmarks/peers.py COUNT FOLDER [--rounds N]``.

FOLDER gets a repository of COUNT procedures (``generate.py``), the same texts as a doorstop document, and environments
in which check-jsonschema, yamllint and doorstop are installed. Everything is run in turn, round after round, so that
all have the same machine; what is printed are medians and ratios, for single times mean little. The floor is a plain
script with PyYAML's C loader and jsonschema, run by the interpreter that runs this.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SCHEMA = HERE.parent.parent / "schemas" / "procedure.schema.json"
PEERS = ("check-jsonschema", "yamllint", "doorstop")
FLOOR = """\
import json, sys
import yaml
from jsonschema import Draft202012Validator as Validator
validator = Validator(json.load(open(sys.argv[1], encoding="utf-8")), format_checker=Validator.FORMAT_CHECKER)
bad = 0
for path in open(sys.argv[2], encoding="utf-8").read().split():
    with open(path, "rb") as file:
        bad += sum(1 for error in validator.iter_errors(yaml.load(file, Loader=yaml.CSafeLoader)))
sys.exit(bool(bad))
"""
YAMLLINT = "{extends: default, rules: {line-length: disable, document-start: disable, braces: disable}}"
MOST = 4000
"""So many files at most are given to one process of a program that takes them as arguments."""


@dataclass(frozen=True)
class Taken:
    """Seconds on the clock and of the processors, and the most memory in MiB of one process."""

    clock: float
    cpu: float
    memory: float


Task = tuple[str, Callable[[], Sequence[Sequence[str]]], Callable[[], None]]
"""A name, the commands to be timed, and what is done before them."""


def taken(commands: Sequence[Sequence[str]], folder: Path, environment: Mapping[str, str]) -> Taken:
    """Runs commands one after the other."""
    started, clock, memory = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter(), 0.0
    for command in commands:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
        memory = max(memory, used.ru_maxrss / 1024)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = ended.ru_utime + ended.ru_stime - started.ru_utime - started.ru_stime
    return Taken(time.perf_counter() - clock, cpu, memory)


def install(folder: Path) -> Mapping[str, Path]:
    """Each peer in an environment of its own; those that are there stay."""
    found = {}
    for name in PEERS:
        where = folder / "environments" / name
        if not (where / "bin" / name).exists():
            subprocess.run([sys.executable, "-m", "venv", str(where)], check=True)
            subprocess.run([str(where / "bin" / "pip"), "install", "-q", name], check=True)
        found[name] = where / "bin" / name
    return found


def doorstop(root: Path, out: Path) -> None:
    """The same texts as items of one doorstop document, each in its own file."""
    document = out / "qt"
    document.mkdir(parents=True)
    (document / ".doorstop.yml").write_text("settings:\n  digits: 5\n  prefix: QT\n  sep: ''\n", encoding="utf-8")
    for number, path in enumerate(sorted((root / "procedures").iterdir()), 1):
        text = "".join(f"  {line}\n" for line in path.read_text(encoding="utf-8").splitlines())
        head = "active: true\nderived: false\nheader: ''\nlevel: 1.0\nlinks: []\nnormative: true\nref: ''\nreviewed: null\n"
        (document / f"QT{number:05}.yml").write_text(f"{head}text: |\n{text}", encoding="utf-8")
    for command in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=An", "-c", "user.email=an@example.org", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *command], cwd=out, check=True)


def prepared(count: int, folder: Path) -> tuple[Path, Path]:
    """The repository and the doorstop document of so many procedures."""
    root, other = folder / f"docctl-{count}", folder / f"doorstop-{count}"
    if not root.exists():
        subprocess.run([sys.executable, str(HERE / "generate.py"), str(count), str(root)], check=True)
    if not other.exists():
        doorstop(root, other)
    return root, other


def tasks(root: Path, other: Path, peers: Mapping[str, Path], *, slow: bool) -> list[Task]:
    """All that is timed; ``slow``: also what takes minutes."""
    paths = [str(path.relative_to(root)) for path in sorted((root / "procedures").iterdir())]
    one, listed = paths[1], root.parent / f"{root.name}.files"
    listed.write_text("\n".join(paths), encoding="utf-8")
    single = root.parent / f"{root.name}.file"
    single.write_text(one, encoding="utf-8")
    floor = root.parent / "floor.py"
    floor.write_text(FLOOR, encoding="utf-8")
    ours = [sys.executable, "-m", "docctl", "check", "-q"]
    jsonschema = [str(peers["check-jsonschema"]), "--schemafile", str(SCHEMA)]
    parts = [paths[place : place + MOST] for place in range(0, len(paths), MOST)]

    def forget() -> None:
        shutil.rmtree(root / ".git" / "docctl", ignore_errors=True)

    def change() -> None:
        path = root / paths[2]
        path.write_text(path.read_text(encoding="utf-8") + f"# {time.time_ns()}\n", encoding="utf-8")

    def nothing() -> None:
        pass

    found: list[Task] = [
        ("1 file: floor", lambda: [[sys.executable, str(floor), str(SCHEMA), str(single)]], nothing),
        ("1 file: docctl check", lambda: [[*ours, one]], nothing),
        ("1 file: check-jsonschema", lambda: [[*jsonschema, one]], nothing),
        ("1 file: yamllint", lambda: [[str(peers["yamllint"]), "-d", YAMLLINT, one]], nothing),
        ("all: floor", lambda: [[sys.executable, str(floor), str(SCHEMA), str(listed)]], nothing),
        ("all: docctl check, empty cache", lambda: [ours], forget),
        ("all: docctl check, warm", lambda: [ours], nothing),
        ("all: docctl check, warm, 1 file changed", lambda: [ours], change),
        ("all: git status", lambda: [["git", "status", "--short"]], nothing),
    ]
    if slow:
        found += [
            ("all: check-jsonschema", lambda: [[*jsonschema, *part] for part in parts], nothing),
            ("all: yamllint", lambda: [[str(peers["yamllint"]), "-d", YAMLLINT, "procedures"]], nothing),
            ("all: doorstop", lambda: [["@", str(peers["doorstop"])]], nothing),
        ]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="leave out what takes minutes")
    given = parser.parse_args()
    folder = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    peers = install(folder)
    root, other = prepared(given.count, folder)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    results: dict[str, list[Taken]] = {}
    for number in range(given.rounds):
        for name, commands, before in tasks(root, other, peers, slow=not given.quick and number == 0):
            before()
            where = other if name.endswith("doorstop") else root
            run = [command[1:] if command[0] == "@" else command for command in commands()]
            results.setdefault(name, []).append(taken(run, where, environment))
    show(given.count, results)


def show(count: int, results: Mapping[str, Sequence[Taken]]) -> None:
    """A table: medians, and ratios to the floor of the same rows."""
    print(f"\n{count} procedures, {os.cpu_count()} cores, Python {sys.version.split()[0]}; times in seconds, medians\n")
    print("| work | runs | clock | CPU | MiB | clock / floor | CPU / floor |")
    print("|---|---|---|---|---|---|---|")
    for name, runs in results.items():
        clock, cpu = (statistics.median(getattr(each, what) for each in runs) for what in ("clock", "cpu"))
        memory = max(each.memory for each in runs)
        base = results[f"{name.split(':')[0]}: floor"]
        ratios = [
            value / statistics.median(getattr(each, what) for each in base)
            for value, what in ((clock, "clock"), (cpu, "cpu"))
        ]
        print(f"| {name} | {len(runs)} | {clock:.2f} | {cpu:.2f} | {memory:.0f} | {ratios[0]:.3f} | {ratios[1]:.3f} |")


if __name__ == "__main__":
    main()
