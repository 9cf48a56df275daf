"""The hooks for pre-commit, as a user has them: the real program, installed from a tag of this source, offline."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from gitworld import CLEAN, FORM, World, adopt, broken, procedure, state

CHECKOUT = Path(__file__).resolve().parents[1]
WHEELHOUSE = os.environ.get("DOCCTL_WHEELHOUSE", "")
IDENTITY = ("-c", "user.name=Bình", "-c", "user.email=binh@example.org")
CONFIG = """\
repos:
  - repo: {source}
    rev: v0
    hooks:
      - id: docctl-check
      - id: docctl-check-repo
      - id: docctl-outdated
        stages: [manual]
"""

pytestmark = [
    pytest.mark.skipif(not WHEELHOUSE, reason="DOCCTL_WHEELHOUSE names no folder of wheels; make test gives one"),
    pytest.mark.skipif(
        not (CHECKOUT / ".git").exists() or not (CHECKOUT / "pyproject.toml").exists(),
        reason=f"{CHECKOUT} is no checkout of docctl's source",
    ),
    pytest.mark.skipif(find_spec("pre_commit") is None, reason="pre-commit is not installed"),
]


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Git repository of docctl's source with a tag: what Git tracks, or would if it were added."""
    target = tmp_path_factory.mktemp("source") / "docctl"
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listing, cwd=CHECKOUT, capture_output=True, check=True).stdout
    for name in filter(None, os.fsdecode(names).split("\0")):
        if (CHECKOUT / name).is_file():
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(CHECKOUT / name, target / name)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"], ["tag", "v0"]):
        subprocess.run(["git", *command], cwd=target, env=os.environ | CLEAN, check=True)
    return target


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environment it builds once."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def hooked(world: World, source: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """The agency of gitworld with docctl's hooks installed."""
    settings = {
        "PRE_COMMIT_HOME": str(home), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": WHEELHOUSE,
        "PIP_CONFIG_FILE": os.devnull, "PRE_COMMIT_COLOR": "never",
    }  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    for name in ("PYTHONPATH", "PYTHONSAFEPATH"):  # or the hook would run this tree's source
        monkeypatch.delenv(name, raising=False)
    install(world, source)
    return world


def install(world: World, source: Path) -> None:
    (world.top / ".pre-commit-config.yaml").write_text(CONFIG.format(source=source))
    world.git("add", "-A")
    world.git("commit", "-qm", "hooks")
    done = pre_commit(world, "install")
    assert done.returncode == 0, done.stdout


