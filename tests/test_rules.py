"""Every code docctl can say, by example: ``tests/rules/<CODE>/bad`` has it, ``good`` is the nearest case without it.

Both are laid over ``tests/rules/base``; further cases are called ``bad-…`` and ``good-…``. The marker
``# <- DC214`` stands on the line where the finding starts; where a comment is impossible, ``bad.place`` says
``path:line:column``. What files in Git cannot express is made by the functions of ``MADE``: here, and signed records in
``made_records.py``.

Every code is asked of the command that says it: ``docctl check``, ``docctl outdated``, ``docctl coverage`` or, where
``ASKED`` says so, ``docctl verify``. For ``docctl outdated`` and ``docctl coverage`` all procedures are adopted first,
apart from those that the example's own ``adopted.yaml`` has an entry for or that its file ``drafts`` names, one id a
line.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from gitworld import CLEAN, World
from made_records import AS_OF, ASKED, BASE, FIRST_DAY, Maker, Place, office_of
from made_records import MADE as MADE_RECORDS

import docctl
import docctl.schema
from docctl.cli.main import main
from docctl.finding import Code
from docctl.report.outdated import element_words
from docctl.rules import all_rules, catalogue_rules, codes, currency_rules
from docctl.verdict import Verdict
from docctl.verdict_words import LABELS, OVERDUE

EXAMPLES = Path(__file__).parent / "rules"
CODES = {code.id: code for code in codes()}
OUTDATED = frozenset(rule.code.id for rule in currency_rules())
COVERAGE = frozenset(rule.code.id for rule in catalogue_rules())
"""Codes that ``docctl outdated`` and ``docctl coverage`` say; the others are said by ``docctl check``."""

SINGLE = frozenset(rule.code.id for rule in all_rules() if not rule.whole) - OUTDATED - COVERAGE
"""Codes of the rules that are also asked about single files."""

ADOPTED = "2024-03-01"
ADOPTED_EARLIER = {"DC907": "2018-01-01"}
"""Since when the procedures are in force, where it is not the same day as everywhere."""

DRAFTS = "drafts"

NOBODY = 65534
AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", "--clear-groups")
IS_ROOT = os.geteuid() == 0

NO_POLICY = {"DC908-bad-not-yet-held", "DC908-bad-scheduled", "DC908-good-scheduled"}
"""What can be only before there is a policy: a revision adopted for a day to come."""

ALSO = {
    **{case: {"DC401"} for case in NO_POLICY},
    "DC117": {"DC904"},  # a link in place of a folder
    "DC118": {"DC904"},  # a folder that cannot be opened
    "DC122": {"DC121"},  # two files of one id cannot both be named after it
    "DC138": {"DC901"},
    "DC233-bad-event-early": {"DC234"},  # in_force has the right day
    "DC236-bad-shared": {"DC246"},
    "DC241-bad": {"DC246"},
    "DC301-bad": {"DC302"},
    "DC301-bad-same-day": {"DC302"},
    "DC301-bad-twice": {"DC302", "DC303"},
    "DC301-bad-unknown": {"DC302"},
    "DC302-bad": {"DC412"},  # the signatures of the text that was issued are no longer for what the file holds
    "DC303-bad-after-one": {"DC304"},  # and so one of them names what was not before it
    "DC305-bad-before": {"DC302"},  # the file holds what begins earlier
    "DC305-bad-signed-before": {"DC304"},
    "DC303-bad": {"DC306"},  # only one of the two texts can lie in the archive
    "DC309": {"DC215"},  # nobody uses its forms any more
    "DC402-bad-edited": {"DC411"},
    "DC406-bad-threshold": {"DC402"},  # nor can enough persons have signed it
    "DC420-bad-rejected": {"DC421"},
    "DC423-bad": {"DC430"},  # its signature is left
    "DC423-bad-archive": {"DC306"},
    "DC423-bad-policy": {"DC428", "DC430"},
    "DC310-bad": {"DC215"},
    "DC428-bad": {"DC430"},
    "DC428-bad-policy": {"DC430"},
    "DC428-bad-record": {"DC430"},
    "DC428-bad-change": {"DC423", "DC430"},
    "DC501-good-part": {"DC505"},  # something inside what is cited ended
    "DC502-good-over": {"DC513"},
    "DC503-good-ahead": {"DC508"},
    "DC506-bad-ended": {"DC501"},
    "DC506-good-ends-after": {"DC501"},
    "DC507-bad-event": {"DC505"},  # of the change that an event without a day acts on
    "DC509-bad-event": {"DC505"},
    "DC509-good-after": {"DC505"},  # once confirmed, it weighs
    "DC513-good-still": {"DC505"},
    "DC514-good-substance": {"DC505"},
    "DC703-bad-replaced": {"DC701"},  # nothing serves the successor yet
    "DC901": {"DC138"},
    "DC904": {"DC131", "DC132"},  # the reason why organisation.yaml cannot be read
    "DC905-bad-unread": {"DC908"},
    "DC905-good-detailed": {"DC510"},
    "DC906-bad": {"DC502", "DC908"},  # the suspension that is said to be amended; the register has an error
    "DC906-bad-event": {"DC505", "DC908"},  # what is said to end in part
    "DC906-bad-several": {"DC908"},  # the register has an error
    "DC906-bad-target": {"DC908"},
    "DC906-good-event": {"DC505"},
    "DC907": {"DC505"},
}
"""What else the examples of a code, or one of them, may say."""

SEVERITY = {
    "DC302-bad-adopted": "warning",  # nobody has signed it
    "DC243-bad-early": "note",
    "DC243-bad-soon": "note",
    "DC308-bad-late": "error",
    "DC311-bad-words": "warning",
    "DC404-bad-role": "warning",
    "DC505-bad-day-after": "error",
    "DC505-bad-overdue": "error",
}
"""How much an example's finding weighs, where it is not what its code says."""


