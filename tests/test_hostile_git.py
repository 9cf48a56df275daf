"""Reading a hostile Git repository: nothing of its configuration runs, nothing leaked leads elsewhere.

Every fixture is first shown to bite: plain git, in the same repository, runs the payload (which makes
a marker file) or answers differently. Then docctl must answer as before, without the marker.
"""

from __future__ import annotations

import ast
import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from gitworld import Answer, World, broken, procedure

import docctl

EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
CHOICES: Sequence[Sequence[str]] = ((), ("--staged",), ("--at", "HEAD"), ("--at", "main"))


@dataclass(frozen=True)
class Trap:
    """A world with a program in it that nobody should run."""

    world: World
    payload: Path
    marker: Path

    def bites(self, *arguments: str, given: bytes = b"") -> None:
        """Shows that a plain git command runs the payload, and takes the marker away again."""
        self.world.try_git(*arguments, given=given)
        assert self.marker.exists(), arguments
        self.marker.unlink()

    def bites_on_a_terminal(self, *arguments: str) -> None:
        """The same for what git does only where its output is a terminal."""
        leader, terminal = os.openpty()
        environment = {**os.environ, "TERM": "xterm"}
        subprocess.run(["git", *arguments], cwd=self.world.top, stdout=terminal, env=environment, check=False)
        os.close(terminal)
        os.close(leader)
        assert self.marker.exists(), arguments
        self.marker.unlink()


@pytest.fixture
def trap(world: World, tmp_path: Path) -> Trap:
    marker = tmp_path / "marker"
    payload = tmp_path / "payload"
    payload.write_text(f'#!/bin/sh\n: >"{marker}"\ncat >/dev/null </dev/null\nexit 0\n')
    payload.chmod(0o755)
    return Trap(world, payload, marker)


def answers(world: World) -> list[tuple[int, str]]:
    """What docctl says about work tree, index and commit."""
    return [world.check(*choice).same for choice in CHOICES]


# -- what a repository's own configuration would run -----------------------------------------------


def fsmonitor(trap: Trap) -> None:
    trap.world.config(f"core.fsmonitor={trap.payload}")
    trap.bites("status")
    trap.bites("ls-files", "--stage")


def hooks_path(trap: Trap) -> None:
    hooks = trap.payload.parent / "elsewhere"
    hooks.mkdir()
    for name in ("pre-commit", "post-index-change", "reference-transaction", "post-checkout"):
        (hooks / name).symlink_to(trap.payload)
    trap.world.config(f"core.hooksPath={hooks}")
    trap.bites("commit", "-qm", "x", "--allow-empty")
    trap.bites("update-ref", "refs/heads/other", "HEAD")


def hooks(trap: Trap) -> None:
    folder = trap.world.top / ".git" / "hooks"
    folder.mkdir(exist_ok=True)
    for name in ("pre-commit", "post-index-change", "reference-transaction", "fsmonitor-watchman"):
        (folder / name).symlink_to(trap.payload)
    trap.bites("commit", "-qm", "x", "--allow-empty")


def external_diff(trap: Trap) -> None:
    trap.world.config(f"diff.external={trap.payload}")
    trap.bites("diff", EMPTY_TREE, "HEAD")


def attributes(trap: Trap, text: str) -> None:
    (trap.world.top / ".gitattributes").write_text(text)
    trap.world.commit()


def diff_driver(trap: Trap) -> None:
    attributes(trap, "* diff=evil\n")
    trap.world.config(f"diff.evil.command={trap.payload}")
    trap.bites("diff", EMPTY_TREE, "HEAD")


def textconv(trap: Trap) -> None:
    attributes(trap, "* diff=evil\n")
    trap.world.config(f"diff.evil.textconv={trap.payload}")
    trap.bites("diff", EMPTY_TREE, "HEAD")
    trap.bites("cat-file", "--textconv", "HEAD:docctl.toml")


def clean_filter(trap: Trap) -> None:
    attributes(trap, "* filter=evil\n")
    trap.world.config(f"filter.evil.clean={trap.payload}", f"filter.evil.smudge={trap.payload}")
    trap.bites("hash-object", "docctl.toml")
    trap.bites("cat-file", "--filters", "HEAD:docctl.toml")


def process_filter(trap: Trap) -> None:
    attributes(trap, "* filter=evil\n")
    trap.world.config(f"filter.evil.process={trap.payload}", "filter.evil.required=true")
    trap.bites("hash-object", "docctl.toml")


