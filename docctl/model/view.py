"""What a rule may see: validated documents of one snapshot at one date, read-only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from msgspec import Struct

from docctl.finding import Finding, Location, Pointer
from docctl.model.config import Config
from docctl.model.form import Form
from docctl.model.organisation import Organisation
from docctl.model.procedure import Procedure

if TYPE_CHECKING:  # what one file alone does not need
    from docctl.model.adoption import Adoption
    from docctl.model.calendar_year import CalendarYear
    from docctl.model.coverage import Coverage
    from docctl.model.currency import Currency, Noted
    from docctl.model.extract import Extract
    from docctl.model.legal_text import LegalText
    from docctl.model.policy import Policy
    from docctl.model.record import Counted
    from docctl.model.standing import Standing
    from docctl.model.terms import Term
    from docctl.model.vendored import Vendored

Body = TypeVar("Body", covariant=True)


class Places(Protocol):
    """The way from a value back to its file."""

    def locate(self, pointer: Pointer = (), *, key: bool = False) -> Location:
        """Where a value (or its key) stands; of something absent, the nearest thing around it."""
        ...

    def locate_words(self, pointer: Pointer, start: int, end: int) -> Location:
        """Where the code points ``[start, end)`` of a text value stand; the whole value where that is not clear."""
        ...

    def element(self, pointer: Pointer) -> str | None:
        """The id of the innermost list element around a place, else the name of its top field."""
        ...


class Document(Struct, Generic[Body], frozen=True):
    """A validated document.

    ``content`` is its plain tree, which nobody changes; ``digest`` computes the 64 hex digits of its
    content digest when asked.
    """

    path: str
    body: Body
    places: Places
    content: object
    digest: Callable[[], str]

    @property
    def name(self) -> str:
        """The file's name without folder and ending: the id of a procedure, the slug of a legal text."""
        return self.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]

    def locate(self, pointer: Pointer = (), *, key: bool = False) -> Location:
        """Where a value of this document stands."""
        return self.places.locate(pointer, key=key)

    def locate_words(self, pointer: Pointer, start: int, end: int) -> Location:
        """Where some words of a text value of this document stand."""
        return self.places.locate_words(pointer, start, end)

    def element(self, pointer: Pointer) -> str | None:
        """The element a value belongs to."""
        return self.places.element(pointer)


class LegalNames(Protocol):
    """What a citation may mean."""

    def meant(self, cited: str) -> tuple[str, ...]:
        """Slugs of the texts that a number or a slug may mean, sorted."""
        ...

    def near(self, cited: str) -> Sequence[str]:
        """What may have been meant by a number that means nothing."""
        ...

    def holds(self, slug: str) -> bool:
        """Is there a file of this name?"""
        ...


class View(Protocol):
    """The read-only side of a repository that rules are functions of.

    ``whole`` is False when only some files were named; then ``procedures`` and ``legal_texts`` hold
    these alone, and what needs all of them is not asked. What could not be read is None or absent.
    """

    @property
    def as_of(self) -> date: ...

    @property
    def whole(self) -> bool: ...

    @property
    def paths(self) -> Sequence[str]:
        """Paths of the documents looked at, read or not."""
        ...

    @property
    def complete(self) -> bool:
        """Could every procedure be read? If not, nothing may be called unused."""
        ...

    @property
    def config(self) -> Config: ...

    @property
    def organisation(self) -> Document[Organisation] | None: ...

    @property
    def shared_forms(self) -> Document[tuple[Form, ...]] | None: ...

    @property
    def terms(self) -> Document[tuple[Term, ...]] | None:
        """``terms.yaml``, or None where there is none or it cannot be read."""
        ...

    @property
    def procedures(self) -> Sequence[Document[Procedure]]: ...

    @property
    def extracts(self) -> Sequence[Extract]:
        """What is to be known of every procedure to compare them with each other."""
        ...

    @property
    def legal_names(self) -> LegalNames:
        """The register as citations are looked up in it: the texts that were read, and the names of all files."""
        ...

    @property
    def legal_texts(self) -> Mapping[str, Document[LegalText]]:
        """By slug."""
        ...

    @property
    def legal_slugs(self) -> Sequence[str]:
        """The slugs of all texts of the register, read or not."""
        ...

    @property
    def adopted(self) -> Document[tuple[Adoption, ...]] | None:
        """``adopted.yaml``, or None where there is none or it cannot be read."""
        ...

    @property
    def has_policy(self) -> bool:
        """Is there a policy, whether it counts or not?"""
        ...

    @property
    def policy(self) -> Policy | None:
        """The policy that judges, None where no version counts."""
        ...

    @property
    def standings(self) -> Sequence[Standing]:
        """Where every document stands at the date; only where everything is looked at."""
        ...

    def shared_forms_of(self, path: str) -> str | None:
        """The digest of the forms of forms.yaml that the text at a path uses, as they are now."""
        ...

    @property
    def counted_adoptions(self) -> AbstractSet[int]:
        """The places of the entries of adopted.yaml that count."""
        ...

    def standing(self, document_id: str) -> Standing:
        """Where one document stands at the date."""
        ...

    @property
    def left_out(self) -> Sequence[Noted]:
        """Events that records of issued revisions should have dealt with."""
        ...

    @property
    def called_wrong(self) -> Sequence[Noted]:
        """Events that records of revisions in force or to come have decided to be wrong, as they still stand."""
        ...

    @property
    def edited(self) -> Sequence[Noted]:
        """Events that records have dealt with and that the register does not have as they were."""
        ...

    @property
    def records(self) -> Sequence[Counted]:
        """The records that count."""
        ...

    @property
    def refused(self) -> Sequence[Finding]:
        """What reading policy, records and checkpoints had to object to."""
        ...

    @property
    def archive(self) -> Sequence[str]:
        """Paths of the archived revisions."""
        ...

    def archived(self, path: str) -> Document[Procedure] | None:
        """An archived procedure, None where it cannot be read."""
        ...

    @property
    def unread(self) -> Sequence[str]:
        """Paths of the documents looked at that cannot be read or are not valid."""
        ...

    @property
    def passed_over(self) -> Sequence[str]:
        """Files below legal/ and procedures/ that are not read, by their name or place."""
        ...

    @property
    def calendars(self) -> Sequence[Document[CalendarYear]]:
        """The agency's own calendars that are looked at."""
        ...

    @property
    def vendored(self) -> Document[Vendored] | None:
        """Where the shared register came from, if there is one."""
        ...

    @property
    def currency(self) -> Currency:
        """The verdicts on all procedures at the date; only where everything is looked at."""
        ...

    @property
    def coverage(self) -> Coverage:
        """The catalogue at the date and the documents that serve it; only where everything is looked at."""
        ...

    def locate(self, path: str, pointer: Pointer) -> Location:
        """Where a value of any document stands; of one that cannot be read, the file."""
        ...

    def looks_at(self, path: str) -> bool:
        """Is this file checked itself, or only read because others refer to it?"""
        ...

    def listed(self, folder: str) -> bool:
        """Could a folder be listed? If not, nothing in it may be called missing."""
        ...

    def holds(self, path: str) -> bool:
        """Does the snapshot hold a regular file of this path?"""
        ...

    def sha256(self, path: str) -> str | None:
        """Of a file's bytes; None where there is no readable file."""
        ...
