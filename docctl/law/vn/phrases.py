"""What a clause does with words: which are exchanged for which, taken out, or put beside others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from docctl.law.vn.clauses import Clause
from docctl.model.event import AMEND, CORRECT, INSERT, REPEAL, REPLACE, REPLACE_PHRASE


class Edit(NamedTuple):
    """What is done; for a phrase its two sides, for what is put somewhere the units beside it; for a renumbering old
    and new addresses.
    """

    kind: str
    old: str | None = None
    new: str | None = None
    after: str | None = None
    before: str | None = None
    pairs: tuple[tuple[str, str], ...] = ()


def phrase_edits(text: str, kind: str, phrases: Sequence[tuple[int, int]], clause: Clause) -> Sequence[Edit]:
    """The phrase edits of a clause; one that names no words where it edits none.

    ``phrases`` are the places of the quoted words in ``text``. Of many words by one each is exchanged for it; as many
    as before go one by one (``tương ứng``); else they stand in pairs.
    """
    words = [" ".join(text[start:end].split()) for start, end in phrases]
    if kind == CORRECT and len(words) > 1:
        return [Edit(CORRECT, words[0], words[1])]
    named_first = (
        bool(words and clause.objects) and clause.kind is not None and clause.objects[0].ref.start < phrases[0][0]
    )
    if not words or (named_first and kind not in (REPLACE, AMEND)):
        return [Edit(kind)]
    if clause.landmark is not None and kind in (REPEAL, REPLACE):
        mark = " ".join(text[slice(*clause.landmark)].split())
        new = "" if kind == REPEAL or len(words) < 2 else words[1]
        old, after = (_beside(each, mark, clause.side) for each in (words[0], new))
        return [Edit(REPLACE_PHRASE, old, after)] if kind == REPEAL or new else [Edit(kind)]
    if kind == REPEAL:
        return [Edit(REPLACE_PHRASE, each, "") for each in words]
    if len(words) < 2:  # ``Bổ sung cụm từ “Để” vào đầu điểm c`` adds no unit
        return [Edit(AMEND if kind == INSERT else kind)]
    if kind == INSERT:
        added, anchor = words[0], words[1]
        glue = "" if added[:1] in ",;.:" else " "
        new = anchor + glue + added if clause.side != "before" else f"{added} {anchor}"
        return [Edit(REPLACE_PHRASE, anchor, new)]
    size = sum(start < (clause.by or 0) for start, _ in phrases) or 1
    olds, news = words[:size], words[size:]
    if len(news) == 1:
        return [Edit(REPLACE_PHRASE, old, news[0]) for old in olds]
    if len(news) == len(olds):
        return [Edit(REPLACE_PHRASE, old, new) for old, new in zip(olds, news, strict=True)]
    return [Edit(REPLACE_PHRASE, old, new) for old, new in zip(words[::2], words[1::2], strict=False)]


def _beside(words: str, mark: str, side: str | None) -> str:
    """Words on their side of a landmark: behind it a comma stands close to it."""
    if not words:
        return mark
    first, then = (mark, words) if side == "after" else (words, mark)
    return first + ("" if then[:1] in ",;.:" else " ") + then