def attributes_outside_the_tree(trap: Trap) -> None:
    file = trap.payload.parent / "attributes"
    file.write_text("* filter=evil\n")
    trap.world.config(f"filter.evil.clean={trap.payload}", f"core.attributesFile={file}")
    trap.bites("hash-object", "docctl.toml")


def pager(trap: Trap) -> None:
    commands = ("log", "cat-file", "ls-files", "ls-tree", "rev-parse")
    trap.world.config(f"core.pager={trap.payload}", *(f"pager.{name}={trap.payload}" for name in commands))
    trap.bites_on_a_terminal("ls-tree", "HEAD")


def alias(trap: Trap) -> None:
    for name in ("zz", "ls-files", "ls-tree", "cat-file", "rev-parse"):
        trap.world.config(f"alias.{name}=!{shlex.quote(str(trap.payload))}")
    trap.bites("zz")


def credential_helper(trap: Trap) -> None:
    trap.world.config(f"credential.helper=!{trap.payload}", f"core.askPass={trap.payload}")
    trap.bites("credential", "fill", given=b"protocol=https\nhost=example.invalid\n\n")


def included_file(trap: Trap) -> None:
    file = trap.payload.parent / "included"
    file.write_text(f"[core]\n\tfsmonitor = {trap.payload}\n")
    trap.world.config(f"include.path={file}")
    trap.bites("status")


def file_included_on_a_condition(trap: Trap) -> None:
    file = trap.payload.parent / "included"
    file.write_text(f"[core]\n\tfsmonitor = {trap.payload}\n")
    trap.world.config(f"includeIf.onbranch:main.path={file}")
    trap.bites("status")


def configuration_of_the_worktree(trap: Trap) -> None:
    trap.world.config("extensions.worktreeConfig=true")
    trap.world.git("config", "--worktree", "core.fsmonitor", str(trap.payload))
    trap.bites("status")


def ssh_command(trap: Trap) -> None:
    trap.world.config(f"core.sshCommand={trap.payload}", "remote.origin.url=ssh://example.invalid/x")
    trap.bites("ls-remote", "origin")


def signing_program(trap: Trap) -> None:
    trap.world.config(f"gpg.program={trap.payload}", "commit.gpgSign=true", "log.showSignature=true")
    trap.bites("commit", "-qm", "x", "--allow-empty")


def submodule_update(trap: Trap) -> None:
    world = trap.world
    world.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(world.top), "vendor")
    world.commit()
    world.config(f"submodule.vendor.update=!{trap.payload}", "submodule.recurse=true")
    world.git("-C", "vendor", "config", "core.fsmonitor", str(trap.payload))
    trap.bites("-C", "vendor", "status")


CONFIGURED: Sequence[Callable[[Trap], None]] = (
    fsmonitor, hooks_path, hooks, external_diff, diff_driver, textconv, clean_filter, process_filter,
    attributes_outside_the_tree, pager, alias, credential_helper, included_file, file_included_on_a_condition,
    configuration_of_the_worktree, ssh_command, signing_program, submodule_update,
)  # fmt: skip


@pytest.mark.parametrize("arm", CONFIGURED, ids=lambda arm: arm.__name__)
def test_configuration_runs_nothing(trap: Trap, arm: Callable[[Trap], None]) -> None:
    before = answers(trap.world)
    arm(trap)
    assert answers(trap.world) == before
    assert not trap.marker.exists()
    assert before[0][0] == 0


# -- a remote that promises the missing objects ----------------------------------------------------


def ext_protocol(trap: Trap) -> Sequence[str]:
    return f"remote.origin.url=ext::{trap.payload}", "protocol.ext.allow=always"


def upload_pack(trap: Trap) -> Sequence[str]:
    source = trap.payload.parent / "source.git"
    trap.world.git("clone", "-q", "--bare", str(trap.world.top), str(source))
    return f"remote.origin.url={source}", f"remote.origin.uploadpack={trap.payload}", "protocol.file.allow=always"


def ssh(trap: Trap) -> Sequence[str]:
    return "remote.origin.url=ssh://example.invalid/x", f"core.sshCommand={trap.payload}", "protocol.ssh.allow=always"


def proxy(trap: Trap) -> Sequence[str]:
    return "remote.origin.url=git://example.invalid/x", f"core.gitProxy={trap.payload}", "protocol.git.allow=always"


