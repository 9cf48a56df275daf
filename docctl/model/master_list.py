"""The master list (danh mục tài liệu): all documents, forms and texts of the law as of a day. Plain values."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from docctl.model.form import Form
from docctl.model.standing import Revision, Stage


class Listed(Struct, frozen=True):
    """A document and its revision: the one in force, else the newest; ``text_held`` tells whether its text is here.

    ``scheduled`` are the numbers of those to come, with their first days.
    """

    id: str
    title: str
    code_printed: str | None
    owner: str | None
    revision: Revision
    scheduled: tuple[tuple[str, date], ...]
    review_due: date | None
    text_held: bool


class ListedForm(Struct, frozen=True):
    """A form, the documents in force that use it, and the document that holds it; None: forms.yaml."""

    form: Form
    holder: str | None
    used_by: tuple[str, ...]


UNREAD = "unread"


class ListedText(Struct, frozen=True):
    """A text of the law that documents in force cite: its status on the day and since when, where that is known.

    ``number`` as cited where the register does not hold it; then ``title``, ``issued`` and ``status`` are None. Where
    its file cannot be read ``status`` is ``UNREAD``.
    """

    number: str
    title: str | None
    issued: date | None
    status: str | None
    since: date | None
    checked: date | None
    cited_by: tuple[str, ...]


class MasterList(Struct, frozen=True):
    """All three lists; documents by id, forms by id, texts by day of issue and number.

    ``unread`` are the files that cannot be read, and so are not counted; ``refused`` how many things of policy and
    records do not count.
    """

    as_of: date
    content: str
    documents: tuple[Listed, ...]
    forms: tuple[ListedForm, ...]
    texts: tuple[ListedText, ...]
    unread: tuple[str, ...]
    refused: int

    @property
    def not_held(self) -> tuple[str, ...]:
        """Documents in force whose text is not held: nobody can say which forms they use and what they cite."""
        gone = (each for each in self.documents if each.revision.stage is Stage.EFFECTIVE and not each.text_held)
        return tuple(each.id for each in gone)
