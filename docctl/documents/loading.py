"""From a snapshot to validated documents: bytes -> tree -> schema -> model, each file once and only when asked for."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

from docctl.documents.held import Held, hold, packed, remembered, stored, unpacked
from docctl.documents.listing import Listing, is_hidden, is_words
from docctl.documents.sorts import (
    CALENDAR,
    ENDING,
    FORMS,
    MOST_ADOPTED_BYTES,
    MOST_ATTACHMENT_BYTES,
    MOST_CONFIG_BYTES,
    PROCEDURE,
    VENDOR,
    WORDS,
    Sort,
    calendar_of,
)
from docctl.documents.unread import not_a_file, passed_over
from docctl.errors import CannotDecide, ConfigError, NotInRepository
from docctl.finding import Finding, Location, finding
from docctl.message import Message, msg
from docctl.model.config import Config
from docctl.model.form import used_content
from docctl.model.view import Document
from docctl.schema import validate
from docctl.store.snapshot import Kind, Snapshot, TooLarge, Unreadable
from docctl.text import codes as text_codes
from docctl.text import toml
from docctl.text.canonical import digest
from docctl.text.characters import decode
from docctl.text.strict import MOST_BYTES, read, spans, too_large
from docctl.text.tree import Tree, Value

if TYPE_CHECKING:
    from docctl.model.calendar_year import Year
    from docctl.model.card import Card
    from docctl.model.vendored import Vendored
    from docctl.store.cache import Cache

T = TypeVar("T")


class Loaded(Struct, Generic[T], frozen=True):
    """A document, or none, and everything reading it had to say."""

    document: Document[T] | None
    findings: tuple[Finding, ...]


class Documents(Listing):
    """The documents of one snapshot. Keeps what was read, and the blob id of each file for the report.

    ``cache`` holds what files of the same content held before.
    """

    def __init__(self, snapshot: Snapshot, cache: Cache | None = None) -> None:
        super().__init__(snapshot)
        self.cache = cache
        self._loaded: dict[str, Loaded[Any]] = {}
        self._hashes: dict[str, str | None] = {}
        self._words: dict[str, str | None] = {}
        self._blobs: dict[str, str] = {}
        self.failed = False
        """Has a read failed? What rests on it is true now only; nothing that is said after it is to be remembered."""
        self._used: dict[tuple[str, ...], str | None] = {}
        self._cards: dict[str, Card | None] = {}
        self._fresh: dict[str, bytes] = {}
        self._prepared: dict[str, bytes] = {}

    @property
    def content(self) -> str:
        """SHA-256 over the sorted paths and blob ids of all files read so far."""
        lines = "".join(f"{path}\0{blob}\n" for path, blob in sorted(self._blobs.items()))
        return hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()

    def sha256(self, path: str) -> str | None:
        """SHA-256 of an attachment's bytes; None where it cannot be read."""
        if path not in self._hashes:
            data = self._fresh.get(path)
            try:
                data = self._attachment(path) if data is None else data
                self._hashes[path] = hashlib.sha256(data).hexdigest()
            except TooLarge:
                self._hashes[path] = None
            except Unreadable:
                self.failed = True
                self._hashes[path] = None
        return self._hashes[path]

    def _attachment(self, path: str) -> bytes:
        content = self.snapshot.read(path, MOST_ATTACHMENT_BYTES)
        self._note(path, content.blob_id)
        return content.data

    def words(self, slug: str) -> str | None:
        """The words of a legal text, legal/text/<slug>.md, None where they are not held or no text can be read."""
        path = f"{WORDS}/{slug}.md"
        if slug not in self._words:
            self._words[slug] = None
            if self.holds(path):
                with contextlib.suppress(Unreadable, TooLarge, UnicodeDecodeError):
                    self._words[slug] = self._attachment(path).decode("utf-8-sig")
        return self._words[slug]

    def oddities(self) -> tuple[Finding, ...]:
        """What stands in the folders and is not read; also words of the law that belong to no text (DC117, DC903)."""
        return (*super().oddities(), *self._words_astray())

    def _words_astray(self) -> Iterator[Finding]:
        """Words that belong to no text of the register, or that are no text."""
        slugs = {path.rpartition("/")[2].removesuffix(ENDING) for path in self.paths("legal")}
        for entry in self.entries_of("legal"):
            slug = entry.path.removeprefix(WORDS + "/").removesuffix(".md")
            if entry.kind is not Kind.FILE or not is_words(entry.path) or is_hidden(entry.path):
                continue
            if slug not in slugs:
                yield passed_over(
                    entry.path, msg("there is no legal/{slug}.yaml that these words belong to", slug=slug)
                )
            elif self.words(slug) is None:
                yield finding(text_codes.UNREADABLE, msg("the words of a text must be UTF-8"), Location(entry.path))

    def identity(self, path: str) -> str:
        """What stands at a path: the id of a file's content, else a word that tells what there is."""
        if path not in self._blobs:
            entry = self.listed_entry(path) or self.snapshot.entry(path)
            if entry is None or entry.kind is not Kind.FILE or entry.path != path:
                return "nothing" if entry is None else entry.kind.value
            size, known = entry.size, entry.blob_id
            if known is None or size is None:  # is it small enough to be read, and so to count?
                try:
                    content = self.snapshot.read(path, MOST_ATTACHMENT_BYTES)
                except TooLarge as error:
                    return f"{error.size} bytes"
                except Unreadable:
                    self.failed = True
                    return Kind.UNREADABLE.value
                known, size = content.blob_id, len(content.data)
                if size <= MOST_BYTES:
                    self._fresh[path] = content.data  # it is asked for next
            if size > MOST_ATTACHMENT_BYTES:
                return f"{size} bytes"
            self._blobs[path] = known
        return self._blobs[path]

    def blob_id(self, path: str) -> str | None:
        """The id that Git gives a file's content; None where it cannot be read."""
        self.identity(path)
        return self._blobs.get(path)

    def card(self, path: str) -> Card | None:
        """A text of a procedure in short, archived or not; None where there is none that can be read."""
        if path not in self._cards:
            self._cards[path] = self._card(path)
        return self._cards[path]

    def _card(self, path: str) -> Card | None:
        from docctl.model.card import Card, plain

        blob_id = self.blob_id(path)
        if blob_id is None:
            return None
        key = b"x" + bytes.fromhex(blob_id)
        kept = None if self.cache is None or path in self._loaded else self.cache.get(key)
        if kept is None:
            document = self.load(path, PROCEDURE).document
            made = None if document is None else plain(document.body, document.content, document.digest())
            kept = packed(made)
            if self.cache is not None and not self.failed:
                self.cache.put(key, kept)
                self.forget((path,))
        stored = unpacked(kept)
        return None if stored is None else Card.of(path, stored)

    def shared_forms(self, uses: tuple[str, ...]) -> str | None:
        """The digest of those forms of forms.yaml that a procedure uses, None where it uses none."""
        if uses not in self._used:
            there = self.snapshot.entry("forms.yaml") is not None
            forms = self.load("forms.yaml", FORMS).document if there else None
            used = used_content(None if forms is None else forms.content, uses)
            self._used[uses] = digest(used) if used else None
        return self._used[uses]

    # -- reading -----------------------------------------------------------------------------

    def load(self, path: str, sort: Sort[T]) -> Loaded[T]:
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

    def _load(self, path: str, sort: Sort[T]) -> Loaded[T]:
        held = self._held(path, sort)
        if isinstance(held, Finding):
            return Loaded(None, (held,))
        value = held.value
        if value is None:
            return Loaded(None, held.findings)
        text = held.text if held.text is not None else lambda: self._text_again(path, self._blobs[path])
        body = sort.make(value)  # type: ignore[arg-type]  # the schema asks for an object
        known = held.digest
        made = cache(lambda: digest(value)) if known is None else lambda: known
        return Loaded(Document(path, body, Tree(path, text, value, spans), value, made), held.findings)

    def _held(self, path: str, sort: Sort[T]) -> Held | Finding:
        """What a file holds, as it was remembered, or read and remembered now."""
        known = None if self.cache is None else self.blob_id(path)
        found = None if known is None else self.recall(known, path, sort)
        if known is not None and found is not None:
            self._blobs[path] = known
            return found
        content = self.bytes_of(path, sort.most)
        if isinstance(content, Finding):
            return content
        found = self.recall(self._blobs[path], path, sort)
        if found is None:
            found = hold(content, path, sort.schema, sort.most, digested=sort.digested)
            if self.cache is not None:
                self.cache.put(key_of(self._blobs[path], sort), stored(found))
        return found

    def unread(self, path: str, sort: Sort[T]) -> bytes | None:
        """The bytes of a file, where nothing is remembered of what it holds and it can be read."""
        blob_id = self.blob_id(path)
        if blob_id is None or path in self._loaded or self.recall(blob_id, path, sort) is not None:
            return None
        content = self.bytes_of(path, sort.most)
        return content if isinstance(content, bytes) else None

    def prepare(self, path: str, sort: Sort[T], data: bytes) -> None:
        """Takes what was read elsewhere of a file (``held.stored``)."""
        self._prepared[path] = data
        if self.cache is not None:
            self.cache.put(key_of(self._blobs[path], sort), data)

    def recall(self, blob_id: str, path: str, sort: Sort[T]) -> Held | None:
        """What a file of this id held when it was read before, if that is remembered."""
        data = self._prepared.get(path)
        if data is None and self.cache is not None:
            data = self.cache.get(key_of(blob_id, sort))
        return None if data is None else remembered(data, path)

    def _text_again(self, path: str, blob_id: str) -> str:
        """The text of a document that was remembered. Raises ``CannotDecide`` where it is another one now."""
        with contextlib.suppress(Unreadable, TooLarge):
            content = self.snapshot.read(path, MOST_ADOPTED_BYTES)
            text = decode(content.data, path).text if content.blob_id == blob_id else None
            if text is not None:
                return text
        raise changed(path)

    def bytes_of(self, path: str, most: int = MOST_BYTES) -> bytes | Finding:
        """A file's bytes, or the finding that says why they cannot be read. Raises ``NotInRepository``."""
        fresh = self._fresh.get(path)
        if fresh is not None and len(fresh) <= most:
            return fresh
        entry = self.snapshot.entry(path) or self.listed_entry(path)  # which may be a folder that cannot be listed
        if entry is None and self.snapshot.has_folder(path):
            return not_a_file(path, Kind.SPECIAL)
        if entry is None:
            raise NotInRepository(msg("there is no file {path}", path=path))
        if entry.kind is not Kind.FILE:
            return not_a_file(path, entry.kind)
        try:
            content = self.snapshot.read(path, most)
        except TooLarge as error:
            return too_large(path, error.size, most)
        except Unreadable as error:
            if error.kind is not Kind.UNREADABLE:
                return not_a_file(path, error.kind)
            self.failed = True
            return finding(
                text_codes.UNREADABLE, msg("the file cannot be read: {reason}", reason=error.reason), Location(path)
            )
        self._note(path, content.blob_id)
        return content.data

    def _note(self, path: str, blob_id: str) -> None:
        """Raises ``CannotDecide`` where a file is another one than before: an answer is about one moment."""
        if self._blobs.setdefault(path, blob_id) != blob_id:
            raise changed(path)

    def forget(self, paths: Iterable[str]) -> None:
        """Lets documents go that will not be asked for soon."""
        for path in paths:
            self._loaded.pop(path, None)
            self._fresh.pop(path, None)
            self._prepared.pop(path, None)

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
    path = Path(__file__).parent.parent / "law" / "vn" / "calendar" / f"{year}.yaml"
    if not path.is_file():
        return None
    tree = read(path.read_bytes(), path.name).tree
    return None if tree is None else calendar_of(tree.value).days  # type: ignore[arg-type]  # a test validates them


def changed(path: str) -> CannotDecide:
    """A file is another one than a moment ago."""
    return CannotDecide(msg("{path} has changed while it was read", path=path), msg("run the command again"))


def key_of(blob_id: str, sort: Sort[T]) -> bytes:
    """By what a file's content is remembered."""
    return b"t" + sort.schema.encode() + bytes.fromhex(blob_id)