PROMISES: Sequence[Callable[[Trap], Sequence[str]]] = (ext_protocol, upload_pack, ssh, proxy)


@pytest.mark.parametrize("kind", PROMISES, ids=lambda kind: kind.__name__)
def test_missing_objects_are_not_fetched(trap: Trap, kind: Callable[[Trap], Sequence[str]]) -> None:
    world = trap.world
    blob = world.blob_id("procedures/QT-01.yaml")
    world.config("core.repositoryFormatVersion=1", "extensions.partialClone=origin", "remote.origin.promisor=true")
    world.config(*kind(trap))
    world.loose(blob).unlink()
    trap.bites("cat-file", "-e", blob)
    staged = world.check("--staged")
    assert (staged.status, [path for _, path in staged.findings]) == (1, ["procedures/QT-01.yaml"])
    at = world.check("--at", "HEAD")
    assert at.status == 3 or "procedures/QT-01.yaml" in dict(at.findings).values(), at.err
    assert world.check("--at", "f" * 40).status == 3
    assert not trap.marker.exists()


def test_missing_tree_is_not_fetched(trap: Trap) -> None:
    world = trap.world
    world.config("core.repositoryFormatVersion=1", "extensions.partialClone=origin", "remote.origin.promisor=true")
    world.config(*ext_protocol(trap))
    tree = world.git("rev-parse", "HEAD:procedures")
    world.loose(tree).unlink()
    trap.bites("cat-file", "-e", tree)
    assert world.check("--at", "HEAD").status == 3
    assert not trap.marker.exists()


# -- objects that stand for others, and repositories inside ----------------------------------------


@pytest.mark.parametrize("kind", ["blob", "tree", "commit"])
def test_replaced_objects_are_read_as_they_are(world: World, kind: str) -> None:
    names = {"blob": ":procedures/QT-01.yaml", "tree": "^{tree}", "commit": "^{commit}"}
    good = world.git("rev-parse", f"HEAD{names[kind]}")
    before = answers(world)
    world.write({"procedures/QT-01.yaml": broken()})
    world.commit()
    bad = world.git("rev-parse", f"HEAD{names[kind]}")
    world.git("reset", "-q", "--hard", "HEAD~")
    world.git("replace", good, bad)
    assert world.git("cat-file", kind, good) == world.git("--no-replace-objects", "cat-file", kind, bad)
    assert answers(world) == before
    assert before[0][0] == 0


def test_replacement_hides_no_finding(world: World) -> None:
    good = world.blob_id("procedures/QT-01.yaml")
    world.write({"procedures/QT-01.yaml": broken()})
    world.commit()
    world.git("replace", world.blob_id("procedures/QT-01.yaml"), good)
    assert [world.check(*choice).codes for choice in CHOICES] == [{"DC203"}] * len(CHOICES)


def bare(trap: Trap, folder: Path) -> None:
    """A bare repository among the files, whose configuration runs the payload."""
    trap.world.git("init", "-q", "--bare", str(folder))
    settings = {"core.bare": "false", "core.worktree": str(trap.world.top), "core.fsmonitor": str(trap.payload)}
    for name, value in settings.items():
        trap.world.git("config", "--file", str(folder / "config"), name, value)
    assert trap.world.try_git("status", cwd=folder).returncode == 0
    assert trap.marker.exists()
    trap.marker.unlink()


def test_nested_bare_repository(trap: Trap) -> None:
    before = answers(trap.world)
    folder = trap.world.root / "vendor" / "evil.git"
    folder.parent.mkdir()
    bare(trap, folder)
    trap.world.commit()
    trap.marker.unlink(missing_ok=True)
    assert [trap.world.check(*choice, cwd=folder).same for choice in CHOICES] == before
    assert not trap.marker.exists()


def test_root_that_looks_like_a_bare_repository(trap: Trap, tmp_path: Path) -> None:
    below = World.make(tmp_path / "outer", below="agency")
    inner = Trap(below, trap.payload, trap.marker)
    before = answers(below)
    bare(inner, below.root)
    assert answers(below) == before
    assert not trap.marker.exists()


