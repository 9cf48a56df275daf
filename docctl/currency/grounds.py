"""What every citation is judged by: the register, how its events operate, and indexes to find them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from docctl.currency import evidence
from docctl.currency.absence import new_numbers
from docctl.currency.hits import Hit, Place
from docctl.law.address import WHOLE, Address, BadAddress, Touch, container, parse
from docctl.law.cascade import Cascade
from docctl.law.changes import Change, stage
from docctl.law.register import Register, unregistered
from docctl.law.timeline import Operating, Timeline
from docctl.model.citation import Citation
from docctl.model.legal_text import CONSOLIDATED, Consolidation, InForce
from docctl.verdict import Cause, Doubt, Judgement, Verdict

Met = Sequence[tuple[Operating, Sequence[Hit]]]


class Surroundings(Struct, frozen=True):
    """All that a cited address has to do with and that is the same whatever day is asked about.

    ``taken_in`` are the events, by id and digest, that the consolidated text had taken in by a day, where one is
    cited; ``met`` the events that meet the address; ``stage`` the entry of ``in_force`` that it begins with;
    ``absent`` the new numbers of a unit that the text does not have, or none; None where it may have it.
    """

    slug: str
    place: Place
    taken_in: tuple[Sequence[tuple[str, str]], date] | None
    met: Met
    stage: tuple[int, InForce] | None
    absent: Sequence[Address] | None


class Grounds:
    """Answers are the same at any date, except those that are asked for one."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.timeline = Timeline(register)
        self._near: dict[str, _Near] = {}
        self._around: dict[tuple[str, str, tuple[str, ...], date], Surroundings | Judgement] = {}
        self._causes: dict[tuple[str, str, str | None, tuple[Address, ...]], Cause] = {}
        self._cascades: dict[date, Cascade] = {}
        self._general: dict[str, list[Change]] | None = None

    def near(self, slug: str, addresses: Iterable[Address]) -> Sequence[Operating]:
        """The events on a text that may touch one of the addresses, in order; perhaps others too."""
        if slug not in self._near:
            self._near[slug] = _Near(self.timeline.on(slug))
        return self._near[slug].of(addresses)

    def around(self, citation: Citation, address: str, day: date) -> Surroundings | Judgement:
        """The surroundings of one address of a citation (empty: the whole text) with the numbers of a day.

        What keeps it from being judged, where something does.
        """
        key = citation.text, address, citation.excepted, day
        found = self._around.get(key)
        if found is None:
            found = self._around[key] = self._surroundings(citation, address, day)
        return found

    def _surroundings(self, citation: Citation, address: str, day: date) -> Surroundings | Judgement:
        meant = self.register.meant(citation.text)
        if len(meant) > 1:
            return Judgement(Verdict.UNKNOWN, doubt=Doubt.AMBIGUOUS, detail=", ".join(meant))
        slug = meant[0] if meant else unregistered(citation.text)
        text = self.register.texts.get(slug)
        consolidation = self.register.known.consolidation(citation.text, slug)
        if consolidation is None and text is not None and text.kind == CONSOLIDATED:
            return Judgement(Verdict.UNKNOWN, doubt=Doubt.CONSOLIDATED, detail=text.number)
        try:
            parsed, excepted = parse(address), tuple(map(parse, citation.excepted))
        except BadAddress as error:
            return Judgement(Verdict.UNKNOWN, doubt=Doubt.UNREADABLE_ADDRESS, detail=str(error), meant=error.meant)
        lineage, tree = self.timeline.lineage(slug), self.register.tree(slug)
        place = Place(self.timeline, lineage, tree, parsed, excepted, day)
        taken_in = None if consolidation is None else self._taken_in(consolidation)
        first, absent = None, None
        if text is not None:
            first = stage(text, next(iter(lineage.original(parsed, day)), parsed), tree)
            absent = new_numbers(place, lambda unit: self.near(slug, [unit]))
        return Surroundings(slug, place, taken_in, self._met(slug, place), first, absent)

    def _met(self, slug: str, place: Place) -> Met:
        """The events that meet a cited address of a text, or may, each with how."""
        near = self.near(slug, place.lineage.all_names(place.address))
        met = [(each, hits) for each in near if (hits := place.hits(each, place.names(each)))]
        met += [(each, [Hit(Touch.FULL, True, (WHOLE,), each.course.spans)]) for each in self.general(slug)]
        return tuple(met)

    def _taken_in(self, consolidation: Consolidation) -> tuple[Sequence[tuple[str, str]], date]:
        changes = filter(None, map(self.register.change, consolidation.events))
        return [(each.id, self.register.digest(each)) for each in changes], consolidation.issued

    def cause(self, each: Operating, targets: tuple[Address, ...]) -> Cause:
        """``evidence.cause`` of an event that meets a citation with some of its addresses."""
        key = each.change.id, each.root.id, each.root.target, targets
        if key not in self._causes:
            self._causes[key] = evidence.cause(self.timeline, each, targets)
        return self._causes[key]

    def cascade(self, day: date) -> Cascade:
        """What has ended by a day, and what with it."""
        if day not in self._cascades:
            self._cascades[day] = Cascade(self.timeline, day)
        return self._cascades[day]

    def general(self, slug: str) -> Sequence[Operating]:
        """The general repeals that may concern a text: of later texts about one of its fields."""
        if slug not in self.register.texts or not self.register.general:
            return ()
        if self._general is None:
            self._general = {}
            for change in self.register.general:
                for each in self.register.texts[change.acting].fields:
                    self._general.setdefault(each, []).append(change)
        text = self.register.texts[slug]
        found = {each.id: each for field in text.fields for each in self._general.get(field, ())}
        concern = (each for each in found.values() if each.acting != slug and not self._later(slug, each))
        return [self.timeline.general(each) for each in concern]

    def _later(self, slug: str, change: Change) -> bool:
        """Was a text issued after the one that repeals what is contrary to itself?"""
        one, other = self.register.texts[slug].issued, self.register.texts[change.acting].issued
        return one is not None and other is not None and one > other


class _Near:
    """The events on a text by the units that they act on."""

    def __init__(self, operating: Sequence[Operating]) -> None:
        self._every = operating
        self._at: dict[tuple[str, ...], list[int]] = {}
        self._under: dict[tuple[str, ...], list[int]] = {}
        self._groups: list[int] = []  # chapters and the like hold articles whose addresses do not name them
        for place, each in enumerate(operating):
            for address in each.addresses:
                self._at.setdefault(address.units, []).append(place)
                for size in range(1, len(address.units)):
                    self._under.setdefault(address.units[:size], []).append(place)
                if container(address):
                    self._groups.append(place)

    def of(self, addresses: Iterable[Address]) -> Sequence[Operating]:
        places: set[int] = set(self._groups)
        for address in addresses:
            if not address.units or container(address):
                return self._every
            for size in range(len(address.units) + 1):
                places.update(self._at.get(address.units[:size], ()))
            places.update(self._under.get(address.units, ()))
        return [self._every[each] for each in sorted(places)]
