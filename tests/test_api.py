"""docctl as a library: what open() gives, which errors it raises, what stays the same."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

import docctl

EXAMPLE = Path(__file__).parent.parent / "examples" / "bac-kan-phuong"
DAY = date(2025, 11, 22)


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "agency"))


def test_open_from_anywhere_below(example: Path) -> None:
    assert docctl.open(example / "procedures").root == example.resolve()
    with pytest.raises(docctl.ConfigError):
        docctl.open("/")


def test_check_is_a_function_of_content_and_date(example: Path) -> None:
    first, second = docctl.open(example).check(DAY), docctl.open(example).check(DAY)
    assert first == second
    assert not first.at_or_over(docctl.Severity.WARNING)
    report = docctl.open(example).check(DAY, ["procedures/QT-01.yaml"])
    assert report.summary.procedures == 1
    assert report.content != first.content
    with pytest.raises(docctl.NotInRepository):
        docctl.open(example).check(DAY, ["procedures/QT-99.yaml"])


def test_a_unit_that_ended_is_a_finding_from_the_next_day_on(example: Path) -> None:
    path = example / "organisation.yaml"
    text = path.read_text(encoding="utf-8")
    assert 'to: "2025-06-30"' in text
    repository = docctl.open(example)
    assert {each.code.id for each in repository.check(DAY).findings} == {"DC246"}
    codes = {each.code.id for each in repository.check(date(2025, 6, 30)).findings}
    assert codes & {"DC202", "DC204"}, "today's units did not exist before the reorganisation"


def test_procedures_by_id_and_code(example: Path) -> None:
    repository = docctl.open(example)
    assert len(repository.procedures) >= 12
    assert len({each.body.field for each in repository.procedures}) >= 6
    for document in repository.procedures:
        for code in document.body.covers:
            assert repository.covering(code) == repository.procedure(document.body.id) == document
    with pytest.raises(docctl.NotInRepository):
        repository.procedure("QT-99")
    with pytest.raises(LookupError):
        repository.covering("9.999999")
    with pytest.raises(LookupError):
        repository.by_code("9.999999", DAY)
    (example / "procedures" / "QT-01.yaml").write_text("id: QT-01\nid: QT-01\n")
    broken = docctl.open(example)
    with pytest.raises(docctl.InvalidDocument, match="stands twice"):
        broken.procedure("QT-01")
    with pytest.raises(docctl.InvalidDocument):
        broken.covering("9.999999")


def test_models_are_frozen_and_digests_cover_everything(example: Path) -> None:
    document = docctl.open(example).procedure("QT-01")
    with pytest.raises(AttributeError):
        document.body.title = "x"  # type: ignore[misc]
    before = document.digest()
    path = example / document.path
    text = path.read_text(encoding="utf-8")
    path.write_text("# ghi chú\n" + text, encoding="utf-8")
    assert docctl.open(example).procedure("QT-01").digest() == before
    path.write_text(text.replace("\ntitle: ", "\ntitle: Thủ tục ", 1), encoding="utf-8")
    assert docctl.open(example).procedure("QT-01").digest() != before
