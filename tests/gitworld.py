"""Real repositories for tests: an agency's files, the git program, and docctl run in this process."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from office import Office

from docctl.cli.main import main

DAY = "2026-11-01"
FORM = b"PK\x03\x04 a form\r\n\x00\xff"
CLEAN = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "An",
    "GIT_AUTHOR_EMAIL": "an@example.org",
    "GIT_COMMITTER_NAME": "An",
    "GIT_COMMITTER_EMAIL": "an@example.org",
    "LANGUAGE": "C",
    "LC_ALL": "C.UTF-8",
}

CONFIG = """\
format = "docctl/config/v1"

[agency]
id = "phuong-thu"
name = "Ủy ban nhân dân phường Thử"
level = "commune"
obligation = "voluntary"
utc_offset = "+07:00"

[output]
lang = "en"
"""

ORGANISATION = """\
format: docctl/organisation/v1
units:
  - { id: ubnd, name: Ủy ban nhân dân phường }
roles:
  - { id: can-bo, title: Công chức một cửa, unit: ubnd }
  - { id: chu-tich, title: Chủ tịch, unit: ubnd }
"""

LAW = """\
format: docctl/legal-text/v1
kind: decree
number: 61/2018/NĐ-CP
title: Thực hiện cơ chế một cửa
issuer: Chính phủ
issued: "2018-04-23"
effective: "2018-06-21"
source: { url: "https://vanban.chinhphu.vn" }
"""

_PROCEDURE = """\
format: docctl/procedure/v1
id: {id}
title: {title}
issue: 1
revision: 0
change: {{ reason: first-issue, summary: Ban hành lần đầu }}
level: commune
owner: can-bo
purpose: Quy định trình tự
legal_basis: []
steps:
  - {{ id: b-1, kind: receive, title: Nhận, role: {role}, time: {{ value: 1, unit: hour }}{uses}, next: [b-2] }}
  - {{ id: b-2, kind: sign, title: Ký, role: chu-tich, time: {{ value: 1, unit: hour }}, next: [b-3] }}
  - {{ id: b-3, kind: deliver, title: Trả, role: can-bo, time: {{ value: 1, unit: hour }}, next: [] }}
"""


def adopt(root: Path, *arguments: str) -> Answer:
    """``docctl adopt``, as it is done before there is a policy."""
    policy, aside = root / "policy", root / ".before-the-policy"
    made = policy.is_dir()
    if made:
        policy.rename(aside)
    answer = run_docctl("adopt", *arguments, cwd=root)
    if made:
        aside.rename(policy)
    return answer


def procedure(identifier: str = "QT-01", *, title: str = "Một quy trình", role: str = "can-bo") -> str:
    """A procedure without any finding."""
    return _PROCEDURE.format(id=identifier, title=title, role=role, uses="")


def procedure_with_form(identifier: str, path: str, data: bytes, form: str = "BM-01") -> str:
    """A procedure with a form of its own whose file it names by its sha256."""
    text = _PROCEDURE.format(id=identifier, title="Có biểu mẫu", role="can-bo", uses=f", forms: [{form}]")
    sha256 = hashlib.sha256(data).hexdigest()
    return text + f"forms:\n  - {{ id: {form}, title: Tờ khai, file: {path}, sha256: {sha256} }}\n"


def broken(identifier: str = "QT-01") -> str:
    """A procedure with one finding: a role that nobody has."""
    return procedure(identifier, role="khong-ai")


AGENCY: Mapping[str, str | bytes] = {
    "docctl.toml": CONFIG,
    "organisation.yaml": ORGANISATION,
    "procedures/QT-01.yaml": procedure(),
    "procedures/QT-02.yaml": procedure_with_form("QT-02", "forms/BM-01.docx", FORM),
    "forms/BM-01.docx": FORM,
}


@dataclass(frozen=True)
class Answer:
    """What a run of docctl said."""

    status: int
    out: str
    err: str

    @property
    def same(self) -> tuple[int, str]:
        """What must not depend on the snapshot; the remark on standard error tells the seconds."""
        return self.status, self.out

    @property
    def report(self) -> dict[str, Any]:
        value: dict[str, Any] = json.loads(self.out)
        return value

    @property
    def findings(self) -> list[tuple[str, str]]:
        return [(each["code"], each["path"]) for each in self.report["findings"]]

    @property
    def codes(self) -> set[str]:
        return {code for code, _ in self.findings}


def run_docctl(*arguments: str, cwd: Path) -> Answer:
    """Runs docctl's command line in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(cwd), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            status = main(arguments)
        except SystemExit as ended:  # argparse
            status = int(ended.code or 0)
    return Answer(status, out.getvalue(), err.getvalue())


