"""A real article and its real changes, lived through on real files with nothing but the commands.

Điều 13 of 12/2018/TT-BTP (forms of legal aid) was changed on 15/07/2021, 01/01/2023 and 15/02/2024. The quotes are those
of the official codification.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

import pytest
from gitworld import World, adopt, run_docctl

import docctl
from docctl.model.record import Dealt

PROCEDURE = """\
format: docctl/procedure/v1
id: QT-01
title: Trợ giúp pháp lý
issue: 1
revision: 0
change: { reason: first-issue, summary: Ban hành lần đầu }
level: province
owner: can-bo
purpose: Quy định trình tự
legal_basis:
  - { text: 12/2018/TT-BTP, provisions: [dieu_12, dieu_14, dieu_1] }
steps:
  - id: b-1
    kind: receive
    title: Nhận đơn
    role: can-bo
    time: { value: 1, unit: hour }
    next: [b-2]
    cites:
      - { text: 12/2018/TT-BTP, provisions: [dieu_13] }
  - { id: b-2, kind: sign, title: Ký, role: chu-tich, time: { value: 1, unit: hour }, next: [b-3] }
  - { id: b-3, kind: deliver, title: Trả, role: can-bo, time: { value: 1, unit: hour }, next: [] }
"""

TEXT = """\
format: docctl/legal-text/v1
number: {number}
kind: circular
title: {number}
issuer: [Bộ Tư pháp]
issued: "{issued}"
in_force: [{{ from: "{first}" }}]
checked: "2099-12-31"
"""
EVENT = """\
events:
  - id: e1
    kind: amend
    source: {{ provision: {source}, quote: "{quote}" }}
    target: {{ text: 12/2018/TT-BTP, provisions: [dieu_13] }}
    recorded: "{first}"
    confirmed: {{ by: can-bo, "on": "{first}" }}
