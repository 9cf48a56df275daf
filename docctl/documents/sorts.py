"""Which document belongs where, by what schema it is read and what is made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from msgspec import Struct

from docctl.model.form import forms_from_tree
from docctl.model.organisation import Organisation
from docctl.model.procedure import Procedure
from docctl.text.strict import MOST_BYTES

if TYPE_CHECKING:
    from docctl.model.adoption import Adoption
    from docctl.model.calendar_year import CalendarYear
    from docctl.model.catalogue import Published
    from docctl.model.legal_text import LegalText
    from docctl.model.terms import Term

SHARED = "legal/shared"
VENDOR = f"{SHARED}/vendor.toml"
WORDS = "legal/text"
MOST_ATTACHMENT_BYTES = 64 * 1024 * 1024
MOST_CONFIG_BYTES = 64 * 1024
MOST_ADOPTED_BYTES = 8 * 1024 * 1024
ENDING = ".yaml"
SINGLE = ("adopted.yaml", "forms.yaml", "organisation.yaml", "terms.yaml")
RECORDS = ("approvals", "archive", "checkpoints", "policy")
"""The folders that are only added to."""

T = TypeVar("T")


class Sort(Struct, Generic[T], frozen=True):
    """What kind of document a place holds. ``digested``: is the digest of its content asked for every time?"""

    schema: str
    make: Callable[[Mapping[str, Any]], T]
    most: int = MOST_BYTES
    digested: bool = False


# What one file alone does not need is imported when it is read: the hook waits for every millisecond.


def _legal_text(tree: Mapping[str, Any]) -> LegalText:
    from docctl.model import legal_text

    return legal_text.LegalText.from_tree(tree)


def _adopted(tree: Mapping[str, Any]) -> tuple[Adoption, ...]:
    from docctl.model.adoption import adoptions_from_tree

    return adoptions_from_tree(tree)


def calendar_of(tree: Mapping[str, Any]) -> CalendarYear:
    """A year's holidays from a tree that its schema has accepted."""
    from docctl.model import calendar_year

    return calendar_year.CalendarYear.from_tree(tree)


def _terms(tree: Mapping[str, Any]) -> tuple[Term, ...]:
    from docctl.model.terms import terms_from_tree

    return terms_from_tree(tree)


def _catalogue(tree: Mapping[str, Any]) -> Published:
    from docctl.model import catalogue

    return catalogue.Published.from_tree(tree)


PROCEDURE = Sort("procedure", Procedure.from_tree, digested=True)
LEGAL_TEXT = Sort("legal-text", _legal_text)
ORGANISATION = Sort("organisation", Organisation.from_tree)
FORMS = Sort("forms", forms_from_tree)
ADOPTED = Sort("adopted", _adopted, MOST_ADOPTED_BYTES)
CALENDAR = Sort("calendar", calendar_of)
TERMS = Sort("terms", _terms)
CATALOGUE = Sort("catalogue", _catalogue)

_FILES: Mapping[str, Sort[Any]] = {
    "organisation.yaml": ORGANISATION, "forms.yaml": FORMS, "adopted.yaml": ADOPTED, "terms.yaml": TERMS,
}  # fmt: skip
READ_FOLDERS: Mapping[str, Sort[Any]] = {
    "procedures": PROCEDURE, "legal": LEGAL_TEXT, SHARED: LEGAL_TEXT, "calendar": CALENDAR,
    "catalogue": CATALOGUE,
}  # fmt: skip


def sort_of(path: str) -> Sort[Any] | None:
    """The kind of document a path stands for, or None for what this version does not read."""
    folder, _, name = path.rpartition("/")
    if not name.endswith(ENDING) or name.startswith("."):
        return None
    return READ_FOLDERS.get(folder) if folder else _FILES.get(name)
