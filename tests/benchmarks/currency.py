"""How fast verdicts are made: ``python tests/benchmarks/currency.py [PROFILE]``; one process for each size.

1,000 and 10,000 procedures with five citations each, 1,000 and 10,000 events on a thousand texts. ``spread``: any
text is cited; ``common``: the first citation of every procedure is of one text, on which one event in a hundred acts;
``one``: a single text is all that is cited and changed. What counts are the ratios within one run: between the sizes,
and to a plain loop that looks the same citations up in dictionaries of events by text and leading units of the address.
With PROFILE the biggest size is profiled into that file.
"""

from __future__ import annotations

import cProfile
import pstats
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from docctl.currency.grounds import Grounds
from docctl.currency.question import Question
from docctl.currency.subjects import Subject
from docctl.currency.verdicts import currency
from docctl.documents.loading import shipped_year
from docctl.law.register import Register
from docctl.model.currency import Currency, State
from docctl.model.legal_text import LegalText
from docctl.model.procedure import Procedure
from docctl.model.view import Document
from docctl.verdict import Baseline

TEXTS, ARTICLES, CITATIONS, SIZES = 1_000, 30, 5, (1_000, 10_000)
SPREAD, COMMON, ONE = "spread", "common", "one"
ADOPTED, AS_OF = date(2020, 1, 1), date(2026, 6, 15)
KINDS = ("amend", "amend", "amend", "amend", "insert", "replace_phrase", "repeal")
YEARS = {year: found for year in range(2019, 2028) if (found := shipped_year(year)) is not None}
Floor = Mapping[tuple[str, str], Sequence[tuple[date, str]]]


def number(place: int) -> str:
    return f"{place}/{2000 + place % 20}/NĐ-CP"


def slug(place: int) -> str:
    return number(place).replace("/", "-").replace("NĐ-CP", "nd-cp")


def address(dice: random.Random) -> str:
    """An article, and in two of three cases a khoản of it."""
    article = f"dieu_{dice.randrange(1, ARTICLES + 1)}"
    return article if dice.random() < 1 / 3 else f"{article}__khoan_{dice.randrange(1, 6)}"


def event(place: int, dice: random.Random, way: str) -> dict[str, Any]:
    target = 0 if way == ONE or (way == COMMON and dice.random() < 1 / 100) else dice.randrange(TEXTS)
    return {
        "id": f"e{place}", "kind": dice.choice(KINDS), "source": {"provision": f"dieu_1__khoan_{place + 1}", "quote": "…"},
        "recorded": "2020-01-01", "confirmed": {"by": "thu-ky", "on": "2020-01-02"},
        "target": {"text": number(target), "provisions": [address(dice)]},
    }  # fmt: skip