@dataclass(frozen=True)
class World:
    """A Git work tree at ``top`` with docctl's repository at ``root``, in it or below."""

    top: Path
    root: Path

    @classmethod
    def make(cls, top: Path, *, below: str = "", sha256: bool = False, commit: bool = True) -> World:
        """A new Git repository that holds the agency of AGENCY."""
        world = cls(top, top / below)
        top.mkdir(parents=True)
        world.git("init", "-q", "-b", "main", "--object-format", "sha256" if sha256 else "sha1")
        world.write(AGENCY)
        world.office.first_policy()
        if commit:
            world.commit()
        return world

    @property
    def office(self) -> Office:
        """Who signs here."""
        return Office(self.root, {"lead": "chu-tich", "review": "can-bo", "work": "can-bo", "desk": "can-bo"})

    def write(self, files: Mapping[str, str | bytes]) -> None:
        """Writes files below docctl's root."""
        for path, content in files.items():
            target = self.root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)

    def git(self, *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
        """Runs git; a failure is a failure of the test."""
        done = self.try_git(*arguments, cwd=cwd, env=env)
        assert done.returncode == 0, done.stderr.decode(errors="replace")
        return done.stdout.decode(errors="surrogateescape").strip()

    def try_git(
        self, *arguments: str, cwd: Path | None = None, env: Mapping[str, str] | None = None, given: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        """Runs git, which may fail."""
        return subprocess.run(
            ["git", *arguments], cwd=cwd or self.top, env={**os.environ, **(env or {})}, input=given,
            capture_output=True, check=False, timeout=60,
        )  # fmt: skip

    def config(self, *settings: str) -> None:
        """Sets ``name=value`` in the repository's own configuration."""
        for setting in settings:
            self.git("config", *setting.split("=", 1))

    def commit(self, message: str = "x") -> str:
        """Commits everything; the id of the commit."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

    def check(self, *arguments: str, cwd: Path | None = None) -> Answer:
        """``docctl check --format json`` on a fixed day."""
        return run_docctl("check", "--format", "json", "--as-of", DAY, *arguments, cwd=cwd or self.root)

    def loose(self, object_id: str) -> Path:
        """The file of an object that is not packed."""
        return self.top / ".git" / "objects" / object_id[:2] / object_id[2:]

    def blob_id(self, path: str) -> str:
        """The id of the blob that the index has for a path below docctl's root."""
        return self.git("ls-files", "-s", path, cwd=self.root).split()[1]


def docctl_command() -> list[str]:
    """How another process runs docctl."""
    return [sys.executable, "-m", "docctl"]


def state(*folders: Path) -> dict[str, tuple[Any, ...]]:
    """Every file below some folders but what docctl remembers: mode, time of change, number, content."""
    found: dict[str, tuple[Any, ...]] = {}
    for path in _everything(folders):
        if ".git/docctl" in path.as_posix() or path.name == ".git":
            continue  # what is remembered may be thrown away
        status = path.lstat()
        if stat.S_ISLNK(status.st_mode):
            content: object = os.readlink(path)
        else:
            content = path.read_bytes() if stat.S_ISREG(status.st_mode) else None
        found[str(path)] = (status.st_mode, status.st_mtime_ns, status.st_ino, content)
    return found


def _everything(folders: Iterable[Path]) -> Iterable[Path]:
    for folder in folders:
        yield folder
        yield from folder.rglob("*")
