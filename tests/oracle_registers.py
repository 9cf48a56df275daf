"""Small registers, citations, baselines and closings, drawn so that events meet each other often.

Few addresses, few days: windows touch, meet and overlap, on both sides of 2025-04-01. Everything drawn is valid by
schemas/legal-text.schema.json.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from hypothesis import strategies as st

Tree = dict[str, Any]

DAYS = (
    "2023-06-01", "2024-01-01", "2024-03-01", "2024-07-01", "2024-11-15", "2025-01-01", "2025-03-31", "2025-04-01",
    "2025-07-01", "2025-11-30", "2026-03-01",
)  # fmt: skip
UNITS = (
    "chuong_1", "dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2", "dieu_1__khoan_2__diem_d", "dieu_1__khoan_2__diem_dd",
    "dieu_2", "dieu_2__khoan_1", "chuong_2", "dieu_3", "dieu_3__khoan_1", "dieu_4", "phu_luc_1", "phu_luc_1__mau_2",
)  # fmt: skip
NEW = ("dieu_1__khoan_2a", "dieu_1__khoan_3", "dieu_3a", "dieu_5", "dieu_5__khoan_1", "phu_luc_1__mau_3")
CITED = ("dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2", "dieu_3", "dieu_2__khoan_1", "dieu_3__khoan_1", *UNITS, *NEW)
CLAUSES = ("dieu_1", "dieu_1__khoan_1", "dieu_1__khoan_2", "dieu_1__khoan_2__diem_a", "dieu_2")  # of amending texts
BASE, SECOND, DETAIL, FURTHER = "11-2020-tt-abc", "12-2020-tt-abc", "13-2021-tt-abc", "14-2022-tt-abc"
ACTS = ("21-2023-tt-abc", "22-2023-nd-cp", "23-2024-tt-abc")
CHANGES = ("amend", "amend", "insert", "replace_phrase", "replace", "correct")
ENDS = ("repeal", "repeal", "expire")
STOPS = ("suspend", "suspend", "disapply")
PAIRS = (
    (("dieu_1__khoan_2", "dieu_1__khoan_3"),), (("dieu_3", "dieu_4"), ("dieu_4", "dieu_5")), (("dieu_3", "dieu_3a"),),
    (("dieu_1__khoan_1", "dieu_1__khoan_2"), ("dieu_1__khoan_2", "dieu_1__khoan_1")), (("dieu_2", "dieu_5"),),
    (("dieu_5", "dieu_2"),), (("dieu_4", "dieu_3"),), (("dieu_1__khoan_3", "dieu_1__khoan_2"),),
    (("dieu_2__khoan_1", "dieu_1__khoan_3"),), (("dieu_3", "dieu_3"), ("dieu_3", "dieu_4")),
)  # fmt: skip


class Situation(NamedTuple):
    """What `oracle.judge` is asked."""

    texts: dict[str, Tree]
    citations: list[Tree]
    adopted: date
    as_of: date
    horizon: int
    closings: list[Tree]
    issued: bool


def number(slug: str) -> str:
    head, year, rest = slug.split("-", 2)
    return f"{head}/{year}/{rest.upper().replace('ND-CP', 'NĐ-CP')}"


def often(draw: st.DrawFn, times: int) -> bool:
    """False once in so many times."""
    return not seldom(draw, times)


def seldom(draw: st.DrawFn, times: int) -> bool:
    """True once in so many times. A wide draw: hypothesis prefers the ends of a range, which would be too often."""
    return draw(st.integers(0, 65535)) % 997 % times == 1


def window(draw: st.DrawFn, *, undated: int, ends: int) -> Tree:
    """A first day, not known once in `undated` times, and an end once in `ends` times."""
    first = draw(st.sampled_from(DAYS))
    made: Tree = {"from": None if seldom(draw, undated) else first}
    if seldom(draw, ends):
        made["to"] = draw(st.sampled_from([each for each in DAYS if each >= first]))
    return made


def text(slug: str, **more: Any) -> Tree:
    kind = "decree" if slug.endswith("nd-cp") else "circular"
    return {
        "format": "docctl/legal-text/v1", "number": number(slug), "kind": kind, "title": "Văn bản mẫu", "issuer": ["Bộ ABC"],
        "jurisdiction": "central", "issued": f"{slug.split('-')[1]}-02-01", "checked": "2099-12-31", **more,
    }  # fmt: skip


@st.composite
def acting_text(draw: st.DrawFn, slug: str, known: list[tuple[str, Tree]]) -> Tree:
    """An amending text; each event drawn knows those before it, and its own text's clauses."""
    entries = [window(draw, undated=16, ends=4)]
    if seldom(draw, 3):
        entries.append({**window(draw, undated=12, ends=3), "provisions": [draw(st.sampled_from(CLAUSES))]})
    events: list[Tree] = []
    for made in motif(draw, slug) if seldom(draw, 2) else []:
        events.append(finished(draw, made, f"e{len(events) + 1}", known))
        known.append((slug, made))
    for _ in range(draw(st.sampled_from((2, 1, 3))) if not events else draw(st.sampled_from((0, 1)))):
        made = draw(event(f"e{len(events) + 1}", slug, known))
        events.append(made)
        known.append((slug, made))
    if any(each.get("target", {}).get("event") == f"{slug}#in_force0" for each in events):
        entries[0].setdefault("to", draw(st.sampled_from(DAYS[3:])))
    fields = {"fields": ["Hộ tịch"]} if seldom(draw, 3) or any(e["kind"] == "general_repeal" for e in events) else {}
    return text(slug, in_force=entries, events=events, **fields)


