"""A document beside the entries it covers, field by field; what cannot be compared is said.

A document may serve several entries (26/2014/TT-BKHCN, Điều 41 khoản 6). Then the strictest time limit counts, each
entry has to find its papers, fees, results and channels, and what none of them has is too much. A paper that not all of
them ask for needs a condition. The title is compared only where there is one entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from docctl.catalogue.dossier import dossier_differences
from docctl.catalogue.fees import fee_differences
from docctl.catalogue.pairing import pairs
from docctl.catalogue.sides import Part, Side, too_much
from docctl.catalogue.times import time_differences
from docctl.catalogue.words import folded, folded_name
from docctl.model.coverage import Difference, Differs
from docctl.model.form import Form
from docctl.model.procedure import Named, Procedure


def differences(procedure: Procedure, forms: Mapping[str, Form], sides: Sequence[Side]) -> Iterator[Difference]:
    """Everything that a document has otherwise than the entries it covers; ``forms`` by id, shared ones too."""
    if sides:
        yield from _head(procedure, sides)
        yield from time_differences(procedure, sides)
        yield from _channels(procedure, sides)
        yield from fee_differences(procedure, sides)
        yield from dossier_differences(procedure, forms, sides)
        yield from _results(procedure, sides)


def _head(procedure: Procedure, sides: Sequence[Side]) -> Iterator[Difference]:
    """Name, field and level."""
    one, name = sides[0], sides[0].entry.name
    if len(sides) == 1 and name is not None and folded_name(procedure.title) != folded_name(name):
        yield one.differs(Differs.NAME, "name", procedure.title, name, ("title",), lambda entry: entry.name)
    fields = [(side, field) for side in sides if (field := side.entry.field) is not None]
    if fields and folded(procedure.field or "") not in [folded(field) for _, field in fields]:
        side, field = fields[0]
        yield side.differs(Differs.FIELD, "field", procedure.field, field, ("field",), lambda entry: entry.field)
    for side in sides:
        levels = side.entry.levels
        if levels is not None and procedure.level is not None and procedure.level not in levels:
            ours = (procedure.level,)
            yield side.differs(Differs.LEVEL, "levels", ours, levels, ("level",), lambda entry: entry.levels)


def _channels(procedure: Procedure, sides: Sequence[Side]) -> Iterator[Difference]:
    """Ways to apply that one side has and the other has not."""
    ours = [channel.kind for channel in procedure.channels]
    for side in sides:
        for kind in dict.fromkeys(each.kind for each in side.entry.channels or ()):
            if kind not in ours:
                yield side.differs(
                    Differs.CHANNEL_MISSING, "channels", None, kind, ("channels",), _offers(kind), channel=kind
                )
    if any(side.entry.channels is None for side in sides):
        return
    known = {each.kind for side in sides for each in side.entry.channels or ()}
    for index, kind in enumerate(ours):
        if kind not in known and kind not in ours[:index]:
            place = ("channels", index, "kind")
            yield too_much(sides, Differs.CHANNEL_ADDED, "channels", kind, place, _offers(kind), channel=kind)


def _offers(kind: str) -> Part:
    return lambda entry: None if entry.channels is None else entry.channel(kind) is not None


def _results(procedure: Procedure, sides: Sequence[Side]) -> Iterator[Difference]:
    """What comes of it, by name."""
    ours = procedure.results
    found = pairs(ours, [side.entry.results for side in sides], _name, lambda _mine, _other: True)
    for number, other in found.missing:
        side, name = sides[number], (sides[number].entry.results or ())[other]
        yield side.differs(Differs.RESULT_MISSING, "results", None, name, ("results",), _yields(name), what=name)
    for mine in found.added:
        name = ours[mine].text
        yield too_much(sides, Differs.RESULT_ADDED, "results", name, ("results", mine), _yields(name), what=name)
    for mine, number, other in found.worded:
        side, name = sides[number], (sides[number].entry.results or ())[other]
        place = ("results", mine, "name")
        yield side.differs(Differs.WORDED, "results", ours[mine].text, name, place, _yields(name), what=name)


def _name(result: Named | str) -> str:
    return result if isinstance(result, str) else result.text


def _yields(name: str) -> Part:
    wanted = folded(name)
    return lambda entry: None if entry.results is None else wanted in map(folded, entry.results)
