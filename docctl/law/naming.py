"""What a citation may mean in a register: by number, with issuer and date, by name; and what it was meant to be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from docctl.law.identity import (
    LOCAL,
    Names,
    comparable,
    fits,
    has_year,
    is_consolidated,
    is_local,
    is_slug,
    same_number,
    year_of,
)
from docctl.message import Message, msg

if TYPE_CHECKING:  # a check of one procedure reads no legal text
    from docctl.model.legal_text import Consolidation, LegalText


class Known:
    """The texts of a register by slug, as far as they are read, and the slugs of all of them."""

    def __init__(self, texts: Mapping[str, LegalText], slugs: Iterable[str]) -> None:
        self.names = Names(slugs)
        self._texts = texts
        self._meant: dict[str, tuple[str, ...]] = {}
        self._consolidated: dict[str, dict[str, list[date]]] = {}
        for slug in sorted(texts):
            for each in texts[slug].consolidated_by:
                bases = self._consolidated.setdefault(comparable(each.number), {})
                bases.setdefault(slug, []).append(each.issued)

    def meant(self, cited: str) -> tuple[str, ...]:
        """Slugs of the texts that a number or a slug may mean, sorted.

        Where a text was read its own number decides: slugs lose letters (đ becomes d). A consolidated text is no norm:
        where a base text lists it, that one is meant (docs/formats.md).
        """
        if cited not in self._meant:
            own = [name for name in self.names.candidates(cited) if self._is(name, cited)]
            bases = self._bases(cited)
            own = [name for name in own if not self._listed(name)]
            self._meant[cited] = tuple(sorted({*own, *bases}))
        return self._meant[cited]

    def holds(self, slug: str) -> bool:
        """Is there a file of this name?"""
        return slug in self.names.slugs

    def resolve(
        self, number: str, *, issuer: str | None = None, issued: date | None = None, year: int | None = None
    ) -> tuple[str, ...]:
        """The texts that a number or a slug means, with what else is said of it: one slug, or all candidates, or none.

        Issuer, day and year tell texts of one number apart. Of a number that is an identity by itself they are not
        asked: acts misprint the dates of others. What nobody knows of a text does not exclude it, but a text of which
        more is confirmed goes before.
        """
        found = self.meant(number)
        if is_slug(number) or (len(found) == 1 and _is_identity(number)):
            return found
        agreeing = {name: self._agreement(name, number, issuer, issued, year) for name in found}
        most = max((points for points in agreeing.values() if points is not None), default=None)
        return tuple(name for name, points in agreeing.items() if points is not None and points == most)

    def named(self, number: str | None, name: str | None, when: str | None) -> tuple[str, ...]:
        """Slugs of the texts that words may mean by a number, else by a name with its day or year (``2020``)."""
        if number is not None:
            return self.meant(number)
        dated = when if when is not None and len(when) > 4 else None
        year = int(when) if when is not None and dated is None else None
        return self.by_name(name or "", year, None if dated is None else date.fromisoformat(dated))

    def by_name(self, name: str, year: int | None = None, issued: date | None = None) -> tuple[str, ...]:
        """The texts of this name: ``Luật Đầu tư năm 2020``, or ``Luật Đầu tư`` with its year or day; sorted.

        The whole name must be the title or an alias, its first word the text's kind. Of several texts of one name
        those that year and day fit; several slugs mean that nothing is resolved.
        """
        from docctl.law.vn.titles import names_of, parted

        words, stated, day = parted(name)
        year, issued = year or stated, issued or day
        found: dict[str, int] = {}
        for slug, text in sorted(self._texts.items()):
            called = names_of(text.kind, (text.title, *text.aliases))
            years = {own or _year(text) for other, own in called if other == words}
            if years:
                points = _points((issued, text.issued), (year or (issued and issued.year), *years))
                if points is not None:
                    found[slug] = points
        return tuple(slug for slug, points in found.items() if points == max(found.values()))

    def near(self, cited: str) -> Sequence[str]:
        """Numbers, as printed, that a citation of no known text may be meant to be, the best first; often none."""
        from docctl.law.vn.near import near
        from docctl.law.vn.numbers import respelt

        found = near(cited, self._numbers)
        right = None if found or is_slug(cited) else respelt(cited)
        return found if right is None else (right,)

    @cached_property
    def _numbers(self) -> Sequence[str]:
        return sorted({self.number(name) for name in self.names.slugs})

    def number(self, slug: str) -> str:
        """The number of a text as printed; of one that was not read, what its file name tells, else the file name."""
        from docctl.law.vn.numbers import of_slug

        text = self._texts.get(slug)
        return (of_slug(slug) or slug) if text is None else text.number

    def described(self, slug: str) -> str:
        """A text by its file name, with issuers and day, which tell it from others of its number."""
        text = self._texts.get(slug)
        facts = [] if text is None else [*text.issuers, *([] if text.issued is None else [text.issued.isoformat()])]
        return f"{slug} ({', '.join(facts)})" if facts else slug

    # -- by number -----------------------------------------------------------------------------------

    def _is(self, name: str, cited: str) -> bool:
        if is_slug(cited):
            return True
        text = self._texts.get(name)
        return _well_spelt(cited) if text is None else same_number(cited, text.number)

    def _bases(self, cited: str) -> Iterable[str]:
        """The texts that list this number, or the text of this slug, as a consolidation of them."""
        if not is_slug(cited):
            return self._consolidated.get(comparable(cited), ())
        text = self._texts.get(cited)
        if text is not None:
            listing = self._consolidated.get(comparable(text.number), {})
            return [base for base, days in listing.items() if text.issued is None or text.issued in days]
        year = cited.partition(LOCAL)[2][:4]
        return [
            base
            for number, bases in self._consolidated.items()
            if fits(cited, number)
            for base, days in bases.items()
            if not year or year in {str(day.year) for day in days}
        ]

    def consolidation(self, cited: str, base: str) -> Consolidation | None:
        """The consolidated text of ``base`` that is cited by its number or slug; None where that text itself is."""
        text = self._texts.get(base)
        if text is None or not text.consolidated_by or same_number(cited, text.number) or cited == base:
            return None
        own, year = self._texts.get(cited), cited.partition(LOCAL)[2][:4] if is_slug(cited) else ""
        found = [
            each
            for each in text.consolidated_by
            if (fits(cited, each.number) if is_slug(cited) else same_number(cited, each.number))
            and (own is None or own.issued in (None, each.issued))
            and (own is not None or not year or year == str(each.issued.year))
        ]
        return found[0] if len(found) == 1 else None

    def _listed(self, name: str) -> bool:
        """Is the text of a file a consolidation that a base text lists?"""
        return bool(self._consolidated) and any(True for _base in self._bases(name))

    def _agreement(
        self, name: str, number: str, issuer: str | None, issued: date | None, year: int | None
    ) -> int | None:
        """How many of the facts a text confirms; None where it contradicts one."""
        text = self._texts.get(name)
        listed = self._consolidated.get(comparable(number), {}).get(name)
        if listed is not None:
            return _points((issued, *listed), (year, *(day.year for day in listed)))
        if text is None:
            suffix = name.partition(LOCAL)[2]
            own = int(suffix[:4]) if suffix[:4].isdigit() and len(suffix) >= len("2025") else None
            return _points((year or (issued and issued.year), own))
        points = _points((issued, text.issued), (year, _year(text)))
        if points is None or issuer is None or not text.issuers:
            return points
        from docctl.law.vn.issuers import same_issuer

        return points + 1 if any(same_issuer(issuer, each) for each in text.issuers) else None


def did_you_mean(near: Sequence[str]) -> Message | None:
    """The question that goes with what ``Known.near`` found; None where that is nothing."""
    if len(near) > 1:
        return msg("did you mean one of these: {numbers}?", numbers=", ".join(near))
    return msg('did you mean "{meant}"?', meant=near[0]) if near else None


def _is_identity(number: str) -> bool:
    return has_year(number) and not is_local(number) and not is_consolidated(number)


def _well_spelt(cited: str) -> bool:
    """Of a text that was not read only its file name is known; ND is no way to write NĐ all the same."""
    if "d" not in cited.casefold():
        return True
    from docctl.law.vn.numbers import respelt

    return respelt(cited) is None


def _year(text: LegalText) -> int | None:
    return year_of(text.number) if text.issued is None else text.issued.year


def _points(*facts: tuple[object, ...]) -> int | None:
    """How many facts (first what is asked, then what is known) agree; None where one does not. Unknown is neither."""
    points = 0
    for asked, *known in facts:
        held = [each for each in known if each is not None]
        if asked is None or not held:
            continue
        if asked not in held:
            return None
        points += 1
    return points
