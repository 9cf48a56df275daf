"""Terms in free text: what is found, where it stands in the file however that is written, and what it costs."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import yaml
from generated import many
from gitworld import World, procedure, run_docctl
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

import docctl
from docctl.schema import schema
from docctl.terms.free_text import free_texts
from docctl.text.phrases import Phrase, Phrases
from docctl.text.strict import read
from docctl.text.within import places

DAY = "2026-11-01"
TERMS = """\
format: docctl/terms/v1
terms:
  - term: cấp huyện
    until: "2025-06-30"
    instead: null
    why: { text: 203/2025/QH15, provisions: [dieu_2] }
    except: [Tòa án nhân dân cấp huyện trước đây]
  - terms: [Ủy ban nhân dân cấp huyện, UBND cấp huyện]
    until: "2025-06-30"
    instead: Ủy ban nhân dân cấp xã
"""


def found(text: str, *words: str, exact: bool = False) -> list[str]:
    phrases = Phrases([Phrase(each, each, exact) for each in words])
    return [text[each.start : each.end] for each in phrases.find(text)]


# -- phrases ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Nộp tại cấp huyện.", ["cấp huyện"], ["cấp huyện"]),
        ("Cấp huyện và CẤP HUYỆN", ["cấp huyện"], ["Cấp huyện", "CẤP HUYỆN"]),
        ("cấp  \n\t huyện", ["cấp huyện"], ["cấp  \n\t huyện"]),
        ("cấp\u00a0huyện", ["cấp huyện"], ["cấp\u00a0huyện"]),
        ("cấp **huyện**", ["cấp huyện"], ["cấp **huyện"]),
        ("cấp, huyện; cấp. Huyện", ["cấp huyện"], []),
        ("cấp\n\nhuyện", ["cấp huyện"], []),
        ("ấp huyện, cấp huyệnx, dcấp huyện, cấp huyện1", ["cấp huyện"], []),
        ("Uỷ ban", ["Ủy ban"], ["Uỷ ban"]),
        ("Ủy ban hoà giải, hoá đơn", ["Uỷ ban", "hòa giải", "hóa đơn"], ["Ủy ban", "hoà giải", "hoá đơn"]),
        ("Dống Đa, dống da", ["Đống Đa"], []),
        ("\u00d0ống \u00d0a", ["Đống Đa"], ["\u00d0ống \u00d0a"]),
        ("ma má mà mạ", ["mà"], ["mà"]),
        ("Ủy ban nhân dân cấp huyện", ["cấp huyện", "ủy ban nhân dân cấp huyện"], ["Ủy ban nhân dân cấp huyện"]),
        ("huyện Ba Bể, huyện", ["huyện", "huyện Ba Bể"], ["huyện Ba Bể", "huyện"]),
        ("a b c d", ["a b c", "c d"], ["a b c", "c d"]),
        ("Tư pháp- Hộ tịch", ["Tư pháp - Hộ tịch"], ["Tư pháp- Hộ tịch"]),
        ("Tư pháp Hộ tịch", ["Tư pháp - Hộ tịch"], []),
        ("Sở LĐTB&XH", ["LĐTB & XH"], ["LĐTB&XH"]),
        ("(cấp huyện)", ["“cấp huyện”"], ["cấp huyện"]),
        ("", ["a"], []),
        ("a", ["…"], []),
    ],
)
def test_found(text: str, words: list[str], expected: list[str]) -> None:
    assert found(text, *words) == expected


def test_letters_in_pieces_are_found_too() -> None:
    text = unicodedata.normalize("NFD", "cấp huyện")
    assert found(text, "cấp huyện") == [text]


def test_capital_letters_count_where_they_must() -> None:
    text = "hòa bình, Hòa Bình, Hoà Bình, HÒA BÌNH, Hòa bình, hòa Bình"
    assert found(text, "Hòa Bình", exact=True) == ["Hòa Bình", "Hoà Bình", "HÒA BÌNH"]
    assert found("Cấp huyện", "cấp huyện", exact=True) == ["Cấp huyện"]
    assert found("Lâm thao Lâm, Lâm Thao lâm", "Lâm Thao Lâm", exact=True) == []


SYLLABLES = st.sampled_from(["a", "ă", "đ", "d", "hòa", "hoà", "A", "b"])


@settings(max_examples=many(300))
@given(st.lists(SYLLABLES, max_size=12), st.lists(st.lists(SYLLABLES, min_size=1, max_size=3), max_size=4))
def test_phrases_are_what_a_slow_search_finds(text: list[str], phrases: list[list[str]]) -> None:
    def key(syllable: str) -> str:
        return syllable.casefold().replace("hoà", "hòa")

    hits = {
        (first, first + len(each))
        for each in phrases
        for first in range(len(text) - len(each) + 1)
        if [*map(key, text[first : first + len(each)])] == [*map(key, each)]
    }
    outer = {each for each in hits if not any(o != each and o[0] <= each[0] and each[1] <= o[1] for o in hits)}
    starts = [sum(len(each) + 1 for each in text[:place]) for place in range(len(text) + 1)]
    wanted = sorted((starts[first], starts[end] - 1) for first, end in outer)
    line = " ".join(text)
    assert [(each.start, each.end) for each in Phrases([Phrase(" ".join(e), e) for e in phrases]).find(line)] == wanted


def test_many_terms_in_a_long_text_are_found_soon() -> None:
    phrases = Phrases([Phrase("a " * size, size) for size in range(1, 100)])
    started = process_time()
    assert phrases.find("a " * 20_000)
    assert process_time() - started < 20


# -- where words stand in the file ----------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from(["cấp", "huyện", " ", " ", "\n", "\n\n", "'", '"', "\\", "\t", "đ", ":", "#", "- ", "  "]),
    max_size=14,
).map("".join)


def written(text: str, style: str, width: int) -> str:
    """A file with the text as its value, as a program would write it in a style."""
    dumped: str = yaml.dump({"a": text}, default_style=style, width=width, allow_unicode=True, default_flow_style=False)
    return dumped


@settings(max_examples=many(400))
@given(PIECES, st.sampled_from(["'", '"', "|", ">", ""]), st.sampled_from([8, 20, 80]), st.booleans())
@example("cấp huyện\n\ncấp huyện\n", ">", 8, False)
@example("  cấp huyện\ncấp huyện", "|", 80, True)
def test_every_character_stands_where_the_file_says(text: str, style: str, width: int, crlf: bool) -> None:
    source = written(text, style, width)
    if crlf:
        source = source.replace("\n", "\r\n")
    tree = read(source.encode(), "x.yaml").tree
    assume(tree is not None and isinstance(tree.value, dict) and isinstance(tree.value["a"], str))
    assert tree is not None
    assert isinstance(tree.value, dict)
    value = str(tree.value["a"])
    span = tree.spans["a",]
    where = places(source, span.start, span.end, value)
    assert where is not None or not value.strip()
    for character, (start, end) in zip(value, where or (), strict=False):
        if not character.isspace() and "\\" not in source[start:end]:
            assert source[start:end].strip("'") == character.strip("'")
    assert [*(where or ())] == sorted(where or ())


@pytest.mark.parametrize(
    ("source", "line", "column", "end"),
    [
        ("a: nộp tại cấp huyện nhé\n", 1, 12, (1, 21)),
        ("a: nộp tại cấp\n   huyện nhé\n", 1, 12, (2, 9)),
        ("a: 'ông ''B'' ở cấp huyện'\n", 1, 17, (1, 26)),
        ('a: "\\u0041 \\"B\\" cấp huyện"\n', 1, 18, (1, 27)),
        ('a: "cấp \\\n    huyện"\n', 1, 5, (2, 10)),
        ("a: |\n  dòng một\n  ở cấp huyện\n", 3, 5, (3, 14)),
        ("a: |2\n    cấp huyện\n", 2, 5, (2, 14)),
        ("a: >-\n  ở cấp\n  huyện và\n", 2, 5, (3, 8)),
        ("a: >\r\n  ở cấp\r\n  huyện\r\n", 2, 5, (3, 8)),
        ("{ a: cấp huyện, b: c }\n", 1, 6, (1, 15)),
    ],
)
def test_line_and_column(source: str, line: int, column: int, end: tuple[int, int]) -> None:
    tree = read(source.encode(), "x.yaml").tree
    assert tree is not None
    assert isinstance(tree.value, dict)
    value = str(tree.value["a"])
    (hit,) = Phrases([Phrase("cấp huyện", 1)]).find(value)
    place = tree.locate_words(("a",), hit.start, hit.end)
    assert (place.line, place.column, (place.end_line, place.end_column)) == (line, column, end)


# -- free texts -------------------------------------------------------------------------------------


def strings(value: Any, pointer: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], str]:
    if isinstance(value, str):
        return {pointer: value}
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return {key: text for name, each in items for key, text in strings(each, (*pointer, name)).items()}


def test_free_texts_of_the_example_are_words_for_people() -> None:
    """Whatever is not free text is an id, a number, a date, a code, a citation or history."""
    repository = docctl.open(Path(__file__).parent.parent / "examples" / "bac-kan-phuong")
    free: set[str] = set()
    for document in repository.procedures:
        named = dict(free_texts(document.content, "procedure"))
        for pointer, text in strings(document.content).items():
            name = next(str(each) for each in reversed(pointer) if isinstance(each, str))
            history = {"change", "cites", "legal_basis", "law"} & {*pointer}
            words = not history and (name in WORDS or "extra" in pointer)
            assert (pointer in named) == bool(words), (pointer, text)
            free |= {name} if pointer in named else set()
    assert {"title", "description", "name", "when", "retention", "meaning"} <= free


WORDS = {
    "title", "code_printed", "field", "purpose", "scope", "term", "meaning", "name", "applicants", "text", "condition",
    "note", "formula", "per", "exemptions", "description", "result", "when", "retention", "place", "extra",
}  # fmt: skip


def test_every_text_field_of_the_schema_is_known() -> None:
    """A new field with words is free text by itself; this list is only for reading."""
    fields = set()
    definitions = {"properties": schema("procedure")["properties"], **schema("procedure")["$defs"]}
    stack: list[Any] = [definitions]
    while stack:
        node = stack.pop()
        for key, each in node.items() if isinstance(node, dict) else ():
            if isinstance(each, dict):
                if each.get("$ref") in ("#/$defs/line", "#/$defs/text") and key not in (
                    "items",
                    "printed",
                    "within",
                    "summary",
                ):
                    fields.add(key)
                stack.append(each)
    assert fields - {"text"} <= WORDS


# -- the rule, in a repository -----------------------------------------------------------------------


def texts(**steps: str) -> str:
    return (
        procedure()
        .replace("title: Nhận", f"title: {steps['step']}")
        .replace("purpose: Quy định trình tự", steps["purpose"])
    )


@pytest.fixture
def agency(world: World) -> World:
    purpose = "purpose: |\n  Nộp tại Ủy ban nhân dân\n  cấp huyện.\n  Bản án của Tòa án nhân dân cấp huyện trước đây."
    world.write({"terms.yaml": TERMS, "procedures/QT-01.yaml": texts(step="Nhận từ cấp huyện", purpose=purpose)})
    return world


def test_the_longest_term_is_said_once(agency: World) -> None:
    report = agency.check().report
    said = [each for each in report["findings"] if each["code"] == "DC243"]
    lines = (agency.root / "procedures/QT-01.yaml").read_text(encoding="utf-8").splitlines()
    assert [(each["line"], each["element"]) for each in said] == [(10, "purpose"), (15, "b-1")]
    assert [lines[each["line"] - 1][each["column"] - 1 :][:10].strip() for each in said] == ["Ủy ban nhâ", "cấp huyện,"]
    assert said[0]["end_line"] == 11
    assert said[0]["message"] == '"Ủy ban nhân dân cấp huyện" ended on 2025-06-30'
    assert said[1]["message"] == '"cấp huyện" ended on 2025-06-30 (203/2025/QH15, Điều 2)'
    assert [each["severity"] for each in said] == ["warning", "warning"]
    assert agency.check().status == 0


def test_own_fields_are_shown_and_not_judged(agency: World) -> None:
    agency.write({"procedures/QT-01.yaml": procedure() + "extra: { ghi chú: ở cấp huyện }\n"})
    assert [each for each in agency.check().findings if each[0] == "DC243"] == []
    assert len(docctl.open(agency.root).term_places().places) == 1


def test_the_last_day_is_still_right(agency: World) -> None:
    def said(day: str) -> list[str]:
        answer = run_docctl("check", "--format", "json", "--as-of", day, cwd=agency.root)
        return [each["severity"] for each in answer.report["findings"] if each["code"] == "DC243"]

    assert said("2025-07-01") == ["warning"] * 2
    assert said("2025-06-30") == ["note"] * 2
    assert said("2025-03-25") == ["note"] * 2
    assert said("2025-03-24") == []


def test_one_file_reads_the_terms_as_it_does_the_units(agency: World) -> None:
    whole = [each for each in agency.check().report["findings"] if each["code"] == "DC243"]
    alone = agency.check("procedures/QT-01.yaml").report
    assert [each for each in alone["findings"] if each["code"] == "DC243"] == whole
    assert alone["summary"]["documents"] == 1


def test_terms_that_cannot_be_read_are_said(agency: World) -> None:
    agency.write({"terms.yaml": "format: docctl/terms/v1\nterms:\n  - { term: x }\n"})
    assert {code for code, path in agency.check().findings if path == "terms.yaml"} == {"DC904", "DC132"}
    assert ("DC904", "terms.yaml") in agency.check("procedures/QT-01.yaml").findings
    assert run_docctl("impact", "--term", "x", cwd=agency.root).err.count("terms.yaml") == 1
    assert run_docctl("impact", "--term", cwd=agency.root).status == 2


def test_index_and_commit_have_terms(agency: World) -> None:
    agency.commit()
    found = [each for each in agency.check("--at", "HEAD").findings if each[0] == "DC243"]
    assert len(found) == 2
    assert agency.check("--at", "HEAD").same == agency.check().same == agency.check("--staged").same


def test_without_terms_nothing_of_it_is_loaded(world: World) -> None:
    code = (
        "import sys; from docctl.cli.main import main; main(['check', 'procedures/QT-01.yaml', '--as-of', '2026-11-01']);"
        "print([each for each in sys.modules if 'docctl.terms' in each or 'phrases' in each or 'model.terms' in each])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=world.root, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


# -- impact --------------------------------------------------------------------------------------------


def test_impact_shows_every_place_by_document(agency: World) -> None:
    answer = run_docctl("impact", "--term", "cấp huyện", "--as-of", DAY, "--lang", "en", cwd=agency.root)
    assert answer.status == 0
    assert answer.out.splitlines()[0] == "procedures/QT-01.yaml  places: 3"
    assert "   11:3  purpose  Nộp tại Ủy ban nhân dân cấp huyện." in answer.out
    assert answer.out.count("[except]") == 1
    assert '"cấp huyện": ended on 2025-06-30; nothing has taken its place (203/2025/QH15)' in answer.out
    assert "places: 3, in 1 of the 3 documents looked at" in answer.err


def test_impact_for_programs_and_tables(agency: World) -> None:
    tree = run_docctl("impact", "--term", "cấp huyện", "--format", "json", "--as-of", DAY, cwd=agency.root).report
    (document,) = tree["documents"]
    assert (tree["format"], document["path"], document["count"]) == (
        "docctl/term-places/v1",
        "procedures/QT-01.yaml",
        3,
    )
    assert [each["listed"] and each["listed"]["term"] for each in document["places"]] == [
        "Ủy ban nhân dân cấp huyện", None, "cấp huyện",
    ]  # fmt: skip
    assert [each["excepted"] for each in document["places"]] == [False, True, False]
    table = run_docctl("impact", "--term", "--format", "csv", cwd=agency.root).out
    rows = [*csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline=""))]
    assert [(row["line"], row["words"], row["until"], row["instead"]) for row in rows] == [
        ("10", "Ủy ban nhân dân cấp huyện", "2025-06-30", "Ủy ban nhân dân cấp xã"),
        ("15", "cấp huyện", "2025-06-30", ""),
    ]


def test_impact_finds_units_and_roles(agency: World) -> None:
    found = docctl.open(agency.root).term_places(["ủy ban nhân dân phường", "chủ tịch"]).places
    assert [(each.location.path, each.element) for each in found] == [
        ("organisation.yaml", "ubnd"), ("organisation.yaml", "chu-tich"),
    ]  # fmt: skip


def test_impact_says_what_it_could_not_read(agency: World) -> None:
    agency.write({"procedures/QT-02.yaml": "id: [", "procedures/QT-03.yml": procedure("QT-03")})
    answer = run_docctl("impact", "--term", "cấp huyện", "--format", "json", "--lang", "en", cwd=agency.root)
    assert answer.report["unread"] == ["procedures/QT-02.yaml", "procedures/QT-03.yml"]
    assert "not read, so not looked at: procedures/QT-02.yaml" in answer.err


def test_a_table_computes_nothing(agency: World) -> None:
    agency.write({"procedures/QT-01.yaml": procedure(title="'=cấp huyện\"'")})
    table = run_docctl("impact", "--term", "cấp huyện", "--format", "csv", cwd=agency.root).out
    (row,) = csv.DictReader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    assert row["sentence"] == "'=cấp huyện\""


def test_impact_asks_for_something(world: World) -> None:
    assert run_docctl("impact", cwd=world.root).status == 2
    assert json.loads(run_docctl("impact", "--term", "x", "--format", "json", cwd=world.root).out)["documents"] == []
