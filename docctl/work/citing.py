"""Who cites which text: made once for a snapshot and a date, so that a question about one text judges no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from msgspec.structs import replace

from docctl.currency.grounds import Grounds
from docctl.currency.subjects import Subject
from docctl.finding import Pointer
from docctl.law.changes import ENDING, Change
from docctl.law.register import Register, unregistered
from docctl.model.citation import Citation
from docctl.model.currency import State
from docctl.model.event import DETAIL, GENERAL_REPEAL
from docctl.model.form import Form
from docctl.model.view import Document
from docctl.text.vietnamese import sort_key

Place = tuple[str, Pointer]
"""The file and the pointer of a citation."""


class Citing:
    """The citations of all subjects by the text they mean. ``subjects`` are without those withdrawn, sorted by id."""

    def __init__(
        self, register: Register, subjects: Iterable[Subject], shared_forms: Document[tuple[Form, ...]] | None
    ) -> None:
        self.register = register
        self.grounds = Grounds(register)
        self.shared_forms = shared_forms
        found = (each for each in subjects if each.state is not State.WITHDRAWN)
        self.subjects = tuple(sorted(found, key=_by_id))
        self._own: dict[str, dict[int, list[Pointer]]] = {}
        self._of_forms: dict[str, dict[str, list[Pointer]]] = {}
        self._users: dict[str, list[int]] = {}
        self._names: dict[str, set[str]] = {}
        for number, subject in enumerate(self.subjects):
            body = subject.document.body
            for pointer, _, citation in body.cited():
                for text in self._meant(citation):
                    self._own.setdefault(text, {}).setdefault(number, []).append(pointer)
                    self._names.setdefault(text, set()).add(citation.text)
            for form in body.used_forms():
                self._users.setdefault(form, []).append(number)
        for place, shared in enumerate(() if shared_forms is None else shared_forms.body):
            for pointer, _, citation in shared.cited(("forms", place)):
                for text in self._meant(citation):
                    self._of_forms.setdefault(text, {}).setdefault(shared.id, []).append(pointer)
                    self._names.setdefault(text, set()).add(citation.text)

    def _meant(self, citation: Citation) -> Sequence[str]:
        """The texts a citation may mean; what is cited as history means none."""
        if citation.pinned is not None:
            return ()
        return self.register.meant(citation.text) or (unregistered(citation.text),)

    def base(self, citation: Citation) -> Citation:
        """The citation of the text itself, where a consolidated one is cited that has taken in some of its events."""
        base = self._base(citation.text)
        return citation if base is None else replace(citation, text=base)

    def _base(self, name: str) -> str | None:
        meant = self.register.meant(name)
        return meant[0] if len(meant) == 1 and self.register.known.consolidation(name, meant[0]) is not None else None

    def consolidated(self, texts: Iterable[str]) -> bool:
        """Does anybody cite a consolidated text in the place of one of the texts?"""
        return any(self._base(name) is not None for each in texts for name in self._names.get(each, ()))

    def knows(self, text: str) -> bool:
        """Does anybody cite a text, by its slug or the name it is kept under without a file?"""
        return text in self._own or any(form in self._users for form in self._of_forms.get(text, ()))

    def places(self, texts: Iterable[str]) -> frozenset[Place]:
        """Where the texts are cited."""
        found: set[Place] = set()
        for text in texts:
            for number, pointers in self._own.get(text, {}).items():
                path = self.subjects[number].document.path
                found.update((path, pointer) for pointer in pointers)
            for pointers in self._of_forms.get(text, {}).values():
                if self.shared_forms is not None:
                    found.update((self.shared_forms.path, pointer) for pointer in pointers)
        return frozenset(found)

    def of(self, texts: Iterable[str]) -> Sequence[Subject]:
        """The subjects that cite one of the texts, in order."""
        found: set[int] = set()
        for text in texts:
            found.update(self._own.get(text, ()))
            for form in self._of_forms.get(text, ()):
                found.update(self._users.get(form, ()))
        return [self.subjects[each] for each in sorted(found)]

    def only(self, texts: AbstractSet[str]) -> Callable[[Citation], Citation | None]:
        """Leaves of all citations those that mean one of the texts."""
        names = frozenset[str]().union(*(self._names.get(each, ()) for each in texts))
        return lambda citation: citation if citation.text in names else None

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

    def beside(self, changes: Iterable[Change]) -> frozenset[str]:
        """The texts whose citations the changes touch without acting on what is cited.

        What spells out a text that they end; what they spell out; the texts whose terms they may change; the texts of
        the fields in which they repeal whatever is contrary.
        """
        found: set[str] = set()
        for change in changes:
            target = None if change.target is None else self.register.texts.get(change.target)
            if change.kind == GENERAL_REPEAL:
                found |= self._of_its_fields(change.acting)
            elif change.target is not None:
                found |= self._spelling_out(change.target) if change.kind in ENDING or change.ends else set()
                if change.kind == DETAIL or (target is not None and target.definitions is not None):
                    found.add(change.target)
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


def _by_id(subject: Subject) -> tuple[object, str]:
    body = subject.document.body
    return sort_key(body.id), body.number
