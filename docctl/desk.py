"""The desk: questions about one snapshot at one day that are asked again and again, so that the answer is quick."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from docctl.errors import CannotDecide
from docctl.message import msg
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
