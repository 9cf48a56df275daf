"""Which entries of the catalogue has which document, on a day: the whole answer of ``docctl coverage``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

from docctl.catalogue.comparing import differences
from docctl.catalogue.history import History, Stage, histories, identity
from docctl.catalogue.sides import Side
from docctl.catalogue.words import folded_name, perhaps
from docctl.model.catalogue import COMPARED, Published
from docctl.model.coverage import HARMLESS, Ahead, Coverage, EntryCoverage, Status, Text, TextCoverage
from docctl.model.form import Form
from docctl.model.view import Document

_LEVELS = frozenset({"commune", "province", "ministry"})
"""Agencies of these levels cover the entries of their own level; for others every entry counts."""

_MOST_NAMES = 1000
"""Among more names none is looked for that is nearly the same: that only helps to read."""


def coverage(
    files: Sequence[Document[Published]],
    texts: Sequence[Text],
    shared_forms: Sequence[Form],
    unread: Sequence[str],
    days: tuple[date, date],
    level: str,
) -> Coverage:
    """The catalogue of ``files`` against the documents on the first of ``days``, looking ahead until the second.

    ``texts``: one of each document, that in force where there is one. ``level`` is the agency's.
    """
    found, flaws = histories(files)
    as_of, until = days
    side_by_side = [_text(each, found, shared_forms, as_of) for each in texts if each.document.body.covers]
    listing = _Listing(found, side_by_side, as_of, until, level)
    return Coverage(
        as_of=as_of,
        horizon_end=until,
        decisions=len({identity(document.body.decision) for document in files}),
        entries=tuple(listing.entries()),
        texts=tuple(side_by_side),
        flaws=flaws,
        unread=tuple(unread),
    )


def _text(text: Text, found: Mapping[str, History], shared_forms: Sequence[Form], as_of: date) -> TextCoverage:
    """A document beside the entries of its codes that are in the list."""
    procedure = text.document.body
    sides = [
        Side(code, stage.entry, found[code], as_of)
        for code in procedure.covers
        if code in found and (stage := found[code].at(as_of)) is not None and stage.entry is not None
    ]
    forms = {form.id: form for form in (*shared_forms, *procedure.forms)}
    return TextCoverage(text, tuple(side.code for side in sides), tuple(differences(procedure, forms, sides)))


class _Listing(Struct, frozen=True, dict=True):
    """The codes at a date."""

    found: Mapping[str, History]
    texts: Sequence[TextCoverage]
    as_of: date
    until: date
    level: str

    def entries(self) -> Iterator[EntryCoverage]:
        """Every code that is in the list, will be within the horizon, or is covered by a document."""
        covering: dict[str, list[TextCoverage]] = {}
        for text in self.texts:
            for code in text.text.document.body.covers:
                covering.setdefault(code, []).append(text)
        for code in sorted({*self.found, *covering}):
            entry = self._entry(code, covering.get(code, ()))
            if entry is not None:
                yield entry

    def _entry(self, code: str, texts: Sequence[TextCoverage]) -> EntryCoverage | None:
        history = self.found.get(code)
        stage = None if history is None else history.at(self.as_of)
        ahead = self._ahead(history, stage, served=bool(texts))
        entry = None if stage is None else stage.entry
        status = self._status(code, stage, texts, bool(ahead))
        if status is None:
            return None
        return EntryCoverage(
            code=code,
            name=_name(history, stage),
            status=status,
            required=entry is not None and self._own(stage),
            origin=None if stage is None else stage.origin,
            serving=tuple(text.text.document.body.id for text in texts),
            unstated=() if entry is None else tuple(name for name in COMPARED if name not in entry.stated),
            successors=() if stage is None else stage.replaced_by,
            perhaps=self._perhaps(texts[0]) if status is Status.UNLISTED else None,
            ahead=tuple(map(_coming, ahead)),
        )

    def _ahead(self, history: History | None, stage: Stage | None, *, served: bool) -> tuple[Stage, ...]:
        """What becomes of a code within the horizon where it concerns this agency; of one that is served, its begin."""
        if history is None:
            return ()
        coming = history.ahead(self.as_of, self.until)
        if served:
            return coming or (history.stages[:1] if stage is None else ())
        listed = [each for each in (stage, *coming) if each is not None and each.entry is not None]
        return coming if any(map(self._own, listed)) else ()

    def _status(self, code: str, stage: Stage | None, texts: Sequence[TextCoverage], coming: bool) -> Status | None:
        """None where there is nothing to say: ended and served by nobody, or to come beyond the horizon."""
        if stage is None:
            if code in self.found:  # decided on, but not begun
                return Status.AHEAD if texts or coming else None
            return Status.UNLISTED
        if stage.entry is None:
            return Status.ENDED if texts else Status.AHEAD if coming else None
        if not texts:
            return Status.MISSING if self._own(stage) else Status.ELSEWHERE
        if not any(text.text.serves for text in texts):
            return Status.DRAFT
        serving = (text for text in texts if text.text.serves)
        differing = any(
            code in each.codes and each.kind not in HARMLESS for text in serving for each in text.differences
        )
        return Status.DIFFERS if differing else Status.FINE

    def _own(self, stage: Stage | None) -> bool:
        """Is an entry one for the agency's level?"""
        levels = None if stage is None or stage.entry is None else stage.entry.levels
        return levels is None or self.level not in _LEVELS or self.level in levels

    def _perhaps(self, text: TextCoverage) -> str | None:
        """The code of an entry with nearly the title of a document whose code nobody knows, for people to judge."""
        title = folded_name(text.text.document.body.title)
        if title not in self._meant:
            near = title if title in self._names else perhaps(title, self._names, most=_MOST_NAMES)
            self._meant[title] = None if near is None else self._names[near]
        return self._meant[title]

    @cached_property
    def _meant(self) -> dict[str, str | None]:
        """The titles that were searched for, with what was found."""
        return {}

    @cached_property
    def _names(self) -> Mapping[str, str]:
        """The codes of the list by the names of their entries."""
        stages = ((history.code, history.at(self.as_of)) for history in self.found.values())
        return {
            folded_name(stage.entry.name): code
            for code, stage in stages
            if stage is not None and stage.entry is not None and stage.entry.name is not None
        }


def _name(history: History | None, stage: Stage | None) -> str | None:
    """What a code is called on the day, or was called last, or will be called first."""
    if history is None:
        return None
    if stage is not None and stage.entry is not None:
        return stage.entry.name
    named = [each for each in history.stages if each.entry is not None]
    before = [each for each in named if stage is not None and each.first <= stage.first]
    chosen = before[-1] if before else named[0] if named else None
    return None if chosen is None or chosen.entry is None else chosen.entry.name


def _coming(stage: Stage) -> Ahead:
    return Ahead(stage.origin, stage.changed, stage.replaced_by, ends=stage.entry is None)
