"""From a snapshot to validated documents: bytes -> tree -> schema -> model, each file once and only when asked for."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from docctl import documents_codes as codes
from docctl.documents_unread import not_a_file, passed_over
from docctl.errors import ConfigError, NotInRepository
from docctl.finding import Finding, Location, finding
from docctl.message import Message, msg
from docctl.model.config import Config
from docctl.model.form import forms_from_tree
from docctl.model.organisation import Organisation
from docctl.model.procedure import Procedure
from docctl.model.view import Document
from docctl.schema import validate
from docctl.store.snapshot import FOLDERS, Entry, Kind, Snapshot, TooLarge, Unreadable
from docctl.text import codes as text_codes
from docctl.text import toml
from docctl.text.canonical import digest
from docctl.text.strict import MOST_BYTES, read, too_large
from docctl.text.tree import Tree, Value

if TYPE_CHECKING:
    from docctl.model.adoption import Adoption
    from docctl.model.calendar_year import CalendarYear, Year
    from docctl.model.catalogue import Published
    from docctl.model.legal_text import LegalText
    from docctl.model.terms import Term
    from docctl.model.vendored import Vendored

SHARED = "legal/shared"
VENDOR = f"{SHARED}/vendor.toml"
WORDS = "legal/text"
MOST_ATTACHMENT_BYTES = 64 * 1024 * 1024
MOST_CONFIG_BYTES = 64 * 1024
ENDING = ".yaml"
SINGLE = ("adopted.yaml", "forms.yaml", "organisation.yaml", "terms.yaml")
RECORDS = ("approvals", "archive", "checkpoints", "policy")
"""The folders that are only added to."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Loaded(Generic[T]):
    """A document, or none, and everything reading it had to say."""

    document: Document[T] | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Sort(Generic[T]):
    """What kind of document a place holds."""

    schema: str
    make: Callable[[Mapping[str, Any]], T]


# What one file alone does not need is imported when it is read: the hook waits for every millisecond.


def _legal_text(tree: Mapping[str, Any]) -> LegalText:
    from docctl.model import legal_text

    return legal_text.LegalText.from_tree(tree)


def _adopted(tree: Mapping[str, Any]) -> tuple[Adoption, ...]:
    from docctl.model.adoption import adoptions_from_tree

    return adoptions_from_tree(tree)


def _calendar(tree: Mapping[str, Any]) -> CalendarYear:
    from docctl.model import calendar_year

    return calendar_year.CalendarYear.from_tree(tree)


def _terms(tree: Mapping[str, Any]) -> tuple[Term, ...]:
    from docctl.model.terms import terms_from_tree

    return terms_from_tree(tree)


def _catalogue(tree: Mapping[str, Any]) -> Published:
    from docctl.model import catalogue

    return catalogue.Published.from_tree(tree)


PROCEDURE = _Sort("procedure", Procedure.from_tree)
LEGAL_TEXT = _Sort("legal-text", _legal_text)
ORGANISATION = _Sort("organisation", Organisation.from_tree)
FORMS = _Sort("forms", forms_from_tree)
ADOPTED = _Sort("adopted", _adopted)
CALENDAR = _Sort("calendar", _calendar)
TERMS = _Sort("terms", _terms)
CATALOGUE = _Sort("catalogue", _catalogue)

_FILES: Mapping[str, _Sort[Any]] = {
    "organisation.yaml": ORGANISATION, "forms.yaml": FORMS, "adopted.yaml": ADOPTED, "terms.yaml": TERMS,
}  # fmt: skip
_READ_FOLDERS: Mapping[str, _Sort[Any]] = {
    "procedures": PROCEDURE, "legal": LEGAL_TEXT, SHARED: LEGAL_TEXT, "calendar": CALENDAR,
    "catalogue": CATALOGUE,
}  # fmt: skip
_QUIET_FOLDERS = frozenset({"forms", *RECORDS})  # attachments: named by procedures; records: trust.py reads them


