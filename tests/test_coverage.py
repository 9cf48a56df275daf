"""``docctl coverage``: decisions over time, documents beside them, real files, real Git, the command line."""

from __future__ import annotations

import copy
import csv
import io
import itertools
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from generated import many
from gitworld import World, run_docctl
from gitworld import adopt as adopted
from hypothesis import given, settings
from hypothesis import strategies as st

import docctl
from docctl.catalogue.comparing import differences
from docctl.catalogue.covering import coverage
from docctl.catalogue.history import histories
from docctl.catalogue.sides import Side
from docctl.catalogue.words import folded, folded_name, near_code
from docctl.model.catalogue import Entry, Published
from docctl.model.coverage import Copies, Difference, Differs, Fault, Status
from docctl.model.procedure import Procedure
from docctl.model.view import Document
from docctl.schema import is_valid

CODE, OTHER = "2.000635", "1.004873"
FULL: Mapping[str, Any] = {
    "name": "Cấp bản sao trích lục hộ tịch",
    "field": "Hộ tịch",
    "levels": ["commune"],
    "processing_time": {"value": 2, "unit": "working_day"},
    "channels": [{"kind": "in_person"}, {"kind": "online", "processing_time": {"value": 1, "unit": "working_day"}}],
    "fees": [{"name": "Phí cấp bản sao", "amount": 8000, "per": "bản"}],
    "dossier": {
        "sets": 1,
        "items": [
            {"name": "Tờ khai", "originals": 1, "form": {"name": "TK-01"}},
            {"name": "Giấy tờ tùy thân", "copies": 1, "condition": "Khi không tra cứu được"},
        ],
    },
    "results": ["Bản sao trích lục"],
}


def decision(number: str, first: str, entries: Sequence[Mapping[str, Any]], **more: Any) -> dict[str, Any]:
    head = {"number": number, "issuer": "UBND tỉnh Mẫu", "date": first, "title": "Công bố", "in_force": first, **more}
    return {"format": "docctl/catalogue/v1", "decision": head, "entries": [*entries]}


def document_of(code: str | Sequence[str], entry: Mapping[str, Any], identifier: str = "QT-01") -> dict[str, Any]:
    """A procedure that is exactly what an entry says."""
    codes = [code] if isinstance(code, str) else [*code]
    time = entry.get("processing_time", {"value": 1, "unit": "day"})
    times = {"value": time.get("value", 1), "unit": time.get("unit", "day")}
    items = entry.get("dossier", {}).get("items", [])
    forms = {f"BM-{n}": item["form"] for n, item in enumerate(items, 1) if "form" in item}
    return {
        "format": "docctl/procedure/v1", "id": identifier, "title": entry.get("name", "Không tên"),
        "issue": 1, "revision": 0, "field": entry.get("field", "Hộ tịch"), "level": entry.get("levels", ["commune"])[0],
        "covers": codes, "owner": "can-bo", "legal_basis": [], "authority": "ubnd", "applicants": ["Công dân"],
        "dossier": {
            "sets": entry.get("dossier", {}).get("sets", 1),
            "items": [
                {"id": f"hs-{n}", **{k: v for k, v in item.items() if k != "form"}, **({"form": f"BM-{n}"} if "form" in item else {})}
                for n, item in enumerate(items, 1)
            ],
        },
        "processing_time": times,
        "channels": [
            {"id": f"kenh-{n}", **{k: v for k, v in channel.items() if k != "fees"},
             **({"fees": _fees(channel["fees"], n)} if channel.get("fees") else {})}
            for n, channel in enumerate(entry.get("channels", [{"kind": "in_person"}]), 1)
        ],
        "fees": _fees(entry.get("fees", []), 0),
        "results": [{"id": f"kq-{n}", "name": name} for n, name in enumerate(entry.get("results", []), 1)],
        "forms": [{"id": name, "title": form.get("name", "Tờ khai"), "law": form.get("law", {"text": "61/2018/NĐ-CP"})} for name, form in forms.items()],
        "steps": [
            {"id": "b-1", "kind": "receive", "title": "Nhận", "role": "can-bo", "time": {"value": 1, "unit": "hour"}, "next": ["b-2"]},
            {"id": "b-2", "kind": "sign", "title": "Ký", "role": "chu-tich", "time": {"value": 1, "unit": "hour"}, "next": ["b-3"]},
            {"id": "b-3", "kind": "deliver", "title": "Trả", "role": "can-bo", "time": {"value": 1, "unit": "hour"}, "next": []},
        ],
    }  # fmt: skip


def _fees(fees: Sequence[Mapping[str, Any]], number: int) -> list[dict[str, Any]]:
    return [{"id": f"phi-{number}-{n}", **fee} for n, fee in enumerate(fees, 1)]


def yaml(tree: Mapping[str, Any]) -> str:
    """JSON is YAML that is read in one way."""
    return json.dumps(tree, ensure_ascii=False, indent=1) + "\n"


class Nowhere:
    """Places of a document that has no file."""

    def locate(self, pointer: Any = (), *, key: bool = False) -> Any:
        raise AssertionError("nothing is located here")

    def element(self, pointer: Any) -> str | None:
        return None


def file(tree: Mapping[str, Any], path: str) -> Document[Published]:
    return Document(path, Published.from_tree(tree), Nowhere(), tree, lambda: "")


def compare(entry: Mapping[str, Any], procedure: Mapping[str, Any], *others: Mapping[str, Any]) -> list[Difference]:
    """A document beside one entry, or several with codes that count on."""
    entries = {CODE: entry, **{f"1.00000{n}": each for n, each in enumerate(others)}}
    trees = [{"code": code, "kind": "new", **each} for code, each in entries.items()]
    found, flaws = histories([file(decision("1/QĐ", "2025-01-01", trees), "catalogue/a.yaml")])
    assert {each.detail for each in flaws} <= {"name"}  # left out on purpose
    day = date(2025, 6, 1)
    body = Procedure.from_tree(procedure)
    sides = [Side(code, Entry.from_tree(each), found[code], day) for code, each in entries.items()]
    return [*differences(body, {form.id: form for form in body.forms}, sides)]


