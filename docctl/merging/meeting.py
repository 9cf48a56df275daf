"""What two lines of work have both made since they parted: found before they meet, when it can still be mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any

from msgspec import Struct

from docctl.documents.loading import Documents
from docctl.documents.sorts import FORMS, LEGAL_TEXT, ORGANISATION, PROCEDURE, Sort
from docctl.documents.unread import not_checked
from docctl.documents.whole import all_paths, unread
from docctl.finding import Finding, Location, Related, finding
from docctl.history.comparing import differences
from docctl.merging.codes import DRAFTED_TWICE, GIVEN_TWICE
from docctl.message import msg
from docctl.model.card import Card
from docctl.model.standing import Standing
from docctl.model.view import Document
from docctl.store.snapshot import FOLDERS
from docctl.text.tree import Value
from docctl.trust import Trust

_HEAD = frozenset({"issue", "revision", "change"})


class Meeting(Struct, frozen=True, dict=True):
    """Two snapshots and the one from which both come; ``name`` is how the other one is called."""

    ours: Documents
    theirs: Documents
    base: Documents
    name: str
    as_of: date

    def findings(self) -> Iterator[Finding]:
        """DC312 and DC313, about files as they are here; DC904 about what cannot be compared."""
        yield from self._unread()
        yield from self._drafted()
        yield from self._issued()
        yield from self._new_files()
        yield from self._claimed()
        yield from self._forms()
        yield from self._listed()

    def _is_new(self, documents: Documents, path: str) -> bool:
        return documents.has_document(path) and documents.identity(path) != self.base.identity(path)

    def _unread(self) -> Iterator[Finding]:
        """What the other one holds and cannot be read; what cannot be read here is said by the check itself."""
        for path in unread(self.theirs, (*all_paths(self.theirs), *FOLDERS)):
            if self.theirs.identity(path) != self.ours.identity(path) or self.theirs.identity(path) == "nothing":
                message = msg("{path} cannot be read on {name}, so it was not compared", path=path, name=self.name)
                yield not_checked(path, message)

    # -- the same revision ---------------------------------------------------------------------------

    def _drafted(self) -> Iterator[Finding]:
        """Documents that both have changed, differently."""
        for path in self.ours.paths("procedures"):
            if not (self.base.has_document(path) and self._is_new(self.ours, path) and self._is_new(self.theirs, path)):
                continue
            mine, other, before = (each.card(path) for each in (self.ours, self.theirs, self.base))
            if mine is None or other is None:
                continue  # said by itself
            if mine.digest == other.digest or (before is not None and before.digest in (mine.digest, other.digest)):
                continue
            yield self._say_drafted(path, mine, other, before)

    def _say_drafted(self, path: str, mine: Card, other: Card, before: Card | None) -> Finding:
        names = {"id": mine.id, "mine": _number(mine), "other": _number(other), "name": self.name}
        if _order(mine) != _order(other):
            message = msg("{id}: {mine} was drafted here, and {other} on {name}, from the same text", **names)
        elif before is not None and _order(mine) == _order(before):
            message = msg("the text of {id} {mine} was changed here and on {name}, differently", **names)
        else:
            message = msg("{id} {mine} was drafted here and on {name}, with different texts", **names)
        document = self.ours.load(path, PROCEDURE).document
        both = "" if document is None else ", ".join(sorted(self._changed_by_both(path, document)))
        issue, revision = max(_order(mine), _order(other))
        fix = msg("bring one in first; then give the other the next number, {next}", next=f"{issue}.{revision + 1}")
        if both:
            message = msg("{said}; both changed: {elements}", said=message, elements=both)
        place = Location(path) if document is None else document.locate(("revision",))
        return finding(DRAFTED_TWICE, message, place, element="revision", fix=fix)

    def _changed_by_both(self, path: str, mine: Document[object]) -> AbstractSet[str]:
        """The elements that are no longer what they were, neither here nor there."""
        other, before = (each.load(path, PROCEDURE).document for each in (self.theirs, self.base))
        if other is None or before is None:
            return set()
        return _changed(before, mine) & _changed(before, other)

    def _issued(self) -> Iterator[Finding]:
        """Revisions that records of both have issued since, as different texts."""
        mine, other, before = (Trust(each, self.as_of) for each in (self.ours, self.theirs, self.base))
        for name in sorted(mine.of.keys() & other.of.keys()):
            known = before.of.get(name, ())
            if mine.of[name] == known or other.of[name] == known:
                continue
            there, been = _texts(other.standing(name)), _texts(before.standing(name))
            for number, (digest, path) in _texts(mine.standing(name)).items():
                if number in there and there[number][0] != digest and number not in been:
                    names = {"id": name, "mine": number, "name": self.name}
                    message = msg("{id} {mine} was issued here and on {name}, with different texts", **names)
                    yield finding(DRAFTED_TWICE, message, Location(path), element=name)

    # -- the same name -------------------------------------------------------------------------------

    def _new_files(self) -> Iterator[Finding]:
        """Documents that both have made under one name, capital letters apart."""
        for folder in ("procedures", "legal"):
            there = {path.casefold(): path for path in self.theirs.paths(folder) if not self.base.has_document(path)}
            for path in self.ours.paths(folder):
                other = there.get(path.casefold())
                if other is None or self.base.has_document(path):
                    continue
                if path == other and self._same(path):
                    continue
                names = {"path": path, "other": other, "name": self.name}
                message = msg("{path} was made here, and {other} on {name}: two documents of one name", **names)
                card = self.theirs.card(other) if folder == "procedures" else None
                there_is = msg("there it is: {title}", title="?" if card is None else card.title)
                related = (Related(Location(path), there_is),) if card is not None else ()
                yield finding(GIVEN_TWICE, message, Location(path), related=related)

    def _same(self, path: str) -> bool:
        """Do both hold the same at a path, comments and layout apart?"""
        if self.ours.identity(path) == self.theirs.identity(path):
            return True
        sort: Sort[Any] = PROCEDURE if path.startswith("procedures/") else LEGAL_TEXT
        mine, other = (each.load(path, sort).document for each in (self.ours, self.theirs))
        return mine is not None and other is not None and mine.digest() == other.digest()

    def _claimed(self) -> Iterator[Finding]:
        """Codes of administrative procedures that two documents cover since: each line by itself has one only."""
        before, there = self._covering(self.base), self._covering(self.theirs)
        for code, path in self._covering(self.ours).items():
            other = there.get(code)
            if other is None or other == path or before.get(code) in (path, other):
                continue
            document = self.ours.load(path, PROCEDURE).document
            names = {"code": code, "other": other, "name": self.name}
            message = msg("{code} is covered here, and on {name} by {other}", **names)
            place = Location(path) if document is None else document.locate(("covers",))
            yield finding(GIVEN_TWICE, message, place, element="covers")

    @staticmethod
    def _covering(documents: Documents) -> Mapping[str, str]:
        cards = (documents.card(path) for path in documents.paths("procedures"))
        return {code: card.path for card in cards if card is not None for code in card.covers}

    def _forms(self) -> Iterator[Finding]:
        """Ids of forms that two procedures have given since, one here and one there."""
        before, there = self._holding(self.base), self._holding(self.theirs)
        for form, path in self._holding(self.ours).items():
            other = there.get(form, path)
            if other == path or form in before:
                continue
            message = msg('"{id}" is a form here, and on {name} one of {other}', id=form, name=self.name, other=other)
            yield finding(GIVEN_TWICE, message, Location(path), element=form)

    @staticmethod
    def _holding(documents: Documents) -> Mapping[str, str]:
        """The paths of the procedures, or of forms.yaml, that hold a form, by its id."""
        cards = (documents.card(path) for path in documents.paths("procedures"))
        own = {form.id: card.path for card in cards if card is not None for form in card.forms}
        return own | dict.fromkeys(_entries(documents, "forms.yaml", "forms"), "forms.yaml")

    def _listed(self) -> Iterator[Finding]:
        """Forms, units and roles that both have added under one id, differently."""
        for path, lists in (("forms.yaml", ("forms",)), ("organisation.yaml", ("units", "roles"))):
            for name in lists:
                mine, other, before = (_entries(each, path, name) for each in (self.ours, self.theirs, self.base))
                for place, (key, value) in enumerate(mine.items()):
                    if key in before or key not in other or other[key] == value:
                        continue
                    names = {"id": key, "path": path, "name": self.name}
                    message = msg('"{id}" was added to {path} here and on {name}, differently', **names)
                    document = _document(self.ours, path)
                    where = Location(path) if document is None else document.locate((name, place, "id"))
                    yield finding(GIVEN_TWICE, message, where, element=key)


def _order(card: Card) -> tuple[int, int]:
    return card.issue, card.revision


def _number(card: Card) -> str:
    return f"{card.issue}.{card.revision}"


def _texts(standing: Standing) -> Mapping[str, tuple[str, str]]:
    """By number, the text that a record has issued, and the path of that record."""
    issued = (each for each in standing.revisions if each.issued and each.issuing)
    return {each.number: (each.digest, each.issuing[0].path) for each in issued}


def _changed(old: Document[object], new: Document[object]) -> set[str]:
    found = set()
    for each in differences(_value(old), _value(new)):
        document, pointer = (old, each.old) if each.new is None else (new, each.new)
        element = document.element(pointer or ())
        if element is not None and element not in _HEAD:
            found.add(element)
    return found


def _value(document: Document[object]) -> Value:
    value: Value = document.content  # type: ignore[assignment]  # documents are made of trees
    return value


def _document(documents: Documents, path: str) -> Document[object] | None:
    if not documents.holds(path):
        return None
    sort: Sort[Any] = FORMS if path == "forms.yaml" else ORGANISATION
    return documents.load(path, sort).document


def _entries(documents: Documents, path: str, name: str) -> Mapping[str, object]:
    """The entries of a list by their ids, in order."""
    document = _document(documents, path)
    content = None if document is None else document.content
    entries: Sequence[Mapping[str, object]] = content.get(name, []) if isinstance(content, dict) else []
    return {str(each["id"]): each for each in entries}
