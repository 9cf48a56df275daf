"""Pages made from the code are up to date; what the README shows is what docctl prints."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path

import pytest

from docctl.cli.main import main

PROJECT = Path(__file__).parent.parent


def generator() -> object:
    spec = importlib.util.spec_from_file_location("generate", PROJECT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_up_to_date() -> None:
    pages: dict[str, str] = generator().pages()  # type: ignore[attr-defined]
    stale = [
        path
        for path, text in pages.items()
        if not (PROJECT / "docs" / path).is_file() or (PROJECT / "docs" / path).read_text(encoding="utf-8") != text
    ]
    assert not stale, f"run make docs: {stale}"
    assert {f"rules/{path.name}" for path in (PROJECT / "docs" / "rules").glob("*.md")} == {
        path for path in pages if path.startswith("rules/")
    }


def test_links_between_pages_lead_somewhere() -> None:
    for page in [*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if not target.startswith(("http", "urn")):
                assert (page.parent / target).exists(), f"{page.name} -> {target}"


def test_the_screen_of_the_readme_is_real(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The README's mistake, made in the example, prints the README's screen."""
    folder = shutil.copytree(PROJECT / "examples" / "bac-kan-phuong", tmp_path / "agency")
    path = folder / "procedures" / "QT-10.yaml"
    text = path.read_text(encoding="utf-8")
    wrong = re.sub(
        r"(kind: appraise(?:\n(?!  - ).*)*?time: \{ value: )\d+(, unit: )\w+", r"\g<1>8\g<2>working_day", text, count=1
    )
    assert wrong != text
    path.write_text(wrong, encoding="utf-8")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["check", "procedures/QT-10.yaml", "--as-of", "2025-11-22", "--lang", "en"]) == 1
    assert capsys.readouterr().out.strip() in (PROJECT / "README.md").read_text(encoding="utf-8")