def kinds(found: Sequence[Difference]) -> list[Differs]:
    return [each.kind for each in found]


# -- one document, one entry ------------------------------------------------------------------


def changed(tree: Mapping[str, Any], *way: str | int, to: Any = ...) -> dict[str, Any]:
    """A copy with another value at a place; without one, the value is taken out."""
    result = copy.deepcopy(dict(tree))
    here: Any = result
    for part in way[:-1]:
        here = here[part]
    if to is ...:
        del here[way[-1]]
    elif isinstance(here, list) and way[-1] == len(here):
        here.append(to)
    else:
        here[way[-1]] = to
    return result


MUTATIONS: dict[str, tuple[tuple[Any, ...], Any, list[tuple[Differs, Any, Any]]]] = {
    "name": (("title",), "Cấp giấy khai sinh", [(Differs.NAME, "Cấp giấy khai sinh", FULL["name"])]),
    "field": (("field",), "Chứng thực", [(Differs.FIELD, "Chứng thực", "Hộ tịch")]),
    "level": (("level",), "province", [(Differs.LEVEL, ("province",), ("commune",))]),
    "longer": (("processing_time", "value"), 3, [(Differs.LONGER, ..., ...)]),
    "shorter": (("processing_time", "value"), 1, [(Differs.SHORTER, ..., ...)]),
    "days": (("processing_time", "unit"), "day", [(Differs.NOT_COMPARED, ..., ...)]),
    "channel time": (("channels", 1, "processing_time", "value"), 2, [(Differs.LONGER, ..., ...)]),
    "channel gone": (("channels", 1), ..., [(Differs.CHANNEL_MISSING, None, "online")]),
    "channel more": (("channels", 2), {"id": "k", "kind": "post"}, [(Differs.CHANNEL_ADDED, "post", None)]),
    "fee": (("fees", 0, "amount"), 9000, [(Differs.FEE, ..., ...)]),
    "currency": (("fees", 0, "currency"), "USD", [(Differs.FEE, ..., ...)]),
    "per": (("fees", 0, "per"), "trang", [(Differs.NOT_COMPARED, ..., ...)]),
    "formula": (("fees", 0), {"id": "p", "name": "Phí cấp bản sao", "formula": "x"}, [(Differs.NOT_COMPARED, ..., ...)]),
    "fee gone": (("fees", 0), ..., [(Differs.FEE_MISSING, None, ...)]),
    "fee more": (("fees", 1), {"id": "p", "name": "Thu thêm", "amount": 1}, [(Differs.FEE_ADDED, ..., None)]),
    "fee of nothing": (("fees", 1), {"id": "p", "name": "Thu thêm", "amount": 0}, []),
    "paper gone": (("dossier", "items", 1), ..., [(Differs.PAPER_MISSING, None, "Giấy tờ tùy thân")]),
    "paper more": (("dossier", "items", 2), {"id": "h", "name": "Sổ hộ khẩu"}, [(Differs.PAPER_ADDED, "Sổ hộ khẩu", None)]),
    "paper worded": (("dossier", "items", 1, "name"), "Giấy tờ tuỳ thân còn hạn", [(Differs.WORDED, "Giấy tờ tuỳ thân còn hạn", "Giấy tờ tùy thân")]),
    "originals": (("dossier", "items", 0, "originals"), 2, [(Differs.PAPER, ..., ...)]),
    "no number": (("dossier", "items", 0, "originals"), ..., [(Differs.NOT_COMPARED, None, ...)]),
    "form gone": (("dossier", "items", 0, "form"), ..., [(Differs.FORM, None, "TK-01")]),
    "form more": (("dossier", "items", 1, "form"), "BM-1", [(Differs.FORM, ..., None)]),
    "form other": (("forms", 0, "title"), "TK-02", [(Differs.NOT_COMPARED, ..., "TK-01")]),
    "always": (("dossier", "items", 1, "condition"), ..., [(Differs.PAPER, None, "Khi không tra cứu được")]),
    "case": (("dossier", "items", 0, "condition"), "Khi thiếu", [(Differs.PAPER, "Khi thiếu", None)]),
    "other case": (("dossier", "items", 1, "condition"), "Luôn", [(Differs.NOT_COMPARED, "Luôn", ...)]),
    "sets": (("dossier", "sets"), 2, [(Differs.SETS, 2, 1)]),
    "result gone": (("results", 0), ..., [(Differs.RESULT_MISSING, None, "Bản sao trích lục")]),
    "result more": (("results", 1), {"id": "k", "name": "Giấy mời"}, [(Differs.RESULT_ADDED, "Giấy mời", None)]),
    "words before": (("title",), "QUY TRÌNH thủ tục Cấp bản sao  trích lục hộ tịch.", []),
}  # fmt: skip
"""What is changed in a document that is exactly the entry, and all that is then said."""


def test_a_document_that_is_the_entry_differs_in_nothing() -> None:
    assert is_valid(decision("1/QĐ", "2025-01-01", [{"code": CODE, "kind": "new", **FULL}]), "catalogue")
    assert is_valid(document_of(CODE, FULL), "procedure")
    assert compare(FULL, document_of(CODE, FULL)) == []


@pytest.mark.parametrize("name", MUTATIONS)
def test_each_change_is_exactly_one_difference(name: str) -> None:
    way, value, expected = MUTATIONS[name]
    found = compare(FULL, changed(document_of(CODE, FULL), *way, to=value))
    assert kinds(found) == [kind for kind, _, _ in expected]
    for each, (_, ours, theirs) in zip(found, expected, strict=True):
        assert ours is ... or each.ours == ours
        assert theirs is ... or each.theirs == theirs
        assert each.codes == (CODE,)
        assert each.origin.decision.number == "1/QĐ"


