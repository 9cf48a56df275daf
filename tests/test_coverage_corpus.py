"""Real records of portals as a catalogue: a document that says the same is silent, a change is exactly that finding.

Read where they lie, never copied; how far the parts of a record can be told apart is not the question here.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from gitworld import World, adopt
from test_coverage import changed, compare, decision, document_of, kinds, yaml

import docctl
from docctl.model.coverage import Difference, Differs, Status
from docctl.schema import is_valid

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the corpus is not at {CORPUS}")

LEVELS = {"cấp bộ": "ministry", "cấp tỉnh": "province", "cấp xã": "commune", "cơ quan khác": "other"}
CHANNELS = {"Trực tiếp": "in_person", "Dịch vụ bưu chính": "post", "Trực tuyến": "online"}
UNITS = {"ngày làm việc": "working_day", "ngày": "day", "giờ": "hour"}
_CHANNEL = re.compile(rf"({'|'.join(CHANNELS)})(\d+)\s+(Ngày làm việc|Ngày|Giờ)(?=\W|[A-ZĐ0-9])")
_MONEY = re.compile(r"([\d,.]+) (VNĐ|USD)")
_PAPER = re.compile(r"(.+?)(\d+) bản chính(?:,(\d+) bản sao)?", re.DOTALL)


def clean(text: str) -> str:
    """On one line, letters whole, without what marks nothing."""
    shown = "".join(
        each for each in unicodedata.normalize("NFC", text) if unicodedata.category(each)[0] != "C" or each in "\n\t"
    )
    return " ".join(shown.split())[:900]


def entries() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every record as an entry: its code, and what could be read of it."""
    for path in sorted(CORPUS.glob("tthc/*/*.json")):
        record = json.loads(path.read_text(encoding="utf-8"))
        flat = "ma_thu_tuc" in record
        yield (record["ma_thu_tuc"], _flat(record)) if flat else (record["thu_tuc_id"], _tables(record))


def _flat(record: Mapping[str, str]) -> dict[str, Any]:
    entry = _named(record["ten_thu_tuc"], record["linh_vuc"], record["cap_thuc_hien"])
    channels: dict[str, Any] = {}
    found = [*_CHANNEL.finditer(record["cach_thuc_thuc_hien"])]
    for number, match in enumerate(found, 1):
        end = found[number].start() if number < len(found) else None
        rest = record["cach_thuc_thuc_hien"][match.end() : end]
        if int(match[2]):
            time = {"value": int(match[2]), "unit": UNITS[match[3].lower()]}
            channels.setdefault(CHANNELS[match[1]], {"processing_time": time, "fees": [*_fees(rest)]})
    papers = re.sub(r"Tên giấy tờMẫu đơn, tờ khaiSố lượng", "", record["thanh_phan_ho_so"])
    items = [(each[1], int(each[2]), int(each[3] or 0)) for each in _PAPER.finditer(papers)]
    results = re.findall(r"(.+?)Mã: ?KQ", record["ket_qua_xu_ly"])
    return _whole(entry, channels, items, results)


def _tables(record: Mapping[str, Any]) -> dict[str, Any]:
    head = record["metadata"]
    entry = _named(head["tên_thủ_tục"], head["lĩnh_vực"], head["cấp_thực_hiện"])
    channels: dict[str, Any] = {}
    for row in record["tables"].get("hinh_thuc_nop", ()):
        match = re.fullmatch(r"0*([1-9]\d*) (Ngày làm việc|Ngày|Giờ)", row["thoi_han_giai_quyet"].strip())
        if match is not None and row["hinh_thuc"] in CHANNELS:
            time = {"value": int(match[1]), "unit": UNITS[match[2].lower()]}
            channels.setdefault(CHANNELS[row["hinh_thuc"]], {"processing_time": time, "fees": []})
    items = []
    for row in record["tables"].get("thanh_phan_ho_so", ()):
        numbers = [int(each) for each in re.findall(r"\d+", row.get("ghi_chu", ""))]
        if row["ten_giay_to"].strip() and len(numbers) == 2:
            items.append((row["ten_giay_to"], *numbers))
    return _whole(entry, channels, items, [record["content"]["kết_quả_thực_hiện"]])


def _named(name: str, field: str, levels: str) -> dict[str, Any]:
    named = [LEVELS[each.strip().lower()] for each in levels.split(",")]
    return {"name": clean(name), "field": clean(field), "levels": [*dict.fromkeys(named)]}


def _fees(text: str) -> Iterator[dict[str, Any]]:
    """What is taken by one channel; of the words beside it nothing is kept."""
    for number, match in enumerate(_MONEY.finditer(re.sub(r"\([^()]*\)", "", text)), 1):
        amount = re.sub(r"\D", "", match[1])
        if amount and int(amount):
            currency = {"VNĐ": "VND"}.get(match[2], match[2])
            yield {"name": f"Phí {number}", "amount": int(amount), "currency": currency}


def _whole(
    entry: dict[str, Any], channels: dict[str, Any], items: list[tuple[str, int, int]], results: list[str]
) -> dict[str, Any]:
    if channels:
        entry["channels"] = [{"kind": kind, **each} for kind, each in channels.items()]
    papers = [{"name": clean(name), "originals": one, "copies": two} for name, one, two in items if clean(name)]
    if papers and all(max(paper["originals"], paper["copies"]) <= 1000 for paper in papers):
        entry["dossier"] = {"items": papers}
    named = [clean(result) for result in results if clean(result)]
    if named:
        entry["results"] = named
    return entry