def register(events: int, way: str, dice: random.Random) -> Register:
    """A thousand texts, and beside them the acts that change them, ten events each."""
    found: dict[str, LegalText] = {}
    for place in range(TEXTS + events // 10):
        first = date(2012, 1, 1) + timedelta(days=dice.randrange(5300)) if place >= TEXTS else date(2011, 1, 1)
        tree = {
            "number": number(place), "kind": "decree", "title": number(place), "issuer": ["Chính phủ"],
            "issued": "2011-01-01", "in_force": [{"from": first.isoformat()}], "checked": "2026-06-01",
            "events": [event(each, dice, way) for each in range(10)] if place >= TEXTS else [],
        }  # fmt: skip
        found[slug(place)] = LegalText.from_tree(tree)
    return Register(found, {each: f"legal/{each}.yaml" for each in found})


def subject(place: int, way: str, dice: random.Random) -> Subject:
    cited = [0 if way == ONE else dice.randrange(TEXTS) for _ in range(CITATIONS)]
    cited[0] = 0 if way == COMMON else cited[0]
    cites = [{"text": number(each), "provisions": [address(dice)]} for each in cited]
    step = {
        "id": "b-1",
        "title": "Nhận",
        "role": "r",
        "time": {"value": 1, "unit": "hour"},
        "next": [],
        "cites": cites[2:],
    }
    tree: dict[str, Any] = {
        "id": f"QT-{place}", "title": "Quy trình", "issue": 1, "revision": 0, "owner": "r", "legal_basis": cites[:2],
        "steps": [step],
    }  # fmt: skip
    body = Procedure.from_tree(tree)
    document = Document(f"procedures/QT-{place}.yaml", body, None, tree, lambda: "0" * 64)  # type: ignore[arg-type]
    return Subject(document, State.IN_FORCE, Baseline("1.0", ADOPTED, None, "adopted.yaml", ("adopted", place)))


def index(law: Register) -> Floor:
    """The events on a text by every address at or above them, and by their own for what is below."""
    found: dict[tuple[str, str], list[tuple[date, str]]] = {}
    for change in law.changes:
        if change.target is not None and change.first is not None:
            for at in change.addresses:
                for size in range(len(at.units) + 1):
                    key = "__".join(at.units[:size]) + ("=" if size == len(at.units) else "")
                    found.setdefault((change.target, key), []).append((change.first, change.id))
    return found


def floor(law: Register, subjects: Sequence[Subject]) -> int:
    """What any answer has to do: find the events at, above and below each citation that began after the revision."""
    events, met = index(law), 0
    slugs = {text.number: name for name, text in law.texts.items()}
    for each in subjects:
        for _, _, citation in each.document.body.cited():
            name, units = slugs[citation.text], citation.provisions[0].split("__")
            keys = ["__".join(units[:size]) + "=" for size in range(len(units) + 1)] + [citation.provisions[0]]
            for key in keys:
                met += sum(ADOPTED < first <= AS_OF for first, _ in events.get((name, key), ()))
    return met


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@cache
def made(procedures: int, events: int, way: str) -> tuple[Register, Sequence[Subject], Question]:
    dice = random.Random(1)
    law = register(events, way, dice)
    subjects = [subject(place, way, dice) for place in range(procedures)]
    return law, subjects, Question(AS_OF, YEARS.get)


def measure(procedures: int, events: int, way: str) -> None:
    """One line of figures: cold, warm, floor, citations, what was said, and the peak of the process."""
    law, subjects, question = made(procedures, events, way)
    said: list[Currency] = []
    floors = min(seconds(lambda: floor(law, subjects)) for _ in range(3))
    grounds = Grounds(law)
    cold = seconds(lambda: said.append(currency(law, subjects, None, question, grounds)))
    warm = min(seconds(lambda: currency(law, subjects, None, question, grounds)) for _ in range(2))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    judged = [citation for each in said[0].procedures for citation in each.citations]
    found = sum(found.verdict.value in ("outdated", "basis_ended") for each in judged for found in each.judgements)
    print(cold, warm, floors, len(judged), found, peak)


def profile(path: str) -> None:
    law, subjects, question = made(SIZES[-1], SIZES[-1], SPREAD)
    with open(path, "w", encoding="utf-8") as out:
        grounds = Grounds(law)
        for name in ("cold", "warm"):
            profiler = cProfile.Profile()
            profiler.runcall(currency, law, subjects, None, question, grounds)
            for order in ("tottime", "cumulative"):
                print(f"=== {name}, by {order}", file=out)
                pstats.Stats(profiler, stream=out).strip_dirs().sort_stats(order).print_stats(40)


def line(procedures: int, events: int, way: str) -> float:
    """Measures a size in a process of its own, prints it and gives the seconds of the first answer."""
    run = [sys.executable, __file__, str(procedures), str(events), way]
    words = subprocess.run(run, check=True, capture_output=True, text=True).stdout.split()
    cold, warm, floors = map(float, words[:3])
    print(
        f"{way:6} {procedures:10} {events:6} {cold:9.3f} s {warm:7.3f} s {floors:7.3f} s {cold / floors:10.1f}"
        f" {warm / floors:10.1f} {words[3]:>9} {words[4]:>7} {float(words[5]):8.0f}"
    )
    return cold


def main() -> None:
    if len(sys.argv) == 4:
        measure(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
        return
    if len(sys.argv) == 2:
        profile(sys.argv[1])
        return
    print("way    procedures events        cold      warm     floor cold/floor warm/floor citations    said peak MiB")
    small, big = SIZES
    for way in (SPREAD, COMMON):
        took = {(procedures, events): line(procedures, events, way) for procedures in SIZES for events in SIZES}
        first = took[small, small]
        print(
            f"{way}: ten times the procedures takes {took[big, small] / first:.1f} times as long,"
            f" ten times the events {took[small, big] / first:.1f}, both {took[big, big] / first:.1f}"
        )
    line(small, small, ONE)


if __name__ == "__main__":
    main()
