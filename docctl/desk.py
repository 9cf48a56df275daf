"""The desk: questions about one snapshot at one day that are asked again and again, so that the answer is quick."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from docctl.errors import CannotDecide, InvalidDocument, NotInRepository
from docctl.message import msg
from docctl.model.procedure import Procedure
from docctl.model.view import Document
from docctl.view import SnapshotView

if TYPE_CHECKING:
    from docctl.model.impact import Impact
    from docctl.work.citing import Citing


class Desk:
    """One snapshot at one day."""

    def __init__(self, view: SnapshotView) -> None:
        self.view = view

    @cached_property
    def citing(self) -> Citing:
        """Who cites which text. Raises ``CannotDecide`` where a folder cannot be listed."""
        from docctl.work.citing import Citing

        for folder in ("legal", "procedures"):
            if not self.view.listed(folder):
                raise CannotDecide(msg("the folder {folder}/ cannot be listed", folder=folder))
        return Citing(self.view.register, self.view.subjects, self.view.shared_forms)

    def impact(self, words: str, provision: str = "") -> Impact:
        """What a text, an event or a provision touches. Raises as ``work.asked.asked``."""
        from docctl.work.asked import asked
        from docctl.work.impact import impact

        view = self.view
        return impact(
            self.citing,
            asked(self.citing, words, provision),
            view.question,
            content=view.documents.content,
            recorded=bool(view.records),
        )


def serving(view: SnapshotView, code: str, draft: Callable[[str], Document[Procedure]]) -> str:
    """The procedure whose revision in force covers a code, else a draft, which ``draft`` gives.

    Raises ``InvalidDocument`` where several do, ``NotInRepository`` where none does, and as ``draft`` does.
    """
    found = [document.body.id for document in view.in_force if code in document.body.covers]
    if len(found) > 1:
        raise InvalidDocument(
            msg("{code} is covered by several procedures: {names}", code=code, names=", ".join(found))
        )
    if found:
        return found[0]
    only = draft(code).body
    if view.standing(only.id).effective is not None:
        raise NotInRepository(
            msg("no revision in force covers {code}", code=code),
            msg("the draft of {id} does, but it is not in force", id=only.id),
        )
    return only.id


def covering(procedures: Sequence[Document[Procedure]], code: str, *, complete: bool) -> Document[Procedure]:
    """The procedure that serves a code. Raises as ``Repository.covering``; ``complete``: could all be read?"""
    found = [document for document in procedures if code in document.body.covers]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(document.body.id for document in found)
        raise InvalidDocument(msg("{code} is covered by several procedures: {names}", code=code, names=names))
    if not complete:
        raise InvalidDocument(
            msg("no readable procedure covers {code}, and some procedures cannot be read", code=code),
            msg("docctl check tells which and why"),
        )
    raise NotInRepository(msg("no procedure covers {code}", code=code))