def sort_of(path: str) -> _Sort[Any] | None:
    """The kind of document a path stands for, or None for what this version does not read."""
    folder, _, name = path.rpartition("/")
    if not name.endswith(ENDING) or name.startswith("."):
        return None
    return _READ_FOLDERS.get(folder) if folder else _FILES.get(name)


class Documents:
    """The documents of one snapshot. Remembers what was read, and the blob id of each file for the report."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._loaded: dict[str, Loaded[Any]] = {}
        self._hashes: dict[str, str | None] = {}
        self._words: dict[str, str | None] = {}
        self._blobs: dict[str, str] = {}
        self._listings: dict[str, Sequence[Entry]] = {}
        self._paths: dict[str, tuple[str, ...]] = {}

    @property
    def content(self) -> str:
        """SHA-256 over the sorted paths and blob ids of all files read so far."""
        lines = "".join(f"{path}\0{blob}\n" for path, blob in sorted(self._blobs.items()))
        return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()

    # -- what there is -----------------------------------------------------------------------

    def paths(self, folder: str) -> tuple[str, ...]:
        """Paths of the documents in a folder, readable or not, sorted."""
        if folder not in self._paths:
            entries = self._entries(folder)
            self._paths[folder] = tuple(
                entry.path for entry in entries if entry.path != folder and sort_of(entry.path) is not None
            )
        return self._paths[folder]

    def all_paths(self, folder: str) -> tuple[str, ...]:
        """Paths of everything in a folder, documents or not, sorted."""
        return tuple(entry.path for entry in self._entries(folder) if entry.path != folder)

    def others(self, folder: str, most: int) -> tuple[str, ...]:
        """Paths of the regular files in a folder that are no documents and not larger than so many bytes."""
        return tuple(
            entry.path for entry in self._entries(folder)
            if entry.kind is Kind.FILE and sort_of(entry.path) is None and (entry.size is None or entry.size <= most)
        )  # fmt: skip

    def _entries(self, folder: str) -> Sequence[Entry]:
        if folder not in self._listings:
            self._listings[folder] = self.snapshot.entries(folder)
        return self._listings[folder]

    def listed(self, folder: str) -> bool:
        """Could the folder be listed? Not where a link stands in its place, or it may not be opened."""
        return all(entry.path != folder or entry.kind is Kind.FILE for entry in self._entries(folder))

    def holds(self, path: str) -> bool:
        """Is there a regular file of this path?"""
        entry = self.snapshot.entry(path)
        return entry is not None and entry.kind is Kind.FILE

    def sha256(self, path: str) -> str | None:
        """SHA-256 of an attachment's bytes; None where it cannot be read."""
        if path not in self._hashes:
            try:
                content = self.snapshot.read(path, MOST_ATTACHMENT_BYTES)
            except (Unreadable, TooLarge):
                self._hashes[path] = None
            else:
                self._blobs[path] = content.blob_id
                self._hashes[path] = hashlib.sha256(content.data).hexdigest()
        return self._hashes[path]

    def words(self, slug: str) -> str | None:
        """The words of a legal text, legal/text/<slug>.md, None where they are not held or no text can be read."""
        path = f"{WORDS}/{slug}.md"
        if slug not in self._words:
            self._words[slug] = None
            if self.holds(path):
                with contextlib.suppress(Unreadable, TooLarge, UnicodeDecodeError):
                    content = self.snapshot.read(path, MOST_ATTACHMENT_BYTES)
                    self._words[slug] = content.data.decode("utf-8-sig")
                    self._blobs[path] = content.blob_id
        return self._words[slug]

    def oddities(self) -> tuple[Finding, ...]:
        """What stands in the folders and is not read: links, pipes, other names, later kinds (DC117, DC903)."""
        found: list[Finding] = []
        for folder in FOLDERS:
            entries = self._entries(folder)
            odd = [entry for entry in entries if entry.kind is not Kind.FILE and sort_of(entry.path) is None]
            found += (not_a_file(entry.path, entry.kind) for entry in odd)
            others = [
                entry.path for entry in entries
                if entry.kind is Kind.FILE and sort_of(entry.path) is None and not _hidden(entry.path)
                and entry.path != VENDOR and not _is_words(entry.path)
            ]  # fmt: skip
            if folder in _READ_FOLDERS:
                found += (
                    passed_over(
                        path, msg("this file is not read: only {folder}/<id>.yaml is", folder=_read_folder(path))
                    )
                    for path in others
                )
            elif folder in others:
                found.append(passed_over(folder, msg("this is a file; a folder of this name belongs here")))
            elif others and folder not in _QUIET_FOLDERS:
                text = msg(
                    "{count} files in {folder}/ are not read by this version of docctl",
                    count=len(others),
                    folder=folder,
                )
                fix = msg("nothing to do; move them elsewhere if docctl is not meant to know them")
                found.append(finding(codes.SKIPPED, text, Location(others[0]), fix=fix))
        return (*found, *self._words_astray())

    def _words_astray(self) -> Iterator[Finding]:
        """Words that belong to no text of the register, or that are no text."""
        slugs = {path.rpartition("/")[2].removesuffix(ENDING) for path in self.paths("legal")}
        for entry in self._entries("legal"):
            slug = entry.path.removeprefix(WORDS + "/").removesuffix(".md")
            if entry.kind is not Kind.FILE or not _is_words(entry.path) or _hidden(entry.path):
                continue
            if slug not in slugs:
                yield passed_over(
                    entry.path, msg("there is no legal/{slug}.yaml that these words belong to", slug=slug)
                )
            elif self.words(slug) is None:
                yield finding(text_codes.UNREADABLE, msg("the words of a text must be UTF-8"), Location(entry.path))

    # -- reading -----------------------------------------------------------------------------

    def load(self, path: str, sort: _Sort[T]) -> Loaded[T]:
        """One document, read once."""
        if path not in self._loaded:
            self._loaded[path] = self._load(path, sort)
        return self._loaded[path]

    def text_of(self, path: str) -> str | None:
        """A file's text for showing a line of it; bytes that are no text are shown as replacement marks."""
        loaded = self._loaded.get(path)
        if loaded is not None and loaded.document is not None and isinstance(loaded.document.places, Tree):
            return loaded.document.places.text
        try:
            return self.snapshot.read(path, MOST_BYTES).data.decode("utf-8-sig", "replace")
        except (Unreadable, TooLarge):
            return None

    def _load(self, path: str, sort: _Sort[T]) -> Loaded[T]:
        content = self.bytes_of(path)
        if isinstance(content, Finding):
            return Loaded(None, (content,))
        reading = read(content, path)
        tree = reading.tree
        if tree is None:
            return Loaded(None, reading.findings)
        objections = validate(tree, sort.schema)
        if objections:
            # Of a value that is wrong anyway, the advice to put it in quotes would mislead.
            wrong = {each.location.pointer for each in objections}
            notes = (
                each for each in reading.findings if each.location.pointer not in wrong or not each.location.pointer
            )
            return Loaded(None, (*notes, *objections))
        value = tree.value
        body = sort.make(value)  # type: ignore[arg-type]  # the schema asks for an object
        return Loaded(Document(path, body, tree, value, cache(lambda: digest(value))), reading.findings)

    def bytes_of(self, path: str) -> bytes | Finding:
        """A file's bytes, or the finding that says why they cannot be read. Raises ``NotInRepository``."""
        entry = self.snapshot.entry(path)
        if entry is None:
            raise NotInRepository(msg("there is no file {path}", path=path))
        if entry.kind is not Kind.FILE:
            return not_a_file(path, entry.kind)
        try:
            content = self.snapshot.read(path, MOST_BYTES)
        except TooLarge as error:
            return too_large(path, error.size)
        except Unreadable as error:
            if error.kind is not Kind.UNREADABLE:
                return not_a_file(path, error.kind)
            return finding(
                text_codes.UNREADABLE, msg("the file cannot be read: {reason}", reason=error.reason), Location(path)
            )
        self._blobs[path] = content.blob_id
        return content.data

    @cached_property
    def config(self) -> Config:
        """``docctl.toml``. Raises ``ConfigError``, which carries its findings."""
        path = "docctl.toml"
        way_out = msg("see docs/formats.md, docctl.toml")
        if self.snapshot.entry(path) is None:
            raise ConfigError(
                msg("there is no docctl.toml in this snapshot"),
                msg("docctl init makes one; of a commit or the index, commit or add it first"),
            )
        tree, objections = self._toml(path, "config")
        if objections:
            first = objections[0]
            place = f"{path}:{first.location.line}:{first.location.column}"
            reason = path if tree is None else place
            raise ConfigError(msg("{place}: {reason}", place=reason, reason=first.message), first.fix or way_out)
        return Config.from_tree(tree)  # type: ignore[arg-type]  # the schema asks for an object

    def _toml(self, path: str, kind: str) -> tuple[Value, Sequence[Finding]]:
        """The value of a TOML file and what is wrong with it; the value is None where it cannot be read."""
        content = self.bytes_of(path)
        if isinstance(content, Finding):
            return None, (content,)
        tree = toml.read(content, path, MOST_CONFIG_BYTES)
        if isinstance(tree, Message):
            return None, (finding(text_codes.SYNTAX, tree, Location(path)),)
        return tree.value, validate(tree, kind)

    @cached_property
    def vendored(self) -> Loaded[Vendored]:
        """``legal/shared/vendor.toml``: where the shared register came from; no document where it is not shared."""
        from docctl.model.vendored import Vendored

        entry = self.snapshot.entry(VENDOR)
        if entry is None or entry.path != VENDOR:  # a link on the way is said where it stands
            return Loaded(None, ())
        value, objections = self._toml(VENDOR, "vendor")
        if objections:
            return Loaded(None, tuple(objections))
        body = Vendored.from_tree(value)  # type: ignore[arg-type]  # the schema asks for an object
        return Loaded(Document(VENDOR, body, Tree(VENDOR, "", value, lambda _: {}), value, lambda: digest(value)), ())

    # -- the calendar ------------------------------------------------------------------------

    def calendar(self, year: int) -> Year | None:
        """A year's holidays: the agency's own file, else the one that comes with docctl; None where there is none.

        A file of the agency's own that cannot be read is not replaced by another one.
        """
        path = f"calendar/{year}.yaml"
        if self.snapshot.entry(path) is not None:
            document = self.load(path, CALENDAR).document
            return None if document is None or document.body.year != year else document.body.days
        return shipped_year(year)


@cache
def shipped_year(year: int) -> Year | None:
    """The holidays of a year as docctl brings them (docctl/law/vn/calendar)."""
    path = Path(__file__).parent / "law" / "vn" / "calendar" / f"{year}.yaml"
    if not path.is_file():
        return None
    tree = read(path.read_bytes(), path.name).tree
    return None if tree is None else _calendar(tree.value).days  # type: ignore[arg-type]  # a test validates them


def _read_folder(path: str) -> str:
    """The folder of documents that a file lies in, or below which it lies."""
    folder = path.rpartition("/")[0]
    return folder if folder in _READ_FOLDERS else path.partition("/")[0]


def _is_words(path: str) -> bool:
    """Is it the words of a legal text?"""
    return path.startswith(WORDS + "/") and path.count("/") == 2 and path.endswith(".md")


def _hidden(path: str) -> bool:
    return any(part.startswith(".") for part in path.split("/"))


def all_paths(documents: Documents) -> tuple[str, ...]:
    """Paths of all documents, readable or not."""
    single = (path for path in SINGLE if documents.snapshot.entry(path) is not None)
    folders = ("calendar", "catalogue", "legal", "procedures")
    return (*single, *(path for folder in folders for path in documents.paths(folder)))
