"""A text of the register with all that is known around it, at a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from docctl.model.legal_text import LegalText
from docctl.verdict import Cause


class TextPage(Struct, frozen=True):
    """``status`` is the word of the derived status, ``because`` the events that made it or keep it from being told.

    ``acts`` are the events this text makes, ``acted_on`` those on it; ``cited_by`` gives the citing elements
    by procedure.
    """

    text: LegalText
    path: str
    as_of: date
    status: str
    since: date | None
    because: Sequence[Cause]
    acts: Sequence[Cause]
    acted_on: Sequence[Cause]
    cited_by: Mapping[str, Sequence[str]]
