"""All procedures of a repository judged at a date."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from docctl.currency.citation import judge
from docctl.currency.dealt import Closing, DealtWith, closings
from docctl.currency.grounds import Grounds
from docctl.currency.question import Question
from docctl.currency.states import unchecked
from docctl.currency.subjects import Subject
from docctl.finding import Pointer
from docctl.law.calendar import Calendar
from docctl.law.register import Register, unregistered
from docctl.law.status import agrees
from docctl.law.vn import words
from docctl.law.vn.labels import meant
from docctl.model import record
from docctl.model.calendar_year import Year
from docctl.model.citation import Citation
from docctl.model.currency import CitationVerdict, Currency, ProcedureVerdict, State, TextVerdict, Unresolved, in_order
from docctl.model.event import DETAIL
from docctl.model.form import Form, used_content
from docctl.model.procedure import Procedure
from docctl.model.view import Document
from docctl.text.canonical import digest
from docctl.verdict import Doubt, Judgement, Unchecked, Verdict


class Cited(NamedTuple):
    """A citation with the file and place it stands in, its element, and the element's name where known."""

    path: str
    pointer: Pointer
    element: str
    name: str | None
    citation: Citation


class _Meant(NamedTuple):
    """The text that citations mean, where there is exactly one; how it is named; what is said of it as such."""

    slug: str | None
    name: str
    kept_as: str
    conflicts: tuple[Judgement, ...]


def currency(
    register: Register,
    subjects: Iterable[Subject],
    shared_forms: Document[tuple[Form, ...]] | None,
    question: Question,
    grounds: Grounds | None = None,
) -> Currency:
    """Every text in force or to come with its verdicts, and what is to be said about the texts that they cite.

    ``grounds`` are those of the register, where they have been made already.
    """
    missing: set[int] = set()
    question = replace(question, calendar=_noting(question.calendar, missing))
    judging = Judging(Grounds(register) if grounds is None else grounds, shared_forms, question)
    judged = in_order(map(judging.procedure, subjects))
    texts = tuple(_texts(judging, judged))
    problems = register.problems
    return Currency(
        as_of=question.as_of,
        horizon_end=question.horizon_end,
        months=question.months,
        procedures=judged,
        texts=texts,
        events=sum(change.kind != DETAIL for change in register.changes),
        later=sum(
            change.confirmed and change.first is not None and change.first > question.horizon_end
            for slug in {each.slug for procedure in judged for each in procedure.citations if each.slug is not None}
            for change in register.on(slug)
        ),
        recorded=max((change.event.recorded for change in register.changes if change.event is not None), default=None),
        unresolved=tuple(Unresolved(each.slug, each.pointer, each.fault.value, each.what) for each in problems),
        missing_years=tuple(sorted(missing)),
    )


def _noting(calendar: Calendar, missing: set[int]) -> Calendar:
    """The same calendar, which notes the years it does not know."""

    def year(number: int) -> Year | None:
        found = calendar(number)
        if found is None:
            missing.add(number)
        return found

    return year


_Closed = Mapping[record.Cited, Mapping[str, tuple[Closing, ...]]]

_Alike = tuple[str, str, tuple[str, ...], date, bool, date]
"""A text as cited, an address, what is excepted; the day of the revision, whether it is adopted, the day asked for."""


Chosen = Callable[[Citation], Citation | None]


