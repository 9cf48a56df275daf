"""The example agency: what its README worked out by hand is what docctl says, and nothing else."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

import docctl
from docctl.model.currency import Currency, State
from docctl.repository import Repository
from docctl.verdict import Verdict, worst

EXAMPLE = Path(__file__).parent.parent / "examples" / "bac-kan-phuong"
DAYS = (date(2025, 1, 20), date(2025, 7, 15), date(2026, 5, 20))
SCHEDULED = "scheduled"
REASONS = {*Verdict} - {Verdict.UNCHECKED, Verdict.CURRENT}
"""Verdicts that something has caused; the other two are what is left where nothing has."""


@dataclass(frozen=True)
class Row:
    """One statement of the table about one procedure; ``places`` are the provisions acted on, empty for a whole text."""

    procedure: str
    verdict: str
    overdue: bool = False
    acting: str = ""
    target: str = ""
    places: frozenset[str] = frozenset()
    since: str = ""
    due: str = ""


@pytest.fixture(scope="module")
def repository() -> Repository:
    return docctl.open(EXAMPLE)


def listed() -> dict[date, list[Row]]:
    """The rows of the README's table, one for each procedure, by the day they are about."""
    found: dict[date, list[Row]] = defaultdict(list)
    for line in (EXAMPLE / "README.md").read_text(encoding="utf-8").splitlines():
        if re.match(r"\| \d{4}-\d\d-\d\d \|", line):
            day, procedures, words, acting, target, since, due = (cell.strip() for cell in line.strip("|").split("|"))
            verdict, *overdue = re.findall(r"`(\w+)`", words)
            assert overdue in ([], ["overdue"]), line
            text, _, places = target.partition(": ")
            for procedure in procedures.split(", "):
                touched = frozenset(filter(None, places.split(", ")))
                row = Row(procedure, verdict, bool(overdue), acting, text, touched, since, due)
                found[date.fromisoformat(day)].append(row)
    return found


def said(currency: Currency) -> Iterator[Row]:
    """What docctl says, in rows of the same kind: one for what one text does to the basis of one procedure."""
    for procedure in currency.procedures:
        if procedure.state is not State.IN_FORCE:
            assert procedure.baseline is not None
            yield Row(procedure.id, procedure.state.value, since=procedure.baseline.effective_from.isoformat())
            continue
        places: dict[Row, set[str]] = defaultdict(set)
        for citation in procedure.citations:
            for each in citation.judgements:
                if each.verdict in REASONS:
                    assert each.cause is not None
                    due = "" if each.due is None else each.due.day.isoformat()
                    since = "" if each.since is None else each.since.isoformat()
                    cause = each.cause
                    key = Row(
                        procedure.id,
                        each.verdict.value,
                        each.overdue,
                        cause.acting,
                        cause.target,
                        since=since,
                        due=due,
                    )
                    places[key] |= {*filter(None, cause.targets_words.split("; "))}
        for key, touched in places.items():
            yield Row(**{**vars(key), "places": frozenset(touched)})
        if not places:
            assert procedure.verdict is not None
            yield Row(procedure.id, procedure.verdict.value)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_table_of_the_readme_is_what_docctl_says(repository: Repository, day: date) -> None:
    table, answer = listed()[day], [*said(repository.outdated(day).currency)]
    assert len(table) == len({*table}), "a statement stands twice"
    assert {*answer} - {*table} == set(), "said by docctl, missing in the README"
    assert {*table} - {*answer} == set(), "in the README, not said by docctl"


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_procedure_has_the_worst_of_its_rows(repository: Repository, day: date) -> None:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in listed()[day]:
        rows[row.procedure].append(row)
    currency = repository.outdated(day).currency
    assert {each.id for each in currency.procedures} == {*rows} == {each.body.id for each in repository.procedures}
    for procedure in currency.procedures:
        own = rows[procedure.id]
        if own[0].verdict == SCHEDULED:
            assert procedure.state is State.SCHEDULED
            assert len(own) == 1
            continue
        assert procedure.verdict is worst(tuple(Verdict(row.verdict) for row in own))
        assert procedure.overdue == any(row.overdue for row in own)
        dues = [row.due for row in own if row.due]
        assert (procedure.due.day.isoformat() if procedure.due else None) == min(dues, default=None)


def test_the_table_has_no_other_day() -> None:
    assert {*listed()} == {*DAYS}


def test_a_change_of_two_articles_touches_what_cites_them_and_nothing_else(repository: Repository) -> None:
    currency = repository.outdated(DAYS[0], ["QT-16"]).currency
    qt16 = currency.of("QT-16")
    assert qt16 is not None
    of_the_decree = [each for each in qt16.citations if each.text == "23/2015/NĐ-CP"]
    touched = {each.address for each in of_the_decree if each.verdict is Verdict.OUTDATED}
    assert touched == {"dieu_5", "dieu_5__khoan_2", "dieu_17", "dieu_17__khoan_1"}
    untouched = {each.address for each in of_the_decree} - touched
    assert untouched >= {"dieu_7", "dieu_18", "dieu_19", "dieu_20", "dieu_21", "dieu_22", "dieu_20__khoan_3__diem_b"}
    assert not {each.verdict for each in of_the_decree if each.address in untouched} & REASONS
    events = {each.cause.event for citation in of_the_decree for each in citation.judgements if each.cause}
    assert events == {"07-2025-nd-cp#e1", "07-2025-nd-cp#e2"}, "of the six events on the decree"


