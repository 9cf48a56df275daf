"""What the register means for an address beside the events on it: its text, its number, and other texts around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import filterfalse

from docctl.currency import evidence
from docctl.currency.dealt import DealtWith
from docctl.currency.grounds import Grounds, Met
from docctl.currency.hits import Hit, Place
from docctl.currency.question import Question
from docctl.law.address import Address, BadAddress, Touch, parse, touches
from docctl.law.changes import CHANGING, ENDING, stage
from docctl.law.spans import holds
from docctl.law.timeline import Operating
from docctl.law.vn.words import places
from docctl.model.event import CORRECT, INSERT
from docctl.model.legal_text import LegalText
from docctl.verdict import Judgement, Unchecked, Verdict


def by_text(
    grounds: Grounds, slug: str, place: Place, dealt: DealtWith, question: Question, met: Met
) -> Iterator[Judgement]:
    """What a text's own file means for an address of it; nothing where the text is not held.

    ``met`` are the events that meet the address.
    """
    text = grounds.register.texts.get(slug)
    if text is None:
        return
    for found in (*_begin(grounds, slug, place, dealt, question), *_absent(grounds, slug, place, dealt)):
        if not dealt.closes(found, state=True):
            yield found
    yield from filterfalse(dealt.closes, _cascade(grounds, slug, place, dealt, question))
    yield from filterfalse(dealt.closes, _defined(grounds, slug, place, dealt, question, met))
    reason = unchecked(text, question)
    if reason is not None:
        yield Judgement(Verdict.UNCHECKED, since=text.checked, detail=reason.value)


def unchecked(text: LegalText, question: Question) -> Unchecked | None:
    """Is a text not held, or has nobody looked for its changes for too long? None where all is well."""
    if text.stub and not text.in_force:
        return Unchecked.STUB
    if text.checked is None:
        return Unchecked.NEVER
    return Unchecked.LONG_AGO if text.checked < question.oldest_check else None


def _begin(grounds: Grounds, slug: str, place: Place, dealt: DealtWith, question: Question) -> Iterator[Judgement]:
    """Is the text, or the stage of the cited provision, in force at all?"""
    text = grounds.register.texts[slug]
    first_called = place.lineage.original(place.address, dealt.day) or (place.address,)
    found = stage(text, first_called[0], place.tree)
    if found is None:
        if text.in_force:
            yield Judgement(Verdict.UNDATED, evidence.start(grounds.register, slug, None))
        return
    at, entry = found
    if entry.first is not None and entry.first <= question.as_of:
        return
    cause = evidence.start(grounds.register, slug, at)
    if entry.first is None:
        yield Judgement(Verdict.UNDATED, cause)
    elif question.ahead(entry.first):
        yield Judgement(Verdict.UPCOMING, cause, entry.first)
    else:
        yield Judgement(Verdict.NOT_IN_FORCE, cause, entry.first)


def _absent(grounds: Grounds, slug: str, place: Place, dealt: DealtWith) -> Iterator[Judgement]:
    """Does the text have the cited unit, as it stood when the revision began?

    A unit inside one that an amendment has rewritten since may be new: of it nothing is said.
    """
    unit = Address(place.address.units)
    moved = place.lineage.moved(unit, dealt.day)
    if not moved:
        found = [*place.lineage.original(unit, dealt.day), *([unit] if place.lineage.stays(unit, dealt.day) else [])]
        if not place.tree.complete or place.lineage.renumbered(unit, dealt.day) or any(map(place.tree.holds, found)):
            return
        if any(_rewritten(each, place, unit, dealt) for each in grounds.near(slug, [unit])):
            return
        if any(_ended(each, place, unit, dealt) for each in grounds.near(slug, [unit])):
            return
    cause = evidence.absent(grounds.register, slug, str(place.address))
    yield Judgement(Verdict.WRONG_ADDRESS, cause, meant=places(map(str, moved)) or None)


def _rewritten(each: Operating, place: Place, unit: Address, dealt: DealtWith) -> bool:
    """Has an event by the first day of the revision made, or written anew, what may contain the unit?"""
    begun = each.spans
    if not each.confirmed or not begun or max(begun[0].first, each.root.first or date.min) > dealt.day:
        return False
    for target in each.addresses:
        if INSERT in (each.change.kind, each.root.kind):
            if touches(target, unit) is not Touch.NOT and holds(each.windows[target], dealt.day):
                return True
        elif (
            each.change.kind in CHANGING | {CORRECT}
            and target.units
            and target != unit
            and place.tree.above(target, unit)
        ):
            return True
    return False


def _ended(each: Operating, place: Place, unit: Address, dealt: DealtWith) -> bool:
    """Had an event ended what may have contained the unit? Then that is said."""
    held = (target for target, windows in each.windows.items() if holds(windows, dealt.day))
    return each.confirmed and each.meaning.ends and any(place.tree.above(target, unit) for target in held)


def _cascade(grounds: Grounds, slug: str, place: Place, dealt: DealtWith, question: Question) -> Iterator[Judgement]:
    """What the text spells out has ended: did it end as well, or is it to be reviewed?"""
    if not grounds.register.texts[slug].details:
        return
    cascade = grounds.cascade(question.as_of)
    end = cascade.end(slug)
    if (end is not None and end.of == slug) or cascade.saved(slug, place.address):
        return
    if end is not None:
        cause = evidence.cascaded(grounds.register, end.change, slug)
        due = question.due(Verdict.BASIS_ENDED, end.since)
        overdue = question.overdue(Verdict.BASIS_ENDED, due)
        yield Judgement(Verdict.BASIS_ENDED, cause, end.since, due, overdue)
        return
    for each in cascade.ended_above(slug):
        if not dealt.before(each.change.id, each.since):
            yield Judgement(Verdict.REVIEW, evidence.of(grounds.register, each.change), each.since)


def _defined(
    grounds: Grounds, slug: str, place: Place, dealt: DealtWith, question: Question, met: Met
) -> Iterator[Judgement]:
    """The article that defines the terms of the text has changed in substance."""
    text = grounds.register.texts[slug]
    if text.definitions is None:
        return
    try:
        article = parse(text.definitions)
    except BadAddress:
        return
    said = {each.change.id for each, _ in met}
    said |= {left.change.id for each, _ in met for left in grounds.timeline.open(each.change)}
    of_article = replace(place, address=article, excepted=())
    found: dict[str, list[Judgement]] = {}
    for each in grounds.near(slug, place.lineage.all_names(article)):
        if each.change.id in said or each.meaning.formal or each.meaning.kind not in CHANGING | ENDING | {CORRECT}:
            continue
        for hit in of_article.hits(each, place.lineage.before(each.root, article, date.min)):
            found.setdefault(each.change.id, []).extend(_redefined(grounds, each, hit, dealt, question))
    yield from (min(some, key=lambda one: one.verdict.rank) for some in found.values() if some)


def _redefined(
    grounds: Grounds, each: Operating, hit: Hit, dealt: DealtWith, question: Question
) -> Iterator[Judgement]:
    if hit.touch is not Touch.FULL:
        return
    cause = grounds.cause(each, hit.targets)
    left = [span for span in hit.windows if not span.over(min(dealt.day, question.as_of))]
    if not each.course.dated and (each.course.until is None or each.course.until > question.as_of):
        yield Judgement(Verdict.UNDATED if each.confirmed else Verdict.POSSIBLE, cause)
    elif each.confirmed and holds(hit.windows, question.as_of) and dealt.of(each.change, hit.windows) is None:
        yield Judgement(Verdict.REVIEW, cause, left[0].first)
