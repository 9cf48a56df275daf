"""What a Vietnamese legal text says about itself in its first lines: number, kind, title, day, issuer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docctl.ingest.akn_write import Identity
from docctl.law.identity import normalise
from docctl.law.vn.effects import issued
from docctl.model.law_text import LawText, Part

_NUMBER = re.compile(r"\b(?:Số|SỐ|Luật số|LUẬT SỐ)\s*:?\s*(\d+[^\s,;]*(?:/[^\s,;]+)+)")
_KINDS = {
    "HIẾN PHÁP": "constitution", "BỘ LUẬT": "code", "LUẬT": "law", "PHÁP LỆNH": "ordinance", "NGHỊ QUYẾT": "resolution",
    "NGHỊ ĐỊNH": "decree", "QUYẾT ĐỊNH": "decision", "THÔNG TƯ LIÊN TỊCH": "joint_circular", "THÔNG TƯ": "circular",
    "CHỈ THỊ": "directive", "VĂN BẢN HỢP NHẤT": "consolidated",
}  # fmt: skip
_KIND = re.compile(rf"({'|'.join(sorted(_KINDS, key=len, reverse=True))})(?=\s|\Z)")
_TITLE_ENDS = re.compile(r"\s*(?:Căn cứ|CĂN CỨ|Theo đề nghị|Xét|QUYẾT ĐỊNH|NGHỊ QUYẾT|[-_–—*]{2,}|\()")
_MOST_TITLE = 6
_FRONT = 5_000


def stated(read: LawText, number: str = "") -> Identity:
    """The identity of a text by its own words; ``number`` where the reader knows it better. Proposals, as all of it."""
    front = "".join(read.of(Part.FRONT))[:_FRONT]
    lines = [" ".join(line.split()) for line in front.replace("\t", "\n").split("\n") if line.strip()]
    found = _NUMBER.search(front)
    at = next((place for place, line in enumerate(lines) if _KIND.match(line)), None)
    issuers = (lines[0],) if lines and at != 0 else ()
    named = normalise(number or ("" if found is None else found[1]))
    if at is None:
        return Identity(named, issued=issued(read), issuers=issuers)
    word = _KIND.match(lines[at])
    kind = "act" if word is None else _KINDS[word[1]]
    title = lines[at] if kind in ("law", "code") and word and lines[at] != word[0] else _title(lines[at + 1 :])
    return Identity(named, kind, title, issued(read), issuers)


def _title(lines: Sequence[str]) -> str:
    """The lines behind the kind, up to what the text rests on."""
    found: list[str] = []
    for line in lines[:_MOST_TITLE]:
        if _TITLE_ENDS.match(line):
            break
        found.append(line)
    return " ".join(found)
