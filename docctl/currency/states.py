"""What the register means for an address beside the events on it: its text, its number, and other texts around it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import filterfalse

from msgspec.structs import replace

from docctl.currency import evidence
from docctl.currency.dealt import DealtWith
from docctl.currency.grounds import Grounds, Surroundings
from docctl.currency.hits import Hit
from docctl.currency.question import Question
from docctl.law.address import BadAddress, Touch, parse
from docctl.law.changes import CHANGING, ENDING
from docctl.law.spans import holds
from docctl.law.timeline import Operating
from docctl.law.vn.words import places
from docctl.model.event import CORRECT
from docctl.model.legal_text import LegalText
from docctl.verdict import Judgement, Unchecked, Verdict


def by_text(grounds: Grounds, around: Surroundings, dealt: DealtWith, question: Question) -> Iterator[Judgement]:
    """What a text's own file means for an address of it; nothing where the text is not held."""
    text = grounds.register.texts.get(around.slug)
    if text is None:
        return
    for found in (*_begin(grounds, around, question), *_absent(grounds, around)):
        if not dealt.closes(found, state=True):
            yield found
    if text.details:
        yield from filterfalse(dealt.closes, _cascade(grounds, around, dealt, question))
    if text.definitions is not None:
        yield from filterfalse(dealt.closes, _defined(grounds, around, text.definitions, dealt, question))
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


def _begin(grounds: Grounds, around: Surroundings, question: Question) -> Iterator[Judgement]:
    """Is the text, or the stage of the cited provision, in force at all?"""
    slug = around.slug
    if around.stage is None:
        if grounds.register.texts[slug].in_force:
            yield Judgement(Verdict.UNDATED, evidence.start(grounds.register, slug, None))
        return
    at, entry = around.stage
    if entry.first is not None and entry.first <= question.as_of:
        return
    cause = evidence.start(grounds.register, slug, at)
    if entry.first is None:
        yield Judgement(Verdict.UNDATED, cause)
    elif question.ahead(entry.first):
        yield Judgement(Verdict.UPCOMING, cause, entry.first)
    else:
        yield Judgement(Verdict.NOT_IN_FORCE, cause, entry.first)


def _absent(grounds: Grounds, around: Surroundings) -> Iterator[Judgement]:
    """The text did not have the cited unit when the revision began."""
    if around.absent is not None:
        cause = evidence.absent(grounds.register, around.slug, str(around.place.address))
        yield Judgement(Verdict.WRONG_ADDRESS, cause, meant=places(map(str, around.absent)) or None)


def _cascade(grounds: Grounds, around: Surroundings, dealt: DealtWith, question: Question) -> Iterator[Judgement]:
    """What the text spells out has ended: did it end as well, or is it to be reviewed?"""
    slug, cascade = around.slug, grounds.cascade(question.as_of)
    end = cascade.end(slug)
    if (end is not None and end.of == slug) or cascade.saved(slug, around.place.address):
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
    grounds: Grounds, around: Surroundings, definitions: str, dealt: DealtWith, question: Question
) -> Iterator[Judgement]:
    """The article that defines the terms of the text has changed in substance."""
    try:
        article = parse(definitions)
    except BadAddress:
        return
    said = {each.change.id for each, _ in around.met}
    said |= {left.change.id for each, _ in around.met for left in grounds.timeline.open(each.change)}
    of_article = replace(around.place, address=article, excepted=())
    lineage = around.place.lineage
    found: dict[str, list[Judgement]] = {}
    for each in grounds.near(around.slug, lineage.all_names(article)):
        if each.change.id in said or each.meaning.formal or each.meaning.kind not in CHANGING | ENDING | {CORRECT}:
            continue
        for hit in of_article.hits(each, lineage.before(each.root, article, date.min)):
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
