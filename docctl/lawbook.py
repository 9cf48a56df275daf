"""The legal register as a book to open: a text with all around it, its words at a date, what changed between two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from docctl.errors import InvalidDocument, NotInRepository
from docctl.message import msg
from docctl.model.law_at import Wording
from docctl.verdict import END

if TYPE_CHECKING:
    from docctl.law.register import Register
    from docctl.model.law_at import Difference, TextAt
    from docctl.model.procedure import Procedure
    from docctl.model.text_page import TextPage
    from docctl.registering import Proposals
    from docctl.verdict import Cause


class Lawbook:
    """The texts of one snapshot. ``held`` gives the words of a text by its slug, None where they are not kept."""

    def __init__(
        self, register: Register, held: Callable[[str], str | None], procedures: Callable[[], Iterable[Procedure]]
    ) -> None:
        self.register = register
        self.held = held
        self._procedures = procedures

    def slug(self, number: str) -> str:
        """The file name of the text that a number, a name or a file name means.

        Raises ``NotInRepository`` where there is none or several, ``InvalidDocument`` where it cannot be read.
        """
        from docctl.law.naming import did_you_mean

        known = self.register.known
        meant = known.meant(number) or known.by_name(number)
        if len(meant) > 1:
            names = ", ".join(map(known.described, meant))
            raise NotInRepository(msg("{text} may mean several texts: {names}", text=number, names=names))
        if not meant:
            raise NotInRepository(msg("{text} is not in the register", text=number), did_you_mean(known.near(number)))
        if meant[0] not in self.register.texts:
            path = self.register.path(meant[0])
            raise InvalidDocument(
                msg("{path} cannot be read", path=path), msg("docctl check {path} tells where and why", path=path)
            )
        return meant[0]

    def page(self, number: str, as_of: date) -> TextPage:
        """A text with its status, the events of it and on it, and who cites it. Raises as ``slug``."""
        from docctl.currency.page import page

        return page(self.register, self.slug(number), self._procedures(), as_of)

    def text(self, number: str, as_of: date) -> TextAt:
        """The words of a text at a date, each unit with where its words come from (docs/law.md).

        Raises as ``slug``, and ``NotInRepository`` where the words are not held.
        """
        from docctl.law.text_at import text_at

        slug = self.slug(number)
        found = text_at(self.register, slug, self.held, as_of)
        if found is None:
            raise self._not_held(slug)
        return found

    def differences(self, number: str, first: date, last: date) -> Sequence[Difference]:
        """Unit by unit, what a text said on one day and says on another. Raises as ``text``."""
        from docctl.law.text_at import differences

        return differences(self.text(number, first), self.text(number, last))

    def wordings(self, cause: Cause) -> Sequence[Wording]:
        """What an event has made of the provisions it touches: their words before its day, and on it.

        Empty where the words of the text or of the acting text are not held, and where a text ended as a whole.
        """
        from docctl.law.address import above, parse
        from docctl.law.text_at import differences, text_at
        from docctl.law.vn.words import place

        slug = next(iter(self.register.known.meant(cause.target)), None)
        day = cause.end if cause.kind == END else cause.first
        if slug is None or slug not in self.register.texts or day is None or "" in cause.targets:
            return ()
        before, after = (text_at(self.register, slug, self.held, each) for each in (day - timedelta(days=1), day))
        if before is None or after is None:
            return ()
        targets = [parse(each) for each in cause.targets]
        made = cause.event.partition("@")[0]
        return [
            Wording(place(each.address), each.before, each.after)
            for each in differences(before, after)
            if any(above(target, parse(each.address)) for target in targets)
            and (not each.because or made in {origin.event for origin in each.because})
        ]

    def proposals(self, number: str, recorded: date) -> Proposals:
        """What a text does to others by its own words, as events nobody has confirmed yet. Raises as ``text``.

        ``recorded`` is the day they enter the register.
        """
        from docctl.registering import proposals

        slug = self.slug(number)
        words = self.held(slug)
        if words is None:
            raise self._not_held(slug)
        return proposals(self.register, slug, words, recorded)

    def _not_held(self, slug: str) -> NotInRepository:
        return NotInRepository(
            msg("the words of {number} are not held", number=self.register.texts[slug].number),
            msg("add its text: docctl law add FILE --number {number}", number=self.register.texts[slug].number),
        )
