"""The legal register: which events act on a text, which on another event, and what could not be resolved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cached_property

from msgspec import Struct

from docctl.finding import Pointer
from docctl.law.address import BadAddress
from docctl.law.changes import Change, declared, implied_detail, implied_end, implied_id
from docctl.law.identity import comparable, is_slug
from docctl.law.naming import Known
from docctl.law.provisions import Tree, tree_of
from docctl.model.event import DETAIL
from docctl.model.legal_text import LegalText


class Fault(Enum):
    """Why an event could not be resolved."""

    NO_TEXT = "no_text"
    SEVERAL_TEXTS = "several_texts"
    NO_EVENT = "no_event"
    ADDRESS = "address"
    GENERAL = "general"


class Problem(Struct, frozen=True):
    """Something in a text's file that keeps an event from being judged.

    ``what`` is the part at fault, ``name`` the event's id; ``targets`` the texts it acts on, or may act on.
    """

    slug: str
    pointer: Pointer
    fault: Fault
    what: str
    name: str
    targets: tuple[str, ...] = ()


class Register:
    """Every text by its slug. Built once for a snapshot; answers are the same at any date."""

    def __init__(
        self,
        texts: Mapping[str, LegalText],
        paths: Mapping[str, str],
        words: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        """``texts`` and ``paths`` by slug; ``paths`` has all files, also those that could not be read.

        ``words`` gives those of a text by its slug: the tree of a text that lists no provisions is read from them.
        """
        self._words = words
        self.texts = texts
        self.known = Known(texts, paths)
        self._paths = paths
        self.problems: list[Problem] = []
        self._trees: dict[str, Tree] = {}
        self._on_text: dict[str, list[Change]] = {}
        self._on_event: dict[str, list[Change]] = {}
        self._general: list[Change] = []
        self._digests: dict[tuple[str, str | None], str] = {}
        for change in (each for slug in sorted(texts) for each in self._changes_of(slug)):
            if change.target is None and change.on_event is None:
                self._general.append(change)
            if change.target is not None:
                self._on_text.setdefault(change.target, []).append(change)
            if change.on_event is not None:
                self._on_event.setdefault(change.on_event, []).append(change)
        for target, changes in self._on_text.items():
            self._on_text[target] = sorted(changes, key=_order)

    # -- texts -------------------------------------------------------------------------------

    def meant(self, cited: str) -> tuple[str, ...]:
        """Slugs of the texts that a number or a slug may mean: see ``Known.meant``."""
        return self.known.meant(cited)

    def resolve(
        self, number: str, *, issuer: str | None = None, issued: date | None = None, year: int | None = None
    ) -> tuple[str, ...]:
        """The one text that a number means with what else is said of it, else the candidates: see ``Known.resolve``."""
        return self.known.resolve(number, issuer=issuer, issued=issued, year=year)

    def by_name(self, name: str, year: int | None = None, issued: date | None = None) -> tuple[str, ...]:
        """The texts of this name: see ``Known.by_name``."""
        return self.known.by_name(name, year, issued)

    def path(self, slug: str) -> str:
        """The file of a text."""
        return self._paths[slug]

    def tree(self, slug: str) -> Tree:
        """The provisions of a text as far as they are listed; of one that is not held, none."""
        if slug not in self._trees:
            text = self.texts.get(slug)
            self._trees[slug] = Tree((), (), complete=False) if text is None else tree_of(text, self._words(slug))
        return self._trees[slug]

    # -- changes -----------------------------------------------------------------------------

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Every change of a text or an event, in order."""
        on_texts = [change for changes in self._on_text.values() for change in changes]
        on_events = [change for changes in self._on_event.values() for change in changes if change.target is None]
        return tuple(sorted((*on_texts, *on_events, *self._general), key=_order))

    def on(self, slug: str) -> tuple[Change, ...]:
        """The changes that act on a text, by day; those without a day come first."""
        return tuple(self._on_text.get(slug, ()))

    def digest(self, change: Change) -> str:
        """``Change.digest`` of a change of the register, made once."""
        key = change.id, change.target
        if key not in self._digests:
            self._digests[key] = change.digest()
        return self._digests[key]

    def digests(self, event_id: str) -> frozenset[str]:
        """The digests of an event, of each text that it acts on; none where the register has no such event."""
        return frozenset(self.digest(change) for change in self._all_by_id.get(event_id, ()))

    @cached_property
    def _all_by_id(self) -> Mapping[str, Sequence[Change]]:
        found: dict[str, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.id, []).append(change)
        return found

    @cached_property
    def _by_id(self) -> Mapping[str, Change]:
        return {change.id: change for change in self.changes}

    def unreadable_on(self, slug: str) -> Sequence[Problem]:
        """The events that act on a text, or may: what they touch cannot be told."""
        return self._unreadable.get(slug, ())

    @cached_property
    def _unreadable(self) -> Mapping[str, Sequence[Problem]]:
        found: dict[str, list[Problem]] = {}
        for each in self.problems:
            for slug in dict.fromkeys(each.targets):
                found.setdefault(slug, []).append(each)
        return found

    def change(self, event_id: str) -> Change | None:
        """A change by its global id."""
        return self._by_id.get(event_id)

    def on_event(self, event_id: str) -> Sequence[Change]:
        """The changes that name an event, or the stage of a text, as what they act on."""
        return self._on_event.get(event_id, ())

    @property
    def general(self) -> Sequence[Change]:
        """The general repeals ("whatever is contrary to this text"), which name no text."""
        return self._general

    def _changes_of(self, slug: str) -> Iterable[Change]:
        text = self.texts[slug]
        for place in range(len(text.in_force)):
            try:
                change = implied_end(slug, text, place)
            except BadAddress as error:
                name = implied_id(slug, text, place)
                self.problems.append(Problem(slug, ("in_force", place), Fault.ADDRESS, str(error), name, (slug,)))
                continue
            if change is not None:
                yield change
        yield from self._details(slug, text)
        for place, event in enumerate(text.events):
            if not event.withdrawn:
                declared_change = self._declared(slug, text, place)
                if declared_change is not None:
                    yield declared_change

    def _details(self, slug: str, text: LegalText) -> Iterable[Change]:
        for place, each in enumerate(text.details):
            meant = self.meant(each.text)
            if len(meant) <= 1:
                try:
                    yield implied_detail(slug, text, place, meant[0] if meant else unregistered(each.text))
                except BadAddress as error:
                    here, name = ("details", place), f"{slug}#{DETAIL}"
                    self.problems.append(Problem(slug, here, Fault.ADDRESS, str(error), name, meant))

    def _declared(self, slug: str, text: LegalText, place: int) -> Change | None:
        event = text.events[place]
        name, target = f"{slug}#{event.id}", None
        if event.target_text is not None:
            meant = self.meant(event.target_text)
            if len(meant) != 1:
                fault = Fault.SEVERAL_TEXTS if meant else Fault.NO_TEXT
                pointer = ("events", place, "target", "text")
                self.problems.append(Problem(slug, pointer, fault, event.target_text, name, meant))
                if meant:
                    return None
            target = meant[0] if meant else unregistered(event.target_text)
        elif event.target_event is not None and not self.has_event(event.target_event):
            pointer = ("events", place, "target", "event")
            self.problems.append(Problem(slug, pointer, Fault.NO_EVENT, event.target_event, name))
            return None
        elif event.target_event is None and not text.fields:
            self.problems.append(Problem(slug, ("events", place, "kind"), Fault.GENERAL, text.number, name))
            return None
        try:
            return declared(slug, text, place, target)
        except BadAddress as error:
            here = ("events", place, "target")
            self.problems.append(Problem(slug, here, Fault.ADDRESS, str(error), name, (target or "",)))
            return None

    def has_event(self, event_id: str) -> bool:
        """Is there an event of this global id, perhaps a withdrawn or an implied one?"""
        slug, _, own = event_id.partition("#")
        text = self.texts.get(slug)
        if text is None:
            return False
        stages = {entry.id or f"in_force{place}" for place, entry in enumerate(text.in_force)}
        return own in stages or (own == DETAIL and bool(text.details)) or any(event.id == own for event in text.events)


def unregistered(number: str) -> str:
    """The name under which events on a text that has no file are kept; the same for every way to print its number."""
    return number if is_slug(number) else comparable(number)


def _order(change: Change) -> tuple[str, str]:
    return ("" if change.first is None else change.first.isoformat()), change.id