def test_what_the_catalogue_does_not_give_is_not_compared() -> None:
    for field in FULL:
        entry = {key: value for key, value in FULL.items() if key != field}
        if field == "processing_time":
            entry["channels"] = [{"kind": "in_person"}, {"kind": "online"}]
        wrong = document_of(
            CODE, {**FULL, "fees": [], "results": ["Khác hẳn"], "field": "Khác", "dossier": {"items": []}}
        )
        wrong |= {"title": "Khác", "level": "ministry", "processing_time": {"value": 9, "unit": "working_day"}}
        wrong["channels"] = [{"id": "k", "kind": "post"}]
        said = {each.field for each in compare(entry, wrong)}
        assert field not in said
        assert said == {each for each in entry if each != "levels"} | ({"levels"} if "levels" in entry else set())


def test_an_amount_by_one_channel_only() -> None:
    entry = changed(FULL, "channels", 1, "fees", to=[{"name": "Phí cấp bản sao", "amount": 4000}])
    ours = document_of(CODE, entry)
    assert compare(entry, ours) == []
    (found,) = compare(entry, changed(ours, "channels", 1, "fees"))
    assert (found.kind, found.channel, found.pointer) == (Differs.FEE, "online", ("fees", 0))
    (found,) = compare(FULL, ours)
    assert (found.kind, found.channel, found.pointer) == (Differs.FEE, "online", ("channels", 1, "fees", 0))


def test_forms_by_their_places_in_the_law() -> None:
    def with_form(text: str, *places: str) -> dict[str, Any]:
        return changed(
            FULL, "dossier", "items", 0, "form", to={"name": "x", "law": {"text": text, "provisions": [*places]}}
        )

    entry = with_form("04/2024/TT-BTP", "mau_1")
    for same in (entry, with_form("4/2024/TT-BTP", "mau_1"), with_form("04-2024-tt-btp", "mau_1")):
        assert compare(entry, document_of(CODE, same)) == []
    for other in (with_form("04/2024/TT-BTP", "mau_2"), with_form("05/2024/TT-BTP", "mau_1")):
        assert kinds(compare(entry, document_of(CODE, other))) == [Differs.FORM]
    assert kinds(compare(entry, document_of(CODE, with_form("04/2024/TT-BTP")))) == [Differs.NOT_COMPARED]


def test_one_promise_for_all_channels_is_one_difference() -> None:
    entry = changed(FULL, "channels", to=[{"kind": "in_person"}, {"kind": "post"}, {"kind": "online"}])
    document = document_of(CODE, entry)
    (found,) = compare(entry, changed(document, "processing_time", "value", to=3))
    assert (found.kind, found.channel, found.pointer) == (Differs.LONGER, None, ("processing_time",))
    (found,) = compare(entry, changed(document, "fees", 0, "amount", to=1))
    assert (found.kind, found.channel, found.pointer) == (Differs.FEE, None, ("fees", 0))


def test_copies_count_beside_originals() -> None:
    document = document_of(CODE, FULL)
    (found,) = compare(FULL, changed(document, "dossier", "items", 1, "copies", to=2))
    assert (found.kind, found.ours, found.theirs) == (Differs.PAPER, Copies(0, 2), Copies(0, 1))
    assert compare(FULL, changed(document, "dossier", "items", 1, "originals", to=0)) == []


def test_papers_of_one_name_are_told_apart_by_their_numbers() -> None:
    one, two = {"name": "Ảnh", "originals": 1}, {"name": "Ảnh", "originals": 2}
    entry = changed(FULL, "dossier", "items", to=[one, two])
    swapped = changed(FULL, "dossier", "items", to=[two, one])
    assert compare(entry, document_of(CODE, swapped)) == []
    assert kinds(compare(entry, document_of(CODE, changed(entry, "dossier", "items", 1)))) == [Differs.PAPER_MISSING]


def test_only_the_nearest_to_each_other_are_perhaps_the_same() -> None:
    entry = changed(FULL, "results", to=["Giấy chứng nhận đăng ký hộ kinh doanh"])
    names = ["Giấy chứng nhận đăng ký kinh doanh", "Giấy chứng nhận đăng ký hộ kinh doanh (bản sao)"]
    found = compare(entry, document_of(CODE, {**entry, "results": names}))
    assert sorted((each.kind.value, str(each.ours)) for each in found) == sorted(
        [("worded", names[0]), ("result_added", names[1])]
    )


def test_a_time_in_words_is_said_and_not_compared() -> None:
    entry = {"name": FULL["name"], "processing_time": {"words": "Không quy định"}}
    (found,) = compare(entry, document_of(CODE, entry))
    assert (found.kind, found.theirs) == (Differs.NOT_COMPARED, "Không quy định")


# -- one document, several entries ------------------------------------------------------------

SECOND = changed(changed(FULL, "processing_time", "value", to=5), "name", to="Cấp bản sao khác")


def test_a_common_document_keeps_the_strictest_time() -> None:
    document = {**document_of([CODE, "1.000000"], FULL), "title": "Cấp các bản sao"}  # neither of the names
    assert compare(FULL, document, SECOND) == []
    (found,) = compare(FULL, changed(document, "processing_time", "value", to=4), SECOND)
    assert (found.kind, found.codes) == (Differs.LONGER, (CODE,))
    found_all = compare(FULL, changed(document, "processing_time", "value", to=6), SECOND)
    assert [(each.kind, each.codes) for each in found_all] == [
        (Differs.LONGER, (CODE,)),
        (Differs.LONGER, ("1.000000",)),
    ]
    assert kinds(compare(FULL, changed(document, "processing_time", "value", to=1), SECOND)) == [Differs.SHORTER]


