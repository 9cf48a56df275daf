"""What differences between documents and the catalogue have in common as findings: place, words, where it is decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from docctl.finding import Code, Finding, Related, finding
from docctl.message import Bilingual, Message, Param, msg
from docctl.model.coverage import Copies, Difference, Differs, Money, TextCoverage, Value
from docctl.model.duration import Duration
from docctl.model.view import View
from docctl.rules.catalogue.listed import decision_words
from docctl.rules.rule import duration_in_words
from docctl.schema import schema


class Item(Struct, frozen=True):
    """A difference with the document it is about."""

    text: TextCoverage
    difference: Difference


def differing(view: View, *kinds: Differs) -> Iterator[Item]:
    """Every difference of some kinds, document by document."""
    for text, difference in view.coverage.differences:
        if difference.kind in kinds:
            yield Item(text, difference)


def names(item: Item) -> dict[str, Param]:
    """The values of a sentence's placeholders: both values, the codes, since when, and the decision."""
    difference = item.difference
    return {
        "code": ", ".join(difference.codes),
        "what": difference.what or "",
        "channel": CHANNELS[difference.channel] if difference.channel else "",
        "ours": in_words(difference.ours),
        "theirs": in_words(difference.theirs),
        "day": difference.origin.since.isoformat(),
        "decision": decision_words(difference.origin.decision),
    }


def say(view: View, code: Code, item: Item, message: Message) -> Finding:
    """A finding at the place in the document, with that of the decision; of a list that is missing, at the code."""
    difference, document = item.difference, item.text.text.document
    origin = difference.origin
    there = Related(view.locate(origin.path, origin.pointer), msg("decided here"))
    absent = difference.pointer[0] not in _keys(document.content)
    place = ("covers", document.body.covers.index(difference.codes[0])) if absent else difference.pointer
    element = document.element(difference.pointer)
    return finding(code, message, document.locate(place), element=element, related=(there,))


def _keys(content: object) -> tuple[str, ...]:
    return tuple(content) if isinstance(content, dict) else ()


def in_words(value: Value) -> Param:
    """A value as people write it."""
    match value:
        case Duration():
            return duration_in_words(value)
        case Money():
            return _money(value)
        case Copies():
            return msg("originals: {originals}, copies: {copies}", originals=value.originals, copies=value.copies)
        case tuple():
            named = [_levels()[each] for each in value]
            return Bilingual(", ".join(each.en for each in named), ", ".join(each.vi for each in named))
        case None:
            return msg("nothing")
        case _:
            return value


def _money(money: Money) -> str:
    amount = money.formula if money.amount is None else f"{money.amount:,}".replace(",", ".") + f" {money.currency}"
    return f"{amount} / {money.per}" if money.per else f"{amount}"


CHANNELS: Mapping[str, Message] = {
    "in_person": msg("in person"), "post": msg("by post"), "online": msg("online"),
}  # fmt: skip


@cache
def _levels() -> Mapping[str, Bilingual]:
    """The levels of government in the words of the schema."""
    levels = schema("catalogue")["$defs"]["published_entry"]["properties"]["levels"]["items"]["oneOf"]
    return {each["const"]: Bilingual(*map(_small, each["description"].split("\n"))) for each in levels}


def _small(words: str) -> str:
    return words[0].lower() + words[1:]
