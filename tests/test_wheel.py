"""What is tested is the built wheel; what it holds, what it costs, what it imports."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import docctl

PROJECT = Path(__file__).parent.parent
CORE_DISTRIBUTIONS = 17
CORE_BYTES = 45_000_000


def test_the_wheel_is_tested_not_the_source_tree() -> None:
    assert "site-packages" in Path(docctl.__file__).parts


def test_the_wheel_holds_schemas_catalogue_and_type_marker() -> None:
    package = Path(docctl.__file__).parent
    for name in ("schemas/procedure.schema.json", "locale/vi/LC_MESSAGES/docctl.mo", "py.typed"):
        assert (package / name).is_file(), name
    assert not list(package.rglob("*.po"))
    for path in (PROJECT / "schemas").glob("*.json"):
        assert (package / "schemas" / path.name).read_bytes() == path.read_bytes()


def test_one_version() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert metadata.version("docctl-qms") == docctl.__version__ == project["version"]


def core() -> set[str]:
    """Names of the distributions that a plain install brings."""
    found: set[str] = set()
    open_names = ["docctl-qms"]
    while open_names:
        name = open_names.pop().lower().replace("_", "-")
        if name in found:
            continue
        found.add(name)
        needed = [
            each for each in metadata.requires(name) or [] if "extra ==" not in each and "python_version <" not in each
        ]
        open_names += [re.split(r"[\s;\[<>=!~(]", each, maxsplit=1)[0] for each in needed]
    return found


def test_the_core_stays_small() -> None:
    names = core()
    assert len(names) <= CORE_DISTRIBUTIONS, sorted(names)
    size = sum(
        Path(str(each.locate())).stat().st_size
        for name in names
        for each in metadata.files(name) or []
        if Path(str(each.locate())).is_file() and not str(each).endswith(".pyc")
    )
    assert size <= CORE_BYTES, size


def modules(folder: Path, *arguments: str) -> set[str]:
    """The modules a command has imported when it ends, and its exit code 0."""
    code = (
        "import sys\nfrom docctl.cli.main import main\n"
        f"try: status = main({list(arguments)!r})\nexcept SystemExit as end: status = end.code\n"
        "print('\\n'.join(sys.modules), file=sys.stderr); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    names = done.stderr.split("\n")
    return {*names, *(name.split(".")[0] for name in names)}


HEAVY = {"git", "jsonschema", "markdown"}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"]])
def test_help_is_light(tmp_path: Path, arguments: list[str]) -> None:
    assert not modules(tmp_path, *arguments) & (
        HEAVY | {"yaml", "jsonschema_rs"} if arguments != ["check", "--help"] else HEAVY
    )


def test_a_valid_document_costs_neither_git_nor_jsonschema_nor_markdown(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "docctl", "init", "a", "--name", "Phường A", "--level", "commune"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )
    subprocess.run(
        [sys.executable, "-m", "docctl", "new", "procedure", "QT-01"],
        cwd=tmp_path / "a",
        check=True,
        capture_output=True,
    )
    imported = modules(tmp_path / "a", "check", "procedures/QT-01.yaml")
    assert "yaml" in imported
    assert not imported & HEAVY
    assert not modules(tmp_path / "a", "check") & HEAVY
    law = {
        "docctl.rules.register",
        "docctl.rules.currency",
        "docctl.currency",
        "docctl.model.legal_text",
        "docctl.verdict",
    }
    assert not imported & law, "one procedure says nothing about the law"


def test_import_is_light_and_public_names_resolve() -> None:
    code = "import docctl, sys; print(*(name.split('.')[0] for name in sys.modules)); [getattr(docctl, n) for n in docctl.__all__]"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & (HEAVY | {"yaml", "jsonschema_rs"})
