"""What others want to know of a procedure: enough to compare all of them without holding all of them."""

from __future__ import annotations

from msgspec import Struct

from docctl.model.procedure import Procedure


class Extract(Struct, frozen=True, array_like=True):
    """``forms`` are the ids of its own forms, ``uses`` those that its steps and papers name; the rest are counts."""

    path: str
    id: str
    covers: tuple[str, ...]
    forms: tuple[str, ...]
    uses: tuple[str, ...]
    steps: int
    citations: int
    provision_citations: int

    @classmethod
    def of(cls, path: str, procedure: Procedure) -> Extract:
        """From the procedure itself."""
        cited = [citation for _, _, citation in procedure.cited()]
        return cls(
            path=path,
            id=procedure.id,
            covers=procedure.covers,
            forms=tuple(form.id for form in procedure.forms),
            uses=procedure.used_forms(),
            steps=len(procedure.steps),
            citations=len(cited),
            provision_citations=sum(bool(citation.provisions) for citation in cited),
        )
