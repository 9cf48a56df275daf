"""One unit in the place of another, in every file that names it: what is asked, and the edits as values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from docctl.finding import Location
from docctl.message import Message


class UnitRename(Struct, frozen=True):
    """What is asked: from the day ``first`` the unit ``new`` stands in the place of ``old``, both ids.

    ``name`` makes the new unit; without it the unit is there. ``words`` are pairs to be replaced in free text,
    ``basis`` the numbers of the texts that order it, ``summary`` what the table of changes says (where it is None, a
    sentence is made of the names). With ``keep_numbers`` issue, revision and ``change`` of procedures are left alone.
    """

    old: str
    new: str
    first: date
    name: str | None = None
    words: Sequence[tuple[str, str]] = ()
    basis: Sequence[str] = ()
    summary: str | None = None
    keep_numbers: bool = False


class EditedPlace(Struct, frozen=True):
    """One place that changes: where it stands in the file as it is, what stands there, what will."""

    location: Location
    element: str | None
    old: str
    new: str


class FileEdit(Struct, frozen=True):
    """A file before and after. ``numbers`` are the revision it was and the draft it becomes, None where they stay."""

    path: str
    before: bytes
    after: bytes
    places: Sequence[EditedPlace]
    numbers: tuple[str, str] | None = None


class Renaming(Struct, frozen=True):
    """Every file to be written, or none of them; ``notes`` say what a person has to look at."""

    edits: Sequence[FileEdit]
    notes: Sequence[Message]

    @property
    def places(self) -> int:
        return sum(len(each.places) for each in self.edits)
