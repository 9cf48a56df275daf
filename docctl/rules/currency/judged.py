"""What the verdicts of ``docctl outdated`` have in common as findings: their place, their sentence, their way out."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from docctl.finding import Code, Finding, Related, Severity, finding
from docctl.message import Message, Param, msg
from docctl.model.currency import CitationVerdict, ProcedureVerdict
from docctl.model.view import View
from docctl.verdict import Cause, Judgement, Verdict
from docctl.verdict_words import of


class Judged(Struct, frozen=True):
    """One judgement with the citation and the procedure it is about."""

    procedure: ProcedureVerdict
    citation: CitationVerdict
    judgement: Judgement

    @property
    def cause(self) -> Cause:
        """What brought the verdict about; only asked where the verdict has a cause."""
        assert self.judgement.cause is not None
        return self.judgement.cause


def judged(view: View, verdict: Verdict) -> Iterator[Judged]:
    """Every judgement of one verdict on a citation."""
    for procedure in view.currency.procedures:
        for citation in procedure.citations:
            for judgement in citation.judgements:
                if judgement.verdict is verdict:
                    yield Judged(procedure, citation, judgement)


def say(
    view: View, code: Code, item: Judged, message: Message, fix: Message | None = None, severity: Severity | None = None
) -> Finding:
    """A finding at the citation, with the chain of proof and the place of the event that caused it."""
    place = view.locate(item.citation.path, item.citation.pointer)
    cause = item.judgement.cause
    related = []
    if cause is not None and cause.pointer:
        related.append(Related(view.locate(cause.path, cause.pointer), msg("event {event}", event=cause.event)))
    if item.citation.path != item.procedure.path:  # a shared form: the place alone does not tell whose finding it is
        message = msg("{id}: {message}", id=item.procedure.id, message=message)
    found = finding(code, message, place, element=item.citation.element, related=related, fix=fix)
    proof = item.procedure.proof(item.citation, item.judgement)
    return replace(found, proof=proof, severity=code.severity if severity is None else severity)


def cited(citation: CitationVerdict) -> Param:
    """What is cited: ``khoản 2 Điều 7 of 39/2016/TT-NHNN``."""
    return of(citation.place, citation.text)