class Judging:
    """What all procedures are judged by, for one question.

    ``chosen`` gives the citation that is judged in the place of each, or None where none is; without it all are.
    """

    def __init__(
        self,
        grounds: Grounds,
        shared_forms: Document[tuple[Form, ...]] | None,
        question: Question,
        chosen: Chosen | None = None,
    ) -> None:
        self.grounds = grounds
        self.question = question
        self._shared_forms = shared_forms
        self._forms = _forms(shared_forms)
        self._chosen = chosen
        self._alike: dict[_Alike, tuple[Judgement, ...]] = {}
        self._texts: dict[str, _Meant] = {}
        self._asserted: dict[str, tuple[Judgement, ...]] = {}

    def asserted(self, slug: str) -> tuple[Judgement, ...]:
        """What is said of a text because of what its publisher says of it."""
        if slug not in self._asserted:
            known = slug in self.grounds.register.texts
            self._asserted[slug] = tuple(_asserted(self.grounds, slug, self.question.as_of)) if known else ()
        return self._asserted[slug]

    def procedure(self, subject: Subject) -> ProcedureVerdict:
        """A revision in force is judged on the day asked for, a scheduled one on its own first day."""
        document, procedure, baseline = subject.document, subject.document.body, subject.baseline
        judged_at: date | None = None
        if baseline is not None and subject.state in (State.IN_FORCE, State.SCHEDULED):
            judged_at = max(self.question.as_of, baseline.effective_from)
        citations: tuple[CitationVerdict, ...] = ()
        if baseline is not None and judged_at is not None:
            here = self.question if judged_at == self.question.as_of else replace(self.question, as_of=judged_at)
            names = procedure.element_names()
            dealt = DealtWith(baseline.effective_from, baseline.issue is None)
            closed = closings(subject.dealt)
            citations = tuple(
                self._address(cited, place, names, dealt, closed, here)
                for cited in self._judged_of(document)
                for place in range(max(1, len(cited.citation.provisions)))
            )
        return ProcedureVerdict(
            id=procedure.id,
            title=procedure.title,
            revision=procedure.number,
            owner=procedure.owner,
            path=document.path,
            state=subject.state,
            in_force=subject.in_force,
            forms_changed=self._forms_changed(procedure, subject),
            baseline=baseline,
            judged_at=judged_at,
            citations=citations,
        )

    def _forms_changed(self, procedure: Procedure, subject: Subject) -> bool:
        """Are the shared forms it uses other ones than those that were issued or adopted with it?"""
        if subject.shared_forms is None:
            return False
        content = None if self._shared_forms is None else self._shared_forms.content
        return digest(used_content(content, procedure.used_forms())) != subject.shared_forms

    def _judged_of(self, document: Document[Procedure]) -> Iterator[Cited]:
        """The citations that are judged: all that are not history, or those that are chosen."""
        for each in self._cited(document):
            citation = each.citation if self._chosen is None else self._chosen(each.citation)
            if citation is not None and citation.pinned is None:
                yield each if citation is each.citation else each._replace(citation=citation)

    def _cited(self, document: Document[Procedure]) -> Iterator[Cited]:
        """The procedure's own citations, then those of the shared forms that it uses."""
        for pointer, element, citation in document.body.cited():
            yield Cited(document.path, pointer, element, None, citation)
        for form in document.body.used_forms():
            yield from self._forms.get(form, ())

    def _judged(self, citation: Citation, address: str, dealt: DealtWith, question: Question) -> tuple[Judgement, ...]:
        """What is said of an address; of those cited alike by revisions of one day it is worked out once."""
        if dealt.closings:
            return judge(self.grounds, citation, address, dealt, question)
        key = citation.text, address, citation.excepted, dealt.day, dealt.adopted, question.as_of
        found = self._alike.get(key)
        if found is None:
            found = self._alike[key] = judge(self.grounds, citation, address, dealt, question)
        return found

    def _address(
        self, cited: Cited, place: int, names: Mapping[str, str], dealt: DealtWith, closed: _Closed, question: Question
    ) -> CitationVerdict:
        """The verdict on one of the citation's addresses, or on the whole text where it names none."""
        citation = cited.citation
        provisions = citation.provisions
        address, where = (provisions[place], ("provisions", place)) if provisions else ("", ("text",))
        meant = self._texts.get(citation.text) or self._meant(citation.text)
        mine = closed.get(record.Cited(cited.element, meant.kept_as, address)) if closed else None
        said = self._judged(citation, address, replace(dealt, closings=mine) if mine else dealt, question)
        if meant.conflicts or len(said) > 1:
            said = tuple(sorted((*said, *meant.conflicts), key=_weight))
        return CitationVerdict(
            element=cited.element,
            element_name=cited.name or names.get(cited.element),
            path=cited.path,
            pointer=(*cited.pointer, *where),
            text=meant.name,
            slug=meant.slug,
            address=address,
            place=words.place(address),
            printed=citation.printed,
            judgements=said,
        )

    def _meant(self, cited: str) -> _Meant:
        """What a text as it is cited means, worked out once."""
        found = self.grounds.register.meant(cited)
        slug = found[0] if len(found) == 1 else None
        text = self.grounds.register.texts.get(slug or "")
        conflicts = (each for each in self.asserted(slug or "") if each.verdict is Verdict.CONFLICT)
        name = cited if text is None else text.number
        self._texts[cited] = _Meant(slug, name, slug or unregistered(cited), tuple(conflicts))
        return self._texts[cited]


def _weight(judgement: Judgement) -> tuple[bool, int, str, str]:
    since = "" if judgement.since is None else judgement.since.isoformat()
    return (
        not judgement.overdue, judgement.verdict.rank, since, "" if judgement.cause is None else judgement.cause.event
    )  # fmt: skip


def _forms(shared: Document[tuple[Form, ...]] | None) -> Mapping[str, Sequence[Cited]]:
    """The citations of the forms in forms.yaml, by the form's id."""
    found: dict[str, list[Cited]] = {}
    for place_, form in enumerate(() if shared is None else shared.body):
        for pointer, element, citation in form.cited(("forms", place_)):
            path = "" if shared is None else shared.path
            found.setdefault(form.id, []).append(Cited(path, pointer, element, form.title, citation))
    return found


def _asserted(grounds: Grounds, slug: str, day: date) -> Iterator[Judgement]:
    """Does what the publisher says of a text agree with its dates and events?"""
    asserted = grounds.register.texts[slug].asserted
    if asserted is None or asserted[1] > day:
        return
    label, seen = asserted
    statuses = meant(label)
    if statuses is None:
        yield Judgement(Verdict.UNKNOWN, since=seen, doubt=Doubt.LABEL, detail=label)
    elif agrees(grounds.timeline, slug, statuses, seen) is False:
        yield Judgement(Verdict.CONFLICT, since=seen, detail=label)


def _texts(judging: Judging, procedures: Sequence[ProcedureVerdict]) -> Iterator[TextVerdict]:
    """What holds for a cited text as such, said once for it and not for every citation."""
    register, question = judging.grounds.register, judging.question
    citing: dict[str, set[str]] = {}
    by_address: set[str] = set()
    for procedure in procedures:
        for citation in procedure.citations:
            if citation.slug is not None and citation.slug in register.texts:
                citing.setdefault(citation.slug, set()).add(procedure.id)
                if citation.address:
                    by_address.add(citation.slug)
    for slug, ids in sorted(citing.items()):
        text = register.texts[slug]
        said = [*judging.asserted(slug)]
        reason = unchecked(text, question)
        if reason is not None:
            said.append(Judgement(Verdict.UNCHECKED, since=text.checked, detail=reason.value))
        if slug in by_address and reason is not Unchecked.STUB and not register.tree(slug).units:
            said.append(Judgement(Verdict.UNCHECKED, detail=Unchecked.NO_TREE.value))
        if said:
            yield TextVerdict(slug, text.number, tuple(sorted(said, key=_weight)), tuple(sorted(ids)))