def test_a_common_document_has_what_each_asks_and_nothing_that_none_asks() -> None:
    more = changed(SECOND, "dossier", "items", 2, to={"name": "Ảnh", "originals": 2})
    document = document_of([CODE, "1.000000"], FULL)
    (found,) = compare(FULL, document, more)
    assert (found.kind, found.codes, found.theirs) == (Differs.PAPER_MISSING, ("1.000000",), "Ảnh")
    photograph = {"id": "anh", "name": "Ảnh", "originals": 2}
    (found,) = compare(FULL, changed(document, "dossier", "items", 2, to=photograph), more)
    assert (found.kind, found.codes) == (Differs.PAPER_ADDED, (CODE,))
    conditional = {**photograph, "condition": "Với thủ tục 1.000000"}
    assert compare(FULL, changed(document, "dossier", "items", 2, to=conditional), more) == []
    (found,) = compare(FULL, changed(document, "dossier", "items", 2, to={"id": "h", "name": "Sổ hộ khẩu"}), SECOND)
    assert (found.kind, found.codes) == (Differs.PAPER_ADDED, (CODE, "1.000000"))


def test_a_value_of_a_common_document_differs_where_it_fits_none() -> None:
    other = changed(changed(SECOND, "dossier", "items", 0, "originals", to=2), "fees", 0, "amount", to=5000)
    document = document_of([CODE, "1.000000"], FULL)
    assert compare(FULL, document, other) == []
    assert compare(FULL, changed(document, "fees", 0, "amount", to=5000), other) == []
    assert kinds(compare(FULL, changed(document, "fees", 0, "amount", to=6000), other)) == [Differs.FEE]
    assert kinds(compare(FULL, changed(document, "dossier", "items", 0, "originals", to=3), other)) == [Differs.PAPER]


def test_a_list_one_entry_does_not_give_makes_nothing_too_much() -> None:
    silent = {key: value for key, value in SECOND.items() if key != "dossier"}
    document = changed(
        document_of([CODE, "1.000000"], FULL), "dossier", "items", 2, to={"id": "h", "name": "Sổ hộ khẩu"}
    )
    assert compare(FULL, document, silent) == []


# -- wording ----------------------------------------------------------------------------------


