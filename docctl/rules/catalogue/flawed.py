"""What findings about the decisions of the catalogue have in common."""

from __future__ import annotations

from collections.abc import Iterator

from docctl.catalogue.words import near_code
from docctl.finding import Code, Finding, Related, finding
from docctl.message import Message, msg
from docctl.model.coverage import Fault, Flaw
from docctl.model.view import View


def flaws(view: View, *faults: Fault) -> Iterator[Flaw]:
    """Every flaw of some kinds."""
    return (each for each in view.coverage.flaws if each.fault in faults)


def say(view: View, code: Code, flaw: Flaw, message: Message, fix: Message | None = None) -> Finding:
    """A finding at the place in ``catalogue/``, with the one that it clashes with."""
    related = []
    if flaw.other is not None:
        related.append(Related(view.locate(flaw.other.path, flaw.other.pointer), msg("the other place")))
    place = view.locate(flaw.origin.path, (*flaw.origin.pointer, "code") if flaw.code else flaw.origin.pointer)
    return finding(code, message, place, element=flaw.code or None, related=related, fix=fix)


def did_you_mean(view: View, code: str) -> Message | None:
    """The code of the list that was perhaps meant."""
    known = [each.code for each in view.coverage.entries if each.origin is not None and each.code != code]
    near = near_code(code, known)
    return None if near is None else msg('did you mean "{meant}"?', meant=near)
