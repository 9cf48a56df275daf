"""The papers a document asks for against the published ones: none beyond them (63/2010/NĐ-CP, Điều 18 khoản 6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from docctl.catalogue.forms import form_words, forms_agree, law_words
from docctl.catalogue.pairing import Pairs, pairs
from docctl.catalogue.sides import Part, Side, too_much
from docctl.catalogue.words import folded
from docctl.finding import Pointer
from docctl.model.catalogue import Entry, Paper
from docctl.model.coverage import Copies, Difference, Differs
from docctl.model.form import Form
from docctl.model.procedure import DossierItem, Procedure

_ITEMS: Pointer = ("dossier", "items")


def dossier_differences(procedure: Procedure, forms: Mapping[str, Form], sides: Sequence[Side]) -> Iterator[Difference]:
    """Sets, papers, and of each paper its numbers, form and condition."""
    yield from _sets(procedure, sides)
    ours = procedure.items
    found = pairs(ours, [_papers(side) for side in sides], _name, _same)
    for side, other in found.missing:
        name = _paper(sides[side], other).name
        yield sides[side].differs(Differs.PAPER_MISSING, "dossier", None, name, _ITEMS, _part(name), what=name)
    for mine in found.added:
        name = ours[mine].name
        yield too_much(sides, Differs.PAPER_ADDED, "dossier", name, (*_ITEMS, mine), _part(name), what=name)
    for mine, side, other in found.worded:
        name, place = _paper(sides[side], other).name, (*_ITEMS, mine, "name")
        yield sides[side].differs(Differs.WORDED, "dossier", ours[mine].name, name, place, _part(name), what=name)
    for mine, places in found.partners.items():
        partners = [(sides[side], _paper(sides[side], other)) for side, other in places]
        yield from _numbers(ours[mine], mine, partners)
        yield from _form(ours[mine], mine, partners, forms)
        yield from _condition(ours[mine], mine, partners, sides)
    yield from _of_some(ours, sides, found)


def _sets(procedure: Procedure, sides: Sequence[Side]) -> Iterator[Difference]:
    """The number of sets differs where it is that of none of the entries that give it."""
    stated = [(side, sets) for side in sides if (sets := _number_of_sets(side.entry)) is not None]
    if stated and procedure.sets is not None and procedure.sets not in [sets for _, sets in stated]:
        side, sets = stated[0]
        yield side.differs(Differs.SETS, "dossier", procedure.sets, sets, ("dossier", "sets"), _number_of_sets)


def _of_some(ours: Sequence[DossierItem], sides: Sequence[Side], found: Pairs) -> Iterator[Difference]:
    """A paper that only some of the entries ask for, and the document of everybody: for the others it is too much."""
    for mine, places in found.partners.items():
        asking = {side for side, _ in places}
        name = ours[mine].name
        for number, side in enumerate(sides):
            if ours[mine].condition is None and number not in asking and side.entry.dossier is not None:
                place = (*_ITEMS, mine)
                yield side.differs(Differs.PAPER_ADDED, "dossier", name, None, place, _part(name), what=name)


def _numbers(item: DossierItem, mine: int, partners: Sequence[tuple[Side, Paper]]) -> Iterator[Difference]:
    stated = [(side, copies, paper) for side, paper in partners if (copies := _copies(paper)) is not None]
    ours = _copies(item)
    if stated and ours not in [copies for _, copies, _ in stated]:
        side, copies, paper = stated[0]
        kind = Differs.NOT_COMPARED if ours is None else Differs.PAPER
        yield side.differs(
            kind, "copies", ours, copies, (*_ITEMS, mine), _part(paper.name, _copies), what=item.name
        )  # fmt: skip


def _form(
    item: DossierItem, mine: int, partners: Sequence[tuple[Side, Paper]], forms: Mapping[str, Form]
) -> Iterator[Difference]:
    agree = [_agrees(item, paper, forms) for _, paper in partners]
    if True in agree:
        return
    kind = Differs.FORM if False in agree else Differs.NOT_COMPARED
    side, paper = partners[agree.index(False) if False in agree else 0]
    ours = None if item.form is None else form_words(item.form, forms.get(item.form))
    place = (*_ITEMS, mine) if item.form is None else (*_ITEMS, mine, "form")
    part = _part(paper.name, lambda each: each.form)
    yield side.differs(kind, "form", ours, law_words(paper.form), place, part, what=item.name)


def _agrees(item: DossierItem, paper: Paper, forms: Mapping[str, Form]) -> bool | None:
    if item.form is None or paper.form is None:
        return item.form is None and paper.form is None
    return forms_agree(forms.get(item.form), paper.form)


def _condition(
    item: DossierItem, mine: int, partners: Sequence[tuple[Side, Paper]], sides: Sequence[Side]
) -> Iterator[Difference]:
    """Of a document of several entries a condition may tell for which of them the paper is, so it is not compared."""
    side, paper = partners[0]
    if len(sides) > 1 or folded(item.condition or "") == folded(paper.condition or ""):
        return
    kind = Differs.NOT_COMPARED if item.condition and paper.condition else Differs.PAPER
    place = (*_ITEMS, mine) if item.condition is None else (*_ITEMS, mine, "condition")
    part = _part(paper.name, lambda each: each.condition)
    yield side.differs(kind, "condition", item.condition, paper.condition, place, part, what=item.name)


def _papers(side: Side) -> tuple[Paper, ...] | None:
    return None if side.entry.dossier is None else side.entry.dossier.papers


def _paper(side: Side, place: int) -> Paper:
    return (_papers(side) or ())[place]


def _name(paper: DossierItem | Paper) -> str:
    return paper.name


def _same(ours: DossierItem, theirs: Paper) -> bool:
    return _copies(ours) == _copies(theirs) and folded(ours.condition or "") == folded(theirs.condition or "")


def _number_of_sets(entry: Entry) -> int | None:
    return None if entry.dossier is None else entry.dossier.sets


def _copies(paper: DossierItem | Paper) -> Copies | None:
    """How many of a paper; a number that is not given beside the other one is none."""
    if paper.originals is None and paper.copies is None:
        return None
    return Copies(paper.originals or 0, paper.copies or 0)


def _present(paper: Paper) -> object:
    return bool(paper.name)


def _part(name: str, of: Callable[[Paper], object] = _present) -> Part:
    """Whether there is a paper of this name, or something of it."""
    wanted = folded(name)

    def part(entry: Entry) -> object:
        if entry.dossier is None:
            return None
        return tuple(of(paper) for paper in entry.dossier.papers if folded(paper.name) == wanted)

    return part
