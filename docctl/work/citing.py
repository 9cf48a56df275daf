"""Who cites which text: made once for a snapshot and a date, so that a question about one text judges no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

from docctl.currency.grounds import Grounds
from docctl.currency.subjects import Subject
from docctl.finding import Pointer
from docctl.law.changes import Change
from docctl.law.register import Register, unregistered
from docctl.model.citation import Citation
from docctl.model.currency import State
from docctl.model.form import Form
from docctl.model.procedure import Procedure
from docctl.model.view import Document

Place = tuple[str, Pointer]
"""The file and the pointer of a citation."""


@dataclass(frozen=True, slots=True)
class Excerpt(Procedure):
    """A procedure of which only some citations are asked about, at their places in the file."""

    asked: tuple[tuple[Pointer, str, Citation], ...]
    forms_asked: tuple[str, ...]

    def cited(self) -> Iterator[tuple[Pointer, str, Citation]]:
        return iter(self.asked)

    def used_forms(self) -> tuple[str, ...]:
        return self.forms_asked


_FIELDS = tuple(field.name for field in fields(Procedure))


class Citing:
    """The citations of all subjects by the text they mean. ``subjects`` without those that were withdrawn."""

    def __init__(
        self, register: Register, subjects: Iterable[Subject], shared_forms: Document[tuple[Form, ...]] | None
    ) -> None:
        self.register = register
        self.grounds = Grounds(register)
        self.shared_forms = shared_forms
        self.subjects = tuple(each for each in subjects if each.state is not State.WITHDRAWN)
        self._own: dict[str, dict[int, list[tuple[Pointer, str, Citation]]]] = {}
        self._of_forms: dict[str, dict[str, list[Pointer]]] = {}
        self._users: dict[str, list[int]] = {}
        for number, subject in enumerate(self.subjects):
            body = subject.document.body
            for cited in body.cited():
                for text in self._meant(cited[2]):
                    self._own.setdefault(text, {}).setdefault(number, []).append(cited)
            for form in body.used_forms():
                self._users.setdefault(form, []).append(number)
        for place, shared in enumerate(() if shared_forms is None else shared_forms.body):
            for pointer, _, citation in shared.cited(("forms", place)):
                for text in self._meant(citation):
                    self._of_forms.setdefault(text, {}).setdefault(shared.id, []).append(pointer)

    def _meant(self, citation: Citation) -> Sequence[str]:
        """The texts a citation may mean; what is cited as history means none."""
        if citation.pinned is not None:
            return ()
        return self.register.meant(citation.text) or (unregistered(citation.text),)

    def base(self, citation: Citation) -> Citation:
        """The citation of the text itself, where a consolidated one is cited that has taken in some of its events."""
        meant = self.register.meant(citation.text)
        if len(meant) != 1 or self.register.known.consolidation(citation.text, meant[0]) is None:
            return citation
        return replace(citation, text=meant[0])

    def knows(self, text: str) -> bool:
        """Does anybody cite a text, by its slug or the name it is kept under without a file?"""
        return text in self._own or any(form in self._users for form in self._of_forms.get(text, ()))

    def places(self, texts: Iterable[str]) -> frozenset[Place]:
        """Where the texts are cited."""
        found: set[Place] = set()
        for text in texts:
            for number, cited in self._own.get(text, {}).items():
                path = self.subjects[number].document.path
                found.update((path, pointer) for pointer, _, _ in cited)
            for pointers in self._of_forms.get(text, {}).values():
                if self.shared_forms is not None:
                    found.update((self.shared_forms.path, pointer) for pointer in pointers)
        return frozenset(found)

    def excerpts(self, texts: Iterable[str]) -> Sequence[Subject]:
        """The subjects that cite one of the texts, each with the citations of these texts only."""
        asked: dict[int, list[tuple[Pointer, str, Citation]]] = {}
        forms: dict[int, list[str]] = {}
        for text in sorted(texts):
            for number, cited in self._own.get(text, {}).items():
                asked.setdefault(number, []).extend(cited)
            for form in self._of_forms.get(text, {}):
                for number in self._users.get(form, ()):
                    forms.setdefault(number, []).append(form)
        return [self._excerpt(each, asked.get(each, []), forms.get(each, [])) for each in sorted({*asked, *forms})]

    def _excerpt(self, number: int, asked: Iterable[tuple[Pointer, str, Citation]], forms: Iterable[str]) -> Subject:
        subject = self.subjects[number]
        body = subject.document.body
        whole = {name: getattr(body, name) for name in _FIELDS}
        own = {pointer: (pointer, element, citation) for pointer, element, citation in asked}
        excerpt = Excerpt(**whole, asked=tuple(own.values()), forms_asked=tuple(dict.fromkeys(forms)))
        return replace(subject, document=replace(subject.document, body=excerpt), shared_forms=None)

    # -- what a text does ------------------------------------------------------------------------------

    @cached_property
    def acts(self) -> Mapping[str, Sequence[Change]]:
        """The changes that each text makes, by day."""
        found: dict[str, list[Change]] = {}
        for change in self.register.changes:
            found.setdefault(change.acting, []).append(change)
        return found

    @cached_property
    def details(self) -> Mapping[str, Sequence[str]]:
        """The texts that spell out a text."""
        found: dict[str, list[str]] = {}
        for slug, text in self.register.texts.items():
            for each in text.details:
                for meant in self.register.meant(each.text):
                    found.setdefault(meant, []).append(slug)
        return found

    def reach(self, changes: Iterable[Change]) -> frozenset[str]:
        """The texts whose citations the changes may touch.

        What they act on; what those events do on which they act, directly or through others; what spells out a text
        that ends by all that; and, of a general repeal, the texts of its fields.
        """
        found: set[str] = set()
        seen: set[str] = set()
        waiting = [*changes]
        while waiting:
            change = waiting.pop()
            if change.id in seen:
                continue
            seen.add(change.id)
            waiting += self._acted_upon(change)
            if change.target is not None:
                found |= {change.target} | (self._spelling_out(change.target) if change.ends else set())
            elif change.on_event is None:
                found |= self._of_its_fields(change.acting)
            else:
                found.add(change.on_event.partition("#")[0])
        return frozenset(found)

    def _acted_upon(self, change: Change) -> Iterable[Change]:
        """The events of the text that a change acts on, or of whose event, which it changes."""
        text = change.target if change.on_event is None else change.on_event.partition("#")[0]
        acting = self.grounds.timeline.acting
        for other in self.acts.get(text or "", ()):
            actors = (*acting.upon(other), *acting.within(other), *acting.extensions(other))
            if any(each.id == change.id for each in actors):
                yield other
        yield from self._until.get(change.id, ())

    @cached_property
    def _until(self) -> Mapping[str, Sequence[Change]]:
        """The changes that end with an event."""
        found: dict[str, list[Change]] = {}
        for change in self.register.changes:
            if change.until_event is not None:
                found.setdefault(change.until_event, []).append(change)
        return found

    def _of_its_fields(self, slug: str) -> set[str]:
        fields_ = {*self.register.texts[slug].fields}
        return {each for each, text in self.register.texts.items() if fields_ & {*text.fields}}

    def _spelling_out(self, text: str) -> set[str]:
        found: set[str] = set()
        waiting = [text]
        while waiting:
            more = [each for each in self.details.get(waiting.pop(), ()) if each not in found]
            found.update(more)
            waiting += more
        return found
