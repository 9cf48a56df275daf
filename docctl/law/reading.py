"""Texts of the law read by machine: structure, citations, amendments, effect. What it reads are proposals.

Each function takes the plain text of one legal text; places are counted in its NFC form, which ``plain`` gives.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from docctl.message import msg
from docctl.model.operation import Effects, Operation, Unread, Wording

if TYPE_CHECKING:
    from docctl.law.consolidation import Edit
    from docctl.law.vn.citations import Citation
    from docctl.model.law_text import LawText


class Amendments(Struct, frozen=True):
    """``operations`` in the order of the act; ``unread`` what seems to do something and could not be read."""

    text: str
    operations: Sequence[Operation]
    unread: Sequence[Unread]


def composed(text: str) -> str:
    """The text in NFC, its lines ended as Unix does."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")


def plain(text: str) -> str:
    """The text in NFC, without blanks at the ends of its lines: all places are counted in it."""
    return "\n".join(line.rstrip(" \t") for line in composed(text).split("\n"))


def structure(text: str) -> LawText:
    """The units of a text: chapters, articles, clauses, annexes, forms; put back together they are the text."""
    from docctl.law.vn.structure import structure as read

    return read(plain(text))


def citations(text: str, here: str = "") -> Iterator[Citation]:
    """Every reference to a legal text in a passage that stands in the provision ``here`` (an address, or empty).

    Places are counted in the NFC form of the passage as it is given.
    """
    from docctl.law.vn.citations import citations as read
    from docctl.law.vn.wrapped import place_in, without_stamps

    passage, cuts = without_stamps(composed(text))
    for each in read(passage, here):
        yield replace(each, start=place_in(cuts, each.start), end=place_in(cuts, each.end - 1) + 1) if cuts else each


def amendments(text: str, number: str = "") -> Amendments:
    """What an act of this number does to other texts, with the words that say so, and from which day."""
    from docctl.law.vn.amendments import operations
    from docctl.law.vn.structure import is_consolidated
    from docctl.law.vn.wording import as_quoted

    read = structure(text)
    if is_consolidated(read.text):
        why = msg("a consolidated text changes nothing itself; read the acts that it takes in")
        return Amendments(read.text, [], [Unread("", 0, 0, why)])
    found, unread = operations(read, number)
    return Amendments(read.text, as_quoted(read, found), unread)


def wordings(text: str, read: Amendments) -> Sequence[Wording | None]:
    """The new words of each operation of an act, as the act quotes them; None for those that bring none."""
    from docctl.law.vn.wording import wordings as cut

    return cut(structure(text), read.operations)


def spelling(words: str) -> re.Pattern[str]:
    """The pattern that finds words however their tones are marked and their lines are broken."""
    from docctl.law.vn.letters import spelling as either

    return either(words)


def edit(operation: Operation, words: Wording | None, event: str, acting: str) -> Edit:
    """An operation as it is made on the words of its target; one without a day is made last."""
    from docctl.law.consolidation import Edit
    from docctl.model.event import AMEND, Phrase
    from docctl.model.law_at import Origin

    phrase = None if operation.old is None else Phrase(operation.old, operation.new or "", None)
    origin = Origin(event, acting, operation.at, operation.first or date.max)
    return Edit(
        origin,
        AMEND if operation.described else operation.kind,
        operation.addresses,
        operation.excepted,
        words,
        operation.after,
        operation.before,
        phrase,
        spelling,
        operation.pairs,
        operation.described,
    )


def effects(text: str, number: str = "") -> Effects:
    """When a text of this number comes into force, in stages and with exceptions, and what it puts an end to."""
    from docctl.law.vn.amendments import Act
    from docctl.law.vn.applying import applied
    from docctl.law.vn.ending import ends, ends_itself

    act = Act(structure(text), number)
    ended, unread = ends(act)
    when = [*applied(act.law, act.masked)]
    return Effects(act.issued, act.entries, [*ended, *ends_itself(act)], [*act.undecided, *unread], when)
