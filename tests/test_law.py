"""Identity, addresses, the tree of provisions, the calendar, status: the parts that verdicts are made of."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import docctl
from docctl.documents.loading import shipped_year
from docctl.law.address import LEVELS, WHOLE, Address, BadAddress, Touch, above, parse, touches
from docctl.law.calendar import add_months, due_date, is_overdue, next_working_day
from docctl.law.identity import Names, fits, has_year, is_local, same_number, slug
from docctl.law.provisions import Tree
from docctl.law.register import Register
from docctl.law.status import Status, agrees, status
from docctl.law.timeline import Timeline
from docctl.law.vn.labels import meant
from docctl.law.vn.words import place
from docctl.model.legal_text import LegalText
from docctl.report.law import STATUSES
from docctl.schema import is_valid
from docctl.text.strict import read

# -- numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "name", "year", "local"),
    [
        ("64/2025/QH15", "64-2025-qh15", True, False),
        ("26/2005/PL-UBTVQH11", "26-2005-pl-ubtvqh11", True, False),
        ("04/2012/UBTVQH13", "04-2012-ubtvqh13", True, False),
        ("12/2016/TTLT-BLĐTBXH-BGDĐT-BTC", "12-2016-ttlt-bldtbxh-bgddt-btc", True, False),
        ("66.7/2025/NQ-CP", "66-7-2025-nq-cp", True, False),
        ("18-L/CTN", "18-l-ctn", False, False),
        ("225/QĐ-BLĐTBXH", "225-qd-bldtbxh", False, False),
        ("21/VBHN-NHNN", "21-vbhn-nhnn", False, False),
        ("TCVN ISO 9001:2015", "tcvn-iso-9001-2015", True, False),
        ("19/2014/QĐ-TTg", "19-2014-qd-ttg", True, False),
        ("01/2024/QĐ-UBND", "01-2024-qd-ubnd", True, True),
        ("05/2023/NQ-HĐND", "05-2023-nq-hdnd", True, True),
        ("01/2014/NQLT-CP-UBTƯMTTQVN", "01-2014-nqlt-cp-ubtumttqvn", True, False),
    ],
)
def test_numbers_of_every_form(number: str, name: str, year: bool, local: bool) -> None:
    assert slug(number) == name
    assert fits(name, number)
    assert (has_year(number), is_local(number)) == (year, local)
    assert same_number(number, number.replace("-", "\u2013 ").replace("/", " /") if not year else number)


def test_leading_zeros_and_wrapped_numbers_are_the_same_and_dd_is_another_letter() -> None:
    assert same_number("7/2026/TT-BNV", "07/2026/TT-BNV")
    assert same_number("17/2022/TT- BLĐTBXH", "17/2022/TT-\nBLĐTBXH")
    assert not same_number("01/HD-BNV", "01/HĐ-BNV")
    names = Names(["07-2026-tt-bnv", "01-2024-qd-ubnd--long-an", "01-2024-qd-ubnd--bac-kan"])
    assert names.candidates("7/2026/TT-BNV") == ("07-2026-tt-bnv",)
    assert len(names.candidates("01/2024/QĐ-UBND")) == 2


# -- addresses ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "", "#heading", "dieu_5", "dieu_5__khoan_2__diem_a", "dieu_6dd__khoan_2__tiet_ii", "muc_1__khoan_1__diem_1.3",
        "phu_luc", "phu_luc_4__muc_132a", "kem_theo", "kem_theo__dieu_5", "phu_luc__mau_4", "mau_2/tndn", "muc_a",
        "dieu_53#heading", "kem_theo__phu_luc_1__mau_2", "chuong_2__muc_3", "diem_i", "dieu_32dd",
    ],
)  # fmt: skip
def test_addresses_are_read_and_written_the_same(text: str) -> None:
    assert str(parse(text)) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("khoan_2__dieu_5", "dieu_5__khoan_2"), ("dieu_05", "dieu_5"), ("phu_luc_iv", "phu_luc_4"),
        ("chuong_2__dieu_12", "dieu_12"), ("mau_04", "mau_4"), ("dieu_5__phu_luc_1", "phu_luc_1__dieu_5"),
        ("dieu_5__dieu_6", None), ("điều_5", None), ("dieu_5__", None), ("dieu", None), ("dieu_5#name", None),
        ("bai_5", None), ("dieu_5__khoan_", None), ("chuong_xiv", "chuong_14"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(text: str, meant: str | None) -> None:
    with pytest.raises(BadAddress) as error:
        parse(text)
    assert error.value.meant == meant


LABELS = st.sampled_from(("1", "2", "10", "2a", "dd", "1.3", "a"))
PATHS = st.lists(st.sampled_from(LEVELS), unique=True, max_size=4).flatmap(
    lambda levels: st.tuples(*(LABELS.map(lambda label, name=name: f"{name}_{label}") for name in levels))
)  # fmt: skip


@st.composite
def addresses(draw: st.DrawFn) -> Address:
    units = sorted(draw(PATHS), key=lambda unit: LEVELS.index(unit.rpartition("_")[0]))
    start = draw(st.sampled_from(((), ("kem_theo",), ("phu_luc_1",), ("kem_theo", "phu_luc_1"))))
    return Address((*start, *units), draw(st.booleans()))


@given(addresses(), addresses())
def test_touching_is_containing(event: Address, cited: Address) -> None:
    prefix = above(Address(event.units), Address(cited.units)) or above(Address(cited.units), Address(event.units))
    touch = touches(event, cited)
    if not event.heading and not cited.heading:
        assert (touch is Touch.FULL) == prefix
    if not prefix:
        assert touch is Touch.NOT
    if event == cited:
        assert touch is Touch.FULL
    if not event.heading and not cited.heading:
        assert touches(cited, event) is touch
    assert touches(WHOLE, cited) is Touch.FULL


@pytest.mark.parametrize(
    ("event", "cited", "touch"),
    [
        ("dieu_53#heading", "dieu_53#heading", Touch.FULL), ("dieu_53#heading", "dieu_53", Touch.NAME),
        ("dieu_53#heading", "", Touch.NAME), ("dieu_53#heading", "dieu_53__khoan_1", Touch.NOT),
        ("dieu_53", "dieu_53#heading", Touch.FULL), ("dieu_53__khoan_1", "dieu_53#heading", Touch.NOT),
        ("#heading", "", Touch.NAME), ("#heading", "dieu_1", Touch.NOT), ("", "#heading", Touch.FULL),
        ("dieu_5__khoan_2a", "dieu_5", Touch.FULL), ("dieu_5__khoan_2a", "dieu_5__khoan_2", Touch.NOT),
        ("dieu_5__khoan_1", "dieu_5__khoan_10", Touch.NOT), ("dieu_5__diem_d", "dieu_5__diem_dd", Touch.NOT),
        ("kem_theo__dieu_5", "dieu_5", Touch.NOT), ("phu_luc_1", "phu_luc_1__mau_3", Touch.FULL),
    ],
)  # fmt: skip
def test_what_touches_what(event: str, cited: str, touch: Touch) -> None:
    assert touches(parse(event), parse(cited)) is touch


def test_chapters_hold_the_articles_that_follow_them() -> None:
    listed = ("phan_1", "chuong_1", "dieu_1", "chuong_2", "chuong_2__muc_1", "dieu_2", "dieu_3__khoan_1", "phan_2",
              "chuong_3", "dieu_4", "kem_theo__chuong_1", "kem_theo__dieu_1")  # fmt: skip
    tree = Tree(listed, (), complete=True)

    def touch(event: str, cited: str) -> Touch:
        return tree.touches(parse(event), parse(cited))

    assert touch("chuong_2", "dieu_3__khoan_1") is touch("dieu_3", "chuong_2") is Touch.FULL
    assert touch("chuong_2__muc_1", "dieu_2__khoan_9") is touch("phan_1", "dieu_3") is Touch.FULL
    assert touch("phan_1", "chuong_2") is touch("phan_1", "chuong_2__muc_1") is Touch.FULL
    assert touch("chuong_1", "dieu_2") is touch("phan_2", "dieu_3") is touch("chuong_1", "chuong_2") is Touch.NOT
    assert touch("chuong_1", "kem_theo__dieu_1") is Touch.NOT
    assert touch("kem_theo__chuong_1", "kem_theo__dieu_1") is Touch.FULL
    assert touch("chuong_9", "dieu_2") is touch("chuong_2", "dieu_99") is Touch.UNKNOWN


def test_addresses_in_words() -> None:
    assert place("dieu_5__khoan_2__diem_dd") == "điểm đ khoản 2 Điều 5"
    assert place("phu_luc_1__mau_2/tndn") == "Mẫu số 2/TNDN Phụ lục I"
    assert place("chuong_14") == "Chương XIV"
    assert place("chuong_8a") == "Chương VIIIa"
    assert place("kem_theo__dieu_5") == "Điều 5 văn bản ban hành kèm theo"
    assert place("dieu_53#heading") == "tên Điều 53"
    assert place("#heading") == "tên văn bản"
    assert place("") == ""
    assert place("no address") == "no address"


# -- days -----------------------------------------------------------------------------------------


def test_every_calendar_that_comes_with_docctl_is_valid_and_plausible() -> None:
    folder = Path(docctl.__file__).parent / "law" / "vn" / "calendar"
    years = sorted(int(path.stem) for path in folder.glob("*.yaml"))
    assert years == [*range(years[0], years[-1] + 1)]
    assert {2024, 2025, 2026, 2027} <= set(years)
    for path in folder.glob("*.yaml"):
        reading = read(path.read_bytes(), path.name)
        assert reading.tree is not None
        assert reading.findings == ()
        assert is_valid(reading.tree.value, "calendar")
        tree: Any = reading.tree.value
        assert tree["year"] == int(path.stem)
        days = [date.fromisoformat(each["date"]) for each in tree["holidays"]]
        assert all(day.weekday() < 5 and day.year == tree["year"] for day in days)
        assert len(days) >= 10
        # A day off in exchange for a day worked: both or neither.
        off_in_exchange = sum("hoán đổi" in each["name"] for each in tree["holidays"])
        worked = tree.get("working", [])
        assert all(date.fromisoformat(each["date"]).weekday() >= 5 for each in worked)
        assert off_in_exchange <= len(worked)
        sources = {each["id"] for each in tree["sources"]}
        assert {each["source"] for each in [*tree["holidays"], *worked]} <= sources
        for fixed in ("01-01", "04-30", "05-01", "09-02"):
            day = date.fromisoformat(f"{tree['year']}-{fixed}")
            assert day in days or day.weekday() >= 5


@pytest.mark.parametrize(
    ("first", "due"),
    [
        ("2025-11-30", "2026-03-02"),  # month end on a Saturday
        ("2025-11-17", "2026-02-23"),  # mùng 1 Tết, and the week of Tết
        ("2025-01-30", "2025-05-05"),  # 30/4, 01/5, 02/5 in exchange, a weekend
        ("2025-01-26", "2025-04-26"),  # a Saturday that was worked
        ("2023-11-30", "2024-02-29"),  # leap year
        ("2025-06-01", "2025-09-03"),  # 01/9 and 02/9
        ("2024-12-31", "2025-03-31"),
        ("2025-10-01", "2026-01-05"),  # 01/01, 02/01 in exchange, a weekend
    ],
)
def test_due_days(first: str, due: str) -> None:
    found = due_date(date.fromisoformat(first), 3, shipped_year)
    assert (found.day.isoformat(), found.rolled) == (due, True)


@given(st.dates(date(2019, 1, 1), date(2027, 6, 30)), st.integers(1, 24))
def test_a_due_day_is_never_early_and_always_worked(first: date, months: int) -> None:
    plain = add_months(first, months)
    assert plain.day == first.day or (plain + timedelta(days=1)).day == 1
    assert (plain.year - first.year) * 12 + plain.month - first.month == months
    due = due_date(first, months, shipped_year)
    year = shipped_year(due.day.year)
    if due.rolled:
        assert year is not None
        assert year.is_working(due.day)
        assert plain <= due.day <= plain + timedelta(days=10)
        assert not is_overdue(due, due.day)
        assert is_overdue(due, due.day + timedelta(days=1))
    else:
        assert due.day == plain
        assert not is_overdue(due, plain + timedelta(days=30))
        assert is_overdue(due, plain + timedelta(days=31))


def test_without_the_next_years_calendar_nothing_is_moved_into_it() -> None:
    last = {2026: shipped_year(2026)}.get
    assert next_working_day(date(2026, 12, 31), last) == date(2026, 12, 31)
    assert next_working_day(date(2027, 1, 1), last) is None
    assert due_date(date(2026, 10, 1), 3, last).rolled is False
    assert due_date(date(2025, 11, 30), 3, shipped_year, roll=False).day == date(2026, 2, 28)


# -- status -----------------------------------------------------------------------------------------


def text(number: str, **more: Any) -> LegalText:
    tree = {"number": number, "kind": "decree", "title": "…", "issuer": ["Chính phủ"], "issued": "2015-01-01", **more}
    return LegalText.from_tree(tree)


def event(kind: str, acted_on: str, target: Any = None, **more: Any) -> dict[str, Any]:
    return {
        "id": "e1", "kind": kind, "source": {"quote": "…"}, "target": {"text": acted_on, **(target or {})},
        "recorded": "2024-01-01", "confirmed": {"by": "thu-ky", "on": "2024-01-01"}, **more,
    }  # fmt: skip


def register(*texts: LegalText) -> Register:
    named = {slug(each.number): each for each in texts}
    return Register(named, {name: f"legal/{name}.yaml" for name in named})


def test_status_day_by_day() -> None:
    old = text("61/2018/NĐ-CP", in_force=[{"from": "2018-06-21"}])
    new = text("118/2025/NĐ-CP", in_force=[{"from": "2025-07-01"}], events=[event("replace", "61/2018/NĐ-CP")])
    found = register(old, new)
    asked = {
        "2018-06-20": Status.NOT_YET, "2018-06-21": Status.IN_FORCE, "2025-06-30": Status.IN_FORCE,
        "2025-07-01": Status.ENDED,
    }  # fmt: skip
    for day, expected in asked.items():
        assert status(Timeline(found), "61-2018-nd-cp", date.fromisoformat(day)).status is expected
    ended = status(Timeline(found), "61-2018-nd-cp", date(2026, 1, 1))
    assert ended.since == date(2025, 7, 1)
    assert [change.id for change in ended.because] == ["118-2025-nd-cp#e1"]
    for label, day, agreed in (
        ("Còn hiệu lực", "2025-06-30", True), ("Còn hiệu lực", "2025-07-01", False),
        ("Hết hiệu lực toàn bộ", "2025-07-01", True), ("hết  hiệu lực một phần", "2025-07-01", False),
    ):  # fmt: skip
        known = meant(label)
        assert known is not None
        assert agrees(Timeline(found), "61-2018-nd-cp", known, date.fromisoformat(day)) is agreed
    assert meant("hết hạn") is None


def test_every_status_has_its_words() -> None:
    assert {*STATUSES} == {each.value for each in Status}


def test_status_of_parts_and_of_what_is_suspended() -> None:
    base = text("19/2014/QĐ-TTg", in_force=[{"from": "2014-05-18"}])
    part = text(
        "1/2020/NĐ-CP", in_force=[{"from": "2020-01-01"}],
        events=[event("repeal", "19/2014/QĐ-TTg", target={"provisions": ["dieu_8"]})],
    )  # fmt: skip
    amending = text("2/2020/NĐ-CP", in_force=[{"from": "2020-01-01"}], events=[event("amend", "19/2014/QĐ-TTg")])
    off = text(
        "20/2026/NQ-CP", in_force=[{"from": "2026-04-29", "to": "2027-03-01"}],
        events=[event("disapply", "19/2014/QĐ-TTg", target={"provisions": ["dieu_7__khoan_2"]})],
    )  # fmt: skip
    name, day = "19-2014-qd-ttg", date(2020, 1, 1)
    assert status(Timeline(register(base, part)), name, day).status is Status.PARTLY_ENDED
    assert status(Timeline(register(base, amending)), name, day).status is Status.IN_FORCE
    partly = meant("Hết hiệu lực một phần")
    assert partly is not None
    assert agrees(Timeline(register(base, amending)), name, partly, day), "also said of a text that was merely amended"
    assert not agrees(Timeline(register(base)), name, partly, day)
    found = register(base, off)
    assert status(Timeline(found), name, date(2026, 4, 28)).status is Status.IN_FORCE
    assert status(Timeline(found), name, date(2026, 4, 29)).status is Status.PARTLY_SUSPENDED
    assert status(Timeline(found), name, date(2027, 3, 1)).status is Status.IN_FORCE
    stub = LegalText.from_tree({"number": "5/2020/NĐ-CP", "kind": "decree", "title": "…", "stub": True})
    assert status(Timeline(register(stub)), "5-2020-nd-cp", day).status is Status.UNKNOWN


def test_an_events_digest_covers_what_it_does_and_nothing_else() -> None:
    def digest(**more: Any) -> str:
        acting = text(
            "2/2020/NĐ-CP", in_force=[{"from": "2020-01-01"}], events=[event("amend", "1/2018/NĐ-CP", **more)]
        )
        (change,) = register(text("1/2018/NĐ-CP", in_force=[{"from": "2018-01-01"}]), acting).on("1-2018-nd-cp")
        return change.digest()

    same = digest()
    assert digest(confirmed=None, recorded="2025-01-01", source={"quote": "other words"}) == same
    assert digest(effect={"from": "2020-01-01"}) == same, "the same day stated or derived"
    for other in (
        {"effect": {"from": "2020-01-02"}}, {"effect": {"to": "2021-01-01"}}, {"grade": "form"},
        {"target": {"provisions": ["dieu_1"]}}, {"target": {"except": ["dieu_1"]}},
        {"phrase": {"old": "a", "new": "b"}},
    ):  # fmt: skip
        assert digest(**other) != same
