"""How fast approvals are verified: ``python tests/benchmarks/approvals.py [COUNT]``, everything in one run.

Makes a repository with so many signed records (four for each procedure), then times ``docctl verify`` as a
process of its own: with nothing remembered, and again; and one ``ssh-keygen -Y verify`` for each of a sample.
"""

from __future__ import annotations

import hashlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from msgspec.structs import replace

sys.path.append(str(Path(__file__).parent.parent))

from gitworld import AGENCY, procedure
from office import RECORD, Office

import docctl
from docctl.approval.payload import file_name, payload, with_statement

SAMPLE = 200
PARTS = (("prepared", "cuong"), ("reviewed", "binh"), ("approved", "an"), ("issued", "dung"))
ROLES = {"lead": "chu-tich", "review": "can-bo", "work": "can-bo", "desk": "can-bo"}


def build(root: Path, records: int) -> Office:
    """A repository in which all procedures are issued."""
    for path, content in AGENCY.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)
    office = Office(root, ROLES)
    office.first_policy()
    names = [f"QT-{number}" for number in range(1000, 1000 + records // len(PARTS))]
    for name in names:
        (root / f"procedures/{name}.yaml").write_text(procedure(name), encoding="utf-8")
    pattern = {meaning: office.record(names[0], meaning, signer) for meaning, signer in PARTS}
    repository = docctl.open(root)
    for name in names:
        document = repository.procedure(name)
        raw = (root / document.path).read_bytes()
        office.put(f"archive/{name}/1.0.yaml", raw)
        for meaning, signer in PARTS:
            record = replace(pattern[meaning], document=name, digest=document.digest())
            if meaning == "issued":
                record = replace(record, archive_sha256=hashlib.sha256(raw).hexdigest())
            data = payload(with_statement(record))
            path = file_name(record, data)
            office.put(path, data)
            office.put(path + ".sig", office.key(signer).sign(data, RECORD))
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    return office


def cpu(*command: str, cwd: Path, stdin: bytes | None = None) -> tuple[float, float]:
    """User and system seconds of a process, and its wall time."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - started


def main() -> None:
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "agency"
        office = build(root, records)
        verify = (sys.executable, "-m", "docctl", "verify", "--policy-pin", office.pin, "--as-of", "2026-11-01")
        cold, warm = cpu(*verify, cwd=root), min(cpu(*verify, cwd=root) for _ in range(3))
        found = docctl.open(root).verify(date(2026, 11, 1), office.pin)
        assert (found.summary.records, found.findings) == (records, ())
        allowed = Path(folder) / "allowed"
        allowed.write_text(f"an {office.key('an').line}\n", encoding="utf-8")
        sample = sorted(root.glob("approvals/*/*/approved--*.json"))[:SAMPLE]
        each = [
            cpu(
                "ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", "an", "-n", RECORD, "-s", f"{path}.sig",
                cwd=root, stdin=path.read_bytes(),
            )
            for path in sample
        ]  # fmt: skip
        alone = sum(seconds for seconds, _ in each) / len(each) * records
    print(f"{records} records of {records // len(PARTS)} procedures")
    print(
        f"docctl verify, nothing remembered: {cold[0]:.2f} s CPU, {cold[1]:.2f} s, {records / cold[0]:.0f} records/s CPU"
    )
    print(f"docctl verify again:               {warm[0]:.2f} s CPU, {warm[1]:.2f} s, ratio {warm[0] / cold[0]:.2f}")
    print(f"ssh-keygen, one process each:      {alone:.2f} s CPU (from {len(sample)}), ratio {alone / cold[0]:.2f}")


if __name__ == "__main__":
    os.environ.setdefault("LC_ALL", "C.UTF-8")
    assert shutil.which("ssh-keygen")
    main()
