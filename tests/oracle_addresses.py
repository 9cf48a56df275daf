"""Numbers, addresses and lineages for the oracle: plain functions over strings, nothing remembered."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Text = Mapping[str, Any]  # a legal text as its file has it
Pairs = Sequence[tuple[str, str]]  # of a renumbering: old and new addresses
CHAPTERS = ["phan", "chuong", "muc", "tieu_muc"]  # from wide to narrow, all above the article
LEVELS = ["kem_theo", "phu_luc", *CHAPTERS, "dieu", "khoan", "diem", "tiet", "mau"]


def bare(number: str) -> str:
    """A number, or a slug, without what does not count: dashes, spaces, capitals, leading zeros, a leading `số`."""
    dashes = re.sub(r"[\u2010-\u2015\u2212]", "-", unicodedata.normalize("NFC", number)).lower()
    return re.sub(r"\s", "", dashes).removeprefix("số").lstrip("0")


def slug_of(reference: str, texts: Mapping[str, Text]) -> str:
    """The slug of a text named by number or slug; that of a text not in the register is made from its number."""
    for slug, text in texts.items():
        if reference not in texts and bare(reference) in (bare(text["number"]), bare(slug)):
            return slug
    letters = unicodedata.normalize("NFD", reference.lower().replace("đ", "d").replace("/", "-"))
    return "".join(c for c in letters if not unicodedata.combining(c) and not c.isspace())


def meant(reference: str, texts: Mapping[str, Text]) -> tuple[str, Mapping[str, Any] | None]:
    """The slug of a cited text; of a consolidated text that of its base, with the entry that lists it there."""
    found = []
    for slug, text in texts.items():
        for entry in text.get("consolidated_by") or ():
            own = f"{slug_of(entry['number'], {})}--{entry['issued'][:4]}"
            if bare(reference) in (bare(entry["number"]), bare(own)):
                found.append((slug, entry))
    return found[0] if len(found) == 1 else (slug_of(reference, texts), None)


def listed(text: Text, field: str = "provisions") -> list[str]:
    return [unit["address"] for unit in text.get(field) or ()]


def split(path: str) -> tuple[list[str], list[str]]:
    """The component (attached regulation, annex) of an address, and its units within that."""
    units = path.split("__")
    n = sum(unit.startswith(("kem_theo", "phu_luc")) for unit in units)
    return units[:n], units[n:]


def width(path: str) -> int | None:
    """The place of a chapter's level in the order of levels; None for what is no chapter."""
    levels = [unit.rpartition("_")[0] for unit in split(path)[1]]
    return CHAPTERS.index(levels[-1]) if levels and set(levels) <= set(CHAPTERS) else None


def chapter(address: str, tree: list[str]) -> list[str]:
    """What stands in a chapter: the units after its name, up to the next chapter as wide as it or wider."""
    after = tree[tree.index(address) + 1 :] if address in tree else []
    own, widths = width(address) or 0, [width(unit) for unit in after]
    return after[: next((n for n, other in enumerate(widths) if other is not None and other <= own), len(after))]


def inside(inner: str, outer: str, tree: list[str]) -> bool | None:
    """Is `inner` at or below `outer`? None: an article and a chapter, and the tree does not tell."""
    path = inner.partition("#")[0]
    if outer in ("", inner):
        return True
    if "#" in outer:  # nothing is below a heading
        return False
    if path == outer or path.startswith(outer + "__"):
        return True
    component, units = split(path)
    if width(outer) is None or component != split(outer)[0] or not units:
        return False
    if not units[0].startswith("dieu_"):
        return path in chapter(outer, tree)
    article = "__".join([*component, units[0]])
    if article not in tree:  # one that was inserted (70a) stands where the one it follows does (70)
        article = article.rstrip("abcdefghijklmnopqrstuvwxyz")
    return article in chapter(outer, tree) if outer in tree and article in tree else None


def related(one: str, other: str) -> bool:
    """Is one of two addresses at or below the other, by their names alone?"""
    return bool(inside(one, other, []) or inside(other, one, []))


def below(address: str, unit: str) -> bool:
    """Is an address a unit or below it, by its name? The whole text is no unit."""
    return unit != "" and (address == unit or address.startswith((unit + "__", unit + "#")))


def moved(address: str, pairs: Pairs) -> set[str]:
    """The addresses of a unit after a renumbering: its own where no pair names it or a unit above it."""
    nearest = max((len(old) for old, _ in pairs if below(address, old)), default=0)
    return {new + address[nearest:] for old, new in pairs if below(address, old) and len(old) == nearest} or {address}


def before(address: str, pairs: Pairs) -> set[str]:
    """The addresses a unit had before a renumbering; none where its number is new and nothing moved there."""
    nearest = max((len(new) for _, new in pairs if below(address, new)), default=0)
    if nearest:
        return {old + address[nearest:] for old, new in pairs if below(address, new) and len(new) == nearest}
    return set() if any(below(address, old) for old, _ in pairs) else {address}


def place(address: str) -> list[tuple[int, int, str]]:
    """Where an address stands in its text, to sort by: levels, numbers as numbers, letters in their order."""
    found = []
    for unit in filter(None, address.partition("#")[0].split("__")):
        level = max((each for each in LEVELS if unit.startswith(each)), key=len)
        number = re.match(r"_?(\d*)(.*)", unit[len(level) :])
        assert number is not None
        found.append((LEVELS.index(level), int(number[1] or 0), number[2]))
    return found


def covering(text: Text, provision: str) -> tuple[Mapping[str, Any], str]:
    """The in_force entry that covers a provision most closely, and its id; nothing where none does."""
    best: tuple[int, Mapping[str, Any], str] = (-1, {}, "in_force")
    for n, entry in enumerate(text.get("in_force") or ()):
        left_out = [inside(provision, x, listed(text)) for x in entry.get("except") or ()]
        named = {x: inside(provision, x, listed(text)) for x in entry.get("provisions") or [""]}
        if True not in left_out and None in [*left_out, *named.values()]:
            return {}, "in_force"  # the tree would have to tell
        for x, covered in named.items():
            if covered and True not in left_out and len(x) > best[0]:
                best = len(x), entry, entry.get("id") or f"in_force{n}"
    return best[1], best[2]


def any_inside(address: str, units: Iterable[str], tree: list[str]) -> bool:
    return any(inside(address, unit, tree) for unit in units)
