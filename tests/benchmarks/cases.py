"""Single steps, for finding out which of them became slower: ``make benchmark``, which installs pytest-benchmark.

A hundred procedures of ``generate.py``; compare two runs with ``--benchmark-autosave`` and ``--benchmark-compare``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from docctl.checking.everything import Checking
from docctl.documents.held import hold, remembered, stored
from docctl.documents.readers import Readers
from docctl.documents.sorts import PROCEDURE
from docctl.model.procedure import Procedure
from docctl.repository import open_repository
from docctl.schema import is_valid
from docctl.text.canonical import digest
from docctl.text.characters import decode
from docctl.text.strict import read
from docctl.view import SnapshotView

DAY = date(2026, 11, 1)
COUNT = 100


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository, made once."""
    folder = tmp_path_factory.mktemp("benchmark") / "agency"
    generator = Path(__file__).parent / "generate.py"
    subprocess.run([sys.executable, str(generator), str(COUNT), str(folder)], check=True)
    return folder


@pytest.fixture(scope="module")
def data(root: Path) -> bytes:
    """One procedure."""
    return (root / "procedures" / "QT-00001.yaml").read_bytes()


def test_yaml_of_pyyaml(benchmark: Any, data: bytes) -> None:
    """What there is to compare strict reading with."""
    assert benchmark(yaml.load, data, yaml.CSafeLoader)


def test_yaml_events_alone(benchmark: Any, data: bytes) -> None:
    """What strict reading rests on: libyaml's events as Python objects, of which nothing is made."""
    assert benchmark(lambda: sum(1 for _ in yaml.parse(data, yaml.CSafeLoader)))


def test_characters(benchmark: Any, data: bytes) -> None:
    assert benchmark(decode, data, "x").text


def test_strict_yaml(benchmark: Any, data: bytes) -> None:
    assert benchmark(read, data, "x").tree is not None


def test_schema(benchmark: Any, data: bytes) -> None:
    tree = read(data, "x").tree
    assert tree is not None
    assert benchmark(is_valid, tree.value, "procedure")


def test_digest(benchmark: Any, data: bytes) -> None:
    tree = read(data, "x").tree
    assert tree is not None
    benchmark(digest, tree.value)


def test_model(benchmark: Any, data: bytes) -> None:
    tree = read(data, "x").tree
    assert tree is not None
    benchmark(Procedure.from_tree, tree.value)


def test_stored(benchmark: Any, data: bytes) -> None:
    assert benchmark(stored, hold(data, "x", "procedure", digested=True))


def test_rules(benchmark: Any, root: Path) -> None:
    """Of one procedure that has been read, with its standing; its archived text has been read too."""
    repository = open_repository(root)
    view = SnapshotView(repository._documents, DAY, trusting={"apart": True})
    checking = Checking(view, str(root), None, Readers(1))
    files = next(each for _, part in checking._batches() for each in part if each.name == "QT-00001")
    checking._judged(files)  # what all share is read now

    def judged() -> object:
        for path in files.own:
            checking.documents.load(path, PROCEDURE)
        return checking._judged(files)

    assert benchmark(judged)


def test_remembered(benchmark: Any, data: bytes) -> None:
    kept = stored(hold(data, "x", "procedure", digested=True))
    assert benchmark(remembered, kept, "x").value is not None


def test_check_empty_cache(benchmark: Any, root: Path) -> None:
    def forget() -> None:
        shutil.rmtree(root / ".git" / "docctl", ignore_errors=True)

    def run() -> None:
        repository = open_repository(root, cache=True)
        repository.check(DAY)
        repository.close()

    benchmark.pedantic(run, setup=forget, rounds=5)


def test_check_warm(benchmark: Any, root: Path) -> None:
    def run() -> None:
        repository = open_repository(root, cache=True)
        repository.check(DAY)
        repository.close()

    run()
    benchmark(run)


@pytest.mark.parametrize("question", ["outdated", "master_list"])
def test_questions(benchmark: Any, root: Path, question: str) -> None:
    benchmark(lambda: getattr(open_repository(root), question)(DAY))


@pytest.mark.parametrize("words", [["giấy phép"], ["giay phep"], ["1.000042"]], ids=" ".join)
def test_search(benchmark: Any, root: Path, words: list[str]) -> None:
    repository = open_repository(root, cache=True)
    repository.search(words)
    benchmark(repository.search, words)
    repository.close()
