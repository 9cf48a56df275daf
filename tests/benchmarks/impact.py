"""``docctl impact`` among many procedures, citations and events: seconds for each question (docs/performance.md)."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from typing import Any

from docctl.currency.question import Question
from docctl.currency.subjects import Subject
from docctl.law.register import Register
from docctl.model.currency import State
from docctl.model.legal_text import LegalText
from docctl.model.procedure import Procedure
from docctl.model.view import Document
from docctl.verdict import Baseline
from docctl.work.asked import asked
from docctl.work.citing import Citing
from docctl.work.impact import impact

PROCEDURES, CITATIONS, EVENTS, TEXTS = 10_000, 5, 10_000, 2_000
COMMON = "1/2000/NĐ-CP"
"""What the first citation of every procedure means."""


def decree(number: str, first: date, events: list[dict[str, Any]]) -> LegalText:
    return LegalText.from_tree(
        {
            "number": number, "kind": "decree", "title": number, "issuer": ["Chính phủ"], "issued": "2000-01-01",
            "in_force": [{"from": first.isoformat()}], "checked": "2026-06-01", "events": events,
        }
    )  # fmt: skip


def event(name: str, kind: str, text: str, *provisions: str) -> dict[str, Any]:
    return {
        "id": name, "kind": kind, "source": {"provision": "dieu_1", "quote": "…"}, "recorded": "2026-01-01",
        "target": {"text": text, "provisions": [*provisions]}, "confirmed": {"by": "thu-ky", "on": "2026-01-02"},
    }  # fmt: skip


def register(dice: random.Random, numbers: list[str]) -> Register:
    texts = {}
    for number in numbers:
        events = [
            event(f"e{place}", dice.choice(("amend", "insert", "repeal")), dice.choice(numbers), f"dieu_{dice.randrange(1, 30)}")
            for place in range(EVENTS // TEXTS)
        ]  # fmt: skip
        texts[number] = decree(number, date(2012, 1, 1) + timedelta(days=dice.randrange(5400)), events)

    def ten(*provisions: str) -> list[dict[str, Any]]:
        return [event(f"e{place}", "amend", numbers[place + 1], *provisions) for place in range(10)]

    texts["9000/2026/NĐ-CP"] = decree("9000/2026/NĐ-CP", date(2026, 9, 1), ten("dieu_3", "dieu_5", "dieu_7"))
    # Điều 1 of each of them amends others itself, so that these are reached too.
    texts["9001/2026/NĐ-CP"] = decree("9001/2026/NĐ-CP", date(2026, 9, 1), ten("dieu_1"))
    texts["9002/2026/NĐ-CP"] = decree("9002/2026/NĐ-CP", date(2026, 9, 1), [event("e1", "replace", numbers[20])])
    texts["9003/2026/NĐ-CP"] = decree("9003/2026/NĐ-CP", date(2026, 9, 1), [event("e1", "replace", COMMON)])
    slugs = {number.replace("/", "-").replace("NĐ-CP", "nd-cp"): text for number, text in texts.items()}
    return Register(slugs, {slug: f"legal/{slug}.yaml" for slug in slugs})


def subject(number: int, dice: random.Random, numbers: list[str]) -> Subject:
    cited = [COMMON, *(dice.choice(numbers) for _ in range(CITATIONS - 1))]
    cites = [{"text": each, "provisions": [f"dieu_{dice.randrange(1, 30)}"]} for each in cited]
    step = {"id": "b-1", "title": "Nhận", "role": "r", "time": {"value": 1, "unit": "hour"}, "next": []}
    tree: dict[str, Any] = {
        "id": f"QT-{number}", "title": "Quy trình", "issue": 1, "revision": 0, "owner": "r", "legal_basis": cites[:2],
        "steps": [{**step, "cites": cites[2:]}],
    }  # fmt: skip
    document = Document(f"procedures/QT-{number}.yaml", Procedure.from_tree(tree), None, tree, lambda: "0" * 64)  # type: ignore[arg-type]
    baseline = Baseline("1.0", date(2020, 1, 1), None, "adopted.yaml", ("adopted", number))
    return Subject(document, State.IN_FORCE, baseline)


def main() -> None:
    dice = random.Random(1)
    numbers = [COMMON, *(f"{number}/{2000 + number % 20}/NĐ-CP" for number in range(2, TEXTS + 1))]
    known = register(dice, numbers)
    subjects = [subject(number, dice, numbers) for number in range(PROCEDURES)]
    question = Question(date(2026, 6, 15), lambda _: None)
    start = time.perf_counter()
    citing = Citing(known, subjects, None)
    print(f"{time.perf_counter() - start:6.3f} s  who cites what")
    for words, provision in (
        ("9000/2026/NĐ-CP", ""), ("9001/2026/NĐ-CP", ""), ("9002/2026/NĐ-CP", ""), ("9003/2026/NĐ-CP", ""), (numbers[5], ""), (numbers[5], "Điều 7"),
    ):  # fmt: skip
        for _ in range(3):
            start = time.perf_counter()
            found = impact(citing, asked(citing, words, provision), question)
            seconds = time.perf_counter() - start
            print(f"{seconds:6.3f} s  {words} {provision}: {len(found.open)} open, {len(found.citing)} citing")


if __name__ == "__main__":
    main()