@st.composite
def event(draw: st.DrawFn, own: str, slug: str, known: list[tuple[str, Tree]]) -> Tree:
    """One event: on the base text; on an event drawn before, by its id or by its source; or on what is implied."""
    made: Tree = {
        "id": own,
        "recorded": "2023-01-01",
        "source": {"provision": draw(st.sampled_from(CLAUSES)), "quote": "…"},
    }
    shape = draw(
        st.sampled_from(("base", "base", "base", "event", "event", "event", "source", "source", "implied", "whole"))
    )
    if shape in ("event", "source") and not known:
        shape = "base"
    if shape == "base":
        on_base(draw, made)
    elif shape == "whole":
        whole_text(draw, made, slug)
    elif shape == "implied":
        on_implied(draw, made)
    else:
        on_event(draw, made, draw(st.sampled_from(known[-3:])), by_id=shape == "event")
    return finished(draw, made, own, known)


def finished(draw: st.DrawFn, made: Tree, own: str, known: list[tuple[str, Tree]]) -> Tree:
    """An event with its id, days of its own now and then, mostly confirmed, seldom withdrawn."""
    made["id"], made["recorded"] = own, "2023-01-01"
    made.setdefault("source", {"provision": draw(st.sampled_from(CLAUSES)), "quote": "…"})
    if "effect" not in made and seldom(draw, 2):
        made["effect"] = window(draw, undated=12, ends=3)
        if known and seldom(draw, 8):
            made["effect"]["until_event"] = draw(st.sampled_from([f"{where}#{each['id']}" for where, each in known]))
    if often(draw, 7):
        made["confirmed"] = {"by": "cc-ho-tich", "on": "2023-01-01"}
    if seldom(draw, 25):
        made["withdrawn"] = {"by": "cc-ho-tich", "on": "2023-01-01", "reason": "Ghi nhầm"}
    if made["kind"] in ("amend", "insert", "replace_phrase", "correct") and seldom(draw, 5):
        made["grade"] = "form"
    return made


