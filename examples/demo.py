"""``make demo``: copies the example agency into a fresh Git repository, checks it, breaks it, checks it again."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from docctl.schema import KINDS, schema_text

EXAMPLE = Path(__file__).parent / "bac-kan-phuong"
DOCCTL = [sys.executable, "-m", "docctl"]
DAYS = (
    ("2025-01-08", 0, "Which procedures has the law outdated? None yet: a decree begins the next day"),
    ("2025-01-20", 1, "A decree has amended two articles that one procedure rests on"),
    ("2025-07-15", 1, "Half a year later: nobody mended it, and another decree has ended the basis of three"),
    ("2026-05-20", 1, "Much later: what is overdue, what is new, what lies ahead"),
)
"""Days of the example, what ``docctl outdated`` answers on them as an exit code, and why."""


def run(title: str, *command: str, folder: Path, shown: str | None = None) -> int:
    """Shows a command as a user would type it, and what it answers."""
    bold, plain = ("\033[1m", "\033[0m") if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else ("", "")
    print(f"\n{bold}# {title}{plain}\n$ {shown or ' '.join(command)}", flush=True)
    return subprocess.run([*(DOCCTL if command[0] == "docctl" else [command[0]]), *command[1:]], cwd=folder).returncode


def prepare(folder: Path) -> None:
    """A fresh repository with the example in it, committed."""
    if folder.exists():
        shutil.rmtree(folder)
    shutil.copytree(EXAMPLE, folder)
    for kind in KINDS:
        target = folder / ".docctl" / "schemas" / "v1" / f"{kind}.schema.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(schema_text(kind), encoding="utf-8")
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "Bộ quy trình của phường"]):
        identity = ["-c", "user.name=Demo", "-c", "user.email=demo@localhost", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=folder, check=True)


def misspell(path: Path) -> None:
    """A careless edit: the first role is misspelt, and an hour of the second step becomes eight days."""
    text = path.read_text(encoding="utf-8")
    before, second, rest = text.partition("  - id: step-2")
    before = before.replace("role: cc", "role: c", 1)
    rest = rest.replace("time: { value: 2, unit: hour }", "time: { value: 8, unit: working_day }", 1)
    path.write_text(before + second + rest, encoding="utf-8")


def main() -> int:
    """Exit 0 when the example passes, the careless edit is found, and so is what the law has outdated."""
    folder = Path(sys.argv[1])
    prepare(folder)
    print(f"The example agency now lies in {folder}/, a Git repository of its own.")
    status = run("Is the whole set in order?", "docctl", "check", folder=folder)
    run("Which procedures are there?", "docctl", "show", folder=folder)
    run("One of them", "docctl", "show", "QT-10", folder=folder)
    careless = folder / "procedures" / "QT-10.yaml"
    misspell(careless)
    print("\nNow somebody edits QT-10 in a hurry: a role is misspelt, a step is given eight days, one is promised ...")
    check = ("docctl", "check", "procedures/QT-10.yaml")
    found = run("What does the hook say before the commit?", *check, folder=folder)
    run("The same in English", *check, "--lang", "en", folder=folder)
    subprocess.run(["git", "checkout", "-q", "--", "procedures"], cwd=folder, check=True)
    print("\nThe edit was taken back. Now the law: legal/ says what changed, adopted.yaml which text holds since when.")
    expected = True
    for day, code, title in DAYS:
        expected &= run(title, "docctl", "outdated", "--as-of", day, folder=folder) == code
    explain = ("docctl", "outdated", "QT-16", "--explain", "--as-of", "2025-01-20", "--lang", "en")
    expected &= run("Why? The chain of proof for one procedure, in English", *explain, folder=folder) == 1
    print("\nWho approved which words? Policy and records are files; the example keys belong to nobody.")
    run("Where does everything stand?", "docctl", "status", folder=folder)
    run("One procedure: who signed, what was issued", "docctl", "status", "QT-07", folder=folder)
    run("Its table of changes", "docctl", "status", "QT-07", "--changes", folder=folder)
    run("What was in force on a day, and what did the next revision change?", "docctl", "log", "QT-05", folder=folder)
    run("Element by element, not line by line", "docctl", "diff", "QT-05@1.1", "QT-05@1.2", folder=folder)
    run("Where do these words stand?", "docctl", "search", "tru so", "--limit", "2", folder=folder)
    pin = hashlib.sha256((EXAMPLE / "policy" / "0001.yaml").read_bytes()).hexdigest()
    proof = ("docctl", "verify", "--policy-pin", pin, "--checkpoint", "1")
    expected &= run("Does it all hold? The pin comes from outside", *proof, folder=folder) == 0
    text = folder / "procedures" / "QT-03.yaml"
    text.write_text(text.read_text(encoding="utf-8").replace("Giấy chỉ", "Giấy này chỉ"), encoding="utf-8")
    expected &= run("Somebody edits what was signed", "docctl", "check", "--lang", "en", folder=folder) == 1
    subprocess.run(["git", "checkout", "-q", "--", "procedures"], cwd=folder, check=True)
    print(f"\nGo on in {folder}/ with: ../.venv-demo/bin/docctl --help")
    return 0 if expected and (status, found) == (0, 1) else 1


if __name__ == "__main__":
    sys.exit(main())
