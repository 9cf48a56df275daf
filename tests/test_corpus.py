"""Real records of portals: letters in pieces are mended by fix, and only so. Read where they lie, never copied."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest

from docctl.law.identity import fits, is_slug, normalise, same_number, slug
from docctl.text.mend import mend
from docctl.text.strict import read

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the corpus is not at {CORPUS}")


def records() -> list[Path]:
    return sorted(CORPUS.glob("tthc/*/*.json"))


def as_yaml(record: dict[str, object]) -> str:
    """A record's texts as block scalars, as a user would paste them; what YAML cannot hold is left out."""
    lines = []
    for key, value in record.items():
        if isinstance(value, str) and value.strip() and "\t" not in value:
            body = "\n".join("  " + line.strip() for line in value.splitlines() if line.strip())
            lines.append(f"{key}: |\n{body}")
    return "\n".join(lines) + "\n"


def test_letters_in_pieces_are_found_and_mended_and_nothing_else() -> None:
    mended = 0
    for path in records():
        source = as_yaml(json.loads(path.read_text(encoding="utf-8")))
        before = read(source.encode(), path.name)
        result = mend(source.encode(), path.name)
        assert result is not None
        if unicodedata.is_normalized("NFC", source):
            continue
        mended += 1
        assert before.tree is None
        assert "DC104" in {each.code.id for each in before.findings}
        assert not result.refused
        assert re.sub("[\u00ad\u200b\u200c\u200d\u2060\ufeff]", "", unicodedata.normalize("NFC", source)) == result.new
        assert "DC104" not in {each.code.id for each in read(result.new.encode(), path.name).findings}
    assert mended > 20


def test_numbers_of_the_gazette_have_slugs_and_are_found_again() -> None:
    seen = 0
    for line in (CORPUS / "law_index.jsonl").read_text(encoding="utf-8").splitlines():
        number = json.loads(line).get("number")
        if not number:
            continue
        seen += 1
        name = slug(number)
        assert is_slug(name), number
        assert fits(name, number)
        assert same_number(number, normalise(number))
    assert seen > 300