def motif(draw: st.DrawFn, slug: str) -> list[Tree]:
    """Two or three events that meet: what else would seldom be drawn together."""
    first, second, third = sorted(draw(st.sampled_from(DAYS[1:])) for _ in range(3))
    unit, new, named = draw(st.sampled_from(UNITS)), draw(st.sampled_from(NEW)), f"{slug}#e1"
    text, (old, fresh) = number(BASE), draw(st.sampled_from(PAIRS))[0]
    word = draw(st.sampled_from(CHANGES))

    def one(kind: str, target: Any, since: str, until: str | None = None, **more: Any) -> Tree:
        where = {"event": target} if "#" in target else {"text": text, "provisions": [target] if target else []}
        return {"kind": kind, "target": where, "effect": {"from": since, "to": until}, **more}

    pairs = [{"from": old, "to": fresh}]
    motifs = {
        "inserted and suspended": [one("insert", new, first), one("suspend", new, first, None if third == second else third)],
        "suspended, changed, resumed": [one("suspend", unit, first), one(word, unit, second), one("resume", unit, third)],
        "suspended, saved below": [one("suspend", "dieu_1", first), one("resume", "dieu_1__khoan_2", second)],
        "changed for a time": [one("amend", unit, first, second), one("suspend", named, second, third)],
        "in a gap": [one("amend", unit, first), one("suspend", named, second, third)],
        "in a gap, and on": [one("amend", unit, "2024-01-01"), one("suspend", named, "2024-07-01", "2025-01-01")],
        "out and back": [one("replace", unit, "2023-06-01", "2026-03-01"), one("suspend", named, "2024-03-01", "2024-11-15")],
        "taken away, given back": [one("amend", unit, first), one("suspend", named, first), one("resume", named, second)],
        "one in place of the other": [one("amend", unit, first), one("replace", named, second), one("repeal", f"{slug}#e2", third)],
        "three in a row": [one("amend", unit, first), one("amend", named, second), one("replace", f"{slug}#e2", third)],
        "a whole text, in two": [one("replace", "", first), one("amend", named, second)],
        "renumbered, then changed": [one("renumber", old, first, pairs=pairs), one("amend", fresh, second), one("repeal", old, third)],
        "changed, then renumbered": [one("suspend", old, first), one("renumber", old, second, pairs=pairs), one("insert", old, second)],
        "ended, made anew": [one("repeal", "dieu_3", first), one("insert", "dieu_3", second)],
        "extended": [one("amend", unit, first, second), one("extend", named, second, third)],
        "its text extended": [{"kind": "amend", "target": {"text": text, "provisions": [unit]}},
                              one("extend", f"{slug}#in_force0", first, third)],
        "ended, one saved": [one("repeal", "", first), one("resume", "", first)],
        "ended for old dossiers": [one("replace", "", first), one("transition", unit, first, second)],
    }  # fmt: skip
    name = draw(st.sampled_from(sorted(motifs)))
    if name == "ended, one saved":
        motifs[name][1]["target"]["text"] = number(DETAIL)
    return motifs[name]


def on_base(draw: st.DrawFn, made: Tree) -> None:
    made["kind"] = kind = draw(st.sampled_from((*CHANGES, *CHANGES, *ENDS, *STOPS, *STOPS, "resume", "resume", "renumber", "renumber",
                                                "transition", "general_repeal")))  # fmt: skip
    if kind == "general_repeal":
        return
    some = st.lists(st.sampled_from(NEW if kind == "insert" else UNITS), min_size=1, max_size=2, unique=True)
    made["target"] = {"text": number(BASE), "provisions": draw(some)}
    if kind in ("suspend", "disapply", "amend") and seldom(draw, 3):
        made["target"]["provisions"] = [draw(st.sampled_from(NEW))]  # what another inserts
    if kind == "renumber":
        pairs = draw(st.sampled_from(PAIRS))
        made["target"]["provisions"] = sorted({old for old, _ in pairs})
        made["pairs"] = [{"from": old, "to": new} for old, new in pairs]
        made["effect"] = {"from": draw(st.sampled_from(DAYS)), "to": None}
    elif seldom(draw, 5):
        made["target"]["except"] = [draw(st.sampled_from((*UNITS, *NEW)))]


def on_event(draw: st.DrawFn, made: Tree, on: tuple[str, Tree], *, by_id: bool) -> None:
    """On an event by its id, or by naming its source, what is above it or below it, in its text."""
    where, other = on
    kinds = (
        (*CHANGES, *ENDS, *ENDS, *STOPS, "resume", "resume", "extend") if by_id else (*CHANGES, *ENDS, *STOPS, "resume")
    )
    made["kind"] = draw(st.sampled_from(kinds))
    if by_id:
        made["target"] = {"event": f"{where}#{other['id']}"}
        if made["kind"] == "extend":
            extension(draw, made)
        return
    units = other["source"]["provision"].split("__")
    near = ["__".join(units), "__".join(units), "__".join(units[:1]), f"{other['source']['provision']}__diem_a"]
    made["target"] = {
        "text": number(where),
        "provisions": [draw(st.sampled_from([x for x in near if not x.endswith("diem_a__diem_a")]))],
    }
    if seldom(draw, 12) and made["kind"] != "insert":  # which names what is new
        made["target"]["provisions"] = []


def on_implied(draw: st.DrawFn, made: Tree) -> None:
    """On the end that a text states of itself, on what its details imply."""
    made["kind"] = draw(st.sampled_from(("extend", "extend", "extend", "repeal", "suspend")))
    implied = st.sampled_from((f"{BASE}#in_force0", f"{BASE}#in_force0", f"{ACTS[0]}#in_force0", f"{DETAIL}#detail"))
    made["target"] = {"event": draw(implied)}
    if made["kind"] == "extend":
        if seldom(draw, 2):
            made["target"] = {"text": number(draw(st.sampled_from((BASE, *ACTS[:2])))), "provisions": []}
        extension(draw, made)


