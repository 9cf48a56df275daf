"""What acts do to acts: each case on a register of two or three texts, the verdicts day by day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from docctl.currency.citation import judge
from docctl.currency.dealt import Closing, DealtWith
from docctl.currency.grounds import Grounds
from docctl.currency.question import Question
from docctl.documents.loading import shipped_year
from docctl.law.identity import slug
from docctl.law.register import Fault, Register
from docctl.law.status import Status, agrees, status
from docctl.law.timeline import Timeline
from docctl.model.citation import Citation
from docctl.model.legal_text import LegalText

BASE, ACT, OTHER = "11/2020/TT-ABC", "22/2024/TT-ABC", "33/2025/TT-ABC"
ADOPTED = date(2024, 3, 1)


def text(number: str, first: str | None, *events: dict[str, Any], **more: Any) -> LegalText:
    tree = {
        "number": number, "kind": "circular", "title": "…", "issuer": ["Bộ ABC"], "issued": "2015-01-01",
        "in_force": [{"from": first}], "checked": "2099-12-31", "events": [*events], **more,
    }  # fmt: skip
    return LegalText.from_tree(tree)


def event(kind: str, target: dict[str, Any], number: int = 1, **more: Any) -> dict[str, Any]:
    return {
        "id": f"e{number}", "kind": kind, "source": {"quote": "…", "provision": more.pop("provision", "dieu_1")},
        "target": target, "recorded": "2024-01-01", "confirmed": {"by": "thu-ky", "on": "2024-01-01"}, **more,
    }  # fmt: skip


def register(*texts: LegalText) -> Register:
    named = {slug(each.number): each for each in texts}
    return Register(named, {name: f"legal/{name}.yaml" for name in named})


def said(found: Register, day: str, cited: str = "dieu_5", number: str = BASE, horizon: int = 98) -> list[Any]:
    question = Question(date.fromisoformat(day), shipped_year, horizon=horizon)
    judged = judge(
        Grounds(found), Citation(number, (cited,) if cited else ()), cited, DealtWith(ADOPTED, True), question
    )
    return sorted(
        (
            each.verdict.value,
            "" if each.doubt is None else each.doubt.value,
            "" if each.cause is None else each.cause.event,
        )
        for each in judged
    )


OUTDATED = ("outdated", "", "22-2024-tt-abc#e1")
AMENDS = event("amend", {"text": BASE, "provisions": ["dieu_5"]})
KINDS = {
    "suspend": "suspended", "disapply": "suspended", "renumber": "minor", "correct": "outdated", "transition": "transition",
    "general_repeal": "review",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_verdict_where_it_touches(kind: str) -> None:
    acting = text(ACT, "2025-01-09", event(kind, {"text": BASE, "provisions": ["dieu_5"]}))
    found = register(text(BASE, "2020-03-01"), acting)
    one = [(KINDS[kind], "", "22-2024-tt-abc#e1")]
    ahead = [] if kind == "general_repeal" else [("upcoming", "", "22-2024-tt-abc#e1")]
    assert said(found, "2024-10-02") == [], "beyond the horizon"
    assert said(found, "2024-10-03") == said(found, "2025-01-08") == ahead
    assert said(found, "2025-01-09") == said(found, "2030-01-01") == one
    assert said(found, "2030-01-01", "dieu_6") == []


@pytest.mark.parametrize("kind", ["resume", "extend"])
def test_what_only_gives_back_says_nothing(kind: str) -> None:
    acting = text(ACT, "2025-01-09", event(kind, {"text": BASE, "provisions": ["dieu_5"]}))
    assert said(register(text(BASE, "2020-03-01"), acting), "2025-01-09") == []


def test_a_suspension_that_is_over_came_and_went() -> None:
    acting = text(ACT, None, event("suspend", {"text": BASE}, effect={"from": "2025-01-09", "to": "2025-06-01"}))
    found = register(text(BASE, "2020-03-01"), acting)
    assert said(found, "2025-05-31") == [("suspended", "", "22-2024-tt-abc#e1")]
    assert said(found, "2025-06-01") == [("changed_between", "", "22-2024-tt-abc#e1")]
    before = text(ACT, None, event("suspend", {"text": BASE}, effect={"from": "2023-01-09"}))
    suspended = [("suspended", "", "22-2024-tt-abc#e1")]
    assert said(register(text(BASE, "2020-03-01"), before), "2024-03-01") == suspended, "whatever the revision took in"
    corrected = text(ACT, None, event("correct", {"text": BASE}, effect={"from": "2023-01-09"}))
    assert said(register(text(BASE, "2020-03-01"), corrected), "2024-03-01") == [], "dealt with by the revision"


def test_a_suspension_is_lifted_where_something_resumes() -> None:
    off = text(ACT, "2025-01-09", event("suspend", {"text": BASE, "provisions": ["dieu_5"]}))
    for target in ({"text": BASE, "provisions": ["dieu_5"]}, {"text": BASE}, ON_EVENT):
        found = register(text(BASE, "2020-03-01"), off, text(OTHER, "2025-06-01", event("resume", target)))
        assert [each[0] for each in said(found, "2025-05-31", horizon=0)] == ["suspended"]
        assert [each[0] for each in said(found, "2025-06-01")] == ["changed_between"]
    part = event("resume", {"text": BASE, "provisions": ["dieu_5__khoan_2"]})
    found = register(text(BASE, "2020-03-01"), off, text(OTHER, "2025-06-01", part))
    assert [each[0] for each in said(found, "2025-06-01", "dieu_5__khoan_2")] == ["changed_between"]
    assert [each[0] for each in said(found, "2025-06-01", "dieu_5__khoan_1")] == ["suspended"], "an exception below it"
    assert [each[0] for each in said(found, "2025-06-01")] == ["suspended"]


ON_EVENT = {"event": "22-2024-tt-abc#e1"}
ON_SOURCE = {"text": ACT, "provisions": ["dieu_1"]}


AFTER = {
    "repeal": ["changed_between e1"], "expire": ["changed_between e1"], "suspend": ["changed_between e1"],
    "amend": ["changed_between e1", "outdated other"], "replace": ["changed_between e1", "outdated other"],
    "insert": ["outdated e1", "outdated other"], "correct": ["outdated e1", "outdated other"],
}  # fmt: skip
"""What is said of the citation after something acted on an event that nobody has dealt with."""


@pytest.mark.parametrize("target", [ON_EVENT, ON_SOURCE], ids=["by name", "by its provision"])
@pytest.mark.parametrize("kind", AFTER)
def test_what_acts_on_an_event_does_so_from_its_day(kind: str, target: dict[str, Any]) -> None:
    acting = text(ACT, "2025-01-09", AMENDS)
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-06-01", event(kind, target)))
    names = {"e1": "22-2024-tt-abc#e1", "other": "33-2025-tt-abc#e1"}
    expected = sorted((each.split()[0], "", names[each.split()[1]]) for each in AFTER[kind])
    assert said(found, "2025-05-31", horizon=0) == [OUTDATED]
    assert said(found, "2025-06-01") == expected
    assert said(found, "2025-06-01", "dieu_6") == []


def test_what_takes_the_place_of_an_open_event_keeps_its_due_day() -> None:
    acting = text(ACT, "2025-01-09", AMENDS)
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-03-03", event("amend", ON_SOURCE)))

    def due(dealt: DealtWith) -> list[str]:
        question = Question(date(2025, 3, 10), shipped_year)
        judged = judge(Grounds(found), Citation(BASE, ("dieu_5",)), "dieu_5", dealt, question)
        return [each.due.day.isoformat() for each in judged if each.due is not None]

    assert due(DealtWith(ADOPTED, True)) == ["2025-04-09"], "three months from the first day of the first of them"
    digest = next(each.digest() for each in found.on("11-2020-tt-abc"))
    closed = {"22-2024-tt-abc#e1": (Closing(date(2025, 2, 1), digest, "no_impact"),)}
    assert due(DealtWith(ADOPTED, True, closed)) == ["2025-06-03"], "of its own, once that has been dealt with"


def test_what_a_revision_has_taken_in_holds_no_longer_when_the_clause_is_repealed() -> None:
    acting = text(ACT, "2023-01-09", AMENDS)
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-06-01", event("repeal", ON_SOURCE)))
    assert said(found, "2025-05-31", horizon=0) == []
    assert said(found, "2025-06-01") == [("outdated", "", "22-2024-tt-abc#e1@2025-06-01")]
    replaced = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-06-01", event("amend", ON_SOURCE)))
    assert said(replaced, "2025-06-01") == [("outdated", "", "33-2025-tt-abc#e1")], "the new words speak, not the old"


def test_a_correction_of_form_of_an_amendment_is_minor() -> None:
    acting = text(ACT, "2025-01-09", AMENDS)
    formal = event("correct", ON_EVENT, grade="form")
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-01-09", formal))
    assert said(found, "2025-01-09") == [("minor", "", "33-2025-tt-abc#e1"), OUTDATED]


def test_a_rewording_of_form_does_not_hide_the_substance_in_it() -> None:
    base, other = text(BASE, "2020-03-01"), {"event": "22-2024-tt-abc#e1"}
    formal = text(OTHER, "2025-03-01", event("amend", other, grade="form"))
    found = register(base, text(ACT, "2025-01-09", AMENDS), formal)
    assert ("outdated", "", "33-2025-tt-abc#e1") in said(found, "2025-03-01")
    of_form = event("amend", {"text": BASE, "provisions": ["dieu_5"]}, grade="form")
    assert ("minor", "", "33-2025-tt-abc#e1") in said(
        register(base, text(ACT, "2025-01-09", of_form), formal), "2025-03-01"
    )
    before = register(base, text(ACT, "2024-01-09", AMENDS), formal)
    assert ("minor", "", "33-2025-tt-abc#e1") in said(before, "2025-03-01"), "the substance was taken in"


def test_events_in_a_circle_are_not_followed() -> None:
    one = event("amend", {"event": "33-2025-tt-abc#e1"})
    first = text(ACT, "2025-01-09", AMENDS, event("repeal", {"event": "33-2025-tt-abc#e1"}, 2))
    other = text(OTHER, "2025-01-09", event("repeal", {"event": "22-2024-tt-abc#e2"}), event("repeal", ON_EVENT, 2))
    found = register(text(BASE, "2020-03-01"), first, other)
    assert [each[0] for each in said(found, "2025-01-10")] == [], "repealed by an event outside of the circle"
    inside = text(OTHER, "2025-01-09", event("repeal", {"event": "22-2024-tt-abc#e1"}))
    loop = register(
        text(BASE, "2020-03-01"),
        text(ACT, "2025-01-09", {**AMENDS, "effect": {"until_event": "33-2025-tt-abc#e1"}}),
        inside,
    )
    assert said(loop, "2025-01-08", horizon=0) == []
    own = register(
        text(BASE, "2020-03-01"),
        text(ACT, "2025-01-09", AMENDS, {**one, "id": "e9"}),
        text(OTHER, "2025-01-09", event("amend", {"event": "22-2024-tt-abc#e9"})),
    )
    assert said(own, "2025-02-01") == [OUTDATED]


def test_an_undated_event_on_an_event_leaves_what_is_known() -> None:
    acting = text(ACT, "2025-01-09", AMENDS)
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, None, event("repeal", ON_EVENT)))
    assert said(found, "2025-06-01") == [OUTDATED, ("undated", "", "33-2025-tt-abc#e1")]
    proposal = {**event("repeal", ON_EVENT)}
    del proposal["confirmed"]
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-06-01", proposal))
    assert said(found, "2025-06-01") == [OUTDATED, ("possible", "", "33-2025-tt-abc#e1")]


def test_ending_an_amending_text_as_a_whole_does_not_undo_it_unless_it_never_operated() -> None:
    acting = text(ACT, "2025-01-09", AMENDS)
    after = text(OTHER, "2025-06-01", event("repeal", {"text": ACT}))
    assert said(register(text(BASE, "2020-03-01"), acting, after), "2025-06-01") == [OUTDATED]
    before = text(OTHER, "2025-01-01", event("repeal", {"text": ACT}))
    assert said(register(text(BASE, "2020-03-01"), acting, before), "2025-01-09") == []


def test_a_suspension_on_the_first_day_keeps_a_change_from_operating_as_long_as_it_lasts() -> None:
    acting = text(ACT, "2025-01-09", AMENDS)
    off = event("suspend", {"text": BASE, "provisions": ["dieu_5"]}, effect={"from": "2025-01-01", "to": "2025-02-01"})
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-01-01", off))
    suspended = ("suspended", "", "33-2025-tt-abc#e1")
    assert said(found, "2025-01-09", horizon=0) == [suspended]
    assert said(found, "2025-02-01") == [("changed_between", "", "33-2025-tt-abc#e1"), OUTDATED]
    late = event("suspend", {"text": BASE, "provisions": ["dieu_5"]}, effect={"from": "2025-01-10"})
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-01-01", late))
    assert said(found, "2025-01-10") == [OUTDATED, suspended], "it began before the suspension did"


def test_what_is_inserted_and_suspended_on_the_same_day_never_was() -> None:
    acting = text(ACT, "2025-01-09", event("insert", {"text": BASE, "provisions": ["dieu_5__khoan_8"]}))
    off = event("suspend", {"text": BASE, "provisions": ["dieu_5__khoan_8"]})
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-01-09", off))
    assert said(found, "2025-01-09") == said(found, "2030-01-01") == [], "neither inserted nor suspended"


def test_an_extension_moves_a_stated_end() -> None:
    base = text(BASE, None, in_force=[{"from": "2020-03-01", "to": "2025-01-01"}])
    ended = ("basis_ended", "", "11-2020-tt-abc#in_force0")
    assert said(register(base), "2025-01-01") == [ended]
    for target in ({"text": BASE}, {"event": "11-2020-tt-abc#in_force0"}):
        longer = event("extend", target, effect={"from": "2024-12-01", "to": "2027-01-01"})
        found = register(base, text(OTHER, "2024-12-01", longer))
        assert said(found, "2025-01-01") == []
        assert said(found, "2027-01-01") == [ended]
        assert status(Timeline(found), "11-2020-tt-abc", date(2025, 1, 1)).status is Status.IN_FORCE
    late = event("extend", {"text": BASE}, effect={"from": "2025-01-02", "to": "2027-01-01"})
    assert said(register(base, text(OTHER, "2024-12-01", late)), "2026-01-01") == [ended], "it had ended by then"
    shorter = event("extend", {"text": BASE}, effect={"from": "2024-01-02", "to": "2024-06-01"})
    assert said(register(base, text(OTHER, "2024-12-01", shorter)), "2024-07-01", horizon=0) == [], "no extension"


def test_until_an_event() -> None:
    base = text(BASE, None, in_force=[{"from": "2020-03-01", "until_event": "33-2025-tt-abc#e1"}])
    other = text(OTHER, "2025-06-01", event("amend", {"text": ACT, "provisions": ["dieu_9"]}))
    found = register(base, text(ACT, "2020-01-01"), other)
    assert said(found, "2025-05-31", horizon=0) == []
    assert said(found, "2025-06-01") == [("basis_ended", "", "11-2020-tt-abc#in_force0")]
    for_a_time = text(ACT, "2025-01-09", {**AMENDS, "effect": {"until_event": "33-2025-tt-abc#e1"}})
    found = register(text(BASE, "2020-03-01"), for_a_time, other)
    assert said(found, "2025-05-31") == [OUTDATED]
    assert said(found, "2025-06-01") == [("changed_between", "", "22-2024-tt-abc#e1")]


def test_a_text_whose_basis_ended_before_april_2025_ended_with_it() -> None:
    base = text(BASE, "2020-03-01", details=[{"text": "1/2010/QH12"}, {"text": "2/2010/QH12"}])
    laws = [text(number, "2011-01-01", kind="law") for number in ("1/2010/QH12", "2/2010/QH12")]
    one = event("repeal", {"text": "1/2010/QH12"}, 1)
    two = event("repeal", {"text": "2/2010/QH12"}, 2)
    ending = text(ACT, "2025-03-31", one, two)
    assert said(register(base, *laws, ending), "2025-03-31") == [("basis_ended", "", "22-2024-tt-abc#e1")]
    assert said(register(base, *laws, ending), "2025-03-30", horizon=0) == []
    review = [("review", "", "22-2024-tt-abc#e1")]
    assert said(register(base, *laws, text(ACT, "2025-03-31", one)), "2025-04-01") == review, "one of the two lives"
    since = said(register(base, *laws, text(ACT, "2025-04-01", one, two)), "2025-04-01")
    assert [each[0] for each in since] == ["review", "review"], "the law of 2025 differs"
    before = text(ACT, None, {**one, "effect": {"from": "2024-02-01"}})
    assert said(register(base, *laws, before), "2025-04-01") == [], "dealt with by the revision"
    further = text("44/2020/TT-ABC", "2020-03-01", details=[{"text": BASE}])
    chain = said(register(base, *laws, ending, further), "2025-03-31", number="44/2020/TT-ABC")
    assert [each[0] for each in chain] == ["basis_ended"], "and so on upwards"
    saved = text("55/2025/TT-ABC", "2025-03-31", event("resume", {"text": BASE}))
    assert said(register(base, *laws, ending, saved), "2025-03-31") == [], "saved by name"
    part = text(BASE, "2020-03-01", details=[{"text": "1/2010/QH12", "provisions": ["dieu_3"]}])
    for provisions, expected in ((["dieu_3"], review), (["dieu_4"], [])):
        cut = text(ACT, "2025-06-01", event("repeal", {"text": "1/2010/QH12", "provisions": provisions}))
        assert said(register(part, *laws, cut), "2025-06-01") == expected


def test_a_consolidated_text_is_no_text_of_its_own() -> None:
    found = register(text(BASE, "2020-03-01", kind="consolidated"))
    assert said(found, "2025-01-01") == [("unknown", "consolidated", "")]


def test_an_event_that_cannot_be_read_leaves_nothing_current() -> None:
    acting = text(ACT, "2025-01-09", event("amend", {"text": BASE, "provisions": ["khoan_1__dieu_5"]}))
    found = register(text(BASE, "2020-03-01"), acting)
    assert [each.fault for each in found.problems] == [Fault.ADDRESS]
    assert said(found, "2025-01-09", "dieu_6") == [("unknown", "unreadable_event", "")]
    staged = text(
        BASE,
        None,
        in_force=[{"from": "2020-03-01"}, {"from": "2020-03-01", "to": "2025-01-01", "provisions": ["dieu_05"]}],
    )
    assert said(register(staged), "2025-01-09") == [("unknown", "unreadable_event", "")]


def test_an_event_inside_the_source_of_another_is_seen() -> None:
    below = event("replace_phrase", {"text": ACT, "provisions": ["dieu_1__khoan_4"]}, phrase={"old": "a", "new": "b"})
    acted = ("unknown", "acted_upon", "33-2025-tt-abc#e1")
    taken_in = text(ACT, "2023-01-09", AMENDS)
    found = register(text(BASE, "2020-03-01"), taken_in, text(OTHER, "2025-06-01", below))
    assert said(found, "2025-06-01") == [acted]
    cut = event("repeal", {"text": ACT, "provisions": ["dieu_1__khoan_4"]})
    found = register(text(BASE, "2020-03-01"), text(ACT, "2025-01-09", AMENDS), text(OTHER, "2025-06-01", cut))
    assert said(found, "2025-06-01") == [OUTDATED, acted], "it may have ended a part only"


@pytest.mark.parametrize("target", [{"text": ACT}, {"event": "22-2024-tt-abc#in_force0"}], ids=["text", "event"])
def test_an_extension_of_the_acting_text_moves_what_ends_with_it(target: dict[str, Any]) -> None:
    longer = text(OTHER, "2026-02-01", event("extend", target, effect={"from": "2026-02-01", "to": "2027-03-01"}))
    acting = text(ACT, None, AMENDS, in_force=[{"from": "2025-01-09", "to": "2026-03-01"}])
    found = register(text(BASE, "2020-03-01"), acting, longer)
    assert said(found, "2026-02-28", horizon=0) == said(found, "2027-02-28", horizon=0) == [OUTDATED]
    assert said(found, "2027-03-01") == [("changed_between", "", "22-2024-tt-abc#e1")]
    taken_in = text(ACT, None, AMENDS, in_force=[{"from": "2023-01-09", "to": "2026-03-01"}])
    found = register(text(BASE, "2020-03-01"), taken_in, longer)
    assert said(found, "2026-03-01") == []
    assert said(found, "2027-03-01") == [("outdated", "", "22-2024-tt-abc#e1@2027-03-01")]
    own = text(
        ACT, None, {**AMENDS, "effect": {"to": "2026-03-01"}}, in_force=[{"from": "2025-01-09", "to": "2026-03-01"}]
    )
    found = register(text(BASE, "2020-03-01"), own, longer)
    assert said(found, "2026-03-01") == [("changed_between", "", "22-2024-tt-abc#e1")], "it states an end of its own"


def test_suspending_an_amending_text_as_a_whole_brings_the_old_words_back() -> None:
    off = text(OTHER, "2025-06-01", event("suspend", {"text": ACT}))
    found = register(text(BASE, "2020-03-01"), text(ACT, "2023-01-09", AMENDS), off)
    assert said(found, "2025-06-01") == [("outdated", "", "22-2024-tt-abc#e1@2025-06-01")]


def test_a_unit_that_no_stage_covers_has_no_known_day() -> None:
    unknown = [("undated", "", "11-2020-tt-abc#in_force@start")]
    for stages in ([{"from": "2020-03-01", "except": ["dieu_5"]}], [{"from": "2020-03-01", "provisions": ["dieu_6"]}]):
        found = register(text(BASE, None, in_force=stages))
        assert said(found, "2025-01-01") == unknown
        assert said(found, "2025-01-01", "dieu_6") == []
    chapter = [{"from": "2020-03-01"}, {"from": "2030-01-01", "provisions": ["chuong_2"]}]
    assert said(register(text(BASE, None, in_force=chapter)), "2025-01-01") == unknown
    tree = [{"address": each} for each in ("chuong_1", "dieu_5", "chuong_2", "dieu_6")]
    listed = register(text(BASE, None, in_force=chapter, provisions=tree))
    assert said(listed, "2025-01-01") == []
    assert said(listed, "2025-01-01", "dieu_6")[0][0] == "not_in_force"


def test_a_part_that_another_stage_keeps_does_not_end_with_the_rest_and_a_text_may_come_back() -> None:
    kept = [{"from": "2020-03-01", "to": "2025-01-01"}, {"from": "2020-03-01", "provisions": ["dieu_5"]}]
    found = register(text(BASE, None, in_force=kept))
    assert said(found, "2025-01-01", "dieu_5__khoan_1") == []
    assert said(found, "2025-01-01", "dieu_6")[0][0] == "basis_ended"
    twice = [{"from": "2020-03-01", "to": "2025-01-01"}, {"from": "2025-06-01"}]
    found = register(text(BASE, None, in_force=twice))
    assert said(found, "2025-05-31", horizon=0)[0][0] == "basis_ended"
    assert [each[0] for each in said(found, "2025-06-01")] == ["changed_between"]


def test_an_insertion_is_beside_what_was_there() -> None:
    listed = ("chuong_8", "dieu_67", "dieu_70", "chuong_9", "dieu_79")
    base = text(BASE, "2020-03-01", provisions=[{"address": each} for each in listed])
    chapter = text(ACT, "2025-01-09", event("insert", {"text": BASE, "provisions": ["chuong_8a"]}))
    for cited in ("dieu_79", "dieu_70", "chuong_8", "chuong_9"):
        assert said(register(base, chapter), "2025-01-09", cited) == []
        assert said(register(text(BASE, "2020-03-01"), chapter), "2025-01-09", cited) == []
    for more in ({"after": "dieu_70"}, {}):
        article = text(ACT, "2025-01-09", event("insert", {"text": BASE, "provisions": ["dieu_70a"]}, **more))
        found = register(base, article)
        assert said(found, "2025-01-09", "chuong_8") == [OUTDATED]
        assert said(found, "2025-01-09", "chuong_9") == said(found, "2025-01-09", "dieu_70") == []


PAIRS = [{"from": "dieu_5", "to": "dieu_7"}]
RENUMBERS = event("renumber", {"text": BASE, "provisions": ["dieu_5"]}, pairs=PAIRS)


def test_a_unit_is_followed_under_its_new_number() -> None:
    later = event("amend", {"text": BASE, "provisions": ["dieu_7"]}, 2)
    found = register(text(BASE, "2020-03-01"), text(ACT, "2025-01-09", RENUMBERS), text(OTHER, "2025-06-01", later))
    minor = ("minor", "", "22-2024-tt-abc#e1")
    assert said(found, "2025-01-09", "dieu_5", horizon=0) == [minor]
    assert said(found, "2025-01-09", "dieu_7", horizon=0) == [], "another unit once had the number"
    assert said(found, "2025-06-01", "dieu_5") == [minor, ("outdated", "", "33-2025-tt-abc#e2")]
    new = judge(
        Grounds(found),
        Citation(BASE, ("dieu_5",)),
        "dieu_5",
        DealtWith(ADOPTED, True),
        Question(date(2025, 1, 9), shipped_year, horizon=0),
    )
    assert [each.meant for each in new] == ["Điều 7"], "the new number is offered"


def test_a_revision_written_after_a_renumbering_uses_the_new_numbers() -> None:
    before = event("amend", {"text": BASE, "provisions": ["dieu_5"]}, 2, effect={"from": "2023-02-01"})
    acting = text(ACT, "2023-01-09", RENUMBERS)
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2020-06-01", before))
    assert said(found, "2025-01-01", "dieu_7") == []
    assert [each[:1] for each in said(found, "2025-01-01", "dieu_5")] == [("wrong_address",)], "nobody has the number"
    later = event("repeal", {"text": BASE, "provisions": ["dieu_7"]}, 3, effect={"from": "2025-01-01"})
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2020-06-01", later))
    assert said(found, "2025-01-01", "dieu_7") == [("basis_ended", "", "33-2025-tt-abc#e3")]


def test_a_new_unit_with_an_old_number_is_not_that_unit() -> None:
    gone = event("repeal", {"text": BASE, "provisions": ["dieu_5__khoan_2"]}, 2, effect={"from": "2022-01-01"})
    new = event("insert", {"text": BASE, "provisions": ["dieu_5__khoan_2"]}, 3, effect={"from": "2023-01-01"})
    found = register(text(BASE, "2020-03-01"), text(ACT, "2021-01-01", gone, new))
    assert said(found, "2025-01-01", "dieu_5__khoan_2") == [], "the repeal ended another one"


def test_a_repeal_for_a_time_that_was_taken_in_speaks_again_when_it_is_over() -> None:
    off = event("repeal", {"text": BASE, "provisions": ["dieu_5"]}, effect={"from": "2024-01-01", "to": "2025-06-01"})
    found = register(text(BASE, "2020-03-01"), text(ACT, None, off))
    assert said(found, "2025-05-31", horizon=0) == [("basis_ended", "", "22-2024-tt-abc#e1")]
    assert said(found, "2025-06-01") == [("outdated", "", "22-2024-tt-abc#e1@2025-06-01")]


def test_of_a_stub_the_publishers_word_that_it_ended_is_not_passed_over() -> None:
    stub = LegalText.from_tree({"number": BASE, "kind": "decree", "title": "…", "stub": True})
    found = register(stub)
    assert agrees(Timeline(found), "11-2020-tt-abc", frozenset({"ended"}), date(2025, 1, 1)) is False
    assert agrees(Timeline(found), "11-2020-tt-abc", frozenset({"in_force"}), date(2025, 1, 1)) is None


def test_an_event_may_be_meant_for_good_although_its_text_is_not() -> None:
    acting = text(ACT, None, {**AMENDS, "effect": {"to": None}}, in_force=[{"from": "2025-01-09", "to": "2025-06-01"}])
    assert said(register(text(BASE, "2020-03-01"), acting), "2025-07-01") == [OUTDATED]


def test_a_text_that_ended_but_for_a_part_is_ended_in_part() -> None:
    ending = text(ACT, "2025-01-09", event("replace", {"text": BASE, "except": ["dieu_5"]}))
    found = register(text(BASE, "2020-03-01"), ending)
    assert status(Timeline(found), "11-2020-tt-abc", date(2025, 1, 9)).status is Status.PARTLY_ENDED
    assert said(found, "2025-01-09", "dieu_5__khoan_1") == []
    assert said(found, "2025-01-09", "dieu_6") == [("basis_ended", "", "22-2024-tt-abc#e1")]


def test_a_number_that_may_mean_several_texts_is_not_judged() -> None:
    local = {"number": "01/2024/QĐ-UBND", "kind": "decision", "title": "…", "stub": True}
    texts = {name: LegalText.from_tree(local) for name in ("01-2024-qd-ubnd--long-an", "01-2024-qd-ubnd--bac-kan")}
    found = Register(texts, {name: f"legal/{name}.yaml" for name in texts})
    assert said(found, "2025-01-01", number="01/2024/QĐ-UBND") == [("unknown", "ambiguous", "")]
    assert said(found, "2025-01-01", number="01-2024-qd-ubnd--bac-kan") == [("unchecked", "", "")]


def test_a_text_in_stages_only_begins_with_the_earliest() -> None:
    stages = [{"from": "2026-01-01", "provisions": ["dieu_5"]}, {"from": "2025-01-01", "provisions": ["dieu_6"]}]
    found = register(text(BASE, None, in_force=stages))
    assert [each[0] for each in said(found, "2024-12-31", "", horizon=0)] == ["not_in_force"]
    assert said(found, "2025-01-01", "") == []
    assert status(Timeline(found), "11-2020-tt-abc", date(2025, 1, 1)).status is Status.IN_FORCE


def test_an_end_that_is_repealed_itself_ends_with_it() -> None:
    ending = text(ACT, "2025-01-09", event("replace", {"text": BASE}))
    found = register(text(BASE, "2020-03-01"), ending, text(OTHER, "2025-06-01", event("repeal", ON_EVENT)))
    assert status(Timeline(found), "11-2020-tt-abc", date(2025, 5, 31)).status is Status.ENDED
    assert status(Timeline(found), "11-2020-tt-abc", date(2025, 6, 1)).status is Status.IN_FORCE


def test_what_replaces_an_addition_is_no_end_of_the_text() -> None:
    acting = text(
        ACT, "2025-01-09",
        event("replace", {"text": BASE}),
        event("insert", {"event": "22-2024-tt-abc#e1"}, 2, effect={"from": "2025-02-01"}, provision="dieu_2"),
    )  # fmt: skip
    other = text(OTHER, "2025-06-01", event("amend", {"event": "22-2024-tt-abc#e2"}))
    found = register(text(BASE, "2020-03-01"), acting, other)
    assert [each[0] for each in said(found, "2025-06-01") if each[2] == f"{slug(OTHER)}#e1"] == ["outdated"]


def test_an_act_that_had_ended_changes_nothing_even_where_no_provision_is_named() -> None:
    change = {**AMENDS, "source": {"quote": "…"}}
    for first, expected in (("2025-01-09", []), ("2025-01-10", [OUTDATED])):
        ends = text(OTHER, first, event("repeal", {"text": ACT}))
        found = register(text(BASE, "2020-03-01"), text(ACT, "2025-01-09", change), ends)
        assert said(found, "2025-06-01") == expected
    off = event("suspend", {"text": ACT}, effect={"from": "2025-03-01"})
    part = event("amend", {"text": ACT, "provisions": ["dieu_7"]})
    found = register(
        text(BASE, "2020-03-01"), text(ACT, "2025-01-09", change), text(OTHER, "2025-02-01", off, {**part, "id": "e2"})
    )
    assert said(found, "2025-02-28") == [OUTDATED], "a change of some other part of the act makes nothing doubtful"
    assert [each[0] for each in said(found, "2025-03-01")] == ["changed_between"], "suspended with its act"
