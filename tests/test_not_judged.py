"""What cannot be decided yet is said at the citation it touches, from the day it matters, and never guessed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from docctl.currency.citation import judge
from docctl.currency.dealt import DealtWith
from docctl.currency.question import Question
from docctl.documents import shipped_year
from docctl.law.identity import slug
from docctl.law.register import Fault, Register
from docctl.law.status import Status, agrees, status
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
    judged = judge(found, Citation(number, (cited,) if cited else ()), cited, DealtWith(ADOPTED, True), question)
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
KINDS = ("suspend", "disapply", "renumber", "correct", "resume", "extend", "transition", "general_repeal")


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_that_is_not_judged_is_said_where_it_touches(kind: str) -> None:
    acting = text(ACT, "2025-01-09", event(kind, {"text": BASE, "provisions": ["dieu_5"]}))
    found = register(text(BASE, "2020-03-01"), acting)
    unknown = [("unknown", "kind", "22-2024-tt-abc#e1")]
    assert said(found, "2024-10-02") == [], "beyond the horizon"
    assert said(found, "2024-10-03") == said(found, "2025-01-09") == said(found, "2030-01-01") == unknown
    assert said(found, "2030-01-01", "dieu_6") == []


def test_a_suspension_that_is_over_came_and_went() -> None:
    acting = text(ACT, None, event("suspend", {"text": BASE}, effect={"from": "2025-01-09", "to": "2025-06-01"}))
    found = register(text(BASE, "2020-03-01"), acting)
    assert said(found, "2025-05-31") == [("unknown", "kind", "22-2024-tt-abc#e1")]
    assert said(found, "2025-06-01") == [("changed_between", "", "22-2024-tt-abc#e1")]
    before = text(ACT, None, event("suspend", {"text": BASE}, effect={"from": "2023-01-09"}))
    assert said(register(text(BASE, "2020-03-01"), before), "2024-03-01") == [("unknown", "kind", "22-2024-tt-abc#e1")]
    corrected = text(ACT, None, event("correct", {"text": BASE}, effect={"from": "2023-01-09"}))
    assert said(register(text(BASE, "2020-03-01"), corrected), "2024-03-01") == [], "dealt with by the revision"


ON_EVENT = {"event": "22-2024-tt-abc#e1"}
ON_SOURCE = {"text": ACT, "provisions": ["dieu_1"]}


@pytest.mark.parametrize("target", [ON_EVENT, ON_SOURCE], ids=["by name", "by its provision"])
@pytest.mark.parametrize("kind", ["repeal", "expire", "suspend", "amend", "replace", "insert", "correct"])
def test_what_acts_on_an_event_makes_it_uncertain(kind: str, target: dict[str, Any]) -> None:
    acting = text(ACT, "2025-01-09", AMENDS)
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-06-01", event(kind, target)))
    unknown = ("unknown", "acted_upon", "33-2025-tt-abc#e1")
    still = [OUTDATED] if kind in ("amend", "replace", "insert", "correct") else []
    assert said(found, "2025-05-31", horizon=0) == [OUTDATED]
    assert said(found, "2025-05-31") == sorted([OUTDATED, unknown]), "announced, and judged until then"
    assert said(found, "2025-06-01") == sorted([*still, unknown])
    assert said(found, "2025-06-01", "dieu_6") == []


def test_an_undated_event_on_an_event_leaves_what_is_known() -> None:
    acting = text(ACT, "2025-01-09", AMENDS)
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, None, event("repeal", ON_EVENT)))
    assert said(found, "2025-06-01") == [OUTDATED, ("undated", "", "33-2025-tt-abc#e1")]
    proposal = {**event("repeal", ON_EVENT)}
    del proposal["confirmed"]
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-06-01", proposal))
    assert said(found, "2025-06-01") == [OUTDATED, ("possible", "", "33-2025-tt-abc#e1")]


def test_an_event_dealt_with_and_repealed_later_is_uncertain_one_repealed_before_is_not() -> None:
    acting = text(ACT, "2023-01-09", AMENDS)
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-06-01", event("repeal", ON_EVENT)))
    assert said(found, "2025-05-31", horizon=0) == []
    assert said(found, "2025-06-01") == [("unknown", "acted_upon", "33-2025-tt-abc#e1")]
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2023-06-01", event("repeal", ON_EVENT)))
    assert said(found, "2025-06-01") == [], "both lie before the revision"


def test_ending_an_amending_text_as_a_whole_does_not_undo_it_unless_it_never_operated() -> None:
    acting = text(ACT, "2025-01-09", AMENDS)
    after = text(OTHER, "2025-06-01", event("repeal", {"text": ACT}))
    assert said(register(text(BASE, "2020-03-01"), acting, after), "2025-06-01") == [OUTDATED]
    before = text(OTHER, "2025-01-01", event("repeal", {"text": ACT}))
    unknown = [("unknown", "acted_upon", "33-2025-tt-abc#e1")]
    assert said(register(text(BASE, "2020-03-01"), acting, before), "2025-01-09") == unknown


def test_a_suspension_on_the_first_day_keeps_a_change_from_operating() -> None:
    acting = text(ACT, "2025-01-09", AMENDS)
    off = event("suspend", {"text": BASE, "provisions": ["dieu_5"]}, effect={"from": "2025-01-01", "to": "2025-02-01"})
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-01-01", off))
    acted = ("unknown", "acted_upon", "33-2025-tt-abc#e1")
    assert said(found, "2025-01-09") == [acted, ("unknown", "kind", "33-2025-tt-abc#e1")]
    assert acted in said(found, "2025-03-01"), "nor does it begin when the suspension is over"
    late = event("suspend", {"text": BASE, "provisions": ["dieu_5"]}, effect={"from": "2025-01-10"})
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2025-01-01", late))
    assert OUTDATED in said(found, "2025-01-10"), "it began before the suspension did"


def test_an_extension_makes_a_stated_end_uncertain() -> None:
    base = text(BASE, None, in_force=[{"from": "2020-03-01", "to": "2025-01-01"}])
    longer = event("extend", {"text": BASE}, effect={"from": "2024-12-01", "to": "2027-01-01"})
    ended = ("basis_ended", "", "11-2020-tt-abc#in_force0")
    assert said(register(base), "2025-01-01") == [ended]
    found = register(base, text(OTHER, "2024-12-01", longer))
    assert ended not in said(found, "2025-01-01")
    assert ("unknown", "acted_upon", "33-2025-tt-abc#e1") in said(found, "2025-01-01")
    assert status(found, "11-2020-tt-abc", date(2025, 1, 1)).status is Status.UNKNOWN


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


def test_a_text_whose_basis_ended_before_april_2025_may_have_ended_with_it() -> None:
    base = text(BASE, "2020-03-01", details=[{"text": "1/2010/QH12"}, {"text": "2/2010/QH12"}])
    laws = [text(number, "2011-01-01", kind="law") for number in ("1/2010/QH12", "2/2010/QH12")]
    one = event("repeal", {"text": "1/2010/QH12"}, 1)
    two = event("repeal", {"text": "2/2010/QH12"}, 2)
    ending = text(ACT, "2025-03-31", one, two)
    assert said(register(base, *laws, ending), "2025-03-31") == [("unknown", "cascade", "22-2024-tt-abc#e1")]
    assert said(register(base, *laws, ending), "2025-03-30", horizon=0) == []
    review = [("review", "", "22-2024-tt-abc#e1")]
    assert said(register(base, *laws, text(ACT, "2025-03-31", one)), "2025-04-01") == review, "one of the two lives"
    since = said(register(base, *laws, text(ACT, "2025-04-01", one, two)), "2025-04-01")
    assert [each[0] for each in since] == ["review"], "the law of 2025 differs"
    before = text(ACT, None, {**one, "effect": {"from": "2024-02-01"}})
    assert said(register(base, *laws, before), "2025-04-01") == [], "dealt with by the revision"
    further = text("44/2020/TT-ABC", "2020-03-01", details=[{"text": BASE}])
    chain = said(register(base, *laws, ending, further), "2025-03-31", number="44/2020/TT-ABC")
    assert [each[:2] for each in chain] == [("unknown", "cascade")], "and so on upwards"
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
def test_an_extension_of_the_acting_text_makes_what_ends_with_it_uncertain(target: dict[str, Any]) -> None:
    acting = text(ACT, None, AMENDS, in_force=[{"from": "2025-01-09", "to": "2026-03-01"}])
    found = register(text(BASE, "2020-03-01"), acting, text(OTHER, "2026-02-01", event("extend", target)))
    acted = ("unknown", "acted_upon", "33-2025-tt-abc#e1")
    assert said(found, "2026-02-28", horizon=0) == [OUTDATED], "until the old end nothing depends on it"
    assert said(found, "2026-03-01") == [acted], "neither outdated nor over"
    taken_in = text(ACT, None, AMENDS, in_force=[{"from": "2023-01-09", "to": "2026-03-01"}])
    found = register(text(BASE, "2020-03-01"), taken_in, text(OTHER, "2026-02-01", event("extend", target)))
    assert said(found, "2026-02-28", horizon=0) == []
    assert said(found, "2026-02-28") == said(found, "2026-03-01") == [acted], "the end ahead is uncertain"


def test_suspending_an_amending_text_as_a_whole_is_seen() -> None:
    off = text(OTHER, "2025-06-01", event("suspend", {"text": ACT}))
    found = register(text(BASE, "2020-03-01"), text(ACT, "2023-01-09", AMENDS), off)
    assert said(found, "2025-06-01") == [("unknown", "acted_upon", "33-2025-tt-abc#e1")]


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


def test_a_renumbering_concerns_the_old_and_the_new_number() -> None:
    pairs = [{"from": "dieu_5", "to": "dieu_7"}]
    acting = text(ACT, "2025-01-09", event("renumber", {"text": BASE, "provisions": ["dieu_5"]}, pairs=pairs))
    found = register(text(BASE, "2020-03-01"), acting)
    for cited in ("dieu_5", "dieu_7"):
        assert said(found, "2025-01-09", cited) == [("unknown", "kind", "22-2024-tt-abc#e1")]
    assert said(found, "2025-01-09", "dieu_6") == []


def test_a_repeal_for_a_time_that_was_taken_in_speaks_again_when_it_is_over() -> None:
    off = event("repeal", {"text": BASE, "provisions": ["dieu_5"]}, effect={"from": "2024-01-01", "to": "2025-06-01"})
    found = register(text(BASE, "2020-03-01"), text(ACT, None, off))
    assert said(found, "2025-05-31", horizon=0) == [("basis_ended", "", "22-2024-tt-abc#e1")]
    assert said(found, "2025-06-01") == [("outdated", "", "22-2024-tt-abc#e1@2025-06-01")]


def test_of_a_stub_the_publishers_word_that_it_ended_is_not_passed_over() -> None:
    stub = LegalText.from_tree({"number": BASE, "kind": "decree", "title": "…", "stub": True})
    found = register(stub)
    assert agrees(found, "11-2020-tt-abc", frozenset({"ended"}), date(2025, 1, 1)) is False
    assert agrees(found, "11-2020-tt-abc", frozenset({"in_force"}), date(2025, 1, 1)) is None


def test_an_event_may_be_meant_for_good_although_its_text_is_not() -> None:
    acting = text(ACT, None, {**AMENDS, "effect": {"to": None}}, in_force=[{"from": "2025-01-09", "to": "2025-06-01"}])
    assert said(register(text(BASE, "2020-03-01"), acting), "2025-07-01") == [OUTDATED]


def test_a_text_that_ended_but_for_a_part_is_ended_in_part() -> None:
    ending = text(ACT, "2025-01-09", event("replace", {"text": BASE, "except": ["dieu_5"]}))
    found = register(text(BASE, "2020-03-01"), ending)
    assert status(found, "11-2020-tt-abc", date(2025, 1, 9)).status is Status.PARTLY_ENDED
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
    assert status(found, "11-2020-tt-abc", date(2025, 1, 1)).status is Status.IN_FORCE


def test_an_end_that_another_event_acts_on_leaves_the_status_open() -> None:
    ending = text(ACT, "2025-01-09", event("replace", {"text": BASE}))
    found = register(text(BASE, "2020-03-01"), ending, text(OTHER, "2025-06-01", event("repeal", ON_EVENT)))
    assert status(found, "11-2020-tt-abc", date(2025, 5, 31)).status is Status.ENDED
    assert status(found, "11-2020-tt-abc", date(2025, 6, 1)).status is Status.UNKNOWN
