"""What an answer does without: documents that cannot be read, records that do not count."""

from __future__ import annotations

from collections.abc import Sequence

from docctl.message import Message, msg

_MOST_NAMED = 5


def doubts(unread: Sequence[str], refused: int) -> list[Message]:
    """In words, as far as there is anything to say; ``unread`` are paths, ``refused`` counts findings."""
    said = []
    if unread:
        named = ", ".join(unread[:_MOST_NAMED])
        more = f" +{len(unread) - _MOST_NAMED}" if len(unread) > _MOST_NAMED else ""
        said.append(msg("not counted here, for they cannot be read: {paths} (docctl check)", paths=named + more))
    if refused:
        said.append(msg("something here does not count ({count}): docctl verify tells what and why", count=refused))
    return said