def extension(draw: st.DrawFn, made: Tree) -> None:
    first = draw(st.sampled_from(DAYS[:-1]))
    made["effect"] = {"from": first, "to": draw(st.sampled_from([each for each in DAYS if each > first]))}


def whole_text(draw: st.DrawFn, made: Tree, slug: str) -> None:
    """Ends, suspends, amends or saves a text as a whole."""
    made["kind"] = draw(
        st.sampled_from(
            ("repeal", "replace", "repeal", "replace", "suspend", "resume", "amend", "transition", "transition")
        )
    )
    texts = (BASE, BASE, BASE, SECOND, DETAIL, BASE if slug == ACTS[0] else ACTS[0])
    if made["kind"] == "resume":
        texts = (DETAIL, DETAIL, FURTHER, BASE, BASE, BASE)
    made["target"] = {"text": number(draw(st.sampled_from(texts))), "provisions": []}
    if made["target"]["text"] == number(BASE) and seldom(draw, 4):
        made["target"]["except"] = [draw(st.sampled_from(UNITS))]


@st.composite
def register(draw: st.DrawFn) -> dict[str, Tree]:
    """A base text, some that detail it or each other, and up to three that act on them and on one another."""
    known: list[tuple[str, Tree]] = []
    texts = {BASE: base_text(draw)}
    if seldom(draw, 2):
        texts[DETAIL] = detailing(draw, DETAIL, [BASE])
        texts[SECOND] = text(SECOND, in_force=[{"from": "2020-03-01"}])
        if seldom(draw, 3):
            texts[DETAIL]["details"].append({"text": SECOND})
        if seldom(draw, 2):
            texts[FURTHER] = detailing(draw, FURTHER, [DETAIL])
    for slug in ACTS[: draw(st.sampled_from((3, 2, 3, 1)))]:
        texts[slug] = draw(acting_text(slug, known))
    for _, each in known:
        if DETAIL not in texts and each.get("target") == {"event": f"{DETAIL}#detail"}:
            each["target"] = {"event": f"{BASE}#in_force0"}
    for _, each in known if seldom(draw, 12) else ():  # cycles: an event acts on one that comes after it
        if seldom(draw, 3):
            where, other = draw(st.sampled_from(known))
            each["target"] = {"event": f"{where}#{other['id']}"}
            each.pop("pairs", None)
            each["kind"] = each["kind"] if each["kind"] in (*CHANGES, *ENDS, *STOPS) else "amend"
    names = [f"{slug}#{each['id']}" for slug, each in known]
    if seldom(draw, 5):
        some = draw(st.lists(st.sampled_from(names), max_size=2, unique=True))
        texts[BASE]["consolidated_by"] = [
            {"number": "21/VBHN-ABC", "issued": draw(st.sampled_from(DAYS)), "events": some}
        ]
    if seldom(draw, 16):
        texts[BASE]["in_force"][0]["until_event"] = draw(st.sampled_from(names))
    return texts


def base_text(draw: st.DrawFn) -> Tree:
    made = text(BASE, in_force=[{"from": "2020-03-01"}], fields=["Hộ tịch"])
    if seldom(draw, 4):
        made["in_force"][0]["to"] = draw(st.sampled_from(DAYS[2:]))
    if seldom(draw, 5):
        made["in_force"].append({**window(draw, undated=8, ends=2), "provisions": [draw(st.sampled_from(UNITS))]})
    if seldom(draw, 2):
        made["provisions"] = [{"address": each} for each in UNITS]
        made["provisions_complete"] = often(draw, 3)
    if seldom(draw, 3):
        made["definitions"] = draw(st.sampled_from(("dieu_1", "dieu_3")))
    if seldom(draw, 6):
        made["checked"] = "2025-03-01"
    return made


def detailing(draw: st.DrawFn, slug: str, bases: list[str]) -> Tree:
    named = [draw(st.sampled_from(UNITS))] if seldom(draw, 3) else []
    first = draw(st.sampled_from(("2021-05-01", "2021-05-01", "2021-05-01", *DAYS)))
    return text(
        slug,
        in_force=[{"from": first}],
        details=[{"text": base, **({"provisions": named} if named else {})} for base in bases],
    )


