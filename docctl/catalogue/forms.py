"""Is the form of a document's paper the one that the catalogue prescribes?"""

from __future__ import annotations

from docctl.catalogue.words import folded
from docctl.law.identity import fits, is_slug, same_number
from docctl.model.catalogue import PublishedForm
from docctl.model.citation import Citation
from docctl.model.form import Form


def forms_agree(ours: Form | None, theirs: PublishedForm) -> bool | None:
    """By their places in the law where both have one, else by their names; None where neither can tell."""
    if ours is None:
        return None
    if ours.law is not None and theirs.law is not None:
        return _same_place(ours.law, theirs.law)
    if theirs.name is not None and folded(theirs.name) == folded(ours.title):
        return True
    return None


def _same_place(ours: Citation, theirs: Citation) -> bool | None:
    if not _same_text(ours.text, theirs.text):
        return False
    if not ours.provisions or not theirs.provisions:
        return True if ours.provisions == theirs.provisions else None
    return set(ours.provisions) == set(theirs.provisions)


def _same_text(left: str, right: str) -> bool:
    """Two numbers of one text, or a number and the name of its file."""
    if is_slug(left) != is_slug(right):
        name, number = (left, right) if is_slug(left) else (right, left)
        return fits(name, number)
    return same_number(left, right)


def form_words(identifier: str, form: Form | None) -> str:
    """A document's form as people call it."""
    if form is None:
        return identifier
    place = "" if form.law is None else f" ({_cited(form.law)})"
    return f"{identifier} {form.title}{place}"


def law_words(form: PublishedForm | None) -> str | None:
    """A form of the catalogue as people call it."""
    if form is None:
        return None
    place = None if form.law is None else _cited(form.law)
    if form.name is None or place is None:
        return form.name or place
    return f"{form.name} ({place})"


def _cited(citation: Citation) -> str:
    return citation.printed or " ".join(filter(None, (", ".join(citation.provisions), citation.text)))