RECORDS = [*entries()] if CORPUS.is_dir() else []


def test_the_records_say_something() -> None:
    """What is compared below is more than names."""
    assert len(RECORDS) > 1000
    for name, least in {"channels": 800, "dossier": 900, "results": 900}.items():
        assert sum(name in entry for _, entry in RECORDS) > least, name
    assert sum(bool(each["fees"]) for _, entry in RECORDS for each in entry.get("channels", ())) > 100


def test_every_record_fits_the_format_and_its_document_is_silent() -> None:
    for code, entry in RECORDS:
        assert is_valid(decision("1/QĐ", "2025-01-01", [{"code": code, "kind": "new", **entry}]), "catalogue"), code
        document = document_of(code, entry)
        assert is_valid(document, "procedure"), code
        assert compare(entry, document) == [], code


def mutations(entry: Mapping[str, Any], document: Mapping[str, Any]) -> Iterator[tuple[dict[str, Any], Differs, Any]]:
    """A document with one thing changed, what is to be said, and where."""
    yield changed(document, "title", to="Một tên hoàn toàn khác"), Differs.NAME, ("title",)
    yield changed(document, "field", to="Lĩnh vực khác"), Differs.FIELD, ("field",)
    yield changed(document, "level", to="central"), Differs.LEVEL, ("level",)
    for number, channel in enumerate(entry.get("channels", ())):
        place = ("channels", number, "processing_time")
        value = channel["processing_time"]["value"]
        yield changed(document, *place, "value", to=value + 1), Differs.LONGER, place
        if value > 1:
            yield changed(document, *place, "value", to=value - 1), Differs.SHORTER, place
        for which, fee in enumerate(channel["fees"]):
            here = ("channels", number, "fees", which)
            yield changed(document, *here, "amount", to=fee["amount"] + 1), Differs.FEE, here
    items = document["dossier"]["items"]
    if items:
        last = ("dossier", "items", len(items) - 1)
        stranger = {"id": "la", "name": "0xqz"}
        yield (
            changed(document, "dossier", "items", len(items), to=stranger),
            Differs.PAPER_ADDED,
            ("dossier", "items", len(items)),
        )
        yield changed(document, *last), Differs.PAPER_MISSING, ("dossier", "items")
        if sum(each["name"] == items[-1]["name"] for each in items) == 1:
            yield changed(document, *last, "copies", to=items[-1]["copies"] + 7), Differs.PAPER, last
        yield changed(document, *last, "form", to="BM-9"), Differs.FORM, (*last, "form")
    if document["results"]:
        yield changed(document, "results", 0), Differs.RESULT_MISSING, ("results",)


def test_every_change_of_every_record_is_exactly_that_finding() -> None:
    tried: dict[Differs, int] = {}
    for code, entry in RECORDS:
        for document, kind, pointer in mutations(entry, document_of(code, entry)):
            found: list[Difference] = compare(entry, document)
            assert [(each.kind, each.pointer) for each in found] == [(kind, pointer)], (code, kind, kinds(found))
            tried[kind] = tried.get(kind, 0) + 1
    assert sum(tried.values()) > 10_000
    assert min(tried.values()) > 100


def test_records_as_files(world: World) -> None:
    """A decision for each ministry's number of records; every second procedure has a document, one has a longer time."""
    world.git("rm", "-q", "-r", "procedures", "forms")
    config = (world.root / "docctl.toml").read_text(encoding="utf-8")
    chosen = [(code, entry) for code, entry in RECORDS if "province" in entry["levels"] and "channels" in entry][:60]
    files = {"docctl.toml": config.replace('level = "commune"', 'level = "province"')}
    for number in range(0, len(chosen), 20):
        listed = [{"code": code, "kind": "new", **entry} for code, entry in chosen[number : number + 20]]
        files[f"catalogue/{number}.yaml"] = yaml(decision(f"{number}/QĐ-UBND", "2025-01-01", listed))
    ids = []
    for number, (code, entry) in enumerate(chosen[::2]):
        document = {**document_of(code, entry, f"QT-{number:02}"), "level": "province"}
        if number == 3:
            place = ("channels", 0, "processing_time", "value")
            document = changed(document, *place, to=document["channels"][0]["processing_time"]["value"] + 1)
        ids.append(document["id"])
        files[f"procedures/{document['id']}.yaml"] = yaml(document)
    world.write(files)
    answer = adopt(world.root, *ids, "--effective-from", "2023-03-01", "--lang", "en")
    assert answer.status == 0, answer.err
    report = docctl.open(world.root).coverage(date(2025, 6, 1))
    found = report.coverage
    assert len(found.listed) == 60
    assert len(found.in_status(Status.FINE)) == 29
    assert [each.code for each in found.in_status(Status.DIFFERS)] == [chosen[6][0]]
    assert {each.code for each in found.in_status(Status.MISSING)} == {code for code, _ in chosen[1::2]}
    assert sorted({each.code.id for each in report.findings} - {"DC401"}) == ["DC701", "DC708"]
