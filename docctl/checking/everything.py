"""``docctl check`` of everything: each procedure by itself, then all of them together.

What is said of one procedure rests on its own files and on what all share. It is kept with the sum of all that
(``kept.py``), and the rules are asked again only where that has changed. Procedures are let go one after the
other: ten thousand need no more room than a few hundred.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING
from zlib import crc32

from msgspec import Struct
from msgspec.structs import replace

from docctl import schema_codes
from docctl.approval import codes as approval_codes
from docctl.checking.kept import Kept, One, Rest, sum_of
from docctl.checking.views import UNPLACED, ViewOfOne, ViewOfRest
from docctl.documents import codes as documents_codes
from docctl.documents.readers import Readers, Reading
from docctl.documents.sorts import PROCEDURE
from docctl.documents.whole import all_paths
from docctl.finding import Code, Finding
from docctl.model.extract import Extract
from docctl.model.report import Summary
from docctl.rules import RULES, record_rules, register_rules
from docctl.strays import private_keys_in
from docctl.text import codes as text_codes
from docctl.verifying import MOST_FINDINGS, first, more
from docctl.view import MARKER, SnapshotView

if TYPE_CHECKING:
    from docctl.rules.rule import Rule
    from docctl.store.cache import Cache

_SHARED = (MARKER, "organisation.yaml", "forms.yaml", "terms.yaml")
_FORMS = ("forms", "archive/forms")
_LAW = ("legal", "calendar")
_LISTED = ("forms", "legal", "procedures")
_TOGETHER = 128
"""About so many procedures are asked for at once: where none of them has changed, none is looked at by itself."""
_AHEAD = 2
_AT_FIRST = 8
"""So many parts of all are read while this process looks at the other documents, where nothing is remembered."""


_READING = frozenset((*text_codes.CODES, *schema_codes.CODES, *documents_codes.CODES, approval_codes.PRIVATE_KEY))
"""What reading files has to say, and no rule."""


class _Codes(dict[str, Code]):
    """Codes by their ids; the rooms of rules are opened one after the other, as far as one of theirs was said."""

    def __missing__(self, code: str) -> Code:
        self.update({each.id: each for each in _READING})
        self.update({rule.code.id: rule.code for rule in RULES})
        for room in (record_rules, register_rules):
            if code not in self:
                self.update({rule.code.id: rule.code for rule in room()})
        if code not in self:
            raise KeyError(code)
        return self[code]


class _Files(Struct, frozen=True):
    """A procedure's id and its own files; ``own`` is empty where it has none any more."""

    name: str
    own: tuple[str, ...]
    archived: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.own, *self.archived)


