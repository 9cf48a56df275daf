"""What a text of the law touches: its events day by day, and who cites it; judges only what it may reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from docctl.currency.evidence import of
from docctl.currency.question import Question
from docctl.currency.subjects import Subject
from docctl.currency.verdicts import Chosen, Judging
from docctl.law.address import parse
from docctl.law.changes import Change, stage
from docctl.law.vn.words import place
from docctl.model.currency import CitationVerdict, ProcedureVerdict, State, Unresolved
from docctl.model.event import AMEND, REPLACE
from docctl.model.impact import Impact, Kind, Operation, Relation, Stage, Touched
from docctl.verdict import ABSENT, CASCADE, END, START, Baseline, Cause, Issue, Judgement, Settled, Verdict
from docctl.work.asked import Asked
from docctl.work.citing import Citing, Place

FOR_GOOD = 36500
"""Days; nothing of a text lies farther ahead."""


class _Seen(Struct, frozen=True):
    """One cited address with what is said of it, and what would be had nothing been dealt with."""

    subject: Subject
    procedure: ProcedureVerdict
    citation: CitationVerdict
    said: tuple[Judgement, ...]
    fresh: tuple[Judgement, ...]


def impact(citing: Citing, asked: Asked, question: Question, *, content: str = "", recorded: bool = False) -> Impact:
    """The answer for the day of ``question``. ``content`` and ``recorded`` are what the report says of the snapshot."""
    register = citing.register
    changes = [*citing.acts.get(asked.text, ())] if not asked.addresses else []
    if asked.event is not None:
        changes = [each for each in changes if each.id == asked.event]
    texts = citing.reach(changes) | ({asked.text} if asked.event is None else frozenset())
    seen = [*_judged(citing, texts, question, changes), *_announced(citing, question, changes)]
    text = register.texts.get(asked.text)
    begins = None if text is None else stage(text, parse(""), register.tree(asked.text))
    return Impact(
        as_of=question.as_of,
        content=content,
        months=question.months,
        text=asked.text,
        number=asked.number,
        title=None if text is None else text.title,
        path=None if text is None else register.path(asked.text),
        held=asked.held,
        event=asked.event,
        addresses=asked.addresses,
        places=tuple(map(place, asked.addresses)),
        first=None if begins is None else begins[1].first,
        stages=tuple(_stages(citing, asked, changes, seen)),
        citing=() if asked.event is not None else tuple(_citing(citing, asked, seen)),
        unresolved=tuple(
            Unresolved(each.slug, each.pointer, each.fault.value, each.what)
            for each in register.problems
            if each.slug == asked.text and not asked.addresses and asked.event in (None, each.name)
        ),
        procedures=len({each.document.body.id for each in citing.subjects}),
        not_judged=sum(each.state is State.NOT_HELD for each in citing.subjects),
        recorded=recorded,
    )


# -- judging -------------------------------------------------------------------------------------------


def _judged(citing: Citing, texts: Iterable[str], question: Question, changes: Iterable[Change]) -> Iterator[_Seen]:
    """Every citation of the texts, judged as it is, and where need be as if its revision had dealt with nothing.

    What is said the second time only has been dealt with; what is a draft, or not held, is only judged so.
    """
    subjects, only = citing.of(texts), citing.only({*texts})
    question = replace(question, horizon=FOR_GOOD)
    judged = [each for each in subjects if each.state in (State.IN_FORCE, State.SCHEDULED)]
    said = _by_number(citing, judged, question, only)
    ids = frozenset(each.id for each in changes)
    courses = (citing.grounds.timeline.course(each).spans for each in changes)
    begin = [each.first for each in changes if each.first is not None]
    first = min([*begin, *(span.first for spans in courses for span in spans)], default=date.max)
    always = citing.consolidated(texts)  # which has taken in the events that it names
    fresh = [
        _with_nothing_dealt(each, question.as_of) for each in subjects if always or _may_have_dealt(each, ids, first)
    ]
    plainly = _by_number(
        citing, fresh, question, lambda each: None if only(each) is None else citing.base(each)
    )  # fmt: skip
    for subject in subjects:
        key = subject.document.body.id, subject.document.body.number
        own = said.get(key) or plainly[key]
        for citation, plain in zip(own.citations, plainly.get(key, own).citations, strict=True):
            yield _Seen(subject, own, citation, citation.judgements, plain.judgements)


def _announced(citing: Citing, question: Question, changes: Sequence[Change]) -> Iterator[_Seen]:
    """What will be said because of the events only on the day on which they begin: what ends with the text that it
    spells out, and what is to be reviewed. A plan names it before (docs/readings.md, 23).
    """
    texts = citing.beside(changes)
    begin = {spans[0].first for each in changes if (spans := citing.grounds.timeline.course(each).spans)}
    subjects = [each for each in citing.of(texts) if each.state in (State.IN_FORCE, State.SCHEDULED)]
    for day in sorted(each for each in begin if each > question.as_of):
        then = Judging(citing.grounds, citing.shared_forms, replace(question, as_of=day), citing.only(texts))
        for subject in subjects:
            procedure = then.procedure(subject)
            for citation in procedure.citations:
                said = tuple(
                    replace(each, verdict=Verdict.UPCOMING, coming=each.verdict, overdue=False)
                    for each in citation.judgements
                    if each.since == day and each.cause is not None and _is_indirect(each.verdict, each.cause)
                )
                if said:
                    yield _Seen(subject, procedure, citation, said, ())


def _is_indirect(verdict: Verdict, cause: Cause) -> bool:
    return verdict is Verdict.REVIEW or cause.kind == CASCADE


def _by_number(
    citing: Citing, subjects: Sequence[Subject], question: Question, chosen: Chosen
) -> Mapping[tuple[str, str], ProcedureVerdict]:
    judging = Judging(citing.grounds, citing.shared_forms, question, chosen)
    return {(each.id, each.revision): each for each in map(judging.procedure, subjects)}


def _may_have_dealt(subject: Subject, events: AbstractSet[str], first: date) -> bool:
    """Could a revision have dealt with one of the events, the earliest of which begins on a day? Else once is enough.

    A record names what it has dealt with; before there are records, what held on the first day counts as taken in.
    """
    baseline = subject.baseline
    if baseline is None or subject.state not in (State.IN_FORCE, State.SCHEDULED):
        return True
    if baseline.issue is None and first <= baseline.effective_from:
        return True
    return any(each.event.partition("@")[0] in events for _, each in subject.dealt)


def _with_nothing_dealt(subject: Subject, day: date) -> Subject:
    """The same text, issued on the same first day by a record that names no event; a draft as if it began today."""
    issue = Issue("", "", day, "")
    if subject.baseline is None or subject.state is State.NOT_HELD:
        baseline = Baseline(subject.document.body.number, day, None, "", (), issue)
        return replace(subject, state=State.IN_FORCE, baseline=baseline, dealt=())
    return replace(subject, baseline=replace(subject.baseline, issue=issue, settled=()), dealt=())


def _place(citation: CitationVerdict) -> Place:
    """Where the citation begins, of which this is one address."""
    return citation.path, citation.pointer[: -2 if citation.address else -1]


# -- what the events touch -----------------------------------------------------------------------------


def _stages(citing: Citing, asked: Asked, changes: Sequence[Change], seen: Sequence[_Seen]) -> Iterator[Stage]:
    """The events by their day; those whose day is not known come last."""
    causes = {each.id: of(citing.register, each) for each in changes}
    touched: dict[str, list[Touched]] = {each: [] for each in causes}
    if not asked.addresses:
        for each in seen:
            for event, found, one in _because_of(asked, causes, each):
                causes.setdefault(event, found)
                touched.setdefault(event, []).append(one)
    days: dict[date | None, list[Operation]] = {}
    for event, found in causes.items():
        operation = Operation(found, tuple(touched[event]))
        days.setdefault(found.end if found.kind == END else found.first, []).append(operation)
    for day in sorted(days, key=lambda day: "9999" if day is None else day.isoformat()):
        yield Stage(day, tuple(days[day]))


def _because_of(asked: Asked, causes: Mapping[str, Cause], seen: _Seen) -> Iterator[tuple[str, Cause, Touched]]:
    """What the events asked about mean for one citation: what is said, then what has been dealt with."""
    own = _causes(asked, causes, seen.said)
    for event, (judgement, found) in own.items():
        yield event, found, _touched(seen, judgement)
    for event, (_, found) in _causes(asked, causes, seen.fresh).items():
        if event not in own:
            yield event, found, replace(_touched(seen, None), dealt_with=True, settled=_settled(seen, event))


def _causes(
    asked: Asked, causes: Mapping[str, Cause], judgements: Iterable[Judgement]
) -> dict[str, tuple[Judgement, Cause]]:
    """The worst that each event is said to do; of a text asked about also its beginning and the end of its changes."""
    found: dict[str, tuple[Judgement, Cause]] = {}
    for each in judgements:
        by = each.cause
        if by is None or by.kind == ABSENT:
            continue
        for other in by.upon:  # what they end, suspend or prolong says something else since then
            if other.event in causes and other.kind not in (AMEND, REPLACE):
                found.setdefault(other.event, (each, causes[other.event]))
        if by.text != asked.text:
            continue
        if by.event in causes or by.event.partition("@")[0] in causes or (by.kind == START and asked.event is None):
            found.setdefault(by.event, (each, by))
    return found


def _settled(seen: _Seen, event: str) -> Settled | None:
    baseline = seen.procedure.baseline
    return next((each for each in (() if baseline is None else baseline.settled) if each.event == event), None)


def _touched(seen: _Seen, judgement: Judgement | None) -> Touched:
    procedure, citation = seen.procedure, seen.citation
    return Touched(
        procedure=procedure.id,
        title=procedure.title,
        revision=procedure.revision,
        owner=procedure.owner,
        state=seen.subject.state,
        kind=Kind.of(citation.pointer),
        element=citation.element,
        element_name=citation.element_name,
        path=citation.path,
        pointer=citation.pointer,
        text=citation.text,
        address=citation.address,
        place=citation.place,
        judgement=judgement,
    )


# -- who cites a text, or a provision -------------------------------------------------------------------


def _citing(citing: Citing, asked: Asked, seen: Iterable[_Seen]) -> Iterator[Touched]:
    """The citations of the text, or of what is, contains or lies inside one of the provisions asked about."""
    wanted = citing.places({asked.text})
    for each in seen:
        relation = _relation(citing, asked, each.citation.address) if asked.addresses else None
        if _place(each.citation) not in wanted or (asked.addresses and relation is None):
            continue
        worst = next((one for one in each.said if one.verdict is not Verdict.UNCHECKED), None)
        yield replace(_touched(each, worst), relation=relation)


def _relation(citing: Citing, asked: Asked, cited: str) -> Relation | None:
    """Where a cited address stands to those asked about; None for beside."""
    tree = citing.register.tree(asked.text)
    try:
        unit = parse(cited)
    except ValueError:
        return Relation.MAYBE
    found: set[Relation] = set()
    for each in map(parse, asked.addresses):
        inside, above = tree.above(each, unit), tree.above(unit, each)
        if inside and above:
            found.add(Relation.SAME)
        elif inside:
            found.add(Relation.INSIDE)
        elif above:
            found.add(Relation.ABOVE)
        elif None in (inside, above):
            found.add(Relation.MAYBE)
    return next((each for each in Relation if each in found), None)