def test_outdated_by_the_day_the_law_changes_and_overdue_the_day_after_the_due_day(repository: Repository) -> None:
    for procedure, since, due in (
        ("QT-16", date(2025, 1, 9), date(2025, 4, 9)),
        ("QT-11", date(2026, 1, 29), date(2026, 4, 29)),
    ):
        answers = []
        for day in (since.replace(day=since.day - 1), since, due, due.replace(day=due.day + 1)):
            verdict = repository.outdated(day, [procedure]).currency.of(procedure)
            assert verdict is not None
            answers.append((verdict.verdict is Verdict.OUTDATED, verdict.overdue))
        assert answers == [(False, False), (True, False), (True, False), (True, True)], procedure


def test_adopted_names_every_procedure_as_it_stands(repository: Repository) -> None:
    adopted = repository.adopted
    assert adopted is not None
    assert {each.document for each in adopted.body} == {each.body.id for each in repository.procedures}
    for entry in adopted.body:
        assert repository.revision(entry.document, entry.number).digest() == entry.digest
        assert entry.decision is not None
        number, day = entry.decision
        assert re.fullmatch(r"\d+/QĐ-UBND", number)
        assert 0 < (entry.effective_from - day).days <= 31


# -- the register ------------------------------------------------------------------------------


def test_events_are_quoted_in_a_sentence_and_resolve(repository: Repository) -> None:
    register = repository.register
    events = [(slug, event) for slug, text in register.texts.items() for event in text.events]
    assert len(events) >= 47
    for slug, event in events:
        name = f"{slug}#{event.id}"
        assert event.quote.strip(), name
        assert len(event.quote) <= 300, name
        change = register.change(name)
        assert change is not None, name
        assert change.target in register.texts, name
        assert change.first is not None, name
    assert not register.problems


def test_every_event_can_be_followed(repository: Repository) -> None:
    for day in DAYS:
        assert not [each for each in repository.outdated(day).findings if each.code.id == "DC906"]


def test_the_example_is_in_order(repository: Repository) -> None:
    report = repository.check(DAYS[2])
    assert not report.at_or_over(docctl.Severity.WARNING), [str(each.message) for each in report.findings]


def test_enough_texts_have_a_day(repository: Repository) -> None:
    dated = [text for text in repository.register.texts.values() if any(entry.first for entry in text.in_force)]
    assert len(dated) >= 15
    assert sum(text.issued is not None for text in dated) >= 15


def test_a_disapplication_suspends_in_part(repository: Repository) -> None:
    before, during = (repository.law("19/2014/QĐ-TTg", day) for day in (date(2026, 4, 28), DAYS[2]))
    assert (before.status, during.status) == ("in_force", "partly_suspended")
    assert [each.acting for each in during.because] == ["20/2026/NQ-CP"]
    event = repository.register.change("20-2026-nq-cp#e1")
    assert event is not None
    assert (event.kind, event.target) == ("disapply", "19-2014-qd-ttg")
    assert [str(each) for each in event.addresses] == [
        "dieu_7__khoan_2",
        "dieu_7__khoan_3",
        "dieu_7__khoan_4",
        "dieu_8__khoan_2",
        "dieu_8__khoan_3",
    ]


# -- approvals ---------------------------------------------------------------------------------

TODAY = date(2026, 11, 23)


def test_policy_records_archive_and_checkpoint_hold(repository: Repository) -> None:
    pin = hashlib.sha256((EXAMPLE / "policy/0001.yaml").read_bytes()).hexdigest()
    report = repository.verify(TODAY, pin, checkpoint=1)
    assert [str(each.message) for each in report.findings] == []
    assert (report.summary.records, report.summary.unsigned) == (12, 0)


def test_every_state_is_there(repository: Repository) -> None:
    standings = repository.trust(TODAY).standings
    shown = {(name, each.number): each.stage.value for name, one in standings.items() for each in one.revisions}
    assert {shown[key] for key in shown} >= {"effective", "superseded", "scheduled", "withdrawn", "in_review"}
    assert shown["QT-07", "1.2"] == "effective"
    assert shown["QT-15", "1.1"] == "withdrawn"
    assert shown["QT-05", "1.2"] == "scheduled"
    assert shown["QT-03", "2.2"] == "in_review"


def test_a_legal_review_closes_its_finding_and_nothing_else(repository: Repository) -> None:
    """QT-14: reviewed on 15 June 2026, with no impact; what nobody has decided about stays open."""
    events = []
    for day in (date(2026, 6, 14), date(2026, 6, 15)):
        verdict = repository.outdated(day, ["QT-14"]).currency.of("QT-14")
        assert verdict is not None
        said = [each for citation in verdict.citations for each in citation.judgements if each.cause is not None]
        events.append({each.cause.event: each.verdict for each in said if each.cause is not None})
    assert events[0].pop("66-19-2026-nq-cp#e4") is Verdict.OUTDATED
    assert events[0] == events[1] != {}


def test_the_revision_before_is_judged_from_the_archive(repository: Repository) -> None:
    verdict = repository.outdated(date(2026, 5, 20), ["QT-07"]).currency.of("QT-07")
    assert verdict is not None
    assert (verdict.revision, verdict.path) == ("1.1", "archive/QT-07/1.1.yaml")
