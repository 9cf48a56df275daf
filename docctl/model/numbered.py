"""How a revision of a document is numbered."""

from __future__ import annotations


class Numbered:
    """What is known by issue and revision."""

    __slots__ = ()

    issue: int
    revision: int

    @property
    def number(self) -> str:
        """Issue and revision as written on paper: ``2.1``."""
        return f"{self.issue}.{self.revision}"

    @property
    def order(self) -> tuple[int, int]:
        return self.issue, self.revision