@pytest.mark.parametrize("setting", ["core.worktree=/", "core.bare=true", "core.worktree=../../nowhere"])
def test_configured_work_tree_does_not_count(world: World, setting: str) -> None:
    before = answers(world)
    world.git("config", "--file", ".git/config", *setting.split("="))
    assert world.try_git("rev-parse", "--show-toplevel").stdout.decode().strip() != str(world.top)
    assert answers(world) == before


def test_program_named_git_in_the_work_tree(trap: Trap) -> None:
    before = answers(trap.world)
    (trap.world.root / "git").symlink_to(trap.payload)
    assert answers(trap.world) == before
    assert not trap.marker.exists()


# -- variables that lead elsewhere -----------------------------------------------------------------


@pytest.fixture
def other(world: World, trap: Trap, tmp_path: Path) -> World:
    """Another agency's repository, with other content and a configuration that runs the payload."""
    other = World.make(tmp_path / "other", commit=False)
    other.write({"procedures/QT-01.yaml": broken(), "procedures/QT-77.yaml": procedure("QT-77")})
    other.commit()
    other.config(f"core.fsmonitor={trap.payload}")
    return other


LEAKS: dict[str, tuple[dict[str, str], list[str]]] = {
    "GIT_DIR": ({"GIT_DIR": "{other}/.git"}, ["rev-parse", "HEAD"]),
    "GIT_DIR and GIT_WORK_TREE": ({"GIT_DIR": "{other}/.git", "GIT_WORK_TREE": "{other}"}, ["rev-parse", "HEAD"]),
    "GIT_WORK_TREE": ({"GIT_WORK_TREE": "{other}"}, ["diff-files"]),
    "GIT_COMMON_DIR": ({"GIT_COMMON_DIR": "{other}/.git"}, ["cat-file", "-e", "HEAD"]),
    "GIT_INDEX_FILE": ({"GIT_INDEX_FILE": "{other}/.git/index"}, ["ls-files", "--stage"]),
    "GIT_OBJECT_DIRECTORY": ({"GIT_OBJECT_DIRECTORY": "{other}/.git/objects"}, ["cat-file", "-e", "HEAD:"]),
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": (
        {"GIT_ALTERNATE_OBJECT_DIRECTORIES": "{other}/.git/objects"}, ["cat-file", "-e", "{commit}"],
    ),
    "GIT_CONFIG_PARAMETERS": ({"GIT_CONFIG_PARAMETERS": "'core.fsmonitor'='{payload}'"}, ["status"]),
    "GIT_CONFIG_COUNT": (
        {"GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "core.fsmonitor", "GIT_CONFIG_VALUE_0": "{payload}"}, ["status"],
    ),
    "GIT_CONFIG_COUNT without sense": ({"GIT_CONFIG_COUNT": "x"}, ["status"]),
    "GIT_CONFIG_PARAMETERS without sense": ({"GIT_CONFIG_PARAMETERS": "x"}, ["status"]),
    "GIT_CONFIG_GLOBAL without sense": ({"GIT_CONFIG_GLOBAL": "{payload}"}, ["status"]),
    "GIT_CONFIG_GLOBAL": ({"GIT_CONFIG_GLOBAL": "{other}/.git/config"}, ["status"]),
    "GIT_CONFIG_SYSTEM": ({"GIT_CONFIG_SYSTEM": "{other}/.git/config", "GIT_CONFIG_NOSYSTEM": "0"}, ["status"]),
    "GIT_EXTERNAL_DIFF": ({"GIT_EXTERNAL_DIFF": "{payload}"}, ["diff", EMPTY_TREE, "HEAD"]),
    "GIT_SSH_COMMAND": ({"GIT_SSH_COMMAND": "{payload}"}, ["ls-remote", "ssh://example.invalid/x"]),
    "GIT_GLOB_PATHSPECS": ({"GIT_GLOB_PATHSPECS": "1"}, ["--literal-pathspecs", "ls-files", "x"]),
    "GIT_NOGLOB_PATHSPECS": ({"GIT_NOGLOB_PATHSPECS": "1", "GIT_GLOB_PATHSPECS": "1"}, ["ls-files", "x"]),
    "GIT_ICASE_PATHSPECS": ({"GIT_ICASE_PATHSPECS": "1"}, ["ls-files", "*DOCCTL.toml"]),
    "GIT_REPLACE_REF_BASE": ({"GIT_REPLACE_REF_BASE": "refs/heads"}, []),
    "GIT_NAMESPACE": ({"GIT_NAMESPACE": "other"}, []),
    "GIT_PREFIX": ({"GIT_PREFIX": "procedures/"}, []),
    "GIT_CEILING_DIRECTORIES": ({"GIT_CEILING_DIRECTORIES": "/"}, []),
    "GIT_DEFAULT_HASH": ({"GIT_DEFAULT_HASH": "sha256"}, []),
    "GIT_PAGER": ({"GIT_PAGER": "{payload}", "PAGER": "{payload}", "GIT_PAGER_IN_USE": "1"}, []),
    "GIT_ASKPASS": ({"GIT_ASKPASS": "{payload}", "SSH_ASKPASS": "{payload}", "GIT_SSH": "{payload}"}, []),
    "GIT_SHALLOW_FILE": ({"GIT_SHALLOW_FILE": "{other}/.git/HEAD"}, ["log"]),
    "GIT_GRAFT_FILE": ({"GIT_GRAFT_FILE": "{other}/.git/HEAD"}, []),
    "GIT_TRACE": ({"GIT_TRACE": "1", "GIT_TRACE_SETUP": "1", "GIT_TRACE_PERFORMANCE": "1"}, []),
    "GIT_LITERAL_PATHSPECS": ({"GIT_LITERAL_PATHSPECS": "0"}, []),
}  # fmt: skip


