"""Real legal texts and what readers have labelled in them. Read where they lie, never copied."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from docctl.law.address import BadAddress, parse
from docctl.law.reading import plain
from docctl.law.vn.citations import citations
from docctl.law.vn.structure import structure
from docctl.model.law_text import LawText

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
GOLD = CORPUS.parent / "gold"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the corpus is not at {CORPUS}")


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@cache
def read_texts() -> Mapping[str, LawText]:
    """Every text of the index by its file."""
    found = {}
    for record in records(CORPUS / "law_index.jsonl"):
        text = (CORPUS / record["file"]).read_text(encoding="utf-8")
        found[record["file"]] = structure(text)
        assert found[record["file"]].joined() == text, record["file"]
    return found


def is_address(text: str) -> bool:
    try:
        parse(text)
    except BadAddress:
        return False
    return True


def test_every_text_is_read_and_loses_nothing() -> None:
    texts = read_texts()
    assert len(texts) > 400
    for name, read in texts.items():
        assert read.units, name
        at = 0
        for piece in read.pieces:
            assert piece.start == at < piece.end, name
            at = piece.end
        assert at == len(read.text), name


def test_texts_as_a_gazette_prints_them_lose_nothing() -> None:
    seen = 0
    for path in sorted(CORPUS.glob("law_raw/*.txt")):
        text = path.read_text(encoding="utf-8")
        for form in (text, unicodedata.normalize("NFC", text)):
            assert structure(form).joined() == form, path.name
        seen += 1
    assert seen > 40


def test_every_address_can_be_read() -> None:
    wrong = {
        (name, unit.address)
        for name, read in read_texts().items()
        for unit in read.units
        if not is_address(unit.address)
    }
    assert not wrong


def test_the_articles_of_a_text_are_those_that_the_index_counts() -> None:
    texts, same, all_of_them = read_texts(), 0, 0
    for record in records(CORPUS / "law_index.jsonl"):
        if record["amending"]:
            continue
        found = {unit.address for unit in texts[record["file"]].units if re.fullmatch("dieu_[^_]+", unit.address)}
        all_of_them += 1
        same += len(found) == record["articles"]
    print(f"articles as counted: {same} of {all_of_them} texts, {same / all_of_them:.4f}")
    assert all_of_them > 300
    assert same >= 0.93 * all_of_them  # the index counts quoted articles too, and those of annexes


PROVISION = re.compile(r"(?:.*__)?(?:dieu|khoan|diem)_[^_]+")


def test_a_text_as_a_gazette_prints_it_has_the_units_of_the_cleaned_one() -> None:
    texts = read_texts()
    both = printed = cleaned = 0
    for path in sorted(CORPUS.glob("law_raw/*.txt")):
        raw = structure(plain(path.read_text(encoding="utf-8")))
        here = {unit.address for unit in raw.units if PROVISION.fullmatch(unit.address)}
        there = {unit.address for unit in texts[f"law/{path.name}"].units if PROVISION.fullmatch(unit.address)}
        both, printed, cleaned = both + len(here & there), printed + len(here), cleaned + len(there)
    print(f"units of printed texts against cleaned ones: P {both / printed:.4f} R {both / cleaned:.4f}")
    assert both > 7000
    assert both >= 0.95 * max(printed, cleaned)


def test_grouping_units_and_annexes_have_names() -> None:
    units = [unit for read in read_texts().values() for unit in read.units]
    grouping = [unit for unit in units if re.search(r"(?:^|__)(?:phan|chuong|muc|tieu_muc)_[^_]+$", unit.address)]
    annexes = [unit for unit in units if re.fullmatch(r"(?:kem_theo__)?phu_luc(?:_[^_]+)?", unit.address)]
    articles = [unit for unit in units if re.search(r"(?:^|__)dieu_[^_]+$", unit.address)]
    for several, wanted in ((grouping, 0.97), (annexes, 0.9), (articles, 0.96)):
        named = sum(unit.heading is not None for unit in several)
        print(f"with a name: {named} of {len(several)}")
        assert named >= wanted * len(several)


def test_the_places_of_labelled_instructions_are_found() -> None:
    files = {record["number"]: record["file"] for record in records(CORPUS / "law_index.jsonl")}
    places = {(gold["act"], gold["at"]) for gold in records(GOLD / "amendments.dev.jsonl") if gold["at"]}
    missing = sorted((act, at) for act, at in places if at not in read_texts()[files[act]].by_address)
    print(f"places of instructions not found: {missing}")
    assert len(places) > 400
    assert len(missing) <= 3


# -- citations: the same score as the labels are made for -------------------------------------------

OPTIONAL = ("in_title", "alias", "unresolved")
"""Labelled, but neither finding nor missing them counts."""
Triple = tuple[str, str, str]


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def keys(item: Mapping[str, Any]) -> list[str]:
    """What this item's document may be known by: its number, its printed name, or being the text at hand."""
    document, found = item.get("document"), []
    if document in ("self", "target"):
        found.append("this document")
    elif document:
        found.append(re.sub(r"\s+", "", fold(document)).replace("–", "-").upper())
    if item.get("name"):
        found.append("name:" + fold(item["name"]).lower())
    return found or ["?"]


def triples(case: str, items: Iterable[Mapping[str, Any]], labelled: Iterable[Mapping[str, Any]]) -> set[Triple]:
    """Case, document, address; the number and the name of one document count as one."""
    found = set()
    for item in items:
        mine = keys(item)
        key = next((keys(gold)[0] for gold in labelled if {*keys(gold)} & {*mine}), mine[0])
        found |= {(case, key, address) for address in item["addresses"] or [""]}
    return found


def answer(text: str, here: str) -> list[dict[str, Any]]:
    """What is read; what is said to be unreadable, or relative to an unknown place, claims nothing."""
    found: list[dict[str, Any]] = []
    for each in citations(text, here):
        if each.readable and each.resolved:
            named = each.document
            known = named is not None and not named.this
            document = named.number if named is not None and known else "self"
            name = named.name if named is not None and known else None
            found.append({"document": document, "name": name, "addresses": [*each.addresses]})
    return found


def f1(gold: set[Any], got: set[Any]) -> float:
    return 2 * len(gold & got) / (len(gold) + len(got))


def test_citations_are_those_that_readers_have_labelled() -> None:
    wanted: set[Triple] = set()
    found: set[Triple] = set()
    coarsened, alarms, quiet = [], [], 0
    for case in records(GOLD / "citations.dev.jsonl"):
        name, labelled = case["id"], case["citations"]
        answered = answer(case["text"], case["in"] or "")
        gold = triples(name, (item for item in labelled if not any(item.get(each) for each in OPTIONAL)), labelled)
        optional = triples(name, (item for item in labelled if any(item.get(each) for each in OPTIONAL)), labelled)
        got = triples(name, answered, labelled) - (optional - gold)
        coarsened += [
            triple
            for triple in got - gold
            for _, key, address in gold - got
            if key == triple[1] and address != triple[2] and (not triple[2] or address.startswith(triple[2] + "__"))
        ]
        quiet += not labelled
        alarms += [name] if answered and not labelled else []
        wanted |= gold
        found |= got
    documents = f1({triple[:2] for triple in wanted}, {triple[:2] for triple in found})
    provisions = f1(wanted, found)
    print(f"F1 of documents {documents:.4f}, of provisions {provisions:.4f}; false alarms in {len(alarms)} of {quiet}")
    assert len(wanted) > 800
    assert quiet > 30
    assert documents >= 0.99
    assert provisions >= 0.97
    assert coarsened == []
    assert alarms == []