def near(texts: dict[str, Tree], slug: str) -> list[str]:
    """The units of a text that events are on, those above and below them, and their numbers before and after."""
    events = [each for tree in texts.values() for each in tree.get("events") or ()]
    units = [unit for each in events for unit in each.get("target", {}).get("provisions") or ()
             if each["target"].get("text") == number(slug)]  # fmt: skip
    units += [pair[side] for each in events for pair in each.get("pairs") or () for side in ("from", "to")] * 2
    around = [unit.rpartition("__")[0] or f"{unit}__khoan_1" for unit in units if not unit.startswith("chuong")]
    return [*units, *units, *units, *around]


@st.composite
def citation(draw: st.DrawFn, texts: dict[str, Tree], element: str) -> Tree:
    others = sorted({*texts, DETAIL} - {BASE})
    detailing = [slug for slug in (DETAIL, DETAIL, DETAIL, FURTHER, FURTHER) if slug in texts]
    which = draw(st.sampled_from([BASE] * 13 + detailing + others + ["99-2020-tt-abc"]))
    made: Tree = {"element": element, "text": draw(st.sampled_from((which, number(which))))}
    if often(draw, 6):
        pool = st.sampled_from([*near(texts, which), *(CITED if which == BASE else CLAUSES)])
        made["provisions"] = draw(st.lists(pool, min_size=1, max_size=3, unique=True))
    if which == BASE and texts[BASE].get("consolidated_by") and often(draw, 3):
        made["text"] = "21/VBHN-ABC"
    if seldom(draw, 8):
        made["except"] = [draw(st.sampled_from((*UNITS, *NEW)))]
    if seldom(draw, 30):
        made["pinned"] = "2024-01-01"
    return made


def ends_of(texts: dict[str, Tree]) -> list[str]:
    """The names under which events speak again when a window ends or returns."""
    events = [(f"{slug}#{each['id']}", each) for slug, tree in texts.items() for each in tree.get("events") or ()]
    ends = {each.get("effect", {}).get(side) for _, each in events for side in ("from", "to")}
    ends |= {entry.get(side) for tree in texts.values() for entry in tree["in_force"] for side in ("from", "to")}
    return sorted(f"{name}@{day}" for name, _ in events for day in ends if day is not None and day > "2022")


@st.composite
def closing(draw: st.DrawFn, texts: dict[str, Tree], cites: list[Tree]) -> Tree:
    """What a record says of an event on one of the citations, now and then of one that does not touch it."""
    cite = draw(st.sampled_from(cites))
    slug = next((s for s in texts if cite["text"] in (s, number(s))), BASE)
    names = [f"{s}#{each['id']}" for s, tree in texts.items() for each in tree.get("events") or ()]
    names = ends_of(texts) or names if seldom(draw, 4) else names
    address = draw(st.sampled_from(cite.get("provisions") or [""]))
    if seldom(draw, 6):
        names = [f"{slug}#in_force0", f"{slug}#in_force1@start", f"{address}@absent", f"{DETAIL}#detail"]
    return {
        "element": cite["element"], "text": slug, "address": address, "event": draw(st.sampled_from(names)),
        "decision": draw(st.sampled_from(("updated", "updated", "updated", "no_impact", "wrong_event", "reopened"))),
        "day": draw(st.sampled_from(DAYS)),
    }  # fmt: skip


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """A register, what one procedure cites, the day its revision took effect, records, and the day that is asked about."""
    texts = draw(register())
    cites = [draw(citation(texts, f"step-{n + 1}")) for n in range(draw(st.integers(1, 2)))]
    starts = [each["effect"]["from"] for tree in texts.values() for each in tree.get("events") or ()
              if each.get("effect", {}).get("from")]  # fmt: skip
    adopted = draw(st.sampled_from(("2022-01-01", "2024-02-01", "2022-01-01", "2022-01-01", "2022-01-01", *DAYS)))
    if starts and seldom(draw, 3):  # what began that day is taken in
        adopted = draw(st.sampled_from(starts))
    later = [each for each in (*DAYS, *DAYS[5:], "2024-12-15", "2025-05-20", "2026-12-31") if each >= adopted]
    as_of = draw(st.sampled_from(later))
    closings = [draw(closing(texts, cites)) for _ in range(draw(st.sampled_from((1, 2, 4, 0))))]
    for each in [*closings] if seldom(draw, 3) else ():  # decided again on another day
        again = draw(st.sampled_from(("reopened", "reopened", "updated", "no_impact")))
        closings.append({**each, "decision": again, "day": draw(st.sampled_from(DAYS))})
    return Situation(
        texts, cites, date.fromisoformat(adopted), date.fromisoformat(as_of), draw(st.sampled_from((0, 98, 98, 400))),
        closings, seldom(draw, 3),
    )  # fmt: skip