class Checking:
    """One check of everything that a view sees. ``cache`` holds what was said before of the repository at ``root``."""

    def __init__(self, view: SnapshotView, root: str, cache: Cache | None, readers: Readers) -> None:
        self.view = view
        self.documents = view.documents
        self._readers = readers
        self._kept = Kept(root, cache, _Codes())
        self._ahead: dict[int, Sequence[Reading]] = {}

    def findings(self) -> tuple[Finding, ...]:
        """All there is to say, in no order yet."""
        self._ahead.update(self._read_ahead())
        said = [*self.documents.oddities(), *self.documents.vendored.findings]
        said += [*self.view.trust.findings, *self._rest.said]
        said += [*self._capped(found for each in self._ones.values() for found in each.said)]
        complete = self.view.listed("procedures") and len(self._extracts) == len(self.documents.paths("procedures"))
        counted = {place for each in self._ones.values() for place in each.counted}
        across = self._view_of_rest(self._extracts, counted, complete=complete)
        said += (found for rule in (*RULES, *record_rules()) if rule.across for found in first(rule.check(across)))
        return tuple(map(self._placed, said))

    def summary(self, findings: Sequence[Finding]) -> Summary:
        """What was looked at, and how much there was to say."""
        rest = self._rest
        return Summary.of(
            findings, self.view.records, self._extracts,
            documents=len(self.view.paths), events=rest.events, legal_texts=rest.legal_texts,
        )  # fmt: skip

    @cached_property
    def _rules(self) -> tuple[Rule, ...]:
        """The rules that are asked about one document at a time."""
        return tuple(rule for rule in (*RULES, *register_rules(), *record_rules()) if not rule.across)

    @staticmethod
    def _capped(said: Iterable[Finding]) -> Iterator[Finding]:
        """Of one rule only the first, and one that says there are more."""
        counts: dict[str, int] = {}
        for each in said:
            code = each.code.id
            counts[code] = counts.get(code, 0) + 1
            if each.code in _READING or counts[code] <= MOST_FINDINGS:
                yield each
            elif counts[code] == MOST_FINDINGS + 1:
                yield more(each)

    def _placed(self, found: Finding) -> Finding:
        """A finding about an entry of adopted.yaml stands where the entry stands now."""
        place = found.location
        if place.path != UNPLACED or not place.pointer or place.line != 1:
            return found
        return replace(found, location=self.view.locate(place.path, place.pointer))

    # -- all but the procedures ----------------------------------------------------------------------

    @cached_property
    def _rest(self) -> Rest:
        names = [f"{each.path}\0{each.kind.value}" for each in self.documents.entries_of("procedures")]
        paths = sorted({*self._rest_paths, *self.documents.all_paths("legal"), *self._below(_FORMS), MARKER})
        total = sum_of((self.view.as_of.isoformat(), *names, *self._listed, *self._identities(paths)))
        kept = self._kept.rest(total)
        if kept is not None:
            return kept
        view = self._view_of_rest((), frozenset(), complete=False)
        ruled = (found for rule in self._rules for found in first(rule.check(view)))
        texts = view.legal_texts
        facts = [
            (slug, each.body.number, each.body.title, each.body.issuers, each.body.issued, each.body.consolidated_by)
            for slug, each in sorted(texts.items())
        ]
        events = sum(len(each.body.events) for each in texts.values())
        known = sum_of((repr(facts), *view.legal_slugs)).hex()
        made = Rest((*view.findings, *ruled), events, len(texts), known)
        if self._holds(view):
            self._kept.put_rest(total, made)
        return made

    @cached_property
    def _rest_paths(self) -> tuple[str, ...]:
        return tuple(path for path in all_paths(self.documents) if not path.startswith("procedures/"))

    def _view_of_rest(self, extracts: Sequence[Extract], counted: AbstractSet[int], *, complete: bool) -> ViewOfRest:
        return ViewOfRest(
            self.documents, self.view.as_of, self._rest_paths, base=self.view,
            extracts=extracts, counted=counted, complete=complete,
        )  # fmt: skip

    # -- procedures ----------------------------------------------------------------------------------

    def _read_ahead(self) -> Mapping[int, Sequence[Reading]]:
        """Begins to read the first parts before anybody asks for them."""
        if not (self._readers.any and self._kept.empty):
            return {}
        own = {path.rpartition("/")[2].removesuffix(".yaml"): path for path in self.documents.paths("procedures")}
        return {place: self._read(map(own.__getitem__, part)) for place, part in self._parted({*own})[:_AT_FIRST]}

    def _read(self, paths: Iterable[str]) -> Sequence[Reading]:
        """Lets others read those of which nothing is remembered."""
        unread = ((path, self.documents.unread(path, PROCEDURE)) for path in paths)
        return self._readers.start([(path, data) for path, data in unread if data is not None])

    def _take(self, readings: Sequence[Reading]) -> None:
        """What others have not begun to read is read here; then what they have read is waited for."""
        mine = [reading for reading in readings if reading.taken_back()]
        for path in (path for reading in mine for path in reading.paths):
            self.documents.load(path, PROCEDURE)
        for reading in readings:
            for path, data in reading.read():
                self.documents.prepare(path, PROCEDURE, data)

    @cached_property
    def _extracts(self) -> tuple[Extract, ...]:
        return tuple(each.extract for each in self._ones.values() if each.extract is not None)

    @cached_property
    def _ones(self) -> Mapping[str, One]:
        """Every procedure that there is, or was, by its id, sorted."""
        found: dict[str, One] = {}
        begun: deque[tuple[Sequence[_Files], Sequence[Reading]]] = deque()
        new: dict[int, tuple[bytes, Sequence[_Files]]] = {}
        for place, batch in self._batches():
            if place in self._ahead:
                self._take(self._ahead.pop(place))
            total = self._total(batch)
            kept = self._kept.many(place, total)
            if kept is not None:
                found |= kept
                continue
            new[place] = (total, batch)
            begun.append(self._begin(batch, found))
            if len(begun) > _AHEAD:
                self._finish(*begun.popleft(), found)
        for each in begun:
            self._finish(*each, found)
        for place, (total, batch) in new.items():
            if not any(each.name in self._unkept for each in batch):
                self._kept.put_many(place, total, {each.name: found[each.name] for each in batch})
        return dict(sorted(found.items()))

    def _batches(self) -> Iterator[tuple[int, Sequence[_Files]]]:
        """All procedures, parted by their ids, so that a new one changes one part only."""
        trust, paths = self.view.trust, self.documents.paths("procedures")
        own = {path.rpartition("/")[2].removesuffix(".yaml"): path for path in paths}
        names = {*own, *trust.archive, *trust.of}
        names |= {*self._only_adopted(names)}

        def files(name: str) -> _Files:
            return _Files(name, (own[name],) if name in own else (), tuple(trust.archive.get(name, {}).values()))

        for place, part in self._parted(names):
            yield place, [*map(files, part)]

    @staticmethod
    def _parted(names: AbstractSet[str]) -> Sequence[tuple[int, Sequence[str]]]:
        parts = 1 << max(0, (len(names) // _TOGETHER).bit_length())
        found: dict[int, list[str]] = {}
        for name in sorted(names):
            found.setdefault(crc32(name.encode("utf-8", "surrogateescape")) % parts, []).append(name)
        return sorted(found.items())

    def _only_adopted(self, names: AbstractSet[str]) -> Sequence[str]:
        """Procedures that nothing but adopted.yaml speaks of."""
        total = sum_of((*self._identities(("adopted.yaml", *self.documents.all_paths("policy"))), *sorted(names)))
        kept = self._kept.names(total)
        if kept is None:
            kept = sorted({*self.view.trust.adopted} - names)
            if not self.documents.failed:
                self._kept.put_names(total, kept)
        return kept

    def _total(self, batch: Sequence[_Files]) -> bytes:
        """The sum of all that is said of some procedures, with adopted.yaml as a whole."""
        paths = (path for each in batch for path in each.all)
        records = (record for each in batch for record in self._records(each.name))
        shared = (self._shared, *self._identities(("adopted.yaml",)))
        return sum_of((*shared, *(each.name for each in batch), *self._identities(paths), *records))

    def _begin(self, batch: Sequence[_Files], found: dict[str, One]) -> tuple[Sequence[_Files], Sequence[Reading]]:
        """Looks at each procedure by itself; what is new is read by others, while this process goes on."""
        new = []
        for each in batch:
            kept = self._kept.one(each.name, self._total_of_one(each))
            if kept is None:
                new.append(each)
            else:
                found[each.name] = kept
                self.documents.forget(each.all)
        return new, self._read(path for each in new for path in each.own)

    def _finish(self, new: Sequence[_Files], readings: Sequence[Reading], found: dict[str, One]) -> None:
        """Judges procedures once their files have been read."""
        self._take(readings)
        for each in new:
            found[each.name] = self._judged(each)
            self.documents.forget(each.all)

    def _judged(self, files: _Files) -> One:
        """What the rules say of one procedure; it is kept where that rests on nothing else."""
        view = ViewOfOne(
            self.documents, self.view.as_of, files.own, base=self.view, own=files.name, files=frozenset(files.all)
        )
        said = [found for path in files.own for found in self.documents.load(path, PROCEDURE).findings]
        said += private_keys_in(files.archived, self.view.trust.holds_private_key)
        said += [found for rule in self._rules for found in rule.check(view)]
        extract = next((Extract.of(each.path, each.body) for each in view.procedures), None)
        made = One(tuple(said), extract, tuple(sorted(view.counted_adoptions)))
        if self._holds(view):
            self._kept.put_one(files.name, self._total_of_one(files), made)
        else:
            self._unkept.add(files.name)
        return made

    def _holds(self, view: ViewOfOne | ViewOfRest) -> bool:
        """Will what was said in a view be true whenever its sum is the same? Not where something could not be read."""
        return not (view.outside or self.documents.blind or self.documents.failed)

    @cached_property
    def _unkept(self) -> set[str]:
        return set()

    # -- sums ----------------------------------------------------------------------------------------

    def _total_of_one(self, files: _Files) -> bytes:
        entries = repr(self.view.trust.adopted.get(files.name))
        return sum_of((self._shared, *self._identities(files.all), entries, *self._records(files.name)))

    def _records(self, name: str) -> Iterator[str]:
        """What tells the records of a procedure; where there are any it is asked what of the law they left out."""
        records = self.view.trust.of.get(name, ())
        yield from (f"{each.path} {each.sha256} {each.person} {each.assurance} {each.folder}" for each in records)
        if records:
            yield self._law

    @cached_property
    def _shared(self) -> str:
        """The sum of what all procedures share."""
        paths = (*_SHARED, *self._below(_FORMS), *self.documents.all_paths("policy"))
        links = str(len(self.view.trust.chain.links))
        parts = (self.view.as_of.isoformat(), *self._listed, self._rest.names, links)
        return sum_of((*parts, *self._identities(paths))).hex()

    @cached_property
    def _law(self) -> str:
        """The sum of the register and the calendar."""
        return sum_of(self._identities(path for folder in _LAW for path in self.documents.all_paths(folder))).hex()

    def _identities(self, paths: Iterable[str]) -> Iterator[str]:
        return (f"{path}\0{self.documents.identity(path)}" for path in paths)

    def _below(self, folders: Sequence[str]) -> Iterator[str]:
        for folder in folders:
            paths = self.documents.all_paths(folder.partition("/")[0])
            yield from (path for path in paths if path.startswith(folder + "/"))

    @cached_property
    def _listed(self) -> tuple[str, ...]:
        return tuple(f"{folder} {self.view.listed(folder)}" for folder in _LISTED)