@pytest.mark.parametrize("name", [*LEAKS])
@pytest.mark.parametrize("below", ["", "agency"])
def test_leaked_variables_change_nothing(
    trap: Trap, other: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, below: str
) -> None:
    world = World.make(tmp_path / "made", below=below) if below else trap.world
    before = answers(world)
    variables, command = LEAKS[name]
    places = {"other": other.top, "payload": trap.payload, "commit": other.git("rev-parse", "HEAD")}
    trap.marker.unlink(missing_ok=True)
    filled = [each.format(**places) for each in command]
    environment = {key: value.format(**places) for key, value in variables.items()}
    if command:
        assert effect(world, filled, environment, trap) != effect(world, filled, {}, trap)
    for key, value in environment.items():
        monkeypatch.setenv(key, value)
    assert answers(world) == before
    assert not trap.marker.exists()


def effect(world: World, command: Sequence[str], environment: dict[str, str], trap: Trap) -> tuple[int, bytes, bool]:
    """What plain git says, and whether the payload ran."""
    done = world.try_git(*command, env=environment)
    ran = trap.marker.exists()
    trap.marker.unlink(missing_ok=True)
    return done.returncode, done.stdout, ran


@pytest.mark.parametrize("variable", ["HOME", "XDG_CONFIG_HOME"])
def test_settings_of_the_user_do_not_count(trap: Trap, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    home = trap.payload.parent / "home"
    (home / "git").mkdir(parents=True)
    for name in (".gitconfig", "git/config"):
        (home / name).write_text(f"[core]\n\tfsmonitor = {trap.payload}\n")
    before = answers(trap.world)
    monkeypatch.setenv(variable, str(home))
    monkeypatch.delenv("GIT_CONFIG_GLOBAL")
    trap.bites("status")
    assert answers(trap.world) == before
    assert not trap.marker.exists()


def test_an_index_file_that_a_link_leads_out_to(trap: Trap, other: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = answers(trap.world)
    (trap.world.top / ".git" / "theirs").symlink_to(other.top / ".git" / "index")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/theirs")
    assert "QT-77" in trap.world.git("ls-files")
    trap.marker.unlink(missing_ok=True)
    assert answers(trap.world) == before


def test_library_answers_alike(trap: Trap, other: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same through Python, as an application would ask."""
    monkeypatch.setenv("GIT_DIR", str(other.top / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.top / ".git" / "index"))
    repository = docctl.open(trap.world.root)
    for each in (repository, repository.staged(), repository.at("main")):
        assert [document.name for document in each.procedures] == ["QT-01", "QT-02"]
        assert each.check(date(2026, 11, 1)).findings == ()


# -- the gate itself --------------------------------------------------------------------------------


def test_only_reading_plumbing_runs_and_only_hardened(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    real = subprocess.run(["sh", "-c", "command -v git"], capture_output=True, check=True, text=True).stdout.strip()
    (tmp_path / "bin").mkdir()
    wrapper = tmp_path / "bin" / "git"
    wrapper.write_text(f'#!/bin/sh\n{{ printf "%s\\n" "$*"; env | grep ^GIT_; echo; }} >>"{log}"\nexec {real} "$@"\n')
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    answers(world)
    assert world.check("--at", "nobody").status == 3
    runs = log.read_text().strip().split("\n\n")
    for run in runs:
        arguments, *environment = run.splitlines()
        command = arguments.split("safe.bareRepository=explicit ")[1]
        assert command.startswith(ALLOWED), arguments
        assert arguments.startswith(OPTIONS), arguments
        assert set(environment) >= HARDENED, arguments
        assert f"GIT_DIR={world.top}/.git" in environment
    assert len(runs) >= 7


ALLOWED = (
    "cat-file --batch", "ls-files -z --stage", "ls-tree -z -r -l --full-tree", "rev-parse --verify --end-of-options",
    "rev-parse --disambiguate=", "for-each-ref --format=",
)  # fmt: skip
OPTIONS = (
    "--no-pager -c core.fsmonitor=false -c core.hooksPath=/dev/null -c protocol.allow=never "
    "-c safe.bareRepository=explicit "
)
HARDENED = {
    "GIT_ALTERNATE_OBJECT_DIRECTORIES=", "GIT_NAMESPACE=", "GIT_CONFIG_PARAMETERS=", "GIT_EXTERNAL_DIFF=",
    "GIT_CONFIG_COUNT=0", "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null", "GIT_NO_REPLACE_OBJECTS=1",
    "GIT_NO_LAZY_FETCH=1", "GIT_ALLOW_PROTOCOL=none", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0",
    "GIT_PAGER=cat", "GIT_LITERAL_PATHSPECS=1",
}  # fmt: skip


PACKAGE = Path(docctl.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))
GATE = PACKAGE / "store" / "git.py"
KEYGEN = GATE.with_name("keygen.py")
CERTIFICATES = GATE.parent.parent / "approval" / "certificates.py"


def imported(module: Path) -> set[str]:
    """Full names of all that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def within(names: set[str], *packages: str) -> set[str]:
    return {name for name in names if name.split(".")[0] in packages}


def test_only_the_gate_imports_git() -> None:
    assert len(MODULES) > 50
    for module in MODULES:
        expected = {"git.cmd.Git", "git.exc.GitCommandNotFound"} if module == GATE else set()
        assert within(imported(module), "git", "gitdb") == expected, module


def test_only_the_gate_starts_processes() -> None:
    for module in MODULES:
        expected = {"subprocess"} if module in (GATE, KEYGEN) else set()
        if module.name == "readers.py":
            # Copies of this process, which read; the second is the name of a type.
            expected = {"multiprocessing", "multiprocessing.process.BaseProcess"}
        if module == CERTIFICATES:
            expected = {"asyncio"}  # pyHanko is written for an event loop; nothing is started in it
        assert within(imported(module), "subprocess", "multiprocessing", "pty", "asyncio") == expected, module
        used = {node.attr for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if is_os(node)}
        assert not {name for name in used if name.startswith(("system", "popen", "exec", "spawn", "fork", "posix"))}


def is_os(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "os"


def test_the_gate_uses_one_method_of_one_class() -> None:
    tree = ast.parse(GATE.read_text(encoding="utf-8"))
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    owners = [(ast.unparse(node.value), node.attr) for node in attributes]
    assert {name for owner, name in owners if owner in ("program", "Git", "git")} == {"execute"}
    assert {name for owner, name in owners if owner == "subprocess"} == {"PIPE", "DEVNULL"}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    (execute,) = [call for call in calls if ast.unparse(call.func) == "program.execute"]
    options = {word.arg: ast.unparse(word.value) for word in execute.keywords}
    assert options.keys() == {"istream", "as_process", "env", "stdout_as_string", "strip_newline_in_stdout"}
    assert (options["as_process"], options["stdout_as_string"]) == ("True", "False")


def test_a_check_of_the_work_tree_imports_no_git(world: World) -> None:
    script = "import sys; from docctl.cli.main import main; status = main(['check']); sys.exit('git' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=world.root, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (0, b"")


def test_answers_compare_status_and_output(world: World) -> None:
    """Proof of the tests above: another content is another answer."""
    before = answers(world)
    world.write({"procedures/QT-01.yaml": broken()})
    world.commit()
    assert all(now != then for now, then in zip(answers(world), before, strict=True))
    assert isinstance(world.check(), Answer)
