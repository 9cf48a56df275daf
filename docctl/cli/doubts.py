"""What an answer does without, said before it is given."""

from __future__ import annotations

from datetime import date

from docctl.cli.session import Session
from docctl.finding import Severity
from docctl.report.doubts import doubts
from docctl.repository import Repository

NAMES = ("organisation.yaml",)
"""What tells how units and roles are called."""

STANDINGS = ("adopted.yaml", "forms.yaml", "approvals", "archive", "policy", "procedures")
"""What tells where revisions stand, beside the procedures themselves."""


def remark(session: Session, repository: Repository, *paths: str, as_of: date | None = None) -> None:
    """Names those of ``paths`` that are there and cannot be read; ``as_of`` where standings are asked for."""
    objections = () if as_of is None else repository.trust(as_of).objections
    refused = sum(each.severity is not Severity.NOTE for each in objections)
    setting = session.setting(repository.root)
    for each in doubts(repository.unread(*paths), refused):
        session.remark(setting.say(each) + "\n")