@dataclass(frozen=True)
class Result:
    """How a run of the command line ended, and what it wrote to standard output."""

    status: int
    out: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.out)["findings"]
        return found


Run = Callable[..., Result]

# -- cases that files in Git cannot express ---------------------------------------------------


PROCEDURE = "procedures/QT-02.yaml"
LARGEST = 1024 * 1024
LEVELS = 40


def _text() -> str:
    return (EXAMPLES / "DC104" / "good" / PROCEDURE).read_text(encoding="utf-8")


def _put(folder: Path, text: str) -> Place:
    (folder / PROCEDURE).write_bytes(text.encode())
    return Place(PROCEDURE)


def _size(bytes_: int) -> Maker:
    def make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
        text = _text()
        return _put(folder, text + "#" * (bytes_ - len(text.encode()) - 1) + "\n")

    return make


def _depth(levels: int) -> Maker:
    """A list at this level, the document itself being the first."""

    def make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
        lists = levels - 1
        _put(folder, "extra: " + "[" * lists + "]" * lists + "\n" + _text())
        return Place(PROCEDURE, 1, len("extra: ") + lists)

    return make


def _aside(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document and, beside the folders that are read, a link."""
    _put(folder, _text())
    (folder / "ban-nhap.yaml").symlink_to(PROCEDURE)


def _link(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    (folder / "QT-02.yaml").write_bytes(_text().encode())
    (folder / PROCEDURE).symlink_to("../QT-02.yaml")
    return Place(PROCEDURE)


def _pipe(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    os.mkfifo(folder / PROCEDURE)
    return Place(PROCEDURE)


def _mode(path: str, mode: int) -> Maker:
    def make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
        _put(folder, _text())
        (folder / path).chmod(mode)
        return Place(path)

    return make


def _ends(end: str) -> Maker:
    def make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
        text = _text()
        _put(folder, text.replace("\n", end))
        return Place(PROCEDURE, 1, text.index("\n") + 1)

    return make


def _validators_differ(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The fast validator objects to a title the reference accepts; no real document is known that does it."""
    fast = docctl.schema._fast
    error = SimpleNamespace(instance_path=["title"], message="an invented objection")

    class Odd:
        def is_valid(self, value: Any) -> bool:
            return value.get("id") != "QT-02" and fast("procedure").is_valid(value)

        def iter_errors(self, value: Any) -> Iterator[SimpleNamespace]:
            yield error

    monkeypatch.setattr(docctl.schema, "_fast", lambda kind: Odd() if kind == "procedure" else fast(kind))
    _put(folder, _text())
    return Place(PROCEDURE, 3, len("title: ") + 1)


def _validators_agree(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _put(folder, _text())


def _git_of(owner: int | None) -> Maker:
    def make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
        git = folder / ".git"
        git.mkdir()
        (git / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
        if owner is not None:
            if not IS_ROOT:
                pytest.skip("only root can give a directory to somebody else")
            os.chown(git, owner, owner)
        return Place("docctl.toml")

    return make


def _scheduled(*, another: bool) -> Maker:
    """The file holds a revision that begins later; ``another`` is in force until then."""

    def make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
        text = (EXAMPLES / "DC908" / "good" / PROCEDURE).read_text(encoding="utf-8")
        change = "revision: 1\nchange: { reason: improvement, summary: Rút ngắn thời gian phân công }\n"
        place = _put(folder, text.replace("revision: 0\n", change))
        digest = docctl.open(folder).procedure("QT-02").digest()
        entries = [(0, "0" * 64, ADOPTED)] if another else []
        lines = [
            f'  - {{ document: QT-02, issue: 1, revision: {number}, digest: {content}, effective_from: "{day}" }}\n'
            for number, content, day in [*entries, (1, digest, "2026-01-01")]
        ]
        (folder / "adopted.yaml").write_text(
            "".join(["format: docctl/adopted/v1\nadopted:\n", *lines]), encoding="utf-8"
        )
        return place

    return make


def _parted(path: str, here: str | None, there: str | None, line: int, column: int) -> Maker:
    """Two branches that have parted; each has given QT-01 another title under a path, or done nothing."""

    def make(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
        for name, value in CLEAN.items():
            monkeypatch.setenv(name, value)
        world = World(folder, folder)
        text = (folder / "procedures/QT-01.yaml").read_text(encoding="utf-8")
        text = text.replace("id: QT-01", f"id: {Path(path).stem}").replace(
            "2.000635", "2.000636" if "07" in path else "2.000635"
        )
        world.git("init", "-q", "-b", "main")
        world.commit()
        for branch, title in (("other", there), ("main", here)):
            world.git("switch", "-q", *(("-c",) if branch == "other" else ()), branch)
            if title is not None:
                world.write({path: text.replace("trích lục hộ tịch", title, 1)})
            world.commit()
        return Place(path, line, column)

    return make


MADE: dict[str, dict[str, Maker]] = {
    "DC312": {
        "bad": _parted("procedures/QT-01.yaml", "Một", "Hai", 5, 11),
        "good": _parted("procedures/QT-01.yaml", "Một", None, 1, 1),
        "good-same": _parted("procedures/QT-01.yaml", "Một", "Một", 1, 1),
    },
    "DC313": {
        "bad": _parted("procedures/QT-07.yaml", "Một", "Hai", 1, 1),
        "good": _parted("procedures/QT-07.yaml", "Một", None, 1, 1),
        "good-same": _parted("procedures/QT-07.yaml", "Một", "Một", 1, 1),
    },
    "DC116": {
        "bad-large": _size(LARGEST + 1), "bad-deep": _depth(LEVELS + 1), "good": _size(LARGEST),
    },
    "DC117": {"bad-link": _link, "bad-pipe": _pipe, "good": _aside},
    "DC118": {
        "bad-file": _mode(PROCEDURE, 0o000), "bad-folder": _mode("procedures", 0o000),
        "good": _mode(PROCEDURE, 0o444),
    },
    "DC119": {"bad": _ends("\r\n"), "good": _ends("\n")},
    "DC138": {"bad": _validators_differ, "good": _validators_agree},
    "DC901": {"bad": _validators_differ, "good": _validators_agree},
    "DC902": {"bad": _git_of(NOBODY), "good": _git_of(None)},
    "DC908": {"bad-scheduled": _scheduled(another=True), "good-scheduled": _scheduled(another=False)},
    **MADE_RECORDS,
}  # fmt: skip
"""Made cases by code and name; a name begins with ``bad`` or ``good``."""


# -- the cases --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """One example of a code: a folder laid over the base, or a function that changes a copy of it."""

    code: Code
    name: str

    @property
    def id(self) -> str:
        return f"{self.code.id}-{self.name}"

    @property
    def bad(self) -> bool:
        return self.name.startswith("bad")

    @property
    def outdated(self) -> bool:
        """Is it ``docctl outdated`` that is asked?"""
        return self.code.id in OUTDATED

    @property
    def covered(self) -> bool:
        """Is it ``docctl coverage`` that is asked?"""
        return self.code.id in COVERAGE

    @property
    def checked(self) -> bool:
        """Is it neither of the two, which ask about documents in force?"""
        return not self.outdated and not self.covered

    @property
    def verified(self) -> bool:
        """Does ``docctl verify`` say it too? It asks nothing where there is no policy."""
        return self.code.id in MADE_RECORDS and self.command[0] == "check" and self.code.id != "DC401"

    @property
    def command(self) -> tuple[str, ...]:
        """What is asked: a command with its options."""
        usual = ("check",) if self.checked else ("outdated" if self.outdated else "coverage", "--all")
        return ASKED.get(self.id) or ASKED.get(self.code.id) or (*usual, "--as-of", AS_OF)

    @property
    def also(self) -> set[str]:
        """What else it may say."""
        return ALSO.get(self.code.id, set()) | ALSO.get(self.id, set())

    @property
    def severity(self) -> str:
        return SEVERITY.get(self.id, self.code.severity.word)

    def build(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Place | None:
        """Makes the example in a new folder; says where the finding is expected."""
        _base(folder)
        place = self._lay(folder, monkeypatch)
        if self.id in NO_POLICY:
            shutil.rmtree(folder / "policy")
        if not self.checked:
            _adopt(folder, ADOPTED_EARLIER.get(self.code.id, ADOPTED))
        return place

    def _lay(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Place | None:
        maker = MADE.get(self.code.id, {}).get(self.name)
        if maker is not None:
            return maker(folder, monkeypatch)
        overlay = EXAMPLES / self.code.id / self.name
        shutil.copytree(overlay, folder, dirs_exist_ok=True)
        return _expected(self.code, overlay) if self.bad else None


def _base(folder: Path) -> None:
    """A ward without any finding, and its signed policy."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    office_of(folder).first_policy(created_at=FIRST_DAY)


def _adopt(folder: Path, since: str) -> None:
    """Every procedure that can be read is in force, apart from drafts and those that have an entry already."""
    drafts = folder / DRAFTS
    left = drafts.read_text(encoding="utf-8").split() if drafts.exists() else []
    drafts.unlink(missing_ok=True)
    repository = docctl.open(folder)
    left += [] if repository.adopted is None else [entry.document for entry in repository.adopted.body]
    ids = [document.body.id for document in repository.procedures if document.body.id not in left]
    if ids:
        policy, aside = folder / "policy", folder / ".before-the-policy"
        made = policy.is_dir()
        if made:  # adopting comes before there is one
            policy.rename(aside)
        assert main(["adopt", *ids, "--effective-from", since, "-C", str(folder), "--lang", "en"]) == 0
        if made:
            aside.rename(policy)


def _expected(code: Code, overlay: Path) -> Place:
    """The marked place of an overlay, or the one that ``bad.place`` names."""
    stated = overlay.with_name(f"{overlay.name}.place")
    if stated.exists():
        path, line, column = stated.read_text(encoding="utf-8").strip().rsplit(":", 2)
        return Place(path, int(line), int(column))
    marker = f"# <- {code.id}".encode()
    marked = [
        Place(path.relative_to(overlay).as_posix(), number, 0)
        for path in sorted(overlay.rglob("*.yaml"))
        for number, line in enumerate(path.read_bytes().split(b"\n"), 1)
        if line.rstrip().endswith(marker)
    ]
    assert len(marked) == 1, f"{overlay}: one line must end with {marker.decode()}"
    return marked[0]


def _cases(beginning: str) -> list[Any]:
    cases = [
        Case(code, name)
        for code in CODES.values()
        for name in sorted({*MADE.get(code.id, ()), *_folders(code)})
        if name.startswith(beginning)
    ]
    return [pytest.param(case, id=case.id) for case in cases]


def _folders(code: Code) -> list[str]:
    folder = EXAMPLES / code.id
    return [each.name for each in folder.iterdir() if each.is_dir()] if folder.is_dir() else []


# -- running them -----------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """An empty folder that other users may enter, which those of pytest are not."""
    if not IS_ROOT:
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(prefix="docctl-rules-") as name:
        path = Path(name).resolve()
        path.chmod(0o755)
        yield path
        (path / "procedures").chmod(0o755)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], folder: Path) -> Run:
    """The case's command in this process, or as another user where rights are to matter to root."""

    def ask(case: Case, *paths: str, form: str = "json", command: tuple[str, ...] = ()) -> Result:
        named = [str(folder / path) for path in paths]
        arguments = [*(command or case.command), *named, "-C", str(folder), "--format", form, "--lang", "en"]
        if case.code.id == "DC118" and IS_ROOT:
            return _as_nobody(arguments)
        capsys.readouterr()
        status = main(arguments)
        return Result(status, capsys.readouterr().out)

    return ask


def _as_nobody(arguments: list[str]) -> Result:
    if shutil.which("setpriv") is None:
        pytest.skip("root reads everything, and setpriv is not installed")
    python = [*AS_NOBODY, sys.executable, "-B"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    imports = "import docctl.cli.check, docctl.rules"
    able = subprocess.run([*python, "-c", imports], capture_output=True, env=environment)
    if able.returncode != 0:
        pytest.skip("other users cannot run this Python")
    done = subprocess.run([*python, "-m", "docctl", *arguments], capture_output=True, env=environment, cwd="/")
    return Result(done.returncode, done.stdout.decode())


def _state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Everything below a folder: modes, bytes, targets of links."""
    result = {}
    for path in sorted(folder.rglob("*")):
        if path.relative_to(folder).parts[:2] == (".git", "docctl"):
            continue  # what is remembered may be thrown away
        mode = path.lstat().st_mode
        data = b""
        if stat.S_ISLNK(mode):
            data = os.fsencode(path.readlink())
        elif stat.S_ISREG(mode) and os.access(path, os.R_OK):
            data = path.read_bytes()
        result[path.relative_to(folder).as_posix()] = (mode, data)
    return result


def _status(case: Case, result: Result) -> int:
    """How the command ends that has these findings."""
    weighing = {"error"} if case.checked else {"warning", "error"}
    return int(any(each["severity"] in weighing for each in result.findings))


def _said(result: Result, code: Code) -> list[dict[str, Any]]:
    return [each for each in result.findings if each["code"] == code.id]


def _stands_at(finding: dict[str, Any], place: Place) -> bool:
    if (finding["path"], finding["line"]) != (place.path, place.line):
        return False
    return place.column in (0, finding["column"])


def _without_fix(finding: dict[str, Any]) -> dict[str, Any]:
    """A finding alone: the way out may know less where the other files were not read."""
    return {key: value for key, value in finding.items() if key != "fix"}


def _words(text: str) -> str:
    """Text without line breaks and indentation, which only the width of the terminal decides."""
    return " ".join(text.split())


# -- the tests --------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_examples(code: str) -> None:
    names = {*MADE.get(code, ()), *_folders(CODES[code])}
    assert any(name.startswith("bad") for name in names)
    assert any(name.startswith("good") for name in names)


def test_every_example_has_a_code() -> None:
    assert {each.name for each in EXAMPLES.iterdir()} <= {"base", *CODES}
    assert set(MADE) <= set(CODES)
    assert {*ALSO, *SEVERITY, *ASKED} <= {*CODES, *(each.id for each in _cases(""))}


ANY_OF_CHECK, ANY_OF_OUTDATED = Case(CODES["DC101"], "base"), Case(CODES["DC501"], "base")


def test_the_base_says_nothing(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _base(folder)
    result = run(ANY_OF_CHECK)
    assert (result.status, result.findings) == (0, [])


def test_the_base_is_current(run: Run, folder: Path) -> None:
    _base(folder)
    _adopt(folder, ADOPTED)
    result = run(ANY_OF_OUTDATED)
    assert (result.status, result.findings) == (0, [])
    assert json.loads(result.out)["summary"]["verdicts"]["current"] == 1


@pytest.mark.parametrize("case", _cases("bad"))
def test_bad(case: Case, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = case.build(folder, monkeypatch)
    assert place is not None
    before = _state(folder)
    result = run(case)
    assert _state(folder) == before
    found = _said(result, case.code)
    assert [each for each in found if _stands_at(each, place)] == found != []
    assert {each["severity"] for each in found} == {case.severity}
    assert {each["code"] for each in result.findings} - {case.code.id} <= case.also
    assert result.status == _status(case, result)


@pytest.mark.parametrize("case", [each for each in _cases("bad") if each.values[0].verified])
def test_bad_in_verify(case: Case, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``docctl verify`` says of records what ``docctl check`` says, where the policy is the pinned one."""
    case.build(folder, monkeypatch)
    pinned = ("verify", "--policy-pin", office_of(folder).pin, "--as-of", AS_OF)
    assert _said(run(case, command=pinned), case.code) == _said(run(case), case.code) != []


@pytest.mark.parametrize("case", _cases("good"))
def test_good(case: Case, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case.build(folder, monkeypatch)
    before = _state(folder)
    result = run(case)
    assert _state(folder) == before
    assert _said(result, case.code) == []
    if not case.checked:
        assert {each["code"] for each in result.findings} <= case.also
    else:
        assert [each for each in result.findings if each["severity"] == "error"] == []
    assert result.status == _status(case, result)


@pytest.mark.parametrize("case", [each for each in _cases("good") if not each.values[0].checked])
def test_good_of_others_has_no_errors(case: Case, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What an example of ``docctl outdated`` or ``coverage`` shows is the law's doing, not a mistake in its files."""
    case.build(folder, monkeypatch)
    result = run(ANY_OF_CHECK)
    old = {"DC308"} if case.code.id in ADOPTED_EARLIER else set()  # nobody has looked at it since
    assert [each for each in result.findings if each["severity"] != "note" and each["code"] not in old] == []


@pytest.mark.parametrize("case", [each for each in _cases("bad") if each.values[0].code.id in SINGLE])
def test_bad_as_a_single_file(case: Case, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = case.build(folder, monkeypatch)
    assert place is not None
    whole = _said(run(case), case.code)
    alone = _said(run(case, place.path), case.code)
    assert [_without_fix(each) for each in alone] == [_without_fix(each) for each in whole] != []


@pytest.mark.parametrize("case", [each for each in _cases("bad") if each.values[0].checked])
def test_bad_in_words(case: Case, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case.build(folder, monkeypatch)
    monkeypatch.chdir(folder)  # paths are shown from here
    found = _said(run(case), case.code)
    text = run(case, form="text").out
    shown = _words(text)
    for each in found:
        where = f"{each['path']}:{each['line']}:{each['column']}: {each['severity']} {case.code.id}:"
        assert f"{where} {_words(each['message'])}" in shown
        assert f"fix: {_words(each['fix'] or case.code.remedy)}" in shown
    assert f"why: {_words(case.code.why)}" in shown


@pytest.mark.parametrize("case", [each for each in _cases("bad") if each.values[0].outdated])
def test_bad_in_words_of_outdated(case: Case, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Verdicts are shown by what happened, with a row for each procedure; other findings one by one."""
    case.build(folder, monkeypatch)
    monkeypatch.chdir(folder)
    found = _said(run(case), case.code)
    text = run(case, form="text").out
    shown = _words(text)
    for each in found:
        if "evidence" in each:
            label = f"{LABELS[Verdict(each['verdict'])]}  "
            element = each["evidence"][0]
            assert (f"\n\n{OVERDUE} · {label}" if each["overdue"] else f"\n\n{label}") in text
            row = next(line for line in text.splitlines() if line.startswith(f"  {element['procedure']}  "))
            assert f"  {element_words(element['element'])}  " in row
        else:
            where = f"{each['path']}:{each['line']}: {each['severity']} {case.code.id}:"
            assert f"{where} {_words(each['message'])}" in shown
            assert _words(each["fix"] or "") in shown


@pytest.mark.parametrize("case", [each for each in _cases("bad") if each.values[0].covered])
def test_bad_in_words_of_coverage(case: Case, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Entries without a document in force are rows of a table; all else is said one by one, below its document."""
    case.build(folder, monkeypatch)
    monkeypatch.chdir(folder)
    found = _said(run(case), case.code)
    text = run(case, form="text").out
    for each in found:
        if case.code.id in ("DC701", "DC702"):
            code = "1.004873" if case.code.id == "DC701" else "2.000635"
            assert f"\n  {code}  " in text
        else:
            where = f"{each['path']}:{each['line']}: {each['severity']} {case.code.id}:"
            assert f"{where} {_words(each['message'])}" in _words(text)
            assert _words(each["fix"] or "") in _words(text)


@pytest.mark.parametrize("case", [each for each in _cases("bad") if not each.values[0].checked])
def test_bad_as_annotations(case: Case, run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case.build(folder, monkeypatch)
    monkeypatch.chdir(folder)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    found = _said(run(case), case.code)
    lines = run(case, form="github").out.splitlines()
    commands = {"error": "error", "warning": "warning", "note": "notice"}
    for each in found:
        words = f"{each['message']}%0A{each['fix'] or case.code.remedy}"
        where = f"{each['path']}:{each['line']}:{each['column']}: {case.code.id}:"
        said = [line for line in lines if line.endswith(f"::{where} {words}")]
        assert [line.split()[0] for line in said] == [f"::{commands[each['severity']]}"]
