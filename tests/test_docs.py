"""Pages made from the code are up to date; what the README shows is what docctl prints."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
from pathlib import Path

import pytest

from docctl.cli.main import main
from docctl.law.identity import slug

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
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out.strip() in readme
    path.write_text(text, encoding="utf-8")
    assert main(["outdated", "--as-of", "2025-07-15", "--lang", "en"]) == 1
    assert capsys.readouterr().out.strip() in readme


def test_the_status_of_the_readme_is_real(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT / "examples" / "bac-kan-phuong")
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["status", "QT-07", "--as-of", "2026-07-01", "--lang", "en"]) == 0
    assert capsys.readouterr().out.strip() in (PROJECT / "README.md").read_text(encoding="utf-8")


def test_the_examples_of_the_formats_page_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Pasted together, with the form's hash filled in and stubs for the other texts, they are a valid repository."""
    page = (PROJECT / "docs" / "formats.md").read_text(encoding="utf-8")
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "BM-QT07-01.docx").write_bytes(b"x")
    places = {
        "config": "docctl.toml",
        "organisation": "organisation.yaml",
        "procedure": "procedures/QT-07.yaml",
        "forms": "forms.yaml",
        "terms": "terms.yaml",
        "legal-text": "legal/123-2015-nd-cp.yaml",
        "adopted": "adopted.yaml",
        "calendar": "calendar/2026.yaml",
        "catalogue": "catalogue/45-qd-ubnd-2025.yaml",
        "policy": "",  # of people whose keys are not there
        "vendor": "",
    }
    for block in re.findall(r"```(?:toml|yaml)\n(.*?)```", page, re.DOTALL):
        kind = re.search(r'format(?: =|:) "?docctl/([a-z-]+)/v1', block)
        assert kind is not None
        place = places.pop(kind[1])
        if not place:
            continue  # what speaks of files that are not there
        target = tmp_path / place
        target.parent.mkdir(exist_ok=True)
        target.write_text(block.replace("<64 hex>", hashlib.sha256(b"x").hexdigest()), encoding="utf-8")
    assert not places
    citing = ("procedures/QT-07.yaml", "forms.yaml", "legal/123-2015-nd-cp.yaml")
    texts = "".join((tmp_path / name).read_text(encoding="utf-8") for name in citing)
    for number in {each for each in re.findall(r"text: ([^,\s}]+)", texts) if each != "123/2015/NĐ-CP"}:
        stub = f"format: docctl/legal-text/v1\nnumber: {number}\nkind: decree\ntitle: (ví dụ)\nstub: true\n"
        (tmp_path / "legal" / f"{slug(number)}.yaml").write_text(stub, encoding="utf-8")
    main(["check", "-C", str(tmp_path), "--as-of", "2025-11-22", "--format", "json"])
    found = [each["code"] for each in json.loads(capsys.readouterr().out)["findings"]]
    # There is no policy, and adopted.yaml names the digest of another text: that is all there is to say.
    assert found == ["DC401", "DC302"]
