"""The house: who may import whom, who may print, who may look at the clock, how large a room may be."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import docctl

PACKAGE = Path(docctl.__file__).parent
FLOORS = [
    {"cli", "__main__"},
    {"repository"},
    {"reference"},
    {"holdings", "renaming", "scaffold", "adopting", "vendoring", "signing", "issuing", "policymaking"},
    {"checking", "lawbook", "chronicle", "masterlist", "searching"},
    {"registering", "desk"},
    {"verifying"},
    {"change"},
    {"rules"},
    {"view"},
    {"merging"},
    {"trust"},
    {"strays"},
    {"documents"},
    {"work"},
    {
        "currency",
        "catalogue",
        "terms",
        "approval",
        "lifecycle",
        "ingest",
        "history",
        "search",
    },
    {"schema", "schema_words", "schema_codes", "store", "law"},
    {"report"},
    {"text"},
    {"model"},
    {"finding_plain"},
    {"finding", "errors", "verdict_words"},
    {"verdict"},
    {"message"},
]
MODULES = sorted(PACKAGE.rglob("*.py"))


def floor(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Full names of everything imported, with the line; ``from a import b`` counts as ``a.b``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down(path: Path) -> None:
    own = room(path)
    if own == "__init__":
        return
    for name, line in imports(path):
        parts = name.split(".")
        if parts[0] == "docctl" and parts[1] not in (own, "__version__"):
            assert floor(parts[1]) > floor(own) or {parts[1], own} <= FLOORS[floor(own)], (
                f"{path}:{line} imports {name}"
            )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_rooms_keep_to_their_trade(path: Path) -> None:
    relative = path.relative_to(PACKAGE).as_posix()
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= 400
    for name, line in imports(path):
        if name.split(".")[0] == "git":
            assert relative == "store/git.py", f"{path}:{line}"
        if name.split(".")[0] in ("subprocess", "tempfile"):
            assert relative.startswith("store/"), f"{path}:{line}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if called in ("print", "now", "today", "utcnow", "exit"):
                assert relative.startswith("cli/") or relative == "__main__.py", f"{path}:{node.lineno} {called}"
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno <= 60, f"{path}:{node.lineno} {node.name}"


def test_the_pure_rooms_touch_no_world() -> None:
    for path in MODULES:
        if room(path) in (
            "model",
            "text",
            "law",
            "currency",
            "work",
            "catalogue",
            "approval",
            "lifecycle",
            "rules",
            "report",
            "terms",
            "renaming",
            "finding",
            "verdict",
            "verdict_words",
            "message",
        ):
            for name, line in imports(path):
                assert name.split(".")[0] not in ("os", "sys", "time", "io", "random", "locale", "socket"), (
                    f"{path}:{line}"
                )


def test_every_public_thing_is_described() -> None:
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert ast.get_docstring(tree), path
        for node in tree.body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_"):
                if node.name in ("check", "run", "add_arguments") or room(path) == "cli":
                    continue  # described by the module, which is the rule or the command
                assert ast.get_docstring(node), f"{path}:{node.lineno} {node.name}"
