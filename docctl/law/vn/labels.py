"""Labels by which Vietnamese publishers state whether a text is in force, and the statuses they may stand for."""

from __future__ import annotations

from collections.abc import Mapping

LABELS: Mapping[str, frozenset[str]] = {
    "chưa có hiệu lực": frozenset({"not_yet"}),
    "còn hiệu lực": frozenset({"in_force"}),
    "hết hiệu lực một phần": frozenset({"partly_ended"}),
    "hết hiệu lực toàn bộ": frozenset({"ended"}),
    "hết hiệu lực": frozenset({"ended"}),
    "ngưng hiệu lực": frozenset({"suspended", "partly_suspended"}),
    "ngưng hiệu lực một phần": frozenset({"partly_suspended"}),
    "ngưng hiệu lực toàn bộ": frozenset({"suspended"}),
}
"""By label in small letters."""


def meant(label: str) -> frozenset[str] | None:
    """The statuses a label may stand for; None for words that are no known label."""
    return LABELS.get(" ".join(label.casefold().split()))