@settings(max_examples=many(200))
@given(st.text(max_size=30))
def test_folding_folds_no_further(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert folded(f"  {text.upper()}  ") == folded(text.upper())
    assert folded_name(f"Thủ tục  hành chính x{text}") == folded_name(f"x{text}") == folded(f"x{text}")


def test_letters_are_never_folded() -> None:
    assert folded("Đơn") != folded("Don")
    assert folded("tùy thân") != folded("tuỳ thân")


def test_a_code_is_near_where_one_alone_differs_in_two_places_at_most() -> None:
    assert near_code("2.000653", ["2.000635", "1.004873"]) == "2.000635"
    assert near_code("2.000635", ["2.000635"]) is None
    assert near_code("2.000635", ["2.000634", "2.000636"]) is None
    assert near_code("2.000635", ["2.000999"]) is None


def test_hostile_lists_take_no_long_time() -> None:
    """Many papers with no partner are not searched for near ones, many of one name not compared each with each."""
    papers = [{"name": f"Giấy tờ thứ {n}", "originals": 1} for n in range(500)]
    entry = {"name": "Tên", "dossier": {"items": papers}}
    document = document_of(
        CODE, {"name": "Tên", "dossier": {"items": [{"name": f"Văn bản số {n}"} for n in range(5000)]}}
    )
    started = process_time()
    assert len(compare(entry, document)) == 5500
    same = {"name": "Tên", "dossier": {"items": [{"name": "Ảnh", "originals": 1}] * 500}}
    assert compare(same, document_of(CODE, same)) == []
    assert process_time() - started < 5


# -- derivation -------------------------------------------------------------------------------

FIRST = date(2025, 1, 1)
VALUES = {
    "name": ["A", "B"], "field": ["x", "y"], "levels": [["commune"], ["commune", "province"]],
    "processing_time": [{"value": 1, "unit": "day"}, {"value": 2, "unit": "day"}],
    "fees": [[], [{"name": "Phí", "amount": 1}]], "results": [[], ["r"]],
}  # fmt: skip
CONTENT = st.fixed_dictionaries({}, optional={name: st.sampled_from(values) for name, values in VALUES.items()})
DAYS = st.integers(0, 40).map(lambda n: (FIRST + timedelta(n)).isoformat())
STATEMENT = st.tuples(
    st.sampled_from([CODE, OTHER]), st.sampled_from(["new", "amended", "replaced", "abolished", "by"]), DAYS, CONTENT
)


@st.composite
def decisions(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Decisions signed on different days, each with at most one statement on a code from a day on."""
    made = []
    signed = draw(st.lists(st.integers(0, 60), unique=True, max_size=6))
    for number, day in enumerate(signed):
        listed = draw(st.lists(STATEMENT, min_size=1, max_size=4, unique_by=lambda each: (each[0], each[2])))
        entries = [_entry(*each) for each in listed]
        head = {"date": (date(2024, 11, 1) + timedelta(day)).isoformat()}
        made.append(decision(f"{number}/QĐ", FIRST.isoformat(), entries, **head))
    return made


def _entry(code: str, kind: str, day: str, content: dict[str, Any]) -> dict[str, Any]:
    if kind == "by":
        return {"code": code, "kind": "replaced", "from": day, "replaced_by": [OTHER]}
    if kind == "abolished":
        return {"code": code, "kind": kind, "from": day}
    named = {"name": "Tên", **content} if kind in ("new", "replaced") else content
    return {"code": code, "kind": kind, "from": day, **named}


def naive(trees: Sequence[Mapping[str, Any]], code: str, day: date) -> Any:
    """What stands in the list on a day, told over from the beginning: a dictionary of fields, or that it has ended."""
    said = sorted(
        (each["from"], tree["decision"]["date"], each)
        for tree in trees
        for each in map(Sortable, tree["entries"])
        if each["code"] == code and each["from"] <= day.isoformat()
    )
    state: Any = "never"
    for _, _, each in said:
        content = {key: value for key, value in each.items() if key not in ("code", "kind", "from", "replaced_by")}
        if state == "ended" and each["kind"] != "new":
            continue
        if each["kind"] == "abolished" or "replaced_by" in each:
            state = "ended"
        elif each["kind"] == "amended" and isinstance(state, dict):
            state = {**state, **content}
        else:
            state = content
    return state


class Sortable(dict[str, Any]):
    """Days of signing differ, so entries are never compared; if they were, the test would say so."""

    def __lt__(self, other: object) -> bool:
        raise AssertionError


@settings(max_examples=many(150))
@given(decisions(), st.integers(-1, 41), st.randoms(use_true_random=False))
def test_the_catalogue_of_a_day(trees: list[dict[str, Any]], offset: int, shuffle: Any) -> None:
    """It is what the decisions say, told over; the order of the files counts for nothing."""
    files = [file(tree, f"catalogue/{number}.yaml") for number, tree in enumerate(trees)]
    day = FIRST + timedelta(offset)
    found, flaws = histories(files)
    shuffled = [*files]
    shuffle.shuffle(shuffled)
    again, same = histories(shuffled)
    assert (again, set(same)) == (found, set(flaws))
    for code in (CODE, OTHER):
        expected = naive(trees, code, day)
        stage = found[code].at(day) if code in found else None
        if expected == "never":
            assert stage is None
        elif expected == "ended":
            assert stage is not None
            assert stage.entry is None
        else:
            assert stage is not None
            assert stage.entry == Entry.from_tree(expected)
            _origins_hold(found[code], day)


def _origins_hold(history: Any, day: date) -> None:
    """A value is what it is from its origin until the day, and was not the day before."""
    now = history.at(day).entry
    for name in VALUES:
        value = getattr(now, name)
        origin = history.origin(day, lambda entry, name=name: getattr(entry, name))
        days = [origin.since + timedelta(n) for n in range((day - origin.since).days + 1)]
        assert all(getattr(history.at(each).entry, name) == value for each in days)
        earlier = history.at(origin.since - timedelta(1))
        assert earlier is None or earlier.entry is None or getattr(earlier.entry, name) != value


@settings(max_examples=many(100))
@given(decisions(), st.data())
def test_one_decision_in_two_files(trees: list[dict[str, Any]], data: st.DataObject) -> None:
    """Where the entries of a decision are kept changes nothing but the places."""
    parts: list[dict[str, Any]] = []
    for tree in trees:
        cut = data.draw(st.integers(0, len(tree["entries"])))
        parts += [{**tree, "entries": tree["entries"][:cut]}, {**tree, "entries": tree["entries"][cut:]}]
    whole = [file(tree, f"catalogue/{number}.yaml") for number, tree in enumerate(trees)]
    split = [file(tree, f"catalogue/{number:02}.yaml") for number, tree in enumerate(parts)]
    found, flaws = histories(whole)
    other, same = histories(split)
    assert _without_places(found) == _without_places(other)
    assert sorted((each.fault.value, each.code, each.detail) for each in flaws) == sorted(
        (each.fault.value, each.code, each.detail) for each in same
    )


def _without_places(found: Mapping[str, Any]) -> Any:
    return {
        code: [
            (each.first, each.origin.decision, each.origin.kind, each.entry, each.changed) for each in history.stages
        ]
        for code, history in found.items()
    }


def test_a_later_decision_prevails_on_one_day() -> None:
    new = {"code": CODE, "kind": "new", **FULL}
    first = {"code": CODE, "kind": "amended", "from": "2025-06-01", "field": "Một"}
    second = {"code": CODE, "kind": "amended", "from": "2025-06-01", "field": "Hai"}
    trees = [
        decision("1/QĐ", "2025-01-01", [new]),
        decision("2/QĐ", "2025-03-01", [second]),
        decision("9/QĐ", "2025-02-01", [first]),
    ]
    found, flaws = histories([file(tree, f"catalogue/{n}.yaml") for n, tree in enumerate(trees)])
    assert not flaws
    stage = found[CODE].at(date(2025, 6, 1))
    assert stage is not None
    assert stage.entry is not None
    assert stage.entry.field == "Hai"
    trees[2]["decision"]["date"] = "2025-03-01"
    assert [each.fault for each in histories([file(tree, f"{n}") for n, tree in enumerate(trees)])[1]] == [
        Fault.CONTRADICTS
    ]


def test_what_is_overtaken_on_its_day_does_not_break_a_value_off() -> None:
    """Abolished and published anew on one day is no gap; of two decisions of a day each has its own fields."""
    trees = [
        decision("1/QĐ", "2025-01-01", [{"code": CODE, "kind": "new", **FULL}]),
        decision("2/QĐ", "2025-02-01", [{"code": CODE, "kind": "abolished", "from": "2025-06-01"}]),
        decision("3/QĐ", "2025-03-01", [{"code": CODE, "kind": "new", "from": "2025-06-01", **FULL, "field": "Khác"}]),
        decision(
            "4/QĐ", "2025-04-01", [{"code": CODE, "kind": "amended", "from": "2025-06-01", "levels": ["province"]}]
        ),
    ]
    found, flaws = histories([file(tree, f"catalogue/{n}.yaml") for n, tree in enumerate(trees)])
    assert not flaws
    day = date(2025, 7, 1)
    assert found[CODE].origin(day, lambda entry: entry.name).decision.number == "1/QĐ"
    assert found[CODE].origin(day, lambda entry: entry.field).decision.number == "3/QĐ"
    assert found[CODE].origin(day, lambda entry: entry.levels).decision.number == "4/QĐ"


def test_an_end_of_what_was_never_entered_is_an_end_all_the_same() -> None:
    end = file(decision("1/QĐ", "2025-01-01", [{"code": CODE, "kind": "abolished"}]), "catalogue/a.yaml")
    found, flaws = histories([end])
    assert [each.fault for each in flaws] == [Fault.UNKNOWN]
    stage = found[CODE].at(date(2025, 1, 1))
    assert stage is not None
    assert stage.entry is None


def test_many_statements_take_no_long_time() -> None:
    days = [(FIRST + timedelta(n)).isoformat() for n in range(4000)]
    entries = [{"code": CODE, "kind": "amended", "from": day, "field": str(n)} for n, day in enumerate(days)]
    found, _ = histories([file(decision("1/QĐ", "2025-01-01", entries), "catalogue/a.yaml")])
    assert len(found[CODE].stages) == 4000
    answer = coverage(
        [file(decision("1/QĐ", "2025-01-01", entries), "catalogue/a.yaml")], (), (), (), (FIRST, FIRST), "commune"
    )
    assert answer.in_status(Status.MISSING)


# -- the command line -------------------------------------------------------------------------


@pytest.fixture
def agency(world: World) -> World:
    """One procedure in force since 2023-03-01, as decision 1 publishes it; decisions 2 and 3 come later."""
    world.git("rm", "-q", "procedures/QT-02.yaml", "forms/BM-01.docx")
    amended = {
        "code": CODE, "kind": "amended", "processing_time": {"value": 4, "unit": "hour"},
        "dossier": {"sets": 1, "items": [FULL["dossier"]["items"][0]]},
    }  # fmt: skip
    world.write(
        {
            "procedures/QT-01.yaml": yaml(document_of(CODE, FULL)),
            "catalogue/1.yaml": yaml(decision("1/QĐ-UBND", "2025-01-15", [{"code": CODE, "kind": "new", **FULL}])),
            "catalogue/2.yaml": yaml(
                decision(
                    "2/QĐ-UBND",
                    "2025-06-01",
                    [amended, {"code": OTHER, "kind": "new", "name": "Xác nhận", "levels": ["commune"]}],
                )
            ),
            "catalogue/3.yaml": yaml(decision("3/QĐ-UBND", "2026-01-01", [{"code": CODE, "kind": "abolished"}])),
        }
    )
    assert adopted(world.root, "QT-01", "--effective-from", "2023-03-01", "--lang", "en").status == 0
    world.commit()
    return world


def ask(world: World, day: str, *more: str) -> Any:
    return run_docctl("coverage", "--as-of", day, "--lang", "en", *more, cwd=world.root)


def said(world: World, day: str, *more: str) -> list[tuple[str, str | None]]:
    findings = json.loads(ask(world, day, "--format", "json", *more).out)["findings"]
    return [(each["code"], each["element"]) for each in findings if each["code"] != "DC401"]


def test_day_by_day(agency: World) -> None:
    assert said(agency, "2025-02-01") == []
    assert ask(agency, "2025-02-01").status == 0
    assert said(agency, "2025-05-31", "--within", "1") == [("DC719", OTHER), ("DC719", "covers")]
    assert said(agency, "2025-05-31", "--within", "0") == []
    changes = [("DC712", "hs-2"), ("DC708", "processing_time")]  # online keeps its own time
    assert sorted(said(agency, "2025-06-01")) == sorted([("DC701", OTHER), *changes])
    assert ask(agency, "2025-06-01").status == 1
    assert ask(agency, "2025-06-01", "--exit-zero").status == 0
    assert ("DC719", "covers") in said(agency, "2025-12-31")
    assert said(agency, "2026-01-01") == [("DC701", OTHER), ("DC703", "covers")]


def test_both_values_the_decision_and_since_when(agency: World) -> None:
    report = json.loads(ask(agency, "2025-07-01", "--format", "json").out)
    assert list(report)[:5] == ["format", "docctl", "rules", "content", "as_of"]
    assert report["format"] == "docctl/coverage/v1"
    summary = report["summary"]
    assert (summary["entries"], summary["covered"], summary["serving"], summary["decisions"]) == (2, 1, 1, 3)
    assert summary["statuses"] == {
        "missing": 1, "ended": 0, "differs": 1, "draft": 0, "unlisted": 0, "ahead": 0, "fine": 0, "elsewhere": 0,
    }  # fmt: skip
    (longer,) = [
        each for each in report["findings"] if each["code"] == "DC708" and each["pointer"] == "/processing_time"
    ]
    for words in ("2 working days", "4 hours", CODE, "2025-06-01", "2/QĐ-UBND"):
        assert words in longer["message"]
    assert longer["related"][0]["path"] == "catalogue/2.yaml"
    (document,) = report["documents"]
    assert (document["procedure"], document["state"], document["compared"]) == ("QT-01", "in_force", [CODE])
    (paper,) = [each for each in document["differences"] if each["kind"] == "paper_added"]
    assert (paper["document"], paper["catalogue"], paper["pointer"]) == ("Giấy tờ tùy thân", None, "/dossier/items/1")
    assert paper["decided"]["number"] == "2/QĐ-UBND"
    entries = {each["code"]: each for each in report["entries"]}
    assert entries[CODE]["status"] == "differs"
    assert entries[CODE]["documents"] == ["QT-01"]
    assert entries[OTHER]["not_given"] == ["field", "processing_time", "channels", "fees", "dossier", "results"]
    assert entries[OTHER]["decided"]["since"] == "2025-06-01"


def test_the_screen(agency: World) -> None:
    text = ask(agency, "2025-07-01").out
    assert "covered 1 of 2 entries, 1 document" in text
    order = [text.index(title) for title in ("NO DOCUMENT  1", "DIFFERENT  1")]
    assert order == sorted(order)
    assert f"  {OTHER}  Xác nhận" in text
    assert "1 without document, 1 different, 0 fine" in text
    assert "FINE" not in text
    fine = ask(agency, "2025-02-01", "--all").out
    assert "covered 1 of 1 entries, 1 document" in fine
    assert f"FINE  1\n  {CODE}  Cấp bản sao" in fine
    assert "NO DOCUMENT" not in fine


def test_a_table_for_a_spreadsheet(agency: World) -> None:
    agency.write(
        {
            "catalogue/4.yaml": yaml(
                decision("4/QĐ-UBND", "2025-06-01", [{"code": "1.000001", "kind": "new", "name": '=1+1 "x"'}])
            )
        }
    )
    text = ask(agency, "2025-07-01", "--format", "csv").out
    assert text.startswith("\ufeff")
    rows = [*csv.reader(io.StringIO(text[1:]))]
    assert rows[0] == ["code", "name", "status", "documents", "since", "decision", "fields"]
    assert rows[1] == ["1.000001", '\'=1+1 "x"', "without document", "", "2025-06-01", "4/QĐ-UBND", ""]
    assert (
        rows[3] == [CODE, FULL["name"], "different", "QT-01", "2025-01-15", "1/QĐ-UBND", "time limit, dossier"]
        or rows[3][5] == "2/QĐ-UBND"
    )


def test_without_a_catalogue_there_is_no_answer(world: World) -> None:
    answer = ask(world, "2025-07-01")
    assert answer.status == 3
    assert "there is no catalogue" in answer.err
    world.write({"catalogue/ghi-chu.txt": "x"})
    assert ask(world, "2025-07-01").status == 3


def test_what_cannot_be_read_is_said(agency: World) -> None:
    agency.write(
        {
            "catalogue/2.yaml": "format: docctl/catalogue/v1\n",
            "catalogue/2025/x.yaml": "a: b\n",
            "catalogue/y.yml": "a: b\n",
        }
    )
    answer = ask(agency, "2025-07-01", "--format", "json")
    unread = [each["path"] for each in json.loads(answer.out)["findings"] if each["code"] == "DC904"]
    assert unread == ["catalogue/2.yaml", "catalogue/2025/x.yaml", "catalogue/y.yml"]
    assert answer.status == 1
    agency.write({"procedures/QT-09.yaml": "a: b\n"})
    assert ("DC904", None) in said(agency, "2025-07-01")
    checked = {
        each["code"]
        for each in json.loads(run_docctl("check", "--format", "json", "--as-of", "2025-07-01", cwd=agency.root).out)[
            "findings"
        ]
    }
    assert {"DC132", "DC903"} <= checked, "check reads the catalogue too"


def test_with_an_unread_procedure_missing_is_not_sure(agency: World) -> None:
    agency.write({"procedures/QT-09.yaml": "a: b\n"})
    findings = json.loads(ask(agency, "2025-07-01", "--format", "json").out)["findings"]
    (missing,) = [each for each in findings if each["code"] == "DC701"]
    assert "cannot be read" in missing["fix"]


def test_every_snapshot_says_the_same(agency: World) -> None:
    commit = agency.commit()
    tree = ask(agency, "2025-07-01", "--format", "json")
    assert ask(agency, "2025-07-01", "--format", "json", "--at", commit).same == tree.same
    assert ask(agency, "2025-07-01", "--format", "json", "--staged").same == tree.same
    (agency.root / "catalogue" / "2.yaml").unlink()
    assert said(agency, "2025-07-01") == []
    assert ask(agency, "2025-07-01", "--format", "json", "--at", commit).same == tree.same


def test_the_text_in_force_is_compared_not_the_next_draft(agency: World) -> None:
    draft = changed(document_of(CODE, FULL), "revision", to=1)
    draft["change"] = {"reason": "legal-change", "summary": "Theo quyết định mới"}
    draft["processing_time"] = {"value": 9, "unit": "working_day"}
    agency.write({"procedures/QT-01.yaml": yaml(draft)})
    report = json.loads(ask(agency, "2025-05-01", "--format", "json").out)
    (document,) = report["documents"]
    assert (document["state"], document["revision"]) == ("in_force", "1.0")
    assert document["path"].startswith("archive/")
    assert document["differences"] == []


def test_a_text_that_is_not_held_is_said_and_stood_in_for(agency: World) -> None:
    agency.write({"procedures/QT-01.yaml": yaml(changed(document_of(CODE, FULL), "purpose", to="Khác"))})
    for path in (agency.root / "archive").rglob("*.yaml"):
        path.unlink()
    assert ("DC904", "QT-01") in said(agency, "2025-05-01")
    found = docctl.open(agency.root).coverage(date(2025, 5, 1)).coverage.of(CODE)
    assert found is not None
    assert found.status is Status.FINE


def test_a_document_that_was_withdrawn_covers_nothing(agency: World) -> None:
    (agency.root / "adopted.yaml").unlink()
    agency.office.issue("QT-01", "2025-03-01")
    assert said(agency, "2025-04-30", "--within", "0") == []
    agency.office.sign("QT-01", "withdrawn", "an", "2025-05-01")
    assert said(agency, "2025-05-01", "--within", "0") == [("DC701", CODE)]
    assert docctl.open(agency.root).coverage(date(2025, 5, 1)).coverage.texts == ()


def test_a_draft_of_another_document_does_not_count_against_the_one_in_force(agency: World) -> None:
    wrong = changed(document_of(CODE, FULL, "QT-02"), "processing_time", "value", to=9)
    agency.write({"procedures/QT-02.yaml": yaml(wrong)})
    found = docctl.open(agency.root).coverage(date(2025, 5, 1)).coverage.of(CODE)
    assert found is not None
    assert (found.status, found.serving) == (Status.FINE, ("QT-01", "QT-02"))


def test_a_document_that_is_only_drafted_covers_nothing(agency: World) -> None:
    (agency.root / "adopted.yaml").unlink()
    assert ("DC702", "covers") in said(agency, "2025-05-01")
    report = json.loads(ask(agency, "2025-05-01", "--format", "json").out)
    assert (report["summary"]["covered"], report["summary"]["serving"]) == (0, 0)


def test_severities_and_the_threshold_are_the_agencys(agency: World) -> None:
    config = (agency.root / "docctl.toml").read_text(encoding="utf-8")
    agency.write(
        {
            "docctl.toml": config
            + '\n[fail_on]\ncoverage = "error"\n\n[rules]\nDC701 = "off"\nDC708 = "note"\nDC712 = "warning"\n'
        }
    )
    answer = ask(agency, "2025-07-01")
    assert answer.status == 0
    assert "NO DOCUMENT" not in answer.out
    assert ask(agency, "2025-07-01", "--fail-on", "warning").status == 1


def test_levels_other_than_the_agencys_are_not_asked_for(agency: World) -> None:
    province = {"code": "1.000001", "kind": "new", "name": "Của tỉnh", "levels": ["province"]}
    agency.write({"catalogue/4.yaml": yaml(decision("4/QĐ-UBND", "2025-06-01", [province]))})
    assert ("DC701", "1.000001") not in said(agency, "2025-07-01")
    assert ("DC719", "1.000001") not in said(agency, "2025-05-31")
    assert "1 of other levels" in ask(agency, "2025-07-01").out
    config = (agency.root / "docctl.toml").read_text(encoding="utf-8")
    agency.write({"docctl.toml": config.replace('level = "commune"', 'level = "other"')})
    assert ("DC701", "1.000001") in said(agency, "2025-07-01")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        (
            {"kind": "amended", "results": [], "fees": []},
            "will change on 2025-06-01 (5/QĐ of 2025-06-01): fees, results",
        ),
        ({"kind": "amended"}, "will change on 2025-06-01 (5/QĐ of 2025-06-01)"),
        ({"kind": "replaced", "name": "Mới"}, "will be replaced as a whole"),
        ({"kind": "replaced", "replaced_by": [OTHER]}, f"will be replaced by {OTHER}"),
        ({"kind": "abolished"}, "will be abolished"),
    ],
)
def test_what_lies_ahead_is_said_at_the_document(agency: World, entry: dict[str, Any], words: str) -> None:
    (agency.root / "catalogue" / "2.yaml").unlink()
    agency.write({"catalogue/5.yaml": yaml(decision("5/QĐ", "2025-06-01", [{"code": CODE, **entry}]))})
    findings = json.loads(ask(agency, "2025-05-20", "--format", "json").out)["findings"]
    (ahead,) = [each for each in findings if each["code"] == "DC719"]
    assert words in ahead["message"]
    assert (ahead["path"], ahead["pointer"]) == ("procedures/QT-01.yaml", "/covers/0")


def test_what_is_perhaps_meant_is_asked(agency: World) -> None:
    agency.write({"procedures/QT-02.yaml": yaml(document_of("9.999999", {"name": "Xác nhận"}, "QT-02"))})
    findings = json.loads(ask(agency, "2025-07-01", "--format", "json").out)["findings"]
    (unknown,) = [each for each in findings if each["code"] == "DC704"]
    assert OTHER in unknown["fix"]
    assert [each["code"] for each in findings if each["path"] == "procedures/QT-02.yaml"] == ["DC704"]
    assert ("DC701", OTHER) in said(agency, "2025-07-01"), "a near name covers nothing"


def test_annotations(agency: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    out = ask(agency, "2025-07-01", "--format", "github").out
    assert "::error file=procedures/QT-01.yaml" in out
    assert "DC712" in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_as_a_library(agency: World) -> None:
    report = docctl.open(agency.root).coverage(date(2025, 7, 1))
    found = report.coverage.of(CODE)
    assert found is not None
    assert (found.status, found.serving) == (Status.DIFFERS, ("QT-01",))
    assert report.coverage.of("0.000000") is None
    assert {each.kind for _, each in report.coverage.differences} == {Differs.LONGER, Differs.PAPER_ADDED}
    assert docctl.open(agency.root).coverage(date(2025, 2, 1), within=0).findings == ()


# -- an oracle over everything ----------------------------------------------------------------


_TIME = ("longer", "shorter", "days")


def _apart() -> list[tuple[str, str]]:
    """Two changes at places that have nothing to do with each other; every seventh pair."""
    named = [name for name, (_, _, found) in MUTATIONS.items() if found]
    pairs = [
        (one, other)
        for one, other in itertools.combinations(named, 2)
        if MUTATIONS[one][0][:2] != MUTATIONS[other][0][:2]
        and not (one in _TIME and other in _TIME)
        and not ("form" in one and "form" in other)
    ]
    return pairs[::7]


@pytest.mark.parametrize(("one", "other"), _apart())
def test_two_changes_are_two_differences(one: str, other: str) -> None:
    """Changes at different places do not hide each other."""
    changes = sorted((MUTATIONS[one], MUTATIONS[other]), key=lambda each: each[1] is ...)
    document = document_of(CODE, FULL)
    for way, value, _ in changes:
        document = changed(document, *way, to=value)
    expected = sorted(kind.value for _, _, found in changes for kind, _, _ in found)
    assert sorted(each.value for each in kinds(compare(FULL, document))) == expected
