"""A text of the register at a day: status, the events of and on it, and who cites it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from docctl.currency.evidence import of
from docctl.law.register import Register
from docctl.law.status import status
from docctl.law.timeline import Timeline
from docctl.model.procedure import Procedure
from docctl.model.text_page import TextPage


def page(register: Register, slug: str, procedures: Iterable[Procedure], day: date) -> TextPage:
    """The page of a text that the register holds."""
    found = status(Timeline(register), slug, day)
    cited: dict[str, dict[str, None]] = {}
    for procedure in procedures:
        for _pointer, element, citation in procedure.cited():
            if slug in register.meant(citation.text):
                cited.setdefault(procedure.id, {})[element] = None
    return TextPage(
        text=register.texts[slug],
        path=register.path(slug),
        as_of=day,
        status=found.status.value,
        since=found.since,
        because=[of(register, change) for change in found.because],
        acts=[of(register, change) for change in register.changes if change.acting == slug],
        acted_on=[of(register, change) for change in register.on(slug)],
        cited_by={procedure: [*elements] for procedure, elements in cited.items()},
    )