def pre_commit(world: World, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pre_commit", *arguments]
    return subprocess.run(
        command, cwd=world.top, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True, timeout=300
    )


def commit(world: World, *arguments: str, cwd: Path | None = None) -> tuple[bool, str]:
    """``git commit``: was a commit made, and what was said."""
    before = world.git("rev-parse", "HEAD")
    done = world.try_git("commit", "-m", "change", *arguments, cwd=cwd)
    made = world.git("rev-parse", "HEAD") != before
    assert made == (done.returncode == 0)
    return made, (done.stdout + done.stderr).decode()


def test_good_commit(hooked: World) -> None:
    hooked.write({"procedures/QT-03.yaml": procedure("QT-03"), "organisation.yaml": organisation(hooked) + "# x\n"})
    hooked.git("add", "-A")
    made, said = commit(hooked)
    assert made, said
    assert "docctl check (changed files)" in said
    assert "Passed" in said


def organisation(world: World) -> str:
    return (world.root / "organisation.yaml").read_text(encoding="utf-8")


def test_the_hook_installed_is_that_of_the_tag(hooked: World, home: Path) -> None:
    hooked.write({"procedures/QT-03.yaml": procedure("QT-03")})
    hooked.git("add", "-A")
    assert commit(hooked)[0]
    (package,) = home.glob("repo*/py_env*/lib/python*/site-packages/docctl")
    assert (package / "schemas" / "procedure.schema.json").is_file()


def test_broken_procedure_is_refused(hooked: World) -> None:
    hooked.write({"procedures/QT-03.yaml": broken("QT-03")})
    hooked.git("add", "-A")
    made, said = commit(hooked)
    assert not made
    assert "procedures/QT-03.yaml:12:" in said
    assert "error DC203:" in said
    assert "khong-ai" in said


def test_files_that_are_none_of_docctl(hooked: World) -> None:
    hooked.write({"README.md": "x", "procedures/notes.txt": "x", "forms/BM-01.docx": FORM + b"x"})
    hooked.git("add", "-A")
    made, said = commit(hooked)
    assert made, said
    assert "(no files to check)Skipped" in said


def test_only_changed_files_are_checked(hooked: World) -> None:
    hooked.write({"procedures/QT-03.yaml": broken("QT-03")})
    hooked.git("add", "-A")
    assert commit(hooked, "--no-verify")[0]
    hooked.write({"procedures/QT-01.yaml": procedure(title="Khác")})
    hooked.git("add", "-A")
    made, said = commit(hooked)
    assert made, said


def test_removed_file(hooked: World) -> None:
    hooked.git("rm", "-q", "procedures/QT-01.yaml")
    made, said = commit(hooked)
    assert made, said


def test_staged_good_and_work_tree_broken(hooked: World) -> None:
    hooked.write({"procedures/QT-01.yaml": procedure(title="Khác")})
    hooked.git("add", "-A")
    hooked.write({"procedures/QT-01.yaml": broken()})
    made, said = commit(hooked)
    assert made, said
    assert (hooked.root / "procedures" / "QT-01.yaml").read_text() == broken()
    assert hooked.check("--at", "HEAD").status == 0


def test_staged_broken_and_work_tree_good(hooked: World) -> None:
    hooked.write({"procedures/QT-01.yaml": broken()})
    hooked.git("add", "-A")
    hooked.write({"procedures/QT-01.yaml": procedure()})
    made, said = commit(hooked)
    assert not made
    assert "DC203" in said
    assert (hooked.root / "procedures" / "QT-01.yaml").read_text() == procedure()


@pytest.mark.parametrize("arguments", [["-a"], ["--", "procedures/QT-01.yaml"]])
def test_commit_of_what_was_not_added(hooked: World, arguments: list[str]) -> None:
    hooked.write({"procedures/QT-01.yaml": broken()})
    made, said = commit(hooked, *arguments)
    assert not made
    assert "DC203" in said
    hooked.write({"procedures/QT-01.yaml": procedure(title="Khác")})
    made, said = commit(hooked, *arguments)
    assert made, said


def test_commit_of_one_path_leaves_the_other_alone(hooked: World) -> None:
    hooked.write({"procedures/QT-01.yaml": procedure(title="Khác"), "procedures/QT-02.yaml": broken("QT-02")})
    hooked.git("add", "procedures/QT-02.yaml")
    made, said = commit(hooked, "--", "procedures/QT-01.yaml")
    assert made, said
    assert hooked.check("--at", "HEAD").status == 0
    assert hooked.check("--staged").codes >= {"DC203"}
    assert not commit(hooked)[0]


def test_linked_worktree(hooked: World, tmp_path: Path) -> None:
    hooked.git("worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    side = World(tmp_path / "side", tmp_path / "side")
    side.write({"procedures/QT-01.yaml": broken()})
    made, said = commit(side, "-a")
    assert (made, "DC203" in said) == (False, True)
    side.write({"procedures/QT-01.yaml": procedure(title="Khác")})
    made, said = commit(side, "-a")
    assert made, said


def test_root_below_the_git_root(hooked: World, source: Path, tmp_path: Path) -> None:
    below = World.make(tmp_path / "all", below="agencies/Phường Thử")
    install(below, source)
    below.write({"procedures/QT-01.yaml": broken()})
    made, said = commit(below, "-a", cwd=below.root / "procedures")
    assert not made
    assert "agencies/Phường Thử/procedures/QT-01.yaml:" in said
    below.write({"procedures/QT-01.yaml": procedure(title="Khác")})
    made, said = commit(below, "-a", cwd=below.root / "procedures")
    assert made, said


def test_two_roots_in_one_commit(hooked: World, source: Path, tmp_path: Path) -> None:
    one = World.make(tmp_path / "all", below="one")
    two = World(one.top, one.top / "two")
    shutil.copytree(one.root, two.root)
    install(one, source)
    one.write({"procedures/QT-01.yaml": broken()})
    two.write({"procedures/QT-02.yaml": broken("QT-02")})
    made, said = commit(one, "-a")
    assert not made
    assert "one/procedures/QT-01.yaml:" in said
    assert "two/procedures/QT-02.yaml:" in said


def test_link_is_refused(hooked: World) -> None:
    """pre-commit passes links to no hook of ``types: [file]``; the check of the whole repository sees them."""
    (hooked.root / "procedures" / "QT-03.yaml").symlink_to("QT-01.yaml")
    hooked.git("add", "-A")
    done = pre_commit(hooked, "run", "--hook-stage", "manual", "docctl-check-repo")
    assert done.returncode == 1, done.stdout
    assert "DC117" in done.stdout


def test_whole_repository(hooked: World) -> None:
    done = pre_commit(hooked, "run", "--hook-stage", "manual", "docctl-check-repo")
    assert done.returncode == 0, done.stdout
    assert "docctl check (whole repository)" in done.stdout
    (hooked.root / "forms" / "BM-01.docx").write_bytes(FORM + b"x")
    hooked.git("add", "-A")
    done = pre_commit(hooked, "run", "--hook-stage", "manual", "docctl-check-repo")
    assert done.returncode == 1, done.stdout
    assert "DC212" in done.stdout


def test_whole_repository_before_a_push(hooked: World, tmp_path: Path) -> None:
    hooked.git("init", "-q", "--bare", str(tmp_path / "remote"))
    assert pre_commit(hooked, "install", "-t", "pre-push").returncode == 0
    assert hooked.try_git("push", str(tmp_path / "remote"), "main").returncode == 0
    hooked.git("rm", "-q", "forms/BM-01.docx")
    assert commit(hooked)[0]
    done = hooked.try_git("push", str(tmp_path / "remote"), "main")
    assert done.returncode == 1
    assert b"DC211" in done.stdout + done.stderr


def test_all_files(hooked: World) -> None:
    hooked.write({f"procedures/QT-{number}.yaml": procedure(f"QT-{number}") for number in range(10, 60)})
    hooked.git("add", "-A")
    done = pre_commit(hooked, "run", "--all-files")
    assert done.returncode == 0, done.stdout


def test_the_hook_changes_nothing(hooked: World) -> None:
    hooked.write({"procedures/QT-03.yaml": broken("QT-03"), "procedures/QT-01.yaml": procedure(title="Khác")})
    hooked.git("add", "-A")
    before = {path: kept for path, kept in state(hooked.top).items() if "/.git/" not in f"{path}/"}
    made, said = commit(hooked)
    assert not made
    assert "files were modified" not in said
    assert {path: kept for path, kept in state(hooked.top).items() if "/.git/" not in f"{path}/"} == before


def test_identity_given_with_the_command(hooked: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in CLEAN:
        if name.endswith(("_NAME", "_EMAIL")):
            monkeypatch.delenv(name)
    hooked.write({"procedures/QT-01.yaml": broken()})
    refused = hooked.try_git(*IDENTITY, "commit", "-am", "x")
    assert (refused.returncode, b"DC203" in refused.stdout + refused.stderr) == (1, True)
    hooked.write({"procedures/QT-01.yaml": procedure(title="Khác")})
    hooked.git(*IDENTITY, "commit", "-qam", "x")
    assert hooked.git("log", "-1", "--format=%an") == "Bình"


def test_outdated(hooked: World) -> None:
    hooked.write({
        "legal/61-2018-nd-cp.yaml": TEXT.format(number="61/2018/NĐ-CP", rest=""),
        "legal/118-2025-nd-cp.yaml": TEXT.format(number="118/2025/NĐ-CP", rest=REPLACES),
        "procedures/QT-01.yaml": procedure().replace("[]", "[{ text: 61/2018/NĐ-CP }]", 1),
    })  # fmt: skip
    arguments = ["run", "--hook-stage", "manual", "docctl-outdated"]
    done = pre_commit(hooked, *arguments)
    assert done.returncode == 1, done.stdout
    assert "DC908" in done.stdout, "nothing is known to be in force"
    adopted = adopt(hooked.root, "--all", "--effective-from", "2019-01-01")
    assert adopted.status == 0, adopted.err
    hooked.commit()
    before = {path: kept for path, kept in state(hooked.top).items() if "/.git/" not in f"{path}/"}
    done = pre_commit(hooked, *arguments)
    assert done.returncode == 1, done.stdout
    assert "118/2025/NĐ-CP replaces 61/2018/NĐ-CP from 2025-07-01" in " ".join(done.stdout.split())
    assert {path: kept for path, kept in state(hooked.top).items() if "/.git/" not in f"{path}/"} == before
    (hooked.root / "legal" / "118-2025-nd-cp.yaml").write_text(TEXT.format(number="118/2025/NĐ-CP", rest=""))
    hooked.commit()
    done = pre_commit(hooked, *arguments)
    assert done.returncode == 0, done.stdout


TEXT = """\
format: docctl/legal-text/v1
number: {number}
kind: decree
title: Cơ chế một cửa
issuer: [Chính phủ]
issued: "2018-01-01"
in_force: [{{ from: "2018-01-01" }}]
checked: "2099-12-31"
{rest}"""
REPLACES = """\
events:
  - id: e1
    kind: replace
    source: { quote: Nghị định này thay thế }
    target: { text: 61/2018/NĐ-CP }
    effect: { from: "2025-07-01" }
    recorded: "2025-07-01"
    confirmed: { by: can-bo, "on": "2025-07-01" }
"""