"""


class Act(NamedTuple):
    """An act that changed Điều 13: its number and provision, its first day, and when that is to be taken in."""

    number: str
    source: str
    first: str
    due: str

    @property
    def event(self) -> str:
        return self.number.replace("/", "-").lower() + "#e1"


ACTS = (
    Act("03/2021/TT-BTP", "dieu_2", "2021-07-15", "2021-10-15"),
    Act("09/2022/TT-BTP", "dieu_1", "2023-01-01", "2023-04-03"),  # 01/4/2023 is a Saturday
    Act("10/2023/TT-BTP", "dieu_2", "2024-02-15", "2024-05-15"),
)


def text(number: str, first: str) -> str:
    """The codification does not say when a text was signed: 45 days before its first day stand for that."""
    return TEXT.format(number=number, first=first, issued=date.fromisoformat(first) - timedelta(days=45))


LEGAL = {"legal/12-2018-tt-btp.yaml": text("12/2018/TT-BTP", "2018-10-12")} | {
    f"legal/{act.event.removesuffix('#e1')}.yaml": text(act.number, act.first)
    + EVENT.format(
        source=act.source,
        first=act.first,
        quote=f"Điều 13 Thông tư số 12/2018/TT-BTP … có nội dung được sửa đổi, có nội dung được bổ sung, có nội dung bị"
        f" bãi bỏ bởi Điều {act.source[-1]} Thông tư số {act.number}",
    )
    for act in ACTS
}


@pytest.fixture
def agency(world: World) -> World:
    world.git("rm", "-q", "procedures/QT-02.yaml", "forms/BM-01.docx")
    world.write({"procedures/QT-01.yaml": PROCEDURE, **LEGAL})
    world.commit()
    return world


def revise(world: World, revision: int) -> None:
    world.write({
        "procedures/QT-01.yaml": PROCEDURE.replace("revision: 0", f"revision: {revision}").replace(
            "{ reason: first-issue, summary: Ban hành lần đầu }", f"{{ reason: improvement, summary: Bản 1.{revision} }}"
        )
    })  # fmt: skip


def judged(world: World, day: str) -> Any:
    answer = run_docctl("outdated", "--as-of", day, "--format", "json", "--lang", "en", cwd=world.root)
    report = json.loads(answer.out)
    (found,) = report["verdicts"]
    open_events = sorted(
        judgement["event"] for each in found["citations"] for judgement in each["judgements"] if judgement["event"]
    )
    quiet = {each["address"] for each in found["citations"] if each["verdict"] == "current"}
    assert quiet >= {"dieu_12", "dieu_14", "dieu_1"}, "the articles beside it"
    return found["verdict"], found["overdue"], found["due"], open_events, answer.status


def test_a_chain_of_changes_with_adopted_revisions(agency: World) -> None:
    begins = ("2021-01-04", "2021-10-20", "2023-05-04", "2024-05-06")
    for revision, begin in enumerate(begins):
        revise(agency, revision)
        assert adopt(agency.root, "QT-01", "--effective-from", begin).status == 0
        assert run_docctl("check", "--lang", "en", cwd=agency.root).status == 0
        agency.commit()
        assert judged(agency, begin) == ("current", False, None, [], 0)
        if revision < len(ACTS):
            follows(agency, ACTS[revision])
    assert judged(agency, "2026-06-30") == ("current", False, None, [], 0)


def follows(world: World, act: Act) -> None:
    """Day by day around one change, while only the revision before it is in force."""
    first, due = date.fromisoformat(act.first), date.fromisoformat(act.due)
    day = timedelta(days=1)
    assert judged(world, f"{first - 99 * day}")[:1] == ("current",)
    for ahead in (98, 1):
        assert judged(world, f"{first - ahead * day}") == ("upcoming", False, act.due, [act.event], 0)
    for when in (first, first + day, due):
        assert judged(world, f"{when}") == ("outdated", False, act.due, [act.event], 1)
    assert judged(world, f"{due + day}")[:3] == ("outdated", True, act.due)


def test_a_chain_of_changes_with_records(agency: World) -> None:
    """Issued, reviewed with no impact, issued anew with the next change taken in, and reviewed again."""
    office = agency.office
    revise(agency, 0)
    office.issue("QT-01", "2021-01-04")
    follows(agency, ACTS[0])
    review(agency, "2021-08-02", "no_impact", [ACTS[0]])
    assert judged(agency, "2021-08-01") == ("outdated", False, ACTS[0].due, [ACTS[0].event], 1), "not before its day"
    assert judged(agency, "2021-08-02") == ("current", False, None, [], 0)
    follows(agency, ACTS[1])
    revise(agency, 1)
    office.issue("QT-01", "2023-02-01", events=dealt(agency, "2023-02-01", "no_impact", ACTS[:1]))
    assert judged(agency, "2023-02-01") == ("outdated", False, ACTS[1].due, [ACTS[1].event], 1)
    review(agency, "2023-03-01", "updated", [ACTS[1]])
    assert judged(agency, "2023-03-01") == ("current", False, None, [], 0)
    follows(agency, ACTS[2])
    review(agency, "2024-03-01", "updated", [ACTS[2]])
    assert judged(agency, "2024-03-01") == ("current", False, None, [], 0)
    assert judged(agency, "2026-06-30") == ("current", False, None, [], 0)
    path = agency.root / f"legal/{ACTS[2].event.removesuffix('#e1')}.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("[dieu_13]", "[dieu_13, dieu_15]"), encoding="utf-8")
    assert judged(agency, "2026-06-30")[3] == [ACTS[2].event], "an event that was edited since is open again"


def dealt(world: World, day: str, decision: str, acts: Sequence[Act]) -> tuple[Dealt, ...]:
    found = docctl.open(world.root).to_deal_with("QT-01", date.fromisoformat(day))
    return tuple(
        Dealt(each.citation, each.cause.event, each.digest, decision, "Đã đối chiếu biểu mẫu")
        for each in found
        if each.cause.event in {act.event for act in acts}
    )


def review(world: World, day: str, decision: str, acts: Sequence[Act]) -> None:
    found = docctl.open(world.root).open_events("QT-01", date.fromisoformat(day))
    events = tuple(
        Dealt(each.citation, each.cause.event, each.digest, decision, "Đã đối chiếu biểu mẫu")
        for each in found
        if each.cause.event in {act.event for act in acts}
    )
    assert len(events) == 1
    register = docctl.open(world.root).register_digest
    world.office.sign(
        "QT-01", "legal-review", "cuong", day, as_of=date.fromisoformat(day), register=register, events=events
    )  # fmt: skip
